"""At the desk: what the plan leaves open is shown, and taken as it is by one word."""

from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Period, Year, build, consolidate
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.settling import settle
from tests.sending.test_open_questions import asking
from tests.workbooks import sheet_of

OCTOBER = Period.parse("2022-10")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def open_year(tmp_path: Path) -> Year:
    """A year with a question that keeps forms from going out, and one that does not."""
    return asking(tmp_path / "年", ("指标", "8-1", "目标", "120、其他"), ("指标", "8-1", "序时规则", "均衡、年末"))


def settled(year: Year, answer: str) -> tuple[bool, list[str]]:
    said: list[str] = []

    def ask(question: str) -> str:
        said.append(question)
        return answer

    return settle(year, ask, said.append), said


def test_defaults_are_shown_and_taken_by_one_word(open_year: Year) -> None:
    target = next(row["目标"] for row in open_year.written_plan.tables["指标"] if row["编码"] == "8-1")
    is_settled, said = settled(open_year, " 同意 ")
    assert is_settled
    assert said == [
        "计划里有 1 处要先答复，才能下发：",
        f"  待确认 第2行 编号 1　指标 8-1“目标”：原文没有写明是多少？（原句：全年完成 一批）可选 120、其他；默认 {target}。",
        "都照默认的，请输入 同意（有不照默认的按回车，到 计划.xlsx 的“待确认”里选）：",
        f"  照默认：1 指标 8-1“目标”：{target}",
    ]
    assert [one.number for one in open_year.written_plan.open_questions] == ["2"]
    assert settled(open_year, "") == (True, [])


@pytest.mark.parametrize("answer", ["", "好", "1"])
def test_nothing_is_taken_without_that_word(open_year: Year, answer: str) -> None:
    before = open_year.plan_path.read_bytes()
    assert settled(open_year, answer)[0] is False
    assert open_year.plan_path.read_bytes() == before


@pytest.mark.parametrize(("answer", "code"), [("同意", 0), ("", 1)])
def test_who_issues_at_a_terminal_is_asked(
    open_year: Year, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr("minsheng_xl.desk.asking.nobody_answers", lambda: False)
    monkeypatch.setattr("minsheng_xl.desk.closing.answered", lambda _: answer)
    assert main(["issue", str(open_year.root), "--period", "2022-10"]) == code
    assert open_year.issued_folder(OCTOBER).exists() is (code == 0)


def test_where_nobody_answers_the_way_out_is_told(open_year: Year, capsys: Capture) -> None:
    assert main(["issue", str(open_year.root), "--period", "2022-10"]) == 1
    assert f"minsheng-xl import {open_year.root} --defaults" in capsys.readouterr().err


def test_the_command_lists_what_is_open(open_year: Year, capsys: Capture) -> None:
    assert main(["import", str(open_year.root)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "还有 2 处待确认："
    assert [line.split("　")[0] for line in out[1:]] == ["  待确认 第2行 编号 1", "  待确认 第3行 编号 2"]


def test_the_command_answers(open_year: Year, capsys: Capture) -> None:
    root = str(open_year.root)
    assert main(["import", root, "--answer", "1=120"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [f"已答复 1 处，写进了 {open_year.plan_path}：", "  1 指标 8-1“目标”：120"]
    assert main(["import", root, "--answer", "1＝130", "--defaults"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "没有待确认的了。"
    assert Year(open_year.root).plan.indicator("8-1").target == 130
    assert main(["import", root, "--defaults"]) == 0
    assert capsys.readouterr().out == "没有待确认的了。\n"


@pytest.mark.parametrize(("words", "code", "told"), [
    (["--answer", "1"], 2, "--answer 后面写的是“1”，请写成 编号=答复，如 3=120。"), (["--answer", "=1"], 2, "请写成 编号=答复"),
    (["--answer", "1="], 2, "请写成 编号=答复"), (["--answer", "7=1"], 2, "待确认里没有编号 7。有的是 1、2。"),
    (["--answer", "2=每天"], 2, "编号 2 不能答复“每天”。可选 均衡、年末；默认"),
    (["--answer", "1=一百多"], 1, "待确认 第2行“答复”：目标不是可比较的数字"),
])
def test_what_cannot_be_meant_is_one_sentence(
    open_year: Year, capsys: Capture, words: list[str], code: int, told: str
) -> None:
    assert main(["import", str(open_year.root), *words]) == code
    assert told in capsys.readouterr().err


def test_the_front_page_says_how_much_is_open_until_it_is_answered(open_year: Year, capsys: Capture) -> None:
    now = datetime(2022, 10, 31)
    main(["import", str(open_year.root), "--answer", "1=120"])
    for words, answer in (("计划有 1 处待确认（见 计划.xlsx 的“待确认”）", "年末"), ("", "")):
        year = Year(open_year.root)
        result = build(year, OCTOBER, now)
        assert (result.kept, result.own) == ((), ())
        texts = [str(cell.value) for row in sheet_of(year.master_path, "首页").iter_rows() for cell in row if cell.value]
        assert [text for text in texts if "待确认" in text] == ([f"1. {words}\n2. {first(texts)}"] if words else [])
        year.close()
        capsys.readouterr()
        main(["status", str(year.root)])
        assert (f"{words}。" in capsys.readouterr().out) is bool(words)
        if answer:
            main(["import", str(year.root), "--answer", f"2={answer}"])
    assert consolidate(Year(open_year.root), OCTOBER, now).master.own == ()


def first(texts: list[str]) -> str:
    """What the period wants before anything came."""
    (steps,) = [text for text in texts if "下发填报表" in text]
    return steps.rpartition("2. ")[2]


def test_checking_the_plan_says_what_is_open(open_year: Year, capsys: Capture) -> None:
    root = str(open_year.root)
    main(["plan", "check", root])
    said = capsys.readouterr().out.splitlines()
    assert "计划有 2 处待确认（见 计划.xlsx 的“待确认”），其中 1 处没有答复就不能下发。" in said
    main(["import", root, "--answer", "1=120"])
    capsys.readouterr()
    main(["plan", "check", root])
    assert "计划有 1 处待确认（见 计划.xlsx 的“待确认”）。" in capsys.readouterr().out.splitlines()
    main(["import", root, "--defaults"])
    main(["issue", root, "--period", "2022-10"])
    capsys.readouterr()
    main(["plan", "check", root])
    assert "待确认" not in capsys.readouterr().out
