"""The whole of a long text is printed: every text column of every printed sheet, taken from its declaration.

A text of three hundred signs, or of as many as the highest row that a spreadsheet has can hold, ends in a mark of
its own; the mark is looked for in the PDF.
"""

import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from minsheng_xl import Plan
from minsheng_xl.accounts.period import Finding, PeriodAccount
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.books.pdf import to_pdf
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms import columns as declared
from minsheng_xl.forms import project
from minsheng_xl.forms.layout import Sheet, SheetColumn, printed_end, width_pixels
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.page import height_of
from minsheng_xl.forms.paper import ranking
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.plan.tabs import LOOKING_BACK, PRINTED, PROJECTS, REMINDER, UNITS
from minsheng_xl.problems import problem
from minsheng_xl.texts import row_height
from tests.libreoffice.soffice import needs_libreoffice, needs_poppler
from tests.makers import empty_account, word

SIGNS, HIGHEST, ROUNDS = 300, 400.0, 7
SIGN = "文"
IDS = {tab.id for tab in PRINTED} - {UNITS.id, PROJECTS.id}


class Written(NamedTuple):
    """A long text that was written into the first row of a column, and the marks at its beginning and its end."""

    sheet: str
    key: str
    signs: int
    first: str
    mark: str


def is_list(sheet: Sheet) -> bool:
    return sheet.id in IDS


def is_project(sheet: Sheet) -> bool:
    """What stands in one stands in the lists too: so they are written into by themselves."""
    return sheet.id.startswith("project:")


def write_into(
    monkeypatch: pytest.MonkeyPatch, n: int, chosen_sheet: Callable[[Sheet], bool], *, grows: bool
) -> list[Written]:
    """While sheets are drawn, write into the n-th text column of each table; with `grows` false it is one that
    does not make its row grow. Returns what will be written."""
    written: list[Written] = []
    place, high = Sheet.table, declared.height

    def chosen_of(columns: Sequence[SheetColumn[Any]]) -> SheetColumn[Any] | None:
        growing = [column for column in columns if column.grows is not None]
        return growing[n] if n < len(growing) else None

    def table(sheet: Sheet, top: int, columns: Any, rows: Any, name: Any, **more: Any) -> int:
        chosen = chosen_of(columns)
        if chosen is not None and rows and chosen_sheet(sheet):
            first, mark = (f"{side}{len(written):02d}{'ABCDEFG'[n]}Z" for side in "BE")
            long = text_of(sheet, columns, chosen, more.get("left", 0), first, mark)
            written.append(Written(sheet.name, chosen.key, len(long), first, mark))
            columns = [filled(column, rows[0], long, grows) if column is chosen else column for column in columns]
        return place(sheet, top, columns, rows, name, **more)

    def height(sheet: Sheet, columns: Any, texts: Any, **more: Any) -> float:
        chosen = chosen_of(columns)
        if chosen is not None and grows and chosen_sheet(sheet):
            texts = {**texts, chosen.key: text_of(sheet, columns, chosen, 0, "B00AZ", "E00AZ")}
        return high(sheet, columns, texts, **more)

    monkeypatch.setattr(Sheet, "table", table)
    monkeypatch.setattr(project, "height", height)
    monkeypatch.setattr(ranking, "height", height)
    return written


def text_of(sheet: Sheet, columns: Any, chosen: SheetColumn[Any], left: int, *marks: str) -> str:
    """Three hundred signs, or as many as fit into a row of the greatest height, between two marks."""
    before = columns[: [column.key for column in columns].index(chosen.key)]
    width = declared.width_of(sheet, left + sum(column.across for column in before), chosen.across)
    signs = SIGNS - len("".join(marks))
    while row_height([((SIGN * signs).join(marks), width)], least=0, size=11) >= HIGHEST:
        signs -= 1
    return (SIGN * signs).join(marks)


def filled(column: SheetColumn[Any], first: Any, long: str, grows: bool) -> SheetColumn[Any]:
    made = column.content
    changed = column._replace(content=lambda row: long if row == first else made(row))
    return changed if grows else changed._replace(grows=None)


def account_of(plan: Plan) -> PeriodAccount:
    """Everybody is late after the leads raised a problem in each project, and a return has a finding."""
    given = {name: {word(one.no, "problem"): "有"} for one in plan.projects for name in one.leads}
    account = empty_account(plan, plan.periods[0], given)
    found = problem("plan-number", sheet="填报表", cell="H7", seen="98%")
    return account._replace(findings=(Finding("a.xlsx", plan.reporting_units[0].name, Outcome.HELD, found),))


class Paper(NamedTuple):
    """A printed sheet: where its texts must fit."""

    sheet: Sheet
    file: Path

    @property
    def scale(self) -> float:
        """How much smaller than the sheet its page is."""
        end = printed_end(self.sheet)
        assert end is not None
        shown = (n for n in range(end[1] + 1) if n not in self.sheet.hidden_columns)
        wide = sum(width_pixels(self.sheet.widths[n]) * 0.75 for n in shown)
        high = height_of(self.sheet, range(end[0] + 1))
        portrait, margins = {"A4": (595, 842), "A3": (842, 1191)}[self.sheet.print.paper], (85, 94)
        width, height = reversed(portrait) if self.sheet.print.landscape else portrait
        scales = [1.0, (width - margins[0]) / wide]
        return min([*scales, (height - margins[1]) / high] if self.sheet.print.one_page else scales)


def boxes(path: Path) -> dict[str, tuple[float, float]]:
    """Top and bottom of the lines in a PDF in which marks stand, by mark."""
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True)
    found = {}
    for top, bottom, line in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<', done.stdout):
        found |= {mark: (float(top), float(bottom)) for mark in re.findall(r"[BE]\d\d[A-G]Z", line)}
    return found


def is_whole(paper: Paper, one: Written, found: Mapping[str, tuple[float, float]]) -> bool:
    """Whether the lines from the first mark to the last stand in the row, in signs that are not shrunk."""
    if one.mark not in found or one.first not in found:
        return False
    cell = next(cell for cell in paper.sheet.cells.values() if one.mark in str(cell.content))
    top, bottom = found[one.first][0], found[one.mark][1]
    is_shrunk = bottom - top < cell.style.size * paper.scale / 2
    return not is_shrunk and bottom - top <= paper.sheet.heights[cell.row] * paper.scale * 1.02


def written_and_cut(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, folder: Path, *, grows: bool
) -> tuple[list[Written], list[Written]]:
    """What was written into all the columns, one a table at a time, and what of it is not whole in the PDFs."""
    papers: dict[Written, Paper] = {}
    for n, chosen_sheet in product(range(ROUNDS), (is_list, is_project)):
        with monkeypatch.context() as patch:
            written = write_into(patch, n, chosen_sheet, grows=grows)
            account = account_of(plan)
            book = master_book(account, "", 0)
        for output in outputs(account):
            if output.tab in (UNITS, REMINDER, *LOOKING_BACK):  # on paper they are drawn anew
                continue
            if (output.tab is PROJECTS) != (chosen_sheet is is_project):
                continue
            path, pages = folder / f"{n}{output.name}.xlsx", printed(book, account, [output])
            path.write_bytes(write_book(pages))
            papers |= {one: Paper(sheet, path) for sheet in pages.sheets for one in written if one.sheet == sheet.name}
    files = sorted({paper.file for paper in papers.values()})
    found = {path.stem: boxes(path) for path in to_pdf(files, folder)}
    cut = [one for one, paper in papers.items() if not is_whole(paper, one, found[paper.file.stem])]
    return list(papers), cut


@pytest.mark.office
@needs_libreoffice
@needs_poppler
def test_every_long_text_is_printed_to_its_end(
    quarters_plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written, cut = written_and_cut(quarters_plan, monkeypatch, tmp_path, grows=True)
    columns = {(one.sheet, one.key) for one in written}
    shorter = {(one.sheet, one.key): one.signs for one in written if one.signs < SIGNS}
    print(f"{len(columns)} columns, {len(written)} texts; of fewer than {SIGNS} signs: {shorter}")
    assert {(one.sheet, one.key) for one in cut} == set()
    assert {("问题清单", "promise"), ("项目1", "remark"), ("项目2", "unit"), ("领导简报", "lagging")} <= columns
    assert len(columns) >= 60


@pytest.mark.office
@needs_libreoffice
@needs_poppler
def test_a_column_whose_growth_is_taken_out_is_cut(
    quarters_plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each of them: the first test would fail for it."""
    written, cut = written_and_cut(quarters_plan, monkeypatch, tmp_path, grows=False)
    assert [(one.sheet, one.key) for one in written if one not in cut] == []
