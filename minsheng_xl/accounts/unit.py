"""The fold of a unit: what its returns of a period come to, as a pure function of the journal.

A second return of a unit fills blanks; after 待核 it supersedes; after 已采用 the earlier figures
stay in use and every difference waits for the office. What the office typed into the master
stays until the office decides otherwise, and what differs from it is listed beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.questions import CONFLICT, CORRECTION, DOUBTFUL, TYPED, Pending, item_id, whole
from minsheng_xl.accounts.values import (
    OFFICE,
    Content,
    Doubt,
    Figure,
    Outcome,
    Standing,
    Taken,
    Typed,
    _figures,
    shown,
)
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.problems import Problem


class Source(NamedTuple):
    """Where a figure in use came from."""

    file: str
    received: datetime


class UnitAccount:
    """One unit in the account of a period: its standing and the content of its input cells."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.standing = Standing.MISSING
        self.received: datetime | None = None
        self.figures: dict[Key, Figure] = {}
        self.words: dict[Key, str] = {}
        self.sources: dict[Key, Source] = {}
        self.pending: list[Pending] = []
        self.outcomes: dict[tuple[str, str], Outcome] = {}
        """By (file, sha256): how each of its returns ended."""
        self.correction_pending = False
        self.differs: dict[tuple[str, str], set[Key]] = {}
        """By (file, sha256): the cells in which a return differs from what is in use."""
        self.typed: set[Key] = set()
        self.adopted: set[Key] = set()
        """Figures that were sound when the unit was 已采用: what comes later does not replace them unasked."""
        self.halves: frozenset[Key] = frozenset()
        """Blank cells that leave a ratio incomplete."""
        self.explained: frozenset[Key] = frozenset()
        """Unusual figures that the unit gave its reason for."""
        self.problems: tuple[Problem, ...] = ()
        """Why it was refused, while its standing is 退回."""

    def given(self) -> dict[Key, Value]:
        """The contents of the unit's input cells in the master."""
        cells: dict[Key, Value] = {
            key: figure.text if isinstance(figure, Doubt) else figure for key, figure in self.figures.items()
        }
        for key, text in self.words.items():
            amount = parse_plain(text) if key.is_amount else None
            cells[key] = text if amount is None else amount
        return cells

    def number(self, key: Key) -> Fraction | None:
        """A trusted number, or None."""
        figure = self.figures.get(key)
        return figure if isinstance(figure, Fraction) else None


def settle_unit(
    unit: str, taken: Sequence[Taken], typed: Sequence[Typed] = (), decided: Mapping[str, str] | None = None,
    closed: int | None = None, last_wins: date | None = None, recheck: Callable[[UnitAccount], None] | None = None,
) -> UnitAccount:
    """Fold a unit's returns of one period, in the order of their runs, into its account.

    What the office typed by a run comes before the returns of that run. `decided` are the words by which the office
    has settled items, by id; runs after `closed`, that of 定稿, are 定稿后更正: their trusted figures take
    the place of the earlier ones. Until the day `last_wins` a later return supersedes an accepted one.
    `recheck` applies the rules to what several returns say together, after each run that brought any.
    """
    account, words = UnitAccount(unit), decided or {}
    returns: dict[int, list[Taken]] = {}
    entries: dict[int, list[Typed]] = {}
    for one in taken:
        returns.setdefault(one.run, []).append(one)
    for entry in typed:
        entries.setdefault(entry.run, []).append(entry)
    runs = sorted({*returns, *entries})
    last = closed if closed is not None else max(runs, default=0)
    order = [run for run in runs if run <= last]
    if last_wins is not None:  # the office may have corrected which came first
        came = {run: min([*(one.received for one in returns.get(run, ())), *(entry.seen_at for entry in entries.get(run, ()))]) for run in order}
        order.sort(key=lambda run: (came[run], run))
    contents: list[Content] = []
    for run in order:
        _type_in(account, entries.get(run, ()), words)
        if run in returns:
            _take_run(account, returns[run], contents, words, last_wins)
            if recheck is not None:
                recheck(account)
    _compare_typed(account, [entry for entry in typed if entry.run <= last], [one for one in taken if one.run <= last])
    corrected: set[Key] = set()
    for run in runs:
        if run > last:
            _type_in(account, entries.get(run, ()), words)
            _correct(account, returns.get(run, ()), contents, corrected)
            if run in returns and recheck is not None:
                recheck(account)
    for key in [key for key in account.figures if key.is_amount]:
        figure = account.figures.pop(key)
        account.words[key] = figure.text if isinstance(figure, Doubt) else shown(figure)
    account.pending = [item for item in account.pending if item.id not in words]
    account.correction_pending = any(p.kind == CORRECTION for p in account.pending)
    return account


def _take_run(
    account: UnitAccount, returns: Sequence[Taken], contents: list[Content], decided: Mapping[str, str], last_wins: date | None
) -> None:
    """Take the returns of one run; `contents` are those taken before, for telling duplicates."""
    was, before = account.standing, tuple(contents)
    if was is Standing.ACCEPTED and last_wins is not None and all(one.received.date() <= last_wins for one in returns):
        was = Standing.HELD  # as if the earlier one had not been settled
        account.adopted.clear()
    in_conflict = {item.key for item in account.pending if item.kind == CONFLICT and item.key}
    fresh: list[tuple[Taken, Content]] = []
    for one in returns:
        if one.content is None:
            word = decided.get(one.sha256[:6])
            if one.held and word not in (None, "不采用", "采用"):  # it is another unit's
                account.outcomes[one.file, one.sha256] = Outcome.REFUSED
                continue
            held = one.held and word is None
            account.outcomes[one.file, one.sha256] = Outcome.HELD if held else Outcome.REFUSED
            if account.standing in (Standing.MISSING, Standing.REFUSED):
                account.standing = Standing.HELD if held else Standing.REFUSED
                account.problems = one.problems
                account.received = account.received or one.received
            if held:
                account.pending.append(whole(account.unit, one.file, one.sha256, one.problems))
        elif any(one.content == content for _, content in fresh) or _says_nothing_new(one.content, before, was, in_conflict):
            account.outcomes[one.file, one.sha256] = Outcome.DUPLICATE
        else:
            contents.append(one.content)
            fresh.append((one, one.content))
            account.outcomes[one.file, one.sha256] = Outcome.HELD if one.content.is_doubtful else Outcome.ACCEPTED
    if not fresh:
        return
    if not before:
        account.received = min(one.received for one in returns if one.content is not None)
    offers = [(one, _figures(content)) for one, content in fresh]
    for key in dict.fromkeys(key for _, figures in offers for key in figures):
        _take_figure(account, key, [(one, figures[key]) for one, figures in offers if key in figures])
    for _, content in fresh:
        account.words.update({key: words for key, words in content.words.items() if words and not key.is_amount and key not in account.typed})
    blanks = account.halves.union(*(content.halves for _, content in fresh))
    account.halves = frozenset(key for key in blanks if key not in account.figures and key not in account.typed)
    account.explained |= frozenset().union(*(content.explained for _, content in fresh))
    account.standing = Standing.HELD
    _adopt(account)


def _adopt(account: UnitAccount) -> None:
    """A unit of which nothing is in doubt is 已采用, and so are its figures."""
    if not Content(account.figures, {}, account.halves).is_doubtful:
        account.standing = Standing.ACCEPTED
        account.adopted |= account.figures.keys()


def _says_nothing_new(content: Content, contents: Sequence[Content], was: Standing, in_conflict: "set[Key]") -> bool:
    """Whether a return repeats one of those taken before; what repeats one of two that differ answers the question."""
    if content not in contents or not in_conflict.isdisjoint(_figures(content)):
        return False
    return was is Standing.ACCEPTED or content == contents[-1]


def _correct(account: UnitAccount, returns: Sequence[Taken], contents: list[Content], corrected: set[Key]) -> None:
    """Take the returns of a run after 定稿. Where two of them differ, neither corrects anything; one that was taken
    before takes back what was `corrected` since, and nothing else."""
    fresh: list[tuple[Taken, Content]] = []
    for one in returns:
        name = (one.file, one.sha256)
        if one.content is None:
            account.outcomes[name] = Outcome.HELD if one.held else Outcome.REFUSED
            if one.held:
                account.pending.append(whole(account.unit, one.file, one.sha256, one.problems))
            continue
        content = _only(one.content, corrected) if one.content in contents else one.content
        if one.content in contents and _stands(account, content):
            account.outcomes[name] = Outcome.DUPLICATE
        else:
            contents.append(one.content)
            fresh.append((one, content))
            account.outcomes[name] = Outcome.HELD if one.content.is_doubtful else Outcome.ACCEPTED
    corrected |= {key for _, content in fresh for key in (*_figures(content), *content.words)}
    said = [(one, _figures(content)) for one, content in fresh]
    for key in dict.fromkeys(key for _, figures in said for key in figures):
        offers = [(one, figures[key]) for one, figures in said if key in figures]
        if len({figure for _, figure in offers}) > 1:
            account.outcomes |= {(one.file, one.sha256): Outcome.HELD for one, _ in offers}
        elif not isinstance(offers[0][1], Doubt):
            account.figures[key] = offers[0][1]
            account.sources[key] = Source(offers[0][0].file, offers[0][0].received)
    for _, content in fresh:
        account.words.update({key: words for key, words in content.words.items() if not key.is_amount})


def _only(content: Content, keys: "set[Key]") -> Content:
    figures = {key: figure for key, figure in content.figures.items() if key in keys}
    return Content(figures, {key: text for key, text in content.words.items() if key in keys})


def _stands(account: UnitAccount, content: Content) -> bool:
    """Whether all that a return says is what stands."""
    figures = all(account.figures.get(key) == figure for key, figure in _figures(content).items())
    return figures and all(account.words.get(key) == text for key, text in content.words.items() if not key.is_amount)


def _take_figure(account: UnitAccount, key: Key, offers: Sequence[tuple[Taken, Figure]]) -> None:
    """Take one cell from what the returns of a run say of it; what the office typed stays, and is compared with them at the end."""
    if key in account.typed:
        return
    standing = account.figures.get(key)
    settled = key in account.adopted and standing is not None and not isinstance(standing, Doubt)
    distinct = list(dict.fromkeys(figure for _, figure in offers))
    if settled:
        for one, figure in offers:
            if shown(figure) != shown(standing):
                account.outcomes[one.file, one.sha256] = Outcome.HELD
                account.differs.setdefault((one.file, one.sha256), set()).add(key)
                _wait(account, CORRECTION, key, shown(standing), shown(figure), one.file, "与已采用的不同，仍用原数；请与单位核实后选一个。")
        return
    account.pending = [p for p in account.pending if p.key != key]
    one, figure = offers[0]
    if len(distinct) > 1:
        seen = " / ".join(shown(f) for f in distinct)
        for other, _ in offers:
            account.outcomes[other.file, other.sha256] = Outcome.HELD
        figure = Doubt(seen)
        files = "；".join(other.file for other, _ in offers)
        _wait(account, CONFLICT, key, "", seen, files, "同时收到两份，数字不同；请与单位核实后选一个。")
    elif isinstance(figure, Doubt):
        _wait(account, DOUBTFUL, key, "", figure.seen, one.file, "数字存疑，没有计入；请与单位核实，属实的写“属实”，不然写应填的数。")
    account.figures[key] = figure
    account.sources[key] = Source(one.file, one.received)


def _type_in(account: UnitAccount, typed: Sequence[Typed], decided: Mapping[str, str]) -> None:
    """Put what the office typed over what was returned."""
    for entry in typed:
        key, value = entry.key, entry.value
        account.typed.add(key)
        account.sources[key] = Source(OFFICE, entry.seen_at)
        if not key.is_figure:
            account.words[key] = "" if value is None else value.text if isinstance(value, Doubt) else shown(value)
            account.pending = [p for p in account.pending if p.key != key]
            continue
        others = [p for p in account.pending if p.key == key and p.kind == CORRECTION and entry.decided and p.id not in decided]
        account.pending = [p for p in account.pending if p.key != key]
        for item in others:  # one of several corrections was settled; the others still wait
            if item.other != shown(value):
                _wait(account, CORRECTION, key, shown(value), item.other, item.file, item.advice)
        account.halves -= {key}
        if value is None:
            account.figures.pop(key, None)
        else:
            account.figures[key] = value
        if isinstance(value, Doubt):
            _wait(account, DOUBTFUL, key, "", value.seen, OFFICE, "台账里填的不是可用的数字；请改填数字。")
    if account.standing is Standing.HELD and (account.figures or account.words):
        _adopt(account)


def _compare_typed(account: UnitAccount, typed: Sequence[Typed], taken: Sequence[Taken]) -> None:
    """A return that came with or after what the office typed, and differs from it, waits."""
    latest = {entry.key: entry for entry in typed}
    for entry in typed:
        for one in taken:
            figure = _figures(one.content).get(entry.key) if one.content and one.run >= entry.run else None
            name = (one.file, one.sha256)
            if figure is None or account.outcomes[name] is Outcome.DUPLICATE:
                continue
            differs = account.differs.setdefault(name, set())
            if shown(figure) == shown(entry.value):
                differs.discard(entry.key)
                if not differs and one.content and not one.content.is_doubtful:
                    account.outcomes[name] = Outcome.ACCEPTED
                continue
            differs.add(entry.key)
            account.outcomes[name] = Outcome.HELD
            asked = any(p.key == entry.key and p.kind == CORRECTION and p.other == shown(figure) for p in account.pending)
            if entry is latest[entry.key] and not asked:
                _wait(account, TYPED, entry.key, shown(entry.value), shown(figure), one.file, "现用台账数；请与单位核实后选一个。")


def wait_for(account: UnitAccount, key: Key, seen: str, file: str, advice: str, decided: Mapping[str, str]) -> bool:
    """Put a figure in question; whether the office has not settled just this before."""
    before = len(account.pending)
    _wait(account, DOUBTFUL, key, "", seen, file, advice)
    if len(account.pending) > before and account.pending[-1].id in decided:
        account.pending.pop()
        return False
    return True


def _wait(account: UnitAccount, kind: str, key: Key, used: str, other: str, file: str, advice: str) -> None:
    mark = item_id(account.unit, kind, key, used, other)
    if all(p.id != mark for p in account.pending):
        account.pending.append(Pending(mark, kind, account.unit, key, used, other, file, advice))
