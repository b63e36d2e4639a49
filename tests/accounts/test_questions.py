"""The questions that only the office can settle: their ids and the words that settle them."""

import pytest

from minsheng_xl.accounts.questions import (
    CONFLICT,
    CORRECTION,
    DOUBTFUL,
    TYPED,
    UNKNOWN,
    WHOLE,
    Pending,
    choices_of,
    doubted,
    item_id,
    whole,
)
from minsheng_xl.exact.keys import Key
from minsheng_xl.rules import identity

KEY = Key("figure", "1-1", "reported")

CHOICES = [
    (CORRECTION, "12", ("用新数", "用原数")),
    (CORRECTION, "约12", ("用原数",)),
    (TYPED, "否", ("以来件为准", "以台账为准")),
    (TYPED, "约12", ("以台账为准",)),
    (CONFLICT, "1 / 约2 / 3", ("1", "3", "不计入")),
    (DOUBTFUL, "3.14", ("属实", "不计入")),
    (DOUBTFUL, "0", ("属实", "不计入")),
    (DOUBTFUL, "-3", ("不计入",)),
    (DOUBTFUL, "是", ("不计入",)),
    (WHOLE, "县妇联", ("采用", "不采用")),
    (UNKNOWN, "", ("不理",)),
]


def asked(kind: str, other: str, unit: str = "县残联") -> Pending:
    return Pending(id="0", kind=kind, unit=unit, key=KEY, used="1", other=other, file="a.xlsx", advice="")


@pytest.mark.parametrize(("kind", "other", "choices"), CHOICES)
def test_the_words_that_settle_an_item(kind: str, other: str, choices: tuple[str, ...]) -> None:
    assert choices_of(asked(kind, other)) == choices


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ("290000", "没有计入；请与单位核实，属实的写“属实”，不然写应填的数。"),
        ("约50处", "没有计入；请与单位核实，写应填的数；没有数的写“不计入”。"),
        ("98%", "没有计入；请与单位核实，写应填的数；没有数的写“不计入”。"),
        ("-3", "没有计入；请与单位核实，写应填的数；没有数的写“不计入”。"),
    ],
)
def test_a_word_is_offered_only_where_it_is_taken(seen: str, told: str) -> None:
    assert doubted("没有计入", seen) == told
    assert ("属实" in choices_of(asked(DOUBTFUL, seen))) is ("属实" in told)


def test_a_file_without_a_sender_cannot_be_adopted() -> None:
    assert choices_of(asked(WHOLE, "", unit="")) == ("不采用",)


def test_the_same_question_has_the_same_id_and_another_question_another() -> None:
    same = ("县残联", CORRECTION, KEY, "1", "2")
    others = [
        ("县妇联", CORRECTION, KEY, "1", "2"), ("县残联", TYPED, KEY, "1", "2"), ("县残联", CORRECTION, KEY, "3", "2"),
        ("县残联", CORRECTION, KEY.beside("numerator"), "1", "2"), ("县残联", CORRECTION, KEY, "1", "3"),
    ]
    ids = [item_id(*one) for one in (same, *others)]
    assert item_id(*same) == ids[0]
    assert len(set(ids)) == len(ids)


def test_the_id_of_a_question_is_that_of_earlier_versions() -> None:
    """The office's decisions name items by their ids: sha256 of the parts with a bar between them, its first six signs."""
    import hashlib

    plain = "县残联|figure|1-1|reported|更正待定|1|2"
    assert item_id("县残联", CORRECTION, KEY, "1", "2") == hashlib.sha256(plain.encode()).hexdigest()[:6]


def test_a_workbook_that_contradicts_itself_is_asked_about_as_a_whole() -> None:
    said = identity.ASSIGNED.problem(seen="县妇联")
    item = whole("县残联", "a.xlsx", "3f2b1c9d", [said])
    assert (item.id, item.kind, item.unit, item.key, item.other) == ("3f2b1c", WHOLE, "县残联", None, "县妇联")
    assert (item.file, item.sha256, item.used) == ("a.xlsx", "3f2b1c9d", "")
    assert whole("", "a.xlsx", "3f2b1c9d", []).other == ""
