"""The records of a plan, made of its tables as far as they can be read."""

from collections.abc import Container, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, TypeVar

from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.plan.amounts import Amount, NoShare, share_in
from minsheng_xl.plan.answers import keys_of, moves, questions_in
from minsheng_xl.plan.cells import day_of, deadline_in, member_of, ratio_of
from minsheng_xl.plan.legible import Legible
from minsheng_xl.plan.model import (
    NO_EXEMPTION,
    Bands,
    Comparator,
    Coverage,
    Event,
    EventKind,
    Exemption,
    Indicator,
    Kind,
    PaceRule,
    Project,
    Question,
    Settings,
    TextDuty,
    Tier,
    Unit,
)
from minsheng_xl.plan.options import (
    AGAIN_BY,
    BOUNDS,
    BRIEF_CODE,
    BRIEF_CODES,
    BRIEF_NUMBER,
    CERTIFIED,
    CORRECTION,
    CORRECTIONS,
    DUE_DATE,
    DUE_DAY,
    FREQUENCY,
    ISSUED_ON,
    LAST_YEAR,
    LEAST_INCREASE,
    LEAST_JUDGED,
    MAIL_DOMAINS,
    MEAN,
    MEANS,
    NEAR,
    ORGAN,
    REGION,
    SILENCE,
    STAMPING,
    SUPERVISES,
    SUPERVISING,
    TITLE,
    USUAL,
    YEAR,
    Option,
)
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tables import EVENTS, GROUPS, INDICATORS, SETTINGS, STEPS, TASKS, UNITS, RawRow, names_in

T = TypeVar("T")

LARGEST_NUMBER = 999
"""No project has a larger number."""


class Claim(NamedTuple):
    """The first place where a spelling is registered: whose it is, in which row, the how-manieth there."""

    unit: str
    row: int
    place: int


class Step(NamedTuple):
    """A row of 序时: by the end of the month, this share of the year's target."""

    row: RawRow
    month: int
    share: Fraction


class Named(NamedTuple):
    """A unit that a row of 任务表 names: the column of its role, how it is named there, the unit, None where that is
    not known; `group` is the one by which it is meant, "" where it is named itself."""

    column: str
    text: str
    unit: str | None
    group: str = ""


class Draft(Legible):
    """A plan on its way: what can be read is here as records, what cannot be is left out.

    Nothing is told here; that is for the checks, which look at the same rows and records.
    """

    @cached_property
    def units(self) -> list[Unit]:
        return [
            Unit(
                name=row.cells["单位"],
                aliases=tuple(names_in(row.cells["别名"])),
                full_name=row.cells["全称"],
                contact=row.cells["联系人"],
                phone=row.cells["电话"],
                email=row.cells["邮箱"],
                copies=row.cells.get("抄送", ""),
                text_duty=member_of(TextDuty, row.cells.get("文字报送", "")) or TextDuty.EVERY_PERIOD,
                sheet=row.cells.get("表名", ""),
                is_listed=row.cells.get("通报列名", "") != "否",
            )
            for row in self.legible(UNITS, "单位")
        ]

    @cached_property
    def unit_rows(self) -> dict[str, RawRow]:
        """The row of each unit, the last one of its name."""
        return {row.cells["单位"]: row for row in self.rows[UNITS.name]}

    @cached_property
    def sheets(self) -> dict[str, Unit]:
        """The first unit whose sheet has a name, which Excel does not tell apart by case."""
        first: dict[str, Unit] = {}
        for unit in {unit.name: unit for unit in self.units}.values():
            first.setdefault(unit.sheet_name.lower(), unit)
        return first

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Every registered spelling; the first that claims one has it."""
        claims: dict[str, Claim] = {}
        for row in self.legible(UNITS, "单位"):
            for place, (_, spelling) in enumerate(spellings_in(row)):
                claims.setdefault(spelling, Claim(row.cells["单位"], row.number, place))
        return claims

    def unit_called(self, text: str) -> str | None:
        """The canonical name of the unit that has this spelling, or had it before it was renamed or merged."""
        claim = self.claims.get(self.former_names.get(text, text))
        return claim.unit if claim else None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What 待确认 asks, with what has become of it."""
        return tuple(questions_in(self.tables))

    @cached_property
    def answered(self) -> dict[tuple[str, int, str], Question]:
        """The cells that hold an answer, not what stands in them: table, row and column of each, and its question."""
        found: dict[tuple[str, int, str], Question] = {}
        for one in filter(moves, self.questions):
            rows = [self.codes.get(key, 0) for key in keys_of(one)] if one.table == INDICATORS.name else [one.at]
            column = "值" if one.table == SETTINGS.name else one.column
            found |= {(one.table, row, column): one for row in rows}
        return found

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The units of each group, as far as they are known; the first row of a name counts."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.legible(GROUPS, "组", "单位"):
            units = (self.unit_called(text) for text in names_in(row.cells["单位"]))
            found.setdefault(row.cells["组"], tuple(dict.fromkeys(name for name in units if name is not None)))
        return found

    def is_group(self, text: str) -> bool:
        """Whether a name stands for the units of a group."""
        return text in self.groups and self.unit_called(text) is None

    def roles_of(self, row: RawRow) -> list[Named]:
        """The units that a row of 任务表 names. One that is named itself has no second role as one of a group."""
        named = [(column, text, self.unit_called(text)) for column, text in names_of_roles(row)]
        taken = {unit for _, _, unit in named if unit is not None}
        found: list[Named] = []
        for column, text, unit in named:
            if column == "责任单位" and self.is_group(text):
                members = [name for name in self.groups[text] if name not in taken]
                taken.update(members)
                found += [Named(column, text, name, text) for name in members]
            else:
                found.append(Named(column, text, unit))
        return found

    @cached_property
    def event_rows(self) -> list[RawRow]:
        """The rows of 变更 that can be read."""
        return self.legible(EVENTS, "事项", "对象")

    @cached_property
    def events(self) -> list[Event]:
        return [
            Event(
                kind=EventKind(row.cells["事项"]),
                of=row.cells["对象"],
                into=tuple(names_in(row.cells["改为"])),
                begins=self.period_of(row.cells["起始期次"]),
                document=row.cells["文号"],
            )
            for row in self.event_rows
        ]

    @cached_property
    def left(self) -> set[str]:
        """The units and indicators that left the tables, or went on under another name, as 变更 says."""
        return {event.of for event in self.events if event.kind not in (EventKind.HANDED_OVER, EventKind.ADDED)}

    @cached_property
    def come(self) -> set[str]:
        """What came into the tables, or back, as 变更 says."""
        came = {event.of for event in self.events if event.kind is EventKind.ADDED}
        return came.union(*(event.into for event in self.events if event.kind is not EventKind.HANDED_OVER))

    @cached_property
    def former_names(self) -> dict[str, str]:
        """The names under which units were known that were renamed or merged since, each with what it is now."""
        kinds = (EventKind.RENAMED, EventKind.MERGED)
        found = {one.of: one.into[0] for one in self.events if one.kind in kinds and len(one.into) == 1}
        return _led_on({name: now for name, now in found.items() if name not in self.claims}, self.claims)

    @cached_property
    def former_codes(self) -> dict[str, str]:
        """The codes that indicators had before, each with the present one."""
        found = {one.of: one.into[0] for one in self.events if one.kind is EventKind.RECODED and len(one.into) == 1}
        return _led_on({code: now for code, now in found.items() if code not in self.codes}, self.codes)

    @cached_property
    def setting_rows(self) -> dict[tuple[str, str], list[RawRow]]:
        """The rows of each (参数, 对象): the last one counts, more than one are told."""
        found: dict[tuple[str, str], list[RawRow]] = {}
        for row in self.legible(SETTINGS, "参数", "值"):
            found.setdefault((row.cells["参数"], row.cells["对象"]), []).append(row)
        return found

    def setting_row(self, name: str, about: str = "") -> RawRow | None:
        """The row that counts for a setting."""
        rows = self.setting_rows.get((name, about))
        return rows[-1] if rows else None

    def setting(self, name: str, about: str = "") -> str:
        """What a setting says; blank where it is not given."""
        row = self.setting_row(name, about)
        return row.cells["值"] if row else ""

    def subjects_of(self, name: str) -> list[str]:
        """The 对象 for which a setting is given: periods, codes."""
        return [about for found, about in self.setting_rows if found == name]

    def option(self, option: Option[T]) -> T | None:
        """What a setting of which there is one says; None where it is not given or cannot be read."""
        text = self.setting(option.name) or option.default
        return option.read(text) if text else None

    def period_of(self, text: str) -> Period | None:
        """A period of this plan's year and frequency."""
        try:
            period = Period.parse(text)
        except ValueError:
            return None
        fits = period.year == self.option(YEAR) and period.frequency is self.option(FREQUENCY)
        return period if fits else None

    @cached_property
    def bounds(self) -> list[Fraction]:
        """The bounds of the bands, those that can be read."""
        return [bound for bound in map(self.option, BOUNDS) if bound is not None]

    @cached_property
    def settings(self) -> Settings | None:
        """The settings of the year; None where one of them cannot be read."""
        region, title, year = self.option(REGION), self.option(TITLE), self.option(YEAR)
        frequency, due_day = self.option(FREQUENCY), self.option(DUE_DAY)
        mean, correction = self.option(MEAN), self.option(CORRECTION)
        if region is None or title is None or year is None or frequency is None or due_day is None:
            return None
        if mean is None or correction is None or len(self.bounds) < len(BOUNDS):
            return None
        ahead, yellow, red = self.bounds
        return Settings(
            region=region,
            title=title,
            year=year,
            frequency=frequency,
            due_day=due_day,
            due_dates=tuple(self._dates(DUE_DATE)),
            bands=Bands(ahead=ahead, yellow=yellow, red=red),
            mean_by_project=mean == MEANS[1],
            last_wins=correction == CORRECTIONS[1],
            usual=self.option(USUAL) or Fraction(0),
            trials=tuple(self._trials()),
            organ=self.setting(ORGAN),
            last_year=self.setting(LAST_YEAR),
            stamping=self.setting(STAMPING),
            again_by=tuple(self._dates(AGAIN_BY)),
            issued_on=tuple(self._dates(ISSUED_ON)),
            brief_numbers=tuple(self._brief_numbers()),
            least_increase=self.option(LEAST_INCREASE) or Fraction(0),
            least_judged=self.option(LEAST_JUDGED) or Fraction(0),
            brief_code=self.option(BRIEF_CODE) == BRIEF_CODES[1],
            certified=tuple(names_in(self.option(CERTIFIED) or "")),
            certified_in=tuple(self._scopes()),
            silence=self.option(SILENCE) or 0,
            mail_domains=tuple(one.lower().lstrip("@*.") for one in names_in(self.setting(MAIL_DOMAINS))),
            near=self.option(NEAR) or 0,
            supervises=self.option(SUPERVISES) == SUPERVISING[1],
        )

    def _trials(self) -> Iterator[tuple[str, Period]]:
        for code in self.subjects_of("规则试行"):
            last = self.period_of(self.setting("规则试行", code))
            if code and last is not None:
                yield code, last

    def _scopes(self) -> Iterator[tuple[Period, tuple[str, ...]]]:
        """Which rows are certified, of periods that have a word of their own."""
        for text in filter(None, self.subjects_of(CERTIFIED.name)):
            period, scope = self.period_of(text), self.setting(CERTIFIED.name, text)
            if period is not None and scope:
                yield period, tuple(names_in(scope))

    def _brief_numbers(self) -> Iterator[tuple[Period, str]]:
        """The numbers that are given to the leaders' briefs."""
        for text in self.subjects_of(BRIEF_NUMBER):
            period, number = self.period_of(text), self.setting(BRIEF_NUMBER, text)
            if period is not None and number:
                yield period, number

    def _dates(self, name: str) -> Iterator[tuple[Period, date]]:
        """The days that a setting gives for periods."""
        for text in self.subjects_of(name):
            period, day = self.period_of(text), day_of(self.setting(name, text))
            if period is not None and day is not None:
                yield period, day

    def project_number(self, row: RawRow) -> int | None:
        """The 序号 of a row of 任务表."""
        if self.is_bad(TASKS, row, "序号"):
            return None
        no = int(row.cells["序号"][:9])
        return no if no <= LARGEST_NUMBER else None

    @cached_property
    def project_rows(self) -> dict[int, list[RawRow]]:
        """The rows of each project: the last one counts, more than one are told."""
        found: dict[int, list[RawRow]] = {}
        for row in self.rows[TASKS.name]:
            no = self.project_number(row)
            if no is not None:
                found.setdefault(no, []).append(row)
        return found

    @cached_property
    def projects(self) -> dict[int, Project]:
        funded = set(names_in(self.setting("资金项目")))
        return {no: self._project(no, rows[-1], str(no) in funded) for no, rows in self.project_rows.items()}

    def _project(self, no: int, row: RawRow, asks_funding: bool) -> Project:
        roles: dict[str, str] = {}
        for role in self.roles_of(row):
            if role.unit is not None:
                roles.setdefault(role.unit, role.column)
        return Project(
            no=no,
            name=row.cells["项目"],
            task=row.cells["指标任务"],
            leads=tuple(name for name, column in roles.items() if column == "牵头单位"),
            responsible=tuple(name for name, column in roles.items() if column == "责任单位"),
            certifiers=tuple(name for name, column in roles.items() if column == "认定单位"),
            asks_funding=asks_funding,
        )

    def month_of(self, row: RawRow) -> int | None:
        """The 月份 of a row of 序时."""
        month = int(row.cells["月份"])
        return month if 1 <= month <= 12 else None

    def share_of(self, row: RawRow) -> Fraction | None:
        """The 应完成 of a row of 序时, None where it is no share of the target."""
        share = self.step_in(row)
        return None if isinstance(share, NoShare) else share

    def step_in(self, row: RawRow) -> Fraction | NoShare:
        """The 应完成 of a row of 序时, or why it is no share of the target."""
        return share_in(row.cells["应完成"], self._amount_due(row.cells["指标编码"]))

    def _amount_due(self, code: str) -> Amount | None:
        """The target of an indicator that is counted up to it, with its measure; None of any other."""
        row = next((one for one in self.rows[INDICATORS.name] if one.cells["编码"] == code), None)
        if row is None or self.is_bad(INDICATORS, row, "目标", "计量单位"):
            return None
        tier, kind = sort_of(row)
        target = target_of(row, tier, kind) if tier is not None and kind is Kind.CUMULATIVE else None
        return Amount(target, row.cells["计量单位"]) if target is not None and target > 0 else None

    @cached_property
    def step_rows(self) -> list[RawRow]:
        """The rows of 序时 whose cells can be read, in range or not."""
        return self.legible(STEPS, "指标编码", "月份", "应完成")

    @cached_property
    def torn(self) -> set[str]:
        """The codes whose steps have a hole: what such a plan comes to cannot be said."""
        unread = {row.cells["指标编码"] for row in self.rows[STEPS.name] if self.is_bad(STEPS, row, "月份", "应完成")}
        beyond = {
            row.cells["指标编码"]
            for row in self.step_rows
            if self.month_of(row) is None or self.share_of(row) is None
        }
        return unread | beyond

    @cached_property
    def steps(self) -> dict[str, list[Step]]:
        """The steps of each code; by month where none is missing."""
        found: dict[str, list[Step]] = {}
        for row in self.step_rows:
            month, share = self.month_of(row), self.share_of(row)
            if month is not None and share is not None:
                found.setdefault(row.cells["指标编码"], []).append(Step(row, month, share))
        for code in found.keys() - self.torn:
            found[code].sort(key=lambda step: step.month)
        return found

    @cached_property
    def codes(self) -> dict[str, int]:
        """The code of every indicator → the first row that has it."""
        codes: dict[str, int] = {}
        for row in self.legible(INDICATORS, "编码"):
            codes.setdefault(row.cells["编码"], row.number)
        return codes

    @cached_property
    def indicators(self) -> list[Indicator]:
        found = [self._indicator(row) for row in self.rows[INDICATORS.name]]
        return [indicator for indicator in found if indicator is not None]

    @cached_property
    def by_code(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    def project_of(self, row: RawRow) -> Project | None:
        """The project of an indicator's row."""
        return None if self.is_bad(INDICATORS, row, "项目") else self.projects.get(int(row.cells["项目"][:9]))

    def lead_of(self, row: RawRow) -> str | None:
        """Who leads an indicator: the unit written there, or the only one that leads its project."""
        text, project = row.cells["牵头单位"], self.project_of(row)
        if text:
            return self.unit_called(text)
        only = project is not None and len(project.leads) == 1 and not self.is_bad(INDICATORS, row, "牵头单位")
        return project.leads[0] if project is not None and only else None

    def filler_of(self, row: RawRow) -> str | None:
        """Who reports the figure: the unit written there, else the lead."""
        text = row.cells.get("填数单位", "")
        return self.unit_called(text) if text else self.lead_of(row)

    def sharers_of(self, row: RawRow) -> tuple[str, ...]:
        """The units that state a share of their own, each once."""
        found: list[str] = []
        for text in names_in(row.cells.get("分解数", "")):
            unit = self.unit_called(text)
            found += [unit] if unit is not None else self.groups.get(text, ())
        return tuple(dict.fromkeys(found))

    def task_row(self, row: RawRow) -> RawRow | None:
        """The row of 任务表 of an indicator's project."""
        project = self.project_of(row)
        return None if project is None else self.project_rows[project.no][-1]

    def deadline_of(self, row: RawRow) -> date | None:
        """By when an indicator is due: as its row says, else its project's where that is one day."""
        task, year = self.task_row(row), self.option(YEAR)
        if row.cells["完成时限"] or task is None or year is None:
            return day_of(row.cells["完成时限"])
        return deadline_in(task.cells["完成时限"], year)

    def leader_of(self, row: RawRow) -> str:
        """The 分管领导 of an indicator: as its row says, else its project's."""
        task = self.task_row(row)
        return row.cells.get("分管领导", "") or (task.cells["分管领导"] if task is not None else "")

    def weight_of(self, row: RawRow) -> Fraction | None:
        weight = parse_plain(row.cells["权重"] or "1")
        return weight if weight is not None and weight > 0 else None

    def _indicator(self, row: RawRow) -> Indicator | None:
        """The indicator of a row; None where a cell of it cannot be read."""
        cells, project, lead, filler = row.cells, self.project_of(row), self.lead_of(row), self.filler_of(row)
        tier, kind = sort_of(row)
        if tier is None or kind is None or not suits(kind, tier) or self.is_bad(INDICATORS, row, *INDICATORS.titles):
            return None
        if project is None or lead is None or filler is None:
            return None
        office = cells["分母来源"] == "办公室核定"
        indicator = Indicator(
            code=cells["编码"],
            tier=tier,
            project=project.no,
            name=cells["指标"],
            quote=cells["原文"],
            kind=kind,
            unit_of_measure=cells["计量单位"],
            lead=lead,
            filler=filler,
            decimals=int(cells["小数位"] or 0),
            comparator=comparator_of(row, tier, kind),
            target=target_of(row, tier, kind),
            pace_rule=member_of(PaceRule, cells["序时规则"]) or PaceRule.NONE,
            weight=self.weight_of(row) or Fraction(1),
            deadline=self.deadline_of(row),
            numerator=cells["分子"],
            denominator=cells["分母"],
            office_denominator=office,
            fixed_denominator=parse_plain(self.setting("分母", cells["编码"])) if office else None,
            contained=cells.get("分子含于分母") == "是",
            parent=cells["上级指标"],
            derived_from=tuple(names_in(cells["推导自"])),
            leader=self.leader_of(row),
            shares=self.sharers_of(row),
            definition=cells["口径"],
            steps=tuple((step.month, step.share) for step in self.steps.get(cells["编码"], ())),
            opening=opening_of(self.setting("年初数", cells["编码"]), kind),
        )
        return self._excepted(indicator, cells)

    def _excepted(self, indicator: Indicator, cells: Mapping[str, str]) -> Indicator:
        """An indicator with the periods in which something else holds for it."""
        return indicator._replace(
            pause_document=cells.get("暂停文号", ""),
            paused_from=self.period_of(cells.get("暂停起始期", "")),
            resumed_from=self.period_of(cells.get("恢复起始期", "")),
            span=member_of(Coverage, cells.get("口径期间", "")) or Coverage.NONE,
            exemption=self.exemption_of(cells.get("可不涉及", "")),
        )

    def exemption_of(self, text: str) -> Exemption:
        """The periods in which an indicator may be said not to apply, and the paper on which that rests."""
        names, basis = exemption_in(text)
        periods = [period for name in names if (period := self.period_of(name)) is not None]
        return Exemption(tuple(periods), basis) if basis else NO_EXEMPTION


def _led_on(steps: Mapping[str, str], ends: Container[str]) -> dict[str, str]:
    """What a thing is called now, of one that was called otherwise several times."""
    found = {}
    for first in steps:
        now, seen = steps[first], {first}
        while now not in ends and now in steps and now not in seen:
            seen.add(now)
            now = steps[now]
        if now in ends:
            found[first] = now
    return found


def exemption_in(text: str) -> tuple[tuple[str, ...], str]:
    """What a cell of 可不涉及 names: periods, and behind a colon the paper; blank where it names none."""
    named, _, basis = text.replace(":", "：", 1).partition("：")
    return tuple(names_in(named)), basis.strip()


def spellings_in(row: RawRow) -> list[tuple[str, str]]:
    """Name and aliases of a unit's row, each with its column."""
    return [("单位", row.cells["单位"]), *(("别名", alias) for alias in names_in(row.cells["别名"]))]


def names_of_roles(row: RawRow) -> list[tuple[str, str]]:
    """The units that a row of 任务表 names, each with the column of its role."""
    found: list[tuple[str, str]] = []
    for column in ("牵头单位", "责任单位", "认定单位"):
        found += [(column, text) for text in names_in(row.cells[column])]
    return found


def sort_of(row: RawRow) -> tuple[Tier | None, Kind | None]:
    """类别 and 类型 of an indicator's row."""
    return member_of(Tier, row.cells["类别"]), member_of(Kind, row.cells["类型"])


def suits(kind: Kind, tier: Tier) -> bool:
    """Whether an indicator of that kind may stand in that tier: words and what is derived are only 定性."""
    return tier is Tier.TEXT or kind not in (Kind.WORDS, Kind.DERIVED)


def comparator_of(row: RawRow, tier: Tier, kind: Kind) -> Comparator:
    """What is written; a milestone is met by 是, whatever is written."""
    if tier is not Tier.TEXT and kind is Kind.MILESTONE:
        return Comparator.YES
    return member_of(Comparator, row.cells["比较"]) or Comparator.NONE


def target_of(row: RawRow, tier: Tier, kind: Kind) -> Fraction | None:
    """The target in the measure that is entered; none in 定性, 1 of a milestone."""
    if tier is Tier.TEXT:
        return None
    if kind is Kind.MILESTONE:
        return Fraction(1)
    return figure_of(row.cells["目标"], kind)


def figure_of(text: str, kind: Kind) -> Fraction | None:
    """A figure of an indicator of that kind: a percentage of a ratio, else a number."""
    return ratio_of(text) if kind is Kind.RATIO else parse_plain(text)


def opening_of(text: str, kind: Kind) -> Fraction | None:
    """The 年初数 of what has one."""
    return figure_of(text, kind) if text and kind in (Kind.STOCK, Kind.RATIO) else None
