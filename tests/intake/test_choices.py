"""Words chosen instead of figures: taken where they can be meant, held where they cannot."""

import io
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Doubt, Outcome
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.left import Left
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.originals import NoEvidence
from minsheng_xl.plan.model import Coverage, Exemption
from tests.makers import figure

JANUARY, OCTOBER, DECEMBER = (Period.parse(f"2022-{month}") for month in ("01", "10", "12"))
HEALTH, YOUTH, CIVIL = "县卫生健康委", "团县委", "县民政局"
SAME, NOT = "与上期相同", "本期不涉及"
LAST: dict[str | Key, Value] = {
    "9-1": Fraction(10), "9-2": Fraction(48), "9-3": "否", "6-4": Fraction(76300), "7-1": Fraction(13000),
    "7-4": Fraction(148, 150), figure("7-4", "numerator"): Fraction(148), figure("7-4", "denominator"): Fraction(150),
    "6-5": Fraction(3, 4), figure("6-5", "numerator"): Fraction(3),
}
SHUT = Exemption((Period.parse("2022-07"), OCTOBER, DECEMBER), "场地维修（县政府第8次会议）")


def changed(code: str, **fields: object) -> Plan:
    plan = Plan.built_in(sample=True)
    return plan.having(indicators=tuple(i._replace(**fields) if i.code == code else i for i in plan.indicators))  # type: ignore[arg-type]


class Dressed(NamedTuple):
    """What a person sees of a text."""

    text: str
    font: Font = Font()
    comment: str = ""


STRUCK, WHITE = Dressed(SAME, Font(strike=True)), Dressed(SAME, Font(color="FFFFFFFF"))
PLAN, MONTHLY, EXEMPT = changed(""), changed("9-1", span=Coverage.WITHIN), changed("9-1", exemption=SHUT)
Last = Mapping[str | Key, Value]


def split(last: Last) -> tuple[dict[str, Value], dict[Key, Value]]:
    codes = {code: value for code, value in last.items() if isinstance(code, str)}
    return codes, {key: value for key, value in last.items() if isinstance(key, Key)}


class Known(NoEvidence):
    """What the form was issued with, and what is known by now."""

    def __init__(self, sent: bytes, now: Last) -> None:
        self.sent, (self._before, self._parts) = sent, split(now)

    def issued(self, unit: str, period: Period, form: str) -> bytes:
        return self.sent

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return self._before

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        return self._parts


def judged(
    unit: str, cells: Mapping[Key, object], *, plan: Plan = PLAN, period: Period = OCTOBER, shown: Last = LAST,
    now: Last | None = None, merged: tuple[Key, Key] | None = None,
) -> Return:
    before, parts = split(shown)
    sent = write_book(unit_book(plan, plan.unit(unit), period, before, left=Left(parts=parts)))
    form, stream = unit_form(plan, plan.unit(unit), period, {}), io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(sent))
    for key, content in cells.items():
        cell = book["填报表"][form.address(key)]
        cell.value = content.text if isinstance(content, Dressed) else content
        if isinstance(content, Dressed):
            cell.font, cell.comment = content.font, Comment(content.comment, "") if content.comment else None
    if merged is not None:
        book["填报表"].merge_cells(":".join(map(form.address, merged)))
    book.save(stream)
    return Judge(plan, Known(sent, shown if now is None else now)).judge("x.xlsx", "0", stream.getvalue())


def choice(code: str, word: str = SAME) -> dict[Key, object]:
    return {figure(code, "choice"): word}


TAKEN = [
    (YOUTH, choice("9-1"), {figure("9-1"): Fraction(10)}),
    (YOUTH, choice("9-3"), {figure("9-3"): "否"}),
    (YOUTH, choice("9-1") | {figure("9-1"): 10}, {figure("9-1"): Fraction(10)}),
    (YOUTH, choice("9-1", f" {SAME} "), {figure("9-1"): Fraction(10)}),
    (YOUTH, choice("9-1", "与上期 相同\u200b"), {figure("9-1"): Fraction(10)}),
    (CIVIL, choice("6-4"), {figure("6-4"): Fraction(76300)}),
    (CIVIL, choice("6-5"), {figure("6-5", "numerator"): Fraction(3)}),
    (HEALTH, choice("7-4"), {figure("7-4", "numerator"): Fraction(148), figure("7-4", "denominator"): Fraction(150)}),
    (HEALTH, choice("7-4") | {figure("7-4", "numerator"): 148}, {
        figure("7-4", "numerator"): Fraction(148), figure("7-4", "denominator"): Fraction(150),
    }),
    (HEALTH, choice("7-4") | {figure("7-1"): 13100}, {
        figure("7-4", "numerator"): Fraction(148), figure("7-4", "denominator"): Fraction(150), figure("7-1"): Fraction(13100),
    }),
]


@pytest.mark.parametrize(("unit", "cells", "expected"), TAKEN)
def test_the_last_figure_is_taken(unit: str, cells: dict[Key, object], expected: dict[Key, object]) -> None:
    found = judged(unit, cells)
    assert found.outcome is Outcome.ACCEPTED, list(map(str, found.problems))
    assert found.content is not None
    assert found.content.figures == expected
    assert {found.content.words[key] for key in cells if key.is_choice} == {SAME}
    assert [p for p in found.problems if p.code == "same-as-last"] == []


NONE: Last = {}
TYPED_OVER: dict[Key, object] = {figure("9-1", "previous"): 12}
WITHOUT_PARTS = {code: value for code, value in LAST.items() if isinstance(code, str)}
HELD: list[tuple[str, str, dict[Key, object], dict[str, object]]] = [
    ("confirmed-other", YOUTH, choice("9-1") | {figure("9-1"): 11}, {}),
    ("confirmed-other", YOUTH, choice("9-1") | {figure("9-1"): 11, figure("9-1", "explanation"): "经核实情况属实"}, {}),
    ("confirmed-other", YOUTH, choice("9-3") | {figure("9-3"): "是"}, {}),
    ("confirmed-other", HEALTH, choice("7-4") | {figure("7-4", "denominator"): 151}, {}),
    ("confirmed-nothing", YOUTH, choice("9-1"), {"shown": NONE}),
    ("confirmed-nothing", HEALTH, choice("7-4"), {"shown": WITHOUT_PARTS}),
    ("confirmed-changed", YOUTH, choice("9-1"), {"now": {**LAST, "9-1": Fraction(11)}}),
    ("confirmed-changed", YOUTH, choice("9-1"), {"shown": NONE, "now": LAST}),
    ("confirmed-changed", YOUTH, choice("9-1") | TYPED_OVER, {}),
    ("confirmed-changed", HEALTH, choice("7-4"), {"now": {**LAST, figure("7-4", "denominator"): Fraction(160)}}),
    ("confirmed-unfit", YOUTH, choice("9-1"), {"plan": MONTHLY}),
    ("confirmed-unfit", YOUTH, choice("9-1"), {"period": JANUARY, "shown": {"9-1": Fraction(0)}}),
    ("exempt-unfit", YOUTH, choice("9-1", NOT), {}),
    ("exempt-unfit", YOUTH, choice("9-1", NOT), {"plan": EXEMPT, "period": Period.parse("2022-08")}),
    ("exempt-entered", YOUTH, choice("9-1", NOT) | {figure("9-1"): 12}, {"plan": EXEMPT}),
    ("choice-unseen", YOUTH, {figure("9-1", "choice"): STRUCK}, {}),
    ("choice-unseen", HEALTH, {figure("7-4", "choice"): WHITE}, {}),
    ("figure-corrected", YOUTH, {figure("9-1", "choice"): Dressed(SAME, comment="13")}, {}),
    ("figure-corrected", YOUTH, choice("9-1") | {figure("9-1", "explanation"): "实际为13"}, {}),
    ("choice-misplaced", YOUTH, {figure("9-1"): SAME}, {}),
    ("choice-misplaced", YOUTH, {figure("9-3"): SAME}, {}),
    ("choice-misplaced", HEALTH, {figure("7-4", "numerator"): SAME}, {}),
    ("figure-not-number", YOUTH, {figure("9-1"): SAME}, {"plan": MONTHLY}),  # which has no place for the word
]


@pytest.mark.parametrize(("code", "unit", "cells", "beside"), HELD)
def test_what_cannot_be_meant_is_held(
    code: str, unit: str, cells: dict[Key, object], beside: dict[str, object]
) -> None:
    found = judged(unit, cells, **beside)  # type: ignore[arg-type]
    assert found.outcome is Outcome.HELD
    assert code in [p.code for p in found.problems], list(map(str, found.problems))
    assert found.content is not None
    row = {key: one for key, one in found.content.figures.items() if key.of == next(iter(cells)).of}
    assert row
    assert all(isinstance(one, Doubt) for one in row.values())


def test_a_row_that_the_plan_lets_off_does_not_apply() -> None:
    found = judged(YOUTH, choice("9-1", NOT), plan=EXEMPT)
    assert found.outcome is Outcome.ACCEPTED
    assert found.content is not None
    assert found.content.figures == {figure("9-1"): NOT}


def test_in_the_last_period_such_a_row_is_unreported() -> None:
    """Doubt must not pay more than silence: it is 未报, which counts as nothing, not 待核."""
    found = judged(YOUTH, choice("9-1", NOT) | {figure("9-2"): 61}, plan=EXEMPT, period=DECEMBER)
    assert found.content is not None
    assert (found.outcome, found.content.figures) == (Outcome.ACCEPTED, {figure("9-2"): Fraction(61)})
    assert figure("9-1", "choice") not in found.content.words
    assert "exempt-due" in [p.code for p in found.problems]


@pytest.mark.parametrize("word", ["上月一样", "同上", "不涉及", "/", "13"])
def test_another_word_is_no_guess_and_no_blank(word: str) -> None:
    """未报 would be counted as nothing, though something was said."""
    found = judged(YOUTH, choice("9-1", word) | {figure("9-2"): 50})
    assert found.content is not None
    assert found.content.figures == {figure("9-1"): Doubt(word), figure("9-2"): Fraction(50)}
    assert found.content.words[figure("9-1", "choice")] == word
    told = {p.code: p.message for p in found.problems}
    assert told["choice-unknown"] == f"“没有新数时选”栏里写的是“{word}”，不是可以选的词，列为待核，不计入"
    assert "choice-not-listed" not in told


def test_of_a_ratio_another_word_holds_what_is_entered() -> None:
    found = judged(HEALTH, choice("7-4", "同上"))
    assert found.content is not None
    assert found.content.figures == {figure("7-4", "numerator"): Doubt("同上")}


@pytest.mark.parametrize(("word", "codes"), [("同上", ["choice-not-listed"]), ("11", ["choice-not-listed"]), ("13", ["choice-unknown"])])
def test_beside_a_figure_only_another_number_holds_it(word: str, codes: list[str]) -> None:
    found = judged(YOUTH, choice("9-1", word) | {figure("9-1"): 11})
    assert found.content is not None
    assert found.content.figures == {figure("9-1"): Doubt("11") if "unknown" in codes[0] else Fraction(11)}
    assert [p.code for p in found.problems if p.code.startswith("choice-")] == codes


def test_a_long_word_is_cut_before_it_stands_in_the_place_of_a_figure() -> None:
    found = judged(YOUTH, choice("9-1", "无" * 1000))
    assert found.content is not None
    assert found.content.figures == {figure("9-1"): Doubt("无" * 200)}
    assert found.content.words == {figure("9-1", "choice"): "无" * 200}


def test_another_word_that_is_struck_out_says_nothing() -> None:
    found = judged(YOUTH, {figure("9-1", "choice"): Dressed("同上", Font(strike=True)), figure("9-2"): 50})
    assert found.content is not None
    assert found.content.figures == {figure("9-2"): Fraction(50)}


OFFERED = [
    (PLAN, OCTOBER, "9-1", (SAME,)), (PLAN, JANUARY, "9-1", None), (PLAN, JANUARY, "9-3", (SAME,)),
    (MONTHLY, OCTOBER, "9-1", None), (EXEMPT, OCTOBER, "9-1", (SAME, NOT)), (EXEMPT, DECEMBER, "9-1", (SAME,)),
    (EXEMPT, OCTOBER, "9-2", (SAME,)),
]


@pytest.mark.parametrize(("plan", "period", "code", "words"), OFFERED)
def test_only_what_can_be_meant_is_offered(plan: Plan, period: Period, code: str, words: tuple[str, ...] | None) -> None:
    accepts = unit_form(plan, plan.unit(YOUTH), period, {}).cell(figure(code, "choice")).input
    assert (accepts.choices if accepts else None) == words


def form_says(cells: dict[Key, object], plan: Plan = PLAN) -> tuple[object, ...]:
    before, parts = split(LAST)
    sheet = unit_form(plan, plan.unit(YOUTH), OCTOBER, before, cells, left=Left(parts=parts))  # type: ignore[arg-type]
    book = Book([sheet], {})
    names = ("increase", "rate", "status", "check", "filled")
    return tuple(book.value(sheet, sheet.cell(figure("9-1", name))) for name in names)


def test_the_form_reckons_with_the_last_figure() -> None:
    """9-1 asks for 12, of which 10 stand: 83.3 %, by the end of October on pace; nothing is added to the checksum."""
    assert form_says(choice("9-1")) == (0, Fraction(833, 1000), "● 按序时", "", 1)
    assert form_says(choice("9-1") | {figure("9-1"): Fraction(11)})[3] == "选了“与上期相同”，又填了另一个数"
    assert form_says({}) == ("", "", "○ 未报", "", 0)
    assert form_says(choice("9-1", NOT), EXEMPT) == ("—", "", "／ 不涉及", "", 1)
    assert form_says(choice("9-1", NOT) | {figure("9-1"): Fraction(1)}, EXEMPT)[3] == "选了“本期不涉及”，又填了数"
    shown = form_says({figure("9-1"): NOT, figure("9-1", "choice"): NOT}, EXEMPT)
    assert shown == ("—", "", "／ 不涉及", "", 1)  # as the master writes it: nothing to object to


def test_a_word_over_several_rows_holds_each_of_them() -> None:
    found = judged(YOUTH, choice("9-1"), merged=(figure("9-1", "choice"), figure("9-2", "choice")))
    assert found.content is not None
    assert found.content.figures == {figure("9-1"): Doubt(SAME), figure("9-2"): Doubt(SAME)}


def test_a_word_that_is_struck_out_says_nothing_beside_a_figure() -> None:
    found = judged(YOUTH, {figure("9-1", "choice"): STRUCK, figure("9-1"): 11})
    assert found.content is not None
    assert (found.content.figures, found.content.words) == ({figure("9-1"): Fraction(11)}, {})


@pytest.mark.parametrize(("given", "total"), [
    ({figure("9-1"): Fraction(10), figure("9-2"): Fraction(50)}, 60),
    ({figure("9-1"): Fraction(10), **choice("9-1"), figure("9-2"): Fraction(50)}, 50),  # as the master holds it
    ({**choice("9-1"), figure("9-2"): Fraction(50)}, 50),
])
def test_what_is_confirmed_is_not_in_the_checksum(given: dict[Key, object], total: int) -> None:
    sheet = unit_form(PLAN, PLAN.unit(YOUTH), OCTOBER, split(LAST)[0], given)  # type: ignore[arg-type]
    assert Book([sheet], {}).value(sheet, sheet.cell(Key("foot", "form", "checksum"))) == total
