"""The layout of a form as data: where everything stands, what it is called, what is filled in.

A form is drawn from its layout, and a returned one is read by the layout that it was drawn from: the digest of
the layout is part of the form's identity. Every layout stands in layouts/ under its digest, the present one too,
so that forms which are out can still be read after it changed.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from minsheng_xl.forms.identity import signs
from minsheng_xl.forms.layout import Check, Input, PlacedCell, Sheet

KEPT = Path(__file__).with_name("layouts")
_DIGEST = re.compile(r"[0-9a-f]{8}\Z", re.ASCII)


class Field(NamedTuple):
    """A label and the cell beside it: the label takes `label` columns from `column`, the cell the next `across`.

    In a table the field is a column, and the label its head. `row` counts in the head of the form only.
    """

    key: str
    title: str
    input: Input | None = None
    column: int = 0
    label: int = 1
    across: int = 1
    row: int = 0

    @property
    def entry(self) -> int:
        """The column of the cell."""
        return self.column + self.label


class Column(NamedTuple):
    """A column of a form's table of indicators.

    `filled` names what is filled in there, as the form knows it; "" of a column that nobody fills in.
    `anchor`: its texts prove, on a returned sheet, that the rows are still where they were.
    `outside`: it can be seen, to the right of what is printed.
    """

    key: str
    title: str
    across: int = 1
    hidden: bool = False
    anchor: bool = False
    filled: str = ""
    outside: bool = False


class Layout(NamedTuple):
    """Where everything of a form stands, from the top: head, table of indicators, then, on a unit's form, the words
    on each project that it leads (with {no} and {name} in its title) and the table of those that it supports.

    `recalls`: above the words on a project stand those of its last form. `seal`: at the foot there is a place for it.
    `chosen`: of a certifier's form, that only the rows stand there that the plan chooses, and those are locked whose
    figures the certifier reports itself.
    """

    head: tuple[Field, ...]
    columns: tuple[Column, ...]
    lead: tuple[tuple[Field, ...], ...] = ()
    funding: tuple[Field, ...] = ()
    support: tuple[Field, ...] = ()
    lead_title: str = ""
    support_title: str = ""
    recalls: bool = False
    seal: bool = False
    chosen: bool = False

    @property
    def width(self) -> int:
        """The sheet columns that are printed."""
        return sum(column.across for column in self.columns if not (column.hidden or column.outside))

    @property
    def top(self) -> int:
        """The row below the head."""
        return 1 + max(field.row for field in self.head)

    @property
    def middle(self) -> int:
        """The sheet column at which the right half of the words begins."""
        return self.lead[0][-1].column

    def place(self, key: str) -> int:
        """The sheet column at which a column of the table begins. Raises StopIteration if there is none."""
        index = next(n for n, column in enumerate(self.columns) if column.key == key)
        return sum(column.across for column in self.columns[:index])


class Layouts:
    """The layouts of one kind of form: the present one, and those that earlier forms were drawn from.

    A form bears its layout as a version: `prefix` and the digest. `first` is the version that forms bore before
    layouts had digests, with the digest of their layout, if there were any. `drawn` draws an example from a layout.
    `digest` is that of the present layout, if it is known: to draw an example takes as long as to judge ten returns.
    """

    def __init__(
        self, present: Layout, drawn: Callable[[Layout], Sheet], *, prefix: str,
        first: tuple[str | None, str] = (None, ""), digest: str = "",
    ) -> None:
        self.present, self._drawn, self._prefix = present, drawn, prefix
        self.first, self._first_digest = first
        self._declared_digest = digest
        self._known: dict[str, Layout | None] = {}

    @cached_property
    def digest(self) -> str:
        """The digest of the present layout."""
        return self._declared_digest or self.reckoned()

    def reckoned(self) -> str:
        """The digest of the present layout as it is drawn."""
        return digest_of(self.present, self._drawn(self.present))

    @property
    def version(self) -> str:
        """The version of the present layout."""
        return self._prefix + self.digest

    def bears(self, version: str) -> bool:
        """Whether a version is one of this kind of form, known or not."""
        return version == self.first or version.startswith(self._prefix)

    def layout(self, version: str) -> Layout | None:
        """The layout of a version; None if it is not known, or is no longer drawn as it was."""
        if self.is_present(version):
            return self.present
        if version not in self._known:
            self._known[version] = self._kept(version)
        return self._known[version]

    def is_present(self, version: str) -> bool:
        """Whether a version is one of the present layout, by its digest or from before layouts had one."""
        return self._digest_in(version) == self.digest

    def _digest_in(self, version: str) -> str:
        return self._first_digest if version == self.first else version.removeprefix(self._prefix)

    def _kept(self, version: str) -> Layout | None:
        digest = self._digest_in(version)
        found = kept(digest)
        try:
            return found if found is not None and digest_of(found, self._drawn(found)) == digest else None
        except (LookupError, StopIteration, ValueError):  # it asks for what the form does not have any more
            return None


def digest_of(layout: Layout, example: Sheet) -> str:
    """Eight hex digits over a layout and over where it puts every cell of an example: key, place, size, input.

    The texts of the example that a layout does not declare, and what a clerk is told of a cell, are not in it.
    """
    cells = [cell for _, cell in sorted(example.cells.items()) if cell.key is not None or cell.anchor]
    made_of = [packed(layout), [_placed(cell) for cell in cells]]
    return signs(made_of)[:8]


def _placed(cell: PlacedCell) -> list[Any]:
    text = cell.content if cell.key is None and isinstance(cell.content, str) else ""
    return [cell.row, cell.column, cell.down, cell.across, list(cell.key or ()), text, _packed_input(cell.input)]


def checks_on(sheet: Sheet) -> list[Check]:
    """The checks of a form whose cells all stand on it: an earlier layout has no cell for a later rule to hold."""
    return [check for check in sheet.checks if all(map(sheet.has, check.keys))]


def kept(digest: str) -> Layout | None:
    """The layout that is kept under a digest."""
    if not _DIGEST.match(digest):
        return None
    from importlib.resources import files  # in a .pyz too

    file = files("minsheng_xl.forms") / KEPT.name / f"{digest}.json"
    return unpacked(json.loads(file.read_text("utf-8"))) if file.is_file() else None


def packed(layout: Layout) -> dict[str, Any]:
    """A layout as JSON keeps it; what a clerk is told of a cell is left out."""
    return {
        "head": _packed_fields(layout.head),
        "columns": [_packed_column(column) for column in layout.columns],
        "lead": [_packed_fields(row) for row in layout.lead],
        "funding": _packed_fields(layout.funding),
        "support": _packed_fields(layout.support),
        "lead_title": layout.lead_title,
        "support_title": layout.support_title,
        **{name: True for name in _LATER if getattr(layout, name)},
    }


_LATER = "recalls", "seal", "chosen"
"""What the first layouts did not have: it is packed where it is there."""


def _packed_column(column: Column) -> dict[str, Any]:
    content = column._asdict()
    return content if column.outside else {name: of for name, of in content.items() if name != "outside"}


def unpacked(content: Mapping[str, Any]) -> Layout:
    """The layout that was packed."""
    return Layout(
        head=_unpacked_fields(content["head"]),
        columns=tuple(Column(**column) for column in content["columns"]),
        lead=tuple(_unpacked_fields(row) for row in content["lead"]),
        funding=_unpacked_fields(content["funding"]),
        support=_unpacked_fields(content["support"]),
        lead_title=content["lead_title"],
        support_title=content["support_title"],
        **{name: content[name] for name in _LATER if name in content},
    )


def _packed_fields(fields: Sequence[Field]) -> list[dict[str, Any]]:
    return [field._asdict() | {"input": _packed_input(field.input)} for field in fields]


def _packed_input(accepts: Input | None) -> dict[str, Any] | None:
    if accepts is None:
        return None
    return {"kind": accepts.kind, "decimals": accepts.decimals, "choices": list(accepts.choices), "unit": accepts.unit}


def _unpacked_fields(content: "list[dict[str, Any]]") -> tuple[Field, ...]:
    return tuple(Field(**{**field, "input": _unpacked_input(field["input"])}) for field in content)


def _unpacked_input(content: "dict[str, Any] | None") -> Input | None:
    return None if content is None else Input(**{**content, "choices": tuple(content["choices"])})
