"""The command line: Chinese sentences, exit codes, JSON and nothing else on stdout."""

import json
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate
from minsheng_xl.desk.cli import main
from tests.makers import figure, send

OCTOBER = Period.parse("2022-10")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "minsheng_xl", *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_help_is_chinese_and_needs_nothing_heavy() -> None:
    result = run("--help")
    assert result.returncode == 0
    assert "用法" in result.stdout
    assert "下发" in result.stdout
    assert not {"usage:", "options:", "positional"} & set(result.stdout.split())
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "minsheng_xl", "--help"], capture_output=True, text=True, check=True
    ).stderr
    for heavy in ("pandas", "openpyxl", "xlsxwriter", "rich", "sqlite3", "dataclasses", "fractions"):
        assert f" {heavy}\n" not in loaded


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fly"], "没有“fly”"), (["build"], "缺少 DIR"), (["issue", "x"], "缺少 --period"),
        (["status", "x", "--colour"], "不认识 --colour"), (["issue", "x", "--period"], "--period 后面要写内容"), ([], "用法"),
        (["inspect", "x", "--plan", "y", "--jobs", "abc"], "--jobs 要写整数，不是“abc”"), (["status", "x", "--json=3"], "--json 后面不带内容"),
    ],
)
def test_wrong_use_is_2(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert words in result.stderr
    assert result.stdout == ""


@pytest.mark.skipif(sys.platform != "linux", reason="the open files of a process, as Linux lists them")
def test_a_command_holds_nothing_of_the_year_when_it_is_done(issued: Year) -> None:
    """The menu runs many of them in one process; on Windows nobody could move or replace what is open."""
    root = str(issued.root)
    issued.close()
    for words in (["status", root], ["plan", "check", root], ["register", "rebuild", root], ["build", root], ["verify", root]):
        assert main(words) == 0
        open_ones = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
        assert [one for one in open_ones if one.startswith(root)] == [], words


def test_a_folder_without_a_plan_is_1(tmp_path: Path) -> None:
    for command in (["build"], ["status"], ["consolidate", "--period", "2022-10"], ["issue", "--period", "2022-10"]):
        result = run(command[0], str(tmp_path), *command[1:])
        assert result.returncode == 1
        assert "没有 计划.xlsx" in result.stderr
        assert "Traceback" not in result.stderr


def test_a_period_outside_the_plan_is_2(year: Year) -> None:
    for period in ("2022-13", "2023-01", "2022-Q3", "十月", ""):
        result = run("status", str(year.root), "--period", period)
        assert result.returncode == 2
        assert "2022-01 到 2022-12" in result.stderr


def test_a_bad_plan_is_1_and_told_line_by_line(year: Year) -> None:
    book = openpyxl.load_workbook(year.plan_path)
    book["指标"]["J2"], book["指标"]["D3"] = "很多", None
    book.save(year.plan_path)
    result = run("build", str(year.root))
    assert result.returncode == 1
    assert "指标 第3行“指标”：不能为空。请填写。" in result.stderr
    assert not year.master_path.exists()


def test_what_the_system_refuses_is_said_in_chinese(year: Year, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    shutil.rmtree(year.inbox)
    commands = (
        ["init", str(tmp_path / "文件" / "年")], ["init", str(tmp_path / ("长" * 200))], ["demo", str(tmp_path / "文件")],
        ["consolidate", str(year.root), "--period", "2022-10"],
    )
    for command in commands:
        result = run(*command)
        assert result.returncode == 1
        said = re.sub(r"[^\s：]*[/.][^\s：]*", "", result.stderr)  # paths and names of files apart
        assert not re.search("[A-Za-z]{3,}", said), result.stderr


def test_init_never_writes_over_a_plan(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "年")).returncode == 0
    before = (tmp_path / "年" / "计划.xlsx").read_bytes()
    again = run("init", str(tmp_path / "年"))
    assert again.returncode == 1
    assert "没有改动" in again.stderr
    assert (tmp_path / "年" / "计划.xlsx").read_bytes() == before


def test_a_months_commands(tmp_path: Path) -> None:
    folder = str(tmp_path / "年")
    assert run("init", folder).returncode == 0
    assert run("build", folder).returncode == 0
    issued = run("issue", folder, "--period", "2022-10")
    assert "38 个填报表" in issued.stdout
    assert "分母待" not in issued.stdout
    assert "办公室尚未核定分母" in issued.stderr
    year = Year(folder)
    send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
    year.close()
    done = run("consolidate", folder, "--period", "2022-10")
    assert done.returncode == 0
    assert "应报 38 = 已采用 1 + 待核 0 + 退回 0 + 未报 37" in done.stdout
    state = run("status", folder)
    assert "2022-10" in state.stdout


def test_json_is_all_that_stdout_holds(demo_year: Year) -> None:
    demo_year.close()
    result = run("consolidate", str(demo_year.root), "--period", "2022-10", "--json")
    state = json.loads(result.stdout)
    assert (result.returncode, state["files"], state["period"]) == (0, [], "2022-10")
    assert json.loads(run("status", str(demo_year.root), "--json").stdout) == {k: v for k, v in state.items() if k != "files"}


def test_strict_is_1_while_something_waits(small_year: Year) -> None:
    period = small_year.plan.periods[0]
    command = ("consolidate", str(small_year.root), "--period", str(period), "--strict")
    assert run(*command).returncode == 0
    (small_year.inbox / "图.png").write_bytes(b"\x89PNG")
    assert run(*command).returncode == 1
    assert run(*command).returncode == 0
    send(small_year, "县水利局", period, {figure("甲1"): "百余"})
    strict = run(*command, "--json")
    assert strict.returncode == 1
    (one,) = json.loads(strict.stdout)["files"]
    assert (one["file"], one["outcome"], one["unit"], one["period"]) == (f"县水利局_{period}.xlsx", "held", "县水利局", str(period))
    assert set(one["problems"][0]) == {"code", "severity", "sheet", "cell", "seen", "expected", "message", "action"}
    assert run(*command).returncode == 1


def test_a_full_disk_is_a_plain_sentence(year: Year, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    main(["build", str(year.root)])
    before = year.master_path.read_bytes()
    monkeypatch.setattr("minsheng_xl.year.storage.os.fsync", full)
    assert main(["issue", str(year.root), "--period", "2022-10"]) == 1
    error = capsys.readouterr().err
    assert "磁盘已满" in error
    assert "Traceback" not in error
    assert year.master_path.read_bytes() == before


def test_a_fault_of_ours_is_a_sentence_too(
    year: Year, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("minsheng_xl.master.build.write_book", broken)
    assert main(["build", str(year.root)]) == 1
    assert "程序出错（RuntimeError：boom）" in capsys.readouterr().err


def test_inspect_says_of_what_was_taken_in_that_it_was(short_issued: Year, capsys: pytest.CaptureFixture[str]) -> None:
    send(short_issued, "县民政局", OCTOBER, {figure("6-1"): "3"}, "甲.xlsx")
    consolidate(short_issued, OCTOBER, datetime(2022, 11, 7, 16))
    send(short_issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "乙.xlsx")
    book = openpyxl.load_workbook(short_issued.inbox / "甲.xlsx")
    book.save(short_issued.inbox / "丙.xlsx")
    capsys.readouterr()
    assert main(["inspect", str(short_issued.inbox), "--plan", str(short_issued.root)]) == 0
    said = [line.rpartition("/")[2] for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert said == [
        "丙.xlsx：重复（县民政局 2022-10）", "乙.xlsx：已采用（县残联 2022-10）", "甲.xlsx：已汇总（县民政局 2022-10）",
        "共 3 个文件：重复 1，已采用 1，已汇总 1。只是检查，什么也没有登记；汇总才登记，和已采用的数不同的那时列入待决事项。",
    ]
