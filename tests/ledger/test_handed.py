"""A row that was corrected to be another unit's, and the form of the former one that comes late: the office is asked."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period, Year, consolidate, decide, issue
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.questions import choices_of
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.closing.close import close
from minsheng_xl.ledger.period import account_of
from minsheng_xl.proof.verify import verify
from tests.changes.office import changed
from tests.makers import figure, send, word
from tests.workbooks import sheet_of

OCTOBER = Period.parse("2022-10")
FORMER, NOW_ITS, CODE = "县残联", "县民政局", "8-1"
EARLIER, CAME, LATER = datetime(2022, 11, 5, 16), datetime(2022, 11, 7, 16), datetime(2022, 11, 8, 9)


@pytest.fixture
def handed_over(short_issued: Year) -> Iterator[Year]:
    """October went out; then its row was corrected to be another unit's. The former one's form lies in 收件."""
    path = send(short_issued, FORMER, OCTOBER, {figure(CODE): "106", word(8, "progress"): "已救助106人"})
    content = path.read_bytes()
    path.unlink()
    year = changed(short_issued, "指标", CODE, 填数单位=NOW_ITS)
    consolidate(year, OCTOBER, EARLIER)
    year = changed(year, "变更记录", "1", 更正="是", 起始期次=None)
    consolidate(year, OCTOBER, EARLIER)
    assert account_of(year.plan, year.register, OCTOBER).pending == []
    path.write_bytes(content)
    yield year
    year.close()


def account(year: Year) -> PeriodAccount:
    return account_of(year.plan, year.register, OCTOBER)


def figure_of(year: Year, unit: str) -> object:
    return account(year).units[unit].figures.get(figure(CODE))


def test_the_office_is_asked_whether_it_is_the_figure_of_the_unit_that_reports_by_now(handed_over: Year) -> None:
    result = consolidate(handed_over, OCTOBER, CAME)
    assert [one.outcome for one in result.files] == [Outcome.HELD]
    (item,) = account(handed_over).pending
    assert (item.kind, item.unit, item.key, item.used, item.other) == ("原单位报的数", NOW_ITS, figure(CODE), "", "106")
    assert choices_of(item) == ("属实", "不计入")
    assert item.advice == (
        "县残联照下发时的表报的；这一行现在由县民政局填报，没有计入。"
        "请与县民政局核实：就是这个数的写“属实”，记在县民政局名下；不是的写应填的数，或写“不计入”。"
    )
    shown = [cell.value for cell in sheet_of(result.master.path, "待决事项")[4]]
    assert shown[0] == item.id
    assert item.advice in shown
    assert (figure_of(handed_over, NOW_ITS), figure_of(handed_over, FORMER)) == (None, None)


@pytest.mark.parametrize(("said", "counts"), [("属实", 106), ("110", 110), ("不计入", None)])
def test_what_the_office_says_is_the_figure_of_that_unit_and_not_asked_again(
    handed_over: Year, said: str, counts: int | None
) -> None:
    consolidate(handed_over, OCTOBER, CAME)
    (item,) = account(handed_over).pending
    decide(handed_over, item.id, said, LATER, who="赵军")
    consolidate(handed_over, OCTOBER, LATER)
    assert account(handed_over).pending == []
    assert figure_of(handed_over, NOW_ITS) == (None if counts is None else Fraction(counts))
    assert verify(handed_over).is_sound


@pytest.mark.parametrize(("own", "asked"), [("106", []), ("104", [("104", "106", ("用新数", "用原数"))])])
def test_where_that_unit_reported_itself_only_another_figure_is_asked_about(
    handed_over: Year, own: str, asked: list[object]
) -> None:
    issue(handed_over, OCTOBER, CAME)
    send(handed_over, NOW_ITS, OCTOBER, {figure(CODE): own})
    consolidate(handed_over, OCTOBER, CAME)
    found = [one for one in account(handed_over).pending if one.key == figure(CODE)]
    assert [(one.used, one.other, choices_of(one)) for one in found] == asked
    assert figure_of(handed_over, NOW_ITS) == Fraction(own)


def test_a_closing_says_that_nobody_answered(handed_over: Year) -> None:
    consolidate(handed_over, OCTOBER, CAME)
    closed = close(handed_over, OCTOBER, LATER)
    assert [(one.kind, one.unit) for one in closed.overdue] == [("原单位报的数", NOW_ITS)]
    found = account(handed_over)
    assert (found.pending, figure_of(handed_over, NOW_ITS)) == ([], None)
    assert [one.decision.word for one in found.decided if one.decision] == ["逾期未定，不计入"]
