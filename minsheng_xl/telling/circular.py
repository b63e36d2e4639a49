"""通报初稿 as a document that can be mended: what the text says, with the long lists as tables."""

from collections.abc import Sequence

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import Rank, ranks_of
from minsheng_xl.books.write.circular import CircularColumn, CircularPart, CircularTable, write_circular
from minsheng_xl.figures.progress import CountyProgress, progress_of
from minsheng_xl.plan.period import Period
from minsheng_xl.telling.notices import PROJECTS, RANKS, CircularDraft, circular_of
from minsheng_xl.telling.prose import in_prose
from minsheng_xl.texts import cleaned

_TABLES = {PROJECTS: "各项目进展情况见下表。", RANKS: "牵头单位完成情况见下表。"}
"""The chapters whose lines are a table here, and what stands before it."""
_CERTIFIED = "按认定数"


def circular_bytes(account: PeriodAccount) -> bytes:
    """The draft as a .docx."""
    circular = circular_of(account)
    parts = parts_of(account, circular)
    return write_circular(cleaned(circular.title), parts, list(map(cleaned, circular.signature)))


def parts_of(account: PeriodAccount, circular: CircularDraft) -> list[CircularPart]:
    """The chapters of a draft, the long lists as tables."""
    county = progress_of(account.plan, account.period, account.entries())
    tables = {PROJECTS: _projects(county), RANKS: _ranks(account.period, ranks_of(account, county))}
    parts = []
    for chapter in circular.chapters:
        lines, table = list(map(cleaned, chapter.lines)), tables.get(chapter.head)
        if table is not None and table.rows:
            lines = [_TABLES[chapter.head], *(line for line in lines if _CERTIFIED in line)]
        parts.append(CircularPart(chapter.head, lines, table if table is not None and table.rows else None))
    return parts


def _projects(county: CountyProgress) -> CircularTable:
    columns = (
        CircularColumn("序号", 6), CircularColumn("项目", 30, is_text=True), CircularColumn("状态", 17),
        CircularColumn("其中", 30, is_text=True), CircularColumn("平均完成率（未报按0）", 17),
    )
    rows = [
        (
            str(one.project.no), cleaned(one.project.name), in_prose(one.status) if one.status else "—", one.lights,
            one.averages.average_all_text,
        )
        for one in county.projects
    ]
    return CircularTable(columns, rows)


def _ranks(period: Period, ranks: Sequence[Rank]) -> CircularTable:
    good, lagging = ("完成", "未完成") if period.is_last else ("按序时及以上", "滞后")
    columns = (
        CircularColumn("名次", 8), CircularColumn("单位", 30, is_text=True), CircularColumn("牵头指标", 8),
        CircularColumn("参评", 8), CircularColumn(good, 11), CircularColumn(lagging, 9),
        CircularColumn("平均完成率（未报按0）", 15), CircularColumn("备注", 14),
    )
    rows = [
        (
            str(one.rank) if one.rank is not None else "—", cleaned(one.unit), str(one.owed), str(one.judged),
            str(one.good), str(one.lagging), one.average_all_text, one.remark,
        )
        for one in ranks
    ]
    return CircularTable(columns, rows)
