"""The answer to the units: for each return held or refused, a workbook ready to correct and resend."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.questions import CONFLICT, UNKNOWN, Pending
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import Doubt, Standing, Taken
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import CHOICE, Key
from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.forms.feedback import feedback_book
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.left import left_of
from minsheng_xl.forms.unit import form_hash, unit_form
from minsheng_xl.intake.comments import comments_of
from minsheng_xl.intake.evidence import YearEvidence
from minsheng_xl.intake.originals import Originals
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.units import said_of
from minsheng_xl.plan.model import Plan, Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.rules import choices, files
from minsheng_xl.texts import one_line
from minsheng_xl.year.entries import Issued
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import Lost, write_whole

UNKNOWN_FILE = "无法识别的文件.txt"
_ENDINGS = {Standing.HELD: "核实单", Standing.REFUSED: "退回"}
"""What the name of a workbook that goes back ends in."""
_HELPED = tuple(rule.action for rule in (files.PACKED, files.ENCLOSED, files.GUARDED))


def answer(year: Year, period: Period, now: datetime) -> tuple[Path, ...]:
    """Write into 退回/ what goes back for a period; take away what is settled by now.

    A workbook that somebody changed after it was written is left alone. Returns the files that
    wait to be sent.
    """
    if year.register.closed(period) is not None:  # what comes now is for the next period
        return ()
    plan = year.plan.at(period)
    account = account_of(plan, year.register, period)
    folder = year.returned_folder(period)
    written: list[Path] = []
    for unit in plan.reporting_units:
        ending = _ENDINGS.get(account.standing(unit.name))
        if ending is not None:
            path = folder / f"{unit.sheet_name}_{period}_{ending}.xlsx"
            _write(year, period, path, write_book(returned_book(year, account, unit)), unit, now)
            written.append(path)
    every = (path for ending in _ENDINGS.values() for path in folder.glob(f"*_{period}_{ending}.xlsx"))
    for path in set(every) - set(written):
        if _ours(year, path):  # settled, or of a unit with another name by now
            path.unlink()
    text, unknown = folder / UNKNOWN_FILE, [item for item in account.stray if item.kind == UNKNOWN]
    if unknown:
        lines = [f"{one_line(item.file)}\r\n　　{item.other}。{_reply(item)}\r\n" for item in unknown]
        write_whole(text, "".join(lines).encode("utf-8-sig"))
        written.append(text)
    elif text.exists():
        text.unlink()
    return tuple(written)


def _reply(item: Pending) -> str:
    """What is to be done about a file that nobody can read: by its sender, if the office cannot help it."""
    return item.advice if item.advice.startswith(_HELPED) else "请用下发的 .xlsx 填报表填好后重新报送。"


def _ours(year: Year, path: Path) -> bool:
    """Whether a file is one we wrote, untouched."""
    return path.exists() and year.register.issued_bytes(hashlib.sha256(path.read_bytes()).hexdigest())


def _write(year: Year, period: Period, path: Path, content: bytes, unit: Unit, now: datetime) -> None:
    """Journal a workbook, then write it: none lies there that nobody knows."""
    there = path.read_bytes() if path.exists() else None
    if there not in (None, content) and not _ours(year, path):
        return
    sha256 = year.archive.keep(content)
    if not year.register.knows_issue(period, unit.name, sha256):
        issued = Issued(
            at=now, period=period, unit=unit.name, sha256=sha256, file=path.name,
            form=form_hash(year.plan.at(period), unit.name), plan="",
            who=str(year.who),
        )
        year.register.record([issued])
    if there != content:
        write_whole(path, content)


def returned_book(year: Year, account: PeriodAccount, unit: Unit) -> Book:
    """The unit's form with all that was right, its doubtful cells marked, and why."""
    period, mine, plan = account.period, account.units[unit.name], account.plan
    form = unit_form(plan, unit, period, account.before)
    left = left_of(account, unit.name)
    returns = said_of(plan, year.register, period).taken.get(unit.name, ())
    marks = _marks(mine, form, returns)
    sentences = [f"{form.address(key)}（{_name(plan, key)}）：{text}".replace("\n", "") for key, text in marks.items()]
    sentences += map(str, _loose(form, returns, marks))
    remarks = _remarks(year, account, unit, returns)
    first = year.register.first_issued(period, unit.name)
    return feedback_book(
        plan, unit, period, left, _given(mine), marks, remarks, sentences,
        is_refused=account.standing(unit.name) is Standing.REFUSED, head=first.head if first is not None else "",
    )


def _doubtful(mine: UnitAccount) -> list[Key]:
    """The cells in doubt: figures, blanks that leave a ratio incomplete, amounts."""
    doubts = [key for key, figure in mine.figures.items() if isinstance(figure, Doubt)]
    figures, amounts = ([key for key in doubts if key.is_amount is which] for which in (False, True))
    return [*figures, *mine.halves, *amounts]


def _marks(mine: UnitAccount, form: Sheet, returns: Sequence[Taken]) -> dict[Key, str]:
    """What is said at each doubtful cell of the form."""
    marks: dict[Key, str] = {}
    for key in _doubtful(mine):
        if form.has(key):
            told = _told(mine, returns, key, form.address(key))
            figure = mine.figures.get(key)
            seen = figure.seen if isinstance(figure, Doubt) else ""
            marks[key] = "\n".join(p.sentence for p in told) or f"存疑：{seen}。请核对。"
    return marks


def _loose(form: Sheet, returns: Sequence[Taken], marks: Mapping[Key, str]) -> list[Problem]:
    """What was found in the last return beside the cells that are marked, at its place on the form."""
    marked = {form.address(key) for key in marks}
    found = []
    for problem in returns[-1].problems if returns else ():
        cell = form.address(problem.key) if problem.key and form.has(problem.key) else problem.cell
        is_said = problem.key in marks or cell in marked
        if problem.severity is not Severity.NOTE and not is_said:
            found.append(problem._replace(cell=cell))
    return found


def _given(mine: UnitAccount) -> dict[Key, Value]:
    """What stands in the cells of the answer: a doubtful figure as it was typed; of two that differ, neither."""
    given: dict[Key, Value] = dict(mine.given())
    in_conflict = {item.key for item in mine.pending if item.kind == CONFLICT}
    for key, figure in mine.figures.items():
        if isinstance(figure, Doubt):
            number = None if key.is_amount else parse_plain(figure.seen)
            given[key] = figure.seen if number is None else number
            if figure.seen.startswith(choices.WORDS) or figure.seen == mine.words.get(key.beside(CHOICE)):
                given[key] = None
            if key in in_conflict and not key.is_amount:
                given[key] = None
    return given


def _name(plan: Plan, key: Key) -> str:
    return plan.indicator(key.of).name if key.is_reported else "资金"


def _told(mine: UnitAccount, returns: Sequence[Taken], key: Key, address: str) -> list[Problem]:
    """What was found in a cell by the return from which its content comes; `address` is its place on the form."""
    source = mine.latest.get(key)
    for one in reversed(returns):
        if source is None or one.file == source.file:
            problems = [p for p in one.problems if p.severity is not Severity.NOTE]
            return [p for p in problems if (p.key == key if p.key else p.cell == address)]
    return []


def _remarks(year: Year, account: PeriodAccount, unit: Unit, returns: Sequence[Taken]) -> dict[Key, str]:
    """The unit's own comments, in the returns that are in use and in the last."""
    used = {source.file for source in account.units[unit.name].latest.values()}
    originals = Originals(year.plan, YearEvidence(year))
    issued_as = partial(originals.issued_as, name=unit.name, period=account.period)
    found: dict[Key, str] = {}
    for one in returns:
        if one.content is not None and (one.file in used or one is returns[-1]):
            with suppress(FileNotFoundError, Lost):
                found |= comments_of(year.archive.read(one.sha256), issued_as)
    return found
