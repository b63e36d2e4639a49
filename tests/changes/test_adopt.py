"""A plan that was edited is adopted, answered for, or refused with words that lead on."""

from collections.abc import Callable, Mapping
from datetime import datetime

import openpyxl
import pytest

from minsheng_xl import MinshengError, Year, consolidate, issue, status
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.closing.close import close
from minsheng_xl.desk.cli import main
from minsheng_xl.plan.period import Period
from minsheng_xl.year.person import Person
from tests.changes.office import LATER, NEXT, NOVEMBER, NOW, OCTOBER, account, changed, replaced, reported, told
from tests.makers import figure, send, word

DECEMBER = Period.parse("2022-12")


@pytest.fixture(params=["open", "closed"])
def with_figures(request: pytest.FixtureRequest, taken: Year) -> Year:
    """October with a figure, open or closed."""
    if request.param == "closed":
        close(taken, OCTOBER, NOW)
    return taken


def november(year: Year, unit: str, code: str) -> Year:
    """The year with a figure of November."""
    issue(year, NOVEMBER, NEXT)
    send(year, unit, NOVEMBER, {figure(code): "110"})
    consolidate(year, NOVEMBER, NEXT)
    return year


def said(year: Year, code: str) -> list[tuple[str, object]]:
    """Who reported what of an indicator, in the order of the periods, as December's 填报流水 has it."""
    return [(row.unit, row.value) for row in account(year, DECEMBER).flow if row.code == code]


def edited(year: Year, edit: Callable[[openpyxl.Workbook], None]) -> Year:
    """The year with its 计划.xlsx edited."""
    book = openpyxl.load_workbook(year.plan_path)
    edit(book)
    book.save(year.plan_path)
    return Year(year.root)


def recoded(year: Year, codes: Mapping[str, str]) -> Year:
    """The year with other codes, where the rows stand and where others name them as 上级指标."""

    def recode(book: openpyxl.Workbook) -> None:
        parent = next(cell.column for cell in book["指标"][1] if cell.value == "上级指标")
        for row in book["指标"].iter_rows(min_row=2):
            for cell in (row[0], row[parent - 1]):
                cell.value = codes.get(cell.value, cell.value)

    return edited(year, recode)


def without_events(year: Year) -> Year:
    """The year without the rows of 变更."""
    return edited(year, lambda book: book["变更"].delete_rows(2, 9))


def test_a_row_may_be_handed_over_twice(taken: Year) -> None:
    year = told(changed(taken, "指标", "8-1", 填数单位="县民政局"), "移交", "8-1", "县民政局", "2022-11")
    consolidate(year, OCTOBER, LATER)
    november(year, "县民政局", "8-1")
    year = told(changed(year, "指标", "8-1", 填数单位="县妇联"), "移交", "8-1", "县妇联", "2022-12")
    consolidate(year, NOVEMBER, NEXT)
    fillers = [year.plan.at(period).indicator("8-1").filler for period in (NOVEMBER, DECEMBER)]
    assert fillers == ["县民政局", "县妇联"]
    assert said(year, "8-1")[1:] == [("县民政局", 110)]
    assert (reported(year, "8-1"), reported(year, "8-1", NOVEMBER)) == ("106", "110")
    year.close()


def test_who_leads_a_project_changes_when_its_row_is_handed_over(short_issued: Year) -> None:
    year = changed(short_issued, "任务表", "8", 牵头单位="县民政局", 责任单位="县残联、县卫生健康委")
    year = told(year, "移交", "8-1", "县民政局", "2022-12")
    consolidate(year, OCTOBER, NOW)
    leads = [year.plan.at(period).project(8).leads for period in (OCTOBER, NOVEMBER, DECEMBER)]
    assert leads == [("县残联",), ("县残联",), ("县民政局",)]
    # 责任单位 changed by itself from November on: who leads is not responsible as well
    assert year.plan.at(NOVEMBER).project(8).responsible == ("县卫生健康委",)
    year.close()


def test_a_unit_renamed_twice_is_told_by_a_row_for_each_time(taken: Year) -> None:
    year = told(replaced(taken, "县残联", "县残服中心"), "改名", "县残联", "县残服中心")
    consolidate(year, OCTOBER, LATER)
    november(year, "县残服中心", "8-1")
    year = told(replaced(year, "县残服中心", "县助残局"), "改名", "县残服中心", "县助残局")
    consolidate(year, NOVEMBER, NEXT)
    assert [value for _, value in said(year, "8-1")] == [106, 110]
    assert said(year, "8-1")[-1] == ("县助残局", 110)
    year.close()


def test_a_name_that_no_alias_holds_any_more_is_asked_for(taken: Year) -> None:
    year = changed(replaced(taken, "县残联", "县残服中心"), "单位", "县残服中心", 别名="县残联")
    consolidate(year, OCTOBER, LATER)
    year = changed(replaced(year, "县残服中心", "县助残局"), "单位", "县助残局", 别名="县残服中心")
    with pytest.raises(MinshengError, match="改名 ｜ 县残联 ｜ 县助残局"):
        consolidate(year, OCTOBER, LATER)
    year = told(year, "改名", "县残联", "县助残局")
    consolidate(year, OCTOBER, LATER)
    assert said(year, "8-1") == [("县助残局", 106)]
    year.close()


def test_a_row_of_a_rename_that_is_taken_away_takes_no_figure_along(with_figures: Year) -> None:
    year = told(replaced(with_figures, "县残联", "县助残局"), "改名", "县残联", "县助残局")
    consolidate(year, OCTOBER, LATER)
    year = without_events(year)
    if year.register.closed(OCTOBER) is None:
        with pytest.raises(MinshengError, match="改名 ｜ 县残联 ｜ 县助残局"):
            consolidate(year, OCTOBER, LATER)
    else:  # what was frozen stays its own
        consolidate(year, OCTOBER, LATER)
        assert (reported(year, "8-1"), account(year, NOVEMBER).before["8-1"]) == ("106", 106)
    year.close()


def test_a_code_changed_twice_is_told_by_a_row_for_each_time(with_figures: Year) -> None:
    year = told(recoded(with_figures, {"8-1": "8-9"}), "改编码", "8-1", "8-9")
    consolidate(year, OCTOBER, LATER)
    november(year, "县残联", "8-9")
    year = told(recoded(year, {"8-9": "8-10"}), "改编码", "8-9", "8-10")
    consolidate(year, NOVEMBER, NEXT)
    assert [value for _, value in said(year, "8-10")] == [106, 110]
    assert account(year, NOVEMBER).before["8-10"] == 106
    year.close()


def test_a_code_changed_back_is_told_by_a_row_for_each_time(taken: Year) -> None:
    year = told(recoded(taken, {"8-1": "8-9"}), "改编码", "8-1", "8-9")
    consolidate(year, OCTOBER, LATER)
    november(year, "县残联", "8-9")
    year = told(recoded(year, {"8-9": "8-1"}), "改编码", "8-9", "8-1")
    consolidate(year, NOVEMBER, NEXT)
    assert [value for _, value in said(year, "8-1")] == [106, 110]
    year.close()


def test_a_row_that_ended_comes_back(taken: Year) -> None:
    whole = taken.plan_path.read_bytes()
    year = told(changed(taken, "指标", "8-1"), "终止", "8-1", "", "2022-11")
    consolidate(year, OCTOBER, LATER)
    assert not year.plan.at(NOVEMBER).has_indicator("8-1")
    year.plan_path.write_bytes(whole)
    year = told(told(Year(year.root), "终止", "8-1", "", "2022-11"), "新增", "8-1", "", "2022-12")
    consolidate(year, OCTOBER, LATER)
    assert [year.plan.at(period).has_indicator("8-1") for period in (OCTOBER, NOVEMBER, DECEMBER)] == [True, False, True]
    assert account(year, DECEMBER).before["8-1"] == 106
    year.close()


CODES_GIVEN_AWAY = {
    "two codes exchanged": lambda y: recoded(y, {"1-1": "1-2", "1-2": "1-1"}),
    "codes moved up by a row": lambda y: recoded(y, {"1-1": "1-2", "1-2": "1-3", "1-3": "1-5"}),
}


@pytest.mark.parametrize("edit", CODES_GIVEN_AWAY.values(), ids=CODES_GIVEN_AWAY.keys())
def test_a_code_is_given_to_no_other_row(
    taken: Year, edit: Callable[[Year], Year], capsys: pytest.CaptureFixture[str]
) -> None:
    year = edit(taken)
    with pytest.raises(MinshengError, match="编码 1-2 原来是“新增技能人才”，现在是“职业技能培训人次”"):
        consolidate(year, OCTOBER, LATER)
    year.close()
    assert main(["plan", "check", str(year.root)]) == 1
    assert "编码 1-2 原来是“新增技能人才”" in capsys.readouterr().err


def test_a_code_that_ended_is_given_to_no_other_row(taken: Year) -> None:
    year = told(changed(changed(taken, "指标", "1-3", 上级指标=None), "指标", "1-2"), "终止", "1-2", "", "2022-11")
    consolidate(year, OCTOBER, LATER)
    year = without_events(changed(year, "指标", "1-3", 编码="1-2"))
    year = told(year, "终止", "1-3", "")
    with pytest.raises(MinshengError, match="编码 1-2 原来是“新增技能人才”，现在是“其中：高技能人才”"):
        consolidate(year, OCTOBER, LATER)
    year.close()


def test_codes_may_be_exchanged_as_long_as_no_form_went_out(year: Year) -> None:
    consolidate(year, OCTOBER, NOW)
    again = recoded(year, {"1-1": "1-2", "1-2": "1-1"})
    consolidate(again, OCTOBER, LATER)
    assert again.plan.at(OCTOBER).indicator("1-2").name == "职业技能培训人次"
    again.close()


def numbered(year: Year, column: str) -> str:
    """The number of the change of a column in 变更记录."""
    return next(row["编号"] for row in Year(year.root).plan.tables["变更记录"] if row["栏"] == column)


def test_a_row_moved_to_a_project_earlier_than_that_begins_brings_it_along(issued: Year) -> None:
    year = changed(changed(issued, "任务表", "8", 序号=9), "指标", "8-1", 项目=9)
    consolidate(year, OCTOBER, NOW)
    year = changed(year, "变更记录", numbered(year, "项目"), 更正="是", 起始期次=None)
    consolidate(year, OCTOBER, LATER)
    assert [one.code for one in year.plan.at(OCTOBER).indicators_of(9)] == ["8-1"]
    assert status(year, OCTOBER)
    year.close()


def test_a_project_stays_as_long_as_one_of_its_rows(short_issued: Year) -> None:
    year = changed(changed(short_issued, "任务表", "8"), "指标", "8-1")
    year = told(year, "终止", "8-1", "", "2022-12")
    consolidate(year, OCTOBER, NOW)
    assert [one.code for one in year.plan.at(NOVEMBER).indicators_of(8)] == ["8-1"]
    assert [one.no for one in year.plan.at(DECEMBER).projects] == [1, 6, 7]
    year.close()


def test_what_is_derived_leans_on_the_rows_of_its_period(short_issued: Year) -> None:
    year = changed(changed(short_issued, "指标", "7-7", 推导自="7-4、7-5"), "指标", "7-3")
    consolidate(year, OCTOBER, NOW)
    year = changed(year, "变更记录", numbered(year, "推导自"), 起始期次="2022-12")
    consolidate(year, OCTOBER, LATER)
    sources = [year.plan.at(period).indicator("7-7").derived_from for period in (OCTOBER, NOVEMBER)]
    assert sources == [("7-3", "7-4", "7-5"), ("7-4", "7-5")]
    assert status(year, NOVEMBER)
    year.close()


def test_a_correction_is_taken_that_only_a_closed_period_would_contradict(with_figures: Year) -> None:
    year = changed(with_figures, "指标", "8-1", 填数单位="县民政局")
    consolidate(year, OCTOBER, LATER)
    year = changed(year, "变更记录", "1", 更正="是", 起始期次=None)
    words = consolidate(year, OCTOBER, LATER).master.misread
    is_closed = year.register.closed(OCTOBER) is not None
    is_refused = any("这样 2022-10 县残联 报的 8-1 本期累计 106 就不在账上了" in text for text in words)
    assert is_refused is not is_closed
    assert reported(year, "8-1") == "106"
    assert (year.plans.changes()[0].change.begins is None) is is_closed
    year.close()




def test_a_form_under_the_old_code_is_told_what_it_differs_from(taken: Year) -> None:
    sent = send(taken, "县残联", OCTOBER, {figure("8-1"): "108"}, "更正.xlsx").read_bytes()
    (taken.inbox / "更正.xlsx").unlink()
    year = told(recoded(taken, {"8-1": "8-9"}), "改编码", "8-1", "8-9")
    consolidate(year, OCTOBER, LATER)
    (year.inbox / "更正.xlsx").write_bytes(sent)
    (one,) = consolidate(year, OCTOBER, LATER).files
    assert (one.outcome, one.problems[0].code) == (Outcome.HELD, "figure-differs-taken")
    assert [(item.key, item.used, item.other) for item in account(year).pending] == [(figure("8-9"), "106", "108")]
    year.close()


def test_an_answer_may_be_a_number_a_date_or_typed_in_full_width(short_issued: Year) -> None:
    year = changed(changed(short_issued, "指标", "8-1", 目标="200"), "指标", "7-1", 目标="16000")
    consolidate(year, OCTOBER, NOW)

    def answer(book: openpyxl.Workbook) -> None:
        sheet = book["变更记录"]
        sheet["A2"], sheet["G2"] = 1, datetime(2022, 12, 1)
        sheet["G3"] = "２０２２－１２"

    year = edited(year, answer)
    consolidate(year, OCTOBER, LATER)
    assert [one.change.begins for one in year.plans.changes()] == [DECEMBER, DECEMBER]
    sheet = openpyxl.load_workbook(year.plan_path)["变更记录"]
    assert [(row[0].value, row[6].value) for row in sheet.iter_rows(min_row=2)] == [("1", "2022-12"), ("2", "2022-12")]
    year.close()


def test_who_brought_a_change_in_and_who_answered_it_stands_beside_it(issued: Year) -> None:
    year = changed(issued, "指标", "8-1", 目标="200")
    year.who = Person("张三", "li")
    consolidate(year, OCTOBER, NOW)

    def names() -> list[object]:
        sheet = openpyxl.load_workbook(year.plan_path)["变更记录"]
        return [row[11].value for row in sheet.iter_rows(min_row=1)]

    def answer(book: openpyxl.Workbook) -> None:
        book["变更记录"]["G2"] = "2022-12"

    assert names() == ["经办人", "张三（电脑用户 li）"]
    year = edited(year, answer)
    year.who = Person("李四", "li")
    consolidate(year, OCTOBER, LATER)
    assert names() == ["经办人", "李四（电脑用户 li）"]
    year.close()


def test_a_plan_that_is_read_only_is_not_written(issued: Year) -> None:
    year = changed(issued, "指标", "8-1", 目标="200")
    year.plan_path.chmod(0o444)
    before = year.plan_path.read_bytes()
    words = consolidate(year, OCTOBER, NOW).master.misread
    assert any("变更记录没有更新：它是只读的" in text for text in words)
    assert year.plan_path.read_bytes() == before
    year.plan_path.chmod(0o644)
    consolidate(Year(year.root), OCTOBER, LATER)
    assert len(Year(year.root).plan.tables["变更记录"]) == 1
    year.close()


def test_a_plan_that_is_edited_again_meanwhile_is_not_written_over(short_issued: Year) -> None:
    year = changed(short_issued, "指标", "8-1", 目标="200")
    assert year.plan.indicator("8-1").target == 200  # it was read
    changed(year, "指标", "7-1", 目标="16000").close()
    after = year.plan_path.read_bytes()
    words = consolidate(year, OCTOBER, NOW).master.misread
    assert any("变更记录没有更新：它刚才又改过了" in text for text in words)
    assert year.plan_path.read_bytes() == after
    year.close()


def test_a_row_given_back_by_the_plan_as_it_was_begins_anew(taken: Year) -> None:
    as_it_was = taken.plan_path.read_bytes()
    year = changed(taken, "指标", "8-1", 填数单位="县民政局")
    consolidate(year, OCTOBER, LATER)
    november(year, "县民政局", "8-1")
    year.plan_path.write_bytes(as_it_was)
    year = Year(year.root)
    fillers = ["县残联", "县民政局", "县残联"]
    assert [year.plan.at(period).indicator("8-1").filler for period in (OCTOBER, NOVEMBER, DECEMBER)] == fillers
    consolidate(year, NOVEMBER, NEXT)
    assert [year.plan.at(period).indicator("8-1").filler for period in (OCTOBER, NOVEMBER, DECEMBER)] == fillers
    assert said(year, "8-1") == [("县残联", 106), ("县民政局", 110)]
    year.close()


def test_a_look_at_the_plan_says_what_is_answered_and_who_is_gone(
    taken: Year, capsys: pytest.CaptureFixture[str]
) -> None:
    year = changed(changed(taken, "指标", "8-1", 目标="200"), "指标", "1-1", 目标="32000")
    consolidate(year, OCTOBER, LATER)
    year = changed(year, "变更记录", "1", 起始期次="2022-12")
    year = changed(year, "变更记录", "2", 起始期次="明年")
    year = replaced(year, "县残联", "县助残局")
    year.close()
    assert main(["plan", "check", str(year.root)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "变更记录 编号 1：指标 1-1 目标：31400 → 32000。调整：从 2022-12 起，2022-11 及以前不变" in told
    assert "计划.xlsx 变更记录 编号 2：“起始期次”写的是“明年”，应是计划里的一期，如 2022-12，照原来的算。" in told
    assert [line for line in told if line.startswith("计划.xlsx 的单位表里没有了 县残联。")]


def test_a_former_name_is_given_to_no_other_unit(taken: Year) -> None:
    year = told(replaced(taken, "县残联", "县助残局"), "改名", "县残联", "县助残局")
    consolidate(year, OCTOBER, LATER)

    def add(book: openpyxl.Workbook) -> None:
        book["单位"].append(["县残联"])

    year = edited(without_events(year), add)
    with pytest.raises(MinshengError, match="县残联 是 县助残局 以前的名称，报过数，现在是 县残联。请给新的单位换一个写法"):
        consolidate(year, OCTOBER, LATER)
    year.close()


def exchanged(year: Year, one: int, other: int) -> Year:
    """The year with the numbers of two projects exchanged, in 任务表 and in 指标."""
    to = {one: other, other: one}

    def exchange(book: openpyxl.Workbook) -> None:
        for name, title in (("任务表", "序号"), ("指标", "项目")):
            sheet = book[name]
            column = next(cell.column for cell in sheet[1] if cell.value == title)
            for row in range(2, sheet.max_row + 1):
                cell = sheet.cell(row, column)
                if cell.value not in (None, ""):
                    cell.value = to.get(int(str(cell.value)), int(str(cell.value)))

    return edited(year, exchange)


def test_projects_keep_their_numbers_once_forms_went_out(taken: Year) -> None:
    """What units wrote on a project goes by its number: it would stand under another."""
    before, line = taken.plan_path.read_bytes(), taken.register.last_seq()
    names = {one.no: one.name for one in taken.plan.projects}
    year = exchanged(taken, 1, 8)
    with pytest.raises(MinshengError) as refused:
        consolidate(year, OCTOBER, LATER)
    for no, now in ((1, 8), (8, 1)):
        assert f"任务表序号 {no} 原来是“{names[no]}”，现在是“{names[now]}”。请让每个项目仍用原来的序号" in str(refused.value)
    assert year.register.last_seq() == line
    year.plan_path.write_bytes(before)
    consolidate(Year(year.root), OCTOBER, LATER)
    year.close()


def test_a_project_that_is_called_otherwise_is_the_same(taken: Year) -> None:
    year = changed(taken, "任务表", "8", 项目="残疾人救助")
    consolidate(year, OCTOBER, LATER)
    assert year.plan.project(8).name == "残疾人救助"
    year.close()


def test_a_project_with_a_new_number_brings_its_open_problems_along(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106", word(8, "problem"): "场地没有落实", word(8, "progress"): "已开工"})
    consolidate(issued, OCTOBER, NOW)
    year = changed(changed(issued, "任务表", "8", 序号=9), "指标", "8-1", 项目=9)
    issue(year, NOVEMBER, NEXT)
    found = account(year, NOVEMBER)
    assert {pair: one.problem for pair, one in found.issues.items()} == {("县残联", 9): "场地没有落实"}
    assert found.last_words["县残联"][word(9, "progress")] == "已开工"
    assert {pair: one.problem for pair, one in account(year, DECEMBER).issues.items()} == {("县残联", 9): "场地没有落实"}
    year.close()
