"""TRUE and FALSE are no figures: the form says so where it is reckoned anew, and the intake holds them."""

from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.judge import Judge
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import figure
from tests.others.engines import by_formualizer, by_gnumeric, needs_gnumeric, shown_in

OCTOBER = Period.parse("2022-10")
TEXTS = {"真字": "TRUE", "假字": "FALSE", "小写": "true"}
TRUTHS = {"真": True, "假": False, "公式": "=TRUE()", "比较": "=1=1"}
HINTS = {
    figure("2-1"): "只能选 是 或 否", figure("2-2"): "只能填数字", figure("2-5", "numerator"): "只能填数字",
}
"""A yes or no, a number, a part of a ratio; and what 校验 says beside what is neither."""


@pytest.fixture
def form(sample_plan: Plan) -> Sheet:
    return unit_form(sample_plan, sample_plan.unit("县医疗保障局"), OCTOBER, {})


@pytest.fixture
def filled(sample_plan: Plan, form: Sheet, tmp_path: Path) -> list[Path]:
    """The form with each of them in all three cells, by its name."""
    blank = write_book(unit_book(sample_plan, sample_plan.unit("县医疗保障局"), OCTOBER, {}))
    paths = []
    for name, content in {**TEXTS, **TRUTHS}.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(blank)
        book = openpyxl.load_workbook(path)
        page = book[form.name]
        page[form.address(figure("2-5", "denominator"))] = 5
        for key in HINTS:
            page[form.address(key)] = content
        book.save(path)
        paths.append(path)
    return paths


def held(sample_plan: Plan, path: Path) -> dict[Key, str]:
    """What the intake asks about each of the cells, by the word of its rule; it takes none of them for a figure."""
    found: Return = Judge(sample_plan).judge(path.name, "0" * 64, path.read_bytes())
    assert found.content is not None, found
    assert all(isinstance(found.content.figures[key], Doubt) for key in HINTS), found.content.figures
    return {problem.key: problem.code for problem in found.problems if problem.key in HINTS}


@pytest.mark.parametrize("engine", [pytest.param(by_gnumeric, marks=needs_gnumeric), by_formualizer])
def test_where_it_is_reckoned_anew_the_form_asks(engine: object, form: Sheet, filled: list[Path], tmp_path: Path) -> None:
    for path, found in zip(filled, engine(filled, tmp_path), strict=True):  # type: ignore[operator]
        said = {key: found[form.name][form.address(key.beside("check"))] for key in HINTS}
        assert said == HINTS, path.stem


def test_the_intake_holds_them(sample_plan: Plan, filled: list[Path]) -> None:
    for path in filled:
        assert held(sample_plan, path).keys() == HINTS.keys(), path.stem


@needs_libreoffice
@pytest.mark.office
def test_what_libreoffice_takes_for_one_is_held_all_the_same(
    sample_plan: Plan, form: Sheet, filled: list[Path], tmp_path: Path
) -> None:
    """It has no truth values: ISNUMBER of one is true, so that only the words and the yes or no are asked about in the
    form. What it saves comes back as =TRUE(), =1=1 or =FALSE()."""
    again = convert(filled, "xlsx", tmp_path / "again", recalculate=True)
    for path in again:
        said = {key: shown_in(path)[form.name].get(form.address(key.beside("check"))) for key in HINTS}
        asked = HINTS.keys() if path.stem in TEXTS else {figure("2-1")}
        assert {key: said[key] for key in asked} == {key: HINTS[key] for key in asked}, path.stem
        assert held(sample_plan, path).keys() == HINTS.keys(), path.stem
