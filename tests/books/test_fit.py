"""Which edits are made in a workbook that the office has worked in, and which books are left alone."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from minsheng_xl.books.edit.fit import DoesNotFit, Fitted, check, fitted
from minsheng_xl.books.package.read import Area, Frame, RawCell, RawSheet, RawWorkbook
from minsheng_xl.exact.expressions import Cell, Ref
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.edits import States
from minsheng_xl.forms.layout import Book, Input, Print, Sheet
from minsheng_xl.forms.look import Style

FIGURE, SUM = Key("figure", "1-1", "reported"), Key("row", "合计", "")
HEADS = ("项目", "单位", "完成")


def state(figure: Fraction | str, *, note: str = "按月报", rows: int = 2, block: int = 1, name: str = "甲") -> Book:
    """A row of heads; a figure, its sum, a note and an input; then rows of texts."""
    sheet = Sheet("x", name)
    for column, head in enumerate(HEADS):
        sheet.put(0, column, head, Style())
    sheet.put(1, 0, figure, Style(), key=FIGURE)
    sheet.put(1, 1, Cell(Ref("x", FIGURE)), Style(), key=SUM)
    sheet.put(1, 2, note, Style(), down=1, across=block)
    sheet.put(1, 5, None, Style(), key=Key("word", "1", "progress"), input=Input("words"))
    for row in range(2, rows):
        sheet.put(row, 0, f"第{row}行", Style())
    return Book([sheet], {})


def file_of(book: Book, **cells: RawCell | None) -> RawWorkbook:
    """A workbook as it was written of a book, with some cells otherwise, by address."""
    made = []
    for sheet in book.sheets:
        read = {}
        for place, cell in sheet.cells.items():
            value = book.value(sheet, cell)
            formula = book.formula(sheet, cell) if cell.key == SUM else None
            if value is not None:
                read[place] = RawCell("n" if isinstance(value, Fraction) else "s", str(value), formula)
        for address, raw in cells.items():
            place = (int(address[1:]) - 1, ord(address[0]) - 65)
            read.pop(place, None)
            if raw is not None:
                read[place] = raw
        made.append(RawSheet(sheet.name, read))
    return RawWorkbook(made, {})


def typed(text: str) -> RawCell:
    return RawCell("s", text)


OLD, NEW = state(Fraction(3)), state(Fraction(4), note="按季报")
A2, B2, C2, F2 = (1, 0), (1, 1), (1, 2), (1, 5)


def made(workbook: RawWorkbook, states: States | None = None) -> Fitted:
    return fitted(workbook, states or States(OLD, NEW))


def test_what_differs_is_edited() -> None:
    found = made(file_of(OLD))
    assert [list(one.cells) for one in found.sheets] == [[A2, B2, C2]]
    assert (found.kept, found.theirs) == ([], set())


def test_what_is_there_already_is_not() -> None:
    assert made(file_of(NEW)).sheets[0].cells == {}
    stale = file_of(NEW, B2=RawCell("n", "3", "A2"))
    assert list(made(stale).sheets[0].cells) == [B2]


def test_a_cell_that_the_office_rewrote_stays_and_is_told() -> None:
    found = made(file_of(OLD, C2=typed("县长：请抓紧办理并于月底前报送情况说明一份"), A2=RawCell("n", "9")))
    assert list(found.sheets[0].cells) == [B2]
    assert found.kept == ["甲 A2（现为 9）", "甲 C2（现为 县长：请抓紧办理并于月底前报送情况说明一…）"]
    assert found.theirs == {("甲", A2), ("甲", C2)}


def test_a_formula_of_the_offices_is_shown_as_one_and_what_it_cleared_as_empty() -> None:
    found = made(file_of(OLD, A2=RawCell("n", "9", "4+5"), C2=None))
    assert found.kept == ["甲 A2（现为 =4+5）", "甲 C2（现为 空）"]


def test_what_was_rewritten_and_would_not_change_is_no_news() -> None:
    same = state(Fraction(4), note="按月报")
    found = made(file_of(OLD, C2=typed("我写的")), States(OLD, same))
    assert (found.kept, found.theirs) == ([], set())
    beside = made(file_of(OLD, B2=RawCell("n", "7", "A2+4")))
    assert (beside.kept, list(beside.sheets[0].cells)) == (["甲 B2（现为 =A2+4）"], [A2, C2])


def test_an_input_holds_what_was_journalled_and_nothing_else() -> None:
    found = made(file_of(OLD, F2=typed("上期写的")))
    edit = found.sheets[0].cells[F2]
    assert (edit.is_input, edit.now.value, found.kept) == (True, None, [])


def test_a_new_row_takes_no_place_of_the_offices() -> None:
    longer = States(OLD, state(Fraction(3), rows=3))
    assert list(made(file_of(OLD), longer).sheets[0].cells) == [(2, 0)]
    with pytest.raises(DoesNotFit, match="甲 A3 有办公室写的内容（合计），占了要写的格"):
        made(file_of(OLD, A3=typed("合计")), longer)


def test_a_block_covers_nothing_of_the_offices() -> None:
    wider = States(OLD, state(Fraction(3), block=2))
    assert made(file_of(OLD), wider).sheets[0].merged == frozenset({"C2:D2"})
    with pytest.raises(DoesNotFit, match="甲 D2 有办公室写的内容（我的），占了要写的格"):
        made(file_of(OLD, D2=typed("我的")), wider)
    made(file_of(OLD, D2=typed(" ")), wider)


def merged(*areas: Area) -> RawWorkbook:
    workbook = file_of(OLD)
    workbook.sheets[0].frame = Frame(merges=areas)
    return workbook


@pytest.mark.parametrize("area", [Area(1, 3, 1, 4), Area(0, 2, 1, 2), Area(1, 2, 2, 3), Area(0, 0, 9, 9)])
def test_a_block_meets_no_other(area: Area) -> None:
    wider = States(OLD, state(Fraction(3), block=2))
    with pytest.raises(DoesNotFit, match="甲 C2:D2 与办公室合并的"):
        made(merged(area), wider)


@pytest.mark.parametrize("area", [Area(1, 2, 1, 3), Area(1, 4, 1, 5), Area(2, 2, 2, 3), Area(0, 0, 0, 9), Area(0, 0, 9, 1)])
def test_a_block_may_stand_beside_others(area: Area) -> None:
    made(merged(area), States(OLD, state(Fraction(3), block=2)))


def test_merged_blocks_may_be_asked_for() -> None:
    asked = []

    def merges(name: str, block: str) -> list[Area]:
        asked.append((name, block))
        return [Area(1, 3, 1, 4)]

    with pytest.raises(DoesNotFit):
        fitted(file_of(OLD), States(OLD, state(Fraction(3), block=2)), merges)
    assert asked == [("甲", "C2:D2")]


def test_a_sheet_that_is_missing_or_moved_is_told() -> None:
    with pytest.raises(DoesNotFit, match="没有工作表 甲"):
        made(RawWorkbook([], {}))
    with pytest.raises(DoesNotFit, match="甲 的“按月报”从 C2 移到了 C9"):
        made(file_of(OLD, C2=None, C9=typed("按月报")))


def _print(book: Book, **said: object) -> Book:
    book.sheets[0].print = Print()._replace(**said)  # type: ignore[arg-type]
    return book


def test_print_titles_are_in_every_period_or_in_none() -> None:
    with pytest.raises(DoesNotFit, match="甲 的打印标题有的页有、有的页没有"):
        made(file_of(OLD), States(OLD, _print(state(Fraction(4)), head_rows=(0, 0))))
    made(file_of(OLD), States(_print(state(Fraction(3)), head_rows=(0, 0)), _print(state(Fraction(4)), head_rows=(0, 1))))


def after(change: Callable[[], RawWorkbook], before: RawWorkbook) -> list[str]:
    """What is told once the workbook reads as `change` says."""
    states = States(OLD, NEW)
    found = fitted(before, states)
    check(change(), before, states, found)
    return found.kept


def test_what_was_edited_is_checked() -> None:
    assert after(lambda: file_of(NEW), file_of(OLD)) == []
    with pytest.raises(DoesNotFit, match="甲 A2 改完核对不上"):
        after(lambda: file_of(NEW, A2=RawCell("n", "3")), file_of(OLD))
    with pytest.raises(DoesNotFit, match="甲 B2 改完核对不上"):
        after(lambda: file_of(NEW, B2=RawCell("n", "3", "A2")), file_of(OLD))
    with pytest.raises(DoesNotFit, match="甲 B2 改完核对不上"):
        after(lambda: file_of(NEW, B2=RawCell("n", "4")), file_of(OLD))


def test_what_the_office_had_may_stay_but_not_change() -> None:
    theirs = {"A2": RawCell("n", "9")}
    assert after(lambda: file_of(NEW, **theirs), file_of(OLD, **theirs)) == ["甲 A2（现为 9）"]
    same = States(OLD, state(Fraction(4)))
    before = file_of(OLD, C2=typed("我写的"))
    found = fitted(before, same)
    check(file_of(same.new, C2=typed("我写的")), before, same, found)
    with pytest.raises(DoesNotFit, match="甲 C2 改完核对不上"):
        check(file_of(same.new, C2=typed("又改了")), before, same, found)
