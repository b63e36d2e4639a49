"""The answer to the units: for each return held or refused, a workbook ready to correct and resend."""

import hashlib
from datetime import datetime
from pathlib import Path

from minsheng_xl.account import CONFLICT, UNKNOWN, Doubt, Key, PeriodAccount, Standing, shown
from minsheng_xl.books.write import write_book
from minsheng_xl.cleaning import one_line
from minsheng_xl.definitions import DOUBT_PREFIX
from minsheng_xl.exact import parse_plain
from minsheng_xl.forms.feedback import feedback_book
from minsheng_xl.forms.identity import form_hash
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.intake.comments import comments_of
from minsheng_xl.ledger import account_of, taken_by_unit
from minsheng_xl.plan.model import Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, Severity
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
        entry = {
            "kind": "issued", "at": now.isoformat(timespec="seconds"), "period": str(period), "unit": unit.name,
            "form": form_hash(year.plan, unit.name), "plan": "", "sha256": sha256, "file": path.name,
        }
        year.register.record([entry])


def _workbook(year: Year, account: PeriodAccount, unit: Unit) -> bytes:
    period = account.period
    form = unit_form(year.plan, unit, period, account.before)
    mine = account.units[unit.name]
    problems, remarks = _last(year, account, unit, form)
    marks: dict[Key, str] = {}
    amounts = {key: text.removeprefix(DOUBT_PREFIX) for key, text in mine.words.items() if key[2].startswith("funding") and text.startswith(DOUBT_PREFIX)}
    for key in [*(k for k, f in mine.figures.items() if isinstance(f, Doubt)), *mine.halves, *amounts]:
        if not form.has(key):
            continue
        told = [p for p in problems if p.cell == form.address(key)]
        figure = mine.figures.get(key)
        seen = shown(figure) if isinstance(figure, Doubt) else amounts.get(key, "")
        marks[key] = "\n".join(p.sentence for p in told) or f"存疑：{seen}。请核对。"
    loose = [p for p in problems if p.cell not in {form.address(key) for key in marks}]
    sentences = [f"{form.address(key)}（{_name(year, key)}）：{text}".replace("\n", "") for key, text in marks.items()]
    sentences += [str(problem) for problem in loose]
    given = mine.given() | amounts
    for key, figure in mine.figures.items():
        if isinstance(figure, Doubt):  # as it was typed; of two that differ, neither
            conflict = any(item.kind == CONFLICT and item.key == key for item in mine.pending)
            number = parse_plain(figure.seen)
            given[key] = None if conflict else figure.seen if number is None else number
    return write_book(feedback_book(year.plan, unit, period, account.before, given, marks, remarks, sentences))


def _name(year: Year, key: Key) -> str:
    return year.plan.indicator(key[1]).name if key[0] in ("figure", "share") else "资金"


def _last(year: Year, account: PeriodAccount, unit: Unit, form: Sheet) -> tuple[list[Problem], dict[Key, str]]:
    """What was found in the unit's last return that was not taken whole, and its own comments."""
    returns = taken_by_unit(year.plan, year.register, account.period).get(unit.name, [])
    if not returns:
        return [], {}
    last = returns[-1]
    problems = [p for p in last.problems if p.severity is not Severity.NOTE]
    try:
        comments = comments_of(year.archive.read(last.sha256)) if last.content is not None else {}
    except FileNotFoundError:
        comments = {}
    keys = {cell.address: cell.key for cell in form.inputs()}
    return problems, {key: text for address, text in comments.items() if (key := keys.get(address)) is not None}
