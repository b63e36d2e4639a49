"""The tables of a year: they agree with `status` of every period, with the journal's lines, and from file to file."""

import csv
import io
import re
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from minsheng_xl import Period, Year, export, frames, status
from minsheng_xl.desk.cli import main
from minsheng_xl.memory.tables import TABLES, Facts, Sort, rows_of
from minsheng_xl.problems import MinshengError, MisuseError
from tests.handbook.pages import PAGES
from tests.memory.test_history import lines_of
from tests.years.test_monthly import YEAR, Past

PERIODS = [Period(YEAR, number) for number in range(1, 13)]


@pytest.fixture(scope="module")
def every(past: Past) -> dict[str, pd.DataFrame]:
    year = Year(past.root, writable=False)
    found = frames(year)
    year.close()
    return found


def near(found: object, told: str | None) -> bool:
    return pd.isna(found) if told is None else abs(float(found) - float(told)) < 1e-6


def test_progress_agrees_with_the_status_of_every_period(past_year: Year, every: dict[str, pd.DataFrame]) -> None:
    table, seen = every["progress"], 0
    for period in PERIODS:
        state = status(past_year, period)
        rows = table[table["period"] == str(period)].set_index("code")
        assert list(rows.index) == [one["code"] for one in state["indicators"]]
        for one in state["indicators"]:
            row = rows.loc[one["code"]]
            for name, key in (
                ("value", "reported"), ("rate", "rate"), ("pace", "pace"), ("deviation", "deviation"), ("target", "target"),
                ("numerator", "numerator"), ("denominator", "denominator"), ("previous", "previous"),
                ("certified", "certified"),
            ):
                assert near(row[name], one[key]), (period, one["code"], name)
                seen += one[key] is not None
            assert (row["status"], row["lead"], row["opinion"]) == (one["status"], one["lead"], one["opinion"])
            if one["lagging_periods"]:
                assert row["lagging_periods"] == one["lagging_periods"]
    assert seen > 1500


def test_projects_and_county_agree_with_it(past_year: Year, every: dict[str, pd.DataFrame]) -> None:
    table = every["projects"]
    for period in PERIODS:
        state = status(past_year, period)
        rows = table[table["period"] == str(period)].set_index("project")
        for number, told in [(0, state["averages"]), *((one["no"], one) for one in state["projects"])]:
            row = rows.loc[number]
            counts = [row[name] for name in ("met", "reported", "held", "counted")]
            assert counts == [told[name] for name in ("met", "reported", "held", "counted")], (period, number)
            assert near(row["average_all"], told["average_all"])
            assert near(row["average_reported"], told["average_reported"])
        assert len(rows) == len(state["projects"]) + 1


def test_how_units_reported_agrees_with_it(past_year: Year, every: dict[str, pd.DataFrame]) -> None:
    table = every["units"]
    for period in PERIODS:
        state = status(past_year, period)
        rows = table[table["period"] == str(period)].set_index("unit")
        ranks = {one["unit"]: one for one in state["ranks"]}
        assert list(rows.index) == [one["unit"] for one in state["units"]]
        for one in state["units"]:
            row = rows.loc[one["unit"]]
            received = None if pd.isna(row["received"]) else row["received"].isoformat()
            assert received == one["received"]
            if one["unit"] in ranks:
                rank = ranks[one["unit"]]
                assert (row["rank"], row["judged"], row["owed"]) == (rank["rank"], rank["judged"], rank["owed"])
                assert near(row["share"], rank["share"])
                assert row["remark"] == rank["remark"]


def test_figures_are_those_of_the_returns(past: Past, every: dict[str, pd.DataFrame]) -> None:
    """Each against the line of the journal that judged its file."""
    judged = {line["sha256"]: line["figures"] for line in lines_of(past.root) if line["kind"] == "judged"}
    names = {"本期累计": "reported", "分子": "numerator", "分母": "denominator"}
    table = every["figures"]
    for row in table.itertuples():
        then = {(code, measure): figure for _, code, measure, _, figure in judged[row.sha256]}
        code = "2-1" if row.code == "2-9" and ("2-1", "reported") in then else row.code
        assert row.value == float(Fraction(then[code, names[row.measure]])), row
    corrected = table[(table["code"] == "2-2") & (table["period"] == "2025-04")]
    assert list(corrected["version"]) == ["定稿时", "定稿后更正"]
    assert list(corrected["value"]) == [2694, 2500]


def test_files_and_changes_are_the_lines_of_the_journal(past: Past, every: dict[str, pd.DataFrame]) -> None:
    lines = lines_of(past.root)
    judged = [line for line in lines if line["kind"] == "judged"]
    assert list(every["receipts"]["sha256"]) == [line["sha256"] for line in judged]
    assert len(every["findings"]) == sum(len(line.get("problems") or ()) for line in judged)
    changes = [change for line in lines if line["kind"] == "plan" for change in line.get("changes") or ()]
    assert list(every["changes"]["row"]) == [change["difference"]["row"] for change in changes]
    assert list(every["changes"]["now"]) == [change["difference"]["now"] for change in changes]


def test_words_are_what_the_clerks_wrote(every: dict[str, pd.DataFrame]) -> None:
    words = every["words"]
    explained = words[words["item"] == "说明"]
    assert set(explained["text"]) == {"情况属实，已与台账核对一致"}
    assert explained["code"].notna().all()


def test_every_row_is_one_fact(past_year: Year) -> None:
    keys = {
        "figures": ("period", "unit", "code", "measure", "version"), "progress": ("period", "code"),
        "projects": ("period", "project"), "words": ("period", "unit", "project", "code", "item"),
        "units": ("period", "unit"), "changes": ("number",), "receipts": ("file", "sha256"),
    }
    facts = Facts(past_year)
    for table in TABLES:
        if table.name in keys:
            places = [[column.name for column in table.columns].index(key) for key in keys[table.name]]
            found = [tuple(row[place] for place in places) for row in rows_of(table, facts)]
            assert len(found) == len(set(found)), table.name


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet"])
def test_the_files_hold_what_the_frames_hold(form: str, past: Past, every: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    year = Year(past.root, writable=False)
    result = export(year, form=form, out=tmp_path)
    year.close()
    for table in TABLES:
        frame = every[table.name]
        if form == "xlsx":
            sheet = openpyxl.load_workbook(result.files[0])[table.title]
            head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
            assert head == [column.title for column in table.columns]
            assert sheet.freeze_panes == "A2"
            assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
            assert sheet.print_title_rows == "$1:$1"
        elif form == "csv":
            content = (tmp_path / f"{table.title}.csv").read_bytes()
            assert content.startswith(b"\xef\xbb\xbf")
            head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
            assert head == [column.title for column in table.columns]
        else:
            read = pd.read_parquet(tmp_path / f"{table.title}.parquet")
            blank = [one.astype(object).where(one.notna(), None) for one in (read, frame)]
            pd.testing.assert_frame_equal(*blank)
            continue
        assert len(rows) == len(frame) == result.rows[table.title]
        for place, column in enumerate(table.columns):
            if column.sort in (Sort.NUMBER, Sort.RATE, Sort.COUNT):
                mine = [None if row[place] in (None, "") else float(row[place]) for row in rows]
                theirs = [None if pd.isna(value) else float(value) for value in frame[column.name]]
                assert mine == pytest.approx(theirs, abs=1e-12), (table.name, column.name)


def test_the_handbook_says_what_every_column_is() -> None:
    told = PAGES["工程师"]
    for table in TABLES:
        (paragraph,) = [line for line in told.splitlines() if line.startswith(f"* {table.title}（`{table.name}`）")]
        assert re.findall(r"`(\w+)` ([^；。]+)", paragraph.split("：", 1)[1]) == [
            (column.name, column.title) for column in table.columns
        ]


def test_what_a_spreadsheet_would_reckon_is_kept_a_text(short_demo: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    from minsheng_xl.memory import tables

    rows = [("2022-10", "县残联", 1, None, "本期进展", text) for text in ("=1+1", "+1", "-2", "@a", "正常")]
    of_words = next(table for table in TABLES if table.name == "words")
    monkeypatch.setattr(tables, "TABLES", (of_words._replace(rows=lambda facts: rows),))
    (path,) = export(short_demo, form="csv").files
    read = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [row[-1] for row in read[1:]] == ["'=1+1", "'+1", "'-2", "'@a", "正常"]
    (book,) = export(short_demo).files
    cells = [row[-1] for row in openpyxl.load_workbook(book)["文字"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["=1+1", "+1", "-2", "@a", "正常"]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}


def test_an_empty_year_has_empty_tables(year: Year) -> None:
    found = frames(year)
    assert [len(frame) for frame in found.values()] == [0] * len(TABLES)
    assert [list(frame.columns) for frame in found.values()] == [[one.name for one in table.columns] for table in TABLES]


def test_a_table_that_there_is_not_is_one_sentence(year: Year, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MisuseError, match="没有“表”"):
        export(year, what=["表"])
    assert main(["export", str(year.root), "--what", "表"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_without_pyarrow_parquet_is_one_sentence(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(self: pd.DataFrame, **words: object) -> bytes:
        raise ImportError

    monkeypatch.setattr(pd.DataFrame, "to_parquet", lacking)
    with pytest.raises(MinshengError, match="pip install pyarrow"):
        export(year, form="parquet")
    assert not (year.root / "导出").exists()


def test_the_command_names_what_it_wrote(short_demo: Year, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(short_demo.root), "--what", "数,units", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("报送.csv")
    assert {path.name for path in (short_demo.root / "导出").iterdir()} == {"数.csv", "报送.csv"}
    decided = frames(short_demo)["decisions"]
    assert (decided["word"].isna()).all()
    assert isinstance(frames(short_demo)["receipts"]["received"].iloc[0].to_pydatetime(), datetime)
