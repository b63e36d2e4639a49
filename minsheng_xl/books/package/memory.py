"""What was made of a part or of a text of a file is remembered for the next file: forms are much alike.

Only what is as long as forms have it is remembered: what anybody may send must not fill the memory.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


def remembered(most: int, longest: int) -> Callable[[F], F]:
    """A pure function whose results are remembered, the latest `most`, of contents up to that length."""

    def remembering(function: F) -> F:
        known = lru_cache(maxsize=most)(function)

        @wraps(function)
        def either(content: Any, *more: Hashable) -> Any:
            return known(content, *more) if len(content) <= longest else function(content, *more)

        return cast("F", either)

    return remembering


PART = 1 << 16
"""Bytes of a part that is remembered: what stands around the rows of a form is a sixth of that."""
TEXT = 4096
"""Signs of a text that is remembered: a formula as long as any of a form, the blank cells of a row."""
