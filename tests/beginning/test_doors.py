"""打开菜单: the doors that a year's folder has, put once and renewed."""

import os
from pathlib import Path

from minsheng_xl.beginning.doors import LINUX_DOOR, WINDOWS_DOOR, linux_door, put_doors, renew_doors, windows_door


def test_the_doors_are_put_once_and_hold_what_they_should(tmp_path: Path) -> None:
    put_doors(tmp_path)
    (tmp_path / WINDOWS_DOOR).write_bytes(b"mine")
    put_doors(tmp_path)
    assert (tmp_path / WINDOWS_DOOR).read_bytes() == b"mine"
    bat = windows_door(r"C:\Python\python.exe").decode("gb18030")
    assert 'pushd "%~dp0"' in bat
    assert r'"C:\Python\python.exe" -P -m minsheng_xl menu .' in bat
    assert bat.replace("\r\n", "").count("\n") == 0
    assert "%k" in linux_door("/usr/bin/python3", tmp_path)


def test_doors_of_an_earlier_version_are_renewed_and_the_office_s_words_in_them_stay(tmp_path: Path) -> None:
    put_doors(tmp_path)
    bat, desktop = tmp_path / WINDOWS_DOOR, tmp_path / LINUX_DOOR
    present = {path: path.read_bytes() for path in (bat, desktop) if path.exists()}
    for path, content in present.items():
        path.write_bytes(content.replace(b" -P -m", b" -m").replace("打开菜单".encode(), "我们的菜单".encode()))
        assert b"-P" not in path.read_bytes()
    for _ in range(2):
        renew_doors(tmp_path)
        for path, content in present.items():
            assert path.read_bytes() == content.replace("打开菜单".encode(), "我们的菜单".encode())
    bat.write_bytes(b"mine")
    renew_doors(tmp_path)
    assert bat.read_bytes() == b"mine"
    renew_doors(tmp_path / "elsewhere")


def test_doors_that_are_as_they_should_be_are_not_written_again(tmp_path: Path) -> None:
    bat = tmp_path / WINDOWS_DOOR
    for content in (windows_door("python"), b"mine"):
        bat.write_bytes(content)
        os.utime(bat, (1, 1))
        renew_doors(tmp_path)
        assert (bat.read_bytes(), bat.stat().st_mtime) == (content, 1)
