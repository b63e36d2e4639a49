"""The names that the plan keeps from units are those of the sheets that the master really has."""

from minsheng_xl import Plan
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.plan.names import RESERVED, is_project_sheet, is_reserved
from minsheng_xl.plan.tabs import TABS, Part
from tests.makers import empty_account

EXCELS_OWN = "History"


def test_every_sheet_of_the_master_is_kept_from_units(plan: Plan, quarters_plan: Plan) -> None:
    for found in (plan, quarters_plan):
        names = {sheet.name for sheet in master_book(empty_account(found, found.periods[2]), "v", 3).sheets}
        own = names - {unit.sheet_name for unit in found.units}
        assert {name for name in own if is_project_sheet(name)} == {f"项目{project.no}" for project in found.projects}
        on_paper = {tab.name for tab in TABS if tab.part is Part.PAPER}
        assert {name for name in own if not is_project_sheet(name)} == RESERVED - {EXCELS_OWN} - on_paper
        assert all(is_reserved(name) != is_project_sheet(name) for name in own)
