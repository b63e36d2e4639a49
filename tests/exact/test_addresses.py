"""A1 addresses, against openpyxl's."""

import pytest
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries

from minsheng_xl.exact.addresses import (
    Area,
    Place,
    area_meant,
    area_name,
    cell_name,
    column_letters,
    column_number,
    parse_area,
    parse_cell,
)


def test_columns_have_the_letters_that_openpyxl_gives_them() -> None:
    for column in (*range(800), 16_383):
        letters = get_column_letter(column + 1)
        assert column_letters(column) == letters
        assert column_number(letters) == column


@pytest.mark.parametrize("name", ["A1", "H7", "Z26", "AA27", "XFD1048576"])
def test_a_cell_is_named_and_read_back(name: str) -> None:
    row, column = coordinate_to_tuple(name)
    assert cell_name((row - 1, column - 1)) == name
    assert parse_cell(name) == (row - 1, column - 1)


@pytest.mark.parametrize("name", ["A1:C5", "B2:B2", "Z9:AB10"])
def test_an_area_is_named_and_read_back(name: str) -> None:
    left, top, right, bottom = range_boundaries(name)
    assert None not in (left, top, right, bottom)
    area = Area(top - 1, left - 1, bottom - 1, right - 1)  # type: ignore[operator]
    assert parse_area(name) == area
    assert area_name(*area) == name
    assert parse_area(area_name(*area, fixed=True)) == area


def test_dollars_stand_before_column_and_row() -> None:
    assert area_name(0, 0, 4, 2, fixed=True) == "$A$1:$C$5"
    assert parse_cell("$H$7") == (6, 7)


def test_a_cell_is_an_area_of_one() -> None:
    assert parse_area("D4") == Area(3, 3, 3, 3)


def test_an_area_holds_its_cells_and_no_others() -> None:
    area = parse_area("B2:C3")
    assert list(area.places()) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    around = {(row, column) for row in range(5) for column in range(5) if area.holds(row, column)}
    assert around == set(area.places())


@pytest.mark.parametrize("name", ["", "1", "A", "a1", "A1:", ":A1", "A1:B", "A１", "ZZZ1", "A1 ", "A1:B2:C3", "ÀA1"])
def test_what_is_no_address_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        parse_area(name)


@pytest.mark.parametrize(
    ("reference", "area"),
    [
        ("G8", "G8:G8"), ("g8", "G8:G8"), ("$G$8", "G8:G8"), ("G9:G8", "G8:G9"), ("g9:G8", "G8:G9"), ("H8:G9", "G8:H9"), ("$h$9:g8", "G8:H9"),
        ("G:G", "G1:G1048576"), ("h:$g", "G1:H1048576"), ("9:8", "A8:XFD9"), ("G8:G9999999", "G8:G1048576"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_reference(reference: str, area: str) -> None:
    assert area_meant(reference) == parse_area(area)


@pytest.mark.parametrize("reference", ["", "$", ":", "G", "8", "G8:", "G8:G", "G8:9", "G0", "G0:G9", "XFE1", "R8C7", "A1:B2:C3", "表!G8", "G8,G9", "#REF!", "G８"])
def test_of_what_a_spreadsheet_makes_nothing(reference: str) -> None:
    assert area_meant(reference) is None


def test_an_area_is_no_cell() -> None:
    with pytest.raises(ValueError):
        parse_cell("A1:B2")


@pytest.mark.parametrize("letters", ["", "XFE", "A1", "é"])
def test_what_is_no_column_is_refused(letters: str) -> None:
    with pytest.raises(ValueError):
        column_number(letters)


@pytest.mark.parametrize(
    ("area", "places"),
    [
        (Area(3, 3, 3, 3), [(3, 3)]), (Area(1, 2, 2, 4), [(1, 2), (1, 3), (1, 4), (2, 2), (2, 3), (2, 4)]), (Area(0, 1, 2, 1), [(0, 1), (1, 1), (2, 1)]),
    ],
)
def test_an_area_has_its_cells(area: Area, places: list[Place]) -> None:
    assert list(area.places()) == places
    assert area.size == len(places)
    assert all(area.holds(*place) for place in places)
    around = [(area.top - 1, area.left), (area.bottom + 1, area.left), (area.top, area.left - 1), (area.top, area.right + 1)]
    assert not any(area.holds(*place) for place in around)
