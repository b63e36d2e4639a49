"""The title of a table or list among the lines above it."""

import re
from collections.abc import Sequence

from minsheng_xl.published.heads import squashed

_TITLE = re.compile(r"(?:表|清单|台账|分工|方案|任务|分解|项目|实事|一览|目录)(?:[（(〔\[].*[）)〕\]])?$")
_ATTACHED = re.compile(r"附[件表]?\d*$")
_ENDED = re.compile(r"[。：:；，）)日]$")
_LONGEST = 60
_LINES_ABOVE = 8


def is_title(line: str) -> bool:
    """Whether a line between two tables begins another one."""
    text = squashed(line)
    return len(text) > 1 and bool(_TITLE.search(text) or _ATTACHED.match(text))


def begins_another(line: str) -> bool:
    """Whether a line among the items of a list begins another one: 附件2, or a title with its year."""
    text = squashed(line)
    return bool(_ATTACHED.match(text)) or (bool(_TITLE.search(text)) and "年" in text and len(text) <= _LONGEST)


def title_of(lines: Sequence[str]) -> str:
    """The title among the lines above a table, of which the last stand nearest."""
    near = [line for line in lines[-_LINES_ABOVE:] if line and len(line) <= _LONGEST][::-1]
    named = next((place for place, line in enumerate(near) if _TITLE.search(squashed(line))), None)
    if named is not None:
        return _whole_title(near, named)
    return next((line for line in near if not line.endswith(("。", "：", ":", "；"))), "")


def _whole_title(near: Sequence[str], place: int) -> str:
    """A title with the line above it, if it is the second line of one: 2023年清溪县民生实事 / 责任分解表."""
    title, upper = near[place], near[place + 1] if place + 1 < len(near) else ""
    is_rest = "年" not in title and "年" in upper and len(upper) <= _LONGEST // 2 and not _ENDED.search(upper)
    return f"{upper}{title}" if is_rest else title
