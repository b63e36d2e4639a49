"""What the office did to the master: figures it typed, and everything else that is its own.

The master as it was written is made again, byte for byte, from plan and journal; the two are then
compared through the same reader.
"""

import io
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from minsheng_xl.account import Doubt, Figure, Key
from minsheng_xl.definitions import DOUBT_PREFIX
from minsheng_xl.exact import parse_lexeme, parse_plain
from minsheng_xl.forms.layout import Book, Cell
from minsheng_xl.forms.paper.reminders import CHOSEN
from minsheng_xl.forms.tabs import MARKS_TAB, PENDING, PENDING_TAB, REMINDER, REMINDER_TAB
from minsheng_xl.forms.unit import sheet_id

_OWN_PARTS = {
    "xl/drawings/": "图形", "xl/charts/": "图表", "xl/media/": "图片", "xl/comments": "批注",
    "xl/threadedcomments/": "批注", "xl/pivottables/": "数据透视表", "xl/ctrlprops/": "控件", "xl/embeddings/": "嵌入对象",
    "xl/externallinks/": "外部链接", "xl/vbaproject.bin": "宏",
}
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences of a master from what was written.

    `typed` are changed input cells as (unit, key, new content), those of 待决事项 without a unit; `own` says in Chinese, a phrase
    each, what else is there that a new master would not have.
    """

    typed: tuple[tuple[str, Key, "Figure | None"], ...]
    own: tuple[str, ...]


def compare(actual: bytes, written: bytes, book: Book, units: "dict[str, str]") -> Changes:
    """Compare a master with the bytes that were written from `book`.

    `units` gives the unit of each unit sheet's name. Raises whatever openpyxl does on a file that
    is no workbook.
    """
    from openpyxl import load_workbook

    theirs, ours = load_workbook(io.BytesIO(actual)), load_workbook(io.BytesIO(written))
    own = list(_own_parts(actual, written))
    if theirs.sheetnames != ours.sheetnames:
        new = [name for name in theirs.sheetnames if name not in ours.sheetnames]
        gone = [name for name in ours.sheetnames if name not in theirs.sheetnames]
        own += [f"新增工作表 {name}" for name in new] + [f"删去工作表 {name}" for name in gone]
        if not new and not gone:
            own.append("工作表的次序")
    own += [f"自定义名称 {name}" for name in theirs.defined_names if name not in ours.defined_names]
    typed: list[tuple[str, Key, Figure | None]] = []
    chosen = book.sheet(REMINDER).cell(CHOSEN)
    choice = (chosen.row + 1, chosen.column + 1)
    for name in ours.sheetnames:
        if name not in theirs.sheetnames:
            continue
        inputs: dict[tuple[int, int], Cell] = {}
        if name in units or name == PENDING_TAB:
            sheet = book.sheet(PENDING if name == PENDING_TAB else sheet_id(units[name]))
            inputs = {(c.row + 1, c.column + 1): c for c in sheet.inputs()}
        for place, was, now in _different_cells(theirs[name], ours[name]):
            if name == REMINDER_TAB and place == choice:  # whose letter is shown
                continue
            if place in inputs:
                cell = inputs[place]
                assert cell.key is not None
                display = theirs[name].cell(*place).number_format
                typed.append((units.get(name, ""), cell.key, _entered(now, cell, display)))
            else:
                own.append(f"{name} {ours[name].cell(*place).coordinate}（原为 {_said(was)}，现为 {_said(now)}）")
        if name != MARKS_TAB:  # hidden, and of our own only; programs hide it in their own way
            own += _different_looks(name, theirs[name], ours[name], inputs.keys())
    return Changes(tuple(typed), tuple(own[:_MOST_TOLD] + ([f"等共{len(own)}处"] if len(own) > _MOST_TOLD else [])))


def _own_parts(actual: bytes, written: bytes) -> Iterator[str]:
    theirs, ours = (_parts(content) for content in (actual, written))
    for beginning, word in _OWN_PARTS.items():
        if _count(theirs, beginning) > _count(ours, beginning):
            yield word
    if _count(theirs, "xl/tables/") > _count(ours, "xl/tables/"):
        yield "表格"


def _parts(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [name.lower() for name in archive.namelist() if not name.endswith("/")]


def _count(parts: list[str], beginning: str) -> int:
    return sum(part.startswith(beginning) for part in parts)


def _different_cells(theirs: Any, ours: Any) -> Iterator[tuple[tuple[int, int], Any, Any]]:
    left, right = _contents(ours), _contents(theirs)
    for place in sorted(left.keys() | right.keys()):
        was, now = left.get(place), right.get(place)
        if not _same(was, now):
            yield place, was, now


def _contents(sheet: Any) -> dict[tuple[int, int], Any]:
    return {
        (cell.row, cell.column): cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.value != ""
    }


def _same(was: Any, now: Any) -> bool:
    if isinstance(was, str) and isinstance(now, str):
        if was.startswith("=") and now.startswith("="):
            return _bare(was) == _bare(now)
        return was.replace("\r\n", "\n") == now.replace("\r\n", "\n")
    if isinstance(was, int | float) and isinstance(now, int | float):
        return abs(was - now) <= 1e-12 * max(abs(was), abs(now))  # programs keep 15 to 17 digits
    return bool(was == now)


def _bare(formula: str) -> str:
    """A formula without what programs write differently: quotes round sheet names, spaces."""
    return "".join(sign for sign in formula if sign not in "' $").replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")


def _said(value: Any) -> str:
    text = "空" if value is None else str(value)
    return text if len(text) <= 20 else text[:20] + "…"


def _different_looks(name: str, theirs: Any, ours: Any, inputs: Collection[tuple[int, int]]) -> Iterator[str]:
    """What the office set on a sheet. Left out is what programs change by themselves: faces that are
    missing, frozen panes, the colour of blank cells, the splitting of validations on saving, and the
    display of an input cell on typing."""
    for letter, column in theirs.column_dimensions.items():
        mine = ours.column_dimensions.get(letter)
        if mine is not None and (bool(column.hidden) != bool(mine.hidden) or abs((column.width or 0) - (mine.width or 0)) > 1.5):
            yield f"{name} {letter}列的列宽"
    for number, row in theirs.row_dimensions.items():
        mine = ours.row_dimensions.get(number)
        height, hidden = (mine.height, bool(mine.hidden)) if mine is not None else (None, False)
        if bool(row.hidden) != hidden or (not hidden and row.height and height and abs(row.height - height) > 2):
            yield f"{name} 第{number}行的行高"
    for word, of in _SHEET_LOOKS.items():
        if of(theirs) != of(ours):
            yield f"{name} 的{word}"
    if len(theirs.data_validations.dataValidation) > len(ours.data_validations.dataValidation):
        yield f"{name} 的数据验证"
    for row in theirs.iter_rows():
        for cell in row:
            mine = ours.cell(cell.row, cell.column)
            if _color(cell.fill) != _color(mine.fill) or (
                (cell.row, cell.column) not in inputs
                and (_cell_look(cell) != _cell_look(mine) or (_ink(cell) and _ink(mine) and _ink(cell) != _ink(mine)))
            ):
                yield f"{name} {cell.coordinate}的格式"
                return


_SHEET_LOOKS: dict[str, Callable[[Any], Any]] = {
    "合并单元格": lambda sheet: {str(area) for area in sheet.merged_cells.ranges},
    "隐藏": lambda sheet: sheet.sheet_state,
    "条件格式": lambda sheet: sorted((str(area.sqref), len(area.rules)) for area in sheet.conditional_formatting),
    "筛选": lambda sheet: sheet.auto_filter.ref,
    "打印设置": lambda sheet: (
        sheet.page_setup.orientation or "portrait", str(sheet.page_setup.paperSize), sheet.print_area,
        sheet.print_title_rows, round(sheet.page_margins.left, 1), round(sheet.page_margins.top, 1),
    ),
}


def _cell_look(cell: Any) -> tuple[Any, ...]:
    font = cell.font
    display = "".join(sign for sign in cell.number_format if sign not in '\\"')
    return (
        bool(font.b), bool(font.i), font.u, font.sz, display, cell.alignment.horizontal or "general",
    )


def _ink(cell: Any) -> str:
    """The colour of a cell's text; "" where there is none."""
    return "" if cell.value is None or cell.font.color is None else str(cell.font.color.rgb)[-6:]


def _color(fill: Any) -> str:
    if fill is None or fill.fill_type != "solid":
        return ""
    color = str(fill.fgColor.rgb or "")[-6:].upper()
    return "" if color == "FFFFFF" else color


def _entered(value: Any, cell: Cell, display: str) -> "Figure | None":
    """What the office typed into an input cell, as a figure, a word or a doubt."""
    assert cell.input is not None
    if value is None:
        return None
    text = str(value).strip()
    if cell.input.kind in ("words", "hint") or (cell.input.kind == "choice" and text in cell.input.choices):
        return text
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = parse_lexeme(repr(value))
    else:
        number = parse_plain(text)
    if number is not None and "%" in display and "%" not in cell.style.number:
        return Doubt(f"{text}（显示为百分数）")
    fits = number is not None and number >= 0 and (number * 10**cell.input.decimals).denominator == 1
    if cell.input.kind == "number" and fits:
        return number
    return Doubt(text.removeprefix(DOUBT_PREFIX))
