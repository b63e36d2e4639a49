"""Build the master workbook of a year, and never over what the office made of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from minsheng_xl.books.write import write_book
from minsheng_xl.forms.identity import PERIOD_PROPERTY
from minsheng_xl.forms.master import PLAN_PROPERTY, UPTO_PROPERTY, master_book
from minsheng_xl.ledger import account_of
from minsheng_xl.plan.period import Period
from minsheng_xl.year.folder import Year
from minsheng_xl.year.journal import Entry
from minsheng_xl.year.register import pack
from minsheng_xl.year.storage import write_whole


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The master that was written. `own` says what of the office's own keeps the old one in place:
    if there is any, `path` is a new file beside it."""

    path: Path
    period: Period
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """What was found in the existing master: how many cells were typed, what else is the office's."""

    typed: int = 0
    own: tuple[str, ...] = ()


def build(year: Year, period: Period, now: datetime, *, office: Office | None = None) -> BuildResult:
    """Write the master for a period. Same plan, journal and period give the same bytes.

    A master that holds things of the office's own is not replaced: the new one is written beside
    it. Raises PlanError or MinshengError.
    """
    version = year.keep_plan(now)
    register = year.register
    if office is None:
        office = note_office(year, now, register.next_run())
    content = _written(year, version, period, register.last_change())
    path = year.master_path
    if office.own:
        path = _beside(year, period, content)
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
    return BuildResult(path, period, office.own)


def _written(year: Year, version: str, period: Period, upto: int) -> bytes:
    """The master as it is written from the journal up to an entry."""
    account = account_of(year.plan_version(version), year.register, period, upto=upto)
    return write_book(master_book(account, version, upto))


def _beside(year: Year, period: Period, content: bytes) -> Path:
    """A name beside the master: the first that is free, or holds a file of ours nobody changed."""
    for number in range(1, 1000):
        path = year.root / f"总台账_{period}_新{'' if number == 1 else number}.xlsx"
        if not path.exists():
            return path
        found = path.read_bytes()
        if found == content or year.register.wrote_master(path.name, hashlib.sha256(found).hexdigest()):
            return path
    raise AssertionError("a thousand masters beside the old one")


def note_office(year: Year, now: datetime, run: int) -> Office:
    """Journal what the office typed into the existing master; say what else there is of its own."""
    path, register = year.master_path, year.register
    if not path.exists():
        return Office()
    actual = path.read_bytes()
    if register.wrote_master(path.name, hashlib.sha256(actual).hexdigest()):
        return Office()
    from minsheng_xl.intake.package import Unreadable, read_package

    try:
        properties = read_package(actual).properties
    except Unreadable as error:
        return Office(own=(f"{path.name} 打不开：{error}",))
    entry = register.latest("master")
    if entry is None or PLAN_PROPERTY not in properties:
        return Office(own=("它不是本程序生成的总台账",))
    return _compared(year, now, run, actual, properties)


def _compared(year: Year, now: datetime, run: int, actual: bytes, properties: dict[str, str]) -> Office:
    from minsheng_xl.office import compare

    register = year.register
    try:
        version = properties[PLAN_PROPERTY]
        plan = year.plan_version(version)
        period, upto = Period.parse(properties[PERIOD_PROPERTY]), int(properties[UPTO_PROPERTY])
        account = account_of(plan, register, period, upto=upto)
    except (KeyError, ValueError):
        return Office(own=("它不是由现有归档生成的总台账",))
    book = master_book(account, version, upto)
    units = {unit.sheet_name: unit.name for unit in plan.reporting_units}
    try:
        changes = compare(actual, write_book(book), book, units)
    except Exception as error:  # openpyxl lets a dozen kinds through
        return Office(own=(f"读不懂它的内容（{type(error).__name__}）",))
    known = {
        (unit, typed.key): pack(typed.value)
        for unit, cells in register.typed(period).items()
        for typed in cells
    }
    cells_of: dict[str, list[list[str]]] = {}
    for unit, key, value in changes.typed:
        if known.get((unit, key)) != pack(value):
            cells_of.setdefault(unit, []).append([*key, *pack(value)])
    entries: list[Entry] = [
        {
            "kind": "typed", "at": now.isoformat(timespec="seconds"), "run": run,
            "period": str(period), "unit": unit, "cells": cells,
        }
        for unit, cells in cells_of.items()
    ]
    register.record(entries)
    return Office(sum(map(len, cells_of.values())), changes.own)


