"""The numbered menu, and the files that open it with a double click."""

import getpass
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Period, Year
from minsheng_xl.beginning.doors import LINUX_DOOR, WINDOWS_DOOR, put_doors, windows_door
from minsheng_xl.closing.close import close
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.menu import CHOICES, show_menu
from minsheng_xl.desk.setting import remember_name, remembered_name


class Desk:
    """A person who answers in turn, and what the menu said and ran."""

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.said: list[str] = []
        self.ran: list[list[str]] = []

    def ask(self, question: str) -> str:
        self.said.append(question)
        try:
            return next(self._answers)
        except StopIteration:
            raise EOFError from None

    def run(self, arguments: Sequence[str]) -> int:
        self.ran.append(list(arguments))
        return 0

    def show(self, folder: Path, *, really: bool = False) -> int:
        return show_menu(folder, main if really else self.run, self.ask, self.said.append)


def test_every_line_runs_its_command(demo_year: Year) -> None:
    desk = Desk(
        "1", "", "2", "", "3", "", "4", "", "", "5", "", "6", "", "7", "", "8", "", "9", "",
        "10", "总表印错", "", "11", "1a2b3c4d", "２０２２-11-05", "", "12", "", "13", "任务表.docx", "", "14", "", "15", "下年", "", "16", "空年", "2", "",
        "17", "", "18", "核实单", "", "0",
    )
    desk.show(demo_year.root)
    root = str(demo_year.root)
    assert desk.ran == [
        ["issue", root, "--period", "2022-10", "--who="], ["consolidate", root, "--period", "2022-10", "--who="],
        ["status", root, "--period", "2022-10"], ["inspect", str(demo_year.root / "收件"), "--plan", root],
        ["print", root, "--period", "2022-10", "--what", "催报", "--who="], ["print", root, "--period", "2022-10", "--who="],
        ["issue", root, "--certify", "2022-10", "--who="],
        ["issue", root, "--confirm", "2022-10", "--who="], ["close", root, "--period", "2022-10", "--who="],
        ["reopen", root, "--period", "2022-10", "--why=总表印错", "--who="],
        ["decide", root, "1a2b3c4d", "--received=2022-11-05", "--who="], ["plan", "check", root],
        ["plan", "export", root, str(demo_year.root / "任务表.docx")],
        ["verify", root], ["rollover", root, str(demo_year.root.parent / "下年")],
        ["init", str(demo_year.root.parent / "空年"), "--blank"], ["check-desk", root],
        ["help", "--", "核实单"],
    ]
    assert len(CHOICES) == 29


def test_the_name_is_asked_once_and_goes_with_each_command_that_keeps_it(demo_year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "li")
    root = str(demo_year.root)
    desk = Desk(" 张三 ", "2", "", "3", "", "6", "", "0")
    desk.show(demo_year.root)
    assert desk.said.count("经办人姓名（回车只记电脑用户 li）：") == 1
    assert desk.ran == [
        ["consolidate", root, "--period", "2022-10", "--who=张三"], ["status", root, "--period", "2022-10"],
        ["print", root, "--period", "2022-10", "--who=张三"],
    ]


@pytest.mark.parametrize(
    ("answer", "name", "next_time"),
    [("", "张三", "张三"), ("李四", "李四", "李四"), ("-", "", ""), ("——", "", "")],
)
def test_the_last_name_is_offered_again(
    demo_year: Year, monkeypatch: pytest.MonkeyPatch, answer: str, name: str, next_time: str
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "li")
    remember_name("张三")
    desk = Desk(answer, "2", "", "0")
    desk.show(demo_year.root)
    assert "经办人姓名（回车用“张三”，只记电脑用户 li 的请输入 -）：" in desk.said
    assert desk.ran == [["consolidate", str(demo_year.root), "--period", "2022-10", f"--who={name}"]]
    assert remembered_name() == next_time


def test_a_number_is_no_name_but_a_choice(demo_year: Year) -> None:
    """Who knows the menu types it ahead."""
    remember_name("张三")
    desk = Desk("２", "", "0")
    assert desk.show(demo_year.root) == 0
    assert desk.ran == [["consolidate", str(demo_year.root), "--period", "2022-10", "--who=张三"]]


def test_without_an_answer_nothing_is_done_and_the_menu_is_there_at_once(demo_year: Year) -> None:
    desk = Desk("", "15", "", "10", " ", "11", "1a2b3c4d", "", "16", "", "16", "空年", "", "18", "", "13", "", "0")
    desk.show(demo_year.root)
    assert desk.ran == []
    assert "按回车键回到菜单。" not in desk.said
    assert "新一年的文件夹叫什么（建在这个文件夹旁边，回车返回）：" in desk.said


def test_another_period_and_what_is_no_number(demo_year: Year) -> None:
    desk = Desk("", "九", "30", "2022-13", "３０", "２０２２-11", "２", "", "0")
    desk.show(demo_year.root)
    assert desk.ran == [["consolidate", str(demo_year.root), "--period", "2022-11", "--who="]]
    said = "\n".join(desk.said)
    assert "没有“九”这一项" in said
    assert "期次“2022-13”不在计划之内" in said


def test_a_folder_named_as_it_stands_in_the_year_is_found(demo_year: Year, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "收件").mkdir()
    (tmp_path / "U盘").mkdir()
    desk = Desk("", "4", "收件/10月", "", "4", "U盘", "", "4", "没有的", "", "4", "", "", "0")
    desk.show(demo_year.root)
    root = demo_year.root
    assert [words[1] for words in desk.ran] == [str(root / "收件" / "10月"), "U盘", "没有的", str(root / "收件")]


@pytest.mark.parametrize("answer", ["11月", "2022年11月份", "11", "2022.11", "2022/11", " 11 月份"])
def test_a_period_as_people_write_it(demo_year: Year, answer: str) -> None:
    desk = Desk("", "30", "", "30", answer, "2", "", "0")
    desk.show(demo_year.root)
    assert desk.ran == [["consolidate", str(demo_year.root), "--period", "2022-11", "--who="]]
    assert not [words for words in desk.said if "不在计划之内" in words], "Enter is no period, and no mistake"


def test_a_closed_period_says_so_and_an_open_one_before_it_too(demo_year: Year) -> None:
    """All forms of September came in, and October is closed first: September is what is worked on then."""
    close(demo_year, Period(2022, 10), datetime(2022, 11, 20, 9))
    desk = Desk("", "30", "2022-10", "30", "2022-11", "0")
    desk.show(demo_year.root)
    name = demo_year.root.name
    assert [words.strip() for words in desk.said if "期次：" in words] == [
        f"{name}　　期次：2022-09（还没有定稿；2022-10 已定稿）", f"{name}　　期次：2022-10（已定稿）", f"{name}　　期次：2022-11",
    ]


@pytest.mark.parametrize("given", ['"{}"', "{}/计划.xlsx", "“{}/总台账.xlsm”", "{}/发出/2022-10 \n"])
def test_a_folder_that_is_no_year(tmp_path: Path, demo_year: Year, given: str) -> None:
    desk = Desk(given.format(demo_year.root), "2", "", "0")
    desk.show(tmp_path)
    assert desk.ran == [["consolidate", str(demo_year.root), "--period", "2022-10", "--who="]]
    assert Desk("").show(tmp_path) == 0


def test_the_menu_may_be_opened_on_a_file_of_a_year(demo_year: Year) -> None:
    desk = Desk("2", "", "0")
    desk.show(demo_year.plan_path)
    assert desk.ran == [["consolidate", str(demo_year.root), "--period", "2022-10", "--who="]]


@pytest.mark.parametrize("is_made_by_hand", [True, False])
def test_a_new_year_is_made_where_the_person_says_yes(tmp_path: Path, is_made_by_hand: bool) -> None:
    new = tmp_path / "新年"
    if is_made_by_hand:
        new.mkdir()
    desk = Desk(f"“{new}”", "是", "4", "0")
    desk.show(tmp_path, really=True)
    assert (new / "计划.xlsx").is_file()
    there = "是空的" if is_made_by_hand else "还没有"
    assert f"{new} {there}。在这里新建一年的文件夹，请输入 是；写错了的按回车，重新写：" in desk.said


@pytest.mark.parametrize("answer", ["", "否", "y", "0"])
def test_no_folder_is_made_unasked(tmp_path: Path, demo_year: Year, answer: str) -> None:
    """A slip in a path led to a second, empty year."""
    before = sorted(tmp_path.rglob("*"))
    slip = demo_year.root.with_name("鲁山县20222")
    desk = Desk(str(slip), answer, str(demo_year.root), "3", "", "0")
    desk.show(tmp_path)
    assert desk.ran == [["status", str(demo_year.root), "--period", "2022-10"]]
    assert not slip.exists()
    for other in (tmp_path / "鲁山县2022" / "没有的.xlsx", tmp_path / "a" / "b"):
        assert Desk(str(other), answer, "").show(tmp_path, really=True) == 0
        assert Desk(str(other)).show(tmp_path, really=True) == 0
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before and "归档" not in path.parts] == []


def test_a_new_year_may_begin_blank_and_says_so_until_it_is_filled_in(tmp_path: Path) -> None:
    new = tmp_path / "新年"
    desk = Desk(str(new), "是", "5", "2", "", "12", "", "0")
    assert desk.show(tmp_path, really=True) == 1  # the plan has to be filled in first
    assert "没有“5”这一项，请输入 1 到 4 的数字。" in desk.said
    assert any(said.startswith("\n新年　　期次：—") for said in desk.said)
    assert "期次，如 2022-10（回车返回）：" not in desk.said  # to check the plan wants none


def test_a_new_year_may_be_read_from_a_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper, new = tmp_path / "通知.txt", tmp_path / "某县2023"
    paper.write_text("某县2023年民生实事任务表\n序号\t项目\t指标任务\t牵头单位\n1\t改造管网\t年内改造供水管网120公里以上。\t县水利局\n", encoding="utf-8")
    Desk(str(new), "是", "1", str(paper), "", "0").show(tmp_path, really=True)
    assert capsys.readouterr().out.startswith(f"已导入 {new}：1 个项目、1 个指标")
    (one,) = Year(new).written_plan.indicators
    assert (one.target, one.lead) == (120, "县水利局")


def test_a_new_year_wants_a_way_to_begin(tmp_path: Path) -> None:
    new = tmp_path / "新年"
    desk = Desk(str(new), "是", "", "")
    assert desk.show(tmp_path, really=True) == 0
    assert not new.exists()


@pytest.mark.parametrize(("answers", "arguments"), [
    (("新县", "2"), ["init", "新县", "--blank"]), (("新县", "4"), ["init", "新县"]), (("新县", "3", "旧年/计划.xlsx"), ["init", "新县", "--like", "旧年"]),
    (("新县", "1", "旧年/计划.xlsx"), ["import", "旧年/计划.xlsx", "新县"]), (("新县", "1", ""), None), (("新县", "3", ""), None), (("新县", ""), None), (("",), None),
])
def test_a_new_plan_is_made_beside_the_folder(demo_year: Year, answers: tuple[str, ...], arguments: list[str] | None) -> None:
    parent = demo_year.root.parent.resolve()
    (parent / "旧年").mkdir()
    (parent / "旧年" / "计划.xlsx").write_bytes(b"")
    there = [answer.replace("旧年", str(parent / "旧年")) for answer in answers]
    desk = Desk("16", *there, "", "0")
    desk.show(demo_year.root)
    places = {name: str(parent / name) for name in ("新县", "旧年", "旧年/计划.xlsx")}
    assert desk.ran == ([[places.get(word, word) for word in arguments]] if arguments else [])


def test_a_folder_of_other_things_becomes_no_year(tmp_path: Path) -> None:
    other = tmp_path / "别的"
    other.mkdir()
    (other / "通知.docx").write_bytes(b"x")
    desk = Desk(str(other), "是", "0")
    desk.show(tmp_path, really=True)
    assert [path.name for path in other.iterdir()] == ["通知.docx"]
    assert sum("不是一年的文件夹" in said for said in desk.said) >= 2


def test_it_really_consolidates_and_leaves_the_master_updated(demo_year: Year, capsys: pytest.CaptureFixture[str]) -> None:
    before = demo_year.master_path.read_bytes()
    desk = Desk("30", "2022-11", "2", "", "0")
    assert desk.show(demo_year.root, really=True) == 0
    assert "总台账已更新到 2022-11" in capsys.readouterr().out
    assert demo_year.master_path.read_bytes() != before


def test_a_broken_plan_is_said_and_the_menu_goes_on(demo_year: Year, capsys: pytest.CaptureFixture[str]) -> None:
    demo_year.plan_path.write_bytes(b"broken")
    desk = Desk("2", "2022-10", "0")
    desk.show(demo_year.root, really=True)
    assert any("计划.xlsx" in said for said in desk.said)
    assert "Traceback" not in capsys.readouterr().err


def test_the_input_may_end_anywhere(demo_year: Year) -> None:
    for answers in ((), ("2",), ("8",), ("11", "1a2b3c4d"), ("15",), ("16",), ("16", "空年")):
        assert Desk(*answers).show(demo_year.root) == 0


@pytest.mark.posix(reason="a terminal of POSIX")
def test_no_argument_in_a_terminal_is_the_menu(demo_year: Year) -> None:
    """In a real terminal, a pseudo one."""
    import pty

    parent, child = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "minsheng_xl"], cwd=demo_year.root, stdin=child, stdout=child, stderr=child, close_fds=True)
    os.close(child)
    os.write(parent, b"0\n")
    shown = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    assert process.wait(20) == 0
    assert "汇总：读 收件/ 里的新文件" in shown.decode()


def unquoted(text: str) -> list[str]:
    """The arguments of an Exec key, as the specification takes it apart: escapes of a string, then quotes."""
    value = re.sub(r"\\(.)", lambda m: {"s": " ", "n": "\n", "t": "\t"}.get(m[1], m[1]), text)
    found = []
    for quoted, bare in re.findall(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)', value):
        found.append(re.sub(r'\\(["`$\\])', r"\1", quoted).replace("%%", "%") if quoted else bare)
    return found


@pytest.mark.posix(reason="a desktop entry")
def test_the_desktop_entry_opens_the_menu_of_its_folder(demo_year: Year) -> None:
    put_doors(demo_year.root)
    entry = (demo_year.root / LINUX_DOOR).read_text(encoding="utf-8")
    assert "Terminal=true" in entry
    command = unquoted(next(line for line in entry.splitlines() if line.startswith("Exec=")).removeprefix("Exec="))
    assert command[-1] == "%k"
    for place in (str(demo_year.root / LINUX_DOOR), ""):  # some programs do not say where it lies
        done = subprocess.run([*command[:-1], place], input="0\n", capture_output=True, text=True, encoding="utf-8", check=True, cwd="/")
        assert "鲁山县2022" in done.stdout
        assert "定稿" in done.stdout


@pytest.mark.posix(reason="a desktop entry")
def test_what_lies_in_the_folder_is_not_run_by_its_door(demo_year: Year) -> None:
    put_doors(demo_year.root)
    for name in ("argparse.py", "minsheng_xl.py", "sqlite3.py"):
        (demo_year.root / name).write_text("raise SystemExit(f'{__name__} was run')", encoding="utf-8")
    entry = (demo_year.root / LINUX_DOOR).read_text(encoding="utf-8")
    command = unquoted(next(line for line in entry.splitlines() if line.startswith("Exec=")).removeprefix("Exec="))
    command[-1] = str(demo_year.root / LINUX_DOOR)
    done = subprocess.run(command, input="0\n", capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "was run" not in done.stderr


def test_the_menu_renews_the_doors_of_its_folder(demo_year: Year) -> None:
    bat = demo_year.root / WINDOWS_DOOR
    bat.write_bytes(windows_door("python").replace(b" -P -m", b" -m"))
    show_menu(demo_year.root, run=lambda arguments: 0, ask=lambda question: "0", say=lambda words: None)
    assert bat.read_bytes() == windows_door("python")
