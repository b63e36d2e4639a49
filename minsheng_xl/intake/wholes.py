"""A form that is in doubt as a whole: its figures slipped a row, or it is an earlier form with a new date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.values import Figure
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import FIGURE, MEASURES, REPORTED, Key
from minsheng_xl.exact.numbers import plain
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import number_said
from minsheng_xl.problems import Problem
from minsheng_xl.rules import identity

_LEAST, _ROWS = 20, 2
_OFF, _NEAR = Fraction(3, 2), Fraction(8, 5)


class _Compared(NamedTuple):
    """A figure of a column, and what was last accepted in its place."""

    key: Key
    figure: Fraction
    last: Fraction


def slipped(
    page: Page, figures: Mapping[Key, Figure], before: Mapping[str, Value], parts: Mapping[Key, Value]
) -> Problem | None:
    """That two figures of a column or more are about those that stood a row above, or a row below, and not their own.

    `before` are the last accepted figures by indicator, `parts` those of which ratios are made, by cell.
    """
    for name in MEASURES:
        rows = list(_rows(page, name, figures, before, parts))
        for step in (1, -1):
            moved = [now for now, beside in _beside(rows, step) if _is_moved(now, beside)]
            if len(moved) >= _ROWS and not _is_own(rows, moved, step):
                seen = "、".join(f"{cell_name(page.at(row.key))} {plain(row.figure)}" for row in moved)
                where = "上" if step > 0 else "下"
                return identity.SLIPPED.problem(
                    sheet=page.sheet.name, cell=cell_name(page.at(moved[0].key)), seen=seen, expected=where,
                )
    return None


def _rows(
    page: Page, name: str, figures: Mapping[Key, Figure], before: Mapping[str, Value], parts: Mapping[Key, Value]
) -> Iterator[_Compared | None]:
    """The rows of a column in their order; None where there is nothing to compare."""
    for key in page.issued.inputs.values():
        if key.part != FIGURE or key.name != name:
            continue
        figure, last = figures.get(key), before.get(key.of) if name == REPORTED else parts.get(key)
        comparable = isinstance(figure, Fraction) and isinstance(last, Fraction) and last >= _LEAST
        yield _Compared(key, figure, last) if comparable else None  # type: ignore[arg-type]


def _beside(rows: Sequence[_Compared | None], step: int) -> Iterator[tuple[_Compared, _Compared]]:
    """Each row with the one above (`step` 1) or below (-1)."""
    for number, row in enumerate(rows):
        other = number - step
        if row is not None and 0 <= other < len(rows) and (neighbour := rows[other]) is not None:
            yield row, neighbour


def _is_own(rows: Sequence[_Compared | None], moved: Sequence[_Compared], step: int) -> bool:
    """Whether the figures that seem to have slipped are their rows' own: that from which they would have come still
    has its figure, and it is another."""
    end = moved[0] if step > 0 else moved[-1]
    source = rows[rows.index(end) - step]
    return source is not None and _is_within(source.figure, source.last, _OFF) and source.figure != end.figure


def _is_moved(row: _Compared, neighbour: _Compared) -> bool:
    return not _is_within(row.figure, row.last, _OFF) and _is_within(row.figure, neighbour.last, _NEAR)


def _is_within(figure: Fraction, last: Fraction, factor: Fraction) -> bool:
    return last < figure * factor and figure < last * factor


def of_earlier(page: Page, earlier: Iterable[tuple[str, Mapping[str, Value]]]) -> Problem | None:
    """That its 上期累计 are those of an earlier period's form, not of its own.

    `earlier` are the earlier periods, each with the figures accepted before it; it is asked only if need be.
    """
    seen: dict[str, Fraction] = {}
    is_own = True
    for place, key in page.issued.previous.items():
        was = page.issued.sheet.text(*place)
        now, issued = number_said(page.sheet.text(*page.placement.at(place))), number_said(was)
        if now is not None and issued is not None:
            seen[key.of] = now
            is_own = is_own and _is_same(now, issued)
    if is_own or len(seen) < _ROWS:
        return None
    for period, values in earlier:
        if all(_is_same(now, values.get(code)) for code, now in seen.items()):
            return identity.EARLIER.problem(sheet=page.sheet.name, seen=period)
    return None


def _is_same(one: Fraction, other: Value) -> bool:
    """Whether two figures are the same, as far as a program keeps a quotient."""
    return isinstance(other, Fraction) and abs(one - other) <= abs(other) / 10**12
