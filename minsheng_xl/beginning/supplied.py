"""A plan for a demo: what it lacks that its figures could be judged by is supplied, each with the word 示例."""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

from minsheng_xl.beginning.importing import ALL, Wish, draft_of
from minsheng_xl.exact.numbers import plain, rounded
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.model import LEFT_BLANK, Comparator, Indicator, Kind, PaceRule, Plan, Tier
from minsheng_xl.plan.period import Frequency
from minsheng_xl.plan.read import read_tables
from minsheng_xl.plan.tables import CHANGES, EXAMPLE, INDICATORS, QUESTIONS, SETTINGS, STEPS, RawTables, as_read
from minsheng_xl.problems import MinshengError, MisuseError, PlanError
from minsheng_xl.year.folder import PLAN_FILE

_MARK = f"（{EXAMPLE}）"
_INVENTED = f"{EXAMPLE}：演示用，数是编的"
_UNCONFIRMED = f"{EXAMPLE}：项目推进计划（演示用，未经确认）"
_DENOMINATOR = 500
_OPENING = Fraction(3, 5)  # of the target
_STEPS = ((Fraction(1, 2), "40%"), (Fraction(3, 4), "75%"), (Fraction(5, 6), "85%"), (Fraction(1), "100%"))
"""Parts of the time until the deadline, and what of the target is due when they have gone by."""
_ELSEWHERE = ("上年文件夹", "时间戳服务")
"""Settings that say where something lies, seen from another folder."""

Cells = dict[str, str]


def tables_from(path: Path) -> RawTables:
    """The tables of the plan that a path names: 计划.xlsx, a folder with it or with CSV tables, or a published paper.

    Raises MinshengError where there is none, PlanError where it cannot be read, MisuseError where a paper does not say
    its year.
    """
    if not path.exists():
        raise MinshengError(f"没有 {path}。请写 {PLAN_FILE}、放着计划的文件夹，或公布的任务表。")
    if path.is_file() and not _is_plan(path):
        return _of_paper(path)
    return read_tables(path / PLAN_FILE if (path / PLAN_FILE).is_file() else path)


def _is_plan(path: Path) -> bool:
    """Whether a file is a workbook with the sheets of a plan."""
    try:
        return INDICATORS.name in read_tables(path).heads
    except PlanError:
        return path.name == PLAN_FILE


def _of_paper(path: Path) -> RawTables:
    """The plan that a paper gives: of several tables all of them are meant."""
    for wish in (Wish(), Wish(table=ALL)):
        with suppress(MisuseError):
            return draft_of(path, path.with_suffix(""), wish).tables
    raise MisuseError(
        f"{path.name} 里和文件名里都没有写是哪一年。请先导入：minsheng-xl import {path.name} 新文件夹 --year 2023，"
        "再写 --from 新文件夹。"
    )


def supplied(tables: RawTables) -> RawTables:
    """The plan with what it lacks, its title and what was added marked 示例; what is asked counts as it is by default.

    Raises PlanError.
    """
    plan, rows = check_tables(tables), tables.plain()
    settings = [row for row in rows[SETTINGS.name] if row["参数"] not in _ELSEWHERE]
    for added in _settings(plan):
        settings = [row for row in settings if _place(row) != _place(added)] + [added]
    rows |= {
        SETTINGS.name: settings,
        STEPS.name: [*rows[STEPS.name], *_steps(plan)],
        QUESTIONS.name: [_answered(row) for row in rows[QUESTIONS.name]],
        CHANGES.name: [],
    }
    return as_read(rows)


def _place(row: Cells) -> tuple[str, str]:
    return row["参数"], row["对象"]


def _answered(row: Cells) -> Cells:
    return row | {"答复": row["答复"] or row["默认"] or LEFT_BLANK}


def _settings(plan: Plan) -> Iterator[Cells]:
    title = plan.settings.title.removesuffix(_MARK)
    yield {"参数": "标题", "对象": "", "值": f"{title}{_MARK}", "说明": _INVENTED}
    for one in plan.indicators:
        if one.awaits_denominator:
            told = f"{EXAMPLE}：{one.denominator or one.name}（演示用）"
            yield {"参数": "分母", "对象": one.code, "值": str(_DENOMINATOR), "说明": told}
        if _awaits_opening(one):
            yield {"参数": "年初数", "对象": one.code, "值": _opening(one), "说明": f"{EXAMPLE}（演示用）"}


def _awaits_opening(one: Indicator) -> bool:
    """Whether it is judged by the increase of a year of which nobody said where it began."""
    is_judged = one.tier is Tier.ASSESSED and one.kind in (Kind.STOCK, Kind.RATIO) and one.opening is None
    is_risen = one.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN) and bool(one.target)
    return is_judged and is_risen and one.pace_rule is not PaceRule.FLAT


def _opening(one: Indicator) -> str:
    assert one.target is not None
    if one.kind is Kind.RATIO:
        return f"{plain(rounded(one.target * _OPENING * 100, 1))}%"
    return plain(rounded(one.target * _OPENING, one.decimals))


def _steps(plan: Plan) -> Iterator[Cells]:
    for one in plan.indicators:
        if one.tier is Tier.ASSESSED and one.pace_rule is PaceRule.STEPS and not one.steps:
            for month, share in _months_of(one, plan.settings.frequency).items():
                yield {
                    "指标编码": one.code, "月份": str(month), "应完成": share, "依据": _UNCONFIRMED,
                    "确认单位": f"{EXAMPLE}：{one.lead}",
                }


def _months_of(one: Indicator, frequency: Frequency) -> dict[int, str]:
    """The months at whose ends something is due: of a plan by quarters those in which one ends; of what is done or not
    the last."""
    last = 12 if one.deadline is None else one.deadline.month
    found: dict[int, str] = {}
    for part, share in _STEPS if one.kind is not Kind.MILESTONE else _STEPS[-1:]:
        month = -int(-(last * part) // frequency.months) * frequency.months
        found[min(12, month)] = share
    return found
