"""What a caller may watch while a use case works."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Told how much is done, and of how much."""


def unwatched(done: int, of: int) -> None:
    """Progress that nobody looks at."""


def unsaid(words: str) -> None:
    """A step that nobody is told of."""
