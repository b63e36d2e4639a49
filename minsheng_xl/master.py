"""Build the master workbook of a year, and never over what the office made of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from minsheng_xl.account import Figure, Key, shown
from minsheng_xl.books.write import write_book
from minsheng_xl.forms.identity import PERIOD_PROPERTY
from minsheng_xl.forms.master import PLAN_PROPERTY, UPTO_PROPERTY, master_book
from minsheng_xl.intake.errors import Unreadable
from minsheng_xl.intake.package import read_properties
from minsheng_xl.ledger import account_of
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.folder import Year
from minsheng_xl.year.register import pack
from minsheng_xl.year.storage import write_whole


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The master that was written. `own` says what of the office's own keeps the old one in place:
    if there is any, `path` is a new file beside it. `misread` are decisions that were not understood."""

    path: Path
    period: Period
    own: tuple[str, ...] = ()
    misread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """What was found in the masters of the folder: what keeps 总台账.xlsx in place, and the files
    beside it in which nothing but figures was typed, which are journalled now."""

    own: tuple[str, ...] = ()
    replaceable: frozenset[Path] = frozenset()
    misread: tuple[str, ...] = ()
    """Words in 待决事项 that cannot be meant, each with what may be written."""


def build(year: Year, period: Period, now: datetime, *, office: Office | None = None) -> BuildResult:
    """Write the master for a period. Same plan, journal and period give the same bytes.

    A master that holds things of the office's own is not replaced: the new one is written beside
    it. Raises PlanError or MinshengError.
    """
    with year.locked():
        return _build(year, period, now, office)


def _build(year: Year, period: Period, now: datetime, office: Office | None) -> BuildResult:
    version = year.keep_plan(now)
    register = year.register
    if office is None:
        office = note_office(year, now, register.next_run())
    closed = register.closed(period)
    version = closed["plan"] if closed is not None else version
    content = _written(year, version, period, register.last_change())
    path = year.master_path
    if office.own:
        path = _beside(year, period, content, office)
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)
    sha256 = hashlib.sha256(content).hexdigest()
    latest = register.latest("master")
    if latest is None or (latest["sha256"], latest["file"]) != (sha256, path.name):
        register.record(
            [
                {
                    "kind": "master", "at": now.isoformat(timespec="seconds"), "period": str(period),
                    "plan": version, "upto": register.last_change(), "sha256": sha256, "file": path.name,
                }
            ]
        )
    return BuildResult(path, period, office.own, office.misread)


def _written(year: Year, version: str, period: Period, upto: int) -> bytes:
    """The master as it is written from the journal up to an entry."""
    account = account_of(year.plan_version(version), year.register, period, upto=upto)
    return write_book(master_book(account, version, upto))


def _beside(year: Year, period: Period, content: bytes, office: Office) -> Path:
    """A name beside the master: the first that is free, or holds nothing of the office's own."""
    for number in range(1, 1000):
        path = year.root / f"总台账_{period}_新{'' if number == 1 else number}.xlsx"
        if not path.exists() or path in office.replaceable or path.read_bytes() == content:
            return path
    raise AssertionError("a thousand masters beside the old one")


def note_office(year: Year, now: datetime, run: int) -> Office:
    """Journal what the office typed into the masters of the folder; say what else is its own.

    Beside 总台账.xlsx stand the masters that could not replace it: figures typed there count as well.
    """
    own: tuple[str, ...] = ()
    replaceable: set[Path] = set()
    misread: list[str] = []
    if year.master_path.exists():
        own = _noted(year, now, run, year.master_path, misread)
    for path in sorted(year.root.glob("总台账_*_新*.xlsx")):
        if not _noted(year, now, run, path, misread):
            replaceable.add(path)
    return Office(own, frozenset(replaceable), tuple(misread))


def _noted(year: Year, now: datetime, run: int, path: Path, misread: list[str]) -> tuple[str, ...]:
    """Journal the cells typed into one master and carry out its decisions; return what else is the
    office's own."""
    actual = path.read_bytes()
    if year.register.wrote_master(path.name, hashlib.sha256(actual).hexdigest()):
        return ()
    try:
        properties = read_properties(actual)
    except Unreadable as error:
        return (f"{path.name} 打不开：{error}",)
    try:
        version = properties[PLAN_PROPERTY]
        plan = year.plan_version(version)
        period, upto = Period.parse(properties[PERIOD_PROPERTY]), int(properties[UPTO_PROPERTY])
        account = account_of(plan, year.register, period, upto=upto)
    except (KeyError, ValueError):
        return ("它不是由本文件夹的归档生成的总台账",)
    book = master_book(account, version, upto)
    units = {unit.sheet_name: unit.name for unit in plan.reporting_units}
    from minsheng_xl.office import compare

    try:
        changes = compare(actual, write_book(book), book, units)
    except Exception as error:  # openpyxl lets a dozen kinds through
        return (f"读不懂它的内容（{type(error).__name__}）",)
    written = {
        (unit, key): pack(content)
        for unit, found in account.units.items()
        for key, content in (*found.figures.items(), *((key, text) for key, text in found.words.items() if text))
    }
    noted: dict[tuple[str, Key], tuple[str, str]] = {  # what was journalled from this very file since it was written
        (entry["unit"], (a, b, c)): (kind, text)
        for entry in year.register.entries("typed", period)
        if entry["seq"] > upto and entry["file"] == path.name
        for a, b, c, kind, text in entry["cells"]
    }
    now_there = {(unit, key): pack(value) for unit, key, value in changes.typed if unit}
    cells_of: dict[str, list[list[str]]] = {}
    for place in noted.keys() | now_there.keys():
        was = written.get(place, ("", ""))
        content = now_there.get(place, was)
        if content != noted.get(place, was):
            cells_of.setdefault(place[0], []).append([*place[1], *content])
    year.register.record(
        {
            "kind": "typed", "at": now.isoformat(timespec="seconds"), "run": run, "file": path.name,
            "period": str(period), "unit": unit, "cells": sorted(cells),
        }
        for unit, cells in sorted(cells_of.items())
    )
    if cells_of and year.register.closed(period) is not None:
        misread.append(f"{path.name}：{period} 已经定稿，{'、'.join(sorted(cells_of))} 里改的数不改定稿的数，计入下期的上期累计。")
    _carry_out(year, now, run, period, [(key, value) for unit, key, value in changes.typed if not unit], misread)
    return changes.own


def _carry_out(
    year: Year, now: datetime, run: int, period: Period, cells: "list[tuple[Key, Figure | None]]", misread: list[str]
) -> None:
    """Settle the items of 待决事项 that have a word beside them."""
    from minsheng_xl.deciding import decide

    words: dict[str, dict[str, str]] = {}
    for (_, id, name), value in cells:
        words.setdefault(id, {})[name] = shown(value)
    settled = {item.id for item in year.register.decided(period)}
    for id, said in words.items():
        if said.get("decision") and id not in settled:
            try:
                decide(year, id, said["decision"], now, who=said.get("who", ""), why=said.get("why", ""), period=period, run=run)
            except MinshengError as error:
                misread.append(f"待决事项 {id}：{error}")
