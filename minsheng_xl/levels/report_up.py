"""Report up: 上级报表 of a period, closed or marked 未定稿, as a workbook that is kept and journalled."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.upward import Upward, upward_of
from minsheng_xl.accounts.values import Standing
from minsheng_xl.books.write.book import write_book
from minsheng_xl.changes.adopt import adopt
from minsheng_xl.forms.upward import NAME, upward_book
from minsheng_xl.ledger.certified import certified_of
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.note import note_typed
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.telling.print import on_paper, put_with_pdf
from minsheng_xl.year.entries import ReportedUp
from minsheng_xl.year.folder import REPORTED_FOLDER, Year


class ReportUpResult(NamedTuple):
    """What was reported, the files, what could not be meant in the master, why there is no PDF ("" if there is one),
    and whether it is what was reported last already."""

    upward: Upward
    files: tuple[Path, ...]
    misread: tuple[str, ...] = ()
    no_pdf: str = ""
    is_again: bool = False


def report_up(year: Year, period: Period, now: datetime) -> ReportUpResult:
    """Write 上级报表 of a period into 上报/P/, and journal it with its 上报码. The same account gives the same bytes.

    Raises MinshengError where nothing has come of the period, or nothing can be written; PlanError.
    """
    with year.locked():
        register, misread = year.register, tuple[str, ...]()
        if register.closed(period) is None:
            words = adopt(year, now).words  # by a plan that is in use, whose changes are told
            misread = (*words, *note_typed(year, now, register.next_run()).misread)
        upward = upward_now(year, period)
        if all(one.standing is Standing.MISSING for one in upward.account.units.values()):
            raise MinshengError(f"{period} 还没有采用任何来件，没有什么可上报。请先汇总。")
        content = write_book(upward_book(upward))
        sha256, name = year.archive.keep(content), _name(upward)
        files, why = put_with_pdf(year.root / REPORTED_FOLDER / str(period), name, content)
        latest = next(reversed(register.entries(ReportedUp, period=period)), None)
        is_again = latest is not None and latest.sha256 == sha256
        if not is_again:
            register.record([ReportedUp(
                at=now, period=period, file=files[0].name, sha256=sha256, code=upward.own_code, state=upward.state,
                who=str(year.who),
            )])
        return ReportUpResult(upward, files, misread, why, is_again)


def upward_now(year: Year, period: Period) -> Upward:
    """What there is to report of a period as it stands; of a closed one with what was certified by then."""
    plan, closed = year.plan_of(period), year.register.closed(period)
    account = on_paper(year, account_of(plan, year.register, period))
    if closed is not None:
        account = account._replace(certified=certified_of(plan, year.register, period, closed.upto))
    return upward_of(account)


def _name(upward: Upward) -> str:
    """Its name with the county and the period, and with 未定稿 or 更正稿 where it is no first closing."""
    account = upward.account
    state = "" if account.closing is not None and not account.closing.before else f"_{upward.state}"
    return f"{NAME}_{account.plan.settings.region}_{account.period}{state}"
