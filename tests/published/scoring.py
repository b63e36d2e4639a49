"""A published table read, beside what a careful official reads in it: right, asked or wrong, target by target.

What the words of a `.json` beside a table mean is told in README.md.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.exact.numbers import plain
from minsheng_xl.papers.reading import read
from minsheng_xl.plan.model import Kind
from minsheng_xl.published.projects import ReadProject, ReadTask, projects_of
from minsheng_xl.published.sentence import Number, ReadIndicator, Use
from minsheng_xl.published.tasks import published_in

HERE = Path(__file__).parent
FOLDERS = ("tables", "unseen", "third", "fourth")
RIGHT, ASKED, WRONG = "right", "asked", "wrong"
_BESIDE = {"target": "目标", "measure": "计量单位", "comparator": "比较", "kind": "类型"}
"""The column of a question under which a property may differ from what is expected."""
_MAY_BE_TARGET = {"节点目标", "目标", "约束", "规模"}

Entry = dict[str, object]


class Verdict(NamedTuple):
    """What became of one target that a person sees, or of one number that was made a target."""

    words: str
    number: str
    said: str
    why: str = ""


class Table(NamedTuple):
    """A table with what is expected of it."""

    paper: Path
    year: int
    expected: dict[str, list[Entry]]


class Place(NamedTuple):
    """A number and the task it stands in."""

    task: ReadTask
    number: Number


def tables(folder: str) -> list[Path]:
    """The papers of a folder, each with a `.json` beside it."""
    return sorted(path for path in (HERE / folder).iterdir() if path.suffix not in (".json", ".py") and path.stem != "README")


@cache
def table_of(paper: Path) -> Table:
    """With the year of the title; where that has none, of the days that are expected."""
    expected = json.loads(paper.with_suffix(".json").read_text(encoding="utf-8"))
    titles = [found.title for found in published_in(read(paper))]
    days = [choices(one.get("deadline", ""))[0] for one in expected["targets"]]
    years = re.findall(r"20[12]\d(?=年|-)", " ".join((*titles, *days)))
    return Table(paper, int(years[0]) if years else 2023, expected)


@cache
def projects_read(paper: Path) -> tuple[ReadProject, ...]:
    """The projects of all tables of a paper."""
    table = table_of(paper)
    return tuple(one for found in published_in(read(paper)) for one in projects_of(found, table.year))


def verdicts(paper: Path) -> list[Verdict]:
    """What became of each target of a paper; then of each number that was made a target and is none."""
    table, taken = table_of(paper), set[tuple[int, int]]()
    found = [_verdict(paper, entry, taken) for entry in table.expected["targets"]]
    return [*found, *_made_up(paper, taken)]


def bare(text: str) -> str:
    """A text without blanks, its digits and signs those of usual width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def choices(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _tasks_of(paper: Path, entry: Entry) -> Iterator[ReadTask]:
    for project in projects_read(paper):
        first = project.published[0]
        if not entry.get("section") or bare(str(entry["section"])) in bare(first.section):
            is_own = bare(first.number).strip("、.（）()") == entry["project"]
            yield from (one for one in project.tasks if is_own and bare(str(entry["words"])) in bare(one.text))


def _verdict(paper: Path, entry: Entry, taken: set[tuple[int, int]]) -> Verdict:
    words, number = str(entry["words"]), bare(str(entry["number"]))
    tasks = list(_tasks_of(paper, entry))
    if not tasks:
        return Verdict(words, number, WRONG, "its words are not among the tasks that were read")
    if not number:
        return _of_no_number(entry, tasks, taken)
    places = [place for task in tasks for place in _places(task, bare(words), number)]
    if not places:
        return Verdict(words, number, WRONG, "its number is not among those found")
    return _best(_of_number(entry, place, taken) for place in places)


def _places(task: ReadTask, words: str, number: str) -> Iterator[Place]:
    """Where a number stands within words of a task; behind them, where the table has a column for it."""
    text = bare(task.text)
    for found in re.finditer(re.escape(words), text):
        is_inside = re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", words) is not None
        end = found.end() if is_inside else found.end() + len(number) + 4  # 不少于, and the number
        there = [one for one in task.read.numbers if found.start() <= len(bare(task.text[:one.start])) < end]
        same = [one for one in there if bare(one.text) == number]
        like = [one for one in there if bare(one.text) in number or number in bare(one.text)]
        yield from (Place(task, one) for one in same or sorted(like, key=lambda one: -len(one.text))[:1])


def _of_number(entry: Entry, place: Place, taken: set[tuple[int, int]]) -> Verdict:
    words, text, number = str(entry["words"]), str(entry["number"]), place.number
    taken.add((id(place.task), number.start))
    if number.use is Use.OPEN:
        return Verdict(words, text, RIGHT if "may_ask" in entry else ASKED, "a number without a place")
    if number.use is not Use.TARGET:
        said = RIGHT if "or_use" in entry else WRONG
        return Verdict(words, text, said, f"taken for {number.use.value}")
    taken.update((id(place.task), each) for each in _same_readings(place))
    return _best(_of_reading(entry, place.task.read.readings[each]) for each in number.readings)


def _best(found: Iterable[Verdict]) -> Verdict:
    return min(found, key=lambda one: (RIGHT, ASKED, WRONG).index(one.said))


def _same_readings(place: Place) -> Iterator[int]:
    """Other numbers that say the same target again."""
    for one in place.task.read.numbers:
        if one.use is Use.TARGET and set(one.readings) & set(place.number.readings):
            yield one.start


def _of_reading(entry: Entry, reading: ReadIndicator) -> Verdict:
    words, number = str(entry["words"]), str(entry["number"])
    asked = {query.column for query in reading.queries}
    wrong = [why for name, why in _differences(entry, reading) if _BESIDE.get(name) not in asked]
    if wrong:
        return Verdict(words, number, WRONG, "; ".join(wrong))
    if "ask" in entry:
        return Verdict(words, number, RIGHT if entry["ask"] in asked else WRONG, "nobody is asked")
    is_fine = asked <= {str(entry.get("may_ask"))}
    return Verdict(words, number, RIGHT if is_fine else ASKED, "、".join(sorted(asked)))


def _differences(entry: Entry, reading: ReadIndicator) -> Iterator[tuple[str, str]]:
    """The properties in which a reading is none of what may be."""
    is_there = reading.kind is Kind.MILESTONE and {"是", "1"} & set(choices(entry["target"]))
    said = {
        "target": _value(reading.target), "measure": reading.measure, "comparator": reading.comparator.value,
        "kind": reading.kind.value, "tier": reading.tier.value,
    }
    for name, value in said.items():
        right = choices(entry[name])
        right = [_value(_fraction(one)) for one in right] if name == "target" else right
        if value not in right and not (is_there and name in ("target", "measure", "comparator")):
            yield name, f"{name} {value}, not {'/'.join(right)}"
    if "parent" in entry and reading.parent is None and reading.kind is not Kind.RATIO:
        yield "parent", "not a part of what stands before"
    if "weight" in entry and plain(reading.weight) not in [plain(Fraction(one)) for one in choices(entry["weight"])]:
        yield "weight", f"weight {reading.weight}"


def _fraction(text: str) -> Fraction | None:
    """The number of a target; None where it is none (Ⅲ)."""
    if not re.fullmatch(r"[\d./]+%?", text):
        return Fraction(1) if text == "是" else None
    return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)


def _value(value: Fraction | None) -> str:
    return "" if value is None else str(value)


def _of_no_number(entry: Entry, tasks: list[ReadTask], taken: set[tuple[int, int]]) -> Verdict:
    """A target without a number (全覆盖, 完工): an indicator that is there or is not, or a ratio, read of its words."""
    words = bare(str(entry["words"]))
    for task in tasks:
        for place, reading in enumerate(task.read.readings):
            quote = bare(reading.quote)
            if (quote in words or words in quote) and reading.kind in (Kind.MILESTONE, Kind.RATIO):
                taken.update((id(task), one.start) for one in task.read.numbers if place in one.readings)
                return _of_reading(entry, reading)
    return Verdict(words, "", WRONG, "no indicator was read of it")


def _made_up(paper: Path, taken: set[tuple[int, int]]) -> Iterator[Verdict]:
    """Numbers that were made targets and are none to the person who read the table."""
    may_be = {
        (str(one["project"]), bare(str(one["words"]))) for one in table_of(paper).expected["others"]
        if _MAY_BE_TARGET & set(choices(one["use"]))
    }
    yield from _made_up_of_words(paper)
    for project in projects_read(paper):
        own = bare(project.published[0].number).strip("、.（）()")
        for task in project.tasks:
            for one in task.read.numbers:
                around = bare(task.text)
                is_allowed = any(no == own and words in around and bare(one.text) in words for no, words in may_be)
                if one.use is Use.TARGET and (id(task), one.start) not in taken and not is_allowed:
                    begin = max(0, one.start - 15)
                    yield Verdict(task.text[begin:one.start + 15], one.text, WRONG, "made a target and is none")


def _made_up_of_words(paper: Path) -> Iterator[Verdict]:
    """What was taken to be there or not by the end, and is no target to the person who read the table."""
    known = [bare(str(one["words"])) for one in table_of(paper).expected["targets"]]
    for task in (one for project in projects_read(paper) for one in project.tasks):
        counted = {place for one in task.read.numbers for place in one.readings}
        for place, one in enumerate(task.read.readings):
            quote = bare(one.quote)
            is_known = any(quote in words or words in quote for words in known)
            if one.kind is Kind.MILESTONE and place not in counted and not is_known:
                yield Verdict(one.quote, "", WRONG, "made a target and is none")


def number_of_targets(paper: Path) -> int:
    return len(table_of(paper).expected["targets"])


def main() -> None:
    """Say of every table what became of its targets."""
    for paper in (paper for folder in FOLDERS for paper in tables(folder)):
        found = verdicts(paper)
        counts = {said: len([one for one in found if one.said == said]) for said in (RIGHT, ASKED, WRONG)}
        print(paper.parent.name, paper.stem, number_of_targets(paper), counts)
        for one in found:
            if one.said != RIGHT:
                print("   ", one.said, one.words, one.number, one.why)


if __name__ == "__main__":
    main()
