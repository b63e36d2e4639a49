"""Two periods of any plan: what came, what did not, what is in doubt, what is certified, and where it says 示例."""

from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from minsheng_xl import MinshengError, PlanError, Year, run_demo, status
from minsheng_xl.accounts.ranks import reported_of
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.read import read_tables
from minsheng_xl.plan.workbook import workbook_bytes
from minsheng_xl.proof.verify import verify
from minsheng_xl.year.entries import Issued, Judged, MasterWritten, PlanUsed
from tests.makers import PLANS
from tests.sharing import made_once
from tests.workbooks import sheet_of

BUILT_IN = Path(__file__).parents[2] / "workbook"


class Expected(NamedTuple):
    """How many returns are owed, accepted, held and missing, and the units and codes that are unlike the others."""

    period: str
    counts: tuple[int, int, int, int]
    late: str
    behind: str
    doubtful: str


PLAYED = {
    # eleven units but the one that certifies; one silent, one in doubt
    "云溪区2025": Expected("2025-10", (11, 9, 1, 1), "区消防救援大队", "1-3", "6-4"),
    "阳川县2024": Expected("2024-Q3", (7, 5, 1, 1), "县统计局", "甲1", "乙2"),
    "青禾县2023": Expected("2023-10", (5, 3, 1, 1), "县教育局", "1-2", "2-3"),
    "内置": Expected("2022-10", (38, 36, 1, 1), "县审计局", "1-1", "10-3"),
}


class Shown(NamedTuple):
    """A demo that has been played: its folder, what it ended with."""

    expected: Expected
    root: Path
    state: dict[str, Any]


def _play(name: str, folder: Path) -> Path:
    source = BUILT_IN if name == "内置" else PLANS / name
    run_demo(folder / "演示", plan=source, draw=False)
    return folder / "演示"


@pytest.fixture(scope="module", params=PLAYED)
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    name = str(request.param)
    root = made_once(tmp_path_factory, f"played {name}", partial(_play, name))
    year = Year(root)
    state = status(year, year.period(PLAYED[name].period))
    year.close()
    return Shown(PLAYED[name], root, state)


@pytest.fixture
def year(shown: Shown) -> Any:
    opened = Year(shown.root, writable=False)
    yield opened
    opened.close()


def test_the_account_adds_up_and_each_unlike_one_is_seen(shown: Shown, year: Year) -> None:
    expected, state = shown.expected, shown.state
    assert tuple(state[name] for name in ("issued", "accepted", "held", "missing")) == expected.counts
    rows = {row["code"]: row["status"] for row in state["indicators"]}
    assert rows[expected.behind] in ("滞后黄", "滞后红")
    assert rows[expected.doubtful] == "待核"
    account = account_of(year.plan, year.register, year.period(expected.period))
    assert [unit.name for unit in year.plan.reporting_units if account.is_late(unit.name)] == [expected.late]
    assert {(one.kind, one.key.of if one.key else "") for one in account.pending} == {("数字存疑", expected.doubtful)}


def test_in_the_first_of_the_two_all_is_well(shown: Shown, year: Year) -> None:
    first = year.period(shown.expected.period).earlier[-1]
    account = account_of(year.plan, year.register, first)
    assert account.pending == []
    state = status(year, first)
    assert (state["accepted"], state["held"], state["missing"]) == (state["issued"], 0, 0)


def test_one_figure_is_cut_by_the_certifier_and_the_others_agreed_with(shown: Shown, year: Year) -> None:
    account = account_of(year.plan, year.register, year.period(shown.expected.period))
    words = [one.opinion for one in account.certified.values()]
    assert words.count("核减") == 1
    assert set(words) == {"核减", "同意报送数"}
    reported = {code for code, one in reported_of(account).items() if one.period == account.period}
    assert set(account.certified) <= reported


def test_it_says_that_it_is_an_example_where_it_is_seen(shown: Shown, year: Year) -> None:
    assert "（示例）" in str(sheet_of(year.master_path, "首页")["A1"].value)
    forms = sorted(year.issued_folder(year.period(shown.expected.period)).glob("*.xlsx"))
    assert all("（示例）" in _words(path) for path in forms)
    settings = year.written_plan.tables["参数"]
    assert next(row["值"] for row in settings if row["参数"] == "标题").endswith("（示例）")


def _words(path: Path) -> str:
    cells = (cell.value for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row)
    return "\n".join(value for value in cells if isinstance(value, str))


def test_its_days_are_those_of_the_plan(year: Year) -> None:
    entries: list[Judged | Issued | PlanUsed | MasterWritten] = year.register.entries(Judged, Issued, PlanUsed, MasterWritten)
    days = [entry.at for entry in entries]
    assert days == sorted(days)
    assert {day.year for day in days} == {year.written_plan.settings.year}


def test_every_figure_has_its_original(year: Year) -> None:
    found = verify(year)
    assert (found.is_sound, found.faults) == (True, ())


def test_a_stopped_one_leaves_nothing(tmp_path: Path) -> None:
    def stop(step: str) -> None:
        if step.startswith("第3季度：各单位"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_demo(tmp_path / "演示", plan=PLANS / "阳川县2024", step=stop, draw=False)
    assert list(tmp_path.iterdir()) == []


def test_a_plan_with_faults_or_none_leaves_nothing(tmp_path: Path) -> None:
    tables = read_tables(PLANS / "阳川县2024").plain()
    tables["任务表"] = []
    (tmp_path / "坏.xlsx").write_bytes(workbook_bytes(tables))
    with pytest.raises(PlanError):
        run_demo(tmp_path / "演示", plan=tmp_path / "坏.xlsx", draw=False)
    with pytest.raises(MinshengError, match=r"没有 .*没有的\.xlsx"):
        run_demo(tmp_path / "演示", plan=tmp_path / "没有的.xlsx", draw=False)
    assert [path.name for path in tmp_path.iterdir()] == ["坏.xlsx"]


@pytest.mark.parametrize(("codes", "certifies"), [(("9-1",), True), (("9-3",), True), (("9-1", "9-2", "9-3"), False)])
def test_a_plan_of_one_project(tmp_path: Path, codes: tuple[str, ...], certifies: bool) -> None:
    """Of a single figure none is in doubt: there would be nothing to certify. 团县委 leads, five units support it; who
    certifies is left out of what they owe."""
    tables = read_tables(BUILT_IN).plain()
    tables["任务表"] = [row for row in tables["任务表"] if row["序号"] == "9"]
    tables["指标"] = [row for row in tables["指标"] if row["编码"] in codes]
    tables["参数"] = [row for row in tables["参数"] if row["参数"] not in ("分母", "年初数")]
    if not certifies:
        tables["任务表"][0]["认定单位"] = ""
    (tmp_path / "计划.xlsx").write_bytes(workbook_bytes(tables))
    result = run_demo(tmp_path / "演示", plan=tmp_path / "计划.xlsx", draw=False)
    assert result.state["missing"] == 1
    assert result.state["held"] == (len(codes) > 1)
    assert ("认定表" in dict(result.paths)) is certifies
