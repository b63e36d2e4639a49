"""Python, clock and console."""

import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from minsheng_xl import Year
from minsheng_xl.desk.checking import machine
from minsheng_xl.desk.checking.machine import clock, console, of_charset, of_pages, python
from minsheng_xl.desk.checking.model import Desk
from tests.desk.checking.conftest import FIT, LACKING, UNFIT, desk_at, told


def test_the_python_that_runs(desk: Desk) -> None:
    number = sys.version.split()[0]
    assert told(python, desk) == [(FIT, f"{number}，64 位，{sys.executable}", "")]


def test_an_old_python_and_one_of_32_bits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.struct, "calcsize", lambda kind: 4)
    assert [(one[0], "32 位" in one[1]) for one in told(python, desk)] == [(LACKING, True)]
    monkeypatch.setattr(machine, "_OLDEST", (99, 0))
    assert [(one[0], one[2]) for one in told(python, desk)] == [(UNFIT, "请换 99.0 以上的 Python")]


def test_parts_that_the_one_file_program_lacks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "find_spec", lambda name: None if name == "xlwings" else find_spec(name))
    assert told(python, desk)[1][:2] == (LACKING, "没有 xlwings（打开着汇总和总台账里的按钮要用）")


@pytest.mark.parametrize(("program", "is_told"), [("/a/minsheng-xl", True), ("/民生/程序/minsheng-xl.pyz", False)])
def test_nobody_at_a_program_folder_is_told_of_pandas(desk: Desk, monkeypatch: pytest.MonkeyPatch, program: str, is_told: bool) -> None:
    monkeypatch.setattr(machine, "find_spec", lambda name: None if name == "pandas" else find_spec(name))
    monkeypatch.setattr(sys, "argv", [program])
    assert any("pandas" in one[1] for one in told(python, desk)) is is_told


@pytest.mark.parametrize(
    ("now", "fitness", "words"),
    [
        (datetime(2022, 10, 31, 0, 1), FIT, "2022-10-31 00:01，在日志最后一条（2022-10-31 00:00）之后"),
        (datetime(2022, 10, 30, 23, 51), FIT, "2022-10-30 23:51，在日志最后一条（2022-10-31 00:00）之后"),
        (datetime(2022, 10, 30, 23, 49), LACKING, "比日志最后一条（2022-10-31 00:00）还早"),
        (datetime(1980, 1, 1), UNFIT, "这台电脑的日期是 1980-01-01，不对"),
    ],
)
def test_the_clock_beside_the_journal(issued: Year, now: datetime, fitness: object, words: str) -> None:
    issued.close()
    ((seen, said, _),) = told(clock, desk_at(issued.root, now))
    assert seen is fitness
    assert words in said


def test_the_clock_where_nothing_is_journalled(desk: Desk, tmp_path: Path) -> None:
    for folder in (desk.folder, tmp_path / "没有的"):
        assert told(clock, desk_at(folder)) == [(FIT, "2022-11-06 10:00", "")]


@pytest.mark.parametrize(("charset", "fitness"), [("UTF-8", FIT), ("utf8", FIT), ("GB18030", LACKING), ("ANSI_X3.4-1968", LACKING)])
def test_the_character_set_of_a_terminal(desk: Desk, monkeypatch: pytest.MonkeyPatch, charset: str, fitness: object) -> None:
    assert of_charset(charset, "").fitness is fitness
    if sys.platform != "win32":
        monkeypatch.setattr(machine.locale, "getencoding", lambda: charset)
        assert [one[0] for one in told(console, desk)] == [fitness]


@pytest.mark.parametrize(
    ("pages", "fitness", "words"),
    [
        ((936, 936, 936), FIT, "代码页：系统 936，批处理 936，窗口 936"), ((936, 936, 0), FIT, "代码页：系统 936，批处理 936"),
        ((1252, 437, 437), LACKING, "代码页：系统 1252，批处理 437，窗口 437"),
        ((65001, 65001, 65001), LACKING, "代码页：系统 65001，批处理 65001，窗口 65001"),
    ],
)
def test_the_code_pages_of_windows(pages: tuple[int, int, int], fitness: object, words: str) -> None:
    seen = of_pages(*pages)
    assert (seen.fitness, seen.words) == (fitness, words)
    assert ("UTF-8" in seen.action) is (65001 in pages)
