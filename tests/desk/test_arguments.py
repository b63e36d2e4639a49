"""What each command takes: what must be given, and what is meant where nothing is."""

from typing import Any

import pytest

from minsheng_xl.desk.arguments import parser_of

COMMANDS = (
    "menu", "demo", "init", "import", "rollover", "build", "issue", "send", "fetch", "remind", "supervise", "gather", "mail", "inspect", "print", "close", "reopen", "check-desk", "setup", "live", "plan", "register", "decide", "consolidate", "status", "history", "export", "proofread", "stamp", "report-up", "verify", "help",
)

TAKEN: list[tuple[str, dict[str, Any]]] = [
    ("send 年 --period 2022-10", {
        "dir": "年", "period": "2022-10", "certify": None, "confirm": None, "answers": None, "units": "", "again": "",
        "settled": "", "dry_run": False, "eml": None, "group": False, "yes": False, "who": None,
    }),
    ("send 年 --answers 2022-10 --units 县残联 --yes --who=张三", {
        "dir": "年", "period": None, "certify": None, "confirm": None, "answers": "2022-10", "units": "县残联", "again": "",
        "settled": "", "dry_run": False, "eml": None, "group": False, "yes": True, "who": "张三",
    }),
    ("history 年 --indicator 4-3 --sheet", {
        "dir": "年", "unit": "", "indicator": "4-3", "period": None, "json": False, "sheet": True,
    }),
    ("export 年", {"dir": "年", "what": "", "format": "xlsx", "out": None}),
    ("proofread 年 通报.docx --period P", {"dir": "年", "file": "通报.docx", "period": "P", "json": False}),
    ("fetch 年", {"dir": "年", "period": None, "json": False, "strict": False, "who": None}),
    ("remind 年 --period P --by text", {
        "dir": "年", "period": "P", "by": "text", "otherwise": "", "yes": False, "who": None,
    }),
    ("supervise 年 --period P --approve 李明 --document 督办〔2022〕3号", {
        "dir": "年", "period": "P", "approve": "李明", "document": "督办〔2022〕3号", "units": "", "who": None,
    }),
    ("gather 年 下载", {"dir": "年", "folder": "下载"}),
    ("mail setup --user a@163.com --folder INBOX --folder 垃圾邮件", {
        "action": "setup", "user": "a@163.com", "sender": None, "name": None, "smtp": None, "imap": None, "provider": None,
        "folder": ["INBOX", "垃圾邮件"], "pause": None,
    }),
    ("menu", {"dir": "."}),
    ("menu 年", {"dir": "年"}),
    ("demo 年", {"dir": "年", "plan": None}),
    ("demo 年 --from 计划.xlsx", {"dir": "年", "plan": "计划.xlsx"}),
    ("init 年", {"dir": "年", "blank": False, "like": None, "year": None}),
    ("init 年 --blank", {"dir": "年", "blank": True, "like": None, "year": None}),
    ("init 年 --like 旧 --year 2023", {"dir": "年", "blank": False, "like": "旧", "year": 2023}),
    ("import 年", {"paths": ["年"], "answer": [], "defaults": False, "year": None, "region": "", "table": ""}),
    (
        "import 年 --answer 3=120 --answer 4=≥ --defaults",
        {"paths": ["年"], "answer": ["3=120", "4=≥"], "defaults": True, "year": None, "region": "", "table": ""},
    ),
    ("rollover 年 新", {"dir": "年", "new": "新", "year": None, "yes": False}),
    ("rollover 年 新 --year 2023 --yes", {"dir": "年", "new": "新", "year": 2023, "yes": True}),
    ("build 年", {"dir": "年", "period": None, "no_macros": False, "fresh": False, "who": None}),
    ("build 年 --period 2022-10 --no-macros --fresh", {"dir": "年", "period": "2022-10", "no_macros": True, "fresh": True, "who": None}),
    ("issue 年 --period 2022-10", {"dir": "年", "period": "2022-10", "certify": None, "confirm": None, "who": None}),
    ("issue 年 --certify 2022-10", {"dir": "年", "period": None, "certify": "2022-10", "confirm": None, "who": None}),
    ("issue 年 --confirm 2022-10", {"dir": "年", "period": None, "certify": None, "confirm": "2022-10", "who": None}),
    ("inspect 甲 --plan 年", {"paths": ["甲"], "dir": "年", "json": False, "jobs": 1, "executor": "", "strict": False}),
    ("inspect 甲 乙 --plan 年 --json --jobs 4 --strict", {"paths": ["甲", "乙"], "dir": "年", "json": True, "jobs": 4, "executor": "", "strict": True}),
    ("print 年 --period 2022-10", {"dir": "年", "period": "2022-10", "what": "", "out": None, "leader": False, "who": None}),
    ("print 年 --period P --what 简报 --out 外 --leader --who 赵军", {"dir": "年", "period": "P", "what": "简报", "out": "外", "leader": True, "who": "赵军"}),
    (
        "close 年 --period 2022-10",
        {"dir": "年", "period": "2022-10", "yes": False, "document": "", "signed_by": "", "dated": "", "who": None},
    ),
    ("reopen 年 --period 2022-10 --why 印错", {"dir": "年", "period": "2022-10", "why": "印错", "who": None}),
    ("check-desk", {"dir": ".", "json": False}),
    ("check-desk 年 --json", {"dir": "年", "json": True}),
    ("setup", {}),
    ("live inbox 总台账.xlsm", {"task": "inbox", "workbook": "总台账.xlsm"}),
    ("plan check 年", {"action": "check", "dir": "年", "file": None}),
    ("plan export 年 表.docx", {"action": "export", "dir": "年", "file": "表.docx"}),
    ("register rebuild 年", {"action": "rebuild", "dir": "年"}),
    ("decide 年 a1b2c3", {"dir": "年", "id": "a1b2c3", "word": None, "received": None, "paper": None, "agrees": None, "who": None, "why": "", "period": None}),
    (
        "decide 年 a1b2c3 属实 --who 赵军 --why 电话核实 --period 2022-10",
        {"dir": "年", "id": "a1b2c3", "word": "属实", "received": None, "paper": None, "agrees": None, "who": "赵军", "why": "电话核实", "period": "2022-10"},
    ),
    (
        "decide 年 a1b2c3 --received 2022-11-05",
        {"dir": "年", "id": "a1b2c3", "word": None, "received": "2022-11-05", "paper": None, "agrees": None, "who": None, "why": "", "period": None},
    ),
    (
        "decide 年 a1b2c3 --paper 2022-11-08 --agrees 否",
        {
            "dir": "年", "id": "a1b2c3", "word": None, "received": None, "paper": "2022-11-08", "agrees": "否", "who": None, "why": "",
            "period": None,
        },
    ),
    ("consolidate 年 --period 2022-10", {"dir": "年", "period": "2022-10", "json": False, "strict": False, "executor": "", "who": None}),
    ("consolidate 年 --period P --json --strict --who=", {"dir": "年", "period": "P", "json": True, "strict": True, "executor": "", "who": ""}),
    ("status 年", {"dir": "年", "period": None, "json": False}),
    ("status 年 --period 2022-10 --json", {"dir": "年", "period": "2022-10", "json": True}),
    ("stamp 年", {"dir": "年", "url": ""}),
    ("stamp 年 --url http://a.cn", {"dir": "年", "url": "http://a.cn"}),
    ("report-up 年 --period 2022-10", {"dir": "年", "period": "2022-10", "who": None}),
    ("report-up 年 --period P --who 赵军", {"dir": "年", "period": "P", "who": "赵军"}),
    ("verify 年", {"dir": "年", "json": False, "stamp": [], "upward": ""}),
    ("verify 年 --upward 表.xlsx", {"dir": "年", "json": False, "stamp": [], "upward": "表.xlsx"}),
    ("help", {"words": []}),
    ("help 解除 锁定", {"words": ["解除", "锁定"]}),
    ("help -- --strict", {"words": ["--strict"]}),
    ("verify 年 --json --stamp 甲.tsr --stamp 乙.tsr", {"dir": "年", "json": True, "stamp": ["甲.tsr", "乙.tsr"], "upward": ""}),
]


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(("line", "taken"), TAKEN, ids=[line for line, _ in TAKEN])
def test_what_is_taken(line: str, taken: dict[str, Any], alone: bool) -> None:
    """By the parser of the command alone, and by that of all."""
    words = line.split()
    found = vars(parser_of(words[0] if alone else "").parse_args(words))
    assert found == {"version": False, "command": words[0], **taken}


def test_every_command_is_tried_here() -> None:
    assert {line.split()[0] for line, _ in TAKEN} == set(COMMANDS)


@pytest.mark.parametrize("task", ["consolidate", "print", "inspect", "inbox"])
def test_the_tasks_of_the_buttons(task: str) -> None:
    assert parser_of("live").parse_args(["live", task, "总台账.xlsm"]).task == task


def test_no_command_is_one_that_is_not_given() -> None:
    assert vars(parser_of().parse_args([])) == {"version": False, "command": None}
    assert parser_of().parse_args(["--version"]).version is True


def refused(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    words = line.split()
    with pytest.raises(SystemExit) as ended:
        parser_of(words[0] if words else "").parse_args(words)
    assert ended.value.code == 2
    out, said = capsys.readouterr()
    assert (out, said.splitlines()[0][:3]) == ("", "用法：")
    return said.splitlines()[-1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("init", "缺少 DIR"), ("rollover 年", "缺少 NEW"), ("rollover 年 新 --year 明年", "--year 要写整数，不是“明年”"), ("demo", "缺少 DIR"), ("build", "缺少 DIR"), ("print 年", "缺少 --period"), ("close 年", "缺少 --period"),
        ("consolidate 年", "缺少 --period"), ("issue 年", "缺少 --period --certify --confirm 中的一个"), ("inspect 甲", "缺少 --plan"),
        ("inspect --plan 年", "缺少 PATH"), ("decide 年", "缺少 ID"), ("register rebuild", "缺少 DIR"), ("live inbox", "缺少 WORKBOOK"),
        ("status", "缺少 DIR"), ("decide", "缺少 DIR, ID"), ("live 汇总 a", "没有“汇总”，可用的有 "), ("register drop 年", "没有“drop”，可用的有 "),
        ("issue 年 --period P --certify P", "--certify 和 --period 只能写一个"), ("print 年 --period P --l=x", "--leader 后面不带内容（“x”）"),
        ("inspect a --plan b --jobs two", "--jobs 要写整数，不是“two”"), ("setup 年", "不认识 年"), ("fly", "没有“fly”，可用的有 "),
        ("decide 年 a --wh x", "--wh 不够明确"), ("build 年 --period", "--period 后面要写内容"),
    ],
)
def test_what_is_not_taken_is_said_in_chinese(line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    last = refused(line, capsys)
    assert last.startswith(f"写法不对：{said}")
    assert last.endswith("。加 --help 看说明。")


def helped(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        parser_of(words[0]).parse_args(words)
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "said"),
    [("build", "生成或更新总台账"), ("inspect", "逐个检查文件：是谁的、哪一期的、有什么问题。"), ("menu", "数字菜单：下发、汇总、催报、打印、定稿、检查来件、核验。")],
)
def test_a_command_is_described_by_what_it_does_or_by_its_own_text(command: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert helped(capsys, command, "--help").split("\n\n")[1].startswith(said)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = helped(capsys, command, "--help")
    assert said.startswith(f"用法：minsheng-xl {command} [-h]")
    assert "选项:\n  -h, --help" in said
    assert "显示这段说明" in said
    assert not {"usage:", "options:", "positional"} & set(said.split())


def test_the_help_lists_the_commands_with_what_they_do(capsys: pytest.CaptureFixture[str]) -> None:
    said = helped(capsys, "--help")
    listed = [line.split()[0] for line in said.splitlines() if line.startswith("    ") and line.strip() and line[4] != " "]
    assert tuple(listed) == COMMANDS
    assert "退出码：0 完成；1 没有完成" in said


def test_the_help_of_printing_names_what_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    said = "".join(helped(capsys, "print", "--help").split())
    assert "--what简报,总表,…" in said
    assert "写“催报”记一次催报" in said
