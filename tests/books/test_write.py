"""What we write opens without a repair: limits kept, old functions only, values stored."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from fractions import Fraction

import openpyxl
import pytest
import python_calamine

from minsheng_xl import Period, Plan
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.unit import unit_book
from minsheng_xl.plan.load import check_tables
from tests.libreoffice.compare import same
from tests.makers import empty_account, figure, large_plan, word
from tests.sharing import made_once
from tests.workbooks import parts_of, put_together

OCTOBER = Period.parse("2022-10")
EXCEL_2007 = {
    "IF", "AND", "OR", "ISNUMBER", "COUNT", "SUM", "SUMIFS", "COUNTIFS", "SUMPRODUCT", "MIN", "MAX", "ROUND", "TEXT",
    "INDEX", "MATCH", "IFERROR", "TRIM", "LEN", "LEFT", "TRUE", "FALSE", "SUBSTITUTE", "LOWER", "CLEAN",
}


@pytest.fixture(scope="module", params=["sample", "quarters", "large"])
def name(request: pytest.FixtureRequest) -> str:
    """The plans whose masters are looked at."""
    return str(request.param)


@pytest.fixture(scope="module")
def book(name: str, request: pytest.FixtureRequest) -> Book:
    if name == "large":
        plan = check_tables(large_plan())
        return master_book(empty_account(plan, plan.periods[4]), "v", 3)
    plan = Plan.built_in(sample=True) if name == "sample" else request.getfixturevalue("quarters_plan")
    given = {u.name: {word(p, "progress"): "=1+1" for p in plan.projects_of(u.name, _lead())} for u in plan.reporting_units}
    return master_book(empty_account(plan, plan.periods[2], given), "v", 3)


@pytest.fixture(scope="module")
def content(name: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The book as it is written."""
    return made_once(tmp_path_factory, f"master {name}", lambda _: write_book(request.getfixturevalue("book")))


def _lead() -> object:
    from minsheng_xl.plan.model import Role

    return Role.LEAD


def formulas(book: Book) -> Iterator[str]:
    for sheet, cell in book.formulas():
        yield book.formula(sheet, cell)


def test_only_functions_of_excel_2007(book: Book) -> None:
    used = {name for text in formulas(book) for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', "", text))}
    assert used <= EXCEL_2007


def test_formulas_keep_excels_limits(book: Book) -> None:
    for text in formulas(book):
        assert len(text) <= 8192
        depth = deepest = 0
        for sign in re.sub(r'"[^"]*"', "", text):
            depth += (sign == "(") - (sign == ")")
            deepest = max(deepest, depth)
        assert deepest <= 64
        for constant in re.findall(r'"((?:[^"]|"")*)"', text):
            assert len(constant) <= 255
        bare = re.sub(r"\{[^}]*\}", "", re.sub(r'"[^"]*"', "", text))  # the members of a constant are no arguments
        assert bare.count(",") < 255


def test_every_formula_carries_its_value(book: Book, content: bytes) -> None:
    read = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    stored = {page.title: list(page.iter_rows(values_only=True)) for page in read.worksheets}
    mail_preview = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    grids = {name: mail_preview.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in mail_preview.sheet_names}
    for sheet, cell in book.formulas():
        expected = book.value(sheet, cell)
        assert same(expected, stored[sheet.name][cell.row][cell.column])
        assert same(expected, grids[sheet.name][cell.row][cell.column])


def test_the_same_book_gives_the_same_bytes(book: Book, content: bytes) -> None:
    assert write_book(book) == content


def test_sheet_names_and_texts_are_what_excel_takes(book: Book) -> None:
    names = [sheet.name for sheet in book.sheets]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    for sheet in book.sheets:
        assert all(0 < height <= 409 for height in sheet.heights.values())
        covered: set[tuple[int, int]] = set()
        for cell in sheet.cells.values():
            area = {(r, c) for r in range(cell.row, cell.row + cell.down) for c in range(cell.column, cell.column + cell.across)}
            assert not area & covered, f"{sheet.name}!{cell.address} overlaps"
            covered |= area


def without_cells(content: bytes) -> io.BytesIO:
    """A workbook whose sheets are as they were but for their rows."""
    parts, emptied = parts_of(content), io.BytesIO()
    rows = re.compile(b"<sheetData>.*</sheetData>", re.DOTALL)
    put_together(emptied, {name: rows.sub(b"<sheetData/>", part) for name, part in parts.items()})
    return emptied


def test_every_sheet_prints_one_page_wide_with_its_head(content: bytes) -> None:
    written = openpyxl.load_workbook(without_cells(content))
    for sheet in written.worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is the default
        assert sheet.page_setup.fitToHeight in ((None, 1) if sheet.title == "领导简报" else (0,))
        assert "&P" in sheet.oddFooter.center.text
        assert sheet.oddFooter.center.font == "宋体,Regular", "as Excel writes a face: name and style"
        assert sheet.print_area
    assert int(written["进展汇总总表"].page_setup.paperSize) == 8
    assert written["进展汇总总表"].print_title_rows == "$1:$4"


def test_no_macros_no_external_links(content: bytes) -> None:
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [n for n in names if "vba" in n.lower() or "external" in n.lower() or "activex" in n.lower()]


def test_a_unit_workbook_is_locked_without_a_password_but_may_be_resized(sample_plan: Plan) -> None:
    unit = sample_plan.unit("县民政局")
    made = unit_book(sample_plan, unit, OCTOBER, {"6-1": Fraction(2)})
    written = openpyxl.load_workbook(io.BytesIO(write_book(made)))
    sheet = written["填报表"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert (sheet.protection.formatColumns, sheet.protection.formatRows) == (False, False)
    form = made.sheet("unit:县民政局")
    for cell in form.cells.values():
        assert sheet.cell(cell.row + 1, cell.column + 1).protection.locked == (cell.input is None)
    assert sheet[form.address(figure("6-1"))].protection.locked is False


def test_a_unit_workbook_is_identified_three_times(sample_plan: Plan) -> None:
    from minsheng_xl.books.package.read import read_package
    from minsheng_xl.intake.identity import identities

    content = write_book(unit_book(sample_plan, sample_plan.unit("县民政局"), OCTOBER, {}))
    copies = list(identities(read_package(content)).values())
    assert len(copies) == 3
    assert len(set(copies)) == 1
    assert (copies[0].unit, copies[0].period) == ("县民政局", "2022-10")
    assert openpyxl.load_workbook(io.BytesIO(content))["标识"].sheet_state == "veryHidden"
    assert len(content) < 40_000


def test_validations_speak_chinese_and_keep_excels_limits(sample_plan: Plan) -> None:
    for unit in sample_plan.reporting_units:
        written = openpyxl.load_workbook(without_cells(write_book(unit_book(sample_plan, unit, OCTOBER, {}))))
        for rule in written["填报表"].data_validations.dataValidation:
            assert len(rule.error or "") <= 255
            assert len(rule.prompt or "") <= 255
            assert len(rule.errorTitle or "") <= 32
            if rule.type in ("whole", "decimal"):
                assert "请填" in (rule.error or "")
                assert (rule.operator, rule.formula1) == ("greaterThanOrEqual", "0")


def test_the_first_workbook_of_a_process_is_as_the_second() -> None:
    code = (
        "from minsheng_xl.books.write.book import write_book\n"
        "from minsheng_xl.forms.layout import Book, Sheet\n"
        "first, second = (write_book(Book([Sheet('a', '甲')], {})) for _ in range(2))\n"
        "print(first == second)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
