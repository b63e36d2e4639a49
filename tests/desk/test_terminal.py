"""What is printed in a terminal, and where there is none."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from minsheng_xl import Period
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.desk import terminal
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.year.watching import unwatched

OCTOBER = Period(2022, 10)


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Screen]:
    """A terminal for what is printed from now on."""

    def begin() -> Screen:
        found = Screen()
        monkeypatch.setenv("TERM", "xterm-256color")
        for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
            monkeypatch.delenv(name, raising=False)
        for stream in ("stdout", "stderr"):
            monkeypatch.setattr(sys, stream, found)
        return found

    return begin


def problem(cell: str) -> Problem:
    return Problem(code="x", severity=Severity.HOLD, sheet="填报表", cell=cell, seen="", expected="", message="不是数字", action="请改")


def returned(file: str, outcome: Outcome, *problems: Problem, unit: str | None = None, period: Period | None = None) -> Return:
    return Return(file=file, sha256="a", outcome=outcome, unit=unit, period=period, problems=problems)


def test_steps_are_said_one_by_one_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.steps() as say:
        say("建计划")
        say("下发")
    assert capsys.readouterr() == ("", "建计划\n下发\n")


def test_steps_in_a_terminal_take_one_line(shown: Callable[[], Screen]) -> None:
    screen = shown()
    with terminal.steps() as say:
        say("建计划")
        say("下发")
    assert "下发" in screen.getvalue()
    assert screen.getvalue() != "建计划\n下发\n"
    assert screen.getvalue().endswith("\x1b[2K")  # and leave nothing behind


def test_a_bar_is_shown_in_a_terminal_only(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.progress("下发") as advance:
        assert advance is unwatched
    assert capsys.readouterr() == ("", "")


def test_a_bar_in_a_terminal_advances(shown: Callable[[], Screen]) -> None:
    screen = shown()
    with terminal.progress("下发") as advance:
        advance(19, 38)
    assert "下发" in screen.getvalue()
    assert "50%" in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[2K")


@pytest.mark.parametrize(
    ("word", "label"),
    [
        (None, "—"), ("完成", "[green]✓ 完成[/]"), ("超序时", "[green]▲ 超序时[/]"), ("按序时", "[blue]● 按序时[/]"), ("滞后黄", "[yellow]◆ 滞后黄[/]"),
        ("滞后红", "[red]▼ 滞后红[/]"), ("未完成", "[red]× 未完成[/]"), ("未报", "○ 未报"), ("待核", "？ 待核"), ("暂停", "＝ 暂停"),
    ],
)
def test_a_state_is_shown_by_its_label_in_its_colour(word: str | None, label: str) -> None:
    assert terminal._label(word) == label


def project(no: int, title: str, status: str | None, **of: Any) -> dict[str, Any]:
    return {"no": no, "title": title, "status": status, "met": 1, "reported": 2, "held": 1, "counted": 3, **of}


STATE = {
    "period": "2022-10",
    "projects": [
        project(1, "农村道路", "滞后红", average_all_text="45.0%", average_reported_text="67.5%"),
        project(12, "残疾人托养", None, average_all_text="—", average_reported_text="—"),
    ],
    "averages": {"text": "平均完成率（未报按0）45.0%，已报平均67.5%（已报4/6，待核2）", "how": "按项目平均再平均"},
}


def test_projects_are_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_projects(STATE)
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("2022-10 各项目进展")
    cells = [[cell.strip() for cell in line.replace("┃", "│").split("│")[1:-1]] for line in said if line[:1] in "┃│"]
    assert cells == [
        ["序号", "项目", "状态", "已达标", "已报/考核", "未报按0", "已报平均"],
        ["1", "农村道路", "▼ 滞后红", "1", "2/3，待核 1", "45.0%", "67.5%"],
        ["12", "残疾人托养", "—", "1", "2/3，待核 1", "—", "—"],
    ]
    assert said[-1] == "平均完成率（未报按0）45.0%，已报平均67.5%（已报4/6，待核2）；按项目平均再平均"
    assert "│    1 │ 农村道路   │" in said[4]  # numbers to the right, words to the left


def test_where_there_is_no_terminal_a_table_has_120_signs_and_only_a_project_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    named = project(1, "长" * 100, "完成", average_all_text="100.0%", average_reported_text="100.0%")
    terminal.show_projects(STATE | {"projects": [named]})
    said = capsys.readouterr().out
    assert {len(line) + sum(sign > "\u2fff" for sign in line) for line in said.splitlines()[1:-1]} == {120}
    assert said.count("100.0%") == 2
    assert said.count("长") == 100
    assert "\x1b" not in said


def test_a_table_in_a_terminal_has_colours_of_states_alone(shown: Callable[[], Screen]) -> None:
    screen = shown()
    terminal.show_projects(STATE)
    assert "\x1b[31m▼ 滞后红\x1b[0m" in screen.getvalue()
    assert "45.0%" in screen.getvalue()  # a figure is not lit up


COUNTS = {
    "period": "2022-10", "issued": 38, "accepted": 30, "held": 4, "refused": 3, "missing": 1, "duplicate": 5, "empty": 6,
    "words": 8, "unrecognised": 7, "pending": 0, "questions": 0, "closed": False, "closing": None, "corrections": [], "correction_word": "定稿后更正", "carried": [],
}


def test_the_account_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_account(COUNTS)
    assert capsys.readouterr().out == (
        "2022-10：应报 38 = 已采用 30 + 待核 4 + 退回 3 + 未报 1；重复 5，空表 6，未填数 8，无法识别 7\n"
    )
    terminal.show_account({**COUNTS, "pending": 6})
    assert capsys.readouterr().out.splitlines()[1:] == [
        "待决事项 6 件：请打开总台账，在“待决事项”里定，存盘、关上，再汇总一次。",
    ]
    terminal.show_account({**COUNTS, "questions": 2})
    assert capsys.readouterr().out.splitlines()[1:] == ["计划有 2 处待确认（见 计划.xlsx 的“待确认”）。"]


def test_a_closed_period_and_what_was_corrected_are_lines_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    one = {"unit": "县残联", "period": "2022-10", "text": "8-1 本期累计：定稿 106，更正为 104"}
    closing = {"text": "已定稿（2022年11月10日定稿）"}
    terminal.show_account({**COUNTS, "closed": True, "closing": closing, "corrections": [one], "carried": [{**one, "period": "2022-09"}]})
    assert capsys.readouterr().out.splitlines()[1:] == [
        "已定稿（2022年11月10日定稿）", "定稿后更正：县残联 2022-10 8-1 本期累计：定稿 106，更正为 104",
        "计入本期上期累计的定稿后更正：县残联 2022-09 8-1 本期累计：定稿 106，更正为 104",
    ]


def unit(name: str, standing: str, leads: list[int], received: str | None, late: tuple[bool | None, str], came: str = "") -> dict[str, Any]:
    return {"unit": name, "standing": standing, "leads": leads, "received": received, "late": late[0], "late_text": late[1], "came": came}


IN_TIME, LATE, UNCONFIRMED, NOTHING = (False, "及时"), (True, "迟报"), (None, "迟报（待确认）"), (None, "—")


def test_units_that_are_not_accepted_or_late_are_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    day = "2022-11-03T09:30:00"
    terminal.show_units({"units": [
        unit("甲局", "accepted", [1], day, IN_TIME), unit("乙局", "held", [2, 13], day, IN_TIME),
        unit("丙局", "missing", [], None, NOTHING, "11月3日收到的是空表"), unit("丁局", "refused", [4], None, NOTHING),
        unit("戊局", "accepted", [5], day, UNCONFIRMED), unit("己局", "accepted", [], day, LATE),
    ]})  # fmt: skip
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("尚未采用或迟报的单位")
    when = "2022-11-03 09:30:00"
    assert [[cell.strip() for cell in line.replace("┃", "│").split("│")[1:-1]] for line in said if line[:1] in "┃│"] == [
        ["单位", "报送", "收到时间", "及时", "牵头项目", "收到的"], ["乙局", "待核", when, "及时", "2、13", ""],
        ["丙局", "未报", "—", "—", "—", "11月3日收到的是空表"], ["丁局", "退回", "—", "—", "4", ""],
        ["戊局", "已采用", when, "迟报（待确认）", "5", ""], ["己局", "已采用", when, "迟报", "—", ""],
    ]
    terminal.show_units({"units": [unit("甲局", "accepted", [1], day, IN_TIME)]})
    assert capsys.readouterr().out == ""


def test_files_that_need_a_person_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_files([
        returned("甲.xlsx", Outcome.ACCEPTED, problem("H1"), unit="甲局", period=OCTOBER),
        returned("乙\u202e.xlsx", Outcome.HELD, problem("H7"), unit="乙局", period=OCTOBER),
        returned("丙.xlsx", Outcome.REFUSED, unit="丙局"),
        returned("丁.xlsx", Outcome.REFUSED, period=OCTOBER),
        returned("戊.png", Outcome.UNRECOGNISED),
        returned("己10月.xlsx", Outcome.ACCEPTED, unit="己局", period=Period(2022, 9)),
        returned("庚.xlsx", Outcome.DUPLICATE, problem("H7"), unit="庚局", period=OCTOBER),
    ], OCTOBER)  # fmt: skip
    assert capsys.readouterr().out.splitlines() == [
        "新来件 7 个，其中已采用 2 个。",
        "· 乙.xlsx：待核（乙局 2022-10）",
        "    填报表 H7：不是数字。请改。",
        "· 丙.xlsx：退回（丙局）",
        "· 丁.xlsx：退回（2022-10）",
        "· 戊.png：无法识别",
        "· 己10月.xlsx：已采用（己局 2022-09）",
        "    是 2022-09 的表，记在那一期，不算报了 2022-10。",
        "· 庚.xlsx：重复（庚局 2022-10）",
        "    和以前收到的一样，没有新的内容。",
        "    填报表 H7：不是数字。请改。",
    ]


@pytest.mark.parametrize("count", [5, 6])
def test_of_many_problems_five_are_told(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_files([returned("乙.xlsx", Outcome.HELD, *(problem(f"H{n}") for n in range(1, count + 1)), unit="乙局")], OCTOBER)
    said = capsys.readouterr().out.splitlines()[2:]
    told = [f"    填报表 H{n}：不是数字。请改。" for n in range(1, 6)]
    assert said == (told if count == 5 else [*told, "    ……共 6 处，见总台账“待决事项”。"])


def test_what_is_said_of_many_files_without_a_unit_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    same = [returned(f"{n}.png", Outcome.UNRECOGNISED, problem("")) for n in range(3)]
    terminal.show_files([
        *same, *[returned("4.png", Outcome.UNRECOGNISED)] * 2, returned("5.png", Outcome.REFUSED, problem("")),
        returned("6.xlsx", Outcome.HELD, unit="甲局"), returned("7.xlsx", Outcome.HELD, unit="甲局"),
    ], OCTOBER)
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("·")] == [
        "· 0.png 等 3 个文件：无法识别", "· 4.png 等 2 个文件：无法识别", "· 5.png：退回", "· 6.xlsx：待核（甲局）", "· 7.xlsx：待核（甲局）",
    ]


def test_what_to_open_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_paths([("总台账", Path("年/总台账.xlsm"))])
    assert capsys.readouterr().out == f"可以打开：\n  总台账：{Path('年/总台账.xlsm')}\n"
