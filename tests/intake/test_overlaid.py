"""What lies over a figure, beside it or around it, and what passes for a seal."""

from fractions import Fraction

import pytest

from minsheng_xl.accounts.values import Doubt
from minsheng_xl.books.package.drawings import Drawn, DrawnKind
from minsheng_xl.books.package.grid import CENTIMETRE, Rectangle, grid_of
from minsheng_xl.books.package.overlay import Overlay
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Input
from minsheng_xl.intake.overlaid import hold_what_is_covered, shows_a_picture
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import Placement
from minsheng_xl.intake.reading import Answers
from minsheng_xl.problems import Severity
from tests.intake.pages import issued, sheet
from tests.makers import figure

GRID = grid_of(
    b'<worksheet><cols><col min="1" max="5" width="10"/></cols><sheetData><row r="1" ht="20"/><row r="2" ht="20"/>'
    b'<row r="3" ht="20"/><row r="4" ht="20"/></sheetData></worksheet>'
)
HIGH, WIDE = 20 * 12_700, 10 * 7.5 * 9525
"""A row, and a column."""
CELL = Rectangle(2 * WIDE, 2 * HIGH, 3 * WIDE, 3 * HIGH)
"""The first of two figures, one above the other."""


def drawn(kind: DrawnKind, box: Rectangle, text: str = "", slope: int = 0) -> Drawn:
    return Drawn(kind, box, box.width, box.height, text, slope)


def left(*over: Drawn, blank: bool = False, is_whole: bool = True) -> Answers:
    """What is left of two figures under these things."""
    answers = Answers()
    answers.figures |= {figure("1-1"): Fraction(106), figure("1-2"): Fraction(7)}
    if blank:
        del answers.figures[figure("1-1")]
    hold_what_is_covered(Page(issued(), sheet({}), Placement({}, {})), answers, Overlay(GRID, over, is_whole=is_whole))
    return answers


def held(*over: Drawn, blank: bool = False) -> list[str]:
    """The codes of the figures that are held."""
    return [key.of for key, found in left(*over, blank=blank).figures.items() if isinstance(found, Doubt)]


def part(right: float, down: float) -> Rectangle:
    """A box that ends that far into the first figure's cell, as a share of it."""
    return Rectangle(0, 0, (2 + right) * WIDE, (2 + down) * HIGH)


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        (drawn(DrawnKind.SHAPE, CELL), ["1-1"]),
        (drawn(DrawnKind.SHAPE, part(0.1, 0.5)), []),
        (drawn(DrawnKind.SHAPE, part(0.5, 0.1)), []),
        (drawn(DrawnKind.SHAPE, part(0.2, 0.2)), ["1-1"]),
        (drawn(DrawnKind.SHAPE, part(0.5, 1.5)), ["1-1", "1-2"]),
        (drawn(DrawnKind.OUTLINE, CELL), []),
        (drawn(DrawnKind.OUTLINE, Rectangle(2 * WIDE, 2.5 * HIGH, 3 * WIDE, 2.5 * HIGH + 10_000)), ["1-1"]),
        (drawn(DrawnKind.LINE, Rectangle(2 * WIDE, 2.5 * HIGH, 3 * WIDE, 2.5 * HIGH), slope=1), ["1-1"]),
        (drawn(DrawnKind.LINE, Rectangle(2 * WIDE, 2.95 * HIGH, 3 * WIDE, 2.95 * HIGH), slope=1), []),
        (drawn(DrawnKind.LINE, Rectangle(2.5 * WIDE, 0, 2.5 * WIDE, 9 * HIGH), slope=1), ["1-1", "1-2"]),
        (drawn(DrawnKind.LINE, Rectangle(0, 0, 5 * WIDE, 5 * HIGH), slope=1), ["1-1"]),
        (drawn(DrawnKind.LINE, Rectangle(0, 0, 5 * WIDE, 5 * HIGH), slope=-1), ["1-1"]),
        (drawn(DrawnKind.LINE, Rectangle(0, HIGH, 5 * WIDE, 6 * HIGH), slope=1), ["1-2"]),
        (drawn(DrawnKind.LINE, Rectangle(0, HIGH, 5 * WIDE, 6 * HIGH)), ["1-1", "1-2"]),
    ],
)
def test_a_thing_holds_the_figures_that_it_lies_over(over: Drawn, expected: list[str]) -> None:
    assert held(over) == expected


def centred(wide: float, high: float) -> Rectangle:
    """A box of so many centimetres whose middle is that of the first figure."""
    across, down = wide * CENTIMETRE / 2, high * CENTIMETRE / 2
    middle, centre = 2.5 * WIDE, 2.5 * HIGH
    return Rectangle(middle - across, centre - down, middle + across, centre + down)


@pytest.mark.parametrize(("wide", "high"), [(3, 3), (4.2, 4.2), (6, 6), (4.6, 4), (4, 5), (2.8, 2.8)])
@pytest.mark.parametrize("kind", [DrawnKind.PICTURE, DrawnKind.OBJECT])
def test_a_seal_is_a_hint(kind: DrawnKind, wide: float, high: float) -> None:
    answers = left(drawn(kind, centred(wide, high)))
    assert set(answers.figures.values()) == {Fraction(106), Fraction(7)}
    assert [(one.code, one.cell, one.seen) for one in answers.problems] == [("seal-over-figures", "C3", "C3、C4")]


@pytest.mark.parametrize(
    "over",
    [
        drawn(DrawnKind.PICTURE, centred(2.4, 2.4)), drawn(DrawnKind.PICTURE, centred(7, 7)), drawn(DrawnKind.PICTURE, centred(6, 4)),
        drawn(DrawnKind.PICTURE, centred(3, 5)), drawn(DrawnKind.SHAPE, centred(4, 4)), drawn(DrawnKind.GROUP, centred(4, 4)), drawn(DrawnKind.TEXT, centred(4, 4), "公章"),
    ],
)
def test_what_is_no_seal_holds(over: Drawn) -> None:
    assert held(over) == ["1-1", "1-2"]


def test_what_is_seen_is_told() -> None:
    answers = left(drawn(DrawnKind.TEXT, CELL, "170\n张"))
    assert answers.figures[figure("1-1")] == Doubt("106")
    assert [(one.cell, one.key, one.message) for one in answers.problems] == [("C3", figure("1-1"), "格上盖着文本框“170 张”，看到的可能不是格里的数")]


def test_over_a_blank_only_what_may_say_a_figure_counts() -> None:
    assert held(drawn(DrawnKind.LINE, CELL), blank=True) == []
    assert held(drawn(DrawnKind.SHAPE, CELL), blank=True) == []
    assert left(drawn(DrawnKind.TEXT, CELL, "170"), blank=True).figures[figure("1-1")] == Doubt("170（文本框）")
    assert left(drawn(DrawnKind.PICTURE, CELL), blank=True).figures[figure("1-1")] == Doubt("空（图片）")


def test_what_cannot_be_read_may_lie_over_anything() -> None:
    answers = left(is_whole=False)
    assert set(answers.figures.values()) == {Doubt("106"), Doubt("7")}
    assert [one.code for one in answers.problems] == ["drawings-unread"]


def test_a_picture_over_the_places_of_figures() -> None:
    page = Page(issued(), sheet({}), Placement({}, {}))
    assert shows_a_picture(page, Overlay(GRID, (drawn(DrawnKind.PICTURE, CELL),)))
    assert not shows_a_picture(page, Overlay(GRID, (drawn(DrawnKind.PICTURE, Rectangle(0, 0, WIDE, HIGH)),)))
    assert not shows_a_picture(page, Overlay(GRID, (drawn(DrawnKind.LINE, CELL),)))
    below = Rectangle(0, 90 * HIGH, 12 * CENTIMETRE, 90 * HIGH + 9 * CENTIMETRE)
    assert shows_a_picture(page, Overlay(GRID, (drawn(DrawnKind.PICTURE, below),)))


def test_words_without_a_figure_beside_a_picture() -> None:
    answers = Answers()
    below = Rectangle(0, 90 * HIGH, 12 * CENTIMETRE, 90 * HIGH + 9 * CENTIMETRE)
    page = Page(issued(), sheet({}), Placement({}, {}))
    hold_what_is_covered(page, answers, Overlay(GRID, (drawn(DrawnKind.PICTURE, below),)))
    assert [(one.code, one.severity) for one in answers.problems] == [("picture-not-read", Severity.NOTE)]
    answers = left(drawn(DrawnKind.PICTURE, below))
    assert answers.problems == []


def test_what_lies_over_a_chosen_word_holds_the_figure_for_which_it_stands() -> None:
    chosen, over = figure("1-1", "choice"), drawn(DrawnKind.SHAPE, Rectangle(5 * WIDE, 2 * HIGH, 6 * WIDE, 3 * HIGH))
    page, answers = Page(issued(), sheet({}), Placement({}, {})), Answers()
    page.issued.form.put(2, 5, None, look.BODY, key=chosen, input=Input("choice"))
    answers.figures |= {figure("1-1"): Fraction(106), figure("1-2"): Fraction(7)}
    answers.words[chosen] = "与上期相同"
    hold_what_is_covered(page, answers, Overlay(GRID, (over,), is_whole=True))
    assert [key.of for key, one in answers.figures.items() if isinstance(one, Doubt)] == ["1-1"]
    assert [problem.cell for problem in answers.problems] == ["F3"]
