"""What charts keep of their cells follows the cells: as Excel keeps it, and only where something changed."""

from collections.abc import Collection
from fractions import Fraction

import pytest

from minsheng_xl.books.edit.charts import UNRECKONED, Failed, Held, recached
from minsheng_xl.books.edit.spans import NotPlain
from minsheng_xl.exact.addresses import Place, parse_cell

SHEET = "县's 表"
SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
FORMAT = "<c:formatCode>0%</c:formatCode>"
SEEN_ONLY = '<c:plotVisOnly val="1"/>'
NAMES = {"县长关注": "'县''s 表'!$B$2:$B$3", "没有格": "1+1"}


class Sheet:
    """Cells of one sheet, some of whose rows and columns nobody sees."""

    def __init__(self, hidden: Collection[int] = (), columns: Collection[int] = (), **cells: Held) -> None:
        self._cells = {parse_cell(name): held for name, held in cells.items()}
        self._hidden, self._columns = hidden, columns

    def holds(self, sheet: str, place: Place) -> Held:
        assert sheet == SHEET
        return self._cells.get(place)

    def is_seen(self, sheet: str, place: Place) -> bool:
        return place[0] + 1 not in self._hidden and place[1] not in self._columns


EMPTY = Sheet()
HELD: dict[str, Held] = {"B1": Fraction(1, 4), "B3": Fraction(3), "B4": "甲&乙", "B5": ""}
NOW = Sheet(**HELD)


def reference(written: str, kind: str, inside: str) -> str:
    return f"<c:{kind}Ref><c:f>{written}</c:f>\n<c:{kind}Cache>{inside}</c:{kind}Cache></c:{kind}Ref>"


def redrawn(pieces: str, now: Sheet = NOW, was: Sheet = EMPTY) -> str:
    head = f'<c:chartSpace xmlns:c="{SPACE}">'
    made = recached(f"{head}{pieces}</c:chartSpace>".encode(), {SHEET}, was, now, NAMES).decode()
    return made.removeprefix(head).removesuffix("</c:chartSpace>")


def points(*values: str) -> str:
    """Points of 0, 1, …; a dash where there is none."""
    shown = (f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(values) if value != "-")
    return f'<c:ptCount val="{len(values)}"/>{"".join(shown)}'


OLD = points("9", "9", "9", "9", "9")
BLOCK = "'县''s 表'!$B$1:$B$5"


def test_a_blank_cell_is_no_point_and_a_text_among_numbers_is_zero() -> None:
    pieces = redrawn(reference(BLOCK, "num", FORMAT + OLD) + reference(BLOCK, "str", OLD))
    numbers, texts = points("0.25", "-", "3", "0", "0"), points("0.25", "-", "3", "甲&amp;乙", "")
    assert pieces == reference(BLOCK, "num", FORMAT + numbers) + reference(BLOCK, "str", texts)


def test_one_cell_is_a_block_too_and_a_format_is_its_own_cache_s() -> None:
    first, second = reference("'县''s 表'!B3", "num", "<c:ptCount/>"), reference("别的!$B$1", "num", FORMAT)
    assert redrawn(first + second) == reference("'县''s 表'!B3", "num", points("3")) + second


def test_what_is_no_value_is_kept_as_excel_names_it() -> None:
    now = Sheet(B1=Failed("#N/A"), B2=True, B3=False)
    pieces = reference("'县''s 表'!$B$1:$B$3", "num", OLD) + reference("'县''s 表'!$B$1:$B$3", "str", OLD)
    expected = points("#N/A", "1", "0"), points("#N/A", "TRUE", "FALSE")
    assert redrawn(pieces, now) == "".join(
        reference("'县''s 表'!$B$1:$B$3", kind, inside) for kind, inside in zip(("num", "str"), expected, strict=True)
    )


@pytest.mark.parametrize(
    "written",
    ["别的!$B$1:$B$5", "[0]!没有格", "[0]!没有这个", "'县''s 表'!$B$1,'县''s 表'!$B$3", "'县''s 表'!$B:$B", "'县''s 表'!名", "[1]县!$B$1"],
)
def test_other_references_stay(written: str) -> None:
    assert redrawn(reference(written, "num", OLD)) == reference(written, "num", OLD)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("('县''s 表'!$B$1,'县''s 表'!$B$3:$B$4)", points("0.25", "3", "0")), ("[0]!县长关注", points("-", "3")),
        ("&apos;县&apos;&apos;s 表&apos;!$B$3", points("3")),
    ],
)
def test_several_blocks_and_names_are_followed(written: str, expected: str) -> None:
    assert redrawn(reference(written, "num", OLD)) == reference(written, "num", expected)


def test_what_did_not_change_keeps_its_bytes() -> None:
    """Even where the program that saved it wrote it otherwise, or left it stale."""
    stale = reference(BLOCK, "num", '<c:ptCount val="5"></c:ptCount>\n<c:pt idx="0"><c:v>2.5E-1</c:v></c:pt>')
    other = reference("'县''s 表'!$C$1", "num", points("-"))
    assert redrawn(stale + other, was=NOW) == stale + other
    changed = Sheet(**HELD, C1=Fraction(7))
    assert redrawn(stale + other, changed, was=NOW) == stale + reference("'县''s 表'!$C$1", "num", points("7"))


def test_a_number_is_the_same_to_as_many_digits_as_programs_keep() -> None:
    was, now = Sheet(B1=Fraction("0.833333333333333")), Sheet(B1=Fraction(5, 6))
    kept = reference("'县''s 表'!$B$1", "num", points("0.833333333333333"))
    assert redrawn(kept, now, was=was) == kept
    assert redrawn(kept, Sheet(B1="0.833333333333333"), was=was) == reference("'县''s 表'!$B$1", "num", points("0"))


def test_a_formula_without_a_stored_result() -> None:
    """openpyxl stores none. One of ours has a result now, whatever the chart kept; one of the office's own has none."""
    block = "'县''s 表'!$B$1:$B$2"
    was, now = Sheet(B1=UNRECKONED, B2=UNRECKONED), Sheet(B1="", B2=UNRECKONED)
    kept = reference(block, "num", points("7", "8"))
    assert redrawn(kept, was, was=was) == kept
    assert redrawn(kept, now, was=was) == reference(block, "num", points("0", "-"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (SEEN_ONLY, points("0.25", "3", "0")), ("<c:plotVisOnly/>", points("0.25", "3", "0")),
        ('<c:plotVisOnly val="0"/>', points("0.25", "-", "3", "0", "0")), ("", points("0.25", "-", "3", "0", "0")),
    ],
)
def test_the_cells_of_hidden_rows_do_not_count_where_only_what_is_seen_is_plotted(said: str, expected: str) -> None:
    """Excel leaves the element out where all is plotted, whatever the schema's default."""
    now = Sheet(hidden=(2, 4), **HELD)
    assert redrawn(reference(BLOCK, "num", OLD) + said, now) == reference(BLOCK, "num", expected) + said


def test_nor_do_those_of_hidden_columns() -> None:
    now = Sheet(columns=(2,), B1=Fraction(1), C1=Fraction(2), D1=Fraction(3))
    made = redrawn(reference("'县''s 表'!$B$1:$D$1", "num", OLD) + SEEN_ONLY, now)
    assert made == reference("'县''s 表'!$B$1:$D$1", "num", points("1", "3")) + SEEN_ONLY


def test_a_row_that_is_hidden_or_shown_changes_the_chart() -> None:
    before, after = Sheet(hidden=(1,), **HELD), Sheet(hidden=(3,), **HELD)
    made = redrawn(reference(BLOCK, "num", points("-", "3", "0", "0")) + SEEN_ONLY, after, was=before)
    assert made == reference(BLOCK, "num", points("0.25", "-", "0", "0")) + SEEN_ONLY


def test_the_name_of_a_series_is_shown_wherever_it_stands() -> None:
    now = Sheet(hidden=(1, 2), B1="平均", B2=Fraction(5), B3=Fraction(6))
    name, values = "'县''s 表'!$B$1", "'县''s 表'!$B$2:$B$3"
    made = redrawn(f"<c:tx>{reference(name, 'str', OLD)}</c:tx>{reference(values, 'num', OLD)}{SEEN_ONLY}", now)
    assert made == (
        f"<c:tx>{reference(name, 'str', points('平均'))}</c:tx>{reference(values, 'num', points('6'))}{SEEN_ONLY}"
    )


def test_digits_along_an_axis_stand_as_they_are() -> None:
    """The numbers of projects are texts, which XlsxWriter takes for numbers."""
    block = "'县''s 表'!$B$1:$B$3"
    now = Sheet(B1="1", B2="10", B3="说明")
    made = redrawn(f"<c:cat>{reference(block, 'num', OLD)}</c:cat>{reference(block, 'num', OLD)}", now)
    along, plotted = points("1", "10", "0"), points("0", "0", "0")
    assert made == f"<c:cat>{reference(block, 'num', along)}</c:cat>{reference(block, 'num', plotted)}"


def test_a_point_keeps_its_format() -> None:
    old = '<c:ptCount val="2"/><c:pt idx="1" formatCode="0&quot;户&quot;"><c:v>1</c:v></c:pt>'
    new = '<c:ptCount val="3"/><c:pt idx="0"><c:v>0.25</c:v></c:pt><c:pt idx="2"><c:v>3</c:v></c:pt>'
    block = "'县''s 表'!$B$1:$B$3"
    assert redrawn(reference(block, "num", old)) == reference(block, "num", new)
    now = Sheet(B1=Fraction(1), B2=Fraction(2))
    new = '<c:ptCount val="3"/><c:pt idx="0"><c:v>1</c:v></c:pt><c:pt idx="1" formatCode="0&quot;户&quot;"><c:v>2</c:v></c:pt>'
    assert redrawn(reference(block, "num", old), now) == reference(block, "num", new)


@pytest.mark.parametrize("block", ["'县''s 表'!$A$1:$B$3", "'县''s 表'!$A$1:$C$2"])
def test_names_in_several_columns_or_rows(block: str) -> None:
    """The level next to the axis comes first; the one above says a name once."""
    if block.endswith("B$3"):
        now, hidden = Sheet(A1="县城", B1="甲", B2="乙", B3="丙"), Sheet(hidden=(2,), A1="县城", B1="甲", B2="乙", B3="丙")
    else:
        now, hidden = Sheet(A1="县城", A2="甲", B2="乙", C2="丙"), Sheet(columns=(1,), A1="县城", A2="甲", B2="乙", C2="丙")
    old = '<c:ptCount val="1"/><c:lvl/><c:lvl/>'
    levels = [points(*one).partition("/>")[2] for one in (("甲", "乙", "丙"), ("县城", "-", "-"))]
    inside = f'<c:ptCount val="3"/><c:lvl>{levels[0]}</c:lvl><c:lvl>{levels[1]}</c:lvl>'
    assert redrawn(reference(block, "multiLvlStr", old), now) == reference(block, "multiLvlStr", inside)
    fewer = [points(*one).partition("/>")[2] for one in (("甲", "丙"), ("县城", "-"))]
    inside = f'<c:ptCount val="2"/><c:lvl>{fewer[0]}</c:lvl><c:lvl>{fewer[1]}</c:lvl>'
    made = redrawn(reference(block, "multiLvlStr", old) + SEEN_ONLY, hidden)
    assert made == reference(block, "multiLvlStr", inside) + SEEN_ONLY


def test_labels_that_are_taken_from_cells() -> None:
    def labels(inside: str) -> str:
        return (
            '<c:ext xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:datalabelsRange>'
            f"<c15:f>{BLOCK}</c15:f><c15:dlblRangeCache>{inside}</c15:dlblRangeCache></c15:datalabelsRange></c:ext>"
        )

    assert redrawn(labels(OLD)) == labels(points("0.25", "-", "3", "甲&amp;乙", ""))


def test_a_chart_without_prefixes() -> None:
    """As openpyxl writes it."""
    head = f'<chartSpace xmlns="{SPACE}" xmlns:a="urn:a"><a:f>x</a:f><numRef><f>{BLOCK}</f><numCache><ptCount val="5" />'
    foot = '</numCache></numRef><plotVisOnly val="1" /></chartSpace>'
    part = f'{head}<pt idx="0"><v>9</v></pt>{foot}'.encode()
    now = Sheet(hidden=(2, 3, 4, 5), B1=Fraction(1, 4))
    made = f'{head}<pt idx="0"><v>0.25</v></pt>{foot}'.replace('<ptCount val="5" />', '<ptCount val="1"/>')
    assert recached(part, {SHEET}, EMPTY, now, {}).decode() == made


def test_what_is_no_chart_of_that_kind_stays() -> None:
    part = b'<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"><cx:f>A!$A$1</cx:f></cx:chartSpace>'
    assert recached(part, {"A"}, EMPTY, NOW, {}) == part
    with pytest.raises(NotPlain):
        recached(f'<c:chartSpace xmlns:c="{SPACE}"><c:f>'.encode(), {SHEET}, EMPTY, NOW, {})
