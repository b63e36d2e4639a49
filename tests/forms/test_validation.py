"""What an input cell takes, as a spreadsheet program limits it."""

import pytest

from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Input, Sheet
from minsheng_xl.forms.validation import Validation, validation_of

SHEET = Sheet("a", "甲")


def of(accepts: Input) -> Validation:
    found = validation_of(SHEET, accepts)
    assert found is not None
    return found


@pytest.mark.parametrize(("decimals", "kind", "number"), [(0, "whole", "整数"), (2, "decimal", "数字")])
def test_a_number_stops_what_is_none(decimals: int, kind: str, number: str) -> None:
    found = of(Input("number", decimals=decimals, instruction="几件"))
    assert (found.kind, found.stops, found.prompt) == (kind, True, "几件")
    assert found.error == f"请填不小于 0 的{number}，不带单位、不写文字；没有数请留空，有情况写在“说明”栏。"


@pytest.mark.parametrize(("kind", "stops"), [("choice", True), ("hint", False)])
def test_a_choice_stops_other_words_and_a_hint_does_not(kind: str, stops: bool) -> None:
    found = of(Input(kind, choices=("是", "否")))
    assert (found.kind, found.words, found.stops) == ("list", ("是", "否"), stops)


@pytest.mark.parametrize("choices", [("一,二", "三"), ('说"是"', "否"), ("长" * 200, "长" * 55)])
def test_words_that_no_drop_down_can_hold_are_only_told(choices: tuple[str, ...]) -> None:
    assert validation_of(SHEET, Input("choice", choices=choices)) is None
    assert of(Input("choice", choices=choices, instruction="选一")).kind == "any"


def test_a_drop_down_holds_255_characters_with_its_commas() -> None:
    assert of(Input("choice", choices=("长" * 200, "长" * 54))).kind == "list"


def test_words_are_told_and_not_limited() -> None:
    assert of(Input("words", instruction="没有就留空。")) == Validation(kind="any", prompt="没有就留空。")
    assert validation_of(SHEET, Input("words")) is None


def test_what_is_told_fits_into_a_message() -> None:
    assert of(Input("number", instruction="长" * 300)).prompt == "长" * 255


def test_a_list_may_stand_on_the_sheet() -> None:
    sheet = Sheet("a", "甲")
    first, last = Key("choice", "1", "name"), Key("choice", "3", "name")
    sheet.put(4, 2, "甲局", look.PLAIN, key=first)
    sheet.put(6, 2, "丙局", look.PLAIN, key=last)
    found = validation_of(sheet, Input("hint", source=(first, last)))
    assert found == Validation(kind="list", area="$C$5:$C$7", stops=False)
