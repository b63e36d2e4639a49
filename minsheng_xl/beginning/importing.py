"""Import: make a plan of a published task table, in a new folder or in place of the plan of one that has a plan.

What is drafted loads: where the words leave a cell open, the default stands there and 待确认 asks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.beginning.begin import begin
from minsheng_xl.papers.reading import read
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.model import Plan, Tier
from minsheng_xl.plan.read import read_tables
from minsheng_xl.plan.tables import (
    CHANGES,
    EVENTS,
    GROUPS,
    INDICATORS,
    NUMBERS,
    QUESTIONS,
    SETTINGS,
    STEPS,
    TABLES,
    TASKS,
    UNITS,
    RawTables,
    as_read,
    names_in,
)
from minsheng_xl.plan.workbook import workbook_bytes
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.published.drafting import About, drafted
from minsheng_xl.published.paper import Document, Published, Task, TextBlock
from minsheng_xl.published.projects import MOST_PROJECTS
from minsheng_xl.published.tasks import published_in
from minsheng_xl.texts import one_line
from minsheng_xl.year.folder import PLAN_FILE, Year
from minsheng_xl.year.storage import why_left_alone, write_whole

ALL = "全部"
_SHOWN, _AROUND = 40, 10
"""Signs of a text that are shown whole, and about what differs in a longer one."""
BEFORE = "导入前的计划.xlsx"
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PLACE = re.compile(r"(?:20\d\d年?(?:度)?)?([\u4e00-\u9fff]{1,7}?(?:自治县|自治旗|县|区|市|旗|州))(?!直|级|政府|委)")
_NO_NAME = re.compile(r"[\d\s_.．（）()-]|年度?")
_SOMEWHERE = "本地"
_KEYS = {TASKS.name: "序号", INDICATORS.name: "编码"}
_KEPT = (EVENTS.name, CHANGES.name, GROUPS.name)
_asked_in = itemgetter("表", "对象", "栏", "问题", "原句", "选项", "默认")
_OF_CODES = ("分母", "年初数")


class Wish(NamedTuple):
    """What a person says beside the paper: "" or None where the paper is to tell."""

    year: int | None = None
    region: str = ""
    table: str = ""
    """Which of several tables: its number from 1, or 全部."""


NOTHING_SAID = Wish()


class Imported(NamedTuple):
    """The folder, how much was read, how much is to be answered (and before forms can go out), and sentences."""

    root: Path
    projects: int
    indicators: int
    numbers: int
    questions: int
    blocking: int
    remarks: tuple[str, ...]


class DraftFromPaper(NamedTuple):
    """A plan that was read from a paper, checked: its raw tables, and sentences about the reading."""

    tables: RawTables
    plan: Plan
    remarks: tuple[str, ...]


def draft_of(source: Path | str, root: Path, wish: Wish = NOTHING_SAID) -> DraftFromPaper:
    """Read a paper (a file, or text that was pasted) into a plan for a folder. Nothing is written.

    Raises MinshengError where it cannot be read or holds no task table, MisuseError where the year is not said or
    several tables are there.
    """
    document = read(source)
    published = _chosen(published_in(document), wish.table, source)
    about = _about(published, document, root, wish)
    made = drafted(published, about)
    if len(made.tables[TASKS.name]) > MOST_PROJECTS:
        raise MinshengError(
            f"{_named(source)} 里有 {len(made.tables[TASKS.name])} 个项目，最多 {MOST_PROJECTS} 个。请只留下要考核的任务表再导入。"
        )
    tables = as_read({table.name: table.filled(made.tables.get(table.name, ())) for table in TABLES})
    if not any(row.cells["类别"] == Tier.ASSESSED.value for row in tables.rows[INDICATORS.name]):
        raise MinshengError(
            f"{_named(source)} 的任务里没有一个能考核的数（如 5公里、60%），也没有建成、完工一类的事，做不成计划。请核对是不是选错了文件；"
            "都是文字的，用 init --blank 建一个空白的计划，自己写指标。"
        )
    return DraftFromPaper(tables, check_tables(tables), (*document.left_out, *made.remarks))


def import_document(source: Path | str, root: "str | Path", wish: Wish = NOTHING_SAID) -> Imported:
    """Make the folder of a year with the plan that a paper gives. Raises as `draft_of` does, and MinshengError if there
    is a plan already."""
    found = draft_of(source, Path(root), wish)
    begin(root, found.tables).close()
    return _imported(Path(root), found)


def import_again(year: Year, found: DraftFromPaper) -> Imported:
    """Put the plan that a paper gave in place of the projects and indicators of a year; its units, settings, groups
    and history stay, and so do the answers to what is still asked in the same words. The workbook as it was is kept
    beside it. Raises PlanError where the two make no plan, and MinshengError while it is open elsewhere."""
    tables = merged(read_tables(year.plan_path), found.tables)
    plan = check_tables(tables)
    with year.locked():
        reason = why_left_alone(year.plan_path)
        if reason:
            raise MinshengError(f"{PLAN_FILE} 没有改动：{reason}。请关上它，再运行一次。")
        write_whole(_free(year.plan_path.with_name(BEFORE)), year.plan_path.read_bytes())
        year.edit_plan(workbook_bytes(tables.plain()))
    return _imported(year.root, found._replace(tables=tables, plan=plan))


def _free(path: Path) -> Path:
    """A name that nothing has yet: that one, or with a number behind it."""
    numbered = (path.with_stem(f"{path.stem}{number}") for number in count(2))
    return next(one for one in chain((path,), numbered) if not one.exists())


def differences(year: Year, found: DraftFromPaper) -> list[str]:
    """What the plan of a year would change by, a sentence each."""
    there = read_tables(year.plan_path)
    before, after = there.plain(), merged(there, found.tables).plain()
    said: list[str] = []
    for name, key in _KEYS.items():
        said += _rows_differing(name, _by(before[name], key), _by(after[name], key))
    known = {row["单位"] for row in before[UNITS.name]}
    new = [row["单位"] for row in after[UNITS.name] if row["单位"] not in known]
    return said + ([f"单位：新增 {'、'.join(new)}"] if new else [])


def merged(before: RawTables, found: RawTables) -> RawTables:
    """The tables of a plan with the projects, indicators, steps and questions of another."""
    old, new = before.plain(), found.plain()
    codes = {row["编码"] for row in new[INDICATORS.name]}
    known = set(chain.from_iterable((row["单位"], *names_in(row["别名"])) for row in old[UNITS.name]))
    stepped = {row["指标编码"] for row in new[STEPS.name]}
    asked = {(row["参数"], row["对象"]) for row in old[SETTINGS.name]}
    tables = {name: old[name] for name in _KEPT} | {
        TASKS.name: new[TASKS.name],
        INDICATORS.name: new[INDICATORS.name],
        UNITS.name: [*old[UNITS.name], *(row for row in new[UNITS.name] if row["单位"] not in known)],
        STEPS.name: [
            *new[STEPS.name],
            *(row for row in old[STEPS.name] if row["指标编码"] in codes and row["指标编码"] not in stepped),
        ],
        SETTINGS.name: [
            *(row for row in old[SETTINGS.name] if row["参数"] not in _OF_CODES or row["对象"] in codes),
            *(row for row in new[SETTINGS.name] if row["参数"] in _OF_CODES and (row["参数"], row["对象"]) not in asked),
        ],
        QUESTIONS.name: list(_answered_before(old[QUESTIONS.name], new[QUESTIONS.name])),
        NUMBERS.name: new[NUMBERS.name],
    }
    return as_read(tables)


def _answered_before(old: Iterable[dict[str, str]], new: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The questions of a paper, each with the answer that was given to it when it was asked in the same words."""
    said = {_asked_in(row): row["答复"] for row in old}
    for row in new:
        yield row | {"答复": said.get(_asked_in(row), "")}


def _chosen(found: Sequence[Published], wanted: str, source: Path | str) -> Published:
    """The table that is meant. Raises MinshengError, MisuseError."""
    name = _named(source)
    if not found:
        raise MinshengError(
            f"{name} 里没有找到任务表：要有“指标任务”“主要内容”“工作目标”一类的一栏，和序号、项目或牵头单位一栏；或者是分条写的，每条末尾写着牵头单位。"
        )
    if wanted == ALL:
        return _joined(found)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(found):
        return found[int(wanted) - 1]
    if len(found) == 1 and not wanted:
        return found[0]
    listed = "；".join(f"{place} {one.title or one.where}（{len(one.tasks)} 项）" for place, one in enumerate(found, 1))
    raise MisuseError(f"{name} 里有 {len(found)} 张任务表：{listed}。请加 --table 写明用哪一张，如 --table 1，或 --table {ALL}。")


def _named(source: Path | str) -> str:
    return source.name if isinstance(source, Path) else "粘贴的文字"


def _joined(found: Sequence[Published]) -> Published:
    """Several tables as one, each a section."""
    tasks: list[Task] = []
    for one in found:
        tasks += [task._replace(section=task.section or one.title or one.where) for task in one.tasks]
    heads = dict(chain.from_iterable(one.heads for one in found))
    remarks = tuple(chain.from_iterable(one.remarks for one in found))
    return found[0]._replace(tasks=tuple(tasks), heads=tuple(heads.items()), remarks=remarks)


def _about(published: Published, document: Document, root: Path, wish: Wish) -> About:
    """What year and place it is for: as the person says, else the paper's title, else the folder's name, else the
    paragraphs. Raises MisuseError where the year is not sure."""
    folder = root.resolve().name
    paragraphs = [block.text for block in document.blocks if isinstance(block, TextBlock)]
    if wish.year is not None and not 1900 <= wish.year <= 2999:
        raise MisuseError(f"--year 后面写的是 {wish.year}，请写四位的年份，如 --year 2023。")
    year = wish.year or _year_in(published.title, folder, "\n".join(paragraphs))
    places = (_PLACE.search(text) for text in (published.title, folder, *paragraphs))
    region = wish.region or next((found[1] for found in places if found), "") or _NO_NAME.sub("", folder) or _SOMEWHERE
    return About(year=year, region=region, title=f"{region}{year}年重点民生实事")


def _year_in(title: str, folder: str, paragraphs: str) -> int:
    """The one year that these name; the title and the folder may not gainsay each other. Raises MisuseError."""
    titled, named = _years_of(title), _years_of(folder)
    both = titled & named if titled and named else titled | named
    years = both or (_years_of(paragraphs) if not titled and not named else set())
    if len(years) == 1:
        return years.pop()
    if titled and named and not both:
        said = "、".join(map(str, sorted(titled)))
        raise MisuseError(f"表的标题写的是 {said} 年，文件夹的名字是 {folder}，不知道是哪一年，请加 --year，如 --year {max(titled)}。")
    if not years:
        raise MisuseError("文件和文件夹的名字里都没有写是哪一年，请加 --year，如 --year 2023。")
    said = "、".join(map(str, sorted(years)))
    raise MisuseError(f"写着几个年份（{said}），不知道是哪一年，请加 --year，如 --year {max(years)}。")


def _years_of(text: str) -> set[int]:
    return {int(found[1]) for found in _YEAR.finditer(text)}


def _imported(root: Path, found: DraftFromPaper) -> Imported:
    rows, questions = found.tables.rows, found.plan.open_questions
    return Imported(
        root=root, projects=len(rows[TASKS.name]), indicators=len(rows[INDICATORS.name]),
        numbers=len(rows[NUMBERS.name]), questions=len(questions), blocking=sum(one.blocks for one in questions),
        remarks=found.remarks,
    )


def _around(text: str, other: str) -> str:
    """A text in one line; of a long one where it differs from the other."""
    mine, its = one_line(text), one_line(other)
    if len(mine) <= _SHOWN:
        return mine or "（空）"
    begin = max(0, _alike(mine, its) - _AROUND)
    end = len(mine) - max(0, _alike(mine[::-1], its[::-1]) - _AROUND)
    middle = mine[begin:max(end, begin + 2 * _AROUND)]
    middle = middle if len(middle) <= 2 * _SHOWN else f"{middle[:_SHOWN]}……{middle[-_SHOWN:]}"
    return f"{'…' if begin else ''}{middle}{'…' if end < len(mine) else ''}"


def _alike(one: str, other: str) -> int:
    """How many signs two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (mine, its) in enumerate(pairs) if mine != its), min(len(one), len(other)))


def _by(rows: Iterable[dict[str, str]], key: str) -> dict[str, dict[str, str]]:
    return {row[key]: row for row in rows}


def _rows_differing(
    name: str, before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    for key, row in after.items():
        if key not in before:
            yield f"{name} {key}：新增“{row.get('指标') or row.get('项目', '')}”"
            continue
        for column, text in row.items():
            was = before[key].get(column, "")
            if text != was:
                yield f"{name} {key} 的{column}：{_around(was, text)} → {_around(text, was)}"
    for key, row in before.items():
        if key not in after:
            yield f"{name} {key}：删去“{row.get('指标') or row.get('项目', '')}”"
