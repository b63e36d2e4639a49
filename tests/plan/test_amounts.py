"""序时.应完成 as a share of the target, or as the amount that is to be reached."""

import copy
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Plan, PlanError
from minsheng_xl.plan.amounts import Amount, NoShare, share_in
from minsheng_xl.plan.load import check_tables, load_plan
from minsheng_xl.plan.versions import in_words
from tests.makers import raw, write_workbook

SEVEN = Amount(Fraction(7), "所")
PEOPLE = Amount(Fraction(31400), "人次")
MONEY = Amount(Fraction(500), "万元")


@pytest.mark.parametrize(("text", "due", "share"), [
    ("50%", SEVEN, Fraction(1, 2)), ("0.5", SEVEN, Fraction(1, 2)), ("1", SEVEN, Fraction(1)), ("100%", None, Fraction(1)),
    ("6所", SEVEN, Fraction(6, 7)), ("6 所", SEVEN, Fraction(6, 7)), ("7所", SEVEN, Fraction(1)), ("0所", SEVEN, Fraction(0)),
    ("6/7", SEVEN, Fraction(6, 7)), ("6／7", SEVEN, Fraction(6, 7)), ("1/2", None, Fraction(1, 2)),
    ("1.57万人次", PEOPLE, Fraction(1, 2)), ("15700人次", PEOPLE, Fraction(1, 2)), ("250万元", MONEY, Fraction(1, 2)),
    ("50", SEVEN, NoShare.UNREAD), ("6", SEVEN, NoShare.UNREAD), ("7/6", SEVEN, NoShare.UNREAD), ("6/0", SEVEN, NoShare.UNREAD),
    ("-1%", SEVEN, NoShare.UNREAD), ("120%", SEVEN, NoShare.UNREAD), ("六所", SEVEN, NoShare.UNREAD), ("", SEVEN, NoShare.UNREAD),
    ("6个", SEVEN, NoShare.OTHER_MEASURE), ("6所学校", SEVEN, NoShare.OTHER_MEASURE), ("250元", MONEY, NoShare.OTHER_MEASURE),
    ("8所", SEVEN, NoShare.BEYOND), ("6所", None, NoShare.UNCOUNTED),
])
def test_a_step_is_a_share_or_an_amount_of_what_the_target_is_counted_in(
    text: str, due: Amount | None, share: Fraction | NoShare
) -> None:
    assert share_in(text, due) == share


def with_steps(plan: Plan, code: str, *steps: tuple[str, str], rule: str = "节点") -> dict[str, list[dict[str, str]]]:
    tables = copy.deepcopy(plan.tables)
    next(row for row in tables["指标"] if row["编码"] == code)["序时规则"] = rule
    tables["序时"] += [
        {"指标编码": code, "月份": month, "应完成": due, "依据": "文件", "确认单位": "县民政局"} for month, due in steps
    ]
    return tables


def test_amounts_become_the_shares_of_the_plan(plan: Plan) -> None:
    """3-2 are 9个."""
    tables = with_steps(plan, "3-2", ("6", "3个"), ("9", "3/4"), ("12", "9 个"))
    found = check_tables(raw(tables)).indicator("3-2")
    assert found.steps == ((6, Fraction(1, 3)), (9, Fraction(3, 4)), (12, Fraction(1)))


def test_an_amount_cannot_fall_either(plan: Plan) -> None:
    with pytest.raises(PlanError) as raised:
        check_tables(raw(with_steps(plan, "3-2", ("6", "6个"), ("9", "50%"), ("12", "9个"))))
    (found,) = raised.value.problems
    assert (found.code, found.cell, found.expected) == ("plan-steps-fall", "第3行“应完成”", "6个")


def test_a_share_is_told_exactly(plan: Plan) -> None:
    found = check_tables(raw(with_steps(plan, "3-2", ("6", "33.333%"), ("9", "6/7"), ("12", "100%")))).indicator("3-2")
    assert in_words(found, "steps") == "6月 33.333%；9月 6/7；12月 100%"


@pytest.mark.parametrize(("code", "due", "reason"), [
    ("3-2", "1000000{}", "超过目标"), ("3-2", "1公斤", "计量单位不同"), ("6-4", "1人", "不能写数量"), ("4-3", "1个", "不能写数量"),
])
def test_an_amount_that_cannot_be_is_told_in_one_sentence(plan: Plan, code: str, due: str, reason: str) -> None:
    measure = plan.indicator(code).unit_of_measure
    tables = with_steps(plan, code, ("6", due.format(measure)), ("12", "100%"))
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    (found,) = raised.value.problems
    row = 2 + len(plan.tables["序时"])
    assert (found.code, found.sheet, found.cell) == ("plan-steps-amount", "序时", f"第{row}行“应完成”")
    assert reason in str(found)


def test_an_amount_in_excel_stays_what_was_typed(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "计划.xlsx"
    tables = with_steps(plan, "3-2", ("6", "6/7"), ("12", "100%"))
    write_workbook(tables, path)
    book = openpyxl.load_workbook(path)
    looks = [book["序时"]["C2"].number_format, book["序时"].column_dimensions["C"].number_format]
    assert looks == ["@", "@"]  # else Excel would make 7 June of it
    assert book["序时"].cell(3, 3).value == 1
    assert load_plan(path).indicator("3-2").steps == ((6, Fraction(6, 7)), (12, Fraction(1)))
