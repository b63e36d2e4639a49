"""Supervise: 督办单 of a period, each matter under its number until it is settled; 黄 and 红 wait for a leader's word."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.ranks import reported_of
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.supervision import NAME, Slip, SlipHead, SlipLine, supervision_book
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.telling.matters import Matter, about_return, matters_of, worst
from minsheng_xl.telling.print import put_with_pdf
from minsheng_xl.year.entries import JournalEntry, MatterRaised, MatterSettled, SlipApproved
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import take_away


class Numbered(NamedTuple):
    """A matter under its number in the year."""

    number: int
    matter: Matter

    @property
    def seen(self) -> str:
        """The number and the colour, as an approval keeps them: 3红色."""
        return f"{self.number}{self.matter.colour.value}"


class SuperviseResult(NamedTuple):
    """What is supervised of a period, the slips, the numbers that were settled now, the files, and why there is no PDF
    ("" if there is one)."""

    matters: tuple[Numbered, ...]
    slips: tuple[Slip, ...]
    settled: tuple[int, ...]
    files: tuple[Path, ...] = ()
    no_pdf: str = ""


def supervise(year: Year, period: Period, now: datetime) -> SuperviseResult:
    """Write 督办单 of a period into 打印/P/. Raises MinshengError if the plan has none made, or nothing can be written."""
    with year.locked():
        result = _kept(year, period, now)
        if not result.slips:
            for ending in (".xlsx", ".pdf"):
                take_away(year.printed_folder(period) / f"{NAME}{ending}")
            return result
        plan = year.plan_of(period)
        head = SlipHead(plan.settings.title, plan.settings.organ, period, now.date())
        content = write_book(supervision_book(head, result.slips))
        files, why = put_with_pdf(year.printed_folder(period), NAME, content)
        return result._replace(files=files, no_pdf=why)


def approve(year: Year, period: Period, now: datetime, approval: tuple[str, str], units: Sequence[str] = ()) -> int:
    """Note that a leader approved the slips of a period by a document (`approval`: who, by which), of some units alone
    if they are named; how many matters he saw. Raises MisuseError where one of the two is missing."""
    approver, document = (text.strip() for text in approval)
    if not approver or not document:
        raise MisuseError("批准要同时写批准人和文号。")
    with year.locked():
        names = year.plan.units_called(units)
        result = _kept(year, period, now)
        decided = [one for one in result.matters if one.matter.colour.is_decided]
        seen = tuple(one.seen for one in decided if not names or one.matter.unit in names)
        if seen:
            year.register.record([SlipApproved(now, period, seen, approver, document, str(year.who))])
        return len(seen)


def _kept(year: Year, period: Period, now: datetime) -> SuperviseResult:
    """The matters as they stand now, each under its number; what is new, has another colour or is settled is
    journalled."""
    plan = year.plan_of(period)
    if not plan.settings.supervises:
        raise MinshengError("计划“参数”里的“督办单”没有填 用，不出督办单。")
    account = account_of(plan, year.register, period)
    there = {one.number: one for one in open_matters(year)}
    numbers = {(plan.name_here(one.unit), one.about): one.number for one in there.values()}
    later = _said_later(year, period)
    fresh = max((one.number for one in year.register.entries(MatterRaised)), default=0)
    found: list[Numbered] = []
    entries: list[JournalEntry] = []
    for matter in matters_of(account, now.date()):
        if (matter.unit, matter.about) in later:  # what a later period says of it stands
            continue
        number = numbers.get((matter.unit, matter.about))
        if number is None:
            fresh += 1
            number = fresh
        found.append(Numbered(number, matter))
        known = there.get(number)
        if known is None or known.colour != matter.colour.value:
            entries.append(MatterRaised(
                at=now, period=period, number=number, unit=matter.unit, about=matter.about,
                colour=matter.colour.value, who=str(year.who),
            ))
    still = {one.number for one in found}
    reported = {code for code, one in reported_of(account).items() if one.period == period}
    asked = {about_return(period), *reported}
    settled = tuple(one.number for one in there.values() if one.number not in still and one.about in asked)
    entries += [MatterSettled(now, period, number, str(year.who)) for number in settled]
    year.register.record(entries)
    return SuperviseResult(tuple(found), tuple(_slips(year, period, found)), settled)


def open_matters(year: Year) -> list[MatterRaised]:
    """The matters of the year that are not settled, each as it was raised last."""
    found: dict[int, MatterRaised] = {}
    entries: list[MatterRaised | MatterSettled] = year.register.entries(MatterRaised, MatterSettled)
    for entry in entries:
        if isinstance(entry, MatterRaised):
            found[entry.number] = entry
        else:
            found.pop(entry.number, None)
    return list(found.values())


def _said_later(year: Year, period: Period) -> set[tuple[str, str]]:
    """The matters, by unit and what they are about, that a later period has raised or settled."""
    matters: dict[int, tuple[str, str]] = {}
    later: set[int] = set()
    entries: list[MatterRaised | MatterSettled] = year.register.entries(MatterRaised, MatterSettled)
    for entry in entries:
        if isinstance(entry, MatterRaised):
            matters[entry.number] = (year.plan.name_here(entry.unit), entry.about)
        if entry.period > period:
            later.add(entry.number)
    return {matters[number] for number in later}


def _slips(year: Year, period: Period, found: Sequence[Numbered]) -> list[Slip]:
    approvals = {}
    for entry in year.register.entries(SlipApproved, period=period):
        approvals.update(dict.fromkeys(entry.matters, entry))
    plan, by_unit = year.plan_of(period), dict[str, list[Numbered]]()
    for one in found:
        by_unit.setdefault(one.matter.unit, []).append(one)
    slips = []
    for name, matters in by_unit.items():
        colour = worst(one.matter.colour for one in matters)
        decided = [approvals.get(one.seen) for one in matters if one.matter.colour.is_decided]
        approval = decided[-1] if decided and all(decided) else None
        slips.append(Slip(
            unit=name, tab=plan.unit(name).sheet_name, colour=colour.value, lines=[_line(year, one) for one in matters],
            approver=approval.approver if approval is not None else "",
            document=approval.document if approval is not None else "",
        ))
    return slips


def _line(year: Year, one: Numbered) -> SlipLine:
    matter = one.matter
    number = f"{year.plan.settings.year}-{one.number:03}"
    return SlipLine(number, matter.title, matter.should, matter.stands, matter.colour.value)


