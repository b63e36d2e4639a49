"""Who speaks in a mail, from whom, and when the last server took it."""

import os
import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from minsheng_xl.letters.model import LetterKind
from minsheng_xl.letters.read import read
from tests.letters.corpus import lines, mixed, part, text, words

ORIGINAL = lines(b"Content-Type: message/rfc822", b"", mixed(text(), boundary=b"o", last=b"--o--"))
DAEMON = b"From: Mail Delivery System <MAILER-DAEMON@mailserver>"
BOUNCED = "Undelivered Mail Returned to Sender"


def subject(said: str) -> bytes:
    return b"Subject: " + words(said, "utf-8")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ((DAEMON, subject(BOUNCED)), LetterKind.BOUNCE),
        ((b"From: MAILER-DAEMON", subject(BOUNCED)), LetterKind.BOUNCE),
        ((b"From: <mailer-daemon@[10.1.2.3]>", subject("anything")), LetterKind.BOUNCE),
        ((b"From: postmaster@qq.com", subject("系统退件通知")), LetterKind.BOUNCE),
        ((b"From: postmaster@x.cn", subject("您的邮件被拒收")), LetterKind.BOUNCE),
        ((b"From: postmaster@x.cn", subject("Mail failure")), LetterKind.BOUNCE),
        ((b"From: no-reply@qiye.aliyun.com", subject("系统退信")), LetterKind.BOUNCE),
        ((b"From: MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.cn", subject("无法传递")), LetterKind.BOUNCE),
        ((b"From: no-reply@qiye.aliyun.com", subject("会议通知")), LetterKind.PERSON),
        ((b"From: zhang@x.cn", subject("转发：系统退信")), LetterKind.PERSON),
        ((b"From: zhang@x.cn", subject("系统退信，请重发")), LetterKind.PERSON),
        ((b"From: zhang@x.cn", subject("自动回复：十月的表")), LetterKind.AUTOMATIC),
        ((b"From: zhang@x.cn", subject("Automatic reply: x")), LetterKind.AUTOMATIC),
        ((b"From: zhang@x.cn", subject("回复：自动回复：十月的表")), LetterKind.PERSON),
        ((b"From: zhang@x.cn", subject("关于设置自动回复的说明")), LetterKind.PERSON),
        ((b"From: zhang@x.cn", subject("x"), b"Precedence: auto-reply"), LetterKind.AUTOMATIC),
        ((b"From: zhang@x.cn", subject("x"), b"X-POST-MessageClass: 9; Autoresponder"), LetterKind.AUTOMATIC),
        ((b"From: zhang@x.cn", subject("x"), b"Auto-Submitted: auto-generated (vacation)"), LetterKind.AUTOMATIC),
        ((b"From: oa@x.cn", subject("x"), b"Auto-Submitted: auto-generated"), LetterKind.PERSON),
        ((b"From: zhang@x.cn", subject("未读: 十月的表")), LetterKind.AUTOMATIC),
    ],
)
def test_who_speaks(head: tuple[bytes, ...], kind: LetterKind) -> None:
    assert read(mixed(text("unit3@x.gov.cn 无法投递"), ORIGINAL, head=head)).head.kind is kind


def test_a_report_with_one_failure_among_delays_is_one() -> None:
    status = lines(b"Content-Type: message/delivery-status", b"", b"Final-Recipient: rfc822; a@x.cn", b"Action: failed", b"", b"Final-Recipient: rfc822; b@x.cn", b"Action: delayed")
    head = read(mixed(text(), status, ORIGINAL, head=(DAEMON, subject("x")), kind=b"multipart/report; report-type=delivery-status")).head
    assert head.kind is LetterKind.BOUNCE and "a@x.cn" in head.failed


def test_a_receipt_is_no_answer() -> None:
    receipt = lines(b"Content-Type: message/disposition-notification", b"", b"Disposition: manual-action")
    head = (b"From: zhang@x.cn", subject("Return Receipt (displayed) - x"))
    assert read(mixed(text(), receipt, head=head, kind=b"multipart/report; report-type=disposition-notification")).head.kind is LetterKind.AUTOMATIC


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        (b"zhang@x.cn", "zhang@x.cn"), (b"<Zhang@X.cn>", "zhang@x.cn"), (b'"A <b@y.cn>" <zhang@x.cn>', "zhang@x.cn"),
        (b"wang@y.cn (zhang@x.cn)", "wang@y.cn"), (b'"A" <a@x.cn> (<evil@q.cn>)', "a@x.cn"),
        (b"=?utf-8?Q?=3Cevil=40q=2Ecn=3E?= a@x.cn", "a@x.cn"), (b"can_lian@x_y.gov.cn", "can_lian@x_y.gov.cn"),
        (b"canlian@mail", "canlian@mail"), (b"=?gbk?B?1cXI/Q==?= <a@x.cn>", "a@x.cn"), (b"", ""), (b"no address", ""),
    ],
)
def test_from_whom(raw: bytes, sender: str) -> None:
    assert read(lines(b"From: " + raw, b"Subject: x", b"", b"y")).head.sender == sender


@pytest.fixture
def china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of a Chinese office."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be set here")
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.setenv("TZ", before) if before is not None else monkeypatch.delenv("TZ")
    time.tzset()


@pytest.mark.parametrize(
    ("said", "when"),
    [
        (b"Sat, 5 Nov 2022 09:30:00 +0800", datetime(2022, 11, 5, 9, 30)), (b"Sat, 5 Nov 2022 01:30:00 +0000", datetime(2022, 11, 5, 9, 30)),
        (b"5 Nov 2022 01:30:00 -0000", datetime(2022, 11, 5, 9, 30)), (b"Sat, 5 Nov 2022 09:30:00 CST", datetime(2022, 11, 5, 9, 30)),
        (b"Sat, 5 Nov 2022 09:30:00 +0800 (GMT+08:00; CST)", datetime(2022, 11, 5, 9, 30)), (b"Thu, 1 Jan 1970 00:00:00 +0000", None), (b"never", None),
    ],
)
def test_when_the_last_server_took_it(china: None, said: bytes, when: datetime | None) -> None:
    received = b"Received: from a (b [1.2.3.4]) by c with SMTP id 1; " + said
    assert read(lines(received, b"Received: from x by a; Fri, 4 Nov 2022 01:00:00 +0000", b"From: a@b.cn", b"", b"x")).head.received == when


def test_a_form_from_a_daemon_is_a_persons() -> None:
    form = part(b"PK\x03\x04" + bytes(200))
    assert read(mixed(text(), form, head=(b"From: postmaster@x.gov.cn", subject("发送失败，重报")))).head.kind is LetterKind.PERSON
