"""The master workbook of a year: written anew, or, once the office has worked in it, edited where it lies."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.books.edit.closed import Edited, edited
from minsheng_xl.books.edit.fit import Changed, DoesNotFit
from minsheng_xl.books.edit.renaming import with_sheet_renamed
from minsheng_xl.books.edit.spans import NotPlain
from minsheng_xl.books.package.read import RawSheet, read_package
from minsheng_xl.books.write.book import write_book
from minsheng_xl.books.write.vba import Macros
from minsheng_xl.changes.adopt import adopt
from minsheng_xl.forms.edits import States
from minsheng_xl.forms.garbage import unsearched
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.unit import sheet_id
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.last_year import note_last_year
from minsheng_xl.master.note import Found, Noted, State, note_typed
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.read import resources
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import MasterWritten
from minsheng_xl.year.folder import MACRO_MASTER, PLAIN_MASTER, Year
from minsheng_xl.year.storage import write_whole

_TRIES = 3


class BuildResult(NamedTuple):
    """The master that was written. `own` says why the old one could not be brought up to date: `path` is
    then a new file beside it. `kept` are cells that the office rewrote and that stay so; `misread` are
    decisions that were not understood; `parts` are the parts of the file that were edited."""

    path: Path
    period: Period
    own: tuple[str, ...] = ()
    misread: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def build(
    year: Year, period: Period, now: datetime, *, noted: Noted | None = None, fresh: bool = False, macros: bool = True
) -> BuildResult:
    """Bring the master to a period. Same plan, journal and period give the same bytes, where the office
    has not worked in it; where it has, only what must change is edited.

    A master whose structure no longer fits is left: a new one is written beside it; with `fresh` always.
    A new one is an .xlsm, or without `macros` an .xlsx; one that is there stays what it is. `noted` is what was
    found in the masters just before.
    Raises PlanError or MinshengError.
    """
    with year.locked():
        if noted is None:
            words = adopt(year, now).words
            noted = note_typed(year, now, year.register.next_run()).saying(words)
        trouble = note_last_year(year, period, now)
        noted = noted.saying([trouble] if trouble else [])
        for _ in range(_TRIES):
            with suppress(Changed):
                return _build(year, period, now, noted, _places(year, period, macros), fresh)
            again = note_typed(year, now, year.register.next_run(), noted.opened)
            noted = again._replace(misread=tuple(dict.fromkeys((*noted.misread, *again.misread))))
        raise MinshengError(
            f"{year.master_path.name} 一边汇总一边有人在改，没有更新它；填的数已经记下。请停下编辑，再汇总一次。"
        )


def _places(year: Year, period: Period, macros: bool) -> Iterator[Path]:
    """Where the master may be written: its own place, then one beside it after the other."""
    path = year.master_path
    if not macros and path.name == MACRO_MASTER:
        if path.exists():
            raise MinshengError(
                f"已经有 {path.name}，没有另外生成不带宏的。"
                f"请在 Excel 里把它另存为 {PLAIN_MASTER}，删去 {path.name}，或先把它移走。"
            )
        path = year.root / PLAIN_MASTER
    yield path
    for number in count(1):
        yield year.root / f"总台账_{period}_新{'' if number == 1 else number}{path.suffix}"


class _Made(NamedTuple):
    """A master made: for which place, from what was found there, and why not for the first place."""

    path: Path
    found: Found | None
    outcome: Edited
    own: tuple[str, ...]


def _build(
    year: Year, period: Period, now: datetime, noted: Noted, places: Iterator[Path], fresh: bool
) -> BuildResult:
    """Raises Changed if somebody typed into the master after it was read: that counts, so it is read again."""
    today, closed = year.keep_plan(now), year.register.closed(period)
    state = State(today if closed is None else closed.plan, period, year.register.last_change())
    account = account_of(year.plan_version(state.version, state.upto), year.register, period, upto=state.upto)
    with unsearched():
        made = _made(account, state, noted, places, fresh)
    sha256 = _put(made)
    latest = year.register.latest(MasterWritten)
    if latest is None or (latest.sha256, latest.file, latest.period) != (sha256, made.path.name, period):
        in_place = made.found is not None and not made.found.pure
        written = MasterWritten(
            at=now, period=period, plan=state.version, upto=state.upto, sha256=sha256, file=made.path.name,
            edited=in_place,
        )
        year.register.record([written])
    return BuildResult(made.path, period, made.own, noted.misread, made.outcome.kept, made.outcome.parts)


def _made(account: PeriodAccount, state: State, noted: Noted, places: Iterator[Path], fresh: bool) -> _Made:
    """The master for the first place that takes it: a free one, one with just what was written, or one that fits."""
    own: tuple[str, ...] = ()
    for number, path in enumerate(places):
        found = noted.found.get(path) or _stranger(path)
        if fresh and found is not None and (number == 0 or not found.pure):
            if number == 0 or path.read_bytes() != _written(account, state, path):
                continue
            found = Found(pure=True, sha256=hashlib.sha256(path.read_bytes()).hexdigest())  # only not journalled
        if found is None or found.pure:
            return _Made(path, found, Edited(_written(account, state, path), (), ()), own)
        try:
            return _Made(path, found, _edited(found, _book(account, state, found), account.plan), own)
        except DoesNotFit as error:
            own = own or (str(error),)
    raise AssertionError("there is always one more place")


def _written(account: PeriodAccount, state: State, path: Path) -> bytes:
    """The master as it is written anew."""
    macros = built_in_macros() if path.suffix == ".xlsm" else None
    return write_book(master_book(account, state.version, state.upto), macros)


def _stranger(path: Path) -> Found | None:
    """A file that stands in a place and was not noted there."""
    return Found(problem=f"{path.name} 不是由本文件夹的归档生成的") if path.exists() else None


def _book(account: PeriodAccount, state: State, found: Found) -> Book:
    """The book that a master is brought to, with what the office looks at and has begun to write in it."""
    kept = found.kept
    if found.base is not None and state == found.made_from and not (kept.drafts or kept.former_lists):
        return found.base
    return master_book(account, state.version, state.upto, kept=kept._replace(former_lists=False, parts={}))


def _put(made: _Made) -> str:
    """Write a master where it belongs; its sha256, "" where it is open and the office saves it.
    Raises Changed if another file lies there by now."""
    if made.found is not None and made.found.opened is not None:
        return ""
    there = made.path.read_bytes() if made.path.exists() else None
    known = made.found.sha256 if made.found is not None else None
    if there is not None and hashlib.sha256(there).hexdigest() != known:
        raise Changed
    if there != made.outcome.content:
        write_whole(made.path, made.outcome.content)
    return hashlib.sha256(made.outcome.content).hexdigest()


def _retitled(there: Sequence[RawSheet], base: Book, new: Book, plan: Plan) -> dict[str, str]:
    """The titles that the sheets of renamed units have in a master, each with its new one, which they bear in `base`
    from now on. `there` are the sheets that it has. Raises DoesNotFit."""
    had, has = {sheet.id: sheet for sheet in base.sheets}, {sheet.id: sheet for sheet in new.sheets}
    titles = {}
    for unit in plan.units:
        id, former = sheet_id(unit.name), [*unit.aliases, *plan.former_names(unit.name)]
        old = next((had[sheet_id(name)] for name in former if sheet_id(name) in had), None)
        if id in had or id not in has or old is None:
            continue
        title = has[id].name
        if any(sheet.name.casefold() == title.casefold() != old.name.casefold() for sheet in there):
            raise DoesNotFit(f"{old.name} 要改名为 {title}，已有一张表叫这个名字")
        titles[old.name] = title
        base.retitle(old.id, id, title)
    return titles


def _with_sheets_renamed(found: Found, titles: Mapping[str, str]) -> Found:
    """A closed master in which sheets bear other titles, with what the office noted on them. Raises DoesNotFit."""
    content = found.content
    for old, title in titles.items():
        try:
            content = with_sheet_renamed(content, old, title)
        except NotPlain as error:
            raise DoesNotFit(f"{old} 改不了名") from error
    return found._replace(content=content, workbook=read_package(content, trusted=True)) if titles else found


def built_in_macros() -> Macros:
    """The macros of the master, as they stand in `macros/`."""
    folder = resources().parent / "macros"
    sources = sorted((path.name, path) for path in folder.iterdir() if path.name.endswith(".bas"))  # in a .pyz too
    modules = {name.removesuffix(".bas"): path.read_text(encoding="ascii") for name, path in sources}
    return Macros(modules, (folder / "ribbon.xml").read_text(encoding="utf-8"))


def _edited(found: Found, new: Book, plan: Plan) -> Edited:
    """A master brought to its new state where it lies. Raises DoesNotFit."""
    if found.problem or found.base is None or found.workbook is None:
        raise DoesNotFit(found.problem or "读不懂它的内容")
    titles = _retitled(found.workbook.sheets, found.base, new, plan)
    names, ids = {sheet.name for sheet in found.base.sheets}, {sheet.id for sheet in new.sheets}
    for sheet in new.sheets:
        if sheet.name not in names:
            raise DoesNotFit(f"计划里新增了 {sheet.name}，它没有这一页")
    for sheet in found.base.sheets:
        if sheet.id not in ids:
            raise DoesNotFit(f"计划里没有了 {sheet.name}，它还有这一页")
    states = States(found.base, new)
    if found.opened is not None:
        return Edited(b"", found.opened.apply(states, found.workbook, titles), ())
    found = _with_sheets_renamed(found, titles)
    assert found.workbook is not None
    return edited(found.content, found.workbook, states)
