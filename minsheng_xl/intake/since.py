"""What was changed in the plan after a form had gone out: told, or, where a figure means something else now, held."""

from collections.abc import Iterator

from minsheng_xl.accounts.values import Content, Doubt, Figure, shown
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.keys import Key
from minsheng_xl.intake.page import Page
from minsheng_xl.plan.model import Coverage, Indicator, Plan
from minsheng_xl.plan.versions import FIELDS, in_words
from minsheng_xl.problems import Problem
from minsheng_xl.rules import changes
from minsheng_xl.rules.model import Rule

_MEANT = ("类型", "计量单位", "填数单位", "口径", "分子", "分母", "分母来源", "上级指标")
"""The columns that say what is entered; another content of one makes another thing of a figure."""
_TERMS = ("类别", "目标", "比较", "权重", "序时规则", "序时", "完成时限", "年初数", "核定分母")
"""The columns that say how a figure is looked at."""


def changed_since(page: Page, content: Content, then: Plan, now: Plan) -> tuple[Content, list[Problem]]:
    """What a form says by the plan of today, of one that was made by another; and what was changed since."""
    if then is now:
        return content, []
    problems: list[Problem] = []
    figures: dict[Key, Figure] = dict(content.figures)
    for code in dict.fromkeys(key.of for key in figures if key.is_measure and not key.is_share):
        mine = [key for key in figures if key.is_measure and key.of == code]
        rule, reason = _held_by(then.indicator(code), now)
        if rule is not None:
            for key in mine:
                figure = figures[key]
                figures[key] = figure if isinstance(figure, Doubt) else Doubt(shown(figure))
            at = cell_name(page.at(mine[0]))
            seen = shown(content.figures[mine[0]])
            problems.append(rule.problem(sheet=page.sheet.name, cell=at, key=mine[0], seen=seen, reason=reason))
        else:
            told = "；".join(_retold(then.indicator(code), now.indicator(now.code_here(code))))
            if told:
                problems.append(changes.TERMS_CHANGED.problem(sheet=page.sheet.name, reason=f"{code} {told}"))
    return content._replace(figures=figures), problems


def _held_by(was: Indicator, now: Plan) -> "tuple[Rule | None, str]":
    code = now.code_here(was.code)
    if not now.has_indicator(code):
        return changes.ROW_GONE, ""
    here = now.indicator(code)
    moved = [column for column in _MEANT if _as_called(was, column, now) != getattr(here, FIELDS[column])]
    if (was.span is Coverage.WITHIN) != (here.span is Coverage.WITHIN):
        moved.append("口径期间")
    return (changes.ROW_CHANGED, "、".join(moved)) if moved else (None, "")


def _as_called(was: Indicator, column: str, now: Plan) -> object:
    """A field of an indicator as it was, its units and codes called as now."""
    value = getattr(was, FIELDS[column])
    if column == "填数单位":
        return now.name_here(value)
    return now.code_here(value) if column == "上级指标" and value else value


def _retold(was: Indicator, now: Indicator) -> Iterator[str]:
    for column in _TERMS:
        field = FIELDS[column]
        is_used = column != "核定分母" or now.office_denominator
        if is_used and getattr(was, field) != getattr(now, field):
            yield f"{column}已由{_said(was, field)}改为{_said(now, field)}"


def _said(indicator: Indicator, field: str) -> str:
    return in_words(indicator, field) or "空"
