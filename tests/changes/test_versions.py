"""Nothing leaves the account by an edit of the plan; what is changed in it has a beginning."""

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, issue, status
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.closing.close import close
from minsheng_xl.desk.cli import main
from minsheng_xl.year.entries import Judged
from tests.changes.office import LATER, NEXT, NOVEMBER, NOW, OCTOBER, account, changed, replaced, reported, told
from tests.makers import figure, send, word
from tests.sharing import copied, made_once
from tests.workbooks import part_of, parts_of, put_together


def target(year: Year, code: str, period: Period) -> object:
    return next(i["target"] for i in status(year, period)["indicators"] if i["code"] == code)


def bytes_of(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and path.suffix not in (".sqlite", ".lock"))
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="session", params=["open", "closed"])
def figures_folder(
    request: pytest.FixtureRequest, issued_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a year with two figures of October, open or closed; not to be written to."""

    def make(folder: Path) -> Path:
        for year in copied(issued_folder, folder / "年"):
            send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
            send(year, year.plan.indicator("1-1").filler, OCTOBER, {figure("1-1"): "27000"})
            consolidate(year, OCTOBER, NOW)
            if request.param == "closed":
                close(year, OCTOBER, NOW)
        return folder / "年"

    return made_once(tmp_path_factory, f"two figures {request.param}", make)


@pytest.fixture
def with_figures(figures_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(figures_folder, tmp_path / "年")


def figures(year: Year) -> tuple[object, object, object]:
    """8-1 in October, before November, and how many rows of it 填报流水 has."""
    november = account(year, NOVEMBER)
    rows = [row for row in november.flow if row.code == "8-1"]
    return reported(year, "8-1"), november.before.get("8-1"), [row.value for row in rows]


def test_a_handover_begins_with_the_first_period_that_has_not_gone_out(with_figures: Year) -> None:
    year = changed(with_figures, "指标", "8-1", 填数单位="县民政局")
    consolidate(year, OCTOBER, LATER)
    issue(year, NOVEMBER, NEXT)
    assert figures(year) == ("106", 106, [106])
    assert year.plan.at(OCTOBER).indicator("8-1").filler == "县残联"
    assert year.plan.at(NOVEMBER).indicator("8-1").filler == "县民政局"
    send(year, "县民政局", NOVEMBER, {figure("8-1"): "120"})
    consolidate(year, NOVEMBER, NEXT)
    assert (reported(year, "8-1", NOVEMBER), account(year, NOVEMBER).before["8-1"]) == ("120", 106)
    assert [(row.unit, row.value) for row in account(year, NOVEMBER).flow if row.code == "8-1"] == [
        ("县残联", 106), ("县民政局", 120),
    ]
    year.close()


def test_a_unit_renamed_without_an_alias_keeps_what_it_reported_and_the_office_is_told(with_figures: Year) -> None:
    year = replaced(with_figures, "县残联", "县助残中心")
    result = consolidate(year, OCTOBER, LATER)
    assert [words for words in result.master.misread if "单位表里没有了 县残联" in words]
    assert figures(year) == ("106", 106, [106])
    issue(year, NOVEMBER, NEXT)
    send(year, "县助残中心", NOVEMBER, {figure("8-1"): "120"})
    consolidate(year, NOVEMBER, NEXT)
    assert (reported(year, "8-1", NOVEMBER), reported(year, "8-1")) == ("120", "106")
    year.close()


def test_a_form_sent_under_a_name_that_is_gone_is_taken(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    year = replaced(issued, "县残联", "县助残中心")
    (one,) = consolidate(year, OCTOBER, LATER).files
    assert (one.outcome, reported(year, "8-1")) == (Outcome.ACCEPTED, "106")
    year.close()


@pytest.mark.parametrize("by", ["alias", "row"])
def test_a_renamed_unit_keeps_its_figures(with_figures: Year, by: str) -> None:
    year = replaced(with_figures, "县残联", "县助残中心")
    if by == "alias":
        year = changed(year, "单位", "县助残中心", 别名="县残联")
    else:
        year = told(year, "改名", "县残联", "县助残中心")
    consolidate(year, OCTOBER, LATER)
    assert figures(year) == ("106", 106, [106])
    year.close()


def merged(year: Year, gone: str, into: str) -> Year:
    """The year with a unit's places in 任务表 given to another, which has them once, and its row of 单位 taken away."""
    book = openpyxl.load_workbook(year.plan_path)
    heads = {c.value: c.column for c in book["任务表"][1]}
    for row in book["任务表"].iter_rows(min_row=2):
        held: list[str] = []
        for column in ("牵头单位", "责任单位", "认定单位"):
            cell = row[heads[column] - 1]
            names = [into if name == gone else name for name in str(cell.value or "").split("、") if name]
            names = [name for name in dict.fromkeys(names) if name not in held]
            held += names
            cell.value = "、".join(names) or None
    book.save(year.plan_path)
    return changed(Year(year.root), "单位", gone)


def test_merged_units_keep_their_figures_and_the_words_of_both(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106", word(1, "support"): "残联已配合"})
    send(issued, "县妇联", OCTOBER, {word(1, "support"): "妇联已配合"}, "b.xlsx")
    consolidate(issued, OCTOBER, NOW)
    year = told(merged(issued, "县妇联", "县残联"), "合并", "县妇联", "县残联")
    consolidate(year, OCTOBER, LATER)
    said = account(year).units["县残联"]
    assert said.figures[figure("8-1")] == 106
    # in the order in which they came
    assert said.words[word(1, "support")] == "县妇联：妇联已配合；县残联：残联已配合"
    year.close()


def test_a_changed_code_stops_the_run_until_it_is_told(with_figures: Year) -> None:
    year = changed(with_figures, "指标", "8-1", 编码="8-9")
    with pytest.raises(MinshengError, match="改编码 ｜ 8-1 ｜ 8-9"):
        consolidate(year, OCTOBER, LATER)
    year = told(year, "改编码", "8-1", "8-9")
    consolidate(year, OCTOBER, LATER)
    november = account(year, NOVEMBER)
    assert november.before["8-9"] == 106
    open_code = "8-1" if year.register.closed(OCTOBER) else "8-9"
    assert reported(year, open_code) == "106"
    issue(year, NOVEMBER, NEXT)
    send(year, "县残联", NOVEMBER, {figure("8-9"): "120"})
    consolidate(year, NOVEMBER, NEXT)
    assert reported(year, "8-9", NOVEMBER) == "120"
    year.close()


def test_a_form_that_went_out_under_the_old_code_is_taken(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    year = told(changed(issued, "指标", "8-1", 编码="8-9"), "改编码", "8-1", "8-9")
    (one,) = consolidate(year, OCTOBER, LATER).files
    assert (one.outcome, reported(year, "8-9")) == (Outcome.ACCEPTED, "106")
    year.close()


def test_a_code_typed_in_full_width_is_the_same(with_figures: Year) -> None:
    year = changed(with_figures, "指标", "8-1", 编码="８－１")
    consolidate(year, OCTOBER, LATER)
    assert figures(year) == ("106", 106, [106])
    year.close()


def test_a_row_taken_away_stops_the_run_until_it_is_told(with_figures: Year) -> None:
    year = changed(with_figures, "指标", "8-1")
    with pytest.raises(MinshengError, match=r"2022-10 县残联 报的 8-1 本期累计 106(.|\n)*终止 ｜ 8-1 ｜ {2}｜ 2022-11"):
        consolidate(year, OCTOBER, LATER)
    year = told(year, "终止", "8-1", "", "2022-11", "鲁政办9号")
    consolidate(year, OCTOBER, LATER)
    assert reported(year, "8-1") == "106"
    assert not year.plan.at(NOVEMBER).has_indicator("8-1")
    year.close()


@pytest.mark.parametrize("figures_folder", ["open"], indirect=True)  # a closed period is reckoned as it was closed
def test_ending_a_row_in_a_period_that_has_a_figure_of_it_stops_the_run(with_figures: Year) -> None:
    year = told(changed(with_figures, "指标", "8-1"), "终止", "8-1", "", "2022-10")
    with pytest.raises(MinshengError, match="2022-10 县残联 报的 8-1 本期累计 106"):
        consolidate(year, OCTOBER, LATER)
    year.close()


def test_another_measure_begins_with_the_next_period_without_a_last_figure(with_figures: Year) -> None:
    year = changed(with_figures, "指标", "8-1", 计量单位="百人", 目标="1.2", 小数位="2")
    consolidate(year, OCTOBER, LATER)
    assert (reported(year, "8-1"), account(year, NOVEMBER).before.get("8-1")) == ("106", None)
    year.close()


def test_a_target_changed_after_the_forms_went_out_is_told_and_refuses_nothing(issued: Year) -> None:
    was = issued.plan.indicator("8-1").target
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    year = changed(issued, "指标", "8-1", 目标="200")
    (one,) = consolidate(year, OCTOBER, LATER).files
    assert (one.outcome, target(year, "8-1", OCTOBER)) == (Outcome.ACCEPTED, str(was))
    assert target(year, "8-1", NOVEMBER) == "200"
    issue(year, NOVEMBER, NEXT)
    assert year.plan.at(NOVEMBER).indicator("8-1").target == 200
    year.close()


def test_the_office_gives_a_change_another_beginning(issued: Year) -> None:
    year = changed(issued, "指标", "8-1", 目标="200")
    consolidate(year, OCTOBER, NOW)
    year = changed(year, "变更记录", "1", 起始期次="2022-10", 文号="鲁政办9号")
    send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
    (one,) = consolidate(year, OCTOBER, LATER).files
    assert (one.outcome, target(year, "8-1", OCTOBER)) == (Outcome.ACCEPTED, "200")
    (hint,) = [found for found in one.problems if found.code == "plan-terms-changed"]
    assert "8-1 目标已由120改为200" in hint.message
    year.close()


def test_a_word_in_the_definition_corrected_afterwards_holds_the_row_and_no_other(issued: Year) -> None:
    unit = issued.plan.indicator("1-1").filler
    rows = [one.code for one in issued.plan.filled_by(unit) if one.measures == ("reported",)]
    answers = {figure(code): str(issued.plan.indicator(code).target) for code in rows}
    year = changed(issued, "指标", "1-1", 口径="只算县城")
    consolidate(year, OCTOBER, NOW)
    year = changed(year, "变更记录", "1", 更正="是", 起始期次=None)
    send(year, unit, OCTOBER, answers)
    (one,) = consolidate(year, OCTOBER, LATER).files
    assert one.outcome is Outcome.HELD
    held = {p.key.of for p in one.problems if p.key is not None and p.code == "plan-row-changed"}
    assert held == {"1-1"}
    sound = [code for code in rows if reported(year, code) is not None]
    assert len(sound) == len(rows) - 1
    year.close()


HARMLESS = {
    "telephone": lambda y: changed(y, "单位", "县残联", 电话="0375-1234567"),
    "alias": lambda y: changed(y, "单位", "县残联", 别名="残联办"),
    "threshold": lambda y: changed(y, "参数", "报送日", 值="8"),
    "name of a row": lambda y: changed(y, "指标", "8-1", 指标="残疾儿童康复救助（人）"),
    "question": lambda y: changed(y, "指标", "8-1", 存疑="待明确"),
    "weight": lambda y: changed(y, "指标", "8-1", 权重="0.5"),
    "target": lambda y: changed(y, "指标", "8-1", 目标="200"),
    "deadline": lambda y: changed(y, "指标", "8-1", 完成时限="2022-11-30"),
    "leader": lambda y: changed(y, "指标", "8-1", 分管领导="张三"),
    "quote": lambda y: changed(y, "指标", "8-1", 原文="……"),
    "contact": lambda y: changed(y, "单位", "县残联", 联系人="李四"),
    "pause": lambda y: changed(y, "指标", "8-1", 暂停文号="12号", 暂停起始期="2022-11"),
}


@pytest.mark.parametrize("edit", HARMLESS.values(), ids=HARMLESS.keys())
def test_a_harmless_edit_stops_nothing(with_figures: Year, edit: "type[object]") -> None:
    year = edit(with_figures)  # type: ignore[call-arg]
    assert isinstance(year, Year)
    consolidate(year, OCTOBER, LATER)
    assert figures(year) == ("106", 106, [106])
    year.close()


def test_the_record_touches_no_other_part_of_the_plan(issued: Year) -> None:
    year = changed(issued, "指标", "8-1", 目标="200")
    before = _parts(year.plan_path)
    consolidate(year, OCTOBER, NOW)
    after = _parts(year.plan_path)
    (part,) = [name for name in after if after[name] != before.get(name)]
    assert before.keys() == after.keys()
    assert part.startswith("xl/worksheets/")
    sheet = openpyxl.load_workbook(year.plan_path)["变更记录"]
    row = [cell.value for cell in sheet[2]][:9]
    assert row[:4] == ["1", "指标", "8-1", "目标"]
    assert row[5:9] == ["200", "2022-11", "否", None]
    again = year.plan_path.read_bytes()
    year.close()
    consolidate(Year(year.root), OCTOBER, LATER)
    assert year.plan_path.read_bytes() == again


def test_the_record_is_added_to_a_plan_that_has_none(issued: Year) -> None:
    book = openpyxl.load_workbook(issued.plan_path)
    del book["变更记录"], book["变更"]
    book.save(issued.plan_path)
    year = changed(Year(issued.root), "指标", "8-1", 目标="200")
    consolidate(year, OCTOBER, NOW)
    book = openpyxl.load_workbook(year.plan_path)
    assert book.sheetnames[-1] == "变更记录"
    assert [cell.value for cell in book["变更记录"][1]][:3] == ["编号", "表", "对象"]
    assert len(Year(year.root).plan.tables["变更记录"]) == 1
    year.close()


def test_a_plan_that_is_open_is_not_written_and_the_office_is_told(issued: Year) -> None:
    year = changed(issued, "指标", "8-1", 目标="200")
    (year.root / "~$计划.xlsx").write_bytes(b"")
    before = year.plan_path.read_bytes()
    result = consolidate(year, OCTOBER, NOW)
    assert year.plan_path.read_bytes() == before
    assert any("变更记录没有更新：它正开着" in words for words in result.master.misread)
    (year.root / "~$计划.xlsx").unlink()
    consolidate(Year(year.root), OCTOBER, LATER)
    assert len(Year(year.root).plan.tables["变更记录"]) == 1
    year.close()


def test_a_return_judged_before_and_after_says_the_same_of_its_own_plan(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    year = changed(issued, "指标", "8-1", 目标="200", 比较="＞")
    consolidate(year, OCTOBER, NOW)
    (entry,) = year.register.entries(Judged)
    assert entry.returned.outcome is Outcome.ACCEPTED
    year.close()


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_june_issued_again_in_july_has_the_target_of_june_and_what_went_out_is_kept(issued: Year) -> None:
    folder = issued.issued_folder(OCTOBER)
    first = {path.name: path.read_bytes() for path in folder.glob("*.xlsx")}
    year = changed(issued, "指标", "8-1", 目标="200")
    issue(year, NOVEMBER, NEXT)
    issue(year, OCTOBER, NEXT)
    assert {path.name: path.read_bytes() for path in folder.glob("*.xlsx")} == first
    year = changed(year, "变更记录", "1", 起始期次="2022-10")
    issue(year, OCTOBER, datetime(2022, 12, 1, 9))
    sheet = openpyxl.load_workbook(folder / "县残联_2022-10.xlsx")["填报表"]
    assert 200 in [cell.value for row in sheet.iter_rows() for cell in row]
    kept = {path.name: path.read_bytes() for path in (folder / "以前下发的").iterdir()}
    assert kept == {"县残联_2022-10_1031-0000.xlsx": first["县残联_2022-10.xlsx"]}
    assert len(list(folder.glob("*.xlsx"))) == len(first)
    year.close()


def test_a_look_at_the_plan_says_what_each_change_does_and_writes_nothing(
    with_figures: Year, capsys: pytest.CaptureFixture[str]
) -> None:
    year = changed(with_figures, "指标", "8-1", 目标="200")
    year = changed(year, "指标", "1-1")
    before = {path: path.read_bytes() for path in year.root.rglob("*") if path.is_file()}
    assert main(["plan", "check", str(year.root)]) == 1
    told = capsys.readouterr()
    assert "指标 8-1 目标：120 → 200。调整：从 2022-11 起，2022-10 及以前不变" in told.out
    assert "不在账上了：2022-10 县人力资源和社会保障局 报的 1-1 本期累计 27000" in told.err
    assert "终止 ｜ 1-1 ｜  ｜ 2022-11" in told.err
    assert {path: path.read_bytes() for path in year.root.rglob("*") if path.is_file()} == before
    year.close()


def test_a_renamed_unit_keeps_its_sheet_in_the_master_and_the_notes_on_it(taken: Year) -> None:
    master = taken.master_path
    parts = parts_of(master)
    sheet = part_of(parts, "县残联")
    note = '<row r="90"><c r="B90" t="inlineStr"><is><t>办公室留言</t></is></c></row></sheetData>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", note.encode())
    put_together(master, parts)
    year = changed(replaced(taken, "县残联", "县助残中心"), "单位", "县助残中心", 别名="县残联")
    result = consolidate(year, OCTOBER, LATER).master
    assert (result.path, result.own, result.kept) == (master, (), ())
    book = openpyxl.load_workbook(master)
    assert "县助残中心" in book.sheetnames
    assert "县残联" not in book.sheetnames
    assert book["县助残中心"]["B90"].value == "办公室留言"
    formulas = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert not [text for text in formulas if "'县残联'!" in text]
    assert [text for text in formulas if "'县助残中心'!" in text]
    again = consolidate(Year(year.root), NOVEMBER, NEXT).master
    assert (again.path, again.own) == (master, ())
    year.close()


def test_a_sheet_whose_new_name_is_taken_stays_and_a_new_master_lies_beside(taken: Year) -> None:
    master = taken.master_path
    book = openpyxl.load_workbook(master)
    book.create_sheet("县助残中心")["A1"].value = "办公室自己的"
    book.save(master)
    before = master.read_bytes()
    year = changed(replaced(taken, "县残联", "县助残中心"), "单位", "县助残中心", 别名="县残联")
    result = consolidate(year, OCTOBER, LATER).master
    assert result.own == ("县残联 要改名为 县助残中心，已有一张表叫这个名字",)
    assert result.path != master
    assert master.read_bytes() == before
    year.close()


def test_a_streak_tells_the_periods_of_the_former_lead(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "10"})
    consolidate(issued, OCTOBER, NOW)
    year = changed(issued, "任务表", "8", 牵头单位="县民政局", 责任单位="县残联")
    issue(year, NOVEMBER, NEXT)
    send(year, "县民政局", NOVEMBER, {figure("8-1"): "12"})
    consolidate(year, NOVEMBER, NEXT)
    row = next(one for one in status(year, NOVEMBER)["indicators"] if one["code"] == "8-1")
    assert (row["lagging_periods"], row["lagging_text"]) == (2, "2期，其中原牵头1期")
    year.close()
