"""A formula of constants, reckoned exactly and as a spreadsheet reckons it: what a person reckoned in the cell."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from minsheng_xl.exact.numbers import MOST

N = TypeVar("N", Fraction, float)

_TOKENS = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|(SUM\()|([-+*/(),]))", re.IGNORECASE | re.ASCII)
_LONGEST_FORMULA, _DEEPEST = 300, 20
_DIGITS = 15
"""So many digits of a constant does a spreadsheet keep."""
_NOISE = Fraction(1, 10**9)
"""So much may a result be off in doubles: much taken from much leaves that, and no format of a figure shows it."""


class Reckoned(NamedTuple):
    """What a formula of constants comes to: exactly, and in the doubles of a spreadsheet.

    `is_kept`: a spreadsheet keeps every constant as it is written.
    """

    exact: Fraction
    double: Fraction
    is_kept: bool = True

    @property
    def is_sure(self) -> bool:
        """Whether the doubles come to the exact result, but for the noise of their last digits."""
        return _is_same(self.double, self.exact) or abs(self.double - self.exact) <= _NOISE

    def is_shown_by(self, stored: Fraction) -> bool:
        """Whether a stored number is this result, to what a double holds."""
        return _is_same(stored, self.exact) or _is_same(stored, self.double)


def _is_same(one: Fraction, other: Fraction) -> bool:
    """Whether two numbers are the same to the fifteen digits that a program writes."""
    return bool(abs(one - other) <= abs(other) / 10 ** (_DIGITS - 1))


def evaluated(formula: str) -> Reckoned | None:
    """The value of a formula of constants (+ - * / brackets, SUM); None for any other."""
    tokens = _tokens(formula)
    if tokens is None:
        return None
    try:
        exact = _Reckoning(tokens, Fraction).result()
        double = Fraction(_Reckoning(tokens, float).result())
    except (IndexError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return Reckoned(exact, double, all(map(_is_kept, tokens)))


def _tokens(formula: str) -> list[str] | None:
    """The tokens of a formula, as far as they are known ones."""
    if len(formula) > _LONGEST_FORMULA:
        return None
    tokens, place = [], 0
    formula = formula.strip().removeprefix("=")
    while place < len(formula):
        match = _TOKENS.match(formula, place)
        if match is None:
            return None
        tokens.append(match[1] or (match[2] and "SUM(") or match[3])
        place = match.end()
    return tokens


def _is_kept(token: str) -> bool:
    """Whether a spreadsheet keeps a constant as it is written."""
    if not token[0].isdigit():
        return True
    digits = (token.rstrip("0") if "." in token else token).replace(".", "").lstrip("0")
    return len(digits) <= _DIGITS and Fraction(token) < MOST


class _Reckoning(Generic[N]):
    """Tokens being reckoned with one kind of number. Raises ValueError of what is no formula."""

    def __init__(self, tokens: Sequence[str], constant: Callable[[str], N]) -> None:
        self.tokens, self.at = tokens, 0
        self.constant: Callable[[str], N] = constant

    def result(self) -> N:
        total = self._sum(0)
        if self.at < len(self.tokens):
            raise ValueError
        return total

    def _next(self, *signs: str) -> str:
        """The next token if it is one of the signs, which is then done with."""
        found = self.tokens[self.at] if self.at < len(self.tokens) else ""
        if found not in signs:
            return ""
        self.at += 1
        return found

    def _sum(self, depth: int) -> N:
        total = self._product(depth)
        while sign := self._next("+", "-"):
            operand = self._product(depth)
            total = total + operand if sign == "+" else total - operand
        return total

    def _product(self, depth: int) -> N:
        result = self._factor(depth)
        while sign := self._next("*", "/"):
            operand = self._factor(depth)
            result = result * operand if sign == "*" else result / operand
        return result

    def _factor(self, depth: int) -> N:
        if depth > _DEEPEST:
            raise ValueError
        if sign := self._next("+", "-"):
            signed = self._factor(depth + 1)
            return signed if sign == "+" else -signed
        if opened := self._next("(", "SUM("):
            total = self._sum(depth + 1)
            while opened == "SUM(" and self._next(","):
                total = total + self._sum(depth + 1)
            if not self._next(")"):
                raise ValueError
            return total
        value: N = self.constant(self.tokens[self.at])
        self.at += 1
        return value
