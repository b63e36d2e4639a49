"""One input cell → the number a careful person would read in it, or a doubt with its rule.

What is no plain number is never guessed at. `float` and `int` are not used on what a person wrote:
they take 1_234, full-width digits mixed with anything, nan and 1e3.
"""

import re
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.values import Doubt, Figure
from minsheng_xl.books.package.read import Display, RawCell
from minsheng_xl.exact.numbers import MOST, parse_lexeme, parse_plain, plain
from minsheng_xl.forms.layout import Input
from minsheng_xl.intake.displays import percentage_shown, shown_otherwise, text_shown_otherwise
from minsheng_xl.intake.formulas import evaluated
from minsheng_xl.rules.model import Rule
from minsheng_xl.rules.numbers import (
    DATE,
    DISPLAY,
    ERROR,
    FORMULA,
    LARGE,
    LOGICAL,
    MARKED,
    NOT_CHOICE,
    NOT_NUMBER,
    PERCENT,
    STALE,
    SUFFIX,
)
from minsheng_xl.texts import cleaned

_SHOWN = 100  # characters of a doubtful content that are shown
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202c\u202d\u2066\u2068\u2069"
"""Signs that nobody sees, none of which turns digits round."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?\Z", re.ASCII)
_NUMERIC = re.compile(r"[+-]?[\d.]+(?:[eE][+-]?\d+)?\Z", re.ASCII)
_PERCENT = re.compile(r"\s*[\d０-９.．,，]+\s*[%％‰]\s*\Z")


class Reading(NamedTuple):
    """What an input cell says: a figure or a doubt; by which rule, and what that rule expected."""

    figure: Figure
    rule: Rule | None = None
    expected: str = ""


def read_figure(raw: RawCell, accepts: Input, display: Display, epoch_1904: bool = False) -> Reading:
    """Read the cell of an input that accepts a number, or 是 or 否."""
    if accepts.kind == "choice":
        return _choice(raw, accepts, display)
    if display.repeated:
        return _doubt(DISPLAY, f"{raw.text}（对齐方式为“填充”，会重复显示）", raw.text)
    if raw.formula is not None:
        return _formula(raw, accepts, display, epoch_1904)
    if raw.marked or display.marked:
        return _doubt(MARKED, raw.text)
    if raw.kind == "n":
        return _number(raw.text, accepts, display, epoch_1904)
    if raw.kind == "s":
        if text_shown_otherwise(display.code):
            return _other_text(raw.text, display)
        return _text(raw.text, accepts)
    return _other(raw)


def _doubt(rule: Rule, seen: str, expected: str = "") -> Reading:
    seen = cleaned(seen.strip())
    return Reading(Doubt(seen if len(seen) <= _SHOWN else seen[:_SHOWN] + "…"), rule, expected)


def _other(raw: RawCell) -> Reading:
    if raw.kind == "b":
        return _doubt(LOGICAL, truth(raw))
    return _doubt(ERROR if raw.kind == "e" else DATE, raw.text)


def truth(raw: RawCell) -> str:
    """A truth value as a spreadsheet shows it."""
    return "TRUE" if raw.text in ("1", "true") else "FALSE"


def _other_text(text: str, display: Display) -> Reading:
    """A text that the sheet shows as another."""
    return _doubt(DISPLAY, f"{text}（格式 {display.code[:40]}）", text)


def _choice(raw: RawCell, accepts: Input, display: Display) -> Reading:
    text = raw.text.strip().strip(_INVISIBLE).strip()
    if raw.formula is not None:
        return _doubt(FORMULA, f"={raw.formula}（{raw.text}）")
    if raw.kind == "s" and text in accepts.choices and not raw.marked and not display.marked:
        return _other_text(text, display) if text_shown_otherwise(display.code) else Reading(text)
    seen = truth(raw) if raw.kind == "b" else raw.text
    return _doubt(NOT_CHOICE, seen, " 或 ".join(accepts.choices))


def _number(lexeme: str, accepts: Input, display: Display, epoch_1904: bool) -> Reading:
    number = parse_lexeme(lexeme)
    if number is None:
        return _doubt(LARGE if _NUMERIC.match(lexeme) else NOT_NUMBER, lexeme)
    return _as_shown(number, accepts, display, epoch_1904)


def _as_shown(number: Fraction, accepts: Input, display: Display, epoch_1904: bool) -> Reading:
    """The number, if the sheet shows it as it is. Decimals too many are a rule's matter, shown or not."""
    if accepts.unit == "%" and (percentage := percentage_shown(number, display.code)) is not None:
        return Reading(percentage)
    otherwise = shown_otherwise(number, display.code, accepts.unit, epoch_1904)
    too_fine = (number * 10**accepts.decimals).denominator != 1
    if otherwise is None or (otherwise.rule is DISPLAY and too_fine):
        return Reading(number)
    return _doubt(otherwise.rule, otherwise.seen, plain(number))


def _text(text: str, accepts: Input) -> Reading:
    bare = text.strip().strip(_INVISIBLE).strip()
    number = read_number(bare)
    if number is not None:
        return Reading(number)
    if accepts.unit and bare.endswith(accepts.unit):
        number = read_number(bare.removesuffix(accepts.unit).rstrip())
        if number is not None:
            return Reading(number, SUFFIX, plain(number))
    if _PERCENT.match(bare):
        return _doubt(PERCENT, bare)
    digits = bare.translate(_FULL_WIDTH)
    is_large = digits.isascii() and digits.isdecimal() and len(digits) >= len(str(MOST))
    return _doubt(LARGE if is_large else NOT_NUMBER, bare or "（空格）")


def read_number(text: str) -> Fraction | None:
    """Read a number as people type them: digits of either width, thousands grouped rightly or not at all."""
    bare = text.translate(_FULL_WIDTH)
    if "," in bare:
        if len(bare) > 2 * _SHOWN or not _GROUPED.match(bare):
            return None
        bare = bare.replace(",", "")
    number = parse_plain(bare)
    return None if number == 0 and bare.startswith("-") else number  # a sign is no digit


def _formula(raw: RawCell, accepts: Input, display: Display, epoch_1904: bool) -> Reading:
    """A formula of constants is what a person reckoned in the cell; any other may be stale or foreign."""
    assert raw.formula is not None
    seen = f"={raw.formula}（{raw.text}）" if raw.text else f"={raw.formula}"
    reckoned = evaluated(raw.formula)
    if reckoned is None or raw.kind in ("b", "e", "d"):
        return _doubt(FORMULA, seen)
    if not reckoned.is_kept or abs(reckoned.exact) >= MOST:
        return _doubt(LARGE, seen)
    has_result = bool(raw.text) or raw.kind == "s"
    stored = parse_lexeme(raw.text) if raw.kind == "n" else None
    if not reckoned.is_sure or (has_result and (stored is None or not reckoned.is_shown_by(stored))):
        return _doubt(STALE, seen, plain(reckoned.exact))
    if display.marked:
        return _doubt(MARKED, seen)
    return _as_shown(reckoned.exact, accepts, display, epoch_1904)
