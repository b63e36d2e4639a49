"""The fold of a unit: what its returns of a period come to, as a pure function of the journal.

A second return of a unit fills blanks; after 待核 it supersedes; after 已采用 the earlier figures
stay in use and every difference waits for the office. What the office typed into the master
stays until the office decides otherwise, and what differs from it is listed beside it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from minsheng_xl.accounts.questions import (
    CONFLICT,
    CORRECTION,
    DOUBTFUL,
    TYPED,
    Pending,
    doubted,
    is_again,
    is_doubt,
    whole,
)
from minsheng_xl.accounts.unit import Source, UnitAccount
from minsheng_xl.accounts.values import (
    NOTHING,
    OFFICE,
    Content,
    Doubt,
    Figure,
    Outcome,
    ReturnId,
    Standing,
    Taken,
    Typed,
    shown,
)
from minsheng_xl.exact.keys import CHOICE, EXPLANATION, MEASURES, Key
from minsheng_xl.figures.definitions import NOT_APPLICABLE
from minsheng_xl.rules.account import OTHER_FIGURES_AGAIN
from minsheng_xl.texts import one_line

_QUOTED = 60
"""So much of what explains a figure is quoted to the office."""


class Ruling(NamedTuple):
    """What the office has settled for the returns of a period.

    `decided` are its words for items, by id. Runs after `closed`, that of 定稿, are 定稿后更正: their trusted
    figures take the place of the earlier ones; `overdue` is what nobody had settled by then. Until the day `last_wins`
    a later return supersedes an accepted one.
    """

    decided: Mapping[str, str] = NOTHING
    closed: int | None = None
    last_wins: date | None = None
    overdue: tuple[Pending, ...] = ()


Recheck = Callable[[UnitAccount], None]
"""Applies the rules to what several returns say together."""


def settle_unit(
    unit: str,
    taken: Sequence[Taken],
    typed: Sequence[Typed] = (),
    ruling: Ruling | None = None,
    recheck: Recheck | None = None,
    *,
    owes_figures: bool = False,
) -> UnitAccount:
    """Fold a unit's returns of one period, in the order of their runs, into its account.

    What the office typed by a run comes before the returns of that run; `recheck` is called after each run
    that brought any. Of a unit that `owes_figures` words alone are no report: they are in use, and it is 未报.
    """
    fold = _Fold(unit, ruling or Ruling(), recheck, owes_figures=owes_figures)
    runs = _runs(taken, typed)
    last = max((run.number for run in runs), default=0) if fold.ruling.closed is None else fold.ruling.closed
    for run in _in_order([run for run in runs if run.number <= last], by_receipt=fold.ruling.last_wins is not None):
        fold.take(run)
    fold.compare_typed([entry for entry in typed if entry.run <= last], [one for one in taken if one.run <= last])
    if fold.ruling.closed is not None:
        fold.lapse()
    fold.miss_figures()
    for run in runs:
        if run.number > last:
            fold.correct(run)
    fold.settle_choices()
    fold.account.pending = [item for item in fold.account.pending if item.id not in fold.ruling.decided]
    return fold.account


class _Consolidation(NamedTuple):
    """What one consolidation found of a unit."""

    number: int
    returns: list[Taken]
    typed: list[Typed]

    @property
    def came(self) -> datetime:
        """When the first of it came."""
        return min([*(one.received for one in self.returns), *(entry.seen_at for entry in self.typed)])


def _runs(taken: Iterable[Taken], typed: Iterable[Typed]) -> list[_Consolidation]:
    runs: dict[int, _Consolidation] = {}
    for one in taken:
        runs.setdefault(one.run, _Consolidation(one.run, [], [])).returns.append(one)
    for entry in typed:
        runs.setdefault(entry.run, _Consolidation(entry.run, [], [])).typed.append(entry)
    return [runs[number] for number in sorted(runs)]


def _in_order(runs: list[_Consolidation], *, by_receipt: bool) -> list[_Consolidation]:
    """Runs in the order in which they count: that of the journal; where the last wins, the office may have corrected
    which came first. A clock that was set back in between turns nothing round."""
    if not by_receipt:
        return runs
    came: dict[int, datetime] = {}
    latest = datetime.min
    for run in runs:
        came[run.number] = run.came
        if not any(one.is_placed for one in run.returns):
            came[run.number] = latest = max(latest, run.came)
    return sorted(runs, key=lambda run: (came[run.number], run.number))


class _News(NamedTuple):
    """A return that says something new, and what of it counts."""

    by: Taken
    content: Content

    @property
    def source(self) -> Source:
        return Source(self.by.file, self.by.received, self.by.sha256)


class _Offer(NamedTuple):
    """A figure of a cell, and the return that says it."""

    figure: Figure
    said: _News

    @property
    def by(self) -> Taken:
        return self.said.by


def _offers(fresh: Iterable[_News]) -> dict[Key, list[_Offer]]:
    """What returns of one run say, by cell."""
    offers: dict[Key, list[_Offer]] = {}
    for said in fresh:
        for key, figure in said.content.figures.items():
            offers.setdefault(key, []).append(_Offer(figure, said))
    return offers


class _Fold:
    """The account of a unit while it is made, and what only its making needs to know."""

    def __init__(self, unit: str, ruling: Ruling, recheck: Recheck | None, *, owes_figures: bool) -> None:
        self.account, self.ruling = UnitAccount(unit), ruling
        self._recheck, self._owes_figures = recheck, owes_figures
        self._is_reported = False
        """Whether a return came that is a report."""
        self._without_words = Standing.MISSING
        """How the unit stands by what came besides words."""
        self._contents: list[Content] = []
        """What the returns taken so far say, for telling duplicates."""
        self._adopted: set[Key] = set()
        """Figures that were sound when the unit was 已采用: what comes later does not replace them unasked."""
        self._differs: dict[ReturnId, set[Key]] = {}
        """The cells in which a return differs from what is in use."""
        self._corrected: set[Key] = set()
        """The cells of which something came after 定稿."""
        self._wrote: dict[Key, dict[str, str]] = {}
        """The words on a project by who wrote them: units that were merged keep those of each."""

    def take(self, run: _Consolidation) -> None:
        """Take what a run found."""
        self._type_in(run.typed)
        if run.returns:
            self._take_returns(run.returns)
            if self._recheck is not None:
                self._recheck(self.account)

    def lapse(self) -> None:
        """The period is closed: nothing is asked of it any more, and what was in doubt counts as if it had not come."""
        account, had_figures = self.account, bool(self.account.measured)
        account.pending, account.overdue = [], self.ruling.overdue
        for item in account.overdue:
            if item.key is not None and is_doubt(item):
                self._clear(item.key)
        if account.overdue and account.standing is Standing.HELD:
            counts = account.measured or (account.words and not had_figures)
            account.standing = Standing.ACCEPTED if counts else Standing.MISSING

    def _clear(self, key: Key) -> None:
        """Take a figure out of its cell, and with it the others of its row: half of what is in doubt says nothing."""
        account = self.account
        cells = [key.beside(name) for name in (*MEASURES, CHOICE)] if key.is_measure else [key]
        for cell in cells:
            account.figures.pop(cell, None)
            account.words.pop(cell, None)
            account.sources.pop(cell, None)
            account.latest.pop(cell, None)
        account.halves -= {*cells}
        account.explained -= {*cells}

    def correct(self, run: _Consolidation) -> None:
        """Take what a run after 定稿 found."""
        self._type_in(run.typed)
        if run.returns:
            self._correct(run.returns)
            if self._recheck is not None:
                self._recheck(self.account)

    def _take_returns(self, returns: Sequence[Taken]) -> None:
        account, fresh = self.account, self._fresh(returns)
        if not fresh:
            return
        self._receive(returns)
        for key, offers in _offers(fresh).items():
            self._take_figure(key, offers)
        for said in fresh:
            words = said.content.words.items()
            self._take_words(said, {key: text for key, text in words if text and key not in account.typed})
        blanks = account.halves.union(*(said.content.halves for said in fresh))
        account.halves = frozenset(key for key in blanks if key not in account.figures and key not in account.typed)
        account.explained = account.explained.union(*(said.content.explained for said in fresh))
        account.standing = Standing.HELD
        self._adopt()

    def _receive(self, returns: Sequence[Taken]) -> None:
        """Note when the first report came."""
        came = [one.received for one in returns if one.content is not None and not self._lacks_figures(one.content)]
        if came and not self._is_reported:
            self.account.received, self._is_reported = min(came), True

    def _lacks_figures(self, content: Content) -> bool:
        """Whether a return says nothing of what its unit owes: not one figure, choice or amount."""
        return self._owes_figures and not content.figures

    def miss_figures(self) -> None:
        """A unit that owes figures and of which none is in use stands as if it had not written anything."""
        if self._has_words_alone:
            self.account.standing = self._without_words

    @property
    def _has_words_alone(self) -> bool:
        account = self.account
        return self._owes_figures and account.standing is Standing.ACCEPTED and not account.figures

    def _fresh(self, returns: Sequence[Taken]) -> list[_News]:
        """The returns of a run that say something new; how each of them ended is noted."""
        was, before = self._standing_before(returns), tuple(self._contents)
        in_conflict = {item.key for item in self.account.pending if item.kind == CONFLICT and item.key is not None}
        fresh: list[_News] = []
        for one in returns:
            if one.content is None:
                self._without_content(one)
            elif one.content in [said.content for said in fresh] or _repeats(one.content, before, was, in_conflict):
                self.account.outcomes[one.id] = Outcome.DUPLICATE
            else:
                fresh.append(self._said(one, one.content))
        return fresh

    def _said(self, one: Taken, content: Content) -> _News:
        """Note a return that says something new."""
        assert one.content is not None
        self._contents.append(one.content)
        sound = Outcome.WORDS if self._lacks_figures(one.content) else Outcome.ACCEPTED
        self.account.outcomes[one.id] = Outcome.HELD if one.content.is_doubtful else sound
        return _News(one, content)

    def _standing_before(self, returns: Sequence[Taken]) -> Standing:
        """How the unit stood; while the last return wins, as if an earlier one had not been settled."""
        was, last_wins = self.account.standing, self.ruling.last_wins
        if was is not Standing.ACCEPTED or last_wins is None:
            return was
        if any(one.received.date() > last_wins for one in returns):
            return was
        self._adopted.clear()
        return Standing.HELD

    def _without_content(self, one: Taken) -> None:
        """A return that was refused, or is held as a whole until the office says whose it is."""
        account, word = self.account, self.ruling.decided.get(one.sha256[:6])
        is_of_another = one.held and word not in (None, "不采用", "采用")
        is_held = one.held and word is None
        is_known = is_again(one.problems)
        account.outcomes[one.id] = Outcome.HELD if is_held else Outcome.DUPLICATE if is_known else Outcome.REFUSED
        if is_of_another:
            return
        is_unreported = account.standing in (Standing.MISSING, Standing.REFUSED) or self._has_words_alone
        if not is_known and is_unreported:
            self._without_words = account.standing = Standing.HELD if is_held else Standing.REFUSED
            account.problems = one.problems
            account.received = account.received or one.received
        if is_held:
            account.pending.append(whole(account.unit, one.file, one.sha256, one.problems))

    def _take_figure(self, key: Key, offers: Sequence[_Offer]) -> None:
        """Put the figures of one run's returns into a cell. What the office typed stays, and is compared at the end."""
        account = self.account
        if key in account.typed:
            return
        standing = account.figures.get(key)
        if key in self._adopted and standing is not None and not isinstance(standing, Doubt):
            for offer in offers:
                self._ask_for_correction(key, standing, offer)
            return
        account.ask_no_more(key)
        figure, by = offers[0].figure, offers[0].by
        distinct = list(dict.fromkeys(offer.figure for offer in offers))
        if len(distinct) > 1:
            figure = Doubt(" / ".join(shown(one) for one in distinct))
            self._hold(offers)
            files = "；".join(offer.by.file for offer in offers)
            account.ask(CONFLICT, key, "", figure.seen, files, "同时收到两份，数字不同；请与单位核实后选一个。")
        elif isinstance(figure, Doubt):
            account.ask(DOUBTFUL, key, "", figure.seen, by.file, doubted("数字存疑，没有计入", figure.seen))
        self._put(key, figure, offers[0].said.source)

    def _put(self, key: Key, figure: Figure, source: Source) -> None:
        """Put a figure into use. One that stands already, as sound or in doubt as it is, keeps the source that brought
        it first; one that comes back after another has its own."""
        account, was = self.account, self.account.figures.get(key)
        if key not in account.sources or was != figure:
            account.sources[key] = source
        account.figures[key], account.latest[key] = figure, source

    def _ask_for_correction(self, key: Key, standing: Figure, offer: _Offer) -> None:
        """What differs from a figure that was adopted waits."""
        if shown(offer.figure) == shown(standing):
            return
        self.account.outcomes[offer.by.id] = Outcome.HELD
        self._differs.setdefault(offer.by.id, set()).add(key)
        told = [one.message for one in offer.by.problems if one.code == OTHER_FIGURES_AGAIN.code]
        reason = one_line(offer.said.content.words.get(key.beside(EXPLANATION), "")).strip(" 。")[:_QUOTED]
        told += [f"来件写的原因：{reason}"] if reason else []
        advice = "。".join(["与已采用的不同，仍用原数；请与单位核实后选一个", *told, ""])
        self.account.ask(CORRECTION, key, shown(standing), shown(offer.figure), offer.by.file, advice)

    def _hold(self, offers: Iterable[_Offer]) -> None:
        """Returns that contradict each other are 待核, all of them."""
        for offer in offers:
            self.account.outcomes[offer.by.id] = Outcome.HELD

    def _adopt(self) -> None:
        """A unit of which nothing is in doubt is 已采用, and so are its figures."""
        if not self.account.is_in_doubt:
            self.account.standing = Standing.ACCEPTED
            self._adopted |= self.account.figures.keys()

    def _correct(self, returns: Sequence[Taken]) -> None:
        """Take the returns of a run after 定稿. Where two of them differ, neither corrects anything; one that was
        taken before takes back what was corrected since, and nothing else."""
        fresh = self._corrections(returns)
        for said in fresh:
            self._corrected |= {*said.content.figures, *said.content.words}
        for key, offers in _offers(fresh).items():
            self._correct_figure(key, offers)
        for said in fresh:
            self._take_words(said, said.content.words)

    def _correct_figure(self, key: Key, offers: Sequence[_Offer]) -> None:
        """Put what came after 定稿 in the place of a figure; what is in doubt, or half of a ratio, waits beside it."""
        account, (figure, said) = self.account, offers[0]
        account.ask_no_more(key)
        used, files = shown(account.figures.get(key)), "；".join(offer.by.file for offer in offers)
        seen = dict.fromkeys(shown(offer.figure) for offer in offers)
        if len(seen) > 1:
            self._hold(offers)
            advice = "定稿后同时收到两份，数字不同，仍用原数；请与单位核实后选一个。"
            account.ask(CONFLICT, key, used, " / ".join(seen), files, advice)
        elif isinstance(figure, Doubt) or any(half.row == key.row for half in said.content.halves):
            advice = doubted("定稿后的更正存疑，仍用原数", shown(figure))
            account.ask(DOUBTFUL, key, used, shown(figure), files, advice)
        else:
            self._put(key, figure, said.source)

    def _take_words(self, said: _News, words: Mapping[Key, str]) -> None:
        """Put words in use; of one that was chosen instead of a figure it is known where it came from."""
        for key, text in words.items():
            wrote = self._wrote.setdefault(key, {})
            wrote[said.by.sender] = text
            self.account.words[key] = _of_each(wrote) if key.is_of_project else text
        self.account.latest.update((key, said.source) for key in words if key.is_choice)

    def settle_choices(self) -> None:
        """Take out what stands beside 本期不涉及 in a row, and the words chosen in rows of which the figure in use came
        otherwise, or is none any more; what the office chose beside a figure stays, to be seen."""
        account = self.account
        for key in [key for key, figure in account.figures.items() if figure == NOT_APPLICABLE]:
            for other in (key.beside(measure) for measure in MEASURES if measure != key.name):
                account.figures.pop(other, None)
                account.sources.pop(other, None)
                account.latest.pop(other, None)
        for key in [key for key in account.words if key.is_choice]:
            measures = [key.beside(measure) for measure in MEASURES]
            came_otherwise = {account.latest.get(one) for one in measures} - {None, account.latest.get(key)}
            is_for_the_office = key in account.typed and any(one in account.figures for one in measures)
            if came_otherwise and not is_for_the_office:
                del account.words[key], account.latest[key]

    def _corrections(self, returns: Sequence[Taken]) -> list[_News]:
        """The returns of a run after 定稿 that change something; how each of them ended is noted."""
        account, fresh = self.account, []
        for one in returns:
            if one.content is None:
                account.outcomes[one.id] = Outcome.HELD if one.held else Outcome.REFUSED
                if one.held:
                    account.pending.append(whole(account.unit, one.file, one.sha256, one.problems))
                continue
            is_known = one.content in self._contents
            content = one.content.only(self._corrected) if is_known else one.content
            if is_known and _stands(account, content):
                account.outcomes[one.id] = Outcome.DUPLICATE
            else:
                fresh.append(self._said(one, content))
        return fresh

    def _type_in(self, typed: Sequence[Typed]) -> None:
        """Put what the office typed over what was returned."""
        account = self.account
        for entry in typed:
            account.typed.add(entry.key)
            source = Source(OFFICE, entry.seen_at, who=entry.who)
            if entry.key.is_figure:
                self._type_figure(entry, source)
            else:
                account.latest[entry.key] = source
                account.words[entry.key] = _as_words(entry)
                account.ask_no_more(entry.key)
        if account.standing is Standing.HELD and (account.figures or account.words):
            self._adopt()

    def _type_figure(self, entry: Typed, source: Source) -> None:
        """Put a figure that the office typed into its cell; one that it cleared is none."""
        account, key, value = self.account, entry.key, entry.value
        others = [item for item in account.pending if item.key == key and item.kind == CORRECTION and entry.decided]
        account.ask_no_more(key)
        for item in others:  # one of several corrections was settled; the others still wait
            if item.id not in self.ruling.decided and item.other != shown(value):
                account.ask(CORRECTION, key, shown(value), item.other, item.file, item.advice)
        account.halves -= {key}
        if value is None:
            account.figures.pop(key, None)
            account.sources[key] = account.latest[key] = source
        else:
            self._put(key, value, source)
        if isinstance(value, Doubt):
            account.ask(DOUBTFUL, key, "", value.seen, OFFICE, "台账里填的不是可用的数字；请改填数字。")

    def compare_typed(self, typed: Sequence[Typed], taken: Sequence[Taken]) -> None:
        """A return that came with or after what the office typed, and differs from it, waits."""
        latest = {entry.key: entry for entry in typed}
        for entry in typed:
            for one in taken:
                figure = one.content.figures.get(entry.key) if one.content and one.run >= entry.run else None
                if figure is None or self.account.outcomes[one.id] is Outcome.DUPLICATE:
                    continue
                if shown(figure) == shown(entry.value):
                    self._agrees(entry, one)
                else:
                    self._differs.setdefault(one.id, set()).add(entry.key)
                    self.account.outcomes[one.id] = Outcome.HELD
                    if entry is latest[entry.key]:
                        self._ask_about_typed(entry, figure, one)

    def _agrees(self, entry: Typed, one: Taken) -> None:
        """A return that says what the office typed, and differs in nothing else, is 已采用."""
        differs = self._differs.setdefault(one.id, set())
        differs.discard(entry.key)
        if not differs and one.content is not None and not one.content.is_doubtful:
            self.account.outcomes[one.id] = Outcome.ACCEPTED

    def _ask_about_typed(self, entry: Typed, figure: Figure, one: Taken) -> None:
        """Which counts, the typed figure or the returned one; not where the same figure waits as a correction."""
        key, other = entry.key, shown(figure)
        corrections = (item for item in self.account.pending if item.kind == CORRECTION)
        if not any(item.key == key and item.other == other for item in corrections):
            advice = "现用台账数；请与单位核实后选一个。"
            self.account.ask(TYPED, key, shown(entry.value), other, one.file, advice)


def _as_words(entry: Typed) -> str:
    """What the office typed into a cell of words; a formula there is in doubt."""
    if isinstance(entry.value, Doubt) and not entry.key.is_choice:
        return entry.value.text
    return shown(entry.value)


def _of_each(wrote: Mapping[str, str]) -> str:
    """The words of each that wrote some, named where they differ."""
    texts = list(dict.fromkeys(text for text in wrote.values() if text))
    return "；".join(f"{name}：{text}" for name, text in wrote.items() if text) if len(texts) > 1 else "".join(texts)


def _repeats(content: Content, contents: Sequence[Content], was: Standing, in_conflict: "set[Key]") -> bool:
    """Whether a return repeats one of those taken before; what repeats one of two that differ answers the question."""
    if content not in contents or not in_conflict.isdisjoint(content.figures):
        return False
    return was is Standing.ACCEPTED or content == contents[-1]


def _stands(account: UnitAccount, content: Content) -> bool:
    """Whether all that a return says is what stands."""
    figures = all(account.figures.get(key) == figure for key, figure in content.figures.items())
    return figures and all(account.words.get(key) == text for key, text in content.words.items())
