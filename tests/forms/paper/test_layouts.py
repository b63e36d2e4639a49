"""How each printed sheet is laid out: widths and faces of its columns, heights and spans of what stands above and
below, what stays in sight, where states are coloured.

A face is its size, its side (l, c, r), and b bold, w wrapped, s shrunk to fit, i indented: 11lwi.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import PlacedCell, Sheet
from minsheng_xl.forms.look import Style
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.brief import brief_sheet
from minsheng_xl.forms.paper.drawing import Asked
from minsheng_xl.forms.paper.reminder import reminder_sheet
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.forms.project import project_sheet
from tests.forms.paper.accounts import nothing
from tests.forms.paper.test_sheets import HEAD, rows_of, sheet_of
from tests.makers import empty_account, word

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")


def face(style: Style) -> str:
    marks = (("b", style.bold), ("w", style.wrap), ("s", style.shrink), ("i", style.indented))
    return f"{style.size:g}{style.align[0]}{''.join(sign for sign, holds in marks if holds)}"


class Laid(NamedTuple):
    """A list: its columns as width:face, those that are hidden by width; the least height of a row, that of its head;
    its halves of the line of 期次 and 单位; what stays in sight; where its states stand; below it, height:face of
    each row (— where the text decides)."""

    columns: str
    row: float
    halves: tuple[int, int]
    foot: str
    freeze: tuple[int, int]
    status: int | None = None
    hidden: str = ""
    head: float = 34
    zoom: int = 90
    above: str = "20:12l 40:22cs 24:13ls"


LISTS = {
    "summary": Laid(
        "30:11lwi 44:11lwi 11:11cw 14:11rsi 15:11rbsi 12:11rbs 11:11rsi 14:11rsi 16:11cw 34:11cw 16:11cw 44:9.5lsi", 21, (7, 5),
        "28:10.5lbsi 30:9lw 34:12lsi", (4, 3), status=8, hidden="6 6 6 6 8",
    ),
    "lagging": Laid(
        "6:11cw 22:10lwi 24:11lwi 13:11rsi 12:11rbsi 12:11cbw 12:11cw 10:11cw 12:11cw 11:10cw 20:11cw 38:10lwi 40:10lwi 16:10cw", 30, (10, 4),
        "28:11cw 20:10lw 34:12lsi", (4, 3), status=8, head=48,
    ),
    "issues": Laid(
        "6:10.5cw 22:10.5lwi 24:10lwi 42:10.5lwi 40:10.5lwi 18:10.5cw 17:10.5cw 9:10.5cw 9:10.5cw 13:10.5cbw", 28, (5, 5),
        "28:11cw 20:10lw 34:12lsi", (4, 3), hidden="8 8 8",
    ),
    "missing": Laid(
        "6:11cw 28:11lwi 15:10.5cw 11:11cw 9:11cbw 12:11cw 16:11cw 10:11cw", 26, (4, 4), "28:11cw 20:10lw 34:12lsi", (4, 2), status=4, zoom=100,
    ),
    "certification": Laid(
        "6:11cw 31:10.5lwi 7:10cw 10:11rsi 12:11rsi 7:9.5cw 12:11rbsi 10:11rsi 9:11cw 13:10.5cbw 20:9lwi 40:9lwi 11:11cw 9:11cw", 27, (9, 5),
        "34:10lw 34:12lsi", (4, 2), status=9, hidden="10 10",
    ),
}  # fmt: skip


def across(sheet: Sheet, row: int) -> list[PlacedCell]:
    """The cells of a row that are seen, from left to right, but for the way home."""
    found = [cell for cell in sheet.cells.values() if cell.row == row and cell.column not in sheet.hidden_columns and not cell.link]
    return sorted(found, key=lambda cell: cell.column)


def told(sheet: Sheet, rows: "range") -> Iterator[str]:
    """Height and face of rows in which one cell takes the whole width."""
    for row in rows:
        cell = across(sheet, row)[0]
        yield f"{sheet.heights[row]:g}:{face(cell.style)}"


@pytest.mark.parametrize("id", LISTS)
def test_a_list_is_laid_out_as_declared(id: str, sample_plan: Plan) -> None:
    sheet, laid = sheet_of(id, nothing(sample_plan)), LISTS[id]
    shown = [width for column, width in enumerate(sheet.widths[:-1]) if column not in sheet.hidden_columns]
    first = {cell.column: cell for cell in across(sheet, HEAD + 1)}
    assert " ".join(f"{width:g}:{face(first[column].style)}" for column, width in enumerate(shown)) == laid.columns
    assert [f"{sheet.widths[column]:g}" for column in sorted(sheet.hidden_columns)] == laid.hidden.split()
    assert sheet.widths[-1] == 10  # for the way home
    assert " ".join(told(sheet, range(HEAD))) == laid.above
    assert (sheet.heights[HEAD], sheet.freeze, sheet.zoom) == (laid.head, laid.freeze, laid.zoom)


@pytest.mark.parametrize("id", LISTS)
def test_what_stands_above_and_below_a_list_takes_its_width(id: str, sample_plan: Plan) -> None:
    sheet, laid = sheet_of(id, nothing(sample_plan)), LISTS[id]
    wide, rows = len(laid.columns.split()), rows_of(id, sample_plan)
    assert [[cell.across for cell in across(sheet, row)] for row in range(HEAD)] == [[wide], [wide], list(laid.halves)]
    below = range(HEAD + 1 + rows, HEAD + 1 + rows + len(laid.foot.split()))
    assert " ".join(told(sheet, below)) == laid.foot
    assert [[cell.across for cell in across(sheet, row)] for row in below] == [[wide]] * len(below)
    assert max(cell.row for cell in sheet.cells.values()) == below[-1]
    heights = [sheet.heights[row] for row in range(HEAD + 1, below[0])]
    assert min(heights) >= laid.row
    assert laid.row == 21 or min(heights) == laid.row  # the summary fills its page


@pytest.mark.parametrize("id", LISTS)
def test_states_are_coloured_from_the_first_row_to_the_last(id: str, sample_plan: Plan) -> None:
    sheet, laid = sheet_of(id, nothing(sample_plan)), LISTS[id]
    last = HEAD + rows_of(id, sample_plan)
    places = [(one.first, one.last) for one in sheet.lights]
    assert places == ([] if laid.status is None else [((HEAD + 1, laid.status), (last, laid.status))])


def test_heads_of_printed_lists_are_11_points_and_in_the_middle(sample_plan: Plan) -> None:
    """Those of one line stay in one, whichever face is there."""
    for id in (*LISTS, "ranking", "findings"):
        heads = across(sheet_of(id, nothing(sample_plan)), HEAD)
        assert {face(cell.style) for cell in heads} <= {"11cs", "11cw"}, id
        assert [cell.content for cell in heads if cell.style.shrink and "\n" in str(cell.content)] == [], id


def test_the_ranking(sample_plan: Plan) -> None:
    """Seats above; below the note the units that owe words, two beside each other."""
    sheet = sheet_of("ranking", nothing(sample_plan))
    leads = len(sample_plan.leading_units)
    first = across(sheet, HEAD + 1)
    assert " ".join(f"{sheet.widths[cell.column]:g}:{face(cell.style)}" for cell in first) == (
        "6:11cbw 31:11lwi 7:11cw 6:11cw 6:11cw 9:11cw 6:11cw 9:11cbs 15.5:11cbs 9:11cs 8:11cw 6:11cw 10:9.5cw"
    )
    assert [sheet.widths[column] for column in sorted(sheet.hidden_columns)] == [8] * 18
    assert " ".join(told(sheet, range(HEAD))) == "20:12l 40:22cs 24:13ls"
    assert (sheet.zoom, sheet.freeze) == (90, (4, 2))
    assert sheet.heights[HEAD + 1] == 33, "two lines of the longest name in a face a third wider"
    note = HEAD + 1 + leads
    assert list(told(sheet, range(note, note + 1))) == ["45:10lw"]
    others = len(sample_plan.reporting_units) - leads
    pairs = range(note + 2, note + 2 + (others + 1) // 2)
    assert [cell.across for cell in across(sheet, note + 1)] == [2, 3, 1, 3, 2, 2]
    for row in pairs:
        assert [(cell.column, cell.across) for cell in across(sheet, row)] == [(0, 2), (2, 3), (5, 1), (6, 3), (9, 2), (11, 2)]
        assert [face(cell.style) for cell in across(sheet, row)] == ["10lwi", "10cw", "10cw"] * 2
    assert (sheet.heights[note + 1], min(sheet.heights[row] for row in pairs)) == (26, 23)
    assert [(one.first, one.last) for one in sheet.lights] == [((pairs[0], 2), (pairs[-1], 2)), ((pairs[0], 9), (pairs[-1], 9))]
    assert list(told(sheet, range(pairs[-1] + 1, pairs[-1] + 2))) == ["34:12lsi"]


def test_the_findings(sample_plan: Plan) -> None:
    """Of nothing found: one row that says 无."""
    sheet = sheet_of("findings", nothing(sample_plan))
    assert sheet.widths == [8, 22, 30, 10, 8, 22, 36, 40, 10, 10]
    assert (sheet.heights, sheet.zoom, sheet.freeze) == ({0: 8, 1: 36, 2: 24, 3: 24}, 90, (4, 2))
    assert [(cell.row, cell.across, face(cell.style)) for row in (1, 2, 4) for cell in across(sheet, row)] == [(1, 9, "22c"), (2, 9, "13cs"), (4, 9, "11cw")]
    assert [(one.first, one.last) for one in sheet.lights] == [((4, 0), (4, 0))]


def test_the_reminder(sample_plan: Plan) -> None:
    """Nine columns of equal width; the letter has the room of ten lines of 16 points."""
    sheet = reminder_sheet(nothing(sample_plan))
    assert sheet.widths == [9] * 9 + [10, 20]
    assert sheet.hidden_columns == {10}
    assert sheet.heights == {0: 30, 1: 46, 2: 24, 3: 30, 4: 150, 5: 34, 6: 34, 7: 24, 8: 24}
    assert [(cell.row, cell.column, cell.across, face(cell.style)) for row in range(9) for cell in across(sheet, row) if cell.column < 9] == [
        (0, 0, 9, "11lw"), (1, 0, 9, "22c"), (2, 0, 9, "13cs"), (3, 0, 6, "16lbw"), (3, 6, 3, "16l"), (4, 0, 9, "16lw"), (5, 0, 9, "16lw"),
        (6, 0, 9, "16rw"), (7, 0, 9, "16rw"),
    ]  # fmt: skip
    assert not sheet.print.landscape


def test_the_brief(sample_plan: Plan) -> None:
    """Twelve columns; what the rule has below it; four boxes of three; the projects, the best and the worst and the silent, what waits; a
    frame for instructions; a note."""
    sheet = brief_sheet(nothing(sample_plan))
    assert sheet.widths == [5.6, 9, 9, 8.8, 6.8, 6.8, 6.2, 5.4, 13.3, 13.3, 8.4, 8.4, 10, 10]
    assert sheet.hidden_columns == {13}
    assert list(told(sheet, range(2))) == ["40:22cs", "25:13cs"]
    assert (sheet.heights[2], sheet.cells[0, 0].across, sheet.cells[1, 0].across) == (6, 12, 12)
    assert [(cell.column, cell.across, face(cell.style), cell.content) for cell in across(sheet, 2)] == [
        (0, 3, "12ls", None), (3, 6, "12cs", None), (9, 3, "12rs", None),
    ]  # fmt: skip
    boxes = [[(cell.column, cell.across, face(cell.style)) for cell in across(sheet, row)] for row in (3, 4)]
    assert boxes == [[(column, 3, kind) for column in (0, 3, 6, 9)] for kind in ("22cs", "11c")]
    assert [(sheet.heights[row]) for row in (3, 4, 5, 6, 7)] == [36, 18, 24, 22, 22]
    assert [(row, across(sheet, row)[0].across, face(across(sheet, row)[0].style)) for row in (5, 6)] == [(5, 12, "12cs"), (6, 12, "13l")]
    projects, best = 10, 20  # the row of the first project; that of 二、领先与滞后, behind the chart
    assert len(sample_plan.projects) == best - projects
    assert [[(cell.column, cell.across) for cell in across(sheet, row)] for row in (7, 8, 17)] == [
        [(0, 1), (1, 5), (6, 2), (8, 2), (10, 1), (11, 1)]
    ] * 3
    assert [face(cell.style) for cell in across(sheet, 8)] == ["10.5cw", "10.5lsi", "10.5cbs", "9cs", "10.5cbs", "10.5cs"]
    assert [(one.first, one.last) for one in sheet.lights] == [((8, 6), (17, 6))]
    (chart,) = sheet.charts
    assert (chart.row, chart.column, chart.width, chart.height) == (18, 0, 560, sheet.heights[18] - 8)
    assert (sheet.cells[18, 0].across, round(sheet.heights[18], 6)) == (12, 92)
    assert [(sheet.heights[row], across(sheet, row)[0].across) for row in (19, 24, 25)] == [(22, 12), (18, 12), (22, 12)]
    assert [[(cell.column, cell.across) for cell in across(sheet, row)] for row in (20, 21, 23)] == [
        [(0, 4), (4, 1), (5, 1), (6, 4), (10, 1), (11, 1)]
    ] * 3
    assert [face(cell.style) for cell in across(sheet, 21)] == ["10lwi", "10.5cw", "10.5cw", "10lwi", "10.5cw", "10.5cw"]
    assert [sheet.heights[row] for row in range(20, 24)] == [21, 29, 29, 29]
    assert [[(cell.column, cell.across) for cell in across(sheet, row)] for row in (26, 27, 29)] == [[(0, 5), (5, 2), (7, 3), (10, 2)]] * 3
    assert [face(cell.style) for cell in across(sheet, 27)] == ["10lwi", "10cw", "10lwi", "10cw"]
    assert [sheet.heights[row] for row in range(26, 31)] == [21, 22, 22, 22, 7]
    assert [(cell.column, cell.across, face(cell.style), cell.content, cell.style.border) for cell in across(sheet, 31)] == [
        (0, 1, "11cw", "领导\n批示", "paper"), (1, 11, "12lwi", None, "paper"),
    ]  # fmt: skip
    assert list(told(sheet, range(32, 33))) == ["28:9lw"]
    assert (sheet.cells[32, 0].across, max(row for row, _ in sheet.cells)) == (12, 32)


def test_the_brief_as_formerly(sample_plan: Plan) -> None:
    """Who issues it and when stood above the rule; no frame, and what waits had rows of three lines; a page of 748.4 points."""
    plan = sample_plan.having(settings=sample_plan.settings._replace(organ="县政府办", brief_numbers=((OCTOBER, "10"),)))
    sheet = brief_sheet(nothing(plan), Asked(former_brief=True))
    assert sheet.widths == [6.8] * 6 + [6.2, 4.4, 11, 11, 6.5, 6.5, 10, 10]
    assert (sheet.cells[1, 0].content, across(sheet, 2)) == ("2022年10月（截至2022年10月31日）　·　县政府办", [])
    assert [sheet.heights[row] for row in (2, 8, 17, 27, 29, 30)] == [6, 15, 15, 42, 42, 28]
    assert (max(row for row, _ in sheet.cells), sheet.charts[0].width, sheet.heights[18]) == (30, 490, 110)


def test_the_brief_fills_its_page(sample_plan: Plan, quarters_plan: Plan) -> None:
    """576 points wide it is drawn at 510.04/576 of its size, and a page of 748.4 points holds 845.2. All but projects, frame and chart take
    485. Ten projects share what is left beside a chart of 92 and a frame of 58; three have the most of 28, or the 29 of a long name, the frame
    has the most of 96, and the chart the rest."""
    ten, three = (brief_sheet(empty_account(plan, plan.periods[0])) for plan in (sample_plan, quarters_plan))
    assert [round(ten.heights[row], 1) for row in (*range(8, 19), 31)] == [21.0] * 10 + [92, 58]
    assert [round(three.heights[row], 1) for row in (*range(8, 12), 24)] == [29, 28, 28, 179.2, 96]
    assert [round(sum(sheet.heights.values()), 1) for sheet in (ten, three)] == [845.2] * 2
    assert round(three.charts[0].height, 1) == 171.2


@pytest.mark.parametrize(
    ("length", "shown", "style", "high"),
    [(20, 20, "10.5lsi", 21.0), (21, 21, "9lwi", 29), (34, 34, "9lwi", 29), (35, 34, "9lwi", 29)],
)
def test_a_project_of_a_long_name_has_two_lines_in_the_brief(sample_plan: Plan, length: int, shown: int, style: str, high: float) -> None:
    """A line of 222 points has room for 21 signs of 10.5 points, two lines for 48 of 9 points, or 36 that are a third wider."""
    first, *rest = sample_plan.projects
    plan = sample_plan.having(projects=(first._replace(name="项" * length), *rest))
    sheet = brief_sheet(nothing(plan))
    cell = sheet.cells[8, 1]
    assert (len(str(cell.content)), face(cell.style)) == (shown, style)
    assert str(cell.content).endswith("……") == (length > 34)
    assert sheet.heights[8] == pytest.approx(high, abs=1)


@pytest.mark.parametrize(
    ("given", "line", "high"),
    [
        ({}, [None, None, None], 6),
        ({"organ": "县政府办"}, [None, "县政府办", None], 24),
        ({"brief_numbers": ((OCTOBER, "10"),)}, ["第10期", None, None], 24),
        ({"brief_numbers": ((NOVEMBER, "11"),)}, [None, None, None], 6),
        ({"issued_on": ((OCTOBER, date(2022, 11, 10)),)}, [None, None, "2022年11月10日印发"], 24),
        (
            {"organ": "县政府办", "brief_numbers": ((OCTOBER, "总第25期"),), "issued_on": ((OCTOBER, date(2022, 11, 10)),)},
            ["总第25期", "县政府办", "2022年11月10日印发"], 24,
        ),
    ],
)
def test_number_organ_and_day_stand_under_the_rule_where_the_plan_has_them(
    sample_plan: Plan, given: dict[str, object], line: list[str | None], high: float
) -> None:
    plan = sample_plan.having(settings=sample_plan.settings._replace(**given))  # type: ignore[arg-type]
    sheet = brief_sheet(nothing(plan))
    assert [cell.content for cell in across(sheet, 2)] == line
    assert (sheet.heights[2], sheet.cells[1, 0].content) == (high, "2022年10月（截至2022年10月31日）")
    assert (sheet.cells[1, 0].style.border, {cell.style.border for cell in across(sheet, 2)}) == ("rule", {""})


def test_rows_of_the_brief_in_which_nothing_waits_are_hidden(sample_plan: Plan) -> None:
    """Of two matters, the second of 36 signs, which are three lines in a face a third wider."""
    given: dict[str, dict[Key, Value]] = {"县残联": {word(8, "coordination"): "协调"}, "团县委": {word(9, "coordination"): "协调" * 18}}
    expected: list[tuple[dict[str, dict[Key, Value]], set[int], list[float]]] = [({}, {28, 29}, [22]), (given, {29}, [22, 45])]
    for cells, hidden, heights in expected:
        account = empty_account(sample_plan, OCTOBER, cells)
        book = master_book(account, "", 0)
        sheet = book.sheet("brief")
        assert sheet.hidden_rows == hidden
        assert [sheet.heights[27 + n] for n in range(len(heights))] == heights
        (output,) = (one for one in outputs(account) if one.name == "领导简报")
        assert printed(book, account, [output]).sheets[0].hidden_rows == hidden


PROJECT = (
    "7:10.5cs 7:10.5cs 30:10.5lwi 9:10.5cs 10:10.5rsi 11:10.5rsi 10:10.5rsi 12:10.5rbsi 10:10.5rsi 10:10.5rsi 10:10.5rbs 8:10.5rsi 9:10.5rsi "
    "12:10.5cs 20:9.5cw 34:9lwi"
)


def test_a_project(sample_plan: Plan) -> None:
    """Its indicators and their foot; below two tables of the leads' words and one of the others' support."""
    project = sample_plan.projects[0]
    sheet = project_sheet(nothing(sample_plan), project)
    count = len(sample_plan.indicators_of(project.no))
    first = across(sheet, HEAD + 3)
    assert " ".join(f"{sheet.widths[cell.column]:g}:{face(cell.style)}" for cell in first) == PROJECT
    assert sheet.widths[16:] == [6, 6, 6, 8, 10]
    assert (sheet.hidden_columns, sheet.zoom, sheet.freeze) == ({16, 17, 18, 19}, 90, (6, 3))
    assert list(told(sheet, range(5))) == ["20:12l", "40:22cs", "24:13ls", "22:12ls", f"{sheet.heights[4]:g}:9lw"]
    assert [[cell.across for cell in across(sheet, row)] for row in range(5)] == [[16], [16], [9, 7], [16], [16]]
    assert (sheet.heights[5], min(sheet.heights[row] for row in range(6, 6 + count))) == (42, 26)
    foot = 6 + count
    assert [(cell.column, cell.across, face(cell.style)) for cell in across(sheet, foot)] == [
        (0, 2, "10.5cbs"), (2, 1, "10.5cbs"), (3, 2, "9lbwi"), (5, 1, "10.5rsi"), (6, 1, "10.5lbsi"), (7, 2, "10.5lsi"), (9, 1, "10.5rsi"),
        (10, 1, "10.5rbsi"), (11, 2, "10.5rsi"), (13, 1, "10.5cbs"), (14, 2, "9lsi"),
    ]  # fmt: skip
    hidden = {(cell.row - foot, cell.column) for cell in sheet.cells.values() if cell.key and cell.key.part == "total" and cell.column > 15}
    assert hidden == {(0, 16), (0, 17), (0, 18), (1, 16), (1, 17)}
    assert sheet.heights[foot] == 38
    assert [(one.first, one.last) for one in sheet.lights] == [((6, 13), (foot - 1, 13)), ((foot, 2), (foot, 2))]


FORMER = "2"
"""A layout of the units' sheets that does not ask for help by name."""


def words_of(sheet: Sheet, top: int) -> list[str]:
    """A row of words: the title of each and how many columns it takes."""
    below = [(cell.column, cell.across) for cell in across(sheet, top + 1)]
    assert below == [(cell.column, cell.across) for cell in across(sheet, top)]
    return [f"{cell.content} {cell.across}" for cell in across(sheet, top)]


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("", (
            ["牵头单位 2", "本期进展 3", "存在问题 5", "下一步措施 5", "预计全年 1"],
            ["牵头单位 2", "滞后原因 2", "承诺时限 2", "需协调事项 4", "请求协调单位 2", "建议 3", "希望解决时限 1"],
            ["责任单位 2", "配合情况 2", "存在问题 4", "需协调事项 4", "请求协调单位 2", "希望解决时限 1", "报送情况 1"],
        )),
        (FORMER, (
            ["牵头单位 2", "本期进展 3", "存在问题 6", "需协调事项 5"],
            ["牵头单位 2", "下一步措施 3", "滞后原因 6", "承诺时限 4", "预计全年 1"],
            ["责任单位 3", "配合情况 4", "存在问题 5", "需协调事项 3", "报送情况 1"],
        )),
    ],
)  # fmt: skip
def test_the_words_of_a_project(sample_plan: Plan, layout: str, expected: tuple[list[str], list[str], list[str]]) -> None:
    project = sample_plan.projects[0]
    assert (len(project.leads), project.asks_funding) == (1, False)
    sheet = project_sheet(nothing(sample_plan), project, layout)
    top = 6 + len(sample_plan.indicators_of(project.no)) + 2
    support = top + 5
    assert (words_of(sheet, top), words_of(sheet, top + 2), words_of(sheet, support)) == expected
    assert [sum(int(word.split()[-1]) for word in row) for row in expected] == [16] * 3
    assert [sheet.heights[row] for row in range(top, top + 4)] == [24, 43.5, 24, 43.5]
    assert [sheet.heights[row] for row in (support, support + 1)] == [24, 17]
    assert [face(cell.style) for cell in across(sheet, support + 1)] == ["9.5lwi" if layout else "9.5lsi", *["9.5lwi"] * (len(expected[2]) - 2), "10.5cs"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ["", "", "", ""]),
        ({"coordination": "请协调外线"}, ["请协调外线", "—", "—", "—"]),
        ({"coordination": "请协调外线", "asked": "县供电公司", "wanted": "2022年11月底"}, ["请协调外线", "县供电公司", "—", "2022年11月底"]),
        ({"advice": "现场办公"}, ["", "", "现场办公", ""]),
    ],
)
def test_whom_a_lead_asks_for_help_stands_beside_what_is_to_be_settled(sample_plan: Plan, said: dict[str, str], expected: list[str]) -> None:
    project = sample_plan.projects[0]
    given = {project.leads[0]: {word(project.no, key): text for key, text in said.items()}}
    book = master_book(empty_account(sample_plan, sample_plan.periods[0], given), "", 0)
    sheet = book.sheet(f"project:{project.no}")
    keys = (Key("lead", project.leads[0], key) for key in ("coordination", "asked", "advice", "wanted"))
    assert [book.value(sheet, sheet.cell(key)) for key in keys] == expected


def test_the_money_of_a_project(quarters_plan: Plan) -> None:
    """The second asks for it: what is due, what has arrived, what is paid."""
    sheet = project_sheet(empty_account(quarters_plan, quarters_plan.periods[0]), quarters_plan.projects[1])
    (top,) = {cell.row - 1 for cell in sheet.cells.values() if cell.key and cell.key.part == "funding"}
    for row, kinds in ((top, "10cw 10cw 10cw 10cw"), (top + 1, "10.5lwi 10.5rsi 10.5rsi 10.5rsi")):
        cells = across(sheet, row)
        assert [(cell.column, cell.across) for cell in cells] == [(0, 3), (3, 2), (5, 2), (7, 2)]
        assert " ".join(face(cell.style) for cell in cells) == kinds
    assert (sheet.heights[top], sheet.heights[top + 1]) == (24, 20)


def test_the_shares_of_a_project(quarters_plan: Plan) -> None:
    """甲1 is shared out to two units, of which the first has a name of 36 signs, which is wrapped."""
    sheet = project_sheet(empty_account(quarters_plan, quarters_plan.periods[0]), quarters_plan.projects[0])
    (top,) = (cell.row for cell in sheet.cells.values() if str(cell.content).endswith("分解数") and cell.across > 1)
    assert [(cell.column, cell.across, face(cell.style)) for cell in across(sheet, top)] == [(0, 8, "11l")]
    for row, name in ((top + 2, "10.5lwi"), (top + 3, "10.5lsi")):
        assert [(cell.column, cell.across, face(cell.style)) for cell in across(sheet, row)] == [(0, 3, name), (3, 1, "10.5cs"), (4, 1, "10.5rsi")]
    assert [(cell.column, cell.across, face(cell.style)) for cell in across(sheet, top + 4)] == [
        (0, 4, "10.5lbsi"), (4, 1, "10.5rbsi"), (5, 2, "10.5rsi"), (7, 1, "10.5rbsi"),
    ]  # fmt: skip
    assert (sheet.heights[top + 1], sheet.heights[top + 3]) == (24, 20)
    assert sheet.heights[top + 2] > 20


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (look.TITLE, "20c"), (look.SUBTITLE, "11c"), (look.NOTE, "9lw"), (look.PLAIN, "10.5l"), (look.LABEL, "10.5rsi"), (look.SECTION, "11l"),
        (look.TABLE_HEAD, "10cw"), (look.INPUT_HEAD, "10cw"), (look.FIXED, "10.5lsi"), (look.FIXED_CENTER, "10.5cs"), (look.FIXED_NUMBER, "10.5rsi"),
        (look.DERIVED, "10.5rsi"), (look.STATUS, "10.5cs"), (look.INPUT, "10.5lbwi"), (look.INPUT_NUMBER, "10.5rbsi"), (look.BODY, "10.5lsi"),
        (look.BODY_WRAP, "10.5lwi"), (look.BODY_CENTER, "10.5cs"), (look.BODY_NUMBER, "10.5rsi"), (look.RATE, "10.5rbs"), (look.FOOT, "10.5lbsi"),
        (look.LINK, "10.5ls"), (look.BANNER, "11lsi"), (look.HIDDEN, "9l"), (look.PAPER, "11lwi"), (look.PAPER_CENTER, "11cw"), (look.PAPER_NUMBER, "11rsi"),
        (look.PAPER_HEAD, "11cw"), (look.PAPER_TITLE, "22c"), (look.ANNEX, "12l"), (look.CAPTION, "13cs"), (look.PAPER_NOTE, "10lw"), (look.SIGN_OFF, "12lsi"),
        (look.WARNING, "11lw"),
    ],
)  # fmt: skip
def test_a_role_has_its_face(style: Style, expected: str) -> None:
    """An indent is of one sign, and there is none in the middle."""
    assert face(style) == expected
    assert style.indented in (0, 1)
