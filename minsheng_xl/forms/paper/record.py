"""单位报送台账: how every unit reported through the year; for the office alone, printed only where it is asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.questions import CORRECTION, is_doubt
from minsheng_xl.accounts.ranks import ranks_of, streak_of
from minsheng_xl.accounts.values import Outcome, Standing, Timeliness, figure_in
from minsheng_xl.exact.keys import RowName
from minsheng_xl.figures.progress import progress_of
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, shown_column, text_column, widths_of
from minsheng_xl.forms.layout import Print, Sheet, SheetColumn
from minsheng_xl.forms.paper.paper_only import paper_only
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import RECORD
from minsheng_xl.texts import row_height

_NOTE = (
    "注：迟报、退回只算办公室确认过的；收到时间没有确认的迟报写“待确认”，不作迟报。核改：存疑的数由办公室定为别的数、不计入；"
    "更正：采用过的数后来更正，定稿后更正也在内；滞后：填报的指标里连续滞后最长的期数；名次：那一期的单位完成情况排名。空着的是不用报。"
)
_COLORS = {Timeliness.LATE.value: look.RED, Standing.MISSING.label: look.RED}


class PeriodRecord(NamedTuple):
    """How a unit reported in a period: in time or not, and how often what."""

    word: str
    refused: int
    changed: int
    corrected: int
    lagging: int
    rank: int | None

    @property
    def text(self) -> str:
        """As the cell of the period says it."""
        counts = ((self.refused, "退回"), (self.changed, "核改"), (self.corrected, "更正"))
        told = [f"{word}{count}" for count, word in counts if count]
        if self.rank is not None:
            told.append(f"第{self.rank}名")
        if self.lagging:
            told.append(f"滞后{self.lagging}期")
        return "\n".join([self.word, *told])


class UnitRecord(NamedTuple):
    """A unit through the year; a period in which it owed nothing is not there."""

    unit: str
    periods: Mapping[Period, PeriodRecord]

    def total(self, key: str) -> Fraction:
        return Fraction(sum(getattr(one, key) for one in self.periods.values()))

    @property
    def words(self) -> Counter[str]:
        return Counter(one.word for one in self.periods.values())


def record_of(account: PeriodAccount) -> list[UnitRecord]:
    """The units under the names of today, as they reported in each period; at the end those that owe nothing any
    more."""
    found: dict[str, dict[Period, PeriodRecord]] = {}
    for each in _accounts(account):
        county = progress_of(each.plan, each.period, each.entries())
        ranks = {one.unit: one.rank for one in ranks_of(each, county)}
        lagging: dict[str, int] = {}
        for row in county.indicators:
            unit = row.indicator.filler
            lagging[unit] = max(lagging.get(unit, 0), streak_of(each, row).lagging)
        for name in (one.name for one in each.plan.reporting_units if each.owed(one.name)):
            said = _reported(each, name, lagging.get(name, 0), ranks.get(name))
            found.setdefault(account.plan.name_here(name), {})[each.period] = said
    here = [unit.name for unit in account.plan.reporting_units if unit.name in found]
    return [UnitRecord(name, found[name]) for name in dict.fromkeys((*here, *found))]


def _accounts(account: PeriodAccount) -> tuple[PeriodAccount, ...]:
    """Those of the year up to one."""
    return account.course or (account,)


def _reported(account: PeriodAccount, unit: str, lagging: int, rank: int | None) -> PeriodRecord:
    outcomes = list(account.units[unit].outcomes.values())
    said = [(item, item.decision.word) for item in account.decided if item.unit == unit and item.decision is not None]
    changed = [item for item, word in said if is_doubt(item) and _is_other(word, item.other)]
    corrected = [item for item, word in said if item.kind == CORRECTION and word == "用新数"]
    later = {one.key for one in account.corrections if one.unit == unit}
    return PeriodRecord(
        word=_word(account, unit), refused=outcomes.count(Outcome.REFUSED), changed=len(changed),
        corrected=len(corrected) + len(later), lagging=lagging, rank=rank,
    )


def _word(account: PeriodAccount, unit: str) -> str:
    """及时, 迟报, 待确认, or why there is nothing of which that could be said."""
    timeliness = account.timeliness(unit)
    return account.standing(unit).label if timeliness is Timeliness.NOTHING else timeliness.value


def _is_other(word: str, other: str) -> bool:
    """Whether a doubt was settled by something else than what was sent."""
    return word == "不计入" or (figure_in(word) is not None and word != other)


def record_sheet(account: PeriodAccount) -> Sheet:
    """The ledger up to the account's period."""
    rows, columns = record_of(account), _columns(one.period for one in _accounts(account))
    sheet = Sheet(RECORD.id, RECORD.name, tab=look.TAB_LEDGER, zoom=85)
    sheet.widths = widths_of(columns)
    page.begin(sheet, len(columns), RECORD, f"{account.plan.settings.title}{RECORD.name}", account, "期、次")
    bottom = sheet.table(page.HEAD, page.heads(columns), rows, lambda row: RowName("record", row.unit))
    grow(sheet, range(page.HEAD + 1, bottom), least=24)
    sheet.freeze = (page.HEAD + 1, 1)
    sheet.put(bottom, 0, _NOTE, look.PAPER_NOTE, across=len(columns))
    sheet.heights[bottom] = row_height([(_NOTE, sum(sheet.widths))], least=30, size=look.PAPER_NOTE.size)
    sheet.print = Print("A3", head_rows=(0, page.HEAD))
    return sheet


def _columns(periods: Iterable[Period]) -> list[SheetColumn[UnitRecord]]:
    center = look.PAPER_CENTER.having(size=9.5)
    counts = (("refused", "退回"), ("changed", "核改"), ("corrected", "更正"))
    words = (
        Timeliness.IN_TIME.value, Timeliness.LATE.value, Timeliness.UNCONFIRMED.value, Standing.MISSING.label,
    )
    return [
        name_column("unit", "单位", lambda row: row.unit, look.PAPER.having(size=10), 26),
        *map(_period, periods),
        shown_column("owed", "应报", lambda row: Fraction(len(row.periods)), center.having(bold=True), 6),
        *(_counted(word) for word in words),
        *(_total(key, title) for key, title in counts),
    ]


def _period(period: Period) -> SheetColumn[UnitRecord]:
    def style(row: UnitRecord) -> look.Style:
        said = row.periods.get(period)
        color = _COLORS.get(said.word, look.INK) if said is not None else look.INK
        return look.PAPER_CENTER.having(size=9, color=color)

    def content(row: UnitRecord) -> str | None:
        return row.periods[period].text if period in row.periods else None

    return text_column(f"at {period}", period.short_label, content, style, 9)


def _counted(word: str) -> SheetColumn[UnitRecord]:
    """How often a unit reported so."""
    center = look.PAPER_CENTER.having(size=9.5)
    return shown_column(f"word {word}", word, lambda row: Fraction(row.words[word]), center, 7)


def _total(key: str, title: str) -> SheetColumn[UnitRecord]:
    return shown_column(key, title, lambda row: row.total(key), look.PAPER_CENTER.having(size=9.5), 6)


DRAWING = paper_only(record_sheet)
