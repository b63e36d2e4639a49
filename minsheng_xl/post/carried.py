"""What goes to whom: for each unit its workbook of a period, as it was issued, and what it is told."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.addresses import is_within
from minsheng_xl.plan.model import Kind, Plan, Unit
from minsheng_xl.plan.period import Period, month_and_day
from minsheng_xl.post.words import ANSWER, CERTIFY, CONFIRM, FORM
from minsheng_xl.post.writing import Enclosed
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import CertifyingIssued, ConfirmingIssued, Issued
from minsheng_xl.year.folder import Year

_NAMED = 12
"""So many figures are named in a letter; the form names all."""


class Dispatch(NamedTuple):
    """What goes to a unit: the workbook and its sha256, the receivers; or `why` nothing can be sent there."""

    unit: Unit
    what: str
    sha256: str
    enclosed: tuple[Enclosed, ...]
    to: tuple[str, ...]
    copies: tuple[str, ...]
    why: str = ""


def letter_id(period: Period, one: Dispatch, domain: str, again: int = 0) -> str:
    """The Message-ID of what goes to a unit: the same each time, so that whoever receives it twice, or looks for it
    among what was sent, can tell. `again` counts the times that the office had it sent once more."""
    told = f"{period}|{one.unit.name}|{one.what}|{one.sha256}|{again}"
    return f"<{hashlib.sha256(told.encode()).hexdigest()[:32]}@{domain}>"


def carried(year: Year, period: Period, what: str, units: Sequence[str] = ()) -> list[Dispatch]:
    """What goes out of a period, in the order of the plan; of some units alone, if they are named. Raises MisuseError
    for a name that is no unit's, MinshengError if there is nothing."""
    plan = year.plan.at(period)
    wanted = plan.units_called(units)
    found = [one for one in _every(year, plan, period, what) if not wanted or one.unit.name in wanted]
    if not found:
        raise MinshengError(_NOTHING[what].format(period=period, root=year.root))
    return found


_NOTHING = {
    FORM: "{period} 还没有下发，没有可以发的。请先下发：minsheng-xl issue {root} --period {period}",
    CERTIFY: "{period} 还没有生成认定表。请先运行 minsheng-xl issue {root} --certify {period}",
    CONFIRM: "{period} 还没有生成核对单。请先运行 minsheng-xl issue {root} --confirm {period}",
    ANSWER: "{period} 没有要发回单位的表。",
}


def _every(year: Year, plan: Plan, period: Period, what: str) -> Iterator[Dispatch]:
    went: dict[str, list[_Went]] = {}
    for entry in _entries(year, period, what):
        went.setdefault(plan.name_here(entry.unit), []).append(entry)
    folder = _folder(year, period, what)
    for unit in plan.units:
        entries = went.get(unit.name, [])
        if entries:
            entry = _present(folder, entries)
            content = year.archive.kept(entry.sha256, f"发给{unit.name}的{what}")
            yield dispatch(plan, unit, what, entry.sha256, (Enclosed(entry.file, content),))


_Went: TypeAlias = Issued | CertifyingIssued | ConfirmingIssued


def _entries(year: Year, period: Period, what: str) -> Iterator[_Went]:
    """What went out of a period, in order; of what goes back, what still waits in 退回/."""
    register = year.register
    if what == CERTIFY:
        yield from register.entries(CertifyingIssued, period=period)
    elif what == CONFIRM:
        yield from register.entries(ConfirmingIssued, period=period)
    else:
        there = {path.name for path in year.returned_folder(period).glob("*.xlsx")}
        for one in register.entries(Issued, period=period):
            if (what == FORM and one.plan) or (what == ANSWER and not one.plan and one.file in there):
                yield one


def _folder(year: Year, period: Period, what: str) -> Path:
    folders = {CERTIFY: year.certified_folder, CONFIRM: year.confirmed_folder, ANSWER: year.returned_folder}
    return folders.get(what, year.issued_folder)(period)


def _present(folder: Path, entries: Sequence[_Went]) -> _Went:
    """Of what went out to a unit, that which lies there now: a plan that was changed and changed back brings the first
    one back; of one that somebody edited, the last."""
    for entry in reversed(entries):
        path = folder / entry.file
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256:
            return entry
    return entries[-1]


def _addressed(plan: Plan, unit: Unit) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The receivers of what goes to a unit, who is sent a copy, and why nothing can be sent there."""
    domains = plan.settings.mail_domains
    to, copies = unit.addresses, tuple(one for one in unit.copied if one not in unit.addresses)
    outside = [one for one in (*to, *copies) if domains and not is_within(one, domains)]
    if not to:
        return (), (), "计划的“单位”表里没有邮箱"
    return to, copies, f"{outside[0]} 不在允许的邮箱域名（{'、'.join(domains)}）之内" if outside else ""


def dispatch(plan: Plan, unit: Unit, what: str, sha256: str, enclosed: tuple[Enclosed, ...] = ()) -> Dispatch:
    """What goes to a unit, where its row of 单位 says."""
    to, copies, why = _addressed(plan, unit)
    return Dispatch(unit=unit, what=what, sha256=sha256, enclosed=enclosed, to=to, copies=copies, why=why)


def places_of(
    account: PeriodAccount, unit: Unit, enclosed: Sequence[Enclosed] = (), today: date | None = None
) -> dict[str, str]:
    """What stands in the places of a text to a unit."""
    plan, period = account.plan, account.period
    title, again = plan.settings.title, plan.again_by(period)
    came = account.came.get(unit.name, "")
    times = account.reminded.get(unit.name, 0)
    is_ahead = again is not None and (today is None or today <= again)
    return {
        "单位": unit.name, "称呼": f"{unit.name}{f' {unit.contact}同志' if unit.contact else ''}", "期次": period.after(title),
        "截止": month_and_day(plan.due(period)), "应报": owed_by(plan, unit, period), "标题": title,
        "来件": f"{came}，不能算报送。" if came else "", "落款": plan.settings.organ,
        "补报": f"请于{month_and_day(again)}前报送。" if again is not None and is_ahead else "请尽快报送。",
        "附件": "、".join(one.name for one in enclosed), "督促": f"已催报{times}次。" if times else "",
    }


def owed_by(plan: Plan, unit: Unit, period: Period) -> str:
    """What a unit owes in a period, in words: 指标 8-1 某某、8-2 某某，项目 8 的文字."""
    rows = [one for one in plan.indicators if one.filler == unit.name and one.kind is not Kind.DERIVED]
    figures = [f"{one.code} {one.name}" for one in rows]
    named = "、".join(figures[:_NAMED]) + (f"等 {len(figures)} 项" if len(figures) > _NAMED else "")
    numbers = sorted({no for name, no, _ in plan.roles if name == unit.name})
    of_projects = f"第 {'、'.join(map(str, numbers))} 项的工作情况（文字）" if numbers else ""
    return "；".join(filter(None, (f"指标 {named}" if named else "", of_projects))) or "配合情况（文字）"


def account_for(year: Year, period: Period) -> PeriodAccount:
    """The account of a period as it stands."""
    return account_of(year.plan.at(period), year.register, period)
