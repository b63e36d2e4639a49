"""What all printed sheets share: 附件 number, title, 期次 and 单位, notes, sign-off, rows that fit."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.expressions import Cell, Expr, Range, cell_of, count, expr, if_, or_
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.forms import look
from minsheng_xl.forms.columns import fitted_heads, grow
from minsheng_xl.forms.layout import Book, CellContent, Sheet, SheetColumn, TableRow, printed_end, width_pixels
from minsheng_xl.plan.period import Period, year_and_day
from minsheng_xl.plan.tabs import HOME, Tab

HEAD = 3
"""Rows above the table's own head: 附件, title, 期次 and 单位."""
TABLE_HEAD = 34.0
INTERNAL = "内部资料"
"""What stands in the place of 附件 on a sheet that is no annex."""
SIGN_OFF = "制表：　　　　　　　　　审核：　　　　　　　　　签发：　　　　　　　　　　　　　年　　月　　日"


def as_of(period: Period) -> str:
    """截至2022年10月31日."""
    return f"截至{year_and_day(period.last_day)}"


def closed_word(account: PeriodAccount) -> str:
    """What stands behind the period at the head of a sheet once it is closed."""
    return f"　{account.closing.word}" if account.closing is not None else ""


def begin(sheet: Sheet, visible: int, tab: Tab, title: str, account: PeriodAccount, unit: str) -> None:
    """The three rows above a printed table; `unit` is what its figures are in, "" if each row is in its own."""
    period = account.period
    sheet.heights |= {0: 20, 1: 40, 2: 24}
    sheet.put(0, 0, f"附件{tab.annex}" if tab.annex is not None else INTERNAL, look.ANNEX, across=visible)
    link_home(sheet, len(sheet.widths) - 1)
    sheet.put(1, 0, title, look.PAPER_TITLE.having(shrink=True), across=visible)
    halves = _middle(sheet, visible)
    when = f"期次：{period.label}（{as_of(period)}）{closed_word(account)}"
    sheet.put(2, 0, when, look.CAPTION.having(align="left"), across=halves)
    sheet.put(2, halves, f"单位：{unit}" if unit else "", look.CAPTION.having(align="right"), across=visible - halves)


def link_home(sheet: Sheet, column: int) -> None:
    """The way back to 首页, in a column that is not printed."""
    sheet.put(0, column, f"← {HOME.name}", look.LINK, link=HOME.name)


def standing_cell(unit: str) -> Cell:
    """Where 首页 says how a unit has reported."""
    return cell_of(HOME.id, Key("unit", unit, "standing"))


def is_outstanding(standing: Expr) -> Expr:
    """Whether nothing has come of a unit, or what came was refused."""
    return or_(standing.equals(Standing.MISSING.label), standing.equals(Standing.REFUSED.label))


def running_numbers(sheet: Sheet, names: Iterable[RowName], key: str) -> list[Expr]:
    """The number that each row of a list would bear in a column: one more than the rows above it that bear one."""
    cells = [sheet.ref(name.cell(key)) for name in names]
    return [count(Range(tuple(cells[:n]))) + 1 if n else expr(1) for n in range(len(cells))]


def _middle(sheet: Sheet, visible: int) -> int:
    """The number of columns that make the left half of a page."""
    shown = [(n, width) for n, width in enumerate(sheet.widths[:visible]) if n not in sheet.hidden_columns]
    half, so_far = sum(width for _, width in shown) / 2, 0.0
    for n, width in shown:
        so_far += width
        if so_far >= half:
            return min(max(1, n + 1), visible - 1)
    return 1


def end(sheet: Sheet, row: int, visible: int, notes: "Sequence[tuple[str, CellContent, float]]") -> int:
    """The notes (name, content, height) under a table, and the sign-off block. Returns the first row below."""
    for name, content, height in notes:
        sheet.put(row, 0, content, look.PAPER_NOTE, key=Key("note", "foot", name), across=visible)
        sheet.heights[row] = height
        row += 1
    sheet.put(row, 0, SIGN_OFF, look.SIGN_OFF, across=visible)
    sheet.heights[row] = 34
    return row + 1


def heads(columns: "Sequence[SheetColumn[TableRow]]") -> "list[SheetColumn[TableRow]]":
    """The columns with the head of a printed table, all but the hidden ones."""
    return fitted_heads(one if one.hidden else one._replace(head=look.PAPER_HEAD) for one in columns)


def none_row(sheet: Sheet, row: int, visible: int, count: Expr) -> int:
    """The row under a list that says 无 if it has no row. Returns the row below."""
    sheet.put(row, 0, if_(count.equals(0), "无", ""), look.PAPER_CENTER, key=_NONE, across=visible)
    sheet.heights[row] = 28
    return row + 1


_NONE = Key("none", "list", "row")


def fit_rows(
    book: Book, sheet: Sheet, names: Sequence[RowName], filled: str, *, least: float, size: float = 10.5
) -> None:
    """Hide the rows of a list of which the column `filled` is blank, or its 无, and give the others
    the height that their texts need."""
    shown = []
    for name in names:
        cell = sheet.cell(name.cell(filled))
        if book.value(sheet, cell) in ("", None):
            sheet.hidden_rows.add(cell.row)
        else:
            shown.append(cell.row)
    grow(sheet, shown, least=least, size=size, book=book)
    if shown:
        sheet.hidden_rows.add(sheet.cell(_NONE).row)


_PAPER = {"A4": (595.0, 842.0), "A3": (842.0, 1191.0)}
_MARGINS = 0.59 * 72 * 2, (0.63 + 0.67) * 72


def room(sheet: Sheet) -> float:
    """How many points of rows a page of the sheet holds, at the scale that makes it one page wide; where more would
    make it two, a little less: programs round scales down."""
    width, height = _PAPER[sheet.print.paper]
    if sheet.print.landscape:
        width, height = height, width
    end = printed_end(sheet)
    shown = enumerate(sheet.widths[: end[1] + 1] if end else ())
    wide = sum(width_pixels(w) * 0.75 for n, w in shown if n not in sheet.hidden_columns)
    scale = min(1.0, (width - _MARGINS[0]) / wide)
    return (height - _MARGINS[1]) / scale * (1.0 if sheet.print.one_page else 0.97)


def height_of(sheet: Sheet, rows: Iterable[int]) -> float:
    return sum(sheet.heights.get(row, 13.5) for row in rows if row not in sheet.hidden_rows)


def chunks(
    sheet: Sheet, top: int, rows: Sequence[str], height: Callable[[str], float], head: float
) -> Iterator[tuple[Sequence[str], bool]]:
    """The rows of a table that would run over the foot of the page, in parts: (rows, whether they begin
    a new page). Each part gets the table's head again."""
    first, last = sheet.print.head_rows or (0, -1)
    repeated, room_ = height_of(sheet, range(first, last + 1)), room(sheet)
    begins = max((row for row in sheet.print.breaks if row < top), default=0)
    used = height_of(sheet, range(begins, top)) + (repeated if begins else 0) + head
    part: list[str] = []
    breaks = False
    for n, row in enumerate(rows):
        needed = height(row) + (_SIGN_OFF if n == len(rows) - 1 else 0)
        if used + needed > room_ and used > repeated + head:
            if part:
                yield part, breaks
            part, breaks, used = [], True, repeated + head
        part.append(row)
        used += needed
    yield part, breaks


_SIGN_OFF = 50.0  # points of what may stand under a table


def share_out(sheet: Sheet, top: int, blocks: Sequence[int], bottom: int, *, most: float) -> None:
    """Let a table of blocks of rows fill its page: rows as high as there is room for, up to `most`;
    where it needs several pages, a block begins a new one rather than be split."""
    room_, rows = room(sheet), range(top, top + sum(blocks))
    spare = room_ - height_of(sheet, range(bottom))
    if spare > 0 and rows:
        for row in rows:
            sheet.heights[row] = max(sheet.heights[row], min(most, sheet.heights[row] + spare / len(rows)))
        return
    breaks, used, row = [], height_of(sheet, range(top)), top
    for n, block in enumerate(blocks):
        foot = height_of(sheet, range(top + sum(blocks), bottom)) if n == len(blocks) - 1 else 0
        needed = height_of(sheet, range(row, row + block)) + foot
        if used + needed > room_ and row > top:
            breaks.append(row)
            used = height_of(sheet, range(top))
        used += needed
        row += block
    break_before(sheet, breaks)


def break_before(sheet: Sheet, rows: Iterable[int]) -> None:
    """Begin new pages before these rows."""
    sheet.print = sheet.print._replace(breaks=tuple(sorted({*sheet.print.breaks, *rows})))
