"""下一步: what a period wants of the office now, as its account stands, in the order in which it is done."""

from collections.abc import Iterator, Sequence

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Standing
from minsheng_xl.plan.answers import asked_in_words
from minsheng_xl.plan.period import month_and_day

_NAMED = 3
"""So many units are named; the lists name all."""


def next_steps(account: PeriodAccount) -> tuple[str, ...]:
    """The steps, at least one, each a clause."""
    return tuple(_when_closed(account) if account.closing is not None else _while_open(account))


def _while_open(account: PeriodAccount) -> Iterator[str]:
    steps = [*_of_returns(account), *_of_questions(account)]
    if account.plan.open_questions:
        yield asked_in_words(len(account.plan.open_questions))
    yield from steps
    yield from _of_certifiers(account)
    if not steps:
        yield "各单位已报齐，没有要定的事：打印，核对无误后定稿"


def _of_returns(account: PeriodAccount) -> Iterator[str]:
    """By what came of the units, and what did not."""
    owed = [unit.name for unit in account.plan.reporting_units if account.owed(unit.name)]
    by: dict[Standing, list[str]] = {standing: [] for standing in Standing}
    for name in owed:
        by[account.standing(name)].append(name)
    missing, refused, held = by[Standing.MISSING], by[Standing.REFUSED], by[Standing.HELD]
    day = month_and_day(account.plan.due(account.period))
    by_mail = any(unit.addresses for unit in account.plan.reporting_units)
    if missing == owed:
        how = "用“发送”发出，“收取”并汇总" if by_mail else "来件放进“收件”文件夹，再汇总"
        yield f"下发填报表，收齐来件（{day}前报送）：{how}"
    elif missing:
        yield f"{_units(missing)}未报（应于{day}前报送）：{'“收取”并汇总，用“催报邮件”' if by_mail else '打印催报单'}催报"
    back = "用“发回”发给单位" if by_mail else "发回单位"
    if refused:
        yield f"{_units(refused)}退回：把“退回”文件夹里的表{back}"
    if held:
        yield f"{_units(held)}待核：把“退回”文件夹里的核实单{back}，或在待决事项里定"


def _of_questions(account: PeriodAccount) -> Iterator[str]:
    if account.pending:
        yield f"待决事项 {len(account.pending)} 件：每件选一个词或写上数，再汇总"
    silent = [one.unit for one in account.confirmations if one.answered is None]
    if silent:
        yield f"{_units(silent)}没有反馈核对单"
    halfway = [one.unit for one in account.confirmations if one.answered is not None and one.unsaid]
    if halfway:
        yield f"{_units(halfway)}的核对单没有核对完"


def _of_certifiers(account: PeriodAccount) -> Iterator[str]:
    """Their forms went out, and have not all come back."""
    answered = {one.unit for one in account.certified.values()}
    silent = [unit.name for unit in account.plan.units if unit.name in account.certifying - answered]
    if silent:
        yield f"{_units(silent)}没有交回认定表"


def _when_closed(account: PeriodAccount) -> Iterator[str]:
    told = f"（已有 {len(account.corrections)} 项）" if account.corrections else ""
    if account.period.is_last:
        yield f"已定稿：印发全年结果，转入下一年；以后来的更正作结转更正{told}"
    else:
        yield f"已定稿：印发；以后来的更正计入下期{told}"


def _units(names: Sequence[str]) -> str:
    """县残联；3 个单位（县残联、团县委、县司法局）；5 个单位（县残联、团县委、县司法局等）."""
    if len(names) == 1:
        return names[0]
    more = "等" if len(names) > _NAMED else ""
    return f"{len(names)} 个单位（{'、'.join(names[:_NAMED])}{more}）"
