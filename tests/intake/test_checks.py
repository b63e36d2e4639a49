"""The rules hold what they are about, and only that; a 说明 explains; a rule that crashes passes nothing."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.values import Content, Doubt, Figure
from minsheng_xl.books.package.read import RawSheet
from minsheng_xl.exact.expressions import Const, Expr, Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import look
from minsheng_xl.forms.identity import UNIT_CELL
from minsheng_xl.forms.layout import Check, Input, Sheet
from minsheng_xl.forms.rows import FormRow, form_rows
from minsheng_xl.intake.checks import checked
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import IssuedForm, Placement
from minsheng_xl.intake.reading import Answers
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.rules import course, numbers, ratios, size, texts
from minsheng_xl.rules.model import Rule
from tests.intake.pages import number
from tests.makers import figure, word

PLAN, OCTOBER = Plan.built_in(sample=True), Period.parse("2022-10")
ROWS = {
    row.indicator.code: row
    for unit in ("县人力资源和社会保障局", "县卫生健康委", "县交通运输局")
    for row in form_rows(PLAN, unit, OCTOBER)
}
NEW_JOBS, SKILLED, SCREENED, RATIO_OF_OFFICE = ROWS["1-1"], ROWS["1-2"], ROWS["7-4"], ROWS["4-3"]
FIGURE, OTHER, WHY = figure("1-1"), figure("1-2"), figure("1-1", "explanation")
NUMERATOR, DENOMINATOR = figure("7-4", "numerator"), figure("7-4", "denominator")
FIXED = figure("4-3", "denominator")
TRUE, FALSE = Const(True), Const(False)
CRASHES: list[Expr] = [Const("文字") + 1 > 2, Sheet("form", "").ref(figure("9-9", "target")) > 2]
"""A text reckoned with, and a row that is not there."""


def layout(*checks: Check) -> Sheet:
    form = Sheet("form", "填报表")
    for row, key in enumerate((FIGURE, OTHER, NUMERATOR, DENOMINATOR, figure("4-3", "numerator"))):
        form.put(row, 0, None, look.BODY, key=key, input=Input("number"))
    form.put(4, 1, Fraction(555), look.BODY, key=FIXED)
    form.put(0, 1, None, look.BODY, key=WHY, input=Input("words"))
    form.put(5, 0, "县人力资源和社会保障局", look.BODY, key=UNIT_CELL)
    form.checks += checks
    return form


def apply(
    *checks: Check, figures: Mapping[Key, Figure], words: Mapping[Key, str] | None = None,
    before: Mapping[str, Value] | None = None, came_back: RawSheet | None = None, struck: frozenset[Key] = frozenset(),
) -> tuple[Content, list[Problem]]:
    answers = Answers()
    answers.figures.update(figures)
    answers.words.update(words or {})
    answers.struck.update(struck)
    sheet = RawSheet("填报表", {})
    return checked(Page(IssuedForm(layout(*checks), sheet), came_back or sheet, Placement({}, {})), answers, before or {})


def check(rule: Rule, condition: Expr = TRUE, row: FormRow | None = NEW_JOBS, *keys: Key) -> Check:
    return Check(rule, keys or (FIGURE,), condition, row)


def told(problems: list[Problem]) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.cell, one.seen, one.expected) for one in problems]


@pytest.mark.parametrize("condition", CRASHES)
def test_a_rule_that_crashes_holds_its_figure(condition: Expr) -> None:
    with pytest.raises((ValueError, StopIteration, AssertionError)):
        condition.value()
    content, problems = apply(check(numbers.NEGATIVE, condition), figures={FIGURE: Fraction(106)})
    assert content.figures == {FIGURE: Doubt("106")}
    assert [(one.code, one.severity, one.key) for one in problems] == [("figure-negative", Severity.HOLD, FIGURE)]


def test_a_rule_that_crashes_hides_no_other() -> None:
    checks = [check(numbers.NEGATIVE, CRASHES[0]), check(numbers.NEGATIVE, TRUE, SKILLED, OTHER)]
    content, problems = apply(*checks, figures={FIGURE: Fraction(1), OTHER: Fraction(2)})
    assert content.figures == {FIGURE: Doubt("1"), OTHER: Doubt("2")}
    assert [one.key for one in problems] == [FIGURE, OTHER]


def test_a_rule_that_does_not_fire_says_nothing() -> None:
    content, problems = apply(check(numbers.NEGATIVE, FALSE), figures={FIGURE: Fraction(106)})
    assert (content.figures, problems) == ({FIGURE: Fraction(106)}, [])


def test_a_rule_reads_the_figure_as_it_was_read() -> None:
    form = layout()
    below_zero = check(numbers.NEGATIVE, form.ref(FIGURE) < 0)
    assert apply(below_zero, figures={FIGURE: Fraction(106)})[1] == []
    assert told(apply(below_zero, figures={FIGURE: Fraction(-1)})[1]) == [("figure-negative", "A1", "-1", "")]


def test_a_reason_in_the_row_makes_a_doubt_a_remark() -> None:
    unusual = check(course.INCREMENT_TYPED)
    before: dict[str, Value] = {"1-1": Fraction(26800)}
    figures: dict[Key, Figure] = {FIGURE: Fraction(1310)}
    content, problems = apply(unusual, figures=figures, words={WHY: "  上期误报，已核减 "}, before=before)
    assert (content.figures, content.explained) == ({FIGURE: Fraction(1310)}, {FIGURE})
    assert [one.severity for one in problems] == [Severity.NOTE]
    assert problems[0].message.endswith("已说明：上期误报，已核减")
    assert told(problems) == [("increment-typed", "A1", "1310", "26800")]


@pytest.mark.parametrize("reason", ["", " ", "无", "同上", "——"])
def test_a_box_that_was_only_filled_is_no_reason(reason: str) -> None:
    content, problems = apply(check(course.INCREMENT_TYPED), figures={FIGURE: Fraction(1310)}, words={WHY: reason})
    assert (content.figures, content.explained) == ({FIGURE: Doubt("1310")}, frozenset())
    assert [one.severity for one in problems] == [Severity.HOLD]


def test_a_reason_that_is_struck_out_is_none() -> None:
    words, struck = {WHY: "上期误报，已核减"}, frozenset({WHY})
    content, _ = apply(check(course.INCREMENT_TYPED), figures={FIGURE: Fraction(1310)}, words=words, struck=struck)
    assert content.figures == {FIGURE: Doubt("1310")}


def test_no_reason_explains_a_negative_number() -> None:
    content, problems = apply(check(numbers.NEGATIVE), figures={FIGURE: Fraction(-1)}, words={WHY: "上期误报，已核减"})
    assert (content.figures, problems[0].severity) == ({FIGURE: Doubt("-1")}, Severity.HOLD)


def test_a_remark_leaves_the_figure() -> None:
    content, problems = apply(check(size.JUMP), figures={FIGURE: Fraction(5)}, before={"1-1": Fraction(1)})
    assert (content.figures, content.explained) == ({FIGURE: Fraction(5)}, frozenset())
    assert [(one.severity, one.expected) for one in problems] == [(Severity.NOTE, "1")]


@pytest.mark.parametrize("rule", [numbers.NOT_NUMBER, numbers.NOT_CHOICE])
def test_what_the_cell_said_by_itself_is_not_said_twice(rule: Rule) -> None:
    assert apply(check(rule), figures={FIGURE: Fraction(106)})[1] == []


def test_what_is_in_doubt_already_is_not_compared() -> None:
    doubtful: dict[Key, Figure] = {FIGURE: Doubt("约十")}
    assert apply(check(course.INCREMENT_TYPED), check(numbers.NEGATIVE), figures=doubtful)[1] == []
    assert apply(check(texts.LONG, TRUE, None), figures=doubtful)[1] == []
    assert apply(check(course.INCREMENT_TYPED), figures={})[1] == []


def test_half_a_ratio_holds_the_blank_half() -> None:
    half = check(ratios.HALF, TRUE, SCREENED, NUMERATOR, DENOMINATOR)
    content, problems = apply(half, figures={NUMERATOR: Fraction(98)})
    assert (content.figures, content.halves) == ({NUMERATOR: Fraction(98)}, {DENOMINATOR})
    assert [(one.severity, one.key, one.cell) for one in problems] == [(Severity.HOLD, DENOMINATOR, "A4")]
    assert apply(half, figures={})[1] == [], "nothing is stated yet"


def test_both_cells_of_a_ratio_are_held_together() -> None:
    more = check(ratios.NUMERATOR_EXCEEDS, TRUE, SCREENED, NUMERATOR, DENOMINATOR)
    content, problems = apply(more, figures={NUMERATOR: Fraction(171), DENOMINATOR: Fraction(170)})
    assert content.figures == {NUMERATOR: Doubt("171"), DENOMINATOR: Doubt("170")}
    assert told(problems) == [("numerator-exceeds", "A3", "171 / 170", "170")]


def test_the_offices_denominator_is_read_where_it_stands() -> None:
    """It is locked: what stands in its cell now is compared, and the message says both."""
    form = layout()
    changed = check(ratios.DENOMINATOR_CHANGED, form.ref(FIXED).equals(555).equals(False), RATIO_OF_OFFICE, figure("4-3", "numerator"))
    figures: dict[Key, Figure] = {figure("4-3", "numerator"): Fraction(400)}
    assert apply(changed, figures=figures, came_back=RawSheet("填报表", {(4, 1): number("555.0")}))[1] == []
    for content, seen in ((number("444"), "444"), (None, "空")):
        came_back = RawSheet("填报表", {} if content is None else {(4, 1): content})
        assert [(one.seen, one.expected) for one in apply(changed, figures=figures, came_back=came_back)[1]] == [(seen, "555")]


def test_a_part_is_compared_with_its_whole_after_the_whole_was_judged() -> None:
    form = layout()
    exceeds = check(course.CHILD_EXCEEDS, form.ref(figure("1-1", "doubt")).equals("待核"), SKILLED, OTHER)
    content, problems = apply(exceeds, check(numbers.NEGATIVE), figures={FIGURE: Fraction(-1), OTHER: Fraction(5)})
    assert [one.code for one in problems] == ["figure-negative", "child-exceeds"]
    assert content.figures == {FIGURE: Doubt("-1"), OTHER: Doubt("5")}


def test_words_are_handed_on() -> None:
    words = {word(1, "progress"): "已开工"}
    assert apply(figures={}, words=words)[0] == Content({}, words)
