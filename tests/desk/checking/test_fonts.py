"""Which of our faces are installed: one is, really, in a person's home."""

import struct
import sys
from pathlib import Path

import pytest

from minsheng_xl.desk.checking.fonts import fonts
from minsheng_xl.desk.checking.model import Desk
from tests.desk.checking.conftest import FIT, LACKING, told

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="fonts of Linux")
FACES = ("方正小标宋简体", "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体")


def renamed(font: bytes, family: str) -> bytes:
    """A TrueType font under another name: a table of names behind it, to which its directory points."""
    count = struct.unpack(">H", font[4:6])[0]
    text = family.encode("utf-16-be")
    names = [(number, text) for number in (1, 4, 6)]
    table = struct.pack(">3H", 0, len(names), 6 + 12 * len(names))
    table += b"".join(struct.pack(">6H", 3, 1, 0x409, number, len(text), 0) for number, _ in names) + text
    begin = len(font)
    for at in range(12, 12 + 16 * count, 16):
        if font[at : at + 4] == b"name":
            font = font[: at + 8] + struct.pack(">2I", begin, len(table)) + font[at + 16 :]
    return font + table


def put_face(home: Path, family: str) -> None:
    source = next(Path("/usr/share/fonts").rglob("*.ttf"), None)
    if source is None:
        pytest.skip("no TrueType font to be renamed")
    target = home / ".local" / "share" / "fonts" / "face.ttf"
    target.parent.mkdir(parents=True)
    target.write_bytes(renamed(source.read_bytes(), family))


@pytest.fixture(autouse=True)
def _no_other_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("face", FACES)
def test_a_face_that_is_installed_is_there_and_the_others_are_replaced(desk: Desk, home: Path, face: str) -> None:
    before = {one[0]: one[1] for one in told(fonts, desk)}
    put_face(home, face)
    after = {one[0]: one[1] for one in told(fonts, desk)}
    assert face in after[FIT].removeprefix("有 ").split("、")
    assert face not in before.get(FIT, "")
    assert f"{face}（用 " in before[LACKING]
    assert f"{face}（用 " not in after[LACKING]
    assert after[LACKING].count("代替") == before[LACKING].count("代替") - 1


def test_without_a_program_that_knows_the_fonts(desk: Desk, empty_path: Path) -> None:
    [(seen, words, action)] = told(fonts, desk)
    assert (seen, words) == (LACKING, "这台电脑没有 fontconfig，看不出装了哪些字体")
    assert "请装上它和中文字体" in action


def test_without_any_chinese_face(desk: Desk, empty_path: Path) -> None:
    (empty_path / "fc-match").write_text("#!/bin/sh\nprintf 'DejaVu Sans'\n", encoding="utf-8")
    (empty_path / "fc-list").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    for name in ("fc-match", "fc-list"):
        (empty_path / name).chmod(0o755)
    assert [one[1] for one in told(fonts, desk)] == [
        f"没有 {'、'.join(f'{face}（用 DejaVu Sans 代替）' for face in FACES)}", "一种中文字体也没有，打印出来的中文是方块",
    ]
