"""A numbered menu for desks where nobody types commands: each number is one command of `minsheng-xl`."""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.beginning.doors import renew_doors
from minsheng_xl.desk.arguments import SIGNED
from minsheng_xl.desk.asking import Ask, Say, typed
from minsheng_xl.desk.new_plan import new_plan, way_for
from minsheng_xl.desk.pasted import pasted_path, year_at
from minsheng_xl.desk.person import computer_user, person
from minsheng_xl.desk.setting import remember_name, renew_setting
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError, PlanError
from minsheng_xl.telling.status import current_period
from minsheng_xl.texts import one_line
from minsheng_xl.year.folder import Year

_NAMELESS = "-"
Run = Callable[[Sequence[str]], int]


class Choice(NamedTuple):
    """A line of the menu: what it says, and the arguments of its command for (folder, period, answers).

    `questions` are asked first, and their answers `read`; without an answer it is what is `assumed` in the folder, or
    nothing is done. A command that cannot be taken back lightly asks by itself.
    """

    title: str
    arguments: Callable[[str, str, Sequence[str]], list[str]]
    questions: tuple[str, ...] = ()
    assumed: str = ""
    read: Callable[[str], str] = pasted_path


class Errand(NamedTuple):
    """A line of the menu that can be chosen before there is a period: what it says, and the arguments of its command,
    None where a question is not answered."""

    title: str
    arguments: Callable[[Path, Ask, Say], list[str] | None]


def _looked_up(_folder: Path, ask: Ask, _say: Say) -> list[str] | None:
    word = pasted_path(ask("要查的词，如 核实单（回车返回）：")).strip()
    return ["help", "--", word] if word else None


CHOICES: tuple[Choice | Errand, ...] = (
    Choice("下发：给各单位生成填报表", lambda folder, period, _: ["issue", folder, "--period", period]),
    Choice("汇总：读 收件/ 里的新文件，更新总台账", lambda folder, period, _: ["consolidate", folder, "--period", period]),
    Choice("看情况：各单位报送情况、各项目进展", lambda folder, period, _: ["status", folder, "--period", period]),
    Choice(
        "检查来件：只检查，不登记",
        lambda folder, _, answers: ["inspect", *answers, "--plan", folder],
        ("要检查的文件或文件夹（回车检查 收件/）：",),
        assumed="收件",
    ),
    Choice("催报：催报单和催报文字", lambda folder, period, _: ["print", folder, "--period", period, "--what", "催报"]),
    Choice("打印：打印稿、PDF、通报初稿", lambda folder, period, _: ["print", folder, "--period", period]),
    Choice("发认定表：给认定单位", lambda folder, period, _: ["issue", folder, "--certify", period]),
    Choice("发核对单：定稿以前请牵头单位核对采用的数", lambda folder, period, _: ["issue", folder, "--confirm", period]),
    Choice("定稿：列出没有办完的事，问过以后这一期的数不再变", lambda folder, period, _: ["close", folder, "--period", period]),
    Choice(
        "撤销定稿：印错了、数错了的这一期，改过以后重新定稿",
        lambda folder, period, answers: ["reopen", folder, "--period", period, f"--why={answers[0]}"],
        ("为什么撤销，如 总表印错（回车返回）：",),
        read=one_line,
    ),
    Choice(
        "更正收到日期：早就收到、放进来晚了的，不算迟报",
        lambda folder, _, answers: ["decide", folder, answers[0], f"--received={answers[1]}"],
        ("总台账“收件登记”里那一行的内容指纹，如 1a2b3c4d（回车返回）：", "收到的日期，如 2022-11-05（回车返回）："),
        read=typed,
    ),
    Errand("检查计划：有什么问题，改了什么，从哪一期起", lambda folder, _ask, _: ["plan", "check", str(folder)]),
    Choice(
        "导出任务表：照公布的样子写成 Word 或 Excel 文件",
        lambda folder, _, answers: ["plan", "export", folder, str(Path(folder) / answers[0])],
        ("文件叫什么，如 任务表.docx、任务表.xlsx（放在这一年的文件夹里，回车返回）：",),
    ),
    Choice("核验：日志、归档、每个数的原件对一遍，出数据核验单", lambda folder, _period, _: ["verify", folder]),
    Choice(
        "转入下一年：由这一年的计划建立下一年的文件夹",
        lambda folder, _, answers: ["rollover", folder, str(Path(folder).resolve().parent / answers[0])],
        ("新一年的文件夹叫什么（建在这个文件夹旁边，回车返回）：",),
    ),
    Errand("建一个新计划：由公布的任务表、空白的、照另一个文件夹", new_plan),
    Errand("检查这台电脑：哪些能用，缺什么，怎么办", lambda folder, _ask, _: ["check-desk", str(folder)]),
    Errand("查手册：一个词怎么说、怎么办", _looked_up),
    Choice("发送：把填报表用邮件发给各单位", lambda folder, period, _: ["send", folder, "--period", period]),
    Choice("收取：把邮箱里的新邮件取进来，再汇总", lambda folder, period, _: ["fetch", folder, "--period", period]),
    Choice("催报邮件：照日子提醒没有报的单位", lambda folder, period, _: ["remind", folder, "--period", period]),
    Choice("发回：把核实单、退回的表用邮件发回单位", lambda folder, period, _: ["send", folder, "--answers", period]),
    Choice(
        "搜集：从微信、钉钉、OA 的下载文件夹里把填报表抄进来",
        lambda folder, _, answers: ["gather", folder, answers[0]],
        ("哪个文件夹（可以把它拖到这里，回车返回）：",),
    ),
    Errand("设邮箱：这台电脑用哪个邮箱发送、收取", lambda _folder, _ask, _say: ["mail", "setup"]),
    Choice(
        "数据溯源：一个指标的数由哪个单位报、由谁改，在哪个文件的哪一格",
        lambda folder, _, answers: ["history", folder, f"--indicator={answers[0]}", "--sheet"],
        ("指标的编码，如 3-1（回车返回）：",),
        read=typed,
    ),
    Choice(
        "打印趋势表、趋势图、单位报送台账",
        lambda folder, period, _: ["print", folder, "--period", period, "--what", "趋势、趋势图、台账"],
    ),
    Choice(
        "校对通报：改过的通报里的每个数和账对一遍",
        lambda folder, period, answers: ["proofread", folder, answers[0], "--period", period],
        ("哪个文件（可以把它拖到这里，回车返回）：",),
    ),
    Choice("导出数据：数、进展、文字、报送等一行一件事的表，供别的程序分析", lambda folder, _period, _: ["export", folder]),
    Choice("上报：这一期的数写成给上级的一份表", lambda folder, period, _: ["report-up", folder, "--period", period]),
)


def show_menu(folder: Path, run: Run, ask: Ask = input, say: Say = print) -> int:
    """Show the menu for a year's folder until 0 is chosen or the input ends. Returns the exit code of
    the last command that was run."""
    code = 0
    try:
        found = _year_folder(folder, run, ask, say)
        if found is None:
            return code
        renew_doors(found)
        renew_setting()
        name, ahead = _name(ask)
        run, period = _signed(run, name), _current(found)
        while True:
            say(f"\n{found.resolve().name}　　期次：{period or '—'}{_closings(found, period)}")
            for number, line in enumerate(CHOICES, 1):
                say(f"  {number}  {line.title}")
            say(f"  {len(CHOICES) + 1}  换一期\n  0  退出")
            answer, ahead = ahead or typed(ask("请输入数字：")), ""
            if answer == "0":
                return code
            choice = _chosen(answer)
            if answer == str(len(CHOICES) + 1) or (isinstance(choice, Choice) and period is None):
                period = _asked(found, ask, say) or period
            elif choice is not None:
                arguments = _arguments(choice, found, str(period), ask, say)
                if arguments is not None:
                    code = _run(arguments, run, say)
                    ask("按回车键回到菜单。")
            elif answer:
                say(f"没有“{answer}”这一项，请输入 0 到 {len(CHOICES) + 1} 的数字。")
    except (EOFError, KeyboardInterrupt):
        return code


def _name(ask: Ask) -> tuple[str, str]:
    """Who works at the menu this time, "" for the computer's user alone, offered again the next time; and a number that
    was typed instead, for the menu."""
    last, user = person().name, computer_user() or "—"
    told = f"回车用“{last}”，只记电脑用户 {user} 的请输入 {_NAMELESS}" if last else f"回车只记电脑用户 {user}"
    answer = typed(one_line(ask(f"经办人姓名（{told}）：")))
    if not answer or answer.isdecimal():
        return last, answer
    name = "" if answer in (_NAMELESS, "—", "——") else answer
    remember_name(name)
    return name, ""


def _signed(run: Run, name: str) -> Run:
    """Commands of which the journal keeps who ran them, with the name."""

    def signed(arguments: Sequence[str]) -> int:
        return run([*arguments, f"--who={name}"] if arguments[0] in SIGNED else arguments)

    return signed


def _chosen(answer: str) -> Choice | Errand | None:
    """The line of the menu that an answer means."""
    is_one = answer.isdecimal() and 0 < int(answer) <= len(CHOICES)
    return CHOICES[int(answer) - 1] if is_one else None


def _arguments(choice: Choice | Errand, folder: Path, period: str, ask: Ask, say: Say) -> list[str] | None:
    """The command of a line, once its questions are answered; None if one is not."""
    if isinstance(choice, Errand):
        return choice.arguments(folder, ask, say)
    answers = _answers(choice, folder, ask)
    return None if answers is None else choice.arguments(str(folder), period, answers)


def _answers(choice: Choice, folder: Path, ask: Ask) -> list[str] | None:
    """What is answered to the questions of a line; None if one is not."""
    answers: list[str] = []
    for question in choice.questions:
        answer = choice.read(ask(question)).strip()
        if not answer and not choice.assumed:
            return None
        if choice.assumed:
            answer = _below(folder, answer) if answer else str(folder / choice.assumed)
        answers.append(answer)
    return answers


def _below(folder: Path, answer: str) -> str:
    """A path that was answered; one that is nowhere from here, as 收件/核对 is where the menu was opened elsewhere, but
    in the year's folder, is meant there."""
    there = folder / answer
    return str(there) if there.exists() and not Path(answer).exists() else answer


def _run(arguments: Sequence[str], run: Run, say: Say) -> int:
    say("")
    code = run(arguments)
    say("已完成。" if code == 0 else "没有完成，原因见上。")
    return code


def _year_folder(folder: Path, run: Run, ask: Ask, say: Say) -> Path | None:
    """The folder of a year: this one, the one that it lies in, or the one that is named; none is made unasked."""
    while (found := year_at(folder)) is None:
        say(f"{folder.resolve()} 里没有 计划.xlsx，不是一年的文件夹。")
        answer = pasted_path(ask("请写一年的文件夹（可以把它，或里面的 计划.xlsx 拖到这里；要新建的也写在这里；回车退出）："))
        if not answer:
            return None
        folder = Path(answer)
        if year_at(folder) is None and _may_become_a_year(folder) and _is_wanted(folder, ask):
            arguments = way_for(folder, ask, say)
            if arguments is not None:
                run(arguments)
    return found


def _may_become_a_year(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _is_wanted(folder: Path, ask: Ask) -> bool:
    there = "是空的" if folder.exists() else "还没有"
    return typed(ask(f"{folder.absolute()} {there}。在这里新建一年的文件夹，请输入 是；写错了的按回车，重新写：")) == "是"


def _current(folder: Path) -> Period | None:
    """The period the office is working on; None if the plan cannot be read (each command says why)."""
    try:
        with closing(Year(folder)) as year:
            return current_period(year)
    except (MinshengError, PlanError, OSError):
        return None


def _closings(folder: Path, period: Period | None) -> str:
    """What is said beside a period: that it is closed, or that a later one is and this one not."""
    if period is None:
        return ""
    with suppress(MinshengError, PlanError, OSError), closing(Year(folder)) as year:
        closed = [one for one in year.plan.periods if one >= period and year.register.closed(one) is not None]
        if period in closed:
            return "（已定稿）"
        if closed:
            return f"（还没有定稿；{closed[-1]} 已定稿）"
    return ""


def _asked(folder: Path, ask: Ask, say: Say) -> Period | None:
    text = typed(ask("期次，如 2022-10（回车返回）："))
    if not text:
        return None
    try:
        with closing(Year(folder)) as year:
            return next((period for period in year.plan.periods if period.may_be(text)), None) or year.period(text)
    except PlanError as error:
        for found in error.problems:
            say(str(found))
    except (MinshengError, OSError) as error:
        say(str(error))
    return None
