"""Every stored result is what other engines find: of every kind of workbook, and with whatever is filled in."""

from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Plan
from tests.others.engines import ENGINE_MARKS, ENGINES, compared
from tests.others.hostile_forms import HOSTILE, WITHOUT_TRUTHS, hostile_forms, hostile_master
from tests.workbooks import part_of, parts_of, put_together

OCTOBER = Period.parse("2022-10")
engines = pytest.mark.parametrize("engine", [pytest.param(name, marks=ENGINE_MARKS[name]) for name in ENGINES])
others = pytest.mark.parametrize(
    "engine", [pytest.param(name, marks=ENGINE_MARKS[name]) for name in ("gnumeric", "formualizer")]
)


@engines
def test_an_engine_would_notice_a_wrong_stored_value(engine: str, kinds: dict[str, Path], tmp_path: Path) -> None:
    parts = parts_of(kinds["总台账.xlsm"])
    name = part_of(parts, "首页")
    text = parts[name].decode()
    start = text.index("<f>")
    parts[name] = (text[:start] + text[start:].replace("<v>", "<v>9", 1)).encode()
    put_together(tmp_path / "错.xlsm", parts)
    count, wrong = compared([tmp_path / "错.xlsm"], engine, tmp_path)
    assert {one.sheet for one in wrong} == {"首页"}
    assert count > 1000


@others
def test_every_stored_value_of_every_kind(engine: str, kinds: dict[str, Path], tmp_path: Path) -> None:
    """LibreOffice reckons those of the masters and forms in tests/libreoffice."""
    count, wrong = compared(list(kinds.values()), engine, tmp_path)
    assert wrong[:5] == []
    print(f"{engine}: {count} formulas of {len(kinds)} workbooks, all equal")
    assert count > 20_000


@engines
def test_every_stored_value_with_hostile_input(engine: str, sample_plan: Plan, tmp_path: Path) -> None:
    """LibreOffice has no truths, it takes them for 1 and 0: see test_truths."""
    hostile = WITHOUT_TRUTHS if engine == "LibreOffice" else HOSTILE
    paths = [*hostile_forms(sample_plan, OCTOBER, tmp_path, hostile), hostile_master(sample_plan, OCTOBER, tmp_path)]
    count, wrong = compared(paths, engine, tmp_path)
    assert wrong[:5] == []
    print(f"{engine}: {count} formulas of {len(paths)} workbooks with hostile input, all equal")
    assert count > 5000


def test_printed_sheets_hold_no_formula(kinds: dict[str, Path]) -> None:
    for name in ("打印稿", "年末/打印稿.xlsx", "最长的打印稿"):
        book = openpyxl.load_workbook(kinds[name])
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
