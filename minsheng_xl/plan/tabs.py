"""The sheets of the master, declared once: their ids and tabs, and how those that are printed come to paper.

The master, 打印稿, the links of 首页, the help of `print --what` and the names that no unit may have read this
list. It holds names alone, so that all of them can. A printed sheet is drawn by the module
`forms/paper/<id>.py`.
"""

from enum import Enum
from typing import NamedTuple


class Part(Enum):
    """Where in the master a sheet stands."""

    FRONT = "首页和打印的表"
    FORMS = "项目和单位的表"
    LISTS = "清单和流水"
    HIDDEN = "隐藏的表"
    PAPER = "只在打印稿里的表"


class Reader(Enum):
    """Who gets a printed sheet without asking for it by name."""

    STACK = "打印稿"
    CERTIFIED = "打印稿，有认定单位填报时"
    ADJUSTED = "打印稿，有指标调整时"
    CORRECTED = "最后一期定稿以后有更正时"
    CONFIRMED = "打印稿，发过核对单时"
    LEADER = "每位分管领导"


LAST = 99
"""The place among the links of 首页 of a sheet that is named behind all others."""


class Tab(NamedTuple):
    """A sheet of the master, or a group of them: of each project, of each unit.

    `id` is what formulas name; `name` the tab, of a group what its pages are called together. What is printed
    has a `word`, which `print --what` takes, its number among the annexes if it has one, and `readers`; with
    none it is printed only where it is asked for. `link` is its place among the links of 首页.
    """

    id: str
    name: str
    part: Part
    word: str = ""
    annex: int | None = None
    readers: tuple[Reader, ...] = ()
    link: int = LAST
    is_group: bool = False
    looks_back: bool = False
    """Whether it needs the accounts of the periods before this one."""


_EVERY = (Reader.STACK,)

HOME = Tab(id="home", name="首页", part=Part.FRONT)
BRIEF = Tab(id="brief", name="领导简报", part=Part.FRONT, word="简报", readers=(Reader.STACK, Reader.LEADER), link=1)
SUMMARY = Tab(id="summary", name="进展汇总总表", part=Part.FRONT, word="总表", annex=1, readers=_EVERY, link=2)
PROJECTS = Tab(id="projects", name="分项目表", part=Part.FORMS, word="分项目", annex=2, readers=_EVERY, is_group=True)
RANKING = Tab(id="ranking", name="单位完成情况排名", part=Part.FRONT, word="排名", annex=3, readers=_EVERY, link=5)
LAGGING = Tab(id="lagging", name="滞后清单", part=Part.FRONT, word="滞后", annex=4, readers=_EVERY, link=3)
ISSUES = Tab(id="issues", name="问题清单", part=Part.FRONT, word="问题", annex=5, readers=_EVERY, link=4)
MISSING = Tab(id="missing", name="未报清单", part=Part.FRONT, word="未报", annex=6, readers=_EVERY, link=7)
CERTIFICATION = Tab(
    id="certification", name="认定表", part=Part.FRONT, word="认定", annex=7, readers=(Reader.CERTIFIED,), link=6
)
ADJUSTMENTS = Tab(
    id="adjustments", name="指标调整情况表", part=Part.PAPER, word="调整", annex=8, readers=(Reader.ADJUSTED,)
)
CORRECTIONS = Tab(
    id="corrections", name="全年结果更正", part=Part.PAPER, word="更正", annex=9, readers=(Reader.CORRECTED,)
)
CONFIRMATIONS = Tab(
    id="confirmations", name="核对情况表", part=Part.PAPER, word="核对", annex=10, readers=(Reader.CONFIRMED,)
)
TREND = Tab(id="trend", name="趋势表", part=Part.FRONT, word="趋势", annex=11, link=9)
CURVES = Tab(id="curves", name="趋势图", part=Part.FRONT, word="趋势图", annex=12, link=10)
OUTLOOK = Tab(id="outlook", name="全年预计表", part=Part.PAPER, word="预计", annex=13)
RECORD = Tab(id="record", name="单位报送台账", part=Part.PAPER, word="台账", looks_back=True)
REMINDER = Tab(id="reminder", name="催报单", part=Part.FRONT, word="催报", readers=_EVERY, link=8)
PENDING = Tab(id="pending", name="待决事项", part=Part.LISTS, link=1)
FINDINGS = Tab(id="findings", name="校核报告", part=Part.LISTS, word="校核", link=2)
UNITS = Tab(id="units", name="各单位填报表", part=Part.FORMS, word="填报表", is_group=True)
FLOW = Tab(id="flow", name="填报流水", part=Part.LISTS, link=4)
RECEIPTS = Tab(id="receipts", name="收件登记", part=Part.LISTS, link=3)
MARKS = Tab(id="marks", name="计算", part=Part.HIDDEN)
PROGRAM = Tab(id="program", name="minsheng", part=Part.HIDDEN)

TABS = (
    HOME, BRIEF, SUMMARY, PROJECTS, RANKING, LAGGING, ISSUES, MISSING, CERTIFICATION, ADJUSTMENTS, CORRECTIONS,
    CONFIRMATIONS, TREND, CURVES, OUTLOOK, RECORD, REMINDER, PENDING, FINDINGS, UNITS, FLOW, RECEIPTS, MARKS, PROGRAM,
)
"""Every sheet of the master and of the paper; those that are printed in the order in which they are read."""

PRINTED = tuple(tab for tab in TABS if tab.word)
LOOKING_BACK = (TREND, CURVES)
"""The sheets that a master has not which an earlier version made."""
IN_MASTER = tuple(sorted(
    (tab for tab in TABS if tab.part is not Part.PAPER), key=lambda tab: list(Part).index(tab.part)
))
"""The order in which they stand in the master."""


def project_tab(no: int) -> str:
    """The tab of a project's sheet."""
    return f"项目{no}"
