"""What a plan has to fulfil: one check, one function, one place in `CHECKS`.

A check looks at one thing (a row, a code, a unit) and yields the problems it finds; why it is asked
stands in its docstring, the sentence for the office in `minsheng_xl.problems.CATALOGUE`. To add one,
copy one that looks at the same sort of thing and put its name into the list of that walk. What it
needs and cannot be read is told already: then it says nothing.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from minsheng_xl.exact.numbers import parse_plain, plain
from minsheng_xl.plan.addresses import is_within, strange_in
from minsheng_xl.plan.amounts import NoShare
from minsheng_xl.plan.answers import is_known_column
from minsheng_xl.plan.cells import day_of, deadline_in, member_of, ratio_of
from minsheng_xl.plan.draft import (
    LARGEST_NUMBER,
    Draft,
    Step,
    exemption_in,
    sort_of,
    spellings_in,
    suits,
    target_of,
)
from minsheng_xl.plan.model import (
    EVERY_ROW,
    Comparator,
    EventKind,
    Indicator,
    Kind,
    PaceRule,
    Question,
    QuestionState,
    Tier,
    Unit,
)
from minsheng_xl.plan.names import LONGEST_NAME, is_project_sheet, is_reserved, may_name_a_file, may_name_a_sheet
from minsheng_xl.plan.options import (
    BOUNDS,
    BRIEF_NUMBER,
    CERTIFIED,
    DATED,
    DUE_DATE,
    FREQUENCY,
    OPTIONS,
    TITLE,
    YEAR,
    Option,
)
from minsheng_xl.plan.tables import (
    CHANGES,
    EVENTS,
    GROUPS,
    INDICATORS,
    NUMBERS,
    OWN_COLUMNS,
    QUESTIONS,
    SETTINGS,
    STEPS,
    TABLES,
    TASKS,
    UNITS,
    RawRow,
    Table,
    names_in,
)
from minsheng_xl.problems import Problem, Severity, problem

_YEAR_IN_WORDS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|-(?:\d{2}|Q\d))")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_ROWS_OF = {TASKS.name: "照公布的任务表，一个项目一行", INDICATORS.name: "一个指标一行", UNITS.name: "一个单位一行"}
"""What stands in the rows of the tables without which there is no plan."""
BLANK = ("plan-table-blank", "plan-nothing", "plan-untouched")
"""What is wrong with a plan in which nothing is promised yet."""
_SOUNDS_LIKE_A_GROUP = re.compile(r"^各|各.*(?:单位|部门)|有关|相关|成员单位")
_HAS_DIGIT = re.compile(r"\d")
_GROUP_HINT = "；是几个单位的合称的，在“组”表里写明是哪几个"
_RATIO_COLUMNS = ("分子", "分母", "分母来源")

Found = Iterator[Problem]


class Walk(NamedTuple):
    """Checks that look at the same things: at the first thing one after another, then at the next."""

    over: Callable[[Draft], Iterable[Any]]
    checks: tuple[Callable[[Draft, Any], Found], ...]


class Placed(NamedTuple):
    """An indicator and a row that has its code."""

    row: RawRow
    indicator: Indicator


class OfPeriod(NamedTuple):
    """A setting that is given for a period, and the period's name."""

    name: str
    period: str


class Valued(NamedTuple):
    """A row of 参数 that gives an indicator its 分母 or 年初数."""

    name: str
    code: str
    row: RawRow


def problems_of(draft: Draft) -> list[Problem]:
    """Every problem and note of a plan, in the order of `CHECKS`."""
    if _is_untouched(draft):
        return [problem("plan-untouched")]
    found: list[Problem] = []
    for walk in CHECKS:
        for thing in walk.over(draft):
            for check in walk.checks:
                found += check(draft, thing)
    is_well = all(one.severity is not Severity.ERROR for one in found)
    found += something_is_assessed(draft) if is_well else ()
    return [_where_it_was_said(draft, one) for one in found]


def _is_untouched(draft: Draft) -> bool:
    """Whether nobody has written anything yet into a plan that was made with examples."""
    is_whole = all(name in draft.tables.heads for name in _ROWS_OF)
    return bool(draft.tables.examples) and is_whole and not any(draft.rows[name] for name in _ROWS_OF)


def _where_it_was_said(draft: Draft, found: Problem) -> Problem:
    """A problem at the answer that brought it, where the cell says something else."""
    for (table, row, column), question in draft.answered.items():
        if (found.sheet, found.cell) == (table, f"第{row}行“{column}”"):
            return found._replace(sheet=QUESTIONS.name, cell=f"第{question.row}行“答复”")
    return found


def _at(code: str, table: Table, row: RawRow | None, column: str = "", **words: str) -> Problem:
    """The problem at its place; what was seen is the cell, unless it is said otherwise."""
    place = (f"第{row.number}行" if row else "") + (f"“{column}”" if column else "")
    if row and column:
        words.setdefault("seen", row.cells.get(column, ""))
    return problem(code, sheet=table.name, cell=place, **words)


def table_is_there(draft: Draft, table: Table) -> Found:
    """A table that is not there is no empty one: someone deleted or renamed it, or put a title above it."""
    if table.name in draft.below:
        yield _at("plan-head-below", table, None, expected=str(draft.below[table.name]))
    if table.name in draft.tables.heads or table.since:
        return
    heads = ((name, set(map(table.title_in, head))) for name, head in draft.tables.strangers)
    renamed = next((name for name, head in heads if table.titles[0] in head and len(head & set(table.titles)) > 2), "")
    if renamed:
        yield _at("plan-table-renamed", table, None, seen=renamed, expected=table.name)
    else:
        yield _at("plan-table", table, None)


def columns_are_there(draft: Draft, table: Table) -> Found:
    """A column that is gone is not blank: what stood in it would be lost unseen."""
    for title in draft.gone.get(table.name, ()):
        yield _at("plan-column", table, None, title)


def columns_stand_once(draft: Draft, table: Table) -> Found:
    """Of two columns of one title nobody can tell which was meant."""
    for title in draft.twice.get(table.name, ()):
        yield _at("plan-column-twice", table, None, title)


def columns_are_known(draft: Draft, table: Table) -> Found:
    """A column that nobody reads is mostly a misspelt one that somebody should; the office's own remarks are not."""
    own = () if table is CHANGES else OWN_COLUMNS  # 变更记录 is written over
    is_read = table is not NUMBERS and table.name not in draft.below
    for title in draft.tables.heads.get(table.name, ()) if is_read else ():
        if title and title not in (*table.titles, *own):
            yield _at("plan-column-unknown", table, None, title, seen=title, expected="、".join(table.titles))


def table_is_filled(draft: Draft, table: Table) -> Found:
    """A plan that was only just made says what is to be filled in, and in which table."""
    is_there = table.name in draft.tables.heads and table.name not in draft.below
    if table.name in _ROWS_OF and is_there and not draft.rows[table.name]:
        yield _at("plan-table-blank", table, None, expected=_ROWS_OF[table.name])


def rows_add_nothing_up(draft: Draft, _: None) -> Found:
    """A row 合计 is the office's own sum: it names no project, indicator or unit."""
    for table, row, title in draft.sums:
        yield _at("plan-sum", table, row, title)


def misread_cells(draft: Draft, _: None) -> Found:
    """Formulas, dates that Excel made of codes, numbers too large: the workbook does not say what was meant."""
    by_name = {table.name: table for table in TABLES}
    sums = {(table.name, row.number) for table, row, _ in draft.sums}
    for cell in draft.tables.misread:
        if (cell.table, cell.row) not in sums:
            yield _at(cell.code, by_name[cell.table], RawRow(cell.row, {}), cell.column, seen=cell.seen, expected="数字")


def far_cells(draft: Draft, _: None) -> Found:
    """A cell in the last row is coloured: it costs time, and says nothing."""
    for table, address in draft.tables.far:
        yield problem("plan-far", sheet=table, cell=address)


def faulty_cells(draft: Draft, _: None) -> Found:
    """Blanks, choices, whole numbers, dates: what one cell alone shows to be wrong."""
    for table, row, title, fault in draft.faults:
        words = {"expected": fault.expected} if fault.expected else {}
        yield _at(fault.code, table, row, title, **words)


def name_is_short(draft: Draft, row: RawRow) -> Found:
    """A name is printed in narrow columns; the long one has its own column."""
    if len(row.cells["单位"]) > LONGEST_NAME:
        yield _at("plan-name-long", UNITS, row, "单位", expected=str(LONGEST_NAME))


def spellings_are_claimed_once(draft: Draft, row: RawRow) -> Found:
    """A name that two units claim would send a return to the wrong one."""
    for place, (column, spelling) in enumerate(spellings_in(row)):
        first = draft.claims[spelling]
        if (first.row, first.place) != (row.number, place):
            yield _at("plan-name-twice", UNITS, row, column, seen=spelling, expected=f"第{first.row}行")


def group_is_no_unit(draft: Draft, row: RawRow) -> Found:
    """A name that a group and a unit have, or two groups, may mean the one or the other."""
    name = row.cells["组"]
    claim = draft.claims.get(name)
    first = next(one for one in draft.legible(GROUPS, "组") if one.cells["组"] == name)
    if claim is not None:
        yield _at("plan-name-twice", GROUPS, row, "组", expected=f"“{UNITS.name}”第{claim.row}行")
    elif first is not row:
        yield _at("plan-name-twice", GROUPS, row, "组", expected=f"第{first.number}行")


def group_has_known_units(draft: Draft, row: RawRow) -> Found:
    """Names are never guessed; nor is a group one of another."""
    if not draft.is_bad(GROUPS, row, "单位"):
        for text in names_in(row.cells["单位"]):
            yield from _unknown_unit(draft, text, GROUPS, row, "单位")


def question_is_of_something(_: Draft, question: Question) -> Found:
    """A question about a column that is none was edited: nobody could answer it."""
    if not is_known_column(question):
        where = f"第{question.row}行“栏”"
        yield problem("plan-question", sheet=QUESTIONS.name, cell=where, seen=f"{question.table} {question.column}")


def answer_is_a_choice(_: Draft, question: Question) -> Found:
    """An answer that is none of the choices would silently leave the default."""
    if question.state is QuestionState.MISTAKEN:
        where, expected = f"第{question.row}行“答复”", "、".join((*question.choices, *_beside_choices(question)))
        yield problem("plan-choice", sheet=QUESTIONS.name, cell=where, seen=question.answer, expected=expected)


def _beside_choices(question: Question) -> tuple[str, ...]:
    """The default where it is not among the choices."""
    return () if not question.default or question.default in question.choices else (question.default,)


def setting_stands_once(draft: Draft, row: RawRow) -> Found:
    """Of two rows for one setting nobody can tell which was meant."""
    rows = draft.setting_rows[(row.cells["参数"], row.cells["对象"])]
    if place := rows.index(row):
        yield _at("plan-setting-twice", SETTINGS, row, "参数", expected=f"第{rows[place - 1].number}行")


def option_is_given(draft: Draft, option: Option[Any]) -> Found:
    """The year cannot begin without the settings that have no default."""
    unread = {row.cells["参数"] for row in draft.rows[SETTINGS.name] if draft.is_bad(SETTINGS, row, "值")}
    if draft.setting(option.name) or option.default or option.name in unread or SETTINGS.name in draft.missing:
        return
    yield _at("plan-setting", SETTINGS, None, option.name, expected=option.name)


def option_is_understood(draft: Draft, option: Option[Any]) -> Found:
    """A setting that cannot be read would silently be its default."""
    text = draft.setting(option.name)
    if text and option.read(text) is None:
        yield _at(option.code, SETTINGS, draft.setting_row(option.name), "值", seen=text, expected=option.expected)


def title_is_of_the_year(draft: Draft, _: None) -> Found:
    """A note: the title stands on everything that is printed, and last year's is soon carried along."""
    year, title = draft.option(YEAR), draft.option(TITLE)
    if year is None or title is None:
        return
    named = [int(text) for text in _YEAR.findall(title)]
    if named and not min(named) <= year <= max(named):
        yield _at("plan-title-year", SETTINGS, draft.setting_row(TITLE.name), "值", expected=str(year))


def bands_are_in_order(draft: Draft, _: None) -> Found:
    """Lights that overlap would give a row two colours."""
    if len(draft.bounds) < len(BOUNDS):
        return
    ahead, yellow, red = draft.bounds
    if not ahead >= 0 >= yellow > red:
        columns = "、".join(bound.name for bound in BOUNDS)
        yield _at("plan-bands", SETTINGS, None, columns, seen="、".join(map(plain, draft.bounds)))


def _wrong_period(draft: Draft, text: str, table: Table, row: RawRow | None, column: str) -> Found:
    """A period that is none of the plan's year; where year or frequency are not known nothing can be said."""
    year, frequency = draft.option(YEAR), draft.option(FREQUENCY)
    if year is not None and frequency is not None and draft.period_of(text) is None:
        example = frequency.example.replace("2022", str(year))
        yield _at("plan-period", table, row, column, seen=text, expected=example)


def setting_is_of_a_period(draft: Draft, dated: OfPeriod) -> Found:
    """What is given for another year's period would never be used."""
    yield from _wrong_period(draft, dated.period, SETTINGS, draft.setting_row(*dated), "对象")


def date_is_a_day(draft: Draft, dated: OfPeriod) -> Found:
    """Whether a return is late hangs on it, and what is printed as a day."""
    if draft.option(YEAR) is None or draft.option(FREQUENCY) is None:
        return
    if day_of(draft.setting(*dated)) is None and (dated.name == DUE_DATE or draft.setting(*dated)):
        yield _at("plan-date", SETTINGS, draft.setting_row(*dated), "值")


def date_follows_its_period(draft: Draft, dated: OfPeriod) -> Found:
    """A note: by last year's date every return would be late, by next year's none."""
    period, day = draft.period_of(dated.period), day_of(draft.setting(*dated))
    if period is None or day is None:
        return
    last = period.last_day
    if not last <= day <= last + timedelta(days=366):
        yield _at("plan-due-year", SETTINGS, draft.setting_row(*dated), "值", expected=last.isoformat())


def trial_ends_in_a_period(draft: Draft, code: str) -> Found:
    """A rule on trial for ever, or for nothing, holds nothing without a word."""
    row, text = draft.setting_row("规则试行", code), draft.setting("规则试行", code)
    if not code:
        yield _at("plan-empty", SETTINGS, row, "对象")
    yield from _wrong_period(draft, text, SETTINGS, row, "值")


def scope_is_of_a_period(draft: Draft, about: str) -> Found:
    """Rows chosen for another year's period would never go out."""
    if about:
        yield from _wrong_period(draft, about, SETTINGS, draft.setting_row(CERTIFIED.name, about), "对象")


def scope_names_rows(draft: Draft, about: str) -> Found:
    """A code that nobody has would leave its row out without a word."""
    known = {EVERY_ROW, *(tier.value for tier in Tier), *draft.codes}
    for text in dict.fromkeys(names_in(draft.setting(CERTIFIED.name, about))):
        if text not in known and not draft.is_unsure(INDICATORS, "编码"):
            row = draft.setting_row(CERTIFIED.name, about)
            yield _at("plan-scope", SETTINGS, row, "值", seen=text, expected=f"{CERTIFIED.default}、{EVERY_ROW}")


def _unknown_unit(draft: Draft, text: str, table: Table, row: RawRow, column: str) -> Found:
    """Names are never guessed: a similar one may be another unit."""
    if draft.unit_called(text) is not None or draft.is_unsure(UNITS, "单位", "别名"):
        return
    if draft.is_group(text):
        yield _at("plan-group-here", table, row, column, seen=text)
    elif not draft.is_unsure(GROUPS, "组", "单位"):
        hint = _GROUP_HINT if _SOUNDS_LIKE_A_GROUP.search(text) else ""
        yield _at("plan-unit-unknown", table, row, column, seen=text, reason=hint)


def roles_are_of_known_units(draft: Draft, row: RawRow) -> Found:
    """Each unit named in a project is registered and has one role in it: two would make it certify itself."""
    held: dict[str, str] = {}
    for role in draft.roles_of(row):
        if role.unit is None:
            yield from _unknown_unit(draft, role.text, TASKS, row, role.column)
        elif role.unit in held:
            yield _at("plan-role-twice", TASKS, row, role.column, seen=role.text, expected=held[role.unit])
        else:
            held[role.unit] = role.column


def published_deadline_is_a_day(draft: Draft, row: RawRow) -> Found:
    """A note: 完成时限 stands as it was published, and counts only where it is one day."""
    text, year = row.cells["完成时限"], draft.option(YEAR)
    if year is not None and _HAS_DIGIT.search(text) and deadline_in(text, year) is None:
        yield _at("plan-deadline-words", TASKS, row, "完成时限")


def project_number_is_small(draft: Draft, row: RawRow) -> Found:
    """The number is part of a sheet's name and of every cell's address in the register."""
    if draft.project_number(row) is None and not draft.is_bad(TASKS, row, "序号"):
        yield _at("plan-number", TASKS, row, "序号", expected=f"1 到 {LARGEST_NUMBER}")


def project_number_stands_once(draft: Draft, row: RawRow) -> Found:
    """Of two projects of one number, one would vanish."""
    no = draft.project_number(row)
    rows = draft.project_rows[no] if no is not None else [row]
    if place := rows.index(row):
        yield _at("plan-code-twice", TASKS, row, "序号", expected=f"第{rows[place - 1].number}行")


def funded_projects_are_known(draft: Draft, _: None) -> Found:
    """A number that is no project's leaves the money of another unasked."""
    known = {str(no) for no in draft.project_rows}
    for text in dict.fromkeys(names_in(draft.setting("资金项目"))):
        if text not in known:
            yield _at("plan-project-unknown", SETTINGS, draft.setting_row("资金项目"), "值", seen=text)


def step_is_in_a_month(draft: Draft, row: RawRow) -> Found:
    """A year has twelve months."""
    if draft.month_of(row) is None:
        yield _at("plan-steps-range", STEPS, row, "月份", expected="1 到 12")


def step_is_a_share(draft: Draft, row: RawRow) -> Found:
    """Nobody can be asked for more than the year's target, or for less than nothing; and an amount is one of what the
    target is counted in."""
    share = draft.step_in(row)
    if share is NoShare.UNREAD:
        yield _at("plan-steps-range", STEPS, row, "应完成", expected="0% 到 100%")
    elif isinstance(share, NoShare):
        code = row.cells["指标编码"]
        if code in draft.codes and code not in draft.by_code:
            return  # what is wrong with the indicator is told
        yield _at("plan-steps-amount", STEPS, row, "应完成", reason=share.value, expected=_steps_in(draft, code))


def _steps_in(draft: Draft, code: str) -> str:
    """How a step of an indicator may be written."""
    one = draft.by_code.get(code)
    if one is None or one.kind is not Kind.CUMULATIVE or one.target is None:
        return "百分数，如 50%"
    return f"百分数，如 50%，或不超过 {plain(one.target)}{one.unit_of_measure} 的数量"


def steps_rise(draft: Draft, steps: list[Step]) -> Found:
    """What is done by a month is done by the next one too, and a month has one step."""
    for before, after in pairwise(steps):
        if after.month == before.month:
            yield _at("plan-code-twice", STEPS, after.row, "月份", expected=f"{before.month}月")
        elif after.share < before.share:
            yield _at("plan-steps-fall", STEPS, after.row, "应完成", expected=before.row.cells["应完成"])


def steps_end_at_the_target(draft: Draft, steps: list[Step]) -> Found:
    """A year that ends below 100 % has another target than the one that was published."""
    if steps[-1].share != 1:
        yield _at("plan-steps-end", STEPS, steps[-1].row, "应完成")


def code_stands_once(draft: Draft, row: RawRow) -> Found:
    """Figures are kept by code: of two rows of one code, one would have the other's."""
    first = draft.codes[row.cells["编码"]]
    if first != row.number:
        yield _at("plan-code-twice", INDICATORS, row, "编码", expected=f"第{first}行")


def project_is_known(draft: Draft, row: RawRow) -> Found:
    """An indicator of no project is printed nowhere."""
    unsure = draft.is_bad(INDICATORS, row, "项目") or draft.is_unsure(TASKS, "序号")
    if draft.project_of(row) is None and not unsure:
        yield _at("plan-project-unknown", INDICATORS, row, "项目")


def lead_is_known(draft: Draft, row: RawRow) -> Found:
    """Names are never guessed."""
    if text := row.cells["牵头单位"]:
        yield from _unknown_unit(draft, text, INDICATORS, row, "牵头单位")


def lead_is_one(draft: Draft, row: RawRow) -> Found:
    """Where several units lead a project, nobody can tell whose form has the row."""
    project = draft.project_of(row)
    if project is None or row.cells["牵头单位"] or draft.is_bad(INDICATORS, row, "牵头单位"):
        return
    if len(project.leads) > 1:  # that there is none is told where its name is not known
        yield _at("plan-lead-open", INDICATORS, row, "牵头单位", expected="、".join(project.leads))


def lead_leads_the_project(draft: Draft, row: RawRow) -> Found:
    """A unit answers only for projects that were published as its own."""
    project, text = draft.project_of(row), row.cells["牵头单位"]
    lead = draft.unit_called(text) if text else None
    if project is not None and lead is not None and lead not in project.leads:
        yield _at("plan-lead-foreign", INDICATORS, row, "牵头单位", expected="、".join(project.leads))


def filler_is_known(draft: Draft, row: RawRow) -> Found:
    """Names are never guessed."""
    if text := row.cells.get("填数单位", ""):
        yield from _unknown_unit(draft, text, INDICATORS, row, "填数单位")


def sharers_are_known(draft: Draft, row: RawRow) -> Found:
    """Names are never guessed."""
    for text in names_in(row.cells.get("分解数", "")):
        if not draft.is_group(text):
            yield from _unknown_unit(draft, text, INDICATORS, row, "分解数")


def weight_is_positive(draft: Draft, row: RawRow) -> Found:
    """A weight of nothing would take an indicator out of every average unseen."""
    if draft.weight_of(row) is None and not draft.is_bad(INDICATORS, row, "权重"):
        yield _at("plan-weight", INDICATORS, row, "权重")


def shared_figure_adds_up(draft: Draft, row: RawRow) -> Found:
    """Shares are added and compared with the whole, which ratios and milestones do not allow."""
    tier, kind = sort_of(row)
    if tier is None or kind is None or kind in (Kind.CUMULATIVE, Kind.STOCK):
        return
    if draft.sharers_of(row):
        yield _at("plan-kind", INDICATORS, row, "类型", expected="累计量、时点量（有分解数时）")


def kind_suits_the_tier(draft: Draft, row: RawRow) -> Found:
    """Words have no rate, and what is derived has none of its own."""
    tier, kind = sort_of(row)
    if tier is not None and kind is not None and not suits(kind, tier):
        yield _at("plan-kind", INDICATORS, row, "类型", expected="累计量、时点量、比率、里程碑（考核、约束指标）")


def _measured(row: RawRow) -> tuple[Tier, Kind] | None:
    """类别 and 类型 of a row in which they can be read and go together."""
    tier, kind = sort_of(row)
    return (tier, kind) if tier is not None and kind is not None and suits(kind, tier) else None


def comparator_is_given(draft: Draft, row: RawRow) -> Found:
    """Without it nobody can say whether a figure meets its target."""
    tier, kind = _measured(row) or (Tier.TEXT, Kind.WORDS)
    if tier is Tier.TEXT or kind is Kind.MILESTONE or draft.is_bad(INDICATORS, row, "比较"):
        return
    if (member_of(Comparator, row.cells["比较"]) or Comparator.NONE) in (Comparator.NONE, Comparator.YES):
        yield _at("plan-comparator", INDICATORS, row, "比较", expected="≥、＞、≤")


def milestone_is_met_by_yes(draft: Draft, row: RawRow) -> Found:
    """A milestone is reached or not; a number beside it means another kind was wanted."""
    tier, kind = _measured(row) or (Tier.TEXT, Kind.WORDS)
    if tier is Tier.TEXT or kind is not Kind.MILESTONE or draft.is_bad(INDICATORS, row, "比较", "目标"):
        return
    if (row.cells["目标"], row.cells["比较"]) != ("是", Comparator.YES.value):
        yield _at("plan-target", INDICATORS, row, "目标", expected="是（比较也填 是）")


def target_is_a_number(draft: Draft, row: RawRow) -> Found:
    """A rate is reckoned against it: 0 only where less is better (零事故), never below."""
    tier, kind = _measured(row) or (Tier.TEXT, Kind.WORDS)
    if tier is Tier.TEXT or kind is Kind.MILESTONE or draft.is_bad(INDICATORS, row, "比较", "目标"):
        return
    target = target_of(row, tier, kind)
    if target is None or target < 0 or (target == 0 and row.cells["比较"] != Comparator.AT_MOST.value):
        yield _at("plan-target", INDICATORS, row, "目标", expected="百分数，如 60%" if kind is Kind.RATIO else "大于 0 的数字")


def pace_is_given(draft: Draft, row: RawRow) -> Found:
    """What is assessed stands behind or ahead of something."""
    tier, _ = _measured(row) or (Tier.TEXT, Kind.WORDS)
    rule = member_of(PaceRule, row.cells["序时规则"]) or PaceRule.NONE
    if tier is Tier.ASSESSED and rule is PaceRule.NONE and not draft.is_bad(INDICATORS, row, "序时规则"):
        yield _at("plan-pace", INDICATORS, row, "序时规则", expected="、".join(r.value for r in PaceRule if r.value))


def ratio_names_its_parts(draft: Draft, row: RawRow) -> Found:
    """Two people who divide by different things report different rates."""
    _, kind = _measured(row) or (Tier.TEXT, Kind.WORDS)
    if kind is not Kind.RATIO or draft.is_bad(INDICATORS, row, *_RATIO_COLUMNS):
        return
    blank = next((column for column in _RATIO_COLUMNS if not row.cells[column]), None)
    if blank is not None:
        yield _at("plan-denominator-rule", INDICATORS, row, blank, expected="单位填报 或 办公室核定")


def pause_has_paper_and_beginning(draft: Draft, row: RawRow) -> Found:
    """Nobody is let off without a document, and a document counts from a period on."""
    if _measured(row) and bool(row.cells.get("暂停文号")) != bool(row.cells.get("暂停起始期")):
        yield _at("plan-pause", INDICATORS, row, "暂停文号")


def pause_begins_in_a_period(draft: Draft, row: RawRow) -> Found:
    """A beginning that is no period of the year would let off from nothing."""
    text = row.cells.get("暂停起始期", "")
    if _measured(row) and text and row.cells.get("暂停文号") and draft.settings is not None:
        yield from _wrong_period(draft, text, INDICATORS, row, "暂停起始期")


def resumption_follows_a_pause(draft: Draft, row: RawRow) -> Found:
    """What was never suspended is not resumed, nor before it was."""
    text, paused = row.cells.get("恢复起始期", ""), draft.period_of(row.cells.get("暂停起始期", ""))
    if not text or not _measured(row) or draft.settings is None:
        return
    resumed = draft.period_of(text)
    if resumed is None:
        yield from _wrong_period(draft, text, INDICATORS, row, "恢复起始期")
    elif paused is None or resumed <= paused:
        yield _at("plan-resume", INDICATORS, row, "恢复起始期")


def event_begins_in_a_period(draft: Draft, row: RawRow) -> Found:
    """A beginning that is no period of the year would never come."""
    if row.cells["起始期次"]:
        yield from _wrong_period(draft, row.cells["起始期次"], EVENTS, row, "起始期次")


def event_is_of_what_was(draft: Draft, row: RawRow) -> Found:
    """What goes on under its old name was not renamed, merged or ended, unless it came back; what was handed over or
    new is there, unless it left since."""
    kind, of = EventKind(row.cells["事项"]), row.cells["对象"]
    stays = kind in (EventKind.HANDED_OVER, EventKind.ADDED)
    is_there = of in draft.codes or of in draft.claims
    if stays and of not in draft.codes and of not in draft.left:
        yield _at("plan-event-code", EVENTS, row, "对象")
    elif not stays and is_there and of not in draft.come:
        yield _at("plan-event-still", EVENTS, row, "对象")


def event_leads_to_what_is(draft: Draft, row: RawRow) -> Found:
    """Figures are carried on to what stands in the tables, or left them since; and to one only unless something was
    split."""
    kind, into = EventKind(row.cells["事项"]), tuple(names_in(row.cells["改为"]))
    if kind in (EventKind.ENDED, EventKind.ADDED):
        return
    units, codes = draft.claims, draft.codes
    known: Container[str] = units if kind in (EventKind.RENAMED, EventKind.HANDED_OVER) else codes
    if kind is EventKind.MERGED:
        known = {*units, *codes}
    one_only = kind is not EventKind.SPLIT
    is_known = all(name in known or name in draft.left for name in into)
    if not into or (one_only and len(into) > 1) or not is_known:
        yield _at("plan-event-into", EVENTS, row, "改为")


def exemption_has_periods_and_paper(draft: Draft, row: RawRow) -> Found:
    """Nobody leaves out a figure unless the plan says when, and on what paper; in the last period it is owed."""
    text = row.cells.get("可不涉及", "")
    if not text or not _measured(row) or draft.settings is None:
        return
    names, basis = exemption_in(text)
    if not names or not basis:
        yield _at("plan-exemption", INDICATORS, row, "可不涉及", seen=text)
    for name in names:
        period = draft.period_of(name)
        if period is None:
            yield from _wrong_period(draft, name, INDICATORS, row, "可不涉及")
        elif period.is_last:
            yield _at("plan-exemption-last", INDICATORS, row, "可不涉及", seen=name)


def parent_is_known(draft: Draft, placed: Placed) -> Found:
    """其中 of nothing cannot be printed under anything."""
    parent = placed.indicator.parent
    if parent and parent not in draft.codes and not draft.is_unsure(INDICATORS, "编码"):
        yield _at("plan-indicator-unknown", INDICATORS, placed.row, "上级指标")


def parents_end(draft: Draft, placed: Placed) -> Found:
    """An indicator that is part of itself has no place in the table."""
    seen, code = {placed.indicator.code}, placed.indicator.parent
    while code in draft.by_code and code not in seen:
        seen.add(code)
        code = draft.by_code[code].parent
    if code in seen:
        yield _at("plan-parent", INDICATORS, placed.row, "上级指标")


def deadline_is_in_the_year(draft: Draft, placed: Placed) -> Found:
    """A note: a deadline of last year has come before the year begins, one of next year never comes."""
    year, deadline = draft.option(YEAR), placed.indicator.deadline
    if year is not None and deadline is not None and deadline.year != year:
        yield _at("plan-deadline-year", INDICATORS, placed.row, "完成时限", expected=str(year))


def derived_has_sources(draft: Draft, placed: Placed) -> Found:
    """What is derived is met when others of the project are, which needs others that can be met."""
    indicator = placed.indicator
    if indicator.kind is not Kind.DERIVED:
        return
    sources = [draft.by_code[code] for code in indicator.derived_from if code in draft.by_code]
    unknown = any(code not in draft.codes for code in indicator.derived_from)
    unfit = any(not _is_source(source, indicator.project) for source in sources)
    if unknown or unfit or not indicator.derived_from:
        yield _at("plan-derived", INDICATORS, placed.row, "推导自")


def _is_source(indicator: Indicator, project: int) -> bool:
    return indicator.target is not None and indicator.kind is not Kind.DERIVED and indicator.project == project


def valued_code_is_known(draft: Draft, valued: Valued) -> Found:
    """A denominator or 年初数 of nothing is mostly one of another indicator."""
    if valued.code not in draft.codes and not draft.is_unsure(INDICATORS, "编码"):
        yield _at("plan-indicator-unknown", SETTINGS, valued.row, "对象")


def value_is_a_number(draft: Draft, valued: Valued) -> Found:
    """Rates are reckoned with it."""
    if valued.row.cells["值"] and not _is_right(draft, valued):
        yield _at("plan-number", SETTINGS, valued.row, "值", expected=_expected(draft, valued))


def opening_is_of_the_last_year(draft: Draft, valued: Valued) -> Found:
    """A note: an increase is measured from where the year began, not from where an earlier one did."""
    year, words = draft.option(YEAR), valued.row.cells["说明"]
    if valued.name != "年初数" or year is None or not valued.row.cells["值"]:
        return
    named = {int(text) for text in _YEAR_IN_WORDS.findall(words)}
    if named and not named & {year - 1, year}:
        yield _at("plan-opening-year", SETTINGS, valued.row, "说明", seen=words, expected=str(year - 1))


def value_is_used(draft: Draft, valued: Valued) -> Found:
    """A value that nothing uses was meant for another code."""
    indicator = draft.by_code.get(valued.code)
    if indicator is None or not valued.row.cells["值"] or not _is_right(draft, valued):
        return
    has_opening = indicator.kind in (Kind.STOCK, Kind.RATIO)
    if not (indicator.office_denominator if valued.name == "分母" else has_opening):
        yield _at("plan-setting-idle", SETTINGS, valued.row, "对象", expected=valued.name)


def _is_ratio(draft: Draft, valued: Valued) -> bool:
    """Whether the value is a percentage: the 年初数 of a ratio is one, its denominator is a number."""
    indicator = draft.by_code.get(valued.code)
    return valued.name == "年初数" and indicator is not None and indicator.kind is Kind.RATIO


def _is_right(draft: Draft, valued: Valued) -> bool:
    text = valued.row.cells["值"]
    if valued.code not in draft.by_code and ratio_of(text) is not None:  # of what kind is not known, which is told
        return True
    number = ratio_of(text) if _is_ratio(draft, valued) else parse_plain(text)
    return number is not None and (number > 0 if valued.name == "分母" else number >= 0)


def _expected(draft: Draft, valued: Valued) -> str:
    if valued.name == "分母":
        return "正数"
    return "百分数，如 45%" if _is_ratio(draft, valued) else "数字"


def denominator_is_set(draft: Draft, indicator: Indicator) -> Found:
    """A note: until the office sets it, the rate stays open."""
    if indicator.awaits_denominator:
        yield _at("plan-denominator-unset", SETTINGS, None, f"分母 {indicator.code}", expected=indicator.code)


def opening_is_set(draft: Draft, indicator: Indicator) -> Found:
    """A note: the pace of a stock runs from where it stood, so without that it has none."""
    if indicator.opening is not None or indicator.tier is not Tier.ASSESSED:
        return
    grows = indicator.kind in (Kind.STOCK, Kind.RATIO) and indicator.comparator is not Comparator.AT_MOST
    if grows and (indicator.pace_rule is PaceRule.LINEAR or indicator.steps):
        yield _at("plan-opening-unset", SETTINGS, None, f"年初数 {indicator.code}", expected=indicator.code)


def steps_are_of_a_code(draft: Draft, code: str) -> Found:
    """Steps of nothing are mostly those of another indicator."""
    if code not in draft.codes and not draft.is_unsure(INDICATORS, "编码"):
        yield _at("plan-indicator-unknown", STEPS, draft.steps[code][0].row, "指标编码")


def steps_are_used(draft: Draft, code: str) -> Found:
    """Steps that its rule does not ask for would be believed and not used."""
    if code in draft.by_code and draft.by_code[code].pace_rule is not PaceRule.STEPS:
        yield _at("plan-steps-rule", STEPS, draft.steps[code][0].row, "指标编码")


def _sheet_column(unit: Unit) -> str:
    """The column that gives a unit's sheet its name."""
    return "表名" if unit.sheet else "单位"


def sheet_name_is_allowed(draft: Draft, unit: Unit) -> Found:
    """Excel takes no sheet of such a name."""
    if not may_name_a_sheet(unit.sheet_name):
        yield _at("plan-sheet-name", UNITS, draft.unit_rows[unit.name], _sheet_column(unit), seen=unit.sheet_name)


def file_name_is_allowed(draft: Draft, unit: Unit) -> Found:
    """The unit's form and what goes back to it are files of that name, on the office's Windows."""
    if not may_name_a_file(unit.sheet_name):
        yield _at("plan-file-name", UNITS, draft.unit_rows[unit.name], _sheet_column(unit), seen=unit.sheet_name)


def sheet_name_is_free(draft: Draft, unit: Unit) -> Found:
    """Excel takes no two sheets of one name, however they are written."""
    name = unit.sheet_name
    if not may_name_a_sheet(name):
        return
    row, first = draft.unit_rows[unit.name], draft.sheets[name.lower()]
    if is_reserved(name):
        other = "总台账自己的工作表"
    elif first.name != unit.name:
        other = f"第{draft.unit_rows[first.name].number}行"
    elif is_project_sheet(name):
        other = "项目表"
    else:
        return
    yield _at("plan-sheet-name-twice", UNITS, row, _sheet_column(unit), seen=name, expected=other)


def addresses_are_addresses(draft: Draft, unit: Unit) -> Found:
    """What is none would be found out on the day on which all forms go out; no figure hangs on it."""
    for column, text in (("邮箱", unit.email), ("抄送", unit.copies)):
        if strange_in(text):
            yield _at("plan-address", UNITS, draft.unit_rows[unit.name], column, seen=strange_in(text))


def addresses_are_allowed(draft: Draft, unit: Unit) -> Found:
    """Nothing is sent where 允许的邮箱域名 does not allow it."""
    domains = draft.settings.mail_domains if draft.settings is not None else ()
    for column, given in (("邮箱", unit.addresses), ("抄送", unit.copied)):
        for one in given:
            if domains and not is_within(one, domains):
                row, expected = draft.unit_rows[unit.name], "、".join(domains)
                yield _at("plan-address-domain", UNITS, row, column, seen=one, expected=expected)


def something_is_assessed(draft: Draft) -> Found:
    """A year without anything to assess has no rate and no rank; asked only where all else is well."""
    if not any(indicator.tier is Tier.ASSESSED for indicator in draft.indicators):
        yield _at("plan-nothing", INDICATORS, None, "类别")


def _tables(_: Draft) -> Iterable[Table]:
    return TABLES


def _once(_: Draft) -> Iterable[None]:
    return (None,)


def _unit_rows(draft: Draft) -> Iterable[RawRow]:
    return draft.legible(UNITS, "单位")


def _group_rows(draft: Draft) -> Iterable[RawRow]:
    return draft.legible(GROUPS, "组")


def _questions(draft: Draft) -> Iterable[Question]:
    return draft.questions


def _setting_rows(draft: Draft) -> Iterable[RawRow]:
    return draft.legible(SETTINGS, "参数", "值")


def _options(_: Draft) -> Iterable[Option[Any]]:
    return OPTIONS


def _dates(draft: Draft) -> Iterable[OfPeriod]:
    return [OfPeriod(name, text) for name in DATED for text in draft.subjects_of(name)]


def _of_periods(draft: Draft) -> Iterable[OfPeriod]:
    for name in (*DATED, BRIEF_NUMBER):
        yield from (OfPeriod(name, text) for text in draft.subjects_of(name))


def _trials(draft: Draft) -> Iterable[str]:
    return draft.subjects_of("规则试行")


def _scopes(draft: Draft) -> Iterable[str]:
    return draft.subjects_of(CERTIFIED.name)


def _task_rows(draft: Draft) -> Iterable[RawRow]:
    return draft.rows[TASKS.name]


def _step_rows(draft: Draft) -> Iterable[RawRow]:
    return draft.step_rows


def _whole_steps(draft: Draft) -> Iterable[list[Step]]:
    return [steps for code, steps in draft.steps.items() if code not in draft.torn]


def _coded_rows(draft: Draft) -> Iterable[RawRow]:
    return draft.legible(INDICATORS, "编码")


def _indicator_rows(draft: Draft) -> Iterable[RawRow]:
    return draft.rows[INDICATORS.name]


def _event_rows(draft: Draft) -> Iterable[RawRow]:
    """The rows of 变更."""
    return draft.event_rows


def _placed(draft: Draft) -> Iterable[Placed]:
    rows = [row for row in draft.rows[INDICATORS.name] if row.cells["编码"] in draft.by_code]
    return [Placed(row, draft.by_code[row.cells["编码"]]) for row in rows]


def _valued(draft: Draft) -> Iterable[Valued]:
    found: list[Valued] = []
    for name in ("分母", "年初数"):
        found += [Valued(name, code, draft.setting_rows[name, code][-1]) for code in draft.subjects_of(name)]
    return found


def _indicators(draft: Draft) -> Iterable[Indicator]:
    return draft.by_code.values()


def _stepped_codes(draft: Draft) -> Iterable[str]:
    return draft.steps


def _units(draft: Draft) -> Iterable[Unit]:
    return {unit.name: unit for unit in draft.units}.values()


CHECKS = (
    Walk(_tables, (table_is_there, columns_are_there, columns_stand_once, columns_are_known, table_is_filled)),
    Walk(_once, (rows_add_nothing_up, misread_cells, far_cells, faulty_cells)),
    Walk(_unit_rows, (name_is_short, spellings_are_claimed_once)),
    Walk(_group_rows, (group_is_no_unit, group_has_known_units)),
    Walk(_questions, (question_is_of_something, answer_is_a_choice)),
    Walk(_setting_rows, (setting_stands_once,)),
    Walk(_options, (option_is_given, option_is_understood)),
    Walk(_once, (bands_are_in_order, title_is_of_the_year)),
    Walk(_of_periods, (setting_is_of_a_period,)),
    Walk(_dates, (date_is_a_day, date_follows_its_period)),
    Walk(_trials, (trial_ends_in_a_period,)),
    Walk(_scopes, (scope_is_of_a_period, scope_names_rows)),
    Walk(
        _task_rows,
        (roles_are_of_known_units, project_number_is_small, project_number_stands_once, published_deadline_is_a_day),
    ),
    Walk(_once, (funded_projects_are_known,)),
    Walk(_step_rows, (step_is_in_a_month, step_is_a_share)),
    Walk(_whole_steps, (steps_rise, steps_end_at_the_target)),
    Walk(_coded_rows, (code_stands_once,)),
    Walk(
        _indicator_rows,
        (
            project_is_known,
            lead_is_known,
            lead_is_one,
            lead_leads_the_project,
            filler_is_known,
            sharers_are_known,
            weight_is_positive,
            shared_figure_adds_up,
            kind_suits_the_tier,
            comparator_is_given,
            milestone_is_met_by_yes,
            target_is_a_number,
            pace_is_given,
            ratio_names_its_parts,
            pause_has_paper_and_beginning,
            pause_begins_in_a_period,
            resumption_follows_a_pause,
            exemption_has_periods_and_paper,
        ),
    ),
    Walk(_event_rows, (event_begins_in_a_period, event_is_of_what_was, event_leads_to_what_is)),
    Walk(_placed, (parent_is_known, parents_end, derived_has_sources, deadline_is_in_the_year)),
    Walk(_valued, (valued_code_is_known, value_is_a_number, value_is_used, opening_is_of_the_last_year)),
    Walk(_indicators, (denominator_is_set, opening_is_set)),
    Walk(_stepped_codes, (steps_are_of_a_code, steps_are_used)),
    Walk(
        _units,
        (
            sheet_name_is_allowed, file_name_is_allowed, sheet_name_is_free, addresses_are_addresses,
            addresses_are_allowed,
        ),
    ),
)
