"""首页: its rows have room for what they say, and the title spans the page."""

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.home import home_sheet
from tests.makers import empty_account


def test_the_rows_of_the_head_have_room_for_their_faces(sample_plan: Plan) -> None:
    """A line of the highest face in use takes 1.44 of its size: 32 of 22 points, 19 of 13; then the buttons, beside which three
    lines of 9 points stand in a face a third wider, and what the program says."""
    sheet = home_sheet(empty_account(sample_plan, Period.parse("2022-10")))
    assert [sheet.heights[row] for row in range(4)] == [34, 20, 40, 20]
    title = sheet.cells[0, 0]
    assert (title.across, title.style.size, sheet.cells[1, 0].style.size) == (9, 22, 13)


def test_a_small_screen_shows_what_is_to_be_done_and_how_the_year_stands(sample_plan: Plan) -> None:
    """Of 768 lines the ribbon and the edges leave some 470, 352 points at 100 %; three things are to be done."""
    account = empty_account(sample_plan, Period.parse("2022-10"))
    standings = (Standing.MISSING, Standing.REFUSED, Standing.HELD)
    for number, unit in enumerate(account.units.values()):
        unit.standing = standings[number] if number < 3 else Standing.ACCEPTED
    sheet = home_sheet(account)
    assert str(sheet.cell(Key("steps", "home", "text")).content).count("\n") == 2
    last = sheet.cell(Key("headline", "all", "line")).row
    assert sum(sheet.heights[row] for row in range(last + 1)) <= 352


def test_what_is_noted_of_a_unit_is_not_cut(sample_plan: Plan) -> None:
    """Of 9.5 points, a third wider, 172 points hold 13 signs: forty take four lines of 13.5, and some room."""
    name, other = (unit.name for unit in sample_plan.reporting_units[:2])
    sheet = home_sheet(empty_account(sample_plan, Period.parse("2022-10"))._replace(notes={name: "收" * 40, other: "收到"}))
    high = [sheet.heights[sheet.cell(Key("unit", unit, "note")).row] for unit in (name, other)]
    assert high == [57, 20]


def test_five_states_of_a_project_have_room(sample_plan: Plan) -> None:
    """1项按序时、1项滞后、1项严重滞后、1项未报、1项序时未定: 30 signs of nine points in lines of eleven."""
    sheet = home_sheet(empty_account(sample_plan, Period.parse("2022-10")))
    cell = sheet.cell(Key("project", "1", "lights"))
    assert sheet.heights[cell.row] >= 3 * 9 * 1.3
    assert sheet.widths[cell.column] * 5.25 - 9 >= 11 * 9
