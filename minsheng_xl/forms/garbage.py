"""Garbage: not looked for while a book is made or written, or a whole master."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """All of the many small objects of a book are in use until it is made: looking for garbage among them, again and
    again, takes as long as making them."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
