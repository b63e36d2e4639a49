"""打印: the stack, what a desk without LibreOffice gets, what is kept when a period is closed."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, decide, issue, status
from minsheng_xl.closing.close import close
from minsheng_xl.desk.cli import main
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.stamp import stamp_of
from minsheng_xl.plan.tabs import BRIEF
from minsheng_xl.problems import MisuseError
from minsheng_xl.telling.print import print_period
from tests.makers import figure, send
from tests.workbooks import sheet_of, typed, values_of

SEPTEMBER, OCTOBER = Period.parse("2022-09"), Period.parse("2022-10")
NOW = datetime(2022, 11, 9, 11)


@pytest.fixture
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minsheng_xl.books.pdf.shutil.which", lambda name: None)


@pytest.mark.usefixtures("without_libreoffice")
def test_without_libreoffice_the_stack_is_there_and_a_sentence(short_demo: Year, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", str(short_demo.root), "--period", "2022-10"]) == 0
    said = capsys.readouterr()
    assert "没有 LibreOffice" in said.err
    assert "打印稿.xlsx" in said.out
    names = sorted(path.name for path in short_demo.printed_folder(OCTOBER).iterdir())
    assert names == ["催报文字.txt", "打印稿.xlsx", "通报初稿.docx", "通报初稿.txt"]


@pytest.mark.usefixtures("without_libreoffice")
def test_the_stack_holds_values_in_the_order_of_reading(short_demo: Year) -> None:
    result = print_period(short_demo, OCTOBER, NOW)
    book = openpyxl.load_workbook(result.folder / "打印稿.xlsx")
    projects = [f"项目{n}" for n in (1, 4, 6, 7, 8, 9)]
    assert book.sheetnames == ["领导简报", "进展汇总总表", *projects, "单位完成情况排名", "滞后清单", "问题清单", "未报清单", "认定表", "催报单1", "催报单2", "催报单3"]
    formulas = [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert formulas == []
    master = values_of(short_demo.master_path)
    for name in ("进展汇总总表", "滞后清单", "单位完成情况排名"):
        visible = [c for row in book[name].iter_rows() for c in row if c.value is not None]
        assert len(visible) > 50
        for cell in visible:
            assert master[name][cell.coordinate] == cell.value
    assert [book[f"催报单{n}"]["A4"].value for n in (1, 2, 3)] == ["县司法局", "团县委", "县残联"]


def feet(path: Path) -> dict[str, str]:
    """The left of the foot of each sheet."""
    return {sheet.title: str(sheet.oddFooter.left.text or "") for sheet in openpyxl.load_workbook(path)}


@pytest.mark.usefixtures("without_libreoffice")
def test_the_foot_of_what_is_printed_says_which_figures_they_are(short_demo: Year) -> None:
    """Not on the brief for the leaders, unless the office wants it there; not in the master."""
    stamp = stamp_of(account_of(short_demo.plan, short_demo.register, OCTOBER), short_demo.register)
    result = print_period(short_demo, OCTOBER, NOW)
    found = feet(result.folder / "打印稿.xlsx")
    assert found.pop("领导简报") == ""
    assert set(found.values()) == {stamp}
    assert set(feet(short_demo.master_path).values()) == {""}
    assert "校验码" not in (result.folder / "通报初稿.txt").read_text(encoding="utf-8-sig")
    account = account_of(short_demo.plan, short_demo.register, OCTOBER)
    wanted = account._replace(plan=short_demo.plan.having(settings=short_demo.plan.settings._replace(brief_code=True)))
    (brief,) = printed(master_book(wanted, "", 0), wanted, [one for one in outputs(wanted) if one.tab is BRIEF], stamp).sheets
    assert brief.print.foot == stamp


@pytest.mark.usefixtures("without_libreoffice")
def test_printing_another_period_leaves_the_master_alone(short_demo: Year) -> None:
    before = short_demo.master_path.read_bytes()
    result = print_period(short_demo, SEPTEMBER, NOW)
    assert (result.master, short_demo.master_path.read_bytes()) == (None, before)
    assert sheet_of(result.folder / "打印稿.xlsx", "领导简报")["A2"].value == "2022年9月（截至2022年9月30日）"


@pytest.mark.usefixtures("without_libreoffice")
def test_what_was_typed_into_the_master_is_printed(short_demo: Year) -> None:
    from minsheng_xl.forms.unit import unit_form

    address = unit_form(short_demo.plan, short_demo.plan.unit("县残联"), OCTOBER, {}).address(figure("8-1"))
    typed(short_demo.master_path, **{f"县残联__{address}": 110})
    result = print_period(short_demo, OCTOBER, NOW)
    total = sheet_of(result.folder / "打印稿.xlsx", "进展汇总总表")
    assert next(row[4] for row in total.iter_rows(values_only=True) if row[1] == "残疾儿童康复救助") == 110


@pytest.mark.usefixtures("without_libreoffice")
def test_naming_the_reminders_counts_them_once_a_day(short_demo: Year) -> None:
    def counted() -> dict[str, int]:
        return dict(account_of(short_demo.plan, short_demo.register, OCTOBER).reminded)

    print_period(short_demo, OCTOBER, NOW)
    assert counted() == {}
    print_period(short_demo, OCTOBER, NOW, what=["催报"])
    print_period(short_demo, OCTOBER, datetime(2022, 11, 9, 17), what=["催报单"])
    assert counted() == {"县司法局": 1, "团县委": 1, "县残联": 1}
    result = print_period(short_demo, OCTOBER, datetime(2022, 11, 10), what=["催报", "未报"])
    rows = sheet_of(result.folder / "打印稿.xlsx", "未报清单").iter_rows(values_only=True)
    assert {row[1]: row[7] for row in rows if row[0] in (1, 2, 3)} == {"县司法局": "2次", "团县委": "2次", "县残联": "2次"}


def test_an_output_that_is_not_known_is_said(short_demo: Year, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", str(short_demo.root), "--period", "2022-10", "--what", "简报，日报"]) == 2
    assert "没有“日报”可以打印" in capsys.readouterr().err


def test_briefs_by_leader_need_leaders(short_demo: Year) -> None:
    with pytest.raises(MinshengError, match="分管领导"):
        print_period(short_demo, OCTOBER, NOW, by_leader=True)


def test_a_brief_for_each_leader_holds_his_projects_only(short_demo: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.load_workbook(short_demo.plan_path)
    heads = {c.value: c.column for c in book["指标"][1]}
    for row in book["指标"].iter_rows(min_row=2):
        number = int(str(row[0].value).split("-")[0])
        book["指标"].cell(row[0].row, heads["分管领导"]).value = "王副县长" if number <= 3 else "李副县长"
    book.save(short_demo.plan_path)
    kept: dict[str, bytes] = {}

    def keep(paths: list[Path], out: Path) -> list[Path]:
        from minsheng_xl.books.pdf import NoPdf

        kept.update({path.stem: path.read_bytes() for path in paths})
        raise NoPdf("没有画")

    monkeypatch.setattr("minsheng_xl.telling.print.to_pdf", keep)
    year = Year(short_demo.root)
    print_period(year, OCTOBER, NOW, what=["简报"], by_leader=True)
    assert sorted(kept) == ["领导简报", "领导简报_李副县长", "领导简报_王副县长"]
    import io

    sheet = openpyxl.load_workbook(io.BytesIO(kept["领导简报_王副县长"]))["领导简报"]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]
    assert "0/3" in texts
    assert "2022年10月（截至2022年10月31日）　·　王副县长分管" in texts
    assert "开展职业技术培训和评价取证" in texts
    assert "提升移动政务服务能力" not in texts
    year.close()


@pytest.mark.usefixtures("without_libreoffice")
def test_the_stack_of_a_closed_period_is_kept(short_issued: Year) -> None:
    send(short_issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(short_issued, OCTOBER, NOW)
    close(short_issued, OCTOBER, NOW)
    kept = (short_issued.printed_folder(OCTOBER) / "打印稿.xlsx").read_bytes()
    send(short_issued, "县民政局", OCTOBER, {figure("6-1"): "3"})
    consolidate(short_issued, OCTOBER, datetime(2022, 11, 20))
    (short_issued.printed_folder(OCTOBER) / "打印稿.xlsx").unlink()
    result = print_period(short_issued, OCTOBER, datetime(2022, 11, 21))
    assert (result.folder / "打印稿.xlsx").read_bytes() == kept


@pytest.mark.usefixtures("without_libreoffice")
def test_a_problem_is_listed_until_the_office_says_that_it_is_settled(year: Year) -> None:
    """It is silent in September, no longer raised from October on; the office says 未解决 then, 已销号 in November."""
    from tests.makers import word

    periods = [Period.parse(f"2022-{month:02d}") for month in (8, 9, 10, 11, 12)]
    texts: list[dict[tuple[str, ...], str] | None] = [
        {figure("8-1"): "80", word(8, "problem"): "康复机构少"},
        None,  # nothing came
        {figure("8-1"): "100", word(8, "progress"): "已新增一家"},
        {figure("8-1"): "110", word(8, "progress"): "照常"},
        {figure("8-1"): "120", word(8, "progress"): "照常"},
    ]
    words = {"2022-10": "未解决", "2022-11": "已销号"}
    seen: list[list[tuple[object, ...]]] = []

    def look(period: Period) -> None:
        result = print_period(year, period, datetime(2022, period.end_month, 28, 13))
        sheet = sheet_of(result.folder / "打印稿.xlsx", "问题清单")
        seen.append([row[3:10] for row in sheet.iter_rows(values_only=True) if row[0] == 1])

    for period, answers in zip(periods, texts, strict=True):
        issue(year, period, datetime(2022, period.end_month, 28))
        if answers is not None:
            send(year, "县残联", period, answers)
        consolidate(year, period, datetime(2022, period.end_month, 28, 12))
        look(period)
        asked = account_of(year.plan.at(period), year.register, period).faded
        assert [(one.kind, one.unit, one.used, one.other) for one in asked] == (
            [("问题待销号", "县残联", "8月提出", "康复机构少")] if str(period) in words else []
        )
        for item in asked:
            with pytest.raises(MisuseError, match="请写 已销号、未解决。"):
                decide(year, item.id, "县残联", NOW, period=period)
            decide(year, item.id, words[str(period)], datetime(2022, period.end_month, 28, 14), period=period)
            consolidate(year, period, datetime(2022, period.end_month, 28, 15))
            look(period)
            assert account_of(year.plan.at(period), year.register, period).faded == ()
    assert seen == [
        [("康复机构少", None, "—", "—", "8月", None, "处理中")],
        [("康复机构少", None, "—", "—", "8月", None, "上期提出，本期未报")],
        [("康复机构少", None, "—", "—", "8月", None, "待销号")],
        [("康复机构少", None, "—", "—", "8月", None, "处理中")],  # 未解决
        [("康复机构少", None, "—", "—", "8月", None, "待销号")],
        [("康复机构少", None, "—", "—", "8月", "11月", "已销号")],
        [],
    ]


@pytest.mark.usefixtures("without_libreoffice")
def test_what_status_says_is_what_paper_says(demo_year: Year) -> None:
    result = print_period(demo_year, OCTOBER, NOW)
    book, state = openpyxl.load_workbook(result.folder / "打印稿.xlsx"), status(demo_year, OCTOBER)
    rows = list(book["单位完成情况排名"].iter_rows(min_row=5, max_row=4 + len(state["ranks"]), values_only=True))
    assert len(rows) == 11
    for row, one in zip(rows, state["ranks"], strict=True):
        assert row[:7] == (one["rank"], one["unit"], f"{one['judged']}/{one['owed']}", one["reported"], one["met"], one["on_pace"], one["lagging"])
        assert f"{row[7]:.6f}" == one["share"]
        assert [f"{v:.1%}" if isinstance(v, int | float) else v for v in row[8:10]] == [one["average_all_text"], one["average_reported_text"]]
        assert (row[12] or "") == one["remark"]
    by_name = {i["code"]: i for i in state["indicators"]}
    names = {i.name: by_name[i.code] for i in demo_year.plan.indicators}
    listed = [row for row in book["滞后清单"].iter_rows(min_row=5, values_only=True) if isinstance(row[0], int)]
    assert [row[0] for row in listed] == list(range(1, 11))
    for row in listed:
        one = names[row[2]]
        assert str(row[8]).split(" ")[1].partition("（")[0] == one["status"]
        assert row[9] == one["lagging_text"]
        if str(row[5]).startswith("增量"):
            assert str(row[6]) == f"计划{one['pace_text']}"
        else:
            assert (f"{row[5]:.1%}" if isinstance(row[5], int | float) else row[5]) == one["rate_text"]
    worst = [row[7] for row in listed if isinstance(row[7], int | float)]
    assert worst == sorted(worst)
    texts = [str(c.value) for row in book["领导简报"].iter_rows() for c in row if c.value is not None]
    change = state["change"]
    said = f"与上期相比：两期均已报送的 {change['count']} 项指标，平均完成率 {change['points_text']} 个百分点；新增滞后 "
    assert any(str(text).startswith(said) for text in texts)


@pytest.mark.usefixtures("without_libreoffice")
def test_a_file_without_a_sender_warns_before_anybody_is_reminded(short_demo: Year) -> None:
    def tops() -> list[str]:
        book = openpyxl.load_workbook(print_period(short_demo, OCTOBER, NOW).folder / "打印稿.xlsx")
        return [str(book[name].cell(row, 1).value) for name, row in (("未报清单", 4), ("催报单1", 1))]

    assert not any("待决事项" in text for text in tops())
    (short_demo.inbox / "扫描0001.pdf").write_bytes(b"%PDF-1.4")
    consolidate(short_demo, OCTOBER, NOW)
    assert all("待决事项里还有 1 个文件没有确认是哪个单位的" in text for text in tops())
