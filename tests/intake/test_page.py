"""The page of the form is found by what stands on it, not by its name."""

import pytest

from minsheng_xl.books.package.read import RawSheet
from minsheng_xl.intake.page import Page, find_page, page_remarks
from minsheng_xl.problems import Problem
from tests.intake.pages import FIRST, issued, number, page, sheet, text, workbook
from tests.makers import figure

NOTES = RawSheet("说明", {(0, 0): text("另附说明")})
IDENTITY = RawSheet("标识", {(0, 0): text("编码")})


def found(*sheets: RawSheet) -> Page:
    one = find_page(workbook(*sheets), issued())
    assert isinstance(one, Page)
    return one


def refused(*sheets: RawSheet) -> tuple[str, str]:
    one = find_page(workbook(*sheets), issued())
    assert isinstance(one, Problem)
    return one.code, one.sheet


def test_a_key_is_asked_of_the_page() -> None:
    one = found(sheet({FIRST: number("106")}))
    assert one.at(figure("1-1")) == FIRST
    assert one.raw(figure("1-1")) == number("106")
    assert one.raw(figure("1-2")) is None


def test_the_page_under_another_name_among_others() -> None:
    renamed = sheet({}, name="Sheet1")
    assert found(NOTES, renamed, IDENTITY).sheet is renamed


def test_a_copy_of_the_page_leaves_it_open_which_counts() -> None:
    assert refused(sheet({}), sheet({}, name="填报表 (2)")) == ("sheet-copied", "填报表 (2)")


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ([NOTES], ("return-sheet", "")),
        ([IDENTITY], ("return-sheet", "")),
        ([], ("return-sheet", "")),
        ([sheet({(2, 0): None}), NOTES], ("return-structure", "填报表")),
        ([NOTES, sheet({(2, 0): None}, name="Sheet1")], ("return-structure", "Sheet1")),
        ([RawSheet("填报表", {}), sheet({(2, 0): None}, name="Sheet1")], ("return-structure", "填报表")),
    ],
)
def test_what_is_missed(sheets: list[RawSheet], expected: tuple[str, str]) -> None:
    assert refused(*sheets) == expected


def remarked(*sheets: RawSheet) -> list[tuple[str, str, str]]:
    return [(one.code, one.sheet, one.seen) for one in page_remarks(workbook(*sheets), page(sheets[0]))]


def test_remarks_on_the_page_as_a_whole() -> None:
    own, renamed = sheet({}), sheet({}, name="Sheet1")
    assert remarked(own, IDENTITY, RawSheet("退回说明", {}), RawSheet("核实单", {})) == []
    assert remarked(renamed) == [("sheet-renamed", "Sheet1", "Sheet1")]
    assert remarked(own, NOTES) == [("sheet-added", "说明", "说明")]
    others = [RawSheet(name, {}) for name in "甲乙丙丁"]
    assert remarked(own, *others) == [("sheet-added", "甲", "甲、乙、丙等4页")]
