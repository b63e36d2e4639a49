"""核对单: what a lead says of the figures in use before their period is closed, and what becomes of it."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from minsheng_xl import Period, Year, consolidate, status
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.closing.close import close
from minsheng_xl.closing.still_open import still_open
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.closing import told
from minsheng_xl.exact.keys import AGREEMENT, Key
from minsheng_xl.figures.progress import Entry
from minsheng_xl.forms.confirmation import CONFIRMING_SHEET, confirmed_rows, confirming_form, confirming_hash
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.left import left_of
from minsheng_xl.forms.table import Owner
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import decide
from minsheng_xl.problems import MinshengError
from minsheng_xl.proof.verify import Verdict, verify
from minsheng_xl.sending.issue import issue_confirmation
from minsheng_xl.telling.print import print_period
from minsheng_xl.year.entries import ConfirmingIssued
from tests.libreoffice.compare import differences
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import figure
from tests.sharing import copied, made_once

OCTOBER, AT = Period(2022, 10), datetime(2022, 11, 8, 10)
HEALTH, TRANSPORT, DISABLED = "县卫生健康委", "县交通运输局", "县残联"
"""One whose 7-5 is 待核, one of which corrections wait, one that has not reported."""
CIVIL = "县民政局"


def answered(year: Year, unit: str, said: Mapping[tuple[str, str], object], *, rest: str = "无误", name: str = "") -> Path:
    """A lead's answer: `said` by indicator and column, `rest` of every other row."""
    form = confirming_form(Owner(year.plan, unit, OCTOBER), {})
    source = year.confirmed_folder(OCTOBER) / f"{year.plan.unit(unit).sheet_name}_2022-10_核对单.xlsx"
    book = load_workbook(source)
    every: dict[tuple[str, str], object] = {(row.indicator.code, AGREEMENT): rest for row in confirmed_rows(year.plan, unit, OCTOBER)}
    for (code, column), value in (every | dict(said)).items():
        cell = form.cell(Key("figure", code, column))
        book[CONFIRMING_SHEET].cell(cell.row + 1, cell.column + 1).value = value or None  # type: ignore[assignment]
    target = year.inbox / (name or source.name)
    book.save(target)
    return target


def objected(code: str, reason: str = "", **figures: object) -> dict[tuple[str, str], object]:
    return {(code, AGREEMENT): "有异议", (code, "explanation"): reason, **{(code, column): value for column, value in figures.items()}}


@pytest.fixture(scope="session")
def asked_folder(finished_short_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The short demo's folder with the 核对单 of October out; not to be written to."""

    def make(folder: Path) -> Path:
        root = folder / "鲁山县2022"
        shutil.copytree(finished_short_demo, root)
        with closing(Year(root)) as year:
            issue_confirmation(year, OCTOBER, AT)
        return root

    return made_once(tmp_path_factory, "asked", make)


@pytest.fixture
def asked(asked_folder: Path, tmp_path: Path) -> Iterator[Year]:
    yield from copied(asked_folder, tmp_path / "鲁山县2022")


def results(year: Year) -> dict[str, str]:
    return {one["unit"]: one["result"] for one in status(year, OCTOBER)["confirmations"]}


def objections(year: Year, unit: str) -> list[str]:
    found = account_of(year.plan_of(OCTOBER), year.register, OCTOBER).confirmations
    return [each.words for one in found if one.unit == unit for each in one.objections]


def in_use(year: Year, unit: str, code: str) -> object:
    return account_of(year.plan_of(OCTOBER), year.register, OCTOBER).units[unit].figures.get(figure(code))


def questions(year: Year) -> list[str]:
    return [f"{item.unit} {item.key.of if item.key else ''} {item.kind}" for item in account_of(year.plan, year.register, OCTOBER).pending]


def test_each_lead_gets_one_page_with_its_own_rows(asked: Year) -> None:
    files = sorted(path.name for path in asked.confirmed_folder(OCTOBER).iterdir())
    leads = sorted({one.lead for one in asked.plan.indicators})
    assert files == sorted(f"{lead}_2022-10_核对单.xlsx" for lead in leads)
    form = confirming_form(Owner(asked.plan, HEALTH, OCTOBER), {})
    assert [form.cell(Key("figure", f"7-{n}", "code")).content for n in range(1, 8)] == [f"7-{n}" for n in range(1, 8)]
    assert form.print.one_page
    sheet = load_workbook(asked.confirmed_folder(OCTOBER) / f"{HEALTH}_2022-10_核对单.xlsx")[CONFIRMING_SHEET]
    shown = {name: form.cell(Key("figure", code, name)) for code, name in (("7-1", "shown"), ("7-3", "shown_numerator"))}
    assert [sheet.cell(cell.row + 1, cell.column + 1).value for cell in shown.values()] == [11480, 2120]


def test_issued_again_it_is_the_same_until_a_figure_changes(asked: Year) -> None:
    path = asked.confirmed_folder(OCTOBER) / f"{HEALTH}_2022-10_核对单.xlsx"
    first, line = path.read_bytes(), asked.register.last_change()
    issue_confirmation(asked, OCTOBER, AT + timedelta(days=1))
    assert path.read_bytes() == first
    assert asked.register.last_change() == line
    item = next(item for item in account_of(asked.plan, asked.register, OCTOBER).pending if item.unit == HEALTH)
    decide(asked, item.id, "3100", AT)
    issue_confirmation(asked, OCTOBER, AT + timedelta(days=1))
    assert path.read_bytes() != first
    assert (path.parent / "以前下发的" / f"{path.stem}_1108-1000.xlsx").read_bytes() == first


def test_who_agrees_changes_nothing_and_is_told(asked: Year) -> None:
    before = status(asked, OCTOBER)
    answered(asked, CIVIL, {})
    (one,) = consolidate(asked, OCTOBER, AT).files
    assert (one.outcome, one.unit, one.period, one.confirms, one.problems) == (Outcome.ACCEPTED, CIVIL, OCTOBER, True, ())
    after = status(asked, OCTOBER)
    assert {key: after[key] for key in after if key != "confirmations"} == {key: before[key] for key in before if key != "confirmations"}
    assert results(asked) == dict.fromkeys(results(asked), "未反馈") | {CIVIL: "无误"}
    (receipt,) = [row for row in account_of(asked.plan, asked.register, OCTOBER).receipts if "核对单" in row.file]
    assert (receipt.message, receipt.late) == ("核对单：无误 7，有异议 0", False)


def test_a_figure_of_a_unit_that_was_adopted_waits_for_the_office(asked: Year) -> None:
    used = in_use(asked, CIVIL, "6-1")
    assert isinstance(used, Fraction)
    answered(asked, CIVIL, objected("6-1", "漏报一个乡", reported=int(used) + 1))
    (one,) = consolidate(asked, OCTOBER, AT).files
    assert one.outcome is Outcome.HELD
    assert [problem.code for problem in one.problems] == ["figure-differs-taken"]
    assert (one.problems[0].sheet, re.sub(r"\d", "", one.problems[0].cell)) == (CONFIRMING_SHEET, "L")
    assert in_use(asked, CIVIL, "6-1") == used
    assert objections(asked, CIVIL) == [f"6-1 采用 {used}，应为 {used + 1}：漏报一个乡（待定）"]
    assert results(asked)[CIVIL] == "有异议1项，无误6项"
    item = next(item for item in account_of(asked.plan, asked.register, OCTOBER).pending if item.unit == CIVIL)
    assert item.advice == "与已采用的不同，仍用原数；请与单位核实后选一个。来件写的原因：漏报一个乡。"
    decide(asked, item.id, "用新数", AT)
    assert in_use(asked, CIVIL, "6-1") == used + 1
    assert objections(asked, CIVIL) == [f"6-1 采用 {used}，应为 {used + 1}：漏报一个乡（已按异议更正）"]


def test_the_office_may_keep_the_figure(asked: Year) -> None:
    used = in_use(asked, CIVIL, "6-1")
    answered(asked, CIVIL, objected("6-1", "漏报", reported=1 + int(used)))  # type: ignore[call-overload]
    consolidate(asked, OCTOBER, AT)
    item = next(item for item in account_of(asked.plan, asked.register, OCTOBER).pending if item.unit == CIVIL)
    decide(asked, item.id, "用原数", AT)
    assert in_use(asked, CIVIL, "6-1") == used
    assert objections(asked, CIVIL)[0].endswith("（维持原数）")
    assert not [one for one in questions(asked) if CIVIL in one]


def test_a_figure_of_a_unit_in_doubt_is_held_to_the_rules(asked: Year) -> None:
    """县卫生健康委 is 待核, so that what it sends later counts: a sound figure does, a tenth of the last is asked."""
    answered(asked, HEALTH, objected("7-1", reported=1148) | objected("7-2", "系统漏了一批", reported=15010))
    (one,) = consolidate(asked, OCTOBER, AT).files
    codes = {problem.code for problem in one.problems if problem.key and problem.key.of == "7-1"}
    assert codes == {"increment-typed", "confirm-reason-missing"}
    assert [str(problem).endswith("“原因”栏写明原因。") for problem in one.problems if problem.code == "increment-typed"] == [True]
    assert not [problem for problem in one.problems if "说明" in problem.action], "no column of it is called so"
    assert (in_use(asked, HEALTH, "7-1"), in_use(asked, HEALTH, "7-2")) == (11480, 15010)
    assert f"{HEALTH} 7-1 核对有异议" in questions(asked)
    assert objections(asked, HEALTH) == [
        "7-1 采用 11480，应为 1148（待定）", "7-2 采用 14999，应为 15010：系统漏了一批（已按异议更正）",
    ]


def test_an_objection_without_a_figure_is_asked(asked: Year) -> None:
    answered(asked, HEALTH, objected("7-1", "口径不对"))
    (one,) = consolidate(asked, OCTOBER, AT).files
    assert one.outcome is Outcome.ACCEPTED
    assert in_use(asked, HEALTH, "7-1") == 11480
    item = next(item for item in account_of(asked.plan, asked.register, OCTOBER).pending if item.kind == "核对有异议")
    assert (item.unit, item.used, item.other) == (HEALTH, "11480", f"{HEALTH}有异议：口径不对")
    decide(asked, item.id, "11500", AT)
    assert in_use(asked, HEALTH, "7-1") == 11500
    assert objections(asked, HEALTH) == ["7-1 采用 11480：口径不对（已改为 11500）"]
    assert f"{HEALTH} 7-1 核对有异议" not in questions(asked)


def test_it_may_be_settled_by_leaving_all_as_it_is(asked: Year) -> None:
    answered(asked, HEALTH, objected("7-1", "口径不对"))
    consolidate(asked, OCTOBER, AT)
    item = next(item for item in account_of(asked.plan, asked.register, OCTOBER).pending if item.kind == "核对有异议")
    decide(asked, item.id, "维持原数", AT)
    assert objections(asked, HEALTH) == ["7-1 采用 11480：口径不对（维持原数）"]
    assert f"{HEALTH} 7-1 核对有异议" not in questions(asked)
    assert main(["verify", str(asked.root)]) == 0


def test_of_two_answers_the_last_word_on_a_row_counts(asked: Year) -> None:
    answered(asked, HEALTH, objected("7-1", "口径不对"))
    consolidate(asked, OCTOBER, AT)
    answered(asked, HEALTH, {}, name="再次核对.xlsx")
    consolidate(asked, OCTOBER, AT + timedelta(hours=1))
    assert results(asked)[HEALTH] == "无误"
    assert f"{HEALTH} 7-1 核对有异议" not in questions(asked)


def test_part_of_the_rows_is_not_all(asked: Year) -> None:
    answered(asked, HEALTH, {("7-1", AGREEMENT): "无误"}, rest="")
    consolidate(asked, OCTOBER, AT)
    assert results(asked)[HEALTH] == "无误1项，未核对6项"


def test_a_blank_one_is_none(asked: Year) -> None:
    answered(asked, HEALTH, {}, rest="")
    (one,) = consolidate(asked, OCTOBER, AT).files
    assert (one.outcome, results(asked)[HEALTH]) == (Outcome.EMPTY, "未反馈")
    assert status(asked, OCTOBER)["units"][0]["came"] == ""


def test_closing_names_what_is_open(asked: Year) -> None:
    answered(asked, HEALTH, objected("7-1", "口径不对"))
    answered(asked, CIVIL, {})
    consolidate(asked, OCTOBER, AT)
    lines = list(told(still_open(asked, OCTOBER), OCTOBER))
    assert f"  · 核对有异议　{HEALTH} 7-1 本期累计：{HEALTH}有异议：口径不对" in lines
    (silent,) = [line for line in lines if line.startswith("核对单没有核对完的")]
    assert f"{TRANSPORT}（未反馈）" in silent
    assert CIVIL not in silent
    assert HEALTH not in silent
    close(asked, OCTOBER, AT)
    assert objections(asked, HEALTH) == ["7-1 采用 11480：口径不对（逾期未定，仍用原数）"]
    assert results(asked)[TRANSPORT] == "未反馈"
    assert not account_of(asked.plan_of(OCTOBER), asked.register, OCTOBER).objected
    with pytest.raises(MinshengError, match="已经定稿，没有生成核对单"):
        issue_confirmation(asked, OCTOBER, AT)


def silent_after(year: Year, days: str) -> None:
    """Let the plan say that silence is consent after some days."""
    book = load_workbook(year.plan_path)
    sheet = book["参数"]
    sheet.append(["视同无异议", None, days, None])
    book.save(year.plan_path)


@pytest.mark.parametrize(
    ("closed", "said"),
    [(datetime(2022, 11, 11, 18), "未反馈"), (datetime(2022, 11, 12, 9), "视同无异议（11月11日到期）")],
)
def test_silence_is_consent_where_the_office_set_it_so_and_only_after_its_day(short_demo: Year, closed: datetime, said: str) -> None:
    silent_after(short_demo, "3")
    with closing(Year(short_demo.root)) as year:
        issue_confirmation(year, OCTOBER, AT)
        sheet = load_workbook(year.confirmed_folder(OCTOBER) / f"{CIVIL}_2022-10_核对单.xlsx")[CONFIRMING_SHEET]
        assert "11月11日前反馈，到期没有反馈的视同无异议" in sheet["A2"].value
        assert results(year)[CIVIL] == "未反馈（11月11日后视同无异议）"
        issue_confirmation(year, OCTOBER, AT + timedelta(days=2))  # the same figures: the day stays
        assert results(year)[CIVIL] == "未反馈（11月11日后视同无异议）"
        answered(year, HEALTH, {})
        consolidate(year, OCTOBER, AT)
        close(year, OCTOBER, closed)
        assert (results(year)[CIVIL], results(year)[HEALTH]) == (said, "无误")


def test_a_correction_after_closing_stands_beside_the_figure_as_closed(asked: Year) -> None:
    consolidate(asked, OCTOBER, AT)
    close(asked, OCTOBER, AT)
    answered(asked, CIVIL, objected("6-1", "漏报一个乡", reported=99))
    (one,) = consolidate(asked, OCTOBER, AT + timedelta(days=1)).files
    account = account_of(asked.plan_of(OCTOBER), asked.register, OCTOBER)
    assert [(each.unit, each.key, each.now) for each in account.corrections] == [(CIVIL, figure("6-1"), 99)]
    assert "after-closing" in [problem.code for problem in one.problems]


def _typed_over_shown(year: Year) -> None:
    answered(year, HEALTH, {("7-1", "shown"): 11500})


def _both(year: Year) -> None:
    answered(year, HEALTH, {("7-1", "reported"): 11500})


def _no_word(year: Year) -> None:
    answered(year, HEALTH, {("7-1", "reported"): 11500, ("7-1", AGREEMENT): ""})


def _in_words(year: Year) -> None:
    answered(year, HEALTH, objected("7-1", "", reported="约1.2万"))


def _half(year: Year) -> None:
    answered(year, HEALTH, objected("7-3", "数错了", numerator=2100))


def _other_word(year: Year) -> None:
    answered(year, HEALTH, {("7-1", AGREEMENT): "基本无误"})


def _reason_contradicts(year: Year) -> None:
    answered(year, HEALTH, objected("7-1", "应为11600", reported=11500))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_typed_over_shown, "confirm-shown-changed"), (_both, "confirm-agreed-entered"), (_no_word, "confirm-word-missing"),
        (_in_words, "figure-not-number"), (_half, "ratio-half"), (_other_word, "figure-choice"), (_reason_contradicts, "figure-corrected"),
    ],
)
def test_what_contradicts_itself_moves_no_figure_and_is_no_consent(asked: Year, make: Callable[[Year], None], code: str) -> None:
    before = {key: value for key, value in account_of(asked.plan, asked.register, OCTOBER).units[HEALTH].figures.items() if isinstance(value, Fraction)}
    make(asked)
    (one,) = consolidate(asked, OCTOBER, AT).files
    assert code in [problem.code for problem in one.problems]
    now = account_of(asked.plan, asked.register, OCTOBER).units[HEALTH].figures
    assert all(now[key] == value or not isinstance(now[key], Fraction) for key, value in before.items())
    assert results(asked)[HEALTH] != "无误"


def _other_page(year: Year) -> None:
    path = answered(year, HEALTH, {})
    book = load_workbook(path)
    book[CONFIRMING_SHEET]["C4"] = CIVIL
    book.save(path)


def _never_issued(year: Year) -> None:
    path = answered(year, HEALTH, {})
    book = load_workbook(path)
    for row in book["标识"].iter_rows():
        for cell in row:
            if re.fullmatch("[0-9a-f]{12}", str(cell.value)):
                cell.value = "0123456789ab"
    book.save(path)


def _row_gone(year: Year) -> None:
    path = answered(year, HEALTH, {})
    book = load_workbook(path)
    form = confirming_form(Owner(year.plan, HEALTH, OCTOBER), {})
    book[CONFIRMING_SHEET].delete_rows(form.cell(Key("figure", "7-2", "code")).row + 1)
    book.save(path)


@pytest.mark.parametrize("make", [_other_page, _never_issued, _row_gone])
def test_one_that_is_not_as_it_went_out_says_nothing(asked: Year, make: Callable[[Year], None]) -> None:
    before = status(asked, OCTOBER)
    make(asked)
    (one,) = consolidate(asked, OCTOBER, AT).files
    assert (one.outcome, one.content) == (Outcome.REFUSED, None)
    after = status(asked, OCTOBER)
    assert (after["units"], after["confirmations"]) == (before["units"], before["confirmations"])


def test_a_row_that_another_unit_fills_in_takes_no_figure(short_demo: Year) -> None:
    plan = short_demo.plan
    other = plan.having(indicators=tuple(one._replace(filler=CIVIL) if one.code == "7-1" else one for one in plan.indicators))
    form = confirming_form(Owner(other, HEALTH, OCTOBER), {"7-1": Entry(reported=Fraction(5))})
    cells = {name: form.cell(Key("figure", "7-1", name)) for name in ("reported", AGREEMENT, "explanation")}
    assert [cell.input is not None for cell in cells.values()] == [False, True, True]
    assert cells["reported"].content == f"由{CIVIL}填报"
    assert confirming_hash(other, HEALTH, OCTOBER, {}) != confirming_hash(plan, HEALTH, OCTOBER, {})


def test_the_figure_is_proved_by_the_cell_on_it(asked: Year) -> None:
    answered(asked, HEALTH, objected("7-1", "10月漏报20人", reported=11500))
    consolidate(asked, OCTOBER, AT)
    found = verify(asked)
    assert (found.contradictions, found.faults) == ([], ())
    (one,) = [each for each in found.figures if (each.period, each.indicator.code) == (OCTOBER, "7-1")]
    assert (one.proof.verdict, one.value, one.proof.cell) == (Verdict.PROVED, "11,500", f"{CONFIRMING_SHEET} L8")


def test_an_issued_one_that_was_replaced_is_told(asked: Year) -> None:
    entry = asked.register.first_of(ConfirmingIssued, OCTOBER, HEALTH)
    assert entry is not None
    asked.archive.path(entry.sha256).write_bytes(b"another")
    assert any(f"{HEALTH}_2022-10_核对单.xlsx" in fault for fault in verify(asked).faults)


def test_the_stack_has_the_table_where_one_went_out(short_demo: Year) -> None:
    def names() -> list[str]:
        folder = print_period(short_demo, OCTOBER, AT).folder
        return load_workbook(folder / "打印稿.xlsx").sheetnames

    assert "核对情况表" not in names()
    issue_confirmation(short_demo, OCTOBER, AT)
    assert "核对情况表" in names()


def test_the_command_says_what_it_made(short_demo: Year, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["issue", str(short_demo.root), "--confirm", "2022-10"]) == 0
    count = len({one.lead for one in short_demo.plan.indicators})
    assert capsys.readouterr().out.startswith(f"已生成 {count} 个核对单，在 ")
    assert main(["issue", str(short_demo.root), "--confirm", "2022-12"]) == 1
    assert "2022-12 还没有已采用的数" in capsys.readouterr().err


@needs_libreoffice
def test_every_formula_is_what_libreoffice_reckons(asked: Year, tmp_path: Path) -> None:
    said = objected("7-1", reported=1148) | objected("7-3", "数错了", numerator=2100, denominator=3290) | {("7-2", "reported"): 15010}
    account = account_of(asked.plan, asked.register, OCTOBER)
    form = confirming_form(Owner(asked.plan, HEALTH, OCTOBER), account.entries(), left=left_of(account, HEALTH))
    words = {(row.indicator.code, AGREEMENT): "无误" for row in confirmed_rows(asked.plan, HEALTH, OCTOBER)}
    for (code, name), value in (words | said).items():
        cell = form.cell(Key("figure", code, name))
        content = Fraction(value) if isinstance(value, int) else str(value) or None
        form.put(cell.row, cell.column, content, cell.style, key=cell.key)
    again = convert([answered(asked, HEALTH, said)], "xlsx", tmp_path / "recalculated", recalculate=True)
    count, different = differences(Book([form], {}), *again)
    assert not different
    assert count == len(list(Book([form], {}).formulas())) > 60
    hints = {code: Book([form], {}).value(form, form.cell(Key("figure", code, "check"))) for code in ("7-1", "7-2", "7-3", "7-4")}
    assert hints == {"7-1": hints["7-1"], "7-2": "选了“无误”又填了数：有错请选“有异议”，没有错请清空", "7-3": "", "7-4": ""}
    assert hints["7-1"]


@needs_libreoffice
def test_one_that_libreoffice_saved_again_says_the_same(asked: Year, tmp_path: Path) -> None:
    path = answered(asked, HEALTH, objected("7-1", "10月漏报20人", reported=11500))
    (again,) = convert([path], "xlsx", tmp_path / "另存", recalculate=False)
    path.write_bytes(again.read_bytes())
    (one,) = consolidate(asked, OCTOBER, AT).files
    assert (one.outcome, [problem.code for problem in one.problems]) == (Outcome.ACCEPTED, [])
    assert in_use(asked, HEALTH, "7-1") == 11500
    assert results(asked)[HEALTH] == "有异议1项，无误6项"


def test_one_that_went_out_before_the_plan_changed_is_read_by_the_plan_of_then(asked: Year) -> None:
    """The lead has another name by now, and one of its rows another code."""
    path = answered(asked, CIVIL, objected("6-1", "漏报一个乡", reported=99))
    book = load_workbook(asked.plan_path)
    for sheet in (book[name] for name in ("任务表", "指标", "单位", "序时", "参数")):
        for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)):
            cell.value = str(cell.value).replace(CIVIL, "县民政和事务局")
            cell.value = {"6-3": "6-9"}.get(cell.value, cell.value)
    for row in book["单位"].iter_rows(min_row=2):
        if row[0].value == "县民政和事务局":
            alias = next(cell.column for cell in book["单位"][1] if cell.value == "别名")
            book["单位"].cell(row[0].row, alias).value = CIVIL
    book["变更"].append(["改编码", "6-3", "6-9"])
    book.save(asked.plan_path)
    with closing(Year(asked.root)) as year:
        (one,) = consolidate(year, OCTOBER, AT).files
        assert one.file == path.name
        assert (one.outcome, one.unit) == (Outcome.HELD, "县民政和事务局")
        assert results(year)["县民政和事务局"] == "有异议1项，无误6项"
        item = next(item for item in account_of(year.plan, year.register, OCTOBER).pending if item.unit == "县民政和事务局")
        decide(year, item.id, "用新数", AT)
        assert in_use(year, "县民政和事务局", "6-1") == 99
        found = verify(year)
        assert (found.contradictions, found.faults) == ([], ())
