"""The package as it is installed: built, put into a fresh environment, run there."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_demo_runs_from_a_built_wheel(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for name in ("workbook/任务表.csv", "workbook/指标.csv", "workbook/示例/填报.csv", "macros/README.md", "workbook/手册/办公室.md", "workbook/pictures/首页.png"):
        assert f"minsheng_xl/_share/{name}" in names
    assert not any("tests/" in name for name in names)
    assert {name.rpartition("/")[0] for name in names if name.endswith(".png")} == {"minsheng_xl/_share/workbook/pictures"}

    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    code = "import sys; from minsheng_xl import run_demo; run_demo(sys.argv[1], draw=False); import minsheng_xl; print(minsheng_xl.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(site)}
    folder = tmp_path / "年"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder)], check=True, capture_output=True, text=True, env=environment, cwd=tmp_path
    )
    assert str(site) in ran.stdout
    state = subprocess.run(
        [sys.executable, "-m", "minsheng_xl", "status", str(folder), "--json"],
        check=True, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=tmp_path,
    )
    assert json.loads(state.stdout)["accepted"] == 34

    said = "import hashlib; from minsheng_xl.desk.bundle import program_files; files = program_files(); "
    said += "print(sorted((path, hashlib.sha256(content).hexdigest()) for path, content in files.items()))"
    given_away = [
        subprocess.run([sys.executable, "-P", "-c", said], check=True, capture_output=True, text=True, env=one, cwd=tmp_path).stdout
        for one in (environment, {**os.environ, "PYTHONPATH": str(ROOT)})
    ]
    assert given_away[0] == given_away[1], "an installed package is put together as a checkout is"
    assert "_share/workbook/任务表.csv" in given_away[0]
    assert "_share/workbook/手册/单位填报人.md" in given_away[0]
    assert "minsheng_xl/_share/LICENSE" in names
    assert "minsheng_xl/desk/pinned/windows.txt" in names
