"""The pages of the handbook as they lie in workbook/手册, and what stands in them as code."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "workbook" / "手册"
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def fenced(text: str, language: str) -> list[str]:
    """The blocks of code in a language."""
    return [code for named, code in _FENCED.findall(text) if named == language]


def spans(text: str) -> list[str]:
    """What stands as code within a line."""
    return re.findall(r"`([^`\n]+)`", _FENCED.sub("", text))


def typed(text: str) -> list[str]:
    """All that is code, a line each."""
    return [*spans(text), *(line for _, code in _FENCED.findall(text) for line in code.splitlines())]


def sections(text: str, level: int) -> dict[str, str]:
    """What stands under each heading of a level, up to the next heading."""
    parts = re.split(rf"^{'#' * level} (.*)$", text, flags=re.MULTILINE)
    return {title: re.split(r"^#", body, flags=re.MULTILINE)[0] for title, body in zip(parts[1::2], parts[2::2], strict=True)}
