"""What the office answers is written into 待确认 of 计划.xlsx where it lies."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, PlanError, Year, issue
from minsheng_xl.beginning.answering import accept_defaults, answer, questions_of
from minsheng_xl.plan.model import QuestionState
from minsheng_xl.problems import MisuseError
from tests.makers import little_tables, raw
from tests.workbooks import save

OCTOBER, NOW = Period.parse("2022-10"), datetime(2022, 10, 31)


def asked(number: str, table: str, of: str, column: str, choices: str, default: str) -> dict[str, str]:
    return {
        "编号": number, "表": table, "对象": of, "栏": column, "问题": "是多少？", "原句": "原文", "选项": choices, "默认": default,
        "答复": "", "影响": "",
    }


QUESTIONS = [
    asked("1", "指标", "8-1", "目标", "100、120、其他", "100"), asked("2", "指标", "8-1", "比较", "≥、＞", "≥"),
    asked("3", "指标", "8-1", "口径", "空着、其他", "空着"), asked("4", "指标", "1-1", "序时规则", "均衡、年末", "均衡"),
]


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Year]:
    """A year whose plan leaves four things open, two of which keep forms from going out."""
    tables = little_tables().plain()
    for row in tables["指标"]:
        if row["编码"] == "8-1":
            row |= {"目标": "100", "比较": "≥", "口径": ""}
        if row["编码"] == "1-1":
            row["序时规则"] = "均衡"
    made = Year.create(tmp_path / "年", raw(tables | {"待确认": QUESTIONS}))
    yield made
    made.close()


def answers(year: Year) -> list[object]:
    return [row[8].value for row in openpyxl.load_workbook(year.plan_path)["待确认"].iter_rows(min_row=2)]


def parts(year: Year) -> dict[str, bytes]:
    with zipfile.ZipFile(year.plan_path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_an_answer_counts_at_once_and_nothing_else_is_touched(asking: Year) -> None:
    before = parts(asking)
    assert asking.plan.indicator("8-1").target == 100
    assert [str(one) for one in answer(asking, {"1": "120", "2": "＞"})] == ["1 指标 8-1“目标”：120", "2 指标 8-1“比较”：＞"]
    assert answers(asking) == ["120", "＞", None, None]
    assert asking.plan.indicator("8-1").target == 120
    changed = [name for name, content in parts(asking).items() if before[name] != content]
    assert changed == ["xl/worksheets/sheet1.xml"]
    sheet = openpyxl.load_workbook(asking.plan_path)["待确认"]
    assert sheet.cell(2, 9).fill.fgColor.rgb == "FFFFFFFF"
    assert len(sheet.data_validations.dataValidation) == 4


def test_an_answer_may_be_given_anew(asking: Year) -> None:
    answer(asking, {"1": "120"})
    answer(asking, {"1": "130"})
    assert (answers(asking)[0], asking.plan.indicator("8-1").target) == ("130", 130)


@pytest.mark.parametrize(("number", "text", "words"), [
    ("9", "120", "待确认里没有编号 9。有的是 1、2、3、4。"), ("2", "≤", "编号 2 不能答复“≤”。可选 ≥、＞；默认 ≥。"),
])
def test_an_answer_that_cannot_be_meant_is_refused(asking: Year, number: str, text: str, words: str) -> None:
    before = asking.plan_path.read_bytes()
    with pytest.raises(MisuseError, match=words):
        answer(asking, {"1": "120", number: text})
    assert asking.plan_path.read_bytes() == before


def test_an_answer_that_its_cell_does_not_take_is_refused(asking: Year) -> None:
    before = asking.plan_path.read_bytes()
    with pytest.raises(PlanError) as raised:
        answer(asking, {"1": "一百多"})
    assert [str(found) for found in raised.value.problems] == [
        "待确认 第2行“答复”：目标不是可比较的数字（看到：一百多）。请填 大于 0 的数字。"
    ]
    assert asking.plan_path.read_bytes() == before


def test_what_was_changed_in_its_table_wants_no_answer(asking: Year) -> None:
    book = openpyxl.load_workbook(asking.plan_path)
    row = next(cells for cells in book["指标"].iter_rows(min_row=2) if cells[0].value == "8-1")
    row[9].value = 150
    save(book, asking.plan_path)
    with pytest.raises(MisuseError, match="编号 1 不用答复：表里已改"):
        answer(Year(asking.root), {"1": "120"})
    assert [one.number for one in questions_of(asking) if one.state is QuestionState.OPEN] == ["2", "3", "4"]


def test_a_plan_that_a_wrong_answer_stopped_is_mended_by_a_right_one(asking: Year) -> None:
    book = openpyxl.load_workbook(asking.plan_path)
    book["待确认"].cell(3, 9).value = "大于"
    save(book, asking.plan_path)
    year = Year(asking.root)
    with pytest.raises(PlanError):
        _ = year.written_plan
    answer(year, {"2": "＞"})
    assert year.written_plan.indicator("8-1").comparator.value == "＞"


def test_defaults_are_taken_of_all_but_what_nobody_knows_yet(asking: Year) -> None:
    """口径 is 空着 by default and keeps nothing from going out: it stays open."""
    answer(asking, {"1": "120"})
    assert [one.question.number for one in accept_defaults(asking)] == ["2", "4"]
    assert answers(asking) == ["120", "≥", None, "均衡"]
    assert accept_defaults(asking) == ()


def test_a_plan_that_is_open_is_not_written_to(asking: Year) -> None:
    (asking.root / "~$计划.xlsx").write_bytes(b"")
    before = asking.plan_path.read_bytes()
    with pytest.raises(MinshengError, match=r"计划\.xlsx 没有写答复：它正开着。请关上它，再运行一次。"):
        accept_defaults(asking)
    assert asking.plan_path.read_bytes() == before


def test_a_plan_that_asks_nothing_has_nothing_to_answer(year: Year) -> None:
    assert (questions_of(year), accept_defaults(year)) == ((), ())
    with pytest.raises(MisuseError, match="待确认里没有编号 1。现在没有要问的。"):
        answer(year, {"1": "120"})


def test_a_workbook_that_another_program_saved_is_answered_too(asking: Year) -> None:
    """openpyxl keeps texts apart and renames what it can."""
    book = openpyxl.load_workbook(asking.plan_path)
    book["待确认"].title = "待 确认"
    save(book, asking.plan_path)
    year = Year(asking.root)
    answer(year, {"1": "120", "2": "＞"})
    assert (year.plan.indicator("8-1").target, len(year.plan.open_questions)) == (120, 2)


def test_answers_stay_while_the_year_goes_on(asking: Year) -> None:
    """变更记录 is written into 计划.xlsx when a change is adopted; 待确认 stays as it was."""
    answer(asking, {"1": "120", "2": "≥"})
    issue(asking, OCTOBER, NOW)
    answer(asking, {"1": "110"})
    year = Year(asking.root)
    issue(year, OCTOBER, datetime(2022, 11, 1))
    book = openpyxl.load_workbook(year.plan_path)
    (row,) = list(book["变更记录"].iter_rows(min_row=2, max_col=7, values_only=True))
    assert row[1:7] == ("指标", "8-1", "目标", "120", "110", "2022-11")
    assert answers(year) == ["110", "≥", None, None]
