"""A paper of any kind: told apart by what it is, read in a child with limits, or refused in one sentence."""

import email.message
import io
import subprocess
import zipfile
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import Workbook

from minsheng_xl.intake.worker import OUT_OF_MEMORY
from minsheng_xl.papers import convert, reading
from minsheng_xl.papers.kinds import PaperRead
from minsheng_xl.papers.reading import read
from minsheng_xl.papers.refusals import (
    BLANK,
    BROKEN,
    CRASHED,
    GUARDED,
    LETTER,
    LOCKED,
    NO_OFFICE,
    NOT_BEGUN,
    OFD,
    PARCEL,
    PICTURE,
    SCAN,
    SLIDES,
    TOO_LARGE,
    TOO_LONG,
    UNKNOWN,
)
from minsheng_xl.papers.worker import packed, unpacked
from minsheng_xl.problems import MinshengError
from minsheng_xl.published.paper import Document, Lattice, LatticePlace, TextBlock
from tests.papers.makers import docx, p, seed_docx, tbl, tr, zipped

_TABLE = "序号\t项目\t指标任务\n1\t甲\t乙"


def refusal(source: Path | str | bytes) -> str:
    with pytest.raises(MinshengError) as caught:
        read(source)
    return str(caught.value)


def where(document: Document) -> list[str]:
    return [block.where for block in document.blocks if isinstance(block, Lattice)]


def test_what_is_told_apart_by_its_content_may_have_any_name(tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_bytes(docx(p("甲")))
    assert read(file) == Document((TextBlock("甲"),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_encoding_is_read(encoding: str) -> None:
    found = read((_TABLE * 3).replace("乙序", "乙\n序").encode(encoding))
    assert where(found) == ["表1"]


def test_pasted_text_may_be_a_page() -> None:
    found = read(" <table><tr><td>序号<td>项目</table>")
    assert found.blocks == (Lattice(((LatticePlace("序号", 0, 0), LatticePlace("项目", 0, 1)),), "表1"),)


def test_a_piece_of_a_page_is_a_page() -> None:
    assert read("<!-- 通知 -->\n<div><p>甲</div>".encode()).blocks == (TextBlock("甲"),)


def test_an_archive_of_a_page_is_read() -> None:
    page = email.message.EmailMessage()
    page["MIME-Version"] = "1.0"
    page["Subject"] = "通知"
    page.set_content("<table><tr><td>序号<td>项目</table>", subtype="html", charset="utf-8", cte="base64")
    page.make_related()
    assert where(read(page.as_bytes())) == ["表1"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", BLANK), (b" \n\t", BLANK), (docx(), BLANK), (b"\x89PNG\r\n\x1a\n" + b"0" * 99, PICTURE),
        (b"\xff\xd8\xff\xe0" + b"0" * 99, PICTURE), (zipped({"OFD.xml": "<ofd/>"}), OFD),
        (zipped({"通知.docx": "甲"}), PARCEL), (b"Rar!\x1a\x07" + b"0" * 99, PARCEL),
        (zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}), SLIDES),
        (b"From: a@b.cn\nTo: c@d.cn\nSubject: x\n\nbody", LETTER), (bytes(range(256)) * 9, UNKNOWN),
        (b"\x62\x14\x23\x65\x16\x00\x01\x00\x00\x00E-SafeNet" + b"0" * 99, GUARDED),
        (seed_docx()[:2500], BROKEN), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 999, BROKEN),
        (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document"}), BROKEN),
        (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}), BROKEN),
        (zipped({"[Content_Types].xml": "<Types/>", "word/other.xml": "<a/>"}), BROKEN),
    ],
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, sentence: str) -> None:
    assert refusal(content) == sentence


@pytest.mark.posix(reason="Windows calls a folder that is read a file without leave")
def test_the_sentence_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "通知.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 99)
    assert refusal(file) == f"通知.png：{PICTURE}"
    assert refusal(tmp_path / "没有.docx") == "没有.docx：打不开（找不到）。"
    assert refusal(tmp_path).endswith("打不开（那是文件夹，不是文件）。")


def locked_docx() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(docx(p("甲")))).encrypt("密码", stream)
    return stream.getvalue()


@pytest.mark.posix(reason="Wine lacks what the wheel of cryptography needs")
def test_a_locked_document_is_refused() -> None:
    assert refusal(locked_docx()) == LOCKED


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w") as part:
            for _ in range(1024):
                part.write(bytes(1 << 20))
    return stream.getvalue()


def nested_docx(depth: int) -> bytes:
    inner = p("甲")
    for _ in range(depth):
        inner = tbl(tr(f"<w:tc><w:tcPr/>{inner}{p()}</w:tc>"))
    return docx(inner)


def million_rows() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(1000):
        sheet.append(["甲"])
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    row = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    parts[name] = parts[name].replace(b"</sheetData>", row * 1_000_000 + b"</sheetData>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        bomb, lambda: nested_docx(50), lambda: b"<html>" + b"<table><tr><td>" * 50 + b"x", million_rows,
        lambda: b"<html><table>" + b"<tr><td>a<td>b" * 1_000_000,
        ("序号\t项目\t指标任务\n" + "1\ta\tb\n" * 1_000_000).encode, lambda: b"abc d\n" * 3_000_000,
        lambda: b"<table>" + b"<tr><td colspan=1000 rowspan=1000>x" * 3000,
        lambda: "序号  项目  指标任务  牵头单位\n".encode() + b"a  " * 5_000_000,
    ],
    ids=["bomb", "nested tables", "nested on a page", "rows of a sheet", "rows of a page", "rows of text", "lines",
         "spans", "one line"],
)
def test_what_takes_too_much_is_one_sentence(content) -> None:
    """The reader's own clock sees to it that it is not waited for: `reading.SECONDS`."""
    said = refusal(content())
    before, after = TOO_LARGE.split("{reason}")
    assert (said.startswith(before) and said.endswith(after)) or said == TOO_LONG.format(seconds=reading.SECONDS)


def test_ten_tables_inside_each_other_are_read() -> None:
    assert read(nested_docx(10)).blocks


def test_a_reader_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    assert refusal(b"abc d\n" * 1_000_000) == TOO_LONG.format(seconds=0.01)


def test_a_reader_that_does_not_begin_is_no_fault_of_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS_TO_BEGIN", 0.01)
    assert refusal("甲") == NOT_BEGUN.format(seconds=0.01)


def test_the_time_of_a_paper_runs_from_when_the_reader_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    start = subprocess.Popen

    def slow(command: list[str], **words: object) -> subprocess.Popen[bytes]:
        return start([*command[:2], "import time; time.sleep(4); " + command[2], *command[3:]], **words)

    monkeypatch.setattr(reading.subprocess, "Popen", slow)
    monkeypatch.setattr(reading, "SECONDS", 3)
    assert read("甲").blocks


@pytest.mark.posix(reason="the address space is limited by the kernel")
def test_the_child_has_no_more_memory_than_its_limit() -> None:
    code = (
        "from minsheng_xl.papers import worker\n"
        "worker.read_any = lambda content, is_pasted: bytearray(600 << 20)\n"
        "worker.main()"
    )
    import sys

    done = subprocess.run([sys.executable, "-c", code], input=b"x", capture_output=True, check=False, timeout=60)
    assert "内存装不下" in done.stdout.decode()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (OUT_OF_MEMORY, TOO_LARGE.format(reason="内存装不下")), (-24, TOO_LONG.format(seconds=reading.SECONDS)),
        (-11, CRASHED), (1, CRASHED), (0, CRASHED),
    ],
)
def test_a_child_that_ends_without_an_answer_is_one_sentence(
    code: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = nullcontext(SimpleNamespace(stdin=io.BytesIO(), stdout=io.BytesIO(), returncode=code))
    monkeypatch.setattr(reading.subprocess, "Popen", lambda *args, **words: ended)
    assert refusal("甲") == sentence


def test_old_files_without_libreoffice_are_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "libreoffice", lambda: None)
    assert refusal(b"{\\rtf1 a}") == NO_OFFICE.format(kind=".rtf", ending=".docx")
    book = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    assert refusal(book) == NO_OFFICE.format(kind=".xml", ending=".xlsx")


@pytest.mark.posix(reason="a program is a script")
def test_a_conversion_that_fails_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setattr(convert, "libreoffice", lambda: str(program))
    assert refusal(b"{\\rtf1 a}").startswith("LibreOffice 没能转换这个文件（.rtf）。")


def test_a_document_goes_through_the_pipe_as_it_is() -> None:
    merged = LatticePlace("甲\n乙", 0, 0)
    lattice = Lattice(((merged, merged), (LatticePlace("", 1, 0), LatticePlace("丙", 1, 1))), "第2页的表1", 2)
    document = Document((TextBlock("题"), lattice), ("没有读。",))
    assert unpacked(packed(PaperRead(document))) == PaperRead(document)
    assert unpacked(packed(PaperRead(None, ".doc"))) == PaperRead(None, ".doc")


def blank_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def test_a_scan_is_refused() -> None:
    pytest.importorskip("pdfplumber")
    assert refusal(blank_pdf()) == SCAN


def test_a_pdf_without_its_reader_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from minsheng_xl.papers.pdf import read_pdf
    from minsheng_xl.papers.refusals import NO_PDF_READER, Refused

    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(Refused, match=NO_PDF_READER[:8]):
        read_pdf(blank_pdf())
