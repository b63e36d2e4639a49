"""The demo shows each kind of return for what it is."""

import shutil
import subprocess
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import (
    MinshengError,
    Period,
    Year,
    figures_frame,
    indicators_frame,
    issue,
    progress_frame,
    progress_of,
    run_demo,
    status,
)
from minsheng_xl.beginning.demo import run_months
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.build import build
from minsheng_xl.year.entries import Issued, Judged, MasterWritten, PlanUsed
from tests.makers import figure, send
from tests.workbooks import sheet_of

SEPTEMBER, OCTOBER = Period.parse("2022-09"), Period.parse("2022-10")


def test_each_kind_of_return(demo_year: Year) -> None:
    standing = {u["unit"]: u["standing"] for u in status(demo_year, OCTOBER)["units"]}
    assert {name for name, s in standing.items() if s != "accepted"} == {"团县委", "县司法局", "县残联", "县卫生健康委"}
    account = account_of(demo_year.plan, demo_year.register, OCTOBER)
    assert [u for u in standing if account.is_late(u)] == ["县林业局"]
    assert account.notes["县残联"] == "11月7日收到的是9月的表"
    assert account.notes["县交通运输局"] == "有更正待定"
    assert {(p.unit, p.kind, p.used, p.other) for p in account.pending} == {
        ("县交通运输局", "更正待定", "23.46", "25.1"), ("县交通运输局", "更正待定", "11", "12"), ("县卫生健康委", "数字存疑", "", "98%"),
    }
    assert any(r.file == "10月/最终版2 (1).xlsx" and r.unit == "县教育体育局" for r in account.receipts)


def test_the_account_adds_up(demo_year: Year) -> None:
    state = status(demo_year, OCTOBER)
    assert state["issued"] == 38 == sum(state[k] for k in ("accepted", "held", "refused", "missing"))
    assert {k: state[k] for k in ("accepted", "held", "refused", "missing")} == {"accepted": 34, "held": 1, "refused": 0, "missing": 3}


def test_the_demo_keeps_its_own_dates(demo_year: Year) -> None:
    entries: list[Judged | Issued | PlanUsed | MasterWritten] = demo_year.register.entries(Judged, Issued, PlanUsed, MasterWritten)
    days = {str(entry.at.date()) for entry in entries}
    assert days == {"2022-09-29", "2022-10-08", "2022-10-31", "2022-11-07", "2022-11-09", "2022-11-14"}


def test_the_files_in_the_inbox_are_of_the_days_on_which_they_were_filled_in(demo_year: Year) -> None:
    """The third of the month after; the certifiers' of 11 November."""
    days = {path: str(datetime.fromtimestamp(path.stat().st_mtime).date()) for path in demo_year.inbox.rglob("*.xlsx")}
    certified = {day for path, day in days.items() if path.parent.name == "认定"}
    stale = days[demo_year.inbox / "10月/县残联10月报表.xlsx"]
    assert certified == {"2022-11-11"} and stale == "2022-10-03"
    assert set(days.values()) == {"2022-10-03", "2022-11-03", "2022-11-11"}


def test_the_master_says_all_before_the_printing(demo_year: Year) -> None:
    """It need not be brought up to date again for that."""
    content, end = demo_year.master_path.read_bytes(), demo_year.register.last_change()
    assert build(demo_year, OCTOBER, datetime(2022, 11, 14, 11)).path == demo_year.master_path
    assert demo_year.master_path.read_bytes() == content
    assert demo_year.register.last_change() == end


def test_a_demo_is_never_run_over_a_year(demo_year: Year) -> None:
    with pytest.raises(MinshengError, match="已经有"):
        run_demo(demo_year.root)


def test_one_that_is_killed_half_way_leaves_no_half_a_demo(tmp_path: Path) -> None:
    place = tmp_path / "演示"
    code = "import sys; from minsheng_xl import run_demo; run_demo(sys.argv[1], draw=False)"
    with subprocess.Popen([sys.executable, "-c", code, str(place)]) as running:
        until = time.monotonic() + 60
        while not list(tmp_path.glob(".*/收件/9月/*.xlsx")) and time.monotonic() < until:
            time.sleep(0.02)
        running.kill()
    assert list(tmp_path.glob(".*/收件/9月/*.xlsx"))
    assert not place.exists()

    def stop(step: str) -> None:
        if step.startswith("9月"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_demo(place, step=stop, draw=False)
    assert list(tmp_path.iterdir()) == []


def test_the_front_page_counts_live(demo_year: Year) -> None:
    stored = sheet_of(demo_year.master_path, "首页", data_only=True)
    table = {row[0].value: [c.value for c in row[2:7]] for row in stored.iter_rows(min_row=8, max_row=10)}
    assert table == {"牵头单位（报数）": [11, 8, 1, 0, 2], "责任单位（报情况）": [27, 26, 0, 0, 1], "合计": [38, 34, 1, 0, 3]}
    formulas = sheet_of(demo_year.master_path, "首页")
    assert all(str(c.value).startswith("=") for row in formulas.iter_rows(min_row=8, max_row=10) for c in row[2:7])


def test_a_printed_figure_walks_to_the_clerks_cell(demo_year: Year) -> None:
    """Trace Precedents: total → project → unit, each a plain link."""
    place, walked = ("进展汇总总表", "E5"), []
    while str(formula := sheet_of(demo_year.master_path, place[0])[place[1]].value).startswith("="):
        sheet, _, address = formula.removeprefix("=IF('").partition('=""')[0].partition("'!")
        assert formula == f"=IF('{sheet}'!{address}=\"\",\"\",'{sheet}'!{address})"
        place = (sheet, address)
        walked.append(sheet)
    assert walked == ["项目1", "县人力资源和社会保障局"]
    assert formula == 28960


def test_every_sheet_is_linked_both_ways(demo_year: Year) -> None:
    book = openpyxl.load_workbook(demo_year.master_path)
    links = {name: [c.hyperlink.location for row in book[name].iter_rows() for c in row if c.hyperlink] for name in book.sheetnames}
    forth = {location.split("!")[0].strip("'") for location in links["首页"]}
    assert forth == set(book.sheetnames) - {"首页", "计算", "minsheng"}
    for name in forth:
        assert links[name] == ["'首页'!A1"]


def test_tidy_frames(demo_year: Year) -> None:
    plan = demo_year.plan
    indicators = indicators_frame(plan)
    assert indicators.shape[0] == 45
    assert indicators["tier"].value_counts().to_dict() == {"A": 32, "C": 10, "B": 3}
    figures = figures_frame(demo_year, OCTOBER)
    one = figures[(figures.period == "2022-10") & (figures.code == "7-1")]
    assert one[["unit", "measure", "value"]].to_numpy().tolist() == [["县卫生健康委", "本期累计", 11480.0]]
    assert figures[figures.seen == "98%"]["value"].isna().all()
    account = account_of(plan, demo_year.register, OCTOBER)
    progress = progress_frame(progress_of(plan, OCTOBER, account.entries()))
    assert progress.set_index("code").loc["4-1", "rate"] == pytest.approx(0.782)
    assert figures_frame(demo_year, Period.parse("2022-01")).columns.tolist() == figures.columns.tolist()


RETURNS = (("9月", "2022-10-03", 38), ("10月", "2022-11-03", 37), ("认定", "2022-11-11", 1))


@pytest.mark.parametrize(("folder", "day", "count"), RETURNS)
def test_no_return_of_the_demo_carries_the_clocks_time(finished_demo: Path, folder: str, day: str, count: int) -> None:
    paths = sorted((finished_demo / "收件" / folder).rglob("*.xlsx"))
    assert len(paths) == count
    for path in paths:
        saved = "2022-10-03" if path.name == "县残联10月报表.xlsx" else day  # September's, sent again
        with zipfile.ZipFile(path) as archive:
            assert {part.date_time for part in archive.infolist()} == {(*map(int, saved.split("-")), 0, 0, 0)}
        properties = openpyxl.load_workbook(path).properties
        assert (properties.created, properties.modified) == (datetime(2000, 1, 1), datetime.fromisoformat(saved))


def test_a_return_filled_in_twice_is_the_same_file(year: Year) -> None:
    issue(year, SEPTEMBER, datetime(2022, 9, 29))
    first, second = (send(year, "县残联", SEPTEMBER, {figure("8-1"): "97"}, name) for name in ("1.xlsx", "2.xlsx"))
    assert first.read_bytes() == second.read_bytes()


def test_made_twice_it_gives_the_same_files(finished_short_demo: Path, tmp_path: Path) -> None:
    """All that is written from the same 计划.xlsx, whose properties tell when it was saved: every form bears the head
    of a chain that begins with it."""
    root = tmp_path / "鲁山县2022"
    for folder in (root, root / "发出", root / "收件", root / "归档"):
        folder.mkdir()
    shutil.copy(finished_short_demo / "计划.xlsx", root)
    again = Year(root)
    run_months(again)
    again.close()

    def written(root: Path) -> dict[str, bytes]:
        folders = ("发出", "收件", "退回")
        paths = [root / "总台账.xlsm", *(path for folder in folders for path in (root / folder).rglob("*.xlsx"))]
        return {str(path.relative_to(root)): path.read_bytes() for path in paths}

    first, second = written(finished_short_demo), written(root)
    assert len(first) == 1 + 17 + 16 + 1
    assert [name for name, content in first.items() if second.get(name) != content] == []
    assert first.keys() == second.keys()
