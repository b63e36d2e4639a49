"""A formula of constants, reckoned exactly: what a person reckoned in the cell."""

import re
from fractions import Fraction

_TOKENS = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|(SUM\()|([-+*/(),]))", re.IGNORECASE | re.ASCII)
_LONGEST_FORMULA, _DEEPEST = 300, 20


def evaluated(formula: str) -> Fraction | None:
    """The exact value of a formula of constants (+ - * / brackets, SUM); None for any other."""
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
    try:
        result, rest = _sum(tokens, 0, 0)
    except (IndexError, ValueError, ZeroDivisionError):
        return None
    return result if rest == len(tokens) else None


def _sum(tokens: list[str], at: int, depth: int) -> tuple[Fraction, int]:
    total, at = _product(tokens, at, depth)
    while at < len(tokens) and tokens[at] in "+-":
        operand, after = _product(tokens, at + 1, depth)
        total = total + operand if tokens[at] == "+" else total - operand
        at = after
    return total, at


def _product(tokens: list[str], at: int, depth: int) -> tuple[Fraction, int]:
    result, at = _factor(tokens, at, depth)
    while at < len(tokens) and tokens[at] in "*/":
        operand, after = _factor(tokens, at + 1, depth)
        result = result * operand if tokens[at] == "*" else result / operand
        at = after
    return result, at


def _factor(tokens: list[str], at: int, depth: int) -> tuple[Fraction, int]:
    if depth > _DEEPEST:
        raise ValueError
    token = tokens[at]
    if token in ("+", "-"):
        value, after = _factor(tokens, at + 1, depth + 1)
        return (value if token == "+" else -value), after
    if token in ("(", "SUM("):
        total, at = _sum(tokens, at + 1, depth + 1)
        while token == "SUM(" and tokens[at] == ",":
            value, at = _sum(tokens, at + 1, depth + 1)
            total += value
        if tokens[at] != ")":
            raise ValueError
        return total, at + 1
    return Fraction(token), at + 1


def largest_constant(formula: str) -> Fraction:
    """The largest constant of a formula: where much is taken from much, that much noise is left."""
    constants = re.findall(r"\d+(?:\.\d+)?", formula, re.ASCII)
    return max(map(Fraction, constants), default=Fraction(0))
