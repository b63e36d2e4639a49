"""Accounts to print: nothing reported, everything met, what of it was certified, and the worst that units can send."""

from datetime import datetime
from fractions import Fraction
from math import floor

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import Certified, PeriodAccount, Reported
from minsheng_xl.accounts.ranks import reported_of
from minsheng_xl.accounts.values import Doubt, Figure, Standing
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.model import Comparator, Kind, Tier
from tests.makers import empty_account, figure, large_plan, word

LONG = "因征地拆迁协调难度较大、雨季施工窗口期缩短等原因，工程进度比原计划有所推迟，已组织专班逐户做工作；" * 10  # 500 characters


def nothing(plan: Plan) -> PeriodAccount:
    return empty_account(plan, Period.parse("2022-10"))


def everything_met(plan: Plan) -> PeriodAccount:
    """December, every figure at its target or just beyond."""
    given: dict[str, dict[Key, Value]] = {}
    for i in plan.indicators:
        cells = given.setdefault(i.filler, {})
        if i.kind is Kind.MILESTONE:
            cells[figure(i.code)] = "是"
        elif i.kind is Kind.RATIO:
            cells[figure(i.code, "numerator")] = i.fixed_denominator if i.office_denominator and i.fixed_denominator else Fraction(100)
            if not i.office_denominator:
                cells[figure(i.code, "denominator")] = Fraction(100)
        elif i.takes_figures:
            target = i.target or Fraction(0)
            cells[figure(i.code)] = Fraction(floor(target) + 1 if i.comparator is Comparator.MORE_THAN else target)
    account = empty_account(plan, Period.parse("2022-12"), given)
    for unit in account.units.values():
        unit.standing = Standing.ACCEPTED
    return account


_SAID = ("同意报送数", "核减", "待补证", "同意报送数", "", "不予认定", "同意报送数", "暂不认定")


def certified(plan: Plan) -> PeriodAccount:
    """December, its figures met but for some, and what a certifier said of most of them, one opinion after the other."""
    account, december = everything_met(plan), Period.parse("2022-12")
    account.units["县残联"].figures.clear()
    account.units["县卫生健康委"].figures |= {figure("7-1"): Fraction(9000), figure("7-2"): Doubt("约5000")}
    said, now = {}, datetime(2023, 1, 12)
    for n, (code, stood) in enumerate(reported_of(account).items()):
        indicator, opinion, value = plan.indicator(code), _SAID[n % len(_SAID)], stood.value
        number: Figure | None = value if isinstance(value, Fraction | str) else None
        if opinion == "核减":
            number = Fraction(floor(number * 9 / 10 * 1000), 1000) if isinstance(number, Fraction) else "否"
        elif opinion != "同意报送数":
            number = None
        if opinion and indicator.tier is not Tier.TEXT:
            said[code] = Certified(
                unit="县统计局", opinion=opinion, figure=number, reported=stood, file="认定.xlsx", received=now, reason="重复登记",
            )
    said["1-1"] = said["1-1"]._replace(reported=Reported(Fraction(31000), december))
    said["10-3"] = said["10-2"]._replace(figure=Doubt("95 / 96"), opinion="核减")
    return account._replace(certified=said, certifying=frozenset({"县统计局"}))


def worst() -> PeriodAccount:
    """Sixty lagging indicators, texts of five hundred characters everywhere."""
    plan = check_tables(large_plan(20, 60))
    given: dict[str, dict[Key, Value]] = {u.name: {} for u in plan.reporting_units}
    for i in plan.indicators:
        given[i.filler][figure(i.code)] = Fraction(1)
        for key in ("progress", "problem", "coordination", "measures", "reason", "evidence"):
            given[i.filler][word(i.project, key)] = LONG
        given[i.filler] |= {word(i.project, "asked"): LONG[:40], word(i.project, "advice"): LONG, word(i.project, "wanted"): "2022年12月底前"}
    for project in plan.projects:
        for name in project.responsible:
            given[name] |= {word(project.no, "support"): LONG, word(project.no, "problem"): LONG}
    account = empty_account(plan, plan.periods[9], given)
    for unit in account.units.values():
        unit.standing = Standing.ACCEPTED
    now = datetime(plan.settings.year, 11, 10)
    certified = {
        i.code: Certified(unit="县统计局", opinion="核减", figure=Fraction(1, 2), reported=Reported(Fraction(1), account.period), file="认定.xlsx", received=now, checked=Fraction(10), confirmed=Fraction(9), reason=LONG)
        for i in plan.indicators
    }
    return account._replace(certified=certified, certifying=frozenset({"县统计局"}))
