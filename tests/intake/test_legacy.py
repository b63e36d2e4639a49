"""Formats that are not ours, by bytes: named as what they are, whose they are told, no figure taken."""

import bz2
import gzip
import io
import struct
import tracemalloc
import zipfile

import pytest

from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.intake.gate import FileKind, kind_of
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.parcel import is_parcel
from tests.hostile.archives import Entry, archive
from tests.hostile.compound import compound
from tests.hostile.opendocument import MIMETYPE
from tests.intake.test_judge import FILLED, OCTOBER, PLAN

UNIT, FORM = "县残联", "0123456789ab"
SAID = {"minsheng.unit": UNIT, "minsheng.period": "2022-10", "minsheng.form": FORM, "minsheng.version": "2"}
LINE = f"{UNIT} · 2022-10 · 表号 {FORM} · 版式 2"
AGAIN, UNPACK, SAVE = "请对方用发出的表，另存为 .xlsx 后重发", "请解压后放进来", "请把附件另存后放进来"


def judged(content: bytes, file: str = "x.xlsx") -> Return:
    return Judge(PLAN).judge(file, "0" * 64, content)


def said(content: bytes, file: str = "x.xlsx") -> str:
    (problem,) = judged(content, file).problems
    return problem.sentence


def property_set(properties: dict[str, str], page: int = 65001) -> bytes:
    """A stream of user-defined properties by hand: [MS-OLEPS] 3.2."""
    coding = {65001: "utf-8", 936: "gbk", 1200: "utf-16-le"}[page]
    names = struct.pack("<I", len(properties))
    values = [struct.pack("<IHH", 2, page, 0)]
    for number, (name, value) in enumerate(properties.items(), 2):
        coded, text = (name + "\0").encode(coding), (value + "\0").encode(coding)
        units = len(coded) // (2 if page == 1200 else 1)
        names += struct.pack("<II", number, units) + coded + (bytes(-len(coded) % 4) if page == 1200 else b"")
        size = len(text) // 2 if page == 1200 else len(text)
        values.append(struct.pack("<II", 0x1F if page == 1200 else 0x1E, size) + text + bytes(-len(text) % 4))
    names += bytes(-len(names) % 4)
    head = 8 + 8 * (len(properties) + 2)
    index, at = struct.pack("<II", 0, head), head + len(names)
    for number, value in enumerate(values, 1):
        index += struct.pack("<II", number, at)
        at += len(value)
    section = struct.pack("<II", at, len(properties) + 2) + index + names + b"".join(values)
    sets = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae") + struct.pack("<I", 68)
    sets += bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae") + struct.pack("<I", 76)
    return struct.pack("<HHI16sI", 0xFFFE, 0, 0x00020005, bytes(16), 2) + sets + struct.pack("<II", 8, 0) + section


def workbook(*strings: bytes, password: bool = False) -> bytes:
    """The stream of an .xls as far as it is looked at: its begin, its strings, one cell in IV65536."""
    records = [(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))]
    if password:
        records.append((0x002F, bytes(54)))
    records += [(0x00FC, b"".join(strings)), (0x0200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0))]
    records.append((0x0203, struct.pack("<HHHd", 65535, 255, 0, 1.0)))
    return b"".join(struct.pack("<HH", number, len(content)) + content for number, content in records)


def string(text: str, *, fonts: int = 0) -> bytes:
    head = struct.pack("<HB", len(text), 9 if fonts else 1) + (struct.pack("<H", fonts) if fonts else b"")
    return head + text.encode("utf-16-le") + bytes(4 * fonts)


def opendocument(properties: dict[str, str], *, mimetype: bool = True, lines: bool = True, far: bool = False) -> bytes:
    told = "".join(f'<meta:user-defined meta:name="{name}">{value}</meta:user-defined>' for name, value in properties.items())
    cells = "".join(f"<table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>" for text in ("填报表", LINE) if lines)
    if far:
        cells += '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384" office:value="1"/></table:table-row>'
    found = {
        "mimetype": MIMETYPE, "content.xml": f"<office:spreadsheet><table:table>{cells}</table:table></office:spreadsheet>".encode(),
        "meta.xml": f"<office:meta>{told}</office:meta>".encode(), "META-INF/manifest.xml": b"<manifest:manifest/>",
    }
    if not mimetype:
        del found["mimetype"]
    return archive([Entry(name.encode(), part, method=0 if name == "mimetype" else 8) for name, part in found.items()])


def spreadsheet_of_2003(coding: str = "utf-8") -> bytes:
    told = "".join(f'<{name} dt:dt="string">{value}</{name}>' for name, value in SAID.items())
    return (
        f'<?xml version="1.0" encoding="{coding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office">'
        f"<CustomDocumentProperties>{told}</CustomDocumentProperties><Worksheet/></Workbook>"
    ).encode(coding)


def flat(properties: dict[str, str]) -> bytes:
    told = "".join(f'<meta:user-defined meta:name="{name}">{value}</meta:user-defined>' for name, value in properties.items())
    return f'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:meta>{told}</office:meta></office:document>'.encode()


def binary_workbook(*, lines: bool) -> bytes:
    told = "".join(f'<property name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>' for name, value in SAID.items())
    parts = {
        "[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01\x00", "docProps/custom.xml": b"" if lines else told.encode(),
        "xl/sharedStrings.bin": b"\x13" + bytes(1) + struct.pack("<I", len(LINE)) + LINE.encode("utf-16-le"),
    }
    if not lines:
        del parts["xl/sharedStrings.bin"]
    return archive([Entry(name.encode(), part) for name, part in parts.items()])


ROWS = f"序号,指标编码,本期累计\r\n1,8-1,106\r\n{LINE},,\r\n"
PAGE = f"<html><body><table><tr><td>8-1</td><td>106</td></tr><tr><td>{LINE}</td></tr></table></body></html>"
OURS = {
    "an .xls by its properties": (compound({"Workbook": workbook(), "\x05DocumentSummaryInformation": property_set(SAID)}), ".xls"),
    "in the code page of a Chinese Windows": (compound({"Workbook": workbook(), "\x05DocumentSummaryInformation": property_set(SAID, 936)}), ".xls"),
    "in UTF-16": (compound({"Workbook": workbook(), "\x05DocumentSummaryInformation": property_set(SAID, 1200)}), ".xls"),
    "an .xls by its printed line": (compound({"Workbook": workbook(string("填报表"), string(LINE))}), ".xls"),
    "an .xls whose line has fonts of its own": (compound({"Workbook": workbook(string(LINE, fonts=2))}), ".xls"),
    "an .et": (compound({"Workbook": workbook(string(LINE)), "ETExtData": b"x"}), ".xls"),
    "an .ods by its properties": (opendocument(SAID, lines=False), ".ods"),
    "an .ods by its cells": (opendocument({}), ".ods"),
    "an .ods whose last cell is used": (opendocument(SAID, far=True), ".ods"),
    "an .ods without its mimetype": (opendocument(SAID, mimetype=False), ".ods"),
    "an .xlsb by its properties": (binary_workbook(lines=False), ".xlsb"),
    "an .xlsb by its printed line": (binary_workbook(lines=True), ".xlsb"),
    "the XML of 2003": (spreadsheet_of_2003(), "Excel 2003 XML"),
    "the XML of 2003 in UTF-16": (spreadsheet_of_2003("utf-16"), "Excel 2003 XML"),
    "flat ODF": (flat(SAID), "flat ODF"),
    "a page": (PAGE.encode(), "网页"),
    "a page in GBK": (PAGE.encode("gb18030"), "网页"),
    "Unicode text": (b"\xff\xfe" + ROWS.replace(",", "\t").encode("utf-16-le"), "Unicode 文本"),
    "CSV in GBK": (ROWS.encode("gbk"), "CSV"),
    "CSV in UTF-8": (ROWS.encode("utf-8-sig"), "CSV"),
    "divided by tabs": (ROWS.replace(",", "\t").encode("gbk"), "制表符"),
}


@pytest.mark.parametrize("name", OURS)
def test_another_format_is_refused_and_named_with_its_unit(name: str) -> None:
    content, word = OURS[name]
    found = judged(content, "表.xls")
    assert (found.outcome, found.unit, found.period, found.content) == (Outcome.REFUSED, UNIT, OCTOBER, None)
    assert word in found.problems[0].message
    assert found.problems[0].action == AGAIN


@pytest.mark.parametrize("part", ["content.xml", "styles.xml"])
def test_how_large_or_damaged_an_ods_is_does_not_hide_whose_it_is(part: str) -> None:
    about = opendocument(SAID)
    with zipfile.ZipFile(io.BytesIO(about)) as old:
        parts = {name: old.read(name) for name in old.namelist()} | {part: b"<row/>" * 12_000_000}
    whole = [Entry(name.encode(), content, method=0 if name == "mimetype" else 8) for name, content in parts.items()]
    cut = [entry if entry.name != part.encode() else Entry(entry.name, b"<x/>", local={"crc": 1}, central={"crc": 1}) for entry in whole]
    for content in (archive(whole), archive(cut)):
        found = judged(content)
        assert (found.outcome, found.unit, [p.code for p in found.problems]) == (Outcome.REFUSED, UNIT, ["file-old-format"])


def test_copies_that_contradict_each_other_name_no_unit() -> None:
    other = SAID | {"minsheng.unit": "县妇联"}
    found = judged(compound({"Workbook": workbook(string(LINE)), "\x05DocumentSummaryInformation": property_set(other)}))
    assert (found.outcome, found.unit) == (Outcome.REFUSED, None)


NOT_OURS = {
    "the XML of 2003": (spreadsheet_of_2003().replace(b"minsheng", b"other"), "Excel 2003 XML", AGAIN),
    "flat ODF": (flat({}), "flat ODF", AGAIN),
    "a page with a table": (b"<html><table><tr><td>8-1</td><td>106</td></tr></table></html>", "网页", AGAIN),
    "a page saved by Excel in one file": (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n\r\n<table>", "网页", AGAIN),
    "CSV": ("指标编码,本期累计\r\n8-1,106\r\n".encode("gbk"), "CSV", AGAIN),
    "Unicode text": (b"\xff\xfe" + "编码\t累计\r\n8-1\t106\r\n".encode("utf-16-le"), "Unicode 文本", AGAIN),
    "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(100), "rar", UNPACK),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(100), "7z", UNPACK),
    "gz": (gzip.compress(FILLED), "gz", UNPACK),
    "bz2": (bz2.compress(FILLED), "压缩包", UNPACK),
    "cab": (b"MSCF" + bytes(100), "压缩包", UNPACK),
    "tar": (bytes(257) + b"ustar\x0000" + bytes(400), "压缩包", UNPACK),
    "winmail.dat": (b"\x78\x9f\x3e\x22" + bytes(100), "winmail.dat", SAVE),
    "Outlook": (compound({"__properties_version1.0": b"x"}), "Outlook 邮件", SAVE),
    "a mail": (b"From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nhello", "邮件", SAVE),
    "a mail as a server passed it on": (b"Received: from x\n\tby y\nX-QQ-mid: 1\nTo: a@b.c\nDate: x\n\nhello", "邮件", SAVE),
    "a page with its pictures": (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nx", "网页存档", SAVE),
    "base64": (b"UEsDBBQAAAAI" + b"AAAA" * 100, "没有解码", SAVE),
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_holds_no_form_of_ours_is_named_with_what_to_do(name: str) -> None:
    content, word, action = NOT_OURS[name]
    found = judged(content)
    assert (found.outcome, found.unit, found.content) == (Outcome.UNRECOGNISED, None, None)
    assert word in found.problems[0].message
    assert found.problems[0].action == action


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("残联10月106人".encode(), "文本"), ("请查收：附件,谢谢".encode("gbk"), "文本"), ("Subject: 10月\n106人".encode(), "文本"),
        (b"<!DOCTYPE html><html><title>Login</title></html>", "网页"), (rb"{\rtf1 8-1, 106}", "文本"),
        (b"\xff\xfe" + "残联106人".encode("utf-16-le"), "文本"),
    ],
)
def test_words_are_no_table(content: bytes, word: str) -> None:
    (problem,) = judged(content).problems
    assert (problem.code, problem.message) == ("file-kind", f"是{word}，不是填报表")


@pytest.mark.parametrize("content", [b"\x62\x14\x23\x65\x03\x00E-SafeNet\0\0\0LOCK" + bytes(range(256)), b"%TSD-Header-###%" + bytes(range(256))])
def test_a_document_guard_is_first_this_desks_matter(content: bytes) -> None:
    (problem,) = judged(content).problems
    assert problem.code == "file-guarded"
    assert problem.action.index("python.exe") < problem.action.index("Excel 也打不开") < problem.action.index("请对方")


def test_what_nobody_knows_may_be_guarded_if_it_is_called_a_workbook() -> None:
    content = bytes(range(256)) * 40
    assert "python.exe" in said(content, "残联.xlsx")
    assert "python.exe" not in said(content, "视频.mp4")
    assert "没有传完" in said(bytes(5000), "残联.xlsx")


def parcel(method: int, flags: int = 0) -> bytes:
    return archive([Entry("县残联.xlsx".encode(), FILLED, method=method, flags=flags | 0x800), Entry("团县委.xlsx".encode(), FILLED, method=method, flags=flags | 0x800)])


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (parcel(98), "PPMd"), (parcel(93), "Zstandard"), (b"PK\5\6" + bytes(18), "没有文件"),
        (parcel(8)[:-30], "没有传完"),
    ],
)
def test_a_zip_that_is_not_opened_is_to_be_unpacked(content: bytes, word: str) -> None:
    assert kind_of(content) is FileKind.ZIP
    found = judged(content)
    assert (found.outcome, found.problems[0].action) == (Outcome.UNRECOGNISED, UNPACK)
    assert word in found.problems[0].message


def test_a_zip_under_a_password_is_to_be_sent_without() -> None:
    found = judged(parcel(8, flags=1))
    assert (found.outcome, found.problems[0].code) == (Outcome.UNRECOGNISED, "file-archive-locked")
    assert "去掉密码" in found.problems[0].action


def test_a_workbook_packed_anew_by_another_method_is_a_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(FILLED)) as old:
        parts = [Entry(name.encode(), old.read(name), method=14) for name in old.namelist()]
    assert "重填" in said(archive(parts))


LOCKED_ODS = archive([Entry(b"mimetype", MIMETYPE, method=0), Entry(b"META-INF/manifest.xml", b"<manifest:encryption-data/>")])


@pytest.mark.parametrize("content", [compound({"Workbook": workbook(password=True)}), LOCKED_ODS])
def test_a_password_is_said(content: bytes) -> None:
    found = judged(content)
    assert (found.outcome, found.problems[0].code) == (Outcome.REFUSED, "file-encrypted")


def repacked(change: "dict[str, bytes | None]", folder: str = "") -> bytes:
    with zipfile.ZipFile(io.BytesIO(FILLED)) as old:
        parts: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()} | change
    return archive([Entry((folder + name).encode(), part) for name, part in parts.items() if part is not None])


@pytest.mark.parametrize("content", [repacked({"[Content_Types].xml": None}), repacked({}, "县残联/"), repacked({"[Content_Types].xml": None, "xl/workbook.xml": None})])
def test_a_package_that_lost_its_mark_is_one_damaged_file(content: bytes) -> None:
    assert not is_parcel(content)
    found = judged(content)
    assert (found.outcome, found.problems[0].code) == (Outcome.UNRECOGNISED, "file-broken")


def test_the_search_takes_no_memory_to_speak_of() -> None:
    content = opendocument(SAID, far=True)
    tracemalloc.start()
    judged(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 << 20


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_cut_property_streams_are_no_fault(cut: int) -> None:
    stream = property_set(SAID)
    content = compound({"Workbook": workbook(), "\x05DocumentSummaryInformation": stream[:cut] + b"\xff" * 40 + stream[cut + 40 :]})
    assert judged(content).outcome is Outcome.REFUSED
