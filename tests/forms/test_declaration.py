"""Layouts as data: kept under their digest, and no longer known when they are drawn otherwise."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from minsheng_xl.forms import certification, confirmation, keep, table, unit
from minsheng_xl.forms.declaration import KEPT, Column, Field, Layout, Layouts, digest_of, kept, packed, unpacked
from minsheng_xl.forms.layout import Input, Sheet

KINDS: list[Any] = [unit, certification]


@pytest.mark.parametrize("of", keep.KINDS)
def test_the_digest_that_is_declared_is_that_of_the_layout_as_it_is_drawn(of: Layouts) -> None:
    """Forms bear the declared one, and are read by what is drawn."""
    assert of.digest == of.reckoned(), "declare what python -m minsheng_xl.forms.keep prints"


@pytest.mark.parametrize("of", KINDS)
def test_the_present_layout_is_kept(of: Any) -> None:
    """It is what later versions read today's forms by."""
    for name, content in keep.present():
        assert (KEPT / name).read_text("utf-8") == content, "python -m minsheng_xl.forms.keep"
    assert kept(of.LAYOUTS.digest) is not None


def test_every_kept_layout_is_still_drawn_as_it_was() -> None:
    kinds = ("", unit.LAYOUTS), ("认定", certification.LAYOUTS), ("核对", confirmation.LAYOUTS)
    for path in KEPT.glob("*.json"):
        assert any(kind.layout(prefix + path.stem) is not None for prefix, kind in kinds), path.name


@pytest.mark.parametrize(("of", "version", "digest"), [(unit, "2", "0c8e2614"), (certification, "认定1", "0d21c1bb")])
def test_the_first_versions_are_known(of: Any, version: str, digest: str) -> None:
    assert of.LAYOUTS.layout(version) in (of.LAYOUTS.present, kept(digest))
    assert of.LAYOUTS.bears(version)


def test_the_present_layout_is_given_without_a_look_at_what_is_kept() -> None:
    drawn: list[Layout] = []

    def example(layout: Layout) -> Any:
        drawn.append(layout)
        return unit._example(layout)

    layouts = Layouts(unit.LAYOUT, example, prefix="", first=("2", unit.LAYOUTS.digest))
    assert layouts.layout("2") is layouts.layout(unit.LAYOUTS.digest) is unit.LAYOUT
    assert len(drawn) == 1


def test_a_certifiers_form_is_told_from_a_units() -> None:
    assert certification.LAYOUTS.bears(certification.LAYOUTS.version)
    assert certification.LAYOUTS.bears("认定00000000")
    assert not certification.LAYOUTS.bears(unit.LAYOUTS.version)
    assert not certification.LAYOUTS.bears("2")


@pytest.mark.parametrize("version", ["", "1", "3", "00000000", "../layout", "0C8E2614", "0c8e2614 ", "认定0c8e2614"])
def test_what_no_layout_bears_is_unknown(version: str) -> None:
    assert unit.LAYOUTS.layout(version) is None


@pytest.mark.parametrize("of", KINDS)
def test_a_layout_is_packed_and_unpacked(of: Any) -> None:
    content = json.loads(json.dumps(packed(of.LAYOUT), ensure_ascii=False))
    assert packed(unpacked(content)) == packed(of.LAYOUT)
    assert unpacked(content).columns == of.LAYOUT.columns
    assert digest_of(unpacked(content), of._example(unpacked(content))) == of.LAYOUTS.digest


def others(layout: Layout) -> Iterator[Layout]:
    """Layouts that differ in one thing."""
    for n, column in enumerate(layout.columns):
        for other in (
            column._replace(key="other"), column._replace(title="另一名"), column._replace(across=2),
            column._replace(hidden=not column.hidden), column._replace(anchor=not column.anchor),
        ):
            yield layout._replace(columns=(*layout.columns[:n], other, *layout.columns[n + 1 :]))
    for n, field in enumerate(layout.head):
        for other_field in (
            field._replace(key="other"), field._replace(title="另一名"), field._replace(column=field.column + 1),
            field._replace(label=field.label + 1), field._replace(across=field.across + 1),
            field._replace(row=field.row + 1),
            field._replace(input=None if field.input else Input("words")),
        ):
            yield layout._replace(head=(*layout.head[:n], other_field, *layout.head[n + 1 :]))


@pytest.mark.parametrize("of", KINDS)
def test_whatever_is_declared_is_in_the_digest(of: Any) -> None:
    digests = [digest_of(other, of._example(other)) for other in others(of.LAYOUT)]
    assert len({of.LAYOUTS.digest, *digests}) == len(digests) + 1


def test_what_a_clerk_is_told_of_a_cell_is_not_in_the_digest() -> None:
    def untold(field: Field) -> Field:
        return field._replace(input=field.input._replace(instruction="另一说明") if field.input else None)

    other = unit.LAYOUT._replace(head=tuple(map(untold, unit.LAYOUT.head)))
    assert other != unit.LAYOUT
    assert digest_of(other, unit._example(other)) == unit.LAYOUTS.digest


def test_a_form_that_is_drawn_otherwise_has_another_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody moves the table down by a row, in the code: what is kept is no longer what was drawn."""
    drawn = Sheet.table
    monkeypatch.setattr(Sheet, "table", lambda sheet, top, *given, **named: drawn(sheet, top + 1, *given, **named))
    layouts = Layouts(unit.LAYOUT, unit._example, prefix="", first=("2", "0c8e2614"))
    assert layouts.version != unit.LAYOUTS.version
    assert layouts.layout("2") is None
    assert layouts.layout("0c8e2614") is None


def test_a_layout_that_asks_for_what_is_gone_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    layouts = Layouts(unit.LAYOUT._replace(support_title="另一名"), unit._example, prefix="", first=("2", "0c8e2614"))
    assert layouts.layout("2") is not None
    gone = {name: accepts for name, accepts in table._ACCEPTS.items() if name != "part"}
    monkeypatch.setattr(table, "_ACCEPTS", gone)
    columns = tuple(column for column in unit.LAYOUT.columns if column.filled != "part")
    layouts = Layouts(unit.LAYOUT._replace(columns=columns), unit._example, prefix="", first=("2", "0c8e2614"))
    assert layouts.layout("2") is None


@pytest.mark.parametrize("of", KINDS)
def test_no_two_cells_of_a_form_have_the_same_name(of: Any) -> None:
    layout: Layout = of.LAYOUT
    lead = [field for row in layout.lead for field in row]
    every: list[list[Column | Field]] = [[*layout.columns], [*layout.head], [*lead, *layout.funding], [*layout.support]]
    for names in every:
        assert len({one.key for one in names}) == len(names)
        assert len({one.title for one in names}) == len(names)


def test_places_of_the_declaration() -> None:
    columns = (Column(key="a", title="甲"), Column(key="b", title="乙", across=3), Column(key="c", title="丙", hidden=True), Column(key="d", title="丁"))
    layout = Layout(head=(Field(key="x", title="某", row=2), Field(key="y", title="某", row=5)), columns=columns)
    assert [layout.place(key) for key in "abcd"] == [0, 1, 4, 5]
    assert (layout.width, layout.top) == (5, 6)
    assert Field(key="x", title="某", column=3, label=2).entry == 5
