"""Have a version of the program write a year of each sort, to be compared with what another version writes.

    python -m tests.kept.make CHECKOUT FOLDER [EARLIER]

FOLDER gets `demo` (the demo), `other` (two quarters of an invented plan) and `resaved` (the year of a demo whose
master LibreOffice has saved, brought up to date), and in each `said`: what every command printed. LibreOffice
does not save the same twice: a second version gets the year `saved` of the EARLIER folder to begin with. Only
the command line of the checkout is used, at fixed times.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.kept.clerk import Place, fill
from tests.workbooks import typed

MASTER = "总台账.xlsm"
AT_TIME = Path(__file__).with_name("at_time.py")
TABLES = Path(__file__).parents[1] / "plans" / "阳川县2024"


COMMANDS = (
    "demo", "init", "build", "issue", "consolidate", "inspect", "status", "decide", "print", "close", "register",
    "menu", "setup", "live",
)


class Desk:
    """An office that has one version of the program, and works in a folder of years."""

    def __init__(self, checkout: Path, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            **os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "120",
        }
        self._count = 0
        folder.mkdir(parents=True)

    def path(self, *names: str) -> Path:
        return self._folder.joinpath(*names)

    def run(self, time: str, *command: str) -> str:
        """Run a command at a time; keep and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-P", str(AT_TIME), time, *command],
            cwd=self._folder, env=self._environment, capture_output=True, text=True, check=False,
        )
        self._count += 1
        said = self.path("said", f"{self._count:02d}_{command[0]}.txt")
        said.parent.mkdir(exist_ok=True)
        said.write_text(f"{' '.join(command[:1])}: {done.returncode}\n{done.stdout}\n{done.stderr}", encoding="utf-8")
        assert "Traceback" not in done.stderr and "程序出错" not in done.stderr, done.stderr
        return done.stdout

    def send(self, year: str, issued: str, name: str, answers: Mapping[Place, object]) -> None:
        """Fill in an issued workbook and drop it into 收件/ under a name."""
        fill(self.path(year, "发出", issued), self.path(year, "收件", name), answers)

    def say(self, time: str, year: str, *periods: str) -> None:
        """What the program says of a year."""
        for period in periods:
            self.run(time, "status", year, "--period", period)
            self.run(time, "status", year, "--period", period, "--json")
        self.run(time, "inspect", f"{year}/收件", "--plan", year)
        self.run(time, "inspect", f"{year}/收件", "--plan", year, "--json")


def demo(desk: Desk) -> None:
    desk.run("2022-12-01T09:00", "--help")
    for command in COMMANDS:
        desk.run("2022-12-01T09:00", command, "--help")
    desk.run("2022-12-01T09:00", "demo", "年")
    desk.say("2022-12-01T09:00", "年", "2022-09", "2022-10")


def other(desk: Desk) -> None:
    """Two quarters of an invented plan: one closed, one with doubtful, late, foreign and typed figures."""
    year = "年"
    desk.run("2024-01-02T09:00", "create", year, str(TABLES))
    desk.run("2024-01-02T10:00", "build", year)
    quarters = (("2024-Q1", "2024-03-28", "2024-04-07", 1), ("2024-Q2", "2024-06-28", "2024-07-09", 2))
    for period, end, after, times in quarters:
        desk.run(f"{end}T09:00", "issue", year, "--period", period)
        _quarter(desk, year, period, times)
        desk.run(f"{after}T10:00", "consolidate", year, "--period", period)
        desk.run(f"{after}T11:00", "print", year, "--period", period)
        if times == 1:
            _certified(desk, year, period, after)
            desk.run(f"{after}T16:00", "close", year, "--period", period)
    _questions(desk, year)
    desk.say("2024-07-12T09:00", year, "2024-Q1", "2024-Q2")
    desk.run("2024-07-12T10:00", "print", year, "--period", "2024-Q2", "--what", "催报,校核,填报表")
    desk.run("2024-07-12T11:00", "build", year, "--fresh", "--period", "2024-Q3")
    shutil.move(desk.path(year, MASTER), desk.path("第二季度.xlsm"))
    desk.run("2024-07-12T12:00", "build", year, "--no-macros", "--period", "2024-Q1")


def _quarter(desk: Desk, year: str, period: str, times: int) -> None:
    who: dict[Place, object] = {("", "填报人"): "王芳", ("", "审核人"): "刘洋", ("", "联系电话"): "0375-5050505"}
    returns: dict[str, dict[Place, object]] = {
        "县水利局": {("甲1", "本期累计"): 20 * times, ("1", "本期进展"): "管网开挖三个标段", ("1", "存在问题"): "雨季影响施工"},
        "县行政审批局": {("甲2", "本期累计"): 4.5, ("甲3", "分子"): 6, ("甲3", "分母"): 200, ("1", "本期进展"): "窗口延时服务"},
        "农业农村局": {("乙1", "本期累计"): 1.5, ("乙3", "本期累计"): 900, ("2", "拨付（万元）"): 120.5, ("2", "应到位（万元）"): 300},
        "县文旅局": {("丙1", "本期累计"): "否", ("丙2", "分子"): 12 + times, ("3", "预计全年"): "有风险"},
        "示范区办公室": {("甲1", "本期累计"): 5 * times, ("1", "配合情况"): "已协调用地"},
    }
    for unit, answers in returns.items():
        desk.send(year, f"{period}/{unit}_{period}.xlsx", f"{unit}{period}.xlsx", who | answers)


def _certified(desk: Desk, year: str, period: str, day: str) -> None:
    desk.run(f"{day}T14:00", "issue", year, "--certify", period)
    opinions: dict[Place, object] = {
        ("甲1", "认定意见"): "核减", ("甲1", "认定数"): 18, ("甲1", "核减、核增、不予认定原因"): "未验收两公里",
        ("乙1", "认定意见"): "同意报送数",
    }
    desk.send(year, f"{period}-认定/县统计局_{period}_认定.xlsx", "认定.xlsx", opinions)
    desk.run(f"{day}T15:00", "consolidate", year, "--period", period)


def _questions(desk: Desk, year: str) -> None:
    """Figures that cannot be meant, a second return, a file of nobody's, and figures typed into the master."""
    desk.send(year, "2024-Q2/县统计局_2024-Q2.xlsx", "统计.xlsx", {("乙2", "分子"): 260, ("乙2", "分母"): 200})
    desk.send(year, "2024-Q2/县水利局_2024-Q2.xlsx", "水利更正.xlsx", {("甲1", "本期累计"): "约41"})
    desk.path(year, "收件", "通知.txt").write_text("请各单位按时报送", encoding="utf-8")
    desk.path(year, "收件", "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    desk.send(year, "2024-Q1/县文旅局_2024-Q1.xlsx", "旧表.xlsx", {("丙1", "本期累计"): "是"})
    master = desk.path(year, MASTER)
    fill(master, master, {("乙3", "本期累计"): 950, ("乙3", "说明（数字特殊时写原因）"): "电话核实"}, "农业农村局")
    desk.run("2024-07-10T10:00", "consolidate", year, "--period", "2024-Q2")
    desk.run("2024-07-10T11:00", "consolidate", year, "--period", "2024-Q2", "--json")


def saved_by_libreoffice(year: Path, folder: Path) -> None:
    """A copy of a year whose master has a note of the office's and was saved by LibreOffice."""
    shutil.copytree(year, folder)
    typed(folder / MASTER, 首页__A2="打电话催团县委")
    _by_libreoffice(folder / MASTER)


def resaved(desk: Desk, start: Path) -> None:
    """A year whose master another program saved, brought up to date where it is."""
    shutil.copytree(start, desk.path("年"))
    given: dict[Place, object] = {("9-1", "本期累计"): 31, ("9-2", "本期累计"): 40, ("9", "本期进展"): "讲座进社区"}
    desk.send("年", "2022-10/团县委_2022-10.xlsx", "团县委.xlsx", given)
    desk.run("2022-11-20T10:00", "consolidate", "年", "--period", "2022-10")
    shutil.copy(desk.path("年", MASTER), desk.path("十月.xlsm"))
    desk.run("2022-11-30T10:00", "issue", "年", "--period", "2022-11")
    desk.run("2022-12-01T10:00", "consolidate", "年", "--period", "2022-11")
    desk.run("2022-12-01T11:00", "register", "rebuild", "年")


def _by_libreoffice(master: Path) -> None:
    out = master.parent.parent / "另存"
    command = [
        "soffice", "--headless", f"-env:UserInstallation={out.as_uri()}/profile",
        "--convert-to", "xlsm:Calc MS Excel 2007 VBA XML", "--outdir", str(out), str(master),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    shutil.copy(out / master.name, master)
    shutil.rmtree(out)


def main() -> None:
    checkout, folder, *earlier = (Path(name).resolve() for name in sys.argv[1:4])
    demo(Desk(checkout, folder / "demo"))
    other(Desk(checkout, folder / "other"))
    start = (earlier[0] if earlier else folder) / "saved"
    if not earlier:
        saved_by_libreoffice(folder / "demo" / "年", start)
    resaved(Desk(checkout, folder / "resaved"), start)


if __name__ == "__main__":
    main()
