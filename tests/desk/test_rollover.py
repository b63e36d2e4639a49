"""Rolling over at the desk: what is asked, what is said, and what the exit codes are."""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from minsheng_xl import Plan, Year
from minsheng_xl.desk import asking
from minsheng_xl.desk.asking import wanted_of
from minsheng_xl.desk.cli import main
from minsheng_xl.plan.next_year import ALL, Wanted
from minsheng_xl.plan.read import read_tables
from tests.makers import QUARTERS

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a year with the small plan, in which nothing happened."""
    made = Year.create(tmp_path / "阳川县2024", read_tables(QUARTERS))
    made.close()
    return made.root


class Person:
    """Who answers in turn, and what was asked and said."""

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.heard: list[str] = []

    def ask(self, question: str) -> str:
        self.heard.append(question)
        try:
            return next(self._answers)
        except StopIteration:
            raise EOFError from None

    def wants(self, plan: Plan, left: str = "") -> Wanted | None:
        return wanted_of(plan, left, self.ask, self.heard.append)


def test_each_project_is_carried_by_a_mere_return(quarters_plan: Plan) -> None:
    person = Person("", "", "")
    assert person.wants(quarters_plan) == ALL
    assert person.heard[0].endswith("（3 个指标：甲1、甲2、甲3）")
    assert person.heard[1] == "  回车全部转入，1 逐行选，2 全部不转入："


def test_row_by_row_some_are_changed_and_some_dropped(quarters_plan: Plan) -> None:
    person = Person("１", "150.25", "不", "2％", "2", "1", "", "", "不", "")
    assert person.wants(quarters_plan) == Wanted(
        frozenset(("甲2", "乙1", "乙2", "乙3", "丙3")), {"甲1": "150.25", "甲3": "2%"}
    )
    assert "  甲1 农村供水管网改造 ≥120.5公里：回车转入，写新目标就改，不 就不转入：" in person.heard
    assert "  丙3 丰富群众文化生活 ：回车转入，不 就不转入：" in person.heard


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("很多", "“很多”不能作目标，请写 数字，如 120。"), ("0", "“0”不能作目标，请写 数字，如 120。"), ("-3", "“-3”不能作目标，请写 数字，如 120。")],
)
def test_a_target_that_cannot_be_is_asked_again(quarters_plan: Plan, wrong: str, said: str) -> None:
    person = Person("1", wrong, "130", "", "", "", "")
    assert person.wants(quarters_plan) == Wanted(targets={"甲1": "130"})
    assert f"  {said}" in person.heard


def test_nothing_that_stands_on_the_menu_is_asked_again(quarters_plan: Plan) -> None:
    person = Person("3", "", "", "")
    assert person.wants(quarters_plan) == ALL
    assert "  没有“3”这一项。" in person.heard
    person = Person("", "", "1", "是", "", "", "", "")
    assert person.wants(quarters_plan) == ALL
    assert "  没有“是”这一项。" in person.heard, "a milestone has no target to be changed"


def test_zero_is_a_target_where_less_is_better(quarters_plan: Plan) -> None:
    assert Person("1", "", "0", "", "", "").wants(quarters_plan) == Wanted(targets={"甲2": "0"})


def test_a_year_that_is_not_finished_takes_a_word(quarters_plan: Plan) -> None:
    person = Person("", "不")
    assert person.wants(quarters_plan, "2024-Q4") is None
    assert person.heard == ["还没有定稿的：2024-Q4。现在就转入，年初数以后可能要改。照转请输入 是："]
    assert Person("是", "", "", "").wants(quarters_plan, "2024-Q4") == ALL


def test_answers_that_end_break_off(quarters_plan: Plan) -> None:
    with pytest.raises(KeyboardInterrupt):
        Person("").wants(quarters_plan)


def test_without_a_terminal_it_takes_yes(root: Path, tmp_path: Path, capsys: Capture) -> None:
    new = tmp_path / "阳川县2025"
    assert main(["rollover", str(root), str(new)]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "这里没有人回答。要把指标全部转入，请加 --yes。"
    assert not new.exists()
    assert main(["rollover", str(root), str(new), "--yes"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"已建立 {new}。请打开 {new / '计划.xlsx'} 核对："
    assert "  · 指标：转入 10 个，目标、口径、单位请逐行核对，要看什么写在存疑栏。" in said
    assert said[-1] == "  · 还没有定稿的：2024-Q1 到 2024-Q4 的 4 期。以后数变了，年初数请照改。"
    assert (new / "打开菜单.bat").is_file()
    assert main(["plan", "check", str(new)]) == 0


def test_the_year_is_the_next_one_or_the_one_that_is_named(root: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["rollover", str(root), str(tmp_path / "甲"), "--yes", "--year", "2027"]) == 0
    assert Plan.load(tmp_path / "甲" / "计划.xlsx").settings.year == 2027
    assert main(["rollover", str(root), str(tmp_path / "乙"), "--yes", "--year", "2024"]) == 2
    assert "2024 不在 2024 年以后" in capsys.readouterr().err


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[..., io.StringIO]:
    """Somebody sits at a terminal and types lines."""

    def sits(*lines: str) -> io.StringIO:
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        monkeypatch.setattr(asking, "nobody_answers", lambda: False)
        monkeypatch.setattr(sys, "stdin", typed)
        return typed

    return sits


@pytest.mark.parametrize(("lines", "code", "made"), [(("是", "", "2", ""), 0, True), (("不",), 0, False), (("是",), 130, False)])
def test_at_a_terminal_it_asks(
    root: Path, tmp_path: Path, types: Callable[..., io.StringIO], lines: tuple[str, ...], code: int, made: bool
) -> None:
    types(*lines)
    assert main(["rollover", str(root), str(tmp_path / "新")]) == code
    assert (tmp_path / "新").exists() is made
    if made:
        assert [one.no for one in Plan.load(tmp_path / "新" / "计划.xlsx").projects] == [1, 3]


def test_a_taken_folder_is_said_before_anything_is_asked(
    root: Path, types: Callable[..., io.StringIO], capsys: Capture
) -> None:
    typed = types("是", "", "", "")
    assert main(["rollover", str(root), str(root)]) == 1
    assert typed.tell() == 0
    assert capsys.readouterr().err.splitlines()[-1] == f"{root} 里已经有 计划.xlsx，没有改动。请换一个新文件夹。"


def test_a_year_like_another_says_what_is_to_be_filled_in(root: Path, tmp_path: Path, capsys: Capture) -> None:
    new = tmp_path / "像"
    assert main(["init", str(new), "--like", str(root), "--year", "2025"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"已建立 {new}：单位、别名、联系人、参数照 {root}。任务表、指标还是空的，分母、年初数、序时也没有。",
        f"请在 {new / '计划.xlsx'} 里填写，核对标题、年度和报送期限，然后运行 minsheng-xl plan check {new}",
    ]
    assert main(["plan", "check", str(new)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "任务表：这张表还是空的。请填写：照公布的任务表，一个项目一行。", "指标：这张表还是空的。请填写：一个指标一行。", "计划有 2 处问题，请改正后再运行。",
    ]
    assert main(["init", str(new), "--like", str(root)]) == 1
    assert "没有改动" in capsys.readouterr().err


def test_a_year_alone_is_no_way_to_begin(tmp_path: Path, capsys: Capture) -> None:
    assert main(["init", str(tmp_path / "新"), "--year", "2025"]) == 2
    assert capsys.readouterr().err == "--year 要和 --like 一起用。\n"
    assert main(["init", str(tmp_path / "新"), "--like", str(tmp_path)]) == 1
    assert not (tmp_path / "新").exists()


def test_a_last_year_that_is_not_there_is_said_beside_the_status(root: Path, tmp_path: Path, capsys: Capture) -> None:
    new = tmp_path / "阳川县2025"
    assert main(["rollover", str(root), str(new), "--yes"]) == 0
    root.rename(tmp_path / "搬走了")
    capsys.readouterr()
    assert main(["status", str(new)]) == 0
    assert "参数“上年文件夹”：../阳川县2024 里没有 计划.xlsx，没有上年同期。请改正，或清空。" in capsys.readouterr().err
