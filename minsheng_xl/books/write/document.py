"""A task table → the bytes of a .docx: the words of WordprocessingML that it takes, and no others. Same table, same
bytes.

Source: ECMA-376, part 1; nothing in it is younger than Word 2007.
"""

import io
import zipfile
from typing import NamedTuple
from xml.sax.saxutils import escape

from minsheng_xl.forms.look import HEAD_FACE, SCREEN_FACE, TEXT_FACE, TITLE_FACE
from minsheng_xl.forms.tasks import LEADING, PAGE, ROOM, TaskColumn, TaskTable

_POINT = 20  # twentieths of one are what lengths are given in
_WIDE, _HIGH = 16838, 11906  # A4 landscape
_TOP, _BOTTOM, _FOOT = 1134, 1077, 624
_WHOLE = 2 / 3  # of a page: a row that is higher may go on overleaf
_DAY = (2000, 1, 1, 0, 0, 0)  # bytes must not depend on the clock
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
_WORD = f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main" xmlns:r="{_RELATION}"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_ALTERNATIVES = {TITLE_FACE: "方正小标宋_GBK", TEXT_FACE: "仿宋", HEAD_FACE: "SimHei", SCREEN_FACE: "SimSun"}
"""What else each face is called; one that is not there at all is replaced by the program that shows the document."""


class _DocumentPart(NamedTuple):
    """A part of the package: its name, what kind of content it is, and how the document is related to it."""

    name: str
    content: str
    kind: str
    relation: str


def write_document(table: TaskTable) -> bytes:
    """The table as a document for paper: A4 landscape, its head on each page, the number of the page in the foot."""
    parts = (
        _DocumentPart("styles.xml", _styles(table.size), f"{_MAIN}.styles+xml", "styles"),
        _DocumentPart("settings.xml", _settings(), f"{_MAIN}.settings+xml", "settings"),
        _DocumentPart("fontTable.xml", _faces(), f"{_MAIN}.fontTable+xml", "fontTable"),
        _DocumentPart("footer1.xml", _footer(), f"{_MAIN}.footer+xml", "footer"),
    )
    document = _DocumentPart("document.xml", _document(table), f"{_MAIN}.document.main+xml", "officeDocument")
    files = {
        "[Content_Types].xml": _kinds((document, *parts)),
        "_rels/.rels": _whole_relations(),
        "docProps/core.xml": _properties(table.title),
        "word/document.xml": document.content,
        "word/_rels/document.xml.rels": _relations([(part.relation, part.name) for part in parts]),
        **{f"word/{part.name}": part.content for part in parts},
    }
    return _packed(files)


def _packed(files: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            about = zipfile.ZipInfo(name, _DAY)
            about.create_system = 0  # as every system is told to write it
            package.writestr(about, f"{_XML}{content}".encode(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _kinds(parts: tuple[_DocumentPart, ...]) -> str:
    every = "".join(f'<Override PartName="/word/{part.name}" ContentType="{part.kind}"/>' for part in parts)
    package = "application/vnd.openxmlformats-package"
    return (
        f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{package}.core-properties+xml"/>{every}</Types>'
    )


def _whole_relations() -> str:
    core = f"{_OFFICE}/package/2006/relationships/metadata/core-properties"
    return (
        f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/></Relationships>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    """What the document refers to, by its place: the foot is the last."""
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{each}</Relationships>'


def _properties(title: str) -> str:
    day = "2000-01-01T00:00:00Z"
    return (
        f'<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created></cp:coreProperties>'
    )


def _settings() -> str:
    narrow = '<w:characterSpacingControl w:val="compressPunctuation"/>'
    return f'<w:settings {_WORD}><w:zoom w:percent="100"/>{narrow}</w:settings>'


def _faces() -> str:
    every = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for face, other in _ALTERNATIVES.items()
    )
    return f"<w:fonts {_WORD}>{every}</w:fonts>"


def _styles(size: float) -> str:
    """The styles of title, head, text and foot."""
    middle, spacing = '<w:jc w:val="center"/>', _spacing(size)
    above = '<w:keepNext/><w:spacing w:before="0" w:after="200"/>'
    named = (
        _style("Title", "标题", TITLE_FACE, 22, above + middle),
        _style("TaskHead", "表头", HEAD_FACE, size, spacing + middle),
        _style("TaskText", "表文", TEXT_FACE, size, f'{spacing}<w:jc w:val="left"/>'),
        _style("TaskWord", "表文居中", TEXT_FACE, size, spacing + middle),
        _style("Foot", "页码", SCREEN_FACE, 9, middle),
    )
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    plain = f"<w:rPr>{_face(TEXT_FACE)}{_sized(size)}{language}</w:rPr>"
    return (
        f"<w:styles {_WORD}><w:docDefaults><w:rPrDefault>{plain}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f'{"".join(named)}</w:styles>'
    )


def _style(name: str, title: str, face: str, size: float, paragraph: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{title}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{paragraph}</w:pPr><w:rPr>{_face(face)}{_sized(size)}</w:rPr></w:style>'
    )


def _face(face: str) -> str:
    """A face for every sign: “”, … and — are of the Chinese one too."""
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'


def _sized(size: float) -> str:
    half_points = round(size * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(size: float) -> str:
    return f'<w:spacing w:line="{round((size + LEADING) * _POINT)}" w:lineRule="atLeast"/>'


def _footer() -> str:
    runs = (_run("第 "), _field("PAGE"), _run(" 页　共 "), _field("NUMPAGES"), _run(" 页"))
    return f'<w:ftr {_WORD}>{_paragraph("Foot", "".join(runs))}</w:ftr>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} ">{_run("1")}</w:fldSimple>'


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    """A text word for word, its blanks, tabs and ends of lines too."""
    if not text:
        return ""
    pieces = '<w:br/>'.join(map(_line, text.split("\n")))
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{pieces}</w:r>'


def _line(text: str) -> str:
    return "<w:tab/>".join(map(_piece, text.split("\t")))


def _piece(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def _document(table: TaskTable) -> str:
    rows = [_row(table, [column.title for column in table.columns], is_head=True)]
    rows += [_row(table, row) for row in table.rows]
    end = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    return (
        f'<w:document {_WORD}><w:body>{_paragraph("Title", _run(table.title))}'
        f'<w:tbl>{_table_properties(table)}{"".join(rows)}</w:tbl>{end}{_section()}</w:body></w:document>'
    )


def _table_properties(table: TaskTable) -> str:
    wide = [width * _POINT for width in table.widths]
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES)
    margins = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in _MARGINS.items())
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in wide)
    return (
        f'<w:tblPr><w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


_MARGINS = {"top": 30, "left": 85, "bottom": 30, "right": 85}


def _row(table: TaskTable, texts: "list[str] | tuple[str, ...]", *, is_head: bool = False) -> str:
    """A row; the head on each page, one that is short never divided between two."""
    is_whole = is_head or table.height(tuple(texts)) <= PAGE * _WHOLE
    about = ("<w:cantSplit/>" if is_whole else "") + ("<w:tblHeader/>" if is_head else "")
    cells = "".join(
        _cell(text, width, _style_of(column, is_head=is_head), "center" if is_whole else "top")
        for text, width, column in zip(texts, table.widths, table.columns, strict=True)
    )
    return f'<w:tr>{f"<w:trPr>{about}</w:trPr>" if about else ""}{cells}</w:tr>'


def _style_of(column: TaskColumn, *, is_head: bool) -> str:
    if is_head:
        return "TaskHead"
    return "TaskWord" if column.align == "center" else "TaskText"


def _cell(text: str, width: int, style: str, stands: str) -> str:
    about = f'<w:tcW w:w="{width * _POINT}" w:type="dxa"/><w:vAlign w:val="{stands}"/>'
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{_paragraph(style, _run(text))}</w:tc>"


def _section() -> str:
    side = (_WIDE - ROOM * _POINT) // 2
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{_WIDE}" w:h="{_HIGH}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{_TOP}" w:right="{side}" w:bottom="{_BOTTOM}" w:left="{side}"'
        f' w:header="{_FOOT}" w:footer="{_FOOT}" w:gutter="0"/></w:sectPr>'
    )
