"""Roll over: make the next year's folder of a year's, with everything marked that the office has to look at."""

import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.certified import certified_text
from minsheng_xl.beginning.begin import begin
from minsheng_xl.exact.numbers import plain, rounded
from minsheng_xl.ledger.year_end import Stood, stood
from minsheng_xl.plan.draft import opening_of
from minsheng_xl.plan.model import Indicator, Kind
from minsheng_xl.plan.next_year import ALL, Opening, Wanted, like, next_year
from minsheng_xl.plan.tables import RawTables
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.year.folder import Year, cannot_make, refuse_plan_in
from minsheng_xl.year.making import made_whole

_PLACES = 2
"""Decimals of a ratio in percent that is carried: 161 of 555 are 29.01 %."""


_MOST_NAMED = 3


class RolledOver(NamedTuple):
    """The folder of the new year, and in sentences what is to be looked at."""

    root: Path
    to_check: tuple[str, ...]


def rollover(year: Year, target: "str | Path", *, to: int | None = None, wanted: Wanted = ALL) -> RolledOver:
    """Make the folder of another year, the next by default, with the plan of this one. This one is only read.

    Raises MinshengError if the folder is taken, PlanError if what is wanted makes no plan; then nothing was made.
    """
    root, plan = Path(target), year.plan if year.has_begun else year.written_plan
    to = plan.settings.year + 1 if to is None else to
    if to <= plan.settings.year:
        raise MisuseError(f"{to} 不在 {plan.settings.year} 年以后。请写以后的一年，如 {plan.settings.year + 1}。")
    refuse_taken(root)
    moved = next_year(plan, to, wanted, openings_of(year), _seen_from(root, year.root))
    _make(root, moved.tables)
    return RolledOver(root, moved.to_check)


def begin_like(other: Year, target: "str | Path", *, to: int | None = None) -> Path:
    """Make the folder of a year, the same by default, with the units and settings of another and nothing promised yet.

    Raises MinshengError if the folder is taken.
    """
    root, plan = Path(target), other.written_plan
    refuse_taken(root)
    _make(root, like(plan, plan.settings.year if to is None else to))
    return root


def unfinished(year: Year) -> str:
    """The periods of a year that are not closed, in words; "" where it is finished."""
    periods = year.written_plan.periods
    left = [str(one) for one in periods if not year.has_begun or year.register.closed(one) is None]
    return "、".join(left) if len(left) <= _MOST_NAMED else f"{left[0]} 到 {left[-1]} 的 {len(left)} 期"


def openings_of(year: Year) -> dict[str, Opening]:
    """What the stocks and ratios of a year came to, as the 年初数 of the next: the certified figure where there is one,
    else the accepted one; the other stands beside it in words."""
    if not year.has_begun:
        return {}
    plan = year.plan
    ended = stood(plan, year.register, plan.periods)
    has_opening = (one for one in plan.indicators if one.kind in (Kind.STOCK, Kind.RATIO))
    return {one.code: _opening(one, ended[one.code]) for one in has_opening if one.code in ended}


def _opening(indicator: Indicator, ended: Stood) -> Opening:
    accepted, certified = ended.value, ended.certified_value
    assert isinstance(accepted, Fraction), "a stock or a ratio is a number"
    text = _text(indicator.kind, accepted if certified is None else certified)
    words = "；".join(_sources(indicator.kind, ended))
    if opening_of(text, indicator.kind) is None:
        return Opening("", f"{words}；{text} 不能作年初数，请核定")
    return Opening(text, words)


def _sources(kind: Kind, ended: Stood) -> Iterator[str]:
    """Where a 年初数 comes from, then what else is known."""
    accepted, certified = ended.value, ended.certified_value
    assert isinstance(accepted, Fraction)
    correction = "，定稿后更正" if ended.is_corrected else ""
    reported = f"{ended.period.label}报送数 {_text(kind, accepted)}（{'、'.join(ended.files)}{correction}）"
    said = _certification(kind, ended)
    yield from (said, reported) if certified is not None else (reported, said)


def _certification(kind: Kind, ended: Stood) -> str:
    said, period = ended.certified, ended.certified_in
    if said is None or period is None:
        return "没有认定数"
    if said.figure is None:
        return f"{period.label}认定意见：{said.opinion}（{said.file}）"
    figure = _text(kind, said.figure) if isinstance(said.figure, Fraction) else certified_text(kind, said.figure)
    return f"{period.label}认定数 {figure}（{said.file}）"


def _text(kind: Kind, value: Fraction) -> str:
    """A figure as 参数 takes it: a ratio in percent."""
    return f"{plain(rounded(value * 100, _PLACES))}%" if kind is Kind.RATIO else plain(value)


def _seen_from(root: Path, other: Path) -> str:
    """Where a folder lies, seen from another; its whole path where no way leads there."""
    there = other.resolve()
    try:
        return Path(os.path.relpath(there, root.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return str(there)


def refuse_taken(root: Path) -> None:
    """Raises MinshengError where something stands already."""
    refuse_plan_in(root)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise MinshengError(f"{root} 已经有了，里面不是空的，没有改动。请换一个新文件夹。")


def _make(root: Path, tables: RawTables) -> None:
    """Make the folder, whole or not at all."""
    try:
        with made_whole(root.absolute()) as beside:
            refuse_taken(root)  # by whoever was faster
            begin(beside, tables, of=root, may_be_blank=True).close()
    except OSError as error:
        raise cannot_make(root, error) from error
