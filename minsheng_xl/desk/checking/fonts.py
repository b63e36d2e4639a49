"""The faces of official papers: which are installed, and what is drawn in place of the others."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from minsheng_xl.books.pdf import FACES, stand_ins
from minsheng_xl.desk.checking.model import Desk, Seen, answer_of, fit, lacking

_ALSO_CALLED = {
    "宋体": ("SimSun",), "黑体": ("SimHei",), "仿宋_GB2312": ("FangSong_GB2312",), "楷体_GB2312": ("KaiTi_GB2312",),
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S",),
}
"""The names of a face that a system may answer with in place of the Chinese one."""
_SECONDS = 20.0
_LOGICAL_FACE = 32
"""Signs of the name of a face in Windows."""
_GB2312 = 134
"""The character set, as Windows numbers them."""
_ACTION = "照样可以打印，字形不同；要一样的，请装上这些字体"


def fonts(desk: Desk) -> Iterator[Seen]:
    """Which of our faces are there, and what stands in for each that is not."""
    if sys.platform != "win32" and shutil.which("fc-match") is None:
        yield lacking("这台电脑没有 fontconfig，看不出装了哪些字体", "要在这台电脑上打印，请装上它和中文字体")
        return
    drawn = _by_windows() if sys.platform == "win32" else _by_fontconfig()
    there = [face for face, found in drawn.items() if {face, *_ALSO_CALLED.get(face, ())} & set(found)]
    others = [f"{face}（用 {found[0]} 代替）" for face, found in drawn.items() if face not in there]
    if there:
        yield fit(f"有 {'、'.join(there)}")
    if others:
        yield lacking(f"没有 {'、'.join(others)}", _ACTION)
    if sys.platform != "win32" and not answer_of(["fc-list", ":lang=zh-cn", "family"], _SECONDS):
        yield lacking("一种中文字体也没有，打印出来的中文是方块", "请装中文字体，如 fonts-noto-cjk")


def _by_fontconfig() -> dict[str, Sequence[str]]:
    """The names of what is drawn for each face, as LibreOffice is told to. Raises OSError without fontconfig."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "fonts.conf"
        settings.write_text(stand_ins(), encoding="utf-8")
        environment = {**os.environ, "FONTCONFIG_FILE": str(settings)}
        found: dict[str, Sequence[str]] = {}
        for face in FACES:
            command = ["fc-match", "-f", "%{family}", face]
            found[face] = answer_of(command, _SECONDS, environment).split(",")
    return found


def _by_windows() -> dict[str, Sequence[str]]:
    """The same as Windows draws: it is asked for each face and says which one it took."""
    if sys.platform != "win32":
        return {}
    import ctypes

    gdi32, user32 = ctypes.windll.gdi32, ctypes.windll.user32
    for answering in (gdi32.CreateFontW, gdi32.SelectObject, user32.GetDC):
        answering.restype = ctypes.c_void_p
    screen = ctypes.c_void_p(user32.GetDC(None))
    found: dict[str, Sequence[str]] = {}
    for face in FACES:
        numbers = (16, 0, 0, 0, 400, 0, 0, 0, _GB2312, 0, 0, 0, 0)
        font = ctypes.c_void_p(gdi32.CreateFontW(*numbers, ctypes.c_wchar_p(face)))
        before = ctypes.c_void_p(gdi32.SelectObject(screen, font))
        name = ctypes.create_unicode_buffer(_LOGICAL_FACE)
        gdi32.GetTextFaceW(screen, _LOGICAL_FACE, name)
        gdi32.SelectObject(screen, before)
        gdi32.DeleteObject(font)
        found[face] = [name.value]
    user32.ReleaseDC(None, screen)
    return found
