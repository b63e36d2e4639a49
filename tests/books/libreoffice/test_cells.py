"""Ranges as xlwings asks for them and as LibreOffice has them, by a sheet that only says what it was asked.

That LibreOffice itself answers so is tried in tests/books/live.
"""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from minsheng_xl.books.libreoffice import cells as module
from minsheng_xl.books.libreoffice.cells import CalcRange, box, range_at
from minsheng_xl.books.libreoffice.native import POINT, Box, dated, parts, rgb, typed
from minsheng_xl.books.libreoffice.sheets import CalcSheet


class Native(SimpleNamespace):
    """A range of LibreOffice, by its first column and row and its last."""

    def __init__(self, *corners: int) -> None:
        super().__init__(corners=corners, calls=[], written=[])
        self.Rows = SimpleNamespace(Height=0, IsVisible=True)
        self.Columns = SimpleNamespace(Width=0)
        self.RangeAddress = address(*corners)
        self.CellAddress = SimpleNamespace(column=corners[0], row=corners[1])

    def getCellRangeByPosition(self, *corners: int) -> "Native":
        return Native(*corners)

    def getCellByPosition(self, column: int, row: int) -> "Native":
        return Native(self.corners[0] + column, self.corners[1] + row, self.corners[0] + column, self.corners[1] + row)

    def setDataArray(self, rows: Any) -> None:
        self.written.append(rows)

    setFormulaArray = setDataArray

    def clearContents(self, flags: int) -> None:
        self.calls.append(flags)

    def merge(self, merged: bool) -> None:
        self.calls.append(merged)


def address(left: int, top: int, right: int, bottom: int) -> Any:
    return SimpleNamespace(StartColumn=left, StartRow=top, EndColumn=right, EndRow=bottom, Sheet=2)


@pytest.fixture
def sheet() -> CalcSheet:
    native = Native(0, 0, 16383, 1048575)
    native.Name = "表"
    return CalcSheet(SimpleNamespace(name="总台账.xlsm"), native)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("D4", (4, 4, 1, 1)), ("B2:D3", (2, 2, 2, 3)), ("$A$1:$A$9", (1, 1, 9, 1)), ((3, 2), (3, 2, 1, 1)), ((3, 2, 5, 4), (3, 2, 5, 4)),
    ],
)
def test_a_range_is_a_box(given: Any, expected: Box) -> None:
    assert box(given) == expected


@pytest.mark.parametrize("given", [(0, 1), (1, 0)])
def test_rows_and_columns_count_from_one(given: Any) -> None:
    with pytest.raises(IndexError):
        box(given)


def test_a_range_is_the_same_for_libreoffice(sheet: CalcSheet) -> None:
    """B3:E7: columns 1 to 4 and rows 2 to 6, counted from 0."""
    found = sheet.range("B3:E7")
    assert box(found) == found.coords_of_sheet == (3, 2, 5, 4)
    assert found.native.corners == (1, 2, 4, 6)
    assert found.native is found.native  # asked for once
    assert box(range_at(sheet, address(1, 2, 4, 6))) == (3, 2, 5, 4)
    assert (found.row, found.column, found.shape, len(found), found.coords) == (3, 2, (5, 4), 20, ("表", 3, 2, 5, 4))


@pytest.mark.parametrize(
    ("asked", "cell"), [((1,), (3, 2)), ((4,), (3, 5)), ((5,), (4, 2)), ((20,), (7, 5)), ((1, 1), (3, 2)), ((2, 3), (4, 4)), ((5, 1), (7, 2))],
)
def test_a_cell_of_a_range_is_found_by_its_number_or_place(sheet: CalcSheet, asked: tuple[int, ...], cell: tuple[int, int]) -> None:
    assert sheet.range("B3:E7")(*asked).coords_of_sheet == (*cell, 1, 1)


@pytest.mark.parametrize(
    ("given", "how", "expected"),
    [
        ("B3:E7", (True, True, False), "$B$3:$E$7"), ("B3:E7", (False, True, False), "$B3:$E7"), ("B3:E7", (True, False, False), "B$3:E$7"),
        ("D4", (True, True, False), "$D$4"), ("D4", (False, False, True), "[总台账.xlsm]表!D4"), ("B3:B7", (False, False, False), "B3:B7"),
    ],
)
def test_an_address_is_written_as_excel_does(sheet: CalcSheet, given: str, how: tuple[bool, bool, bool], expected: str) -> None:
    found = sheet.range(given)
    assert found.get_address(*how) == expected
    assert found.address == found.get_address(True, True, False)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("B3", "E7", (3, 2, 5, 4)), ("E7", "B3", (3, 2, 5, 4)), ("B7", "E3", (3, 2, 5, 4)), ("B3:C4", "E7", (3, 2, 5, 4)), ("B3", "B3", (3, 2, 1, 1)),
        ("B3:E4", "C5:D7", (3, 2, 5, 4)),
    ],
)
def test_two_ranges_span_a_third(sheet: CalcSheet, first: str, last: str, expected: Box) -> None:
    assert sheet.range(first, last).coords_of_sheet == expected


def test_all_cells_of_a_sheet(sheet: CalcSheet) -> None:
    sheet.native.RangeAddress = address(0, 0, 1023, 9)
    assert sheet.cells.coords_of_sheet == (1, 1, 10, 1024)
    assert sheet.index == 3  # LibreOffice counts sheets from 0


@pytest.mark.parametrize(
    ("given", "value", "written"),
    [
        ("A1", 3, ((3.0,),)), ("A1:B2", 3, ((3.0, 3.0), (3.0, 3.0))), ("A1:B2", [[1, 2], [3, 4.5]], ((1.0, 2.0), (3.0, 4.5))), ("A1:B1", [1, 2], ((1.0, 2.0),)),
        ("A1:B1", [1, "甲"], (("1", "甲"),)), ("A1", None, (("",),)), ("A1:B1", [True, False], (("=TRUE()", "=FALSE()"),)), ("A1", "=SUM(B1,C1)", (("=SUM(B1;C1)",),)),
    ],
)
def test_values_are_written_as_numbers_or_as_if_typed(sheet: CalcSheet, given: str, value: Any, written: Any) -> None:
    for name in ("raw_value", "formula"):
        found = sheet.range(given)
        setattr(found, name, value)
        assert found.native.written == [written]
        assert {type(one) for row in found.native.written[0] for one in row} <= {float, str}


def test_contents_are_cleared_and_looks_stay(sheet: CalcSheet) -> None:
    """Values, dates, texts and formulas: 1, 2, 4, 16; 8 would be the comments, 32 the formats."""
    found = sheet.range("A1")
    found.clear_contents()
    assert found.native.calls == [23]


def test_ranges_are_merged_and_taken_apart(sheet: CalcSheet) -> None:
    found = sheet.range("A1:B2")
    found.merge(False)
    found.unmerge()
    assert found.native.calls == [True, False]


def test_a_row_is_as_high_as_its_points(sheet: CalcSheet) -> None:
    """72 points are an inch of 2540 hundredths of a millimetre."""
    assert POINT * 72 == 2540
    found = sheet.range("A1")
    found.row_height = 36
    assert found.native.Rows.Height == 1270
    assert found.row_height == pytest.approx(36)


def test_a_column_is_as_wide_as_its_digits(sheet: CalcSheet) -> None:
    """13 digits of seven pixels and five beside them are 96 pixels: an inch."""
    found = sheet.range("A1")
    found.column_width = 13
    assert found.native.Columns.Width == 2540
    assert found.column_width == pytest.approx(13)


@pytest.mark.parametrize(("shown", "hidden"), [([(2, 6)], False), ([], True), ([(2, 3)], None), ([(2, 2), (4, 6)], None), ([(2, 3), (4, 6)], False)])
def test_rows_are_hidden_all_or_some_or_none(sheet: CalcSheet, shown: list[tuple[int, int]], hidden: bool | None) -> None:
    """B3:E7; what is seen of another column does not count."""
    found = sheet.range("B3:E7")
    seen = [*(address(1, top, 4, bottom) for top, bottom in shown), address(3, 0, 3, 9)]
    found.native.queryVisibleCells = lambda: SimpleNamespace(RangeAddresses=seen)
    assert found.row_hidden is hidden
    found.row_hidden = True
    assert found.native.Rows.IsVisible is False


def test_dates_are_told_from_numbers_by_their_place(sheet: CalcSheet) -> None:
    """B3:C4, of which C3 and B4 are dates; the first day is the thirty-first of December 1899."""
    found = sheet.range("B3:C4")
    areas = [address(2, 2, 2, 2), address(1, 3, 1, 3)]
    asked: list[int] = []

    def dates(kind: int) -> Any:
        asked.append(kind)
        return SimpleNamespace(RangeAddresses=areas)

    found.native.queryContentCells = dates
    found.native.getDataArray = lambda: ((5.0, 1.0), (2.5, "x"))
    found.native.getFormulaArray = lambda: (("5", "1"), ("2.5", "x"))
    assert found.raw_value == ((5.0, datetime(1899, 12, 31)), (datetime(1900, 1, 1, 12), "x"))
    areas.clear()
    assert found.raw_value == ((5.0, 1.0), (2.5, "x"))
    assert asked == [2, 2]  # dates and times


@pytest.mark.parametrize(("areas", "expected"), [([], 5.0), ([(1, 2, 1, 2)], datetime(1900, 1, 4))])
def test_one_cell_is_one_value(sheet: CalcSheet, areas: list[tuple[int, int, int, int]], expected: object) -> None:
    found = sheet.range("B3")
    found.native.queryContentCells = lambda kind: SimpleNamespace(RangeAddresses=[address(*one) for one in areas])
    found.native.getDataArray = lambda: ((5.0,),)
    found.native.getFormulaArray = lambda: (("=A1",),)
    assert (found.raw_value, found.formula) == (expected, "=A1")


def test_what_excel_answers_for_blanks_and_errors(sheet: CalcSheet) -> None:
    found = sheet.range("A1:D1")
    found.native.queryContentCells = lambda kind: SimpleNamespace(RangeAddresses=[])
    found.native.getDataArray = lambda: ((None, None, "", ""),)
    found.native.getFormulaArray = lambda: (("=1/0", "", "", '=""'),)
    assert found.raw_value == ((-2146826273, None, None, ""),)
    assert found.formula == (("=1/0", "", "", '=""'),)


@pytest.mark.parametrize(("value", "number"), [((1, 2, 3), 0x010203), ("#FF0102", 0xFF0102), (0x10, 0x10)])
def test_a_colour_is_a_number(sheet: CalcSheet, value: Any, number: int) -> None:
    found = sheet.range("A1")
    found.color = value
    assert (found.native.CellBackColor, rgb(value)) == (number, number)
    assert found.color == parts(number) == (number >> 16, number >> 8 & 255, number & 255)
    found.color = None
    assert (found.native.CellBackColor, found.color) == (-1, None)


def test_black_is_a_colour(sheet: CalcSheet) -> None:
    found = sheet.range("A1")
    found.native.CellBackColor = 0
    assert found.color == (0, 0, 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "=TRUE()"), (2, "2"), (0.5, "0.5"), (datetime(1900, 1, 1, 12), "2.5"), ("=A1,B1", "=A1;B1"), ("甲,乙", "甲,乙")],
)
def test_what_is_typed(value: Any, text: str) -> None:
    assert typed(value) == text


def test_a_date_is_a_number_that_is_shown_so() -> None:
    assert [dated(2.5, True), dated(2.5, False), dated("x", True)] == [datetime(1900, 1, 1, 12), 2.5, "x"]


class Formats:
    """The number formats of a book."""

    def __init__(self, known: int) -> None:
        self.known, self.added = known, []  # type: ignore[var-annotated]

    def queryKey(self, code: str, own: str, scans: bool) -> int:
        assert scans
        return self.known

    def addNew(self, code: str, own: str) -> int:
        self.added.append(code)
        return 99


@pytest.mark.parametrize(("known", "key", "added"), [(-1, 99, ["0.0"]), (0, 0, []), (7, 7, [])])
def test_a_number_format_is_added_once(sheet: CalcSheet, monkeypatch: pytest.MonkeyPatch, known: int, key: int, added: list[str]) -> None:
    formats = Formats(known)
    sheet.book.api = SimpleNamespace(NumberFormats=formats)  # type: ignore[misc]
    monkeypatch.setattr(module, "uno_module", lambda: SimpleNamespace(createUnoStruct=lambda name: "own"))
    found = sheet.range("A1")
    found.number_format = "0.0"
    assert (found.native.NumberFormat, formats.added) == (key, added)


def test_a_range_is_pasted_below_itself_until_the_target_is_full(sheet: CalcSheet) -> None:
    app: Any = SimpleNamespace(clipboard=None)
    sheet.book.app = app  # type: ignore[misc]
    copied: list[tuple[Any, Any]] = []
    sheet.native.copyRange = lambda to, source: copied.append(((to.row, to.column), source.StartRow))
    with pytest.raises(NotImplementedError):
        sheet.range("A1").paste()
    sheet.range("A1:B2").copy()
    assert app.clipboard.coords_of_sheet == (1, 1, 2, 2)
    sheet.range("C5:D8").paste()
    sheet.range("C5").paste("all")
    assert copied == [((4, 2), 0), ((6, 2), 0), ((4, 2), 0)]
    for given in ({"paste": "formats"}, {"operation": 1}, {"skip_blanks": True}, {"transpose": True}):
        with pytest.raises(NotImplementedError):
            sheet.range("A1").paste(**given)


def test_a_copy_with_a_target_is_pasted_there(sheet: CalcSheet) -> None:
    sheet.book.app = SimpleNamespace(clipboard=None)  # type: ignore[misc]
    pasted: list[bool] = []
    target: Any = SimpleNamespace(impl=SimpleNamespace(paste=lambda: pasted.append(True)))
    sheet.range("A1").copy(target)
    assert pasted == [True]


@pytest.mark.parametrize(
    ("merged", "expected"), [((), False), (((2, 1),), True), (((1, 2),), True)],
)
def test_a_range_is_merged_if_any_of_its_cells_is(sheet: CalcSheet, monkeypatch: pytest.MonkeyPatch, merged: tuple[Any, ...], expected: bool) -> None:
    def area(cell: CalcRange) -> CalcRange:
        top, left, *_ = cell.coords_of_sheet
        return CalcRange(sheet, (top, left, 2, 1) if (top, left) in merged else (top, left, 1, 1))

    monkeypatch.setattr(CalcRange, "merge_area", property(area))
    assert sheet.range("A1:B2").merge_cells is expected
