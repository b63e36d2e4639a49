"""What charts keep of their cells is what the cells hold: in new workbooks, and in masters that others worked in."""

import shutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from minsheng_xl import Period, Year, consolidate, issue
from tests.libreoffice.masters import by_libreoffice
from tests.libreoffice.soffice import needs_libreoffice
from tests.makers import figure, send
from tests.others.caches import looked_at
from tests.sharing import made_once
from tests.workbooks import parts_of, put_together, save

NOVEMBER = Period.parse("2022-11")
SUMMARY, OWN = "进展汇总总表", "我的图"
HEAD = 4
"""Which row of 进展汇总总表 has the titles, counted from 1."""


def test_every_new_workbook(kinds: dict[str, Path]) -> None:
    found = {name: looked_at(path) for name, path in kinds.items()}
    assert {name: one.stale[:2] for name, one in found.items() if one.stale} == {}
    assert sum(one.count for one in found.values()) > 50


def test_a_stale_point_would_be_noticed(kinds: dict[str, Path], tmp_path: Path) -> None:
    parts = parts_of(kinds["总台账.xlsm"])
    parts["xl/charts/chart2.xml"] = parts["xl/charts/chart2.xml"].replace(b"<c:v>0.", b"<c:v>9.", 1)
    put_together(tmp_path / "错.xlsm", parts)
    assert len(looked_at(tmp_path / "错.xlsm").stale) == 1


def _column(page: Worksheet, title: str) -> int:
    return next(cell.column for row in page.iter_rows(max_row=8) for cell in row if cell.value == title)


def _draw(path: Path) -> None:
    """Three charts on a sheet of the office's own: of its own figures; of 完成率 and 本期累计 of rows some of which a
    filter hides, once with the hidden ones."""
    book = openpyxl.load_workbook(path, keep_vba=True)
    own, summary = book.create_sheet(OWN), book[SUMMARY]
    for row in (("甲", 3), ("乙", 5), ("丙", 8)):
        own.append(row)
    areas = [Reference(own, min_col=2, min_row=1, max_row=3)]
    areas += [Reference(summary, min_col=_column(summary, "完成率"), min_row=5, max_row=16)] * 2
    for number, area in enumerate(areas):
        chart = BarChart()
        chart.add_data(area)
        chart.visible_cells_only = number < 2
        if number:
            chart.set_categories(Reference(summary, min_col=_column(summary, "指标"), min_row=5, max_row=16))
        own.add_chart(chart, f"D{2 + 16 * number}")
    for row in (6, 7, 9):
        summary.row_dimensions[row].hidden = True
    save(book, path)


def _by_openpyxl(path: Path) -> None:
    """It keeps the caches that it finds, under no prefix; a chart of its own has none."""
    _draw(path)


def _by_libreoffice(path: Path) -> None:
    """It makes a cache for every chart."""
    _draw(path)
    by_libreoffice(path)


def _by_both(path: Path) -> None:
    _by_libreoffice(path)
    save(openpyxl.load_workbook(path, keep_vba=True), path)


WAYS: dict[str, Callable[[Path], None]] = {
    "openpyxl": _by_openpyxl, "libreoffice": _by_libreoffice, "both": _by_both,
}


class Charted(NamedTuple):
    """A master with charts of the office's own, and as it is after a consolidation with a new figure."""

    before: Path
    after: Path


def _charted(way: str, demo: Path, folder: Path) -> Charted:
    year = Year(Path(shutil.copytree(demo, folder / "年")))
    WAYS[way](year.master_path)
    before = Path(shutil.copy(year.master_path, folder / "以前.xlsm"))
    issue(year, NOVEMBER, datetime(2022, 11, 30))
    send(year, "县残联", NOVEMBER, {figure("8-1"): "111"}, "残.xlsx")
    result = consolidate(year, NOVEMBER, datetime(2022, 12, 1))
    assert (result.master.path, result.master.own) == (year.master_path, ())
    year.close()
    return Charted(before, year.master_path)


_office = [needs_libreoffice, pytest.mark.office]


@pytest.fixture(params=["openpyxl", *(pytest.param(way, marks=_office) for way in ("libreoffice", "both"))])
def charted(
    request: pytest.FixtureRequest, finished_short_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Charted:
    way: str = request.param
    return made_once(tmp_path_factory, f"charted by {way}", partial(_charted, way, finished_short_demo))


def _charts(path: Path, reference: str) -> list[bytes]:
    """The charts of a workbook that have a series there."""
    parts = parts_of(path).items()
    return [part for name, part in sorted(parts) if name.startswith("xl/charts/chart") and f">{reference}" in part.decode()]


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_charts_of_an_edited_master_keep_what_is_plotted(charted: Charted) -> None:
    before, after = looked_at(charted.before), looked_at(charted.after)
    assert after.stale == []
    assert after.count == before.count >= 8


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_chart_of_other_cells_keeps_its_bytes(charted: Charted) -> None:
    own = [_charts(path, f"'{OWN}'!") or _charts(path, f"{OWN}!") for path in charted]
    assert own[0] == own[1]
    assert len(own[0]) == 1
    ours = [_charts(path, f"'{SUMMARY}'!") or _charts(path, f"{SUMMARY}!") for path in charted]
    has_caches = b"numCache" in ours[0][0]
    assert [len(each) for each in ours] == [2, 2]
    assert [one != other for one, other in zip(*ours, strict=True)] == [has_caches] * 2


@needs_libreoffice
@pytest.mark.office
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_hidden_rows_are_plotted_only_where_the_office_wants_them(
    finished_short_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = made_once(tmp_path_factory, "charted by libreoffice", partial(_charted, "libreoffice", finished_short_demo))
    seen, every = (one.decode() for one in _charts(made.after, f"{SUMMARY}!"))
    assert '<c:ptCount val="9"/>' in seen
    assert '<c:ptCount val="12"/>' in every
