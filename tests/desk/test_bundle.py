"""The program as one file, run by a Python that has nothing installed."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from minsheng_xl.desk import bundle
from minsheng_xl.desk.bundle import NEEDED, PYZ, make_pyz

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests" / "kept" / "year-0.1"


@pytest.fixture(scope="module")
def pyz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("程序")
    make_pyz(folder / PYZ)
    return folder / PYZ


def run(pyz: Path, *arguments: str, answers: str = "") -> subprocess.CompletedProcess[str]:
    """In an interpreter without site packages, where no other program is found."""
    command = [sys.executable, "-I", "-S", str(pyz), *arguments]
    environment = {**os.environ, "PATH": ""}
    return subprocess.run(command, input=answers, capture_output=True, text=True, encoding="utf-8", check=False, env=environment)


def test_it_runs_the_demo_and_reads_the_year(pyz: Path, tmp_path: Path) -> None:
    made = run(pyz, "demo", str(tmp_path / "年"))
    assert made.returncode == 0, made.stderr
    state = json.loads(run(pyz, "status", str(tmp_path / "年"), "--json").stdout)
    assert (state["accepted"], state["held"], state["missing"]) == (34, 1, 3)
    menu = run(pyz, "menu", str(tmp_path / "年"), answers="0\n")
    assert "汇总" in menu.stdout
    assert run(pyz, "--help").stdout.startswith("用法")
    assert "有存疑格的单位" in run(pyz, "help", "核实单").stdout


def test_it_reads_forms_of_an_earlier_layout(pyz: Path, tmp_path: Path) -> None:
    shutil.copytree(KEPT / "年", tmp_path / "年")
    done = run(pyz, "inspect", str(KEPT / "待放入" / "县交通局五月.xlsx"), "--plan", str(tmp_path / "年"), "--json")
    found = json.loads(done.stdout)
    assert (found["outcome"], found["values"]["1-1"]) == ("accepted", {"reported": "25.5"})


def test_what_it_cannot_look_into_is_refused_in_a_sentence(pyz: Path, tmp_path: Path) -> None:
    assert run(pyz, "init", str(tmp_path / "年")).returncode == 0
    with zipfile.ZipFile(tmp_path / "表.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    found = json.loads(run(pyz, "inspect", str(tmp_path / "表.ods"), "--plan", str(tmp_path / "年"), "--json").stdout)
    assert (found["outcome"], found["problems"][0]["code"]) == ("refused", "file-old-format")
    assert "另存为 .xlsx" in found["problems"][0]["action"]


def test_it_holds_the_program_what_it_needs_and_the_share_and_nothing_else(pyz: Path) -> None:
    """The sources of each package, our layouts, the tables of the plan and the macros, packed."""
    with zipfile.ZipFile(pyz) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    names = [info.filename for info in infos]
    assert len(names) == len(set(names))
    assert {name.split("/")[0] for name in names} == {"__main__.py", "minsheng_xl", "olefile", *NEEDED}
    for name in ("minsheng_xl/cli.py", "minsheng_xl/py.typed", "openpyxl/cell/cell.py", "filelock/__init__.py"):
        assert name in names
    share = "minsheng_xl/_share/"
    shared = {name.removeprefix(share) for name in names if name.startswith(share)}
    assert {"workbook/任务表.csv", "workbook/示例/填报.csv", "macros/MinshengXL.bas", "macros/ribbon.xml"} <= shared
    assert {"workbook/手册/办公室.md", "workbook/pictures/首页.png", "workbook/来件规则.md"} <= shared
    assert all(name.endswith((".csv", ".md", ".png")) or name.startswith("macros/") for name in shared)
    sources = [name for name in names if not name.startswith(share)]
    assert {name.rpartition(".")[2] for name in sources} == {"py", "typed", "json"}
    assert {name for name in sources if name.endswith(".json")} == {
        f"minsheng_xl/forms/layouts/{path.name}" for path in (ROOT / "minsheng_xl" / "forms" / "layouts").glob("*.json")
    }
    assert {info.compress_type for info in infos} == {zipfile.ZIP_DEFLATED}
    assert pyz.read_bytes().startswith(b"#!/usr/bin/env python3\n")


def test_a_package_of_one_file_is_taken_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As some versions of what is needed are."""
    (tmp_path / "single.py").write_text("x = 1", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(bundle, "NEEDED", ("single",))
    make_pyz(tmp_path / PYZ)
    with zipfile.ZipFile(tmp_path / PYZ) as archive:
        assert archive.read("single.py") == b"x = 1"
        assert not [name for name in archive.namelist() if name.startswith("openpyxl")]


def test_the_same_contents_make_the_same_file(tmp_path: Path) -> None:
    for name in ("一", "二"):
        make_pyz(tmp_path / name / PYZ)
    assert (tmp_path / "一" / PYZ).read_bytes() == (tmp_path / "二" / PYZ).read_bytes()


def test_a_python_that_is_too_old_is_told_what_is_needed(pyz: Path, tmp_path: Path) -> None:
    """The beginning is taken out and run by a Python that calls itself an older one."""
    with zipfile.ZipFile(pyz) as archive:
        start = archive.read("__main__.py").decode()
    (tmp_path / "start.py").write_text(f"import sys\nsys.version_info = (3, 8, 10)\n{start}", encoding="utf-8")
    done = subprocess.run([sys.executable, str(tmp_path / "start.py")], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "要 Python 3.11 以上，这里是 3.8。" in done.stderr


def test_the_folder_may_be_new_with_those_above_it_and_may_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "NEEDED", ())
    for _ in range(2):
        assert bundle.main([str(tmp_path / "新" / "程序")]) == 0
        assert [path.name for path in (tmp_path / "新" / "程序").iterdir()] == [PYZ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "folder"),
        (["程序", "--windows", "--linux"], "--linux"),
        (["程序", "--zip"], "要和 --windows 或 --linux 一起用"),
        (["程序", "--with-pandas"], "要和 --windows 或 --linux 一起用"),
        (["程序", "--linux", "--with-pandas"], "只用于 --windows"),
    ],
)
def test_words_that_do_not_go_together_are_misuse(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        bundle.main(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
