"""The columns of a sheet, made as wide as they are to be where they stand.

Source: ECMA-376 part 1, 18.3.1.13 and 18.3.1.17: an element tells a run of columns, each column stands in one at most.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from minsheng_xl.books.edit.spans import NotPlain, with_attribute
from minsheng_xl.forms.layout import width_pixels

_COLUMNS = re.compile(r"<cols\b[^>]*>(.*?)</cols>", re.DOTALL)
_COLUMN = re.compile(r"<col\b[^>]*/>")
_RUN = re.compile(r'(?=[^>]*\smin="(\d+)")(?=[^>]*\smax="(\d+)")')
_WIDTH = re.compile(r'\swidth="([\d.]+)"')
_DIGIT = 8
"""Pixels of a digit of the face in which `write_book` tells widths; other programs may have another face."""
_NEAR = 0.1
"""By how much of itself a width that nobody changed may differ."""


def with_widths(text: str, had: Sequence[float], widths: "Mapping[int, tuple[float | None, float]]") -> str:
    """A sheet's text with some columns, counted from 0, as wide as they are to be: those that are new, and those that
    are as wide as they were. `had` are the widths of all its columns as they were. Raises NotPlain."""
    behind = text.index("<sheetData")
    found = _COLUMNS.search(text, 0, behind)
    inner = found[1] if found is not None else ""
    if _COLUMN.sub("", inner).strip():
        raise NotPlain("cols")
    runs = dict(_runs(inner))
    pixel = _pixel(runs, had)
    for place, (was, now) in widths.items():
        wide = None if was is None else width_pixels(was) * pixel
        _widen(runs, place + 1, wide, width_pixels(now) * pixel)
    element = f"<cols>{''.join(_told(run, tag) for run, tag in sorted(runs.items()))}</cols>"
    start, end = found.span() if found is not None else (behind, behind)
    return text[:start] + element + text[end:]


def _runs(inner: str) -> "Iterator[tuple[tuple[int, int], str]]":
    """The elements by the first and the last of their columns."""
    for tag in _COLUMN.findall(inner):
        run = _RUN.match(tag)
        if run is None:
            raise NotPlain("col")
        yield (int(run[1]), int(run[2])), tag


def _pixel(runs: "Mapping[tuple[int, int], str]", had: Sequence[float]) -> float:
    """What a pixel is in this file, by how wide it says our columns are, of which the office may have changed some."""
    told = []
    for number, width in enumerate(had, 1):
        tag = next((tag for run, tag in runs.items() if run[0] <= number <= run[1]), "")
        wide = _WIDTH.search(tag)
        if wide is not None:
            told.append(float(wide[1]) / width_pixels(width))
    return median(told) if told else 1 / _DIGIT


def _widen(runs: "dict[tuple[int, int], str]", number: int, was: float | None, now: float) -> None:
    """Give a column its width, as the file tells it; the others of its run keep theirs."""
    first, last = run = next((run for run in runs if run[0] <= number <= run[1]), (number, number))
    tag = runs.get(run, "<col/>")
    wide = _WIDTH.search(tag)
    if was is not None and (wide is None or abs(float(wide[1]) - was) > _NEAR * was):
        return
    runs.pop(run, None)
    runs |= {rest: tag for rest in ((first, number - 1), (number + 1, last)) if rest[0] <= rest[1]}
    runs[number, number] = with_attribute(with_attribute(tag, "width", f"{now:.6g}"), "customWidth", "1")


def _told(run: tuple[int, int], tag: str) -> str:
    return with_attribute(with_attribute(tag, "min", str(run[0])), "max", str(run[1]))
