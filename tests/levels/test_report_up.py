"""上级报表: every figure of it by a calculator that knows nothing of the program; what was sent held against a file."""

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate
from minsheng_xl.accounts.period import Certified
from minsheng_xl.accounts.upward import upward_of
from minsheng_xl.closing.close import close
from minsheng_xl.closing.reopen import reopen
from minsheng_xl.desk.cli import main
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms.upward import NAME, upward_book
from minsheng_xl.levels import report_up as report_up_module
from minsheng_xl.levels.compare import compare_upward
from minsheng_xl.levels.report_up import report_up, upward_now
from minsheng_xl.plan.model import Plan
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.proof.verify import verify
from minsheng_xl.year.entries import PlanUsed, ReportedUp
from minsheng_xl.year.register import Register
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import figure, send
from tests.years.calculator import average
from tests.years.test_monthly import YEAR, Past

OCTOBER, NOW, LATER = Period.parse("2022-10"), datetime(2022, 11, 15, 9), datetime(2022, 11, 20, 9)


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minsheng_xl.telling.print.pdfs_of", lambda parts, folder: ([], "不画"))


def sent(year: Year, now: datetime = NOW) -> Path:
    (path,) = report_up(year, OCTOBER, now).files
    return path


def test_every_figure_of_a_year_is_the_calculators(past: Past) -> None:
    year, seen = Year(past.root, writable=False), 0
    for month in past.told.months:
        period = Period(YEAR, month.end)
        upward = upward_now(year, period)
        sheet = upward_book(upward).sheet("upward")
        assert {row.code for row in upward.rows} == set(month.rows)
        for code, row in month.rows.items():
            result, name = month.results[code], RowName("up", code)
            value = result.value
            if value is not None and row.kind == "里程碑":
                value = "是" if value else "否"
            assert sheet.cell(name.cell("value")).content == value, (month.end, code)
            parts = [sheet.cell(name.cell(key)).content for key in ("numerator", "denominator")]
            if row.kind == "比率" and result.value is not None:
                assert parts[0] / parts[1] == result.value
                assert row.denominator in (None, parts[1])
            else:
                assert parts == [None, None]
            assert str(sheet.cell(name.cell("status")).content).endswith(result.status)
            seen += 1
        counted = [row.project for code, row in month.rows.items() if month.results[code].status != "暂停"]
        projects = Counter(counted)
        silent = Counter(row.project for code, row in month.rows.items() if month.results[code].status in ("未报", "待核"))
        assert {str(one.no): (one.reported, one.counted) for one in upward.projects} == {
            no: (count - silent[no], count) for no, count in projects.items()
        }
        whole = average(month)
        assert whole is not None
        assert abs(Fraction(upward.average.average_all.removesuffix("%")) / 100 - whole) <= Fraction(1, 1000)
        assert upward.state == "已定稿"
    year.close()
    assert seen > 250


def test_it_says_what_it_is_and_is_journalled_once(demo_year: Year) -> None:
    first = report_up(demo_year, OCTOBER, NOW)
    assert first.files[0] == demo_year.root / "上报" / "2022-10" / "上级报表_鲁山县_2022-10_未定稿.xlsx"
    again = report_up(demo_year, OCTOBER, LATER)
    assert (first.is_again, again.is_again) == (False, True)
    send(demo_year, "县残联", OCTOBER, {figure("8-1"): "118"})
    consolidate(demo_year, OCTOBER, NOW)
    assert not report_up(demo_year, OCTOBER, LATER).is_again
    close(demo_year, OCTOBER, LATER)
    closed = report_up(demo_year, OCTOBER, LATER)
    reopen(demo_year, OCTOBER, LATER, why="数错了")
    close(demo_year, OCTOBER, LATER)
    corrected = report_up(demo_year, OCTOBER, LATER)
    states = [entry.state for entry in demo_year.register.entries(ReportedUp)]
    assert states == ["未定稿", "未定稿", "已定稿", "更正稿"]
    assert [one.files[0].name for one in (closed, corrected)] == [
        "上级报表_鲁山县_2022-10.xlsx", "上级报表_鲁山县_2022-10_更正稿.xlsx",
    ]
    assert len({entry.code for entry in demo_year.register.entries(ReportedUp)}) == 4


def test_nobody_is_named_and_no_text_in_doubt_goes_up(demo_year: Year) -> None:
    """The demo has a figure in doubt, and decisions by name."""
    send(demo_year, "县残联", OCTOBER, {figure("8-1"): "约一百一十"})
    consolidate(demo_year, OCTOBER, NOW)
    close(demo_year, OCTOBER, LATER, who="赵军")
    book = openpyxl.load_workbook(sent(demo_year, LATER))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    persons = {unit.contact for unit in demo_year.plan.units if unit.contact} | {"赵军"}
    phones = {unit.phone for unit in demo_year.plan.units if unit.phone}
    assert not [text for text in texts if any(word in text for word in (*persons, *phones, "约一百一十", "待决"))]
    assert any("应报 38，已采用 " in text for text in texts)


def test_what_is_equal_has_an_equal_code_and_what_differs_another(demo_year: Year) -> None:
    upward = upward_now(demo_year, OCTOBER)
    account = upward.account
    assert upward_of(account).own_code == upward.own_code
    unit = account.plan.indicator("1-1").filler
    key = RowName("figure", "1-1").cell("reported")
    account.units[unit].figures[key] += 1
    assert upward_of(account).own_code != upward.own_code


def test_the_same_file_is_the_same(demo_year: Year, tmp_path: Path) -> None:
    path = Path(shutil.copy(sent(demo_year), tmp_path / "发来的.xlsx"))
    found = compare_upward(demo_year, path)
    assert found.is_sound
    assert found.sentences[0] == "发来的.xlsx：与 2022-11-15 09:00 上报的是同一个文件。"


def test_a_file_that_was_saved_again_says_the_same(demo_year: Year, tmp_path: Path) -> None:
    path = tmp_path / "另存.xlsx"
    openpyxl.load_workbook(sent(demo_year)).save(path)
    found = compare_upward(demo_year, path)
    assert found.is_sound, found.sentences
    assert "内容与 2022-11-15 09:00 上报的一样，文件另存过" in found.sentences[0]


@pytest.mark.office
@needs_libreoffice
def test_a_file_that_libreoffice_saved_says_the_same(demo_year: Year, tmp_path: Path) -> None:
    (path,) = convert([sent(demo_year)], "xlsx", tmp_path / "另存", recalculate=False)
    assert compare_upward(demo_year, path).is_sound


def changed(path: Path, out: Path, code: str, value: object) -> str:
    """A copy of which a figure was typed over; where it stands."""
    book = openpyxl.load_workbook(path)
    sheet = book[NAME]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == code)
    sheet.cell(row, 6).value = value
    book.save(out)
    return f"F{row}"


def test_a_figure_that_was_typed_over_is_named(demo_year: Year, tmp_path: Path) -> None:
    path = tmp_path / "改.xlsx"
    place = changed(sent(demo_year), path, "1-1", 31400)
    found = compare_upward(demo_year, path)
    assert not found.is_sound
    assert found.sentences[0].startswith("改.xlsx：与 2022-11-15 09:00 上报的有 1 格不同。")
    assert found.sentences[1] == f"上级报表 {place}（1-1 本期累计）：上报的是 28960，这份里是 31400。"


def test_a_code_that_was_changed_with_it_was_never_reported(demo_year: Year, tmp_path: Path) -> None:
    path = tmp_path / "改.xlsx"
    changed(sent(demo_year), path, "1-1", 31400)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        sheet["A4"].value = "上报码 0123456789ABCDEF　·　校验码 00000000"
    book.save(path)
    found = compare_upward(demo_year, path)
    assert not found.is_sound
    assert "上面的上报码 0123456789ABCDEF 没有上报过" in found.sentences[0]
    assert "签字盖章的那一张" in found.sentences[0]


def _formula(book: openpyxl.Workbook) -> None:
    book[NAME]["F6"].value = "=99999"


def _own_page(book: openpyxl.Workbook) -> None:
    book.copy_worksheet(book[NAME]).title = "上级报表 (2)"


def _hidden_row(book: openpyxl.Workbook) -> None:
    book[NAME].row_dimensions[8].hidden = True


def _hidden_column(book: openpyxl.Workbook) -> None:
    book[NAME].column_dimensions["F"].hidden = True


def _hidden_page(book: openpyxl.Workbook) -> None:
    book["各项目和调整"].sheet_state = "hidden"


def _format(book: openpyxl.Workbook) -> None:
    book[NAME]["F6"].number_format = '"99999"'


@pytest.mark.parametrize(("change", "said"), [
    (_formula, "上级报表 F6（1-1 本期累计）：上报的是 28960，这份里是 公式 99999。"),
    (_own_page, "上级报表 (2)：上报的没有这一页。"), (_hidden_row, "上级报表 第8行被隐藏了。"),
    (_hidden_column, "上级报表 有 1 列被隐藏了。"), (_hidden_page, "各项目和调整：这一页没有了，或被隐藏了。"),
    (_format, '上级报表 F6（1-1 本期累计）：上报的是 28960，这份里是 "99999"（格式）。'),
])
def test_what_shows_otherwise_is_no_saving_again(
    demo_year: Year, tmp_path: Path, change: Callable[[openpyxl.Workbook], None], said: str
) -> None:
    path = tmp_path / "改.xlsx"
    book = openpyxl.load_workbook(sent(demo_year))
    change(book)
    book.save(path)
    found = compare_upward(demo_year, path)
    assert (found.is_sound, found.sentences[1]) == (False, said)


def test_a_plan_that_was_changed_is_adopted_first(demo_year: Year) -> None:
    book = openpyxl.load_workbook(demo_year.plan_path)
    sheet = book["指标"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[0].value == "1-1")
    sheet.cell(row, heads["目标"]).value = 40000
    book.save(demo_year.plan_path)
    root = demo_year.root
    demo_year.close()
    year = Year(root)
    report_up(year, OCTOBER, NOW)
    assert year.register.latest(PlanUsed).at == NOW  # type: ignore[union-attr]
    year.close()


def test_what_is_certified_after_a_closing_moves_nothing(demo_year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    close(demo_year, OCTOBER, LATER)
    asked = list[int | None]()
    known = report_up_module.certified_of

    def noted(plan: Plan, register: Register, period: Period, upto: int | None = None) -> dict[str, Certified]:
        asked.append(upto)
        return known(plan, register, period, upto)

    monkeypatch.setattr(report_up_module, "certified_of", noted)
    upward_now(demo_year, OCTOBER)
    closed = demo_year.register.closed(OCTOBER)
    assert closed is not None
    assert asked == [closed.upto]


def test_a_page_that_is_gone_and_many_cells(demo_year: Year, tmp_path: Path) -> None:
    path = tmp_path / "改.xlsx"
    book = openpyxl.load_workbook(sent(demo_year))
    del book["各项目和调整"]
    for row in range(6, 36):
        book[NAME].cell(row, 12).value = "县政府办"
    book.save(path)
    found = compare_upward(demo_year, path)
    assert found.sentences[-2] == "……另有 11 格。"
    assert not found.is_sound


def test_what_was_reported_before_counts_no_more(demo_year: Year, tmp_path: Path) -> None:
    first = Path(shutil.copy(sent(demo_year), tmp_path / "先.xlsx"))
    send(demo_year, "县残联", OCTOBER, {figure("8-1"): "118"})
    consolidate(demo_year, OCTOBER, NOW)
    found = compare_upward(demo_year, first)
    assert not found.is_sound
    assert "现在的账与那一次上报的不一样了" in found.sentences[-1]
    sent(demo_year, LATER)
    assert "2022-11-20 09:00 又上报过一次（未定稿" in compare_upward(demo_year, first).sentences[-1]


def test_what_is_none_of_it_is_said(demo_year: Year, tmp_path: Path) -> None:
    sent(demo_year)
    found = compare_upward(demo_year, demo_year.plan_path)
    assert (found.is_sound, found.sentences[0].split("。")[0]) == (False, "计划.xlsx：不是这个文件夹上报的，上面没有上报码")
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with pytest.raises(MinshengError, match=r"坏\.xlsx 打不开"):
        compare_upward(demo_year, broken)
    with pytest.raises(MisuseError, match="没有这个文件"):
        compare_upward(demo_year, tmp_path / "无.xlsx")


def test_what_went_up_is_kept_and_missed(demo_year: Year, tmp_path: Path) -> None:
    path = sent(demo_year)
    assert not [fault for fault in verify(demo_year).faults if "上报" in fault]
    (entry,) = demo_year.register.entries(ReportedUp)
    copy = tmp_path / "改.xlsx"
    changed(path, copy, "1-1", 31400)
    demo_year.archive.path(entry.sha256).unlink()
    assert [fault for fault in verify(demo_year).faults if "2022-10 上报的 上级报表_鲁山县_2022-10_未定稿.xlsx" in fault]
    with pytest.raises(MinshengError, match="归档里缺了2022-10 上报的"):
        compare_upward(demo_year, copy)


def test_a_period_of_which_nothing_came_has_nothing_to_report(whole_issued: Year) -> None:
    with pytest.raises(MinshengError, match="2022-10 还没有采用任何来件"):
        report_up(whole_issued, OCTOBER, NOW)


def test_what_the_office_typed_goes_up(demo_year: Year) -> None:
    book = openpyxl.load_workbook(demo_year.master_path, keep_vba=True)
    sheet = book["县残联"]
    row = next(cells[1].row for cells in sheet.iter_rows() if cells[1].value == "8-1")
    sheet.cell(row, 7).value = 111
    book.save(demo_year.master_path)
    upward = report_up(demo_year, OCTOBER, NOW).upward
    assert {one.code: one.value for one in upward.rows}["8-1"] == 111


def test_the_commands(demo_year: Year, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(demo_year.root)
    demo_year.close()
    assert main(["report-up", root, "--period", "2022-10", "--who", "王芳"]) == 0
    said = capsys.readouterr().out
    assert "2022-10 上级报表（未定稿）：" in said
    assert "请核对、签字、盖章后报上级" in said
    assert [entry.who.split("（")[0] for entry in Year(root).register.entries(ReportedUp)] == ["王芳"]
    (path,) = (demo_year.root / "上报" / "2022-10").glob("*.xlsx")
    assert main(["verify", root, "--upward", str(path)]) == 0
    assert "是同一个文件" in capsys.readouterr().out
    changed(path, tmp_path / "改.xlsx", "1-1", 1)
    assert main(["verify", root, "--upward", str(tmp_path / "改.xlsx")]) == 1
    assert "有 1 格不同" in capsys.readouterr().err
