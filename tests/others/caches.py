"""Do the caches of a workbook's charts hold what its cells do? Told from the file alone, by openpyxl."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils import column_index_from_string

from tests.workbooks import parts_of

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


class Stale(NamedTuple):
    """A cache that holds something else than the cells that are plotted."""

    part: str
    reference: str
    kept: dict[int, str]
    plotted: dict[int, Any]


class Looked(NamedTuple):
    """How many caches there were, and which are stale."""

    count: int
    stale: list[Stale]


def looked_at(path: Path) -> Looked:
    charts = {name: part for name, part in parts_of(path).items() if re.match(r"xl/charts/chart\d+\.xml\Z", name)}
    if not charts:
        return Looked(0, [])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values, formulas = (openpyxl.load_workbook(path, data_only=only) for only in (True, False))
    found = [one for name, part in sorted(charts.items()) for one in _caches(name, part, values, formulas)]
    return Looked(len(found), [one for one in found if one.kept != one.plotted])


def _caches(name: str, part: bytes, values: Any, formulas: Any) -> Iterator[Stale]:
    root = ElementTree.fromstring(part)
    said = root.find(f".//{_C}plotVisOnly")
    seen_only = said is not None and said.get("val", "1") == "1"
    named, along = ({id(one) for each in root.iter(_C + role) for one in each.iter()} for role in ("tx", "cat"))
    for kind in ("num", "str"):
        for about in root.iter(f"{_C}{kind}Ref"):
            written, cache = about.findtext(f"{_C}f", ""), about.find(f"{_C}{kind}Cache")
            if cache is None or "!" not in written:  # LibreOffice writes a text in quotes where there is no cell
                continue
            sheet, _, area = written.rpartition("!")
            title = sheet.strip("'").replace("''", "'")
            hides, is_zero = seen_only and id(about) not in named, kind == "num" and id(about) not in along
            cells = list(_plotted(values[title], formulas[title], area, hides=hides))
            plotted = {n: 0 if is_zero and isinstance(each, str) else each for n, each in enumerate(cells)}
            kept = {int(one.get("idx", "-1")): one.findtext(f"{_C}v", "") for one in cache.iter(f"{_C}pt")}
            count = cache.find(f"{_C}ptCount")
            kept[-1] = count.get("val", "") if count is not None else ""
            expected = {index: each for index, each in plotted.items() if each is not None} | {-1: len(plotted)}
            yield Stale(name, written, _rounded(kept), _rounded(expected))


def _plotted(values: Any, formulas: Any, area: str, *, hides: bool) -> Iterator[Any]:
    """What each cell puts into the chart: None where it is blank."""
    columns = {
        number for letters, about in values.column_dimensions.items() if about.hidden
        for number in range(about.min or column_index_from_string(letters), (about.max or 0) + 1)
    }
    block = formulas[area.replace("$", "")]
    for row in block if isinstance(block, tuple) else ((block,),):
        for cell in row:
            if hides and (values.row_dimensions[cell.row].hidden or cell.column in columns):
                continue
            value = values[cell.coordinate].value
            yield "" if value is None and cell.data_type == "f" else value


def _rounded(points: dict[int, Any]) -> dict[int, str]:
    """Numbers to twelve digits, in one way of writing."""
    return {index: _written(value) for index, value in points.items()}


def _written(value: Any) -> str:
    try:
        return f"{float(value):.12g}"
    except ValueError:
        return str(value)
