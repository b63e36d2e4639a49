"""A real window: the button in the open master is clicked, the new figures appear in the open document."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from minsheng_xl import Period, Year
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.forms.home import STATUS_PLACE
from minsheng_xl.forms.unit import unit_form
from tests.books.live.office import needs_screen, needs_uno, running, until
from tests.makers import figure, send

pytestmark = [needs_uno, needs_screen, pytest.mark.office]

OCTOBER = Period.parse("2022-10")
PICTURES = Path(os.environ.get("MINSHENG_SCREENSHOTS", ".screenshots"))


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen of its own."""
    reading, writing = os.pipe()
    process = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1100x24"], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    number = os.read(reading, 16).decode().strip()
    try:
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()
        os.close(reading)


def screenshot(display: str, name: str) -> None:
    from PIL import ImageGrab

    PICTURES.mkdir(exist_ok=True)
    ImageGrab.grab(xdisplay=display).save(PICTURES / f"{name}.png")


def xdotool(display: str, *arguments: str) -> str:
    return subprocess.run(["xdotool", *arguments], env={**os.environ, "DISPLAY": display}, capture_output=True, text=True, check=True).stdout


def test_a_click_on_the_button_brings_the_new_figures(demo_year: Year, tmp_path: Path) -> None:
    import xlwings

    from minsheng_xl.books.libreoffice.engine import Engine

    home = tmp_path / "home"
    (home / ".config").mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "minsheng_xl", "setup"], env={**os.environ, "HOME": str(home)}, check=True, capture_output=True)
    assert (home / ".config" / "minsheng-xl" / "program.txt").read_text().strip() == f'"{sys.executable}" "-P" "-m" "minsheng_xl"'
    folder = tmp_path / "一年 的文件夹"  # a path with a blank in it
    shutil.copytree(demo_year.root, folder)
    year = Year(folder)
    send(year, "团县委", OCTOBER, {figure("9-1"): "11", figure("9-2"): "57", figure("9-3"): "否"}, "团.xlsx")
    place = unit_form(year.plan, year.plan.unit("团县委"), OCTOBER, {}).address(figure("9-1"))
    with screen() as display, running(tmp_path, str(year.master_path), home=home, display=display):
        engine = xlwings.Engine(impl=Engine())
        until(lambda: next(iter(engine.apps)).books)
        book = next(iter(next(iter(engine.apps)).books))
        until(lambda: xdotool(display, "search", "--name", "总台账").strip())
        status = book.sheets["首页"].range(cell_name(STATUS_PLACE))
        assert (book.sheets["团县委"].range(place).value, status.value) == (None, None)
        for _ in range(30):  # until the window is drawn
            xdotool(display, "mousemove", "182", "219", "click", "1")
            if _becomes_busy(status):
                break
        screenshot(display, "点了汇总")
        until(lambda: "汇总了" in str(status.value))
        screenshot(display, "汇总完了")
        assert "汇总了 2022-10：1 个文件，已采用 1" in status.value
        assert book.sheets["团县委"].range(place).value == 11
        assert book.sheets["项目9"].used_range.value != []
    year.close()


def _becomes_busy(status: "object") -> bool:
    import time

    end = time.monotonic() + 3
    while time.monotonic() < end:
        if status.value is not None:  # type: ignore[attr-defined]
            return True
        time.sleep(0.1)
    return False
