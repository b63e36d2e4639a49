"""The handbook names every command and option there is, and no other; what it says to type can be typed."""

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from minsheng_xl.desk import bundle
from minsheng_xl.desk.arguments import parser_of
from minsheng_xl.desk.menu import CHOICES
from minsheng_xl.plan.tabs import PRINTED
from tests.handbook.pages import PAGES, ROOT, sections, spans, typed

OFFICE = PAGES["办公室"]
OTHERS = {"--help", "--version", "-h"}
"""Options of the whole program."""


def parsers() -> dict[str, argparse.ArgumentParser]:
    [commands] = (one for one in parser_of()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(commands.choices)


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {word for action in parser._actions for word in action.option_strings} - OTHERS


def told() -> dict[str, str]:
    """What 命令一览 says of each command."""
    found = (re.fullmatch(r"minsheng-xl (\S+) .*", title) for title in sections(OFFICE, 3))
    return {match[1]: sections(OFFICE, 3)[match[0]] for match in found if match}


def lines() -> Iterator[tuple[str, str]]:
    """Every line of code of handbook and README, with its page."""
    for page, text in {**PAGES, "README": (ROOT / "README.md").read_text(encoding="utf-8")}.items():
        yield from ((page, line) for line in typed(text))


def test_every_command_has_its_paragraph_and_no_other_has_one() -> None:
    assert list(told()) == [name for name in told() if name in parsers()]
    assert set(told()) == set(parsers())


@pytest.mark.parametrize("name", sorted(parsers()))
def test_a_paragraph_names_the_options_of_its_command_and_no_others(name: str) -> None:
    named = {word for span in spans(told()[name]) for word in re.findall(r"(?<!\S)--[a-z-]+", span)}
    assert named == options(parsers()[name])


def test_no_option_is_named_that_there_is_not() -> None:
    there = OTHERS.union(options(bundle._parser()), *map(options, parsers().values()))
    own = [(page, line) for page, line in lines() if not re.match(r"(\S*/)?dask ", line)]
    named = {(page, word) for page, line in own for word in re.findall(r"(?<!\S)--[a-z][a-z-]*", line)}
    assert {(page, word) for page, word in named if word not in there} == set()
    assert {word for _, word in named} >= there - {"-h"}


def commands() -> list[tuple[str, str]]:
    """What begins with the name of the program: alone it opens the menu, with one word a command is meant."""
    found = []
    for page, line in lines():
        for part in line.split(" && "):
            name, _, rest = part.strip().partition(" ")
            if name.rpartition("/")[2] == "minsheng-xl" and rest:
                found.append((page, rest))
    return found


@pytest.mark.parametrize(("page", "line"), commands())
def test_what_is_to_be_typed_is_taken(page: str, line: str) -> None:
    words = shlex.split(line)
    if len(words) == 1 and words[0] in parsers():
        return
    if words[1:2] == ["--json"]:  # the output of a command is meant
        assert "--json" in options(parsers()[words[0]])
        return
    if set(words) <= OTHERS:
        return
    assert parser_of(words[0]).parse_args(words).command == words[0]


def test_what_is_to_be_typed_is_looked_at() -> None:
    assert len(commands()) > 50


def test_what_can_be_printed_is_listed_in_its_order() -> None:
    rows = re.findall(r"^\| (\S+) \| (.*?) \|$", OFFICE.partition("| 写在 --what 后面 | 印的 |")[2], re.MULTILINE)
    there = [(tab.word, tab.name, tab.annex) for tab in PRINTED]
    listed = [row for row in rows if row[0] in {word for word, _, _ in there}][: len(there)]
    assert sorted(word for word, _ in listed) == sorted(word for word, _, _ in there)
    for word, name, annex in there:
        said = dict(listed)[word]
        assert name in said
        assert annex is None or f"附件{annex}）" in said


def test_the_menu_is_told_as_it_stands() -> None:
    intro = OFFICE.partition("## 一个月")[0]
    places = [intro.index(choice.title.partition("：")[0]) for choice in CHOICES]
    assert places == sorted(places)
