"""The head of 首页: its rows have room for their faces, and the title spans the page."""

from minsheng_xl import Period, Plan
from minsheng_xl.forms.home import home_sheet
from tests.makers import empty_account


def test_the_rows_of_the_head_have_room_for_their_faces(sample_plan: Plan) -> None:
    """A face of 22 points needs 42, one of 13 points 24; then the button and what it says."""
    sheet = home_sheet(empty_account(sample_plan, Period.parse("2022-10")))
    assert [sheet.heights[row] for row in range(4)] == [42, 24, 32, 22]
    title = sheet.cells[0, 0]
    assert (title.across, title.style.size, sheet.cells[1, 0].style.size) == (9, 22, 13)
