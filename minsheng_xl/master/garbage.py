"""Garbage: not looked for while a whole master is made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """All of the many small objects of a master are in use until it is made: looking for garbage among them, again
    and again, took a third of the time."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
