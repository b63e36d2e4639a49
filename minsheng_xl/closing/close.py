"""定稿: a period's figures are frozen as they stand; what comes later belongs to the next one."""

from datetime import date, datetime
from typing import NamedTuple

from minsheng_xl.accounts.values import about
from minsheng_xl.changes.adopt import adopt
from minsheng_xl.closing.still_open import still_open
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.ledger.period import account_closed_by, past_of, values_of
from minsheng_xl.master.note import note_typed
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.telling.print import STACK, on_paper, put_file, stack_bytes
from minsheng_xl.year.entries import Closed
from minsheng_xl.year.folder import Year


class Circular(NamedTuple):
    """What stands on the circular by which a period is published: 文号, 签发人, 印发日期; each where it is known."""

    document: str = ""
    signed_by: str = ""
    dated: date | None = None


_UNKNOWN = Circular()


def close(
    year: Year, period: Period, now: datetime, *, who: str = "", yes: bool = True, circular: Circular = _UNKNOWN
) -> Closed:
    """Freeze a period. Later returns are journalled as 定稿后更正: they never change its figures, but
    count in the 上期累计 of later forms. 打印稿.xlsx of this day is kept.

    What is 待核 becomes 逾期未核实 and counts as 未报, unless `yes` is false: then nothing is closed. Raises
    MinshengError for that, and if the period is closed already, or was never consolidated.
    """
    with year.locked():
        _put_printed(year, period)  # whoever closed it may have been stopped before
        register, found = year.register, still_open(year, period)
        if found.held and not yes:
            names = "、".join(f"{item.unit} {about(item.key) if item.key else item.file}" for item in found.held)
            raise MinshengError(f"{period} 还有 {len(found.held)} 处待核，没有定稿：{names}。")
        before = register.last_change()
        noted = note_typed(year, now, register.next_run())
        if register.last_change() != before or noted.misread:
            raise MinshengError("总台账里有还没有汇总的改动，没有定稿。请先汇总、核对，再定稿。")
        version, plan = adopt(year, now).version, year.plan.at(period)
        closing = Closed(
            at=now,
            run=register.next_run(),
            period=period,
            plan=version,
            upto=register.last_change(),
            who=year.signed(who),
            last_wins=year.plan.settings.last_wins,
            values={},
            measures={indicator.code: indicator.measured_in for indicator in plan.indicators},
            past={},
            print="",
            head=register.head(),
            overdue=found.lapsing,
            document=circular.document,
            signed_by=circular.signed_by,
            dated=circular.dated.isoformat() if circular.dated else "",
            figures_owed=True,
        )
        return _journalled(year, closing)


def _journalled(year: Year, closing: Closed) -> Closed:
    """Journal a closing with what stands by it, then put what is printed where the office finds it."""
    plan = year.plan.at(closing.period)
    account = account_closed_by(plan, year.register, closing)
    stack = stack_bytes(year, on_paper(year, account), master_book(account, "", 0))
    entry = closing._replace(
        values=values_of(plan, account), past=past_of(plan, account), print=year.archive.keep(stack)
    )
    year.register.record([entry])
    _put_printed(year, entry.period)
    return entry


def _put_printed(year: Year, period: Period) -> None:
    """Put what was printed by the closing of a period, if there is one, where the office finds it."""
    closed = year.register.closed(period)
    if closed is not None and year.archive.holds(closed.print):
        put_file(year.printed_folder(period) / STACK, year.archive.read(closed.print))
