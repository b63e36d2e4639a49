"""The command minsheng-xl: Chinese help, plain sentences, exit codes that scripts can use.

Only argparse is imported here; everything else where it is used, so that --help answers at once.
"""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from minsheng_xl.year.folder import Year

DONE, FAILED, MISUSED, STOPPED = 0, 1, 2, 130

_DESCRIPTION = "重点民生实事：建总台账、发填报表、收来件、汇总。"
_EPILOG = """一个月的做法：
  minsheng-xl issue DIR --period 2022-10        发表：每个单位一个工作簿，在 DIR/发出/2022-10/
  （把收到的文件放进 DIR/收件/，文件名、子文件夹随意）
  minsheng-xl consolidate DIR --period 2022-10  汇总：总台账 更新到这一期
  minsheng-xl print DIR --period 2022-10        打印：打印稿.xlsx 和 PDF，在 DIR/打印/2022-10/
不带参数运行就是数字菜单；一年的文件夹里的“打开菜单”双击也是。
退出码：0 完成；1 没有做成（计划有错，或 --strict 时有待核、退回、无法识别）；2 写法不对。"""


_INSPECT = """逐个检查文件：是谁的、哪一期的、有什么问题。不登记，不改动任何东西。
结果：accepted 已采用，held 待核，refused 退回，duplicate 重复，unrecognised 无法识别。
--json 每行一个文件：file、sha256、outcome、unit、period、values（指标编码 → reported、numerator、denominator、share、certified）、
texts、problems（code、severity、sheet、cell、seen、expected、message、action）。"""


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, "add_help": False, **options})
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(MISUSED, f"写法不对：{_in_chinese(message)}。加 --help 看说明。\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


_SENTENCES = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"argument (\S+): invalid choice: '?([^']*)'? \(choose from (.*)\)", r"没有“\2”，可用的有 \3"),
    (r"one of the arguments (.*) is required", r"缺少 \1 中的一个"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 和 \2 只能写一个"),
    (r"argument (\S+): expected one argument", r"\1 后面要写内容"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"ambiguous option: (\S+) .*", r"\1 不够明确"),
)


def _in_chinese(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        match = re.fullmatch(pattern, message)
        if match:
            return match.expand(sentence).replace("COMMAND", "命令")
    return message


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="minsheng-xl", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="store_true", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", parser_class=_Parser, prog=parser.prog)

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help)
        made.add_argument("dir", metavar="DIR", help="一年的文件夹")
        made.set_defaults(run=run)
        return made

    opening = commands.add_parser("menu", help="数字菜单：不用记命令", description="数字菜单：发表、汇总、催报、打印、定稿、检查来件。")
    opening.add_argument("dir", metavar="DIR", nargs="?", default=".", help="一年的文件夹，默认现在的文件夹")
    opening.set_defaults(run=_menu)
    period: dict[str, Any] = {"metavar": "P", "help": "期次，如 2022-10 或 2022-Q3"}
    command("demo", _demo, "演示：用 2022 年鲁山县的计划走完 9、10 两个月")
    command("init", _init, "建立一年的文件夹，放入可修改的 计划.xlsx")
    building = command("build", _build, "生成或更新总台账")
    building.add_argument("--period", **period)
    building.add_argument("--no-macros", action="store_true", help="不带宏和按钮的 .xlsx（已有总台账时不改它的样子）")
    building.add_argument("--fresh", action="store_true", help="另写一份全新的，放在原来的旁边")
    issuing = command("issue", _issue, "发表：给每个单位生成填报表；或给认定单位生成认定表")
    which = issuing.add_mutually_exclusive_group(required=True)
    which.add_argument("--period", **period)
    which.add_argument("--certify", metavar="P", help="认定：把这一期汇总的数发给认定单位，在 DIR/发出/P-认定/")
    inspecting = commands.add_parser("inspect", help="检查文件，不登记", description=_INSPECT, formatter_class=_Formatter)
    inspecting.add_argument("paths", metavar="PATH", nargs="+", help="文件或文件夹")
    inspecting.add_argument("--plan", metavar="DIR", dest="dir", required=True, help="一年的文件夹")
    inspecting.add_argument("--json", action="store_true", help="每个文件一行 JSON")
    inspecting.add_argument("--jobs", metavar="N", type=int, default=1, help="用几个进程，默认 1，最多与处理器的核数相同")
    inspecting.add_argument("--strict", action="store_true", help="有不能直接采用的文件时退出码为 1")
    inspecting.set_defaults(run=_inspect)
    printing = command("print", _print, "打印：打印稿.xlsx，有 LibreOffice 时还有 PDF，以及通报初稿、催报文字")
    printing.add_argument("--period", required=True, **period)
    printing.add_argument("--what", metavar="简报,总表,…", default="", help="只打印这几样，用逗号分开：简报、总表、分项目、排名、滞后、问题、未报、认定、催报、校核、填报表；写“催报”记一次催报")
    printing.add_argument("--out", metavar="DIR2", help="放到这个文件夹，默认 DIR/打印/P/")
    printing.add_argument("--leader", action="store_true", help="另给每位分管领导一份简报")
    command("close", _close, "定稿：冻结一期的数，以后来的作更正，计入下期的上期累计").add_argument("--period", required=True, **period)
    _desk_commands(commands)
    _office_commands(commands, command, period)
    for name, run, words in (
        ("consolidate", _consolidate, "汇总：读 收件/ 里的新文件，更新总台账"),
        ("status", _status, "看一期的情况"),
    ):
        made = command(name, run, words)
        made.add_argument("--period", required=name == "consolidate", **period)
        made.add_argument("--json", action="store_true", help="只输出 JSON")
        if name == "consolidate":
            made.add_argument("--strict", action="store_true", help="有待核、退回、无法识别时退出码为 1")
    return parser


def _desk_commands(commands: Any) -> None:
    """What is done once at each desk, and what a button does."""
    setting = commands.add_parser("setup", help="让总台账里的按钮找到程序（每台电脑、每个人一次）", description="写下程序在哪里，总台账里的按钮从这里找到它；LibreOffice 用户另设好连接。")
    setting.set_defaults(run=_setup)
    clicking = commands.add_parser("live", help="总台账开着时做一件事；按钮用的就是它", description="对打开着的总台账做一件事：consolidate 汇总、print 打印、inspect 检查来件、inbox 打开收件夹。")
    clicking.add_argument("task", metavar="TASK", choices=["consolidate", "print", "inspect", "inbox"], help="consolidate、print、inspect、inbox")
    clicking.add_argument("workbook", metavar="WORKBOOK", help="打开着的总台账")
    clicking.set_defaults(run=_live)


def _office_commands(commands: Any, command: Callable[..., argparse.ArgumentParser], period: dict[str, Any]) -> None:
    """Decisions, and the register."""
    registering = commands.add_parser("register", help="登记库：rebuild 由归档重建", description="登记库只是归档的索引，随时可以由归档重建。")
    registering.add_argument("action", metavar="ACTION", choices=["rebuild"], help="rebuild：重建并与原来比较")
    registering.add_argument("dir", metavar="DIR", help="一年的文件夹")
    registering.set_defaults(run=_register)
    deciding = command("decide", _decide, "办公室定一件待决事项，或更正收到时间")
    deciding.add_argument("id", metavar="ID", help="待决事项的编号；更正收到时间时写收件登记的内容指纹")
    deciding.add_argument("word", metavar="WORD", nargs="?", help="属实、不计入、用新数、用原数……，应填的数，或单位名")
    deciding.add_argument("--received", metavar="DATE", help="更正收到日期，如 2022-11-05")
    deciding.add_argument("--who", default="办公室", help="谁定的")
    deciding.add_argument("--why", default="", help="为什么")
    deciding.add_argument("--period", **period)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code. Never lets a traceback out."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.version:
        from minsheng_xl import __version__

        print(f"minsheng-xl {__version__}")
        return DONE
    if options.command is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            return main(["menu"])
        parser.print_help(sys.stderr)
        return MISUSED
    return _guarded(options)


def run() -> None:
    """The entry of the one-file program."""
    sys.exit(main())


def _guarded(options: argparse.Namespace) -> int:
    from minsheng_xl.problems import MinshengError, MisuseError, PlanError

    try:
        return int(options.run(options))
    except PlanError as error:
        for found in error.problems:
            print(found, file=sys.stderr)
        print(error, file=sys.stderr)
        return FAILED
    except MinshengError as error:
        print(error, file=sys.stderr)
        return MISUSED if isinstance(error, MisuseError) else FAILED
    except KeyboardInterrupt:
        print("已中断。再运行一次即可接着做。", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    except OSError as error:
        print(f"{error.filename or '文件'} 用不了：{error.strerror or error}。请处理后再运行一次。", file=sys.stderr)
        return FAILED
    except Exception as error:  # a fault of ours: said plainly, and where it is
        import os

        if os.environ.get("MINSHENG_DEBUG"):
            raise
        print(
            f"程序出错（{type(error).__name__}：{error}）。数据没有丢，请把这句话告诉维护人员；"
            "设置环境变量 MINSHENG_DEBUG=1 再运行可看到细节。",
            file=sys.stderr,
        )
        return FAILED


def _open(options: argparse.Namespace) -> "Year":
    from minsheng_xl.year.folder import Year

    year = Year(options.dir)
    if not getattr(options, "json", False):
        for warning in year.plan.warnings:
            print(warning, file=sys.stderr)
    return year


def _menu(options: argparse.Namespace) -> int:
    from pathlib import Path

    from minsheng_xl.menu import show_menu

    return show_menu(Path(options.dir), main)


def _demo(options: argparse.Namespace) -> int:
    from minsheng_xl import terminal
    from minsheng_xl.demo import run_demo

    with terminal.steps() as step:
        result = run_demo(options.dir, step=step)
    terminal.show_projects(result.state)
    terminal.show_paths(result.paths)
    return DONE


def _init(options: argparse.Namespace) -> int:
    from minsheng_xl.doors import put_doors
    from minsheng_xl.year.folder import Year

    year = Year.create(options.dir)
    put_doors(year.root)
    print(f"已建立 {year.root}。请打开 {year.plan_path} 核对计划，然后运行 minsheng-xl build {year.root}")
    return DONE


def _build(options: argparse.Namespace) -> int:
    from minsheng_xl.master import build
    from minsheng_xl.reporting import current_period

    year = _open(options)
    period = year.period(options.period) if options.period else current_period(year)
    _say_master(build(year, period, _now(), fresh=options.fresh, macros=not options.no_macros))
    return DONE


def _issue(options: argparse.Namespace) -> int:
    from minsheng_xl import terminal
    from minsheng_xl.issuing import issue, issue_certification

    year = _open(options)
    if options.certify:
        result = issue_certification(year, year.period(options.certify), _now())
        print(f"已生成 {len(result.workbooks)} 个认定表，在 {result.folder}。填好的放进 {year.inbox}，再汇总一次。")
    else:
        period = year.period(options.period)
        with terminal.progress(f"发表 {period}") as progress:
            result = issue(year, period, _now(), progress=progress)
        print(f"已生成 {len(result.workbooks)} 个填报表，在 {result.folder}")
    for words in result.misread:
        print(words, file=sys.stderr)
    for path in result.kept:
        print(f"{path.name} 发出后被改过，没有替换；要重新生成，请先把它移走。", file=sys.stderr)
    return DONE


def _consolidate(options: argparse.Namespace) -> int:
    from contextlib import nullcontext

    from minsheng_xl import terminal
    from minsheng_xl.consolidation import consolidate
    from minsheng_xl.reporting import file_of, is_clean, status

    year = _open(options)
    period = year.period(options.period)
    quiet: Any = nullcontext(lambda done, of: None)
    with quiet if options.json else terminal.progress(f"汇总 {period}") as progress:
        result = consolidate(year, period, _now(), progress=progress)
    state = status(year, period)
    for found in result.unread:
        print(found, file=sys.stderr)
    if options.json:
        _print_json({**state, "files": [file_of(one) for one in result.files]})
    else:
        terminal.show_files(result.files)
        terminal.show_account(state)
        terminal.show_projects(state)
        _say_master(result.master)
        if result.answers:
            print(f"要退给单位的 {len(result.answers)} 个文件在 {year.returned_folder(period)}")
    return FAILED if options.strict and not is_clean(state, result.files) else DONE


def _decide(options: argparse.Namespace) -> int:
    from datetime import date

    from minsheng_xl.account import about
    from minsheng_xl.deciding import correct_receipt, decide
    from minsheng_xl.problems import MisuseError

    year = _open(options)
    if options.received:
        try:
            day = date.fromisoformat(options.received)
        except ValueError:
            raise MisuseError(f"“{options.received}”不是日期。请写成 2022-11-05 的样子。") from None
        file = correct_receipt(year, options.id, day, _now(), who=options.who, why=options.why)
        print(f"{file} 的收到日期记为 {day}。")
    elif options.word:
        period = year.period(options.period) if options.period else None
        item = decide(year, options.id, options.word, _now(), who=options.who, why=options.why, period=period)
        what = about(item.key) if item.key else item.file
        print(f"已记下：{item.kind} {item.unit} {what}：{options.word}")
    else:
        raise MisuseError("请写怎么定（WORD），或用 --received 更正收到日期。")
    print("再汇总一次，总台账就会更新。")
    return DONE


def _print(options: argparse.Namespace) -> int:
    from pathlib import Path

    from minsheng_xl.printing import print_period

    year = _open(options)
    period = year.period(options.period)
    what = [word for word in re.split(r"[,，、\s]+", options.what) if word]
    out = Path(options.out) if options.out else None
    result = print_period(year, period, _now(), what=what, out=out, by_leader=options.leader)
    if result.master is not None:
        _say_master(result.master)
    print(f"已打印 {period}，{len(result.files)} 个文件在 {result.folder}：{'、'.join(path.name for path in result.files)}")
    if result.no_pdf:
        print(f"{result.no_pdf}。", file=sys.stderr)
    return DONE


def _close(options: argparse.Namespace) -> int:
    from minsheng_xl.closing import close

    year = _open(options)
    period = year.period(options.period)
    close(year, period, _now())
    print(f"{period} 已定稿。以后来的作定稿后更正登记，不改定稿的数。")
    return DONE


def _setup(options: argparse.Namespace) -> int:
    from minsheng_xl.desk import set_up

    for words in set_up():
        print(words)
    return DONE


def _live(options: argparse.Namespace) -> int:
    from pathlib import Path

    from minsheng_xl.desk import click

    print(click(options.task, Path(options.workbook), _now()))
    return DONE


def _register(options: argparse.Namespace) -> int:
    year = _open(options)
    entries, equal, lost = year.rebuild()
    print(f"登记库已由归档重建：{entries} 条，与原来{'一致' if equal else '不同，以重建的为准'}。")
    for sha256 in lost:
        print(f"归档里缺了内容指纹为 {sha256} 的文件，或它已损坏。请从备份恢复。", file=sys.stderr)
    return FAILED if lost else DONE


def _inspect(options: argparse.Namespace) -> int:
    from minsheng_xl.account import Outcome
    from minsheng_xl.inspecting import inspect, inspected
    from minsheng_xl.problems import MisuseError

    if options.jobs < 1:
        raise MisuseError(f"--jobs 应是不小于 1 的整数，不是 {options.jobs}。")
    year, clean = _open(options), True
    with _executor(options.jobs) as executor:
        for one in inspect(year, options.paths, executor):
            clean = clean and one.outcome in (Outcome.ACCEPTED, Outcome.DUPLICATE)
            if options.json:
                _print_json(inspected(year.plan, one), indent=None)
            else:
                _say_inspected(one)
    return FAILED if options.strict and not clean else DONE


def _executor(jobs: int) -> Any:
    """A context with that many processes, no more than there are cores; with None where one, this one, is enough."""
    import os

    jobs = min(jobs, os.cpu_count() or 1)
    if jobs == 1:
        from contextlib import nullcontext

        return nullcontext(None)
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(jobs)


def _say_inspected(one: Any) -> None:
    from minsheng_xl.cleaning import cleaned

    whose = f"（{one.unit or ''} {one.period or ''}）" if one.unit or one.period else ""
    print(f"{cleaned(one.file)}：{one.outcome.label}{whose}")
    for found in one.problems:
        print(f"    {found.severity.value}　{found}")


def _status(options: argparse.Namespace) -> int:
    from minsheng_xl import terminal
    from minsheng_xl.reporting import current_period, status

    year = _open(options)
    period = year.period(options.period) if options.period else current_period(year)
    state = status(year, period)
    if options.json:
        _print_json(state)
    else:
        terminal.show_account(state)
        terminal.show_projects(state)
        terminal.show_units(state)
    return DONE


def _say_master(result: Any) -> None:
    for words in result.misread:
        print(words, file=sys.stderr)
    for words in result.kept:
        print(f"办公室改过，没有更新：{words}", file=sys.stderr)
    if result.own:
        print(f"总台账的结构变了（{'；'.join(result.own)}），没有改动它。", file=sys.stderr)
        print(f"新的总台账放在旁边：{result.path}")
    elif result.path != result.path.with_stem("总台账"):
        print(f"全新的总台账放在旁边：{result.path}")
    else:
        print(f"总台账已更新到 {result.period}：{result.path}")


def _print_json(state: dict[str, Any], indent: "int | None" = 1) -> None:
    import json

    print(json.dumps(state, ensure_ascii=False, indent=indent), flush=indent is None)


def _now() -> Any:
    from datetime import datetime

    return datetime.now()
