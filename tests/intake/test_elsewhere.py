"""What a title beside the table says of the numbers under it; blocks of cells that are not read."""

from fractions import Fraction

import pytest

from minsheng_xl.accounts.values import Doubt
from minsheng_xl.books.package.read import RawSheet
from minsheng_xl.intake.elsewhere import _Block, _Title, hold_what_stands_elsewhere
from minsheng_xl.intake.reading import Answers
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from tests.intake.pages import blank_page, number, text, workbook
from tests.makers import figure


@pytest.mark.parametrize("text", ["更正数", "核实后", "应为", "实际完成", "实际", "最终数", "审核后", "核减后", "复核", "改后"])
def test_a_title_that_corrects(text: str) -> None:
    assert _Title(text).corrects
    assert not _Title(text).is_other


@pytest.mark.parametrize("text", ["本期累计", "累计完成", "截至10日累计完成数", "本期累计（新）", "本月完成 2", "分子", "分母（改）", "本 期 数", "上报数"])
def test_a_title_like_one_of_the_form(text: str) -> None:
    assert _Title(text).is_like
    assert not _Title(text).is_other


@pytest.mark.parametrize("text", ["去年更正数", "应为目标", "核定投资", "更正时间", "更正数（9月）", "审定人员"])
def test_a_title_of_other_numbers_corrects_nothing(text: str) -> None:
    assert _Title(text).is_other
    assert not _Title(text).corrects


@pytest.mark.parametrize("text", ["上期累计", "全年累计", "累计完成（10月）", "新增完成", "完成率", "累计完成 其中"])
def test_a_title_of_other_numbers_is_like_none_of_the_form(text: str) -> None:
    assert _Title(text).is_other
    assert not _Title(text).is_like


@pytest.mark.parametrize("text", ["", "联系方式", "单位", "公开", "实际情况说明"])
def test_a_title_that_says_nothing_of_its_numbers(text: str) -> None:
    title = _Title(text)
    assert (title.corrects, title.is_like, title.is_other) == (False, False, False)


def test_a_title_is_the_nearest_text_above() -> None:
    """A number, a single sign and what is longer than 300 signs are no titles."""
    cells = {(0, 2): "更正数", (2, 2): "12", (3, 2): "个", (4, 2): "核实数", (5, 2): "长" * 301, (6, 2): "25", (6, 3): "x"}
    block = _Block(RawSheet("表"), cells, "表外")
    assert [block.title(row, 2) for row in (0, 1, 2, 4, 5, 6)] == ["", "更正数", "更正数", "更正数", "核实数", "核实数"]
    assert block.title(6, 3) == ""
    assert block.lines[6] == {2: "25", 3: "x"}


def test_a_block_may_be_read_by_columns() -> None:
    cells = {(0, 1): "更正数", (0, 2): "25", (1, 1): "其他"}
    turned = _Block(RawSheet("表"), cells, "表外").turned(but=(1,))
    assert turned.cells == {(1, 0): "更正数", (2, 0): "25"}
    assert turned.title(2, 0) == "更正数"
    found = turned.found(2, 0)
    assert found == type(found)("表", (0, 2), "表外", "25")
    assert _Block(RawSheet("表"), cells, "表外").found(0, 2) == found


@pytest.mark.parametrize(("said", "is_held"), [(["50"], False), (["60"], True), (["20", "30"], False), (["20", "25"], True)])
def test_another_page_that_lists_the_figures_says_the_same_or_their_parts(
    plan: Plan, said: list[str], is_held: bool
) -> None:
    """Each page lists 6-1 as it was entered, 500, and a number for 6-2, for which 50 was entered."""
    page = blank_page(plan, "县民政局", Period.parse("2022-10"))
    listed = [
        RawSheet(f"明细{n}", {(0, 0): text("6-1"), (0, 1): number("500"), (1, 0): text("6-2"), (1, 1): number(one)})
        for n, one in enumerate(said, 1)
    ]
    answers = Answers()
    answers.figures |= {figure("6-1"): Fraction(500), figure("6-2"): Fraction(50)}
    hold_what_stands_elsewhere(workbook(page.sheet, *listed), page, answers)
    assert answers.figures == {figure("6-1"): Fraction(500), figure("6-2"): Doubt("50") if is_held else Fraction(50)}
    assert [(one.code, one.sheet, one.cell) for one in answers.problems] == [("figure-corrected", "明细1", "B2")] * is_held
