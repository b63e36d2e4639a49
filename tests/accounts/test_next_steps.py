"""下一步: each thing that the period may want is said, and nothing else."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.confirmed import Confirmation
from minsheng_xl.accounts.next_steps import next_steps
from minsheng_xl.accounts.period import Certified, Closing, Correction, PeriodAccount
from minsheng_xl.accounts.questions import WHOLE, Pending
from minsheng_xl.accounts.values import Standing
from minsheng_xl.plan.model import Question, QuestionState
from tests.makers import empty_account, figure

OCTOBER, DECEMBER = Period.parse("2022-10"), Period.parse("2022-12")
READY = "各单位已报齐，没有要定的事：打印，核对无误后定稿"


def account(plan: Plan, period: Period = OCTOBER, **standings: Standing) -> PeriodAccount:
    """Of all units taken, but for those that are named."""
    found = empty_account(plan, period)
    for name, unit in found.units.items():
        unit.standing = standings.get(name, Standing.ACCEPTED)
    return found


def test_before_anything_came_forms_go_out(sample_plan: Plan) -> None:
    assert next_steps(empty_account(sample_plan, OCTOBER)) == (
        "下发填报表，收齐来件（11月7日前报送）：来件放进“收件”文件夹，再汇总",
    )


def test_where_units_have_addresses_it_goes_by_mail(sample_plan: Plan) -> None:
    by_mail = sample_plan.having(units=tuple(unit._replace(email="a@x.gov.cn") for unit in sample_plan.units))
    assert next_steps(empty_account(by_mail, OCTOBER)) == ("下发填报表，收齐来件（11月7日前报送）：用“发送”发出，“收取”并汇总",)
    open_ones = account(by_mail, 县残联=Standing.MISSING, 团县委=Standing.REFUSED, 县民政局=Standing.HELD)
    assert next_steps(open_ones) == (
        "县残联未报（应于11月7日前报送）：“收取”并汇总，用“催报邮件”催报",
        "团县委退回：把“退回”文件夹里的表用“发回”发给单位",
        "县民政局待核：把“退回”文件夹里的核实单用“发回”发给单位，或在待决事项里定",
    )


def test_what_the_plan_leaves_open_is_said_first_and_keeps_nothing_from_being_done(sample_plan: Plan) -> None:
    asked = Question(number="1", table="参数", of="4-3", column="分母", words="行政村总数是多少", default="空着")
    done = asked._replace(number="2", state=QuestionState.ANSWERED)
    open_one = sample_plan.asking((asked, asked, done))
    words = "计划有 2 处待确认（见 计划.xlsx 的“待确认”）"
    assert next_steps(account(open_one)) == (words, READY)
    assert next_steps(account(sample_plan.asking((done,)))) == (READY,)
    closed = account(open_one)._replace(closing=Closing(at=datetime(2022, 11, 6, 9)))
    assert words not in next_steps(closed)


def test_all_that_is_open_in_the_order_in_which_it_is_done(sample_plan: Plan) -> None:
    open_ones = account(sample_plan, 县残联=Standing.MISSING, 团县委=Standing.REFUSED, 县民政局=Standing.HELD, 县司法局=Standing.HELD)
    asked = Pending(id="a", kind=WHOLE, unit="县民政局", key=None, used="", other="", file="a.xlsx", advice="")
    open_ones.units["县民政局"].pending = [asked, asked._replace(id="b")]
    assert next_steps(open_ones) == (
        "县残联未报（应于11月7日前报送）：打印催报单催报",
        "团县委退回：把“退回”文件夹里的表发回单位",
        "2 个单位（县民政局、县司法局）待核：把“退回”文件夹里的核实单发回单位，或在待决事项里定",
        "待决事项 2 件：每件选一个词或写上数，再汇总",
    )


def test_three_units_are_named_of_more(sample_plan: Plan) -> None:
    names = [unit.name for unit in sample_plan.reporting_units]
    four = account(sample_plan, **dict.fromkeys(names[:4], Standing.MISSING))
    assert next_steps(four) == (f"4 个单位（{'、'.join(names[:3])}等）未报（应于11月7日前报送）：打印催报单催报",)
    three = account(sample_plan, **dict.fromkeys(names[:3], Standing.MISSING))
    assert next_steps(three) == (f"3 个单位（{'、'.join(names[:3])}）未报（应于11月7日前报送）：打印催报单催报",)


def test_when_all_is_there_it_is_printed_and_closed(sample_plan: Plan) -> None:
    assert next_steps(account(sample_plan)) == (READY,)


def test_who_has_not_confirmed_or_certified(sample_plan: Plan) -> None:
    one = Confirmation(unit="县残联", issued=date(2022, 11, 9), rows=2, due=None, answered=None, agreed=0, objections=())
    asked = account(sample_plan)._replace(confirmations=(one, one._replace(unit="团县委", answered=datetime(2022, 11, 10), agreed=2)))
    assert next_steps(asked) == ("县残联没有反馈核对单",)
    halfway = one._replace(unit="县民政局", answered=datetime(2022, 11, 10), agreed=1)
    both = asked._replace(confirmations=(one, halfway))
    assert next_steps(both) == ("县残联没有反馈核对单", "县民政局的核对单没有核对完")
    certifying = account(sample_plan)._replace(certifying=frozenset({"县统计局"}))
    assert next_steps(certifying) == ("县统计局没有交回认定表", READY)
    said = Certified(unit="县统计局", opinion="同意报送数", figure=Fraction(1), reported=None, file="a.xlsx", received=datetime(2022, 11, 12))
    assert next_steps(certifying._replace(certified={"8-1": said})) == (READY,)


@pytest.mark.parametrize(("period", "words"), [
    (OCTOBER, "已定稿：印发；以后来的更正计入下期"), (DECEMBER, "已定稿：印发全年结果，转入下一年；以后来的更正作结转更正"),
])
def test_a_closed_period_wants_nothing_of_its_returns(sample_plan: Plan, period: Period, words: str) -> None:
    closed = account(sample_plan, period, 县残联=Standing.MISSING)._replace(closing=Closing(at=date(2022, 11, 15), before=0, document="", signed_by="", dated=None))
    assert next_steps(closed) == (words,)
    late = Correction(period=period, unit="县残联", key=figure("8-1"), was=Fraction(1), now=Fraction(2), source=None)
    assert next_steps(closed._replace(corrections=(late,))) == (f"{words}（已有 1 项）",)
