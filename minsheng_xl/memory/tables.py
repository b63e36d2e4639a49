"""The facts of a year as tidy tables: one row is one fact, one column one thing that is said of it.

A column has a name, which programs use, and a title, which people read. Numbers are exact: fractions in the unit of
the form, rates as fractions of 1; who writes them makes them floats.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeAlias

from minsheng_xl.accounts.letters import LetterOutcome
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import ranks_of, streak_of
from minsheng_xl.accounts.values import Outcome, about
from minsheng_xl.exact.keys import CHOICE, EXPLANATION
from minsheng_xl.figures.progress import Averages, CountyProgress, IndicatorProgress, progress_of
from minsheng_xl.forms.words import LEAD_FIELDS, SUPPORT_FIELDS
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.model import Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.post.send import Mailed
from minsheng_xl.problems import MisuseError
from minsheng_xl.telling.status import as_number
from minsheng_xl.year.entries import Decided, Issued, Judged, LetterRead, Posted, Posting, TypedIn
from minsheng_xl.year.folder import Year

Fact: TypeAlias = "str | Fraction | int | bool | datetime | date | None"
"""What stands in a cell; None where there is nothing to say."""


class Sort(Enum):
    """What stands in a column."""

    TEXT = "文字"
    NUMBER = "数"
    RATE = "比率"
    COUNT = "整数"
    FLAG = "是否"
    TIME = "时间"
    DAY = "日期"


class FactColumn(NamedTuple):
    """A column: the name for programs, the title for people, what stands in it."""

    name: str
    title: str
    sort: Sort = Sort.TEXT


class FactTable(NamedTuple):
    """A table: its name for programs, its title for people, its columns, and its rows for a year."""

    name: str
    title: str
    columns: tuple[FactColumn, ...]
    rows: "Callable[[Facts], Iterable[tuple[Fact, ...]]]"


class Facts:
    """A year, and what was reckoned of its periods: each once."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self._accounts: dict[Period, PeriodAccount] = {}

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods of which anything is known: forms went out, or something was said."""
        register = self.year.register
        entries: list[Issued | TypedIn | Decided] = register.entries(Issued, TypedIn, Decided)
        said = {entry.period for entry in entries}
        said |= {entry.returned.period for entry in register.entries(Judged) if entry.returned.period is not None}
        return tuple(each for each in self.year.plan.periods if each in said)

    def account(self, period: Period) -> PeriodAccount:
        if period not in self._accounts:
            self._accounts[period] = account_of(self.year.plan_of(period), self.year.register, period)
        return self._accounts[period]

    def county(self, period: Period) -> CountyProgress:
        account = self.account(period)
        return progress_of(account.plan, period, account.entries())

    @property
    def accounts(self) -> Iterator[PeriodAccount]:
        return map(self.account, self.periods)


def rows_of(table: FactTable, facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """The rows of a table, each as long as its columns."""
    for row in table.rows(facts):
        assert len(row) == len(table.columns), table.name
        yield row


def chosen(words: Sequence[str]) -> tuple[FactTable, ...]:
    """The tables of some names or titles, all by default. Raises MisuseError for one that there is not."""
    known = {one.name: one for one in TABLES} | {one.title: one for one in TABLES}
    unknown = [word for word in words if word not in known]
    if unknown:
        every = "、".join(f"{one.title}（{one.name}）" for one in TABLES)
        raise MisuseError(f"没有“{'、'.join(unknown)}”这张表可以导出。可写：{every}。")
    wanted = {known[word].name for word in words}
    return tuple(one for one in TABLES if not wanted or one.name in wanted)


def _figures(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """The figures in use, as 填报流水 of the last period lists them."""
    for row in facts.account(facts.periods[-1]).flow if facts.periods else ():
        yield (
            str(row.period), row.unit, row.project, row.code, row.name, row.measure, row.unit_of_measure, row.value,
            row.seen, row.source.file, row.source.received, row.source.sha256, row.source.who, row.version,
        )


def _progress(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """How every indicator stands in every period."""
    for account in facts.accounts:
        for row in facts.county(account.period).indicators:
            yield (str(account.period), *_standing(account, row))


def _standing(account: PeriodAccount, row: IndicatorProgress) -> tuple[Fact, ...]:
    indicator, said = row.indicator, account.certified.get(row.indicator.code)
    is_ratio = indicator.kind is Kind.RATIO
    gate = indicator.tier.letter != "A"
    streak = streak_of(account, row)
    return (
        indicator.project, indicator.code, indicator.name, indicator.tier.letter, indicator.kind.value,
        indicator.unit_of_measure, indicator.lead, indicator.filler, row.terms.comparator.sign, row.terms.target,
        row.value, row.numerator if is_ratio else None, row.denominator if is_ratio else None,
        as_number(account.before.get(indicator.code)), row.rate, None if gate else row.pace, row.deviation,
        row.status.value if row.status else None, row.met, streak.lagging, as_number(said.figure) if said else None,
        said.opinion if said else None, indicator.weight,
    )


def _averages(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """The projects in every period, and the county, which has the number 0."""
    for account in facts.accounts:
        county = facts.county(account.period)
        yield (str(account.period), 0, account.plan.settings.region, None, *_means(county.averages))
        for one in county.projects:
            status = one.status.value if one.status else None
            yield (str(account.period), one.project.no, one.project.name, status, *_means(one.averages))


def _means(one: Averages) -> tuple[Fact, ...]:
    return (
        one.met, one.reported, one.held, one.counted, one.average_all, one.average_reported,
    )


_ITEMS = {
    **{field.key: field.title for field in chain(*LEAD_FIELDS, SUPPORT_FIELDS)}, EXPLANATION: "说明",
    CHOICE: "没有数的选项",
}
"""What the cells of words are called."""


def _words(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """What the units wrote, a cell a row."""
    for account in facts.accounts:
        for name, unit in account.units.items():
            for key, text in unit.words.items():
                if text and not key.is_head:
                    code = key.of if key.is_of_indicator else None
                    project = _project_of(account.plan, code) if code else int(key.of)
                    yield (str(account.period), name, project, code, _ITEMS.get(key.name, key.name), text)


def _project_of(plan: Plan, code: str) -> int | None:
    return plan.indicator(code).project if plan.has_indicator(code) else None


def _units(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """How every unit reported in every period, and its rank."""
    for account in facts.accounts:
        ranks = {one.unit: one for one in ranks_of(account, facts.county(account.period))}
        for unit in account.plan.reporting_units:
            if not account.owed(unit.name):
                continue
            outcomes = list(account.units[unit.name].outcomes.values())
            rank = ranks.get(unit.name)
            yield (
                str(account.period), unit.name, bool(account.plan.owes_figures(unit.name)),
                account.standing(unit.name).label, account.received(unit.name), account.plan.due(account.period),
                account.timeliness(unit.name).value, outcomes.count(Outcome.REFUSED),
                account.reminded.get(unit.name, 0), rank.rank if rank else None, rank.judged if rank else None,
                rank.owed if rank else None, rank.share if rank else None, rank.remark if rank else None,
            )


def _changes(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """What of the plan was changed."""
    for known in facts.year.plans.changes():
        change, difference = known.change, known.change.difference
        yield (
            known.number, difference.table, difference.row, difference.column, difference.was, difference.now,
            change.kind.value, str(change.begins) if change.begins else None, change.document, change.basis, known.at,
            known.who,
        )


def _decisions(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """What the office settled, and what still waits."""
    for account in facts.accounts:
        for item in (*account.decided, *account.pending):
            said = item.decision
            yield (
                str(account.period), item.id, item.kind, item.unit, about(item.key) if item.key else None, item.used,
                item.other, item.file, said.word if said else None, said.why if said else None,
                said.who if said else None, said.when if said else None,
            )


def _findings(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """What was found in the files that came."""
    for entry in facts.year.register.entries(Judged):
        one = entry.returned
        for found in one.problems:
            yield (
                str(one.period) if one.period else None, one.unit, one.file, one.sha256, one.outcome.label, found.code,
                found.severity.value, found.sheet, found.cell, found.seen, found.message, found.action,
            )


def _receipts(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """The files of the year."""
    for one in facts.account(facts.periods[-1]).receipts if facts.periods else ():
        yield (
            one.received, one.file, one.unit, one.period, one.outcome.label, one.late_word, one.message, one.sha256,
        )


def _letters(facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """The mails that were read, and those that went out, each as it ended."""
    register = facts.year.register
    ended = {entry.letter: entry for entry in register.entries(Posted)}
    for read in register.entries(LetterRead):
        yield (
            read.received, "收", None, read.unit, read.subject, read.sender, LetterOutcome(read.outcome).label,
            read.parts, read.file, read.sha256,
        )
    for sent in {entry.letter: entry for entry in register.entries(Posting)}.values():
        state = Mailed(ended[sent.letter].state if sent.letter in ended else Mailed.UNKNOWN.value).label
        yield (
            sent.at, "发", str(sent.period), sent.unit, sent.what, "、".join(sent.to), state, None, None, sent.sha256,
        )


_PERIOD, _UNIT, _CODE = FactColumn("period", "期次"), FactColumn("unit", "单位"), FactColumn("code", "编码")
_PROJECT, _NAME = FactColumn("project", "项目", Sort.COUNT), FactColumn("name", "指标")
_SHA = FactColumn("sha256", "内容指纹")
_FILE, _WHO, _MEASURED = FactColumn("file", "文件"), FactColumn("who", "谁"), FactColumn("unit_of_measure", "计量单位")

TABLES = (
    FactTable("figures", "数", (
        _PERIOD, _UNIT, _PROJECT, _CODE, _NAME, FactColumn("measure", "栏"), _MEASURED,
        FactColumn("value", "数", Sort.NUMBER), FactColumn("seen", "不是数的原文"), FactColumn("source", "来源"),
        FactColumn("received", "收到时间", Sort.TIME), _SHA, _WHO, FactColumn("version", "定稿时或更正"),
    ), _figures),
    FactTable("progress", "进展", (
        _PERIOD, _PROJECT, _CODE, _NAME, FactColumn("tier", "类别"), FactColumn("kind", "类型"), _MEASURED,
        FactColumn("lead", "牵头单位"), FactColumn("filler", "填数单位"), FactColumn("comparator", "比较"),
        FactColumn("target", "目标", Sort.NUMBER), FactColumn("value", "本期累计", Sort.NUMBER),
        FactColumn("numerator", "分子", Sort.NUMBER), FactColumn("denominator", "分母", Sort.NUMBER),
        FactColumn("previous", "上期累计", Sort.NUMBER), FactColumn("rate", "完成率", Sort.RATE),
        FactColumn("pace", "序时", Sort.RATE), FactColumn("deviation", "偏差", Sort.RATE), FactColumn("status", "状态"),
        FactColumn("met", "达标", Sort.FLAG), FactColumn("lagging_periods", "连续滞后期数", Sort.COUNT),
        FactColumn("certified", "认定数", Sort.NUMBER), FactColumn("opinion", "认定意见"),
        FactColumn("weight", "权重", Sort.NUMBER),
    ), _progress),
    FactTable("projects", "项目", (
        _PERIOD, _PROJECT, FactColumn("title", "项目名称"), FactColumn("status", "状态"),
        FactColumn("met", "达标", Sort.COUNT), FactColumn("reported", "已报", Sort.COUNT),
        FactColumn("held", "待核", Sort.COUNT), FactColumn("counted", "考核指标", Sort.COUNT),
        FactColumn("average_all", "平均完成率（未报按0）", Sort.RATE), FactColumn("average_reported", "已报平均", Sort.RATE),
    ), _averages),
    FactTable("words", "文字", (
        _PERIOD, _UNIT, _PROJECT, _CODE, FactColumn("item", "栏"), FactColumn("text", "内容"),
    ), _words),
    FactTable("units", "报送", (
        _PERIOD, _UNIT, FactColumn("owes_figures", "报数", Sort.FLAG), FactColumn("standing", "报送情况"),
        FactColumn("received", "收到时间", Sort.TIME), FactColumn("due", "截止", Sort.DAY),
        FactColumn("timeliness", "及时"), FactColumn("refusals", "退回次数", Sort.COUNT),
        FactColumn("reminded", "催报天数", Sort.COUNT), FactColumn("rank", "名次", Sort.COUNT),
        FactColumn("judged", "参评", Sort.COUNT), FactColumn("owed", "牵头指标", Sort.COUNT),
        FactColumn("share", "按序时占比", Sort.RATE), FactColumn("remark", "备注"),
    ), _units),
    FactTable("changes", "计划变更", (
        FactColumn("number", "编号", Sort.COUNT), FactColumn("table", "表"), FactColumn("row", "对象"),
        FactColumn("column", "栏"), FactColumn("was", "原来"), FactColumn("now", "现在"), FactColumn("kind", "调整或更正"),
        FactColumn("begins", "起始期次"), FactColumn("document", "文号"), FactColumn("basis", "依据"),
        FactColumn("at", "时间", Sort.TIME), _WHO,
    ), _changes),
    FactTable("decisions", "待决事项", (
        _PERIOD, FactColumn("id", "编号"), FactColumn("kind", "事项"), _UNIT, FactColumn("about", "哪一格"),
        FactColumn("used", "在用"), FactColumn("other", "另有"), _FILE, FactColumn("word", "定为"),
        FactColumn("why", "原因"), _WHO, FactColumn("at", "时间", Sort.TIME),
    ), _decisions),
    FactTable("findings", "来件问题", (
        _PERIOD, _UNIT, _FILE, _SHA, FactColumn("outcome", "结果"), FactColumn("rule", "规则"),
        FactColumn("severity", "程度"), FactColumn("sheet", "工作表"), FactColumn("cell", "单元格"),
        FactColumn("seen", "看到"), FactColumn("message", "问题"), FactColumn("action", "怎么办"),
    ), _findings),
    FactTable("receipts", "收件", (
        FactColumn("received", "收到时间", Sort.TIME), _FILE, _UNIT, _PERIOD, FactColumn("outcome", "结果"),
        FactColumn("late", "迟报"), FactColumn("message", "说明"), _SHA,
    ), _receipts),
    FactTable("letters", "邮件", (
        FactColumn("at", "时间", Sort.TIME), FactColumn("way", "收发"), _PERIOD, _UNIT, FactColumn("subject", "主题或内容"),
        FactColumn("address", "对方地址"), FactColumn("outcome", "结果"), FactColumn("parts", "附件数", Sort.COUNT), _FILE,
        _SHA,
    ), _letters),
)
"""All that is exported."""
