"""A form with words and not one figure: in use as far as it goes, and no report of a unit that owes figures."""

import os
from collections.abc import Mapping
from datetime import datetime

import pytest

from minsheng_xl import Period, Year, consolidate, inspect, status
from minsheng_xl.accounts.values import Outcome, Standing, Timeliness
from minsheng_xl.closing.close import close
from minsheng_xl.exact.keys import CHOICE, Key
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.model import Role
from minsheng_xl.telling.notices import bulletin, reminders
from tests.makers import figure, send, word
from tests.workbooks import sheet_of

OCTOBER = Period.parse("2022-10")
DISABLED, WOMEN = "县残联", "县妇联"
THIRD, LATE = datetime(2022, 11, 3, 9), datetime(2022, 11, 9, 9)
"""October is due on the seventh of November."""
PROGRESS = {word(8, "progress"): "康复机构已定点，正在办理救助手续。"}


def comes(year: Year, unit: str, at: datetime, cells: Mapping[Key, str], name: str = "") -> Outcome:
    """A form comes in and is consolidated on its day."""
    path = send(year, unit, OCTOBER, cells, name or f"{at:%d}{unit}.xlsx")
    os.utime(path, (at.timestamp(), at.timestamp()))
    (one,) = consolidate(year, OCTOBER, at).files
    return one.outcome


def test_words_of_a_lead_are_kept_and_printed_and_it_is_unreported(short_issued: Year) -> None:
    assert comes(short_issued, DISABLED, THIRD, PROGRESS) is Outcome.WORDS
    account = account_of(short_issued.plan, short_issued.register, OCTOBER)
    assert (account.standing(DISABLED), account.units[DISABLED].words) == (Standing.MISSING, PROGRESS)
    assert account.came == {DISABLED: "11月3日收到的表没有填数"}
    assert [(one.outcome.label, one.late, "没有填一个数" in one.message) for one in account.receipts] == [("未填数", False, True)]
    state = status(short_issued, OCTOBER)
    assert (state["accepted"], state["missing"], state["issued"]) == (0, 6, 6)
    unit = {one["unit"]: one for one in state["units"]}[DISABLED]
    assert (unit["standing"], unit["came"], unit["received"]) == ("missing", "11月3日收到的表没有填数", None)
    texts = [value for row in sheet_of(short_issued.master_path, "项目8", data_only=True).values for value in row]
    assert PROGRESS[word(8, "progress")] in texts
    front = [[str(cell or "") for cell in row] for row in sheet_of(short_issued.master_path, "首页", data_only=True).values]
    (mine,) = [row for row in front if DISABLED in row and "未报" in row]
    assert "11月3日收到的表没有填数" in mine
    assert "11月3日收到的表没有填数，填好的本期表至今未收到，请填好已下发的填报表，尽快报送" in reminders(account)
    assert f"{DISABLED}（11月3日收到的表没有填数）" in bulletin(account)
    assert not short_issued.returned_folder(OCTOBER).exists(), "nothing of it is to be mended in place"


def test_each_unit_sends_words_and_just_those_that_owe_figures_are_unreported(whole_issued: Year) -> None:
    """Both errors are counted: a lead that stands as 已采用, and a unit of words that does not."""
    plan = whole_issued.plan
    for unit in plan.reporting_units:
        leads, supports = (plan.projects_of(unit.name, role) for role in (Role.LEAD, Role.RESPONSIBLE))
        cells = {word(no, "progress"): "正在推进" for no in leads} or {word(supports[0], "support"): "已配合"}
        send(whole_issued, unit.name, OCTOBER, cells)
    ended = {one.unit: one.outcome for one in consolidate(whole_issued, OCTOBER, THIRD).files}
    leading = {unit for unit, _, role in plan.roles if role is Role.LEAD}
    account = account_of(plan, whole_issued.register, OCTOBER)
    assert {unit for unit, outcome in ended.items() if outcome is Outcome.WORDS} == leading
    assert {unit for unit in ended if account.standing(unit) is Standing.MISSING} == leading
    assert sum(account.standing(unit) is Standing.ACCEPTED for unit in ended) == 27
    assert (len(leading), len(ended)) == (11, 38)


def test_nothing_new_is_words_and_the_same_as_last_is_a_figure(short_issued: Year) -> None:
    """本期无新进展 confirms no figure; 与上期相同 does, and a single figure is a report."""
    path = send(short_issued, DISABLED, OCTOBER, {word(8, "progress"): "本期无新进展"}, "甲.xlsx")
    other = send(short_issued, DISABLED, OCTOBER, {figure("8-1"): "106"}, "乙.xlsx")
    chosen = send(short_issued, DISABLED, OCTOBER, {figure("8-1", CHOICE): "与上期相同"}, "丙.xlsx")
    found = list(inspect(short_issued, [path, other, chosen]))
    assert [one.outcome for one in found[:2]] == [Outcome.WORDS, Outcome.ACCEPTED]
    assert found[2].outcome is Outcome.HELD, "there is no last figure yet"


def test_the_report_came_when_the_figures_did(short_issued: Year) -> None:
    comes(short_issued, DISABLED, THIRD, PROGRESS)
    assert comes(short_issued, DISABLED, LATE, {figure("8-1"): "106"}) is Outcome.ACCEPTED
    account = account_of(short_issued.plan, short_issued.register, OCTOBER)
    assert (account.standing(DISABLED), account.received(DISABLED), account.came) == (Standing.ACCEPTED, LATE, {})
    assert account.timeliness(DISABLED) is Timeliness.UNCONFIRMED
    assert account.units[DISABLED].words == PROGRESS, "what it wrote before stands"


def test_words_behind_figures_change_nothing_else(short_issued: Year) -> None:
    comes(short_issued, DISABLED, THIRD, {figure("8-1"): "106"})
    assert comes(short_issued, DISABLED, LATE, PROGRESS) is Outcome.WORDS
    account = account_of(short_issued.plan, short_issued.register, OCTOBER)
    assert (account.standing(DISABLED), account.received(DISABLED)) == (Standing.ACCEPTED, THIRD)
    assert (account.units[DISABLED].figures, account.units[DISABLED].words) == ({figure("8-1"): 106}, PROGRESS)


@pytest.mark.parametrize(("unit", "cells", "standing"), [
    (DISABLED, PROGRESS, Standing.MISSING), (WOMEN, {word(1, "support"): "已配合"}, Standing.ACCEPTED),
])  # fmt: skip
def test_a_closed_period_tells_what_it_told_before(short_issued: Year, unit: str, cells: Mapping[Key, str], standing: Standing) -> None:
    comes(short_issued, unit, THIRD, cells)
    before = status(short_issued, OCTOBER)
    closing = close(short_issued, OCTOBER, LATE)
    after = status(short_issued, OCTOBER)
    assert closing.figures_owed
    assert account_of(short_issued.plan, short_issued.register, OCTOBER).standing(unit) is standing
    assert {key: after[key] for key in ("accepted", "missing", "units")} == {key: before[key] for key in ("accepted", "missing", "units")}


def test_a_period_that_an_earlier_version_closed_stays_as_it_was_printed(short_issued: Year) -> None:
    """There words alone stood as 已采用."""
    comes(short_issued, DISABLED, THIRD, PROGRESS)
    closing = close(short_issued, OCTOBER, LATE)
    short_issued.register.record([closing._replace(run=closing.run + 1, upto=short_issued.register.last_change(), figures_owed=False)])
    assert account_of(short_issued.plan, short_issued.register, OCTOBER).standing(DISABLED) is Standing.ACCEPTED
