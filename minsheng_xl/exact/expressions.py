"""One definition, two readings: an expression is an Excel formula and an exact Python value.

Only functions of Excel 2007 that are not volatile and need no array entry are here. Evaluation is
in rationals; semantics are Excel's (a blank is "" and 0, any text is greater than any number).
Where doubles and rationals could decide differently, `settle` takes both to twelve decimals.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple, Protocol, TypeAlias

from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import fixed, grouped, plain, rounded

Value: TypeAlias = Fraction | str | bool | None
"""What a cell holds: an exact number, a text, a truth value, or nothing."""

Operand: TypeAlias = "Expr | Fraction | int | str | bool | None"

SETTLED = 12
"""Decimals to which computed quantities are settled before they are compared: coarser than the
noise of doubles (1e-15), finer than the step of any honest figure."""


class Ref(NamedTuple):
    """A cell by name: the sheet's id and the key under which the layout placed it."""

    sheet: str
    key: Key


class Places(Protocol):
    """Where cells stand and what they hold; a book of sheets is one."""

    def address(self, ref: Ref, home: str) -> str:
        """The address of a cell as written in a formula on the sheet `home`."""

    def content(self, ref: Ref) -> Value:
        """The value of a cell."""


class Expr:
    """A node of a definition. Read it with `formula` or with `value`. Nodes of one kind with equal parts
    are equal; nobody changes one."""

    __slots__: tuple[str, ...] = ()
    _parts: ClassVar[Callable[[Any], object]]
    precedence = 9

    def __init_subclass__(cls) -> None:
        first, *others = cls.__slots__
        cls._parts = attrgetter(first, *others)

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and type(self)._parts(self) == type(self)._parts(other))

    def __hash__(self) -> int:
        return hash((type(self), type(self)._parts(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({type(self)._parts(self)!r})"

    def formula(self, places: Places, home: str) -> str:
        """The text of the formula, without the leading equals sign."""
        raise NotImplementedError

    def value(self, places: "Places | None" = None) -> Value:
        """The exact value. `places` may be left out if no cell is referred to."""
        raise NotImplementedError

    def __add__(self, other: Operand) -> "Expr":
        return Binary("+", self, expr(other))

    def __sub__(self, other: Operand) -> "Expr":
        return Binary("-", self, expr(other))

    def __mul__(self, other: Operand) -> "Expr":
        return Binary("*", self, expr(other))

    def __truediv__(self, other: Operand) -> "Expr":
        return Binary("/", self, expr(other))

    def __and__(self, other: Operand) -> "Expr":
        """Join texts, as Excel's & does."""
        return Binary("&", self, expr(other))

    def __lt__(self, other: Operand) -> "Expr":
        return Binary("<", self, expr(other))

    def __le__(self, other: Operand) -> "Expr":
        return Binary("<=", self, expr(other))

    def __gt__(self, other: Operand) -> "Expr":
        return Binary(">", self, expr(other))

    def __ge__(self, other: Operand) -> "Expr":
        return Binary(">=", self, expr(other))

    def equals(self, other: Operand) -> "Expr":
        return Binary("=", self, expr(other))


def expr(operand: Operand) -> Expr:
    """An operand as an expression."""
    return operand if isinstance(operand, Expr) else _constant(operand)


@lru_cache(maxsize=4096, typed=True)
def _constant(value: "Fraction | int | str | bool | None") -> "Const":
    """A constant, which many expressions share."""
    return Const(number(value))


def number(value: "Fraction | int | str | bool | None") -> Value:
    """An int as the rational it is; everything else unchanged."""
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Const(Expr):
    """A constant; None is the blank cell."""

    __slots__ = ("constant",)

    def __init__(self, constant: Value) -> None:
        self.constant = constant

    def formula(self, places: Places, home: str) -> str:
        constant = self.constant
        if isinstance(constant, str):
            return _quoted(constant)
        if constant is None:
            return '""'
        if isinstance(constant, bool):
            return "TRUE" if constant else "FALSE"
        if constant.denominator == 1:
            return str(constant.numerator)
        text = plain(constant)
        return text if Fraction(text) == constant else f"{constant.numerator}/{constant.denominator}"

    def value(self, places: Places | None = None) -> Value:
        return self.constant


class Cell(Expr):
    """The content of a cell."""

    __slots__ = ("ref",)

    def __init__(self, ref: Ref) -> None:
        self.ref = ref

    def formula(self, places: Places, home: str) -> str:
        return places.address(self.ref, home)

    def value(self, places: Places | None = None) -> Value:
        assert places is not None
        return places.content(self.ref)


@lru_cache(maxsize=1 << 16)
def cell_of(sheet: str, key: Key) -> Cell:
    """The cell of a key on the sheet of an id, which many expressions share, and those of the next state of a book:
    what is the same object is told to be equal at once."""
    return Cell(Ref(sheet, key))


class Range(Expr):
    """A run of cells in one column, top to bottom (or constants, for the twin)."""

    __slots__ = ("cells",)

    def __init__(self, cells: tuple[Expr, ...]) -> None:
        self.cells = cells

    def formula(self, places: Places, home: str) -> str:
        first, last = self.cells[0].formula(places, home), self.cells[-1].formula(places, home)
        return first if first == last else f"{first}:{last.rpartition('!')[2]}"

    def values(self, places: Places | None) -> list[Value]:
        return [cell.value(places) for cell in self.cells]


_PRECEDENCE = {"=": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}


class Binary(Expr):
    """An operator between two expressions."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, operator: str, left: Expr, right: Expr) -> None:
        self.operator, self.left, self.right = operator, left, right

    @property
    def precedence(self) -> int:  # type: ignore[override]
        return _PRECEDENCE[self.operator]

    def formula(self, places: Places, home: str) -> str:
        left, right = self.left.formula(places, home), self.right.formula(places, home)
        mine = self.precedence
        if self.left.precedence < mine:
            left = f"({left})"
        if self.right.precedence <= mine:
            right = f"({right})"
        return f"{left}{self.operator}{right}"

    def value(self, places: Places | None = None) -> Value:
        return _OPERATIONS[self.operator](self.left.value(places), self.right.value(places))


def _numeric(value: Value) -> Fraction:
    if value is None:
        return Fraction(0)
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, Fraction):
        return value
    raise ValueError(f"#VALUE!: {value!r}")


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else plain(value)


def _rank(value: Value, other: Value) -> tuple[int, Fraction | str | bool]:
    if value is None:
        value = "" if isinstance(other, str) else Fraction(0)
    if isinstance(value, bool):
        return 2, value
    return (1, value) if isinstance(value, str) else (0, value)


def _equal(left: Value, right: Value) -> bool:
    if type(left) is type(right):  # nearly always
        return left == right
    return _rank(left, right) == _rank(right, left)


def _less(left: Value, right: Value) -> bool:
    return _rank(left, right) < _rank(right, left)


_OPERATIONS: dict[str, Callable[[Value, Value], Value]] = {
    "+": lambda a, b: _numeric(a) + _numeric(b),
    "-": lambda a, b: _numeric(a) - _numeric(b),
    "*": lambda a, b: _numeric(a) * _numeric(b),
    "/": lambda a, b: _numeric(a) / _numeric(b),
    "&": lambda a, b: _text(a) + _text(b),
    "=": _equal,
    "<": _less,
    "<=": lambda a, b: not _less(b, a),
    ">": lambda a, b: _less(b, a),
    ">=": lambda a, b: not _less(a, b),
}


class Call(Expr):
    """A function of Excel over its arguments."""

    __slots__ = ("arguments", "name")

    def __init__(self, name: str, arguments: tuple[Expr, ...]) -> None:
        self.name, self.arguments = name, arguments

    def formula(self, places: Places, home: str) -> str:
        return f"{self.name}({','.join(a.formula(places, home) for a in self.arguments)})"

    def value(self, places: Places | None = None) -> Value:
        return _FUNCTIONS[self.name](self.arguments, places)


def _flat(arguments: Sequence[Expr], places: Places | None) -> list[Value]:
    values: list[Value] = []
    for argument in arguments:
        if isinstance(argument, Range):
            values.extend(argument.values(places))
        else:
            values.append(argument.value(places))
    return values


def _is_number(value: Value) -> bool:
    return isinstance(value, Fraction)


def _numbers(arguments: Sequence[Expr], places: Places | None) -> list[Fraction]:
    return [v for v in _flat(arguments, places) if isinstance(v, Fraction)]


def _if(arguments: Sequence[Expr], places: Places | None) -> Value:
    return arguments[1 if arguments[0].value(places) else 2].value(places)


def _matching(pairs: Sequence[Expr], places: Places | None) -> list[bool]:
    """Rows of which every range equals its criterion (exact texts only, as all of ours are)."""
    kept: list[bool] = []
    for cells, criterion in zip(pairs[::2], pairs[1::2], strict=True):
        assert isinstance(cells, Range)
        wanted = criterion.value(places)
        hits = [v is not None and _equal(v, wanted) for v in cells.values(places)]
        kept = [a and b for a, b in zip(kept, hits, strict=True)] if kept else hits
    return kept


def _sumifs(arguments: Sequence[Expr], places: Places | None) -> Value:
    summed = arguments[0]
    assert isinstance(summed, Range)
    rows = zip(summed.values(places), _matching(arguments[1:], places), strict=True)
    return sum((v for v, kept in rows if kept and isinstance(v, Fraction)), Fraction(0))


def _sumproduct(arguments: Sequence[Expr], places: Places | None) -> Value:
    total = Fraction(0)
    columns = [a.values(places) for a in arguments if isinstance(a, Range)]
    for row in zip(*columns, strict=True):
        product = Fraction(1)
        for value in row:
            product *= value if isinstance(value, Fraction) else 0
        total += product
    return total


def _truths(arguments: Sequence[Expr], places: Places | None) -> Iterable[bool]:
    """Every argument, as Excel evaluates them: AND and OR do not stop early, but for who needs no more than the truth
    and says so (`stops_early`)."""
    if getattr(places, "stops_early", False):
        return (bool(argument.value(places)) for argument in arguments)
    return [bool(argument.value(places)) for argument in arguments]


def _units_of(value: Value) -> bytes:
    """A text as Excel counts it: in 16-bit units."""
    return _text(value).encode("utf-16-le", "surrogatepass")


def _substitute(arguments: Sequence[Expr], places: Places | None) -> Value:
    text, old, new = (_text(argument.value(places)) for argument in arguments)
    return text.replace(old, new) if old else text


_FUNCTIONS: dict[str, Callable[[Sequence[Expr], Places | None], Value]] = {
    "IF": _if,
    "AND": lambda a, p: all(_truths(a, p)),
    "OR": lambda a, p: any(_truths(a, p)),
    "ISNUMBER": lambda a, p: _is_number(a[0].value(p)),
    "COUNT": lambda a, p: Fraction(len(_numbers(a, p))),
    "SUM": lambda a, p: sum(_numbers(a, p), Fraction(0)),
    "MAX": lambda a, p: max(_numbers(a, p), default=Fraction(0)),
    "MIN": lambda a, p: min(_numbers(a, p), default=Fraction(0)),
    "ROUND": lambda a, p: rounded(_numeric(a[0].value(p)), int(_numeric(a[1].value(p)))),
    "COUNTIFS": lambda a, p: Fraction(sum(_matching(a, p))),
    "SUMIFS": _sumifs,
    "SUMPRODUCT": _sumproduct,
    "TRIM": lambda a, p: " ".join(filter(None, _text(a[0].value(p)).split(" "))),
    "LEN": lambda a, p: Fraction(len(_units_of(a[0].value(p))) // 2),
    "CLEAN": lambda a, p: "".join(sign for sign in _text(a[0].value(p)) if sign >= " "),
    "LOWER": lambda a, p: _text(a[0].value(p)).lower(),
    "SUBSTITUTE": _substitute,
    "LEFT": lambda a, p: _units_of(a[0].value(p))[: 2 * int(_numeric(a[1].value(p)))].decode("utf-16-le", "ignore"),
}

class Lookup(Expr):
    """What stands in the row of a column that has a certain value in another column, "" if none has."""

    __slots__ = ("among", "values", "wanted")

    def __init__(self, values: Range, wanted: Expr, among: Range) -> None:
        self.values, self.wanted, self.among = values, wanted, among

    def formula(self, places: Places, home: str) -> str:
        values, wanted, among = (part.formula(places, home) for part in (self.values, self.wanted, self.among))
        return f'IFERROR(INDEX({values},MATCH({wanted},{among},0)),"")'

    def value(self, places: Places | None = None) -> Value:
        wanted = self.wanted.value(places)
        for at, candidate in zip(self.values.cells, self.among.cells, strict=True):
            found = candidate.value(places)
            if found is not None and _equal(found, wanted):
                value = at.value(places)
                return Fraction(0) if value is None else value
        return ""


class Without(Expr):
    """A text with others taken out of it, one after the other."""

    __slots__ = ("operand", "texts")

    def __init__(self, operand: Expr, texts: tuple[str, ...]) -> None:
        self.operand, self.texts = operand, texts

    def formula(self, places: Places, home: str) -> str:
        return f"{'SUBSTITUTE(' * len(self.texts)}{self.operand.formula(places, home)}{_taken_out(self.texts)}"

    def value(self, places: Places | None = None) -> Value:
        text = _text(self.operand.value(places))
        for other in self.texts:
            text = text.replace(other, "")
        return text


@cache
def _taken_out(texts: tuple[str, ...]) -> str:
    """What stands behind the text in a formula that takes others out of it."""
    return "".join(f',{_quoted(text)},"")' for text in texts)


class Signs(Expr):
    """How many signs of a text are among those given."""

    __slots__ = ("operand", "signs")

    def __init__(self, operand: Expr, signs: tuple[str, ...]) -> None:
        self.operand, self.signs = operand, signs

    def formula(self, places: Places, home: str) -> str:
        text = self.operand.formula(places, home)
        return f'SUMPRODUCT(LEN({text})-LEN(SUBSTITUTE({text},{_array(self.signs)},"")))'

    def value(self, places: Places | None = None) -> Value:
        text = _text(self.operand.value(places))
        return Fraction(sum(map(text.count, self.signs)))


class Among(Expr):
    """Whether a text is one of those given."""

    __slots__ = ("operand", "texts")
    precedence = 1

    def __init__(self, operand: Expr, texts: tuple[str, ...]) -> None:
        self.operand, self.texts = operand, texts

    def formula(self, places: Places, home: str) -> str:
        return f"SUMPRODUCT(({self.operand.formula(places, home)}={_array(self.texts)})*1)>0"

    def value(self, places: Places | None = None) -> Value:
        return _text(self.operand.value(places)) in self.texts


def _array(texts: Sequence[str]) -> str:
    """Texts as a constant of a formula: {"a","b"}."""
    return "{" + ",".join(map(_quoted, texts)) + "}"


def _quoted(text: str) -> str:
    """A text as a constant of a formula: "a"."""
    return '"' + text.replace('"', '""') + '"'


class Rows(Expr):
    """How many rows of columns of numbers lie beyond the given ones, ties decided by the next column.

    `operator` is < or > (compared column after column) or = (all columns equal).
    """

    __slots__ = ("operator", "pairs")

    def __init__(self, operator: str, pairs: tuple[tuple[Range, Expr], ...]) -> None:
        self.operator, self.pairs = operator, pairs

    def formula(self, places: Places, home: str) -> str:
        texts = [(column.formula(places, home), number.formula(places, home)) for column, number in self.pairs]
        if self.operator == "=":
            same = "*".join(f"({column}={number})" for column, number in texts)
            return f"SUMPRODUCT({same}*1)"
        parts = []
        for n, (column, number) in enumerate(texts):
            same = "".join(f"({c}={x})*" for c, x in texts[:n])
            parts.append(f"{same}({column}{self.operator}{number})")
        return f"SUMPRODUCT({'+'.join(parts)}{'*1' if len(parts) == 1 else ''})"

    def value(self, places: Places | None = None) -> Value:
        mine = tuple(_numeric(number.value(places)) for _, number in self.pairs)
        rows = zip(*(column.values(places) for column, _ in self.pairs), strict=True)
        theirs = [tuple(map(_numeric, row)) for row in rows]
        compare: dict[str, Callable[[tuple[Fraction, ...]], bool]] = {
            "<": lambda row: row < mine, ">": lambda row: row > mine, "=": lambda row: row == mine,
        }
        return Fraction(sum(map(compare[self.operator], theirs)))


PERCENT, GROUPED, POINTS = "0.0%", "#,##0", "0.0"
SIGNED = r"+0.0;\−0.0;0.0"
"""A number with its sign, the minus a real one, escaped as a number format wants it."""

_MASKS: dict[str, Callable[[Fraction], str]] = {
    PERCENT: lambda v: fixed(v * 100, 1) + "%",
    GROUPED: lambda v: grouped(fixed(v, 0)),
    POINTS: lambda v: fixed(v, 1),
    SIGNED: lambda v: signed(v, 1),
}


def signed(value: Fraction, places: int) -> str:
    """A number with its sign, the minus a real one: +4.4, −18.9, 0.0."""
    text = fixed(abs(value), places)
    if rounded(value, places) == 0:
        return text
    return ("+" if value > 0 else "−") + text


class Text(Expr):
    """A number as printed: TEXT with one of the masks known to the twin.

    The operand is rounded first, so that no program rounds a half its own way.
    """

    __slots__ = ("mask", "operand")

    def __init__(self, operand: Expr, mask: str) -> None:
        self.operand, self.mask = operand, mask

    def _rounded(self) -> Expr:
        decimals = len(self.mask.partition(";")[0].rstrip("%").partition(".")[2])
        return round_(self.operand, decimals + (2 if self.mask.endswith("%") else 0))

    def formula(self, places: Places, home: str) -> str:
        return f'TEXT({self._rounded().formula(places, home)},"{self.mask}")'

    def value(self, places: Places | None = None) -> Value:
        value = self._rounded().value(places)
        assert isinstance(value, Fraction)
        return _MASKS[self.mask](value)


BLANK = Const("")


def if_(condition: Expr, then: Operand, otherwise: Operand) -> Expr:
    return Call("IF", (condition, expr(then), expr(otherwise)))


def cases(*branches: tuple[Expr, Operand], otherwise: Operand) -> Expr:
    """The result of the first condition that holds, as nested IFs."""
    result = expr(otherwise)
    for condition, then in reversed(branches):
        result = if_(condition, then, result)
    return result


def and_(*conditions: Expr) -> Expr:
    return conditions[0] if len(conditions) == 1 else Call("AND", conditions)


def or_(*conditions: Expr) -> Expr:
    return conditions[0] if len(conditions) == 1 else Call("OR", conditions)


def is_number(operand: Expr) -> Expr:
    return Call("ISNUMBER", (operand,))


def is_blank(operand: Expr) -> Expr:
    return operand.equals("")


def minimum(*operands: Operand) -> Expr:
    return Call("MIN", tuple(expr(o) for o in operands))


def maximum(*operands: Operand) -> Expr:
    return Call("MAX", tuple(expr(o) for o in operands))


def total(*operands: Expr) -> Expr:
    return Call("SUM", operands)


def count(*operands: Expr) -> Expr:
    return Call("COUNT", operands)


def round_(operand: Expr, decimals: int) -> Expr:
    return Call("ROUND", (operand, Const(Fraction(decimals))))


def settle(operand: Expr) -> Expr:
    """The quantity without the noise of doubles; see SETTLED."""
    return round_(operand, SETTLED)


def count_where(*pairs: Operand) -> Expr:
    """COUNTIFS over (range, exact text) pairs."""
    return Call("COUNTIFS", tuple(expr(p) for p in pairs))


def sum_where(summed: Range, *pairs: Operand) -> Expr:
    """SUMIFS of a range over (range, exact text) pairs."""
    return Call("SUMIFS", (summed, *(expr(p) for p in pairs)))


def sum_product(*ranges: Range) -> Expr:
    return Call("SUMPRODUCT", ranges)


def clipped(source: Expr, most: int) -> Expr:
    """A text of at most that many characters, …… where it was longer."""
    cut = Call("LEFT", (source, Const(Fraction(most - 2)))) & "……"
    return if_(Call("LEN", (source,)) > most, cut, source)


def without(source: Expr, *texts: str) -> Expr:
    """A text with others taken out of it, one after the other."""
    return Without(source, texts)


def replaced(source: Expr, old: Operand, new: Operand) -> Expr:
    """A text with one in place of another."""
    return Call("SUBSTITUTE", (source, expr(old), expr(new)))


def count_signs(source: Expr, signs: Sequence[str]) -> Expr:
    return Signs(source, tuple(signs))


def is_among(source: Expr, texts: Sequence[str]) -> Expr:
    return Among(source, tuple(texts))


def link(source: Expr) -> Expr:
    """A plain link that keeps a blank blank (a bare reference would turn it into 0)."""
    return if_(is_blank(source), "", source)


def join(*parts: Operand) -> Expr:
    """Texts and numbers run together, adjacent constants merged."""
    merged: list[Expr] = []
    for part in map(expr, parts):
        if isinstance(part, Const) and merged and isinstance(merged[-1], Const):
            merged[-1] = Const(_text(merged[-1].constant) + _text(part.constant))
        else:
            merged.append(part)
    result = merged[0]
    for part in merged[1:]:
        result = result & part
    return result
