"""Proofread: every number of a circular that was mended by hand, against the account of its period.

A number belongs to what its sentence (or row) names: an indicator by code or name, a project, a unit; a sentence that
names nothing speaks of what its paragraph named last, or of the whole county. It agrees if something that is known of
that is the same number, rounded as one may.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.numbers import rounded
from minsheng_xl.ledger.period import account_of
from minsheng_xl.memory.claims import ClaimSort, StatedNumber, blank, claims_in, plain_text
from minsheng_xl.memory.known import TO_TARGET, KnownNumber, Subject, before_of, county_of_all, subjects_of
from minsheng_xl.papers.reading import read
from minsheng_xl.plan.period import Period
from minsheng_xl.published.paper import Document, TextBlock
from minsheng_xl.telling.circular import parts_of
from minsheng_xl.telling.notices import circular_of
from minsheng_xl.year.folder import Year

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_CERTIFIED = "认定"
_EARLIER = re.compile(r"上期|上月|上个月|上季|较\d+月|比\d+月|\d+月份")
_SAME = {"家": "个", "处": "个", "所": "个"}
_COUNTING = frozenset("项个期名户张人辆座公条场")
_LISTED = frozenset("项个家")
_NOWHERE = 1 << 30
_WANTING = "差"
"""What is wanting is that to the target, and no other difference."""
_SIDES = r"(?<![0-9A-Za-z-]){}(?![0-9A-Za-z-])"


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


class _NamedText(NamedTuple):
    """A text without the names and codes in it, where each begins, and how many codes there are."""

    rest: str
    places: Mapping[str, int]
    codes: int


class Proofreader:
    """The subjects of an account, against which documents are held."""

    def __init__(self, account: PeriodAccount) -> None:
        self._county, self._before, self._subjects = county_of_all(account), before_of(account), subjects_of(account)
        self._by_code: dict[str, Subject] = {}
        for one in self._subjects:
            self._by_code |= dict.fromkeys(one.codes, one)
        names = {account.plan.settings.title}.union(*(one.names for one in self._subjects))
        codes = sorted(self._by_code, key=len, reverse=True)
        self._names = [(name, plain_text(name)) for name in sorted(names, key=len, reverse=True)]
        self._codes = [(code, re.compile(_SIDES.format(re.escape(code)))) for code in codes]
        self._learn(account)

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

    def _learn(self, account: PeriodAccount) -> None:
        """What our own circular states is known of what its sentences name."""
        circular = circular_of(account)
        for line in chain.from_iterable(chapter.lines for chapter in circular.chapters):
            self._hear(line, line)
        for table in filter(None, (part.table for part in parts_of(account, circular))):
            heads = [column.head for column in table.columns]
            for row in table.rows:
                self._hear(_in_row(heads, row))

    def _hear(self, text: str, line: str = "") -> None:
        """Know what a text of ours states of what it names; `line` is quoted where it is asked what stands there."""
        subjects = _closest(self._named(self._seen(text))) or [self._county]
        for subject in subjects:
            subject.said.extend(filter(None, [line]))
        for sentence in _SENTENCE.findall(text):
            claims, _ = self._claims(self._seen(sentence))
            is_certified = _CERTIFIED in sentence
            known = [KnownNumber(one.sort, one.value, stated=one, is_certified=is_certified) for one in claims]
            for subject in subjects:
                subject.known.extend(known)

    def _named(self, seen: _NamedText) -> list[Subject]:
        """What a text names, in that order, a name that is part of a longer one left out."""
        first = [(_first(one, seen.places), one) for one in self._subjects]
        return [one for place, one in sorted(first, key=lambda pair: pair[0]) if place < _NOWHERE]

    @staticmethod
    def _claims(seen: _NamedText) -> tuple[list[StatedNumber], Counter[str]]:
        """The numbers of a text, its codes and those in names left out."""
        claims, others = claims_in(seen.rest)
        return claims, others + Counter({"编码": seen.codes} if seen.codes else {})

    def _seen(self, text: str) -> _NamedText:
        """What a text names."""
        rest, places, codes = plain_text(text), dict[str, int](), 0
        for name, plain in self._names:
            place = rest.find(plain)
            if place >= 0:
                places[name] = place
                rest = rest.replace(plain, blank(plain))
        for code, pattern in self._codes:
            found = pattern.search(rest)
            if found is not None:
                places[code] = found.start()
                rest, count = pattern.subn(blank(code), rest)
                codes += count
        return _NamedText(rest, places, codes)

    def _paragraph(self, where: str, sentences: Sequence[str]) -> Proofread:
        """A paragraph, sentence by sentence."""
        wrong: list[Disagreement] = []
        agreed, others, before = 0, Counter[str](), list[Subject]()
        for sentence in sentences:
            seen = self._seen(sentence)
            mine = self._named(seen)
            before += [one for one in mine if one not in before]
            subjects = mine or before or [self._county]
            claims, apart = self._claims(seen)
            others += apart
            of_each = _respectively(sentence, claims, mine)
            for claim in claims:
                if self._is_known(claim, sentence, of_each.get(claim.begins, subjects), mine):
                    agreed += 1
                else:
                    now = "；".join(dict.fromkeys(one.now(claim.sort) for one in subjects))
                    wrong.append(Disagreement(where, sentence.strip(), claim.text, now))
        return Proofread(tuple(wrong), agreed, others, ())

    def _is_known(
        self, claim: StatedNumber, sentence: str, subjects: Sequence[Subject], mine: Sequence[Subject]
    ) -> bool:
        """Whether a number agrees with what is known of what its sentence is about; else with what is known within it,
        or of the county; or counts what the sentence lists."""
        is_certified = _CERTIFIED in sentence
        known = [*chain.from_iterable(one.known for one in subjects)]
        if _EARLIER.search(sentence):
            known += self._before
        if _agrees(claim, known, is_certified=is_certified):
            return True
        if claim.sort is ClaimSort.PLAIN and claim.behind[:1] in _LISTED and claim.value == len(mine) > 1:
            return True
        if _in_the_same_words(claim, known):
            return False
        codes = chain.from_iterable(one.within for one in subjects)
        further = [*chain.from_iterable(self._by_code[code].known for code in codes)]
        if not mine or claim.behind[:1] in _LISTED:
            further += self._county.known
        return _agrees(claim, further, is_certified=is_certified)


def _first(subject: Subject, places: Mapping[str, int]) -> int:
    """Where a text names a subject first; beyond every text where it does not."""
    return min((places[one] for one in (*subject.names, *subject.codes) if one in places), default=_NOWHERE)


def _respectively(
    sentence: str, claims: Sequence[StatedNumber], subjects: Sequence[Subject]
) -> dict[int, list[Subject]]:
    """Where as many numbers of a sort follow 分别 as there are subjects: of which each is."""
    _, word, behind = plain_text(sentence).partition("分别")
    begins = len(plain_text(sentence)) - len(behind)
    found: dict[int, list[Subject]] = {}
    for sort in ClaimSort:
        mine = [one for one in claims if one.sort is sort and one.begins >= begins]
        if word and len(mine) == len(subjects) > 1:
            found |= {claim.begins: [subject] for claim, subject in zip(mine, subjects, strict=True)}
    return found


def _closest(subjects: Sequence[Subject]) -> list[Subject]:
    """Of what a sentence of ours names what it is about: the indicators, if it names any."""
    return [one for one in subjects if one.codes] or list(subjects)


def _agrees(claim: StatedNumber, known: Sequence[KnownNumber], *, is_certified: bool) -> bool:
    """Whether a number is one that is known: where we state one in the same words, that one."""
    alike = [one for one in known if one.sort is claim.sort and _is_counted_alike(claim, one)]
    if claim.before.endswith(_WANTING):
        alike = [one for one in alike if _is_wanting(one)]
    stated = _in_the_same_words(claim, alike)
    stated = [one for one in stated if one.is_certified is is_certified] or stated
    if not stated:
        return any(claim.agrees(one.value) for one in alike)
    if any(claim.agrees(one.value) for one in stated):
        return True
    exact = [one.value for one in alike if one.stated is None and claim.agrees(one.value)]
    return any(_is_printed_as(value, one) for value, one in product(exact, stated))


def _is_wanting(known: KnownNumber) -> bool:
    """Whether a number is what lacks to a target."""
    is_stated = known.stated is not None and known.stated.before.endswith(_WANTING)
    return is_stated or _WANTING in known.words or known.words.startswith(TO_TARGET)


def _is_counted_alike(claim: StatedNumber, known: KnownNumber) -> bool:
    """Whether a number is counted in what is known: 3期 are not 3项; words that count nothing say nothing."""
    measure = known.measure or (known.stated.behind if known.stated is not None else "")
    mine, theirs = (_SAME.get(text[:1], text[:1]) for text in (claim.behind, measure))
    is_counted = claim.sort is ClaimSort.PLAIN and mine in _COUNTING and theirs != ""
    return not is_counted or mine == theirs


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


