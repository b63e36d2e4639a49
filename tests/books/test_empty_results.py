"""A formula whose result is an empty text keeps it as Excel does: t="str" and an empty <v>."""

import io
import re

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.books.edit.closed import edited
from minsheng_xl.books.package.read import read_package
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.edits import States
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import master_book
from tests.makers import empty_account, word
from tests.workbooks import parts_of, put_together

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
_CELL = re.compile(r"<c ([^>]*)><f>[^<]*</f>(<v></v>|<v/>|)</c>")


def typed_and_untyped(content: bytes) -> tuple[int, int]:
    """How many formula cells without a visible result say that it is a text, and how many say nothing."""
    found = [match[1] for name, part in parts_of(content).items() if "/sheet" in name for match in _CELL.finditer(part.decode())]
    typed = sum(said.endswith(' t="str"') for said in found)
    return typed, len(found) - typed


def empty_results(book: Book) -> int:
    return sum(book.value(sheet, cell) in ("", None) for sheet, cell in book.formulas())


@pytest.fixture(scope="module")
def states(sample_plan: Plan) -> States:
    """A master in which nothing was reported, and the one of the next period with a word of every unit."""
    given = {u.name: {word(1, "progress"): "已开工"} for u in sample_plan.reporting_units}
    base, new = empty_account(sample_plan, OCTOBER), empty_account(sample_plan, NOVEMBER, given)
    return States(master_book(base, "", 0), master_book(new, "", 1))


@pytest.fixture(scope="module")
def written(states: States) -> bytes:
    return write_book(states.base)


def as_earlier_versions_wrote_it(content: bytes) -> bytes:
    parts = {
        name: re.sub(rb' t="str"(><f>[^<]*</f><v></v></c>)', rb"\1", part) if "/sheet" in name else part
        for name, part in parts_of(content).items()
    }
    made = io.BytesIO()
    put_together(made, parts)
    return made.getvalue()


def test_what_is_written(states: States, written: bytes) -> None:
    expected = empty_results(states.base)
    assert expected > 500
    assert typed_and_untyped(written) == (expected, 0)


def test_what_is_edited(states: States, written: bytes) -> None:
    assert empty_results(states.new) != empty_results(states.base)
    made = edited(written, read_package(written, trusted=True), states)
    assert typed_and_untyped(made.content) == (empty_results(states.new), 0)
    assert made.kept == ()


def test_what_is_written_needs_no_putting_right(states: States, written: bytes) -> None:
    made = edited(written, read_package(written, trusted=True), States(states.base, states.base))
    assert made.parts == ()


def test_a_master_of_an_earlier_version_is_taken_and_put_right(states: States, written: bytes) -> None:
    old = as_earlier_versions_wrote_it(written)
    assert typed_and_untyped(old) == (0, empty_results(states.base))
    made = edited(old, read_package(old, trusted=True), states)
    assert made.kept == ()
    assert typed_and_untyped(made.content) == (empty_results(states.new), 0)
    fresh = edited(written, read_package(written, trusted=True), states)
    assert parts_of(made.content) == parts_of(fresh.content)
