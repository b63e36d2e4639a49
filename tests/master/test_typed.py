"""What the office did to the master is seen, journalled and never lost."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import openpyxl.formatting.rule
import openpyxl.worksheet.datavalidation
import pytest
from openpyxl.comments import Comment

from minsheng_xl import Period, Year, build, consolidate, figures_frame, issue, status
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.year.entries import TypedIn
from minsheng_xl.year.person import Person
from tests.makers import figure, send
from tests.sharing import copied, made_once
from tests.workbooks import sheet_of, typed

OCTOBER = Period.parse("2022-10")
LATER = datetime(2022, 11, 12, 9)


def edit(year: Year, **cells: object) -> None:
    """Type into cells of the master, each named sheet__address, and save it."""
    typed(year.master_path, **cells)


def address(year: Year, unit: str, code: str, measure: str = "reported") -> str:
    return unit_form(year.plan, year.plan.unit(unit), OCTOBER, {}).address(figure(code, measure))


def reported(year: Year, code: str) -> object:
    return next(i["reported"] for i in status(year, OCTOBER)["indicators"] if i["code"] == code)


def test_a_typed_figure_is_journalled_counts_and_stays(short_demo: Year) -> None:
    edit(short_demo, **{f"团县委__{address(short_demo, '团县委', '9-1')}": 12})
    result = consolidate(short_demo, OCTOBER, LATER)
    assert result.master.own == ()
    assert reported(short_demo, "9-1") == "12"
    (entry,) = short_demo.register.entries(TypedIn)
    assert (entry.unit, entry.cells) == ("团县委", {figure("9-1"): 12})
    consolidate(short_demo, OCTOBER, LATER)
    assert len(short_demo.register.entries(TypedIn)) == 1
    assert reported(short_demo, "9-1") == "12"


def test_who_typed_a_figure_is_named_wherever_its_source_is(short_demo: Year) -> None:
    short_demo.who = Person("张三", "li")
    edit(short_demo, **{f"团县委__{address(short_demo, '团县委', '9-1')}": 12})
    result = consolidate(short_demo, OCTOBER, LATER)
    assert [entry.who for entry in short_demo.register.entries(TypedIn)] == ["张三（电脑用户 li）"]
    flow = sheet_of(result.master.path, "填报流水").iter_rows(min_row=4, values_only=True)
    assert [row[9:11] for row in flow if row[0] == "2022-10" and row[3] == "9-1"] == [
        ("办公室填写：张三（电脑用户 li）", "2022-11-12 09:00"),
    ]
    frame = figures_frame(short_demo, OCTOBER)
    mine = frame[(frame.code == "9-1") & (frame.period == "2022-10")]
    assert mine[["source", "who"]].values.tolist() == [["办公室填写", "张三（电脑用户 li）"]]
    assert set(frame.who) == {"", "张三（电脑用户 li）"}


def test_overtyping_a_doubt_settles_it(short_demo: Year) -> None:
    cell = address(short_demo, "县卫生健康委", "7-5", "numerator")
    assert sheet_of(short_demo.master_path, "县卫生健康委")[cell].value == "待核：98%"
    edit(short_demo, **{f"县卫生健康委__{cell}": 3230})
    consolidate(short_demo, OCTOBER, LATER)
    assert next(u["standing"] for u in status(short_demo, OCTOBER)["units"] if u["unit"] == "县卫生健康委") == "accepted"
    assert reported(short_demo, "7-5") == "0.984156"  # 3230 / 3282


def test_a_return_that_differs_from_a_typed_figure_waits(short_demo: Year) -> None:
    edit(short_demo, **{f"团县委__{address(short_demo, '团县委', '9-1')}": 12})
    send(short_demo, "团县委", OCTOBER, {figure("9-1"): "11", figure("9-2"): "57", figure("9-3"): "否"}, "迟到.xlsx")
    result = consolidate(short_demo, OCTOBER, LATER)
    assert reported(short_demo, "9-1") == "12"
    rows = list(sheet_of(result.master.path, "待决事项").iter_rows(min_row=4, values_only=True))
    assert [row[4:7] for row in rows if row[1] == "台账与来件不同"] == [("12", "11", "迟到.xlsx")]


@pytest.mark.parametrize(("typed", "held"), [("约12场", "约12场"), ("12场", "12场"), (True, "TRUE")])
def test_typed_text_is_held(short_demo: Year, typed: object, held: str) -> None:
    edit(short_demo, **{f"团县委__{address(short_demo, '团县委', '9-1')}": typed})
    consolidate(short_demo, OCTOBER, LATER)
    assert reported(short_demo, "9-1") is None
    assert short_demo.register.entries(TypedIn)[0].cells == {figure("9-1"): Doubt(held)}


def test_a_cleared_cell_is_missing(short_demo: Year) -> None:
    edit(short_demo, **{f"县民政局__{address(short_demo, '县民政局', '6-1')}": None})
    consolidate(short_demo, OCTOBER, LATER)
    six = next(i for i in status(short_demo, OCTOBER)["indicators"] if i["code"] == "6-1")
    assert (six["reported"], six["status"]) == (None, "未报")


Step = tuple[str, object]
TYPED_CASES: dict[str, tuple[list[Step], str | None, str | None, list[str]]] = {
    # what happens to a figure, a run after each; the figure in the end, what stands in its cell, the kinds of items that wait
    "typed, then a return that differs": ([("typed", 12), ("return", "11")], "12", "12", ["台账与来件不同"]),
    "a return, then typed": ([("return", "11"), ("typed", 12)], "12", "12", []),
    "typed, then a return that says the same": ([("typed", 12), ("return", "12")], "12", "12", []),
    "a return, then cleared": ([("return", "11"), ("typed", None)], None, None, []),
    "typed text": ([("typed", "约12场")], None, "待核：约12场", ["数字存疑"]),
    "typed text, then a return": ([("typed", "约12场"), ("return", "11")], None, "待核：约12场", ["台账与来件不同", "数字存疑"]),
    "typed twice": ([("typed", 12), ("typed", 13)], "13", "13", []),
    "typed between two returns": ([("return", "11"), ("typed", 12), ("return", "10")], "12", "12", ["台账与来件不同"]),
    "typed, taken back, then a return": ([("typed", 12), ("typed", None), ("return", "11")], None, None, ["台账与来件不同"]),
}
"""The same for a closed and for an open workbook."""


@pytest.mark.parametrize(("steps", "figure_now", "cell_now", "waiting"), TYPED_CASES.values(), ids=TYPED_CASES)
def test_what_the_office_typed(
    consolidated_small_year: Year, steps: list[Step], figure_now: str | None, cell_now: str | None, waiting: list[str]
) -> None:
    year = consolidated_small_year
    period, unit = year.plan.periods[0], year.plan.unit("县水利局")
    cell = unit_form(year.plan, unit, period, {}).address(figure("甲1"))
    for number, (what, value) in enumerate(steps):
        if what == "typed":
            edit(year, **{f"{unit.sheet_name}__{cell}": value})
        else:
            send(year, unit.name, period, {figure("甲1"): str(value)}, f"{number}.xlsx")
        consolidate(year, period, LATER)
    assert next(i["reported"] for i in status(year, period)["indicators"] if i["code"] == "甲1") == figure_now
    there = sheet_of(year.master_path, unit.sheet_name)[cell].value
    assert (None if there is None else str(there)) == cell_now
    pending = account_of(year.plan, year.register, period).pending
    assert sorted(item.kind for item in pending if item.unit == unit.name) == sorted(waiting)


def _own_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("我的备忘")["A1"] = "别删"


def _own_note(book: openpyxl.Workbook) -> None:
    book["首页"]["M3"] = "打电话催团县委"


def _own_comment(book: openpyxl.Workbook) -> None:
    book["首页"]["A1"].comment = Comment("看一下", "办公室")


def _own_formula(book: openpyxl.Workbook) -> None:
    book["进展汇总总表"]["F4"] = 0.95


def _own_width(book: openpyxl.Workbook) -> None:
    book["进展汇总总表"].column_dimensions["B"].width = 60


def _own_hidden_row(book: openpyxl.Workbook) -> None:
    book["项目1"].row_dimensions[6].hidden = True


def _own_color(book: openpyxl.Workbook) -> None:
    book["项目1"]["C7"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")


def _own_font(book: openpyxl.Workbook) -> None:
    book["项目1"]["C7"].font = openpyxl.styles.Font(bold=True, color="B3261E")


def _own_format(book: openpyxl.Workbook) -> None:
    book["进展汇总总表"]["F4"].number_format = "0.00%"


def _own_merge(book: openpyxl.Workbook) -> None:
    book["首页"].merge_cells("L20:M21")


def _own_rule(book: openpyxl.Workbook) -> None:
    book["项目1"].conditional_formatting.add("K5:K8", openpyxl.formatting.rule.CellIsRule("lessThan", ["0.5"]))


def _own_validation(book: openpyxl.Workbook) -> None:
    rule = openpyxl.worksheet.datavalidation.DataValidation("list", formula1='"甲,乙"')
    rule.add("M3")
    book["首页"].add_data_validation(rule)


def _own_print(book: openpyxl.Workbook) -> None:
    book["首页"].page_setup.orientation = "landscape"


def _own_hiding(book: openpyxl.Workbook) -> None:
    book["填报流水"].sheet_state = "hidden"


OWN = (
    _own_font, _own_format, _own_merge, _own_rule, _own_validation, _own_print, _own_hiding, _own_sheet, _own_note, _own_comment, _own_formula,
    _own_width, _own_hidden_row, _own_color,
)


def test_a_master_with_things_of_the_offices_own_is_edited_in_place(short_demo: Year) -> None:
    book = openpyxl.load_workbook(short_demo.master_path)
    for change in OWN:
        change(book)
    book["团县委"][address(short_demo, "团县委", "9-1")] = 12
    book.save(short_demo.master_path)
    result = consolidate(short_demo, OCTOBER, LATER)
    assert (result.master.path, result.master.own) == (short_demo.master_path, ())
    assert reported(short_demo, "9-1") == "12"
    after = openpyxl.load_workbook(short_demo.master_path)
    assert _looks(after) == _looks(book), "what the office did is still there"
    again = consolidate(short_demo, OCTOBER, LATER)
    assert again.master.parts == ()
    assert len(short_demo.register.entries(TypedIn)) == 1


def _looks(book: openpyxl.Workbook) -> list[object]:
    """All that one of the changes above touches."""
    home, summary, project = book["首页"], book["进展汇总总表"], book["项目1"]
    return [
        book.sheetnames, home["M3"].value, home["A1"].comment and home["A1"].comment.text, summary["F4"].value, summary["F4"].number_format,
        summary.column_dimensions["B"].width, project.row_dimensions[6].hidden, project["C7"].fill.fgColor.rgb, project["C7"].font.b,
        sorted(str(area) for area in home.merged_cells.ranges), sorted(str(f.sqref) for f in project.conditional_formatting),
        [v.formula1 for v in home.data_validations.dataValidation], home.page_setup.orientation, book["填报流水"].sheet_state,
    ]


def _broken(book: openpyxl.Workbook) -> None:
    """A structure that cannot be brought up to date."""
    del book["项目6"]


@pytest.fixture(scope="module")
def broken_folder(finished_short_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo run whose master has lost a sheet; not to be written to."""

    def make(folder: Path) -> Path:
        for year in copied(finished_short_demo, folder / "年"):
            book = openpyxl.load_workbook(year.master_path)
            _broken(book)
            book.save(year.master_path)
        return folder / "年"

    return made_once(tmp_path_factory, "broken", make)


@pytest.fixture
def broken(broken_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(broken_folder, tmp_path / "年")


def test_a_file_beside_that_was_worked_on_is_edited_too(broken: Year) -> None:
    beside = consolidate(broken, OCTOBER, LATER).master.path
    assert beside.name == "总台账_2022-10_新.xlsm"
    typed(beside, 首页__A2="我改过")
    send(broken, "县司法局", OCTOBER, {Key("word", "1", "support"): "已配合"})
    again = consolidate(broken, OCTOBER, LATER).master
    assert again.path == beside
    assert sheet_of(beside, "首页")["A2"].value == "我改过"
    assert [c.value for row in sheet_of(beside, "收件登记").iter_rows() for c in row if c.value == "县司法局"]


def test_figures_typed_into_the_file_beside_count_too(broken: Year) -> None:
    edit(broken, **{f"团县委__{address(broken, '团县委', '9-1')}": 11})
    beside = consolidate(broken, OCTOBER, LATER).master.path
    cell = address(broken, "团县委", "9-1")
    assert sheet_of(beside, "团县委")[cell].value == 11
    typed(beside, **{f"团县委__{cell}": 12})
    again = consolidate(broken, OCTOBER, LATER)
    assert again.master.path == beside  # nothing but a figure was typed there
    assert reported(broken, "9-1") == "12"
    assert consolidate(broken, OCTOBER, LATER).master.path == beside
    assert reported(broken, "9-1") == "12"
    assert len(broken.register.entries(TypedIn)) == 2


def test_a_figure_taken_back_in_a_master_that_stays_is_taken_back(broken: Year) -> None:
    cell = address(broken, "团县委", "9-1")
    for value, expected in ((12, "12"), (None, None), (9, "9")):
        edit(broken, **{f"团县委__{cell}": value})
        consolidate(broken, OCTOBER, LATER)
        assert reported(broken, "9-1") == expected


def test_issue_sees_a_figure_typed_since_the_last_run(short_demo: Year) -> None:
    edit(short_demo, **{f"团县委__{address(short_demo, '团县委', '9-1')}": 12})
    november = Period.parse("2022-11")
    result = issue(short_demo, november, LATER)
    form = unit_form(short_demo.plan, short_demo.plan.unit("团县委"), november, {})
    issued = openpyxl.load_workbook(next(p for p in result.workbooks if "团县委" in p.name))
    assert issued["填报表"][form.address(Key("figure", "9-1", "previous"))].value == 12


@pytest.mark.parametrize("content", [b"", b"PK broken", b"not a workbook"])
def test_a_broken_master_is_left_and_said(short_demo: Year, content: bytes) -> None:
    short_demo.master_path.write_bytes(content)
    result = build(short_demo, OCTOBER, LATER)
    assert result.own
    assert short_demo.master_path.read_bytes() == content
    assert result.path.exists()


def test_somebody_elses_workbook_under_the_masters_name_is_left(short_demo: Year) -> None:
    openpyxl.Workbook().save(short_demo.master_path)
    result = build(short_demo, OCTOBER, LATER)
    assert result.own == ("它不是由本文件夹的归档生成的总台账",)


def test_building_another_period_changes_the_masters_period(short_demo: Year) -> None:
    september = Period.parse("2022-09")
    assert build(short_demo, september, LATER).own == ()
    texts = [c.value for row in sheet_of(short_demo.master_path, "首页").iter_rows(min_row=2, max_row=2) for c in row]
    assert any(text and "2022年9月" in text for text in texts)
    edit(short_demo, **{f"团县委__{address(short_demo, '团县委', '9-1')}": 9})
    build(short_demo, OCTOBER, LATER)
    (entry,) = short_demo.register.entries(TypedIn)
    assert str(entry.period) == "2022-09"


def test_a_plan_edited_since_does_not_confuse_the_comparison(short_demo: Year, tmp_path: Path) -> None:
    edit(short_demo, **{f"团县委__{address(short_demo, '团县委', '9-1')}": 12})
    book = openpyxl.load_workbook(short_demo.plan_path)
    book["单位"]["E2"] = "张三"
    book["参数"]["C4"] = "2022"
    book.save(short_demo.plan_path)
    short_demo.close()
    year = Year(short_demo.root)
    result = consolidate(year, OCTOBER, LATER)
    assert result.master.own == ()
    assert reported(year, "9-1") == "12"
    year.close()


def test_choosing_another_unit_on_the_reminder_is_no_change(short_demo: Year) -> None:
    edit(short_demo, 催报单__A4="团县委")
    assert build(short_demo, OCTOBER, datetime(2022, 11, 10)).own == ()
