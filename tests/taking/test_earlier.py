"""Last month's form that comes again: with new words it is asked, and this month stays 未报."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Period, Year, consolidate, decide, issue
from minsheng_xl.accounts.questions import AGAIN, CORRECTION
from minsheng_xl.accounts.values import Outcome, Standing
from minsheng_xl.closing.close import close
from minsheng_xl.exact.keys import HEAD, Key
from minsheng_xl.forms.paper.ranking import refusals
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.model import Role
from minsheng_xl.problems import MisuseError
from tests.makers import figure, little_tables, send, word
from tests.sharing import copied, made_once

SEPTEMBER, OCTOBER, NOVEMBER = (Period.parse(f"2022-{month:02d}") for month in (9, 10, 11))
DISABLED, WOMEN = "县残联", "县妇联"
THIRD, FOURTH, DECEMBER = datetime(2022, 11, 3, 9), datetime(2022, 11, 4, 9), datetime(2022, 12, 3, 9)
PROGRESS, DAY = word(8, "progress"), Key(HEAD, "form", "date")
THEN = {figure("8-1"): "96", PROGRESS: "9月已救助96名", DAY: "2022-10-04"}
NEW_WORDS = THEN | {PROGRESS: "10月又核查了3个康复机构", DAY: "2022-11-03"}
NOTED = "11月3日收到的是9月的表"


def comes(year: Year, unit: str, period: Period, cells: Mapping[Key, str], at: datetime, present: Period, name: str = "") -> Outcome:
    """A form of a period comes in a run for another."""
    drop(year, unit, period, cells, at, name)
    *_, one = consolidate(year, present, at).files
    return one.outcome


def drop(year: Year, unit: str, period: Period, cells: Mapping[Key, str], at: datetime, name: str = "") -> Path:
    path = send(year, unit, period, cells, name or f"{at:%m%d}_{unit}_{period}.xlsx")
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


@pytest.fixture(scope="module")
def reported_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year of which September was reported and the forms of October are out; not to be written to."""

    def make(folder: Path) -> Path:
        year = Year.create(folder / "年", little_tables())
        issue(year, SEPTEMBER, datetime(2022, 9, 30))
        comes(year, DISABLED, SEPTEMBER, THEN, datetime(2022, 10, 8), SEPTEMBER, "9月.xlsx")
        issue(year, OCTOBER, datetime(2022, 10, 31))
        year.close()
        return year.root

    return made_once(tmp_path_factory, "September reported", make)


@pytest.fixture
def reported(reported_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(reported_folder, tmp_path / "年")


def words_of_september(year: Year) -> str:
    return account_of(year.plan, year.register, SEPTEMBER).units[DISABLED].words[PROGRESS]


def test_new_words_are_asked_and_this_month_stays_unreported(reported: Year) -> None:
    assert comes(reported, DISABLED, SEPTEMBER, NEW_WORDS, THIRD, OCTOBER) is Outcome.HELD
    account = account_of(reported.plan, reported.register, OCTOBER)
    assert (account.standing(DISABLED), account.came[DISABLED], account.notes[DISABLED]) == (Standing.MISSING, NOTED, NOTED)
    (item,) = account.pending
    assert (item.kind, item.unit, item.other) == (AGAIN, DISABLED, "10月又核查了3个康复机构")
    assert "像是用9月的表报了10月的情况；9月的文字没有改，10月仍是未报" in item.advice
    assert words_of_september(reported) == "9月已救助96名"
    assert account_of(reported.plan, reported.register, SEPTEMBER).standing(DISABLED) is Standing.ACCEPTED


@pytest.mark.parametrize(("decision", "words"), [("采用", "10月又核查了3个康复机构"), ("不采用", "9月已救助96名")])
def test_the_office_says_whose_words_they_are(reported: Year, decision: str, words: str) -> None:
    comes(reported, DISABLED, SEPTEMBER, NEW_WORDS, THIRD, OCTOBER)
    (item,) = account_of(reported.plan, reported.register, OCTOBER).pending
    with pytest.raises(MisuseError, match="请写 采用、不采用。"):
        decide(reported, item.id, "县妇联", FOURTH)
    decide(reported, item.id, decision, FOURTH)
    assert words_of_september(reported) == words
    for period, standing in ((SEPTEMBER, Standing.ACCEPTED), (OCTOBER, Standing.MISSING)):
        account = account_of(reported.plan, reported.register, period)
        assert (account.pending, account.standing(DISABLED), refusals(account, DISABLED)) == ([], standing, 0)


def test_the_words_after_closing_wait_too(reported: Year) -> None:
    close(reported, SEPTEMBER, datetime(2022, 10, 20))
    assert comes(reported, DISABLED, SEPTEMBER, NEW_WORDS, THIRD, OCTOBER) is Outcome.HELD
    (item,) = account_of(reported.plan, reported.register, OCTOBER).pending
    decide(reported, item.id, "采用", FOURTH)
    assert account_of(reported.plan, reported.register, OCTOBER).pending == []


def test_a_unit_of_words_only_is_asked_too(reported: Year) -> None:
    (project, *_) = reported.plan.projects_of(WOMEN, Role.RESPONSIBLE)
    support = word(project, "support")
    comes(reported, WOMEN, SEPTEMBER, {support: "9月宣传两场"}, datetime(2022, 11, 1), SEPTEMBER)
    assert comes(reported, WOMEN, SEPTEMBER, {support: "10月宣传一场"}, THIRD, OCTOBER) is Outcome.HELD
    assert account_of(reported.plan, reported.register, OCTOBER).came[WOMEN] == NOTED


def test_a_form_of_two_months_ago_is_asked_in_november(reported: Year) -> None:
    issue(reported, NOVEMBER, datetime(2022, 11, 30))
    assert comes(reported, DISABLED, SEPTEMBER, NEW_WORDS, DECEMBER, NOVEMBER) is Outcome.HELD
    account = account_of(reported.plan, reported.register, NOVEMBER)
    assert account.came[DISABLED] == "12月3日收到的是9月的表"
    assert [item.kind for item in account.pending] == [AGAIN]


def test_a_plan_of_quarters_is_asked_as_well(small_year: Year) -> None:
    first, second, *_ = small_year.plan.periods
    unit, progress = "农业农村局", word(2, "progress")
    comes(small_year, unit, first, {progress: "一季度开工"}, datetime(2024, 4, 3), first)
    issue(small_year, second, datetime(2024, 6, 30))
    assert comes(small_year, unit, first, {progress: "二季度完工"}, datetime(2024, 7, 3), second) is Outcome.HELD
    assert account_of(small_year.plan, small_year.register, second).came[unit] == "7月3日收到的是第1季度的表"


def _again(year: Year) -> Outcome:
    shutil.copy(year.inbox / "9月.xlsx", year.inbox / "10月.xlsx")
    os.utime(year.inbox / "10月.xlsx", (THIRD.timestamp(), THIRD.timestamp()))
    (one,) = consolidate(year, OCTOBER, THIRD).files
    return one.outcome


_SAME: dict[str, Callable[[Year], Outcome]] = {
    "the same bytes": _again,
    "the same words, another day in the head": lambda year: comes(year, DISABLED, SEPTEMBER, THEN | {DAY: "2022-11-03"}, THIRD, OCTOBER),
}  # fmt: skip


@pytest.mark.parametrize("comes_again", _SAME.values(), ids=_SAME)
def test_the_same_form_is_a_duplicate_and_is_told(reported: Year, comes_again: Callable[[Year], Outcome]) -> None:
    assert comes_again(reported) is Outcome.DUPLICATE
    account = account_of(reported.plan, reported.register, OCTOBER)
    assert (account.pending, account.came[DISABLED], account.standing(DISABLED)) == ([], NOTED, Standing.MISSING)


def test_other_figures_are_a_correction_that_says_it_may_be_meant_for_this_month(reported: Year) -> None:
    assert comes(reported, DISABLED, SEPTEMBER, NEW_WORDS | {figure("8-1"): "104"}, THIRD, OCTOBER) is Outcome.HELD
    (item,) = account_of(reported.plan, reported.register, SEPTEMBER).pending
    assert (item.kind, item.used, item.other) == (CORRECTION, "96", "104")
    assert "10月还没有报，也可能是把10月的数填在了9月的表上" in item.advice
    assert account_of(reported.plan, reported.register, OCTOBER).came[DISABLED] == NOTED


def _october_is_reported(year: Year) -> None:
    comes(year, DISABLED, OCTOBER, {figure("8-1"): "104"}, datetime(2022, 11, 2), OCTOBER)


def _october_comes_with_it(year: Year) -> None:
    drop(year, DISABLED, OCTOBER, {figure("8-1"): "104"}, THIRD, "0.xlsx")


@pytest.mark.parametrize("before", [_october_is_reported, _october_comes_with_it])
def test_beside_a_report_of_this_month_new_words_are_last_months(reported: Year, before: Callable[[Year], None]) -> None:
    before(reported)
    assert comes(reported, DISABLED, SEPTEMBER, NEW_WORDS, THIRD, OCTOBER) is Outcome.ACCEPTED
    assert words_of_september(reported) == "10月又核查了3个康复机构"
    account = account_of(reported.plan, reported.register, OCTOBER)
    assert (account.pending, account.came) == ([], {})


def test_before_this_month_s_forms_are_out_new_words_are_last_months(year: Year) -> None:
    issue(year, SEPTEMBER, datetime(2022, 9, 30))
    comes(year, DISABLED, SEPTEMBER, THEN, datetime(2022, 10, 8), SEPTEMBER)
    assert comes(year, DISABLED, SEPTEMBER, NEW_WORDS, datetime(2022, 10, 12), OCTOBER) is Outcome.ACCEPTED
    assert words_of_september(year) == "10月又核查了3个康复机构"


def test_while_last_month_is_consolidated_new_words_are_its_own(reported: Year) -> None:
    assert comes(reported, DISABLED, SEPTEMBER, NEW_WORDS, THIRD, SEPTEMBER) is Outcome.ACCEPTED


def test_a_first_report_of_last_month_is_taken_for_last_month(reported: Year) -> None:
    (project, *_) = reported.plan.projects_of(WOMEN, Role.RESPONSIBLE)
    assert comes(reported, WOMEN, SEPTEMBER, {word(project, "support"): "宣传两场"}, THIRD, OCTOBER) is Outcome.ACCEPTED
    assert account_of(reported.plan, reported.register, OCTOBER).came[WOMEN] == NOTED
