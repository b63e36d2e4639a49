"""定稿: the figures as printed stay; what comes later counts in the next period's 上期累计."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, figures_frame, issue, status
from minsheng_xl.accounts.questions import CORRECTION, WHOLE
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.closing.close import Circular, close
from minsheng_xl.closing.still_open import still_open
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.closing import ask_before_closing, ask_for_circular, told
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import decide
from minsheng_xl.telling.print import print_period
from minsheng_xl.year.entries import Judged
from tests.makers import cut_down, figure, send, send_borrowed
from tests.sharing import copied, made_once
from tests.workbooks import sheet_of

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
NOW, CLOSED, LATE = datetime(2022, 11, 7, 16), datetime(2022, 11, 10), datetime(2022, 11, 15)


@pytest.fixture(scope="module")
def closed_folder(short_issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year whose October was closed; not to be written to."""

    def make(folder: Path) -> Path:
        for year in copied(short_issued_folder, folder / "年"):
            send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
            consolidate(year, OCTOBER, NOW)
            close(year, OCTOBER, CLOSED)
        return folder / "年"

    return made_once(tmp_path_factory, "closed", make)


@pytest.fixture
def closed(closed_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(closed_folder, tmp_path / "年")


def frozen(year: Year) -> dict[str, object]:
    """All that status says of October but what came after it was closed."""
    return {key: value for key, value in status(year, OCTOBER).items() if key != "corrections"}


def reported(year: Year, period: Period) -> object:
    return next(i["reported"] for i in status(year, period)["indicators"] if i["code"] == "8-1")


def test_a_closing_keeps_the_head_of_the_chain_as_it_stood(closed: Year) -> None:
    lines = closed.journal.path.read_bytes().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if json.loads(line)["kind"] == "closed")
    entry = closed.register.closed(OCTOBER)
    assert entry is not None
    assert entry.head == hashlib.sha256(lines[at - 1]).hexdigest()[:16]


def test_what_comes_later_changes_nothing_that_was_closed(closed: Year) -> None:
    before = frozen(closed)
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
    send(closed, "县民政局", OCTOBER, {figure("6-1"): "3"}, "晚.xlsx")
    result = consolidate(closed, OCTOBER, LATE)
    assert {f.file: (f.outcome, f.problems[0].code) for f in result.files} == {
        "更正.xlsx": (Outcome.ACCEPTED, "after-closing"), "晚.xlsx": (Outcome.ACCEPTED, "after-closing"),
    }
    assert frozen(closed) == before
    assert result.answers == ()
    form = unit_form(closed.plan, closed.plan.unit("县残联"), OCTOBER, {})
    assert sheet_of(result.master.path, "县残联")[form.address(figure("8-1"))].value == 106


def test_a_later_correction_is_the_next_forms_previous_figure(closed: Year) -> None:
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
    consolidate(closed, OCTOBER, LATE)
    result = issue(closed, NOVEMBER, datetime(2022, 11, 30))
    book = openpyxl.load_workbook(next(p for p in result.workbooks if "县残联" in p.name), data_only=True)
    form = unit_form(closed.plan, closed.plan.unit("县残联"), NOVEMBER, {})
    assert book["填报表"][form.address(figure("8-1", "previous"))].value == 104
    assert book["填报表"][form.address(figure("8-1", "check"))].value == "提示：上期累计含定稿后更正"
    send(closed, "县残联", NOVEMBER, {figure("8-1"): "105"})
    (one,) = consolidate(closed, NOVEMBER, datetime(2022, 12, 5)).files
    assert one.outcome is Outcome.ACCEPTED  # not less than 104
    assert (reported(closed, OCTOBER), reported(closed, NOVEMBER)) == ("106", "105")


def test_a_doubtful_correction_corrects_nothing(closed: Year) -> None:
    send(closed, "县残联", OCTOBER, {figure("8-1"): "百余人"}, "更正.xlsx")
    assert [f.outcome for f in consolidate(closed, OCTOBER, LATE).files] == [Outcome.HELD]
    result = issue(closed, NOVEMBER, datetime(2022, 11, 30))
    book = openpyxl.load_workbook(next(p for p in result.workbooks if "县残联" in p.name), data_only=True)
    form = unit_form(closed.plan, closed.plan.unit("县残联"), NOVEMBER, {})
    assert book["填报表"][form.address(figure("8-1", "previous"))].value == 106


def test_a_period_is_closed_by_the_plan_of_its_day(closed: Year) -> None:
    before = status(closed, OCTOBER)
    book = openpyxl.load_workbook(closed.plan_path)
    book["指标"]["J20"] = 212
    assert book["指标"]["A20"].value == "8-1"
    book.save(closed.plan_path)
    again = Year(closed.root)
    assert status(again, OCTOBER) == before
    assert next(i["target"] for i in status(again, NOVEMBER)["indicators"] if i["code"] == "8-1") == "212"
    again.close()


def test_closing_twice_or_nothing_is_said(closed: Year) -> None:
    with pytest.raises(MinshengError, match="已经在 2022-11-10 00:00 定稿"):
        close(closed, OCTOBER, LATE)
    with pytest.raises(MinshengError, match="还没有汇总过"):
        close(closed, NOVEMBER, LATE)


def test_the_register_is_made_again_equal_from_the_archive(closed: Year) -> None:
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
    consolidate(closed, OCTOBER, LATE)
    before = status(closed, OCTOBER)
    entries, equal, lost = closed.rebuild()
    assert (entries, equal, lost) == (closed.register.last_seq(), True, ())
    assert status(closed, OCTOBER) == before
    (entry, *_) = closed.register.entries(Judged)
    closed.archive.path(entry.returned.sha256).write_bytes(b"changed")
    assert closed.rebuild()[2] == (entry.returned.sha256,)


def test_a_form_of_unclear_origin_that_comes_later_waits_in_the_next_period(closed: Year) -> None:
    before = frozen(closed)
    path = send(closed, "县民政局", OCTOBER, {figure("6-1"): "3"}, "民.xlsx")
    book = openpyxl.load_workbook(path)
    book["填报表"]["C4"] = "县妇联"
    book.save(path)
    (one,) = consolidate(closed, OCTOBER, LATE).files
    assert [p.code for p in one.problems][:2] == ["identity-unit-typed", "after-closing"]
    assert account_of(closed.plan, closed.register, OCTOBER).pending == []
    (item,) = account_of(closed.plan, closed.register, NOVEMBER).pending
    assert (item.kind, item.unit, item.file) == (WHOLE, "县民政局", "民.xlsx")
    assert item.other.startswith("10月定稿后收到：")
    decide(closed, item.id, "采用", LATE)
    assert account_of(closed.plan, closed.register, NOVEMBER).pending == []
    account = account_of(closed.plan, closed.register, NOVEMBER)
    assert (account.before["6-1"], "6-1" in account.corrected) == (3, True)
    assert frozen(closed) == before
    assert closed.rebuild()[1:] == (True, ())


@pytest.mark.parametrize(
    ("typed", "word", "comes_to"),
    [("约104", "104", 104), ("约104", "不计入", 106), ("900", "属实", 900), ("900", "不计入", 106)],
)
def test_a_doubtful_correction_waits_in_the_next_period(closed: Year, typed: str, word: str, comes_to: int) -> None:
    """Nine hundred where 106 stood, of a target of 120, is far beyond what is taken unasked."""
    before = frozen(closed)
    send(closed, "县残联", OCTOBER, {figure("8-1"): typed}, "更正.xlsx")
    (one,) = consolidate(closed, OCTOBER, LATE).files
    assert one.outcome is Outcome.HELD
    assert account_of(closed.plan, closed.register, OCTOBER).pending == []
    (item,) = account_of(closed.plan, closed.register, NOVEMBER).pending
    assert (item.kind, item.unit, item.key, item.used, item.other, item.came_for) == ("数字存疑", "县残联", figure("8-1"), "106", typed, "2022-10")
    assert account_of(closed.plan, closed.register, NOVEMBER).before["8-1"] == 106
    decide(closed, item.id, word, LATE)
    account = account_of(closed.plan, closed.register, NOVEMBER)
    assert (account.pending, account.before["8-1"], "8-1" in account.corrected) == ([], comes_to, comes_to != 106)
    assert frozen(closed) == before


def test_a_sound_correction_takes_the_place_of_the_question(closed: Year) -> None:
    for typed in ("约104", "104"):
        send(closed, "县残联", OCTOBER, {figure("8-1"): typed}, f"{typed}.xlsx")
        consolidate(closed, OCTOBER, LATE)
    account = account_of(closed.plan, closed.register, NOVEMBER)
    assert (account.pending, account.before["8-1"]) == ([], 104)


def test_half_of_a_ratio_corrects_nothing(closed: Year) -> None:
    """A new numerator over the former denominator would be a rate that nobody reported."""
    send(closed, "县卫生健康委", OCTOBER, {figure("7-3", "numerator"): "2120", figure("7-3", "denominator"): "3290"}, "甲.xlsx")
    consolidate(closed, OCTOBER, LATE)
    send(closed, "县卫生健康委", OCTOBER, {figure("7-3", "numerator"): "2900"}, "乙.xlsx")
    consolidate(closed, OCTOBER, LATE)
    account = account_of(closed.plan, closed.register, NOVEMBER)
    assert account.before["7-3"] == Fraction(2120, 3290)
    (item,) = account.pending
    assert (item.kind, item.key, item.used, item.other) == ("数字存疑", figure("7-3", "numerator"), "2120", "2900")


def test_of_two_corrections_that_differ_neither_counts_until_one_is_chosen(closed: Year) -> None:
    for typed in ("104", "105"):
        send(closed, "县残联", OCTOBER, {figure("8-1"): typed}, f"{typed}.xlsx")
    consolidate(closed, OCTOBER, LATE)
    (item,) = account_of(closed.plan, closed.register, NOVEMBER).pending
    assert (item.kind, item.used, sorted(item.other.split(" / ")), item.came_for) == ("两份不同", "106", ["104", "105"], "2022-10")
    assert account_of(closed.plan, closed.register, NOVEMBER).before["8-1"] == 106
    decide(closed, item.id, "105", LATE)
    account = account_of(closed.plan, closed.register, NOVEMBER)
    assert (account.pending, account.before["8-1"]) == ([], 105)


def test_a_file_that_names_two_units_is_settled_where_it_waits(short_issued: Year) -> None:
    """It waits in the account of the run's period, whatever period it names itself."""
    issue(short_issued, NOVEMBER, datetime(2022, 11, 30))
    path = send(short_issued, "县民政局", OCTOBER, {figure("6-1"): "3"})
    book = openpyxl.load_workbook(path)
    for row in book["标识"].iter_rows():
        for cell in row:
            cell.value = "县残联" if cell.value == "县民政局" else cell.value
    book.save(path)
    consolidate(short_issued, NOVEMBER, datetime(2022, 12, 5))
    (item,) = account_of(short_issued.plan, short_issued.register, NOVEMBER).pending
    assert (item.kind, item.unit) == (WHOLE, "")
    decide(short_issued, item.id, "不理", datetime(2022, 12, 5))
    assert account_of(short_issued.plan, short_issued.register, NOVEMBER).pending == []


def test_a_correction_after_closing_can_be_taken_back(closed: Year) -> None:
    first = (closed.inbox / "县残联_2022-10.xlsx").read_bytes()
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "b.xlsx")
    consolidate(closed, OCTOBER, LATE)
    (closed.inbox / "c.xlsx").write_bytes(first)
    (one,) = consolidate(closed, OCTOBER, LATE).files
    assert (one.outcome, one.problems[0].code) == (Outcome.ACCEPTED, "after-closing")
    assert account_of(closed.plan, closed.register, NOVEMBER).before["8-1"] == 106
    (closed.inbox / "d.xlsx").write_bytes(first)
    (one,) = consolidate(closed, OCTOBER, LATE).files
    assert one.outcome is Outcome.DUPLICATE


DISABLED, CIVIL, LABOUR = "县残联", "县民政局", "县人力资源和社会保障局"


@pytest.fixture
def doubtful(short_issued: Year) -> Year:
    """October: 8-1 is no number, 6-1 is sound, of 1-1 a second return says something else."""
    send(short_issued, DISABLED, OCTOBER, {figure("8-1"): "约106"})
    send(short_issued, CIVIL, OCTOBER, {figure("6-1"): "3"})
    send(short_issued, LABOUR, OCTOBER, {figure("1-1"): "28960"})
    consolidate(short_issued, OCTOBER, NOW)
    send(short_issued, LABOUR, OCTOBER, {figure("1-1"): "28970"}, "再报.xlsx")
    consolidate(short_issued, OCTOBER, NOW)
    return short_issued


def standing(year: Year, unit: str) -> object:
    return next(one["standing"] for one in status(year, OCTOBER)["units"] if one["unit"] == unit)


def row_of(year: Year, code: str) -> tuple[object, object]:
    found = next(i for i in status(year, OCTOBER)["indicators"] if i["code"] == code)
    return found["reported"], found["status"]


def test_what_is_open_is_known_before_closing(doubtful: Year) -> None:
    found = still_open(doubtful, OCTOBER)
    assert [(item.unit, item.key) for item in found.held] == [(DISABLED, figure("8-1"))]
    assert [(item.unit, item.kind) for item in found.asked] == [(LABOUR, CORRECTION)]
    assert (found.refused, found.explained, found.earlier) == ((), (), ())
    assert DISABLED not in found.missing
    assert "县卫生健康委" in found.missing
    assert list(told(found, OCTOBER))[:4] == [
        "待核 1 处，定稿后作逾期未核实，按未报计：", "  · 县残联 8-1 本期累计：约106",
        "其他待决事项 1 件：", "  · 更正待定　县人力资源和社会保障局 1-1 本期累计：28970",
    ]


def test_who_does_not_say_yes_closes_nothing(doubtful: Year) -> None:
    before = doubtful.register.last_seq()
    with pytest.raises(MinshengError, match="还有 1 处待核，没有定稿：县残联 8-1 本期累计。"):
        close(doubtful, OCTOBER, CLOSED, yes=False)
    assert (doubtful.register.last_seq(), doubtful.register.closed(OCTOBER)) == (before, None)


def test_a_doubt_that_nobody_cleared_counts_as_silence(doubtful: Year) -> None:
    assert (standing(doubtful, DISABLED), row_of(doubtful, "8-1")) == ("held", (None, "待核"))
    before = status(doubtful, OCTOBER)
    entry = close(doubtful, OCTOBER, CLOSED)
    assert [(item.unit, item.other) for item in entry.overdue] == [(DISABLED, "约106"), (LABOUR, "28970")]
    assert (standing(doubtful, DISABLED), row_of(doubtful, "8-1")) == ("missing", (None, "未报"))
    assert (standing(doubtful, LABOUR), row_of(doubtful, "1-1")) == ("accepted", ("28960", "超序时"))
    after = status(doubtful, OCTOBER)
    assert (before["held"], after["held"], after["missing"]) == (1, 0, before["missing"] + 1)
    assert not [i["code"] for i in after["indicators"] if i["status"] == "待核"]
    account = account_of(doubtful.plan, doubtful.register, OCTOBER)
    assert account.pending == []
    assert account.notes[DISABLED] == "1处逾期未核实，按未报计"
    decisions = [item.decision for item in account.decided]
    assert [one.word for one in decisions if one] == ["逾期未核实", "逾期未定，仍用原数"]
    assert doubtful.rebuild()[1:] == (True, ())


def test_what_lapsed_can_be_corrected_later(doubtful: Year) -> None:
    close(doubtful, OCTOBER, CLOSED)
    send(doubtful, DISABLED, OCTOBER, {figure("8-1"): "106"}, "更正.xlsx")
    consolidate(doubtful, OCTOBER, LATE)
    assert row_of(doubtful, "8-1") == (None, "未报")
    november = account_of(doubtful.plan, doubtful.register, NOVEMBER)
    assert (november.before["8-1"], "8-1" in november.corrected) == (106, True)


def test_half_a_ratio_and_a_form_of_unclear_origin_lapse_too(short_issued: Year) -> None:
    send(short_issued, "县卫生健康委", OCTOBER, {figure("7-3", "numerator"): "2120", figure("7-1"): "14000"})
    send_borrowed(short_issued, OCTOBER)
    consolidate(short_issued, OCTOBER, NOW)
    held = still_open(short_issued, OCTOBER).held
    assert [(item.key, item.other) for item in held if item.unit == "县卫生健康委"] == [(figure("7-3", "denominator"), "缺分母")]
    assert [item.key for item in held if item.unit != "县卫生健康委"] == [None]
    close(short_issued, OCTOBER, CLOSED)
    found = status(short_issued, OCTOBER)
    assert (found["held"], row_of(short_issued, "7-3"), row_of(short_issued, "7-1")[0]) == (0, (None, "未报"), "14000")
    assert standing(short_issued, "县卫生健康委") == "accepted"
    row = next(i for i in found["indicators"] if i["code"] == "7-3")
    assert (row["numerator"], row["denominator"]) == (None, None)


class Desk:
    """A person at the terminal, who answers in turn."""

    def __init__(self, *answers: str) -> None:
        self._answers = iter(answers)
        self.heard: list[str] = []

    def ask(self, question: str) -> str:
        self.heard.append(question)
        return next(self._answers)

    def closes(self, year: Year) -> bool:
        return ask_before_closing(year, OCTOBER, CLOSED, self.ask, self.heard.append)


def test_at_the_terminal_each_doubt_may_be_given_its_number(doubtful: Year) -> None:
    desk = Desk("百六", "106", "是")
    assert desk.closes(doubtful)
    asked = "县残联 8-1 本期累计：约106。写 不计入，或应填的数；回车作逾期未核实："
    assert [words for words in desk.heard if words == asked] == [asked, asked]
    assert "看不懂“百六”。请写 不计入，或应填的数（整数）。" in desk.heard
    assert desk.heard[-1] == "确定把 2022-10 定稿请输入 是（回车不定稿）："
    entry = close(doubtful, OCTOBER, CLOSED)
    assert DISABLED not in [item.unit for item in entry.overdue]
    assert (standing(doubtful, DISABLED), row_of(doubtful, "8-1")[0]) == ("accepted", "106")


@pytest.mark.parametrize("answer", ["", "否", "yes"])
def test_another_answer_closes_nothing(doubtful: Year, answer: str) -> None:
    before = doubtful.register.last_seq()
    assert not Desk("", answer).closes(doubtful)
    assert doubtful.register.last_seq() == before


@pytest.mark.parametrize(
    ("answers", "circular"),
    [
        (("政办〔2022〕5号", " 钱明 ", "２０２２-11-10"), Circular("政办〔2022〕5号", "钱明", date(2022, 11, 10))),
        (("", "", ""), Circular()), (("", "钱明", ""), Circular("", "钱明")),
        (("5号", "", "2022.11.10"), Circular("5号", "", date(2022, 11, 10))),
        (("5号", "", "11月10日", ""), Circular("5号")), (("5号", "", "11月10日", "2022-11-10"), Circular("5号", "", date(2022, 11, 10))),
    ],
)
def test_at_the_terminal_the_circular_is_asked_for(answers: tuple[str, ...], circular: Circular) -> None:
    desk = Desk(*answers)
    assert ask_for_circular(desk.ask, desk.heard.append) == circular
    assert ("“11月10日”不是日期。请写成 2022-11-10 的样子。" in desk.heard) is ("11月10日" in answers)


def test_who_types_another_word_than_yes_is_told(
    doubtful: Year, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(("", "是的"))
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr("minsheng_xl.desk.asking.nobody_answers", lambda: False)
    assert main(["close", str(doubtful.root), "--period", "2022-10"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "2022-10 没有定稿。要定稿的，最后一问请输入 是。"


def test_a_period_closed_at_the_terminal_has_what_was_answered(doubtful: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question in turn: of the doubt in 8-1, whether it is meant, and the circular."""
    answers = iter(("", "是", "政办〔2022〕5号", "钱明", "2022-11-10"))
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr("minsheng_xl.desk.asking.nobody_answers", lambda: False)
    assert main(["close", str(doubtful.root), "--period", "2022-10"]) == 0
    assert status(doubtful, OCTOBER)["closing"]["text"] == "已定稿（政办〔2022〕5号，签发人：钱明，2022年11月10日印发）"


def test_a_row_of_which_the_office_has_set_no_denominator_says_why_it_waits(tmp_path: Path) -> None:
    tables = cut_down({"4"}, {"县交通运输局", "县统计局"})
    tables.rows["参数"] = [row for row in tables.rows["参数"] if row.cells["参数"] != "分母"]
    year = Year.create(tmp_path / "年", tables)
    issue(year, OCTOBER, datetime(2022, 10, 31))
    send(year, "县交通运输局", OCTOBER, {figure("4-1"): "23.46", figure("4-3", "numerator"): "268"})
    consolidate(year, OCTOBER, NOW)
    assert [(item.key, item.other) for item in still_open(year, OCTOBER).held] == [
        (figure("4-3", "numerator"), "268（分母没有核定）")
    ]
    year.close()


def test_where_nobody_can_answer_nothing_is_closed(doubtful: Year, capsys: pytest.CaptureFixture[str]) -> None:
    before = doubtful.register.last_seq()
    assert main(["close", str(doubtful.root), "--period", "2022-10"]) == 1
    out, err = capsys.readouterr()
    assert "  · 县残联 8-1 本期累计：约106\n" in out
    assert err == "没有定稿。看过上面这些，确定照此定稿的，请加 --yes 再运行一次。\n"
    assert doubtful.register.last_seq() == before


def test_what_stands_on_the_circular_stands_on_the_sheets(doubtful: Year) -> None:
    close(doubtful, OCTOBER, CLOSED, circular=Circular("政办〔2022〕5号", "钱明", date(2022, 11, 10)))
    words = "已定稿（政办〔2022〕5号，签发人：钱明，2022年11月10日印发）"
    found = status(doubtful, OCTOBER)
    assert (found["closed"], found["closing"]["text"]) == (True, words)
    master = consolidate(doubtful, OCTOBER, LATE).master.path
    assert sheet_of(master, "首页")["A2"].value == f"期次：2022年10月　·　截至2022年10月31日　·　{words}"
    stack = doubtful.printed_folder(OCTOBER) / "打印稿.xlsx"
    for tab in ("进展汇总总表", "未报清单"):
        assert sheet_of(stack, tab)["A3"].value == "期次：2022年10月（截至2022年10月31日）　已定稿"


def test_earlier_periods_that_are_open_stay_so(doubtful: Year) -> None:
    issue(doubtful, NOVEMBER, datetime(2022, 11, 30))
    send(doubtful, CIVIL, NOVEMBER, {figure("6-1"): "4"})
    consolidate(doubtful, NOVEMBER, datetime(2022, 12, 5))
    assert still_open(doubtful, NOVEMBER).earlier == (OCTOBER,)
    close(doubtful, NOVEMBER, datetime(2022, 12, 8))
    assert doubtful.register.closed(OCTOBER) is None


def told_of(year: Year, period: Period, key: str) -> list[str]:
    return [one["text"] for one in status(year, period)[key]]


@pytest.fixture
def corrected(closed: Year) -> Year:
    """8-1 was closed at 106 and came again as 104; 6-1 came only then."""
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
    send(closed, "县民政局", OCTOBER, {figure("6-1"): "3"}, "晚.xlsx")
    consolidate(closed, OCTOBER, LATE)
    return closed


BOTH = ["6-1 本期累计：定稿 —，更正为 3", "8-1 本期累计：定稿 106，更正为 104"]


def test_a_correction_is_told_with_both_figures(corrected: Year) -> None:
    assert sorted(told_of(corrected, OCTOBER, "corrections")) == BOTH
    assert sorted(told_of(corrected, NOVEMBER, "carried")) == BOTH
    assert told_of(corrected, NOVEMBER, "corrections") == []
    account = account_of(corrected.plan, corrected.register, NOVEMBER)
    assert account.notes["县残联"] == "10月定稿后更正：8-1 本期累计：定稿 106，更正为 104"
    (message,) = [one.message for one in account.receipts if one.file == "更正.xlsx"]
    assert message.removesuffix("（共2处）") == "本期已定稿，这份来件作定稿后更正登记，不改定稿的数（8-1 本期累计：定稿 106，更正为 104）"


@pytest.mark.parametrize("period", [OCTOBER, NOVEMBER])
def test_the_flow_has_both_lines_of_what_was_corrected(corrected: Year, period: Period) -> None:
    frame = figures_frame(corrected, period)
    rows = frame[frame["code"].isin(["8-1", "6-1"])]
    assert sorted(rows[["code", "value", "version"]].itertuples(index=False, name=None)) == [
        ("6-1", 3.0, "定稿后更正"), ("8-1", 104.0, "定稿后更正"), ("8-1", 106.0, "定稿时"),
    ]


def test_a_correction_is_carried_into_the_next_open_period_only(corrected: Year) -> None:
    issue(corrected, NOVEMBER, datetime(2022, 11, 30))
    send(corrected, "县残联", NOVEMBER, {figure("8-1"): "110"})
    consolidate(corrected, NOVEMBER, datetime(2022, 12, 5))
    close(corrected, NOVEMBER, datetime(2022, 12, 8))
    assert told_of(corrected, Period.parse("2022-12"), "carried") == []
    send(corrected, "县民政局", OCTOBER, {figure("6-1"): "2"}, "又更正.xlsx")
    consolidate(corrected, NOVEMBER, datetime(2022, 12, 9))
    assert told_of(corrected, Period.parse("2022-12"), "carried") == ["6-1 本期累计：定稿 3，更正为 2"]
    assert sorted(told_of(corrected, OCTOBER, "corrections"))[0] == "6-1 本期累计：定稿 —，更正为 2"


def test_the_terminal_says_what_a_late_return_corrects(closed: Year, capsys: pytest.CaptureFixture[str]) -> None:
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
    assert main(["consolidate", str(closed.root), "--period", "2022-10"]) == 0
    out = capsys.readouterr().out
    assert "· 更正.xlsx：已采用（县残联 2022-10）\n" in out
    assert "不改定稿的数（8-1 本期累计：定稿 106，更正为 104）" in out
    assert "定稿后更正：县残联 2022-10 8-1 本期累计：定稿 106，更正为 104\n" in out


def test_after_the_last_period_a_correction_stands_in_the_result_of_the_year(
    small_year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minsheng_xl.telling.print.pdfs_of", lambda parts, folder: ([], "不画"))
    last = small_year.plan.periods[-1]
    issue(small_year, last, datetime(2024, 12, 31))
    send(small_year, "县水利局", last, {figure("甲1"): "20"})
    consolidate(small_year, last, datetime(2025, 1, 6))
    close(small_year, last, datetime(2025, 1, 9))
    send(small_year, "县水利局", last, {figure("甲1"): "21"}, "更正.xlsx")
    (one,) = consolidate(small_year, last, datetime(2025, 1, 15)).files
    assert (one.outcome, one.problems[0].code) == (Outcome.ACCEPTED, "after-year")
    assert one.problems[0].message.endswith("作结转更正登记，不改定稿的数（甲1 本期累计：定稿 20，更正为 21）")
    found = status(small_year, last)
    assert (found["correction_word"], [each["text"] for each in found["corrections"]]) == (
        "结转更正", ["甲1 本期累计：定稿 20，更正为 21"],
    )
    printed = print_period(small_year, last, datetime(2025, 1, 16))
    path = next(path for path in printed.files if path.name == "全年结果更正.xlsx")
    sheet = sheet_of(path, "全年结果更正")
    assert [cell.value for cell in sheet[5]][:9] == [
        1, "甲1 本期累计", small_year.plan.indicator("甲1").name, small_year.plan.indicator("甲1").unit_of_measure,
        "20", "21", "县水利局", "全年结果", "更正.xlsx",
    ]


def test_a_doubtful_correction_of_the_last_period_waits_in_itself(small_year: Year) -> None:
    """No period comes after it in which it could be asked."""
    last = small_year.plan.periods[-1]
    issue(small_year, last, datetime(2024, 12, 31))
    send(small_year, "县水利局", last, {figure("甲1"): "20"})
    consolidate(small_year, last, datetime(2025, 1, 6))
    close(small_year, last, datetime(2025, 1, 9))
    send(small_year, "县水利局", last, {figure("甲1"): "约21"}, "更正.xlsx")
    consolidate(small_year, last, datetime(2025, 1, 15))
    (item,) = account_of(small_year.plan_of(last), small_year.register, last).pending
    assert (item.kind, item.used, item.other, item.came_for) == ("数字存疑", "20", "约21", "2024-Q4")
    decide(small_year, item.id, "21", datetime(2025, 1, 16))
    account = account_of(small_year.plan_of(last), small_year.register, last)
    assert account.pending == []
    assert [each.words for each in account.corrections] == ["甲1 本期累计：定稿 20，更正为 21"]
