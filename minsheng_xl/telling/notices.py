"""通报初稿 and 催报文字: the month in words, to be pasted and mended by a person."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.certified import (
    CertifiedFigure,
    by_certified,
    is_certified_at_the_end,
    measured_text,
    verdicts_of,
)
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import Rank, assessed, below_target, change_of, ranks_of, streak_of
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.numbers import fixed
from minsheng_xl.figures.definitions import Status
from minsheng_xl.figures.progress import CountyProgress, IndicatorProgress, ProjectProgress, progress_of
from minsheng_xl.figures.streak import BEFORE, LAGGING, LAGGING_LABELS
from minsheng_xl.forms.page import as_of
from minsheng_xl.forms.paper.missing import NO_NEW_FIGURES, NOTHING_NEW, late_units, owed_units
from minsheng_xl.plan.model import Indicator, Tier
from minsheng_xl.plan.period import Period, month_and_day, year_and_day
from minsheng_xl.rules.certification import AGREED, OPINIONS
from minsheng_xl.telling.prose import in_prose, stands

PROJECTS, RANKS = "二、各项目进展", "四、牵头单位排名"
"""The heads of the chapters that are lists."""


class Chapter(NamedTuple):
    """A chapter of the circular: its head, and its lines, each a paragraph."""

    head: str
    lines: Sequence[str]


class CircularDraft(NamedTuple):
    """The draft of the circular: its title, its chapters, who signs and of which day."""

    title: str
    chapters: Sequence[Chapter]
    signature: Sequence[str]


def bulletin(account: PeriodAccount) -> str:
    """The draft of the circular as a text, to be pasted."""
    circular, parts = circular_of(account), list[str]()
    for chapter in circular.chapters:
        parts += ["", chapter.head, *(f"{_INDENT}{line}" for line in chapter.lines)]
    parts += ["", *(f"{_INDENT}{line}" for line in circular.signature)] if circular.signature else []
    return "\r\n".join([circular.title, *parts]) + "\r\n"


_INDENT = "　　"


def circular_of(account: PeriodAccount) -> CircularDraft:
    """The draft of the circular: the whole, the projects, the lagging, the units, the silent, what was certified."""
    plan, period, title = account.plan, account.period, account.plan.settings.title
    county = progress_of(plan, period, account.entries())
    certified = by_certified(account, county) if is_certified_at_the_end(account) else None
    word = "未完成" if period.is_last else "滞后"
    lagging = [_lagging(account, row) for row in worst_first(county.indicators)]
    late = late_units(account)
    draft = "更正稿" if account.closing is not None and account.closing.before else "初稿"
    whole = _whole(account, county) + _whole_by_certified(certified) + _beside_last_year(account, county)
    behind = [
        *(lagging or [f"没有{word}的指标。" if period.is_last else "没有滞后指标。"]),
        *_turned(account, county),
        *_below_target(account, county),
        *_silent_rows(account, county),
    ]
    verdicts = _verdicts(account, county)
    chapters = [
        Chapter("一、总体情况", [whole]),
        Chapter(PROJECTS, [*_projects(county, certified)]),
        Chapter(f"三、{word}指标", behind),
        Chapter(RANKS, [*_ranks(account, county, certified)]),
        Chapter("五、未报单位", _silent(account, late) if late else ["各单位均已报送。"]),
        *([Chapter("六、认定结果", verdicts)] if verdicts else []),
    ]
    return CircularDraft(
        f"关于{title}{period.after(title)}进展情况的通报（{draft}）", chapters, [*_signature(account)]
    )


def _silent(account: PeriodAccount, late: Sequence[str]) -> list[str]:
    """Who has not reported, each with what came in place of a report and when; and whose report was refused."""
    named = [name for name in late if account.plan.unit(name).is_listed]
    refused = [name for name in named if account.standing(name) is Standing.REFUSED]
    silent = [f"{name}（{came}）" if (came := account.came.get(name)) else name for name in named if name not in refused]
    told = (("未报", silent), ("报送不合格（已退回）", refused))
    others = [f"另有{len(late) - len(named)}个不列名的单位。"] if len(late) > len(named) else []
    return [f"{word}：{'、'.join(names)}。" for word, names in told if names] + others


def _verdicts(account: PeriodAccount, county: CountyProgress) -> list[str]:
    """六、认定结果, once the year is over: how many figures were certified, and each that stands otherwise by that."""
    verdicts = verdicts_of(account, county) if account.period.is_last else []
    if not verdicts:
        return []
    given = Counter(one.said.opinion for one in verdicts)
    opinions = "、".join(f"{opinion}{given[opinion]}项" for opinion in OPINIONS if given[opinion])
    met, reported = sum(one.met for one in verdicts), sum(one.row.met is True for one in verdicts)
    rows = [i.indicator for i in assessed(county)]
    silent = [one.code for one in rows if one.code not in account.certified and _is_asked(account, one)]
    return [
        f"{len(rows)}项考核指标中，已给认定意见{len(verdicts)}项（{opinions}）；其中按认定数达标{met}项，"
        f"按报送数达标{reported}项。",
        *(_certified_row(account, one) for one in verdicts if one.said.opinion != AGREED or one.moved),
        *([f"未认定：{'、'.join(silent)}。"] if silent else []),
    ]


def _is_asked(account: PeriodAccount, indicator: Indicator) -> bool:
    """Whether somebody is to certify a figure, other than the unit that reports it."""
    plan = account.plan
    others = set(plan.project(indicator.project).certifiers) - {indicator.filler}
    return bool(others) and plan.settings.certifies(indicator, account.period)


def _certified_row(account: PeriodAccount, one: CertifiedFigure) -> str:
    """A figure that stands otherwise by what was certified."""
    indicator, then = one.row.indicator, one.said.reported
    lead = f"（{indicator.lead}）" if account.plan.unit(indicator.lead).is_listed else ""
    value = then.value if then is not None else None
    was = measured_text(indicator, value) if isinstance(value, Fraction | str) else "无"
    reason = "；".join(one.said.reason.split("\n")).strip().rstrip("。")
    said = "" if one.text.startswith(one.said.opinion) else f"，{one.said.opinion}"
    return f"{indicator.code} {indicator.name}{lead}：报送{was}，{one.text}{said}" + (f"：{reason}。" if reason else "。")


def _signature(account: PeriodAccount) -> Iterator[str]:
    """Who signs, and of which day it is: as the plan or the closing says, and nothing where neither does."""
    organ, day = account.plan.settings.organ, account.issued_on
    if organ:
        yield f"{organ}"
    if day:
        yield f"{year_and_day(day)}"


def _whole(account: PeriodAccount, county: CountyProgress) -> str:
    """一、总体情况 in one paragraph."""
    a, owed = county.averages, owed_units(account)
    assessed = sum(row.indicator.tier is Tier.ASSESSED for row in county.indicators)
    came = sum(account.standing(name) in (Standing.ACCEPTED, Standing.HELD) for name in owed)
    done = county.finished_projects
    change = change_of(account, county)
    moved = ""
    if change.points is not None:
        moved = f"与上期相比，两期均已报送的{change.indicators}项指标平均完成率{_moved(change.points)}。"
    return (
        f"{as_of(account.period)}，{len(account.plan.projects)}个项目中已完成{done}个，"
        f"{assessed}项考核指标中已达标{a.met}项；应报单位{len(owed)}个，已报{came}个。"
        f"{a.words}。{moved}"
    )


def _whole_by_certified(certified: CountyProgress | None) -> str:
    """The same by what was certified."""
    if certified is None:
        return ""
    a, done = certified.averages, certified.finished_projects
    return f"按认定数（没有认定意见的按报送数），已完成项目{done}个，已达标指标{a.met}项，{a.words}。"


def _projects(county: CountyProgress, certified: CountyProgress | None) -> Iterator[str]:
    """A line for each project, with how it stands by what was certified where that is otherwise."""
    by_it = certified.projects if certified is not None else county.projects
    for p, other in zip(county.projects, by_it, strict=True):
        mine, certain = (
            f"{_stands(one)}；平均完成率（未报按0）{one.averages.average_all_text}" for one in (p, other)
        )
        differs = f"；按认定数：{certain}" if certain != mine else ""
        yield f"{p.project.no}. {p.project.name}：{mine}{differs}。"


def _stands(p: ProjectProgress) -> str:
    stands = in_prose(p.status) if p.status else "没有考核指标"
    return stands + (f"，其中{p.lights}" if p.lights else "")


def worst_first(rows: Sequence[IndicatorProgress]) -> list[IndicatorProgress]:
    """The assessed rows that lag, the furthest behind first; one without a deviation counts as 100 points."""
    lagging = [row for row in rows if row.indicator.tier is Tier.ASSESSED and row.status in LAGGING]
    return sorted(lagging, key=lambda row: -1 if row.deviation is None else row.deviation)


def _moved(points: Fraction) -> str:
    if abs(points) < Fraction(5, 100):
        return "持平"
    return f"{'提高' if points > 0 else '下降'}{fixed(abs(points), 1)}个百分点"


def _lagging(account: PeriodAccount, i: IndicatorProgress) -> str:
    lead = f"（{i.indicator.lead}）" if account.plan.unit(i.indicator.lead).is_listed else ""
    return f"{i.indicator.code} {i.indicator.name}{lead}：{stands(i)}{_on_end(account, i)}。"


def _on_end(account: PeriodAccount, i: IndicatorProgress) -> str:
    """For how many periods a row has lagged, if it did before; the year's end says what is done and what is not."""
    streak = streak_of(account, i)
    if account.period.is_last or streak.lagging < 2:
        return ""
    periods, _, others = streak.words.partition("，")
    return f"，连续滞后{periods}" + (f"（{others}）" if others else "")


def _turned(account: PeriodAccount, county: CountyProgress) -> Iterator[str]:
    """Which rows lag that did not in the last period, and which do not any more."""
    for words, rows in turned(account, county).items():
        if rows:
            named = (f"{one.code} {one.name}" for one in rows)
            yield f"{words}：{'、'.join(named)}。"


def turned(account: PeriodAccount, county: CountyProgress) -> dict[str, list[Indicator]]:
    """The rows that lag and did not in the last period, and those that did and do not, by what is said of them."""
    fresh, caught = list[Indicator](), list[Indicator]()
    found = {"本期新增滞后": fresh, "由滞后转为按序时及以上": caught}
    if account.period.is_last or not account.past:
        return found
    for i in assessed(county):
        last = account.last(i.indicator.code)
        lagged = last is not None and last.status in LAGGING_LABELS
        if last is not None and i.status in LAGGING and last.status in _AT_PACE:
            fresh.append(i.indicator)
        elif lagged and i.status is not None and i.status.label in _AT_PACE:
            caught.append(i.indicator)
    return found


_AT_PACE = {one.label for one in (Status.DONE, Status.AHEAD, Status.ON_PACE)}
"""The labels of what does not lag."""


def _beside_last_year(account: PeriodAccount, county: CountyProgress) -> str:
    """How many figures are more or less than they were a year before, where last year is linked."""
    before = account.year_before
    if before is None:
        return ""
    less, counts = list[str](), Counter[str]()
    for i in assessed(county):
        then = before.values.get(i.indicator.code)
        if isinstance(then, Fraction) and i.value is not None:
            counts["高于" if i.value > then else "低于" if i.value < then else "持平"] += 1
            less += [i.indicator.code] if i.value < then else []
    if not counts:
        return ""
    below = f"（{'、'.join(less)}）" if less else ""
    return (
        f"与上年同期相比，可比的{counts.total()}项指标中，数高于上年的{counts['高于']}项，持平{counts['持平']}项，"
        f"低于上年的{counts['低于']}项{below}。"
    )


def _silent_rows(account: PeriodAccount, county: CountyProgress) -> Iterator[str]:
    """Who owes the figure of which row: 未报：县残联（8-1）、…."""
    codes: dict[str, list[str]] = {}
    for i in assessed(county):
        code, unit = i.indicator.code, i.indicator.filler
        if i.status is Status.MISSING and account.plan.unit(unit).is_listed:
            lagged = account.streak_before(code).lagging
            codes.setdefault(unit, []).append(code + (BEFORE if lagged else ""))
    if codes:
        yield "未报：" + "、".join(f"{unit}（{'、'.join(of)}）" for unit, of in codes.items()) + "。"


def _below_target(account: PeriodAccount, county: CountyProgress) -> Iterator[str]:
    """At the year's end, in which months the rates of single months were below their targets."""
    found = [(i, below_target(account, i)) for i in assessed(county)]
    named = [f"{i.indicator.code} {i.indicator.name}（{'、'.join(months)}）" for i, months in found if months]
    if named:
        yield f"当月比率低于目标的月份：{'；'.join(named)}。"


def _ranks(account: PeriodAccount, county: CountyProgress, certified: CountyProgress | None) -> Iterator[str]:
    """The leads in their order, each with its rank by what was certified."""
    by_it = {one.unit: one for one in ranks_of(account, certified)} if certified is not None else {}
    for one in ranks_of(account, county):
        yield _ranked(account.period, one) + (_by_certified(by_it[one.unit]) if one.unit in by_it else "") + "。"


def _by_certified(one: Rank) -> str:
    place = f"第{one.rank}名" if one.rank is not None else "未排名"
    doubt = "（暂定）" if one.rank is not None and one.is_held else ""
    return f"；按认定数{place}{doubt}，完成{one.good}项、参评{one.judged}项"


def _ranked(period: Period, one: Rank) -> str:
    place = f"第{one.rank}名" if one.rank is not None else "未排名"
    remark = one.remark.removeprefix("未排名，") if one.rank is None else one.remark
    beside = f"（{remark}）" if remark else ""
    good, lagging = ("完成", "未完成") if period.is_last else ("按序时及以上", "滞后")
    return (
        f"{place}{beside}　{one.unit}：牵头指标{one.owed}项，参评{one.judged}项，{good}{one.good}项，"
        f"{lagging}{one.lagging}项，平均完成率（未报按0）{one.average_all_text}"
    )


def reminders(account: PeriodAccount) -> str:
    """A message for each late unit, to be sent by chat or telephone."""
    return "\r\n".join(_reminder(account, name) for name in late_units(account))


def _reminder(account: PeriodAccount, name: str) -> str:
    plan, due, unit = account.plan, month_and_day(account.plan.due(account.period)), account.plan.unit(name)
    title, again = plan.settings.title, plan.again_by(account.period)
    when = f"于{month_and_day(again)}前" if again else "尽快"
    said = f"至今未收到贵单位来表，请填好已下发的填报表，{when}报送"
    if name in account.came:
        said = f"{account.came[name]}，填好的本期表至今未收到，请填好已下发的填报表，{when}报送"
    if account.standing(name) is Standing.REFUSED:
        said = f"贵单位来表不符合要求，已退回，请按退回说明改正后{when if again else ''}重新报送"
    signed = f"{plan.settings.organ}\r\n" if plan.settings.organ else ""
    return (
        f"【{name}】{unit.reached_by}\r\n{title}{account.period.after(title)}填报表应于{due}前报送，"
        f"{said}；{NO_NEW_FIGURES if plan.owes_figures(name) else NOTHING_NEW}\r\n{signed}"
    )
