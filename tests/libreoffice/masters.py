"""Masters as an office leaves them: saved by other programs, with things of its own in them."""

import re
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from minsheng_xl.books.package.read import RawCell, RawSheet, read_package
from minsheng_xl.exact.addresses import area_name
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.numbers import parse_lexeme
from minsheng_xl.forms.edits import content_of
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.plan.tabs import PROGRAM
from tests.workbooks import parts_of, put_together, save

PICTURE = Path(__file__).parents[2] / "workbook" / "pictures" / "填写示意.png"


def by_openpyxl(path: Path) -> None:
    """A sheet, a chart on our figures, a picture, a comment, a name, a drop-down, conditional formats, a width, a hidden column."""
    book = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
    own = book.create_sheet("我的备忘", 1)
    own["A1"], own["B1"] = "催办", "=首页!D10*2"
    chart = BarChart()
    chart.add_data(Reference(book["首页"], min_col=4, min_row=8, max_row=10))
    own.add_chart(chart, "D2")
    own.add_image(Image(str(PICTURE)), "D20")
    book["首页"]["P3"] = "打电话催团县委"
    book["首页"]["A1"].comment = Comment("看一下", "办公室")
    book["首页"].column_dimensions["P"].width = 33
    book["进展汇总总表"].conditional_formatting.add("F5:F36", DataBarRule("num", 0, "num", 1, color="638EC6"))
    book["项目1"].conditional_formatting.add("K5:K8", ColorScaleRule("min", None, "FF0000", "max", None, "00FF00"))
    listed = DataValidation("list", formula1='"甲,乙"')
    listed.add("P4")
    book["首页"].add_data_validation(listed)
    book.defined_names["县长关注"] = DefinedName("县长关注", attr_text="首页!$A$9")
    book["填报流水"].sheet_state = "hidden"
    save(book, path)


def by_libreoffice(path: Path) -> None:
    with_own = path.with_name(f"own{path.suffix}")
    kind = "xlsm:Calc MS Excel 2007 VBA XML" if path.suffix == ".xlsm" else "xlsx:Calc MS Excel 2007 XML"
    shutil.copy(path, with_own)
    by_openpyxl(with_own)
    out = path.parent / "另存"
    command = ["soffice", f"-env:UserInstallation={(path.parent / 'lo').absolute().as_uri()}", "--headless", "--convert-to", kind, "--outdir", str(out), str(with_own)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shutil.copy(out / with_own.name, path)
    with_own.unlink()
    shutil.rmtree(out)
    shutil.rmtree(path.parent / "lo")


PIVOT = b'<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" refreshOnLoad="1"/>'
STRANGE = ' xmlns:gov="urn:example:county" gov:checked="yes"'
EXTENSION = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:cfRule type="dataBar" id="{A0000000-0000-0000-0000-000000000001}"><x14:dataBar minLength="0" maxLength="100"><x14:cfvo type="autoMin"/>'
    '<x14:cfvo type="autoMax"/></x14:dataBar></x14:cfRule><xm:sqref>P5:P9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>'
)


def by_hand(path: Path) -> None:
    """Parts and attributes that no library would make: a pivot cache, custom XML, printer settings, a
    calculation chain, shared strings, an extension list, an attribute of an unknown namespace."""
    parts = parts_of(path)
    parts["xl/pivotCache/pivotCacheDefinition1.xml"] = PIVOT
    parts["customXml/item1.xml"] = "<批示 xmlns='urn:example:county'>请加快</批示>".encode()
    parts["xl/printerSettings/printerSettings1.bin"] = bytes(range(256))
    parts["xl/calcChain.xml"] = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="D7" i="1"/></calcChain>'
    types = parts["[Content_Types].xml"].decode()
    added = (
        '<Override PartName="/xl/printerSettings/printerSettings1.bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>'
        '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>'
        '<Override PartName="/xl/pivotCache/pivotCacheDefinition1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"/>'
    )
    parts["[Content_Types].xml"] = types.replace("</Types>", added + "</Types>").encode()
    rels = parts["xl/_rels/workbook.xml.rels"].decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    added = (
        f'<Relationship Id="rId901" Type="{office}/calcChain" Target="calcChain.xml"/>'
        f'<Relationship Id="rId902" Type="{office}/pivotCacheDefinition" Target="pivotCache/pivotCacheDefinition1.xml"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("</Relationships>", added + "</Relationships>").encode()
    home = parts["xl/worksheets/sheet1.xml"].decode()
    home = re.sub(r'<row r="7"', f'<row r="7"{STRANGE}', home).replace("</worksheet>", EXTENSION + "</worksheet>")
    home = re.sub(r'(<c r="A14"[^>]*?)( t="str")', r"\1\2 gov:seen='1' xmlns:gov='urn:example:county'".replace("'", '"'), home)
    parts["xl/worksheets/sheet1.xml"] = home.encode()
    put_together(path, parts)


WAYS: dict[str, Callable[[Path], None]] = {"openpyxl": by_openpyxl, "libreoffice": by_libreoffice, "hand": by_hand}


def unlike(content: bytes, book: Book, own: "frozenset[tuple[str, str]]" = frozenset()) -> list[tuple[object, ...]]:
    """Where a file says something else than a book: contents, formulas, stored results, merges, hidden
    rows. `own` are (sheet, address) of cells of the office's own."""
    workbook, found = read_package(content, trusted=True), []
    for sheet in book.sheets:
        if sheet.id == PROGRAM.id:  # what it was made from differs on purpose
            continue
        raw = workbook.sheet(sheet.name)
        if raw is None:
            found.append((sheet.name, "is missing"))
            continue
        found += [(sheet.name, *each) for each in _unlike(raw, book, sheet) if (sheet.name, each[0]) not in own]
    return found


def _unlike(raw: RawSheet, book: Book, sheet: Sheet) -> "list[tuple[object, ...]]":
    found: list[tuple[object, ...]] = []
    for place, cell in sheet.cells.items():
        expected, there = content_of(book, sheet, cell), raw.cells.get(place)
        formula = there.formula if there else None
        if (expected.formula is None) != (formula is None) or (expected.formula and formula and _bare(formula) != _bare(expected.formula)):
            found.append((cell.address, "formula", expected.formula, formula))
        elif not _is(there, expected.value):
            found.append((cell.address, "value", expected.value, there))
    merges = {area_name(c.row, c.column, c.row + c.down - 1, c.column + c.across - 1) for c in sheet.cells.values() if c.down > 1 or c.across > 1}
    found += [("merge", area) for area in merges ^ {area_name(*area) for area in raw.frame.merges}]
    found += [("hidden row", row) for row in sheet.hidden_rows ^ raw.hidden_rows]
    extra = [place for place, cell in raw.cells.items() if place not in sheet.cells and (cell.text or cell.formula)]
    return found + [(area_name(*place, *place).partition(":")[0], "extra") for place in extra]


def _bare(formula: str) -> str:
    return "".join(sign for sign in formula if sign not in "' $\n").replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")


def _is(raw: RawCell | None, value: Value) -> bool:
    if isinstance(value, Fraction):
        number = parse_lexeme(raw.text) if raw is not None and raw.kind == "n" else None
        return number is not None and abs(number - value) <= abs(value) / 10**12
    if isinstance(value, bool):
        return raw is not None and (raw.kind, raw.text) == ("b", str(int(value)))
    return (raw.text if raw is not None else "").replace("\r\n", "\n") == (value or "")
