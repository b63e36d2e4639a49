"""The county's own table is read as the plan that was made of it by hand; changed, as the changed plan."""

import csv
import random
import re
import secrets
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from minsheng_xl.papers.reading import read
from minsheng_xl.published.drafting import About, DraftedPlan, drafted
from minsheng_xl.published.paper import Published, Task
from minsheng_xl.published.tasks import published_in
from minsheng_xl.published.units import names_of
from tests.papers.makers import SOURCE

WORKBOOK = Path(__file__).parents[2] / "workbook"
ABOUT = About(2022, "鲁山县", "重点民生实事")
MOST_QUESTIONS = 15
SAME = ("类别", "项目", "类型", "计量单位", "小数位", "比较", "目标", "序时规则", "权重")
_CHINESE = re.compile(r"(?<![\d.])[一二两三四五六七八九十百千万半]+(?=[所个处家人户名次场座项种]|成|分之)")

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    with (WORKBOOK / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def seed() -> Published:
    (found,) = published_in(read(SOURCE))
    return found


@cache
def seed_plan() -> DraftedPlan:
    return drafted(seed(), ABOUT)


def indicators(plan: DraftedPlan, tier: str) -> dict[str, Row]:
    return {row["编码"]: row for row in plan.tables["指标"] if row["类别"] == tier}


def built_in(tier: str) -> dict[str, Row]:
    return {row["编码"]: row for row in rows_of("指标") if row["类别"] == tier}


def test_the_tasks_are_those_of_the_plan() -> None:
    assert seed_plan().tables["任务表"] != []
    for mine, row in zip(seed_plan().tables["任务表"], rows_of("任务表"), strict=True):
        assert {name: mine[name] for name in row} == row


def test_the_counted_indicators_are_those_built_in() -> None:
    """Their names are the grammar's own; everything that a figure is judged by is that of the plan."""
    mine, right = indicators(seed_plan(), "考核"), built_in("考核")
    assert len(right) == 32
    assert list(mine) == list(right)
    assert {code: [mine[code][name] for name in SAME] for code in mine} == {
        code: [right[code][name] for name in SAME] for code in right
    }


def test_a_part_is_under_its_whole() -> None:
    """That a clinic is one of the pharmacies and clinics of another sentence (2-3 of 2-4) no word says."""
    mine = indicators(seed_plan(), "考核")
    assert {code: row["上级指标"] for code, row in mine.items() if row["上级指标"]} == {"1-3": "1-2"}


def test_the_gates_are_those_built_in() -> None:
    mine, right = indicators(seed_plan(), "约束"), built_in("约束")
    assert len(right) == 3
    names = ("项目", "类型", "计量单位", "比较", "目标")
    assert {code: [row[name] for name in names] for code, row in mine.items()} == {
        code: [row[name] for name in names] for code, row in right.items()
    }


def test_the_texts_are_as_many_and_of_the_same_words() -> None:
    mine, right = indicators(seed_plan(), "定性"), built_in("定性")
    assert len(mine) == len(right) == 10
    assert [row["项目"] for row in mine.values()] == [row["项目"] for row in right.values()]
    words = {row["原文"] for row in mine.values()}
    assert not [row["原文"] for row in right.values() if not any(row["原文"] in one or one in row["原文"] for one in words)]


def test_each_indicator_keeps_words_of_its_task() -> None:
    sentences = {row["序号"]: row["指标任务"] for row in seed_plan().tables["任务表"]}
    for row in seed_plan().tables["指标"]:
        assert all(piece in sentences[row["项目"]] for piece in row["原文"].split("，"))


def questions(plan: DraftedPlan) -> list[Row]:
    return plan.tables["待确认"]


def test_few_questions_each_with_what_it_would_change() -> None:
    asked = questions(seed_plan())
    assert 0 < len(asked) <= MOST_QUESTIONS
    assert all(row["影响"] and row["问题"] and row["选项"] and row["栏"] for row in asked)
    assert [row["编号"] for row in asked] == [str(place) for place in range(1, len(asked) + 1)]


def test_what_stands_in_the_plan_is_what_the_question_proposes() -> None:
    rows = {row["编码"]: row for row in seed_plan().tables["指标"]}
    for row in questions(seed_plan()):
        for code in row["对象"].split("、") if row["表"] == "指标" else ():
            assert rows[code][row["栏"]] == row["默认"]


def test_units_with_two_spellings_are_asked_and_not_joined() -> None:
    pairs = {row["对象"]: row["选项"].split("、")[0] for row in questions(seed_plan()) if row["栏"] == "同一单位"}
    assert pairs == {"县人力资源和社会保障局": "县人力资源社会保障局", "县医疗保障局": "县医保局"}
    names = {row["单位"] for row in seed_plan().tables["单位"]}
    assert names == {row["单位"] for row in rows_of("单位")} | {*pairs, *pairs.values()}


def numbers_of(project: str, plan: DraftedPlan) -> list[str]:
    return [row["数"].rstrip("%") for row in plan.tables["数字对照表"] if row["项目"] == project]


def test_rows_and_numbers_are_as_many() -> None:
    """Of digits and of Chinese numerals with a measure, both ways."""
    for row in rows_of("任务表"):
        mine = numbers_of(row["序号"], seed_plan())
        digits = re.findall(r"\d+(?:\.\d+)?", row["指标任务"])
        assert [one for one in mine if one[0].isdigit()] == digits
        spelt = _CHINESE.findall(row["指标任务"])
        assert set(spelt) <= set(mine)
        assert len(mine) - len(digits) <= len(re.findall("[一二两三四五六七八九十百千万半]", row["指标任务"]))


def test_hardly_a_number_is_part_of_a_name_or_something_else() -> None:
    uses = [row["归属"] for row in seed_plan().tables["数字对照表"]]
    aside = [use for use in uses if use.startswith(("名称的一部分", "其他"))]
    assert len(aside) <= len(uses) / 10
    assert not [use for use in uses if use.startswith("该数未归类")]


class Placed(NamedTuple):
    """A number of the seed: in what form it stands, and what the codes of its project make of it."""

    codes: tuple[int, ...]
    times: int = 1


PLACED: dict[int, tuple[Placed, ...]] = {
    1: (Placed((1,), 10000), Placed((2,), 10000), Placed((3,), 10000)),
    2: (Placed((2,)), Placed((3,)), Placed((4,))),
    3: (Placed((1,)), Placed((2,)), Placed((3,))),
    4: (Placed((1,)), Placed((2,)), Placed((3,))),
    5: (Placed((1,)), Placed((2,)), Placed((3,))),
    6: (Placed(()), Placed((6,)), Placed((1,)), Placed((2,)), Placed(()), Placed((3,)), Placed((4,))),
    7: (Placed((1, 2)), Placed((3,)), Placed((4,)), Placed((5,))),
    8: (Placed((1,)),),
    9: (Placed((1,)), Placed((2,)), Placed((3,))),
    10: (Placed((1,)), Placed((2, 3))),
}
"""Of which indicators each number in digits is the target, in the order in which they stand in the sentence; of a gate
(每个街道有1处) it is none, for all of them must have so many."""


class Changed(NamedTuple):
    """The seed with other numbers, in another order, with other units: the table and the targets by code."""

    published: Published
    targets: dict[str, str]
    old: dict[str, str]
    units: dict[str, str]


def changed(draw: random.Random) -> Changed:
    units = renamed(draw)
    order = list(range(1, 11))
    draw.shuffle(order)
    tasks, targets, old = [], {}, {}
    for place, number in enumerate(order, 1):
        task = seed().tasks[number - 1]
        sentence, values = other_numbers(task.sentence, draw)
        for placed, text in zip(PLACED[number], values, strict=True):
            for code in placed.codes:
                targets[f"{place}-{code}"] = str(Fraction(text.rstrip("%")) * placed.times) + "%" * text.endswith("%")
        old |= {f"{place}-{code}": f"{number}-{code}" for code in range(1, 12)}
        tasks.append(renamed_task(task._replace(number=str(place), sentence=sentence), units))
    return Changed(seed()._replace(tasks=tuple(tasks)), targets, old, units)


def other_numbers(sentence: str, draw: random.Random) -> tuple[str, list[str]]:
    """A sentence with another number in the place of each, and those numbers, a part with its sign."""
    values: list[str] = []

    def other(found: re.Match[str]) -> str:
        text = found[0]
        while text == found[0]:
            if found["sign"]:
                text = f"{draw.randint(11, 99)}%"
            elif "." in found[0]:
                text = f"{draw.randint(1, 9)}.{draw.randint(11, 99)}"
            else:
                text = str(draw.randint(2, 9) if len(found[0]) == 1 else draw.randint(11, 10 ** len(found[0])))
        values.append(text)
        return text

    return re.sub(r"\d+(?:\.\d+)?(?P<sign>%?)", other, sentence), values


def renamed(draw: random.Random) -> dict[str, str]:
    """A name for each unit that none of them has."""
    names = {name for task in seed().tasks for cell in (task.leads, task.responsible, task.certifiers) for name in names_of(cell)}
    signs = draw.sample("东西南北春夏秋冬金木水火土山石田海江河湖风云雨雪松柏梅兰竹菊", 28)
    words = [f"市{one}{other}{draw.choice(('局', '中心', '委员会', '办公室'))}" for one in signs for other in signs if one != other]
    return dict(zip(sorted(names), draw.sample(words, len(names)), strict=True))


def renamed_task(task: Task, units: dict[str, str]) -> Task:
    def cell(text: str) -> str:
        return "、".join(units[name] for name in names_of(text))

    return task._replace(leads=cell(task.leads), responsible=cell(task.responsible), certifiers=cell(task.certifiers))


@pytest.fixture(scope="module", params=range(5))
def other_seed() -> Changed:
    number = secrets.randbelow(10**9)
    print(f"seed {number}")
    return changed(random.Random(number))


def test_other_numbers_make_the_changed_plan(other_seed: Changed) -> None:
    """Only one thing is another kind: a work of which there are several is counted."""
    plan = drafted(other_seed.published, ABOUT)
    mine, right = indicators(plan, "考核") | indicators(plan, "约束"), built_in("考核") | built_in("约束")
    assert len(mine) == 35
    for code, row in mine.items():
        was = right[other_seed.old[code]]
        wanted = {name: was[name] for name in ("类别", "类型", "计量单位", "比较", "序时规则", "权重")}
        if other_seed.old[code] == "9-3":
            wanted |= {"类型": "累计量", "计量单位": "个", "比较": "≥"}
        assert {name: row[name] for name in wanted} == wanted, (code, row)
        assert row["目标"] == other_seed.targets.get(code, was["目标"]), (code, row)


def test_other_numbers_have_their_places_and_few_questions(other_seed: Changed) -> None:
    plan = drafted(other_seed.published, ABOUT)
    for task in other_seed.published.tasks:
        digits = re.findall(r"\d+(?:\.\d+)?", task.sentence)
        assert [one for one in numbers_of(task.number, plan) if one[0].isdigit()] == digits
    assert len(questions(plan)) <= MOST_QUESTIONS
    assert all(row["影响"] for row in questions(plan))
    assert {row["单位"] for row in plan.tables["单位"]} == set(other_seed.units.values())


def test_leads_of_a_sentence_follow_their_names(other_seed: Changed) -> None:
    plan = drafted(other_seed.published, ABOUT)
    was = {row["编码"]: row["牵头单位"] for row in seed_plan().tables["指标"]}
    for row in plan.tables["指标"]:
        lead = was.get(other_seed.old[row["编码"]], "")
        assert row["牵头单位"] == other_seed.units.get(lead, "")
