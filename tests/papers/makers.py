"""The county's published table as papers of every kind, written by hand: raw parts, no library's idea of them."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

SOURCE = Path(__file__).parents[1] / "sources" / "指标任务表.txt"
TITLE = "2022年鲁山县重点民生实事县直责任单位指标任务表"
HEADS = ("序号", "项目", "指标任务", "牵头单位", "责任单位", "认定单位")
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{}</Types>'
)
_OTHER_TYPE = (
    '<Override PartName="/word/{0}.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{0}+xml"/>'
)
_RELATION = (
    '<Relationship Id="{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{1}" Target="{2}"/>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def published_rows() -> list[tuple[str, ...]]:
    """The ten rows of the county's table, cut out of its text by the tabs."""
    rows: list[list[str]] = [[]]
    for line in SOURCE.read_text(encoding="utf-8").split("\n")[1:]:
        if line.startswith("\t"):
            rows[-1].append(line[1:])
        elif line.strip():
            rows[-1][-1] += line
        else:
            rows.append([])
    return [tuple(row[:6]) for row in rows if row and row[0].isdigit()]


def p(text: str = "", properties: str = "") -> str:
    """A paragraph; lines of the text are broken by <w:br/>."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r>{lines}</w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    """A cell of a text, or of paragraphs that are written already."""
    inner = content if content.startswith("<w:") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells, texts or written already."""
    written = "".join(cell if cell.startswith("<w:") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{written}</w:tr>"


def tbl(*rows: str, columns: int = 6) -> str:
    """A table of rows."""
    grid = "".join('<w:gridCol w:w="1500"/>' for _ in range(columns))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def docx(*body: str, numbering: str = "", styles: str = "") -> bytes:
    """A .docx of these paragraphs and tables."""
    others = {name: inner for name, inner in (("numbering", numbering), ("styles", styles)) if inner}
    parts = {
        "[Content_Types].xml": _TYPES.format("".join(map(_OTHER_TYPE.format, others))),
        "_rels/.rels": _RELATIONS.format(_RELATION.format("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document {_W}><w:body>{"".join(body)}<w:sectPr><w:pgSz w:w="16838" w:h="11906" '
        'w:orient="landscape"/><w:pgMar w:top="1134" w:bottom="1134" w:left="1134" w:right="1134"/></w:sectPr></w:body></w:document>',
        "word/_rels/document.xml.rels": _RELATIONS.format(
            "".join(_RELATION.format(f"r{number}", name, f"{name}.xml") for number, name in enumerate(others, 2))
        ),
    }
    parts |= {f"word/{name}.xml": f"<w:{name} {_W}>{inner}</w:{name}>" for name, inner in others.items()}
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    """A zip of texts by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def seed_docx() -> bytes:
    """The county's table in two tables, the head repeated, a head cell broken, a title row merged over all columns, a
    certifier merged over two rows, and the units of the third project in a row that begins behind empty places."""
    rows = published_rows()
    title = tr(tc(TITLE, '<w:gridSpan w:val="6"/>'))
    head = tr("序\n号", *HEADS[1:])
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    certified = [
        tr(*row[:5], tc("" if number else row[5], goes_on if number else restart)) for number, row in enumerate(rows[:2])
    ]
    without_units = tr(*rows[2][:4], "", rows[2][5])
    units = tr(rows[2][4], properties='<w:gridBefore w:val="4"/><w:gridAfter w:val="1"/>')
    return docx(tbl(title, head, *certified, without_units, units), p(), tbl(head, *(tr(*row) for row in rows[3:])), p())


def _middle(text: str) -> str:
    return tc(p(text, '<w:jc w:val="center"/>'), '<w:vAlign w:val="center"/>')


def _set(row: Sequence[str]) -> str:
    number, project, task, leads, units, certifier = row
    return tr(*map(_middle, (number, project)), tc(task), _middle(leads), tc(units), _middle(certifier))


def wide_docx(*, has_borders: bool = True, widths: Sequence[int] = (700, 2200, 4600, 1700, 4000, 1300)) -> bytes:
    """The table as offices set it: columns of fitting widths, names in the middle of their cells, the head repeated by
    Word, a unit a line, a note."""
    rows = [(*row[:3], *(cell.replace("、", "\n") for cell in row[3:])) for row in published_rows()]
    table = tbl(tr(*map(_middle, HEADS), properties="<w:tblHeader/>"), *(_set(row) for row in rows))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = re.sub("<w:tblGrid>.*?</w:tblGrid>", f"<w:tblGrid>{grid}</w:tblGrid>", table)
    if not has_borders:
        table = re.sub("<w:tblBorders>.*?</w:tblBorders>", "", table)
    return docx(p("附件1"), p(TITLE, '<w:jc w:val="center"/>'), table, p("注：以上任务年底前完成。"))


def seed_xlsx() -> bytes:
    """The same as a sheet: a title merged over the columns, the number of each row a number."""
    book = Workbook()
    sheet = book.active
    sheet.title = "任务"
    sheet.append([TITLE])
    sheet.merge_cells("A1:F1")
    sheet.append(list(HEADS))
    for row in published_rows():
        sheet.append([int(row[0]), *row[1:]])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def seed_html() -> bytes:
    """The same as a page in GBK, laid out by a table, its rows and cells without end tags."""
    def cells(row: Sequence[str], tag: str = "td") -> str:
        return "<tr>" + "".join(f"<{tag}><p>{escape(text)}" for text in row)

    table = f"<table border=1>{cells(HEADS, 'th')}{''.join(map(cells, published_rows()))}</table>"
    page = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'><title>通知</title>"
        "<script>var a = '<table><tr><td>1</table>';</script></head><body><table><tr><td>首页<td>政务公开"
        f"<tr><td>栏目<td><h1>{TITLE}</h1>{table}</table></body></html>"
    )
    return page.encode("gb18030")
