"""核对: what the leads said of the figures in use before their period is closed, and what became of it."""

from datetime import date, datetime
from typing import NamedTuple

from minsheng_xl.figures.progress import Entry
from minsheng_xl.plan.period import month_and_day

SILENT, UNSETTLED = "未反馈", "待定"


def texts_of(entry: Entry) -> tuple[str, ...]:
    """The figure in use of an indicator, its 分子 and 分母 as texts, "" of none: as the journal keeps what was shown."""
    return tuple("" if one is None else str(one) for one in entry)


class Objection(NamedTuple):
    """What a lead objects to: an indicator, the figure as its 核对单 showed it and as it should be, in words ("" where
    no figure is said), why, and what became of it."""

    code: str
    shown: str
    should_be: str
    reason: str
    outcome: str

    @property
    def words(self) -> str:
        """3-1 采用 116，应为 120：漏报4户（待定）."""
        said = f"，应为 {self.should_be}" if self.should_be else ""
        why = f"：{self.reason}" if self.reason else ""
        return f"{self.code} 采用 {self.shown or '空'}{said}{why}（{self.outcome}）"


class Confirmation(NamedTuple):
    """A lead's 核对单: when the last one went out and how many rows it has, by when silence counts as consent (None:
    never), when the last answer came, how many rows are said to be right, and what is objected to. `closed` is the day
    on which the period was closed."""

    unit: str
    issued: date
    rows: int
    due: date | None
    answered: datetime | None
    agreed: int
    objections: tuple[Objection, ...]
    closed: date | None = None

    @property
    def unsaid(self) -> int:
        """How many rows the lead has said nothing of."""
        return self.rows - self.agreed - len(self.objections)

    @property
    def result(self) -> str:
        """无误; 有异议1项，无误3项; 未反馈; 视同无异议（12月8日）."""
        if self.answered is None:
            return self._silence
        if self.agreed == self.rows:
            return "无误"
        said = (("有异议", len(self.objections)), ("无误", self.agreed), ("未核对", self.unsaid))
        return "，".join(f"{word}{count}项" for word, count in said if count)

    @property
    def _silence(self) -> str:
        """What silence is by the day on which the period was closed; before it, what it will be."""
        if self.due is None:
            return SILENT
        if self.closed is None:
            return f"{SILENT}（{month_and_day(self.due)}后视同无异议）"
        return f"视同无异议（{month_and_day(self.due)}到期）" if self.closed > self.due else SILENT
