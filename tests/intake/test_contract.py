"""What stands otherwise than issued is said once for all places of a kind, and touches nothing that is read."""

import pytest

from minsheng_xl.books.package.read import Area, Frame, RawCell, RawSheet
from minsheng_xl.exact.addresses import Place
from minsheng_xl.intake.contract import remarks, swallowed
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import IssuedForm, Placement, locate, says_the_same
from minsheng_xl.problems import Severity
from tests.intake.pages import FIRST, NUMBERS, SECOND, issued, layout, moved, number, page, sheet, text

Said = list[tuple[str, str, str]]


def said(came_back: RawSheet) -> Said:
    """Code, cell and what was seen, of each remark on a page that came back."""
    found = locate(issued(), came_back)
    assert isinstance(found, Placement)
    return [(one.code, one.cell, one.seen) for one in remarks(page(came_back, placement=found))]


def test_what_came_back_as_it_went_out_is_not_remarked_upon() -> None:
    assert said(sheet({FIRST: number("106"), SECOND: number("7"), (4, 1): text("已开工")})) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({(0, 0): text("县妇联填报表")}, ("locked-changed", "A1", "A1")),
        ({(0, 0): None}, ("locked-changed", "A1", "A1")),
        ({(2, 3): number("1310")}, ("previous-changed", "D3", "D3")),
        ({(2, 3): text("26,801")}, ("previous-changed", "D3", "D3")),
        ({(2, 3): text("2,6800")}, ("previous-changed", "D3", "D3")),
        ({(2, 3): number("26800.000001")}, ("previous-changed", "D3", "D3")),
        ({(3, 3): number("13400")}, ("formula-overwritten", "D4", "D4")),
        ({(3, 3): None}, ("formula-overwritten", "D4", "D4")),
        ({(3, 3): RawCell("n", "13400", "D3/3")}, ("formula-overwritten", "D4", "D4")),
        ({(8, 5): text("草稿")}, ("outside-cells", "F9", "F9：草稿")),
        ({(8, 5): text("草稿"), (7, 6): text("字" * 40)}, ("outside-cells", "G8", "G8：" + "字" * 30)),
    ],
)
def test_a_change_outside_the_input_cells(changes: dict[Place, RawCell | None], expected: tuple[str, str, str]) -> None:
    assert said(sheet(changes)) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {(0, 0): text(" 县残联 填报表")},
        {(2, 3): number("2.68E4")},
        {(2, 4): number("556")},  # the denominator has a rule of its own
        {(3, 3): RawCell("n", "13400", "$D$3 / 2")},
        {(3, 3): RawCell("n", "1", "")},  # a shared formula, whose text another cell keeps
        {(8, 5): text("  ")},
        {(2, 3): text("26,800")},
        {(2, 3): text(" ２６，８００ ")},
        {(2, 3): number("26800.0000000001")},  # fifteen digits of it are the same
        {(2, 3): text("2680000%")},
    ],
)
def test_what_programs_write_differently_is_no_change(changes: dict[Place, RawCell | None]) -> None:
    assert said(sheet(changes)) == []


@pytest.mark.parametrize(
    ("was", "now", "is_same"),
    [
        ("0.6385135135135135", "0.638513513513514", True), ("0.6385135135135135", "0.638513513513513500021", True), ("0.6385135135135135", "63.9%", True),
        ("0.6385135135135135", "63.85%", True), ("0.6385135135135135", "64%", True), ("0.6385135135135135", "63.8%", False), ("0.6385135135135135", "0.639", False),
        ("0.6385135135135135", "0.63851351351361", False), ("15000", "15,000", True), ("15000", "15000%", False), ("15000", "一万五千", False), ("持证", "持证率", False),
        ("0", "0%", True), ("0", "", False), ("0.6", "60%", True), ("60%", "0.6", True), ("1", "100%", True),
    ],
)
def test_what_says_the_same(was: str, now: str, is_same: bool) -> None:
    assert says_the_same(now, was) is is_same


@pytest.mark.parametrize(
    ("now", "said_of_it"),
    [
        ("MIN(ROUND(D3/2,3),0.998999999999999999979)", False), ("MIN(ROUND(D3/2,3), .999000000000000000)", False), ("MIN(ROUND(D3/2,3),0.999)", False),
        ("MIN(ROUND(D3/2,3),0.998)", True), ("MIN(ROUND(D3/2,3),0.998000000000000000021)", True), ("MIN(ROUND(D3/2,3),9.99)", True), ("MIN(ROUND(D3/3,3),0.999)", True),
    ],
)
def test_a_constant_in_a_formula_may_have_more_digits(now: str, said_of_it: bool) -> None:
    one = issued()
    one.sheet.cells[3, 3] = RawCell("n", "13400", "MIN(ROUND(D3/2,3),0.999)")
    came_back = Page(one, sheet({(3, 3): RawCell("n", "13400", now)}), Placement({}, {}))
    assert bool(list(remarks(came_back))) is said_of_it


def test_three_places_are_named_and_the_others_counted() -> None:
    three: dict[Place, RawCell | None] = {(6, column): text("改") for column in range(3)}
    assert said(sheet(three)) == [("locked-changed", "A7", "A7、B7、C7")]
    assert said(sheet(three | {(6, 3): text("改")})) == [("locked-changed", "A7", "A7、B7、C7等4处")]


def test_each_rule_speaks_for_its_own_places() -> None:
    changes = {(0, 0): text("别的"), (2, 3): number("1"), (3, 3): number("1")}
    assert [code for code, _, _ in said(sheet(changes))] == ["locked-changed", "previous-changed", "formula-overwritten"]


def test_every_remark_is_only_a_remark() -> None:
    changed = sheet({(0, 0): None, (2, 3): None, (3, 3): None, (8, 5): text("草稿")}, Frame())
    changed.hidden_rows = {2}
    found = list(remarks(page(changed)))
    assert [one.severity for one in found] == [Severity.NOTE] * 6
    assert {one.sheet for one in found} == {"填报表"}


def test_rows_that_were_hidden() -> None:
    hidden = sheet({})
    hidden.hidden_rows = {0, 2, 3}
    assert said(hidden) == [("rows-hidden", "C3", "C3、C4")]
    hidden.hidden_rows = {0, 6}
    assert said(hidden) == [], "no input stands there"


def test_columns_that_were_hidden_afterwards() -> None:
    columns = Frame(validated=NUMBERS, hidden_columns=frozenset({2}))
    assert said(sheet({}, columns)) == [("rows-hidden", "C3", "C3、C4")]
    as_issued = IssuedForm(layout(), sheet({}, columns))
    assert list(remarks(Page(as_issued, sheet({}, columns), Placement({}, {})))) == [], "so it went out"


def test_a_page_that_was_hidden() -> None:
    hidden = sheet({})
    hidden.hidden = True
    assert said(hidden) == [("rows-hidden", "A1", "整页被隐藏")]


def test_cells_that_take_anything_afterwards() -> None:
    assert said(sheet({}, Frame())) == [("validation-gone", "C3", "C3、C4")]
    assert said(sheet({}, Frame(validated=(Area(2, 2, 2, 2),)))) == [("validation-gone", "C4", "C4")]
    assert said(sheet({}, Frame(validated=(Area(0, 0, 9, 9),)))) == []


def test_rows_that_moved_are_said_and_nothing_else_is() -> None:
    down = moved({row: row + 1 for row in range(2, 7)})
    down.frame = Frame(validated=(Area(3, 2, 4, 2),))
    assert said(down) == [("rows-moved", "C4", "C3 → C4")]


def test_a_formula_that_moved_may_read_otherwise() -> None:
    down = moved({row: row + 1 for row in range(2, 7)})
    down.frame = Frame(validated=(Area(3, 2, 4, 2),))
    down.cells[4, 3] = RawCell("n", "13400", "D4/2")
    assert [code for code, _, _ in said(down)] == ["rows-moved"]
    down.cells[4, 3] = number("13400")
    assert [code for code, _, _ in said(down)] == ["rows-moved", "formula-overwritten"]


@pytest.mark.parametrize(
    ("merges", "expected"),
    [
        ((), []),
        ((Area(2, 2, 3, 2),), [FIRST, SECOND]),
        ((Area(2, 2, 2, 3),), [FIRST]),
        ((Area(2, 1, 2, 2),), [FIRST]),
        ((Area(2, 0, 2, 1), Area(6, 0, 6, 3)), []),
    ],
)
def test_input_cells_that_a_merge_took(merges: tuple[Area, ...], expected: list[Place]) -> None:
    assert swallowed(page(sheet({}, Frame(merges=merges)))) == expected


def test_the_blocks_of_the_form_take_nothing() -> None:
    block = Frame(merges=(Area(4, 1, 4, 3),))
    as_issued = IssuedForm(layout(), sheet({}, block))
    assert swallowed(Page(as_issued, sheet({}, block), Placement({}, {}))) == []
    higher = Frame(merges=(Area(4, 1, 5, 3),))
    assert swallowed(Page(as_issued, sheet({}, higher), Placement({}, {}))) == [(4, 1), (5, 1)]
    wider = sheet({}, Frame(merges=(Area(4, 1, 4, 4),)))
    assert swallowed(Page(as_issued, wider, Placement({}, {}))) == [(4, 1)]
    assert swallowed(Page(as_issued, wider, Placement({}, {3: 4}))) == [], "a column was put into the block"
