"""A month by mail: 38 forms go out, units answer in every shape, what comes of it equals the month by hand."""

import email
import email.policy
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from minsheng_xl import Year, consolidate
from minsheng_xl.accounts.letters import LetterOutcome
from minsheng_xl.beginning.clerk import fill
from minsheng_xl.beginning.invented import Invented
from minsheng_xl.beginning.play import shown_periods
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.posting import account_path
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.post.account import Account, remember
from minsheng_xl.year.entries import LetterRead, Reminded
from tests.letters import corpus, written
from tests.libreoffice.soffice import PROGRAM, convert
from tests.makers import figure
from tests.post.conftest import OCTOBER, reading
from tests.post.servers import SECRET, Letterbox, Mailbox

WORDS = "没有附件"
SHAPES: dict[str, Callable[[str, bytes], bytes]] = {
    "as it is": lambda head, form: _mail(head, corpus.part(form)),
    "zipped": lambda head, form: _mail(head, corpus.part(corpus.zipped(("表.xlsx", form)))),
    "rar": lambda head, form: _mail(head, corpus.part(written.rar([("表.xlsx", form)]))),
    "winmail.dat": lambda head, form: _mail(head, corpus.part(written.tnef([("表.xlsx", form)]), kind=b"application/ms-tnef")),
    "passed on": lambda head, form: _mail(head, corpus.lines(b"Content-Type: message/rfc822", b"", _mail(head, corpus.part(form)))),
    "a mail of Outlook's": lambda head, form: _mail(head, corpus.part(written.msg([("表.xlsx", form)]), disposition=b'attachment; filename="a.msg"')),
    "a raw name": lambda head, form: _mail(head, corpus.part(form, disposition=b'attachment; filename="' + "十月表.xlsx".encode("gbk") + b'"')),
    "two files": lambda head, form: _mail(head, corpus.part(b"%PDF-1.4 scan", disposition=b'attachment; filename="scan.pdf"'), corpus.part(form)),
}


def _mail(sender: str, *parts: bytes) -> bytes:
    return corpus.mixed(corpus.text("请查收"), *parts, head=(b"From: " + sender.encode(), b"Subject: " + corpus.words("十月的表", "gbk")), boundary=b"b%d" % sum(map(len, parts)), last=b"--b%d--" % sum(map(len, parts)))


def _others(addresses: list[str]) -> dict[str, tuple[bytes, LetterOutcome]]:
    """Mails without a form, and how each ends."""
    head = (b"From: " + addresses[0].encode(), b"Subject: " + corpus.words("已报", "gbk"))
    failed = b"Final-Recipient: rfc822; " + addresses[1].encode()
    return {
        "words": (corpus.lines(*head, b"", "已报，见上次".encode()), LetterOutcome.ANSWER),
        "a picture": (corpus.mixed(corpus.text("盖章页"), corpus.part(b"\xff\xd8\xff\xe0" + bytes(900)), head=head), LetterOutcome.ATTACHMENT),
        "a link": (corpus.lines(*head, b"", "超大附件：https://mail.qq.com/cgi-bin/ftnExs_download".encode()), LetterOutcome.ANSWER),
        "on holiday": (corpus.lines(head[0], b"Subject: " + corpus.words("自动回复: 表", "gbk"), b"Auto-Submitted: auto-replied", b"", b"x"), LetterOutcome.AUTOMATIC),
        "came back": (corpus.mixed(corpus.text("undeliverable"), corpus.lines(b"Content-Type: message/delivery-status", b"", failed, b"Action: failed"), head=(b"From: mailer-daemon@mx.cn", b"Subject: Undelivered Mail"), kind=b"multipart/report; report-type=delivery-status"), LetterOutcome.BOUNCE),
        "an advertisement": (corpus.mixed(corpus.text("发票"), corpus.part(b"%PDF-1.4 bill"), head=(b"From: ad@shop.com", b"Subject: bill")), LetterOutcome.FOREIGN),
    }


@pytest.fixture
def desk(letterbox: Letterbox, mailbox: Mailbox, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Account:
    """A desk whose mailbox is set up."""
    monkeypatch.setenv("MINSHENG_MAIL_SECRET", SECRET)
    found = reading(mailbox, account)
    remember(account_path(), found)
    return found


def test_a_month_by_mail_is_the_month_by_hand(
    whole_addressed: Year, desk: Account, letterbox: Letterbox, mailbox: Mailbox, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    year, root = whole_addressed, str(whole_addressed.root)
    by_hand = Year(shutil.copytree(year.root, tmp_path / "手工"))
    year.close()
    assert main(["send", root, "--period", "2022-10", "--yes"]) == 0
    assert "已发出 38，共 38 个单位" in capsys.readouterr().out
    assert len(letterbox.taken) == 38
    plan = year.plan
    invented = Invented(plan, shown_periods(plan.periods))
    answering = list(plan.reporting_units)[:-3]
    by_address = {unit.addresses[0]: unit for unit in plan.reporting_units}
    shapes = list(SHAPES.items())
    for number, taken in enumerate(letterbox.taken):
        unit = by_address[taken.to[0]]
        if unit not in answering:
            continue
        (sent,) = email.message_from_bytes(taken.content, policy=email.policy.default).iter_attachments()  # type: ignore[attr-defined]
        received, filled = tmp_path / "收到.xlsx", by_hand.inbox / f"{unit.sheet_name}.xlsx"
        received.write_bytes(sent.get_content())
        form = unit_form(plan, unit, OCTOBER, {})
        on = date(2022, 11, 1)
        answers = dict(invented.answers(form, unit, OCTOBER, on))
        if unit.name == "县残联":
            answers[figure("8-1")] = "约106"
        fill(received, filled, form, answers, on)
        if number == 0 and PROGRAM is not None:  # as a clerk's LibreOffice saves it
            shutil.copy(convert([filled], "xlsx", tmp_path / "重新保存", recalculate=False)[0], filled)
        _, shape = shapes[number % len(shapes)]
        mailbox.put(shape(unit.addresses[0], filled.read_bytes()), number, datetime(2022, 11, 3, 9, number % 60))
    others = _others([unit.addresses[0] for unit in plan.reporting_units if unit not in answering])
    for number, (content, _) in enumerate(others.values(), 100):
        mailbox.put(content, number, datetime(2022, 11, 4, 9, number % 60))
    before = mailbox.state()
    now = datetime(2022, 11, 8, 10)
    monkeypatch.setattr("minsheng_xl.desk.cli._now", lambda: now)
    assert main(["fetch", root, "--period", "2022-10"]) == 0
    told = capsys.readouterr().out
    assert mailbox.state() == before
    count = len(answering)
    assert f"读了 {count + len(others)} 封邮件 = 来表 {count} + 附件 1 + 没有附件的答复 2 + 退信 1 + 自动回复 1 + 与填报无关 1" in told
    assert "已报，见上次" in told and "超大附件" in told
    year = Year(year.root)
    ends = Counter(one.outcome for one in year.register.entries(LetterRead))
    assert ends == Counter(outcome.value for _, outcome in others.values()) + Counter({"return": count})
    consolidate(by_hand, OCTOBER, now)
    mine, theirs = (account_of(plan, one.register, OCTOBER) for one in (year, by_hand))
    assert {name: mine.standing(name) for name in mine.units} == {name: theirs.standing(name) for name in theirs.units}
    assert mine.entries() == theirs.entries() and len(mine.entries()) > 20
    held = {path.name: path for path in year.returned_folder(OCTOBER).glob("*.xlsx")}
    letterbox.taken.clear()
    year.close()
    assert main(["remind", root, "--period", "2022-10", "--yes"]) == 0
    late = [unit.addresses for unit in plan.reporting_units if unit not in answering]
    assert [one.to for one in letterbox.taken] == late
    year = Year(year.root)
    (reminded,) = year.register.entries(Reminded)
    assert reminded.stage == "逾期" and len(reminded.units) == len(late)
    letterbox.taken.clear()
    year.close()
    assert main(["send", root, "--answers", "2022-10", "--yes"]) == 0
    assert len(letterbox.taken) == len(held) == 1
    assert letterbox.taken[0].to == plan.unit("县残联").addresses
    year = Year(year.root)
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in year.root.rglob("*") if path.is_file())
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in Path(tmp_path / "home").rglob("*") if path.is_file())
    by_hand.close()
    year.close()
