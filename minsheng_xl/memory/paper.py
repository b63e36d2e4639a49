"""Write 数据溯源表 of a history, where the prints of a year go."""

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.provenance import NAME, Traced, TracedPeriod, TracedStep, provenance_book
from minsheng_xl.memory.history import History
from minsheng_xl.memory.steps import HistoryStep
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.telling.print import put_with_pdf
from minsheng_xl.year.folder import PRINTED_FOLDER, Year

_MOST = 2_000
"""Steps on the sheet: more are asked for one by one."""
_UNFIT = re.compile(r"[^\w-]+")
"""What a file is not named by."""


class TraceResult(NamedTuple):
    """The files written, why there is no PDF ("" if there is one), and how many steps are left out."""

    files: tuple[Path, ...]
    no_pdf: str = ""
    left: int = 0


def trace(year: Year, found: History, of: str, now: datetime) -> TraceResult:
    """Write 数据溯源表 of what is asked for, `of` in words, into 打印/. Raises MinshengError if it cannot be written."""
    name = f"{NAME}_{_UNFIT.sub('_', of)}"
    content = write_book(provenance_book(traced(year, found, of, now)))
    files, why = put_with_pdf(year.root / PRINTED_FOLDER, name, content)
    return TraceResult(files, why, max(0, len(found.steps) - _MOST))


def asked_of(plan: Plan, unit: str, code: str, period: Period | None) -> str:
    """What a history was asked of, in words: 2-2 惠及户数 2022-10."""
    here = plan.code_here(code)
    name = f"{here} {plan.indicator(here).name}" if code and plan.has_indicator(here) else code
    return " ".join(filter(None, (unit, name, str(period or "")))) or "全部"


def traced(year: Year, found: History, of: str, now: datetime) -> Traced:
    """What the sheet says of a history."""
    periods = [
        TracedPeriod(
            period=str(one.period), code=one.code, name=one.name, value=one.text or "—", unit=one.unit,
            status=one.status, as_closed=one.as_closed, certified=one.certified, closed="已定稿" if one.is_closed else "",
        )
        for one in found.stood
    ]
    title = year.written_plan.settings.title
    return Traced(
        title=title, of=of, day=now.date(), periods=periods, steps=list(map(told_of, found.steps[-_MOST:])),
        lost=found.lost,
    )


def told_of(step: HistoryStep) -> TracedStep:
    """A step in the words of the sheet."""
    act = f"{step.act}（定稿后）" if step.is_late else step.act
    return TracedStep(
        at=step.at, period=str(step.period or ""), code=step.code or step.what, act=act, value=step.value,
        who=step.who, where=" ".join(filter(None, (step.file, step.cell))), words=step.words,
        line=f"{step.seq} {step.digest[:8]}".strip(), is_used=step.in_use,
    )
