"""What the text of a formula tells without being reckoned: its brackets, its texts, the sheets that it names."""

import re
from typing import NamedTuple

LONGEST, FUNCTIONS_IN_ONE_ANOTHER = 8192, 64
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_QUOTED = re.compile(r"'((?:[^']|'')+)'!")
_BARE = re.compile(r"([^\W\d][\w.]*)!")


class Brackets(NamedTuple):
    """How deep functions stand in one another, and whether brackets and quotes come in pairs."""

    functions: int
    are_whole: bool


def texts(formula: str) -> list[str]:
    """The texts that a formula holds, as they are meant."""
    return [text.replace('""', '"') for text in _TEXT.findall(_QUOTED.sub("", formula))]


def sheets_named(formula: str) -> list[str]:
    """The sheets that a formula or a reference names."""
    bare = _TEXT.sub("", formula)
    quoted = [name.replace("''", "'") for name in _QUOTED.findall(bare)]
    return quoted + _BARE.findall(_QUOTED.sub("", bare))


def brackets(formula: str) -> Brackets:
    bare = _TEXT.sub("", _QUOTED.sub("", formula))
    opened: list[bool] = []
    deepest = 0
    for at, sign in enumerate(bare):
        if sign == "(":
            opened.append(at > 0 and (bare[at - 1].isalnum() or bare[at - 1] in "._"))
            deepest = max(deepest, sum(opened))
        elif sign == ")":
            if not opened:
                return Brackets(deepest, False)
            opened.pop()
    return Brackets(deepest, not opened and '"' not in bare)
