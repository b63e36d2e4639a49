"""A master that an earlier version drew, in which the office has worked: it stays what it is, and is brought up to date."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, issue
from minsheng_xl.forms.identity import version_in
from minsheng_xl.forms.unit import LAYOUTS
from minsheng_xl.master.build import build
from tests.makers import draw_as_formerly, figure, send
from tests.sharing import copied
from tests.workbooks import part_of, parts_of, save, sheet_of

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
NOW, LATER = datetime(2022, 11, 7, 16), datetime(2022, 11, 12, 9)
UNIT = "县残联"
FIRST = LAYOUTS.first
"""The version of the first layout that a unit's sheet had."""


@pytest.fixture
def consolidated(short_issued_folder: Path, tmp_path: Path) -> Iterator[Year]:
    for year in copied(short_issued_folder, tmp_path / "年"):
        send(year, UNIT, OCTOBER, {figure("8-1"): "106"})
        consolidate(year, OCTOBER, NOW)
        yield year


def with_a_note(year: Year) -> None:
    book = openpyxl.load_workbook(year.master_path)
    book["首页"]["P3"] = "打电话催"
    book.save(year.master_path)


def test_its_front_page_stays_where_it_stands(consolidated: Year) -> None:
    assert sheet_of(consolidated.master_path, "首页")["A5"].value == "下一步"
    draw_as_formerly(consolidated)
    with_a_note(consolidated)
    send(consolidated, "县民政局", OCTOBER, {figure("6-1"): "3"})
    result = consolidate(consolidated, OCTOBER, LATER).master
    assert (result.path, result.own, result.kept) == (consolidated.master_path, (), ())
    home = sheet_of(consolidated.master_path, "首页")
    assert (home["A5"].value, home["P3"].value) == ("报送情况", "打电话催")
    assert [home.cell(4, column).value for column in (2, 3, 9)] == ["→ 进展汇总总表", "→ 领导简报", "→ 单位完成情况排名"]
    assert sheet_of(consolidated.master_path, "minsheng")["B5"].value == "D3", "where the button says what it does"


def test_it_goes_on_without_the_course_of_the_year_and_says_what_turned(consolidated: Year) -> None:
    """Until it is made anew: a sheet is not put into a workbook in which the office has worked."""
    draw_as_formerly(consolidated)
    book = openpyxl.load_workbook(consolidated.master_path)
    assert not {"趋势表", "趋势图"} & set(book.sheetnames)
    brief = book["领导简报"]
    line = next(cell for row in brief.iter_rows() for cell in row if "新增滞后" in str(cell.value))
    now = line.value
    marks = book["计算"]
    turned = next(cell.column for cell in marks[1] if cell.value == "比上期转变")
    marks.delete_cols(turned)
    line.value = re.sub(r'；新增滞后.*? 项","与上期', '","与上期', now)
    assert "新增" not in line.value
    book.create_sheet("趋势表")["A1"].value = "办公室自己画的"
    place = line.coordinate
    book["首页"]["P3"] = "打电话催"
    book.save(consolidated.master_path)
    send(consolidated, "县民政局", OCTOBER, {figure("6-1"): "3"})
    result = consolidate(consolidated, OCTOBER, LATER).master
    assert (result.path, result.own, result.kept) == (consolidated.master_path, (), ())
    assert sheet_of(consolidated.master_path, "领导简报")[place].value == now
    assert sheet_of(consolidated.master_path, "首页")["P3"].value == "打电话催"
    assert sheet_of(consolidated.master_path, "趋势表")["A1"].value == "办公室自己画的"
    fresh = build(consolidated, OCTOBER, LATER, fresh=True)
    assert {"趋势表", "趋势图"} <= set(openpyxl.load_workbook(fresh.path).sheetnames)


def test_the_course_goes_on_in_a_master_in_which_the_office_has_worked(consolidated: Year) -> None:
    with_a_note(consolidated)
    issue(consolidated, NOVEMBER, LATER)
    send(consolidated, UNIT, NOVEMBER, {figure("8-1"): "120"})
    result = consolidate(consolidated, NOVEMBER, LATER).master
    assert (result.path, result.own, result.kept) == (consolidated.master_path, (), ())
    sheet, formulas = (
        openpyxl.load_workbook(result.path, data_only=data_only)["趋势表"] for data_only in (True, False)
    )
    heads = {str(cell.value): cell.column for cell in sheet[4]}
    row = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "8-1")
    october, november = heads["10月\n（未定稿）"], heads["11月\n（未定稿）"]
    assert [sheet.cell(row, column).value for column in (october, november)] == [106, 120]
    assert [str(formulas.cell(row, column).value)[:1] for column in (october, november)] == ["1", "="]
    assert sheet.cell(row, heads["最大变动"]).value == "11月 +14"
    charts = [part for name, part in parts_of(result.path).items() if re.match(r"xl/charts/chart\d+\.xml", name)]
    average = openpyxl.load_workbook(result.path, data_only=True)["趋势图"]["B16"].value
    held = next(text for text in map(bytes.decode, charts) if "$B$6:$B$17" in text).split("$B$6:$B$17")[1]
    assert re.match(rf".*?<pt idx=\"10\"><v>{average}</v></pt></numCache>", held)


def test_what_was_asked_of_a_text_is_asked_in_today_s_words(consolidated: Year) -> None:
    """It said that 约3 may be 属实, which was refused then."""
    send(consolidated, "县民政局", OCTOBER, {figure("6-1"): "约3"})
    consolidate(consolidated, OCTOBER, NOW)
    book = openpyxl.load_workbook(consolidated.master_path)
    now = book["待决事项"]["H4"].value
    assert str(now).endswith("写应填的数；没有数的写“不计入”。")
    book["待决事项"]["H4"] = "数字存疑，没有计入；请与单位核实，属实的写“属实”，不然写应填的数。"
    book["首页"]["P3"] = "打电话催"
    book.save(consolidated.master_path)
    result = consolidate(consolidated, OCTOBER, LATER).master
    assert (result.path, result.own, result.kept) == (consolidated.master_path, (), ())
    assert sheet_of(consolidated.master_path, "待决事项")["H4"].value == now
    assert sheet_of(consolidated.master_path, "首页")["P3"].value == "打电话催"


def test_the_sheets_of_its_units_keep_their_layout(consolidated: Year) -> None:
    assert FIRST is not None
    draw_as_formerly(consolidated, FIRST)
    with_a_note(consolidated)
    send(consolidated, UNIT, OCTOBER, {figure("8-1"): "107"}, "更正.xlsx")
    result = consolidate(consolidated, OCTOBER, LATER).master
    assert (result.path, result.own) == (consolidated.master_path, ())
    sheet = sheet_of(consolidated.master_path, UNIT)
    bears = {version_in(str(row[0].value or ""), UNIT, OCTOBER) for row in sheet.iter_rows(max_col=1)}
    assert (bears, sheet["G8"].value) == ({"", FIRST}, 106)


def with_the_brief_set(year: Year) -> Year:
    """The year opened again, its plan with 简报期号, 落款单位 and 印发日期 of October."""
    year.close()
    book = openpyxl.load_workbook(year.plan_path)
    given = (("简报期号", "2022-10", "10"), ("落款单位", None, "县政府办"), ("印发日期", "2022-10", "2022-11-10"))
    for name, about, value in given:
        book["参数"].append((name, about, value))
    book.save(year.plan_path)
    return Year(year.root)


def heights(year: Year) -> dict[int, float]:
    """How high the rows of its 领导简报 are."""
    parts = parts_of(year.master_path)
    found = re.findall(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"', parts[part_of(parts, "领导简报")].decode())
    return {int(row): float(height) for row, height in found}


def test_tables_of_words_that_went_on_over_a_page_elsewhere_are_found(consolidated: Year) -> None:
    project = next(project for project in consolidated.plan.projects if len(project.responsible) > 1)
    leads, responsible = len(project.leads), len(project.responsible)
    draw_as_formerly(consolidated, parts={project.no: (leads, leads, 1, responsible - 1)})
    assert heads_of_words(consolidated, project.no) == ["牵头单位"] * 2 + ["责任单位"] * 2
    with_a_note(consolidated)
    send(consolidated, "县民政局", OCTOBER, {figure("6-1"): "3"})
    result = consolidate(consolidated, OCTOBER, LATER).master
    assert (result.path, result.own, result.kept) == (consolidated.master_path, (), ())
    assert heads_of_words(consolidated, project.no) == ["牵头单位"] * 2 + ["责任单位"]
    assert sheet_of(consolidated.master_path, "首页")["P3"].value == "打电话催"


def heads_of_words(year: Year, project: int) -> list[object]:
    rows = sheet_of(year.master_path, f"项目{project}").iter_rows(max_col=1, values_only=True)
    return [text for (text,) in rows if text in ("牵头单位", "责任单位")]


def brief_rows(year: Year, *rows: int) -> list[list[object]]:
    """What stands in rows of its 领导简报."""
    every = list(sheet_of(year.master_path, "领导简报").iter_rows(max_col=12, values_only=True))
    return [[value for value in every[row - 1] if value is not None] for row in rows]


def test_its_brief_keeps_its_rows_and_says_above_the_rule_who_issues_it(consolidated: Year) -> None:
    draw_as_formerly(consolidated)
    with_a_note(consolidated)
    year = with_the_brief_set(consolidated)
    result = consolidate(year, OCTOBER, LATER).master
    assert (result.path, result.own, result.kept) == (year.master_path, (), ())
    assert brief_rows(year, 2, 3) == [["2022年10月（截至2022年10月31日）　·　县政府办　·　2022年11月10日印发"], []]
    assert str(brief_rows(year, 25)[0][0]).startswith('="注：')
    year.close()


@pytest.mark.parametrize("label", ["领导\n批示", "县长批示"])
def test_a_brief_with_a_frame_gets_its_number_and_keeps_what_was_written_in_it(consolidated: Year, label: str) -> None:
    book = openpyxl.load_workbook(consolidated.master_path, keep_vba=True)
    sheet = book["领导简报"]
    assert sheet["A26"].value == "领导\n批示"
    sheet["A26"], sheet["B26"] = label, "请团县委抓紧。赵军"
    save(book, consolidated.master_path)
    year = with_the_brief_set(consolidated)
    result = consolidate(year, OCTOBER, LATER).master
    assert (result.path, result.own, result.kept) == (year.master_path, (), ())
    assert brief_rows(year, 2, 3) == [["2022年10月（截至2022年10月31日）"], ["第10期", "县政府办", "2022年11月10日印发"]]
    assert brief_rows(year, 26) == [[label, "请团县委抓紧。赵军"]]
    assert heights(year)[3] == 24
    year.close()
