"""What changes after returns were taken: the plan, the names, the order, a closed period."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, issue, status
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.closing.close import close
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import correct_receipt, decide
from tests.changes.office import LATER, NOVEMBER, NOW, OCTOBER, changed, reported
from tests.makers import figure, send, send_borrowed
from tests.workbooks import sheet_of, typed


def ended(year: Year, code: str) -> Year:
    """The year whose 变更 says that an indicator ends with November."""
    book = openpyxl.load_workbook(year.plan_path)
    book["变更"].append(["终止", code, None, "2022-11", "鲁政办9号"])
    book.save(year.plan_path)
    return Year(year.root)


def corrected(year: Year) -> Year:
    """The year whose 变更记录 says that all that was changed corrects slips."""
    consolidate(year, OCTOBER, LATER)
    book = openpyxl.load_workbook(year.plan_path)
    heads = {c.value: c.column for c in book["变更记录"][1]}
    for row in range(2, book["变更记录"].max_row + 1):
        for title, text in (("起始期次", None), ("更正", "是"), ("依据", "笔误")):
            book["变更记录"].cell(row, heads[title]).value = text
    book.save(year.plan_path)
    year.close()
    again = Year(year.root)
    consolidate(again, OCTOBER, LATER)
    return again


def standing(year: Year, unit: str) -> str:
    return next(u["standing"] for u in status(year, OCTOBER)["units"] if u["unit"] == unit)


def typed_into(path: Path, year: Year, unit: str, code: str, value: object) -> None:
    form = unit_form(year.plan, year.plan.unit(unit), OCTOBER, {})
    typed(path, **{f"{year.plan.unit(unit).sheet_name}__{form.address(figure(code))}": value})


def test_an_indicator_that_is_no_more_stops_nothing_though_it_was_decided(issued: Year) -> None:
    send(issued, "县人力资源和社会保障局", OCTOBER, {figure("1-1"): "3"})
    consolidate(issued, OCTOBER, NOW)
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    decide(issued, item.id, "属实", LATER)
    year = ended(changed(issued, "指标", "1-1"), "1-1")
    result = consolidate(year, OCTOBER, LATER)
    assert sheet_of(result.master.path, "待决事项")["A4"].value == item.id
    year.close()


def test_an_indicator_that_another_unit_fills_in_by_now_stops_nothing(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "百余人"})
    consolidate(issued, OCTOBER, NOW)
    year = corrected(changed(issued, "指标", "8-1", 填数单位="县民政局"))
    assert year.plan.at(OCTOBER).indicator("8-1").filler == "县民政局"
    assert account_of(year.plan, year.register, OCTOBER).units["县残联"].figures == {}
    year.close()


def test_a_unit_that_was_renamed_keeps_what_was_settled_and_why_it_was_refused(issued: Year) -> None:
    for name, number in (("a.xlsx", "106"), ("b.xlsx", "116")):
        send(issued, "县残联", OCTOBER, {figure("8-1"): number}, name)
        consolidate(issued, OCTOBER, NOW)
    typed(send(issued, "县妇联", OCTOBER, {}, "改.xlsx"), 填报表__A4="单位")
    consolidate(issued, OCTOBER, NOW)
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    decide(issued, item.id, "用原数", LATER)
    tables = ("任务表", "指标", "单位")
    book = openpyxl.load_workbook(issued.plan_path)
    for sheet in (book[name] for name in tables):
        for cell in (c for row in sheet.iter_rows(min_row=2) for c in row if isinstance(c.value, str)):
            cell.value = cell.value.replace("县残联", "县残疾人联合会").replace("县妇联", "县妇女联合会")
    heads = {c.value: c.column for c in book["单位"][1]}
    for row in book["单位"].iter_rows(min_row=2):
        if row[0].value in ("县残疾人联合会", "县妇女联合会"):
            alias = book["单位"].cell(row[0].row, heads["别名"])
            alias.value = {"县残疾人联合会": "县残联", "县妇女联合会": "县妇联"}[row[0].value]
    book.save(issued.plan_path)
    year = Year(issued.root)
    consolidate(year, OCTOBER, LATER)
    account = account_of(year.plan, year.register, OCTOBER)
    assert (account.pending, reported(year, "8-1")) == ([], "106")
    returned = sorted(path.name for path in year.returned_folder(OCTOBER).iterdir())
    assert returned == ["县妇女联合会_2022-10_退回.xlsx"]
    sentences = [c.value for row in sheet_of(year.returned_folder(OCTOBER) / returned[0], "退回说明").iter_rows() for c in row]
    assert any("表的结构被改动" in str(text) for text in sentences)
    year.close()


def test_names_too_long_for_a_drop_down_stop_nothing(issued: Year) -> None:
    for name, value in (("a.xlsx", "约" + "一" * 200), ("b.xlsx", "约" + "二" * 200), ("c.xlsx", "1,0,6人,左右")):
        send(issued, "县残联", OCTOBER, {figure("8-1"): value}, name)
    consolidate(issued, OCTOBER, NOW)
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    decide(issued, item.id, "106", LATER)
    assert reported(issued, "8-1") == "106"


def test_what_was_typed_and_not_consolidated_is_not_lost_by_closing(taken: Year) -> None:
    typed_into(taken.master_path, taken, "县残联", "8-1", 108)
    with pytest.raises(MinshengError, match="还没有汇总"):
        close(taken, OCTOBER, LATER)
    consolidate(taken, OCTOBER, LATER)
    close(taken, OCTOBER, LATER)
    assert reported(taken, "8-1") == "108"


def test_a_later_correction_of_a_closed_month_leaves_the_next_closed_month_alone(taken: Year) -> None:
    close(taken, OCTOBER, LATER)
    issue(taken, NOVEMBER, datetime(2022, 11, 30))
    send(taken, "县残联", NOVEMBER, {figure("8-1"): "110"})
    consolidate(taken, NOVEMBER, datetime(2022, 12, 3))
    close(taken, NOVEMBER, datetime(2022, 12, 8))
    before = account_of(taken.plan, taken.register, NOVEMBER).before["8-1"]
    send(taken, "县残联", OCTOBER, {figure("8-1"): "100"}, "更正.xlsx")
    consolidate(taken, NOVEMBER, datetime(2022, 12, 20))
    assert account_of(taken.plan, taken.register, NOVEMBER).before["8-1"] == before == 106


def test_a_correction_after_closing_counts_though_the_office_had_typed(taken: Year) -> None:
    typed_into(taken.master_path, taken, "县残联", "8-1", 108)
    consolidate(taken, OCTOBER, LATER)
    close(taken, OCTOBER, LATER)
    send(taken, "县残联", OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
    consolidate(taken, OCTOBER, datetime(2022, 11, 20))
    assert reported(taken, "8-1") == "108"
    assert account_of(taken.plan, taken.register, NOVEMBER).before["8-1"] == 104


def test_two_corrections_after_closing_that_differ_correct_nothing(taken: Year) -> None:
    close(taken, OCTOBER, LATER)
    for name, number in (("甲.xlsx", "104"), ("乙.xlsx", "105")):
        send(taken, "县残联", OCTOBER, {figure("8-1"): number}, name)
    result = consolidate(taken, OCTOBER, datetime(2022, 11, 20))
    assert {f.outcome for f in result.files} == {Outcome.HELD}
    assert account_of(taken.plan, taken.register, NOVEMBER).before["8-1"] == 106


def test_a_closed_period_cannot_be_decided(issued: Year) -> None:
    send(issued, "县人力资源和社会保障局", OCTOBER, {figure("1-1"): "3"})
    consolidate(issued, OCTOBER, NOW)
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    close(issued, OCTOBER, LATER)
    with pytest.raises(MinshengError, match="已经定稿"):
        decide(issued, item.id, "属实", LATER)


def test_a_decision_in_the_master_swallows_no_return_of_the_same_run(issued: Year) -> None:
    for name, number in (("a.xlsx", "106"), ("b.xlsx", "116")):
        send(issued, "县残联", OCTOBER, {figure("8-1"): number}, name)
        result = consolidate(issued, OCTOBER, NOW)
    head = next(c for c in sheet_of(result.master.path, "待决事项")[3] if c.value == "决定")
    typed(result.master.path, **{f"待决事项__{head.column_letter}4": "用原数"})
    send(issued, "县残联", OCTOBER, {figure("8-1"): "120"}, "c.xlsx")
    consolidate(issued, OCTOBER, LATER)
    pending = account_of(issued.plan, issued.register, OCTOBER).pending
    assert [(item.used, item.other) for item in pending] == [("106", "120")]


def test_a_decision_about_one_correction_leaves_the_others_open(issued: Year) -> None:
    for name, number in (("a.xlsx", "106"), ("b.xlsx", "116"), ("c.xlsx", "126")):
        send(issued, "县残联", OCTOBER, {figure("8-1"): number}, name)
        consolidate(issued, OCTOBER, NOW)
    first, second = account_of(issued.plan, issued.register, OCTOBER).pending
    decide(issued, first.id, "用原数", LATER)
    assert [item.other for item in account_of(issued.plan, issued.register, OCTOBER).pending] == [second.other]


@pytest.mark.parametrize(("code", "unit", "word"), [("8-1", "县残联", "106.5"), ("8-1", "县残联", "是")])
def test_a_decision_must_fit_the_cell(issued: Year, code: str, unit: str, word: str) -> None:
    send(issued, unit, OCTOBER, {figure(code): "百余"})
    consolidate(issued, OCTOBER, NOW)
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    with pytest.raises(MinshengError, match="填不进这一格"):
        decide(issued, item.id, word, LATER)


def test_a_doubtful_correction_offers_no_new_figure(issued: Year) -> None:
    for name, number in (("a.xlsx", "106"), ("b.xlsx", "百余")):
        send(issued, "县残联", OCTOBER, {figure("8-1"): number}, name)
        consolidate(issued, OCTOBER, NOW)
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    with pytest.raises(MinshengError, match="用原数"):
        decide(issued, item.id, "用新数", LATER)


def test_what_a_word_took_in_is_as_late_as_its_file(issued: Year) -> None:
    send_borrowed(issued, OCTOBER)
    consolidate(issued, OCTOBER, NOW)
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    decide(issued, item.id, "采用", datetime(2022, 11, 30))
    assert not account_of(issued.plan, issued.register, OCTOBER).is_late("县残联")


def test_halves_of_two_returns_are_checked_against_each_other(short_issued: Year) -> None:
    unit = short_issued.plan.indicator("6-5").filler  # its numerator is contained in its denominator
    send(short_issued, unit, OCTOBER, {figure("6-5", "numerator"): "95"}, "a.xlsx")
    consolidate(short_issued, OCTOBER, NOW)
    send(short_issued, unit, OCTOBER, {figure("6-5", "denominator"): "90"}, "b.xlsx")
    consolidate(short_issued, OCTOBER, LATER)
    assert (standing(short_issued, unit), reported(short_issued, "6-5")) == ("held", None)
    assert {item.other for item in account_of(short_issued.plan, short_issued.register, OCTOBER).pending} == {"95"}


def test_the_same_bytes_again_can_be_the_last_word(issued: Year) -> None:
    year = changed(issued, "参数", "更正方式", 值="截止前以最后一次为准")
    first = send(year, "县残联", OCTOBER, {figure("8-1"): "106"}, "a.xlsx")
    consolidate(year, OCTOBER, NOW)
    send(year, "县残联", OCTOBER, {figure("8-1"): "116"}, "b.xlsx")
    consolidate(year, OCTOBER, NOW)
    assert reported(year, "8-1") == "116"
    (year.inbox / "c.xlsx").write_bytes(first.read_bytes())
    (one,) = consolidate(year, OCTOBER, LATER).files
    assert (one.outcome, reported(year, "8-1")) == (Outcome.ACCEPTED, "106")
    (year.inbox / "d.xlsx").write_bytes(first.read_bytes())
    (one,) = consolidate(year, OCTOBER, LATER).files
    assert one.outcome is Outcome.DUPLICATE
    year.close()


def test_the_last_return_is_told_by_the_time_of_receipt_as_the_office_corrected_it(issued: Year) -> None:
    year = changed(issued, "参数", "更正方式", 值="截止前以最后一次为准")
    for name, number in (("a.xlsx", "106"), ("b.xlsx", "116")):
        send(year, "县残联", OCTOBER, {figure("8-1"): number}, name)
        consolidate(year, OCTOBER, NOW)
    receipts = {receipt.file: receipt.sha256 for receipt in account_of(year.plan, year.register, OCTOBER).receipts}
    correct_receipt(year, receipts["b.xlsx"], date(2022, 11, 1), LATER)
    assert reported(year, "8-1") == "106"
    year.close()


def test_a_form_issued_again_accuses_nobody(taken: Year) -> None:
    issue(taken, NOVEMBER, datetime(2022, 11, 30))
    path = send(taken, "县残联", NOVEMBER, {figure("8-1"): "120"})
    content = path.read_bytes()
    path.unlink()
    send(taken, "县残联", OCTOBER, {figure("8-1"): "108"}, "更正.xlsx")
    consolidate(taken, OCTOBER, LATER)
    (item,) = account_of(taken.plan, taken.register, OCTOBER).pending
    decide(taken, item.id, "用新数", LATER)
    issue(taken, NOVEMBER, datetime(2022, 12, 1))
    path.write_bytes(content)
    (one,) = consolidate(taken, NOVEMBER, datetime(2022, 12, 3)).files
    assert one.outcome is Outcome.ACCEPTED
    (note,) = [p for p in one.problems if p.code == "previous-changed"]
    assert "下发以后更正过" in note.message


def at_explanation(year: Year, unit: str) -> str:
    return unit_form(year.plan, year.plan.unit(unit), OCTOBER, {}, in_master=True).address(figure("1-1", "explanation"))


def test_a_figure_means_nothing_in_another_measure(issued: Year) -> None:
    unit = issued.plan.indicator("1-1").filler
    send(issued, unit, OCTOBER, {figure("1-1"): "27000"})
    consolidate(issued, OCTOBER, NOW)
    typed_into(issued.master_path, issued, "县残联", "8-1", 106)
    consolidate(issued, OCTOBER, NOW)
    assert (reported(issued, "1-1"), reported(issued, "8-1")) == ("27000", "106")
    typed(issued.master_path, **{f"{issued.plan.unit(unit).sheet_name}__{at_explanation(issued, unit)}": "电话核实"})
    consolidate(issued, OCTOBER, NOW)
    year = changed(issued, "指标", "1-1", 计量单位="万人次", 目标="3.14")
    year = corrected(changed(year, "指标", "8-1", 计量单位="百人", 目标="1.2", 小数位="2"))
    account = account_of(year.plan, year.register, OCTOBER)
    assert (reported(year, "1-1"), reported(year, "8-1")) == (None, None)
    assert {(item.unit, item.other) for item in account.pending} >= {(unit, "27000（当时是累计量 人次）")}
    assert account.units[unit].words[figure("1-1", "explanation")] == "电话核实"
    assert account_of(year.plan, year.register, NOVEMBER).before.get("1-1") is None
    year.close()


def test_a_closed_figure_means_nothing_in_another_measure(issued: Year) -> None:
    unit = issued.plan.indicator("1-1").filler
    send(issued, unit, OCTOBER, {figure("1-1"): "27000"})
    consolidate(issued, OCTOBER, NOW)
    close(issued, OCTOBER, LATER)
    year = changed(issued, "指标", "1-1", 计量单位="万人次", 目标="3.14")
    assert account_of(year.plan, year.register, NOVEMBER).before.get("1-1") is None
    assert reported(year, "1-1") == "27000", "as it was closed, by the plan of its day"
    year.close()


def test_a_doubt_in_a_cell_that_is_no_more_holds_nobody(short_issued: Year) -> None:
    unit = short_issued.plan.indicator("7-3").filler
    send(short_issued, unit, OCTOBER, {figure("7-3", "numerator"): "约20", figure("7-1"): "11480"})
    consolidate(short_issued, OCTOBER, NOW)
    assert standing(short_issued, unit) == "held"
    year = changed(short_issued, "指标", "7-3", 类型="累计量", 分子=None, 分母=None, 目标="100", 计量单位="人", 比较="≥")
    assert standing(year, unit) == "held", "it begins with the forms that have not gone out"
    assert standing(corrected(year), unit) == "accepted"
    year.close()


def test_what_does_not_fit_the_cell_cannot_be_attested(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106.5"})
    consolidate(issued, OCTOBER, NOW)
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    with pytest.raises(MinshengError, match="填不进这一格"):
        decide(issued, item.id, "属实", LATER)
    decide(issued, item.id, "106", LATER)
    assert reported(issued, "8-1") == "106"


def test_a_day_that_cannot_be_true_is_no_day_of_receipt(taken: Year) -> None:
    (receipt,) = account_of(taken.plan, taken.register, OCTOBER).receipts
    for day in (date(9999, 12, 31), date(1, 1, 1), date(2021, 11, 5)):
        with pytest.raises(MinshengError, match="不会是真的"):
            correct_receipt(taken, receipt.sha256, day, LATER)


def test_halves_are_checked_against_each_other_after_closing_too(issued: Year) -> None:
    unit = issued.plan.indicator("1-2").filler
    send(issued, unit, OCTOBER, {figure("1-2"): "20000", figure("1-3"): "7900"}, "a.xlsx")
    consolidate(issued, OCTOBER, NOW)
    close(issued, OCTOBER, LATER)
    send(issued, unit, OCTOBER, {figure("1-3"): "30000"}, "b.xlsx")  # part of 1-2
    consolidate(issued, OCTOBER, LATER)
    assert account_of(issued.plan, issued.register, NOVEMBER).before.get("1-3") != 30000


def test_periods_of_two_frequencies_stand_in_order() -> None:
    assert sorted([Period.parse("2022-Q3"), Period.parse("2022-10"), Period.parse("2022-09")])[2] == OCTOBER
