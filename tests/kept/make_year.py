"""Have a version of the program leave a small year behind, to be taken up by every later version.

    python -m tests.kept.make_year CHECKOUT FOLDER

FOLDER gets `年`, the year as it stands in the middle of a month; `待放入`, forms and a certification that are
filled in and wait to be dropped into 收件/; and what that version says of its two months, as `status --json`.
"""

import shutil
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from tests.kept.clerk import Place, fill
from tests.kept.make import MASTER, Desk
from tests.workbooks import parts_of, put_together

TABLES = Path(__file__).parents[1] / "plans" / "青禾县2023"
APRIL, MAY = "2023-04", "2023-05"
YEAR, WAITING = "年", "待放入"

Answers = Mapping[Place, object]
_WHO: Answers = {("", "填报人"): "王芳", ("", "审核人"): "刘洋", ("", "联系电话"): "0555-6100009"}

IN_APRIL: Mapping[str, Answers] = {
    "县交通局": {("1-1", "本期累计"): 18.5, ("1-2", "本期累计"): 9, ("1", "本期进展"): "三条道路交工"},
    "县卫健局": {
        ("2-1", "本期累计"): 650, ("2-2", "分子"): 72, ("2-3", "分子"): 940, ("2-3", "分母"): 1000,
        ("2", "本期进展"): "两家卫生院扩建",
    },
    "县教育局": {("3-1", "本期累计"): "否", ("3-3", "本期累计"): 22, ("3", "拨付（万元）"): 150.5},
    "县住建局": {("1-1", "本期累计"): 4.5, ("3-2", "本期累计"): 160, ("1", "配合情况"): "已完成设计审查"},
}
IN_MAY: Mapping[str, Answers] = {
    "县卫健局": {
        ("2-1", "本期累计"): 680, ("2-2", "分子"): 80, ("2-3", "分子"): 1164, ("2-3", "分母"): 1200,
        ("2", "本期进展"): "新增床位三十张", ("2", "存在问题"): "村医不足",
    },
}
AGAIN_IN_MAY: Answers = {("2-1", "本期累计"): 690}
TYPED_IN_MAY: Answers = {("3-1", "本期累计"): "否", ("3-3", "本期累计"): 21, ("3-3", "说明（数字特殊时写原因）"): "电话核实"}
TYPED_SINCE: Answers = {("3-3", "本期累计"): 23}
WAIT_IN_MAY: Mapping[str, Answers] = {
    "县交通局": {
        ("1-1", "本期累计"): 25.5, ("1-2", "本期累计"): 14.2, ("1", "本期进展"): "本期无新进展", ("1", "存在问题"): "沥青涨价",
        ("1", "预计全年"): "能完成",
    },
    "县住建局": {("1-1", "本期累计"): 6.5, ("3-2", "本期累计"): 210, ("3", "配合情况"): "主体封顶"},
}


def leave_year(desk: Desk) -> None:
    """April from first to last, May half way."""
    desk.run("2023-01-10T09:00", "create", YEAR, str(TABLES))
    desk.run("2023-01-10T10:00", "build", YEAR)
    desk.run("2023-04-28T09:00", "issue", YEAR, "--period", APRIL)
    _send(desk, APRIL, IN_APRIL)
    desk.run("2023-05-06T10:00", "consolidate", YEAR, "--period", APRIL)
    _again_in_april(desk)
    desk.run("2023-05-08T10:00", "issue", YEAR, "--certify", APRIL)
    desk.send(YEAR, f"{APRIL}-认定/县统计局_{APRIL}_认定.xlsx", "认定/县统计局四月.xlsx", {
        ("1-1", "认定意见"): "核减", ("1-1", "认定数"): 18, ("1-1", "核减原因"): "半公里未验收",
        ("2-1", "认定意见"): "同意报送数",
    })
    desk.run("2023-05-09T10:00", "consolidate", YEAR, "--period", APRIL)
    desk.run("2023-05-12T10:00", "close", YEAR, "--period", APRIL)

    desk.run("2023-05-31T09:00", "issue", YEAR, "--period", MAY)
    _send(desk, MAY, IN_MAY)
    desk.run("2023-06-02T10:00", "consolidate", YEAR, "--period", MAY)
    desk.run("2023-06-02T15:00", "issue", YEAR, "--certify", MAY)
    issued = desk.path(YEAR, "发出", MAY, f"县卫健局_{MAY}.xlsx")
    fill(issued, desk.path(YEAR, "收件", "卫健更正.xlsx"), {**IN_MAY["县卫健局"], **AGAIN_IN_MAY})
    desk.run("2023-06-04T09:00", "print", YEAR, "--period", MAY, "--what", "催报")
    _by_the_office(desk.path(YEAR, MASTER))
    fill(desk.path(YEAR, MASTER), desk.path(YEAR, MASTER), TYPED_IN_MAY, "县教育局")
    desk.run("2023-06-05T10:00", "consolidate", YEAR, "--period", MAY)
    fill(desk.path(YEAR, MASTER), desk.path(YEAR, MASTER), TYPED_SINCE, "县教育局")


def _again_in_april(desk: Desk) -> None:
    """A second return that the office decides on, and a day of receipt that it corrects."""
    desk.send(YEAR, f"{APRIL}/县教育局_{APRIL}.xlsx", "教育更正.xlsx", {**IN_APRIL["县教育局"], ("3-3", "本期累计"): 24})
    desk.run("2023-05-07T10:00", "consolidate", YEAR, "--period", APRIL)
    (question,) = _questions(desk.path(YEAR, MASTER))
    desk.run("2023-05-07T11:00", "decide", YEAR, question, "用新数", "--who", "赵军", "--why", "电话核实")
    received = sha256((desk.path(YEAR, "收件", APRIL, "县卫健局.xlsx")).read_bytes()).hexdigest()
    desk.run("2023-05-07T12:00", "decide", YEAR, received, "--received", "2023-05-04", "--who", "赵军")


def _questions(master: Path) -> list[str]:
    """The numbers of what stands in 待决事项."""
    page = openpyxl.load_workbook(master)["待决事项"]
    return [str(row[0]) for row in page.iter_rows(min_row=4, max_col=2, values_only=True) if row[0] and row[1]]


def _send(desk: Desk, period: str, returns: Mapping[str, Answers]) -> None:
    for unit, answers in returns.items():
        desk.send(YEAR, f"{period}/{unit}_{period}.xlsx", f"{period}/{unit}.xlsx", {**_WHO, **answers})


def _by_the_office(master: Path) -> None:
    """A sheet, notes, a comment and a width of the office's own."""
    book = openpyxl.load_workbook(master, keep_vba=True)
    own = book.create_sheet("我的备忘", 1)
    own["A1"], own["B1"], own["A2"] = "催办", "=首页!D8*2", "周一开会"
    book["首页"]["P3"] = "打电话催县交通局"
    book["县卫健局"]["C4"].comment = Comment("床位数要和医保系统核对", "办公室")
    book["首页"].column_dimensions["P"].width = 33
    book.save(master)
    put_together(master, parts_of(master))


def fill_waiting(desk: Desk) -> None:
    """Forms that were filled in and have not come yet."""
    for unit, answers in WAIT_IN_MAY.items():
        issued = desk.path(YEAR, "发出", MAY, f"{unit}_{MAY}.xlsx")
        fill(issued, desk.path(WAITING, f"{unit}五月.xlsx"), {**_WHO, **answers})
    certifying = desk.path(YEAR, "发出", f"{MAY}-认定", f"县统计局_{MAY}_认定.xlsx")
    fill(certifying, desk.path(WAITING, "县统计局五月.xlsx"), {
        ("2-1", "认定意见"): "核减", ("2-1", "认定数"): 676, ("2-1", "核减原因"): "四张未启用", ("2-3", "认定意见"): "同意报送数",
    })


def main() -> None:
    checkout, folder = (Path(name).resolve() for name in sys.argv[1:3])
    desk = Desk(checkout, folder)
    leave_year(desk)
    fill_waiting(desk)
    for period in (APRIL, MAY):
        state = desk.run("2023-06-06T09:00", "status", YEAR, "--period", period, "--json")
        desk.path(f"status_{period}.json").write_text(state, encoding="utf-8")
    shutil.rmtree(desk.path("said"))
    for path in (*desk.path(YEAR, "打印").rglob("*.pdf"), desk.path(YEAR, "归档", "速查.sqlite")):
        path.unlink()


if __name__ == "__main__":
    main()
