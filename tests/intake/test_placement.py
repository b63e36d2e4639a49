"""A form is found by its anchors wherever it stands, or nothing is read and it is said which anchor is missed."""

import pytest

from minsheng_xl.books.package.read import RawCell, RawSheet
from minsheng_xl.exact.addresses import Place
from minsheng_xl.intake.placement import Placement, locate, same_text
from minsheng_xl.problems import Problem
from tests.intake.pages import AS_ISSUED, FIRST, SECOND, issued, moved, number, sheet, text


def placed(came_back: RawSheet) -> Placement:
    found = locate(issued(), came_back)
    assert isinstance(found, Placement)
    return found


def missed(came_back: RawSheet) -> tuple[str, str, str, str]:
    """Code, cell, what was seen and what was expected."""
    found = locate(issued(), came_back)
    assert isinstance(found, Problem)
    return found.code, found.cell, found.seen, found.expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1310", "1310.0", True), ("1.31E3", "1310", True), ("1310", "1311", False),
        ("本期 累计", "本期\n累计", True), ("本期累计", "上期累计", False), ("", "0", False),
    ],
)
def test_texts_are_compared_without_white_space_and_numbers_as_numbers(one: str, other: str, same: bool) -> None:
    assert (same_text(one) == same_text(other)) is same


def test_where_nothing_moved() -> None:
    found = placed(sheet({FIRST: number("106"), (9, 6): text("草稿")}))
    assert (found.moved, found.at(FIRST), found.at((0, 0))) == (False, FIRST, (0, 0))


def test_a_row_put_in_above() -> None:
    found = placed(moved({row: row + 2 for row in range(1, 7)}))
    assert (found.moved, found.at(FIRST), found.at((5, 1))) == (True, (4, 2), (7, 1))


def test_rows_of_a_table_in_another_order() -> None:
    found = placed(moved({2: 3, 3: 2}))
    assert (found.at(FIRST), found.at(SECOND)) == (SECOND, FIRST)


def test_a_column_put_in() -> None:
    found = placed(moved({}, {column: column + 1 for column in range(1, 5)}))
    assert (found.at(FIRST), found.at((4, 1)), found.at((2, 0))) == ((2, 3), (4, 2), (2, 0))


def test_a_row_without_anchors_follows_the_one_above() -> None:
    found = placed(moved({row: row + 1 for row in range(5, 7)}))
    assert (found.at((4, 1)), found.at((6, 0))) == ((4, 1), (7, 0))


def test_labels_that_recur_keep_their_order() -> None:
    found = placed(moved({row: row + 3 for row in range(4, 7)}))
    assert (found.at((4, 1)), found.at((5, 1))) == ((7, 1), (8, 1))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({(1, 2): None}, ("return-structure", "D2", "上期累计", "本期累计")),
        ({(1, 2): text("本月累计")}, ("return-structure", "D2", "上期累计", "本期累计")),
        ({(1, 4): None}, ("return-structure", "E2", "", "分母")),
        ({(2, 0): text("1-3")}, ("return-structure", "A3", "1-3", "1-1")),
        ({(3, 1): text("取证")}, ("return-structure", "B4", "取证", "持证")),
    ],
)
def test_which_anchor_is_missed(changes: dict[Place, RawCell | None], expected: tuple[str, str, str, str]) -> None:
    assert missed(sheet(changes)) == expected


@pytest.mark.parametrize("place", [(4, 0), (5, 0)])
def test_of_labels_that_recur_none_may_be_missing(place: Place) -> None:
    code, _, _, expected = missed(sheet({place: text("进度")}))
    assert (code, expected) == ("return-structure", "进展")


def test_a_whole_row_that_is_gone_is_missed_where_it_should_follow() -> None:
    gone = RawSheet("填报表", {place: cell for place, cell in AS_ISSUED.items() if place[0] != 3})
    assert missed(gone) == ("return-structure", "A4", "", "1-2")


def test_columns_that_changed_places_are_not_guessed_at() -> None:
    assert missed(moved({}, {2: 3, 3: 2}))[0] == "return-structure"


def copied(row: int, to: int, beside: int = 0) -> dict[Place, RawCell | None]:
    """A row once more, at another place."""
    return {(to, column + beside): cell for (at, column), cell in AS_ISSUED.items() if at == row}


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        (copied(2, 9), "A10"),  # below the form
        (copied(2, 2, beside=6), "A3"),  # beside it
        (copied(1, 9) | {(2, 0): None}, "A10"),  # the head, where the anchors must be sought
        (copied(2, 9) | {(0, 0): None, (4, 0): None, (8, 0): text("进展")}, "A10"),
    ],
)
def test_a_row_that_stands_twice(changes: dict[Place, RawCell | None], cell: str) -> None:
    assert missed(sheet(changes))[:2] == ("anchor-twice", cell)


def test_a_label_that_stands_once_too_often() -> None:
    assert missed(sheet({(2, 1): None, (2, 0): text("进展")}))[0] == "return-structure"
    down = moved({row: row + 1 for row in range(2, 7)})
    down.cells[9, 0] = text("进展")
    assert missed(down)[:2] == ("anchor-twice", "A10")


def test_a_part_of_a_row_beside_the_form_is_no_second_row() -> None:
    assert not placed(sheet({(2, 6): text("1-1")})).moved
