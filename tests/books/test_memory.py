"""What was made of a content is remembered, unless it is longer than forms have it."""

import pytest

from minsheng_xl.books.package.memory import remembered


def test_it_is_made_once_and_of_long_ones_each_time() -> None:
    made: list[tuple[str, int]] = []

    @remembered(2, 3)
    def doubled(text: str, times: int) -> str:
        """What is said twice."""
        made.append((text, times))
        return text * times

    assert [doubled("abc", 2), doubled("abc", 2), doubled("abc", 3)] == ["abcabc", "abcabc", "abcabcabc"]
    assert made == [("abc", 2), ("abc", 3)]
    assert [doubled("abcd", 1), doubled("abcd", 1)] == ["abcd", "abcd"]
    assert made[2:] == [("abcd", 1), ("abcd", 1)]
    assert (doubled.__name__, doubled.__doc__) == ("doubled", "What is said twice.")


def test_only_the_latest_are_remembered() -> None:
    made: list[str] = []

    @remembered(2, 3)
    def again(text: str) -> str:
        made.append(text)
        return text

    for text in ("a", "b", "c", "c", "b", "a"):
        again(text)
    assert made == ["a", "b", "c", "a"]


def test_what_cannot_be_made_is_said_each_time() -> None:
    @remembered(2, 3)
    def number(text: str) -> int:
        return int(text)

    for _ in range(2):
        with pytest.raises(ValueError, match="x"):
            number("x")
