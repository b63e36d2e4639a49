"""The plan as values. Names are the field's; the Chinese words are those of the tables."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cached_property
from os import PathLike
from types import MappingProxyType
from typing import NamedTuple

from minsheng_xl.plan.addresses import addresses_in
from minsheng_xl.plan.period import Frequency, Period
from minsheng_xl.problems import MisuseError, Problem


class Tier(Enum):
    """考核 counts in rates, 约束 is a pass/fail gate, 定性 never enters a rate."""

    ASSESSED = "考核"
    GATE = "约束"
    TEXT = "定性"

    @property
    def letter(self) -> str:
        """A, B or C, as the tiers are called for short."""
        return {"考核": "A", "约束": "B", "定性": "C"}[self.value]


class Kind(Enum):
    """What a figure is: it decides the inputs of the form and how a rate is made."""

    CUMULATIVE = "累计量"
    STOCK = "时点量"
    RATIO = "比率"
    MILESTONE = "里程碑"
    WORDS = "文字"
    DERIVED = "推导"


class Comparator(Enum):
    """When a figure meets its target. 超 and 超过 are strict; 全覆盖 and 建设1个 are yes/no."""

    AT_LEAST = "≥"
    MORE_THAN = "＞"
    AT_MOST = "≤"
    YES = "是"
    NONE = ""

    @property
    def sign(self) -> str:
        """What stands before a target: nothing where that is to be reached."""
        return self.value if self in (Comparator.MORE_THAN, Comparator.AT_MOST) else ""


class PaceRule(Enum):
    """Where a target should stand by the end of a period."""

    LINEAR = "均衡"
    STEPS = "节点"
    FLAT = "全年一致"
    ANNUAL = "年末"
    NONE = ""


class Coverage(Enum):
    """Over what a figure runs: the year so far, the period alone, or how it stands at its end."""

    TO_DATE = "累计"
    WITHIN = "当月"
    AT_END = "期末"
    NONE = ""


class Role(Enum):
    """What a unit is to a project."""

    LEAD = "牵头"
    RESPONSIBLE = "责任"
    CERTIFIER = "认定"


class TextDuty(Enum):
    """When a unit that owes no figures has to report its words."""

    EVERY_PERIOD = "每期"
    EVERY_QUARTER = "每季"
    WHEN_DUE = "有则报"


class Unit(NamedTuple):
    """A unit under its canonical name; `aliases` are the only other spellings accepted."""

    name: str
    aliases: tuple[str, ...] = ()
    full_name: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    text_duty: TextDuty = TextDuty.EVERY_PERIOD
    sheet: str = ""
    is_listed: bool = True
    """通报列名: whether it is named in what is circulated."""
    copies: str = ""
    """抄送: who is sent a copy, as `email` is written: several addresses, with or without names."""

    @property
    def sheet_name(self) -> str:
        """The name of its sheet in the master and of its file."""
        return self.sheet or self.name

    @property
    def addresses(self) -> tuple[str, ...]:
        """邮箱: where it is written to."""
        return addresses_in(self.email)

    @property
    def copied(self) -> tuple[str, ...]:
        """抄送: who is sent a copy."""
        return addresses_in(self.copies)

    @property
    def reached_by(self) -> str:
        """（张三 0730-1234567）: whom to ask for there, and the telephone; "" where neither is known."""
        known = " ".join(filter(None, (self.contact, self.phone)))
        return f"（{known}）" if known else ""


class Project(NamedTuple):
    """One commitment, with the units of each role under their canonical names."""

    no: int
    name: str
    task: str
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    certifiers: tuple[str, ...]
    asks_funding: bool = False


class Exemption(NamedTuple):
    """That an indicator may be said not to apply in some periods, and on what paper that rests."""

    periods: tuple[Period, ...] = ()
    basis: str = ""


NO_EXEMPTION = Exemption()


class EventKind(Enum):
    """What happened to a unit or an indicator, as 变更 says it."""

    RENAMED = "改名"
    HANDED_OVER = "移交"
    MERGED = "合并"
    SPLIT = "拆分"
    RECODED = "改编码"
    ADDED = "新增"
    ENDED = "终止"


class Event(NamedTuple):
    """A row of 变更: what happened to the unit or indicator `of`, what it is or whose it is now, from which period on
    (None: from the first whose forms have not gone out), by which document."""

    kind: EventKind
    of: str
    into: tuple[str, ...] = ()
    begins: Period | None = None
    document: str = ""


class Before(NamedTuple):
    """What was before: the rows of 变更, and by them or by another version of the plan, other codes of its indicators
    and other spellings of its units, each with the one it has here."""

    events: tuple[Event, ...] = ()
    codes: Mapping[str, str] = MappingProxyType({})
    names: Mapping[str, str] = MappingProxyType({})

    def and_more(self, codes: Mapping[str, str], names: Mapping[str, str]) -> "Before":
        return Before(self.events, {**self.codes, **codes}, {**self.names, **names})


NOTHING_BEFORE = Before()


class Indicator(NamedTuple):
    """One measurable target.

    `target` is in the unit a clerk enters; of a ratio a fraction (0.6 = 60 %), of a milestone 1,
    None where there is none. `weight` counts in averages. `steps` are (month, share) pairs.
    `opening` is the 年初数 of a stock, `fixed_denominator` the office's denominator, both in
    the same units as the figures.
    """

    code: str
    tier: Tier
    project: int
    name: str
    quote: str
    kind: Kind
    unit_of_measure: str
    lead: str
    filler: str
    decimals: int = 0
    comparator: Comparator = Comparator.NONE
    target: Fraction | None = None
    pace_rule: PaceRule = PaceRule.NONE
    weight: Fraction = Fraction(1)
    deadline: date | None = None
    numerator: str = ""
    denominator: str = ""
    office_denominator: bool = False
    fixed_denominator: Fraction | None = None
    contained: bool = False
    parent: str = ""
    derived_from: tuple[str, ...] = ()
    leader: str = ""
    shares: tuple[str, ...] = ()
    pause_document: str = ""
    paused_from: Period | None = None
    resumed_from: Period | None = None
    definition: str = ""
    steps: tuple[tuple[int, Fraction], ...] = ()
    opening: Fraction | None = None
    span: Coverage = Coverage.NONE
    exemption: Exemption = NO_EXEMPTION

    def paused_in(self, period: Period) -> bool:
        """Whether the indicator is suspended by a document in that period, and not resumed yet."""
        is_resumed = self.resumed_from is not None and self.resumed_from <= period
        return self.paused_from is not None and self.paused_from <= period and not is_resumed

    def is_owed_in(self, period: Period) -> bool:
        """Whether its figure counts in that period: a 定性 one never does, a gate's from its deadline on."""
        counts = self.tier is Tier.ASSESSED or (self.tier is Tier.GATE and self.is_due_in(period))
        return self.takes_figures and counts and not self.paused_in(period)

    def may_repeat_in(self, period: Period) -> bool:
        """Whether 与上期相同 can be meant in that period: a total begins the year anew, a month's figure each month."""
        is_new = self.kind is Kind.CUMULATIVE and period.is_first
        return self.takes_figures and self.span is not Coverage.WITHIN and not is_new

    def may_be_exempt_in(self, period: Period) -> bool:
        """Whether 本期不涉及 may be said in that period: never when its deadline comes, nor in the last."""
        return period in self.exemption.periods and not (period.is_last or self.falls_due_in(period))

    def is_due_in(self, period: Period) -> bool:
        """Whether its deadline has come by the end of that period; without one it is the year's end."""
        return period.is_last if self.deadline is None else self.deadline <= period.last_day

    def falls_due_in(self, period: Period) -> bool:
        """Whether its deadline comes in that period."""
        if self.deadline is None or self.deadline > period.last_day:
            return False
        return all(earlier.last_day < self.deadline for earlier in period.earlier)

    @property
    def takes_figures(self) -> bool:
        """Whether anybody enters a figure for it."""
        return self.kind not in (Kind.WORDS, Kind.DERIVED)

    @property
    def measures(self) -> tuple[str, ...]:
        """The cells that are entered for it."""
        if self.kind is Kind.RATIO:
            return ("numerator",) if self.office_denominator else ("numerator", "denominator")
        return ("reported",) if self.takes_figures else ()

    @property
    def awaits_denominator(self) -> bool:
        """Whether the office has still to set its denominator."""
        return self.office_denominator and self.fixed_denominator is None

    @property
    def measured_in(self) -> str:
        """What its figures are: one means nothing in another measure."""
        return f"{self.kind.value} {self.unit_of_measure}"

    @property
    def falls(self) -> bool:
        """Whether a met figure can be lost again, so that it is 完成 only at the year's end."""
        return self.kind in (Kind.STOCK, Kind.RATIO) or self.comparator is Comparator.AT_MOST


class Bands(NamedTuple):
    """Bounds of the status lights, in percentage points of deviation (defaults: 5, −5, −15)."""

    ahead: Fraction = Fraction(5)
    yellow: Fraction = Fraction(-5)
    red: Fraction = Fraction(-15)


EVERY_ROW = "全部"
"""What 认定范围 says where every figure is certified."""


class Settings(NamedTuple):
    """The 参数 table: what the office sets for the year."""

    region: str
    title: str
    year: int
    frequency: Frequency = Frequency.MONTH
    due_day: int = 5
    due_dates: tuple[tuple[Period, date], ...] = ()
    bands: Bands = Bands()
    mean_by_project: bool = False
    last_wins: bool = False
    """更正方式: until the due day the last return of a unit counts, not the first."""
    usual: Fraction = Fraction(0)
    """新增界限: how many times its usual spread an increase may be off before that is remarked on; 0: it never is."""
    trials: tuple[tuple[str, Period], ...] = ()
    """规则试行: rules by code that only remark, up to a period."""
    least_increase: Fraction = Fraction(2, 100)
    """增量下限: from which share of the target on the year's increase decides the light of a stock."""
    least_judged: Fraction = Fraction(1, 2)
    """参评下限: which share of a lead's rows has to be judged, that it is ranked."""
    brief_code: bool = False
    """简报校验码: whether the leaders' brief bears the 校验码 in its foot, as the other printed sheets do."""
    organ: str = ""
    """落款单位: who signs what goes out; "" where that is left out."""
    again_by: tuple[tuple[Period, date], ...] = ()
    """补报期限: by when the late ones have to report after all, by period."""
    issued_on: tuple[tuple[Period, date], ...] = ()
    """印发日期: the day on what goes out, by period."""
    brief_numbers: tuple[tuple[Period, str], ...] = ()
    """简报期号: the number on the leaders' brief, by period, as it is written."""
    last_year: str = ""
    """上年文件夹: where the folder of the year before lies, seen from this one's; "" where there is none."""

    certified: tuple[str, ...] = (Tier.ASSESSED.value,)
    """认定范围: which rows are certified: 考核, 全部, or codes."""
    certified_in: tuple[tuple[Period, tuple[str, ...]], ...] = ()
    """The same of periods that have a word of their own."""
    silence: int = 0
    """视同无异议: after how many days who has not answered a 核对单 counts as one that agrees; 0: never."""
    stamping: str = ""
    """时间戳服务: where a time-stamping authority is asked at each closing; "" where none is."""
    mail_domains: tuple[str, ...] = ()
    """允许的邮箱域名: the domains to which alone mail is sent, in lower case; () where any is allowed."""
    near: int = 3
    """临近提醒: how many days before the due day a unit is reminded that has not reported; 0: not before it."""
    supervises: bool = False
    """督办单: whether slips of supervision are made."""

    def certifies(self, indicator: Indicator, period: Period) -> bool:
        """Whether the figure of an indicator is to be certified in a period, where its project has a certifier."""
        scope = dict(self.certified_in).get(period, self.certified)
        named = {indicator.code, indicator.tier.value, EVERY_ROW}
        return indicator.kind is not Kind.WORDS and not named.isdisjoint(scope)

    def is_on_trial(self, rule: str, period: Period) -> bool:
        """Whether a rule only remarks in a period."""
        return any(code == rule and period <= last for code, last in self.trials)


class QuestionState(Enum):
    """What has become of a question of 待确认."""

    OPEN = "未答复"
    ANSWERED = "已答复"
    CHANGED = "表里已改"
    GONE = "那一行没有了"
    MISTAKEN = "答复不在选项内"


_BLOCKING = {"指标": ("目标", "比较", "计量单位", "类型", "牵头单位"), "任务表": ("牵头单位",)}
"""The columns that have to be sure before a form goes out."""


class Question(NamedTuple):
    """A row of 待确认: which cell is asked about (`of` is the key of its row, "" where a whole table is meant), the
    words it rests on, the choices, and what stands there until it is answered.

    `row` is its row in 待确认, `at` that of the cell in its own table, 0 where there is none.
    """

    number: str
    table: str
    of: str
    column: str
    words: str
    quote: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    answer: str = ""
    effect: str = ""
    row: int = 0
    at: int = 0
    state: QuestionState = QuestionState.OPEN

    @property
    def is_open(self) -> bool:
        return self.state is QuestionState.OPEN

    @property
    def blocks(self) -> bool:
        """Whether no form goes out while it is open."""
        return self.is_open and self.column in _BLOCKING.get(self.table, ())

    @property
    def takes_anything(self) -> bool:
        """Whether it may be answered with something that is no choice."""
        return not self.choices or OTHER in self.choices

    @property
    def subject(self) -> str:
        """What is asked about, in words: 指标 3-1“目标”."""
        of = f" {self.of}" if self.of else ""
        return f"{self.table}{of}“{self.column}”"


OTHER, LEFT_BLANK = "其他", "空着"
"""The choice that stands for any other answer, and the word for a cell without anything in it."""


class Plan:
    """A whole, checked plan. Read one with `Plan.load`, or `Plan.built_in()`.

    `tables` are the raw rows it was read from; `warnings` are findings that do not stop it; `before` is what its units
    and indicators were before; `questions` are those of 待确认.
    """

    def __init__(
        self,
        settings: Settings,
        projects: tuple[Project, ...],
        indicators: tuple[Indicator, ...],
        units: tuple[Unit, ...],
        tables: dict[str, list[dict[str, str]]],
        warnings: tuple[Problem, ...] = (),
    ) -> None:
        self.questions: tuple[Question, ...] = ()
        self.settings = settings
        self.projects = projects
        self.indicators = indicators
        self.units = units
        self.tables = tables
        self.warnings = warnings
        self.before = NOTHING_BEFORE
        self._parts = (settings, projects, indicators, units)
        self._valid_in: Callable[[Period], Plan] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    @staticmethod
    def load(path: "str | PathLike[str]") -> "Plan":
        """Read a plan from 计划.xlsx or from a folder of CSV tables.

        Raises PlanError with every problem found.
        """
        from minsheng_xl.plan.load import load_plan

        return load_plan(path)

    @staticmethod
    def built_in(*, sample: bool = False) -> "Plan":
        """The plan that is installed with the package: 鲁山县 2022, as published.

        With `sample`, the steps, denominators and opening values of the demo (示例) are added.
        """
        from minsheng_xl.plan.load import built_in_plan

        return built_in_plan(sample=sample)

    def under(self, leader: str) -> "Plan":
        """The plan narrowed to the indicators under one 分管领导, and their projects."""
        mine = tuple(i for i in self.indicators if i.leader == leader)
        numbers = {i.project for i in mine}
        return self.having(indicators=mine, projects=tuple(p for p in self.projects if p.no in numbers))

    def having(
        self,
        *,
        settings: Settings | None = None,
        projects: tuple[Project, ...] | None = None,
        indicators: tuple[Indicator, ...] | None = None,
        units: tuple[Unit, ...] | None = None,
    ) -> "Plan":
        """The plan with some parts changed."""
        changed = Plan(
            settings=self.settings if settings is None else settings,
            projects=self.projects if projects is None else projects,
            indicators=self.indicators if indicators is None else indicators,
            units=self.units if units is None else units,
            tables=self.tables,
        )
        return changed.asking(self.questions).after(self.before).with_history(self._valid_in)

    def after(self, before: Before) -> "Plan":
        """The same plan, which knows what was before."""
        known = Plan(self.settings, self.projects, self.indicators, self.units, self.tables, self.warnings)
        known.before, known._valid_in, known.questions = before, self._valid_in, self.questions
        return known

    def asking(self, questions: tuple[Question, ...]) -> "Plan":
        """The same plan, which knows what 待确认 asks."""
        known = copy(self)
        known.questions = questions
        return known

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What 待确认 asks and nobody has answered."""
        return tuple(one for one in self.questions if one.is_open)

    def at(self, period: Period) -> "Plan":
        """The plan that is valid for a period, its units and indicators called as here: this one, if no other is
        known."""
        return self if self._valid_in is None else self._valid_in(period)

    def with_history(self, valid_in: "Callable[[Period], Plan] | None") -> "Plan":
        """The same plan, which knows what is valid in each period."""
        known = copy(self)
        known._valid_in = valid_in
        return known

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every reporting period of the year."""
        return Period.all_of(self.settings.year, self.settings.frequency)

    @cached_property
    def _units_by_name(self) -> dict[str, Unit]:
        return {unit.name: unit for unit in self.units}

    @cached_property
    def _indicators_by_code(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def _projects_by_no(self) -> dict[int, Project]:
        return {project.no: project for project in self.projects}

    @cached_property
    def _due_dates(self) -> dict[Period, date]:
        return dict(self.settings.due_dates)

    def unit(self, name: str) -> Unit:
        """The unit of that canonical name. Raises KeyError."""
        return self._units_by_name[name]

    @cached_property
    def _names_by_spelling(self) -> dict[str, str]:
        names = dict(self.before.names)
        for unit in self.units:
            names.update(dict.fromkeys((*unit.aliases, unit.name), unit.name))
        return names

    def canonical(self, spelling: str) -> str | None:
        """The canonical name behind a name or registered alias; None if there is none."""
        return self._names_by_spelling.get(spelling)

    def name_here(self, spelling: str) -> str:
        """The name that a unit has in this plan, of one that it had in another; the same if none is known."""
        return self.canonical(spelling) or spelling

    def units_called(self, spellings: Iterable[str]) -> set[str]:
        """The canonical names of units that a person names. Raises MisuseError for one that is no unit's."""
        named = {one: self.canonical(one) for one in spellings}
        unknown = [one for one, name in named.items() if name is None]
        if unknown:
            raise MisuseError(f"计划里没有“{'、'.join(unknown)}”这个单位。请照“单位”表写。")
        return {name for name in named.values() if name is not None}

    @cached_property
    def _units_by_address(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for unit in self.units:
            for address in {one.lower() for one in (*unit.addresses, *unit.copied)}:
                found.setdefault(address, []).append(unit.name)
        return found

    def unit_at(self, address: str) -> str:
        """The unit of an address in lower case; "" if it is of none, or of several."""
        found = self._units_by_address.get(address, [])
        return found[0] if len(found) == 1 else ""

    def former_names(self, name: str) -> tuple[str, ...]:
        """The names that a unit had before, as 变更 says."""
        return tuple(former for former, now in self.before.names.items() if now == name)

    def code_here(self, code: str) -> str:
        """The code that an indicator has in this plan, of one that it has in another; the same if none is known."""
        return code if code in self._indicators_by_code else self.before.codes.get(code, code)

    def has_indicator(self, code: str) -> bool:
        return code in self._indicators_by_code

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code. Raises KeyError."""
        return self._indicators_by_code[code]

    def has_project(self, no: int) -> bool:
        return no in self._projects_by_no

    def number_here(self, project: Project) -> int:
        """The number that a project of another version has here: that of the one which is called so, else its own."""
        if self.has_project(project.no) and self.project(project.no).name == project.name:
            return project.no
        return next((one.no for one in self.projects if one.name == project.name), project.no)

    def project(self, no: int) -> Project:
        """The project of that number. Raises KeyError."""
        return self._projects_by_no[no]

    @cached_property
    def leads(self) -> Mapping[str, str]:
        """The unit that leads each indicator, by code."""
        return {one.code: one.lead for one in self.indicators}

    @cached_property
    def _indicators_by_project(self) -> dict[int, tuple[Indicator, ...]]:
        found: dict[int, list[Indicator]] = {p.no: [] for p in self.projects}
        for indicator in self.indicators:
            found[indicator.project].append(indicator)
        return {no: tuple(rows) for no, rows in found.items()}

    def indicators_of(self, project: int) -> tuple[Indicator, ...]:
        """The indicators of a project, in the order of the table."""
        return self._indicators_by_project[project]

    def due(self, period: Period) -> date:
        """The last day to send the report of a period in."""
        return self._due_dates.get(period) or period.due(self.settings.due_day)

    def again_by(self, period: Period) -> date | None:
        """By when the late ones have to report after all; None where nobody set it."""
        return dict(self.settings.again_by).get(period)

    def issued_on(self, period: Period) -> date | None:
        """The day on what goes out for a period; None where nobody set it."""
        return dict(self.settings.issued_on).get(period)

    def brief_number(self, period: Period) -> str:
        """第10期: the number on the leaders' brief of a period; "" where nobody gave it one. A bare number is told in
        full, anything else stands as it is written."""
        text = dict(self.settings.brief_numbers).get(period, "")
        return f"第{text}期" if text.isdecimal() else text

    @cached_property
    def roles(self) -> tuple[tuple[str, int, Role], ...]:
        """Every (unit, project, role), derived from 任务表 in its order."""
        found: list[tuple[str, int, Role]] = []
        for project in self.projects:
            found += [(name, project.no, Role.LEAD) for name in project.leads]
            found += [(name, project.no, Role.RESPONSIBLE) for name in project.responsible]
            found += [(name, project.no, Role.CERTIFIER) for name in project.certifiers]
        return tuple(found)

    @cached_property
    def _projects_by_role(self) -> dict[tuple[str, Role], tuple[int, ...]]:
        found: dict[tuple[str, Role], list[int]] = {}
        for name, no, role in self.roles:
            found.setdefault((name, role), []).append(no)
        return {key: tuple(numbers) for key, numbers in found.items()}

    def projects_of(self, unit: str, role: Role) -> tuple[int, ...]:
        """The numbers of the projects in which a unit has a role."""
        return self._projects_by_role.get((unit, role), ())

    @cached_property
    def _filled_by(self) -> dict[str, tuple[Indicator, ...]]:
        found: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            found.setdefault(indicator.filler, []).append(indicator)
        return {name: tuple(rows) for name, rows in found.items()}

    def filled_by(self, unit: str) -> tuple[Indicator, ...]:
        """The indicators whose figures a unit owes (填数单位, by default the lead)."""
        return self._filled_by.get(unit, ())

    @cached_property
    def _shared_by(self) -> dict[str, tuple[Indicator, ...]]:
        found: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            for name in indicator.shares:
                found.setdefault(name, []).append(indicator)
        return {name: tuple(rows) for name, rows in found.items()}

    def shared_by(self, unit: str) -> tuple[Indicator, ...]:
        """The indicators of which a unit states its share (分解数)."""
        return self._shared_by.get(unit, ())

    @cached_property
    def leading_units(self) -> tuple[str, ...]:
        """The units that lead a project, in the order of the unit table."""
        return tuple(unit.name for unit in self.reporting_units if self.projects_of(unit.name, Role.LEAD))

    @cached_property
    def ranked_units(self) -> tuple[str, ...]:
        """Those of them that are ranked: 通报列名 lets the others out."""
        return tuple(name for name in self.leading_units if self.unit(name).is_listed)

    def owes_figures(self, unit: str) -> bool:
        """Whether a unit stands among the 牵头: it leads a project or owes a figure."""
        return bool(self.projects_of(unit, Role.LEAD)) or any(i.takes_figures for i in self.filled_by(unit))

    def owes_figures_in(self, unit: str, period: Period) -> bool:
        """Whether words alone are no report of a unit: it owes a figure that is 未报 in the period unless it comes."""
        return any(i.is_owed_in(period) for i in self.filled_by(unit))

    @cached_property
    def reporting_units(self) -> tuple[Unit, ...]:
        """The units that get a monthly form: all but those that only certify."""
        return tuple(unit for unit in self.units if self._reports(unit.name))

    def _reports(self, unit: str) -> bool:
        answers = self.projects_of(unit, Role.RESPONSIBLE) or self.shared_by(unit)
        return self.owes_figures(unit) or bool(answers)

    def owes_return(self, unit: Unit, period: Period) -> bool:
        """Whether a return of the unit is owed (应报) for the period."""
        if self.owes_figures(unit.name) or unit.text_duty is TextDuty.EVERY_PERIOD:
            return True
        return unit.text_duty is TextDuty.EVERY_QUARTER and period.end_month % 3 == 0
