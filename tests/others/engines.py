"""What other engines make of the formulas of a workbook, whatever results are stored beside them."""

import io
import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from tests.libreoffice.soffice import convert, needs_libreoffice

_SECONDS = 300
_GNUMERIC = shutil.which("ssconvert")

needs_gnumeric = pytest.mark.skipif(
    _GNUMERIC is None and not os.environ.get("MINSHENG_REQUIRE_LIBREOFFICE"), reason="gnumeric is not installed"
)

Values = dict[str, dict[str, Any]]


class Failed(NamedTuple):
    """An error, which is no text that reads like one."""

    code: str


def shown_in(path: Path) -> Values:
    """What every sheet shows, by sheet and address."""
    with warnings.catch_warnings():  # gnumeric names no default style
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: Failed(cell.value) if cell.data_type == "e" else cell.value
            for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book
    }


class Difference(NamedTuple):
    """A formula whose stored result another engine does not find."""

    file: str
    sheet: str
    address: str
    formula: str
    stored: Any
    found: Any


def by_gnumeric(paths: Sequence[Path], folder: Path) -> list[Values]:
    assert _GNUMERIC is not None, "gnumeric is required here and not installed"
    return [_by_gnumeric(path, folder) for path in paths]


def _by_gnumeric(path: Path, folder: Path) -> Values:
    again = folder / f"{path.stem}.gnumeric.xlsx"
    subprocess.run(["ssconvert", "--recalc", str(path), str(again)], check=True, capture_output=True, timeout=_SECONDS)
    return shown_in(again)


def by_formualizer(paths: Sequence[Path], folder: Path) -> list[Values]:
    return [_by_formualizer(path) for path in paths]


def _by_formualizer(path: Path) -> Values:
    import formualizer

    book = formualizer.load_workbook(str(path))
    book.evaluate_all()
    return {
        sheet: {cell.coordinate: book.get_value(sheet, cell.row, cell.column) for cell in cells}
        for sheet, cells in _formulas(path).items()
    }


def by_libreoffice(paths: Sequence[Path], folder: Path) -> list[Values]:
    return [shown_in(again) for again in convert(paths, "xlsx", folder / "again", recalculate=True)]


ENGINES: dict[str, Callable[[Sequence[Path], Path], list[Values]]] = {
    "gnumeric": by_gnumeric, "formualizer": by_formualizer, "LibreOffice": by_libreoffice,
}
ENGINE_MARKS = {"gnumeric": [needs_gnumeric], "formualizer": [], "LibreOffice": [needs_libreoffice, pytest.mark.office]}


def _formulas(path: Path) -> dict[str, list[Any]]:
    book = openpyxl.load_workbook(path, read_only=True)
    found = {sheet.title: [c for row in sheet.iter_rows() for c in row if c.data_type == "f"] for sheet in book}
    book.close()
    return found


class Compared(NamedTuple):
    """How many formulas some workbooks have, and which of their results an engine does not find."""

    count: int
    different: list[Difference]


def compared(paths: Sequence[Path], engine: str, folder: Path) -> Compared:
    count, different = 0, []
    for path, found in zip(paths, ENGINES[engine](paths, folder), strict=True):
        every = [(sheet, cell.coordinate, cell.value) for sheet, cells in _formulas(path).items() for cell in cells]
        count += len(every)
        different += list(_different(path.name, every, shown_in(path), found))
    return Compared(count, different)


def _different(file: str, every: list[tuple[str, str, str]], stored: Values, found: Values) -> Iterator[Difference]:
    for sheet, address, formula in every:
        ours, theirs = stored[sheet].get(address), found[sheet].get(address)
        if not _same(ours, theirs):
            yield Difference(file, sheet, address, formula, ours, theirs)


def _same(ours: Any, theirs: Any) -> bool:
    """Equal as a spreadsheet holds it: numbers to twelve digits, a blank text as nothing, a truth as no number."""
    if ours in (None, "") and not isinstance(ours, bool | int | float):
        return theirs is None or theirs == ""
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return bool(abs(ours - theirs) <= 1e-12 * max(1, abs(ours)))
    return bool(ours == theirs)
