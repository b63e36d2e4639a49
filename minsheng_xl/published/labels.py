"""Who is responsible, said behind a task by words and colons or in brackets: （牵头单位：甲；责任单位：乙）."""

import re
from collections.abc import Iterator

from minsheng_xl.published.heads import CERTIFIER, DEADLINE, LEAD, LEADER, RESPONSIBLE, TASK_HEADS, squashed

LABELLED = (LEAD, RESPONSIBLE, CERTIFIER, DEADLINE, LEADER)
_ALL: dict[str, str] = {}
for _column in LABELLED:
    _ALL |= dict.fromkeys(TASK_HEADS[_column], _column)
_LONG = {word: column for word, column in _ALL.items() if len(word) > 2}
"""In running text a word of two signs (责任) may be anything."""


def _label(words: dict[str, str]) -> str:
    return rf"({'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\s*[：:]\s*"


_LABEL, _ANY_LABEL = re.compile(_label(_LONG)), re.compile(_label(_ALL))
_LABEL_OPEN = re.compile(rf"(?:^|(?<=[。；;，,！\s]))(?={_LABEL.pattern})")
_BRACKET_OPEN = re.compile(rf"[（(【\[〔]\s*(?={_LABEL.pattern})")
_LEADS = re.compile(
    r"[（(]([^（）()]{2,}?)牵头(?:[，,、；;]\s*([^（）()]{2,}?)(?:配合|参与|协助|协办|按职责分工负责|负责))?[）)]"
)
_CLOSES = {"（": "）)", "(": "）)", "【": "】", "[": "]", "〔": "〕"}
_ENDS = " \t\u3000。；;，,、"


def joined(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Texts by column of two places, one under the other."""
    both = dict(one)
    for column, text in other.items():
        both[column] = f"{both[column]}\n{text}" if both.get(column) else text
    return both


def divided(line: str) -> Iterator[tuple[str, dict[str, str]]]:
    """A line as texts, each with the units named behind it, by column."""
    rest = line.strip()
    while rest:
        bracket, open_label, leads = _BRACKET_OPEN.search(rest), _LABEL_OPEN.search(rest), _LEADS.search(rest)
        found = min((one for one in (bracket, open_label, leads) if one), key=lambda one: one.start(), default=None)
        if found is None:
            yield rest, {}
            return
        text = rest[: found.start()].strip()
        if found is leads:
            yield text, {column: said for column, said in zip((LEAD, RESPONSIBLE), found.groups(), strict=True) if said}
            rest = rest[found.end() :]
        else:
            inside, rest = _inside(rest, found.start()) if found is bracket else (rest[found.start() :], "")
            yield text, _labelled(inside, _LABEL)
        rest = rest.lstrip(_ENDS)


def units_in(cell: str) -> dict[str, str]:
    """The units of a cell that names their parts itself, by column: 牵头：甲 / 配合：乙. Nothing if it does not."""
    return _labelled(cell, _ANY_LABEL) if _ANY_LABEL.match(cell) else {}


def _inside(text: str, start: int) -> tuple[str, str]:
    """What stands in the bracket that opens there, which may hold others, and what comes after it."""
    depth = 0
    for place in range(start, len(text)):
        if text[place] in (text[start], "（", "("):
            depth += 1
        elif text[place] in _CLOSES[text[start]]:
            depth -= 1
            if depth == 0:
                return text[start + 1 : place], text[place + 1 :]
    return text[start + 1 :], ""


def _labelled(text: str, label: re.Pattern[str]) -> dict[str, str]:
    pieces = label.split(text)
    units: dict[str, str] = {}
    for word, said in zip(pieces[1::2], pieces[2::2], strict=True):
        units = joined(units, {_ALL[squashed(word)]: said.strip(f"{_ENDS}\n")})
    return units
