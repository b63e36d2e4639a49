"""Each example of a shape is read by that shape, and by none that comes before it."""

import re

import pytest

from minsheng_xl.published import grammar
from minsheng_xl.published.grammar import understood
from minsheng_xl.published.shapes import SHAPES, Shape

YEAR = 2023
EXAMPLES = [(shape, example) for shape in SHAPES for example in shape.examples]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the shapes that took a piece, in order."""
    names: list[str] = []
    make = grammar._Sentence.__init__

    def watched(self, text: str, year: int, *, has_heading: bool) -> None:
        make(self, text, year, has_heading=has_heading)
        for name, read in self._ways.items():
            self._ways[name] = noting(name, read)

    def noting(name: str, read):
        def noted(found: re.Match[str], piece: grammar.Piece) -> bool:
            is_read = read(found, piece)
            if is_read:
                names.append(name)
            return is_read
        return noted

    monkeypatch.setattr(grammar._Sentence, "__init__", watched)
    return names


@pytest.mark.parametrize(("shape", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_an_example_is_read_by_its_own_shape(shape: Shape, example: str, taken: list[str]) -> None:
    understood(example, YEAR)
    assert taken[-1] == shape.reads


def test_every_shape_has_a_way_of_its_own_in_the_order_of_the_list() -> None:
    ways = grammar._Sentence("", YEAR, has_heading=False)._ways
    assert list(ways) == [shape.reads for shape in SHAPES]
    assert all(shape.examples for shape in SHAPES)
