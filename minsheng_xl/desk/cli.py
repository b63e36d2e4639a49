"""The command minsheng-xl: what each command does, in plain sentences, with exit codes that scripts can use.

Only argparse is imported here; everything else where it is used, so that --help answers at once.
"""

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from minsheng_xl.desk.arguments import MISUSED, parser_of
from minsheng_xl.desk.pipe import encoding_of, hush, is_unread, is_utf8

if TYPE_CHECKING:
    import argparse
    from concurrent.futures import Executor
    from datetime import date, datetime
    from pathlib import Path

    from minsheng_xl.plan.period import Period
    from minsheng_xl.proof.verify import Verification
    from minsheng_xl.year.folder import Year
    from minsheng_xl.year.person import Person

DONE, FAILED, STOPPED = 0, 1, 130
_TIMELESS = (
    "menu", "mail", "live", "status", "history", "export", "proofread", "inspect", "plan", "setup", "check-desk",
    "help",
)
"""Commands that write no time, or say themselves that the clock is lost."""

_TIMED = (
    "build", "issue", "send", "fetch", "remind", "supervise", "consolidate", "decide", "print", "close", "stamp",
    "report-up",
)
"""Commands that journal something, or tell the office what to do by the day."""

_MANY = 50_000
"""So many things more are in use before garbage is looked for among them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code. Never lets a traceback out."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=encoding_of(stream), errors="replace")
    code, is_cut = FAILED, False
    try:
        code = _answered(arguments)
    except KeyboardInterrupt:
        print("已中断。再运行一次即可接着做。", file=sys.stderr)
        code = STOPPED
    except OSError as error:
        if not is_unread(error):
            raise
    finally:
        is_cut = hush()
    return FAILED if is_cut else code


def _answered(arguments: Sequence[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    parser = parser_of(given[0] if given else "")
    options = parser.parse_args(given)
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
    """The entry of the program, a process of its own: garbage is looked for seldom, for what is loaded and read is in
    use until the end, and not on the way out, where looking takes longer than to read three files."""
    gc.set_threshold(_MANY, 10, 10)
    code = main()
    gc.freeze()
    sys.exit(code)


def _guarded(options: "argparse.Namespace") -> int:
    from contextlib import ExitStack

    with ExitStack() as options.leaving:
        return _said(options)


def _said(options: "argparse.Namespace") -> int:
    """Run a command; say what came in its way."""
    from minsheng_xl.desk.faults import refuse_lost_clock, said_of
    from minsheng_xl.problems import MinshengError, MisuseError, PlanError, why

    try:
        if options.command not in _TIMELESS:
            refuse_lost_clock(_now())
        return int(_RUN[options.command](options))
    except PlanError as error:
        for found in error.problems:
            print(found, file=sys.stderr)
        print(error, file=sys.stderr)
        return FAILED
    except MinshengError as error:
        print(error, file=sys.stderr)
        return MISUSED if isinstance(error, MisuseError) else FAILED
    except OSError as error:
        if is_unread(error):
            return FAILED
        print(f"{error.filename or '文件'} 用不了：{why(error)}。请处理后再运行一次。", file=sys.stderr)
        return FAILED
    except Exception as error:  # a fault of ours: said plainly, and where it is
        import os

        if os.environ.get("MINSHENG_DEBUG"):
            raise
        print(said_of(error), file=sys.stderr)
        return FAILED


def _open(options: "argparse.Namespace") -> "Year":
    from minsheng_xl.desk.faults import said_of_clock
    from minsheng_xl.year.folder import Year

    year = _let_go(options, Year(options.dir, who=_person(options)) if "who" in options else Year(options.dir))
    if options.command in _TIMED and (words := said_of_clock(year.register.last_at(), _now())):
        print(words, file=sys.stderr)
    if not getattr(options, "json", False):
        for warning in (*year.written_plan.warnings, *year.doubles()):
            print(warning, file=sys.stderr)
        for code in _not_on_trial(year.written_plan.settings.trials):
            print(f"计划“参数”规则试行：没有能试行的规则 {code}，这一行不起作用。编码见 来件规则.md。", file=sys.stderr)
    return year


def _let_go(options: "argparse.Namespace", year: "Year") -> "Year":
    """A year whose files are let go of when the command is done: the menu runs many, and on Windows nobody could
    move or replace what is open."""
    options.leaving.callback(year.close)
    return year


def _person(options: "argparse.Namespace") -> "Person":
    from minsheng_xl.desk.person import person

    return person(options.who)


def _not_on_trial(trials: "Sequence[tuple[str, object]]") -> "list[str]":
    """The codes of 规则试行 that mean no rule, or one that cannot be on trial."""
    if not trials:
        return []
    from minsheng_xl.rules.catalogue import may_be_on_trial

    return [code for code, _ in trials if not may_be_on_trial(code)]


def _menu(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from minsheng_xl.desk.menu import show_menu

    return show_menu(Path(options.dir), main)


def _demo(options: "argparse.Namespace") -> int:
    from minsheng_xl.beginning.demo import run_demo
    from minsheng_xl.desk import terminal

    with terminal.steps() as step:
        result = run_demo(options.dir, plan=options.plan, step=step)
    terminal.show_projects(result.state)
    terminal.show_paths(result.paths)
    return DONE


def _init(options: "argparse.Namespace") -> int:
    from minsheng_xl.beginning.begin import begin
    from minsheng_xl.problems import MisuseError

    if options.like is not None:
        return _init_like(options)
    if options.blank:
        return _init_blank(options)
    if options.year is not None:
        raise MisuseError("--year 要和 --like 一起用。")
    year = begin(options.dir)
    print(f"已建立 {year.root}。请打开 {year.plan_path} 核对、补全，检查计划没有问题了，再下发第一期。")
    return DONE


def _init_blank(options: "argparse.Namespace") -> int:
    from minsheng_xl.beginning.begin import begin
    from minsheng_xl.plan.blank import INSTRUCTIONS, blank_tables
    from minsheng_xl.problems import MisuseError

    if options.year is not None:
        raise MisuseError("--year 要和 --like 一起用。")
    year = _let_go(options, begin(options.dir, blank_tables(), may_be_blank=True))
    print(f"已建立 {year.root}，计划是空白的：请打开 {year.plan_path}，照“{INSTRUCTIONS.sheet}”一页和灰色的示例填写。")
    print(f"填好以后运行 minsheng-xl plan check {year.root}")
    return DONE


def _import(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from minsheng_xl.beginning.answering import accept_defaults, answer, questions_of
    from minsheng_xl.plan.answers import question_in_words
    from minsheng_xl.problems import MisuseError
    from minsheng_xl.year.folder import Year

    *papers, folder = options.paths
    if len(papers) > 1:
        raise MisuseError("import 后面写一个文件、一个文件夹；文件名里有空格的，用引号括起来。")
    if not papers and Path(folder).is_file():
        raise MisuseError(f"{folder} 是一个文件：后面还要写一年的文件夹，如 minsheng-xl import {folder} 某县2023。")
    if papers and not _bring(options, papers[0], folder):
        return FAILED
    if papers and not (options.answer or options.defaults):
        return DONE
    year = _let_go(options, Year(folder))
    answered = answer(year, _answers_of(options.answer))
    answered += accept_defaults(year) if options.defaults else ()
    if answered:
        print(f"已答复 {len(answered)} 处，写进了 {year.plan_path}：")
        for one in answered:
            print(f"  {one}")
    left = [one for one in questions_of(year) if one.is_open]
    print(f"还有 {len(left)} 处待确认：" if left else "没有待确认的了。")
    for question in left:
        print(f"  {question_in_words(question)}")
    return DONE


def _bring(options: "argparse.Namespace", paper: str, folder: str) -> bool:
    from pathlib import Path

    from minsheng_xl.beginning.importing import Wish
    from minsheng_xl.desk.bringing import bring, paper_of
    from minsheng_xl.desk.closing import answered

    wish = Wish(options.year, options.region, options.table)
    return bring(paper_of(paper), Path(folder), wish, answered, print)


def _answers_of(texts: "Sequence[str]") -> dict[str, str]:
    """The answers that were given as 编号=答复. Raises MisuseError."""
    from minsheng_xl.problems import MisuseError

    found: dict[str, str] = {}
    for text in texts:
        number, sign, said = text.replace("＝", "=", 1).partition("=")
        if not sign or not number.strip() or not said.strip():
            raise MisuseError(f"--answer 后面写的是“{text}”，请写成 编号=答复，如 3=120。")
        found[number.strip()] = said
    return found


def _init_like(options: "argparse.Namespace") -> int:
    from minsheng_xl.beginning.rollover import begin_like
    from minsheng_xl.year.folder import PLAN_FILE, Year

    root = begin_like(_let_go(options, Year(options.like)), options.dir, to=options.year)
    print(f"已建立 {root}：单位、别名、联系人、参数照 {options.like}。任务表、指标还是空的，分母、年初数、序时也没有。")
    print(f"请在 {root / PLAN_FILE} 里填写，核对标题、年度和报送期限，然后运行 minsheng-xl plan check {root}")
    return DONE


def _rollover(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from minsheng_xl.beginning.rollover import refuse_taken, rollover, unfinished
    from minsheng_xl.desk.asking import nobody_answers, wanted_of
    from minsheng_xl.plan.next_year import ALL
    from minsheng_xl.problems import MisuseError
    from minsheng_xl.year.folder import PLAN_FILE

    year = _open(options)
    refuse_taken(Path(options.new))
    if not options.yes and nobody_answers():
        raise MisuseError("这里没有人回答。要把指标全部转入，请加 --yes。")
    left = unfinished(year)
    wanted = ALL if options.yes else wanted_of(year.written_plan, left)
    if wanted is None:
        print("没有转入。")
        return DONE
    result = rollover(year, options.new, to=options.year, wanted=wanted)
    print(f"已建立 {result.root}。请打开 {result.root / PLAN_FILE} 核对：")
    for words in result.to_check:
        print(f"  · {words}")
    if left:
        print(f"  · 还没有定稿的：{left}。以后数变了，年初数请照改。")
    return DONE


def _build(options: "argparse.Namespace") -> int:
    from minsheng_xl.master.build import build
    from minsheng_xl.telling.status import current_period

    year = _open(options)
    period = current_period(year) if options.period is None else year.period(options.period)
    _say_master(build(year, period, _now(), fresh=options.fresh, macros=not options.no_macros))
    return DONE


def _issue(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk import terminal
    from minsheng_xl.desk.asking import nobody_answers
    from minsheng_xl.desk.closing import answered
    from minsheng_xl.desk.settling import settle
    from minsheng_xl.sending.issue import issue, issue_certification, issue_confirmation

    year = _open(options)
    if options.confirm is not None:
        result = issue_confirmation(year, year.period(options.confirm), _now())
        print(f"已生成 {len(result.workbooks)} 个核对单，在 {result.folder}。填好的放进 {year.inbox}，再汇总一次。")
    elif options.certify is not None:
        result = issue_certification(year, year.period(options.certify), _now())
        print(f"已生成 {len(result.workbooks)} 个认定表，在 {result.folder}。填好的放进 {year.inbox}，再汇总一次。")
    else:
        period = year.period(options.period)
        if not nobody_answers() and not settle(year, answered, print):
            print("没有下发。")
            return FAILED
        with terminal.progress(f"下发 {period}") as progress:
            result = issue(year, period, _now(), progress=progress)
        guide = f"（连同 {result.guide.name}）" if result.guide else ""
        print(f"已生成 {len(result.workbooks)} 个填报表{guide}，在 {result.folder}")
    for words in result.misread:
        print(words, file=sys.stderr)
    for path in result.kept:
        print(f"{path.name} 发出后被改过，没有替换；要重新生成，请先把它移走。", file=sys.stderr)
    return DONE


def _consolidate(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk.cluster import executor_of

    year = _open(options)
    period, behind = year.period(options.period), year.register.last_seq()
    with executor_of(options.executor) as executor:
        return _taken_in(options, year, period, behind, executor)


def _taken_in(
    options: "argparse.Namespace", year: "Year", period: "Period", behind: int, executor: "Executor | None" = None
) -> int:
    """Consolidate a period, and tell what came of it, of the mails that were read behind an entry too."""
    from contextlib import nullcontext

    from minsheng_xl.desk import terminal
    from minsheng_xl.taking.consolidate import consolidate
    from minsheng_xl.telling.status import file_of, is_clean, status
    from minsheng_xl.year.entries import LetterRead

    quiet: Any = nullcontext(lambda done, of: None)
    with quiet if options.json else terminal.progress(f"汇总 {period}") as progress:
        result = consolidate(year, period, _now(), progress=progress, executor=executor)
    state = status(year, period)
    for found in result.unread:
        print(found, file=sys.stderr)
    if options.json:
        _print_json({**state, "files": [file_of(one) for one in result.files]})
    else:
        letters = year.register.entries(LetterRead, after=behind)
        if letters:
            from minsheng_xl.desk.posting import tell_letters

            tell_letters(letters)
        terminal.show_files(result.files, period)
        terminal.show_account(state)
        terminal.show_projects(state)
        _say_master(result.master)
        if result.answers:
            print(f"要发回单位的 {len(result.answers)} 个文件（核实单、退回的表）在 {year.returned_folder(period)}")
    return FAILED if options.strict and not is_clean(state, result.files) else DONE


def _send(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk.posting import send_out

    return send_out(options, _open(options), _now)


def _remind(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk.posting import remind_out

    return remind_out(options, _open(options), _now)


def _supervise(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk.supervising import supervise_at_desk

    return supervise_at_desk(options, _open(options), _now())


def _mail(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk.posting import set_up_mail

    return set_up_mail(options)


def _gather(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk.posting import gather_in

    return gather_in(options, _open(options))


def _fetch(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk.posting import fetch_in
    from minsheng_xl.telling.status import current_period

    year = _open(options)
    period = current_period(year) if options.period is None else year.period(options.period)
    result, behind = fetch_in(options, year, _now)
    code = _taken_in(options, year, period, behind)
    return FAILED if result.broken or result.left else code


def _decide(options: "argparse.Namespace") -> int:
    from minsheng_xl.accounts.values import about
    from minsheng_xl.master.decide import correct_receipt, decide
    from minsheng_xl.problems import MisuseError

    if options.agrees and not options.paper:
        raise MisuseError("--agrees 要和 --paper 一起用。")
    year = _open(options)
    if options.received:
        day = _day(options.received, _now())
        file = correct_receipt(year, options.id, day, _now(), why=options.why)
        print(f"{file} 的收到日期记为 {day}。")
    elif options.paper:
        _note_paper(year, options)
    elif options.word:
        period = year.period(options.period) if options.period is not None else None
        item = decide(year, options.id, options.word, _now(), why=options.why, period=period)
        what = about(item.key) if item.key else item.file
        print(f"已记下：{item.kind} {item.unit} {what}：{options.word}")
    else:
        raise MisuseError("请写决定（如 属实、不计入、应填的数），或用 --received 更正收到日期，用 --paper 登记纸质件。")
    print("再汇总一次，总台账就会更新。")
    return DONE


def _note_paper(year: "Year", options: "argparse.Namespace") -> None:
    from minsheng_xl.desk.arguments import NO_PAPER
    from minsheng_xl.master.paper import WORDS, PaperSaid, note_paper

    day = None if options.paper == NO_PAPER else _day(options.paper, _now())
    said = PaperSaid(day, WORDS[options.agrees] if options.agrees and day else None)
    file = note_paper(year, options.id, said, _now())
    agrees = f"，核对数相符：{options.agrees}" if said.agrees is not None else ""
    print(f"{file} 的纸质件 {day} 收到{agrees}。" if day else f"{file} 的纸质件登记已取消。")


def _listed(text: str) -> list[str]:
    """The words of a list that is given as one argument."""
    import re

    return [word for word in re.split(r"[,，、\s]+", text) if word]


def _print(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from minsheng_xl.telling.print import print_period

    year = _open(options)
    period = year.period(options.period)
    what = _listed(options.what)
    out = Path(options.out) if options.out else None
    result = print_period(year, period, _now(), what=what, out=out, by_leader=options.leader)
    if result.master is not None:
        _say_master(result.master)
    print(f"已打印 {period}，{len(result.files)} 个文件在 {result.folder}：{'、'.join(path.name for path in result.files)}")
    if result.no_pdf:
        print(f"{result.no_pdf}。", file=sys.stderr)
    return DONE


def _close(options: "argparse.Namespace") -> int:
    from minsheng_xl.closing.close import Circular, close
    from minsheng_xl.closing.still_open import open_before, still_open
    from minsheng_xl.desk.asking import nobody_answers
    from minsheng_xl.desk.closing import answered, ask_before_closing, ask_for_circular, closed_in_words, told

    year = _open(options)
    period, now = year.period(options.period), _now()
    circular = Circular(options.document, options.signed_by, _day(options.dated) if options.dated else None)
    if not options.yes and not nobody_answers():
        if not ask_before_closing(year, period, now, answered, print):
            print(f"{period} 没有定稿。要定稿的，最后一问请输入 是。")
            return FAILED
        circular = circular if any(circular) else ask_for_circular(answered, print)
    elif not options.yes:
        print("\n".join(told(still_open(year, period), period)))
        print("没有定稿。看过上面这些，确定照此定稿的，请加 --yes 再运行一次。", file=sys.stderr)
        return FAILED
    closed = close(year, period, now, circular=circular)
    print("\n".join(closed_in_words(closed, open_before(year, period))))
    _stamp_closing(year)
    return DONE


def _reopen(options: "argparse.Namespace") -> int:
    from minsheng_xl.closing.reopen import reopen

    year = _open(options)
    period = year.period(options.period)
    kept = reopen(year, period, _now(), why=options.why)
    print(f"{period} 的定稿已撤销。原来印的在 {kept}；请再汇总、核对，重新定稿，印出来的标“更正稿”。")
    return DONE


def _day(text: str, now: "datetime | None" = None) -> "date":
    """The day of a text; by `now` one that has been may lack its year. Raises MisuseError."""
    from minsheng_xl.master.paper import day_of
    from minsheng_xl.problems import MisuseError

    day = day_of(text, now)
    if day is None:
        raise MisuseError(f"“{text}”不是日期。请写成 2022-11-05 的样子。")
    return day


def _setup(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk.setting import set_up

    for words in set_up():
        print(words)
    return DONE


def _check_desk(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from minsheng_xl.desk.checking.told import check_desk, check_desk_json

    if options.json:
        found = check_desk_json(Path(options.dir), _now())
        _print_json(found)
        return DONE if found["ok"] else FAILED
    return DONE if check_desk(Path(options.dir), _now(), lambda words: print(words, flush=True)) else FAILED


def _help(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk.helping import told

    for line in told(options.words):
        print(line)
    return DONE


def _live(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from minsheng_xl.desk.button import click

    print(click(options.task, Path(options.workbook), _now()))
    return DONE


def _register(options: "argparse.Namespace") -> int:
    year = _open(options)
    entries, equal, lost = year.rebuild()
    print(f"登记库已由归档重建：{entries} 条，与原来{'一致' if equal else '不同，以重建的为准'}。")
    for sha256 in lost:
        print(f"归档里缺了内容指纹为 {sha256} 的文件，或它已损坏。请从备份恢复。", file=sys.stderr)
    wrong = _verified(year, "核对原件").contradictions
    for words in wrong:
        print(words, file=sys.stderr)
    if wrong:
        print("登记库照日志重建了，但上面这些和归档里的原件不符，日志像是被改动过。请从备份恢复日志。", file=sys.stderr)
    return FAILED if lost or wrong else DONE


def _stamp(options: "argparse.Namespace") -> int:
    from minsheng_xl.problems import MisuseError

    year = _open(options)
    service = options.url or year.written_plan.settings.stamping
    if not service:
        raise MisuseError("没有写时间戳服务的网址。请在计划“参数”里填“时间戳服务”，或加 --url。")
    _say_stamped(year, service)
    return DONE


def _say_stamped(year: "Year", service: str) -> None:
    from minsheng_xl.proof.stamp import stamp

    print(f"{stamp(year, service, _now()).words}。请另存一份在别处。")


def _stamp_closing(year: "Year") -> None:
    """Have a closing stamped where the plan says by whom; that nobody answers stops nothing."""
    from minsheng_xl.problems import MinshengError

    service = year.written_plan.settings.stamping
    if service:
        try:
            _say_stamped(year, service)
        except MinshengError as error:
            print(error, file=sys.stderr)


def _report_up(options: "argparse.Namespace") -> int:
    from minsheng_xl.levels.report_up import report_up

    year = _open(options)
    result = report_up(year, year.period(options.period), _now())
    for words in result.misread:
        print(words, file=sys.stderr)
    upward = result.upward
    print(f"{upward.account.period} 上级报表（{upward.state}）：{'、'.join(str(path) for path in result.files)}")
    again = "与上一次上报的一样，没有另外记。" if result.is_again else "请核对、签字、盖章后报上级；收到的人可以拿它来对。"
    print(f"上报码 {upward.own_code}，校验码 {upward.code}。{again}")
    if result.no_pdf:
        print(f"{result.no_pdf}。", file=sys.stderr)
    return DONE


def _verify(options: "argparse.Namespace") -> int:
    from pathlib import Path

    year = _open(options)
    if options.upward:
        from minsheng_xl.levels.compare import compare_upward

        held = compare_upward(year, Path(options.upward))
        if options.json:
            _print_json({"sound": held.is_sound, "sentences": [*held.sentences]})
        else:
            print("\n".join(held.sentences), file=None if held.is_sound else sys.stderr)
        return DONE if held.is_sound else FAILED
    found = _verified(year, "核验", quiet=options.json, stamps=tuple(map(Path, options.stamp)))
    if options.json:
        _print_json(found.as_json())
    else:
        _say_verified(found)
        _attest(year, found)
    return DONE if found.is_sound else FAILED


def _attest(year: "Year", found: "Verification") -> None:
    """Write 数据核验单; that it cannot be written makes nothing less true."""
    from minsheng_xl.problems import MinshengError
    from minsheng_xl.proof.attest import attest

    try:
        result = attest(year, found, _now())
    except (MinshengError, OSError) as error:
        print(f"数据核验单没有写：{error}", file=sys.stderr)
        return
    print(f"数据核验单：{'、'.join(str(path) for path in result.files)}")
    if result.no_pdf:
        print(f"{result.no_pdf}。", file=sys.stderr)


def _verified(
    year: "Year", title: str, *, quiet: bool = False, stamps: "Sequence[Path]" = ()
) -> "Verification":
    from contextlib import nullcontext

    from minsheng_xl.desk import terminal
    from minsheng_xl.proof.verify import verify
    from minsheng_xl.year.watching import unwatched

    watched: Any = nullcontext(unwatched) if quiet else terminal.progress(title)
    with watched as progress:
        return verify(year, progress, stamps)


def _say_verified(found: "Verification") -> None:
    from minsheng_xl.proof.verify import Verdict

    print(found.journal)
    for period in found.periods:
        counts = (f"{verdict.value} {found.count(verdict, period)}" for verdict in Verdict)
        print(f"{period}：{'，'.join(counts)}")
    for one in (*found.of(Verdict.UNPROVED), *found.notes):
        print(one)
    wrong = [*found.faults, *found.contradictions]
    for words in wrong:
        print(words, file=sys.stderr)
    print(f"核验完毕，有 {len(wrong)} 处不对。" if wrong else "核验完毕，没有发现不对的地方。")


def _plan(options: "argparse.Namespace") -> int:
    from minsheng_xl.changes.adopt import planned
    from minsheng_xl.plan.load import load_plan
    from minsheng_xl.plan.tables import EVENTS
    from minsheng_xl.problems import MisuseError
    from minsheng_xl.year.folder import Year

    year = _let_go(options, Year(options.dir, writable=False))
    if options.action == "export":
        return _export_tasks(year, options.file)
    if options.file is not None:
        raise MisuseError("plan check 后面只写一年的文件夹。")
    if not year.has_begun:
        warnings = load_plan(year.plan_path).warnings
        print("\n".join(map(str, warnings)) or "计划没有问题，还没有开始用。")
        _say_open(year)
        return DONE
    for warning in year.plan.warnings:
        print(warning)
    _say_open(year)
    found = planned(year)
    print("\n".join(found.changes) or "计划没有要紧的改动。")
    for sentence in found.mistaken:
        print(sentence.strip(), file=sys.stderr)
    for loss in found.losses:
        print(f"不在账上了：{loss}", file=sys.stderr)
    for row in found.rows:
        print(f"请在“{EVENTS.name}”表（{'、'.join(EVENTS.titles)}）里加：{row}", file=sys.stderr)
    return FAILED if found.losses or found.mistaken else DONE


def _export_tasks(year: "Year", file: "str | None") -> int:
    from pathlib import Path

    from minsheng_xl.problems import MisuseError
    from minsheng_xl.telling.export import export_tasks

    if file is None:
        raise MisuseError("请写任务表写到哪个文件，如 任务表.docx。")
    export_tasks(year.written_plan, Path(file))
    print(f"任务表已写好：{file}")
    return DONE


def _say_open(year: "Year") -> None:
    """Say how much of the plan is open, and what of it keeps forms from going out."""
    from minsheng_xl.plan.answers import asked_in_words

    questions = year.written_plan.open_questions
    blocking = sum(one.blocks for one in questions)
    if questions:
        print(asked_in_words(len(questions)) + (f"，其中 {blocking} 处没有答复就不能下发。" if blocking else "。"))


def _inspect(options: "argparse.Namespace") -> int:
    from minsheng_xl.accounts.values import Outcome
    from minsheng_xl.desk.cluster import executor_of
    from minsheng_xl.problems import MisuseError
    from minsheng_xl.taking.inspect import inspect, inspected

    if options.jobs < 1:
        raise MisuseError(f"--jobs 应是不小于 1 的整数，不是 {options.jobs}。")
    year, outcomes, words = _open(options), list[Outcome](), list[str]()
    with executor_of(options.executor) if options.executor else _executor(options.jobs) as executor:
        for one in inspect(year, options.paths, executor):
            outcomes.append(one.outcome)
            if options.json:
                _print_json(inspected(year.plan, one), indent=None)
            else:
                words.append(_ended(year, one))
                _say_inspected(one, words[-1])
    if not options.json:
        _sum_up(words)
    clean = {*outcomes} <= {Outcome.ACCEPTED, Outcome.DUPLICATE}
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


def _ended(year: "Year", one: Any) -> str:
    """How a file ended, in a word; of one that the year has taken in already, that."""
    from minsheng_xl.accounts.values import Outcome

    says_nothing_new = one.outcome in (Outcome.ACCEPTED, Outcome.DUPLICATE)
    return "已汇总" if says_nothing_new and year.register.judged_as(one.sha256) is not None else one.outcome.label


def _say_inspected(one: Any, word: str) -> None:
    from minsheng_xl.texts import one_line

    whose = f"（{one.unit or ''} {one.period or ''}）" if one.unit or one.period else ""
    print(f"{one_line(one.file)}：{word}{whose}")
    for found in one.problems:
        print(f"    {found.severity.value}　{found}")


def _sum_up(words: "Sequence[str]") -> None:
    """Say how many files ended how, and that nothing was recorded."""
    if not words:
        print("没有要检查的文件。")
        return
    counts = "，".join(f"{word} {words.count(word)}" for word in dict.fromkeys(words))
    print(f"共 {len(words)} 个文件：{counts}。只是检查，什么也没有登记；汇总才登记，和已采用的数不同的那时列入待决事项。")


def _status(options: "argparse.Namespace") -> int:
    from minsheng_xl.desk import terminal
    from minsheng_xl.telling.status import current_period, status
    from minsheng_xl.year.copies import copy_faults

    year = _open(options)
    for words in copy_faults(year.journal):
        print(words, file=sys.stderr)
    period = current_period(year) if options.period is None else year.period(options.period)
    state = status(year, period)
    if options.json:
        _print_json(state)
    else:
        if state["last_year"]["trouble"]:
            print(state["last_year"]["trouble"], file=sys.stderr)
        terminal.show_account(state)
        terminal.show_projects(state)
        terminal.show_units(state)
    return DONE


def _history(options: "argparse.Namespace") -> int:
    from contextlib import nullcontext

    from minsheng_xl.desk import terminal
    from minsheng_xl.memory.history import history
    from minsheng_xl.year.watching import unwatched

    year = _open(options)
    period = year.period(options.period) if options.period is not None else None
    watched: Any = nullcontext(unwatched) if options.json else terminal.progress("数据溯源")
    with watched as progress:
        found = history(year, unit=options.unit, code=options.indicator, period=period, progress=progress)
    if options.json:
        _print_json(found.as_json())
        return DONE
    terminal.show_history(found)
    if found.lost:
        print(f"归档里缺原件、没有写出单元格的：{'、'.join(found.lost)}。请从备份恢复归档。", file=sys.stderr)
    if options.sheet and found.steps:
        from minsheng_xl.memory.paper import asked_of, trace

        result = trace(year, found, asked_of(year.plan, options.unit, options.indicator, period), _now())
        print(f"数据溯源表：{'、'.join(str(path) for path in result.files)}")
        if result.no_pdf:
            print(f"{result.no_pdf}。", file=sys.stderr)
        if result.left:
            print(f"太多了，表里没有最早的 {result.left} 步。请按单位、指标、期次分开查。", file=sys.stderr)
    return DONE


def _export(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from minsheng_xl.memory.export import export

    year = _open(options)
    what = _listed(options.what)
    result = export(year, what=what, form=options.format, out=Path(options.out) if options.out else None)
    print("，".join(f"{title} {count} 行" for title, count in result.rows.items()))
    print(f"已导出：{'、'.join(str(path) for path in result.files)}")
    return DONE


def _proofread(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from minsheng_xl.memory.proofread import proofread

    year = _open(options)
    found = proofread(year, Path(options.file), year.period(options.period))
    if options.json:
        _print_json(found.as_json())
        return FAILED if found.wrong else DONE
    for words in found.left_out:
        print(words, file=sys.stderr)
    for one in found.wrong:
        print(f"{one.where} {one.number}：{one.sentence}")
        print(f"    现在的账：{one.now}")
    others = "，".join(f"{what} {count}" for what, count in found.others.items())
    print(f"对得上的数 {found.agreed} 个，对不上的 {len(found.wrong)} 个{f'；不是数的：{others}' if others else ''}。")
    return FAILED if found.wrong else DONE


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

    # In another encoding than UTF-8 it is of ASCII alone: whoever reads it need not know which.
    print(json.dumps(state, ensure_ascii=not is_utf8(sys.stdout), indent=indent), flush=indent is None)


def _now() -> Any:
    from datetime import datetime

    return datetime.now()


_RUN = {
    "menu": _menu,
    "demo": _demo,
    "init": _init,
    "import": _import,
    "rollover": _rollover,
    "build": _build,
    "issue": _issue,
    "send": _send,
    "fetch": _fetch,
    "remind": _remind,
    "gather": _gather,
    "supervise": _supervise,
    "mail": _mail,
    "inspect": _inspect,
    "print": _print,
    "close": _close,
    "reopen": _reopen,
    "check-desk": _check_desk,
    "setup": _setup,
    "live": _live,
    "plan": _plan,
    "register": _register,
    "decide": _decide,
    "consolidate": _consolidate,
    "status": _status,
    "history": _history,
    "export": _export,
    "proofread": _proofread,
    "stamp": _stamp,
    "report-up": _report_up,
    "verify": _verify,
    "help": _help,
}
