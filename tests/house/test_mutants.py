"""The mutants are what they say: one change each, at the place named."""

import ast
from pathlib import Path

import pytest

from tests.house.mutants import ROOMS, drawn, mutated, sites, sites_in
from tests.house.sources import PACKAGE, ROOT


def test_every_room_has_places_to_be_changed() -> None:
    for room in ROOMS:
        assert (PACKAGE / room).is_dir()
        assert (ROOT / "tests" / room).is_dir(), f"no tests next to {room}"
        assert len(sites(room)) > 20


def test_the_same_seed_draws_the_same_from_each_room() -> None:
    found = drawn(2 * len(ROOMS), 12, ROOMS)
    assert found == drawn(2 * len(ROOMS), 12, ROOMS) != drawn(2 * len(ROOMS), 13, ROOMS)
    assert {room: sum(mutant.file.parts[1] == room for mutant in found) for room in ROOMS} == dict.fromkeys(ROOMS, 2)


@pytest.mark.parametrize("number", range(0, 60, 5))
def test_a_mutant_changes_its_line_and_nothing_else(number: int) -> None:
    mutant = drawn(60, 12, ROOMS)[number]
    source = (ROOT / mutant.file).read_text(encoding="utf-8")
    before, after = ast.unparse(ast.parse(source)).splitlines(), mutated(source, mutant).splitlines()
    assert before != after
    if len(before) == len(after):
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a + b + c", ["a + b - c", "a - b + c"]), ("a + (b + c)", ["a - (b + c)", "a + (b - c)"]),
        ("a < b + c + d", ["a <= b + c + d", "a < b + c - d", "a < b - c + d"]),
    ],
)
def test_each_part_of_a_sum_is_changed_once(source: str, changed: list[str]) -> None:
    assert [mutated(source, mutant) for mutant in sites_in(Path("sum.py"), source)] == changed
