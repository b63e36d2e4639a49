"""Mail at the desk: what is about to go out is shown and agreed to, how it went is told, what nobody knows is asked."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from minsheng_xl.accounts.letters import LetterOutcome
from minsheng_xl.desk import terminal
from minsheng_xl.desk.asking import Ask, Say, nobody_answers, typed
from minsheng_xl.desk.setting import MAIL_SETTING, setting_path
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tables import names_in
from minsheng_xl.post.account import WARNING, Account, AccountSaid, account_of, remember, remembered
from minsheng_xl.post.room import MailRoom
from minsheng_xl.post.secret import Secret, secret_of, store
from minsheng_xl.post.send import TO_BE_SENT, Due, Mailed, SendResult, due_letters, send, settle
from minsheng_xl.post.words import ANSWER, CERTIFY, CONFIRM, FOLDER, FORM
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.texts import one_line
from minsheng_xl.year.folder import Year

if TYPE_CHECKING:
    import argparse

    from minsheng_xl.post.fetch import FetchResult
    from minsheng_xl.post.remind import Reminder
    from minsheng_xl.year.entries import LetterRead

DONE, FAILED = 0, 1
_AGREED, _WAS_SENT, _ONCE_MORE = "是", "1", "2"
Clock = Callable[[], datetime]


def account_path() -> Path:
    """Where the account is remembered: in the person's own settings."""
    return setting_path().with_name(MAIL_SETTING)


def send_out(options: "argparse.Namespace", year: Year, now: Clock) -> int:
    """The command send."""
    period, what = _asked_for(options, year)
    if what in (FORM, CONFIRM) and year.register.closed(period) is not None:
        raise MinshengError(f"{period} 已经定稿，不再发{what}。")
    again = list(names_in(options.again))
    units = [*names_in(options.units), *again] if options.units else []
    for name in names_in(options.settled):
        settle(year, period, what, name, now(), was_sent=True)
        print(f"已记下：{name} 的{what}已经收到，不再发。")
    year.plan.at(period).units_called(again)
    due = due_letters(year, period, what, units or again)
    if options.group or options.eml:
        return _put_aside(options, year, period, due, now)
    _show_due(due, period, what)
    if options.dry_run:
        print("只看，没有发。" + (f"邮件里的话在 {year.root / FOLDER}，可以改。" if due else ""))
        return DONE
    if any(one.state is Mailed.UNKNOWN for one in due):
        asked = units or again
        again = [*again, *_settled(year, due, period, what, now)]
        due = due_letters(year, period, what, asked)
    count = sum(_goes(one, year, again) for one in due)
    if not count:
        print("没有要发的。")
        return _code(due)
    account = remembered(account_path())
    if not _agreed(options, f"从 {account.sender} 发 {count} 封"):
        return FAILED
    secret = secret_of(account, _ask_secret())
    with terminal.progress(f"发送 {period} {what}") as progress:
        result = send(MailRoom(year, account, secret, now, progress=progress), period, what, due, again=again)
    return tell_sent(result)


def _put_aside(options: "argparse.Namespace", year: Year, period: Period, due: Sequence[Due], now: Clock) -> int:
    """Write what a person sends himself: a parcel for a group, or drafts."""
    from minsheng_xl.post.drafts import put_drafts, put_parcel

    if options.group:
        made = put_parcel(year, due, period, due[0].carried.what)
        print(f"压缩包 {made.parcel}，和它一起发到群里的话在 {made.text.name}。")
        return DONE
    paths = put_drafts(due, period, remembered(account_path()), Path(options.eml), now())
    print(f"{len(paths)} 封草稿在 {options.eml}，用 Foxmail、Outlook 打开，核对后发送。")
    return DONE


def _asked_for(options: "argparse.Namespace", year: Year) -> tuple[Period, str]:
    asked = {CERTIFY: options.certify, CONFIRM: options.confirm, ANSWER: options.answers, FORM: options.period}
    for what, given in asked.items():
        if given is not None:
            return year.period(given), what
    raise MisuseError("请写明期次，如 --period 2022-10。")


def _show_due(due: Sequence[Due], period: Period, what: str) -> None:
    rows = [(one.carried.unit.name, one.state.label, "、".join(one.carried.to) or "—", one.told) for one in due]
    terminal.show_letters(f"{period} {what}", rows)
    if due:
        first = next((one for one in due if one.state is Mailed.READY), due[0])
        print(f"邮件的样子（{first.carried.unit.name}）：\n  主题：{first.words.subject}")
        for line in first.words.body.splitlines():
            print(f"  {line}")


def _goes(one: Due, year: Year, again: Sequence[str]) -> bool:
    wanted = {year.plan.canonical(name) for name in again}
    return not one.carried.why and (one.state in TO_BE_SENT or one.carried.unit.name in wanted)


def _code(due: Sequence[Due]) -> int:
    return DONE if all(one.state is Mailed.SENT for one in due) else FAILED


def _settled(year: Year, due: Sequence[Due], period: Period, what: str, now: Clock) -> list[str]:
    """Ask of the letters of which nobody knows whether they went out; the units that are sent theirs once more."""
    unknown = [one.carried.unit.name for one in due if one.state is Mailed.UNKNOWN]
    if not unknown or nobody_answers():
        for name in unknown:
            print(
                f"{name}：上次交给服务器时断了，不知道发出没有。请在邮箱的“已发送”里找，或问单位：收到了的加 --settled {name}，没有的加 --again {name}。",
                file=sys.stderr,
            )
        return []
    again = []
    for name in unknown:
        answer = typed(input(f"{name}：上次不知道发出没有，请看邮箱的“已发送”。{_WAS_SENT} 已经发出，{_ONCE_MORE} 再发一次（回车先不管）："))
        if answer == _WAS_SENT:
            settle(year, period, what, name, now(), was_sent=True)
        elif answer == _ONCE_MORE:
            again.append(name)
    return again


def _agreed(options: "argparse.Namespace", what: str) -> bool:
    """Whether a person says yes to what is about to be sent; nothing goes out without a word."""
    if options.yes:
        return True
    if nobody_answers():
        print(f"没有发。确定{what}的，请加 --yes 再运行一次。", file=sys.stderr)
        return False
    if input(f"确定{what}请输入 {_AGREED}（回车不发）：").strip() == _AGREED:
        return True
    print("没有发。")
    return False


def _ask_secret() -> Callable[[str], str] | None:
    if nobody_answers():
        return None
    from getpass import getpass

    return getpass


def tell_sent(result: SendResult) -> int:
    """Tell how a run of sending ended; the exit code of it."""
    told = [one for one in result.units if one.state is not Mailed.SENT or one.now]
    rows = [(one.unit, one.state.label, "、".join(one.to) or "—", one.said) for one in told]
    terminal.show_letters(f"{result.period} {result.what}", rows)
    counts = {state: result.count(state) for state in Mailed}
    added = "，".join(f"{state.label} {count}" for state, count in counts.items() if count)
    print(f"{added}，共 {len(result.units)} 个单位。")
    if result.broken:
        print(f"{result.broken}再运行一次，接着发没有发的。", file=sys.stderr)
    return DONE if counts[Mailed.SENT] == len(result.units) else FAILED


def fetch_in(options: "argparse.Namespace", year: Year, now: Clock) -> "tuple[FetchResult, int]":
    """Fetch what is new in the mailbox; the result and the entry behind which what is read of it stands."""
    from minsheng_xl.post.fetch import fetch

    account = remembered(account_path())
    secret = secret_of(account, _ask_secret())
    behind = year.register.last_seq()
    with terminal.progress("收取邮件") as progress:
        result = fetch(MailRoom(year, account, secret, now, progress=progress))
    told = f"从 {account.box} 取到 {result.fetched} 封新邮件，放在 {year.inbox / '邮件'}；邮箱里什么也没有动。"
    print(told, file=sys.stderr if options.json else sys.stdout)
    for words in result.left:
        print(f"· {words}", file=sys.stderr)
    if result.broken:
        print(result.broken, file=sys.stderr)
    return result, behind


_ANSWERS = {
    LetterOutcome.ANSWER: "请回复：附件没有收到，请把填好的表作为普通附件发来",
    LetterOutcome.BOUNCE: "邮箱写错了或满了，请核对“单位”表的邮箱，再发一次",
}


def tell_letters(read: "Sequence[LetterRead]") -> None:
    """Tell how the mails that were read ended; the words add up to all of them."""
    if not read:
        return
    counts = Counter(one.outcome for one in read)
    added = " + ".join(f"{outcome.label} {counts[outcome.value]}" for outcome in LetterOutcome)
    print(f"读了 {len(read)} 封邮件 = {added}")
    for one in read:
        outcome = LetterOutcome(one.outcome)
        if outcome in (LetterOutcome.RETURN, LetterOutcome.ATTACHMENT):
            continue
        said = one_line(one.words)[:60]
        whose = one.unit or one.sender or "不知道是谁"
        what = "附件没有随信到达（超大附件），请改用普通附件" if one.has_link else _ANSWERS.get(outcome, "")
        quoted = f"“{said}”" if said else ""
        parts = (f"· {outcome.label}：{whose}", one.subject[:40], quoted, f"{what}。" if what else "")
        print("　".join(filter(None, parts)))


def remind_out(options: "argparse.Namespace", year: Year, now: Clock) -> int:
    """The command remind."""
    from minsheng_xl.plan.stages import OVERDUE
    from minsheng_xl.post.remind import remind_by_mail, remind_by_paper, remind_by_text, reminder_of

    period = year.period(options.period)
    _note_otherwise(year, period, list(names_in(options.otherwise)), now)
    reminder = reminder_of(year, period, now().date())
    _show_owing(reminder)
    if not reminder.owing:
        return DONE
    if reminder.stage == OVERDUE and not options.yes and not nobody_answers():
        came = _ticked(reminder, input, print)
        _note_otherwise(year, period, came, now)
        reminder = reminder_of(year, period, now().date()) if came else reminder
    by = options.by
    ways = {"mail": "发送邮件催报", "text": "写成催报文字", "paper": "打印催报单"}
    if not reminder.owing or not _agreed(options, f"给 {len(reminder.owing)} 个单位{ways[by]}（{reminder.stage}）"):
        return FAILED if reminder.owing else DONE
    if by == "mail":
        account = remembered(account_path())
        secret = secret_of(account, _ask_secret())
        with terminal.progress(f"催报 {period}") as progress:
            return tell_sent(remind_by_mail(MailRoom(year, account, secret, now, progress=progress), reminder))
    if by == "text":
        print(f"催报文字在 {remind_by_text(year, reminder, now())}，可以粘到群里、短信里。已记一次催报。")
    else:
        result = remind_by_paper(year, reminder, now())
        print(f"催报单在 {result.folder}：{'、'.join(path.name for path in result.files)}。已记一次催报。")
        if result.no_pdf:
            print(f"{result.no_pdf}。", file=sys.stderr)
    return DONE


def _note_otherwise(year: Year, period: Period, names: Sequence[str], now: Clock) -> None:
    from minsheng_xl.post.remind import note_otherwise

    note_otherwise(year, period, names, now())
    if names:
        print(f"已记下：{'、'.join(names)} 已从其他途径收到，这一期不再催。表还没有进收件夹的，请放进来。")


def _show_owing(reminder: "Reminder") -> None:
    if not reminder.owing:
        print(f"{reminder.period} 没有要催的单位。")
        return
    print(f"{reminder.period} 催报（{reminder.stage}）：{len(reminder.owing)} 个单位")
    for number, one in enumerate(reminder.owing, 1):
        told = "；".join(filter(None, (one.owes, one.came, f"已催{one.times_in_words}" if one.times else "")))
        print(f"  {number}  {one.unit}：{told}")


def _ticked(reminder: "Reminder", ask: Ask, say: Say) -> list[str]:
    """The units whose return came on another way, by the numbers that a person types."""
    while True:
        answer = typed(ask("已从其他途径收到的，写前面的编号，用空格分开（没有的回车）："))
        numbers = answer.replace("、", " ").replace(",", " ").split()
        if all(one.isdecimal() and 0 < int(one) <= len(reminder.owing) for one in numbers):
            return [reminder.owing[int(one) - 1].unit for one in numbers]
        say(f"“{answer}”里有不是编号的，请写 1 到 {len(reminder.owing)} 的数字。")


def set_up_mail(options: "argparse.Namespace") -> int:
    """The command mail: set up the mailbox, or try it."""
    if options.action == "check":
        account = remembered(account_path())
        _try(account, secret_of(account, _ask_secret()))
        return DONE
    print(f"提醒：邮件{WARNING}。")
    asks = not nobody_answers()
    user = options.user or (_asked("邮箱（登录用的，如 office@163.com）：") if asks else "")
    if not user:
        raise MisuseError("请写 --user 登录邮箱用的名字，如 --user office@163.com。")
    name = options.name or (_asked("发件人显示的名字，如 县政府办（没有的回车）：") if asks and not options.smtp else "")
    account = account_of(AccountSaid(
        user=user, sender=options.sender or "", smtp=options.smtp or "", imap=options.imap or "", name=name,
        folders=tuple(options.folder), pause=options.pause, provider=options.provider or "",
    ))
    secret = secret_of(account, _ask_secret(), is_new=True)
    _try(account, secret)
    remember(account_path(), account)
    kept = store(account, secret)
    print(f"邮箱设好了，记在 {account_path()}（里面没有授权码）。")
    print("授权码存在这台电脑的密码库里。" if kept else "这台电脑没有可用的密码库：每次发、收时再问，或设环境变量 MINSHENG_MAIL_SECRET。")
    return DONE


def _asked(question: str) -> str:
    return one_line(input(question)).strip()


def _try(account: Account, secret: Secret) -> None:
    """Log in where letters are handed in, and where they are fetched. Raises MinshengError."""
    from minsheng_xl.post.servers import imap, smtp

    with smtp(account, secret):
        print(f"发送：{account.smtp} 登录成功。")
    if account.imap is None:
        print("收取：没有设，只能发。")
        return
    with imap(account, secret) as client:
        from minsheng_xl.post.fetch import quoted

        for folder in account.folders:
            kind, _ = client.select(quoted(folder), readonly=True)
            if kind != "OK":
                raise MinshengError(f"收取：{account.imap} 里没有“{folder}”这个文件夹，或不让打开。163 一类的邮箱请在网页里开启 IMAP。")
    print(f"收取：{account.imap} 登录成功，读 {'、'.join(account.folders)}。")


def gather_in(options: "argparse.Namespace", year: Year) -> int:
    """The command gather."""
    from minsheng_xl.post.gather import gather

    with terminal.progress("搜集") as progress:
        result = gather(year, options.folder, progress=progress)
    print(f"看了 {result.seen} 个文件，{len(result.copies)} 个有填报表标识，抄进了 {year.inbox / '搜集'}；{result.known} 个以前收过。原来的文件夹没有动。")
    for path in result.copies:
        print(f"  {path.name}")
    return DONE
