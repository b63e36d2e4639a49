"""What several returns of one unit come to, case by case."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from itertools import permutations

import pytest

from minsheng_xl.accounts.fold import Ruling, settle_unit
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import Content, Doubt, Figure, Outcome, Standing, Taken, Typed
from minsheng_xl.exact.keys import Key
from minsheng_xl.figures.definitions import NOT_APPLICABLE

A = Key("figure", "1-1", "reported")
B = Key("figure", "1-2", "reported")
NOTE = Key("word", "1", "progress")
ONE, TWO = Fraction(1), Fraction(2)


def returned(run: int, file: str = "", words: str = "", **figures: Figure) -> Taken:
    keys = {"a": A, "b": B}
    content = Content({keys[k]: v for k, v in figures.items()}, {NOTE: words} if words else {})
    name = file or f"{run}.xlsx"
    return Taken(file=name, sha256=name, received=datetime(2022, 11, run), run=run, content=content)


def refused(run: int) -> Taken:
    return Taken(file=f"{run}.xlsx", sha256=f"{run}", received=datetime(2022, 11, run), run=run, content=None)


def outcomes(account: UnitAccount) -> list[Outcome]:
    return list(account.outcomes.values())


CASES = {
    "nothing came": ([], Standing.MISSING, {}, []),
    "one sound": ([returned(1, a=ONE)], Standing.ACCEPTED, {A: ONE}, [Outcome.ACCEPTED]),
    "one doubtful": ([returned(1, a=ONE, b=Doubt("约2"))], Standing.HELD, {A: ONE, B: Doubt("约2")}, [Outcome.HELD]),
    "one refused": ([refused(1)], Standing.REFUSED, {}, [Outcome.REFUSED]),
    "the same again": ([returned(1, a=ONE), returned(2, a=ONE)], Standing.ACCEPTED, {A: ONE}, [Outcome.ACCEPTED, Outcome.DUPLICATE]),
    "two hands filled two halves": ([returned(1, a=ONE), returned(2, b=TWO)], Standing.ACCEPTED, {A: ONE, B: TWO}, [Outcome.ACCEPTED, Outcome.ACCEPTED]),
    "two halves in one run": ([returned(1, "x", a=ONE), returned(1, "y", b=TWO)], Standing.ACCEPTED, {A: ONE, B: TWO}, [Outcome.ACCEPTED, Outcome.ACCEPTED]),
    "differs after accepted": ([returned(1, a=ONE), returned(2, a=TWO)], Standing.ACCEPTED, {A: ONE}, [Outcome.ACCEPTED, Outcome.HELD]),
    "doubtful after accepted": ([returned(1, a=ONE), returned(2, a=Doubt("x"))], Standing.ACCEPTED, {A: ONE}, [Outcome.ACCEPTED, Outcome.HELD]),
    "supersedes after held": ([returned(1, a=ONE, b=Doubt("x")), returned(2, a=TWO, b=TWO)], Standing.ACCEPTED, {A: TWO, B: TWO}, [Outcome.HELD, Outcome.ACCEPTED]),
    "still doubtful": ([returned(1, a=Doubt("x")), returned(2, a=Doubt("y"))], Standing.HELD, {A: Doubt("y")}, [Outcome.HELD, Outcome.HELD]),
    "supersedes after refused": ([refused(1), returned(2, a=ONE)], Standing.ACCEPTED, {A: ONE}, [Outcome.REFUSED, Outcome.ACCEPTED]),
    "refused after accepted": ([returned(1, a=ONE), refused(2)], Standing.ACCEPTED, {A: ONE}, [Outcome.ACCEPTED, Outcome.REFUSED]),
    "two that differ in one run": ([returned(1, "x", a=ONE, b=TWO), returned(1, "y", a=TWO, b=TWO)], Standing.HELD, {A: Doubt("1 / 2"), B: TWO}, [Outcome.HELD, Outcome.HELD]),
}


@pytest.mark.parametrize("name", CASES)
def test_returns(name: str) -> None:
    taken, standing, figures, ended = CASES[name]
    account = settle_unit("县民政局", taken)
    assert account.standing is standing
    assert account.figures == figures
    assert outcomes(account) == ended
    doubtful = any(isinstance(f, Doubt) for f in account.figures.values())
    assert (standing is Standing.HELD) == doubtful


_LEAD = {
    "words alone": ([returned(1, words="已开工")], Standing.MISSING, [Outcome.WORDS], None),
    "words, and figures behind them": ([returned(1, words="已开工"), returned(3, a=ONE)], Standing.ACCEPTED, [Outcome.WORDS, Outcome.ACCEPTED], 3),
    "figures, and words behind them": ([returned(2, a=ONE), returned(3, words="已完工")], Standing.ACCEPTED, [Outcome.ACCEPTED, Outcome.WORDS], 2),
    "words and figures at once": ([returned(2, "x", words="已开工"), returned(2, "y", a=ONE)], Standing.ACCEPTED, [Outcome.WORDS, Outcome.ACCEPTED], 2),
    "words with a figure": ([returned(1, words="已开工", a=ONE)], Standing.ACCEPTED, [Outcome.ACCEPTED], 1),
    "words with a doubtful figure": ([returned(1, words="已开工", a=Doubt("约3"))], Standing.HELD, [Outcome.HELD], 1),
    "words with a choice": ([returned(1, words="放暑假", a=NOT_APPLICABLE)], Standing.ACCEPTED, [Outcome.ACCEPTED], 1),
    "words after a refusal": ([refused(1), returned(2, words="已开工")], Standing.REFUSED, [Outcome.REFUSED, Outcome.WORDS], 1),
    "a refusal after words": ([returned(1, words="已开工"), refused(2)], Standing.REFUSED, [Outcome.WORDS, Outcome.REFUSED], 2),
    "the same words again": ([returned(1, words="已开工"), returned(2, words="已开工")], Standing.MISSING, [Outcome.WORDS, Outcome.DUPLICATE], None),
}  # fmt: skip


@pytest.mark.parametrize(("taken", "standing", "ended", "day"), _LEAD.values(), ids=_LEAD)
def test_words_alone_are_no_report_of_a_unit_that_owes_figures(
    taken: list[Taken], standing: Standing, ended: list[Outcome], day: int | None
) -> None:
    """They are in use; the report came when the first figure did."""
    account = settle_unit("县民政局", taken, owes_figures=True)
    assert (account.standing, outcomes(account)) == (standing, ended)
    assert account.received == (datetime(2022, 11, day) if day is not None else None)
    assert (NOTE in account.words) == any(one.content is not None and one.content.words for one in taken)
    of_words = settle_unit("县民政局", [one for one in taken if one.content is not None])
    assert of_words.standing is not Standing.MISSING, "a unit that owes words alone has reported by them"
    assert Outcome.WORDS not in outcomes(of_words)


def test_an_amount_is_no_words_alone() -> None:
    funding = Content({Key("word", "1", "funding_due"): ONE}, {NOTE: "已开工"})
    account = settle_unit("县民政局", [returned(1)._replace(content=funding)], owes_figures=True)
    assert (account.standing, outcomes(account)) == (Standing.ACCEPTED, [Outcome.ACCEPTED])


def test_a_figure_that_the_office_types_beside_words_is_a_report() -> None:
    typed = Typed(key=A, value=ONE, seen_at=datetime(2022, 11, 2), run=2)
    account = settle_unit("县民政局", [returned(1, words="已开工")], [typed], owes_figures=True)
    assert (account.standing, account.figures, account.words) == (Standing.ACCEPTED, {A: ONE}, {NOTE: "已开工"})
    cleared = settle_unit("县民政局", [returned(1, words="已开工")], [typed, typed._replace(value=None, run=3)], owes_figures=True)
    assert cleared.standing is Standing.MISSING


def test_what_lapsed_beside_words_leaves_the_unit_unreported() -> None:
    doubtful = [returned(1, words="已开工", a=Doubt("约3"))]
    (item,) = settle_unit("县民政局", doubtful, owes_figures=True).pending
    account = settle_unit("县民政局", doubtful, ruling=Ruling(closed=2, overdue=(item,)), owes_figures=True)
    assert (account.standing, account.figures, account.words) == (Standing.MISSING, {}, {NOTE: "已开工"})


def test_figures_that_come_after_the_closing_leave_it_as_it_was_closed() -> None:
    account = settle_unit("县民政局", [returned(1, words="已开工"), returned(4, a=ONE)], ruling=Ruling(closed=2), owes_figures=True)
    assert (account.standing, account.figures) == (Standing.MISSING, {A: ONE})


def test_every_difference_waits_for_the_office() -> None:
    account = settle_unit("县民政局", [returned(1, a=ONE, b=ONE), returned(2, a=TWO, b=Doubt("约1"))])
    assert [(p.key, p.used, p.other) for p in account.pending] == [(A, "1", "2"), (B, "1", "约1")]
    assert account.correction_pending
    assert [p.id for p in account.pending] == [p.id for p in settle_unit("县民政局", [returned(1, a=ONE, b=ONE), returned(2, a=TWO, b=Doubt("约1"))]).pending]


def test_a_doubt_that_was_mended_waits_no_longer() -> None:
    account = settle_unit("县民政局", [returned(1, a=Doubt("x")), returned(2, a=ONE)])
    assert account.pending == []


def test_newer_words_replace_and_blanks_keep() -> None:
    account = settle_unit("县民政局", [returned(1, words="旧", a=ONE), returned(2, words="新", a=ONE), returned(3, a=ONE, b=TWO)])
    assert account.words == {NOTE: "新"}


def test_lateness_is_judged_by_the_first_sound_return() -> None:
    account = settle_unit("县民政局", [refused(1), returned(2, a=Doubt("x")), returned(3, a=ONE)])
    assert account.received == datetime(2022, 11, 2)


def typed(run: int, value: "Figure | None", key: Key = A) -> Typed:
    return Typed(key=key, value=value, seen_at=datetime(2022, 11, run), run=run)


def test_what_was_sent_before_a_correction_supersedes_it_when_sent_again() -> None:
    doubt = Doubt("x")
    account = settle_unit("u", [returned(1, a=ONE, b=doubt), returned(2, a=TWO, b=doubt), returned(3, a=ONE, b=doubt)])
    assert account.figures[A] == ONE


@pytest.mark.parametrize(("again", "outcome"), [(TWO, Outcome.ACCEPTED), (Fraction(9), Outcome.HELD), (ONE, Outcome.HELD)])
def test_a_return_after_a_typed_figure_is_judged_by_the_typed_one(again: Fraction, outcome: Outcome) -> None:
    account = settle_unit("u", [returned(1, a=ONE), returned(3, a=again, b=ONE)], [typed(2, TWO)])
    assert account.outcomes["3.xlsx", "3.xlsx"] is outcome


TYPED = {
    "typed, no return": ([], [typed(1, ONE)], Standing.MISSING, {A: ONE}, []),
    "typed over a doubt": ([returned(1, a=Doubt("3.14"))], [typed(2, ONE)], Standing.ACCEPTED, {A: ONE}, []),
    "typed then a return that differs": ([returned(2, a=TWO)], [typed(2, ONE)], Standing.ACCEPTED, {A: ONE}, ["台账与来件不同"]),
    "typed then an equal return": ([returned(2, a=ONE)], [typed(2, ONE)], Standing.ACCEPTED, {A: ONE}, []),
    "a return then typed": ([returned(1, a=TWO)], [typed(2, ONE)], Standing.ACCEPTED, {A: ONE}, []),
    "cleared": ([returned(1, a=TWO, b=ONE)], [typed(2, None)], Standing.ACCEPTED, {B: ONE}, []),
    "typed text": ([returned(1, a=TWO)], [typed(2, Doubt("约3"))], Standing.ACCEPTED, {A: Doubt("约3")}, ["数字存疑"]),
    "typed settles a correction": ([returned(1, a=ONE), returned(2, a=TWO)], [typed(3, TWO)], Standing.ACCEPTED, {A: TWO}, []),
}


@pytest.mark.parametrize("name", TYPED)
def test_what_the_office_typed_stays(name: str) -> None:
    taken, entries, standing, figures, waiting = TYPED[name]
    account = settle_unit("县民政局", taken, entries)
    assert (account.standing, account.figures, [p.kind for p in account.pending]) == (standing, figures, waiting)


def test_the_order_within_a_run_does_not_change_the_figures() -> None:
    returns = [returned(1, "x", a=ONE), returned(1, "y", a=TWO, b=ONE), returned(1, "z", b=ONE)]
    found = {frozenset((k, str(v)) for k, v in settle_unit("u", order).figures.items() if k == B) for order in permutations(returns)}
    assert len(found) == 1
    for order in permutations(returns):
        assert isinstance(settle_unit("u", order).figures[A], Doubt)


MONEY = Key("word", "1", "funding_paid")


def amount(run: int, text: str, file: str = "") -> Taken:
    name = file or f"{run}.xlsx"
    return Taken(file=name, sha256=name, received=datetime(2022, 11, run), run=run, content=Content.of_form({A: ONE}, {MONEY: text}))


def kinds(account: UnitAccount) -> list[tuple[str, str, str]]:
    return [(p.kind, p.used, p.other) for p in account.pending]


def test_a_return_after_the_office_settled_the_doubts_is_a_correction() -> None:
    """The unit was 待核; the office typed what was in doubt; what else was sound stays in use."""
    account = settle_unit("u", [returned(1, a=Doubt("约3"), b=ONE), returned(3, b=TWO)], [typed(2, Fraction(3))])
    assert (account.standing, account.figures) == (Standing.ACCEPTED, {A: Fraction(3), B: ONE})
    assert kinds(account) == [("更正待定", "1", "2")]
    assert account.outcomes["3.xlsx", "3.xlsx"] is Outcome.HELD


def test_an_amount_of_money_is_a_figure() -> None:
    account = settle_unit("u", [amount(1, "500"), amount(2, "5")])
    assert account.figures[MONEY] == 500
    assert kinds(account) == [("更正待定", "500", "5")]
    account = settle_unit("u", [amount(1, "500", "x"), amount(1, "5", "y")])
    assert (account.standing, account.figures[MONEY]) == (Standing.HELD, Doubt("500 / 5"))
    assert kinds(account) == [("两份不同", "", "500 / 5")]
    account = settle_unit("u", [amount(1, "待核：五百"), amount(2, "5")])
    assert (account.standing, account.figures[MONEY], account.pending) == (Standing.ACCEPTED, 5, [])
    account = settle_unit("u", [amount(1, "待核：五百")], [typed(2, Fraction(500), MONEY)])
    assert (account.standing, account.figures[MONEY], account.pending) == (Standing.ACCEPTED, 500, [])
    assert (account.words, account.measured) == ({}, {A: ONE})


def test_one_of_two_that_differ_sent_again_answers_the_question() -> None:
    for again, other in ((ONE, TWO), (TWO, ONE)):
        account = settle_unit("u", [returned(1, "x", a=again), returned(1, "y", a=other), returned(2, a=again)])
        assert (account.standing, account.figures, account.pending) == (Standing.ACCEPTED, {A: again}, [])
        assert account.outcomes["2.xlsx", "2.xlsx"] is Outcome.ACCEPTED


def test_a_doubt_holds_the_unit_whichever_half_came_first() -> None:
    sound, doubtful = {"a": ONE}, {"b": Doubt("约2")}
    for first, second in ((sound, doubtful), (doubtful, sound)):
        account = settle_unit("u", [returned(1, **first), returned(2, **second)])  # type: ignore[arg-type]
        assert (account.standing, account.figures) == (Standing.HELD, {A: ONE, B: Doubt("约2")})


def test_a_correction_after_closing_can_be_taken_back() -> None:
    returns = [returned(1, a=ONE), returned(3, a=TWO), returned(4, a=ONE), returned(5, a=ONE)]
    account = settle_unit("u", returns, ruling=Ruling(closed=2))
    assert account.figures == {A: ONE}
    assert outcomes(account) == [Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.DUPLICATE]


def test_lateness_does_not_hang_on_the_names_of_files() -> None:
    early, late = datetime(2022, 11, 5), datetime(2022, 11, 9)
    for first, second in ((early, late), (late, early)):
        returns = [returned(1, "a", a=ONE)._replace(received=first), returned(1, "b", b=ONE)._replace(received=second)]
        assert settle_unit("u", returns).received == early
        returns = [returned(1, "a", a=ONE)._replace(received=first), returned(1, "b", a=ONE)._replace(received=second)]
        assert settle_unit("u", returns).received == early


def test_what_the_office_attested_is_not_asked_again() -> None:
    account = settle_unit("u", [returned(1, a=Doubt("3")), returned(3, a=Doubt("3"), words="新")], [typed(2, Fraction(3))])
    assert (account.standing, account.figures[A], account.pending) == (Standing.ACCEPTED, 3, [])


def test_a_return_sent_again_beside_a_new_one_is_the_same_in_any_order() -> None:
    doubtful = {"a": Doubt("x"), "b": Doubt("x")}
    found = []
    for names in ("yz", "zy"):
        again, new = returned(2, names[0], **doubtful), returned(2, names[1], a=ONE)  # type: ignore[arg-type]
        account = settle_unit("u", [returned(1, **doubtful), *sorted((again, new), key=lambda one: one.file)])  # type: ignore[arg-type]
        found.append((account.figures, account.outcomes[again.file, again.sha256]))
    assert found == [({A: ONE, B: Doubt("x")}, Outcome.DUPLICATE)] * 2


def test_words_that_the_office_typed_stay() -> None:
    account = settle_unit("u", [returned(1, words="甲", a=ONE), returned(3, words="乙", a=ONE, b=ONE)], [typed(2, "办公室改的", NOTE)])
    assert account.words == {NOTE: "办公室改的"}


def test_what_was_adopted_stays_though_a_doubt_came_later() -> None:
    returns = [returned(1, a=ONE), returned(2, a=ONE, b=Doubt("x")), returned(3, a=TWO, b=TWO)]
    account = settle_unit("u", returns)
    assert (account.standing, account.figures, kinds(account)) == (Standing.ACCEPTED, {A: ONE, B: TWO}, [("更正待定", "1", "2")])


def test_a_repetition_after_closing_takes_back_nothing_that_the_office_typed() -> None:
    seven, first = Fraction(7), returned(1, a=ONE, b=ONE)
    again = first._replace(file="again", sha256="again", run=4)
    account = settle_unit("u", [first, again], [typed(2, seven)], Ruling(closed=3))
    assert (account.figures, account.outcomes["again", "again"]) == ({A: seven, B: ONE}, Outcome.DUPLICATE)
    account = settle_unit("u", [first, returned(4, b=TWO), again._replace(run=5)], [typed(2, seven)], Ruling(closed=3))
    assert account.figures == {A: seven, B: ONE}, "the correction is taken back, the office's figure is not"


def test_half_a_ratio_that_the_office_cleared_is_no_question() -> None:
    half = Taken(file="h", sha256="h", received=datetime(2022, 11, 3), run=3, content=Content({A: ONE}, {}, frozenset({B})))
    account = settle_unit("u", [returned(1, a=ONE, b=ONE), half], [typed(2, None, B)])
    assert (account.standing, account.figures, account.halves) == (Standing.ACCEPTED, {A: ONE}, frozenset())


CHOICE, SAME = A.beside("choice"), "与上期相同"
NUMERATOR, DENOMINATOR = A.beside("numerator"), A.beside("denominator")


def chosen(run: int, figures: dict[Key, Figure], word: str = SAME, file: str = "") -> Taken:
    one = returned(run, file)
    return one._replace(content=Content(figures, {CHOICE: word}))


CHOSEN: list[tuple[list[Taken], list[Typed], str | None]] = [
    ([chosen(1, {A: ONE})], [], SAME),
    ([chosen(1, {A: ONE}), returned(2, b=TWO)], [], SAME),
    ([chosen(1, {}, "同上")], [], "同上"),  # stands for nothing, and is seen beside the blank
    ([chosen(1, {A: Doubt("2")}), returned(2, a=TWO)], [], None),  # the clerk kept the number and cleared the word
    ([returned(1, a=TWO), chosen(2, {A: ONE})], [], None),  # the number stays in use
    ([chosen(1, {A: ONE})], [typed(2, TWO)], None),
    ([chosen(1, {A: ONE})], [typed(2, None)], None),  # else the sheet would reckon with the last figure
    ([returned(1, a=TWO)], [typed(2, SAME, CHOICE)], SAME),  # which the sheet remarks on
    ([], [typed(1, ONE), typed(1, SAME, CHOICE), typed(2, None)], None),
    ([], [typed(1, ONE), typed(1, SAME, CHOICE)], SAME),
]


@pytest.mark.parametrize(("returns", "office", "word"), CHOSEN)
def test_a_chosen_word_stands_only_beside_the_figure_that_it_brought(
    returns: list[Taken], office: list[Typed], word: str | None
) -> None:
    assert settle_unit("u", returns, office).words.get(CHOICE) == word


def test_a_chosen_word_goes_with_a_correction_after_closing() -> None:
    account = settle_unit("u", [chosen(1, {A: ONE}), returned(2, a=TWO)], ruling=Ruling(closed=1))
    assert (account.figures[A], account.words) == (TWO, {})


def test_nothing_stands_beside_a_ratio_that_does_not_apply() -> None:
    ratio: dict[Key, Figure] = {NUMERATOR: ONE, DENOMINATOR: Doubt("x")}
    account = settle_unit("u", [chosen(1, ratio, ""), chosen(2, {NUMERATOR: NOT_APPLICABLE}, NOT_APPLICABLE)])
    assert account.figures == {NUMERATOR: NOT_APPLICABLE}
    assert account.words[CHOICE] == NOT_APPLICABLE


def brought(taken: list[Taken], entries: Sequence[Typed] = (), ruling: Ruling | None = None) -> dict[Key, str]:
    """The file that each figure names, or who typed it."""
    account = settle_unit("县民政局", taken, entries, ruling)
    return {key: account.sources[key].words for key in account.figures}


HELD = Doubt("约2")
AGAIN = [returned(1, a=ONE, b=HELD), returned(2, a=ONE, b=TWO)]
"""A form with one figure in doubt, and its answer in which that one is mended."""
FIRST_WINS: dict[str, tuple[list[Taken], list[Typed], Ruling | None, dict[Key, str]]] = {
    "mended in one cell": (AGAIN, [], None, {A: "1.xlsx", B: "2.xlsx"}),
    "in doubt as before": ([returned(1, a=ONE, b=HELD), returned(2, a=TWO, b=HELD)], [], None, {A: "2.xlsx", B: "1.xlsx"}),
    "the same digits, in doubt no longer": ([returned(1, a=Doubt("1")), returned(2, a=ONE)], [], None, {A: "2.xlsx"}),
    "changed and changed back": (
        [returned(1, a=ONE, b=HELD), returned(2, a=TWO, b=HELD), returned(3, a=ONE, b=HELD)], [], None, {A: "3.xlsx", B: "1.xlsx"},
    ),
    "after it was accepted": ([returned(1, a=ONE), returned(2, a=ONE, b=TWO)], [], None, {A: "1.xlsx", B: "2.xlsx"}),
    "the last wins": (
        [returned(1, a=ONE, b=ONE), returned(2, a=ONE, b=TWO)], [], Ruling(last_wins=date(2022, 11, 5)), {A: "1.xlsx", B: "2.xlsx"},
    ),
    "after closing": ([returned(1, a=ONE, b=ONE), returned(3, a=ONE, b=TWO)], [], Ruling(closed=2), {A: "1.xlsx", B: "3.xlsx"}),
    "after closing, then the first again": (
        [returned(1, a=ONE, b=ONE), returned(3, a=ONE, b=TWO), returned(4, "1.xlsx", a=ONE, b=ONE)], [], Ruling(closed=2),
        {A: "1.xlsx", B: "1.xlsx"},
    ),
    "typed": ([returned(1, a=ONE, b=TWO)], [typed(2, TWO)._replace(who="张三")], None, {A: "办公室填写：张三", B: "1.xlsx"}),
    "typed by nobody known": ([], [typed(2, TWO)], None, {A: "办公室填写"}),
    "sent again as typed": ([returned(3, a=TWO, b=ONE)], [typed(2, TWO)], None, {A: "办公室填写", B: "3.xlsx"}),
    "the office decides for the figure in use": (
        [returned(1, a=ONE), returned(2, a=TWO)], [typed(3, ONE)._replace(decided=True)], None, {A: "1.xlsx"},
    ),
    "cleared, then sent again": ([returned(1, a=ONE)], [typed(2, None), typed(3, ONE)], None, {A: "办公室填写"}),
}


@pytest.mark.parametrize("name", FIRST_WINS)
def test_a_figure_keeps_the_source_that_brought_it_first(name: str) -> None:
    taken, entries, ruling, sources = FIRST_WINS[name]
    assert brought(taken, entries, ruling) == sources


def test_when_it_came_first_is_kept_too_and_what_said_it_last_beside_it() -> None:
    account = settle_unit("县民政局", AGAIN)
    assert [(one.file, one.received.day) for one in (account.sources[A], account.latest[A])] == [("1.xlsx", 1), ("2.xlsx", 2)]
    assert account.sources[B] == account.latest[B]
