"""A year that version 0.1.0 left half way is taken up by this version: nothing lost, nothing changed.

What is expected was written by hand from what `make_year` types, but for the two status files, which are that
version's own.
"""

import hashlib
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from minsheng_xl import (
    ConsolidateResult,
    Period,
    Plan,
    Year,
    build,
    consolidate,
    decide,
    figures_frame,
    inspect,
    inspected,
    issue,
    status,
)
from minsheng_xl.beginning.rollover import rollover
from minsheng_xl.forms import table
from minsheng_xl.forms import unit as unit_forms
from minsheng_xl.proof.verify import Verdict, verify
from minsheng_xl.year.entries import Judged
from tests.intake.test_layouts import declared
from tests.kept.clerk import places_in, places_of
from tests.workbooks import save

KEPT = Path(__file__).with_name("year-0.1")
APRIL, MAY, JUNE = (Period.parse(f"2023-0{month}") for month in (4, 5, 6))
NOW = datetime(2023, 6, 7, 10)
QUESTION = "8d6a7b"
KINDS = {
    "plan", "issued", "certifying", "run", "judged", "typed", "master", "closed", "decided", "reminded", "received",
}


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    """A copy of the kept year."""
    shutil.copytree(KEPT / "年", tmp_path / "年")
    found = Year(tmp_path / "年")
    yield found
    found.close()


class Carried(NamedTuple):
    """The kept year after the waiting forms came in, and what that consolidation said. Not to be written to."""

    year: Year
    result: ConsolidateResult


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Carried]:
    root = tmp_path_factory.mktemp("kept") / "年"
    shutil.copytree(KEPT / "年", root)
    found = Year(root)
    for path in (KEPT / "待放入").iterdir():
        shutil.copy(path, found.inbox / path.name)
    yield Carried(found, consolidate(found, MAY, NOW))
    found.close()


def again(carried: Carried, folder: Path) -> Year:
    """A copy of the year that was carried on, to be worked on."""
    shutil.copytree(carried.year.root, folder / "年")
    return Year(folder / "年")


def journal(year: Year) -> list[dict[str, Any]]:
    """The lines of the journal as text, read by nobody but this test."""
    lines = (year.root / "归档" / "日志.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def said_then(period: Period) -> dict[str, Any]:
    """The status of a period by the version that left the year."""
    found: dict[str, Any] = json.loads((KEPT / f"status_{period}.json").read_text(encoding="utf-8"))
    return found


def still_said(then: Any, now: Any) -> bool:
    """Whether all that was said then is said in the same words now; more may be."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(key in now and still_said(then[key], now[key]) for key in then)
    if isinstance(then, list):
        return isinstance(now, list) and len(then) == len(now) and all(map(still_said, then, now))
    return bool(then == now and type(then) is type(now))


def indicator(year: Year, period: Period, code: str) -> dict[str, Any]:
    return next(one for one in status(year, period)["indicators"] if one["code"] == code)


def master_cell(year: Year, sheet: str, row: str, title: str) -> Any:
    """What stands in the master in the cell of a row and a title."""
    page = opened(year.master_path.read_bytes())[sheet]
    return page[places_in(page)[row, title]].value


@lru_cache(maxsize=2)
def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def test_every_entry_of_the_journal_is_read_and_gives_the_register_again(year: Year) -> None:
    lines = journal(year)
    assert {line["kind"] for line in lines} == KINDS
    count, equal, lost = year.rebuild()
    assert (count, equal, lost) == (len(lines), True, ())
    assert count == 38


def test_the_plan_loads_without_a_word_and_is_the_same_version(year: Year) -> None:
    assert year.plan.warnings == ()
    assert [one.code for one in year.plan.indicators] == [
        "1-1", "1-2", "1-3", "2-1", "2-2", "2-3", "3-1", "3-2", "3-3", "3-4",
    ]
    consolidate(year, MAY, NOW)
    assert [line["kind"] for line in journal(year)].count("plan") == 1


@pytest.mark.parametrize("period", [APRIL, MAY])
def test_both_months_stand_as_they_stood(year: Year, period: Period) -> None:
    then = said_then(period)
    if period == MAY:
        then["ranks"] = reranked(then["ranks"])
    assert still_said(then, status(year, period))


def reranked(ranks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """May's ranks as they are by now: of what is measured on the year's increase that share counts, not 完成率.

    All rows of 县卫健局 and 县教育局 are 按序时. 2-1 stands at 40 % of its increase with 41.7 % planned, 2-2 and 2-3 at
    their pace: −0.6 in the mean. 3-1 is due at the year's end: 0.
    """
    health, schools, roads = ranks
    assert (health["unit"], schools["unit"], roads["unit"]) == ("县卫健局", "县教育局", "县交通局")
    return [schools | {"rank": 1}, health | {"rank": 2}, roads]


def test_status_compared_tells_a_change() -> None:
    then = said_then(MAY)
    for change in ({"issued": 5}, {"accepted": "1"}, {"units": then["units"][1:]}):
        assert not still_said(then, then | change)
    assert not still_said(then, {key: then[key] for key in list(then)[1:]})


FIGURES = {
    "县交通局五月.xlsx": {"1-1": {"reported": "25.5"}, "1-2": {"reported": "14.2"}},
    "县住建局五月.xlsx": {"1-1": {"share": "6.5"}, "3-2": {"reported": "210"}},
    "县统计局五月.xlsx": {"2-1": {"certified": "676"}, "2-3": {"certified": "0.970000"}},  # 1164/1200, as reported
}


def test_waiting_forms_give_the_figures_that_were_typed_into_them(year: Year) -> None:
    found = {Path(one.file).name: inspected(year.plan, one) for one in inspect(year, [KEPT / "待放入"])}
    assert {name: one["outcome"] for name, one in found.items()} == dict.fromkeys(FIGURES, "accepted")
    assert {name: one["values"] for name, one in found.items()} == FIGURES


def test_waiting_forms_are_taken_and_counted(carried: Carried) -> None:
    year, result = carried
    assert {one.file: one.outcome.value for one in result.files} == dict.fromkeys(FIGURES, "accepted")
    reported = {one["code"]: one["reported"] for one in status(year, MAY)["indicators"]}
    assert reported == {
        "1-1": "25.5", "1-2": "14.2", "1-3": "0", "2-1": "680", "2-2": "0.666667", "2-3": "0.970000",
        "3-1": "0", "3-2": "210", "3-3": "23", "3-4": None,
    }
    certified = indicator(year, MAY, "2-1")
    assert (certified["certified"], certified["opinion"]) == ("676", "核减")
    assert (indicator(year, MAY, "2-3")["certified"], indicator(year, MAY, "1-1")["certified"]) == ("0.970000", None)
    assert {one["unit"]: one["standing"] for one in status(year, MAY)["units"]} == {
        "县交通局": "accepted", "县卫健局": "accepted", "县教育局": "missing", "县住建局": "accepted",
    }


def test_every_figure_of_the_year_is_in_the_flow(carried: Carried) -> None:
    year = carried.year
    frame = figures_frame(year, MAY)
    flow = {(r.period, r.unit, r.code, r.measure): r.value for r in frame.itertuples() if r.value == r.value}
    expected = {
        ("2023-04", "县交通局", "1-1", "本期累计"): 18.5, ("2023-04", "县交通局", "1-2", "本期累计"): 9,
        ("2023-04", "县卫健局", "2-1", "本期累计"): 650, ("2023-04", "县卫健局", "2-2", "分子"): 72,
        ("2023-04", "县卫健局", "2-3", "分子"): 940, ("2023-04", "县卫健局", "2-3", "分母"): 1000,
        ("2023-04", "县教育局", "3-3", "本期累计"): 24, ("2023-04", "县住建局", "3-2", "本期累计"): 160,
        ("2023-05", "县交通局", "1-1", "本期累计"): 25.5, ("2023-05", "县交通局", "1-2", "本期累计"): 14.2,
        ("2023-05", "县卫健局", "2-1", "本期累计"): 680, ("2023-05", "县卫健局", "2-2", "分子"): 80,
        ("2023-05", "县卫健局", "2-3", "分子"): 1164, ("2023-05", "县卫健局", "2-3", "分母"): 1200,
        ("2023-05", "县教育局", "3-3", "本期累计"): 23, ("2023-05", "县住建局", "3-2", "本期累计"): 210,
    }
    assert {place: value for place, value in flow.items() if place in expected} == expected


def test_the_master_is_brought_up_to_date_where_it_is(carried: Carried) -> None:
    year, result = carried
    assert (result.master.own, result.master.misread, result.master.kept) == ((), (), ())
    assert result.master.path == year.master_path
    assert master_cell(year, "县交通局", "1-1", "本期累计") == 25.5
    assert master_cell(year, "县住建局", "3-2", "本期累计") == 210


def test_a_master_that_a_program_saved_without_results_is_still_ours(year: Year) -> None:
    """openpyxl drops the stored results: what is told then as the office's may not be what an earlier version wrote."""
    saved_untouched(year.master_path)
    result = consolidate(year, MAY, NOW)
    assert (result.master.path, result.master.own, result.master.kept) == (year.master_path, (), ())
    saved_untouched(year.master_path)
    again = consolidate(year, MAY, NOW.replace(hour=11))
    assert (again.master.path, again.master.own, again.master.kept) == (year.master_path, (), ())


def saved_untouched(path: Path) -> None:
    save(openpyxl.load_workbook(path, keep_vba=True), path)


def test_the_chain_begins_where_the_old_version_left_off(carried: Carried) -> None:
    """Its 38 lines stay as they were, as one whole."""
    before = (KEPT / "年" / "归档" / "日志.jsonl").read_bytes()
    content = (carried.year.root / "归档" / "日志.jsonl").read_bytes()
    assert content.startswith(before)
    first, *rest = content[len(before) :].splitlines(keepends=True)
    assert (json.loads(first)["begins"], json.loads(first)["prev"]) == (len(before), signs(before))
    assert [json.loads(line)["prev"] for line in rest] == [signs(line) for line in (first, *rest[:-1])]


def signs(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def test_the_old_master_shows_the_head_of_the_chain(carried: Carried) -> None:
    """That of the last line on which the account rests: the master was written after it."""
    lines = (carried.year.root / "归档" / "日志.jsonl").read_bytes().splitlines(keepends=True)
    (judged,) = [line for line in lines if json.loads(line)["kind"] == "judged"][-1:]
    assert opened(carried.year.master_path.read_bytes())["首页"]["I3"].value == f"日志链首 {signs(judged)}"


def test_every_figure_is_proved_but_what_the_office_typed_and_decided(carried: Carried) -> None:
    """Of April nine figures were reported and one of them was settled by a word; of May nine, two of them typed."""
    found = verify(carried.year)
    assert (found.faults, found.contradictions) == ((), [])
    counts = {period: [found.count(verdict, period) for verdict in Verdict] for period in found.periods}
    assert counts == {APRIL: [8, 1, 0], MAY: [7, 2, 0]}
    whys = {(one.period, one.indicator.code): one.proof.why for one in found.of(Verdict.UNPROVED)}
    assert whys == {
        (APRIL, "3-3"): "由赵军定（用新数：电话核实），2023-05-07 11:00",
        (MAY, "3-1"): "办公室填在 总台账.xlsm 里，2023-06-05 10:00 汇总时记下",
        (MAY, "3-3"): "办公室填在 总台账.xlsm 里，2023-06-07 10:00 汇总时记下",
    }


def test_what_the_office_made_and_typed_is_carried_over(carried: Carried) -> None:
    year = carried.year
    book = openpyxl.load_workbook(year.master_path)
    own = book["我的备忘"]
    assert [own["A1"].value, own["B1"].value, own["A2"].value] == ["催办", "=首页!D8*2", "周一开会"]
    assert book.sheetnames.index("我的备忘") == 1
    assert book["首页"]["P3"].value == "打电话催县交通局"
    assert book["首页"].column_dimensions["P"].width == pytest.approx(33, abs=1)
    assert book["县卫健局"]["C4"].comment.text == "床位数要和医保系统核对"
    assert master_cell(year, "县教育局", "3-3", "本期累计") == 23
    assert master_cell(year, "县教育局", "3-3", "说明（数字特殊时写原因）") == "电话核实"
    typed = [line for line in journal(year) if line["kind"] == "typed"]
    assert [line["cells"] for line in typed[1:]] == [[["figure", "3-3", "reported", "n", "23"]]]


def test_the_old_list_of_receipts_has_room_for_papers_and_the_old_flow_says_who_decided(carried: Carried) -> None:
    book = openpyxl.load_workbook(io.BytesIO(carried.year.master_path.read_bytes()))
    sheet = book["收件登记"]
    assert [cell.value for cell in sheet[3]][7:11] == ["内容指纹", "纸质件收到日期", "核对数相符", None]
    assert sheet["K1"].value == "← 首页"
    assert sheet.tables["收件登记"].ref == f"A3:J{3 + len(carried.year.register.entries(Judged))}"
    rows = [[cell.value for cell in row] for row in book["填报流水"].iter_rows(min_row=4)]
    assert [row[9] for row in rows if (row[0], row[3]) == ("2023-04", "3-3")] == ["办公室填写：赵军"]


def test_a_fresh_master_beside_holds_every_figure(carried: Carried, tmp_path: Path) -> None:
    year = again(carried, tmp_path)
    made = build(year, MAY, NOW, fresh=True).path
    assert made != year.master_path
    book = opened(made.read_bytes())
    for unit, row, value in (("县交通局", "1-1", 25.5), ("县卫健局", "2-1", 680), ("县教育局", "3-3", 23)):
        assert book[unit][places_in(book[unit])[row, "本期累计"]].value == value
    year.close()


def test_the_closed_month_does_not_move(carried: Carried, tmp_path: Path) -> None:
    then = said_then(APRIL)
    assert [one["reported"] for one in then["indicators"] if one["code"] in ("1-1", "3-3")] == ["18.5", "24"]
    year = again(carried, tmp_path)
    decide(year, QUESTION, "用新数", NOW)
    assert consolidate(year, APRIL, NOW).files == ()
    assert still_said(then, status(year, APRIL))
    year.close()


def test_the_question_is_still_asked_and_can_be_answered(year: Year) -> None:
    consolidate(year, MAY, NOW)
    asked = openpyxl.load_workbook(year.master_path)["待决事项"]
    assert [cell.value for cell in asked[4]][:6] == [
        QUESTION, "更正待定", "县卫健局", "2-1 本期累计（年末医疗床位）", "680", "690",
    ]
    item = decide(year, QUESTION, "用新数", NOW, who="赵军")
    assert (item.unit, item.used, item.other) == ("县卫健局", "680", "690")
    assert indicator(year, MAY, "2-1")["reported"] == "690"
    consolidate(year, MAY, NOW)
    assert master_cell(year, "县卫健局", "2-1", "本期累计") == 690


def test_the_next_month_begins_where_the_old_version_left_off(carried: Carried, tmp_path: Path) -> None:
    year = again(carried, tmp_path)
    issued = {path.name: path for path in issue(year, JUNE, NOW).workbooks}
    assert len(issued) == 5
    before = {"1-1": 25.5, "1-2": 14.2}
    content = issued["县交通局_2023-06.xlsx"].read_bytes()
    page = openpyxl.load_workbook(issued["县交通局_2023-06.xlsx"]).worksheets[0]
    assert {code: page[places_of(content)[code, "上期累计"]].value for code in before} == before
    year.close()


def test_the_master_goes_on_to_the_next_month_without_a_word(carried: Carried, tmp_path: Path) -> None:
    """The 表号 at the foot of its pages are the old version's: nobody at the office wrote them. Its pages keep the
    layout in which they were drawn, the forms have today's."""
    year = again(carried, tmp_path)
    issued = {path.name: path for path in issue(year, JUNE, NOW).workbooks}
    result = consolidate(year, JUNE, NOW)
    assert (result.master.own, result.master.misread, result.master.kept) == ((), (), ())
    master = opened(year.master_path.read_bytes())
    for unit in ("县交通局", "县卫健局", "县教育局", "县住建局", "县财政局"):
        form = openpyxl.load_workbook(issued[f"{unit}_2023-06.xlsx"]).worksheets[0]
        assert foot(master[unit]).startswith(f"{unit} · 2023-06 · 表号 ")
        assert foot(master[unit]).endswith(" · 版式 2")
        assert foot(form).startswith(f"{unit} · 2023-06 · 表号 ")
        assert re.search(rf" · 版式 {unit_forms.LAYOUTS.version} · 链首 [0-9a-f]{{16}}$", foot(form))
    year.close()


def test_the_master_says_in_todays_words_what_it_said_in_former_ones(year: Year) -> None:
    """The count of a project's states was 2绿1未报."""
    then = opened(year.master_path.read_bytes())
    former = {name: cell for name in ("项目1", "项目2", "项目3") for cell in lights_of(then[name])}
    assert len(former) == 3
    result = consolidate(year, MAY, NOW)
    assert result.master.kept == ()
    now = opened(year.master_path.read_bytes())
    said = [str(now[name][cell].value) for name, cell in former.items()]
    assert all("项" in text and not set(text) & set("绿黄红") for text in said)


def lights_of(page: Any) -> list[str]:
    """Where a page counts its states by the names of lights."""
    texts = ((cell.coordinate, str(cell.value)) for row in page.iter_rows() for cell in row)
    return [place for place, text in texts if re.fullmatch(r"(\d+(绿|黄|红|未报|待核|未定|暂停))+", text)]


def foot(page: Any) -> str:
    """The line at the foot of a form by which it is known."""
    texts = [str(row[0]) for row in page.iter_rows(max_col=1, values_only=True)]
    return next(text for text in texts if "表号" in text)


def test_a_master_keeps_the_layout_of_its_pages_when_another_is_declared(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    """计量单位 is taken out of the form: what the office typed is read where it typed it, and its master stays."""
    columns = tuple(column for column in table.COLUMNS if column.declared.key != "unit")
    assert len(columns) == len(table.COLUMNS) - 1
    monkeypatch.setattr(table, "COLUMNS", columns)
    declared(monkeypatch, unit_forms, unit_forms.LAYOUT._replace(columns=tuple(column.declared for column in columns)))
    assert unit_forms.LAYOUTS.layout("2") is not None
    assert not unit_forms.LAYOUTS.is_present("2")
    result = consolidate(year, MAY, NOW)
    assert (result.master.own, result.master.misread, result.master.kept) == ((), (), ())
    assert result.master.path == year.master_path
    assert indicator(year, MAY, "3-3")["reported"] == "23"
    assert "我的备忘" in openpyxl.load_workbook(year.master_path).sheetnames
    fresh = build(year, MAY, NOW, fresh=True)
    assert (fresh.own, fresh.path == year.master_path) == ((), False)


def openings(plan: Plan) -> dict[str, tuple[str, str]]:
    rows = (row for row in plan.tables["参数"] if row["参数"] == "年初数")
    return {row["对象"]: (row["值"], row["说明"]) for row in rows}


def test_it_rolls_over_into_the_next_year(year: Year, tmp_path: Path) -> None:
    root = rollover(year, tmp_path / "青禾县2024").root
    found = openings(Plan.load(root / "计划.xlsx"))
    assert found == {
        "2-1": ("680", "待核对：2023年5月报送数 680（2023-05/县卫健局.xlsx）；2023年4月认定数 650（认定/县统计局四月.xlsx）"),
        "2-2": ("66.67%", "待核对：2023年5月报送数 66.67%（2023-05/县卫健局.xlsx）；没有认定数"),
        "2-3": ("97%", "待核对：2023年5月报送数 97%（2023-05/县卫健局.xlsx）；没有认定数"),
    }
    following = Year(root)
    april = indicator(following, Period.parse("2024-04"), "1-1")["last_year"]
    following.close()
    assert (april["reported"], april["certified"]) == ("18.5", "18")


def test_what_was_certified_since_begins_the_next_year(carried: Carried, tmp_path: Path) -> None:
    found = openings(Plan.load(rollover(carried.year, tmp_path / "青禾县2024").root / "计划.xlsx"))
    assert found["2-1"] == (
        "676", "待核对：2023年5月认定数 676（县统计局五月.xlsx）；2023年5月报送数 680（2023-05/县卫健局.xlsx）",
    )
