"""The way into another year: the tables of its plan, made of those of the year before.

Tables in, tables out. What was carried and has to be looked at is marked 待核对 where the office reads the row, and
listed in sentences; what belongs to its own year (变更, 待确认, 暂停, 可不涉及, 规则试行, 印发日期, 简报期号) stays
behind.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from minsheng_xl.plan.cells import day_of
from minsheng_xl.plan.draft import figure_of
from minsheng_xl.plan.legible import codes_of, narrow
from minsheng_xl.plan.model import Comparator, Indicator, Kind, Plan, Tier
from minsheng_xl.plan.options import AGAIN_BY, BRIEF_NUMBER, DUE_DATE, ISSUED_ON, LAST_YEAR
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
    Table,
    as_read,
    names_in,
)

Row = dict[str, str]

MARK = "待核对"
_MARKED = re.compile(rf"{MARK}（由\d{{4}}年转入）[^。]*。")
_OF_ITS_YEAR = ("暂停文号", "暂停起始期", "恢复起始期", "可不涉及")
_LEFT_BEHIND = "规则试行", ISSUED_ON, BRIEF_NUMBER
_SETTINGS_OF_ITS_YEAR = frozenset((*_LEFT_BEHIND, "年初数"))
_DATES = (DUE_DATE, AGAIN_BY)
_DAYS = "一二三四五六日"


class Opening(NamedTuple):
    """The 年初数 of an indicator as 参数 takes it, blank where there is none, and where it comes from."""

    value: str
    words: str


class Wanted(NamedTuple):
    """What the office says of the indicators, by code: those that are not carried, and new targets."""

    dropped: frozenset[str] = frozenset()
    targets: Mapping[str, str] = MappingProxyType({})


ALL = Wanted()


class Moved(NamedTuple):
    """The tables of another year, and in sentences what is to be looked at and what stayed behind."""

    tables: RawTables
    to_check: tuple[str, ...]


def fits_target(indicator: Indicator, text: str) -> bool:
    """Whether a text may be the target of an indicator: 0 only where less is better."""
    target = figure_of(text, indicator.kind)
    return target is not None and (target > 0 or (target == 0 and indicator.comparator is Comparator.AT_MOST))


def next_year(plan: Plan, to: int, wanted: Wanted, openings: Mapping[str, Opening], last_year: str) -> Moved:
    """The plan of another year with the indicators that are wanted; `last_year` is the folder of the old one."""
    return _Move(plan, to, wanted).whole(openings, last_year)


def like(plan: Plan, to: int) -> RawTables:
    """A plan with the units and settings of another, and nothing promised yet."""
    return _Move(plan, to, Wanted(frozenset(one.code for one in plan.indicators))).frame()


class _Move:
    """The tables of a plan on their way into another year, which may be the same one."""

    def __init__(self, plan: Plan, to: int, wanted: Wanted) -> None:
        self._plan, self._from, self._to = plan, plan.settings.year, to
        self._targets, self._rows = wanted.targets, {table.name: _narrow_rows(plan, table) for table in TABLES}
        self._left_out = {LAST_YEAR} | (_SETTINGS_OF_ITS_YEAR if to != self._from else set())
        self._kept = self._followed(wanted.dropped)
        self._numbers = {row["项目"] for row in self._of(INDICATORS.name) if row["编码"] in self._kept}
        self._had_opening = {row["对象"] for row in self._of(SETTINGS.name) if row["参数"] == "年初数"}

    def _takes_opening(self, code: str) -> bool:
        """Whether 参数 gives an indicator a 年初数: to what is assessed, and to what had one."""
        is_assessed = self._plan.has_indicator(code) and self._plan.indicator(code).tier is Tier.ASSESSED
        return code in self._kept and (is_assessed or code in self._had_opening)

    def _of(self, table: str) -> list[Row]:
        return self._rows.get(table, [])

    def _followed(self, dropped: frozenset[str]) -> set[str]:
        """The codes that are carried: without those that were derived from dropped ones alone."""
        kept = {one.code for one in self._plan.indicators} - dropped
        derived = [one for one in self._plan.indicators if one.kind is Kind.DERIVED]
        return kept - {one.code for one in derived if not kept & set(one.derived_from)}

    def whole(self, openings: Mapping[str, Opening], last_year: str) -> Moved:
        """Everything, marked where it is to be looked at."""
        known = {code: opening for code, opening in openings.items() if self._takes_opening(code)}
        settings = [*self._settings(), *self._openings(known), _setting(LAST_YEAR, last_year, "上年同期从这里取")]
        tables = {
            TASKS.name: self._tasks(),
            INDICATORS.name: list(self._indicators()),
            UNITS.name: self._units(),
            GROUPS.name: self._of(GROUPS.name),
            STEPS.name: list(self._steps()),
            SETTINGS.name: settings,
        }
        return Moved(as_read(tables), tuple(self._to_check(known)))

    def frame(self) -> RawTables:
        """Units, groups and settings alone."""
        settings = [row for row in self._settings() if row["参数"] not in ("分母", "年初数")]
        return as_read({UNITS.name: self._units(), GROUPS.name: self._of(GROUPS.name), SETTINGS.name: settings})

    def _tasks(self) -> list[Row]:
        """The projects that have an indicator left, or never had one."""
        had = {row["项目"] for row in self._of(INDICATORS.name)}
        kept = [row for row in self._of(TASKS.name) if row["序号"] in self._numbers or row["序号"] not in had]
        return [row | {"完成时限": self._in_words(self._day(row["完成时限"]))} for row in kept]

    def _units(self) -> list[Row]:
        """The units, each with the names it had before: 变更 stays behind, which told them."""
        rows = []
        for row in self._of(UNITS.name):
            known = list(names_in(row["别名"]))
            known += [name for name in self._plan.former_names(row["单位"]) if name not in known]
            rows.append(row | {"别名": "、".join(known)})
        return rows

    def _indicators(self) -> Iterator[Row]:
        for row in self._of(INDICATORS.name):
            if row["编码"] in self._kept:
                yield self._indicator(row)

    def _indicator(self, row: Row) -> Row:
        code = row["编码"]
        derived = "、".join(name for name in names_in(row["推导自"]) if name in self._kept)
        parent = row["上级指标"] if row["上级指标"] in self._kept else ""
        moved = row | dict.fromkeys(_OF_ITS_YEAR, "") | {"上级指标": parent, "推导自": derived}
        target = self._targets.get(code, row["目标"])
        moved |= {"目标": target, "完成时限": self._day(row["完成时限"])}
        looked_at = "、".join(self._looked_at(row, moved))
        moved["存疑"] = self._marked(row["存疑"], looked_at)
        return moved

    def _looked_at(self, row: Row, moved: Row) -> Iterator[str]:
        """What of an indicator is to be looked at."""
        yield "是否沿用"
        if moved["目标"] != row["目标"]:
            yield f"目标（原为{row['目标']}）"
        elif row["目标"]:
            yield "目标"
        if row["完成时限"]:
            yield f"完成时限（原为{row['完成时限']}）"
        if row["分母来源"] == "办公室核定":
            yield "分母"
        if any(step["指标编码"] == row["编码"] for step in self._of(STEPS.name)):
            yield "节点"
        yield from (f"{name}（{row[name]}没有转入）" for name in ("上级指标", "推导自") if moved[name] != row[name])

    def _steps(self) -> Iterator[Row]:
        for row in self._of(STEPS.name):
            if row["指标编码"] in self._kept:
                yield row | {"依据": self._marked(row["依据"])}

    def _settings(self) -> Iterator[Row]:
        for row in self._of(SETTINGS.name):
            is_of_dropped = row["参数"] == "分母" and row["对象"] not in self._kept
            if row["参数"] not in self._left_out and not is_of_dropped:
                yield row | self._changed(row)

    def _changed(self, row: Row) -> Row:
        """The cells of a setting that another year changes."""
        name, value = row["参数"], row["值"]
        if name in ("地区", "标题"):
            return {"值": self._in_words(value)}
        if name == "年度":
            return {"值": str(self._to)}
        if name == "资金项目":
            return {"值": "、".join(no for no in names_in(value) if no in self._numbers)}
        if name == "分母" and value:
            return {"说明": self._marked(row["说明"])}
        if name in _DATES and self._from != self._to:
            return self._later(row)
        return {}

    def _later(self, row: Row) -> Row:
        """A date for a period, both moved; a weekend is said."""
        moved, known = self._day(row["值"]), _unmarked(row["说明"]).replace("。", "；")
        weekend = f"，{moved}是{_weekend(moved)}" if _weekend(moved) else ""
        was = f"原为{row['值']}" + (f"（{known}）" if known else "")
        return {"对象": self._in_words(row["对象"]), "值": moved, "说明": self._marked("", was + weekend)}

    def _openings(self, known: Mapping[str, Opening]) -> Iterator[Row]:
        """A row for what has a 年初数, and for what had one the year before."""
        for one in self._plan.indicators:
            opening = known.get(one.code)
            if opening is not None:
                yield _setting("年初数", opening.value, f"{MARK}：{opening.words}", one.code)
            elif one.code in self._had_opening & self._kept:
                yield _setting("年初数", "", f"{MARK}：{self._from}年没有已采用的数", one.code)

    def _in_words(self, text: str) -> str:
        """A text with the year in it moved."""
        return re.sub(rf"(?<!\d){self._from}(?!\d)", str(self._to), text)

    def _day(self, text: str) -> str:
        """A day as many years later; 29 February is the 28th where there is none."""
        day = day_of(text)
        if day is None:
            return text
        year = day.year + self._to - self._from
        is_leap_day = (day.month, day.day) == (2, 29)
        return (date(year, 2, 28) if is_leap_day else day.replace(year=year)).isoformat()

    def _marked(self, text: str, looked_at: str = "") -> str:
        """A text behind the mark that says what is to be looked at; the mark of an earlier move is gone."""
        what = f"：{looked_at}" if looked_at else ""
        return f"{MARK}（由{self._from}年转入）{what}。{_unmarked(text)}"

    def _to_check(self, openings: Mapping[str, Opening]) -> Iterator[str]:
        """What is to be looked at, a sentence a table; then what stayed behind."""
        rows = [row for row in self._of(INDICATORS.name) if row["编码"] in self._kept]
        yield f"任务表：{len(self._tasks())} 个项目，指标任务还是 {self._from} 年的原文，请换成 {self._to} 年公布的。"
        yield f"指标：转入 {len(rows)} 个，目标、口径、单位请逐行核对，要看什么写在存疑栏。"
        changed = [f"{code} {target}" for code, target in self._targets.items() if code in self._kept]
        yield from _listed("指标：目标改了", changed)
        yield from _listed("完成时限：移到了后一年", [row["编码"] for row in rows if row["完成时限"]])
        published = [row["序号"] for row in self._tasks() if row["完成时限"]]
        yield from _listed("任务表：完成时限里的年份改成了后一年的", published)
        dates = (row for row in self._settings() if row["参数"] in _DATES)
        days = ((row["对象"], row["值"], _weekend(row["值"])) for row in dates)
        yield from _listed("参数：期限移到了后一年，节假日请核对", [f"{of}（{day}{rest}）" for of, day, rest in days])
        denominators = [row["对象"] for row in self._settings() if row["参数"] == "分母" and row["值"]]
        yield from _listed("参数：分母沿用", denominators)
        for code, opening in openings.items():
            yield f"参数：年初数 {code} {opening.value or '空着'}，{opening.words}。"
        yield from _listed("序时：节点沿用，依据要换", list(dict.fromkeys(row["指标编码"] for row in self._steps())))
        yield from self._left()

    def _left(self) -> Iterator[str]:
        """What stayed behind, in sentences."""
        rows = self._of(INDICATORS.name)
        yield from _listed("没有转入的指标", [row["编码"] for row in rows if row["编码"] not in self._kept])
        paused = [row["编码"] for row in rows if row["暂停起始期"]]
        yield from _listed("没有转入：暂停和恢复（属于当年）", paused)
        yield from _listed("没有转入：可不涉及（属于当年）", [row["编码"] for row in rows if row["可不涉及"]])
        settings = [row["参数"] for row in self._of(SETTINGS.name) if row["参数"] in _LEFT_BEHIND]
        yield from _listed("没有转入：属于当年的参数", list(dict.fromkeys(settings)))
        if self._plan.open_questions:
            yield f"{QUESTIONS.name}：{len(self._plan.open_questions)} 处没有答复，照默认的转入，请核对。"
        told = [name for name in (EVENTS.name, CHANGES.name, QUESTIONS.name, NUMBERS.name) if self._of(name)]
        yield from _listed("没有转入：属于当年的表", told)


def _narrow_rows(plan: Plan, table: Table) -> list[Row]:
    """The rows of a table with its codes as they are meant."""
    return [row | narrow(row, codes_of(table)) for row in plan.tables.get(table.name, ())]


def _weekend(text: str) -> str:
    """That a day is one on which offices rest; "" where it is not."""
    day = day_of(text)
    return f"星期{_DAYS[day.weekday()]}" if day is not None and day.weekday() > 4 else ""


def _unmarked(text: str) -> str:
    """A text without the marks of an earlier move."""
    return _MARKED.sub("", text)


def _setting(name: str, value: str, words: str, about: str = "") -> Row:
    return {"参数": name, "对象": about, "值": value, "说明": words}


def _listed(words: str, what: Sequence[str]) -> Iterator[str]:
    if what:
        yield f"{words}：{'、'.join(what)}。"
