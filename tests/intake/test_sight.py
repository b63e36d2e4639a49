"""Whether a person sees what a cell holds: ink beside ground, size, lines across; what only dresses is seen."""

from fractions import Fraction

import pytest

from minsheng_xl.books.package.read import Colour, Display, Face, Fill, Palette, RawCell
from minsheng_xl.intake.sight import Unseen, unseen

CELL, FIGURE = RawCell("n", "165"), Fraction(165)
WHITE, BLACK, NAVY = Colour("FFFFFFFF"), Colour("FF000000"), Colour("FF1F4E79")


def seen(display: Display, *looks: Display, cell: RawCell = CELL) -> bool:
    return unseen(cell, display, looks, Palette(), FIGURE) is None


@pytest.mark.parametrize("ink", ["FFFFFF", "FEFEFE", "F2F2F2", "E7E6E6", "D9D9D9", "FFFFCC", "CCFFFF", "FFF2CC"])
def test_what_is_as_pale_as_paper_is_not_seen(ink: str) -> None:
    assert not seen(Display("0", face=Face(Colour(ink))))


@pytest.mark.parametrize("ink", ["000000", "595959", "808080", "A6A6A6", "BFBFBF", "FF0000", "0000FF", "00B050", "FFC000", "FFFF00", "00B0F0", "7030A0", "ED7D31", "00FF00"])
def test_the_inks_of_a_palette_are_seen_on_white(ink: str) -> None:
    assert seen(Display("0", face=Face(Colour(ink))))


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("9C0006", "FFC7CE"), ("006100", "C6EFCE"), ("9C5700", "FFEB9C"), ("3F3F76", "FFCC99"), ("FA7D00", "F2F2F2"), ("FFFFFF", "A5A5A5"), ("FFFFFF", "5B9BD5"), ("FFFFFF", "FFC000"), ("FF0000", "FFFF00")],
)
def test_the_cell_styles_of_excel_are_seen(ink: str, ground: str) -> None:
    assert seen(Display("0", face=Face(Colour(ink)), fill=Fill((Colour(ground),))))


@pytest.mark.parametrize(
    ("ink", "ground"), [("000000", "000000"), ("1F2933", "000000"), ("C00000", "C00000"), ("FFFF00", "FFFF66"), ("808080", "7F7F7F"), ("FFFFFF", "FFF2CC"), ("002060", "000000")],
)
def test_ink_on_a_ground_of_its_colour_is_not_seen(ink: str, ground: str) -> None:
    assert not seen(Display("0", face=Face(Colour(ink)), fill=Fill((Colour(ground),))))


def test_the_automatic_colour_is_black() -> None:
    assert seen(Display("0"))
    assert not seen(Display("0", fill=Fill((BLACK,))))
    assert seen(Display("0", face=Face(WHITE), fill=Fill((Colour(),)))), "and the ground that is left to the program too"


def test_dots_are_seen_as_one_grey() -> None:
    assert seen(Display("0", fill=Fill((BLACK, WHITE), 1 / 8)))
    assert not seen(Display("0", face=Face(Colour("FF202020")), fill=Fill((BLACK, WHITE), 15 / 16)))
    assert seen(Display("0", fill=Fill((WHITE, NAVY)))), "of a gradient each colour is looked at"
    assert not seen(Display("0", fill=Fill((WHITE, BLACK))))


@pytest.mark.parametrize(("size", "is_seen"), [(1.0, False), (2.0, False), (4.0, False), (5.0, True), (10.5, True), (None, True)])
def test_signs_too_small_are_not_seen(size: float | None, is_seen: bool) -> None:
    assert seen(Display("0", face=Face(size=size))) is is_seen


def test_why_is_said() -> None:
    found = [
        unseen(CELL, display, (), Palette(), FIGURE)
        for display in (Display("0", face=Face(WHITE)), Display("0", face=Face(size=1.0)), Display("0", face=Face(font="Wingdings 2")), Display("0", crossed=True))
    ]
    said = [(one.rule.code, one.reason) for one in found if isinstance(one, Unseen)]
    assert said == [
        ("figure-unseen", "字的颜色和底色几乎一样"), ("figure-unseen", "字只有1磅大"), ("figure-unseen", "字体Wingdings 2把数字显示成符号"), ("figure-crossed", ""),
    ]


@pytest.mark.parametrize(
    ("code", "is_seen"),
    [("[White]0", False), ("[白色]0", False), ("[Color2]0", False), ("[Color 2]0", False), ("[颜色2]0", False), ("0;[White]0", True), ("[Red]0", True), ("[Color5]0", True), ("[$-804]0", True)],
)
def test_the_colour_of_a_number_format(code: str, is_seen: bool) -> None:
    assert seen(Display(code)) is is_seen
    assert seen(Display(code, fill=Fill((NAVY,)), face=Face(WHITE))), "on dark blue white is read, and red is"


def test_a_part_of_a_text_that_is_not_seen() -> None:
    assert not seen(Display("0"), cell=RawCell("s", "165", faces=(None, Face(WHITE))))
    assert seen(Display("0"), cell=RawCell("s", "165", faces=(None, Face(Colour("FFC00000")))))
    assert not seen(Display("0", face=Face(WHITE)), cell=RawCell("s", "165", faces=(None, Face(BLACK))))
    assert seen(Display("0", face=Face(WHITE)), cell=RawCell("s", "165", faces=(Face(BLACK),))), "the face of the style is of no sign"


def look(ink: Colour | None = None, ground: Colour | None = None) -> Display:
    return Display("", face=Face(ink), fill=None if ground is None else Fill((ground,)))


@pytest.mark.parametrize(
    ("looks", "is_seen"),
    [
        ([look(WHITE)], False), ([look(ground=BLACK)], False), ([look(WHITE, NAVY)], True), ([look(NAVY)], True), ([look(ground=Colour("FFFFC7CE"))], True),
        ([look(NAVY), look(ground=NAVY)], False), ([look(WHITE, NAVY), look(ground=BLACK)], False), ([look(WHITE, NAVY), look(Colour("FF006100"), Colour("FFC6EFCE"))], True),
        ([look()], True), ([Display("", face=Face(size=1.0))], False), ([Display("", crossed=True)], False),
    ],
)
def test_what_conditions_may_make_of_a_cell(looks: list[Display], is_seen: bool) -> None:
    assert seen(Display("0"), *looks) is is_seen
