"""A task table → the bytes of a .docx: the words of WordprocessingML that it takes, and no others. Same table, same
bytes.

Source: ECMA-376, part 1; nothing in it is younger than Word 2007.
"""

from minsheng_xl.books.write import wordml
from minsheng_xl.books.write.wordml import FOOT, POINT, named_style, paragraph, run
from minsheng_xl.forms.look import HEAD_FACE, SCREEN_FACE, TEXT_FACE, TITLE_FACE
from minsheng_xl.forms.tasks import LEADING, PAGE, ROOM, TaskColumn, TaskTable

_WIDE, _HIGH = 16838, 11906  # A4 landscape
_TOP, _BOTTOM, _FOOT = 1134, 1077, 624
_WHOLE = 2 / 3  # of a page: a row that is higher may go on overleaf


def write_document(table: TaskTable) -> bytes:
    """The table as a document for paper: A4 landscape, its head on each page, the number of the page in the foot."""
    foot = wordml.footer(run("第 "), wordml.field("PAGE"), run(" 页　共 "), wordml.field("NUMPAGES"), run(" 页"))
    return wordml.document(table.title, _body(table), _styles(table.size), foot)


def _styles(size: float) -> str:
    """The styles of title, head, text and foot."""
    middle, spacing = '<w:jc w:val="center"/>', _spacing(size)
    above = '<w:keepNext/><w:spacing w:before="0" w:after="200"/>'
    named = (
        named_style("Title", "标题", TITLE_FACE, 22, above + middle),
        named_style("TaskHead", "表头", HEAD_FACE, size, spacing + middle),
        named_style("TaskText", "表文", TEXT_FACE, size, f'{spacing}<w:jc w:val="left"/>'),
        named_style("TaskWord", "表文居中", TEXT_FACE, size, spacing + middle),
        named_style("Foot", "页码", SCREEN_FACE, 9, middle),
    )
    return wordml.styles(named, TEXT_FACE, size)


def _spacing(size: float) -> str:
    return f'<w:spacing w:line="{round((size + LEADING) * POINT)}" w:lineRule="atLeast"/>'


def _body(table: TaskTable) -> str:
    rows = [_row(table, [column.title for column in table.columns], is_head=True)]
    rows += [_row(table, row) for row in table.rows]
    end = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    wide = [width * POINT for width in table.widths]
    return f"{paragraph('Title', run(table.title))}{wordml.table(wide, rows)}{end}{_section()}"


def _row(table: TaskTable, texts: "list[str] | tuple[str, ...]", *, is_head: bool = False) -> str:
    """A row; one that is short is never divided between two pages."""
    is_whole = is_head or table.height(tuple(texts)) <= PAGE * _WHOLE
    cells = [
        wordml.table_cell(
            text, width * POINT, _style_of(column, is_head=is_head), "center" if is_whole else "top"
        )
        for text, width, column in zip(texts, table.widths, table.columns, strict=True)
    ]
    return wordml.table_row(cells, is_head=is_head, is_whole=is_whole)


def _style_of(column: TaskColumn, *, is_head: bool) -> str:
    if is_head:
        return "TaskHead"
    return "TaskWord" if column.align == "center" else "TaskText"


def _section() -> str:
    side = (_WIDE - ROOM * POINT) // 2
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{FOOT}"/>'
        f'<w:pgSz w:w="{_WIDE}" w:h="{_HIGH}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{_TOP}" w:right="{side}" w:bottom="{_BOTTOM}" w:left="{side}"'
        f' w:header="{_FOOT}" w:footer="{_FOOT}" w:gutter="0"/></w:sectPr>'
    )
