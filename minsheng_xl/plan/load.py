"""Tables → `Plan`, with every problem found at once."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import BinaryIO, TypeVar

from minsheng_xl.exact.numbers import parse_plain, plain
from minsheng_xl.plan.model import (
    Bands,
    Comparator,
    Indicator,
    Kind,
    PaceRule,
    Plan,
    Project,
    Settings,
    TextDuty,
    Tier,
    Unit,
)
from minsheng_xl.plan.period import Frequency, Period
from minsheng_xl.plan.tables import (
    INDICATORS,
    SETTINGS,
    STEPS,
    TABLES,
    TASKS,
    UNITS,
    Content,
    RawRow,
    RawTables,
    Table,
    TableColumn,
    names_in,
)
from minsheng_xl.problems import PlanError, Problem, Severity, problem

E = TypeVar("E", bound=Enum)

# Names a unit's sheet may not take: those of the master's own sheets.
RESERVED_SHEETS = ("首页", "进展汇总总表", "待决事项", "填报流水", "收件登记", "History")
CORRECTIONS = ("以已采用的为准", "截止前以最后一次为准")
_LARGEST_NUMBER, _LONGEST_NAME = 999, 100
_PROJECT_SHEET = re.compile(r"项目\d+\Z")
_BAD_SHEET = re.compile(r"[\[\]:*?/\\]|^'|'$|[\x00-\x1f]")


def load_plan(path: str | PathLike[str]) -> Plan:
    """Read and check a plan: 计划.xlsx, or a folder of CSV tables. Raises PlanError."""
    return check_tables(read_tables(Path(path)))


def read_tables(path: Path | BinaryIO) -> RawTables:
    """Read the raw tables: of a folder, a workbook, or a workbook's stream. Raises PlanError."""
    from minsheng_xl.plan.text import read_folder

    try:
        if isinstance(path, Path) and path.is_dir():
            return read_folder(path)
        from minsheng_xl.plan.workbook import read_workbook

        return read_workbook(path)
    except Exception as error:  # openpyxl lets a dozen kinds through
        raise PlanError([problem("plan-file", file=getattr(path, "name", ""))]) from error


@cache
def resources() -> Path:
    """The folder of the built-in plan: beside the package when installed (in a .pyz, a path inside it),
    or of the checkout."""
    from importlib.resources import files

    installed = files("minsheng_xl") / "_share" / "workbook"
    if installed.is_dir():
        return installed  # type: ignore[return-value]
    return Path(str(files("minsheng_xl"))).parent / "workbook"


def built_in_plan(*, sample: bool) -> Plan:
    """The built-in plan; with `sample`, its 示例 rows added."""
    return check_tables(built_in_tables(sample=sample))


def built_in_tables(*, sample: bool) -> RawTables:
    """The raw tables of the built-in plan; a sample setting takes the place of the unset one."""
    from minsheng_xl.plan.text import read_folder

    tables = read_folder(resources())
    if not sample:
        return tables
    extra = read_folder(resources() / "示例")
    replaced = {(row.cells["参数"], row.cells["对象"]) for row in extra.rows[SETTINGS.name]}
    rows = dict(tables.rows)
    rows[STEPS.name] = extra.rows[STEPS.name]
    rows[SETTINGS.name] = [
        row for row in tables.rows[SETTINGS.name] if (row.cells["参数"], row.cells["对象"]) not in replaced
    ] + extra.rows[SETTINGS.name]
    numbered = {name: [RawRow(n, r.cells) for n, r in enumerate(found, 2)] for name, found in rows.items()}
    return RawTables(numbered, tables.heads)


def check_tables(tables: RawTables) -> Plan:
    """Make a plan of raw tables. Raises PlanError with all problems; notes become warnings."""
    return _Check(tables).plan()


class _Check:
    """One pass over the tables that collects problems instead of stopping at the first."""

    def __init__(self, tables: RawTables) -> None:
        self.tables = tables
        self.problems: list[Problem] = []
        self.spellings: dict[str, str] = {}  # every accepted spelling → canonical name
        self.projects: dict[int, Project] = {}
        self.codes: dict[str, int] = {}  # indicator code → row
        self.bad: set[tuple[str, int, str]] = set()  # (table, row, column) of cells that cannot be read
        self.rows = {table.name: list(tables.rows.get(table.name, [])) for table in TABLES}
        self.missing: set[str] = set()  # tables that are not there, or lack the column that names their rows

    def plan(self) -> Plan:
        self._heads()
        self._cells()
        units = self._units()
        settings, settled = self._settings()
        self._tasks(settled.get("资金项目", {}).get("", ""))
        steps = self._steps()
        indicators = self._indicators(settings, settled, steps)
        self._sheet_names(units)
        if not self.problems and not any(i.tier is Tier.ASSESSED for i in indicators):
            self._say("plan-nothing", INDICATORS, None, "类别")
        errors = [p for p in self.problems if p.severity is Severity.ERROR]
        if errors or settings is None:
            raise PlanError(errors)
        return Plan(
            settings, tuple(self.projects.values()), tuple(indicators), tuple(units),
            self.tables.plain(), tuple(self.problems),
        )

    def _say(self, code: str, table: Table, row: RawRow | None, column: str = "", **words: str) -> None:
        place = (f"第{row.number}行" if row else "") + (f"「{column}」" if column else "")
        if row and column and "seen" not in words:
            words["seen"] = row.cells.get(column, "")
        self.problems.append(problem(code, sheet=table.name, cell=place, **words))

    def _is_bad(self, table: Table, row: RawRow, *columns: str) -> bool:
        """Whether one of these cells of a row cannot be read, which is told already."""
        return bool(self.bad) and any((table.name, row.number, column) in self.bad for column in columns)

    def _rows(self, table: Table, *columns: str) -> list[RawRow]:
        """The rows in which these columns can be read."""
        return [row for row in self.rows[table.name] if not self._is_bad(table, row, *columns)]

    def _heads(self) -> None:
        """Tables and columns that are missing; what needs neither is checked all the same."""
        for table in TABLES:
            heads = self.tables.heads.get(table.name)
            if heads is None:
                self._say("plan-table", table, None)
                self.missing.add(table.name)
                continue
            gone = [column.title for column in table.columns if column.title not in heads and not column.optional]
            for title in gone:
                self._say("plan-column", table, None, title)
                self.bad |= {(table.name, row.number, title) for row in self.rows[table.name]}
            if table.titles[0] in gone:
                self.missing.add(table.name)
            blanks = dict.fromkeys(gone, "")
            self.rows[table.name] = [RawRow(row.number, blanks | row.cells) for row in self.rows[table.name]]
            for title in heads:
                if title and title not in table.titles:
                    self._say("plan-column-unknown", table, None, title, seen=title, expected="、".join(table.titles))

    def _cells(self) -> None:
        """Required cells, choices, whole numbers: what can be told from one cell alone."""
        by_name = {table.name: table for table in TABLES}
        for name, number, title, code, seen in self.tables.misread:
            self._say(code, by_name[name], RawRow(number, {}), title, seen=seen, expected="数字")
            self.bad.add((name, number, title))
        for table in TABLES:
            for row in self.rows[table.name]:
                for column in table.columns:
                    if not self._is_bad(table, row, column.title) and self._cell_fault(table, row, column):
                        self.bad.add((table.name, row.number, column.title))

    def _cell_fault(self, table: Table, row: RawRow, column: TableColumn) -> bool:
        """Whether a cell by itself is wrong, and say so."""
        text = row.cells.get(column.title, "")
        if not text:
            if column.required:
                self._say("plan-empty", table, row, column.title)
            return column.required
        if column.choices and text not in column.choices:
            code = "plan-setting-unknown" if table is SETTINGS else "plan-choice"
            self._say(code, table, row, column.title, expected="、".join(column.choices))
        elif column.content is Content.INTEGER and not (text.isascii() and text.isdecimal()):
            self._say("plan-number", table, row, column.title, expected="整数")
        elif column.content is Content.DATE and _date(text) is None:
            self._say("plan-date", table, row, column.title)
        else:
            return False
        return True

    def _units(self) -> list[Unit]:
        units = []
        claimed: dict[str, str] = {}
        for row in self._rows(UNITS, "单位"):
            cells = row.cells
            name, aliases = cells["单位"], tuple(names_in(cells["别名"]))
            if len(name) > _LONGEST_NAME:
                self._say("plan-name-long", UNITS, row, "单位", expected=str(_LONGEST_NAME))
            for column, spelling in (("单位", name), *(("别名", alias) for alias in aliases)):
                if spelling in claimed:
                    self._say("plan-name-twice", UNITS, row, column, seen=spelling, expected=claimed[spelling])
                else:
                    claimed[spelling] = f"第{row.number}行"
                    self.spellings[spelling] = name
            units.append(
                Unit(
                    name, aliases, cells["全称"], cells["联系人"], cells["电话"], cells["邮箱"],
                    _member(TextDuty, cells.get("文字报送", "")) or TextDuty.EVERY_PERIOD, cells.get("表名", ""),
                )
            )
        return units

    def _settings(self) -> tuple[Settings | None, dict[str, dict[str, str]]]:
        settled: dict[str, dict[str, str]] = {}
        places: dict[tuple[str, str], RawRow] = {}
        unreadable = {row.cells["参数"] for row in self.rows[SETTINGS.name] if self._is_bad(SETTINGS, row, "值")}
        for row in self._rows(SETTINGS, "参数", "值"):
            key = (row.cells["参数"], row.cells["对象"])
            if key in places:
                self._say("plan-setting-twice", SETTINGS, row, "参数", expected=f"第{places[key].number}行")
            places[key] = row
            settled.setdefault(key[0], {})[key[1]] = row.cells["值"]
        self._places = places

        def need(name: str, read: Callable[[str], E | str | int | None], expected: str, default: str = "") -> object:
            text = settled.get(name, {}).get("", "") or default
            if not text:
                if name not in unreadable and SETTINGS.name not in self.missing:
                    self._say("plan-setting", SETTINGS, None, name, expected=name)
                return None
            found = read(text)
            if found is None:
                self._say("plan-choice", SETTINGS, places.get((name, "")), "值", seen=text, expected=expected)
            return found

        region, title = need("地区", str, ""), need("标题", str, "")
        year = need("年度", lambda t: int(t) if re.fullmatch(r"[12]\d{3}", t) else None, "四位年份")
        frequency = need("频次", lambda t: _member(Frequency, t), "月、季", "月")
        due_day = need("报送日", lambda t: int(t) if t.isdecimal() and 1 <= int(t) <= 28 else None, "1 到 28", "5")
        mean = need("平均方式", lambda t: t if t in ("按指标", "按项目") else None, "按指标、按项目", "按指标")
        later = need("更正方式", lambda t: t if t in CORRECTIONS else None, "、".join(CORRECTIONS), CORRECTIONS[0])
        bounds = [self._number(settled, name, default) for name, default in (("超序时", 5), ("滞后黄", -5), ("滞后红", -15))]
        if None not in bounds and not (bounds[0] >= 0 >= bounds[1] > bounds[2]):  # type: ignore[operator]
            self._say("plan-bands", SETTINGS, None, "超序时、滞后黄、滞后红", seen="、".join(plain(b) for b in bounds if b is not None))
        if not isinstance(year, int) or not isinstance(frequency, Frequency):
            return None, settled
        due_dates = []
        for text, day in settled.get("报送期限", {}).items():
            period = self._period(text, year, frequency, SETTINGS, places[("报送期限", text)], "对象")
            due = _date(day)
            if due is None:
                self._say("plan-date", SETTINGS, places[("报送期限", text)], "值")
            elif period:
                due_dates.append((period, due))
        if None in (region, title, due_day, mean, later) or None in bounds:
            return None, settled
        return Settings(
            str(region), str(title), year, frequency, int(str(due_day)), tuple(due_dates),
            Bands(*(b for b in bounds if b is not None)), mean == "按项目", later == CORRECTIONS[1],
        ), settled

    def _number(self, settled: dict[str, dict[str, str]], name: str, default: int) -> Fraction | None:
        text = settled.get(name, {}).get("", "") or str(default)
        number = parse_plain(text)
        if number is None:
            self._say("plan-number", SETTINGS, self._places.get((name, "")), "值", seen=text, expected="百分点数")
        return number

    def _period(
        self, text: str, year: int, frequency: Frequency, table: Table, row: RawRow, column: str
    ) -> Period | None:
        try:
            period = Period.parse(text)
        except ValueError:
            period = None
        if period is None or period.year != year or period.frequency is not frequency:
            self._say("plan-period", table, row, column, seen=text, expected=frequency.example.replace("2022", str(year)))
            return None
        return period

    def _unit(self, text: str, table: Table, row: RawRow, column: str) -> str | None:
        name = self.spellings.get(text)
        unsure = UNITS.name in self.missing or any(t == UNITS.name and c in ("单位", "别名") for t, _, c in self.bad)
        if name is None and not unsure:
            self._say("plan-unit-unknown", table, row, column, seen=text)
        return name

    def _tasks(self, funding: str) -> None:
        asks = set(names_in(funding))
        rows: dict[int, RawRow] = {}
        for row in self.rows[TASKS.name]:
            held: dict[str, str] = {}
            roles = []
            for column in ("牵头单位", "责任单位", "认定单位"):
                names = []
                for text in names_in(row.cells[column]):
                    name = self._unit(text, TASKS, row, column)
                    if name is None:
                        continue
                    if name in held:
                        self._say("plan-role-twice", TASKS, row, column, seen=text, expected=held[name])
                        continue
                    held[name] = column
                    names.append(name)
                roles.append(tuple(names))
            leads, responsible, certifiers = roles
            if self._is_bad(TASKS, row, "序号"):
                continue
            no = int(row.cells["序号"][:9])
            if no > _LARGEST_NUMBER:
                self._say("plan-number", TASKS, row, "序号", expected=f"1 到 {_LARGEST_NUMBER}")
                continue
            if no in rows:
                self._say("plan-code-twice", TASKS, row, "序号", expected=f"第{rows[no].number}行")
            rows[no] = row
            self.projects[no] = Project(
                no, row.cells["项目"], row.cells["指标任务"], leads, responsible, certifiers, str(no) in asks
            )
        for text in asks - {str(no) for no in rows}:
            self._say("plan-project-unknown", SETTINGS, self._places.get(("资金项目", "")), "值", seen=text)

    def _steps(self) -> dict[str, list[tuple[RawRow, int, Fraction]]]:
        steps: dict[str, list[tuple[RawRow, int, Fraction]]] = {}
        unreadable = {row.cells["指标编码"] for row in self.rows[STEPS.name] if self._is_bad(STEPS, row, "月份", "应完成")}
        for row in self._rows(STEPS, "指标编码", "月份", "应完成"):
            month, share = int(row.cells["月份"]), _percent(row.cells["应完成"])
            if not 1 <= month <= 12 or share is None or not 0 <= share <= 1:
                unreadable.add(row.cells["指标编码"])
                if not 1 <= month <= 12:
                    self._say("plan-steps-range", STEPS, row, "月份", expected="1 到 12")
                if share is None or not 0 <= share <= 1:
                    self._say("plan-steps-range", STEPS, row, "应完成", expected="0% 到 100%")
            else:
                steps.setdefault(row.cells["指标编码"], []).append((row, month, share))
        for code, found in steps.items():
            if code in unreadable:  # what a plan with a hole comes to cannot be said
                continue
            found.sort(key=lambda step: step[1])
            for (_, month, share), (row, later, more) in pairwise(found):
                if later == month:
                    self._say("plan-code-twice", STEPS, row, "月份", expected=f"{month}月")
                elif more < share:
                    self._say("plan-steps-fall", STEPS, row, "应完成", expected=f"{plain(share * 100)}%")
            if found[-1][2] != 1:
                self._say("plan-steps-end", STEPS, found[-1][0], "应完成")
        return steps

    def _indicators(
        self,
        settings: Settings | None,
        settled: dict[str, dict[str, str]],
        steps: dict[str, list[tuple[RawRow, int, Fraction]]],
    ) -> list[Indicator]:
        rows = self.rows[INDICATORS.name]
        for row in self._rows(INDICATORS, "编码"):
            code = row.cells["编码"]
            if code in self.codes:
                self._say("plan-code-twice", INDICATORS, row, "编码", expected=f"第{self.codes[code]}行")
            self.codes.setdefault(code, row.number)
        indicators = []
        for row in rows:
            indicator = self._indicator(row, settings, settled, steps)
            if indicator is not None:
                indicators.append(indicator)
        by_code = {i.code: i for i in indicators}
        for row, indicator in ((r, by_code[r.cells["编码"]]) for r in rows if r.cells["编码"] in by_code):
            self._relations(row, indicator, by_code)
        self._settled_codes(settled, by_code)
        for code, found in steps.items():
            if code not in self.codes:
                self._say("plan-indicator-unknown", STEPS, found[0][0], "指标编码")
            elif code in by_code and by_code[code].pace_rule is not PaceRule.STEPS:
                self._say("plan-steps-rule", STEPS, found[0][0], "指标编码")
        return indicators

    def _relations(self, row: RawRow, indicator: Indicator, by_code: dict[str, Indicator]) -> None:
        if indicator.parent:
            if indicator.parent not in self.codes:
                self._say("plan-indicator-unknown", INDICATORS, row, "上级指标")
            elif _ancestry_loops(indicator.code, by_code):
                self._say("plan-parent", INDICATORS, row, "上级指标")
        if indicator.kind is Kind.DERIVED:
            sources = [by_code[code] for code in indicator.derived_from if code in by_code]
            unknown = any(code not in self.codes for code in indicator.derived_from)
            unfit = any(
                s.target is None or s.kind is Kind.DERIVED or s.project != indicator.project for s in sources
            )
            if unknown or unfit or not indicator.derived_from:
                self._say("plan-derived", INDICATORS, row, "推导自")

    def _settled_codes(self, settled: dict[str, dict[str, str]], by_code: dict[str, Indicator]) -> None:
        """Denominators and opening values: known codes, numbers, and notes where they are unset."""
        for name in ("分母", "年初数"):
            for code, text in settled.get(name, {}).items():
                row = self._places[(name, code)]
                indicator = by_code.get(code)
                if code not in self.codes:
                    self._say("plan-indicator-unknown", SETTINGS, row, "对象")
                if not text:
                    continue
                if name == "分母":
                    used = indicator is None or indicator.office_denominator
                    number, expected = parse_plain(text), "正数"
                    right = number is not None and number > 0
                else:
                    used = indicator is None or indicator.kind in (Kind.STOCK, Kind.RATIO)
                    ratio = indicator is not None and indicator.kind is Kind.RATIO
                    number, expected = (_ratio(text), "百分数，如 45%") if ratio else (parse_plain(text), "数字")
                    right = number is not None and number >= 0
                if not right:
                    self._say("plan-number", SETTINGS, row, "值", expected=expected)
                elif not used:
                    self._say("plan-setting-idle", SETTINGS, row, "对象", expected=name)
        for indicator in by_code.values():
            if indicator.office_denominator and indicator.fixed_denominator is None:
                self._say("plan-denominator-unset", SETTINGS, None, f"分母 {indicator.code}", expected=indicator.code)
            if (
                indicator.opening is None
                and indicator.tier is Tier.ASSESSED
                and indicator.kind in (Kind.STOCK, Kind.RATIO)
                and indicator.comparator is not Comparator.AT_MOST
                and (indicator.pace_rule is PaceRule.LINEAR or indicator.steps)
            ):
                self._say("plan-opening-unset", SETTINGS, None, f"年初数 {indicator.code}", expected=indicator.code)

    def _indicator(
        self,
        row: RawRow,
        settings: Settings | None,
        settled: dict[str, dict[str, str]],
        steps: dict[str, list[tuple[RawRow, int, Fraction]]],
    ) -> Indicator | None:
        cells = row.cells
        project = None if self._is_bad(INDICATORS, row, "项目") else self.projects.get(int(cells["项目"][:9]))
        if project is None and not self._is_bad(INDICATORS, row, "项目"):
            unread = any(table == TASKS.name and column == "序号" for table, _, column in self.bad)
            if not unread and TASKS.name not in self.missing:
                self._say("plan-project-unknown", INDICATORS, row, "项目")
        lead = self._lead(row, project)
        filler = self._unit(cells["填数单位"], INDICATORS, row, "填数单位") if cells.get("填数单位") else lead
        shares = tuple(
            dict.fromkeys(
                name
                for text in names_in(cells.get("分解数", ""))
                if (name := self._unit(text, INDICATORS, row, "分解数"))
            )
        )
        weight = parse_plain(cells["权重"] or "1")
        if weight is None or weight <= 0:
            if not self._is_bad(INDICATORS, row, "权重"):
                self._say("plan-weight", INDICATORS, row, "权重")
            weight = Fraction(1)
        tier, kind = _member(Tier, cells["类别"]), _member(Kind, cells["类型"])
        if tier is None or kind is None:
            return None
        if shares and kind not in (Kind.CUMULATIVE, Kind.STOCK):
            self._say("plan-kind", INDICATORS, row, "类型", expected="累计量、时点量（有分解数时）")
        if kind in (Kind.WORDS, Kind.DERIVED) and tier is not Tier.TEXT:
            self._say("plan-kind", INDICATORS, row, "类型", expected="累计量、时点量、比率、里程碑（考核、约束指标）")
            return None
        comparator, target = self._target(row, tier, kind)
        pace_rule = _member(PaceRule, cells["序时规则"]) or PaceRule.NONE
        if tier is Tier.ASSESSED and pace_rule is PaceRule.NONE and not self._is_bad(INDICATORS, row, "序时规则"):
            self._say("plan-pace", INDICATORS, row, "序时规则", expected="、".join(r.value for r in PaceRule if r.value))
        parts = ("分子", "分母", "分母来源")
        if kind is Kind.RATIO and not all(cells[c] for c in parts) and not self._is_bad(INDICATORS, row, *parts):
            column = next(c for c in parts if not cells[c])
            self._say("plan-denominator-rule", INDICATORS, row, column, expected="单位填报 或 办公室核定")
        paused_from = None
        if bool(cells.get("暂停文号")) != bool(cells.get("暂停起始期")):
            self._say("plan-pause", INDICATORS, row, "暂停文号")
        elif cells.get("暂停起始期") and settings is not None:
            paused_from = self._period(
                cells["暂停起始期"], settings.year, settings.frequency, INDICATORS, row, "暂停起始期"
            )
        office = cells["分母来源"] == "办公室核定"
        if project is None or lead is None or filler is None or self._is_bad(INDICATORS, row, *INDICATORS.titles):
            return None
        code = cells["编码"]
        return Indicator(
            code, tier, project.no, cells["指标"], cells["原文"], kind, cells["计量单位"], lead, filler,
            int(cells["小数位"] or 0), comparator, target, pace_rule, weight, _date(cells["完成时限"]),
            cells["分子"], cells["分母"], office,
            parse_plain(settled.get("分母", {}).get(code, "")) if office else None, cells.get("分子含于分母") == "是",
            cells["上级指标"], tuple(names_in(cells["推导自"])), cells.get("分管领导", ""), shares,
            cells.get("暂停文号", ""), paused_from, cells["口径"],
            tuple((month, share) for _, month, share in steps.get(code, ())), _opening(settled, kind, code),
        )

    def _lead(self, row: RawRow, project: Project | None) -> str | None:
        text = row.cells["牵头单位"]
        if project is None:
            return self._unit(text, INDICATORS, row, "牵头单位") if text else None
        if not text and self._is_bad(INDICATORS, row, "牵头单位"):
            return None
        if not text:
            if len(project.leads) == 1:
                return project.leads[0]
            if not project.leads:  # told where the name of the lead is unknown
                return None
            self._say("plan-lead-open", INDICATORS, row, "牵头单位", expected="、".join(project.leads))
            return None
        name = self._unit(text, INDICATORS, row, "牵头单位")
        if name is not None and name not in project.leads:
            self._say("plan-lead-foreign", INDICATORS, row, "牵头单位", expected="、".join(project.leads))
        return name

    def _target(self, row: RawRow, tier: Tier, kind: Kind) -> tuple[Comparator, Fraction | None]:
        comparator, text = _member(Comparator, row.cells["比较"]) or Comparator.NONE, row.cells["目标"]
        if tier is Tier.TEXT:
            return comparator, None
        unread = self._is_bad(INDICATORS, row, "目标")
        if self._is_bad(INDICATORS, row, "比较"):
            return comparator, None
        if kind is Kind.MILESTONE:
            if (text != "是" or comparator is not Comparator.YES) and not unread:
                self._say("plan-target", INDICATORS, row, "目标", expected="是（比较也填 是）")
            return Comparator.YES, Fraction(1)
        if comparator in (Comparator.NONE, Comparator.YES):
            self._say("plan-comparator", INDICATORS, row, "比较", expected="≥、＞、≤")
        target = _ratio(text) if kind is Kind.RATIO else parse_plain(text)
        if not unread and (target is None or target < 0 or (target == 0 and comparator is not Comparator.AT_MOST)):
            expected = "百分数，如 60%" if kind is Kind.RATIO else "大于 0 的数字"
            self._say("plan-target", INDICATORS, row, "目标", expected=expected)
        return comparator, target

    def _sheet_names(self, units: Iterable[Unit]) -> None:
        taken = {name.lower(): "总台账自己的工作表" for name in RESERVED_SHEETS}
        by_name = {row.cells["单位"]: row for row in self.rows[UNITS.name]}
        for unit in {unit.name: unit for unit in units}.values():
            row, name = by_name[unit.name], unit.sheet_name
            column = "表名" if unit.sheet else "单位"
            if len(name) > 31 or _BAD_SHEET.search(name):
                self._say("plan-sheet-name", UNITS, row, column, seen=name)
            elif name.lower() in taken or _PROJECT_SHEET.match(name):
                self._say("plan-sheet-name-twice", UNITS, row, column, seen=name, expected=taken.get(name.lower(), "项目表"))
            taken.setdefault(name.lower(), f"第{row.number}行")


def _ancestry_loops(code: str, by_code: dict[str, Indicator]) -> bool:
    seen = {code}
    while (found := by_code.get(code)) is not None and found.parent:
        code = found.parent
        if code in seen:
            return True
        seen.add(code)
    return False


def _member(enum: type[E], text: str) -> E | None:
    return next((member for member in enum if member.value == text), None)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def _percent(text: str) -> Fraction | None:
    """60% or 0.6 as a fraction; a bare number above 1 is no share and is refused."""
    number = parse_plain(text.removesuffix("%"))
    if number is None:
        return None
    if text.endswith("%"):
        return number / 100
    return number if number <= 1 else None


def _ratio(text: str) -> Fraction | None:
    """A ratio: 60% or 0.6; 60 typed into a cell that shows percent (6000%) is no plan's target."""
    ratio = _percent(text)
    return ratio if ratio is not None and ratio <= 2 else None


def _opening(settled: dict[str, dict[str, str]], kind: Kind, code: str) -> Fraction | None:
    text = settled.get("年初数", {}).get(code, "")
    if not text or kind not in (Kind.STOCK, Kind.RATIO):
        return None
    return _ratio(text) if kind is Kind.RATIO else parse_plain(text)
