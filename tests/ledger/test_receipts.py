"""What the ledger tells of the files of a period."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import FlowRow
from minsheng_xl.accounts.questions import AGAIN, CORRECTION, WHOLE, Pending
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.unit import Source, UnitAccount
from minsheng_xl.accounts.values import Doubt, Figure, Outcome, Standing
from minsheng_xl.exact.keys import SHARE, Key
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.receipts import came_instead, came_late, confirmed_late, flow_of, notes_of, receipts_of
from minsheng_xl.plan.model import Role
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.rules import files
from minsheng_xl.year.entries import Decided, Issued, Reminded
from tests.ledger.journals import Told
from tests.makers import figure, word

DISABLED, YOUTH = "县残联", "团县委"
SEPTEMBER, OCTOBER = Period(2022, 9), Period(2022, 10)
IN_TIME, LATE = datetime(2022, 11, 5, 12), datetime(2022, 11, 6, 12)
"""The return of October is due on the fifth of November."""


def day(number: int) -> datetime:
    return datetime(2022, 11, number, 16)


def found(cell: str, message: str) -> Problem:
    return Problem(code="x", severity=Severity.HOLD, sheet="填报表", cell=cell, seen="", expected="", message=message, action="")


def test_lateness_is_confirmed_by_the_office_s_word_only(told: Told) -> None:
    told.comes(DISABLED, OCTOBER, {figure("8-1"): Fraction(80)}, day(7))
    account = account_of(told.plan, told.register, OCTOBER)
    assert (account.is_late(DISABLED), account.late) == (True, frozenset())
    assert account.receipts[0].late_word == "迟报（待确认）"


@pytest.mark.parametrize(("received", "late"), [(LATE, frozenset({DISABLED})), (IN_TIME, frozenset())])
def test_the_office_says_when_a_file_was_received(told: Told, received: datetime, late: frozenset[str]) -> None:
    told.comes(YOUTH, OCTOBER, {figure("9-1"): Fraction(5)}, day(7))
    sha256 = told.comes(DISABLED, OCTOBER, {figure("8-1"): Fraction(80)}, day(8))
    told.is_received(sha256, received, day(9))
    account = account_of(told.plan, told.register, OCTOBER)
    assert account.late == late
    (_, receipt) = account.receipts
    assert (receipt.received, receipt.late) == (received, bool(late))
    assert receipt.late_word == ("迟报" if late else "")


def test_late_is_a_return_that_came_after_the_day_it_was_due(told: Told) -> None:
    sent = Return(file="a.xlsx", sha256="a", outcome=Outcome.ACCEPTED, unit=DISABLED, period=OCTOBER)
    late = {
        "of October": sent, "held": sent._replace(outcome=Outcome.HELD), "of September": sent._replace(period=SEPTEMBER),
    }
    never = {
        "refused": sent._replace(outcome=Outcome.REFUSED), "empty": sent._replace(outcome=Outcome.EMPTY),
        "certifying": sent._replace(certifies=True), "of no period": sent._replace(period=None),
    }
    for n, name in enumerate((*late, *never)):
        told.meets(OCTOBER, datetime(2022, 11, 6, 0, 1), (late | never)[name]._replace(file=name, sha256=str(n)))
    assert [receipt.file for receipt in receipts_of(told.plan, told.register, None) if receipt.late] == list(late)
    told.meets(OCTOBER, datetime(2022, 11, 5, 23, 59), sent)
    assert list(receipts_of(told.plan, told.register, None))[-1].late is False


def test_a_receipt_of_a_file_that_names_nobody(told: Told) -> None:
    one, two = found("H7", "写成了“约5”"), found("H8", "应是整数")
    told.meets(OCTOBER, day(3), Return(file="a", sha256="a", outcome=Outcome.UNRECOGNISED, problems=(found("", "打不开"),)))
    told.meets(OCTOBER, day(3), Return(file="b", sha256="b", outcome=Outcome.HELD, problems=(one, two)))
    told.meets(OCTOBER, day(3), Return(file="c", sha256="c", outcome=Outcome.HELD, problems=(one,)))
    receipts = list(receipts_of(told.plan, told.register, None))
    assert [(one.unit, one.period, one.late) for one in receipts] == [("", "", False)] * 3
    assert [one.message for one in receipts] == ["打不开", "H7 写成了“约5”（共2处）", "H7 写成了“约5”"]
    assert len(list(receipts_of(told.plan, told.register, 4))) == 2


def test_a_receipt_says_what_was_found_first_and_how_much(told: Told) -> None:
    told.comes(DISABLED, OCTOBER, {}, day(7), outcome=Outcome.REFUSED)
    (receipt,) = account_of(told.plan, told.register, OCTOBER).receipts
    assert (receipt.unit, receipt.period, receipt.late, receipt.message) == (DISABLED, "2022-10", False, "")


def test_a_day_of_reminding_counts_once(told: Told) -> None:
    for at, units in ((day(7), (DISABLED,)), (day(7), (DISABLED, YOUTH)), (day(9), (DISABLED,))):
        told.register.record([Reminded(at, OCTOBER, units)])
    told.register.record([Reminded(day(9), SEPTEMBER, (YOUTH,))])
    assert account_of(told.plan, told.register, OCTOBER).reminded == {DISABLED: 2, YOUTH: 1}


def test_the_flow_lists_figures_in_use_in_the_order_of_the_plan(told: Told) -> None:
    told.comes(YOUTH, OCTOBER, {figure("9-3"): "否", figure("9-1"): Doubt("约5")}, day(3), outcome=Outcome.HELD)
    told.comes(DISABLED, OCTOBER, {figure("8-1"): Fraction(80)}, day(4))
    rows = account_of(told.plan, told.register, OCTOBER).flow
    assert [(row.code, row.unit, row.measure, row.value, row.seen) for row in rows] == [
        ("8-1", DISABLED, "本期累计", 80, ""), ("9-1", YOUTH, "本期累计", None, "约5"), ("9-3", YOUTH, "本期累计", 0, "否"),
    ]  # fmt: skip
    assert [row.source.file for row in rows] == ["2.xlsx", "1.xlsx", "1.xlsx"]


def test_notes_say_what_is_peculiar_to_a_unit(told: Told) -> None:
    told.comes(YOUTH, OCTOBER, {figure("9-1"): Doubt("约5"), figure("9-2"): Doubt("x")}, day(3), outcome=Outcome.HELD)
    told.types(DISABLED, OCTOBER, {figure("8-1"): Fraction(80)}, day(4))
    assert account_of(told.plan, told.register, OCTOBER).notes == {YOUTH: "2处数字待核", DISABLED: "办公室填写1处"}


def test_a_problem_stays_open_until_the_office_says_that_it_is_settled(told: Told) -> None:
    """Neither silence closes it nor a return without one: that asks the office."""
    (lead, *_) = told.plan.projects_of(DISABLED, Role.LEAD)
    problem: Key = word(lead, "problem")
    august = Period(2022, 8)
    told.comes(DISABLED, august, {figure("8-1"): Fraction(70)}, day(1), words={problem: "缺口"})
    opened = account_of(told.plan, told.register, OCTOBER).issues
    assert [(issue.raised, issue.problem) for issue in opened.values()] == [(august, "缺口")]
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(80)}, day(2))
    account = account_of(told.plan, told.register, SEPTEMBER)
    (asked,) = account.faded
    assert (asked.kind, asked.unit, asked.key, asked.other) == ("问题待销号", DISABLED, problem, "缺口")
    assert asked in account.pending
    (still,) = account_of(told.plan, told.register, OCTOBER).issues.values()
    assert (still.raised, still.gone) == (august, SEPTEMBER)
    assert [item.id != asked.id for item in account_of(told.plan, told.register, OCTOBER).faded] == [True]
    for word_, left in (("未解决", 1), ("已销号", 0)):
        entry = Decided(
            at=day(3), run=told.register.next_run(), period=SEPTEMBER, unit=DISABLED, id=asked.id, word=word_, who="赵军",
            why="", item=asked, cells={},
        )
        told.register.record([entry])
        account = account_of(told.plan, told.register, SEPTEMBER)
        assert (account.faded, account.said_of_issue(DISABLED, lead)) == ((), word_)
        assert len(account_of(told.plan, told.register, OCTOBER).issues) == left


def test_a_problem_that_is_raised_again_is_open_again(told: Told) -> None:
    (lead, *_) = told.plan.projects_of(DISABLED, Role.LEAD)
    problem: Key = word(lead, "problem")
    for month, text in ((7, "缺口"), (8, ""), (9, "缺口又大了")):
        figures: dict[Key, Figure] = {figure("8-1"): Fraction(70 + month)}
        told.comes(DISABLED, Period(2022, month), figures, day(month - 6), words={problem: text})
    (still,) = account_of(told.plan, told.register, OCTOBER).issues.values()
    assert (still.raised, still.problem, still.gone) == (Period(2022, 7), "缺口又大了", None)


def test_a_blank_form_that_was_refused_before_there_was_a_word_for_it_stays_refused(told: Told) -> None:
    """As journals of earlier programs hold it."""
    told.comes(DISABLED, OCTOBER, {}, day(3), outcome=Outcome.REFUSED)
    told.comes(YOUTH, OCTOBER, {}, day(4), outcome=Outcome.EMPTY)
    account = account_of(told.plan, told.register, OCTOBER)
    assert (account.standing(DISABLED), account.standing(YOUTH)) == (Standing.REFUSED, Standing.MISSING)
    assert account.came == {YOUTH: "11月4日收到的是空表"}


def test_the_day_of_what_came_is_the_office_s_word(told: Told) -> None:
    sha256 = told.comes(YOUTH, OCTOBER, {}, day(8), outcome=Outcome.EMPTY)
    told.is_received(sha256, datetime(2022, 11, 5, 12), day(9))
    assert account_of(told.plan, told.register, OCTOBER).came == {YOUTH: "11月5日收到的是空表"}


def test_a_unit_by_another_name_is_reminded_as_itself(told: Told) -> None:
    told.register.record([Reminded(day(7), OCTOBER, ("县教体局", "从前的单位"))])
    assert account_of(told.plan, told.register, OCTOBER).reminded == {"县教育体育局": 1, "从前的单位": 1}


def test_lateness_that_the_office_did_not_state_is_not_confirmed(told: Told) -> None:
    """The time of receipt that counts is another file's."""
    told.is_received("another", LATE, day(9))
    late, early, silent = UnitAccount(DISABLED), UnitAccount(YOUTH), UnitAccount("县妇联")
    late.received, early.received = LATE, IN_TIME
    units = {one.unit: one for one in (late, early, silent)}
    assert confirmed_late(told.plan, told.register, OCTOBER, None, units) == {DISABLED}
    assert confirmed_late(told.plan, told.register, OCTOBER, told.register.last_seq() - 1, units) == frozenset()


def asked(kind: str, sha256: str) -> Pending:
    return Pending(id=sha256, kind=kind, unit=YOUTH, key=None, used="", other="5", file=f"{sha256}.xlsx", advice="", sha256=sha256)


def test_what_came_after_a_closing_and_waits_is_of_the_closed_period() -> None:
    before, after = UnitAccount(YOUTH), UnitAccount(YOUTH)
    before.pending = [asked(WHOLE, "a")]
    after.pending = [asked(WHOLE, "a"), asked(WHOLE, "b"), asked(CORRECTION, "c"), asked(AGAIN, "d")]
    waits = list(came_late(SEPTEMBER, {YOUTH: before}, {YOUTH: after}))
    assert waits == [
        asked(WHOLE, "b")._replace(other="9月定稿后收到：5", came_for="2022-09"), asked(AGAIN, "d")._replace(came_for="2022-09"),
    ]


def test_a_row_of_the_flow_says_all_of_its_figure(told: Told) -> None:
    account = UnitAccount(YOUTH)
    by, again = Source("a.xlsx", day(3)), Source("b.xlsx", day(5))
    account.figures = {figure("9-3"): "是", figure("9-1"): Fraction(7), figure("8-1"): Fraction(1), figure("9-2"): "暂无"}
    account.sources = dict.fromkeys(account.figures, by)
    account.latest = dict.fromkeys(account.figures, again)
    common = {"period": OCTOBER, "unit": YOUTH, "project": 9, "measure": "本期累计", "source": by, "latest": again}
    by_code = {one.code: one for one in told.plan.indicators}

    def row(code: str, value: int | None, seen: str) -> FlowRow:
        one = by_code[code]
        return FlowRow(code=code, name=one.name, unit_of_measure=one.unit_of_measure, value=value, seen=seen, **common)  # type: ignore[arg-type]

    assert flow_of(told.plan, OCTOBER, {YOUTH: account}) == [
        row("9-1", 7, ""), row("9-2", None, "暂无"), row("9-3", 1, "是"),
    ]  # 8-1 is another's by now


WATER, FINANCE, ZONE = "县水利局", "县财政局", "阳川县人民政府推进城乡一体化示范区和产业新城建设工作领导小组办公室"
"""甲1 is 县水利局's, and shared out to the other two."""


@pytest.fixture
def shared(tmp_path: Path, quarters_plan: Plan) -> Iterator[Told]:
    told = Told(tmp_path, quarters_plan)
    yield told
    told.close()


def stated(official: str | None, finance: str | None, zone: str | None) -> dict[str, UnitAccount]:
    share, units = Key(SHARE, "甲1", "reported"), {}
    for name, key, number in ((WATER, figure("甲1"), official), (FINANCE, share, finance), (ZONE, share, zone)):
        units[name] = UnitAccount(name)
        if number is not None:
            units[name].figures[key] = Fraction(number)
    return units


@pytest.mark.parametrize(
    ("official", "finance", "zone", "words"),
    [
        ("30.5", "20", "10.25", "甲1 各单位分解数之和 30.25，与报的 30.5 不同"), ("30.5", "20", "10.5", ""), ("30.5", "20", None, ""),
        ("30.5", None, None, ""), (None, "20", "10", ""), ("0", "20", "10", "甲1 各单位分解数之和 30，与报的 0 不同"),
        ("5", "0", "0", "甲1 各单位分解数之和 0，与报的 5 不同"),
    ],
)
def test_shares_are_held_against_the_figure_when_all_are_stated(
    shared: Told, official: str | None, finance: str | None, zone: str | None, words: str
) -> None:
    notes = notes_of(shared.plan, shared.register, shared.plan.periods[0], None, stated(official, finance, zone))
    assert notes == ({WATER: words} if words else {})


def test_shares_of_units_that_are_not_there_are_not_waited_for(shared: Told) -> None:
    units, first = stated("30.5", "20", None), shared.plan.periods[0]
    del units[ZONE]
    assert notes_of(shared.plan, shared.register, first, None, units) == {WATER: "甲1 各单位分解数之和 20，与报的 30.5 不同"}
    del units[WATER]
    assert notes_of(shared.plan, shared.register, first, None, units) == {}


def noted(**of: object) -> UnitAccount:
    account = UnitAccount(YOUTH)
    for name, value in of.items():
        setattr(account, name, value)
    return account


A, B = figure("9-1"), figure("9-2")


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (noted(), None),
        (noted(standing=Standing.REFUSED, problems=(found("", "打不开"),)), "打不开"),
        (noted(standing=Standing.HELD, problems=(found("", "整表待核"),)), "整表待核"),
        (noted(standing=Standing.ACCEPTED, problems=(found("", "打不开"),)), None),
        (noted(standing=Standing.REFUSED), None),
        (noted(standing=Standing.REFUSED, problems=(found("", "打不开"),), figures={A: Fraction(1)}), None),
        (noted(pending=[asked(CORRECTION, "c")]), "有更正待定"),
        (noted(figures={A: Doubt("x"), B: Doubt("y")}, typed={A}), "2处数字待核；办公室填写1处"),
        (noted(explained=frozenset({A, B})), "2处特殊数字已说明"),
    ],
)
def test_what_is_noted_of_a_unit(told: Told, account: UnitAccount, words: str | None) -> None:
    assert notes_of(told.plan, told.register, OCTOBER, None, {YOUTH: account}) == ({YOUTH: words} if words else {})


def test_a_form_of_another_period_is_noted_once(told: Told) -> None:
    sent = Return(file="a.xlsx", sha256="a", outcome=Outcome.ACCEPTED, unit=YOUTH, period=SEPTEMBER)
    others = (
        sent, sent._replace(file="b.xlsx"), sent._replace(unit="县妇联", certifies=True), sent._replace(unit="县妇联", period=OCTOBER),
        sent._replace(unit="县妇联", period=None), sent._replace(unit=None), sent._replace(unit=DISABLED),
    )
    told.meets(OCTOBER, day(3), *others)
    told.meets(SEPTEMBER, day(3), sent._replace(unit="县妇联"))
    came = {DISABLED: "11月3日收到的是9月的表"}
    assert notes_of(told.plan, told.register, OCTOBER, None, {}, came) == came | {YOUTH: f"送来的是{SEPTEMBER.label}的表"}


def goes_out(told: Told, unit: str, at: datetime) -> None:
    told.register.record([Issued(at=at, period=OCTOBER, unit=unit, sha256="f", file="f.xlsx", form="f", plan="p")])


def came(told: Told) -> dict[str, str]:
    missing = {name: UnitAccount(name) for name in (YOUTH, DISABLED)}
    return came_instead(told.plan, told.register, OCTOBER, None, missing)


def test_last_month_s_form_came_instead_if_this_month_s_had_gone_out(told: Told) -> None:
    sent = Return(file="a.xlsx", sha256="a", outcome=Outcome.ACCEPTED, unit=YOUTH, period=SEPTEMBER)
    told.meets(OCTOBER, day(1), sent)
    assert came(told) == {}
    goes_out(told, YOUTH, day(2))
    assert came(told) == {}
    told.meets(SEPTEMBER, day(2), sent)
    assert came(told) == {}
    told.meets(OCTOBER, day(2), sent)
    assert came(told) == {YOUTH: "11月2日收到的是9月的表"}
    told.meets(OCTOBER, day(4), sent, Return(file="b.xlsx", sha256="b", outcome=Outcome.EMPTY, unit=YOUTH, period=OCTOBER))
    assert came(told) == {YOUTH: "11月4日收到的是9月的表，11月4日收到的是空表"}
    told.is_received("b", day(3), day(5))
    assert came(told) == {YOUTH: "11月4日收到的是9月的表，11月3日收到的是空表"}


def test_a_parcel_in_the_folder_of_a_unit_came_instead(told: Told) -> None:
    """Whose it is cannot be seen inside of it, and is not guessed by its name."""
    problem = files.PACKED.problem(reason="是rar 压缩包")
    one = Return(file=f"{YOUTH}/10月.rar", sha256="r", outcome=Outcome.UNRECOGNISED, problems=(problem,))
    told.meets(OCTOBER, day(1), one)
    assert came(told) == {}
    for unit in (YOUTH, DISABLED):
        goes_out(told, unit, day(2))
    broken = one._replace(file=f"{DISABLED}/a.xlsx", problems=(files.BROKEN.problem(reason="坏了"),))
    told.meets(OCTOBER, day(3), broken, one._replace(file=f"{DISABLED}.rar", sha256="s"), one._replace(file="夹/b.rar", sha256="t"))
    assert came(told) == {}
    told.meets(OCTOBER, day(4), one._replace(file=f"{YOUTH}/补/内.zip/b.7z"))
    told.meets(SEPTEMBER, day(5), one)
    assert came(told) == {YOUTH: "11月4日收到的是压缩包"}


def test_the_first_going_out_counts(told: Told) -> None:
    goes_out(told, YOUTH, day(2))
    goes_out(told, YOUTH, day(8))
    told.meets(OCTOBER, day(3), Return(file="a.xlsx", sha256="a", outcome=Outcome.ACCEPTED, unit=YOUTH, period=SEPTEMBER))
    assert came(told) == {YOUTH: "11月3日收到的是9月的表"}


def test_what_is_no_return_did_not_come_instead(told: Told) -> None:
    sent = Return(file="a.xlsx", sha256="a", outcome=Outcome.ACCEPTED, unit=YOUTH, period=SEPTEMBER)
    goes_out(told, YOUTH, day(2))
    told.meets(
        OCTOBER, day(3), sent._replace(certifies=True), sent._replace(period=None), sent._replace(outcome=Outcome.ATTACHMENT),
        sent._replace(period=OCTOBER), sent._replace(unit="县妇联"), sent._replace(unit=None), sent._replace(unit=DISABLED),
        sent._replace(unit="县妇联", period=OCTOBER, outcome=Outcome.EMPTY),
    )  # fmt: skip
    assert came(told) == {}


def test_of_a_unit_that_reported_nothing_came_instead(told: Told) -> None:
    told.meets(OCTOBER, day(3), Return(file="b.xlsx", sha256="b", outcome=Outcome.EMPTY, unit=YOUTH, period=OCTOBER))
    assert came_instead(told.plan, told.register, OCTOBER, None, {YOUTH: noted(standing=Standing.HELD)}) == {}
