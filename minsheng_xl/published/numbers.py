"""The numbers of a sentence: every one with its place, those that are quantities with measure and comparator."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, zip_longest
from typing import NamedTuple

from minsheng_xl.plan.model import Comparator
from minsheng_xl.published.lexicon import (
    AFTER,
    APPROACHES,
    BEFORE,
    EACH,
    LIMITS,
    LISTED_TIME,
    MEASURES,
    NEAR,
    PAIRED,
    PEOPLE,
    PER,
    STANDARD_IS_TARGET,
    TIME_AFTER,
    TIME_HEAD,
    TIMES,
    USES,
    WITHIN,
    WORDS_WITH_NUMERALS,
    ZERO,
    MeasureWord,
)
from minsheng_xl.published.numerals import CHINESE, DIGITS, SHARE, number, share
from minsheng_xl.published.sentence import Use

PERCENT = "%"
ZERO_MEASURE = "零"
"""The measure of a target of none that is a word (零事故)."""
_SHAPES = re.compile(rf"(?P<share>{SHARE.pattern})|(?P<digits>{DIGITS})|(?P<zero>{ZERO})|(?P<chinese>{CHINESE})")
_QUOTED = re.compile(r"“[^”]{1,30}”|「[^」]{1,30}」|‘[^’]{1,20}’|\"[^\"]{1,30}\"|《[^》]{1,60}》|＂[^＂]{1,30}＂")
_NO_NUMBER = re.compile(f"{WORDS_WITH_NUMERALS}|{PAIRED}")
_RANGE = re.compile(r"\s*[-—–~～至]\s*\Z")
_USES = tuple(
    (one.use, re.compile(f"(?:{one.before})\\Z"), re.compile(f"(?:{one.itself})\\Z"), re.compile(one.after), one)
    for one in USES
)
_BEFORE = {one.word: one for one in sorted(BEFORE, key=lambda one: -len(one.word))}
_AFTER = {one.word: one for one in AFTER}
_APPROACHES = {one.word: one.how for one in sorted(APPROACHES, key=lambda one: -len(one.word))}
_MISREAD = re.compile(
    r"(?<![A-Za-z\d])(?=[\dOoIl|]*\d)(?=\d*[OoIl|])[\dOoIl|]{2,}(?:\.\d+)?(?![A-Za-z])|(?<![A-Za-z\d])[OoIl|]\.\d+"
)
_SHORT = "|".join(one.written for one in MEASURES if len(one.written) == 1 and not one.written.isascii())
_LONE_SLIP = re.compile(rf"(?<=[\u4e00-\u9fff])[lI|](?=\s*(?:{_SHORT}))")
_ZERO = re.compile(ZERO)
_FAR = 200
"""How many signs before a number may say what it is."""
_BROKEN = re.compile(r"(?<=\d)[。．](?=\d)")


class Mention(NamedTuple):
    """A number where it stands. `start` and `end` are those of its whole phrase (不少于 … 张以上), `at` where the number
    itself begins. `use` is None for a quantity; then `value` is in the measure a clerk enters in, of a share a
    fraction. `unclear` are the words that leave the comparator open, `misread` says that signs may be mistaken ones.
    """

    start: int
    end: int
    at: int
    text: str
    value: Fraction | None
    use: Use | None = None
    measure: str = ""
    decimals: int = 0
    comparator: Comparator | None = None
    approach: str = ""
    unclear: str = ""
    is_misread: bool = False
    up_to: Fraction | None = None
    """The other end, where it is a range."""
    is_share: bool = False


def _bare(start: int, end: int, text: str, value: Fraction | None) -> Mention:
    """A number without what stands around it."""
    return Mention(start=start, end=end, at=start, text=text, value=value)


def plain_signs(text: str) -> str:
    """A text sign for sign, those of full width as the usual ones: places in it stay places."""
    return "".join(_usual(sign) for sign in text)


def _usual(sign: str) -> str:
    if sign in "，。；：！？（）％、“”‘’｜":
        return sign
    usual = unicodedata.normalize("NFKC", sign)
    return usual if len(usual) == 1 else sign


def mentions(text: str) -> tuple[Mention, ...]:
    """Every number of a text, in order."""
    signs = plain_signs(text)
    return tuple(_listed_standards(signs, _ranges(signs, list(_each(signs)))))


def _listed_standards(signs: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Amounts in a list with one that each gets (户均补助分别为1.2万元、2.6万元) are that too."""
    before: Mention | None = None
    for one in found:
        is_listed = before is not None and before.use is Use.STANDARD and one.measure in ("元", "万元")
        if is_listed and before is not None and re.fullmatch(r"万?元?[、和]", signs[before.end:one.start]):
            before = one._replace(use=Use.STANDARD, start=one.at)
        else:
            before = one
        yield before


def _each(signs: str) -> Iterator[Mention]:
    quoted = [found.span() for found in _QUOTED.finditer(signs)]
    silent = [found.span() for found in _NO_NUMBER.finditer(signs)]
    end = 0
    for found in _found(signs):
        start, stop, _, misread = found
        if start < end or (not signs[start].isdigit() and not misread and _within(silent, start)):
            continue
        mention = _mention(signs, found, is_quoted=_within(quoted, start))
        if mention is not None:
            times = mention.use is not None and signs[stop:stop + 1] in ("万", "亿", "千", "百")
            end = max(stop + times, mention.end)  # 每10万人: what multiplies a number is no other one
            yield mention._replace(is_misread=misread)


def _found(signs: str) -> list[tuple[int, int, Fraction | None, bool]]:
    """Start, end, value of every run that is a number, and whether it may be a slip of reading by machine."""
    mended = _BROKEN.sub(".", signs)
    found_slips = chain(_MISREAD.finditer(mended), _LONE_SLIP.finditer(mended))
    slips = {found.start(): found for found in found_slips}
    runs, spans = [], [slip.span() for slip in slips.values()]
    for found in _SHAPES.finditer(mended):
        if _within(spans, found.start()):
            continue
        is_share = found["share"] is not None
        value = share(found) if is_share else number(found[0])
        runs.append((found.start(), found.end(), value, "。" in signs[slice(*found.span())]))
    for slip in slips.values():
        digits = slip[0].translate(str.maketrans("OoIl|", "00111"))
        runs.append((slip.start(), slip.end(), number(digits), True))
    return sorted(runs)


def _within(spans: list[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def _mention(signs: str, found: tuple[int, int, Fraction | None, bool], *, is_quoted: bool) -> Mention | None:
    """What one number is; None for a numeral that is part of a word."""
    start, end, value, _ = found
    text = signs[start:end]
    is_slip = found[3] and signs[end:end + 1] in ("%", "％")
    if is_slip and value is not None:
        end, value = end + 1, value / 100
    bare = _bare(start, end, text, value)
    is_share = is_slip or SHARE.fullmatch(text.replace("。", ".")) is not None
    if is_quoted:
        return bare._replace(use=Use.NAME)
    if _ZERO.match(signs, start):
        return bare._replace(value=Fraction(0), measure=ZERO_MEASURE, comparator=Comparator.AT_MOST)
    use = _use(signs, start, end)
    is_money = use is Use.STANDARD and "元" in signs[end:end + 3]
    if is_money and re.search(STANDARD_IS_TARGET, signs[max(0, start - _FAR):start]):
        return _standard(signs, bare)
    if use is not None:
        return bare._replace(use=use)
    if is_share:
        places = 2 if value is not None and (value * 100).denominator > 1 else 0
        return _with_words(signs, bare._replace(measure=PERCENT, is_share=True, decimals=places))
    if re.match(TIME_AFTER, signs[end:]) and not _is_time_target(signs, bare):
        return bare._replace(use=Use.SPAN)
    measured = _measured(signs, bare)
    is_within = measured is not None and measured.measure in LIMITS and re.match(WITHIN, signs[measured.end:])
    if is_within and not _is_time_target(signs, bare):
        return bare._replace(use=Use.SPAN)
    if measured is not None:
        said = _with_words(signs, measured)
        return said._replace(measure=_for_each(signs, said)) if measured.measure == "元" and said.approach else said
    if text[0].isdigit():
        return _with_words(signs, bare)
    return bare._replace(use=Use.NAME) if len(text) == 1 or value is None else _with_words(signs, bare)


def _use(signs: str, start: int, end: int) -> Use | None:
    left, text, right = signs[max(0, start - 30):start], signs[start:end], signs[end:end + 30]
    for use, before, itself, after, word in _USES:
        if word.after == NEAR and _is_time_target(signs, _bare(start, end, text, None)):
            continue
        if itself.match(text) and before.search(left) and after.match(right):
            return use
    return None


def _standard(signs: str, bare: Mention) -> Mention:
    """An amount for each that is promised itself, in its measure."""
    found = _measured(signs, bare) or bare
    return _with_words(signs, found._replace(measure=_for_each(signs, found)))


def _for_each(signs: str, found: Mention) -> str:
    """The measure of an amount: for whom and how often, where the clause says so."""
    left = re.split("[，。；]", signs[max(0, found.at - _FAR):found.at])[-1]
    return next((measure for word, measure in EACH if f"每{word}" in left), found.measure)


def _is_time_target(signs: str, bare: Mention) -> bool:
    """Whether a length of time is a target: a comparator stands with it, and a head that is measured in time."""
    left = signs[max(0, bare.start - _FAR):bare.start]
    if re.search(LISTED_TIME, left):
        return True
    if re.search(r"每(?:个)?(?:周|天|日|月|年|人|名)[^，。；、]{0,10}\Z", left) and any(left.endswith(word) for word in _BEFORE):
        return True
    has_word = any(left.endswith(word) for word in (*_BEFORE, *_APPROACHES)) or re.match(
        rf"{TIME_AFTER}(?:及|（含）)?(?:以内|之内|以上|以下)", signs[bare.end:]) is not None
    return has_word and re.search(TIME_HEAD, left) is not None


def _measured(signs: str, bare: Mention) -> Mention | None:
    """A number with what multiplies it and its measure; None where no measure follows."""
    place, times, unclear = bare.end, Fraction(1), ""
    if bare.text[0].isdigit() or bare.text[0] in "OoIl|":
        found = re.match(r"\s*(?:余|多)?\s*(万亿|亿|万|千(?![米瓦伏克卡])|百(?!分))", signs[place:])
        if found:
            unclear = "余" if "余" in found[0] else "多" if "多" in found[0] else ""
            times, place = Fraction(TIMES[found[1]]), place + found.end()
    more = re.match(r"\s*(余|多)(?=\s*\S)", signs[place:])
    if more:
        unclear, place = more[1], place + more.end()
    blank = re.match(r"\s*", signs[place:])
    place += blank.end() if blank else 0
    word = next((one for one in MEASURES if signs.startswith(one.written, place)), None)
    if word is None:
        measure = "人" if re.match(PEOPLE, signs[place:]) else ""
        found_times = bare._replace(value=_times(bare.value, times), end=place, unclear=unclear, measure=measure)
        return found_times if times > 1 or measure else None
    return _entered(bare, word, times, place, signs)._replace(unclear=unclear)


def _times(value: Fraction | None, times: Fraction) -> Fraction | None:
    return None if value is None else value * times


def _entered(bare: Mention, word: MeasureWord, times: Fraction, place: int, signs: str) -> Mention:
    """In the measure that a clerk enters in: money that is said in 万 or more is entered in 万元."""
    value = _times(bare.value, times)
    measure, decimals = word.entered, word.decimals
    if word.entered == "元" and (times >= TIMES["万"] or bare.text[-1] in "万亿"):
        value, measure, decimals = _times(value, Fraction(1, TIMES["万"])), "万元", 2
    if value is not None and value.denominator > 1:
        decimals = max(decimals, _places(value))
    end = place + len(word.written)
    per = re.match(PER, signs[end:])
    if per:
        measure, end = f"{measure}{per[0]}", end + per.end()
    return bare._replace(value=value, measure=measure, decimals=decimals, end=end)


def _places(value: Fraction) -> int:
    return next((places for places in range(7) if (value * 10**places).denominator == 1), 6)


def _with_words(signs: str, found: Mention) -> Mention:
    """With the comparator words around it, whose places become part of the phrase."""
    words = _before(signs, found.start)
    start, comparator, approach, unclear = words.start, words.comparator, words.approach, words.unclear
    end, found_after = found.end, re.match(r"\s*(?:（[含不包括]{1,3}）)?", signs[found.end:])
    place = end + (found_after.end() if found_after else 0)
    for word, one in _AFTER.items():
        if signs.startswith(word, place) or signs.startswith(word, end):
            end = (place if signs.startswith(word, place) else end) + len(word)
            unclear += "" if one.is_clear else word
            conflicts = comparator not in (None, one.comparator) and one.is_clear
            unclear += word if conflicts and comparator is not Comparator.AT_LEAST else ""
            comparator = comparator or one.comparator
            break
    return found._replace(
        start=start, end=end, comparator=comparator, approach=approach, unclear=found.unclear + unclear,
    )


class _Before(NamedTuple):
    """What stands before a number, up to where it begins."""

    start: int
    comparator: Comparator | None = None
    approach: str = ""
    unclear: str = ""


def _before(signs: str, place: int) -> _Before:
    found = _Before(place)
    while True:
        left = signs[:found.start].rstrip()
        word = next((one for one in _BEFORE if left.endswith(one)), None)
        if word is not None and not (word in ("近", "超", "约") and left.endswith(("最近", "附近", "节约", "预约", "契约"))):
            one = _BEFORE[word]
            unclear = found.unclear + ("" if one.is_clear else word)
            found = _Before(len(left) - len(word), found.comparator or one.comparator, found.approach, unclear)
            continue
        word = next((one for one in _APPROACHES if left.endswith(one)), None)
        if word is None or found.approach:
            return found
        found = found._replace(start=len(left) - len(word), approach=_APPROACHES[word])


def _ranges(signs: str, found: list[Mention]) -> Iterator[Mention]:
    """Numbers that are the two ends of one range: the first says what the second says."""
    skip = False
    for one, other in zip_longest(found, found[1:]):
        if skip:
            skip = False
            yield one._replace(use=one.use or Use.OTHER, start=one.at)
            continue
        is_range = other is not None and one.use is None and _RANGE.fullmatch(signs[one.at + len(one.text):other.at])
        if is_range and other is not None and other.use is None and one.measure in ("", other.measure):
            low = _in_the_measure_of(one, other)
            skip = True
            yield other._replace(start=one.start, at=one.at, text=one.text, value=low, up_to=other.value)
            continue
        yield one


def _in_the_measure_of(low: Mention, high: Mention) -> Fraction | None:
    """The lower end of 3—5万人 is 30000 人."""
    if low.value is None or high.value is None or low.measure:
        return low.value
    said = number(re.sub(r"[^\d.]", "", high.text)) if high.text[:1].isdigit() else None
    return low.value * high.value / said if said else low.value


