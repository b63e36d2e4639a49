"""One workbook of every kind that the program writes: by what a year brings forth, and by books of accounts."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from minsheng_xl import Period, Plan, Year, build, consolidate, decide, export, history, issue
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.beginning.begin import begin
from minsheng_xl.beginning.rollover import begin_like, rollover
from minsheng_xl.books.write.book import write_book
from minsheng_xl.closing.close import close
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.forms.tasks import task_book, task_table
from minsheng_xl.ledger.period import account_of
from minsheng_xl.memory.paper import trace
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.proof.attest import attest
from minsheng_xl.proof.verify import verify
from minsheng_xl.sending.issue import issue_certification, issue_confirmation
from minsheng_xl.telling.print import print_period
from tests.books.documents import plans
from tests.forms.paper.accounts import certified, everything_met, nothing, worst
from tests.makers import figure, make_small_year, send
from tests.workbooks import sheet_of, typed

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
KEPT = Path(__file__).parents[1] / "kept" / "year-0.1"


def every_kind(demo: Path, folder: Path) -> dict[str, Path]:
    """The workbooks, wholly ours, by what they are; `demo` is the folder of the demo of the plan cut down."""
    with patch("minsheng_xl.telling.print.pdfs_of", _no_pdfs):
        return {
            **_of_the_demo(Path(shutil.copytree(demo, folder / "演示"))),
            **_of_an_ended_year(folder),
            **_of_a_kept_year(folder),
            **_plans(folder),
            **_of_accounts(folder),
        }


def _no_pdfs(parts: object, folder: object) -> tuple[list[Path], str]:
    return [], "不画"


def _of_the_demo(root: Path) -> dict[str, Path]:
    """What a month brings forth, until it is closed and the next one is issued."""
    year = Year(root)
    issue_confirmation(year, OCTOBER, datetime(2022, 11, 15))
    print_period(year, OCTOBER, datetime(2022, 11, 15), out=root / "打印一", update=False)
    for word in ("催报", "校核", "填报表"):
        print_period(year, OCTOBER, datetime(2022, 11, 15), what=[word], out=root / f"打印{word}", update=False)
    print_period(
        year, OCTOBER, datetime(2022, 11, 15), what=["趋势", "趋势图", "预计", "台账"], out=root / "打印回看", update=False
    )
    attest(year, verify(year), datetime(2022, 11, 15))
    found = {
        "总台账.xlsm": Path(shutil.copy(year.master_path, root / "原来的.xlsm")),
        "打印稿": root / "打印一" / "打印稿.xlsx", "数据核验单": root / "打印" / "数据核验单.xlsx",
        **{f"打印{word}": root / f"打印{word}" / "打印稿.xlsx" for word in ("催报", "校核", "填报表", "回看")},
        "数据溯源表": trace(year, history(year, code="4-3"), "4-3", datetime(2022, 11, 15)).files[0],
        "数据导出": export(year).files[0],
        **_workbooks(*(root / "发出" / f"{OCTOBER}{kind}" for kind in ("", "-认定", "-核对")), root / "退回"),
    }
    close(year, OCTOBER, datetime(2022, 11, 16))
    issue(year, NOVEMBER, datetime(2022, 11, 30))
    found["定稿后的总台账"] = Path(shutil.copy(consolidate(year, OCTOBER, datetime(2022, 11, 30)).master.path, root / "定稿.xlsm"))
    found |= _some(_workbooks(year.issued_folder(NOVEMBER)))
    found["就地改到下一期的总台账"] = consolidate(year, NOVEMBER, datetime(2022, 12, 1)).master.path
    year.close()
    again = Year(root)
    found["有变更记录的计划"] = _with_changes_recorded(again)
    again.close()
    return found


def _workbooks(*folders: Path) -> dict[str, Path]:
    paths = [path for folder in folders for path in sorted(folder.rglob("*.xls[xm]"))]
    return {f"{path.parent.name}/{path.name}": path for path in paths}


def _some(found: dict[str, Path]) -> dict[str, Path]:
    """Three of a kind."""
    return dict(list(found.items())[:3])


def _of_an_ended_year(folder: Path) -> dict[str, Path]:
    """The last period reported, certified, closed, and corrected since: of the small plan of quarters."""
    year = make_small_year(folder / "一年")
    build(year, year.plan.periods[0], datetime(2024, 4, 1), macros=False)
    last, now = year.plan.periods[-1], datetime(2025, 1, 8)
    issue(year, last, datetime(2024, 12, 31))
    unit = next(i.filler for i in year.plan.indicators if i.code == "甲1")
    send(year, unit, last, {figure("甲1"): "9"}, "四季度.xlsx")
    consolidate(year, last, now)
    issue_certification(year, last, now)
    close(year, last, now.replace(day=10))
    send(year, unit, last, {figure("甲1"): "10"}, "更正.xlsx")
    consolidate(year, last, now.replace(day=12))
    for item in account_of(year.plan, year.register, last).pending:
        decide(year, item.id, "用新数", now.replace(day=13), who="赵军")
    result = consolidate(year, last, now.replace(day=14))
    printed_last = print_period(year, last, now.replace(day=15), out=folder / "一年打印", update=False)
    moved = rollover(year, folder / "转入的一年").root
    found = {
        "年末的总台账.xlsx": result.master.path, "转入的计划": moved / "计划.xlsx",
        "照样的计划": begin_like(year, folder / "照样的一年", to=2026) / "计划.xlsx",
        **{f"年末/{path.name}": path for path in printed_last.files if path.suffix == ".xlsx"},
        **{f"年末/{name}": path for name, path in _workbooks(year.root / "发出" / f"{last}-认定").items()},
        **{f"年末/{name}": path for name, path in _some(_workbooks(year.issued_folder(last))).items()},
    }
    year.close()
    return found


def _of_a_kept_year(folder: Path) -> dict[str, Path]:
    """What is issued and sent back in a year that an earlier version began."""
    year = Year(Path(shutil.copytree(KEPT / "年", folder / "旧的一年")))
    for path in (KEPT / "待放入").iterdir():
        shutil.copy(path, year.inbox / path.name)
    consolidate(year, Period.parse("2023-05"), datetime(2023, 6, 7, 10))
    issue(year, Period.parse("2023-06"), datetime(2023, 6, 30))
    found = _workbooks(year.issued_folder(Period.parse("2023-06")), year.root / "退回")
    fresh = build(year, Period.parse("2023-05"), datetime(2023, 6, 8), fresh=True).path
    year.close()
    return {f"旧的一年/{name}": path for name, path in found.items()} | {"旧的一年重新写的总台账": fresh}


def _plans(folder: Path) -> dict[str, Path]:
    begun = {"新的计划": None, "示例计划": built_in_tables(sample=True)}
    found = {}
    for name, tables in begun.items():
        year = begin(folder / name, tables)
        found[name] = year.plan_path
        year.close()
    for name, plan in plans():
        found[f"任务表/{name}"] = folder / f"任务表{name}.xlsx"
        found[f"任务表/{name}"].write_bytes(write_book(task_book(task_table(plan))))
    return found


def _with_changes_recorded(year: Year) -> Path:
    """计划.xlsx with a target raised by hand, after the program wrote 变更记录 into it."""
    sheet = sheet_of(year.plan_path, "指标")
    titles, *rows = sheet.iter_rows()
    column = next(n for n, cell in enumerate(titles) if cell.value == "目标")
    place = next(row[column].coordinate for row in rows if row[0].value == "8-1")
    typed(year.plan_path, **{f"指标__{place}": 130})
    consolidate(year, NOVEMBER, datetime(2022, 12, 2))
    assert sheet_of(year.plan_path, "变更记录")["A2"].value
    return year.plan_path


def _of_accounts(folder: Path) -> dict[str, Path]:
    plan = Plan.built_in(sample=True)
    accounts: dict[str, Callable[[], PeriodAccount]] = {
        "什么也没报": lambda: nothing(plan), "都完成了": lambda: everything_met(plan),
        "认定过": lambda: certified(plan), "最长": worst,
    }
    found = {}
    for name, make in accounts.items():
        account = make()
        book = master_book(account, "", 0)
        found[f"{name}的总台账"] = folder / f"{name}.xlsx"
        found[f"{name}的总台账"].write_bytes(write_book(book))
        found[f"{name}的打印稿"] = folder / f"{name}打印.xlsx"
        stacked = [output for output in outputs(account) if output.stacked]
        found[f"{name}的打印稿"].write_bytes(write_book(printed(book, account, stacked, "0a1b2c3d")))
    return found
