"""What each command hands to its use case, and what it says of what came of it; the use cases are played."""

import argparse
import io
import json
import os
import sqlite3
import sys
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from minsheng_xl import Period, Year, __version__
from minsheng_xl.accounts.questions import CORRECTION, DOUBTFUL, UNKNOWN, WHOLE, Pending
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.closing.close import Circular
from minsheng_xl.desk import cli
from minsheng_xl.master.build import BuildResult
from minsheng_xl.master.paper import PaperSaid
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.problems import MinshengError, MisuseError, PlanError, Problem, Severity
from minsheng_xl.proof.attest import AttestResult
from minsheng_xl.proof.verify import Verification
from minsheng_xl.sending.issue import IssueResult
from minsheng_xl.taking.consolidate import ConsolidateResult
from minsheng_xl.telling.print import PrintResult
from minsheng_xl.year.custody import Chain
from minsheng_xl.year.entries import Closed
from tests.makers import figure

OCTOBER, NOW = Period(2022, 10), datetime(2022, 11, 6, 10)
MASTER = BuildResult(Path("年/总台账.xlsm"), OCTOBER)
HELD = Problem(code="x", severity=Severity.HOLD, sheet="填报表", cell="H7", seen="", expected="", message="不是数字", action="请改")
Capture = pytest.CaptureFixture[str]


class Desk:
    """A command line at which the use cases are played: `given` is what they were given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: Capture, root: Path) -> None:
        self._patch, self._capsys, self.root = monkeypatch, capsys, str(root)
        self.given: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
        monkeypatch.setattr(cli, "_now", lambda: NOW)

    def plays(self, place: str, result: Any) -> None:
        """A function gives this, or raises it."""

        def played(*given: Any, **named: Any) -> Any:
            self.given.append((given, named))
            if isinstance(result, BaseException):
                raise result
            return result

        self._patch.setattr(f"minsheng_xl.{place}", played)

    def runs(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = cli.main(words)
        return code, *self._capsys.readouterr()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year with the sample plan, in which nothing happens."""
    made = Year.create(tmp_path_factory.mktemp("desk") / "年", built_in_tables(sample=True))
    made.close()
    return made.root


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, capsys: Capture, folder: Path) -> Desk:
    return Desk(monkeypatch, capsys, folder)


def test_the_version(desk: Desk) -> None:
    assert desk.runs("--version") == (0, f"minsheng-xl {__version__}\n", "")


def test_no_command_where_nobody_can_answer(desk: Desk) -> None:
    code, out, err = desk.runs()
    assert (code, out, err[:14]) == (2, "", "用法：minsheng-xl")


@pytest.mark.parametrize(("inside", "outside", "code"), [(True, True, 7), (True, False, 2), (False, True, 2)])
def test_no_command_in_a_terminal_is_the_menu(desk: Desk, monkeypatch: pytest.MonkeyPatch, inside: bool, outside: bool, code: int) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: inside)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: outside)
    monkeypatch.setattr("minsheng_xl.desk.menu.show_menu", lambda folder, run: 7)
    assert cli.main([]) == code


def test_what_was_typed_is_taken_where_nothing_is_given(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "argv", ["minsheng-xl", "--version"])
    asked = Mock()
    monkeypatch.setattr(cli, "gc", asked)  # this process goes on
    with pytest.raises(SystemExit) as ended:
        cli.run()
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"minsheng-xl {__version__}\n"
    assert [call[0] for call in asked.method_calls] == ["set_threshold", "freeze"]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (PlanError([HELD]), 1, "填报表 H7：不是数字。请改。\n计划有 0 处问题，请改正后再运行。\n"), (MinshengError("磁盘已满。"), 1, "磁盘已满。\n"),
        (MisuseError("没有这一项。"), 2, "没有这一项。\n"), (KeyboardInterrupt(), 130, "已中断。再运行一次即可接着做。\n"),
        (OSError(28, "No space left", "a.xlsx"), 1, "a.xlsx 用不了：磁盘已满。请处理后再运行一次。\n"),
        (OSError(28, "No space left"), 1, "文件 用不了：磁盘已满。请处理后再运行一次。\n"),
    ],
)
def test_an_error_is_a_sentence_and_an_exit_code(desk: Desk, error: BaseException, code: int, said: str) -> None:
    desk.plays("closing.close.close", error)
    assert desk.runs("close", desk.root, "--period", "2022-10", "--yes") == (code, "", said)


def test_an_interruption_before_the_command_began_is_answered_too(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(cli, "parser_of", Mock(side_effect=KeyboardInterrupt))
    assert cli.main(["status", "x"]) == 130
    assert capsys.readouterr() == ("", "已中断。再运行一次即可接着做。\n")


def test_a_fault_of_ours_is_raised_for_who_maintains_the_program(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.plays("closing.close.close", sqlite3.OperationalError("x"))
    code, _, err = desk.runs("close", desk.root, "--period", "2022-10", "--yes")
    assert (code, err.startswith("归档里的登记库（登记.sqlite）读不了")) == (1, True)
    monkeypatch.setenv("MINSHENG_DEBUG", "1")
    with pytest.raises(sqlite3.OperationalError):
        cli.main(["close", desk.root, "--period", "2022-10", "--yes"])


def test_warnings_of_the_plan_are_said_but_not_beside_json(desk: Desk, tmp_path: Path) -> None:
    """In the plan as it was published the office has not set every denominator."""
    Year.create(tmp_path / "年").close()
    for words, warned in (((), True), (("--json",), False)):
        code, _, err = desk.runs("status", str(tmp_path / "年"), *words)
        assert (code, "办公室尚未核定分母" in err) == (0, warned)
    assert "办公室尚未核定分母" in desk.runs("close", str(tmp_path / "年"), "--period", "2022-10")[2]  # without --json


def test_what_is_printed_is_utf8_whatever_the_terminal_says(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    assert cli.main(["--version"]) == 0
    assert [(stream.encoding, stream.errors) for stream in (out, err)] == [("utf-8", "replace")] * 2
    monkeypatch.setattr(sys, "stdout", io.StringIO())  # that has no encoding to set
    assert cli.main(["--version"]) == 0


def test_a_new_year_says_what_to_do_next(desk: Desk, tmp_path: Path) -> None:
    new = tmp_path / "新年"
    assert desk.runs("init", str(new)) == (
        0, f"已建立 {new}。请打开 {new / '计划.xlsx'} 核对、补全，检查计划没有问题了，再下发第一期。\n", "",
    )  # fmt: skip
    assert (new / "打开菜单.bat").is_file()


@pytest.mark.parametrize(
    ("words", "period", "fresh", "macros"),
    [((), 1, False, True), (("--period", "2022-10"), 10, False, True), (("--fresh",), 1, True, True), (("--no-macros",), 1, False, False)],
)
def test_build(desk: Desk, words: tuple[str, ...], period: int, fresh: bool, macros: bool) -> None:
    desk.plays("master.build.build", MASTER)
    assert desk.runs("build", desk.root, *words) == (0, f"总台账已更新到 2022-10：{MASTER.path}\n", "")
    ((given, named),) = desk.given
    assert (given[1:], named) == ((Period(2022, period), NOW), {"fresh": fresh, "macros": macros})


@pytest.mark.parametrize(
    ("result", "out", "err"),
    [
        (MASTER._replace(misread=("“好”看不懂。",)), "总台账已更新到 2022-10：年/总台账.xlsm\n", "“好”看不懂。\n"),
        (MASTER._replace(kept=("首页 B2",)), "总台账已更新到 2022-10：年/总台账.xlsm\n", "办公室改过，没有更新：首页 B2\n"),
        (
            MASTER._replace(path=Path("年/总台账（新）.xlsm"), own=("少了首页", "多了行")), "新的总台账放在旁边：年/总台账（新）.xlsm\n",
            "总台账的结构变了（少了首页；多了行），没有改动它。\n",
        ),
        (MASTER._replace(path=Path("年/总台账（新）.xlsm")), "全新的总台账放在旁边：年/总台账（新）.xlsm\n", ""),
        (MASTER._replace(path=Path("年/总台账.xlsx")), "总台账已更新到 2022-10：年/总台账.xlsx\n", ""),
    ],
)
def test_what_became_of_the_master(desk: Desk, result: BuildResult, out: str, err: str) -> None:
    desk.plays("master.build.build", result)
    assert desk.runs("build", desk.root) == (0, out, err)


ISSUED = IssueResult(OCTOBER, Path("发出"), (Path("甲.xlsx"), Path("乙.xlsx")), (), ())


def test_issue(desk: Desk) -> None:
    desk.plays("sending.issue.issue", ISSUED._replace(kept=(Path("发出/乙.xlsx"),), misread=("“好”看不懂。",)))
    assert desk.runs("issue", desk.root, "--period", "2022-10") == (
        0, "已生成 2 个填报表，在 发出\n", "“好”看不懂。\n乙.xlsx 发出后被改过，没有替换；要重新生成，请先把它移走。\n",
    )  # fmt: skip
    assert desk.given[0][0][1:] == (OCTOBER, NOW)


def test_issue_names_what_goes_with_the_forms(desk: Desk) -> None:
    desk.plays("sending.issue.issue", ISSUED._replace(guide=Path("发出/填表说明.html")))
    said = "已生成 2 个填报表（连同 填表说明.html），在 发出\n"
    assert desk.runs("issue", desk.root, "--period", "2022-10") == (0, said, "")


def test_issue_to_certifiers(desk: Desk) -> None:
    desk.plays("sending.issue.issue_certification", ISSUED)
    said = f"已生成 2 个认定表，在 发出。填好的放进 {Path(desk.root, '收件')}，再汇总一次。\n"
    assert desk.runs("issue", desk.root, "--certify", "2022-10") == (0, said, "")
    assert desk.given[0][0][1:] == (OCTOBER, NOW)


def returned(outcome: Outcome, *problems: Problem, unit: str | None = None, period: Period | None = None) -> Return:
    return Return(file="甲\n乙.xlsx", sha256="a", outcome=outcome, unit=unit, period=period, problems=problems)


def consolidated(*files: Return, **more: Any) -> ConsolidateResult:
    return ConsolidateResult(OCTOBER, files, more.pop("unread", ()), MASTER, **more)


@pytest.mark.parametrize(
    ("files", "strict", "code"),
    [
        ((), False, 0), ((), True, 0), ((returned(Outcome.HELD),), False, 0), ((returned(Outcome.HELD),), True, 1),
        ((returned(Outcome.ACCEPTED),), True, 0),
    ],
)
def test_consolidate_ends_by_what_waits_if_it_is_strict(desk: Desk, files: tuple[Return, ...], strict: bool, code: int) -> None:
    desk.plays("taking.consolidate.consolidate", consolidated(*files))
    assert desk.runs("consolidate", desk.root, "--period", "2022-10", *(["--strict"] if strict else []))[0] == code


def test_consolidate_says_what_came_of_it(desk: Desk) -> None:
    unread = HELD._replace(file="丙.xlsx")
    desk.plays("taking.consolidate.consolidate", consolidated(returned(Outcome.HELD), unread=(unread,), answers=(Path("a"), Path("b"))))
    code, out, err = desk.runs("consolidate", desk.root, "--period", "2022-10")
    assert (code, err) == (0, f"{unread}\n")
    lines = out.splitlines()
    assert lines[:2] == ["新来件 1 个，其中已采用 0 个。", "· 甲"]  # and the rest of its name below
    assert "2022-10：应报 38 = 已采用 0" in out
    assert "2022-10 各项目进展" in out
    assert lines[-2:] == [
        f"总台账已更新到 2022-10：{MASTER.path}", f"要发回单位的 2 个文件（核实单、退回的表）在 {Path(desk.root, '退回', '2022-10')}",
    ]


def test_consolidate_without_answers_does_not_speak_of_them(desk: Desk) -> None:
    desk.plays("taking.consolidate.consolidate", consolidated())
    assert "要发回" not in desk.runs("consolidate", desk.root, "--period", "2022-10")[1]


def test_consolidate_for_a_program_says_json_alone(desk: Desk) -> None:
    desk.plays("taking.consolidate.consolidate", consolidated(returned(Outcome.HELD, unit="县残联"), answers=(Path("a"),)))
    code, out, err = desk.runs("consolidate", desk.root, "--period", "2022-10", "--json")
    state = json.loads(out)
    assert (code, err, [one["unit"] for one in state["files"]], state["period"]) == (0, "", ["县残联"], "2022-10")
    assert out.splitlines()[:2] == ["{", f' "period": {json.dumps(state["period"])},']  # laid out for people too
    assert "县残联" in out


ITEM = Pending(id="a1b2c3", kind=CORRECTION, unit="县残联", key=figure("8-1"), used="1", other="2", file="甲.xlsx", advice="")


@pytest.mark.parametrize(
    ("item", "words", "period", "said"),
    [
        (ITEM, (), None, "已记下：更正待定 县残联 8-1 本期累计：用新数\n"), (ITEM, ("--period", "2022-10"), OCTOBER, "已记下：更正待定 县残联 8-1 本期累计：用新数\n"),
        (ITEM._replace(kind=UNKNOWN, unit="", key=None), (), None, "已记下：无法识别  甲.xlsx：用新数\n"),
    ],
)
def test_decide(desk: Desk, item: Pending, words: tuple[str, ...], period: Period | None, said: str) -> None:
    desk.plays("master.decide.decide", item)
    assert desk.runs("decide", desk.root, "a1b2c3", "用新数", *words) == (0, f"{said}再汇总一次，总台账就会更新。\n", "")
    ((given, named),) = desk.given
    assert (given[1:], named) == (("a1b2c3", "用新数", NOW), {"why": "", "period": period})
    assert given[0].who.name == ""


def test_the_day_of_receipt_is_corrected(desk: Desk) -> None:
    desk.plays("master.decide.correct_receipt", "甲.xlsx")
    words = ("decide", desk.root, "a1b2c3", "--received", "11月5日", "--who", "赵军", "--why", "传真")
    assert desk.runs(*words) == (0, "甲.xlsx 的收到日期记为 2022-11-05。\n再汇总一次，总台账就会更新。\n", "")
    ((given, named),) = desk.given
    assert (given[1:], named) == (("a1b2c3", date(2022, 11, 5), NOW), {"why": "传真"})
    assert given[0].who.name == "赵军"


@pytest.mark.parametrize(
    ("words", "said", "told"),
    [
        (("--paper", "2022-11-08"), PaperSaid(date(2022, 11, 8)), "甲.xlsx 的纸质件 2022-11-08 收到。"),
        (("--paper", "2022-11-08", "--agrees", "是"), PaperSaid(date(2022, 11, 8), True), "甲.xlsx 的纸质件 2022-11-08 收到，核对数相符：是。"),
        (("--paper", "2022-11-08", "--agrees", "否"), PaperSaid(date(2022, 11, 8), False), "甲.xlsx 的纸质件 2022-11-08 收到，核对数相符：否。"),
        (("--paper", "无"), PaperSaid(None), "甲.xlsx 的纸质件登记已取消。"),
    ],
)
def test_a_paper_is_noted(desk: Desk, words: tuple[str, ...], said: PaperSaid, told: str) -> None:
    desk.plays("master.paper.note_paper", "甲.xlsx")
    assert desk.runs("decide", desk.root, "a1b2c3", *words, "--who", "赵军") == (0, f"{told}\n再汇总一次，总台账就会更新。\n", "")
    ((given, named),) = desk.given
    assert (given[0].who.name, given[1:], named) == ("赵军", ("a1b2c3", said, NOW), {})


def test_what_cannot_be_decided_is_misuse(desk: Desk) -> None:
    assert desk.runs("decide", desk.root, "a", "--received", "5日") == (2, "", "“5日”不是日期。请写成 2022-11-05 的样子。\n")
    assert desk.runs("decide", desk.root, "a") == (2, "", "请写决定（如 属实、不计入、应填的数），或用 --received 更正收到日期，用 --paper 登记纸质件。\n")
    assert desk.runs("decide", desk.root, "a", "--agrees", "是") == (2, "", "--agrees 要和 --paper 一起用。\n")
    assert desk.runs("decide", desk.root, "a", "--paper", "8日") == (2, "", "“8日”不是日期。请写成 2022-11-05 的样子。\n")


PRINTED = PrintResult(OCTOBER, Path("打印"), (Path("打印/打印稿.xlsx"), Path("打印/通报初稿.txt")))
SAID = "已打印 2022-10，2 个文件在 打印：打印稿.xlsx、通报初稿.txt\n"


@pytest.mark.parametrize(
    ("result", "out", "err"),
    [
        (PRINTED, SAID, ""), (PRINTED._replace(no_pdf="没有装 LibreOffice，没有 PDF"), SAID, "没有装 LibreOffice，没有 PDF。\n"),
        (PRINTED._replace(master=MASTER), f"总台账已更新到 2022-10：{MASTER.path}\n{SAID}", ""),
    ],
)
def test_print_says_where_its_files_are(desk: Desk, result: PrintResult, out: str, err: str) -> None:
    desk.plays("telling.print.print_period", result)
    assert desk.runs("print", desk.root, "--period", "2022-10") == (0, out, err)


@pytest.mark.parametrize(
    ("words", "what", "out", "leader"),
    [
        ((), [], None, False), (("--what", "简报,总表，校核、 填报表", "--out", "外", "--leader"), ["简报", "总表", "校核", "填报表"], Path("外"), True),
    ],
)
def test_print_is_told_what(desk: Desk, words: tuple[str, ...], what: list[str], out: Path | None, leader: bool) -> None:
    desk.plays("telling.print.print_period", PRINTED)
    assert desk.runs("print", desk.root, "--period", "2022-10", *words)[0] == 0
    ((given, named),) = desk.given
    assert (given[1:], named) == ((OCTOBER, NOW), {"what": what, "out": out, "by_leader": leader})


CLOSING = Closed(
    at=NOW, run=3, period=OCTOBER, plan="p", upto=9, who="赵军", last_wins=False, values={}, measures={}, past={}, print="d4",
    overdue=(
        Pending(id="aaaaaa", kind=DOUBTFUL, unit="县残联", key=figure("8-1"), used="", other="约106", file="a.xlsx", advice="请核实"),
        Pending(id="bbbbbb", kind=CORRECTION, unit="县民政局", key=figure("6-1"), used="3", other="4", file="b.xlsx", advice="请选"),
        Pending(id="cccccc", kind=WHOLE, unit="县妇联", key=None, used="", other="", file="c.xlsx", advice="请核实"),
    ),
)
SAID_OF_CLOSING = (
    "2022-10 已定稿。以后来的作定稿后更正登记，不改定稿的数。\n逾期未核实：县残联 8-1 本期累计：约106\n"
    "逾期未定，仍用原数：县民政局 6-1 本期累计：4\n逾期未核实：县妇联 c.xlsx\n"
)


def test_close(desk: Desk) -> None:
    desk.plays("closing.close.close", CLOSING)
    words = ("--yes", "--who", "赵军", "--document", "政办〔2022〕5号", "--signed-by", "钱明", "--dated", "2022-11-10")
    assert desk.runs("close", desk.root, "--period", "2022-10", *words) == (0, SAID_OF_CLOSING, "")
    ((given, named),) = desk.given
    assert given[1:] == (OCTOBER, NOW)
    assert given[0].who.name == "赵军"
    assert named == {"circular": Circular("政办〔2022〕5号", "钱明", date(2022, 11, 10))}


def test_reopen(desk: Desk) -> None:
    desk.plays("closing.reopen.reopen", Path("年/打印/2022-10/2022-11-06定稿"))
    said = "2022-10 的定稿已撤销。原来印的在 年/打印/2022-10/2022-11-06定稿；请再汇总、核对，重新定稿，印出来的标“更正稿”。\n"
    assert desk.runs("reopen", desk.root, "--period", "2022-10", "--why", "印错", "--who", "赵军") == (0, said, "")
    ((given, named),) = desk.given
    assert (given[1:], named) == ((OCTOBER, NOW), {"why": "印错"})
    assert given[0].who.name == "赵军"


def test_a_day_that_is_none_closes_nothing(desk: Desk) -> None:
    desk.plays("closing.close.close", CLOSING)
    code, out, err = desk.runs("close", desk.root, "--period", "2022-10", "--yes", "--dated", "11月10日")
    assert (code, out, err, desk.given) == (2, "", "“11月10日”不是日期。请写成 2022-11-05 的样子。\n", [])


VERIFIED = Verification(Chain((), 0, (), {}), (), (), ())


@pytest.mark.parametrize(
    ("found", "code", "out", "err"),
    [
        ((7, True, ()), 0, "登记库已由归档重建：7 条，与原来一致。\n", ""), ((7, False, ()), 0, "登记库已由归档重建：7 条，与原来不同，以重建的为准。\n", ""),
        ((7, True, ("ab",)), 1, "登记库已由归档重建：7 条，与原来一致。\n", "归档里缺了内容指纹为 ab 的文件，或它已损坏。请从备份恢复。\n"),
    ],
)
def test_the_register_is_made_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, found: tuple[int, bool, tuple[str, ...]], code: int, out: str, err: str
) -> None:
    monkeypatch.setattr(Year, "rebuild", lambda year: found)
    desk.plays("proof.verify.verify", VERIFIED)
    assert desk.runs("register", "rebuild", desk.root) == (code, out, err)


def test_a_register_made_of_lines_that_originals_contradict_is_not_called_right(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Year, "rebuild", lambda year: (7, True, ()))
    desk.plays("proof.verify.verify", VERIFIED._replace(others=("来件 a.xlsx：日志记的文字和原件不同。",)))
    code, out, err = desk.runs("register", "rebuild", desk.root)
    assert (code, out) == (1, "登记库已由归档重建：7 条，与原来一致。\n")
    assert err.startswith("来件 a.xlsx：日志记的文字和原件不同。\n登记库照日志重建了，但上面这些和归档里的原件不符")


@pytest.mark.parametrize(
    ("found", "code", "out", "err"),
    [
        (VERIFIED, 0, "日志还没有内容。\n核验完毕，没有发现不对的地方。\n", ""),
        (
            VERIFIED._replace(faults=("日志断了。",), chain=VERIFIED.chain._replace(torn=2)), 1,
            "日志还没有内容；另有没写完的 2 行，不算。\n核验完毕，有 1 处不对。\n", "日志断了。\n",
        ),
    ],
)
def test_what_was_verified_is_said(desk: Desk, found: Verification, code: int, out: str, err: str) -> None:
    desk.plays("proof.verify.verify", found)
    desk.plays("proof.attest.attest", AttestResult((Path("打印/数据核验单.xlsx"),), "没有 LibreOffice"))
    told = f"{out}数据核验单：打印/数据核验单.xlsx\n"
    assert desk.runs("verify", desk.root) == (code, told, f"{err}没有 LibreOffice。\n")
    assert desk.given[1][0][1:] == (found, NOW)


@pytest.mark.parametrize("outcome", Outcome)
def test_inspect_ends_by_what_is_not_simply_taken_if_it_is_strict(desk: Desk, outcome: Outcome) -> None:
    desk.plays("taking.inspect.inspect", [returned(outcome), returned(Outcome.ACCEPTED)])
    taken = outcome in (Outcome.ACCEPTED, Outcome.DUPLICATE)
    codes = [desk.runs("inspect", "甲", "--plan", desk.root, *words)[0] for words in ((), ("--strict",))]
    assert codes == [0, 0 if taken else 1]
    assert desk.given[0][0][1:] == (["甲"], None)


def test_inspect_says_whose_a_file_is_and_what_was_found(desk: Desk) -> None:
    note = HELD._replace(severity=Severity.NOTE)
    desk.plays("taking.inspect.inspect", [
        returned(Outcome.HELD, HELD, note, unit="县残联", period=OCTOBER), returned(Outcome.REFUSED, unit="县残联"), returned(Outcome.REFUSED, period=OCTOBER),
        returned(Outcome.UNRECOGNISED),
    ])  # fmt: skip
    assert desk.runs("inspect", "甲", "--plan", desk.root)[1].splitlines() == [
        "甲 乙.xlsx：待核（县残联 2022-10）", f"    待核　{HELD}", f"    提示　{HELD}", "甲 乙.xlsx：退回（县残联 ）", "甲 乙.xlsx：退回（ 2022-10）",
        "甲 乙.xlsx：无法识别", "共 4 个文件：待核 1，退回 2，无法识别 1。只是检查，什么也没有登记；汇总才登记，和已采用的数不同的那时列入待决事项。",
    ]
    desk.plays("taking.inspect.inspect", [])
    assert desk.runs("inspect", "甲", "--plan", desk.root)[1] == "没有要检查的文件。\n"


def test_inspect_for_a_program_says_a_line_a_file(desk: Desk) -> None:
    desk.plays("taking.inspect.inspect", [returned(Outcome.HELD), returned(Outcome.REFUSED)])
    out = desk.runs("inspect", "甲", "--plan", desk.root, "--json")[1]
    assert [json.loads(line)["outcome"] for line in out.splitlines()] == ["held", "refused"]


@pytest.mark.parametrize(
    ("jobs", "cores", "workers"), [(1, 8, None), (2, 8, 2), (4, 2, 2), (2, 1, None), (2, None, None)],
)
def test_no_more_processes_than_cores(jobs: int, cores: int | None, workers: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    with cli._executor(jobs) as executor:
        assert (executor._max_workers if executor else None) == workers


@pytest.mark.parametrize(("jobs", "code"), [("0", 2), ("-1", 2), ("1", 0)])
def test_a_number_of_processes_is_one_or_more(desk: Desk, jobs: str, code: int) -> None:
    desk.plays("taking.inspect.inspect", [])
    assert desk.runs("inspect", "甲", "--plan", desk.root, "--jobs", jobs)[0] == code


@pytest.mark.parametrize(("words", "period"), [((), "2022-01"), (("--period", "2022-10"), "2022-10")])
def test_status_is_of_the_period_that_is_asked_for_or_of_the_first(desk: Desk, words: tuple[str, ...], period: str) -> None:
    code, out, err = desk.runs("status", desk.root, *words)
    assert (code, err) == (0, "")
    titles = [f"{period}：应报 38 = 已采用 0", f"{period} 各项目进展", "尚未采用或迟报的单位"]
    assert [title in out for title in titles] == [True] * 3


def test_the_demo_shows_what_it_made(desk: Desk) -> None:
    made = SimpleNamespace(
        state={"period": "2022-10", "projects": [], "averages": {"text": "", "how": ""}}, paths=(("总台账", Path("演示/总台账.xlsm")),),
    )
    desk.plays("beginning.demo.run_demo", made)
    code, out, _ = desk.runs("demo", "演示")
    assert (code, out.splitlines()[-2:]) == (0, ["可以打开：", "  总台账：演示/总台账.xlsm"])
    assert "2022-10 各项目进展" in out
    assert desk.given[0][0] == ("演示",)


def test_a_click_is_told_in_the_terminal_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clicked: list[tuple[object, ...]] = []

    def click(*given: object) -> str:
        clicked.append(given)
        return "汇总了。"

    monkeypatch.setattr("minsheng_xl.desk.button.click", click)
    assert desk.runs("live", "consolidate", "年/总台账.xlsm") == (0, "汇总了。\n", "")
    assert clicked == [("consolidate", Path("年/总台账.xlsm"), NOW)]


def test_setting_up_says_what_was_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minsheng_xl.desk.setting.set_up", lambda: ["一", "二"])
    assert desk.runs("setup") == (0, "一\n二\n", "")


LOST = datetime(1980, 1, 1)


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("init {}/新", True), ("build {}", True), ("issue {} --period 2022-10", True), ("consolidate {} --period 2022-10", True), ("close {} --period 2022-10", True),
        ("decide {} a 属实", True), ("print {} --period 2022-10", True), ("register rebuild {}", True), ("demo {}/新", True), ("status {}", False),
        ("inspect {}/收件 --plan {}", False), ("setup", False), ("check-desk {}", False), ("live inbox {}/总台账.xlsm", False),
    ],
)  # fmt: skip
def test_with_a_lost_clock_nothing_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch, words: str, refused: bool) -> None:
    done: list[str] = []

    def played(options: argparse.Namespace) -> int:
        done.append(options.command)
        return 0

    monkeypatch.setattr(cli, "_RUN", dict.fromkeys(cli._RUN, played))
    monkeypatch.setattr(cli, "_now", lambda: LOST)
    code, _, err = desk.runs(*words.format(desk.root, desk.root).split())
    assert (code, bool(done)) == ((1, False) if refused else (0, True))
    assert ("1980-01-01" in err) is refused


def test_the_task_table_is_exported_into_a_new_file(desk: Desk, tmp_path: Path) -> None:
    path = str(tmp_path / "表.docx")
    assert desk.runs("plan", "export", desk.root, path) == (0, f"任务表已写好：{path}\n", "")
    assert desk.runs("plan", "export", desk.root, path) == (1, "", f"{path} 已经有了，没有改动。请换一个文件名，或先把它移走。\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "{}"], "请写任务表写到哪个文件，如 任务表.docx。\n"),
        (["export", "{}", "表.pdf"], "任务表可以写成 .docx、.xlsx，不能写成“表.pdf”。请换一个文件名。\n"),
        (["check", "{}", "表.docx"], "plan check 后面只写一年的文件夹。\n"),
    ],
)
def test_a_plan_command_that_is_written_wrongly(desk: Desk, words: list[str], said: str) -> None:
    assert desk.runs("plan", *(word.format(desk.root) for word in words)) == (2, "", said)
