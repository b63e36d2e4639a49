"""Letters come in from real mailboxes and one of bad manners: each once, whole, nothing in the mailbox changed."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from minsheng_xl import Year
from minsheng_xl.post.account import Account, Server
from minsheng_xl.post.fetch import FetchResult, fetch, quoted
from minsheng_xl.post.room import MailRoom
from minsheng_xl.post.secret import Secret
from minsheng_xl.problems import MinshengError
from minsheng_xl.taking.consolidate import take_in
from minsheng_xl.year.entries import Fetched, Judged, LetterRead, Posting
from tests.letters import corpus
from tests.makers import figure, send
from tests.post.conftest import OCTOBER, reading
from tests.post.manners import BadManners
from tests.post.servers import USER, Certificates, Mailbox

NOW = datetime(2022, 11, 8, 10)


def form(year: Year, unit: str = "县残联", value: str = "106") -> bytes:
    path = send(year, unit, OCTOBER, {figure("8-1"): value} if unit == "县残联" else {}, "临时.xlsx")
    content = path.read_bytes()
    path.unlink()
    return content


def letter(content: bytes, sender: str, subject: bytes = b"x") -> bytes:
    return corpus.mixed(corpus.text("请查收"), corpus.part(content), head=(b"From: " + sender.encode(), b"Subject: " + subject))


def take(year: Year, account: Account, secret: Secret) -> FetchResult:
    return fetch(MailRoom(year, account, secret, lambda: NOW, ()))


def files(year: Year) -> list[bytes]:
    return sorted(path.read_bytes() for path in (year.inbox / "邮件").glob("*.eml"))


def test_nothing_in_the_mailbox_changes_and_each_letter_comes_once(addressed: Year, mailbox: Mailbox, secret: Secret) -> None:
    letters = [letter(form(addressed), "unit3@x.gov.cn"), corpus.plain(b"x"), b"Subject: \xca\xae\r\n\r\nhi\r\n"]
    for number, content in enumerate(letters):
        mailbox.put(content, number, datetime(2022, 11, 5, 9, number))
    before, account = mailbox.state(), reading(mailbox)
    result = take(addressed, account, secret)
    assert (result.fetched, result.known, result.broken) == (3, 0, "")
    assert files(addressed) == sorted(letters)
    assert mailbox.state() == before
    again = take(addressed, account, secret)
    assert (again.fetched, again.known) == (0, 0)
    mailbox.put(b"Subject: late\r\n\r\nhi\r\n", 9, datetime(2022, 11, 6, 9))
    assert take(addressed, account, secret).fetched == 1


def test_the_form_counts_with_the_servers_time(addressed: Year, mailbox: Mailbox, secret: Secret) -> None:
    mailbox.put(letter(form(addressed), "stranger@qq.com"), 1, datetime(2022, 11, 4, 9, 30))
    take(addressed, reading(mailbox), secret)
    take_in(addressed, OCTOBER, NOW, addressed.register.next_run())
    (judged,) = addressed.register.entries(Judged)
    assert judged.returned.outcome.value == "accepted" and judged.returned.content is not None
    assert judged.returned.content.figures[figure("8-1")] == 106
    assert judged.received == datetime(2022, 11, 4, 9, 30)
    (read,) = addressed.register.entries(LetterRead)
    assert (read.outcome, read.unit, read.parts) == ("return", "县残联", 1)


@pytest.fixture
def shy(certified: Certificates, request: pytest.FixtureRequest) -> Iterator[BadManners]:
    letters = {uid: b"From: unit1@x.gov.cn\r\nSubject: %d\r\n\r\n" % uid + b"words\r\n" * 400 for uid in (1, 2, 3)}
    server = BadManners(certified.good, letters, request.param)
    yield server
    server.close()


@pytest.mark.parametrize("shy", ["wants ID", "hates ID", "drops", "short", "long", "talks", "marks", "odd"], indirect=True)
def test_bad_manners_lose_no_letter(addressed: Year, shy: BadManners, secret: Secret, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minsheng_xl.post.servers.SECONDS", 2.0)  # as long as it is waited for a length that is too great
    account = Account(smtp=Server("localhost", 1), user=USER, sender=USER, imap=Server("localhost", shy.port))
    result = take(addressed, account, secret)
    assert (result.fetched, result.left, result.broken) == (3, (), "")
    assert files(addressed) == sorted(shy.letters.values())
    moments = {one.received.replace(tzinfo=None) for one in addressed.register.entries(Fetched)}
    assert moments == {datetime(2022, 11, 5, 1, uid).replace(tzinfo=UTC).astimezone().replace(tzinfo=None) for uid in shy.letters}
    assert not [line for line in shy.heard if b"STORE" in line or b" SELECT " in line or b"BODY[]" in line]


@pytest.mark.parametrize("shy", ["forgets"], indirect=True)
def test_numbers_that_do_not_hold_do_no_harm(addressed: Year, shy: BadManners, secret: Secret) -> None:
    account = Account(smtp=Server("localhost", 1), user=USER, sender=USER, imap=Server("localhost", shy.port))
    assert take(addressed, account, secret).fetched == 3
    again = take(addressed, account, secret)
    assert (again.fetched, again.known) == (0, 3)
    take_in(addressed, OCTOBER, NOW, addressed.register.next_run())
    assert Counter(one.outcome for one in addressed.register.entries(LetterRead)) == {"answer": 3}


@pytest.mark.parametrize("shy", ["drops always", "full", "empty"], indirect=True)
def test_one_that_cannot_be_had_is_told_and_tried_again(addressed: Year, shy: BadManners, secret: Secret) -> None:
    account = Account(smtp=Server("localhost", 1), user=USER, sender=USER, imap=Server("localhost", shy.port))
    result = take(addressed, account, secret)
    assert result.fetched == 2 and len(result.left) == 1
    assert {one.uid for one in addressed.register.entries(Fetched)} == {1, 3}
    shy.manner = "well"
    assert take(addressed, account, secret).fetched == 1
    assert files(addressed) == sorted(shy.letters.values())


@pytest.mark.parametrize("shy", ["blind", "sizeless"], indirect=True)
def test_a_server_that_does_not_tell_what_there_is_is_said(addressed: Year, shy: BadManners, secret: Secret) -> None:
    account = Account(smtp=Server("localhost", 1), user=USER, sender=USER, imap=Server("localhost", shy.port))
    result = take(addressed, account, secret)
    assert result.fetched == 0 and "收件服务器不肯" in result.broken
    assert not addressed.register.entries(Fetched)


@pytest.mark.parametrize("shy", ["quotes"], indirect=True)
def test_a_letter_in_quotes_is_one(addressed: Year, shy: BadManners, secret: Secret) -> None:
    shy.letters[2] = b'Subject: "short" \\ one'
    account = Account(smtp=Server("localhost", 1), user=USER, sender=USER, imap=Server("localhost", shy.port))
    assert take(addressed, account, secret).fetched == 3
    assert files(addressed) == sorted(shy.letters.values())


def test_a_folder_that_is_not_there_is_said(addressed: Year, mailbox: Mailbox, secret: Secret) -> None:
    with pytest.raises(MinshengError, match="垃圾邮件"):
        take(addressed, reading(mailbox)._replace(folders=("垃圾邮件",)), secret)


@pytest.mark.parametrize(
    ("name", "written"), [("INBOX", '"INBOX"'), ("垃圾邮件", '"&V4NXPpCuTvY-"'), ("A&B", '"A&-B"'), ('a"b', '"a\\"b"'), ("已读/十月", '"&XfKL+w-/&U0FnCA-"')],
)
def test_names_of_folders_are_written_as_servers_read_them(name: str, written: str) -> None:
    """The examples are those of RFC 3501's way, worked out with Python's own UTF-7."""
    assert quoted(name) == written


def test_a_letter_that_was_saved_by_hand_goes_the_same_way(addressed: Year, tmp_path: Path) -> None:
    content = letter(form(addressed), "unit1@x.gov.cn")
    received = b"Received: from a by b; Fri, 04 Nov 2022 09:30:00 +0000\r\n"
    (addressed.inbox / "十月.eml").write_bytes(received + content)
    take_in(addressed, OCTOBER, NOW, addressed.register.next_run())
    (judged,) = addressed.register.entries(Judged)
    assert judged.returned.file == "十月.eml/form.xlsx" and judged.returned.unit == "县残联"
    assert judged.received == datetime(2022, 11, 4, 9, 30).astimezone().replace(tzinfo=None)
    notes = [one.message for one in judged.returned.problems if one.code == "mail-sender"]
    assert notes == ["是从县人力资源和社会保障局的邮箱寄来的，照表上写的单位收下"]
    take_in(addressed, OCTOBER, NOW, addressed.register.next_run())
    assert len(addressed.register.entries(Judged)) == len(addressed.register.entries(LetterRead)) == 1


def test_what_we_sent_ourselves_is_no_return(addressed: Year) -> None:
    """Passed on with a reply, or lying in our own mailbox; the unit has not reported."""
    number = "<ours@x.gov.cn>"
    addressed.register.record([Posting(
        at=NOW, period=OCTOBER, unit="县残联", what="填报表", sha256="0", letter=number, to=("unit4@x.gov.cn",),
    )])
    blank = (addressed.issued_folder(OCTOBER) / "县残联_2022-10.xlsx").read_bytes()
    ours = corpus.mixed(corpus.text(), corpus.part(blank), head=(b"From: office@x.gov.cn", b"Message-ID: " + number.encode()), boundary=b"o1", last=b"--o1--")
    reply = corpus.mixed(corpus.text("收到"), corpus.lines(b"Content-Type: message/rfc822", b"", ours), head=(b"From: unit4@x.gov.cn", b"Subject: x"))
    (addressed.inbox / "我们的.eml").write_bytes(ours)
    (addressed.inbox / "回复.eml").write_bytes(reply)
    take_in(addressed, OCTOBER, NOW, addressed.register.next_run())
    assert not addressed.register.entries(Judged)
    assert {one.file: one.outcome for one in addressed.register.entries(LetterRead)} == {"我们的.eml": "foreign", "回复.eml": "answer"}


def test_a_scan_beside_a_form_is_of_whose_the_form_is(addressed: Year) -> None:
    scan = corpus.part(b"%PDF-1.4 x", disposition=b'attachment; filename="scan.pdf"')
    content = corpus.mixed(corpus.text(), scan, corpus.part(form(addressed)), head=(b"From: zhang@qq.com", b"Subject: x"))
    (addressed.inbox / "信.eml").write_bytes(content)
    take_in(addressed, OCTOBER, NOW, addressed.register.next_run())
    ends = {one.returned.file: (one.returned.outcome.value, one.returned.unit) for one in addressed.register.entries(Judged)}
    assert ends == {"信.eml/scan.pdf": ("attachment", "县残联"), "信.eml/form.xlsx": ("accepted", "县残联")}
