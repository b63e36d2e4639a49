"""定稿: a period's figures are frozen as they stand; what comes later belongs to the next one."""

from datetime import datetime

from minsheng_xl.forms.master.book import master_book
from minsheng_xl.ledger.period import account_of, past_of, values_of
from minsheng_xl.month.adopt import adopt
from minsheng_xl.month.note import note_typed
from minsheng_xl.month.print import STACK, stack_bytes
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import Closed, Judged, RunBegun, TypedIn
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import write_whole


def close(year: Year, period: Period, now: datetime, *, who: str = "办公室") -> None:
    """Freeze a period. Later returns are journalled as 定稿后更正: they never change its figures, but
    count in the 上期累计 of later forms. 打印稿.xlsx of this day is kept.

    Raises MinshengError if it is closed already, or was never consolidated.
    """
    with year.locked():
        register = year.register
        closed = register.closed(period)
        if closed is not None:
            raise MinshengError(f"{period} 已经在 {closed.at:%Y-%m-%d %H:%M} 定稿，没有改动。")
        before = register.last_change()
        noted = note_typed(year, now, register.next_run())
        if register.last_change() != before or noted.misread:
            raise MinshengError("总台账里有还没有汇总的改动，没有定稿。请先汇总、核对，再定稿。")
        if not any(register.entries(kind, period=period) for kind in (RunBegun, Judged, TypedIn)):
            raise MinshengError(f"{period} 还没有汇总过，没有什么可以定稿。请先汇总。")
        plan = year.plan.at(period)
        account = account_of(plan, register, period)
        stack = stack_bytes(year, account, master_book(account, "", 0))
        version = adopt(year, now).version
        entry = Closed(
            at=now,
            run=register.next_run(),
            period=period,
            plan=version,
            upto=register.last_change(),
            who=who,
            last_wins=year.plan.settings.last_wins,
            values=values_of(plan, account),
            measures={indicator.code: indicator.measured_in for indicator in plan.indicators},
            past=past_of(plan, account),
            print=year.archive.keep(stack),
            head=register.head(),
        )
        register.record([entry])
        write_whole(year.printed_folder(period) / STACK, stack)
