"""The strict reader beside openpyxl and calamine, on every kind of file that is made here or saved by LibreOffice.

Every cell without a formula is the same to all three; every formula is the same text to openpyxl.
Where a library reads something else, the difference is named below with its reason.
"""

import datetime as dt
import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from python_calamine import load_workbook as load_in_calamine

from minsheng_xl import Plan
from minsheng_xl.books.package.read import RawCell, RawSheet, read_package
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.unit import unit_book
from tests.hostile.base import SHEET, pack, unpack
from tests.libreoffice.soffice import convert, needs_libreoffice

EXPLAINED: dict[str, str] = {
    "a date to the library": "The stored number is judged; what its format makes of it is a rule of its own.",
    "array formula in openpyxl": "openpyxl wraps its text in an object; the reader keeps the text.",
    "shared formula": "openpyxl translates it for each cell; for the reader it is kept elsewhere, and no figure.",
    "error to calamine": "Calamine gives no text for an error; the reader keeps it, so that it is no blank.",
}
"""Differences that are not faults, by name, with the reason. None occurs in what the project makes."""


@dataclass
class Comparison:
    """How many cells were compared, and which differ: named ones counted, others listed."""

    cells: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)

    def differs(self, where: str, ours: object, theirs: object, name: str = "") -> None:
        if name in EXPLAINED:
            self.named[name] += 1
        else:
            self.different.append(f"{where}: {ours!r}, not {theirs!r}{name and f' ({name})'}")


def compare(files: list[Path]) -> Comparison:
    comparison = Comparison()
    for path in files:
        content = path.read_bytes()
        ours = read_package(content)
        with_openpyxl(path.name, ours.sheets, content, comparison)
        with_calamine(path.name, ours.sheets, content, comparison)
    return comparison


def meant(cell: RawCell | None) -> float | str | bool | None:
    """What a cell holds, as plain Python: a number as a double, a blank text as nothing."""
    if cell is None or cell.text == "":
        return None
    if cell.kind == "n":
        return float(cell.text)
    return cell.text == "1" if cell.kind == "b" else cell.text


def as_double(value: Any) -> Any:
    """A library's value in the same terms."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


def same(ours: object, theirs: object) -> bool:
    return type(ours) is type(theirs) and ours == theirs


def with_openpyxl(file: str, sheets: list[RawSheet], content: bytes, comparison: Comparison) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    assert [sheet.name for sheet in sheets] == book.sheetnames
    for sheet in sheets:
        page = book[sheet.name]
        page.reset_dimensions()  # what lies beyond the area that the sheet says it has is read too
        theirs = {(c.row - 1, c.column - 1): c for row in page.iter_rows() for c in row if c.value is not None}
        for place in sorted(theirs.keys() | sheet.cells.keys()):
            where, cell, other = f"{file} {sheet.name} {place}", sheet.cells.get(place), theirs.get(place)
            value = other.value if other is not None else None
            if cell is not None and cell.formula is not None:
                comparison.cells["formulas"] += 1
                if value != f"={cell.formula}":
                    comparison.differs(where, cell.formula, value, formula_name(cell, value))
            elif other is not None and other.data_type == "f":
                comparison.differs(where, cell, value, "a formula to openpyxl alone")
            elif not same(meant(cell), as_double(value)):
                comparison.differs(where, cell, value, value_name(value))
            else:
                comparison.cells["values"] += 1
                kinds = {"n": "n", "s": "s", "b": "b", "e": "e"}
                if cell is not None and other is not None and kinds[cell.kind] != other.data_type:
                    comparison.differs(where, cell.kind, other.data_type, "another kind to openpyxl")


def formula_name(cell: RawCell, value: object) -> str:
    if isinstance(value, ArrayFormula | DataTableFormula):
        return "array formula in openpyxl"
    return "shared formula" if cell.formula == "" else ""


def value_name(value: object) -> str:
    return "a date to the library" if isinstance(value, dt.date | dt.time | dt.timedelta) else ""


def with_calamine(file: str, sheets: list[RawSheet], content: bytes, comparison: Comparison) -> None:
    """Calamine reads values alone: of a formula the one that is stored."""
    book = load_in_calamine(io.BytesIO(content))
    assert [sheet.name for sheet in sheets] == book.sheet_names
    for sheet in sheets:
        rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        theirs = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value != ""}
        for place in sorted(theirs.keys() | sheet.cells.keys()):
            cell, value = sheet.cells.get(place), theirs.get(place)
            if same(meant(cell), as_double(value)):
                comparison.cells["values in calamine"] += 1
            else:
                name = "error to calamine" if cell is not None and cell.kind == "e" else value_name(value)
                comparison.differs(f"{file} {sheet.name} {place} in calamine", cell, value, name)


def verdict(comparison: Comparison, files: int, cells: int) -> None:
    print(f"{files} files: {dict(comparison.cells)}; named differences: {dict(comparison.named)}")
    assert not comparison.named
    assert not comparison.different, f"{len(comparison.different)}: " + "\n".join(comparison.different[:10])
    assert comparison.cells["values"] > cells
    assert comparison.cells["formulas"] > cells / 10


def forms_of(plan: Plan, folder: Path) -> Iterator[Path]:
    """The form of every reporting unit of a plan, for its third period."""
    folder.mkdir()
    for unit in plan.reporting_units:
        path = folder / f"{unit.sheet_name}.xlsx"
        path.write_bytes(write_book(unit_book(plan, unit, plan.periods[2], {})))
        yield path


@pytest.fixture(scope="module")
def files(
    sample_plan: Plan, quarters_plan: Plan, finished_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Every form issued for both plans; the demo's master, the forms it issued, the returns it took."""
    folder = tmp_path_factory.mktemp("forms")
    found = [
        *forms_of(sample_plan, folder / "月"),
        *forms_of(quarters_plan, folder / "季"),
        finished_demo / "总台账.xlsm",
    ]
    found += sorted(path for part in ("发出", "收件") for path in (finished_demo / part).rglob("*.xlsx"))
    return found


def test_what_we_issue_and_what_comes_back(files: list[Path]) -> None:
    assert len(files) > 38 + 1 + 2 * 38 + 2 * 35
    verdict(compare(files), len(files), 12_000)


@needs_libreoffice
@pytest.mark.office
def test_what_libreoffice_saved(files: list[Path], tmp_path: Path) -> None:
    numbered = tmp_path / "numbered"
    numbered.mkdir()
    copies = [Path(shutil.copy(path, numbered / f"{n:03d}.xlsx")) for n, path in enumerate(files)]
    again = convert(copies, "xlsx", tmp_path / "saved", recalculate=False)
    verdict(compare(again), len(again), 12_000)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A workbook with what the project never writes and a clerk may."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        [1, 2.5, True, "文字", " 前后有空格 "],
        [dt.datetime(2022, 11, 3), dt.time(8, 30), "=A1+1", "#REF!", "a&b <c>\n第二行"],
        [1e-7, 0.1 + 0.2, -3, False, "10\u00a06"],
    ):
        sheet.append(row)
    sheet["A5"] = ArrayFormula("A5:A6", "=SUM(A1:B1*2)")
    sheet["D2"].data_type = "e"
    path = tmp_path / "odd.xlsx"
    book.save(path)
    return path


def with_sheet(path: Path, change: Callable[[str], str]) -> Path:
    parts = unpack(path.read_bytes())
    path.write_bytes(pack(parts | {SHEET: change(parts[SHEET].decode()).encode()}))
    return path


def test_each_named_difference_is_met_and_no_other(odd: Path) -> None:
    first = '<c r="A8"><f t="shared" ref="A8:B8" si="0">A1*2</f><v>2</v></c>'
    shared = f'<row r="8">{first}<c r="B8"><f t="shared" si="0"/><v>5</v></c></row></sheetData>'
    comparison = compare([with_sheet(odd, lambda text: text.replace("</sheetData>", shared))])
    assert not comparison.different
    assert set(comparison.named) == set(EXPLAINED)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<v>2.5</v>", "<v>2.50001</v>"),
        ("<v>2.5</v>", "<v></v>"),
        ('t="b"><v>1</v>', 't="b"><v>0</v>'),
        ("<f>A1+1</f>", "<f>A1+2</f>"),
        ('t="b"><v>1</v>', 't="n"><v>1</v>'),
    ],
)
def test_the_comparison_sees_a_single_cell(odd: Path, old: str, new: str) -> None:
    """Where only the reader were given another cell, it would be told."""
    theirs = odd.read_bytes()
    ours = read_package(with_sheet(odd, lambda text: text.replace(old, new)).read_bytes())
    comparison = Comparison()
    with_openpyxl("odd", ours.sheets, theirs, comparison)
    assert len(comparison.different) == 1
