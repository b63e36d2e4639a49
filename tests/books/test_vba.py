"""vbaProject.bin as written here, read by olevba and olefile."""

import random
import re
import zipfile
from pathlib import Path

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser, decompress_stream

from minsheng_xl import Period, Plan
from minsheng_xl.books.write.book import write_book
from minsheng_xl.books.write.compound import compound_file
from minsheng_xl.books.write.vba import compressed, encrypted, vba_project
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.master.build import built_in_macros
from tests.makers import empty_account

MACROS = Path(__file__).parents[2] / "macros"
SIZES = (0, 1, 4095, 4096, 4097, 100_000)


def source(size: int, seed: int = 1) -> str:
    """Basic of about a size: lines of assignments with names and numbers that do not repeat regularly."""
    chance, text = random.Random(seed), ""
    while len(text) < size:
        text += f"    value{chance.randrange(999)} = {chance.random():.9f} + Other{chance.randrange(99)}\r\n"
    return text[:size]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_compressed_comes_back(size: int) -> None:
    content = source(size).encode("ascii")
    assert bytes(decompress_stream(bytearray(compressed(content)))) == content


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([b"Dim ", b"x = ", b"aaaaaaaa", b"\r\n", b"'", b"Sub A()", b"0123456789", b"\0\0\0\0"]), max_size=900), st.binary(max_size=40))
def test_any_text_comes_back(words: list[bytes], other: bytes) -> None:
    content = b"".join(words) + other
    assert bytes(decompress_stream(bytearray(compressed(content)))) == content


def test_noise_is_kept_raw_and_never_padded() -> None:
    noise = random.Random(2).randbytes(4096)
    assert bytes(decompress_stream(bytearray(compressed(noise + b"text text text")))) == noise + b"text text text"
    with pytest.raises(ValueError, match="cannot be compressed"):
        compressed(noise[:4000])


@pytest.mark.parametrize("size", SIZES)
def test_a_project_is_read_back_by_olevba(size: int) -> None:
    text = 'Attribute VB_Name = "Long"\r\n' + "".join(f"{line}\r\n" for line in source(size).splitlines())
    content = vba_project({"Long": text}, ["Sheet1", "Sheet2"])
    found = {name: code for _, _, name, code in VBA_Parser("vbaProject.bin", data=content).extract_macros()}
    assert found["Long.bas"] == text
    assert list(found) == ["ThisWorkbook.cls", "Sheet1.cls", "Sheet2.cls", "Long.bas"]


def test_the_master_carries_just_what_stands_in_macros(sample_plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "总台账.xlsm"
    path.write_bytes(write_book(master_book(empty_account(sample_plan, Period.parse("2022-10")), "", 0), built_in_macros()))
    parser = VBA_Parser(str(path))
    code = {name: text for _, _, name, text in parser.extract_macros() if name.endswith(".bas")}
    assert code == {file.name: "".join(f"{line}\r\n" for line in file.read_text("ascii").splitlines()) for file in MACROS.glob("*.bas")}
    assert all(line.startswith("Attribute") for _, _, name, text in parser.extract_macros() if name.endswith(".cls") for line in text.splitlines())
    assert not [found for kind, found, _ in parser.analyze_macros() if kind in ("AutoExec", "IOC")]
    with zipfile.ZipFile(path) as archive:
        workbook, types = archive.read("xl/workbook.xml").decode(), archive.read("[Content_Types].xml").decode()
        names = re.findall(r'<sheetPr codeName="(\w+)"', "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")))
        ribbon = archive.read("customUI/customUI.xml").decode()
    assert 'codeName="ThisWorkbook"' in workbook
    assert "vnd.ms-excel.sheet.macroEnabled.main+xml" in types
    stems = {Path(name).stem for _, _, name, _ in parser.extract_macros()}
    assert set(names) | {"ThisWorkbook", "MinshengXL"} == stems
    subs = re.findall(r"Public Sub (\w+)", code["MinshengXL.bas"])
    assert set(re.findall(r'onAction="(\w+)"', ribbon)) <= set(subs)
    assert "MinshengXL" not in subs


def test_the_macro_is_short_and_does_nothing_by_itself() -> None:
    text = (MACROS / "MinshengXL.bas").read_text("ascii")
    assert len(text.splitlines()) < 130
    assert not re.search(r"(?i)auto_?open|workbook_open|auto_?close|document_open|createobject|declare |xmlhttp|urldownload|kill |#if|#const", text)
    assert text.count("Shell ") == 1


def test_the_same_bytes_every_time(sample_plan: Plan) -> None:
    book = master_book(empty_account(sample_plan, Period.parse("2022-10")), "", 0)
    assert write_book(book, built_in_macros()) == write_book(book, built_in_macros())


def decrypted(text: str) -> bytes:
    """[MS-OVBA] 2.4.3.3, by hand."""
    code = bytes.fromhex(text)
    before, last, earlier = code[0] ^ code[2], code[2], code[1]
    out = bytearray()
    for byte in code[3:]:
        plain = byte ^ (earlier + before) & 0xFF
        out.append(plain)
        earlier, last, before = last, byte, plain
    return bytes(out)[(code[0] & 6) // 2 + 4 :]


@pytest.mark.parametrize(("known", "data"), [("F1F301E705E705E705E705", bytes(4)), ("8F8D7FE3831F2020202020", b"\0"), ("2D2FDD81E51EE61EE6E1", b"\xff")])
def test_data_is_hidden_as_in_a_project_that_word_made(known: str, data: bytes) -> None:
    assert decrypted(known) == data
    assert decrypted(encrypted(data, "{5312AC8A-349D-4950-BDD0-49BE3C4DD0F0}")) == data


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 63, 64, 200])
def test_a_compound_file_of_many_streams(count: int) -> None:
    streams = {f"Stream{number}": random.Random(number).randbytes(number * 97 % 9001) for number in range(count)}
    content = compound_file({"Folder": streams, "Root stream": b"x" * 5000})
    with olefile.OleFileIO(content) as file:
        assert {name: file.openstream(["Folder", name]).read() for name in streams} == streams
        assert file.openstream("Root stream").read() == b"x" * 5000
        for entry in file.direntries:
            if entry is not None and entry.entry_type in (1, 5) and entry.sid_child != 0xFFFFFFFF:
                _black_height(file, entry.sid_child, is_root=True)
        assert not file.parsing_issues


def _black_height(file: olefile.OleFileIO, number: int, *, is_root: bool = False, above_is_red: bool = False) -> int:
    """The black nodes on each way down; asserts that the siblings are a red-black tree in order."""
    if number == 0xFFFFFFFF:
        return 1
    entry = file.direntries[number] or file._load_direntry(number)
    red = entry.color == 0
    assert not (red and (above_is_red or is_root))
    left, right = (_black_height(file, child, above_is_red=red) for child in (entry.sid_left, entry.sid_right))
    assert left == right
    return left + (not red)
