"""Where a figure came from: every step held against the journal's own lines and the files that came."""

import io
import json
import sqlite3
import subprocess
import sys
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, history
from minsheng_xl.closing.close import close
from minsheng_xl.closing.reopen import reopen
from minsheng_xl.desk.cli import main
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import correct_receipt, decide
from minsheng_xl.master.paper import PaperSaid, note_paper
from minsheng_xl.memory.history import History
from minsheng_xl.memory.paper import asked_of, trace
from minsheng_xl.problems import MisuseError
from minsheng_xl.sending.issue import issue_confirmation
from minsheng_xl.year.entries import RunBegun, TypedIn
from minsheng_xl.year.person import Person
from tests.master.test_typed import LATER, OCTOBER, address, edit
from tests.years.calculator import Figure, Month
from tests.years.test_monthly import YEAR, Past, figures_of, name_of


def lines_of(root: Path) -> list[dict]:
    text = (root / "归档" / "日志.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def written(figure: Figure) -> str:
    """A figure as a person reads it."""
    numbers = [figure.numerator, figure.denominator] if figure.numerator is not None else [figure.number]
    return "/".join(_plain(number) for number in numbers if number is not None)


def _plain(number: Fraction) -> str:
    return f"{int(number):,}" if number.denominator == 1 else f"{float(number):,}"


def as_written(past: Past, month: Month) -> dict[str, Figure]:
    """What the clerks wrote in a month, by the codes of today: a row had another until July."""
    former = {"2-9": "2-1"} if month.end <= 6 else {}
    now = {then: code for code, then in former.items()} | {"2-1": "2-9"}
    found = figures_of({former.get(code, code): row for code, row in month.rows.items()}, month.end)
    corrected = {code: Figure(number=value) for (at, code), value in past.told.corrected.items() if at == month.end}
    return {now.get(code, code): figure for code, figure in (found | corrected).items()}


def test_every_figure_in_use_has_the_step_that_brought_it(past: Past, past_year: Year) -> None:
    found, seen = history(past_year), 0
    for month in past.told.months:
        mine = {
            step.code: step for step in found.steps
            if step.in_use and step.act == "填报" and step.period == Period(YEAR, month.end)
        }
        figures = as_written(past, month)
        now = {code: "2-9" if code == "2-1" else code for code in month.rows}
        assert mine.keys() == {now[code] for code in month.rows if month.results[code].value is not None}
        for code, row in month.rows.items():
            if month.results[code].value is None:
                continue
            step = mine[now[code]]
            assert step.value == written(figures[now[code]]), (month.end, code)
            sender = row.filler.replace("区卫生健康委", "区卫健局") if month.end <= 7 else row.filler
            assert (step.unit, step.who) == (sender, sender)
            seen += 1
    assert seen > 250


def test_the_cell_of_a_step_holds_its_figure(past: Past, past_year: Year) -> None:
    steps = [step for step in history(past_year).steps if step.cell and (step.act == "填报" or step.words[:1] == "核")]
    books: dict[str, openpyxl.Workbook] = {}
    for step in steps[::7]:
        if step.sha256 not in books:
            books[step.sha256] = openpyxl.load_workbook(io.BytesIO(past_year.archive.read(step.sha256)))
        sheet, _, cells = step.cell.rpartition(" ")
        stands = [books[step.sha256][sheet][cell].value for cell in cells.split("、")]
        if step.act == "填报":
            assert [f"{value:,}" for value in stands] == step.value.split("/"), step
        else:
            assert step.value.startswith(f"{stands[0]:,g}"), step
    assert len(steps) > 260


def test_a_step_bears_the_digest_of_the_chain_behind_its_line(past: Past, past_year: Year) -> None:
    prev = {line["seq"]: line.get("prev") for line in lines_of(past.root)}
    steps = history(past_year).steps
    assert all(step.digest == prev[step.seq + 1] for step in steps if step.seq + 1 in prev)
    assert max(step.seq for step in steps) == max(prev)


def test_no_line_that_tells_of_a_figure_is_left_out(past: Past, past_year: Year) -> None:
    """Counted from the lines themselves: forms, returns, closings, changes."""
    lines, steps = lines_of(past.root), history(past_year).steps
    by_kind: dict[str, set[int]] = {}
    for line in lines:
        by_kind.setdefault(line["kind"], set()).add(line["seq"])
    for kind in ("issued", "judged", "closed"):
        assert by_kind[kind] <= {step.seq for step in steps}, kind
    values = [(line["period"], code) for line in lines if line["kind"] == "closed" for code in line["values"]]
    closed = [step for step in steps if step.act == "定稿" and step.value != "—"]
    assert len(closed) == len(values)
    assert sum(step.act.startswith("改计划") for step in steps) == sum(
        change["difference"]["table"] == "指标" for line in lines if line["kind"] == "plan" for change in line.get("changes") or ()
    )


def test_a_figure_that_was_corrected_after_closing_shows_both(past_year: Year) -> None:
    found = history(past_year, code="2-2", period=Period(YEAR, 4))
    (stood,) = found.stood
    assert (stood.text, stood.as_closed, stood.is_closed) == ("2,500户", "2,694户（● 按序时）", True)
    told = [(step.act, step.value, step.in_use, step.is_late) for step in found.steps]
    assert told == [
        ("下发", "", False, False), ("填报", "2,694", False, False), ("定稿", "2,694户", False, False),
        ("填报", "2,500", True, True),
    ]


def test_former_names_and_codes_find_the_same(past_year: Year) -> None:
    assert history(past_year, unit="区卫健局") == history(past_year, unit="区卫生健康委")
    assert history(past_year, code="2-1") == history(past_year, code="2-9")
    assert {step.unit for step in history(past_year, unit="区卫健局").steps if step.act == "填报"} == {"区卫健局", "区卫生健康委"}
    ended = history(past_year, code="6-4")
    assert {str(one.period) for one in ended.stood} == {name_of(month) for month in range(1, 11)}


def test_who_filled_in_a_row_that_was_handed_over(past_year: Year) -> None:
    found = history(past_year, code="5-1")
    mine = {str(step.period): step.unit for step in found.steps if step.act == "填报" and step.in_use}
    assert mine["2025-02"] == "区交通局"
    assert mine["2025-05"] == "区水利局"
    (change,) = [step for step in found.steps if step.act == "改计划" and "填数单位" in step.value]
    assert (change.value, str(change.period)) == ("填数单位 区交通局→区水利局", "2025-05")


def test_what_was_certified_is_told_of_the_unit_that_reported(past: Past, past_year: Year) -> None:
    december = Period(YEAR, 12)
    for code, said in past.certified.items():
        (stood,) = history(past_year, code=code, period=december).stood
        assert stood.certified == said if isinstance(said, str) else stood.certified[0].isdigit()
    steps = history(past_year, unit="区住建局", period=december).steps
    assert {step.who for step in steps if step.act == "认定"} == {"区统计局"}
    assert all(step.in_use for step in steps if step.act == "认定")


def test_what_nobody_knows_is_one_sentence(past_year: Year, capsys: pytest.CaptureFixture[str], past: Past) -> None:
    for asked in ({"unit": "区住建"}, {"code": "9-9"}):
        with pytest.raises(MisuseError) as raised:
            history(past_year, **asked)
        assert str(raised.value).endswith("。")
    for words in (["--unit", "区住建"], ["--indicator", "9-9"], ["--period", "2030-01"]):
        assert main(["history", str(past.root), *words]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def steps_told(found: History, act: str) -> list[tuple[str, str, str]]:
    return [(step.value, step.who, step.words) for step in found.steps if step.act == act]


def test_what_the_office_did_is_told_with_who_and_why(short_demo: Year) -> None:
    short_demo.who = Person("张三", "li")
    edit(short_demo, **{f"团县委__{address(short_demo, '团县委', '9-1')}": 12})
    consolidate(short_demo, OCTOBER, LATER)
    found = history(short_demo, code="9-1", period=OCTOBER)
    (typed,) = [step for step in found.steps if step.act == "办公室填写"]
    assert (typed.value, typed.who, typed.in_use) == ("12", "张三（电脑用户 li）", True)
    reported = [step for step in history(short_demo, period=OCTOBER).steps if step.act == "填报"]
    correct_receipt(short_demo, reported[-1].sha256[:8], date(2022, 11, 3), LATER, why="早收到")
    note_paper(short_demo, _paper_of(short_demo), PaperSaid(date(2022, 11, 4), True), LATER)
    told = history(short_demo)
    assert [words for _, _, words in steps_told(told, "更正收到日期")] == ["2022-11-03 收到，早收到"]
    assert [words for _, _, words in steps_told(told, "登记纸质件")] == ["2022-11-04 收到纸质件，核对数相符"]


def _paper_of(year: Year) -> str:
    account = account_of(year.plan_of(OCTOBER), year.register, OCTOBER)
    return next(one.sha256[:8] for one in account.receipts if one.takes_paper)


def test_a_decision_is_told_with_what_stood_and_what_came(demo_year: Year) -> None:
    decide(demo_year, "caabcf", "用新数", LATER, why="已核对", who="李四")
    consolidate(demo_year, OCTOBER, LATER)
    found = history(demo_year, code="4-1", period=OCTOBER)
    (step,) = [one for one in found.steps if one.act == "办公室定"]
    assert (step.who, step.value, step.in_use) == ("李四", "25.1", True)
    assert step.words == "更正待定（在用 23.46，另有 25.1）：用新数，已核对"
    assert [one.text for one in found.stood] == ["25.1" + demo_year.plan.indicator("4-1").unit_of_measure]


def test_a_refused_return_tells_why(demo_year: Year) -> None:
    steps = [step for step in history(demo_year).steps if step.act.startswith("来件")]
    assert steps
    assert all(step.words or "重复" in step.act for step in steps)


def test_a_reopened_period_tells_it(short_demo: Year) -> None:
    september = Period.parse("2022-09")
    close(short_demo, september, LATER)
    reopen(short_demo, september, LATER, why="印错了")
    steps = history(short_demo, period=september).steps
    assert [step.words for step in steps if step.act == "撤销定稿"] == ["印错了"]
    assert [step.act for step in steps if step.act == "定稿"]
    assert not any(step.is_late for step in steps)


def test_where_the_original_is_gone_its_cell_is_not_told(short_demo: Year) -> None:
    step = next(one for one in history(short_demo).steps if one.act == "填报")
    assert step.cell
    short_demo.cache.keep_files({})
    short_demo._cache_path.unlink()
    short_demo.archive.path(step.sha256).unlink()
    assert step.file in history(short_demo).lost
    again = next(one for one in history(short_demo).steps if one.seq == step.seq and one.code == step.code)
    assert (again.cell, again.value) == ("", step.value)


def test_cells_that_were_looked_up_are_kept(short_demo: Year) -> None:
    first = history(short_demo)
    for path in (short_demo.archive.path(step.sha256) for step in first.steps if step.act == "填报"):
        path.unlink(missing_ok=True)
    assert history(short_demo) == first


def test_the_command_tells_the_same_as_the_library(past: Past, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(past.root), "--indicator", "2-2", "--period", "2025-04", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["figures"][0]["value"] == 2500
    assert [one["act"] for one in told["steps"]] == ["下发", "填报", "定稿", "填报"]
    assert {"seq", "digest", "file", "cell", "sha256", "who", "words"} <= told["steps"][1].keys()
    assert main(["history", str(past.root), "--indicator", "2-2", "--period", "2025-04"]) == 0
    out = capsys.readouterr().out
    assert "√ 2,500" in out
    assert "定稿后" in out


def test_the_sheet_holds_every_step(short_demo: Year) -> None:
    found = history(short_demo, code="9-1")
    result = trace(short_demo, found, asked_of(short_demo.plan, "", "9-1", None), datetime(2022, 11, 12))
    assert result.files[0].name.startswith("数据溯源表_9-1")
    sheet = openpyxl.load_workbook(result.files[0])["数据溯源表"]
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sum(1 for row in texts if row[3] in ("填报", "下发")) == sum(step.act in ("填报", "下发") for step in found.steps)
    assert sheet.print_title_rows
    assert sheet.page_setup.orientation == "landscape"


def test_help_loads_nothing_of_it() -> None:
    code = "import sys; from minsheng_xl.desk.arguments import parser_of; parser_of(); print('minsheng_xl.memory' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_damaged_lookup_is_looked_up_anew(short_demo: Year) -> None:
    first = history(short_demo)
    for damaged in ("[]", "null", '"x"', "{"):
        with sqlite3.connect(short_demo._cache_path) as connection:
            connection.execute("update cells set cells = ?", (damaged,))
        connection.close()
        assert history(short_demo) == first


def test_what_went_to_be_checked_and_certified_reads_as_it_stood(demo_year: Year) -> None:
    """A decimal is none of two parts; a figure of an earlier month says so."""
    issue_confirmation(demo_year, OCTOBER, LATER)
    found = history(demo_year, period=OCTOBER)
    shown = {step.code: step.value for step in found.steps if step.act == "送核对"}
    assert shown["4-1"] == "23.46"
    assert shown["4-3"].startswith("268")
    sent = {step.code: step.value for step in found.steps if step.act == "送认定"}
    assert sent["9-1"] == "10场次（2022-09的数）"
    assert sent["4-1"] == "23.46公里"


def test_what_does_not_count_is_not_marked(demo_year: Year) -> None:
    doubtful = [step for step in history(demo_year, code="7-5", period=OCTOBER).steps if step.act == "填报"]
    assert "待核" in doubtful[0].value
    assert not any(step.in_use for step in doubtful)


def test_parts_that_were_typed_one_after_the_other_are_both_marked(demo_year: Year) -> None:
    unit = "县卫生健康委"
    for measure, number, now in (("numerator", 3230, LATER), ("denominator", 3290, datetime(2022, 11, 12, 10))):
        edit(demo_year, **{f"{unit}__{address(demo_year, unit, '7-5', measure)}": number})
        consolidate(demo_year, OCTOBER, now)
    found = history(demo_year, code="7-5", period=OCTOBER)
    typed = [(step.value, step.in_use) for step in found.steps if step.act == "办公室填写"]
    assert typed == [("3,230", True), ("—/3,290", True)]
    assert [one.text for one in found.stood] == ["98.2%"]
    assert {step.who for step in found.steps if step.act == "办公室填写"} == {"办公室"}


def test_amounts_say_which_they_are_and_are_marked(short_demo: Year) -> None:
    unit, run = "县交通运输局", short_demo.register.next_run()
    names = {"funding_due": 300, "funding_arrived": 200, "funding_paid": 100}
    cells = {Key("word", "4", name): Fraction(number) for name, number in names.items()}
    short_demo.register.record([
        RunBegun(LATER, run, OCTOBER), TypedIn(at=LATER, run=run, file="总台账.xlsm", period=OCTOBER, unit=unit, cells=cells),
    ])
    steps = [step for step in history(short_demo, unit=unit, period=OCTOBER).steps if step.act == "办公室填写"]
    assert [(step.what, step.value, step.in_use) for step in steps] == [
        ("项目4 资金 应到位（万元）", "300", True), ("项目4 资金 到位（万元）", "200", True), ("项目4 资金 拨付（万元）", "100", True),
    ]


def test_a_figure_without_a_light_is_told_too(demo_year: Year) -> None:
    found = history(demo_year, code="1-4", period=OCTOBER)
    assert [(one.code, one.status) for one in found.stood] == [("1-4", "")]
    assert found.stood[0].text


def test_codes_may_be_written_wide(past_year: Year) -> None:
    assert history(past_year, code=" ２－２ ") == history(past_year, code="2-2")


def test_nothing_found_writes_no_sheet(year: Year, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(year.root), "--sheet"]) == 0
    assert capsys.readouterr().out == "日志里没有这样的数。\n"
    assert not (year.root / "打印").exists()
