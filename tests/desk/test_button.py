"""What a click says in the master that is open; the master and the use cases are played."""

import ctypes
import getpass
import subprocess
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from minsheng_xl import MinshengError, Period, PlanError, Year
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.desk import button
from minsheng_xl.desk.button import click
from minsheng_xl.desk.setting import remember_name
from minsheng_xl.master.build import BuildResult
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.taking.consolidate import ConsolidateResult
from minsheng_xl.telling.print import PrintResult

FIRST, NOW = Period.parse("2024-Q1"), datetime(2024, 4, 3, 9, 5)
PROBLEM = Problem(code="x", severity=Severity.HOLD, sheet="填报表", cell="H7", seen="", expected="", message="不是数字", action="请改")


class Open:
    """A master that is open: what it was asked, and what is said in it."""

    def __init__(self) -> None:
        self.said: list[tuple[str, bool]] = []

    def say(self, words: str, *, last: bool = False) -> None:
        self.said.append((words, last))

    def text(self, sheet: str, place: tuple[int, int]) -> str:
        return "2024-Q1"


@pytest.fixture
def master(monkeypatch: pytest.MonkeyPatch) -> Open:
    found = Open()
    monkeypatch.setattr(button, "attach", lambda workbook: found)
    return found


def returned(outcome: Outcome, *problems: Problem, unit: str | None = None) -> Return:
    return Return(file="甲.xlsx", sha256="a", outcome=outcome, unit=unit, problems=problems)


def plays(monkeypatch: pytest.MonkeyPatch, files: tuple[Return, ...] = (), unread: tuple[Problem, ...] = (), **of: Any) -> None:
    result = ConsolidateResult(FIRST, files, unread, BuildResult(Path("年/总台账（新）.xlsm"), FIRST, **of))

    def played(year: Year, period: Period, now: datetime, *, progress: Any, opened: Open) -> ConsolidateResult:
        assert (period, now) == (FIRST, NOW)
        progress(3, 7)
        return result

    monkeypatch.setattr(button, "consolidate", played)


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({}, ""), ({"misread": ("“好”看不懂。",)}, "“好”看不懂。"), ({"unread": (PROBLEM,)}, "填报表 H7：不是数字。请改。"),
        ({"own": ("少了首页", "多了行")}, "总台账的结构变了（少了首页；多了行），没有改动它，新的放在旁边：总台账（新）.xlsm。"),
        ({"kept": ("B1", "B2", "B3")}, "办公室改过、没有更新：B1、B2、B3。"), ({"kept": ("B1", "B2", "B3", "B4")}, "办公室改过、没有更新：B1、B2、B3等。"),
    ],
)
def test_a_consolidation_says_how_far_it_is_and_how_it_ended(
    master: Open, small_year: Year, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], more: str
) -> None:
    plays(monkeypatch, **given)
    said = f"04-03 09:05 汇总了 2024-Q1：没有新的来件。请保存总台账。{more}"
    assert click("consolidate", small_year.master_path, NOW) == said
    assert master.said == [("正在汇总 2024-Q1……", False), ("正在读来件 3/7……", False), (said, True)]


@pytest.mark.usefixtures("master")
def test_a_click_is_signed_by_the_name_that_was_given_last(small_year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    signed: list[str] = []

    def played(year: Year, *_: object, **__: object) -> ConsolidateResult:
        signed.append(year.signed())
        return ConsolidateResult(FIRST, (), (), BuildResult(Path("年/总台账.xlsm"), FIRST))

    monkeypatch.setattr(button, "consolidate", played)
    monkeypatch.setattr(getpass, "getuser", lambda: "li")
    for name in ("张三", ""):
        remember_name(name)
        click("consolidate", small_year.master_path, NOW)
    assert signed == ["张三（电脑用户 li）", "电脑用户 li"]


def test_the_outcomes_are_counted(master: Open, small_year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    plays(monkeypatch, (returned(Outcome.HELD), returned(Outcome.ACCEPTED), returned(Outcome.HELD)))
    assert "：3 个文件，已采用 1，待核 2。请保存" in click("consolidate", small_year.master_path, NOW)


def test_a_print_follows_its_consolidation_and_leaves_the_master(master: Open, small_year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    def printed(year: Year, period: Period, now: datetime, *, update: bool) -> PrintResult:
        assert (period, now, update) == (FIRST, NOW, False)
        return PrintResult(FIRST, Path("打印"), (Path("a"), Path("b")))

    plays(monkeypatch)
    monkeypatch.setattr(button, "print_period", printed)
    assert click("print", small_year.master_path, NOW).endswith("请保存总台账。打印好了，2 个文件在 打印。")
    assert ("正在打印……", False) in master.said


def test_an_inspection_is_written_beside_the_master(master: Open, small_year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [returned(Outcome.HELD, PROBLEM, PROBLEM, unit="县水利局"), returned(Outcome.UNRECOGNISED)]
    monkeypatch.setattr(button, "inspect", lambda year, paths: found if paths == [year.inbox] else [])
    said = click("inspect", small_year.master_path, NOW)
    assert said == "04-03 09:05 检查了收件：2 个文件，待核 1，无法识别 1，没有登记。每一处写在 检查来件.txt。"
    assert master.said == [("正在检查来件……", False), (said, True)]
    assert (small_year.root / "检查来件.txt").read_text(encoding="utf-8-sig") == (
        "甲.xlsx：待核 县水利局\n    填报表 H7：不是数字。请改。\n    填报表 H7：不是数字。请改。\n甲.xlsx：无法识别 \n"
    )


@pytest.mark.parametrize(("platform", "opener"), [("linux", "xdg-open"), ("darwin", "open")])
def test_the_inbox_is_opened(master: Open, small_year: Year, monkeypatch: pytest.MonkeyPatch, platform: str, opener: str) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", ran.append)
    monkeypatch.setattr(button.sys, "platform", platform)
    small_year.inbox.rmdir()
    for _ in range(2):
        assert click("inbox", small_year.master_path, NOW) == f"收件夹在 {small_year.inbox}"
    assert ran == [[opener, str(small_year.inbox)]] * 2
    assert small_year.inbox.is_dir()


@pytest.mark.parametrize(
    ("error", "said"),
    [(MinshengError("磁盘已满。"), "磁盘已满。"), (PlanError([]), "计划有 0 处问题，请改正后再运行。"), (KeyError("x"), "程序出错（KeyError：'x'）。")],
)
def test_what_could_not_be_done_is_said_in_the_master_and_raised(
    master: Open, small_year: Year, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fails(*of: object, **named: object) -> None:
        raise error

    monkeypatch.setattr(button, "consolidate", fails)
    with pytest.raises(type(error)):
        click("consolidate", small_year.master_path, NOW)
    words, last = master.said[-1]
    assert (words.startswith(said), last) == (True, True)


def test_a_lost_clock_is_said_in_the_master(master: Open, small_year: Year) -> None:
    with pytest.raises(MinshengError):
        click("inbox", small_year.master_path, datetime(1980, 1, 1))
    assert [(words[:20], last) for words, last in master.said] == [("这台电脑的日期是 1980-01-01，", True)]


def test_a_master_that_cannot_be_reached_is_said_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    def lost(workbook: Path) -> None:
        raise MinshengError("总台账没有开着。")

    monkeypatch.setattr(button, "attach", lost)
    monkeypatch.setattr(button, "_show", shown.append)
    with pytest.raises(MinshengError):
        click("inbox", Path("总台账.xlsm"), NOW)
    assert shown == ["总台账没有开着。"]


def test_words_without_a_window_of_their_own_are_shown_by_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a box of its own, with the sign of a message (0x40); elsewhere there is none."""
    shown: list[tuple[object, ...]] = []
    windows = SimpleNamespace(user32=SimpleNamespace(MessageBoxW=lambda *given: shown.append(given)))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    for platform in ("linux", "win32"):
        monkeypatch.setattr(button.sys, "platform", platform)
        button._show("总台账没有开着。")
    assert shown == [(None, "总台账没有开着。", "minsheng-xl", 64)]


def test_the_inbox_is_opened_by_windows(master: Open, small_year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Path] = []
    monkeypatch.setattr(button.os, "startfile", started.append, raising=False)
    monkeypatch.setattr(button.sys, "platform", "win32")
    click("inbox", small_year.master_path, NOW)
    assert started == [small_year.inbox]
