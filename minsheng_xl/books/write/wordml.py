"""WordprocessingML as text: the parts of a .docx and what stands in them. The same words, the same bytes.

Source: ECMA-376, part 1; nothing in it is younger than Word 2007.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from minsheng_xl.forms.look import HEAD_FACE, SCREEN_FACE, TEXT_FACE, TITLE_FACE

POINT = 20
"""Twentieths of one are what lengths are given in."""
FOOT = "rId4"
"""By what a section refers to the foot."""
_DAY = (2000, 1, 1, 0, 0, 0)  # bytes must not depend on the clock
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
_WORD = f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main" xmlns:r="{_RELATION}"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ALTERNATIVES = {TITLE_FACE: "方正小标宋_GBK", TEXT_FACE: "仿宋", HEAD_FACE: "SimHei", SCREEN_FACE: "SimSun"}
"""What else each face is called; one that is not there at all is replaced by the program that shows the document."""
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MARGINS = {"top": 30, "left": 85, "bottom": 30, "right": 85}


class _DocumentPart(NamedTuple):
    """A part of the package: its name, what kind of content it is, and how the document is related to it."""

    name: str
    content: str
    kind: str
    relation: str


def document(title: str, body: str, named: str, foot: str) -> bytes:
    """A document of a body (its section at the end refers to the foot as FOOT), the part of its styles and that of its
    foot."""
    parts = (
        _DocumentPart("styles.xml", named, f"{_MAIN}.styles+xml", "styles"),
        _DocumentPart("settings.xml", _settings(), f"{_MAIN}.settings+xml", "settings"),
        _DocumentPart("fontTable.xml", _faces(), f"{_MAIN}.fontTable+xml", "fontTable"),
        _DocumentPart("footer1.xml", foot, f"{_MAIN}.footer+xml", "footer"),
    )
    content = f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"
    whole = _DocumentPart("document.xml", content, f"{_MAIN}.document.main+xml", "officeDocument")
    files = {
        "[Content_Types].xml": _kinds((whole, *parts)),
        "_rels/.rels": _whole_relations(),
        "docProps/core.xml": _properties(title),
        "word/document.xml": whole.content,
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


def named_style(name: str, title: str, face: str, size: float, paragraph: str) -> str:
    """A style of paragraphs: its name, its title for people, its face and size in points, what else it has."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{title}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{paragraph}</w:pPr><w:rPr>{_face(face)}{_sized(size)}</w:rPr></w:style>'
    )


def styles(named: Iterable[str], face: str, size: float) -> str:
    """The part of the styles; `face` and `size` are of what has none."""
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    plain = f"<w:rPr>{_face(face)}{_sized(size)}{language}</w:rPr>"
    return (
        f"<w:styles {_WORD}><w:docDefaults><w:rPrDefault>{plain}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f'{"".join(named)}</w:styles>'
    )


def _face(face: str) -> str:
    """A face for every sign: “”, … and — are of the Chinese one too."""
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'


def _sized(size: float) -> str:
    half_points = round(size * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def footer(*runs: str) -> str:
    """The part of the foot: a paragraph of the style Foot."""
    return f'<w:ftr {_WORD}>{paragraph("Foot", "".join(runs))}</w:ftr>'


def field(name: str) -> str:
    """What the program that shows the document reckons: PAGE, NUMPAGES."""
    return f'<w:fldSimple w:instr=" {name} ">{run("1")}</w:fldSimple>'


def paragraph(style: str, runs: str) -> str:
    """A paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def run(text: str) -> str:
    """A text word for word, its blanks, tabs and ends of lines too."""
    if not text:
        return ""
    pieces = '<w:br/>'.join(map(_line, text.split("\n")))
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{pieces}</w:r>'


def _line(text: str) -> str:
    return "<w:tab/>".join(map(_piece, text.split("\t")))


def _piece(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def table(widths: Sequence[int], rows: Iterable[str]) -> str:
    """A table with lines, as wide as its columns, given in twentieths of a point."""
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES)
    margins = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in _MARGINS.items())
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    about = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    return f"<w:tbl>{about}{''.join(rows)}</w:tbl>"


def table_row(cells: Iterable[str], *, is_head: bool = False, is_whole: bool = True) -> str:
    """A row; the head on each page, one that is `whole` never divided between two."""
    about = ("<w:cantSplit/>" if is_whole else "") + ("<w:tblHeader/>" if is_head else "")
    return f'<w:tr>{f"<w:trPr>{about}</w:trPr>" if about else ""}{"".join(cells)}</w:tr>'


def table_cell(text: str, width: int, style: str, stands: str = "center") -> str:
    """A cell of a width in twentieths of a point, its text of a style, standing at the center or the top."""
    about = f'<w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="{stands}"/>'
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{paragraph(style, run(text))}</w:tc>"
