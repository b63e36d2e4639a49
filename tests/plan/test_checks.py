"""Every check stands once in the list, says why it is asked, and every sentence about the plan has its case."""

import inspect
from itertools import chain

from minsheng_xl.plan import checks
from minsheng_xl.problems import CATALOGUE
from tests.plan.test_load import CASES

OF_THE_WHOLE = {"problems_of", "something_is_assessed"}
ELSEWHERE = {
    "plan-file", "plan-table", "plan-column", "plan-column-unknown", "plan-became-date", "plan-formula", "plan-nothing",
    "plan-setting-idle", "plan-denominator-unset", "plan-opening-unset", "plan-file-name", "plan-address", "plan-address-domain", "plan-size", "plan-sheet-size", "plan-far",
    "plan-table-renamed", "plan-head-below", "plan-column-twice",
    "plan-title-year", "plan-due-year", "plan-deadline-year", "plan-opening-year", "plan-table-blank",
    "plan-group-here", "plan-question", "plan-steps-amount", "plan-deadline-words", "plan-untouched",
}
"""Told where files are read, where whole tables are missing, as notes, of names, and with what is asked: tested there."""


LISTED = list(chain.from_iterable(walk.checks for walk in checks.CHECKS))


def test_every_check_stands_once_in_the_list() -> None:
    listed = [check.__name__ for check in LISTED]
    assert len(listed) == len(set(listed))
    written = {
        name
        for name, found in vars(checks).items()
        if inspect.isfunction(found) and found.__module__ == checks.__name__ and not name.startswith("_")
    }
    assert set(listed) == written - OF_THE_WHOLE


def test_every_check_says_why() -> None:
    assert [check.__name__ for check in LISTED if not check.__doc__] == []


def test_every_sentence_about_the_plan_has_a_case() -> None:
    assert {code for code, *_ in CASES} | ELSEWHERE == {code for code in CATALOGUE if code.startswith("plan-")}
