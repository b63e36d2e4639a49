"""A path as it is dragged or pasted into a question: what stands around it is taken off, and it is that path."""

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from minsheng_xl.texts import one_line
from minsheng_xl.year.folder import PLAN_FILE

_QUOTES = "\"'`“”‘’„‚«»「」『』《》〈〉＂＇"
_SLIPS = "\"'“”‘’＂＇"
"""Marks of which one alone, before or behind a path, is a slip."""
_LINK = re.compile(r"file:(?://([^/\\]*))?([/\\].*)", re.I | re.S)
_DRIVE = re.compile(r"[/\\]+([A-Za-z]:.*)", re.S)


def pasted_path(answer: str) -> str:
    """The path that is meant by an answer: the first reading that is there, else the one that takes most off."""
    text = answer
    for text in _readings(answer):
        if text and _is_there(text):
            return text
    return text


def year_at(path: Path) -> Path | None:
    """The folder of the year that a path is, or lies in: 计划.xlsx itself, the master, a form in 发出/."""
    with suppress(OSError, ValueError):
        if (path / PLAN_FILE).is_file():
            return path
        if path.exists():
            return next((above for above in path.absolute().parents if (above / PLAN_FILE).is_file()), None)
    return None


def _is_there(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False


def _readings(answer: str) -> Iterator[str]:
    """What an answer may mean, each with more taken off than the one before."""
    yield answer.strip()
    text = one_line(answer).strip()  # Windows puts an unseen sign before a path that is copied from its properties
    yield text
    text = text.removeprefix("& ").strip()  # PowerShell calls what is dropped on it
    bare = _without_quotes(text)
    is_quoted = bare != text
    bare = _of_link(bare)
    yield bare
    if os.name == "posix":
        yield from _as_a_shell_reads(text)
    bare = bare.strip(_SLIPS).strip()
    if bare.startswith("~"):
        with suppress(RuntimeError):
            bare = str(Path(bare).expanduser())
    yield bare
    if os.name == "posix" and not is_quoted:
        yield re.sub(r"\\(.)", r"\1", bare)


def _without_quotes(text: str) -> str:
    while len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1].strip()
    return text


def _as_a_shell_reads(text: str) -> Iterator[str]:
    """The one word that a text is to a shell: terminals write a quote in a name as '\\''."""
    with suppress(ValueError):
        words = shlex.split(text)
        if len(words) == 1:
            yield words[0]


def _of_link(text: str) -> str:
    """The path of a file:// link; any other text as it is."""
    found = _LINK.fullmatch(text)
    if found is None:
        return text
    host, path = found[1] or "", unquote(found[2])
    drive = _DRIVE.fullmatch(path)
    if drive is not None:
        return drive[1]
    return path if host.lower() in ("", "localhost") else f"//{host}{path}"
