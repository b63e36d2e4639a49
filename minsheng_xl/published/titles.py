"""The title of a table or list among the lines above it."""

import re
from collections.abc import Sequence

from minsheng_xl.published.heads import squashed

_TITLE = re.compile(r"(?:表|清单|台账|分工|方案|任务|项目|实事|一览|目录)(?:[（(〔\[].*[）)〕\]])?$")
_ATTACHED = re.compile(r"附[件表]?\d*$")
_LONGEST = 60
_LINES_ABOVE = 8


def is_title(line: str) -> bool:
    """Whether a line between two tables begins another one."""
    text = squashed(line)
    return len(text) > 1 and bool(_TITLE.search(text) or _ATTACHED.match(text))


def title_of(lines: Sequence[str]) -> str:
    """The title among the lines above a table, of which the last stand nearest."""
    near = [line for line in lines[-_LINES_ABOVE:] if line and len(line) <= _LONGEST][::-1]
    named = next((line for line in near if _TITLE.search(squashed(line))), "")
    return named or next((line for line in near if not line.endswith(("。", "：", ":", "；"))), "")
