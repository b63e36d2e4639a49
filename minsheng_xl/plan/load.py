"""Tables → `Plan`, with every problem found at once."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from minsheng_xl.plan.answers import with_answers, without_examples
from minsheng_xl.plan.checks import problems_of
from minsheng_xl.plan.draft import Draft
from minsheng_xl.plan.model import Before, Plan
from minsheng_xl.plan.read import built_in_tables, read_tables
from minsheng_xl.plan.tables import RawTables
from minsheng_xl.problems import PlanError, Problem, Severity


def load_plan(path: str | PathLike[str]) -> Plan:
    """Read and check a plan: 计划.xlsx, or a folder of CSV tables. Raises PlanError."""
    return check_tables(read_tables(Path(path)))


def built_in_plan(*, sample: bool) -> Plan:
    """The built-in plan; with `sample`, its 示例 rows added."""
    return check_tables(built_in_tables(sample=sample))


def check_tables(tables: RawTables) -> Plan:
    """Make a plan of raw tables, as 待确认 answers them. Raises PlanError with all problems; notes become warnings."""
    draft = _draft_of(tables)
    problems = problems_of(draft)
    errors = [found for found in problems if found.severity is Severity.ERROR]
    if errors:
        raise PlanError(errors)
    return _plan_of(draft, problems)


def plan_once_used(tables: RawTables) -> Plan:
    """The plan of tables that were in use before: they were checked then, by the checks of that day. Raises
    PlanError."""
    return _plan_of(_draft_of(tables), ())


def _draft_of(tables: RawTables) -> Draft:
    return Draft(with_answers(without_examples(tables)))


def _plan_of(draft: Draft, warnings: Sequence[Problem]) -> Plan:
    if draft.settings is None:
        raise PlanError(problems_of(draft))
    plan = Plan(
        settings=draft.settings,
        projects=tuple(draft.projects.values()),
        indicators=tuple(draft.indicators),
        units=tuple(draft.units),
        tables=draft.tables.plain(),
        warnings=tuple(warnings),
    )
    names = {name: unit for name in draft.former_names if (unit := draft.unit_called(name)) is not None}
    return plan.asking(draft.questions).after(Before(tuple(draft.events), draft.former_codes, names))
