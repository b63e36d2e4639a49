"""A table made anew at every run of sentences that leave no doubt is read as it was made."""

import random
import secrets
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng_xl.published.grammar import understood
from minsheng_xl.published.sentence import ReadIndicator, Use
from tests.published.composing import Composed, Wanted, composed

YEAR = 2023


def targets(readings: Sequence[ReadIndicator]) -> list[ReadIndicator]:
    return [one for one in readings if one.target is not None]


def as_wanted(one: ReadIndicator) -> Wanted:
    assert one.target is not None
    return Wanted(
        one.target, one.measure, one.comparator.value, one.kind.value, one.tier.value, one.weight, one.parent is not None,
    )


def differs(sentence: Composed) -> str:
    """What is read otherwise than it was made, "" where nothing is."""
    read = [as_wanted(one) for one in targets(understood(sentence.text, YEAR).readings)]
    return "" if read == list(sentence.wanted) else f"{sentence.text}\n  made {sentence.wanted}\n  read {read}"


def test_a_table_without_doubt_is_read_as_it_was_made() -> None:
    seed = secrets.randbelow(10**9)
    print(f"seed {seed}")
    draw = random.Random(seed)
    sentences = [composed(draw) for _ in range(60)]
    assert not [difference for one in sentences if (difference := differs(one))], seed
    count = sum(len(one.wanted) for one in sentences)
    asked = [one for each in sentences for one in targets(understood(each.text, YEAR).readings) if one.queries]
    assert len(asked) <= count / 10, (seed, [(one.quote, one.queries) for one in asked])


@settings(max_examples=300)
@given(draw=st.randoms(use_true_random=False))
def test_sentences_are_read_as_composed(draw: random.Random) -> None:
    assert not differs(composed(draw))


@settings(max_examples=100)
@given(draw=st.randoms(use_true_random=False))
def test_every_number_of_a_composed_sentence_has_a_place(draw: random.Random) -> None:
    numbers = understood(composed(draw).text, YEAR).numbers
    assert not [one for one in numbers if one.use is Use.OPEN]


@pytest.mark.parametrize("fault", ["value", "comparator", "kind"])
def test_a_wrong_reading_would_be_seen(fault: str) -> None:
    wrong = {"value": 8, "comparator": "＞", "kind": "时点量"}
    right = composed(random.Random(1))
    other = (right.wanted[0]._replace(**{fault: wrong[fault]}), *right.wanted[1:])
    assert differs(right._replace(wanted=other))
    assert not differs(right)
