"""What has to change on a sheet for one state of it to become the next."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from minsheng_xl.exact.expressions import expr
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import look
from minsheng_xl.forms.edits import NOTHING, CellEdit, SheetEdits, States, Stored, content_of, texts_by_row
from minsheng_xl.forms.layout import Book, Input, Lights, Print, Sheet

A, B = Key("a", "1", "x"), Key("a", "2", "x")
Change = Callable[[Sheet], Any]


def state(change: Change = lambda sheet: None) -> Book:
    """A small sheet: a head, a figure, twice that figure, an input."""
    sheet = Sheet("s", "甲", widths=[10, 10, 10])
    sheet.put(0, 0, "题", look.TITLE, across=3)
    sheet.put(1, 0, Fraction(5), look.BODY_CENTER, key=A)
    sheet.put(1, 1, sheet.ref(A) * 2, look.BODY_CENTER, key=B)
    sheet.put(2, 0, None, look.INPUT, key=Key("a", "3", "x"), input=Input("words"))
    sheet.heights = {0: 20, 1: 30}
    change(sheet)
    return Book([sheet], {})


def edits(change: Change, before: Change = lambda sheet: None) -> SheetEdits:
    (found,) = States(state(before), state(change)).edits()
    return found


def test_equal_states_need_no_edit() -> None:
    assert edits(lambda sheet: None).is_empty
    book = state()
    (found,) = States(book, book).edits()
    assert found.is_empty


def test_columns_that_are_new_or_wider_are_told_with_what_they_were() -> None:
    def widen(sheet: Sheet) -> None:
        sheet.widths = [10, 14, 10, 24]

    found = edits(widen)
    assert (found.widths, found.is_empty) == ({1: (10, 14), 3: (None, 24)}, False)
    assert edits(lambda sheet: None, widen).widths == {1: (14, 10)}  # a column that is gone keeps its width


def test_a_figure_changes_and_with_it_what_is_reckoned_from_it() -> None:
    found = edits(lambda sheet: sheet.put(1, 0, Fraction(6), look.BODY_CENTER, key=A))
    assert {place: (one.was, one.now, one.style) for place, one in found.cells.items()} == {
        (1, 0): (Stored(None, Fraction(5)), Stored(None, Fraction(6)), None),
        (1, 1): (Stored("A2*2", Fraction(10)), Stored("A2*2", Fraction(12)), None),
    }


def test_a_formula_follows_its_cell_that_moved() -> None:
    def move(sheet: Sheet) -> None:
        del sheet.cells[1, 0]
        sheet.put(3, 0, Fraction(5), look.BODY_CENTER, key=A)

    found = edits(move)
    assert found.cells[1, 0].now == NOTHING
    assert found.cells[1, 0].cell is None
    assert found.cells[3, 0].was is None
    assert (found.cells[1, 1].was, found.cells[1, 1].now) == (Stored("A2*2", Fraction(10)), Stored("A4*2", Fraction(10)))
    assert found.print_area == ("$A$1:$C$3", "$A$1:$C$4")


def test_a_style_alone_is_an_edit() -> None:
    found = edits(lambda sheet: sheet.put(1, 0, Fraction(5), look.BODY_WRAP, key=A))
    assert found.cells == {
        (1, 0): CellEdit(Stored(None, Fraction(5)), Stored(None, Fraction(5)), look.BODY_WRAP, found.sheet.cells[1, 0], False)
    }


def test_what_stands_in_an_input_gives_way() -> None:
    found = edits(lambda sheet: sheet.put(2, 0, "固定", look.INPUT))
    assert found.cells[2, 0].is_input
    assert not edits(lambda sheet: sheet.put(1, 0, Fraction(6), look.BODY_CENTER, key=A)).cells[1, 0].is_input


def test_a_block_is_merged_otherwise() -> None:
    found = edits(lambda sheet: sheet.put(0, 0, "题", look.TITLE, across=2))
    assert (found.unmerged, found.merged) == ({"A1:C1"}, {"A1:B1"})
    assert edits(lambda sheet: None, lambda sheet: sheet.put(0, 0, "题", look.TITLE)).merged == {"A1:C1"}


def test_an_input_accepts_something_else() -> None:
    key = Key("a", "3", "x")
    found = edits(lambda sheet: sheet.put(2, 0, None, look.INPUT, key=key, input=Input("number")))
    assert [(cell.row, cell.column) for cell in found.validated] == [(2, 0)]


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        (lambda s: s.heights.update({1: 44}), "heights", {1: (30, 44)}),
        (lambda s: s.hidden_rows.add(2), "hidden", {2: True}),
        (lambda s: setattr(s, "print", Print(head_rows=(1, 2))), "print_titles", ("", "$2:$3")),
        (lambda s: setattr(s, "print", Print(breaks=(2,))), "breaks", ((), (2,))),
        (lambda s: s.put(1, 0, Fraction(5), look.BODY_CENTER, key=A, link="乙"), "linked", {(1, 0): "乙"}),
    ],
)
def test_each_thing_that_differs_is_told(change: Change, field: str, expected: object) -> None:
    found = edits(change)
    assert getattr(found, field) == expected
    assert not found.is_empty


def test_a_hidden_row_is_shown_again_and_a_link_taken_away() -> None:
    found = edits(lambda sheet: None, lambda sheet: sheet.hidden_rows.add(2))
    assert found.hidden == {2: False}
    linked = edits(lambda s: None, lambda s: s.put(1, 0, Fraction(5), look.BODY_CENTER, key=A, link="乙"))
    assert linked.unlinked == {(1, 0)}


def test_tables_and_colours_grow() -> None:
    def before(sheet: Sheet) -> None:
        sheet.tables, sheet.lights = [(1, 0, 2, 2, "表")], [Lights((1, 0), (2, 0), ())]

    def after(sheet: Sheet) -> None:
        sheet.tables, sheet.lights = [(1, 0, 5, 2, "表"), (7, 0, 8, 2, "新")], [Lights((1, 0), (5, 0), ())]

    found = edits(after, before)
    assert found.tables == {"表": ("A2:C3", "A2:C6")}
    assert found.lights == (("A2:A3", "A2:A6"),)


def test_a_cell_as_a_file_keeps_it() -> None:
    def put(sheet: Sheet) -> None:
        sheet.put(4, 0, "", look.PLAIN)
        sheet.put(4, 1, expr(1).equals(2), look.PLAIN)

    book = state(put)
    (sheet,) = book.sheets
    assert content_of(book, sheet, sheet.cells[4, 0]) == NOTHING
    assert content_of(book, sheet, sheet.cells[4, 1]) == Stored("1=2", False)
    assert content_of(book, sheet, sheet.cells[1, 1]) == Stored("A2*2", Fraction(10))


def test_a_sheet_is_recognised_by_its_own_texts() -> None:
    def put(sheet: Sheet) -> None:
        sheet.put(2, 1, "注", look.PLAIN)
        sheet.put(2, 2, " ", look.PLAIN)

    book = state(put)
    assert texts_by_row(book, book.sheets[0]) == {0: [(0, "题")], 2: [(1, "注")]}
