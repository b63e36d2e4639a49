"""The cells of a sheet: by the expression where it is written plainly, else by the XML parser, and just the same."""

import pytest

from minsheng_xl.books.package import rows as module
from minsheng_xl.books.package.cells import Face, RawCell, RawSheet
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.markup import MAIN
from minsheng_xl.books.package.memory import TEXT
from minsheng_xl.books.package.rows import read_sheet
from minsheng_xl.exact.addresses import Place, column_letters
from minsheng_xl.rules.files import BROKEN, HOSTILE
from minsheng_xl.rules.model import Rule

STRINGS = [RawCell("s", "单位"), RawCell("s", "县残联", marked=True, faces=(Face(font="宋体"),))]


def sheet(rows: str, *, below: str = "", plainly: bool = True) -> bytes:
    """A part with these rows; a comment keeps it from the expression."""
    comment = "" if plainly else "<!-- -->"
    return f'<worksheet xmlns="{MAIN[1:-1]}">{comment}<sheetData>{rows}</sheetData>{below}</worksheet>'.encode()


def read(rows: str, *, plainly: bool = True) -> RawSheet:
    return read_sheet("表", sheet(rows, plainly=plainly), STRINGS)


def row(cells: str, number: int = 1, more: str = "") -> str:
    return f'<row r="{number}"{more}>{cells}</row>'


def number(text: str, formula: str | None = None, style: int = 0) -> RawCell:
    return RawCell("n", text, formula, style)


READ: dict[str, tuple[str, dict[Place, RawCell]]] = {
    "numbers": (row('<c r="A1"><v>1</v></c><c r="C1" s="7" t="n"><v>2.5</v></c>'), {(0, 0): number("1"), (0, 2): number("2.5", style=7)}),
    "rows apart": (
        row('<c r="B2"><v>1</v></c>', 2) + row('<c r="A5"><v>2</v></c>', 5), {(1, 1): number("1"), (4, 0): number("2")},
    ),
    "the last row": (row('<c r="A1048576"><v>1</v></c>', 1048576), {(1048575, 0): number("1")}),
    "shared texts": (
        row('<c r="A1" t="s"><v>0</v></c><c r="B1" s="3" t="s"><v>1</v></c>'),
        {(0, 0): STRINGS[0], (0, 1): STRINGS[1]._replace(style=3)},
    ),
    "texts of their own": (
        row('<c r="A1" t="inlineStr"><is><t>甲_x000A_&amp;乙</t></is></c><c r="B1" t="str"><v>x&lt;_x0041_</v></c>'),
        {(0, 0): RawCell("s", "甲\n&乙"), (0, 1): RawCell("s", "x<A")},
    ),
    "other kinds": (
        row('<c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="d"><v>2022-11-05</v></c>'),
        {(0, 0): RawCell("b", "1"), (0, 1): RawCell("e", "#N/A"), (0, 2): RawCell("d", "2022-11-05")},
    ),
    "formulas": (
        row('<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1&amp;&lt;</f></c><c r="C1"><f t="shared" si="0"/><v>3</v></c>'),
        {(0, 0): number("2", "1+1"), (0, 1): number("", "A1&<"), (0, 2): number("3", "")},
    ),
    "an empty formula": (row('<c r="A1"><f></f><v>2</v></c>'), {(0, 0): number("2", "")}),
    "a text in which no escape is meant": (row('<c r="A1" t="e"><v>_x0041_</v></c>'), {(0, 0): RawCell("e", "_x0041_")}),
    "nothing": (row('<c r="A1" s="4"/><c r="B1"></c><c r="C1"><v></v></c><c r="D1"><v/></c><c r="E1" t="s"><v></v></c>'), {}),
    "blank cells side by side": (
        row('<c r="A1" s="1"/><c r="B1"/> <c r="D1" s="2" t="n" /><c r="E1"><v>1</v></c><c r="F1"/><c r="G1"></c><c r="AA1"/>')
        + row('<c r="A2" s="1"/><c r="B2" s="1"/>', 2) + row('<c r="C3"/><c r="D3"><v>2</v></c>', 3),
        {(0, 4): number("1"), (2, 3): number("2")},
    ),
    "many blank cells": (row("".join(f'<c r="{column_letters(n)}1" s="1"/>' for n in range(600)) + '<c r="XFD1"><v>1</v></c>'), {(0, 16383): number("1")}),
    "no row": ("", {}),
    "empty rows": ('<row r="1"/><row r="2" spans="1:3"></row>' + row('<c r="A3"><v>1</v></c>', 3), {(2, 0): number("1")}),
    "a text in the cell beside its kind": (row('<c r="A1" t="inlineStr"><v>9</v></c><c r="B1"><v>1</v></c>'), {(0, 1): number("1")}),
    "an array": (
        row('<c r="A1"><f t="array" ref="A1:A3">B1:B3</f><v>1</v></c>') + row('<c r="A2"><v>2</v></c><c r="B2"><v>8</v></c>', 2)
        + row('<c r="A3"><f>1</f><v>3</v></c>', 3) + row('<c r="A4"><v>4</v></c>', 4),
        {
            (0, 0): number("1", "B1:B3"), (1, 0): number("2", ""), (1, 1): number("8"), (2, 0): number("3", "1"),
            (3, 0): number("4"),
        },
    ),
    "a large data table": (
        row('<c r="A1"><f t="dataTable" ref="A1:C9"/><v>1</v></c>') + row('<c r="C9"><v>2</v></c><c r="D9"><v>3</v></c>', 9),
        {(0, 0): number("1", ""), (8, 2): number("2", ""), (8, 3): number("3")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("plainly", [True, False])
@pytest.mark.parametrize("name", READ)
def test_cells_are_read(name: str, plainly: bool) -> None:
    rows, expected = READ[name]
    assert read(rows, plainly=plainly).cells == expected


@pytest.mark.parametrize("name", READ)
def test_what_is_written_plainly_is_not_parsed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(*of: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(module, "_walk", parsed)
    read(READ[name][0])


ODD: dict[str, tuple[str, dict[Place, RawCell]]] = {
    "a cell without its address": ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", {(0, 0): number("1"), (0, 1): number("2"), (1, 0): number("3")}),
    "small letters": (row('<c r="b1"><v>1</v></c>'), {(0, 1): number("1")}),
    "an address and none": (row('<c r="B1"><v>1</v></c><c><v>2</v></c>'), {(0, 1): number("1"), (0, 2): number("2")}),
    "a text in runs": (
        row('<c r="A1" s="2" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>'), {(0, 0): RawCell("s", "甲乙", style=2)},
    ),
    "a formula of a text": (row('<c r="A1" t="inlineStr"><f>"a&lt;&amp;"</f><is><r><t>甲</t></r></is></c>'), {(0, 0): RawCell("s", "甲", '"a<&"')}),
    "a name space of their own": (row('<c r="A1"><v>1</v></c>', more=' xmlns:x="y"'), {(0, 0): number("1")}),
    "attributes in another order": (row('<c t="s" r="A1"><v>0</v></c>'), {(0, 0): STRINGS[0]}),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_written_oddly_is_read_too(name: str) -> None:
    rows, expected = ODD[name]
    assert read(rows).cells == expected


REFUSED: dict[str, tuple[str, Rule, str]] = {
    "a row again": (row("", 2) + row("", 2), HOSTILE, "行的次序不正常"),
    "a row before": (row("", 3) + row("", 2), HOSTILE, "行的次序不正常"),
    "row nought": (row("", 0), HOSTILE, "行的次序不正常"),
    "below the last row": (row("", 1048577), HOSTILE, "行的次序不正常"),
    "a cell again": (row('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'), HOSTILE, "单元格的次序不正常"),
    "a cell before": (row('<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>'), HOSTILE, "单元格的次序不正常"),
    "a cell of another row": (row('<c r="A2"><v>1</v></c>'), HOSTILE, "单元格的次序不正常"),
    "a blank cell again": (row('<c r="A1"/><c r="B1"/><c r="B1"/>'), HOSTILE, "单元格的次序不正常"),
    "blank cells turned round": (row('<c r="A1"/><c r="C1"/><c r="B1"/>'), HOSTILE, "单元格的次序不正常"),
    "a blank cell of another row": (row('<c r="A1"/><c r="B2"/><c r="C1"/>'), HOSTILE, "单元格的次序不正常"),
    "blank cells of another row": (row('<c r="A1"/><c r="B2"/><c r="C2"/>'), HOSTILE, "单元格的次序不正常"),
    "a blank cell before": (row('<c r="B1"/><c r="A1"/>'), HOSTILE, "单元格的次序不正常"),
    "a cell among blank ones before": (row('<c r="A1"/><c r="C1"/><c r="B1"><v>1</v></c>'), HOSTILE, "单元格的次序不正常"),
    "many blank cells turned round": (
        row("".join(f'<c r="{column_letters(n)}1"/>' for n in (*range(600), 598))), HOSTILE, "单元格的次序不正常",
    ),
    "two values": (row('<c r="A1"><v>1</v><v>2</v></c>'), HOSTILE, "一格里有两个内容"),
    "two formulas": (row('<c r="A1"><f>1</f><f>2</f><v>2</v></c>'), HOSTILE, "一格里有两个内容"),
    "two texts": (row('<c r="A1" t="inlineStr"><is><t>1</t></is><is><t>2</t></is></c>'), HOSTILE, "一格里有两个内容"),
    "a value and a text": (row('<c r="A1" t="inlineStr"><v>1</v><is><t>2</t></is></c>'), HOSTILE, "一格里有两个内容"),
    "a text of another kind": (row('<c r="A1" t="n"><is><t>2</t></is></c>'), HOSTILE, "一格里有两个内容"),
    "elements in a value": (row('<c r="A1"><v><x>1</x></v></c>'), HOSTILE, "一格里有两个内容"),
    "an unknown kind": (row('<c r="A1" t="x"><v>1</v></c>'), BROKEN, "有不认识的单元格"),
    "a text that is not there": (row('<c r="A1" t="s"><v>2</v></c>'), BROKEN, "缺了文字"),
    "a text by no number": (row('<c r="A1" t="s"><v>-1</v></c>'), BROKEN, "缺了文字"),
    "rows twice": ("</sheetData><sheetData>", HOSTILE, "一页有两份内容"),
}


@pytest.mark.parametrize("plainly", [True, False])
@pytest.mark.parametrize("name", REFUSED)
def test_what_no_program_writes_is_refused(name: str, plainly: bool) -> None:
    rows, rule, reason = REFUSED[name]
    with pytest.raises(Unreadable, match=reason) as said:
        read(rows, plainly=plainly)
    assert said.value.rule is rule


@pytest.mark.parametrize("rows", ['<c r="A1"><v>1</v></c>', row(row("", 2)), "</row>", '<row r="1">'])
def test_rows_that_do_not_close_are_not_taken_for_plain(rows: str) -> None:
    assert not module._tile(RawSheet("表"), rows, STRINGS)


def test_what_is_no_sheet_is_said() -> None:
    with pytest.raises(Unreadable, match="里面不是工作表") as said:
        read_sheet("表", f'<chartsheet xmlns="{MAIN[1:-1]}"><sheetData/></chartsheet>'.encode(), STRINGS)
    assert said.value.rule is BROKEN


@pytest.mark.parametrize("plainly", [True, False])
def test_rows_that_are_hidden_or_too_low_to_read(plainly: bool) -> None:
    looks = ("", ' hidden="1"', ' hidden="true"', ' hidden="0"', ' ht="3.9"', ' ht="0"', ' ht="4"', ' ht="15.5"', ' ht="30"')
    rows = "".join(row("", n, look) for n, look in enumerate(looks, 1))
    assert read(rows, plainly=plainly).hidden_rows == {1, 2, 4, 5}


@pytest.mark.parametrize("plainly", [True, False])
def test_what_stands_around_the_rows_is_read(plainly: bool) -> None:
    content = sheet(row('<c r="A1"><v>1</v></c>'), below='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', plainly=plainly)
    found = read_sheet("表", content, STRINGS)
    assert [(area.top, area.left, area.bottom, area.right) for area in found.frame.merges] == [(0, 0, 1, 1)]
    assert found.cells == {(0, 0): number("1")}


HELD = row('<c r="A1"><v>1</v></c>')
BLANK = "".join(row(f'<c r="A{n}" s="1"/><c r="B{n}"></c>', n, ' hidden="1"') for n in range(2, 12)) + "\n"


@pytest.mark.parametrize(
    ("rows", "long", "cut"),
    [
        (HELD + BLANK, len(BLANK) - 1, True), (HELD + BLANK, len(BLANK), False), (HELD + BLANK, len(HELD + BLANK) + 1, False),
        (BLANK, 10, False), (HELD + BLANK + HELD, 10, False), (HELD + BLANK + "<x/>", 10, False),
        (HELD.replace("<v>1</v>", "<f>1</f>") + BLANK, 10, True), (HELD.replace("<v>1</v>", "<is></is>") + BLANK, 10, True),
        (HELD + BLANK + HELD + BLANK, 10, True),
    ],
)
def test_many_rows_that_hold_nothing_are_not_looked_at(rows: str, long: int, cut: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LONG", long)
    assert module._without_blank_end(rows) == (rows.removesuffix(BLANK) if cut else rows)


def test_many_is_a_mebibyte() -> None:
    """A row here takes less than 64 signs: of the blank rows on either side of the limit, one lot is looked at."""
    for enough, looked_at in ((0, True), (64, False)):
        lines = [HELD]
        length = 0
        while length + 64 < 1024 * 1024 + enough:
            lines.append(row("", len(lines) + 1, ' hidden="1" customHeight="1"'))
            length += len(lines[-1])
        assert bool(read("".join(lines)).hidden_rows) is looked_at


@pytest.mark.parametrize("signs", [TEXT // 4, 3 * TEXT])
def test_a_formula_is_read_the_same_whatever_its_length(signs: int) -> None:
    cells = [f'<c r="A{n}"><f>IF(B{n}&lt;1,"{"文" * signs}",1)</f><v>1</v></c>' for n in (1, 2, 1)]
    found = [read(row(cell, number)).cells[number - 1, 0].formula for cell, number in zip(cells, (1, 2, 1), strict=True)]
    assert found == [f'IF(B{n}<1,"{"文" * signs}",1)' for n in (1, 2, 1)]
