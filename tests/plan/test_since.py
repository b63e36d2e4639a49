"""Columns and tables that a later version of the plan brings: a plan made before stays what it was."""

from pathlib import Path

import pytest

from minsheng_xl import Plan, PlanError
from minsheng_xl.plan import checks, legible, tables, text, workbook
from minsheng_xl.plan.load import check_tables, load_plan
from minsheng_xl.plan.read import read_tables
from minsheng_xl.plan.tables import INDICATORS, TABLES, ColumnContent, RawRow, RawTables, Table, TableColumn
from minsheng_xl.plan.text import read_folder, to_text
from minsheng_xl.year.folder import plan_hash
from tests.makers import QUARTERS, write_workbook

LATER = TableColumn(
    title="另一列", content=ColumnContent.CHOICE, width=9, choices=("甲", "乙", "丙"),
    since="9.0", default="甲",
)
CHANGES = Table("另一表", (TableColumn(title="文号", required=True), TableColumn(title="依据")), since="9.0")


@pytest.fixture
def before() -> Plan:
    """The plan as this version reads it."""
    return load_plan(QUARTERS)


@pytest.fixture
def later(before: Plan, monkeypatch: pytest.MonkeyPatch) -> tuple[Table, ...]:
    """The tables of a later version: a column in the middle of 指标, and a table more."""
    columns = (*INDICATORS.columns[:5], LATER, *INDICATORS.columns[5:])
    declared = tuple(one._replace(columns=columns) if one is INDICATORS else one for one in TABLES)
    for module in (checks, legible, tables, text, workbook):
        monkeypatch.setattr(module, "TABLES", (*declared, CHANGES))
    return (*declared, CHANGES)


def with_later(raw: RawTables, *laters: str) -> RawTables:
    """The tables with the later column, its first rows filled in."""
    rows = [
        RawRow(row.number, row.cells | {"另一列": laters[n] if n < len(laters) else ""})
        for n, row in enumerate(raw.rows["指标"])
    ]
    heads = raw.heads | {"指标": (*raw.heads["指标"], "另一列")}
    return RawTables(raw.rows | {"指标": rows}, heads)


def with_changes(raw: RawTables, *documents: str) -> RawTables:
    rows = [RawRow(number, {"文号": document, "依据": ""}) for number, document in enumerate(documents, 2)]
    return RawTables(raw.rows | {"另一表": rows}, raw.heads | {"另一表": ("文号", "依据")})


def laters_of(plan: Plan) -> list[str]:
    return [row["另一列"] for row in plan.tables["指标"]]


@pytest.mark.usefixtures("later")
def test_a_plan_made_before_loads_with_the_default_and_is_the_same(before: Plan, tmp_path: Path) -> None:
    found = load_plan(QUARTERS)
    assert (found.indicators, found.warnings) == (before.indicators, before.warnings)
    assert set(laters_of(found)) == {"甲"}
    assert found.tables["另一表"] == []
    assert plan_hash(found) == plan_hash(before)


def test_a_workbook_made_before_loads_with_the_default_and_is_the_same(
    before: Plan, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    write_workbook(before.tables, tmp_path / "计划.xlsx")
    known = plan_hash(before)
    request.getfixturevalue("later")
    found = load_plan(tmp_path / "计划.xlsx")
    assert set(laters_of(found)) == {"甲"}
    assert plan_hash(found) == known


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("laters", [(), ("甲",), ("甲", "", "甲")])
def test_a_default_that_is_written_out_is_no_change(before: Plan, laters: tuple[str, ...]) -> None:
    found = check_tables(with_later(read_folder(QUARTERS), *laters))
    assert set(laters_of(found)) == {"甲"}
    assert plan_hash(found) == plan_hash(before)


@pytest.mark.usefixtures("later")
def test_another_value_is_a_change_of_its_own(before: Plan) -> None:
    raw = read_folder(QUARTERS)
    made = [check_tables(with_later(raw, *laters)) for laters in (("乙",), ("", "乙"), ("丙",))]
    assert [laters_of(one)[:2] for one in made] == [["乙", "甲"], ["甲", "乙"], ["丙", "甲"]]
    assert len({plan_hash(before), *map(plan_hash, made)}) == 4


@pytest.mark.usefixtures("later")
def test_an_empty_table_is_no_change_and_a_row_is_one(before: Plan) -> None:
    raw = read_folder(QUARTERS)
    made = [check_tables(with_changes(raw, *documents)) for documents in ((), ("一号文",), ("二号文",))]
    assert plan_hash(made[0]) == plan_hash(before)
    assert len({plan_hash(one) for one in made}) == 3


def write_folder(tables: dict[str, list[dict[str, str]]], path: Path) -> None:
    path.mkdir()
    for name, content in to_text(tables).items():
        (path / f"{name}.csv").write_text(content, encoding="utf-8")


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("write", [write_workbook, write_folder])
def test_what_came_later_is_kept_by_writing_and_reading(write: object, tmp_path: Path) -> None:
    made = check_tables(with_changes(with_later(read_folder(QUARTERS), "乙"), "一号文"))
    path = tmp_path / ("计划.xlsx" if write is write_workbook else "计划")
    write(made.tables, path)  # type: ignore[operator]
    found = check_tables(read_tables(path))
    assert found.tables == made.tables
    assert plan_hash(found) == plan_hash(made)


@pytest.mark.usefixtures("later")
def test_a_later_column_is_checked_like_others() -> None:
    with pytest.raises(PlanError) as caught:
        check_tables(with_later(read_folder(QUARTERS), "每旬"))
    (found,) = caught.value.problems
    assert (found.code, found.sheet, found.cell, found.seen) == ("plan-choice", "指标", "第2行“另一列”", "每旬")


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("laters", [None, (), ("丙",)])
def test_the_reader_gives_every_row_its_default_and_misses_nothing(laters: tuple[str, ...] | None) -> None:
    raw = read_folder(QUARTERS)
    found = legible.Legible(raw if laters is None else with_later(raw, *laters))
    given = [row.cells["另一列"] for row in found.rows["指标"]]
    assert given[0] == (laters[0] if laters else "甲")
    assert set(given[1:]) == {"甲"}
    assert (found.missing, found.gone["指标"], found.rows["另一表"]) == (set(), [], [])


def test_a_column_and_a_table_of_the_first_version_are_still_missed() -> None:
    raw = read_folder(QUARTERS)
    heads = raw.heads | {"指标": tuple(title for title in raw.heads["指标"] if title != "口径")}
    with pytest.raises(PlanError) as caught:
        check_tables(RawTables(raw.rows, heads))
    assert caught.value.problems[0].code == "plan-column"
    del heads["序时"]
    with pytest.raises(PlanError) as caught:
        check_tables(RawTables({name: rows for name, rows in raw.rows.items() if name != "序时"}, heads))
    codes = [found.code for found in caught.value.problems]
    assert "plan-table" in codes
    assert "plan-column" in codes


@pytest.mark.parametrize(
    ("name", "value", "is_same"),
    [("增量下限", "2%", True), ("增量下限", "", True), ("增量下限", "3%", False), ("参评下限", "50%", True),
     ("参评下限", "40%", False), ("新增界限", "不用", True), ("落款单位", "县政府办", False), ("简报期号", "", True), ("简报期号", "10", False)],
)
def test_a_later_setting_as_it_is_by_default_is_no_change(before: Plan, name: str, value: str, is_same: bool) -> None:
    raw = read_folder(QUARTERS)
    about = "2024-Q1" if name == "简报期号" else ""
    rows = [*raw.rows["参数"], RawRow(99, {"参数": name, "对象": about, "值": value, "说明": "办公室"})]
    made = check_tables(raw._replace(rows=raw.rows | {"参数": rows}))
    assert (plan_hash(made) == plan_hash(before)) is is_same


def test_a_unit_that_is_named_by_default_is_no_change(before: Plan) -> None:
    for word, is_same in (("", True), ("是", True), ("否", False)):
        raw = read_folder(QUARTERS)
        rows = [RawRow(row.number, row.cells | {"通报列名": word}) for row in raw.rows["单位"]]
        heads = raw.heads | {"单位": (*raw.heads["单位"], "通报列名")}
        made = check_tables(raw._replace(rows=raw.rows | {"单位": rows}, heads=heads))
        assert (plan_hash(made) == plan_hash(before)) is is_same
