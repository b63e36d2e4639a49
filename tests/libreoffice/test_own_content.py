"""What an office does to its master by the way, each of which once went wrong in silence."""

import itertools
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from minsheng_xl import Period, Year, build, consolidate, status
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.closing.close import close
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master import build as building
from minsheng_xl.master import note
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import Decided, TypedIn
from tests.libreoffice.masters import unlike
from tests.makers import figure, send
from tests.workbooks import part_of, parts_of, put_together, save, sheet_of, typed

OCTOBER, NOVEMBER, SEPTEMBER = (Period.parse(text) for text in ("2022-10", "2022-11", "2022-09"))
LATER = datetime(2022, 12, 1)


def saved(path: Path, change: "Callable[[openpyxl.Workbook], None]") -> None:
    """The office opens the master, changes something, saves it."""
    book = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
    change(book)
    save(book, path)


def rewritten(path: Path, sheet: str, change: Callable[[str], str]) -> None:
    """The XML of a sheet, changed by hand."""
    parts = parts_of(path)
    name = part_of(parts, sheet)
    text = parts[name].decode()
    parts[name] = change(text).encode()
    assert parts[name].decode() != text
    put_together(path, parts)


def reported(year: Year, code: str, period: Period = OCTOBER) -> object:
    return next(i["reported"] for i in status(year, period)["indicators"] if i["code"] == code)


def is_fresh(year: Year, period: Period, *own: tuple[str, str]) -> bool:
    book = master_book(account_of(year.plan, year.register, period), "", 0)
    return unlike(year.master_path.read_bytes(), book, frozenset({("催报单", "A4"), ("催报单", "A5"), *own})) == []


def test_a_decision_is_carried_out_once_and_for_its_item(demo_year: Year) -> None:
    typed(demo_year.master_path, 待决事项__I4="用新数", 待决事项__J4="张三", 待决事项__K4="来电", 待决事项__J5="李四", 待决事项__K5="等回话")
    second = sheet_of(demo_year.master_path, "待决事项")["A5"].value
    for _ in range(3):
        consolidate(demo_year, OCTOBER, LATER)
        typed(demo_year.master_path)
    assert len(demo_year.register.entries(Decided)) == 1
    page = sheet_of(demo_year.master_path, "待决事项")
    row = next(r for r in page.iter_rows(min_row=4, values_only=True) if r[0] == second)
    assert row[8:11] == (None, "李四", "等回话"), "who and why stay beside their item"


def test_a_figure_typed_for_one_period_is_none_of_the_next(consolidated_small_year: Year) -> None:
    year = consolidated_small_year
    first, second = year.plan.periods[:2]
    unit = year.plan.unit("县水利局")
    place = unit_form(year.plan, unit, first, {}).address(figure("甲1"))
    typed(year.master_path, **{f"{unit.sheet_name}__{place}": 12})
    consolidate(year, second, LATER)
    assert sheet_of(year.master_path, unit.sheet_name)[place].value is None
    typed(year.master_path)
    consolidate(year, second, LATER)
    assert (reported(year, "甲1", first), reported(year, "甲1", second)) == ("12", None)
    consolidate(year, first, LATER)
    assert sheet_of(year.master_path, unit.sheet_name)[place].value == 12


def test_page_breaks_that_come_and_go_leave_a_sound_sheet(demo_year: Year) -> None:
    typed(demo_year.master_path)
    unit = demo_year.plan.indicator("9-1").lead
    for text in ("场地没有落实，" * 70, "已经落实", "又没有落实，" * 80):
        send(demo_year, unit, OCTOBER, {Key("word", "9", "problem"): text, Key("word", "9", "progress"): text}, f"{len(text)}.xlsx")
        result = consolidate(demo_year, OCTOBER, LATER)
        assert result.master.own == ()
        assert is_fresh(demo_year, OCTOBER)


@pytest.mark.parametrize(("sheet", "insert"), [("团县委", "row"), ("县民政局", "column"), ("待决事项", "column"), ("项目9", "column")])
def test_moved_rows_and_columns_are_told_and_nothing_is_read_beside_its_place(demo_year: Year, sheet: str, insert: str) -> None:
    def move(book: openpyxl.Workbook) -> None:
        if insert == "row":
            book[sheet].insert_rows(4)
        else:
            book[sheet].insert_cols(10)

    saved(demo_year.master_path, move)
    kept = demo_year.master_path.read_bytes()
    result = consolidate(demo_year, OCTOBER, LATER)
    assert any(sheet in words for words in result.master.own)
    assert any("没有读" in words for words in result.master.misread) == (sheet != "项目9")
    assert demo_year.register.entries(TypedIn) == []
    assert demo_year.master_path.read_bytes() == kept


def test_what_is_typed_is_read_as_carefully_as_a_return(demo_year: Year) -> None:
    form = unit_form(demo_year.plan, demo_year.plan.unit("团县委"), OCTOBER, {})

    def typed(book: openpyxl.Workbook) -> None:
        page = book["团县委"]
        page[form.address(figure("9-1"))] = datetime(2022, 9, 1)
        page[form.address(figure("9-2"))] = 57
        page[form.address(figure("9-2"))].font = Font(strike=True)

    saved(demo_year.master_path, typed)
    consolidate(demo_year, OCTOBER, LATER)
    assert (reported(demo_year, "9-1"), reported(demo_year, "9-2")) == (None, None)
    (entry,) = demo_year.register.entries(TypedIn)
    assert entry.cells == {figure("9-1"): Doubt("2022-09-01"), figure("9-2"): Doubt("57")}


def test_a_formula_that_gives_way_is_forgotten_by_the_calculation_chain(demo_year: Year) -> None:
    place = unit_form(demo_year.plan, demo_year.plan.unit("团县委"), OCTOBER, {}).address(figure("9-1"))

    def chained(book: openpyxl.Workbook) -> None:
        book["团县委"][place] = "=首页!D9"

    saved(demo_year.master_path, chained)
    parts = parts_of(demo_year.master_path)
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="{place}" i="1"/></calcChain>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>')
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", b'<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>'
    )
    put_together(demo_year.master_path, parts)
    consolidate(demo_year, OCTOBER, LATER)
    after = parts_of(demo_year.master_path)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]
    assert str(sheet_of(demo_year.master_path, "团县委")[place].value).startswith("待核：=首页!D9")


def test_elements_go_where_they_belong_though_a_rule_has_an_extension_of_its_own(demo_year: Year) -> None:
    bar = (
        '<conditionalFormatting sqref="X1:X9"><cfRule type="dataBar" priority="99"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar>'
        '<extLst><ext uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"/></extLst></cfRule></conditionalFormatting>'
    )
    unit = demo_year.plan.indicator("9-1").lead
    rewritten(demo_year.master_path, "项目9", lambda text: text.replace("<conditionalFormatting", bar + "<conditionalFormatting", 1))
    send(demo_year, unit, OCTOBER, {Key("word", "9", key): "场地没有落实，" * 70 for key in ("problem", "progress", "measures", "coordination", "reason")}, "长.xlsx")
    assert consolidate(demo_year, OCTOBER, LATER).master.own == ()
    parts = parts_of(demo_year.master_path)
    page = next(text for name, text in parts.items() if name.startswith("xl/worksheets/") and bar.encode() in text).decode()
    assert bar in page, "as it was"
    assert page.index("<pageSetup") < page.index("<rowBreaks")


@pytest.mark.parametrize("area", ["K4:M4", "L4"])
def test_a_block_of_ours_never_covers_what_the_office_made(demo_year: Year, area: str) -> None:
    def change(book: openpyxl.Workbook) -> None:
        if ":" in area:
            book["待决事项"].merge_cells(area)
        else:
            book["待决事项"][area] = "书记已阅"

    saved(demo_year.master_path, change)
    result = build(demo_year, SEPTEMBER, LATER)  # nothing waits in it: one block says so
    assert any("待决事项" in words for words in result.own)


def test_a_table_with_a_row_of_totals_is_left(demo_year: Year) -> None:
    parts = parts_of(demo_year.master_path)
    name = next(name for name, text in parts.items() if name.startswith("xl/tables/") and "填报流水".encode() in text)
    parts[name] = re.sub(rb'totalsRowShown="0"', b'totalsRowCount="1"', parts[name])
    put_together(demo_year.master_path, parts)
    assert any("填报流水" in words for words in build(demo_year, SEPTEMBER, LATER).own)


def test_formulas_that_the_office_filled_down_over_ours_stay_its_own(demo_year: Year) -> None:
    def fill(text: str) -> str:
        text = re.sub(r'(<c r="F5"[^>]*?)(?: t="\w+")?><f>.*?</f><v>.*?</v></c>', r'\1><f t="shared" ref="F5:F7" si="0">1-0.5</f><v>0.5</v></c>', text)
        for cell in ("F6", "F7"):
            text = re.sub(rf'(<c r="{cell}"[^>]*?)(?: t="\w+")?><f>.*?</f><v>.*?</v></c>', r'\1><f t="shared" si="0"/><v>0.5</v></c>', text)
        return text

    rewritten(demo_year.master_path, "进展汇总总表", fill)
    result = build(demo_year, NOVEMBER, LATER)
    assert [words.partition("（")[0] for words in result.kept if "总表" in words] == ["进展汇总总表 F5", "进展汇总总表 F6", "进展汇总总表 F7"]
    page = sheet_of(demo_year.master_path, "进展汇总总表", data_only=True)
    assert [page[cell].value for cell in ("F5", "F6", "F7")] == [0.5, 0.5, 0.5]


def test_a_plan_that_moves_rows_of_figures_goes_beside(demo_year: Year) -> None:
    typed(demo_year.master_path)
    plan = openpyxl.load_workbook(demo_year.plan_path)
    sheet = plan["指标"]
    codes = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    row = [sheet.cell(codes["6-2"], column).value for column in range(1, sheet.max_column + 1)]
    sheet.insert_rows(codes["6-2"] + 1)
    for column, value in enumerate(row, 1):
        sheet.cell(codes["6-2"] + 1, column).value = {"6-2": "6-9"}.get(value, value) if isinstance(value, str) else value
    plan.save(demo_year.plan_path)
    demo_year.close()
    assert consolidate(Year(demo_year.root), OCTOBER, LATER).master.own == (), "it begins with November"
    result = consolidate(Year(demo_year.root), Period.parse("2022-11"), LATER)
    assert any("计划改了" in words for words in result.master.own)


def test_what_the_office_saves_while_it_consolidates_is_not_lost(demo_year: Year) -> None:
    unit = demo_year.plan.unit("县残联")
    place = unit_form(demo_year.plan, unit, OCTOBER, {}).address(figure("8-1"))
    for first in (True, False):  # a master as it was written, then one that the office has worked in
        number = 111 if first else 112

        def save(done: int, of: int, number: int = number) -> None:
            typed(demo_year.master_path, **{f"{unit.sheet_name}__{place}": number})

        send(demo_year, "县残联", OCTOBER, {Key("word", "8", "progress"): str(number)}, f"{number}.xlsx")
        consolidate(demo_year, OCTOBER, LATER, progress=save)
        assert reported(demo_year, "8-1") == str(number)
        assert is_fresh(demo_year, OCTOBER)


def test_a_master_that_is_saved_again_and_again_is_left(demo_year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    made, count = note.master_book, itertools.count()

    def save(*given: object, **named: object) -> object:
        typed(demo_year.master_path, 首页__A2=f"第{next(count)}次")
        return made(*given, **named)  # type: ignore[arg-type]

    for module in (note, building):
        monkeypatch.setattr(module, "master_book", save)
    with pytest.raises(MinshengError, match="一边汇总一边有人在改"):
        consolidate(demo_year, OCTOBER, LATER)


def test_closing_an_earlier_period_is_an_edit_like_others(demo_year: Year) -> None:
    send(demo_year, "县残联", SEPTEMBER, {figure("8-1"): "97"}, "更正.xlsx")
    consolidate(demo_year, OCTOBER, LATER)
    typed(demo_year.master_path)
    consolidate(demo_year, OCTOBER, LATER)
    close(demo_year, SEPTEMBER, LATER)
    send(demo_year, "县残联", SEPTEMBER, {figure("8-1"): "99"}, "又更正.xlsx")
    assert consolidate(demo_year, OCTOBER, LATER).master.own == ()
    assert is_fresh(demo_year, OCTOBER)


def test_a_formula_of_ours_that_the_office_wrote_over_is_told_each_time(demo_year: Year) -> None:
    formulas, values = (sheet_of(demo_year.master_path, "项目8", data_only=data) for data in (False, True))
    rate = next(cell.coordinate for row in formulas.iter_rows() for cell in row if str(cell.value).startswith("=") and isinstance(values[cell.coordinate].value, int))
    typed(demo_year.master_path, **{f"项目8__{rate}": 7})
    for _ in range(2):
        assert consolidate(demo_year, OCTOBER, LATER).master.kept == (f"项目8 {rate}（现为 7）",)


def test_the_title_of_the_file_follows_the_period(demo_year: Year) -> None:
    typed(demo_year.master_path)
    consolidate(demo_year, NOVEMBER, LATER)
    assert b"2022-11</dc:title>" in parts_of(demo_year.master_path)["docProps/core.xml"]
