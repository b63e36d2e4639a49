"""通报初稿 and 催报文字: the month in words, to be pasted and mended by a person."""

from collections.abc import Sequence
from fractions import Fraction

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import Rank, change_of, ranks_of
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.numbers import fixed
from minsheng_xl.figures import rankings as r
from minsheng_xl.figures.definitions import NONE, Status
from minsheng_xl.figures.progress import CountyProgress, IndicatorProgress, ProjectProgress, progress_of
from minsheng_xl.forms.page import as_of
from minsheng_xl.forms.paper.missing import late_units, owed_units
from minsheng_xl.plan.model import Tier
from minsheng_xl.plan.period import month_and_day


def bulletin(account: PeriodAccount) -> str:
    """The draft of the circular: the whole, the projects, the lagging, the units, the silent."""
    plan, period, title = account.plan, account.period, account.plan.settings.title
    county = progress_of(plan, period, account.entries())
    lagging = _worst_first(county.indicators)
    late = late_units(account)
    parts = [
        f"关于{title}{period.after(title)}进展情况的通报（初稿）",
        "",
        "一、总体情况",
        _whole(account, county),
        "",
        "二、各项目进展",
        *map(_project, county.projects),
        "",
        "三、滞后指标",
        *(map(_lagging, lagging) if lagging else ["　　没有滞后指标。"]),
        "",
        "四、牵头单位排名",
        *map(_ranked, ranks_of(account, county)),
        "",
        "五、未报单位",
        *(_silent(account, late) if late else ["　　各单位均已报送。"]),
    ]
    return "\r\n".join(parts) + "\r\n"


def _silent(account: PeriodAccount, late: Sequence[str]) -> list[str]:
    """Who has not reported, each with what came in place of a report and when; and whose report was refused."""
    refused = [name for name in late if account.standing(name) is Standing.REFUSED]
    silent = [f"{name}（{came}）" if (came := account.came.get(name)) else name for name in late if name not in refused]
    told = (("未报", silent), ("报送不合格（已退回）", refused))
    return [f"　　{word}：{'、'.join(names)}。" for word, names in told if names]


def _whole(account: PeriodAccount, county: CountyProgress) -> str:
    """一、总体情况 in one paragraph."""
    a, owed = county.averages, owed_units(account)
    assessed = sum(row.indicator.tier is Tier.ASSESSED for row in county.indicators)
    came = sum(account.standing(name) in (Standing.ACCEPTED, Standing.HELD) for name in owed)
    done = sum(project.status is Status.DONE for project in county.projects)
    change = change_of(account, county)
    moved = ""
    if change.points is not None:
        moved = f"与上期相比，两期均已报送的{change.indicators}项指标平均完成率{_moved(change.points)}。"
    return (
        f"　　{as_of(account.period)}，{len(account.plan.projects)}个项目中已完成{done}个，"
        f"{assessed}项考核指标中已达标{a.met}项；应报单位{len(owed)}个，已报{came}个。"
        f"平均完成率（未报按0）{a.average_all_text}，已报平均{a.average_reported_text}"
        f"（已报{a.reported}/{a.counted}，待核{a.held}）。{moved}"
    )


def _project(p: ProjectProgress) -> str:
    stands = _in_prose(p.status) if p.status else "没有考核指标"
    counted = f"，其中{p.lights}" if p.lights else ""
    return (
        f"　　{p.project.no}. {p.project.name}：{stands}{counted}；平均完成率（未报按0）{p.averages.average_all_text}。"
    )


def _in_prose(status: Status) -> str:
    """A state as a circular words it: lights are of the tables."""
    return {Status.YELLOW: "滞后（黄灯）", Status.RED: "严重滞后（红灯）"}.get(status, status.value)


def _worst_first(rows: Sequence[IndicatorProgress]) -> list[IndicatorProgress]:
    """The assessed rows that lag, the furthest behind first; one without a deviation counts as 100 points."""
    lagging = [row for row in rows if row.indicator.tier is Tier.ASSESSED and row.status in r.LAGGING]
    return sorted(lagging, key=lambda row: -1 if row.deviation is None else row.deviation)


def _moved(points: Fraction) -> str:
    if abs(points) < Fraction(5, 100):
        return "持平"
    return f"{'提高' if points > 0 else '下降'}{fixed(abs(points), 1)}个百分点"


def _lagging(i: IndicatorProgress) -> str:
    behind = _in_prose(i.status) if i.status else ""
    if i.deviation is not None:
        behind = f"滞后{fixed(abs(i.deviation) * 100, 1)}个百分点"
    pace = NONE if i.pace is None else fixed(i.pace * 100, 1) + "%"
    return f"　　{i.indicator.code} {i.indicator.name}（{i.indicator.lead}）：完成{i.rate_text}，序时{pace}，{behind}。"


def _ranked(one: Rank) -> str:
    place = f"第{one.rank}名" if one.rank is not None else "未排名"
    beside = f"（{one.remark}）" if one.remark else ""
    return (
        f"　　{place}{beside}　{one.unit}：牵头指标{one.owed}项，按序时及以上{one.good}项，"
        f"滞后{one.lagging}项，平均完成率（未报按0）{one.average_all_text}。"
    )


def reminders(account: PeriodAccount) -> str:
    """A message for each late unit, to be sent by chat or telephone."""
    return "\r\n".join(_reminder(account, name) for name in late_units(account))


def _reminder(account: PeriodAccount, name: str) -> str:
    plan, due, unit = account.plan, month_and_day(account.plan.due(account.period)), account.plan.unit(name)
    said, title = "至今未收到贵单位来表，请填好已下发的填报表，尽快报送", plan.settings.title
    if name in account.came:
        said = f"{account.came[name]}，填好的本期表至今未收到，请填好已下发的填报表，尽快报送"
    if account.standing(name) is Standing.REFUSED:
        said = "贵单位来表不符合要求，已退回，请按退回说明改正后重新报送"
    contact = " ".join(filter(None, (unit.contact, unit.phone)))
    to = f"（{contact}）" if contact else ""
    return (
        f"【{name}】{to}\r\n{title}{account.period.after(title)}填报表应于{due}前报送，"
        f"{said}；没有新进展的，请选“本期无新进展”后报送。\r\n"
    )
