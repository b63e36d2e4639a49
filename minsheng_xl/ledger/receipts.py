"""The files of a period: receipts, findings, those that name no unit, who was reminded, what is noted of a unit."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from minsheng_xl.accounts.paper import Paper
from minsheng_xl.accounts.period import Finding, FlowRow, Receipt
from minsheng_xl.accounts.questions import (
    AGAIN,
    CONFLICT,
    DOUBTFUL,
    LAPSED,
    UNKNOWN,
    WHOLE,
    WHOSE_FILE,
    Pending,
    is_doubt,
    whole,
)
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import MEASURES, NOTHING, Content, Doubt, Figure, Outcome, Standing, shown
from minsheng_xl.exact.keys import FIGURE, SHARE, Key
from minsheng_xl.ledger.units import corrected_receipts, decided_items
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period, month_and_day
from minsheng_xl.rules import files
from minsheng_xl.rules.confirmation import AGREED
from minsheng_xl.year.entries import Issued, Judged, Reminded, RunBegun
from minsheng_xl.year.register import Register

_PARCEL = re.compile(r"(.+?\.(?:zip|xlsx?|xlsm|et|ods|docx?|dat))/", re.I)
"""A parcel in the name of what lay in it: one of the content of a zip, whatever it is called."""
_PARCELS = "压缩包"
_HELPED = frozenset((files.PACKED.code, files.ENCLOSED.code, files.GUARDED.code))
"""What the office itself can help: no unit need be told."""
_CLOSED = frozenset((files.PACKED.code, files.PARCEL_LOCKED.code))


def receipts_of(
    plan: Plan, register: Register, upto: int | None, papers: Mapping[str, Paper] = NOTHING
) -> Iterator[Receipt]:
    """The received files of the year, as 收件登记 lists them; `papers` are those that the office noted, by sha256."""
    corrected = corrected_receipts(register, upto)
    for entry in register.entries(Judged, upto=upto):
        one = entry.returned
        received = corrected.get(one.sha256, entry.received)
        owed = one.outcome in (Outcome.ACCEPTED, Outcome.HELD) and one.is_report
        yield Receipt(
            received=received,
            file=one.file,
            unit=one.unit or "",
            period=str(one.period) if one.period else "",
            outcome=one.outcome,
            late=bool(owed and one.period and received.date() > plan.due(one.period)),
            message=_message(one),
            sha256=one.sha256,
            is_confirmed=one.sha256 in corrected,
            takes_paper=bool(owed and one.unit and one.period and one.content is not None),
            paper=papers.get(one.sha256) if owed else None,
        )


def _message(one: Return) -> str:
    """The first problem of a file, and how many there are."""
    if not one.problems:
        return _answer(one.content) if one.confirms and one.content is not None else ""
    first, more = one.problems[0], f"（共{len(one.problems)}处）" if len(one.problems) > 1 else ""
    return f"{first.cell} {first.message}{more}".strip()


def _answer(content: Content) -> str:
    """What a 核对单 says, in words: 核对单：无误 11，有异议 1."""
    words = [text for key, text in content.words.items() if key.is_agreement]
    agreed = words.count(AGREED)
    return f"核对单：无误 {agreed}，有异议 {len(words) - agreed}"


def findings_of(register: Register, period: Period, upto: int | None) -> Iterator[Finding]:
    """What was found in the files of a period, and in those its runs met that name none."""
    runs = _runs(register, period, upto)
    for entry in register.entries(Judged, upto=upto):
        one = entry.returned
        if one.period == period or (entry.run in runs and one.period is None):
            for problem in one.problems:
                yield Finding(one.file, one.unit or "", one.outcome, problem)


def stray_of(register: Register, period: Period, upto: int | None, after: int = 0) -> Iterator[Pending]:
    """Files of this period's runs that name no unit, behind a seq if given; what came in one parcel is one question,
    and so is what a document guard encrypted."""
    settled = {item.id for item in decided_items(register, period, upto)}
    for id, together in _strays(register, period, upto, after).items():
        one = together[0]
        if id in settled or one.sha256[:6] in settled:
            continue
        if one.outcome is Outcome.HELD:
            yield whole("", one.file, one.sha256, one.problems)
        else:
            yield _unknown(id, together)


def files_asked(register: Register, period: Period, item: Pending) -> list[tuple[str, str]]:
    """Name and sha256 of the files that a question is about."""
    together = _strays(register, period, None).get(item.id, ())
    return [(one.file, one.sha256) for one in together] or [(item.file, item.sha256)]


def _strays(register: Register, period: Period, upto: int | None, after: int = 0) -> dict[str, list[Return]]:
    """The files of this period's runs that name no unit, by the id of the question about them."""
    judged = [entry.returned for entry in register.entries(Judged, upto=upto)]
    known = {one.sha256 for one in judged if one.unit}
    last = {one.file: one.sha256 for one in judged}
    groups: dict[tuple[str, str], list[Return]] = {}
    for run, one in _met_in(register, period, upto, after):
        asks = one.outcome in (Outcome.HELD, Outcome.UNRECOGNISED, Outcome.REFUSED)
        is_read_by_now = _is_guarded(one) and last[one.file] != one.sha256
        if asks and not (one.sha256 in known or one.unit or not one.is_report or is_read_by_now):
            name = _together(one)
            groups.setdefault((f"{run} {name}", "") if name else (one.sha256, one.file), []).append(one)
    return {_id(name, together): together for (name, _), together in groups.items()}


def _is_guarded(one: Return) -> bool:
    return any(problem.code == files.GUARDED.code for problem in one.problems)


def _together(one: Return) -> str:
    """What a file that cannot be read is asked about together with: the parcel that it lay in, or the guard."""
    if one.outcome is not Outcome.UNRECOGNISED:
        return ""
    if _is_guarded(one):
        return files.GUARDED.code
    parcel = _PARCEL.match(one.file)
    return parcel[1] if parcel is not None else ""


def _id(name: str, together: Sequence[Return]) -> str:
    """The id of a question: that of its file, or of what the files came in."""
    return together[0].sha256[:6] if len(together) == 1 else hashlib.sha256(name.encode()).hexdigest()[:6]


def _unknown(id: str, together: Sequence[Return]) -> Pending:
    """The question whose files are that nobody can read."""
    one = together[0]
    first = one.problems[0] if one.problems else None
    file, advice = one.file, WHOSE_FILE
    if first is not None and first.code in _HELPED:
        advice = f"{first.action}；办好以后这一条写“不理”。"
    if len(together) > 1:
        file = f"{one.file} 等 {len(together)} 个文件"
        if not _is_guarded(one):
            advice = f"都是一个单位的，{WHOSE_FILE}里面有各单位的表，请解压后一个个放进来，这一条写“不理”。"
    return Pending(
        id=id,
        kind=UNKNOWN,
        unit="",
        key=None,
        used="",
        other=first.message if first is not None else "",
        file=file,
        advice=advice,
        sha256=one.sha256,
    )


def came_late(
    period: Period, as_closed: Mapping[str, UnitAccount], now: Mapping[str, UnitAccount]
) -> Iterator[Pending]:
    """What waits in the accounts of later periods: files held whole that came after a period was closed, its forms that
    came again, and corrections in doubt."""
    for name, account in now.items():
        waited = {item.sha256 for item in as_closed[name].pending}
        asked = {item.id for item in as_closed[name].pending}
        for item in account.pending:
            if item.kind == AGAIN or (item.kind in (CONFLICT, DOUBTFUL) and item.id not in asked):
                yield item._replace(came_for=str(period))
            elif item.kind == WHOLE and item.sha256 not in waited:
                other = f"{period.short_label}定稿后收到：{item.other}"
                yield item._replace(other=other, came_for=str(period))


def reminded_of(plan: Plan, register: Register, period: Period, upto: int | None) -> dict[str, int]:
    """On how many days each unit was reminded of a period's return."""
    days: dict[str, set[date]] = {}
    for entry in register.entries(Reminded, period=period, upto=upto):
        for name in entry.units:
            days.setdefault(plan.name_here(name), set()).add(entry.at.date())
    return {name: len(found) for name, found in days.items()}


def confirmed_late(
    plan: Plan, register: Register, period: Period, upto: int | None, units: Mapping[str, UnitAccount]
) -> frozenset[str]:
    """The units whose lateness the office has confirmed by setting the time of receipt."""
    confirmed = set(corrected_receipts(register, upto).values())
    due = plan.due(period)
    return frozenset(
        name
        for name, account in units.items()
        if account.received in confirmed and account.received.date() > due
    )


def flow_of(plan: Plan, period: Period, units: Mapping[str, UnitAccount]) -> list[FlowRow]:
    """The figures in use, as 填报流水 lists them, in the order of the plan."""
    rows = []
    for name, account in units.items():
        for key, figure in sorted(account.measured.items(), key=lambda item: item[0]):
            if key.is_share or plan.indicator(key.of).filler == name:  # else another unit fills it in by now
                rows.append(_flow_row(plan, period, account, key, figure))
    order = {indicator.code: number for number, indicator in enumerate(plan.indicators)}
    return sorted(rows, key=lambda row: order[row.code])


def _flow_row(plan: Plan, period: Period, account: UnitAccount, key: Key, figure: Figure) -> FlowRow:
    indicator = plan.indicator(key.of)
    number = figure if isinstance(figure, Fraction) else None
    if figure in ("是", "否"):
        number = Fraction(int(figure == "是"))
    return FlowRow(
        period=period,
        unit=account.unit,
        project=indicator.project,
        code=key.of,
        name=indicator.name,
        measure="分解数" if key.is_share else MEASURES[key.name],
        unit_of_measure=indicator.unit_of_measure,
        value=number,
        seen="" if isinstance(figure, Fraction) else shown(figure),
        source=account.sources[key],
        latest=account.latest[key],
    )


def came_instead(
    plan: Plan, register: Register, period: Period, upto: int | None, units: Mapping[str, UnitAccount]
) -> dict[str, str]:
    """What came of the units that are 未报, in words, each with the last day on which it came: 11月3日收到的是空表,
    11月3日收到的表没有填数."""
    runs, corrected = _runs(register, period, upto), corrected_receipts(register, upto)
    issued = reversed(register.entries(Issued, period=period, upto=upto))
    went_out = {plan.canonical(entry.unit): entry.at for entry in issued}
    days: dict[str, dict[str, date]] = {}
    for entry in register.entries(Judged, upto=upto):
        name = _sender(plan, entry.returned)
        if name in units and units[name].standing is Standing.MISSING:
            is_met = entry.run in runs and name in went_out and went_out[name] <= entry.at
            what = _came_as(entry.returned, period, is_met=is_met)
            if what:
                day = corrected.get(entry.returned.sha256, entry.received).date()
                of_unit = days.setdefault(name, {})
                of_unit[what] = max(day, of_unit.get(what, day))
    return {name: _in_words(of_unit) for name, of_unit in days.items()}


def _is_packed(one: Return) -> bool:
    """Whether a file is a parcel that cannot be opened."""
    return one.outcome is Outcome.UNRECOGNISED and any(problem.code in _CLOSED for problem in one.problems)


def _sender(plan: Plan, one: Return) -> str:
    """Whose file it is; a parcel that cannot be opened is that of the unit in whose folder it lies. "" if nobody's."""
    if one.unit or not _is_packed(one):
        return plan.canonical(one.unit or "") or ""
    return next(filter(None, map(plan.canonical, reversed(one.file.split("/")[:-1]))), "")


def _came_as(one: Return, period: Period, *, is_met: bool) -> str:
    """What a file is to a period that it does not report: a form of its own that is blank or holds words alone, or one
    of another period, or a parcel that cannot be opened, if a run for it met that after its own forms had gone out;
    "" if none of these."""
    if _is_packed(one):
        return f"是{_PARCELS}" if is_met else ""
    if not one.is_report or one.period is None:
        return ""
    if one.period == period:
        is_of_words = one.content is not None and not one.content.figures
        return f"是{Outcome.EMPTY.label}" if one.outcome is Outcome.EMPTY else "表没有填数" if is_of_words else ""
    return f"是{one.period.short_label}的表" if is_met and one.outcome is not Outcome.ATTACHMENT else ""


def _in_words(days: Mapping[str, date]) -> str:
    return "，".join(f"{month_and_day(day)}收到的{what}" for what, day in days.items())


def notes_of(
    plan: Plan,
    register: Register,
    period: Period,
    upto: int | None,
    units: Mapping[str, UnitAccount],
    came: Mapping[str, str] = NOTHING,
) -> dict[str, str]:
    """A remark on each unit of which there is something to remark; `came` is what came of those that are 未报."""
    notes = {name: [words] for name, words in came.items()}
    for one in _met(register, period, upto):
        if one.unit and one.period and one.period != period and one.is_report and one.unit not in came:
            notes.setdefault(one.unit, []).append(f"送来的是{one.period.label}的表")
    for name, account in units.items():
        for words in _noted(account):
            notes.setdefault(name, []).append(words)
    for name, words in _shares_that_differ(plan, units):
        notes.setdefault(name, []).append(words)
    return {name: "；".join(dict.fromkeys(parts)) for name, parts in notes.items()}


def _noted(account: UnitAccount) -> Iterator[str]:
    """What is to be remarked of a unit."""
    if account.standing in (Standing.REFUSED, Standing.HELD) and account.problems and not account.measured:
        yield account.problems[0].message
    if account.correction_pending:
        yield "有更正待定"
    doubts = sum(isinstance(figure, Doubt) for figure in account.measured.values())
    if doubts:
        yield f"{doubts}处数字待核"
    if any(map(is_doubt, account.overdue)):
        yield f"{sum(map(is_doubt, account.overdue))}处{LAPSED}，按未报计"
    if account.explained:
        yield f"{len(account.explained)}处特殊数字已说明"
    if account.typed:
        yield f"办公室填写{len(account.typed)}处"


def _shares_that_differ(plan: Plan, units: Mapping[str, UnitAccount]) -> Iterator[tuple[str, str]]:
    """Σ分解数 beside the official figure, where all have stated theirs and the two differ."""
    for indicator in plan.indicators:
        if indicator.filler not in units:
            continue
        share = Key(SHARE, indicator.code, "reported")
        shares = [units[name].number(share) for name in indicator.shares if name in units]
        known = [number for number in shares if number is not None]
        official = units[indicator.filler].number(Key(FIGURE, indicator.code, "reported"))
        if known and len(known) == len(shares) and official is not None and sum(known) != official:
            total = shown(sum(known, Fraction(0)))
            yield indicator.filler, f"{indicator.code} 各单位分解数之和 {total}，与报的 {shown(official)} 不同"


def _runs(register: Register, period: Period, upto: int | None) -> set[int]:
    """The runs for a period."""
    return {entry.run for entry in register.entries(RunBegun, period=period, upto=upto)}


def _met(register: Register, period: Period, upto: int | None) -> list[Return]:
    """What the runs for a period judged."""
    return [one for _, one in _met_in(register, period, upto)]


def _met_in(register: Register, period: Period, upto: int | None, after: int = 0) -> list[tuple[int, Return]]:
    """What the runs for a period judged behind a seq, each with its run."""
    runs = _runs(register, period, upto)
    judged = register.entries(Judged, after=after, upto=upto)
    return [(entry.run, entry.returned) for entry in judged if entry.run in runs]
