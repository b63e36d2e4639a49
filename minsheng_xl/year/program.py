"""Which program writes: its version, and a digest of its sources for what stands between two versions."""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import minsheng_xl

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DIGITS = 8
"""Signs of the digest."""


@cache
def program() -> str:
    """The program as the journal names it: 0.1.0+1a2b3c4d. Equal sources give an equal text, installed or in a .pyz."""
    from importlib.resources import files

    digest = hashlib.sha256()
    for path, source in sorted(_sources(files(minsheng_xl), "")):
        content = source.read_bytes()
        digest.update(f"{path} {len(content)}\n".encode() + content)
    return f"{minsheng_xl.__version__}+{digest.hexdigest()[:DIGITS]}"


def _sources(folder: "Traversable", path: str) -> "Iterator[tuple[str, Traversable]]":
    """The modules below a folder, each under its path in the package."""
    for found in folder.iterdir():
        if found.is_dir():
            yield from _sources(found, f"{path}{found.name}/")
        elif found.name.endswith(".py"):
            yield path + found.name, found
