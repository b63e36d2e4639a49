"""Words chosen instead of figures, from the clerk's cell to the master and to what programs read."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Year, consolidate, decide, issue, status
from minsheng_xl.accounts.questions import choices_of
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.exact.keys import HEAD, Key
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.read import read_tables
from minsheng_xl.problems import MisuseError
from minsheng_xl.taking.inspect import values_of
from tests.makers import QUARTERS, figure, raw, send, word
from tests.sharing import copied, made_once
from tests.workbooks import sheet_of, typed

WATER, FARM = "县水利局", "农业农村局"
FIRST, SECOND = Period.parse("2024-Q1"), Period.parse("2024-Q2")
SAME, NOT = "与上期相同", "本期不涉及"
APRIL, JULY, LATER = datetime(2024, 4, 7, 9), datetime(2024, 7, 9, 9), datetime(2024, 7, 10, 9)
PEOPLE = {Key(HEAD, "form", "filler"): "张三", Key(HEAD, "form", "reviewer"): "李四", Key(HEAD, "form", "phone"): "5051234"}


@pytest.fixture(scope="module")
def second_folder(small_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small year with its first quarter reported, and the forms of the second out; not to be written to."""

    def make(folder: Path) -> Path:
        for year in copied(small_folder, folder / "年"):
            send(year, WATER, FIRST, {figure("甲1"): "30.5", word(1, "progress"): "铺了30.5公里管网", **PEOPLE})
            send(year, FARM, FIRST, {figure("乙1"): "1.1", figure("乙3"): "2000"})
            consolidate(year, FIRST, APRIL)
            issue(year, SECOND, datetime(2024, 6, 30))
        return folder / "年"

    return made_once(tmp_path_factory, "second quarter", make)


@pytest.fixture
def second(second_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(second_folder, tmp_path / "年")


def indicator(year: Year, code: str) -> dict[str, object]:
    found: dict[str, object] = next(i for i in status(year, SECOND)["indicators"] if i["code"] == code)
    return found


def cell(year: Year, unit: str, key: Key) -> object:
    form = unit_form(year.plan, year.plan.unit(unit), SECOND, {}, in_master=True)
    return sheet_of(year.master_path, form.name, data_only=True)[form.address(key)].value


def test_a_confirmed_figure_counts_and_says_from_when_it_is(second: Year) -> None:
    send(second, WATER, SECOND, {figure("甲1", "choice"): SAME, word(1, "progress"): "本期无新进展"})
    result = consolidate(second, SECOND, JULY)
    (judged,) = result.files
    assert values_of(second.plan, judged.content) == {"甲1": {"reported": "30.5", "confirmed": True}}
    row = indicator(second, "甲1")
    assert (row["reported"], row["confirmed"], row["not_applicable"], row["increase"]) == ("30.5", True, False, "0")
    assert indicator(second, "乙1")["confirmed"] is False
    assert cell(second, WATER, figure("甲1")) == 30.5  # the number, so that every formula sees one
    assert cell(second, WATER, figure("甲1", "choice")) == SAME
    texts = [str(value) for row in sheet_of(second.master_path, "项目1", data_only=True).values for value in row]
    assert any(text.startswith("沿用第1季度数") for text in texts)


def test_a_figure_that_was_corrected_since_is_asked_for(second: Year) -> None:
    send(second, WATER, FIRST, {figure("甲1"): "31.5", figure("甲1", "explanation"): "经核实更正"}, "更正.xlsx")
    consolidate(second, FIRST, datetime(2024, 7, 1, 9))
    (item,) = account_of(second.plan, second.register, FIRST).pending
    decide(second, item.id, "31.5", datetime(2024, 7, 1, 10), who="王五", why="核实", period=FIRST)
    send(second, WATER, SECOND, {figure("甲1", "choice"): SAME, word(1, "progress"): "本期无新进展"})
    (judged,) = consolidate(second, SECOND, JULY).files
    assert [p.message for p in judged.problems if p.code == "confirmed-changed"] == [
        "选了“与上期相同”：表上的上期数是 30.5，现在记的是 31.5"
    ]
    held = account_of(second.plan, second.register, SECOND).units[WATER].figures[figure("甲1")]
    assert held == Doubt(SAME)
    answers = sorted((second.root / "退回" / "2024-Q2").glob("*.xlsx"))
    form = unit_form(second.plan, second.plan.unit(WATER), SECOND, {})
    back = sheet_of(answers[0], "填报表")
    assert back[form.address(figure("甲1"))].value is None
    assert back[form.address(figure("甲1", "choice"))].value == SAME


def test_a_word_that_the_office_chooses_in_the_master_is_a_figure(second: Year) -> None:
    consolidate(second, SECOND, JULY)
    form = unit_form(second.plan, second.plan.unit(FARM), SECOND, {}, in_master=True)
    typed(second.master_path, **{f"{form.name}__{form.address(figure('乙1', 'choice'))}": SAME})
    consolidate(second, SECOND, LATER)
    assert (indicator(second, "乙1")["reported"], indicator(second, "乙1")["confirmed"]) == ("1.1", True)
    assert cell(second, FARM, figure("乙1")) == 1.1
    again = consolidate(second, SECOND, LATER)
    assert again.master.own == ()
    assert indicator(second, "乙1")["reported"] == "1.1"


def test_a_later_number_takes_the_place_of_the_word(second: Year) -> None:
    send(second, WATER, SECOND, {figure("甲1", "choice"): SAME})
    consolidate(second, SECOND, JULY)
    typed(second.master_path, **{f"县水利局__{unit_form(second.plan, second.plan.unit(WATER), SECOND, {}).address(figure('甲1'))}": 33})
    consolidate(second, SECOND, LATER)
    assert (indicator(second, "甲1")["reported"], indicator(second, "甲1")["confirmed"]) == ("33", False)


def test_the_next_form_knows_the_people_the_words_and_the_figures(second: Year) -> None:
    form = unit_form(second.plan, second.plan.unit(WATER), SECOND, {})
    sent = sheet_of(second.issued_folder(SECOND) / f"{form_name(second)}_2024-Q2.xlsx", "填报表", data_only=True)
    assert [sent[form.address(key)].value for key in PEOPLE] == ["张三", "李四", "5051234"]
    assert sent[form.address(figure("甲1", "recent"))].value == "第1季度 30.5"
    assert sent[form.address(figure("甲1", "least"))].value is None
    assert sent[form.address(Key("recalled", "1", "line"))].value == "上期所填　本期进展：铺了30.5公里管网"
    account = account_of(second.plan, second.register, SECOND)
    assert account.recent["乙3"] == "第1季度 2,000"
    assert account.usual == {}


def form_name(year: Year) -> str:
    return year.plan.unit(WATER).sheet_name


def test_what_is_prefilled_is_no_report(second: Year) -> None:
    send(second, WATER, SECOND, {})
    (judged,) = consolidate(second, SECOND, JULY).files
    assert judged.content is None
    assert indicator(second, "甲1")["reported"] is None




@pytest.fixture
def exempt(tmp_path: Path) -> Year:
    """As `second`, of a plan by which 乙1 and 乙2 need not apply in the second quarter."""
    tables = {name: [dict(row.cells) for row in rows] for name, rows in read_tables(QUARTERS).rows.items()}
    for row in tables["指标"]:
        row["可不涉及"] = "2024-Q2：县办函1号" if row["编码"] in ("乙1", "乙2") else ""
    year = Year.create(tmp_path / "不涉及", raw(tables))
    issue(year, FIRST, datetime(2024, 3, 31))
    consolidate(year, FIRST, APRIL)
    issue(year, SECOND, datetime(2024, 6, 30))
    return year


def test_the_master_has_nothing_to_say_of_a_row_that_does_not_apply(exempt: Year) -> None:
    send(exempt, FARM, SECOND, {figure("乙1", "choice"): NOT})
    consolidate(exempt, SECOND, JULY)
    row = [cell(exempt, FARM, figure("乙1", name)) for name in ("reported", "choice", "status", "check")]
    assert row == [NOT, NOT, "／ 不涉及", None]


def chosen_in_master(year: Year, code: str, **contents: object) -> None:
    """What the office puts into the cells of a row of 农业农村局, and runs again."""
    form = unit_form(year.plan, year.plan.unit(FARM), SECOND, {}, in_master=True)
    typed(year.master_path, **{f"{form.name}__{form.address(figure(code, name))}": value for name, value in contents.items()})
    consolidate(year, SECOND, LATER)


def row_of(year: Year, code: str, *names: str) -> list[object]:
    return [cell(year, FARM, figure(code, name)) for name in names]


def test_a_word_that_is_cleared_takes_along_what_it_put_into_the_row(exempt: Year) -> None:
    """Else the row would go on saying that it does not apply, though nobody says so."""
    send(exempt, FARM, SECOND, {figure("乙1", "choice"): NOT})
    consolidate(exempt, SECOND, JULY)
    chosen_in_master(exempt, "乙1", choice=None)
    assert (indicator(exempt, "乙1")["status"], indicator(exempt, "乙1")["not_applicable"]) == ("未报", False)
    assert row_of(exempt, "乙1", "reported", "choice", "status") == [None, None, "○ 未报"]
    again = consolidate(exempt, SECOND, LATER)
    assert (again.master.own, indicator(exempt, "乙1")["status"]) == ((), "未报")


def test_a_number_in_the_place_of_a_word_that_is_cleared_counts(exempt: Year) -> None:
    send(exempt, FARM, SECOND, {figure("乙1", "choice"): NOT})
    consolidate(exempt, SECOND, JULY)
    chosen_in_master(exempt, "乙1", choice=None, reported=1.2)
    assert row_of(exempt, "乙1", "reported", "choice") == [1.2, None]
    assert indicator(exempt, "乙1")["reported"] == "1.2"


def test_one_word_takes_the_place_of_another(exempt: Year) -> None:
    consolidate(exempt, SECOND, JULY)
    chosen_in_master(exempt, "乙1", choice=NOT)
    assert indicator(exempt, "乙1")["not_applicable"] is True
    send(exempt, FARM, FIRST, {figure("乙1"): "1.1"})
    consolidate(exempt, SECOND, LATER)
    chosen_in_master(exempt, "乙1", choice=SAME)
    assert row_of(exempt, "乙1", "reported", "choice") == [1.1, SAME]
    assert indicator(exempt, "乙1")["confirmed"] is True


def test_a_confirmed_number_stays_when_its_word_is_cleared(second: Year) -> None:
    """It is a number as any other by then."""
    send(second, FARM, SECOND, {figure("乙1", "choice"): SAME})
    consolidate(second, SECOND, JULY)
    chosen_in_master(second, "乙1", choice=None)
    assert (indicator(second, "乙1")["reported"], indicator(second, "乙1")["confirmed"]) == ("1.1", False)


def test_a_word_that_cannot_be_chosen_is_in_doubt_until_one_that_can_is_chosen(second: Year) -> None:
    consolidate(second, SECOND, JULY)
    chosen_in_master(second, "乙1", choice="同上")
    assert row_of(second, "乙1", "reported", "choice") == ["待核：同上", "同上"]
    (item,) = account_of(second.plan, second.register, SECOND).pending
    assert (item.key, item.other) == (figure("乙1"), "同上")
    chosen_in_master(second, "乙1", choice=SAME)
    assert row_of(second, "乙1", "reported", "choice") == [1.1, SAME]
    assert account_of(second.plan, second.register, SECOND).pending == []


def test_a_word_of_a_unit_that_cannot_be_chosen_goes_back_as_it_was_written(second: Year) -> None:
    send(second, FARM, SECOND, {figure("乙1", "choice"): "同上", figure("乙3"): "2000"})
    consolidate(second, SECOND, JULY)
    assert indicator(second, "乙1")["status"] == "待核"
    (answer,) = (second.root / "退回" / "2024-Q2").glob("*.xlsx")
    form = unit_form(second.plan, second.plan.unit(FARM), SECOND, {})
    back = sheet_of(answer, "填报表")
    assert [back[form.address(figure("乙1", name))].value for name in ("reported", "choice")] == [None, "同上"]
    assert "不是可以选的词" in str(sheet_of(answer, "核实单").cell(4, 2).value)


def test_the_office_may_take_what_came_later_for_a_row_that_does_not_apply(exempt: Year) -> None:
    send(exempt, FARM, SECOND, {figure("乙1"): "1.3"})
    consolidate(exempt, SECOND, JULY)
    send(exempt, FARM, SECOND, {figure("乙1", "choice"): NOT}, "更正.xlsx")
    consolidate(exempt, SECOND, LATER)
    (item,) = account_of(exempt.plan, exempt.register, SECOND).pending
    assert choices_of(item) == ("用新数", "用原数")
    decide(exempt, item.id, "用新数", LATER, who="王五", why="核实", period=SECOND)
    consolidate(exempt, SECOND, LATER)
    assert indicator(exempt, "乙1")["not_applicable"] is True
    assert cell(exempt, FARM, figure("乙1", "check")) is None


def test_what_the_plan_does_not_let_off_the_office_cannot_either(second: Year) -> None:
    send(second, FARM, SECOND, {figure("乙1"): "约1.3"})
    consolidate(second, SECOND, JULY)
    (item,) = account_of(second.plan, second.register, SECOND).pending
    with pytest.raises(MisuseError, match="填不进这一格"):
        decide(second, item.id, NOT, LATER, who="王五", why="核实", period=SECOND)
