"""A LibreOffice that runs, headless or in a window of a virtual screen, and the workbooks open in it."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.libreoffice.soffice import PROGRAM, REQUIRED

SECONDS = 90
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


def speaks_uno() -> bool:
    """Whether this Python can speak to LibreOffice."""
    from minsheng_xl.books.libreoffice.connection import NotReachable, uno_module

    try:
        uno_module()
    except NotReachable:
        return False
    return True


needs_uno = pytest.mark.skipif(not REQUIRED and (PROGRAM is None or not speaks_uno()), reason="no LibreOffice that this Python can speak to")
needs_screen = pytest.mark.skipif(
    not REQUIRED and not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="no virtual screen (xvfb, xdotool)"
)


@contextmanager
def running(folder: Path, *arguments: str, home: Path | None = None, display: str = "") -> Iterator[None]:
    """LibreOffice with a profile of its own, listening on the pipe that `minsheng-xl setup` would have it open."""
    from minsheng_xl.desk.setting import open_pipe

    assert PROGRAM is not None, "LibreOffice is required here and not installed"
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    name = f"minsheng-{os.getpid()}-{folder.name}"
    before = os.environ.get("MINSHENG_PIPE")
    os.environ["MINSHENG_PIPE"] = name
    assert "下次打开时" in open_pipe(profile)
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "gen" if display else "svp"}
    if display:
        environment["DISPLAY"] = display
    if home is not None:
        environment["HOME"] = str(home)
    command = [PROGRAM, f"-env:UserInstallation={profile.parent.as_uri()}", "--norestore", "--nologo", "--nofirststartwizard", *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        until(_answers)
        yield
    finally:
        os.killpg(process.pid, 9)  # asked to end, it would ask whether to save
        process.wait()
        if before is None:
            del os.environ["MINSHENG_PIPE"]
        else:
            os.environ["MINSHENG_PIPE"] = before


def _answers() -> bool:
    from minsheng_xl.books.libreoffice.connection import NotReachable, desktop

    try:
        desktop()
    except NotReachable:
        return False
    return True


def until(true: Any) -> None:
    """Wait for something to become true. Raises AssertionError if it does not."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, "LibreOffice does not answer"
        time.sleep(0.2)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A workbook opened in the running LibreOffice, as an xlwings Book; closed without saving."""
    import xlwings

    from minsheng_xl.books.libreoffice.engine import Engine

    engine = xlwings.Engine(impl=Engine())
    xlwings.engines.add(engine)
    engine.activate()
    book = next(iter(xlwings.apps)).books.open(str(path))
    try:
        yield book
    finally:
        book.close()


def saved(book: Any, path: Path) -> bytes:
    """A copy of an open workbook as LibreOffice saves it."""
    from minsheng_xl.books.libreoffice.connection import uno_module

    filter = uno_module().createUnoStruct("com.sun.star.beans.PropertyValue")
    filter.Name, filter.Value = "FilterName", "Calc MS Excel 2007 XML"
    book.impl.api.storeToURL(path.as_uri(), (filter,))
    return path.read_bytes()
