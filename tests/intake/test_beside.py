"""Comments that the office itself wrote say nothing."""

from minsheng_xl.intake.beside import _without_ours
from minsheng_xl.rules.catalogue import RULES


def test_the_sentences_of_every_rule_are_ours() -> None:
    for rule in RULES.values():
        said = rule.problem(seen="更正为170", expected="16", reason="批注").sentence
        assert _without_ours(said) == "", rule.code
        assert _without_ours(f"{said}\n更正为170") == "\n更正为170", rule.code


def test_what_a_unit_writes_is_not_ours() -> None:
    assert _without_ours("此数有误，更正为170。请改。") == "此数有误，更正为170。请改。"
    assert _without_ours("存疑：165。请核对。\n已核对") == "\n已核对"
