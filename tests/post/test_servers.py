"""No secret leaves this desk but to a server that proves its name over TLS; what is wrong is said in words."""

import logging
from collections.abc import Callable

import pytest

from minsheng_xl.post.account import Account, Server
from minsheng_xl.post.secret import Secret
from minsheng_xl.post.servers import NotLetIn, NotReached, imap, smtp
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


def test_a_server_that_echoes_the_secret_shows_none() -> None:
    secret = Secret("s3cret-t0ken")
    for form in ("s3cret-t0ken", "czNjcmV0LXQwa2Vu"):
        assert form not in secret.hidden(f"535 bad {form}")
    assert "s3cret" not in repr(secret) and "s3cret" not in str(secret)


@pytest.mark.parametrize("way", ["smtp", "imap"])
def test_nobody_at_home(way: str) -> None:
    with pytest.raises(NotReached, match="连不上"):
        through(way, free_port())
    with pytest.raises(NotReached, match="找不到"):
        through(way, 465, host="mail.no-such-host.invalid")


def test_a_desk_that_only_sends_says_so(letterbox: Letterbox) -> None:
    with pytest.raises(MinshengError, match="没有设收件"), imap(Account(smtp=Server("localhost", 1), user=USER, sender=USER), Secret("x")):
        pass
