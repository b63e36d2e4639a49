"""The page for engineers: it names what the package exports, and its examples come to what they say."""

import doctest
import re
import shutil
from pathlib import Path

import pytest

import minsheng_xl
from tests.handbook.pages import PAGES, fenced

ENGINEERS = PAGES["工程师"]


def test_every_public_name_is_told_and_no_other() -> None:
    named = re.findall(r"^\| `(\w+)` \|", ENGINEERS, re.MULTILINE)
    assert len(named) == len(set(named))
    assert set(named) == set(minsheng_xl.__all__)


def test_every_public_name_but_the_records_is_used_in_an_example() -> None:
    code = "\n".join(fenced(ENGINEERS, "python"))
    given = {"IssueResult", "ConsolidateResult", "BuildResult", "Verification", "Return", "Problem", "Project", "Indicator", "Unit"}
    used = {name for name in minsheng_xl.__all__ if re.search(rf"\b{name}\b", code)}
    assert used == set(minsheng_xl.__all__) - given - {"__version__"}


def test_the_fields_that_are_told_are_there() -> None:
    """Of records: a word in code in a row is a field, a method or a value of theirs."""
    for name, said in re.findall(r"^\| `(\w+)` \| (.*) \|$", ENGINEERS, re.MULTILINE):
        there = getattr(minsheng_xl, name)
        if isinstance(there, type):
            fields = {word.partition("(")[0] for word in re.findall(r"`([a-zA-Z_]\w*(?:\([^`]*\))?)`", said)}
            known = {*dir(there), *vars(there), *getattr(there, "__annotations__", {}), *minsheng_xl.__all__}
            own = {"Plan": {"settings", "projects", "indicators", "units", "warnings", "questions"}, "PlanError": {"problems"}}
            assert fields - known - own.get(name, set()) <= {"ValueError", "str"}, name


def test_the_examples_come_to_what_they_say(
    finished_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(finished_demo, tmp_path / "鲁山县2022")
    monkeypatch.chdir(tmp_path)
    text = "\n".join(fenced(ENGINEERS, "python"))
    examples = doctest.DocTestParser().get_doctest(text, {}, "工程师", None, None)
    assert len(examples.examples) > 30
    found: list[str] = []
    outcome = doctest.DocTestRunner().run(examples, out=found.append)
    assert outcome.failed == 0, "".join(found)
