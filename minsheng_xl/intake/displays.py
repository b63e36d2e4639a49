"""What a number format makes of a number: does the paper show the number that is stored?

Source: ECMA-376 part 1, 18.8.31 (number formats); only what changes the meaning is told apart.
"""

import operator
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from minsheng_xl.exact.numbers import plain
from minsheng_xl.rules.model import Rule
from minsheng_xl.rules.numbers import DATE, DISPLAY, PERCENT

_PARTS = re.compile(r'"([^"]*)"|\\(.)|!(.)|_.|\*(.)|\[([^\]]*)\]|([0#?.,%/]+|[eE][+-][0#?]+|General|G/通用格式|AM/PM|[\s\S])', re.IGNORECASE)
_CALENDAR = re.compile(r"[ymdhsaebg年月日]", re.IGNORECASE)
_ELAPSED = re.compile(r"[hms]+\Z", re.IGNORECASE)
_CONDITION = re.compile(r"[<>=]")
_HARMLESS = set(" ¥￥$€\u00a0")
_DASHES = ("-", "－", "—", "–", "−")


class _Section(NamedTuple):
    """A section of a format: the kind of display, its decimals, the words that stand around."""

    kind: str  # number, general, text, percent, date, science, hidden or other
    decimals: int = 0
    words: str = ""
    shows_zero: bool = True


class Shown(NamedTuple):
    """A display that is not the stored number: by which rule, and what the paper shows."""

    rule: Rule
    seen: str


def shown_otherwise(number: Fraction, code: str, unit: str, epoch_1904: bool) -> Shown | None:
    """How a format shows a number otherwise than stored, or None if it shows it as it is.

    `unit` is the one word that may stand behind the number.
    """
    section = _section(code, number)
    if number < 0 and section.kind == "number":
        return None  # negative numbers are a rule's matter, whatever sign or bracket shows them
    if section.kind in ("general", "text") and _harmless(section.words, unit):
        return None
    if section.kind == "date":
        return Shown(DATE, _day(number, epoch_1904))
    if section.kind == "percent":
        return Shown(PERCENT, plain(number * 100) + "%")
    if section.kind == "sign":
        return Shown(PERCENT, plain(number) + "%")
    whole = number * 10**section.decimals
    if section.kind == "number" and whole.denominator == 1 and (number or section.shows_zero) and _harmless(section.words, unit):
        return None
    precise = len(plain(abs(number)).replace(".", "").strip("0")) <= section.decimals + 1
    if section.kind == "science" and precise and _harmless(section.words, unit):
        return None
    return Shown(DISPLAY, f"{plain(number)}（格式 {code[:40]}）")


def percentage_shown(number: Fraction, code: str) -> Fraction | None:
    """The percentage that a format shows, 98.5 for 0.985 shown as 98.5%; None if it rounds it or shows none."""
    section = _section(code, number)
    if (section.kind, section.words.strip()) not in (("percent", ""), ("sign", "%")):
        return None
    shown = number * 100 if section.kind == "percent" else number
    return shown if (shown * 10**section.decimals).denominator == 1 else None


def _harmless(words: str, unit: str) -> bool:
    return words.strip() == unit or all(sign in _HARMLESS for sign in words)


def _section(code: str, number: Fraction) -> _Section:
    """The section of a code that shows a number, taken apart."""
    parts = _parts_of(code)
    conditions = [_condition(part) for part in parts]
    if any(conditions):
        possible = {_taken_apart(_COMPARED.sub("", part)) for part in _by_conditions(parts, conditions, number)}
        return possible.pop() if len(possible) == 1 else _Section("other", words=code)
    sign = 0 if number > 0 else 1 if number < 0 else 2
    found = _taken_apart(parts[sign] if sign < len(parts) else parts[0])
    if sign == 2 and len(parts) > 2 and found.words.strip() in _DASHES:
        return _Section("number")  # a dash for zero, as accountants write it
    return found


@lru_cache(maxsize=512)
def _parts_of(code: str) -> tuple[str, ...]:
    return tuple(_split(code or "General"))


_COMPARED = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]", re.ASCII)
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}


def _condition(part: str) -> tuple[str, Fraction] | None:
    match = _COMPARED.search(part)
    return (match[1], Fraction(match[2])) if match else None


def _by_conditions(parts: Sequence[str], conditions: Sequence[tuple[str, Fraction] | None], number: Fraction) -> Sequence[str]:
    """The section whose condition holds; else those of which programs take one or the other."""
    for part, condition in zip(parts, conditions, strict=True):
        if condition is None:
            break
        if _COMPARE[condition[0]](number, condition[1]):
            return [part]
    return [part for part, condition in list(zip(parts, conditions, strict=True))[:3] if condition is None]


def text_shown_otherwise(code: str) -> bool:
    """Whether a format shows a text otherwise than as it is stored."""
    parts = _split(code)
    if len(parts) < 4 and "@" not in parts[-1]:
        return False
    found = _taken_apart(parts[-1])
    return found.kind not in ("text", "general") or bool(found.words.strip())


def _split(code: str) -> list[str]:
    """The sections of a code; a semicolon between quotes is none."""
    parts = [""]
    for match in re.finditer(r'"[^"]*"|\\.|\[[^\]]*\]|[\s\S]', code):
        if match[0] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return parts


@lru_cache(maxsize=512)
def _taken_apart(section: str) -> _Section:
    words, digits, science = "", "", False
    for match in _PARTS.finditer(section):
        quoted, escaped, banged, filled, bracket, bare = match.groups()
        literal = next((part for part in (quoted, escaped, banged, filled) if part is not None), None)
        if literal is None and bare is not None and len(bare) == 1 and bare not in "0#?.,%/@" and not _CALENDAR.match(bare):
            literal = bare
        if literal is not None:
            if filled is None or filled.strip():
                words += literal
                digits += "|" if digits and not digits.endswith("|") else ""  # more digits behind would show two numbers
        elif bracket is not None:
            if _ELAPSED.match(bracket):
                return _Section("date")
            if _CONDITION.search(bracket) or bracket.upper().startswith("DBNUM"):
                return _Section("other", words=bracket)
            if bracket.startswith("$"):
                words += bracket[1:].partition("-")[0]
        elif bare is not None:
            if bare.upper() in ("GENERAL", "G/通用格式"):
                digits += "G"
            elif bare[0] in "0#?.,%/":
                digits += bare
            elif bare[0] in "eE" and len(bare) > 1:
                science = True
            elif bare == "@":
                digits += "@"
            elif _CALENDAR.match(bare) or bare.upper() == "AM/PM":
                return _Section("date")
    after_point = len(re.sub(r"[^0#?]", "", digits.partition(".")[2]))
    if "%" in digits:
        return _Section("percent", after_point, words)
    if "%" in words or "％" in words or "‰" in words:
        return _Section("sign", after_point, words)
    bare = digits.rstrip("|")
    if bare == "G":
        return _Section("general", words=words)
    if bare == "@":
        return _Section("text", words=words)
    if "/" in bare or "|" in bare or not re.search("[0#?]", bare) or bare.count(".") > 1:
        return _Section("other" if bare or words else "hidden", words=words)
    if re.search(r"[0#?.],+(?:\.|\Z)", bare):  # a comma behind the digits divides by a thousand
        return _Section("other", words=words)
    decimals = len(re.sub(r"[^0#?]", "", bare.partition(".")[2]))
    return _Section("science" if science else "number", decimals, words, "0" in bare)


def _day(number: Fraction, epoch_1904: bool) -> str:
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    try:
        return str(start + timedelta(days=int(number)))
    except OverflowError:
        return plain(number)
