"""The accepted figures that would leave the account by what 计划.xlsx changes, or be counted for another indicator or
unit: such a plan is not adopted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from minsheng_xl.accounts.period import entries_of
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import Doubt, about, shown
from minsheng_xl.exact.keys import Key
from minsheng_xl.figures.progress import Entry
from minsheng_xl.ledger.units import key_here, units_of
from minsheng_xl.plan.model import EventKind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tables import EVENTS
from minsheng_xl.plan.versions import first_free
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import Decided, Judged, PlanUsed, TypedIn
from minsheng_xl.year.folder import PLAN_FILE, Year

_MOST_NAMED = 12


class Loss(NamedTuple):
    """An accepted figure that would leave the account: whose it is, of which period, what it says."""

    period: Period
    unit: str
    key: Key
    seen: str

    def __str__(self) -> str:
        return f"{self.period} {self.unit} 报的 {about(self.key)} {self.seen}"


def refuse_losses(year: Year) -> None:
    """Raises MinshengError where 计划.xlsx, as it stands, would take an accepted figure out of the account, or give it
    to another indicator."""
    given_away = mistaken(year)
    if given_away:
        first = f"照现在的 {PLAN_FILE}，报过的数会算到别的指标或单位上，没有做任何改动："
        raise MinshengError("\n".join((first, *given_away)))
    found = losses_of(year)
    if found:
        named = "\n".join(f"  {loss}" for loss in found[:_MOST_NAMED])
        more = f"\n  ……共 {len(found)} 个" if len(found) > _MOST_NAMED else ""
        rows = "\n".join(f"  {row}" for row in rows_to_paste(year, found))
        raise MinshengError(
            f"照现在的 {PLAN_FILE}，下面已采用的数就不在账上了，没有做任何改动：\n{named}{more}\n"
            f"有文件依据的，请在“{EVENTS.name}”表（{'、'.join(EVENTS.titles)}）里加：\n{rows}\n"
            "再运行一次。不是有意改的，请改回原样。"
        )


def mistaken(year: Year) -> list[str]:
    """What would make reported figures count for another indicator or unit than they were reported of, each in a
    sentence."""
    used = _used_last(year)
    if used is None:
        return []
    return [*_codes_given_away(year, used), *_numbers_given_away(year, used), *_names_given_away(year, used)]


def _codes_given_away(year: Year, used_last: str) -> list[str]:
    """The codes by which other indicators were known since forms went out, each in a sentence: figures go by the code.

    A row that is called otherwise is the same; one that is called as another was, or that stands under the code of
    one that ended, is not.
    """
    if not year.plans.went_out():
        return []
    before = _names(year, used_last)
    known = {code: name for used in year.plans.used() for code, name in _names(year, used.entry.plan).items()}
    now = {one.code: one.name for one in year.plan.indicators}
    found = []
    for code, name in now.items():
        was = known.get(code, name)
        moved = {before[other] for other in before if other != code and now.get(other) != before[other]}
        if was != name and (code not in before or name in moved):
            found.append(
                f"  编码 {code} 原来是“{was}”，现在是“{name}”。"
                "请让每个指标仍用原来的编码；新的指标用没有用过的编码，编码不必按次序。"
            )
    return found


def _numbers_given_away(year: Year, used_last: str) -> list[str]:
    """The numbers under which other projects stood since forms went out, each in a sentence: what units wrote on a
    project goes by its number. A project that is called otherwise is the same."""
    if not year.plans.went_out():
        return []
    before = {one.no: one.name for one in year.plans.version(used_last).projects}
    now = {one.no: one.name for one in year.plan.projects}
    moved = {name for no, name in before.items() if now.get(no) != name} & {*now.values()}
    return [
        f"  任务表序号 {no} 原来是“{before[no]}”，现在是“{name}”。"
        "请让每个项目仍用原来的序号；新的项目用没有用过的序号。"
        for no, name in now.items() if before.get(no, name) != name and not moved.isdisjoint((name, before[no]))
    ]


def _names_given_away(year: Year, used_last: str) -> list[str]:
    """The former names, under which units have reported, that other units bear now, each in a sentence."""
    before, after = year.plans.version(used_last), year.plan
    found = []
    for name in sorted(_reporters(year)):
        was, now = before.canonical(name), after.canonical(name)
        if was not in (None, name) and now not in (None, was, after.canonical(was)):
            found.append(f"  {name} 是 {was} 以前的名称，报过数，现在是 {now}。请给新的单位换一个写法，如全称。")
    return found


def _names(year: Year, digest: str) -> dict[str, str]:
    """What the indicators of a version are called, by the codes they have in 计划.xlsx."""
    return {year.plan.code_here(one.code): one.name for one in year.plans.version(digest).indicators}


def losses_of(year: Year) -> list[Loss]:
    """The accepted figures that would leave the account by what 计划.xlsx changes against the version used last."""
    used = _used_last(year)
    if used is None:
        return []
    before = year.plans.bound(used)
    found = list(lost_between(year, before, year.plan))
    return found + list(_ended(year, before, found))


def lost_between(year: Year, before: Plan, after: Plan) -> Iterator[Loss]:
    """The figures that stand in an account by the one plan, and not by the other."""
    for period in before.periods:
        if not any(year.register.last_of(kind, period=period) for kind in (Judged, TypedIn, Decided)):
            continue
        was, now = before.at(period), after.at(period)
        if was == now and was.before == now.before:
            continue
        closed = year.register.closed(period)
        accounts = units_of(was, year.register, period, None, closed)
        kept = units_of(now, year.register, period, None, closed)
        entries = entries_of(now, kept)
        for name, key, seen in _figures(accounts):
            if not _stands(now, kept, entries, name, key_here(now, key)):
                yield Loss(period, name, key, seen)


def _figures(accounts: Mapping[str, UnitAccount]) -> Iterator[tuple[str, Key, str]]:
    for name, account in accounts.items():
        for key, figure in account.figures.items():
            if not isinstance(figure, Doubt):
                yield name, key, shown(figure)


def _stands(
    plan: Plan, accounts: Mapping[str, UnitAccount], entries: Mapping[str, Entry], name: str, key: Key
) -> bool:
    """Whether a cell still holds something, in the account of who fills it in by that plan."""
    if key.is_measure and not key.is_share:
        entry = entries.get(key.of)
        return entry is not None and getattr(entry, key.name) is not None
    account = accounts.get(plan.canonical(name) or "")
    return account is not None and key in account.figures


def _ended(year: Year, before: Plan, found: Sequence[Loss]) -> Iterator[Loss]:
    """The figures of indicators that are no more, of which 变更 says nothing; each indicator's last."""
    told = {event.of for event in year.plan.before.events}
    gone = {one.code for one in before.indicators if not year.plan.has_indicator(year.plan.code_here(one.code))}
    gone -= told | {loss.key.of for loss in found}
    for code in sorted(gone):
        for period in reversed(before.periods):
            was = before.at(period)
            accounts = units_of(was, year.register, period, None, year.register.closed(period))
            mine = [one for one in _figures(accounts) if one[1].is_measure and one[1].of == code]
            if mine:
                name, key, seen = mine[0]
                yield Loss(period, name, key, seen)
                break


def rows_to_paste(year: Year, losses: Iterable[Loss]) -> Iterator[str]:
    """The rows of 变更 that would say what happened, each once."""
    used = _used_last(year)
    if used is None:
        return
    before, after, reporters = year.plans.version(used), year.plan, _reporters(year)
    begins = str(first_free(after.periods, year.plans.went_out()))
    unknown = {before.canonical(name): name for name in sorted(reporters) if after.canonical(name) is None}
    rows = (_row_to_paste(before, after, loss, begins, unknown.get(loss.unit, "")) for loss in losses)
    for cells in dict.fromkeys(rows):
        yield " ｜ ".join(cells)


def _row_to_paste(before: Plan, after: Plan, loss: Loss, begins: str, unknown: str) -> tuple[str, str, str, str]:
    """`unknown` is the name under which the unit reported, if the later plan does not know it any more."""
    code = after.code_here(loss.key.of)
    if loss.key.is_of_indicator and not after.has_indicator(code):
        name = before.indicator(loss.key.of).name if before.has_indicator(loss.key.of) else ""
        new = [one.code for one in after.indicators if one.name == name and not before.has_indicator(one.code)]
        if len(new) == 1:
            return EventKind.RECODED.value, loss.key.of, new[0], ""
        return EventKind.ENDED.value, loss.key.of, "", begins
    if unknown:
        new = [unit.name for unit in after.units if before.canonical(unit.name) is None]
        guessed = new[0] if len(new) == 1 else "（现在的单位）"
        return EventKind.RENAMED.value, unknown, after.canonical(loss.unit) or guessed, ""
    filler = after.indicator(code).filler if loss.key.is_of_indicator else "（现在的单位）"
    return EventKind.HANDED_OVER.value, code, filler, begins


def gone_units(year: Year) -> Iterator[str]:
    """Units that reported and that 单位, edited since, does not know any more: what they reported stays theirs."""
    if not year.plan_is_new:
        return
    for name in sorted(name for name in _reporters(year) if year.plan.canonical(name) is None):
        yield (
            f"{PLAN_FILE} 的单位表里没有了 {name}。它报过的数仍在账上，还没有下发的各期起不再由它报。"
            f"只是改了名的，请把 {name} 写到新名称的别名里。"
        )


def _reporters(year: Year) -> set[str]:
    """The names under which units have reported, as they were called then."""
    returns = (entry.returned for entry in year.register.entries(Judged))
    judged = {one.unit for one in returns if one.unit and one.content is not None}
    by_the_office: Sequence[TypedIn | Decided] = year.register.entries(TypedIn, Decided)
    return judged | {entry.unit for entry in by_the_office if entry.cells}


def _used_last(year: Year) -> str | None:
    """The version used last, by its digest, if 计划.xlsx is another."""
    latest = year.register.latest(PlanUsed)
    return latest.plan if latest is not None and year.plan_is_new else None
