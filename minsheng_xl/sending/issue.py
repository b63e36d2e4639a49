"""Issue: one small workbook per reporting unit, or per certifying unit, ready to mail."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.certified import beside_of
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import reported_of
from minsheng_xl.books.write.book import write_book
from minsheng_xl.changes.adopt import adopt
from minsheng_xl.figures.progress import Entry, progress_of
from minsheng_xl.forms.certification import certification_book, certification_hash, certified_rows
from minsheng_xl.forms.confirmation import confirmed_rows, confirming_book, confirming_hash, shown_of
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.left import left_of
from minsheng_xl.forms.table import Owner
from minsheng_xl.forms.unit import form_hash, unit_book
from minsheng_xl.handbook.page import is_ours
from minsheng_xl.handbook.pages import CLERKS, html
from minsheng_xl.ledger.certified import last_certified
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.note import note_typed
from minsheng_xl.plan.answers import question_in_words
from minsheng_xl.plan.model import Kind, Question, Role, Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tables import QUESTIONS
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import CertifyingIssued, ConfirmingIssued, Issued, JournalEntry
from minsheng_xl.year.folder import PLAN_FILE, Year
from minsheng_xl.year.storage import write_whole
from minsheng_xl.year.watching import Progress, unwatched

EARLIER_FOLDER = "以前下发的"
"""Where, in the folder of a period, what went out before is kept."""
GUIDE_FILE = "填表说明.html"
"""What goes out beside the forms of a period: the page for clerks, to be read and printed."""


class IssueResult(NamedTuple):
    """What was issued: the workbooks in the order of the plan, and those left as found.

    `kept` are files in 发出/ that somebody changed after they were issued; they are not replaced.
    `misread` is what was said in the master that cannot be meant. `guide` goes with the units' forms.
    """

    period: Period
    folder: Path
    workbooks: tuple[Path, ...]
    kept: tuple[Path, ...]
    misread: tuple[str, ...] = ()
    guide: Path | None = None


def issue(
    year: Year, period: Period, now: datetime, *, progress: Progress = unwatched
) -> IssueResult:
    """Write the unit workbooks of a period into 发出/ and keep each in 归档/ by hash; beside them 填表说明.

    上期累计 is prefilled from what has been accepted so far. Each form bears the head of the journal's chain as it
    stood before the first that went to its unit for the period. Issuing again gives the same bytes unless something
    changed. Raises PlanError or MinshengError, also while the plan leaves open what a form must
    say.
    """
    with year.locked():
        return _issue(year, period, now, progress)


def blocking(year: Year) -> tuple[Question, ...]:
    """The questions of the plan while which are open no form goes out."""
    return tuple(one for one in year.written_plan.questions if one.blocks)


def _refuse_open(year: Year) -> None:
    """Raises MinshengError while the plan leaves open what has to be sure before a form goes out."""
    questions = blocking(year)
    if questions:
        lines = "\n".join(f"  {question_in_words(one)}" for one in questions)
        raise MinshengError(
            f"计划里有 {len(questions)} 处要先答复，没有下发：\n{lines}\n"
            f"请打开 {PLAN_FILE}，在“{QUESTIONS.name}”的“答复”里选好、存盘；或运行 minsheng-xl import {year.root} "
            f"--answer {questions[0].number}=答复。都照默认的，运行 minsheng-xl import {year.root} --defaults。再下发一次。"
        )


def _issue(year: Year, period: Period, now: datetime, progress: Progress) -> IssueResult:
    _refuse_open(year)
    adopted = adopt(year, now)
    plan = year.plan.at(period)
    # a figure typed into the master is a previous figure too
    noted = note_typed(year, now, year.register.next_run()).saying(adopted.words)
    account = account_of(plan, year.register, period)
    out = _Out(year, period, year.issued_folder(period), now)
    for done, unit in enumerate(plan.reporting_units, 1):
        left, bears = left_of(account, unit.name), out.head_for(year.register.first_issued(period, unit.name))
        book = unit_book(plan, unit, period, account.before, left.people, left=left, head=bears)
        issued = partial(Issued, form=form_hash(plan, unit.name), plan=adopted.version, head=bears)
        out.put(unit, f"{unit.sheet_name}_{period}.xlsx", book, issued)
        progress(done, len(plan.reporting_units))
    result, path = out.result(noted.misread), year.issued_folder(period) / GUIDE_FILE
    kept = result.kept if _put_guide(path) else (*result.kept, path)
    return result._replace(kept=kept, guide=path)


def _put_guide(path: Path) -> bool:
    """Write 填表说明, in the place of one that was put there before and that nobody touched; whether it is there."""
    content = html(CLERKS)
    there = path.read_bytes() if path.exists() else b""
    if there and there != content and not is_ours(there):
        return False
    if there != content:
        write_whole(path, content)
    return True


def issue_certification(year: Year, period: Period, now: datetime) -> IssueResult:
    """Write the workbook of each certifying unit into 发出/P-认定/: the figures as they stand now, each
    with its period, and room for what the unit says of them.

    Raises PlanError or MinshengError: if nothing has been reported, or nobody certifies.
    """
    with year.locked():
        adopted, closed = adopt(year, now), year.register.closed(period)
        plan, version = year.plan_of(period), adopted.version if closed is None else closed.plan
        noted = note_typed(year, now, year.register.next_run()).saying(adopted.words)
        units = [unit for unit in plan.units if plan.projects_of(unit.name, Role.CERTIFIER)]
        if not units:
            raise MinshengError("计划里没有写认定单位，没有生成认定表。请在 计划.xlsx 的任务表里补上认定单位。")
        account = account_of(plan, year.register, period)
        every = reported_of(account)
        if not any(one.period == period for one in every.values()):
            raise MinshengError(f"{period} 还没有已采用的数，没有生成认定表。请先汇总：minsheng-xl consolidate {year.root} --period {period}")
        beside = beside_of(account, every, last_certified(year.plan, year.register, period))
        out = _Out(year, period, year.certified_folder(period), now)
        for unit in units:
            bears = out.head_for(year.register.first_of(CertifyingIssued, period, unit.name))
            codes = {row.indicator.code for row in certified_rows(plan, unit.name, period)}
            reported = {code: one for code, one in every.items() if code in codes}
            form = certification_hash(plan, unit.name, period, reported)
            book = certification_book(plan, unit, period, reported, bears, beside)
            issued = partial(CertifyingIssued, form=form, plan=version, reported=reported, head=bears)
            out.put(unit, f"{unit.sheet_name}_{period}_认定.xlsx", book, issued)
        return out.result(noted.misread)


def issue_confirmation(year: Year, period: Period, now: datetime) -> IssueResult:
    """Write the 核对单 of each lead into 发出/P-核对/: the figures in use, and room for what the lead says of them.

    Raises PlanError or MinshengError: if the period is closed, or nothing has been reported.
    """
    with year.locked():
        if year.register.closed(period) is not None:
            raise MinshengError(f"{period} 已经定稿，没有生成核对单。定稿后要更正，请单位按 {period} 的填报表重报。")
        version = adopt(year, now).version
        plan, noted = year.plan.at(period), note_typed(year, now, year.register.next_run())
        account = account_of(plan, year.register, period)
        if all(row.period != period for row in account.flow):
            raise MinshengError(f"{period} 还没有已采用的数，没有生成核对单。请先汇总：minsheng-xl consolidate {year.root} --period {period}")
        entries, out = _in_use(account), _Out(year, period, year.confirmed_folder(period), now)
        for unit in plan.units:
            if not confirmed_rows(plan, unit.name, period):
                continue
            shown = shown_of(plan, unit.name, period, entries)
            form = confirming_hash(plan, unit.name, period, shown)
            bears = out.head_for(year.register.first_of(ConfirmingIssued, period, unit.name))
            left, due = left_of(account, unit.name), _due(year, period, unit, form, now)
            book = confirming_book(Owner(plan, unit.name, period), entries, left=left, due=due, head=bears)
            issued = partial(
                ConfirmingIssued, form=form, plan=version, shown=shown, due=due.isoformat() if due else "", head=bears
            )
            out.put(unit, f"{unit.sheet_name}_{period}_核对单.xlsx", book, issued)
        return out.result(noted.misread)


def _in_use(account: PeriodAccount) -> dict[str, Entry]:
    """The figures in use by indicator, those that are reckoned from others among them."""
    entries = account.entries()
    for row in progress_of(account.plan, account.period, entries).indicators:
        if row.indicator.kind is Kind.DERIVED:
            entries[row.indicator.code] = Entry(reported=None if row.value is None else "是" if row.value else "否")
    return entries


def _due(year: Year, period: Period, unit: Unit, form: str, now: datetime) -> date | None:
    """By when silence of a lead counts as consent; of the same figures issued again, as it was."""
    entries = year.register.entries(ConfirmingIssued, period=period)
    same = [one.due for one in entries if (one.unit, one.form) == (unit.name, form)]
    if same:
        return date.fromisoformat(same[-1]) if same[-1] else None
    days = year.plan.settings.silence
    return now.date() + timedelta(days=days) if days else None


class _Out:
    """Workbooks on their way out: kept by hash, journalled, and then written: none lies there that nobody knows."""

    def __init__(self, year: Year, period: Period, folder: Path, now: datetime) -> None:
        self._year, self._period, self._folder, self._now = year, period, folder, now
        self._head = year.register.head()
        self._made: dict[Path, bytes] = {}
        self._entries: list[JournalEntry] = []

    def head_for(self, first: Issued | CertifyingIssued | ConfirmingIssued | None) -> str:
        """The head of the journal's chain that a form bears: as it stood before the `first` one that went out."""
        return self._head if first is None else first.head

    def put(self, unit: Unit, name: str, book: Book, issued: Callable[..., JournalEntry]) -> None:
        """Take a unit's workbook; `issued` makes its entry."""
        content = write_book(book)
        self._made[self._folder / name] = content
        sha256 = self._year.archive.keep(content)
        if not self._year.register.knows_issue(self._period, unit.name, sha256):
            sent = issued(
                at=self._now, period=self._period, unit=unit.name, sha256=sha256, file=name, who=str(self._year.who)
            )
            self._entries.append(sent)

    def result(self, misread: tuple[str, ...]) -> IssueResult:
        self._year.register.record(self._entries)
        kept = [path for path, content in self._made.items() if not self._is_placed(path, content)]
        return IssueResult(self._period, self._folder, tuple(self._made), tuple(kept), misread)

    def _is_placed(self, path: Path, content: bytes) -> bool:
        """Write a workbook, unless somebody changed the one that is there."""
        there = path.read_bytes() if path.exists() else content
        if there != content:
            known = self._year.register.issue_of(hashlib.sha256(there).hexdigest())
            if known is None:
                return False
            _keep_earlier(path, there, known.at)
        write_whole(path, content)
        return True


def _keep_earlier(path: Path, content: bytes, at: datetime) -> None:
    """Keep a workbook that went out before, under the time at which it did."""
    kept = path.parent / EARLIER_FOLDER / f"{path.stem}_{at:%m%d-%H%M}{path.suffix}"
    for number in count(2):
        if not kept.exists() or kept.read_bytes() == content:
            break
        kept = kept.with_name(f"{path.stem}_{at:%m%d-%H%M}-{number}{path.suffix}")
    write_whole(kept, content)
