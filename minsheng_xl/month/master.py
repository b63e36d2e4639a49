"""The master workbook of a year: written anew, or, once the office has worked in it, edited where it lies."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

from minsheng_xl.accounts.values import Figure, shown
from minsheng_xl.books.edit.closed import Edited, edited
from minsheng_xl.books.edit.fit import Changed, DoesNotFit
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.read import RawWorkbook, read_package
from minsheng_xl.books.write.book import write_book
from minsheng_xl.books.write.vba import Macros
from minsheng_xl.exact.addresses import Place
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.edits import States
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.master.program import HALF_WAY, PERIOD_PLACE, PLAN_PLACE, UPTO_PLACE
from minsheng_xl.forms.paper.reminder import CHOSEN_PLACE
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.units import decided_items, measures_of
from minsheng_xl.month.typed import typed_cells
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.read import resources
from minsheng_xl.plan.tabs import PROGRAM, REMINDER
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import MasterWritten, TypedIn
from minsheng_xl.year.folder import MACRO_MASTER, PLAIN_MASTER, Year
from minsheng_xl.year.storage import write_whole


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


Cells: TypeAlias = "dict[tuple[str, Key], Figure | None]"
"""Input cells of the units and what stands in them; None is a blank one."""


class Opened(Protocol):
    """A master that is open in a spreadsheet program; `apply` brings it from one state to the other, returns
    the cells that stay as the office wrote them, and raises DoesNotFit or, if somebody typed into it since
    it was read, Changed before it writes anything."""

    path: Path

    def read(self) -> RawWorkbook: ...

    def apply(self, states: States, noted: RawWorkbook) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A master as it lies in the folder: `pure` if it holds just what was written; else what was written,
    as a book, and what it holds now; or why it cannot be edited."""

    pure: bool = False
    sha256: str = ""
    content: bytes = b""
    workbook: RawWorkbook | None = None
    base: Book | None = None
    made_from: tuple[str, Period, int] | None = None
    """The plan's version, the period and the last change of what was written."""
    problem: str = ""
    chosen: str = ""
    """The unit whose 催报单 the office is looking at."""
    opened: Opened | None = None
    drafts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """决定人 and 理由 beside items of 待决事项 that are not settled yet."""


@dataclass(frozen=True, slots=True)
class Office:
    """The masters of the folder, and what was said in them that cannot be meant."""

    found: dict[Path, Found] = field(default_factory=dict)
    misread: tuple[str, ...] = ()
    """Words in 待决事项 that cannot be meant, each with what may be written."""
    opened: Opened | None = None
    """The one that is open in a spreadsheet program."""


def build(
    year: Year, period: Period, now: datetime, *, office: Office | None = None, fresh: bool = False, macros: bool = True
) -> BuildResult:
    """Bring the master to a period. Same plan, journal and period give the same bytes, where the office
    has not worked in it; where it has, only what must change is edited.

    A master whose structure no longer fits is left: a new one is written beside it; with `fresh` always.
    A new one is an .xlsm, or without `macros` an .xlsx; one that is there stays what it is.
    Raises PlanError or MinshengError.
    """
    with year.locked():
        office = office or note_office(year, now, year.register.next_run())
        for _ in range(_TRIES):
            with suppress(Changed):
                return _build(year, period, now, office, fresh, macros)
            again = note_office(year, now, year.register.next_run(), office.opened)
            office = replace(again, misread=tuple(dict.fromkeys((*office.misread, *again.misread))))
        raise MinshengError(f"{year.master_path.name} 一边汇总一边有人在改，没有更新它；填的数已经记下。请停下编辑，再汇总一次。")


_TRIES = 3


def _build(year: Year, period: Period, now: datetime, office: Office, fresh: bool, macros: bool) -> BuildResult:
    """Raises Changed if somebody typed into the master after it was read: that counts, so it is read again."""
    version = year.keep_plan(now)
    register = year.register
    closed = register.closed(period)
    version = closed.plan if closed is not None else version
    upto = register.last_change()
    account = account_of(year.plan_version(version), register, period, upto=upto)
    path, own = year.master_path, []
    if not macros and path.name == MACRO_MASTER:
        if path.exists():
            raise MinshengError(f"已经有 {path.name}，没有另外生成不带宏的。请在 Excel 里把它另存为 {PLAIN_MASTER}，删去 {path.name}，或先把它移走。")
        path = year.root / PLAIN_MASTER
    outcome: Edited | None = None
    for number in range(1000):
        if number:
            path = year.root / f"总台账_{period}_新{'' if number == 1 else number}{path.suffix}"
        found = office.found.get(path)
        if found is None and path.exists():
            found = Found(problem=f"{path.name} 不是由本文件夹的归档生成的")
        if fresh and found is not None and (number == 0 or not found.pure):
            continue
        if found is None or found.pure:
            outcome = Edited(write_book(master_book(account, version, upto), built_in_macros() if path.suffix == ".xlsm" else None), (), ())
            break
        try:
            same = found.base if (version, period, upto) == found.made_from and not found.drafts else None
            outcome = _edited(found, same or master_book(account, version, upto, chosen=found.chosen, drafts=found.drafts))
            break
        except DoesNotFit as error:
            own += [str(error)] if number == 0 else []
    assert outcome is not None, "a thousand masters beside the old one"
    in_place = found is not None and not found.pure
    opened = found.opened if found is not None else None
    there = path.read_bytes() if path.exists() else None
    if opened is None and there is not None and (found is None or hashlib.sha256(there).hexdigest() != found.sha256):
        raise Changed
    if opened is None and there != outcome.content:
        write_whole(path, outcome.content)
    sha256 = hashlib.sha256(outcome.content).hexdigest() if opened is None else ""  # it is the office that saves it
    latest = register.latest(MasterWritten)
    if latest is None or (latest.sha256, latest.file, latest.period) != (sha256, path.name, period):
        written = MasterWritten(
            at=now, period=period, plan=version, upto=upto, sha256=sha256, file=path.name, edited=in_place
        )
        register.record([written])
    return BuildResult(path, period, tuple(own), office.misread, outcome.kept, outcome.parts)


def built_in_macros() -> Macros:
    """The macros of the master, as they stand in `macros/`."""
    folder = resources().parent / "macros"
    sources = sorted((path.name, path) for path in folder.iterdir() if path.name.endswith(".bas"))  # in a .pyz too
    modules = {name.removesuffix(".bas"): path.read_text(encoding="ascii") for name, path in sources}
    return Macros(modules, (folder / "ribbon.xml").read_text(encoding="utf-8"))


def _edited(found: Found, new: Book) -> Edited:
    """A master brought to its new state where it lies. Raises DoesNotFit."""
    if found.problem or found.base is None or found.workbook is None:
        raise DoesNotFit(found.problem or "读不懂它的内容")
    names = {sheet.name for sheet in found.base.sheets}
    for sheet in new.sheets:
        if sheet.name not in names:
            raise DoesNotFit(f"计划里新增了 {sheet.name}，它没有这一页")
    gone = next((sheet.name for sheet in found.base.sheets if all(sheet.id != other.id for other in new.sheets)), None)
    if gone is not None:
        raise DoesNotFit(f"计划里没有了 {gone}，它还有这一页")
    states = States(found.base, new)
    if found.opened is not None:
        return Edited(b"", found.opened.apply(states, found.workbook), ())
    return edited(found.content, found.workbook, states)


def note_office(year: Year, now: datetime, run: int, opened: Opened | None = None) -> Office:
    """Journal what the office typed into the masters of the folder; say how each lies there.

    Beside the master stand the masters that could not replace it: figures typed there count as well.
    """
    misread: list[str] = []
    paths = [path for path in (year.master_path, *sorted(year.root.glob("总台账_*_新*.xls[mx]"))) if path.exists()]
    main = year.master_path
    if opened is not None and opened.path.resolve() != main.resolve():
        raise MinshengError(f"打开着的 {opened.path.name} 不是这个文件夹的总台账，没有汇总。请打开 {main.name} 再点，或把它改名为 {main.name}。")
    if opened is not None and main not in paths:  # its program is saving it just now
        paths.append(main)
    found = {path: _noted(year, now, run, path, misread, opened if path == main else None) for path in paths}
    return Office(found, tuple(misread), opened)


def _noted(year: Year, now: datetime, run: int, path: Path, misread: list[str], opened: Opened | None) -> Found:
    """Journal the cells typed into one master and carry out its decisions."""
    actual = path.read_bytes() if opened is None else b""
    sha256 = hashlib.sha256(actual).hexdigest()
    entry = year.register.wrote_master(path.name, sha256)
    if entry is not None and not entry.edited:
        return Found(pure=True, sha256=sha256)
    try:
        workbook = opened.read() if opened is not None else read_package(actual, trusted=True)
    except Unreadable as error:
        return Found(problem=f"{path.name} 打不开：{error}")
    if _text(workbook, PROGRAM.name, UPTO_PLACE) == HALF_WAY:
        if opened is not None:
            raise MinshengError(f"{path.name} 上次更新到一半停了。请不要保存，关上它，再打开点一次；填的数已经记下。")
        return Found(sha256=sha256, problem="它上次更新到一半就存了")
    try:
        version, said, known = (_text(workbook, PROGRAM.name, place) for place in (PLAN_PLACE, PERIOD_PLACE, UPTO_PLACE))
        plan, period, upto = year.plan_version(version), Period.parse(said), int(known)
        account = account_of(plan, year.register, period, upto=upto)
    except (KeyError, ValueError):
        return Found(problem="它不是由本文件夹的归档生成的总台账")
    chosen = _text(workbook, REMINDER.name, CHOSEN_PLACE)
    base = master_book(account, version, upto, chosen=chosen)
    units = {unit.sheet_name: unit.name for unit in plan.reporting_units}
    changes, unread = typed_cells(workbook, base, units)
    misread += [f"{path.name}：{why}，这一页里填的数没有读。请恢复原来的行列。" for why in unread]
    written: Cells = {
        (unit, key): content
        for unit, found in account.units.items()
        for key, content in (*found.figures.items(), *((key, text) for key, text in found.words.items() if text))
    }
    noted: Cells = {}
    """What was journalled from this very file since it was written."""
    unsaved: set[tuple[str, Key]] = set()
    """What was typed and journalled while it was open, then closed without saving: that is not taken back."""
    for typed in year.register.entries(TypedIn, period=period, after=upto):
        if typed.file == path.name:
            cells = {(typed.unit, key): value for key, value in typed.cells.items()}
            noted |= cells
            unsaved |= cells.keys() if typed.live else set()
    now_there: Cells = {(unit, key): value for unit, key, value in changes if unit}
    cells_of: dict[str, dict[Key, Figure | None]] = {}
    for place in sorted(noted.keys() | now_there.keys()):
        was = written.get(place)
        if place in unsaved and now_there.get(place, was) == was:
            continue
        content = now_there.get(place, was)
        if content != noted.get(place, was):
            cells_of.setdefault(place[0], {})[place[1]] = content
    year.register.record(
        TypedIn(
            at=now, run=run, file=path.name, period=period, unit=unit, cells=cells, measures=measures_of(plan, cells),
            live=opened is not None,
        )
        for unit, cells in cells_of.items()
    )
    if cells_of and year.register.closed(period) is not None:
        misread.append(f"{path.name}：{period} 已经定稿，{'、'.join(sorted(cells_of))} 里改的数不改定稿的数，计入下期的上期累计。")
    decisions = [(key, value) for unit, key, value in changes if not unit]
    _carry_out(year, now, run, period, decisions, misread)
    drafts = {(id, name): shown(value) for (_, id, name), value in decisions if name != "decision" and value is not None}
    return Found(sha256=sha256, content=actual, workbook=workbook, base=base, made_from=(version, period, upto), chosen=chosen, opened=opened, drafts=drafts)


def _text(workbook: RawWorkbook, tab: str, place: Place) -> str:
    sheet = workbook.sheet(tab)
    return sheet.text(*place).strip() if sheet is not None else ""


def _carry_out(
    year: Year, now: datetime, run: int, period: Period, cells: "list[tuple[Key, Figure | None]]", misread: list[str]
) -> None:
    """Settle the items of 待决事项 that have a word beside them."""
    from minsheng_xl.month.decide import decide

    words: dict[str, dict[str, str]] = {}
    for (_, id, name), value in cells:
        words.setdefault(id, {})[name] = shown(value)
    settled = {item.id for each in (*period.earlier, period) for item in decided_items(year.register, each)}
    for id, said in words.items():
        if said.get("decision") and id not in settled:
            try:
                decide(year, id, said["decision"], now, who=said.get("who", ""), why=said.get("why", ""), period=period, run=run)
            except MinshengError as error:
                misread.append(f"待决事项 {id}：{error}")
