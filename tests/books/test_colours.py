"""Colours as they are written, and what they are on the screen."""

from xml.etree import ElementTree

import pytest

from minsheng_xl.books.package.colours import BLACK, RGB, WHITE, Colour, Palette, colour_of, office_theme, theme_colours

GREY, BLUE = (128, 128, 128), (0, 0, 255)
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.mark.parametrize(
    ("element", "colour"),
    [
        ('<color rgb="FF0000FF"/>', Colour("FF0000FF")), ('<color theme="4" tint="-0.25"/>', Colour(theme=4, tint=-0.25)),
        ('<color indexed="9"/>', Colour(indexed=9)), ('<color auto="1"/>', Colour()), ('<color theme="x" tint="much"/>', Colour()),
    ],
)
def test_a_colour_as_it_is_written(element: str, colour: Colour) -> None:
    assert colour_of(ElementTree.fromstring(element)) == colour
    assert colour_of(None) is None


@pytest.mark.parametrize(
    ("colour", "screen"),
    [
        (None, GREY), (Colour(), GREY), (Colour("blue"), GREY), (Colour(theme=99), GREY), (Colour(indexed=99), GREY),
        (Colour("FF0000FF"), BLUE), (Colour("000000ff"), BLUE), (Colour("0000FF"), BLUE),
        (Colour(theme=0), WHITE), (Colour(theme=1), BLACK), (Colour(theme=2), (231, 230, 230)), (Colour(theme=3), (68, 84, 106)), (Colour(theme=4), (91, 155, 213)),
        (Colour(indexed=0), BLACK), (Colour(indexed=9), WHITE), (Colour(indexed=12), BLUE), (Colour(indexed=55), (150, 150, 150)), (Colour(indexed=63), (51, 51, 51)),
        (Colour(indexed=64), BLACK), (Colour(indexed=65), WHITE),
    ],
)
def test_a_colour_on_the_screen(colour: Colour | None, screen: RGB) -> None:
    assert Palette().rgb(colour, GREY) == screen


@pytest.mark.parametrize(
    ("theme", "tint", "screen"),
    [(0, -0.05, 242), (0, -0.15, 217), (0, -0.5, 128), (1, 0.5, 128), (1, 0.35, 89), (1, 1.0, 255), (0, -1.0, 0)],
)
def test_a_tint_makes_white_darker_and_black_lighter(theme: int, tint: float, screen: int) -> None:
    """The greys that Excel offers: white, 5 % darker is F2F2F2; black, 35 % lighter is 595959."""
    assert Palette().rgb(Colour(theme=theme, tint=tint), GREY) == (screen, screen, screen)


def office_of_2007() -> tuple[str, ...]:
    return "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD"


def test_an_accent_made_darker_and_lighter() -> None:
    office = Palette(theme=office_of_2007)
    darker, lighter = (office.rgb(Colour(theme=4, tint=tint), GREY) for tint in (-0.249977111117893, 0.599993896298105))
    assert all(abs(one - other) <= 2 for one, other in zip(darker, (0x36, 0x60, 0x92), strict=True))
    assert all(abs(one - other) <= 2 for one, other in zip(lighter, (0xB8, 0xCC, 0xE4), strict=True))


def test_the_colours_of_a_theme() -> None:
    theme = (
        f'<a:theme xmlns:a="{DRAWN}"><a:themeElements><a:clrScheme name="自定"><a:dk1><a:sysClr val="windowText" lastClr="111111"/></a:dk1>'
        '<a:lt1><a:srgbClr val="EEEEEE"/></a:lt1><a:accent1><a:srgbClr val="C00000"/></a:accent1><a:accent2><a:prstClr val="red"/></a:accent2>'
        "</a:clrScheme></a:themeElements></a:theme>"
    )
    found = theme_colours(theme.encode())
    assert (found[0], found[1], found[4], found[5]) == ("EEEEEE", "111111", "C00000", office_theme()[5])
    assert theme_colours(b"") == office_theme()
