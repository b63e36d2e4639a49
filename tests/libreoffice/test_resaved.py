"""What a unit's or the office's LibreOffice saves comes back the same."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, build, consolidate, issue, status
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.beginning.demo import _Sample
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.problems import Severity
from minsheng_xl.year.entries import TypedIn
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import figure

pytestmark = [needs_libreoffice, pytest.mark.office]

OCTOBER = Period.parse("2022-10")


def returns(year: Year) -> list[Path]:
    """October's returns of every unit, saved outside 收件/."""
    sample = _Sample(year.plan)
    issue(year, OCTOBER, datetime(2022, 10, 31))
    for unit in year.plan.reporting_units:
        sample.send(year, unit, OCTOBER, f"{unit.sheet_name}.xlsx")
    found = sorted(year.inbox.iterdir())
    for path in found:
        path.rename(year.root / path.name)
    return [year.root / path.name for path in found]


def test_forms_saved_by_libreoffice_give_the_same_figures(tmp_path: Path) -> None:
    year, other = (Year.create(tmp_path / name, built_in_tables(sample=True)) for name in ("年", "另"))
    paths = returns(year)
    issue(other, OCTOBER, datetime(2022, 10, 31))
    for path in paths:
        shutil.copy(path, other.inbox)
    direct = consolidate(other, OCTOBER, datetime(2022, 11, 7))
    for path in convert(paths, "xlsx", tmp_path / "saved", recalculate=True):
        shutil.copy(path, year.inbox)
    again = consolidate(year, OCTOBER, datetime(2022, 11, 7))
    assert [(f.file, f.outcome, f.content) for f in again.files] == [(f.file, f.outcome, f.content) for f in direct.files]
    assert sum(f.outcome is Outcome.ACCEPTED for f in again.files) == 35
    held = {f.unit: {p.code for p in f.problems if p.severity is Severity.HOLD} for f in again.files if f.outcome is Outcome.HELD}
    unknown = {"confirmed-nothing"}  # the same as last month, of which nothing was taken in
    assert held == {"县卫生健康委": {"figure-percent"}, "县教育体育局": unknown, "团县委": unknown}
    assert status(year, OCTOBER) == status(other, OCTOBER)
    year.close()
    other.close()


def test_a_master_saved_untouched_by_libreoffice_is_still_ours(demo_year: Year, tmp_path: Path) -> None:
    resaved = convert([demo_year.master_path], "xlsx", tmp_path / "saved", recalculate=False)[0]
    shutil.copy(resaved, demo_year.master_path)
    assert build(demo_year, OCTOBER, datetime(2022, 11, 12)).own == ()
    assert demo_year.register.entries(TypedIn) == []


def test_a_figure_typed_before_libreoffice_saved_is_seen(demo_year: Year, tmp_path: Path) -> None:
    form = unit_form(demo_year.plan, demo_year.plan.unit("团县委"), OCTOBER, {})
    book = openpyxl.load_workbook(demo_year.master_path)
    book["团县委"][form.address(figure("9-1"))] = 12
    book.save(tmp_path / "总台账.xlsx")
    resaved = convert([tmp_path / "总台账.xlsx"], "xlsx", tmp_path / "saved", recalculate=True)[0]
    shutil.copy(resaved, demo_year.master_path)
    assert build(demo_year, OCTOBER, datetime(2022, 11, 12)).own == ()
    (entry,) = demo_year.register.entries(TypedIn)
    assert entry.cells == {figure("9-1"): 12}
