"""The comparison reports each sort of difference, and takes as equal only what it says it does."""

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from tests.kept.differences import ALLOWANCES, Comparison, Sort
from tests.workbooks import parts_of, put_together

HASHES = ("0a" * 32, "1b" * 32)


def entry(kind: str) -> str:
    """A line of a journal that holds a hash."""
    return json.dumps({"seq": 1, "kind": kind, "sha256": HASHES[0]}) + "\n"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with a workbook, a text and a journal, and a copy of it."""
    old, new = tmp_path / "old", tmp_path / "new"
    (old / "归档").mkdir(parents=True)
    book = xlsxwriter.Workbook(old / "表.xlsx")
    book.set_properties({"created": datetime(2022, 1, 1)})
    page = book.add_worksheet("总表")
    page.write("A1", "完成率")
    page.write("B2", 12.5, book.add_format({"num_format": "0.000"}))
    page.write("C3", '=IF(B2>10,"是","")', None, "是")
    page.write("D4", f"指纹 {HASHES[0]}")
    page.set_column("B:B", 12)
    page.set_row(1, 18)
    book.add_worksheet("备注").write("A1", "第二页")
    book.close()
    put_together(old / "表.xlsx", parts_of(old / "表.xlsx"))
    (old / "通报.txt").write_text("第一行\n第二行\n第三行\n", encoding="utf-8", newline="\n")
    (old / "归档" / "日志.jsonl").write_text(entry("issued"), encoding="utf-8", newline="\n")
    shutil.copytree(old, new)
    return old, new


def rewritten(path: Path, part: str, was: str, now: str) -> None:
    parts = parts_of(path)
    text = parts[part].decode()
    assert was in text
    parts[part] = text.replace(was, now).encode()
    put_together(path, parts)


def saved(path: Path, change: Callable[[openpyxl.Workbook], object]) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


SHEET = "xl/worksheets/sheet1.xml"


def without(path: Path, part: str) -> None:
    parts = parts_of(path)
    del parts[part]
    put_together(path, parts)


def in_another_order(path: Path) -> None:
    put_together(path, dict(reversed(parts_of(path).items())))


BOOK = "表.xlsx"


def in_sheet(was: str, now: str) -> Callable[[Path], None]:
    return lambda new: rewritten(new / BOOK, SHEET, was, now)


def in_part(part: str, was: str, now: str) -> Callable[[Path], None]:
    return lambda new: rewritten(new / BOOK, part, was, now)


def written(name: str, text: str) -> Callable[[Path], object]:
    return lambda new: (new / name).write_text(text, encoding="utf-8", newline="\n")


Found: TypeAlias = set[tuple[Sort, str]]
IN_SHEET = (Sort.PART, f"{BOOK} {SHEET}")

PLANTED: dict[str, tuple[Callable[[Path], object], Found]] = {
    "a number": (in_sheet("<v>12.5</v>", "<v>12.6</v>"), {(Sort.CELL, f"{BOOK} 总表 B2"), IN_SHEET}),
    "a formula": (in_sheet("B2&gt;10", "B2&gt;11"), {(Sort.CELL, f"{BOOK} 总表 C3"), IN_SHEET}),
    "a text": (
        in_part("xl/sharedStrings.xml", "第二页", "第三页"),
        {(Sort.CELL, f"{BOOK} 备注 A1"), (Sort.PART, f"{BOOK} xl/sharedStrings.xml")},
    ),
    "the style of a cell": (
        in_part("xl/styles.xml", 'formatCode="0.000"', 'formatCode="0.00"'),
        {(Sort.STYLE, f"{BOOK} 总表 B2"), (Sort.PART, f"{BOOK} xl/styles.xml")},
    ),
    "a width": (in_sheet('width="12.7109375"', 'width="13"'), {(Sort.WIDTH, f"{BOOK} 总表 columns 2–2"), IN_SHEET}),
    "a height": (in_sheet('ht="18"', 'ht="19"'), {(Sort.HEIGHT, f"{BOOK} 总表 row 2"), IN_SHEET}),
    "a margin": (in_sheet('left="0.7"', 'left="0.6"'), {IN_SHEET}),
    "a part": (lambda new: without(new / BOOK, "docProps/app.xml"), {(Sort.PART, f"{BOOK} docProps/app.xml")}),
    "the order of parts": (lambda new: in_another_order(new / BOOK), {(Sort.PART, f"{BOOK} order of the parts")}),
    "a line": (written("通报.txt", "第一行\n第2行\n第三行\n"), {(Sort.LINE, "通报.txt:2")}),
    "a line more": (written("通报.txt", "第一行\n第二行\n第三行\n\n"), {(Sort.LINE, "通报.txt:5")}),
    "a missing file": (lambda new: (new / "通报.txt").unlink(), {(Sort.FILE, "通报.txt")}),
    "a file more": (written("又.txt", ""), {(Sort.FILE, "又.txt")}),
    "a field of the journal": (written("归档/日志.jsonl", entry("judged")), {(Sort.LINE, "归档/日志.jsonl:1")}),
    "an archived file of another hash": (written(f"归档/{HASHES[1]}", ""), {(Sort.FILE, f"归档/{HASHES[1]}")}),
}


@pytest.mark.parametrize("plant", PLANTED)
def test_each_sort_of_difference_is_reported_with_its_place(folders: tuple[Path, Path], plant: str) -> None:
    change, expected = PLANTED[plant]
    assert list(Comparison(*folders).differences()) == []
    change(folders[1])
    found = list(Comparison(*folders).differences())
    assert {(one.sort, one.place) for one in found} == expected
    assert all(one.old != one.new for one in found)


def test_many_at_once_are_all_reported(folders: tuple[Path, Path]) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["总表"]["B2"] = 13
        book["总表"]["A1"].font = Font(bold=True)
        book["总表"].column_dimensions["B"].width = 40
        book.create_sheet("又一页")

    saved(folders[1] / "表.xlsx", change)
    sorts = {one.sort for one in Comparison(*folders).differences()}
    assert sorts == {Sort.CELL, Sort.STYLE, Sort.WIDTH, Sort.PART}


def test_another_date_of_the_parts_is_told(folders: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(folders[1] / "表.xlsx", "w") as archive:
        for name, content in parts_of(folders[0] / "表.xlsx").items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 10, 8, 9, 0, 0)), content)
    assert "表.xlsx dates of the parts" in {one.place for one in Comparison(*folders).differences()}


def test_two_files_are_compared_like_two_folders(folders: tuple[Path, Path]) -> None:
    rewritten(folders[1] / "表.xlsx", SHEET, "<v>12.5</v>", "<v>1</v>")
    places = [one.place for one in Comparison(folders[0] / "表.xlsx", folders[1] / "表.xlsx").differences()]
    assert places == ["表.xlsx 总表 B2", f"表.xlsx {SHEET}"]


def test_a_hash_is_the_same_where_it_stands_for_the_same(folders: tuple[Path, Path]) -> None:
    journal = folders[1] / "归档" / "日志.jsonl"
    journal.write_text(journal.read_text().replace(HASHES[0], HASHES[1]), newline="\n")
    rewritten(folders[1] / "表.xlsx", "xl/sharedStrings.xml", HASHES[0], HASHES[1])
    comparison = Comparison(*folders)
    assert list(comparison.differences()) == []
    assert comparison.used == {"hash by what it stands for": 2}
    rewritten(folders[1] / "表.xlsx", "xl/sharedStrings.xml", HASHES[1], "2c" * 32)
    assert {one.place for one in Comparison(*folders).differences()} == {"表.xlsx 总表 D4", "表.xlsx xl/sharedStrings.xml"}


ALLOWED = {
    "program that wrote a line of the journal": (
        "归档/日志.jsonl", '{"seq":1,"at":"#"}', '{"seq":1,"at":"#","program":"0.2.0 1a2b3c4d"}',
    ),
    "isolation of the doors": ("打开菜单.bat", '"python.exe" -m minsheng_xl', '"python.exe" -P -m minsheng_xl'),
    "identity of a form in print": (
        "说明.txt", "县残联 · 2022-10 · 表号 #form# · 版式 2", "县残联 · 2022-10 · 表号 #form# · 版式 0c8e2614",
    ),
    "identity of a form in its properties": (
        "docProps/custom.xml", 'name="minsheng.form"><vt:lpwstr>ab<', 'name="minsheng.form"><vt:lpwstr>cd<',
    ),
    "identity of a form on its hidden sheet": (
        "xl/sharedStrings.xml", "<t>minsheng.version</t></si><si><t>2<", "<t>minsheng.version</t></si><si><t>0c8e2614<",
    ),
    "empty text result": (
        SHEET, '<c r="B2" s="3"><f>A1</f><v></v></c>', '<c r="B2" s="3" t="str"><f>A1</f><v></v></c>',
    ),
    "empty text result without a value": (SHEET, '<c r="B2"><f>A1</f></c>', '<c r="B2" t="str"><f>A1</f><v></v></c>'),
    "face of the footer": (
        SHEET, '<oddFooter>&amp;C&amp;"宋体"&amp;9', '<oddFooter>&amp;C&amp;"宋体,Regular"&amp;9',
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_equal_counted_and_told_without_its_allowance(tmp_path: Path, name: str) -> None:
    place, was, now = ALLOWED[name]
    for folder, text in (("old", was), ("new", now)):
        path = tmp_path / folder / place
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    comparison = Comparison(tmp_path / "old", tmp_path / "new")
    assert list(comparison.differences()) == []
    assert comparison.used[name] == 1
    others = [one for one in ALLOWANCES if not one.name.startswith(name[:25])]
    strict = Comparison(tmp_path / "old", tmp_path / "new", others)
    assert len(list(strict.differences())) == 1


def test_fields_of_a_journal_line_may_stand_in_another_order(folders: tuple[Path, Path]) -> None:
    path = folders[1] / "归档" / "日志.jsonl"
    path.write_text(json.dumps(dict(reversed(json.loads(entry("issued")).items()))) + "\n", newline="\n")
    comparison = Comparison(*folders)
    assert list(comparison.differences()) == []
    assert comparison.used["order of the fields in a line of the journal"] == 1
    path.write_text(path.read_text().replace("issued", "judged"), newline="\n")
    assert [one.place for one in Comparison(*folders).differences()] == ["归档/日志.jsonl:1"]
