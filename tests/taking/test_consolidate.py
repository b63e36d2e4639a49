"""A month through issued files and the public functions."""

import hashlib
import os
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, build, consolidate, issue, status
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.year.entries import Issued, PlanUsed
from tests.makers import figure, little_tables, send, short_tables, word
from tests.workbooks import sheet_of, typed, values_of

SEPTEMBER, OCTOBER = Period.parse("2022-09"), Period.parse("2022-10")
NOW = datetime(2022, 11, 7, 16)


def outcomes(year: Year, period: Period = OCTOBER, now: datetime = NOW) -> dict[str, Outcome]:
    return {one.file: one.outcome for one in consolidate(year, period, now).files}


def reported(year: Year, code: str, period: Period = OCTOBER) -> object:
    return next(i["reported"] for i in status(year, period)["indicators"] if i["code"] == code)


def standing(year: Year, unit: str, period: Period = OCTOBER) -> str:
    return next(u["standing"] for u in status(year, period)["units"] if u["unit"] == unit)


def test_a_file_is_known_from_inside_whatever_its_name(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "深/一层/最终版2(1).xlsx")
    assert outcomes(issued) == {"深/一层/最终版2(1).xlsx": Outcome.ACCEPTED}
    assert (reported(issued, "8-1"), standing(issued, "县残联")) == ("106", "accepted")


def test_originals_stay_and_a_second_run_changes_nothing(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    outcomes(issued)
    before = {p: p.read_bytes() for p in issued.root.rglob("*") if p.is_file() and p.suffix != ".sqlite"}
    again = consolidate(issued, OCTOBER, datetime(2022, 11, 8))
    assert again.files == ()
    assert path.exists()
    assert {p: p.read_bytes() for p in issued.root.rglob("*") if p.is_file() and p.suffix != ".sqlite"} == before


def test_received_bytes_are_kept_by_their_hash(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    outcomes(issued)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert issued.archive.read(sha256) == path.read_bytes()


def test_the_same_bytes_elsewhere_are_a_duplicate(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "a.xlsx")
    shutil.copy(path, issued.inbox / "b.xlsx")
    assert outcomes(issued) == {"a.xlsx": Outcome.ACCEPTED, "b.xlsx": Outcome.DUPLICATE}
    shutil.copy(path, issued.inbox / "c.xlsx")
    assert outcomes(issued) == {"c.xlsx": Outcome.DUPLICATE}
    assert status(issued, OCTOBER)["duplicate"] == 2
    assert standing(issued, "县残联") == "accepted"


def test_a_duplicate_of_a_refused_file_proves_nothing(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {}, "a.xlsx")
    typed(path, 填报表__A4="单位")
    shutil.copy(path, issued.inbox / "b.xlsx")
    assert outcomes(issued) == {"a.xlsx": Outcome.REFUSED, "b.xlsx": Outcome.DUPLICATE}
    assert standing(issued, "县残联") == "refused"


def test_a_figure_that_is_no_number_is_held_and_counted_nowhere(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "百余人"})
    result = consolidate(issued, OCTOBER, NOW)
    (one,) = result.files
    assert one.outcome is Outcome.HELD
    form = unit_form(issued.plan, issued.plan.unit("县残联"), OCTOBER, {})
    assert [(p.code, p.sheet, p.cell, p.seen) for p in one.problems] == [
        ("figure-not-number", "填报表", form.address(figure("8-1")), "百余人")
    ]
    state = status(issued, OCTOBER)
    eight = next(i for i in state["indicators"] if i["code"] == "8-1")
    assert (eight["reported"], eight["rate"], eight["status"]) == (None, None, "待核")
    page = sheet_of(result.master.path, "县残联", data_only=True)
    assert page[form.address(figure("8-1"))].value == "待核：百余人"


def test_last_months_file_belongs_to_last_month(year: Year) -> None:
    issue(year, SEPTEMBER, datetime(2022, 9, 30))
    path = send(year, "县残联", SEPTEMBER, {figure("8-1"): "96"})
    consolidate(year, SEPTEMBER, datetime(2022, 10, 8))
    issue(year, OCTOBER, datetime(2022, 10, 31))
    shutil.copy(path, year.inbox / "10月.xlsx")
    result = consolidate(year, OCTOBER, NOW)
    assert [(f.outcome, str(f.period)) for f in result.files] == [(Outcome.DUPLICATE, "2022-09")]
    state = status(year, OCTOBER)
    assert standing(year, "县残联") == "missing"
    assert (state["duplicate"], status(year, SEPTEMBER)["duplicate"]) == (0, 1)
    master = values_of(result.master.path)
    assert "11月7日收到的是9月的表" in master["首页"].values()
    assert "9月数 96" in master["进展汇总总表"].values()


def test_an_unread_file_of_last_month_is_taken_for_last_month(year: Year) -> None:
    issue(year, SEPTEMBER, datetime(2022, 9, 30))
    issue(year, OCTOBER, datetime(2022, 10, 31))
    send(year, "县残联", SEPTEMBER, {figure("8-1"): "96"})
    consolidate(year, OCTOBER, NOW)
    assert (reported(year, "8-1", SEPTEMBER), reported(year, "8-1")) == ("96", None)


def test_previous_figures_are_prefilled_and_locked(year: Year) -> None:
    issue(year, SEPTEMBER, datetime(2022, 9, 30))
    send(year, "县残联", SEPTEMBER, {figure("8-1"): "96"})
    consolidate(year, SEPTEMBER, datetime(2022, 10, 8))
    result = issue(year, OCTOBER, datetime(2022, 10, 31))
    book = openpyxl.load_workbook(next(p for p in result.workbooks if "县残联" in p.name))
    form = unit_form(year.plan, year.plan.unit("县残联"), OCTOBER, {})
    previous = book["填报表"][form.address(Key("figure", "8-1", "previous"))]
    assert (previous.value, previous.protection.locked) == (96, True)


def test_in_the_first_period_a_cumulative_figure_began_at_nothing(tmp_path: Path) -> None:
    year, january = Year.create(tmp_path / "年", short_tables()), Period.parse("2022-01")
    result = issue(year, january, datetime(2022, 1, 31))
    book = openpyxl.load_workbook(next(p for p in result.workbooks if "县民政局" in p.name))
    form = unit_form(year.plan, year.plan.unit("县民政局"), january, {})
    assert book["填报表"][form.address(Key("figure", "6-1", "previous"))].value == 0
    assert book["填报表"][form.address(Key("figure", "6-2", "previous"))].value is None


def test_what_is_not_ours_is_unrecognised_and_stops_nothing(issued: Year) -> None:
    openpyxl.Workbook().save(issued.inbox / "通知.xlsx")
    (issued.inbox / "扫描.pdf").write_bytes(b"%PDF-1.4")
    (issued.inbox / "空.xlsx").write_bytes(b"")
    (issued.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    (issued.inbox / "~$锁.xlsx").write_bytes(b"lock")
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    found = outcomes(issued)
    assert found.pop("县残联_2022-10.xlsx") is Outcome.ACCEPTED
    assert found == dict.fromkeys(("通知.xlsx", "扫描.pdf", "空.xlsx", "坏.xlsx"), Outcome.UNRECOGNISED)
    assert status(issued, OCTOBER)["unrecognised"] == 4


def test_two_that_differ_in_one_run_are_both_held(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "a.xlsx")
    send(issued, "县残联", OCTOBER, {figure("8-1"): "107"}, "b.xlsx")
    result = consolidate(issued, OCTOBER, NOW)
    assert [f.outcome for f in result.files] == [Outcome.HELD, Outcome.HELD]
    assert [f.problems[0].code for f in result.files] == ["figure-conflict", "figure-conflict"]
    assert (reported(issued, "8-1"), standing(issued, "县残联")) == (None, "held")


def test_a_correction_after_acceptance_waits(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "a.xlsx")
    outcomes(issued)
    send(issued, "县残联", OCTOBER, {figure("8-1"): "116"}, "b.xlsx")
    assert outcomes(issued) == {"b.xlsx": Outcome.HELD}
    assert (reported(issued, "8-1"), standing(issued, "县残联")) == ("106", "accepted")


def test_a_moved_row_is_never_read_as_another_indicator(short_issued: Year) -> None:
    path = send(short_issued, "县民政局", OCTOBER, {figure("6-1"): "3", figure("6-2"): "165"})
    book = openpyxl.load_workbook(path)
    book["填报表"].insert_rows(9)
    book.save(path)
    result = consolidate(short_issued, OCTOBER, NOW)
    assert [(f.outcome, f.problems[0].code) for f in result.files] == [(Outcome.ACCEPTED, "rows-moved")]
    assert (reported(short_issued, "6-1"), reported(short_issued, "6-2")) == ("3", "165")


def test_a_deleted_row_refuses_the_return(short_issued: Year) -> None:
    path = send(short_issued, "县民政局", OCTOBER, {figure("6-1"): "3", figure("6-2"): "165"})
    book = openpyxl.load_workbook(path)
    book["填报表"].delete_rows(9)
    book.save(path)
    result = consolidate(short_issued, OCTOBER, NOW)
    assert [(f.outcome, f.problems[0].code) for f in result.files] == [(Outcome.REFUSED, "return-structure")]
    assert (reported(short_issued, "6-1"), standing(short_issued, "县民政局")) == (None, "refused")


def test_a_form_of_another_plan_is_refused(issued: Year, tmp_path: Path) -> None:
    other = Year.create(tmp_path / "他县", little_tables())
    book = openpyxl.load_workbook(other.plan_path)
    book["指标"]["J6"] = 150
    assert book["指标"]["A6"].value == "8-1"
    book.save(other.plan_path)
    other = Year(other.root)
    issue(other, OCTOBER, NOW)
    shutil.copy(send(other, "县残联", OCTOBER, {figure("8-1"): "106"}), issued.inbox)
    result = consolidate(issued, OCTOBER, NOW)
    assert [(f.outcome, f.problems[0].code) for f in result.files] == [(Outcome.REFUSED, "return-plan")]
    other.close()


def test_a_telephone_number_in_the_plan_invalidates_no_form(short_issued: Year) -> None:
    book = openpyxl.load_workbook(short_issued.plan_path)
    book["单位"]["F2"] = "0375-5051111"
    book["参数"]["C6"] = "8"
    send(short_issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    book.save(short_issued.plan_path)
    changed = Year(short_issued.root)
    assert changed.plan.units[0].phone == "0375-5051111"
    assert outcomes(changed) == {"县残联_2022-10.xlsx": Outcome.ACCEPTED}
    changed.close()


def test_words_reach_the_project_sheet_and_never_become_formulas(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106", word(8, "problem"): "=1+1", word(8, "progress"): "-较上月减少3所"})
    result = consolidate(issued, OCTOBER, NOW)
    form = unit_form(issued.plan, issued.plan.unit("县残联"), OCTOBER, {})
    cell = sheet_of(result.master.path, "县残联")[form.address(word(8, "progress"))]
    assert (cell.value, cell.data_type) == ("-较上月减少3所", "s")
    assert "-较上月减少3所" in values_of(result.master.path)["项目8"].values()


def test_a_formula_in_an_input_cell_is_held(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    form = unit_form(issued.plan, issued.plan.unit("县残联"), OCTOBER, {})
    book = openpyxl.load_workbook(path)
    book["填报表"][form.address(figure("8-1"))] = "=G9*2"
    book.save(path)
    assert outcomes(issued) == {"县残联_2022-10.xlsx": Outcome.HELD}


def test_lateness_is_by_the_plans_due_day(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(issued, OCTOBER, datetime(2022, 11, 7, 23, 59))
    send(issued, "县妇联", OCTOBER, {word(1, "support"): "已配合"})
    result = consolidate(issued, OCTOBER, datetime(2022, 11, 8, 0, 1))
    rows = list(sheet_of(result.master.path, "收件登记").iter_rows(min_row=4, values_only=True))
    assert [(row[2], row[5]) for row in rows] == [("县残联", None), ("县妇联", "迟报（待确认）")]


def test_same_plan_journal_and_period_give_the_same_bytes(short_demo: Year) -> None:
    written = short_demo.master_path.read_bytes()
    short_demo.master_path.unlink()
    build(short_demo, OCTOBER, datetime(2030, 1, 1))
    assert short_demo.master_path.read_bytes() == written


def test_a_register_thrown_away_comes_back_equal(short_demo: Year) -> None:
    before = status(short_demo, OCTOBER)
    dump = _dump(short_demo)
    short_demo.close()
    (short_demo.root / "归档" / "登记.sqlite").unlink()
    assert status(short_demo, OCTOBER) == before
    assert _dump(short_demo) == dump
    short_demo.close()
    (short_demo.root / "归档" / "登记.sqlite").write_bytes(b"not a database")
    assert status(short_demo, OCTOBER) == before


def _dump(year: Year) -> list[str]:
    return list(year.register._connection.iterdump())


def test_a_torn_last_line_of_the_journal_is_as_if_never_written(short_demo: Year) -> None:
    before = status(short_demo, OCTOBER)
    short_demo.close()
    journal = short_demo.root / "归档" / "日志.jsonl"
    with journal.open("ab") as stream:
        stream.write(b'{"seq":999,"kind":"jud')
    assert status(short_demo, OCTOBER) == before
    send(short_demo, "县司法局", OCTOBER, {word(1, "support"): "已配合"})
    consolidate(short_demo, OCTOBER, datetime(2022, 11, 10))
    assert standing(short_demo, "县司法局") == "accepted"
    short_demo.close()
    (short_demo.root / "归档" / "登记.sqlite").unlink()
    assert standing(short_demo, "县司法局") == "accepted"


def test_issuing_again_gives_the_same_files_and_never_replaces_a_changed_one(issued: Year) -> None:
    path = issued.issued_folder(OCTOBER) / "县残联_2022-10.xlsx"
    first = path.read_bytes()
    assert issue(issued, OCTOBER, datetime(2022, 11, 1)).kept == ()
    assert path.read_bytes() == first
    book = openpyxl.load_workbook(path)
    book.save(path)
    changed = path.read_bytes()
    assert issue(issued, OCTOBER, datetime(2022, 11, 1)).kept == (path,)
    assert path.read_bytes() == changed


def test_every_issued_workbook_and_the_plan_are_archived(whole_issued: Year) -> None:
    entries = whole_issued.register.entries(Issued)
    assert len(entries) == 38
    for entry in entries:
        assert whole_issued.archive.read(entry.sha256) == (whole_issued.issued_folder(OCTOBER) / entry.file).read_bytes()
    (plan,) = whole_issued.register.entries(PlanUsed)
    assert whole_issued.archive.read(plan.sha256) == whole_issued.plan_path.read_bytes()
    assert {entry.plan for entry in entries} == {plan.plan}


def test_links_and_folders_in_the_inbox_are_left_alone(issued: Year, tmp_path: Path) -> None:
    outside = tmp_path / "别处.xlsx"
    outside.write_bytes(b"x")
    (issued.inbox / "链接.xlsx").symlink_to(outside)
    (issued.inbox / "空文件夹").mkdir()
    assert outcomes(issued) == {}


@pytest.mark.parametrize("value", [1e308, 1e20, "9" * 400, "1" * 5000])
def test_a_number_too_large_to_be_one_is_held_and_stops_nothing(issued: Year, value: object) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "1"})
    form = unit_form(issued.plan, issued.plan.unit("县残联"), OCTOBER, {})
    book = openpyxl.load_workbook(path)
    book["填报表"][form.address(figure("8-1"))] = value
    book.save(path)
    assert outcomes(issued) == {"县残联_2022-10.xlsx": Outcome.HELD}
    assert reported(issued, "8-1") is None


@pytest.mark.posix(reason="a name is characters there, not bytes")
def test_a_name_in_another_encoding_stops_nothing(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    path.rename(os.fsdecode(os.fsencode(issued.inbox) + b"/" + "残联.xlsx".encode("gbk")))
    assert outcomes(issued) == {"残联.xlsx": Outcome.ACCEPTED}
    assert outcomes(issued) == {}


def test_a_file_that_cannot_be_opened_is_said_and_tried_again(issued: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    send(issued, "县妇联", OCTOBER, {word(1, "support"): "已配合"})
    read = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name.startswith("县残联") and path.parent == issued.inbox:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    result = consolidate(issued, OCTOBER, NOW)
    assert [f.file for f in result.files] == ["县妇联_2022-10.xlsx"]
    assert [p.file for p in result.unread] == ["县残联_2022-10.xlsx"]
    monkeypatch.undo()
    assert outcomes(issued) == {"县残联_2022-10.xlsx": Outcome.ACCEPTED}


def test_a_date_in_a_text_cell_stays_a_date(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    form = unit_form(issued.plan, issued.plan.unit("县残联"), OCTOBER, {})
    book = openpyxl.load_workbook(path)
    cell = book["填报表"][form.address(word(8, "promise"))]
    cell.value, cell.number_format = datetime(2022, 11, 30), "yyyy-mm-dd"
    book.save(path)
    (one,) = consolidate(issued, OCTOBER, NOW).files
    assert one.content is not None
    assert one.content.words[word(8, "promise")] == "2022-11-30"


@pytest.mark.parametrize("column", ["name", "unit", "target"])
def test_rows_sorted_beside_their_codes_are_refused(short_issued: Year, column: str) -> None:
    path = send(short_issued, "县民政局", OCTOBER, {figure("6-1"): "3", figure("6-2"): "165"})
    form = unit_form(short_issued.plan, short_issued.plan.unit("县民政局"), OCTOBER, {})
    sheet_book = openpyxl.load_workbook(path)
    sheet = sheet_book["填报表"]
    one, other = (form.address(Key("figure", code, column)) for code in ("6-1", "6-2"))
    sheet[one].value, sheet[other].value = sheet[other].value, sheet[one].value
    sheet_book.save(path)
    assert outcomes(short_issued) == {"县民政局_2022-10.xlsx": Outcome.REFUSED}


def test_a_refused_file_sent_again_after_its_form_was_issued_is_taken(year: Year, tmp_path: Path) -> None:
    other = Year.create(tmp_path / "另一台", little_tables())
    issue(other, OCTOBER, NOW)
    path = send(other, "县残联", OCTOBER, {figure("8-1"): "106"})
    shutil.copy(path, year.inbox / "先到.xlsx")
    assert outcomes(year) == {"先到.xlsx": Outcome.REFUSED}
    issue(year, OCTOBER, NOW)
    shutil.copy(path, year.inbox / "再发.xlsx")
    assert outcomes(year) == {"再发.xlsx": Outcome.ACCEPTED}
    assert standing(year, "县残联") == "accepted"
    other.close()


def _put(path: Path, form_sheet: str, address: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    book[form_sheet][address] = value
    book.save(path)


def test_a_borrowed_form_is_held_whole_and_a_sound_one_takes_its_place(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "借.xlsx")
    _put(path, "填报表", "C4", "县妇联")
    result = consolidate(issued, OCTOBER, NOW)
    assert [(f.outcome, f.content, f.problems[0].code) for f in result.files] == [(Outcome.HELD, None, "identity-unit-typed")]
    assert (reported(issued, "8-1"), standing(issued, "县残联"), standing(issued, "县妇联")) == (None, "held", "missing")
    rows = sheet_of(result.master.path, "待决事项").iter_rows(min_row=4, values_only=True)
    assert [(row[1], row[2], row[5]) for row in rows] == [("整表待核", "县残联", "县妇联")]
    send(issued, "县残联", OCTOBER, {figure("8-1"): "107"}, "正.xlsx")
    assert outcomes(issued) == {"正.xlsx": Outcome.ACCEPTED}
    assert (reported(issued, "8-1"), standing(issued, "县残联")) == ("107", "accepted")


def test_two_hands_fill_the_halves_of_a_ratio(short_issued: Year) -> None:
    send(short_issued, "县卫生健康委", OCTOBER, {figure("7-3", "numerator"): "60"}, "a.xlsx")
    assert outcomes(short_issued) == {"a.xlsx": Outcome.HELD}
    assert standing(short_issued, "县卫生健康委") == "held"
    send(short_issued, "县卫生健康委", OCTOBER, {figure("7-3", "denominator"): "90"}, "b.xlsx")
    outcomes(short_issued)
    assert (standing(short_issued, "县卫生健康委"), reported(short_issued, "7-3")) == ("accepted", "0.666667")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_members_of_a_zip_are_files_of_their_own(issued: Year, method: int) -> None:
    one = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    other = send(issued, "县妇联", OCTOBER, {word(1, "support"): "已配合"})
    with zipfile.ZipFile(issued.inbox / "汇总.zip", "w", method) as archive:
        for path in (one, other):
            archive.write(path, path.name)
            path.unlink()
    assert outcomes(issued) == dict.fromkeys(("汇总.zip/县残联_2022-10.xlsx", "汇总.zip/县妇联_2022-10.xlsx"), Outcome.ACCEPTED)
    assert outcomes(issued) == {}


def test_a_text_that_no_cell_can_hold_stops_nothing(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106", word(8, "progress"): "进展" * 50})
    parts = {}
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part.replace(("进展" * 50).encode(), ("长" * 40_000 + "_x202E__x0007_尾_xD800_").encode()))
    result = consolidate(issued, OCTOBER, NOW)
    assert [f.outcome for f in result.files] == [Outcome.ACCEPTED]
    form = unit_form(issued.plan, issued.plan.unit("县残联"), OCTOBER, {})
    assert sheet_of(result.master.path, "县残联")[form.address(word(8, "progress"))].value == "长" * 32_767


def test_until_the_due_day_the_last_return_counts_where_the_plan_says_so(issued: Year) -> None:
    book = openpyxl.load_workbook(issued.plan_path)
    row = next(r for r in book["参数"].iter_rows(min_row=2) if r[0].value == "更正方式")
    row[2].value = "截止前以最后一次为准"
    book.save(issued.plan_path)
    year = Year(issued.root)
    for day, number in ((3, "106"), (4, "108"), (9, "110")):  # due on the 7th
        path = send(year, "县残联", OCTOBER, {figure("8-1"): number}, f"{day}.xlsx")
        result = consolidate(year, OCTOBER, datetime(2022, 11, day))
        assert path.exists()
    assert [f.outcome for f in result.files] == [Outcome.HELD]
    assert (reported(year, "8-1"), standing(year, "县残联")) == ("108", "accepted")
    year.close()
