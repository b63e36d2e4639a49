"""Proofread: every number of a circular that was mended by hand, against the account of its period.

A number belongs to what its sentence (or row) names: an indicator by code or name, a project, a unit; a sentence that
names nothing speaks of what its paragraph named last, or of the whole county. It agrees if something that is known of
that is the same number, rounded as one may.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

from minsheng_xl.accounts.certified import verdicts_of
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import ranks_of, streak_of
from minsheng_xl.exact.numbers import grouped, plain, rounded
from minsheng_xl.figures.progress import IndicatorProgress, percent_text, progress_of
from minsheng_xl.ledger.period import account_of
from minsheng_xl.memory.claims import ClaimSort, StatedNumber, blank, claims_in, plain_text
from minsheng_xl.papers.reading import read
from minsheng_xl.plan.model import Kind
from minsheng_xl.plan.period import Period
from minsheng_xl.published.paper import Document, TextBlock
from minsheng_xl.telling.circular import parts_of
from minsheng_xl.telling.notices import circular_of
from minsheng_xl.year.folder import Year

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_CERTIFIED = "认定"
_SIDES = r"(?<![0-9A-Za-z-]){}(?![0-9A-Za-z-])"


class KnownNumber(NamedTuple):
    """A number that the account knows of a subject, and what it is, in words; "" where a sentence of ours states it."""

    sort: ClaimSort
    value: Fraction
    words: str = ""
    stated: StatedNumber | None = None
    """How a sentence of ours states it."""
    is_certified: bool = False
    """Whether that sentence speaks of what was certified."""


class Subject(NamedTuple):
    """What a sentence can speak of: how it is called, what is known of it, and what we say of it ourselves."""

    title: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    known: list[KnownNumber]
    said: list[str]

    def now(self, sort: ClaimSort) -> str:
        """What stands there now: our own sentence, else the numbers of a sort."""
        if self.said:
            return self.said[0]
        told = dict.fromkeys(one.words for one in self.known if one.sort is sort and one.words)
        return f"{self.title}：{'，'.join(told)}" if told else self.title


class Disagreement(NamedTuple):
    """A number that agrees nowhere: where it stands, its sentence, the number, what stands there now."""

    where: str
    sentence: str
    number: str
    now: str


class Proofread(NamedTuple):
    """What came of it: the numbers that agree nowhere, how many agree, how many are none of ours by what they are, and
    what could not be read of the file."""

    wrong: tuple[Disagreement, ...]
    agreed: int
    others: Counter[str]
    left_out: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "wrong": [one._asdict() for one in self.wrong], "agreed": self.agreed, "others": dict(self.others),
            "left_out": list(self.left_out),
        }


def proofread(year: Year, path: Path, period: Period) -> Proofread:
    """Compare every number of a document with the account of a period. Raises MinshengError if it cannot be read."""
    account = account_of(year.plan_of(period), year.register, period)
    return Proofreader(account).compared(read(path))


def _paragraphs(document: Document) -> Iterator[tuple[str, list[str]]]:
    """The paragraphs and rows of a document, each as its sentences, with where it stands."""
    number = tables = 0
    for block in document.blocks:
        if isinstance(block, TextBlock):
            for line in filter(str.strip, block.text.split("\n")):
                number += 1
                yield f"第{number}段", _SENTENCE.findall(line)
            continue
        tables += 1
        heads = [place.text for place in block.rows[0]]
        for at, places in enumerate(block.rows[1:], 2):
            yield f"表{tables}第{at}行", [_in_row(heads, [place.text for place in places])]


def _in_row(heads: Sequence[str], texts: Sequence[str]) -> str:
    """A row of a table as a sentence, each text behind the head of its column."""
    cells = (f"{head}：{text}" for head, text in zip(heads, texts, strict=False) if text)
    return "｜".join(cells).replace("\n", " ")


class Proofreader:
    """The subjects of an account, against which documents are held."""

    def __init__(self, account: PeriodAccount) -> None:
        self._account, self._plan = account, account.plan
        self._county = Subject(account.plan.settings.region, (), (), [], [])
        self._subjects = [*_indicators(account), *_projects(account), *_units(account)]
        names = {account.plan.settings.title}.union(*(one.names for one in self._subjects))
        self._names = sorted(names, key=len, reverse=True)
        self._codes = sorted(chain.from_iterable(one.codes for one in self._subjects), key=len, reverse=True)
        self._learn()

    def compared(self, document: Document) -> Proofread:
        """The numbers of a document against the account."""
        wrong: list[Disagreement] = []
        agreed, others = 0, Counter[str]()
        for where, pieces in _paragraphs(document):
            found = self._paragraph(where, pieces)
            wrong += found.wrong
            agreed += found.agreed
            others += found.others
        return Proofread(tuple(wrong), agreed, others, document.left_out)

    def _learn(self) -> None:
        """What our own circular states is known of what its sentences name."""
        for chapter in circular_of(self._account).chapters:
            for line in chapter.lines:
                self._hear(line, line)
        for part in parts_of(self._account):
            for row in part.table.rows if part.table is not None else ():
                heads = [column.head for column in part.table.columns] if part.table is not None else []
                self._hear(_in_row(heads, row))

    def _hear(self, text: str, line: str = "") -> None:
        """Know what a text of ours states of what it names; `line` is quoted where it is asked what stands there."""
        subjects = _closest(self._named(text)) or [self._county]
        for subject in subjects:
            subject.said.extend(filter(None, [line]))
        for sentence in _SENTENCE.findall(text):
            claims, _ = self._claims(sentence)
            is_certified = _CERTIFIED in sentence
            known = [KnownNumber(one.sort, one.value, stated=one, is_certified=is_certified) for one in claims]
            for subject in subjects:
                subject.known.extend(known)

    def _named(self, text: str) -> list[Subject]:
        """What a text names, a name that is part of a longer one left out."""
        rest, found = plain_text(text), list[str]()
        for name in self._names:
            if plain_text(name) in rest:
                found.append(name)
                rest = rest.replace(plain_text(name), "　")
        return [one for one in self._subjects if _is_named(one, found, rest)]

    def _claims(self, text: str) -> tuple[list[StatedNumber], Counter[str]]:
        """The numbers of a text, its codes and those in names left out."""
        rest = plain_text(text)
        for name in self._names:
            rest = rest.replace(plain_text(name), blank(plain_text(name)))
        codes = 0
        for code in self._codes:
            rest, count = re.subn(_SIDES.format(re.escape(code)), blank(code), rest)
            codes += count
        claims, others = claims_in(rest)
        return claims, others + Counter({"编码": codes} if codes else {})

    def _paragraph(self, where: str, sentences: Sequence[str]) -> Proofread:
        """A paragraph, sentence by sentence."""
        wrong: list[Disagreement] = []
        agreed, others, before = 0, Counter[str](), list[Subject]()
        for sentence in sentences:
            mine = self._named(sentence)
            before = mine or before
            subjects = mine or [*before, self._county]
            claims, apart = self._claims(sentence)
            known = [*chain.from_iterable(one.known for one in subjects)]
            others += apart
            for claim in claims:
                if _agrees(claim, known, is_certified=_CERTIFIED in sentence):
                    agreed += 1
                else:
                    now = "；".join(dict.fromkeys(one.now(claim.sort) for one in subjects))
                    wrong.append(Disagreement(where, sentence.strip(), claim.text, now))
        return Proofread(tuple(wrong), agreed, others, ())


def _closest(subjects: Sequence[Subject]) -> list[Subject]:
    """Of what a sentence of ours names what it is about: the indicators, if it names any."""
    return [one for one in subjects if one.codes] or list(subjects)


def _agrees(claim: StatedNumber, known: Sequence[KnownNumber], *, is_certified: bool) -> bool:
    """Whether a number is one that is known: where we state one in the same words, that one."""
    alike = [one for one in known if one.sort is claim.sort]
    stated = _in_the_same_words(claim, alike)
    stated = [one for one in stated if one.is_certified is is_certified] or stated
    if not stated:
        return any(claim.agrees(one.value) for one in alike)
    if any(claim.agrees(one.value) for one in stated):
        return True
    exact = [one.value for one in alike if one.stated is None and claim.agrees(one.value)]
    return any(_is_printed_as(value, one) for value, one in product(exact, stated))


def _in_the_same_words(claim: StatedNumber, known: Sequence[KnownNumber]) -> list[KnownNumber]:
    """What we state with the same words before and behind it; else with the same behind, else with the same before."""
    stated = [(one, one.stated) for one in known if one.stated is not None]
    both = [one for one, said in stated if (said.before, said.behind) == (claim.before, claim.behind)]
    if both and (claim.before or claim.behind):
        return both
    behind = [one for one, said in stated if len(claim.behind) > 1 and said.behind == claim.behind]
    before = [one for one, said in stated if len(claim.before) > 1 and said.before == claim.before]
    return behind or before


def _is_printed_as(value: Fraction, known: KnownNumber) -> bool:
    """Whether a number that we state is this one, rounded."""
    return known.stated is not None and rounded(value, known.stated.places) == known.value


def _is_named(subject: Subject, names: Sequence[str], rest: str) -> bool:
    if any(name in names for name in subject.names):
        return True
    return any(re.search(_SIDES.format(re.escape(code)), rest) for code in subject.codes)


def _indicators(account: PeriodAccount) -> Iterator[Subject]:
    county = progress_of(account.plan, account.period, account.entries())
    verdicts = {one.row.indicator.code: one for one in verdicts_of(account, county)}
    for row in county.indicators:
        indicator, said = row.indicator, verdicts.get(row.indicator.code)
        known = list(_of_row(account, row))
        if said is not None:
            known += _figure(indicator.kind, "认定", said.said.figure)
            known += _stated(said.text)
        yield Subject(f"{indicator.code} {indicator.name}", (indicator.name,), (indicator.code,), known, [])


def _of_row(account: PeriodAccount, row: IndicatorProgress) -> Iterator[KnownNumber]:
    """What is known of an indicator."""
    indicator, terms, code = row.indicator, row.terms, row.indicator.code
    shares = (("完成率", row.rate), ("序时", row.pace))
    for name, share in shares:
        if share is not None:
            yield KnownNumber(ClaimSort.PERCENT, share * 100, f"{name}{percent_text(share)}")
    if row.deviation is not None:
        yield KnownNumber(ClaimSort.POINTS, abs(row.deviation) * 100, f"偏差{row.deviation_text}")
    before = account.year_before.values.get(code) if account.year_before is not None else None
    for name, value in (
        ("本期累计", row.value), ("目标", terms.target), ("年初数", indicator.opening), ("上期累计", account.before.get(code)),
        ("上年同期", before),
    ):
        yield from _figure(indicator.kind, name, value)
    for name, part in (("分子", row.numerator), ("分母", row.denominator)):
        yield from _figure(Kind.CUMULATIVE, name, part)
    last = account.before.get(code)
    if row.value is not None and isinstance(last, Fraction) and indicator.kind is not Kind.RATIO:
        yield KnownNumber(ClaimSort.PLAIN, row.value - last, f"本期新增{grouped(plain(row.value - last))}")
    for text in (row.rate_text, row.share_text, row.missing_text, streak_of(account, row).words):
        yield from _stated(text)


def _figure(kind: Kind, name: str, value: object) -> Iterator[KnownNumber]:
    if isinstance(value, Fraction):
        if kind is Kind.RATIO:
            yield KnownNumber(ClaimSort.PERCENT, value * 100, f"{name}{percent_text(value)}")
        else:
            yield KnownNumber(ClaimSort.PLAIN, value, f"{name}{grouped(plain(value))}")


def _stated(text: str) -> Iterator[KnownNumber]:
    """The numbers of a text of ours."""
    for claim in claims_in(text)[0]:
        yield KnownNumber(claim.sort, claim.value, text)


def _projects(account: PeriodAccount) -> Iterator[Subject]:
    county = progress_of(account.plan, account.period, account.entries())
    for one in county.projects:
        averages = one.averages
        counts = (one.project.no, averages.met, averages.reported, averages.held, averages.counted, len(one.indicators))
        known = [KnownNumber(ClaimSort.PLAIN, Fraction(number)) for number in counts]
        for text in (averages.average_all_text, averages.average_reported_text, one.lights):
            known += _stated(text)
        yield Subject(one.project.name, (one.project.name,), (), known, [])


def _units(account: PeriodAccount) -> Iterator[Subject]:
    county = progress_of(account.plan, account.period, account.entries())
    ranks = {one.unit: one for one in ranks_of(account, county)}
    for unit in account.plan.units:
        known, rank = list[KnownNumber](), ranks.get(unit.name)
        if rank is not None:
            counts = (rank.rank, rank.owed, rank.judged, rank.reported, rank.met, rank.good, rank.lagging)
            known += [KnownNumber(ClaimSort.PLAIN, Fraction(count)) for count in counts if count is not None]
            for text in (rank.average_all_text, rank.average_reported_text, rank.remark):
                known += _stated(text)
            if rank.share is not None:
                known.append(KnownNumber(ClaimSort.PERCENT, rank.share * 100, f"占比{percent_text(rank.share)}"))
        names = tuple(name for name in (unit.name, *unit.aliases) if len(name) > 1)
        yield Subject(unit.name, names, (), known, [])
