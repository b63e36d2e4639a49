"""空表 through a month: registered, not in the account, the unit 未报 and told of it."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Period, Year, consolidate, inspect, status
from minsheng_xl.accounts.values import Outcome, Standing
from minsheng_xl.exact.keys import HEAD, Key
from minsheng_xl.forms.paper.missing import missing_name, missing_sheet
from minsheng_xl.forms.paper.ranking import refusals
from minsheng_xl.ledger.period import account_of
from minsheng_xl.telling.notices import reminders
from tests.makers import figure, send
from tests.workbooks import sheet_of

OCTOBER = Period.parse("2022-10")
DISABLED, WOMEN, FIRST = "县残联", "县妇联", "县人力资源和社会保障局"
THIRD, FOURTH = datetime(2022, 11, 3, 9), datetime(2022, 11, 4, 9)
SIGNED = {Key(HEAD, "form", "filler"): "张三"}


def comes(year: Year, unit: str, at: datetime, cells: Mapping[Key, str], name: str = "") -> Outcome:
    """A form comes in and is consolidated on its day."""
    path: Path = send(year, unit, OCTOBER, cells, name or f"{at:%d}{unit}.xlsx")
    os.utime(path, (at.timestamp(), at.timestamp()))
    (one,) = consolidate(year, OCTOBER, at).files
    return one.outcome


def test_a_blank_form_is_registered_and_not_in_the_account(issued: Year) -> None:
    assert [comes(issued, DISABLED, THIRD, {}), comes(issued, WOMEN, FOURTH, SIGNED)] == [Outcome.EMPTY, Outcome.EMPTY]
    state, account = status(issued, OCTOBER), account_of(issued.plan, issued.register, OCTOBER)
    assert (state["empty"], state["missing"], state["refused"]) == (2, 4, 0)
    assert [(one.unit, one.outcome.label, one.late) for one in account.receipts] == [(DISABLED, "空表", False), (WOMEN, "空表", False)]
    assert all("空表" in one.message for one in account.receipts)
    assert refusals(account, DISABLED) == 0
    assert not issued.returned_folder(OCTOBER).exists()


def test_the_reminder_says_what_came_with_its_day(issued: Year) -> None:
    """On the front page, in the message, in the list; in the letter to the first unit of the plan."""
    comes(issued, FIRST, THIRD, {})
    account = account_of(issued.plan, issued.register, OCTOBER)
    assert account.came == {FIRST: "11月3日收到的是空表"}
    assert account.notes[FIRST] == "11月3日收到的是空表"
    letters = {text.partition("】")[0]: text for text in reminders(account).split("【")}
    assert "11月3日收到的是空表，填好的本期表至今未收到，请填好已下发的填报表，尽快报送" in letters[FIRST]
    assert "至今未收到贵单位来表" in letters[WOMEN]
    owed = {name: missing_sheet(account).cell(missing_name(name).cell("owed")).content for name in (FIRST, WOMEN)}
    assert owed == {FIRST: "指标数据、文字；11月3日收到的是空表", WOMEN: "配合情况"}
    home, letter = (sheet_of(issued.master_path, name, data_only=True) for name in ("首页", "催报单"))
    assert "11月3日收到的是空表" in [cell.value for row in home.iter_rows() for cell in row]
    assert "（指标数据、文字；11月3日收到的是空表）应于11月7日前报送" in letter["A5"].value


def test_two_blank_forms_are_told_with_the_last_day(issued: Year) -> None:
    comes(issued, DISABLED, THIRD, {})
    comes(issued, DISABLED, FOURTH, SIGNED)
    assert account_of(issued.plan, issued.register, OCTOBER).came == {DISABLED: "11月4日收到的是空表"}


def test_a_blank_form_after_a_report_changes_nothing_and_says_so(issued: Year) -> None:
    comes(issued, DISABLED, THIRD, {figure("8-1"): "106"})
    assert comes(issued, DISABLED, FOURTH, {}) is Outcome.EMPTY
    account = account_of(issued.plan, issued.register, OCTOBER)
    assert (account.standing(DISABLED), account.units[DISABLED].figures) == (Standing.ACCEPTED, {figure("8-1"): 106})
    assert (account.came, account.notes) == ({}, {})
    assert account.receipts[-1].message == "空表，没有填任何数字、选项、文字；这个单位本期另有来件"
    path = send(issued, DISABLED, OCTOBER, SIGNED)
    assert [one.problems[0].code for one in inspect(issued, [path])] == ["return-empty-beside"]


def test_a_report_after_a_blank_form_is_all_that_is_told(issued: Year) -> None:
    comes(issued, DISABLED, THIRD, {})
    comes(issued, DISABLED, FOURTH, {figure("8-1"): "106"})
    account = account_of(issued.plan, issued.register, OCTOBER)
    assert (account.standing(DISABLED), account.came, account.notes) == (Standing.ACCEPTED, {}, {})


def test_a_blank_form_beside_a_doubtful_one_leaves_it_doubtful(issued: Year) -> None:
    comes(issued, DISABLED, THIRD, {figure("8-1"): "百余人"})
    comes(issued, DISABLED, FOURTH, {})
    account = account_of(issued.plan, issued.register, OCTOBER)
    assert (account.standing(DISABLED), account.came) == (Standing.HELD, {})
    assert [path.name for path in issued.returned_folder(OCTOBER).iterdir()] == ["县残联_2022-10_核实单.xlsx"]


@pytest.mark.parametrize("name", ["b.xlsx", "夹/县残联.xlsx"])
def test_the_same_blank_form_again_is_a_duplicate(issued: Year, name: str) -> None:
    comes(issued, DISABLED, THIRD, {})
    assert comes(issued, DISABLED, FOURTH, {}, name) is Outcome.DUPLICATE
    assert status(issued, OCTOBER)["empty"] == 1
