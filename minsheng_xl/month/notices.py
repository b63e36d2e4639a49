"""通报初稿 and 催报文字: the month in words, to be pasted and mended by a person."""

from fractions import Fraction

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import Rank, change_of, ranks_of
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.numbers import fixed
from minsheng_xl.figures import rankings as r
from minsheng_xl.figures.definitions import NONE, Status
from minsheng_xl.figures.progress import IndicatorProgress, progress_of
from minsheng_xl.forms.page import as_of
from minsheng_xl.forms.paper.reminders import late_units, owed_units
from minsheng_xl.plan.model import Tier


def bulletin(account: PeriodAccount) -> str:
    """The draft of the circular: the whole, the projects, the lagging, the units, the silent."""
    plan, period = account.plan, account.period
    county = progress_of(plan, period, account.entries())
    a = county.averages
    rows = [i for i in county.indicators if i.indicator.tier is Tier.ASSESSED]
    owed = owed_units(account)
    came = [name for name in owed if account.standing(name) in (Standing.ACCEPTED, Standing.HELD)]
    change = change_of(account, county)
    moved = f"与上期比，两期都报的{change.indicators}项指标平均完成率{_moved(change.points)}。" if change.points is not None else ""
    done = [p for p in county.projects if p.status is Status.DONE]
    parts = [
        f"关于{plan.settings.title}{period.label}进展情况的通报（初稿）",
        "",
        "一、总体情况",
        f"　　{as_of(period)}，{len(plan.projects)}个项目中已完成{len(done)}个，{len(rows)}项考核指标中已达标{a.met}项；"
        f"应报{len(owed)}个单位，已报{len(came)}个。平均完成率（未报按0）{a.average_all_text}，已报平均{a.average_reported_text}"
        f"（已报{a.reported}/{a.counted}，待核{a.held}）。{moved}",
        "",
        "二、各项目进展",
    ]
    parts += [
        f"　　{p.project.no}. {p.project.name}：{p.status.value if p.status else '没有考核指标'}"
        f"{f'（{p.lights}）' if p.lights else ''}，平均完成率（未报按0）{p.averages.average_all_text}。"
        for p in county.projects
    ]
    lagging = sorted((i for i in rows if i.status in r.LAGGING), key=lambda i: i.deviation if i.deviation is not None else -1)
    parts += ["", "三、滞后的指标", *([_lagging(i) for i in lagging] or ["　　没有滞后的指标。"])]
    parts += ["", "四、牵头单位排名", *(_ranked(one) for one in ranks_of(account, county))]
    late = late_units(account)
    parts += ["", "五、未报单位", f"　　{'、'.join(late)}。" if late else "　　全部单位已报。"]
    return "\r\n".join(parts) + "\r\n"


def _moved(points: Fraction) -> str:
    if abs(points) < Fraction(5, 100):
        return "持平"
    return f"{'提高' if points > 0 else '下降'}{fixed(abs(points), 1)}个百分点"


def _lagging(i: IndicatorProgress) -> str:
    behind = f"滞后{fixed(abs(i.deviation) * 100, 1)}个百分点" if i.deviation is not None else i.status.value if i.status else ""
    return f"　　{i.indicator.code} {i.indicator.name}（{i.indicator.lead}）：完成{i.rate_text}，序时{fixed(i.pace * 100, 1) + '%' if i.pace is not None else NONE}，{behind}。"


def _ranked(one: Rank) -> str:
    place = f"第{one.rank}名" if one.rank is not None else "未排名"
    beside = f"（{one.remark}）" if one.remark else ""
    return f"　　{place}{beside}　{one.unit}：牵头指标{one.owed}项，按序时及以上{one.good}项，滞后{one.lagging}项，平均完成率（未报按0）{one.average_all_text}。"


def reminders(account: PeriodAccount) -> str:
    """A message for each late unit, to be sent by chat or telephone."""
    plan, period = account.plan, account.period
    due = plan.due(period)
    lines = []
    for name in late_units(account):
        unit = plan.unit(name)
        refused = account.standing(name) is Standing.REFUSED
        said = "来表不符合要求，已退回，请按退回说明改好重报" if refused else "至今没有收到，请按发出的填报表填好后报来"
        to = " ".join(filter(None, (unit.contact, unit.phone)))
        lines.append(
            f"【{name}】{f'（{to}）' if to else ''}\r\n{plan.settings.title}{period.label}填报表应于{due.month}月{due.day}日前报送，贵单位{said}；"
            "没有新进展的选“本期无新进展”。逾期按未报列入通报。\r\n"
        )
    return "\r\n".join(lines)
