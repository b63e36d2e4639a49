"""What is still open of a period that is to be closed: whoever closes it sees first what lapses by it."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from minsheng_xl.accounts.confirmed import Confirmation
from minsheng_xl.accounts.paper import Paper
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.questions import DOUBTFUL, Pending, is_doubt, item_id, lapses
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import MEASURES as MEASURES_IN_WORDS
from minsheng_xl.accounts.values import OFFICE, Doubt, Standing, shown
from minsheng_xl.exact.keys import FIGURE, MEASURES, Key
from minsheng_xl.figures.definitions import Status
from minsheng_xl.figures.progress import progress_of
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import Issued, Judged, RunBegun, TypedIn
from minsheng_xl.year.folder import Year


class StillOpen(NamedTuple):
    """What is open of a period: what is 待核, what else is in question, the units of which nothing counts, the figures
    that are used because their unit explained them, the leads that have not said of every figure on their 核对单 what
    they think of it, the units whose signed paper may say something else than what counts, and the earlier periods that
    are not closed."""

    held: tuple[Pending, ...]
    asked: tuple[Pending, ...]
    refused: tuple[str, ...]
    missing: tuple[str, ...]
    explained: tuple[tuple[str, Key], ...]
    unconfirmed: tuple[Confirmation, ...]
    unsigned: tuple[tuple[str, Paper], ...]
    earlier: tuple[Period, ...]

    @property
    def lapsing(self) -> tuple[Pending, ...]:
        """The questions about units that a closing settles."""
        return (*self.held, *filter(lapses, self.asked))


def still_open(year: Year, period: Period) -> StillOpen:
    """What is open of a period. Raises MinshengError if it cannot be closed: it is, or it was never consolidated."""
    closed = year.register.closed(period)
    if closed is not None:
        raise MinshengError(f"{period} 已经在 {closed.at:%Y-%m-%d %H:%M} 定稿，没有改动。要改，先撤销定稿。")
    if not any(year.register.entries(kind, period=period) for kind in (RunBegun, Judged, TypedIn)):
        raise MinshengError(f"{period} 还没有汇总过，没有什么可以定稿。请先汇总。")
    account = account_of(year.plan, year.register, period)
    owed = [unit.name for unit in account.plan.reporting_units if account.owed(unit.name)]
    return StillOpen(
        held=tuple(_held(account)),
        asked=tuple(item for item in account.pending if item.came_for or not is_doubt(item)),
        refused=tuple(name for name in owed if account.standing(name) is Standing.REFUSED),
        missing=tuple(name for name in owed if account.standing(name) is Standing.MISSING),
        explained=tuple(chain.from_iterable(_explained(account.units[name]) for name in owed)),
        unconfirmed=tuple(one for one in account.confirmations if one.unsaid),
        unsigned=tuple((name, account.papers[name]) for name in owed if _is_unsigned(account.papers.get(name))),
        earlier=open_before(year, period),
    )


def _is_unsigned(paper: Paper | None) -> bool:
    """Whether a paper came that may say something else than what counts."""
    return paper is not None and paper.is_open


def open_before(year: Year, period: Period) -> tuple[Period, ...]:
    """The earlier periods in which something happened and that are not closed."""
    return tuple(each for each in period.earlier if _is_open(year, each))


def _is_open(year: Year, period: Period) -> bool:
    """Whether anything happened in a period that was not closed."""
    if year.register.closed(period) is not None:
        return False
    return any(year.register.entries(kind, period=period) for kind in (Issued, RunBegun, Judged, TypedIn))


def _explained(mine: UnitAccount) -> list[tuple[str, Key]]:
    return [(mine.unit, key) for key in sorted(mine.explained)]


def _held(account: PeriodAccount) -> Iterator[Pending]:
    """All that is 待核: what was asked, and what is in doubt without a question that waits."""
    without_rate = list(_without_rate(account))
    for unit in account.plan.reporting_units:
        mine = account.units[unit.name]
        asked = [item for item in mine.pending if is_doubt(item)]
        yield from asked
        known = {_place(item.key) for item in asked if item.key is not None}
        others = ((key, seen) for name, key, seen in without_rate if name == unit.name)
        for key, seen in chain(_doubtful(mine), others):
            if _place(key) not in known:
                known.add(_place(key))
                yield _item(mine, key, seen)


def _place(key: Key) -> Key:
    """A cell, or where figures stand beside each other, their row: they are in doubt together."""
    return key.beside("") if key.is_measure else key


def _doubtful(mine: UnitAccount) -> Iterator[tuple[Key, str]]:
    """The cells in doubt of a unit, each with what stands there."""
    for key, figure in sorted(mine.figures.items(), key=lambda item: item[0]):
        if isinstance(figure, Doubt):
            yield key, figure.seen
    for key in sorted(mine.halves):
        yield key, f"缺{MEASURES_IN_WORDS[key.name]}"


def _without_rate(account: PeriodAccount) -> Iterator[tuple[str, Key, str]]:
    """The rows that are 待核, each with its unit, its first cell and what stands in it: also where each figure is
    sound, but what they are divided by is not there."""
    for row in progress_of(account.plan, account.period, account.entries()).indicators:
        indicator = row.indicator
        if row.status is Status.HELD and indicator.filler in account.units and indicator.measures:
            cells = [Key(FIGURE, indicator.code, name) for name in MEASURES]
            mine = account.units[indicator.filler].figures
            why = "（分母没有核定）" if indicator.awaits_denominator else ""
            seen = [shown(mine[key]) for key in cells if key in mine]
            yield indicator.filler, Key(FIGURE, indicator.code, indicator.measures[0]), "、".join(seen) + why


def _item(mine: UnitAccount, key: Key, seen: str) -> Pending:
    source = mine.latest.get(key)
    return Pending(
        id=item_id(mine.unit, DOUBTFUL, key, "", seen), kind=DOUBTFUL, unit=mine.unit, key=key, used="", other=seen,
        file=source.file if source is not None else OFFICE, advice="",
    )
