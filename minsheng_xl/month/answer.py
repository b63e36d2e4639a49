"""The answer to the units: for each return held or refused, a workbook ready to correct and resend."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.questions import CONFLICT, UNKNOWN
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import Doubt, Standing, Taken
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.forms.feedback import feedback_book
from minsheng_xl.forms.unit import form_hash, unit_form
from minsheng_xl.intake.comments import comments_of
from minsheng_xl.intake.evidence import YearEvidence
from minsheng_xl.intake.originals import Originals
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.units import taken_by_unit
from minsheng_xl.plan.model import Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.texts import one_line
from minsheng_xl.year.entries import Issued
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import write_whole

UNKNOWN_FILE = "无法识别的文件.txt"


def answer(year: Year, period: Period, now: datetime) -> tuple[Path, ...]:
    """Write into 退回/ what goes back for a period; take away what is settled by now.

    A workbook that somebody changed after it was written is left alone. Returns the files that
    wait to be sent.
    """
    if year.register.closed(period) is not None:  # what comes now is for the next period
        return ()
    account = account_of(year.plan, year.register, period)
    folder = year.returned_folder(period)
    written: list[Path] = []
    for unit in year.plan.reporting_units:
        path = folder / f"{unit.sheet_name}_{period}_退回.xlsx"
        if account.standing(unit.name) in (Standing.HELD, Standing.REFUSED):
            _write(year, period, path, _workbook(year, account, unit), unit, now)
            written.append(path)
    for path in set(folder.glob(f"*_{period}_退回.xlsx")) - set(written):  # settled, or of a unit with another name by now
        if _ours(year, path):
            path.unlink()
    text, unknown = folder / UNKNOWN_FILE, [item for item in account.stray if item.kind == UNKNOWN]
    if unknown:
        lines = [f"{one_line(item.file)}\r\n　　{item.other}。请用发出的 .xlsx 填报表填好后再送。\r\n" for item in unknown]
        write_whole(text, "".join(lines).encode("utf-8-sig"))
        written.append(text)
    elif text.exists():
        text.unlink()
    return tuple(written)


def _ours(year: Year, path: Path) -> bool:
    """Whether a file is one we wrote, untouched."""
    return path.exists() and year.register.issued_bytes(hashlib.sha256(path.read_bytes()).hexdigest())


def _write(year: Year, period: Period, path: Path, content: bytes, unit: Unit, now: datetime) -> None:
    if path.exists() and not _ours(year, path):
        return
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)
    sha256 = year.archive.keep(content)
    if not year.register.knows_issue(period, unit.name, sha256):
        issued = Issued(
            at=now, period=period, unit=unit.name, sha256=sha256, file=path.name,
            form=form_hash(year.plan, unit.name), plan="",
        )
        year.register.record([issued])


def _workbook(year: Year, account: PeriodAccount, unit: Unit) -> bytes:
    period = account.period
    form = unit_form(year.plan, unit, period, account.before)
    mine = account.units[unit.name]
    returns = taken_by_unit(year.plan, year.register, period).get(unit.name, [])
    remarks = _remarks(year, account, unit, returns)
    marks: dict[Key, str] = {}
    amounts = {key: figure.seen for key, figure in mine.figures.items() if key.is_amount and isinstance(figure, Doubt)}
    for key in [*(key for key, figure in mine.measured.items() if isinstance(figure, Doubt)), *mine.halves, *amounts]:
        if not form.has(key):
            continue
        told = _told(mine, returns, key, form.address(key))
        figure = mine.figures.get(key)
        seen = figure.seen if isinstance(figure, Doubt) else ""
        marks[key] = "\n".join(p.sentence for p in told) or f"存疑：{seen}。请核对。"
    last = [p for p in returns[-1].problems if p.severity is not Severity.NOTE] if returns else []
    loose = [p._replace(cell=form.address(p.key)) if p.key and form.has(p.key) else p for p in last if p.key not in marks]
    loose = [p for p in loose if p.cell not in {form.address(key) for key in marks}]
    sentences = [f"{form.address(key)}（{_name(year, key)}）：{text}".replace("\n", "") for key, text in marks.items()]
    sentences += [str(problem) for problem in loose]
    given = mine.given() | amounts
    for key, figure in mine.measured.items():
        if isinstance(figure, Doubt):  # as it was typed; of two that differ, neither
            conflict = any(item.kind == CONFLICT and item.key == key for item in mine.pending)
            number = parse_plain(figure.seen)
            given[key] = None if conflict else figure.seen if number is None else number
    return write_book(feedback_book(year.plan, unit, period, account.before, given, marks, remarks, sentences))


def _name(year: Year, key: Key) -> str:
    return year.plan.indicator(key.of).name if key.is_reported else "资金"


def _told(mine: UnitAccount, returns: Sequence[Taken], key: Key, address: str) -> list[Problem]:
    """What was found in a cell by the return from which its content comes; `address` is its place on the form."""
    source = mine.sources.get(key)
    for one in reversed(returns):
        if source is None or one.file == source.file:
            problems = [p for p in one.problems if p.severity is not Severity.NOTE]
            return [p for p in problems if (p.key == key if p.key else p.cell == address)]
    return []


def _remarks(year: Year, account: PeriodAccount, unit: Unit, returns: Sequence[Taken]) -> dict[Key, str]:
    """The unit's own comments, in the returns that are in use and in the last."""
    used = {source.file for source in account.units[unit.name].sources.values()}
    originals = Originals(year.plan, YearEvidence(year))
    issued_as = partial(originals.issued_as, name=unit.name, period=account.period)
    found: dict[Key, str] = {}
    for one in returns:
        if one.content is not None and (one.file in used or one is returns[-1]):
            with suppress(FileNotFoundError):
                found |= comments_of(year.archive.read(one.sha256), issued_as)
    return found
