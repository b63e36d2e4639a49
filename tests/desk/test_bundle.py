"""The program as one file, run by a Python that has nothing installed."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from minsheng_xl.desk.bundle import PYZ, make_folder

KEPT = Path(__file__).parents[1] / "kept" / "year-0.1"


@pytest.fixture(scope="module")
def pyz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("程序")
    make_folder(folder)
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


def test_the_folder_for_windows(tmp_path: Path) -> None:
    """Put together only: nothing of Windows is run here."""
    with zipfile.ZipFile(tmp_path / "embed.zip", "w") as archive:
        archive.writestr("python.exe", b"MZ")
    make_folder(tmp_path / "程序", tmp_path / "embed.zip")
    assert {path.name for path in (tmp_path / "程序").iterdir()} == {PYZ, "python", "说明.txt"}
    assert (tmp_path / "程序" / "python" / "python.exe").read_bytes() == b"MZ"
