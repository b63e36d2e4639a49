"""Where the things lie that are drawn over a sheet, and what of them a person sees."""

import pytest

from minsheng_xl.books.package.drawings import DrawnKind, controls_in, drawn_in
from minsheng_xl.books.package.grid import POINT, Grid, grid_of
from minsheng_xl.books.package.overlay import Overlay, read_overlay
from minsheng_xl.exact.addresses import Area

SPACES = (
    b'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    b' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
SHEET = (
    b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetFormatPr defaultRowHeight="20"/>'
    b'<x:cols><x:col min="2" max="3" width="20"/><x:col min="4" max="4" width="9" hidden="1"/></x:cols>'
    b'<x:sheetData><x:row r="2" ht="40"/><x:row ht="60"/><x:row r="7" hidden="1"/></x:sheetData></x:worksheet>'
)


def grid(sheet: bytes = SHEET) -> Grid:
    return grid_of(sheet)


def anchored(inner: bytes) -> bytes:
    where = b'<xdr:pos x="100" y="200"/><xdr:ext cx="300" cy="400"/>'
    return b"<xdr:wsDr " + SPACES + b"><xdr:absoluteAnchor>" + where + inner + b"</xdr:absoluteAnchor></xdr:wsDr>"


def shape(about: bytes) -> bytes:
    return b'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1" name="a"/></xdr:nvSpPr><xdr:spPr>' + about + b"</xdr:spPr></xdr:sp>"


def test_rows_and_columns_lie_behind_those_before_them() -> None:
    third = grid().box(Area(2, 2, 2, 2))
    assert (third.top, third.bottom) == (60 * POINT, 120 * POINT)
    assert third.width == 20 * 7.5 * 9525
    assert third.left == (9.14 + 20) * 7.5 * 9525
    assert grid().box(Area(3, 3, 3, 3)).width == 0
    assert grid().box(Area(6, 0, 6, 0)).height == 0
    assert grid().box(Area(7, 0, 7, 0)).top == (20 + 40 + 60 + 20 * 3) * POINT


def test_a_place_stays_within_its_cell() -> None:
    assert grid().point(1, 10**9, 1, 5) == (grid().box(Area(0, 1, 0, 1)).right, 20 * POINT + 5)


@pytest.mark.parametrize("place", [(-1, 0), (0, 2_000_000), (20_000, 0)])
def test_a_place_beyond_the_sheet_is_none(place: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=str(place[0])):
        grid().point(place[0], 0, place[1], 0)


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        (b"<a:solidFill/>", DrawnKind.SHAPE),
        (b"<a:blipFill/>", DrawnKind.PICTURE),
        (b"<a:noFill/><a:ln><a:solidFill/></a:ln>", DrawnKind.OUTLINE),
        (b'<a:prstGeom prst="downArrow"/><a:noFill/><a:ln><a:solidFill/></a:ln>', DrawnKind.LINE),
        (b'<a:prstGeom prst="line"/>', DrawnKind.LINE),
        (b"<a:custGeom/><a:ln><a:solidFill/></a:ln>", DrawnKind.LINE),
        (b"<a:noFill/>", None),
        (b"<a:noFill/><a:ln><a:noFill/></a:ln>", None),
        (b'<a:prstGeom prst="line"/><a:ln><a:noFill/></a:ln>', None),
    ],
)
def test_a_shape_is_what_is_seen_of_it(about: bytes, kind: DrawnKind | None) -> None:
    found = drawn_in(anchored(shape(about)), grid())
    assert [one.kind for one in found] == ([] if kind is None else [kind])
    assert all(one.box == (100, 200, 400, 600) for one in found)


def test_what_is_turned_takes_more_room() -> None:
    (one,) = drawn_in(anchored(shape(b'<a:xfrm rot="1800000"/><a:solidFill/>')), grid())
    assert tuple(map(round, one.box)) == (20, 152, 480, 648)
    assert (one.width, one.height) == (300, 400)


def test_what_is_turned_upright_is_anchored_as_it_is_seen() -> None:
    (one,) = drawn_in(anchored(shape(b'<a:xfrm rot="5400000"/><a:solidFill/>')), grid())
    assert one.box == (100, 200, 400, 600)


def test_a_comment_box_is_no_control() -> None:
    said = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape>'
        '<x:ClientData ObjectType="{}"><x:Anchor>1, 0, 1, 0, 2, 0, 2, 0</x:Anchor></x:ClientData></v:shape></xml>'
    )
    assert controls_in(said.format("Note").encode(), grid()) == []
    (box,) = controls_in(said.format("Checkbox").encode(), grid())
    assert (box.kind, box.box) == (DrawnKind.CONTROL, grid().box(Area(1, 1, 1, 1)))


def _overlay(kind: str, part: bytes, sheet: bytes = SHEET) -> Overlay:
    return read_overlay(sheet, {"r1": (f"http://x/{kind}", "part")}, lambda name: part)


def test_comments_of_both_kinds() -> None:
    old = b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><commentList><comment ref="B2"><text><r><t>a</t></r><r><t>b</t></r></text></comment></commentList></comments>'
    threaded = b'<T xmlns="x"><threadedComment ref="B2"><text>c</text></threadedComment><threadedComment ref="?"><text>d</text></threadedComment></T>'
    assert _overlay("comments", old).comments == {(1, 1): ("ab",)}
    assert _overlay("threadedComment", threaded).comments == {(1, 1): ("c",)}


def test_a_part_that_cannot_be_read_is_said_and_one_that_is_not_there_is_nothing() -> None:
    assert not _overlay("comments", b"<comments>").is_whole
    assert _overlay("comments", b"").is_whole
    named = SHEET.replace(b"</x:worksheet>", b'<x:drawing xmlns:r="y" r:id="r1"/></x:worksheet>')
    assert not _overlay("drawing", b"<wsDr>", named).is_whole
    assert _overlay("drawing", b"<wsDr>").is_whole, "the sheet does not show it"
