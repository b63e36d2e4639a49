"""Adopt the plan as the office has edited it, unless an accepted figure would leave the account by that.

What the office answers in 变更记录 is taken, and the sheet is brought up to date.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from stat import S_IWUSR
from typing import NamedTuple
from xml.etree import ElementTree

from minsheng_xl.accounts.period import entries_of
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import Doubt, about, shown
from minsheng_xl.books.edit.fit import DoesNotFit
from minsheng_xl.books.edit.records import Records, with_records
from minsheng_xl.books.edit.spans import NotPlain
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.units import units_of
from minsheng_xl.plan.model import EventKind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tables import CHANGES, EVENTS, INDICATORS
from minsheng_xl.plan.versions import Answer, ChangeKind, PlanChange, answers_in, first_free, makes_easier
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import ChangeAnswered, Decided, Judged, PlanUsed, TypedIn
from minsheng_xl.year.folder import PLAN_FILE, Year
from minsheng_xl.year.plans import KnownChange

_MOST_NAMED = 12
YES, NO = "是", "否"


class Adopted(NamedTuple):
    """The version of the plan in use, and what the office is told."""

    version: str
    words: tuple[str, ...] = ()


class Loss(NamedTuple):
    """An accepted figure that would leave the account: whose it is, of which period, what it says."""

    period: Period
    unit: str
    key: Key
    seen: str

    def __str__(self) -> str:
        return f"{self.period} {self.unit} 报的 {about(self.key)} {self.seen}"


def adopt(year: Year, now: datetime, *, who: str = "") -> Adopted:
    """Keep the plan of 计划.xlsx, and take what was answered in its 变更记录.

    Raises PlanError, or MinshengError where an accepted figure would leave the account: then nothing was changed.
    """
    gone: list[str] = []
    if year.plan_is_new:
        refuse_losses(year)
        gone += _gone(year)
    version = year.keep_plan(now, who=who)
    answers, words = _answers(year)
    year.register.record(ChangeAnswered(now, number, change, who) for number, change in answers.items())
    return Adopted(version, (*gone, *words, *_record(year)))


def _gone(year: Year) -> Iterator[str]:
    """Units that reported and that 单位 does not know any more: what they reported stays theirs."""
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


def refuse_losses(year: Year) -> None:
    """Raises MinshengError where 计划.xlsx, as it stands, would take an accepted figure out of the account, or give it
    to another indicator."""
    mistaken = [*codes_given_away(year), *names_given_away(year)]
    if mistaken:
        first = f"照现在的 {PLAN_FILE}，报过的数会算到别的指标或单位上，没有做任何改动："
        raise MinshengError("\n".join((first, *mistaken)))
    found = losses_of(year)
    if found:
        named = "\n".join(f"  {loss}" for loss in found[:_MOST_NAMED])
        more = f"\n  ……共 {len(found)} 个" if len(found) > _MOST_NAMED else ""
        rows = "\n".join(f"  {row}" for row in _rows_to_paste(year, found))
        raise MinshengError(
            f"照现在的 {PLAN_FILE}，下面已采用的数就不在账上了，没有做任何改动：\n{named}{more}\n"
            f"有文件依据的，请在“{EVENTS.name}”表（{'、'.join(EVENTS.titles)}）里加：\n{rows}\n"
            "再运行一次。不是有意改的，请改回原样。"
        )


def codes_given_away(year: Year) -> list[str]:
    """The codes by which other indicators were known since forms went out, each in a sentence: figures go by the code.

    A row that is called otherwise is the same; one that is called as another was, or that stands under the code of
    one that ended, is not.
    """
    latest = year.register.latest(PlanUsed)
    if latest is None or not year.plan_is_new or not year.plans.went_out():
        return []
    before = _names(year, latest.plan)
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


def names_given_away(year: Year) -> list[str]:
    """The former names, under which units have reported, that other units bear now, each in a sentence."""
    latest = year.register.latest(PlanUsed)
    if latest is None or not year.plan_is_new:
        return []
    before, after = year.plans.version(latest.plan), year.plan
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
    latest = year.register.latest(PlanUsed)
    if latest is None or not year.plan_is_new:
        return []
    before = year.plans.bound(latest.plan)
    found = list(_missing(year, before, year.plan))
    return found + list(_ended(year, before, found))


def _missing(year: Year, before: Plan, after: Plan) -> Iterator[Loss]:
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
        for name, key, seen in _figures(accounts):
            if not _stands(now, kept, name, key):
                yield Loss(period, name, key, seen)


def _figures(accounts: "dict[str, UnitAccount]") -> Iterator[tuple[str, Key, str]]:
    for name, account in accounts.items():
        for key, figure in account.figures.items():
            if not isinstance(figure, Doubt):
                yield name, key, shown(figure)


def _stands(plan: Plan, accounts: "dict[str, UnitAccount]", name: str, key: Key) -> bool:
    """Whether a cell still holds something, in the account of who fills it in by that plan."""
    here = key._replace(of=plan.code_here(key.of)) if key.is_of_indicator else key
    holder = plan.canonical(name) or ""
    if key.is_measure and not key.is_share:
        entry = entries_of(plan, accounts).get(here.of)
        return entry is not None and getattr(entry, key.name) is not None
    account = accounts.get(holder)
    return account is not None and here in account.figures


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


def _rows_to_paste(year: Year, losses: Iterable[Loss]) -> Iterator[str]:
    """The rows of 变更 that would say what happened, each once."""
    latest = year.register.latest(PlanUsed)
    assert latest is not None
    before, after, reporters = year.plans.version(latest.plan), year.plan, _reporters(year)
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


def _answers(year: Year) -> tuple[dict[int, PlanChange], list[str]]:
    """What the office says in 变更记录 that was not taken yet, by number; and what of it cannot be meant."""
    known = {one.number: one for one in year.plans.changes()}
    answers: dict[int, PlanChange] = {}
    words: list[str] = []
    for answer in answers_in(year.plan):
        one = known.get(answer.number)
        if one is None:
            continue
        try:
            meant = _meant(year, one, answer)
            if meant != one.change:
                _refuse_answer(year, {**answers, one.number: meant})
                answers[one.number] = meant
        except _Refused as error:
            words.append(f"{PLAN_FILE} 变更记录 编号 {one.number}：{error}，照原来的算。")
    return answers, words


class _Refused(Exception):
    """Why an answer is not taken, in words."""


def _meant(year: Year, one: KnownChange, answer: Answer) -> PlanChange:
    """A change as a row of 变更记录 answers it. Raises _Refused."""
    change = one.change._replace(document=answer.document, basis=answer.basis)
    text, corrects = answer.begins, answer.corrects == YES
    if answer.corrects not in (YES, NO, ""):
        raise _Refused(f"“更正”写的是“{answer.corrects}”，应写 是 或 否")
    if corrects:
        of = change.difference.row
        indicator = year.plan.indicator(of) if year.plan.has_indicator(of) else None
        if makes_easier(change.difference, indicator) and not change.basis:
            raise _Refused("更正使指标变容易了，要在“依据”里写明")
        return change._replace(kind=ChangeKind.CORRECTED, begins=None)
    if not text and change.kind is ChangeKind.CORRECTED and answer.corrects != NO:
        return change
    begins = next((period for period in year.plan.periods if str(period) == text), None)
    if begins is None:
        raise _Refused(f"“起始期次”写的是“{text}”，应是计划里的一期，如 {year.plan.periods[-1]}")
    if begins != change.begins and year.register.closed(begins) is not None:
        raise _Refused(f"{begins} 已经定稿，定稿的数不再变")
    return change._replace(kind=ChangeKind.ADJUSTED, begins=begins)


def _refuse_answer(year: Year, answers: "dict[int, PlanChange]") -> None:
    """Raises _Refused where an accepted figure would leave the account by an answer."""
    lost = next(_missing(year, year.plan, year.plans.assuming(answers)), None)
    if lost is not None:
        raise _Refused(f"这样 {lost} 就不在账上了")


def _record(year: Year) -> tuple[str, ...]:
    """Bring 变更记录 in 计划.xlsx up to date; why not, if it cannot be."""
    rows = [row_of(one) for one in year.plans.changes()]
    if not rows or rows == [dict(row) for row in year.plan.tables.get(CHANGES.name, ())]:
        return ()
    reason = _not_to_be_written(year.plan_path)
    if reason:
        return (_not_written(reason),)
    texts = [tuple(row.values()) for row in rows]
    widths = [column.width for column in CHANGES.columns]
    records = Records(CHANGES.name, CHANGES.titles, texts, widths, like=INDICATORS.name)
    try:
        year.replace_plan(with_records(year.plan_path.read_bytes(), records))
    except (NotPlain, DoesNotFit, KeyError, ElementTree.ParseError):
        return (_not_written("它的写法不认识"),)
    except MinshengError as error:
        return (_not_written(str(error)),)
    return ()


def _not_written(reason: str) -> str:
    return f"{PLAN_FILE} 的变更记录没有更新：{reason}。变更已经记在日志里，文件能写了，再汇总一次就会补上。"


def _not_to_be_written(path: Path) -> str:
    """Why a file is left alone: a spreadsheet program has it open, whose mark lies beside it, or it is read-only."""
    marks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    if any(mark.exists() for mark in marks):
        return "它正开着"
    return "" if path.stat().st_mode & S_IWUSR else "它是只读的"


def row_of(one: KnownChange) -> dict[str, str]:
    """A change as 变更记录 shows it."""
    difference, change = one.change.difference, one.change
    cells = (
        str(one.number), difference.table, difference.row, difference.column or "（整行）", difference.was, difference.now,
        str(change.begins or ""), YES if change.kind is ChangeKind.CORRECTED else NO, change.document, change.basis,
        f"{one.at:%Y-%m-%d %H:%M}", one.who,
    )
    return dict(zip(CHANGES.titles, cells, strict=True))


class Planned(NamedTuple):
    """What 计划.xlsx changes and was not adopted yet: each change in words, with what it does to which period, what is
    answered in 变更记录, which units are gone; and what stops it: codes, and the accepted figures that would leave the
    account."""

    changes: tuple[str, ...]
    mistaken: tuple[str, ...]
    """The codes and former names under which stands another indicator or unit than before."""
    losses: tuple[Loss, ...]
    rows: tuple[str, ...]
    """The rows of 变更 that would say what happened to those figures."""


def planned(year: Year) -> Planned:
    """What adopting 计划.xlsx would do. Nothing is written. Raises PlanError."""
    changes = [_planned_in_words(year, change) for change in year.plans.pending()]
    answers, words = _answers(year)
    changes += [f"变更记录 编号 {number}：{_planned_in_words(year, change)}" for number, change in answers.items()]
    changes += [*words, *(_gone(year) if year.plan_is_new else ())]
    losses = tuple(losses_of(year))
    rows = tuple(_rows_to_paste(year, losses)) if losses else ()
    mistaken = (*codes_given_away(year), *names_given_away(year))
    return Planned(tuple(changes), mistaken, losses, rows)


def _planned_in_words(year: Year, change: PlanChange) -> str:
    difference = change.difference
    what = f"{difference.table} {difference.row} {difference.column}".strip()
    if difference.of_row:
        said = f"{what}：{'新增' if difference.now else '删去'}"
    else:
        said = f"{what}：{difference.was or '空'} → {difference.now or '空'}"
    return f"{said}。{_reach(year, change)}"


def _reach(year: Year, change: PlanChange) -> str:
    """To which periods a change reaches."""
    periods = year.plan.periods
    if change.begins is not None:
        earlier = [period for period in periods if period < change.begins]
        before = f"，{earlier[-1]} 及以前不变" if earlier else ""
        document = f"（{change.document}）" if change.document else ""
        return f"{change.kind.value}{document}：从 {change.begins} 起{before}"
    closed = [str(period) for period in periods if year.register.closed(period) is not None]
    frozen = f"，已定稿的 {'、'.join(closed)} 不变" if closed else ""
    return f"{change.kind.value}：没有定稿的各期都照改{frozen}"
