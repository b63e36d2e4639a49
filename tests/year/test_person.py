"""Who works in a year's folder, in words."""

from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Year, issue
from minsheng_xl.changes.adopt import adopt
from minsheng_xl.telling.print import print_period
from minsheng_xl.year.entries import Issued, PlanUsed, Reminded
from minsheng_xl.year.person import Person

NOW = datetime(2022, 11, 8, 9)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Person("张三", "li"), "张三（电脑用户 li）"), (Person("张三"), "张三"), (Person(user="li"), "电脑用户 li"), (Person(), ""),
    ],
)
def test_the_computer_s_user_stands_beside_the_name(person: Person, words: str) -> None:
    assert str(person) == words


def test_another_name_is_of_the_same_computer() -> None:
    assert str(Person("张三", "li").called("李四")) == "李四（电脑用户 li）"
    assert str(Person("张三", "li").called("")) == "张三（电脑用户 li）"


def test_a_folder_is_signed_by_who_works_in_it_and_by_the_office_where_nobody_is_known(tmp_path: Path) -> None:
    Year.create(tmp_path / "年")
    assert Year(tmp_path / "年").signed() == "办公室"
    assert Year(tmp_path / "年").signed("李四") == "李四"
    year = Year(tmp_path / "年", who=Person("张三", "li"))
    assert (year.signed(), year.signed("李四")) == ("张三（电脑用户 li）", "李四（电脑用户 li）")


@pytest.mark.parametrize(("who", "words"), [(Person("张三", "li"), "张三（电脑用户 li）"), (Person(), "")])
def test_a_plan_that_is_adopted_says_who_brought_it_in(tmp_path: Path, who: Person, words: str) -> None:
    Year.create(tmp_path / "年")
    year = Year(tmp_path / "年", who=who)
    adopt(year, NOW)
    assert [entry.who for entry in year.register.entries(PlanUsed)] == [words]


def test_what_goes_out_says_who_sent_it(consolidated_small_year: Year) -> None:
    year, period = consolidated_small_year, consolidated_small_year.plan.periods[0]
    assert {entry.who for entry in year.register.entries(Issued)} == {""}
    year.who = Person("张三", "li")
    issue(year, year.plan.periods[1], datetime(2024, 6, 30))
    assert {entry.who for entry in year.register.entries(Issued, period=year.plan.periods[1])} == {"张三（电脑用户 li）"}
    print_period(year, period, datetime(2024, 7, 8), what=["催报"])
    assert [entry.who for entry in year.register.entries(Reminded)] == ["张三（电脑用户 li）"]
