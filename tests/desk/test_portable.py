"""Program folders, put together of parts that are at hand: what lies in them, and what is put over what."""

import hashlib
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from minsheng_xl.beginning.doors import LINUX_MENU, PYZ, WINDOWS_BUTTON, WINDOWS_DOOR, windows_door
from minsheng_xl.desk import portable
from minsheng_xl.desk.portable import LIST, linux_folder, put, put_packed, windows_folder
from minsheng_xl.desk.starting import linux_menu, read_me_on_linux, read_me_on_windows, windows_button, windows_menu
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.program import program
from tests.desk.test_parts import made

PYTHON = {
    "python.exe": b"MZ", "python3.dll": b"3", "python311.dll": b"311", "python311.zip": b"PK", "python311._pth": b"theirs",
    "LICENSE.txt": b"PSF",
}
SPECIAL = set(b'&|<>^%"\\')
"""What cmd reads as its own, if it stands as the second byte of a sign and is taken for itself."""


def of_windows(**files: str) -> dict[str, bytes]:
    return windows_folder(PYTHON, [made(**{"one.py": "1", "pywin32_system32/pywintypes311.dll": "dll", **files})])


def test_a_folder_for_windows_holds_python_the_program_its_parts_and_their_licences() -> None:
    files = of_windows()
    own = f"minsheng-xl-{program()}"
    [theirs] = {path.partition("/")[0] for path in files if path.startswith("parts-")}
    assert {path.partition("/")[0] for path in files} == {
        "python", own, theirs, PYZ, WINDOWS_DOOR, WINDOWS_BUTTON, "说明.txt", "手册", "许可", LIST
    }
    assert files["python/python311._pth"].decode().split("\r\n") == [
        "python311.zip", ".", rf"..\{own}", rf"..\{theirs}", rf"..\{theirs}\win32", rf"..\{theirs}\win32\lib", ""
    ]
    assert files["python/python.exe"] == b"MZ"
    assert files["python/pywintypes311.dll"] == b"dll", "beside python.exe, where Windows looks for it"
    assert files[f"{theirs}/one.py"] == b"1"
    assert files[f"{theirs}/win32com/gen_py/__init__.py"] == b"", "else win32com writes among the system's own files"
    assert files[f"{own}/minsheng_xl/cli.py"]
    assert files[f"{own}/minsheng_xl/_share/workbook/任务表.csv"]
    assert (files["许可/Python/LICENSE.txt"], files["许可/one-1.0/LICENSE"]) == (b"PSF", b"text")
    assert files["许可/minsheng-xl/LICENSE"].startswith(b"MIT License")
    assert files["许可/目录.txt"].decode("utf-8-sig").split("\r\n")[:-1] == ["minsheng-xl: MIT", "one 1.0: MIT", "Python: Python/LICENSE.txt"]


def test_the_list_names_every_file_with_its_digest() -> None:
    for files in (of_windows(), linux_folder([made()], {"x86_64": [made("two")]})):
        lines = dict(reversed(line.split("  ", 1)) for line in files[LIST].decode().splitlines())
        assert lines == {path: hashlib.sha256(content).hexdigest() for path, content in files.items() if path != LIST}


def test_the_same_parts_make_the_same_folder_and_the_same_packed_one(tmp_path: Path) -> None:
    for name in ("一", "二"):
        put(of_windows(), tmp_path / name / "程序")
        put_packed(of_windows(), tmp_path / name / "程序")
    first, second = ((tmp_path / name / "程序.zip").read_bytes() for name in ("一", "二"))
    assert first == second
    with zipfile.ZipFile(tmp_path / "一" / "程序.zip") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        packed = {info.filename: archive.read(info) for info in archive.infolist()}
    there = {f"程序/{path.relative_to(tmp_path / '一' / '程序').as_posix()}": path.read_bytes() for path in (tmp_path / "一" / "程序").rglob("*") if path.is_file()}
    assert packed == there


def test_another_part_lies_under_another_name() -> None:
    """So Python never takes what it compiled of an older one."""
    names = [next(path.partition("/")[0] for path in files if path.startswith("parts-")) for files in (of_windows(), of_windows(**{"more.py": "2"}))]
    assert len(set(names)) == 2


def test_a_part_without_a_licence_is_not_given_away() -> None:
    with pytest.raises(MinshengError, match=r"one 1\.0 没有带许可"):
        windows_folder(PYTHON, [made(licence="AUTH.txt")])


def test_a_folder_for_linux_holds_the_program_as_one_file_and_the_parts_of_each_processor(tmp_path: Path) -> None:
    files = linux_folder([made(**{"one.py": "1"})], {name: [made("two", **{"two.so": name})] for name in ("x86_64", "aarch64")})
    [theirs] = {path.partition("/")[0] for path in files if path.startswith("parts-")}
    assert (files[f"{theirs}/x86_64/two.so"], files[f"{theirs}/aarch64/two.so"]) == (b"x86_64", b"aarch64")
    put(files, tmp_path / "程序")
    with zipfile.ZipFile(tmp_path / "程序" / PYZ) as archive:
        assert {"minsheng_xl/cli.py", "one.py", "__main__.py"} <= set(archive.namelist())
        assert f'"{theirs}"' in archive.read("__main__.py").decode()
        assert not [name for name in archive.namelist() if "dist-info" in name]
    started = {path.name for path in (tmp_path / "程序").iterdir() if path.is_file() and os.access(path, os.X_OK)}
    assert os.name != "posix" or started == {LINUX_MENU, "打开菜单.desktop"}


def test_a_newer_folder_takes_the_place_of_an_older_one_and_touches_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "程序"
    put(of_windows(**{"old/one.py": "1"}), folder)
    [theirs] = folder.glob("parts-*")
    (theirs / "old" / "__pycache__").mkdir()
    (theirs / "old" / "__pycache__" / "one.cpython-311.pyc").write_bytes(b"compiled")
    for place in (folder / "鲁山县2022", tmp_path / "鲁山县2022"):
        place.mkdir()
        (place / "计划.xlsx").write_bytes(b"year")
    files = of_windows(**{"new/one.py": "1"})
    put(files, folder)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == {*files, "鲁山县2022/计划.xlsx"}
    assert not theirs.exists()
    assert (tmp_path / "鲁山县2022" / "计划.xlsx").read_bytes() == b"year"


def test_a_newer_folder_that_is_copied_over_an_older_one_does_not_see_it(tmp_path: Path) -> None:
    """As a file manager copies: what was there stays, and Python is told of the newer places only."""
    put(of_windows(**{"one.py": "old"}), tmp_path / "旧")
    files = of_windows(**{"one.py": "new"})
    put(files, tmp_path / "新")
    shutil.copytree(tmp_path / "新", tmp_path / "旧", dirs_exist_ok=True)
    places = (tmp_path / "旧" / "python" / "python311._pth").read_text(encoding="utf-8").splitlines()
    found = [path for path in (tmp_path / "旧" / "python" / place.replace("\\", "/") / "one.py" for place in places) if path.is_file()]
    assert [path.read_text(encoding="utf-8") for path in found] == ["new"]
    assert len(list((tmp_path / "旧").glob("parts-*"))) == 2


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "工作.docx").write_bytes(b"mine")
    with pytest.raises(MinshengError, match="不是“程序”文件夹"):
        put(of_windows(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["工作.docx"]
    (tmp_path / PYZ).write_bytes(b"of an earlier version")
    put(of_windows(), tmp_path)
    assert (tmp_path / "工作.docx").read_bytes() == b"mine"


def test_a_list_that_was_written_over_names_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "year.xlsx").write_bytes(b"year")
    folder = tmp_path / "程序"
    put(of_windows(), folder)
    (folder / LIST).write_text(f"0  ../year.xlsx\n0  {tmp_path / 'year.xlsx'}\n\n", encoding="utf-8")
    put(of_windows(), folder)
    assert (tmp_path / "year.xlsx").read_bytes() == b"year"


@pytest.mark.parametrize("content", [windows_menu(), windows_button(), windows_door(r"C:\Python\python.exe")])
def test_a_bat_is_read_alike_by_a_chinese_windows_and_by_cmd(content: bytes) -> None:
    text = content.decode("gb18030")
    assert text.replace("\r\n", "").count("\n") == 0
    assert not [sign for sign in text if ord(sign) > 127 and set(sign.encode("gb18030")[1:]) & SPECIAL]
    lines = text.split("\r\n")
    labels = {line for line in lines if line.startswith(":")}
    for line in lines:
        if "goto " in line:
            assert f":{line.rpartition('goto ')[2].split()[0]}" in labels, line


def test_a_bat_looks_at_the_windows_first() -> None:
    for text in (windows_menu().decode("gb18030"), windows_button().decode("gb18030"), windows_door("python").decode("gb18030")):
        start = text.index(f"{PYZ}\" ")
        assert text.index("PROCESSOR_ARCHITECTURE") < start
        for version in (" 5.", " 6.0.", " 6.1.", " 6.2."):
            assert text.index(f"%system:{version}=%") < start
        assert "%system: 6.3.=%" not in text, "8.1, the oldest that Python 3.11 runs on"


def run_menu(tmp_path: Path, machine: str = "x86_64", system: str = "Linux", python: str = "exit 0") -> subprocess.CompletedProcess[str]:
    """The script for Linux in a system that has these programs alone; its Python says what it was given."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname"):
        (tools / name).symlink_to(str(shutil.which(name)))
    told = f'if [ "$1" = -c ]; then {python}; fi; echo "at $(pwd): $*"'
    for name, said in (("uname", f'[ "$1" = -s ] && echo {system} || echo {machine}'), ("python3", told)):
        (tools / name).write_text(f"#!/bin/sh\n{said}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    place = tmp_path / "民生 实事" / "程序"
    place.mkdir(parents=True)
    (place / LINUX_MENU).write_text(linux_menu(), encoding="utf-8")
    return subprocess.run(["sh", str(place / LINUX_MENU)], env={"PATH": str(tools)}, capture_output=True, text=True, input="", check=False)


@pytest.mark.posix(reason="a script of the shell")
@pytest.mark.parametrize(
    ("there", "code", "said"),
    [
        ({}, 0, ""),
        ({"machine": "loongarch64"}, 0, "这台电脑的处理器（loongarch64）没有配套的部件"),
        ({"python": "exit 1"}, 1, "没有 Python 3.11 以上"),
        ({"system": "Darwin"}, 1, "给 Linux 用"),
    ],
)
def test_the_script_for_linux_says_what_is_needed(tmp_path: Path, there: dict[str, str], code: int, said: str) -> None:
    done = run_menu(tmp_path, **there)
    place = tmp_path / "民生 实事"
    started = f"at {place}: {place}/程序/{PYZ} menu .\n"
    assert (done.returncode, done.stderr) == (code, "")
    assert said in done.stdout
    assert done.stdout.endswith(started) is (code == 0)
    assert bool(said) is (done.stdout != started)


def test_the_words_name_the_files_that_are_there() -> None:
    for text, files in ((read_me_on_windows().decode("utf-8-sig"), of_windows()), (read_me_on_linux().decode(), linux_folder([made()], {}))):
        for name in (LIST, "许可", PYZ, *(name for name in files if "/" not in name and name.endswith((".bat", ".desktop", ".sh")))):
            assert name in text, name
    assert read_me_on_windows().count(b"\n") == read_me_on_windows().count(b"\r\n")


def test_parts_that_cannot_be_had_end_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    from minsheng_xl.desk import bundle

    monkeypatch.setenv("PIP_NO_INDEX", "1")
    for option in ("--windows", "--linux"):
        assert bundle.main([str(tmp_path / "程序"), option]) == 1
        assert "没有拼成：pip 没有取到要用的部件" in capfd.readouterr().err
    assert not (tmp_path / "程序").exists()


def test_the_command_puts_a_folder_and_packs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from minsheng_xl.desk import bundle

    asked: list[bool] = []
    monkeypatch.setattr(portable, "for_windows", lambda *, with_pandas: asked.append(with_pandas) or {"a": b"1" * 1_500_000})
    assert bundle.main([str(tmp_path / "程序"), "--windows", "--with-pandas", "--zip"]) == 0
    assert asked == [True]
    assert capsys.readouterr().out == f"{tmp_path / '程序'}：1 个文件，1.5 MB\n"
    assert {path.name for path in tmp_path.iterdir()} == {"程序", "程序.zip"}
