"""No secret leaves this desk but to a server that proves its name over TLS; what is wrong is said in words."""

import base64
import logging
import smtplib
from collections.abc import Callable

import pytest

from minsheng_xl.post.account import Account, Server
from minsheng_xl.post.secret import Secret
from minsheng_xl.post.servers import NotLetIn, NotReached, _log_in_smtp, imap, smtp
from minsheng_xl.problems import MinshengError
from tests.post.servers import SECRET, USER, Certificates, Letterbox, Mailbox, Recorder, free_port

logging.getLogger("mail.log").setLevel(logging.ERROR)


def through(way: str, port: int, secret: str = SECRET, host: str = "localhost") -> None:
    server = Server(host, port)
    if way == "smtp":
        with smtp(Account(smtp=server, user=USER, sender=USER), Secret(secret)) as client:
            assert client.noop()[0] == 250
    else:
        with imap(Account(smtp=Server("localhost", 1), user=USER, sender=USER, imap=server), Secret(secret)) as reader:
            assert reader.noop()[0] == "OK"


def test_a_good_certificate_lets_in(letterbox: Letterbox, mailbox: Mailbox) -> None:
    through("smtp", letterbox.port)
    through("imap", mailbox.port)
    assert letterbox.logins == 1


@pytest.mark.parametrize("way", ["smtp", "imap"])
@pytest.mark.parametrize(
    ("fault", "said"), [("another name", "不是这个名字的"), ("expired", "过期了"), ("signed by itself", "不是这台电脑认可的机构签发的")],
)
def test_a_bad_certificate_hears_nothing(certified: Certificates, way: str, fault: str, said: str) -> None:
    server = Recorder(b"220 hi\r\n" if way == "smtp" else b"* OK hi\r\n", certified.faulty[fault])
    with pytest.raises(NotLetIn, match="授权码没有发出") as told:
        through(way, server.port)
    server.close()
    assert said in str(told.value) and SECRET not in str(told.value)
    assert not server.heard


def _smtp_without_tls(line: bytes) -> bytes:
    return b"250-me\r\n250 AUTH PLAIN LOGIN\r\n" if line.upper().startswith(b"EHLO") else b"500 what?\r\n"


def _imap_without_tls(line: bytes) -> bytes:
    tag = line.split()[0] if line[:1].isalnum() else b"*"
    return b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n"


@pytest.mark.parametrize(
    ("way", "greeting", "answers"), [("smtp", b"220 hi\r\n", _smtp_without_tls), ("imap", b"* OK hi\r\n", _imap_without_tls)],
)
def test_a_server_without_tls_hears_no_secret(way: str, greeting: bytes, answers: Callable[[bytes], bytes]) -> None:
    server = Recorder(greeting, answers=answers)
    with pytest.raises(NotLetIn, match="不加密"):
        through(way, server.port)
    server.close()
    for secret in (SECRET.encode(), USER.encode()):
        assert secret not in server.heard and secret.hex().encode() not in server.heard
    assert b"AUTH" not in bytes(server.heard).upper() and b"LOGIN" not in bytes(server.heard).upper()


def test_a_wrong_secret_is_said_without_telling_it(letterbox: Letterbox, mailbox: Mailbox) -> None:
    for way, port in (("smtp", letterbox.port), ("imap", mailbox.port)):
        with pytest.raises(NotLetIn, match="授权码，不是登录密码") as told:
            through(way, port, "wr0ng-s3cret")
        assert "wr0ng" not in str(told.value) and told.value.__cause__ is None


@pytest.mark.parametrize("text", ['s3cret-t0ken', 's3"cret\\t0ken'])
def test_a_server_that_echoes_the_secret_shows_none(text: str) -> None:
    secret = Secret(text)
    forms = [text, text.replace("\\", "\\\\").replace('"', '\\"')]
    forms += [base64.b64encode(before + text.encode()).decode() for before in (b"", b"\0", b"\0a@x.cn\0", b"\0office@x.gov.cn\0")]
    for form in forms:
        shown = secret.shown(f"{'x' * 100} 535 bad AUTH PLAIN {form}")
        assert form[:6] not in shown and form[-8:] not in shown
    assert secret.shown(b"550 no such user") == "550 no such user"
    assert text[:4] not in repr(secret) and text[:4] not in str(secret)


def test_a_way_to_log_in_that_is_not_known_is_said() -> None:
    def answers(line: bytes) -> bytes:
        return b"250-me\r\n250 AUTH XOAUTH2\r\n" if line.upper().startswith(b"EHLO") else b"500 what?\r\n"

    class Plain(smtplib.SMTP):
        """A client in the clear, for what comes behind TLS."""

    server = Recorder(b"220 hi\r\n", answers=answers)
    client = Plain("localhost", server.port)
    with pytest.raises(NotLetIn, match="登录方式"):
        _log_in_smtp(client, Account(smtp=Server("localhost", server.port), user=USER, sender=USER), Secret(SECRET))
    client.close()
    server.close()


@pytest.mark.parametrize("way", ["smtp", "imap"])
def test_nobody_at_home(way: str) -> None:
    with pytest.raises(NotReached, match="连不上"):
        through(way, free_port())
    with pytest.raises(NotReached, match="找不到"):
        through(way, 465, host="mail.no-such-host.invalid")


def test_a_desk_that_only_sends_says_so(letterbox: Letterbox) -> None:
    with pytest.raises(MinshengError, match="没有设收件"), imap(Account(smtp=Server("localhost", 1), user=USER, sender=USER), Secret("x")):
        pass
