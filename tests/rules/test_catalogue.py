"""The catalogue holds every rule once, in the order in which their hints come first."""

from importlib import import_module
from pkgutil import iter_modules

import minsheng_xl.rules
from minsheng_xl.rules.catalogue import BY_ROW, RULES, SUBJECTS
from minsheng_xl.rules.certification import BY_ROW as OF_CERTIFIER
from minsheng_xl.rules.confirmation import BY_ROW as OF_LEAD
from minsheng_xl.rules.model import Rule


def declared() -> list[Rule]:
    """Every rule that a module of the room declares."""
    modules = [import_module(f"minsheng_xl.rules.{found.name}") for found in iter_modules(minsheng_xl.rules.__path__)]
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return list({id(rule): rule for rule in rules}.values())


def test_every_declared_rule_stands_in_the_catalogue_once() -> None:
    listed = [rule for _, rules in SUBJECTS for rule in rules]
    assert len(listed) == len(RULES)
    assert sorted(rule.code for rule in declared()) == sorted(RULES)


def test_what_a_sheet_computes_has_places_an_expression_and_a_hint() -> None:
    for rule in (*BY_ROW, *OF_CERTIFIER, *OF_LEAD):
        assert rule.fires is not None
        assert rule.hint, rule.code
    computed = {rule.code for rule in (*BY_ROW, *OF_CERTIFIER, *OF_LEAD)}
    assert {rule.code for rule in declared() if rule.fires is not None} == computed


def test_no_two_hints_have_the_same_turn_and_doubts_come_before_remarks() -> None:
    turns = [rule.turn for rule in BY_ROW]
    assert turns == sorted(set(turns))
    assert 0 not in turns
    doubts = [rule.is_doubt for rule in BY_ROW]
    assert doubts == sorted(doubts, reverse=True)


def test_what_is_no_number_is_said_before_what_a_number_would_be() -> None:
    order = [rule.code for rule in BY_ROW]
    assert order[:2] == ["figure-not-number", "figure-choice"]
    assert order.index("wan-lost") < order.index("increment-typed") < order.index("cumulative-falls")
