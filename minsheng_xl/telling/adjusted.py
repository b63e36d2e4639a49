"""What of the plan was changed in a year, as the paper tells it: 指标调整情况表."""

from collections.abc import Iterable, Iterator

from minsheng_xl.accounts.period import Adjustment
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tables import TASKS
from minsheng_xl.plan.versions import PlanChange, makes_easier
from minsheng_xl.year.plans import KnownChange


def adjustments_of(changes: Iterable[KnownChange], plan: Plan, period: Period) -> Iterator[Adjustment]:
    """The changes that count in a period: what was adjusted by then, and what was corrected so that less is asked."""
    for known in changes:
        if _is_told(known.change, plan, period):
            yield _in_words(known.change, plan)


def _is_told(change: PlanChange, plan: Plan, period: Period) -> bool:
    if change.begins is not None:
        return change.begins <= period
    row = change.difference.row
    return makes_easier(change.difference, plan.indicator(row) if plan.has_indicator(row) else None)


def _in_words(change: PlanChange, plan: Plan) -> Adjustment:
    difference = change.difference
    if difference.table == TASKS.name:
        project = next((one for one in plan.projects if str(one.no) == difference.row), None)
        of, name = f"项目{difference.row}", project.name if project is not None else ""
        lead = "、".join(project.leads) if project is not None else ""
    else:
        code = plan.code_here(difference.row)
        indicator = plan.indicator(code) if plan.has_indicator(code) else None
        of, name = difference.row, indicator.name if indicator is not None else ""
        lead = indicator.lead if indicator is not None else ""
    return Adjustment(
        of=of,
        name=name,
        column=difference.column or ("新增" if difference.now else "终止"),
        was=difference.was if difference.column else "",
        now=difference.now if difference.column else "",
        begins=change.begins.label if change.begins is not None else change.kind.value,
        document=change.document,
        basis=change.basis,
        lead=lead,
    )
