"""Note what the office typed into the masters of a folder, and carry out what it decided there.

Before anything is built from the journal, what stands in the masters goes into it: nothing that a person typed
is lost by writing over it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import chain, count, takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeAlias

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Doubt, Figure, shown
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.read import RawWorkbook, read_package
from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.exact.keys import Key
from minsheng_xl.figures.definitions import NOT_APPLICABLE
from minsheng_xl.forms import former_home, page
from minsheng_xl.forms import unit as unit_forms
from minsheng_xl.forms.edits import States
from minsheng_xl.forms.garbage import unsearched
from minsheng_xl.forms.identity import IDENTITY_LINE, is_identity_line, version_in
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import NOTHING_THERE, TakenOver, master_book
from minsheng_xl.forms.master.program import (
    FIRST_WORD,
    HALF_WAY,
    PERIOD_PLACE,
    PLAN_PLACE,
    STATUS_CELL,
    UPTO_PLACE,
)
from minsheng_xl.forms.paper import curves, trend
from minsheng_xl.forms.paper.brief import INSTRUCTION
from minsheng_xl.forms.paper.reminder import CHOSEN_PLACE
from minsheng_xl.forms.paper.summary import YEAR_BEFORE
from minsheng_xl.forms.paper.trend import BAD_PERIODS
from minsheng_xl.forms.project import WORDS_HEADS
from minsheng_xl.forms.unit import sheet_id
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.units import decided_items, measures_of
from minsheng_xl.master.paper import PaperSaid, note_paper, said_in
from minsheng_xl.master.typed import TypedPaper, paper_columns, typed_cells, typed_papers
from minsheng_xl.plan.model import Project
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import BRIEF, CURVES, LOOKING_BACK, PROGRAM, REMINDER, SUMMARY, TREND, project_tab
from minsheng_xl.problems import MinshengError
from minsheng_xl.rules import choices
from minsheng_xl.year.entries import PaperNoted, TypedIn
from minsheng_xl.year.folder import Year

_Cells: TypeAlias = dict[tuple[str, Key], "Figure | None"]
"""Input cells by unit and key, and what stands in them."""
_NONE: Mapping[Any, Any] = MappingProxyType({})


class Opened(Protocol):
    """A master that is open in a spreadsheet program; `apply` brings it from one state to the other, its sheets to
    the titles that they bear in both, returns the cells that stay as the office wrote them, and raises DoesNotFit or,
    if somebody typed into it since it was read, Changed before it writes anything."""

    path: Path

    def read(self) -> RawWorkbook: ...

    def apply(self, states: States, noted: RawWorkbook, titles: Mapping[str, str]) -> tuple[str, ...]: ...


class State(NamedTuple):
    """What a master was made from: the plan's version, the period, the journal's last change."""

    version: str
    period: Period
    upto: int


class Found(NamedTuple):
    """A master as it lies in the folder: `pure` if it holds just what was written; else what was written,
    as a book, and what it holds now; or why it cannot be edited. `kept` is what it keeps of what it is."""

    pure: bool = False
    sha256: str = ""
    content: bytes = b""
    workbook: RawWorkbook | None = None
    base: Book | None = None
    made_from: State | None = None
    problem: str = ""
    opened: Opened | None = None
    kept: TakenOver = NOTHING_THERE


class Noted(NamedTuple):
    """The masters of the folder as they were found, what was said in them that cannot be meant, each with what may
    be written, and the one that is open in a spreadsheet program."""

    found: Mapping[Path, Found] = _NONE
    misread: tuple[str, ...] = ()
    opened: Opened | None = None

    def saying(self, words: Sequence[str]) -> "Noted":
        """The same, with more to be told."""
        return self._replace(misread=(*words, *self.misread))


def note_typed(year: Year, now: datetime, run: int, opened: Opened | None = None) -> Noted:
    """Journal what the office typed into the masters of the folder; say how each lies there.

    Beside the master stand the masters that could not replace it: figures typed there count as well.
    """
    main = year.master_path
    if opened is not None and opened.path.resolve() != main.resolve():
        raise MinshengError(
            f"打开着的 {opened.path.name} 不是这个文件夹的总台账，没有汇总。"
            f"请打开 {main.name} 再点，或把它改名为 {main.name}。"
        )
    paths = [path for path in (main, *sorted(year.root.glob("总台账_*_新*.xls[mx]"))) if path.exists()]
    if opened is not None and main not in paths:  # its program is saving it just now
        paths.append(main)
    notes = _Notes(year, now, run)
    with unsearched():
        found = {path: notes.of_master(path, opened if path == main else None) for path in paths}
    return Noted(found, tuple(notes.misread), opened)


class _Notes:
    """What one run notes; `misread` gathers what cannot be meant."""

    def __init__(self, year: Year, now: datetime, run: int) -> None:
        self.year, self.now, self.run = year, now, run
        self.misread: list[str] = []

    def of_master(self, path: Path, opened: Opened | None) -> Found:
        """Journal the cells typed into one master and carry out its decisions."""
        content = path.read_bytes() if opened is None else b""
        sha256 = hashlib.sha256(content).hexdigest()
        written = self.year.register.wrote_master(path.name, sha256)
        if written is not None and not written.edited:
            return Found(pure=True, sha256=sha256)
        try:
            workbook = opened.read() if opened is not None else read_package(content, trusted=True)
        except Unreadable as error:
            return Found(problem=f"{path.name} 打不开：{error}")
        if _text(workbook, PROGRAM.name, UPTO_PLACE) == HALF_WAY:
            if opened is None:
                return Found(sha256=sha256, problem="它上次更新到一半就存了")
            raise MinshengError(
                f"{path.name} 上次更新到一半停了。请不要保存，关上它，再打开点一次；填的数已经记下。"
            )
        try:
            state = State(
                _text(workbook, PROGRAM.name, PLAN_PLACE),
                Period.parse(_text(workbook, PROGRAM.name, PERIOD_PLACE)),
                int(_text(workbook, PROGRAM.name, UPTO_PLACE)),
            )
            plan = self.year.plan_version(state.version, state.upto)
            account = account_of(plan, self.year.register, state.period, upto=state.upto)
        except (KeyError, ValueError):
            return Found(problem="它不是由本文件夹的归档生成的总台账")
        kept = _kept_by(workbook, account)
        base = master_book(account, state.version, state.upto, kept=kept)
        _identify_as_there(base, workbook, account)
        typed, items = self._read(path, workbook, base, account)
        self._journal(path, state, account, typed, live=opened is not None)
        self._carry_out(state.period, items)
        self._note_papers(path, state, typed_papers(workbook, account.receipts))
        return Found(
            sha256=sha256, content=content, workbook=workbook, base=base, made_from=state, opened=opened,
            kept=kept._replace(drafts=_drafts(items)),
        )

    def _read(
        self, path: Path, workbook: RawWorkbook, base: Book, account: PeriodAccount
    ) -> "tuple[_Cells, dict[Key, Figure | None]]":
        """The cells of units, and those of 待决事项, that no longer hold what was written."""
        units = {unit.sheet_name: unit.name for unit in account.plan.reporting_units}
        changes, unread = typed_cells(workbook, base, units)
        self.misread += [f"{path.name}：{why}，这一页里填的数没有读。请恢复原来的行列。" for why in unread]
        typed = {(unit, key): value for unit, key, value in changes if unit}
        return typed, {key: value for unit, key, value in changes if not unit}

    def _journal(self, path: Path, state: State, account: PeriodAccount, typed: _Cells, *, live: bool) -> None:
        """Journal what is new since it was journalled last."""
        written = _written(account)
        typed = {**typed, **_chosen(account, written, typed)}
        noted, unsaved = self._noted_before(path, state)
        cells: dict[str, dict[Key, Figure | None]] = {}
        for place in sorted(noted.keys() | typed.keys()):
            was = written.get(place)
            content = typed.get(place, was)
            if content != noted.get(place, was) and not (place in unsaved and content == was):
                unit, key = place
                cells.setdefault(unit, {})[key] = content
        register = self.year.register
        register.record(
            TypedIn(
                at=self.now, run=self.run, file=path.name, period=state.period, unit=unit, cells=changed,
                measures=measures_of(account.plan, changed), live=live, who=str(self.year.who),
            )
            for unit, changed in cells.items()
        )
        if cells and register.closed(state.period) is not None:
            self.misread.append(
                f"{path.name}：{state.period} 已经定稿，{'、'.join(sorted(cells))} 里改的数不改定稿的数，计入下期的上期累计。"
            )

    def _noted_before(self, path: Path, state: State) -> "tuple[_Cells, set[tuple[str, Key]]]":
        """What was journalled from this very file since it was written; and what of it was typed while the file
        was open, which then may have been closed without saving: that is not taken back."""
        noted: _Cells = {}
        unsaved: set[tuple[str, Key]] = set()
        for entry in self.year.register.entries(TypedIn, period=state.period, after=state.upto):
            if entry.file == path.name:
                cells = {(entry.unit, key): value for key, value in entry.cells.items()}
                noted |= cells
                unsaved |= cells.keys() if entry.live else set()
        return noted, unsaved

    def _carry_out(self, period: Period, items: "Mapping[Key, Figure | None]") -> None:
        """Settle the items of 待决事项 that have a word beside them."""
        from minsheng_xl.master.decide import decide

        words: dict[str, dict[str, str]] = {}
        for key, value in items.items():
            words.setdefault(key.of, {})[key.name] = shown(value)
        settled = _decided_ids(self.year, (*period.earlier, period))
        for id, said in words.items():
            word, who, why = (said.get(name, "") for name in ("decision", "who", "why"))
            if word and id not in settled:
                try:
                    decide(self.year, id, word, self.now, who=who, why=why, period=period, run=self.run)
                except MinshengError as error:
                    self.misread.append(f"待决事项 {id}：{error}")

    def _note_papers(self, path: Path, state: State, papers: "Sequence[TypedPaper]") -> None:
        """Journal what is said of papers, but for what was journalled from this very file since it was written."""
        entries = self.year.register.entries(PaperNoted, after=state.upto)
        noted = {one.sha256: PaperSaid(one.received, one.agrees) for one in entries if one.master == path.name}
        for receipt, cells in papers:
            try:
                said = said_in(cells, receipt, self.now)
                if said[-1] != noted.get(receipt.sha256):
                    for one in said:
                        note_paper(self.year, receipt.sha256, one, self.now, master=path.name)
            except MinshengError as error:
                self.misread.append(f"收件登记 {receipt.file}：{error}")


def _kept_by(workbook: RawWorkbook, account: PeriodAccount) -> TakenOver:
    """What a master keeps of what it is, whatever it is brought to."""
    return TakenOver(
        chosen=_text(workbook, REMINDER.name, CHOSEN_PLACE), layout=_layout_there(workbook, account),
        has_last_year=_says(workbook, SUMMARY.name, page.HEAD, YEAR_BEFORE), former_lists=not paper_columns(workbook),
        words=_words_there(workbook),
        former_home=_text(workbook, PROGRAM.name, STATUS_CELL) == cell_name(former_home.STATUS_PLACE),
        former_brief=not _has_room_for_instruction(workbook),
        lacks=frozenset(tab.id for tab in LOOKING_BACK if not _bears(workbook, tab.name, _SIGNS[tab.id])),
        has_bad_periods=_says(workbook, TREND.name, page.HEAD, BAD_PERIODS),
        parts={project.no: _parts_there(workbook, project) for project in account.plan.projects},
    )


def _parts_there(workbook: RawWorkbook, project: Project) -> tuple[int, ...]:
    """How many units stand under each head of the tables of words on a project's sheet, from above."""
    sheet, names, found = workbook.sheet(project_tab(project.no)), {*project.leads, *project.responsible}, list[int]()
    first = {row: cell.text for (row, column), cell in sheet.cells.items() if column == 0} if sheet is not None else {}
    for row in sorted(first):
        if first[row] in WORDS_HEADS:
            found.append(0)
        elif found and first[row] in names:
            found[-1] += 1
    return tuple(found)


def _words_there(workbook: RawWorkbook) -> int:
    """How many words a master has for its macro to show."""
    named = (_text(workbook, PROGRAM.name, (row, 0)) for row in count(FIRST_WORD))
    return sum(1 for _ in takewhile(bool, named))


def _layout_there(workbook: RawWorkbook, account: PeriodAccount) -> str:
    """The version of the layout by which the units' sheets of a master were drawn; "" if it is the present one, or
    none that is known."""
    for unit in account.plan.reporting_units:
        raw = workbook.sheet(unit.sheet_name)
        lines = (cell.text for (_, column), cell in raw.cells.items() if column == 0) if raw is not None else ()
        version = next(filter(None, (version_in(line, unit.name, account.period) for line in lines)), "")
        if version and unit_forms.LAYOUTS.layout(version) is not None:
            return "" if unit_forms.LAYOUTS.is_present(version) else version
    return ""


def _identify_as_there(base: Book, workbook: RawWorkbook, account: PeriodAccount) -> None:
    """Let the forms of a book bear the 表号 that stand in the workbook: an earlier version gave them others, and
    what it wrote is not what the office did."""
    for unit in account.plan.reporting_units:
        sheet, raw = base.sheet(sheet_id(unit.name)), workbook.sheet(unit.sheet_name)
        line = sheet.cell(IDENTITY_LINE)
        there = raw.text(line.row, line.column) if raw is not None else ""
        if is_identity_line(there, unit.name, account.period):
            sheet.put(line.row, line.column, there, line.style, key=IDENTITY_LINE, across=line.across)


def _says(workbook: RawWorkbook, tab: str, row: int, text: str) -> bool:
    """Whether a text stands in a row of a sheet."""
    sheet = workbook.sheet(tab)
    return sheet is not None and any(at[0] == row and cell.text == text for at, cell in sheet.cells.items())


_SIGNS = {TREND.id: trend.LIVE_NOTE, CURVES.id: curves.LIVE_NOTE}
"""What tells the sheets that look back from those of the office's own that are called so."""


def _bears(workbook: RawWorkbook, tab: str, words: str) -> bool:
    """Whether there is a sheet with a text that ends so."""
    sheet = workbook.sheet(tab)
    return sheet is not None and any(cell.text.endswith(words) for cell in sheet.cells.values())


def _has_room_for_instruction(workbook: RawWorkbook) -> bool:
    """Whether leaders have a frame to write in on 领导简报: one that an earlier version drew has none."""
    sheet = workbook.sheet(BRIEF.name)
    return sheet is not None and any(INSTRUCTION in cell.text for at, cell in sheet.cells.items() if at[1] == 0)


def _text(workbook: RawWorkbook, tab: str, place: Place) -> str:
    sheet = workbook.sheet(tab)
    return sheet.text(*place).strip() if sheet is not None else ""


def _written(account: PeriodAccount) -> _Cells:
    """What stands in the input cells of the units' sheets as they were written."""
    cells: _Cells = {}
    for name, unit in account.units.items():
        cells |= {(name, key): figure for key, figure in unit.figures.items()}
        cells |= {(name, key): text for key, text in unit.words.items() if text}
    return cells


def _chosen(account: PeriodAccount, written: _Cells, typed: _Cells) -> _Cells:
    """The figures for which words stand that the office chose in rows without one, or that went with such a word."""
    found: _Cells = {}
    for (unit, key), word in typed.items():
        if not key.is_choice:
            continue
        measures = [key.beside(measure) for measure in account.plan.indicator(key.of).measures]
        places = [(unit, one) for one in measures]
        brought = {place for place in places if _is_brought(written.get(place), written.get((unit, key)))}
        rest = [typed.get(place, None if place in brought else written.get(place)) for place in places]
        if all(figure is None for figure in rest):
            found |= dict.fromkeys(brought - typed.keys())
            found |= {(unit, one): value for one, value in _meant(account, measures, word).items()}
    return found


def _is_brought(figure: "Figure | None", word: "Figure | None") -> bool:
    """Whether what stands in the place of a figure is the word that is chosen beside it, and goes with it."""
    return figure == NOT_APPLICABLE or (isinstance(figure, Doubt) and figure.seen == word)


def _meant(account: PeriodAccount, measures: Sequence[Key], word: "Figure | None") -> "dict[Key, Figure]":
    """For what a word stands in a row without a figure; one that cannot be chosen is in doubt."""
    if isinstance(word, Doubt) or word == NOT_APPLICABLE:
        return {measures[0]: word}
    last: dict[Key, Figure] = {
        one: value for one in measures if isinstance(value := account.last_figure(one), Fraction | str)
    }
    return last if word in choices.WORDS and len(last) == len(measures) else {}


def _drafts(items: "Mapping[Key, Figure | None]") -> dict[tuple[str, str], str]:
    """What stands beside items of 待决事项 but the word itself."""
    written = {key: value for key, value in items.items() if key.name != "decision" and value is not None}
    return {(key.of, key.name): shown(value) for key, value in written.items()}


def _decided_ids(year: Year, periods: Sequence[Period]) -> set[str]:
    """The items that the office has settled in some periods."""
    items = chain.from_iterable(decided_items(year.register, period) for period in periods)
    return {item.id for item in items}
