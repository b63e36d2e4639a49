"""How a year ended: the last accepted figures, their files, and what the certifiers said of them."""

from datetime import datetime
from fractions import Fraction

from minsheng_xl import Period
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Content, Doubt, Outcome
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.year_end import stood
from minsheng_xl.year.entries import Judged
from tests.ledger.journals import Told
from tests.makers import figure

AGED, YOUTH, HEALTH, BUREAU = "县民政局", "团县委", "县卫生健康委", "县统计局"
AUGUST, SEPTEMBER, OCTOBER = (Period(2022, month) for month in (8, 9, 10))


def day(month: int, number: int) -> datetime:
    return datetime(2022, month, number, 10)


def certifies(told: Told, period: Period, opinion: str, value: Fraction | None, at: datetime, code: str = "6-4") -> None:
    """The certifier's form of a period says something of an indicator."""
    key = Key("certify", code, "figure")
    words = {Key("certify", code, "opinion"): opinion}
    figures = {key: value} if value is not None else {}
    one = Return(
        file=f"认定{period}.xlsx", sha256="c" * 64, outcome=Outcome.ACCEPTED, unit=BUREAU, period=period,
        content=Content(dict(figures), words), certifies=True,
    )  # fmt: skip
    told.register.record([Judged(at, told.register.next_run(), at, one, {})])


def test_the_last_period_with_a_trusted_figure_gives_it(told: Told) -> None:
    told.comes(AGED, AUGUST, {figure("6-4"): Fraction(70000)}, day(9, 3), file="八.xlsx")
    told.comes(AGED, SEPTEMBER, {figure("6-4"): Fraction(71000)}, day(10, 3), file="九.xlsx")
    told.comes(AGED, OCTOBER, {figure("6-4"): Doubt("约7万")}, day(11, 3), outcome=Outcome.HELD)
    found = stood(told.plan, told.register, told.plan.periods)
    assert set(found) == {"6-4"}
    one = found["6-4"]
    assert (one.value, one.period, one.files, one.is_corrected, one.certified_value) == (71000, SEPTEMBER, ("九.xlsx",), False, None)
    assert stood(told.plan, told.register, [AUGUST])["6-4"].value == 70000
    assert stood(told.plan, told.register, []) == {}


def test_what_accumulates_is_there_only_where_it_was_reported(told: Told) -> None:
    assert stood(told.plan, told.register, [Period(2022, 1)]) == {}


def test_both_files_of_a_ratio_are_named_and_a_milestone_is_its_word(told: Told) -> None:
    told.comes(HEALTH, SEPTEMBER, {figure("7-5", "numerator"): Fraction(1), figure("7-5", "denominator"): Fraction(3)}, day(10, 3), file="一.xlsx")
    told.types(HEALTH, SEPTEMBER, {figure("7-5", "numerator"): Fraction(2)}, day(10, 4))
    told.comes(YOUTH, SEPTEMBER, {figure("9-3"): "否"}, day(10, 3))
    found = stood(told.plan, told.register, told.plan.periods)
    assert (found["7-5"].value, found["7-5"].files) == (Fraction(2, 3), ("办公室填写", "一.xlsx"))
    assert found["9-3"].value == "否"


def test_a_correction_after_the_closing_counts(told: Told) -> None:
    told.comes(AGED, SEPTEMBER, {figure("6-4"): Fraction(71000)}, day(10, 3))
    told.closes(SEPTEMBER, day(10, 9))
    told.comes(AGED, SEPTEMBER, {figure("6-4"): Fraction(70900)}, day(10, 12), file="更正.xlsx")
    one = stood(told.plan, told.register, told.plan.periods)["6-4"]
    assert (one.value, one.is_corrected, one.files) == (70900, True, ("更正.xlsx",))


def test_the_certified_figure_counts_unless_it_is_of_an_earlier_period(told: Told) -> None:
    told.comes(AGED, AUGUST, {figure("6-4"): Fraction(70000)}, day(9, 3))
    certifies(told, AUGUST, "核减", Fraction(69000), day(9, 8))
    one = stood(told.plan, told.register, told.plan.periods)["6-4"]
    assert (one.certified_value, one.certified_in) == (69000, AUGUST)
    told.comes(AGED, SEPTEMBER, {figure("6-4"): Fraction(71000)}, day(10, 3))
    later = stood(told.plan, told.register, told.plan.periods)["6-4"]
    assert (later.certified_value, later.certified_in, later.period) == (None, AUGUST, SEPTEMBER)
    certifies(told, OCTOBER, "核减", Fraction(70500), day(11, 8))
    assert stood(told.plan, told.register, told.plan.periods)["6-4"].certified_value == 70500


def test_the_last_word_of_the_certifier_counts_even_without_a_figure(told: Told) -> None:
    told.comes(AGED, AUGUST, {figure("6-4"): Fraction(70000)}, day(9, 3))
    certifies(told, AUGUST, "核减", Fraction(69000), day(9, 8))
    certifies(told, SEPTEMBER, "待补证", None, day(10, 8))
    one = stood(told.plan, told.register, told.plan.periods)["6-4"]
    assert one.certified is not None
    assert (one.certified_value, one.certified.opinion) == (None, "待补证")
