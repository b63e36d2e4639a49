"""What tests make: filled returns, invented plans, small accounts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from minsheng_xl import Plan, issue
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.beginning.clerk import fill
from minsheng_xl.beginning.demo import run_months
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.master.book import TakenOver, master_book
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.build import built_in_macros
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.read import built_in_tables, read_tables
from minsheng_xl.plan.tables import RawRow, RawTables, names_in
from minsheng_xl.plan.tabs import LOOKING_BACK
from minsheng_xl.plan.workbook import workbook_bytes
from minsheng_xl.year.entries import MasterWritten
from minsheng_xl.year.folder import Year
from minsheng_xl.year.journal import START, Journal, Mark, Written

_FORMER_WORDS = 4
"""How many words the macro of an earlier version had to show."""
PLANS = Path(__file__).parent / "plans"
QUARTERS = PLANS / "阳川县2024"


def raw(tables: Mapping[str, list[dict[str, str]]]) -> RawTables:
    """Tables given as rows of cells, as if read from a file."""
    return RawTables(
        {name: [RawRow(n, dict(row)) for n, row in enumerate(rows, 2)] for name, rows in tables.items()},
        {name: tuple(rows[0]) if rows else _titles(name) for name, rows in tables.items()},
    )


def _titles(name: str) -> tuple[str, ...]:
    from minsheng_xl.plan.tables import TABLES

    return next(table.titles for table in TABLES if table.name == name)


def write_workbook(tables: dict[str, list[dict[str, str]]], path: Path) -> None:
    """计划.xlsx of some tables."""
    path.write_bytes(workbook_bytes(tables))


def empty_account(plan: Plan, period: Period, given: Mapping[str, Mapping[Key, Value]] | None = None) -> PeriodAccount:
    """The account of a period in which units gave just these cells."""
    units = {unit.name: UnitAccount(unit.name) for unit in plan.reporting_units}
    for name, cells in (given or {}).items():
        for key, value in cells.items():
            if key.is_figure:
                units[name].figures[key] = value  # type: ignore[assignment]
            else:
                units[name].words[key] = str(value)
    return PeriodAccount(plan=plan, period=period, units=units, before={}, last_known={})


def make_small_year(path: Path) -> Year:
    """A year of the small plan of quarters, its first forms issued."""
    year = Year.create(path, read_tables(QUARTERS))
    issue(year, year.plan.periods[0], datetime(2024, 3, 31))
    return year


def send(year: Year, unit: str, period: Period, answers: Mapping[Key, str], name: str = "") -> Path:
    """A clerk's return: the issued workbook of the unit, filled in and dropped into 收件/."""
    found = year.plan.unit(unit)
    form = unit_form(year.plan, found, period, {})
    target = year.inbox / (name or f"{found.sheet_name}_{period}.xlsx")
    target.parent.mkdir(parents=True, exist_ok=True)
    fill(year.issued_folder(period) / f"{found.sheet_name}_{period}.xlsx", target, form, answers)
    return target


def send_borrowed(year: Year, period: Period) -> None:
    """县残联's form with 县妇联 typed over its name."""
    from openpyxl import load_workbook

    path = send(year, "县残联", period, {figure("8-1"): "106"})
    book = load_workbook(path)
    book["填报表"]["C4"] = "县妇联"
    book.save(path)


def end_of(journal: Journal) -> Mark:
    """Behind the last line of a journal that counts."""
    marks = [found.mark for found in journal.walk() if isinstance(found, Written)]
    return marks[-1] if marks else START


def figure(code: str, measure: str = "reported") -> Key:
    return Key("figure", code, measure)


def word(project: int, field: str) -> Key:
    return Key("word", str(project), field)


def large_plan(projects: int = 40, units: int = 200) -> RawTables:
    """A generated plan: every project with three indicators, a lead and five responsible units."""
    names = [f"第{n}局" for n in range(1, units)]
    tables: dict[str, list[dict[str, str]]] = {
        "任务表": [
            {
                "序号": str(p), "项目": f"第{p}项民生实事", "指标任务": f"完成{p * 10}件。", "牵头单位": names[p - 1],
                "责任单位": "、".join(names[(p * 5 + k) % len(names)] for k in range(5) if (p * 5 + k) % len(names) != p - 1),
                "认定单位": "认定局",
            }
            for p in range(1, projects + 1)
        ],
        "指标": [],
        "单位": [
            dict.fromkeys(_titles("单位"), "") | {"单位": name} for name in (*names, "认定局")
        ],
        "序时": [],
        "参数": [
            {"参数": name, "对象": "", "值": value, "说明": ""}
            for name, value in (("地区", "某省"), ("标题", "某省2031年民生实事"), ("年度", "2031"), ("频次", "月"))
        ],
    }
    led = {row["牵头单位"] for row in tables["任务表"]}
    busy = {name for row in tables["任务表"] for name in row["责任单位"].split("、")}
    idle = [name for name in names if name not in led | busy]
    for n, name in enumerate(idle):
        tables["任务表"][n % projects]["责任单位"] += f"、{name}"
    for p in range(1, projects + 1):
        for k in range(1, 4):
            tables["指标"].append(
                dict.fromkeys(_titles("指标"), "")
                | {
                    "编码": f"{p}-{k}", "类别": "考核", "项目": str(p), "指标": f"指标{p}之{k}", "类型": "累计量",
                    "计量单位": "件", "比较": "≥", "目标": str(p * 10 * k), "序时规则": "均衡",
                }
            )
    return raw(tables)


def short_tables() -> RawTables:
    """The sample plan cut down to four of its ten projects, and to the units whose returns are looked at closely:
    a master has 27 sheets instead of 63."""
    units = {"县人力资源和社会保障局", "县民政局", "县卫生健康委", "县残联", "县妇联", "县司法局", "县统计局"}
    return cut_down({"1", "6", "7", "8"}, units)


def little_tables() -> RawTables:
    """The sample plan cut down to two projects and five units, for what one row or two can show: a master is written
    in less than half the time of the short one."""
    units = {"县人力资源和社会保障局", "县民政局", "县残联", "县妇联", "县统计局"}
    return cut_down({"1", "8"}, units)


def demo_tables() -> RawTables:
    """The sample plan cut down to what the demo shows: the units that are silent, late, report twice, or send
    September's form again, those that lead their projects, and 县民政局 and 县卫生健康委."""
    units = {
        "县人力资源和社会保障局", "县民政局", "县卫生健康委", "县残联", "县司法局", "县统计局", "县交通运输局", "县林业局", "团县委",
    }
    return cut_down({"1", "4", "6", "7", "8", "9"}, units)


def run_short_demo(root: Path) -> None:
    """The demo of the plan cut down, in a new folder."""
    made = Year.create(root, demo_tables())
    run_months(made)
    made.close()


def cut_down(projects: set[str], units: set[str]) -> RawTables:
    """Some projects of the sample plan, and some units: codes, figures and names are those of the whole."""
    tables = built_in_tables(sample=True)
    kept = {
        "任务表": [
            row.cells | {"责任单位": "、".join(name for name in names_in(row.cells["责任单位"]) if name in units)}
            for row in tables.rows["任务表"]
            if row.cells["序号"] in projects
        ],
        "单位": [row.cells for row in tables.rows["单位"] if row.cells["单位"] in units],
        "指标": [row.cells for row in tables.rows["指标"] if row.cells["项目"] in projects],
        "序时": [row.cells for row in tables.rows["序时"] if row.cells["指标编码"].partition("-")[0] in projects],
        "参数": [
            row.cells for row in tables.rows["参数"] if row.cells["对象"].partition("-")[0] in projects | {"", "2022"}
        ],
    }
    return raw(kept)


def draw_as_formerly(year: Year, layout: str = "", parts: Mapping[int, Sequence[int]] = MappingProxyType({})) -> None:
    """Put the master that a year was left with by an earlier version in the place of its own: without what is said of
    papers in 收件登记, with the last source of each figure in 填报流水, with its 首页, its 领导简报 and the words of its macro, without
    the sheets of the year's course; with the units' sheets of an earlier layout, if its version is given, and tables of
    words divided into `parts`."""
    written = year.register.latest(MasterWritten)
    assert written is not None
    plan = year.plan_version(written.plan, written.upto)
    account = account_of(plan, year.register, written.period, upto=written.upto)
    kept = TakenOver(
        layout=layout, former_lists=True, former_home=True, former_brief=True, words=_FORMER_WORDS, parts=parts,
        lacks=frozenset(tab.id for tab in LOOKING_BACK),
    )
    book = master_book(account, written.plan, written.upto, kept=kept)
    year.master_path.write_bytes(write_book(book, built_in_macros()))
