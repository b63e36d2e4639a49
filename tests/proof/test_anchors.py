"""Where the head of the journal's chain stands outside of the journal: on forms, on 首页, in a closing (test_close)."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

import openpyxl

from minsheng_xl import Period, Year, consolidate, issue
from minsheng_xl.master.build import build
from minsheng_xl.sending.issue import issue_certification
from tests.makers import figure, send
from tests.workbooks import sheet_of

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
NOW = datetime(2022, 11, 7, 16)


def lines(year: Year) -> list[bytes]:
    return year.journal.path.read_bytes().splitlines(keepends=True)


def signs(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def foot(path: Path, sheet: str = "填报表") -> str:
    """The line of identity of a form."""
    page = openpyxl.load_workbook(path)[sheet]
    return next(str(row[0]) for row in page.iter_rows(max_col=1, values_only=True) if "表号" in str(row[0]))


def test_a_form_bears_the_head_as_it_stood_before_the_first_that_went_out(issued: Year) -> None:
    """The plan came into use by the first line, the forms are the lines behind it."""
    plan, *forms = lines(issued)
    assert json.loads(plan)["kind"] == "plan"
    assert {json.loads(line)["kind"] for line in forms} == {"issued"}
    assert {json.loads(line)["head"] for line in forms} == {signs(plan)}
    assert foot(issued.issued_folder(OCTOBER) / "县残联_2022-10.xlsx").endswith(f" · 链首 {signs(plan)}")


def test_a_form_that_goes_out_again_bears_the_same_head_and_that_of_another_period_another(issued: Year) -> None:
    path = issued.issued_folder(OCTOBER) / "县残联_2022-10.xlsx"
    before = path.read_bytes()
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(issued, OCTOBER, NOW)
    assert issue(issued, OCTOBER, NOW).kept == ()
    assert path.read_bytes() == before
    last = lines(issued)[-1]
    issue(issued, NOVEMBER, NOW)
    assert foot(issued.issued_folder(NOVEMBER) / "县残联_2022-11.xlsx").endswith(f" · 链首 {signs(last)}")


def test_what_goes_back_to_a_unit_bears_the_head_of_its_form(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "约1百"})
    result = consolidate(issued, OCTOBER, NOW)
    (answer,) = (path for path in result.answers if "县残联" in path.name)
    assert foot(answer) == foot(issued.issued_folder(OCTOBER) / "县残联_2022-10.xlsx")


def test_a_certifiers_form_bears_the_head_as_it_stood_before_the_first(issued: Year) -> None:
    """Behind what was reported: the certifier holds the anchor of that."""
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(issued, OCTOBER, NOW)
    last = lines(issued)[-1]
    (path,) = issue_certification(issued, OCTOBER, NOW).workbooks
    assert foot(path, "认定填报表").endswith(f" · 链首 {signs(last)}")
    assert json.loads(lines(issued)[-1])["head"] == signs(last)
    before = path.read_bytes()
    assert issue_certification(issued, OCTOBER, NOW).kept == ()
    assert path.read_bytes() == before


def test_the_front_page_shows_the_head_behind_what_the_account_rests_on(issued: Year) -> None:
    """The line behind that, which says that the master was written, it cannot know; it is not written anew for it."""
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(issued, OCTOBER, NOW)
    (judged,) = (line for line in lines(issued) if json.loads(line)["kind"] == "judged")
    assert sheet_of(issued.master_path, "首页")["I4"].value == f"日志链首 {signs(judged)}"
    before, count = issued.master_path.read_bytes(), len(lines(issued))
    build(issued, OCTOBER, NOW)
    assert (issued.master_path.read_bytes(), len(lines(issued))) == (before, count)
