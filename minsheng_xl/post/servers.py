"""Connections to mail servers: encrypted before anything is said, to a server that proves its name.

Where the certificate is not good, or TLS is not to be had, nothing is sent, the secret least of all. The authorities
are the system's (SSL_CERT_FILE counts, as for every program that uses OpenSSL).
"""

import imaplib
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from minsheng_xl.post.account import Account, Server
from minsheng_xl.post.secret import Secret
from minsheng_xl.problems import MinshengError

SECONDS = 30.0
"""How long a server may be silent."""
_TLS, _STARTTLS = (465, 993, 994), (25, 587, 143)
_FOR_NOW = (450, 451, 452, 454)
_PROGRAM = "minsheng-xl"
_CODE = "163、126、QQ 邮箱要用授权码，不是登录密码：在网页邮箱的 设置 → POP3/SMTP/IMAP 里开启服务，生成授权码"
imaplib._MAXLINE = 10_000_000  # type: ignore[attr-defined] # the answer to a search of a large folder is one line


class NotReached(MinshengError):
    """A server did not answer, or broke off: it may later."""


class NotLetIn(MinshengError):
    """A server is not the one that it should be, or does not let this user in."""


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


@contextmanager
def smtp(account: Account, secret: Secret) -> Iterator[smtplib.SMTP]:
    """A connection by which letters are handed in, logged in. Raises NotReached, NotLetIn."""
    server = account.smtp
    with _told(server, "发件"):
        client = _smtp_of(server)
    try:
        with _told(server, "发件"):
            _log_in_smtp(client, account, secret)
        yield client
    finally:
        with suppress(smtplib.SMTPException, OSError, ValueError):
            client.quit()
        client.close()


def _smtp_of(server: Server) -> smtplib.SMTP:
    if server.port not in _STARTTLS:
        try:
            return smtplib.SMTP_SSL(server.host, server.port, "localhost", timeout=SECONDS, context=_context())
        except ssl.SSLCertVerificationError:
            raise
        except (ssl.SSLError, smtplib.SMTPServerDisconnected):
            if server.port in _TLS:
                raise
    client = smtplib.SMTP(server.host, server.port, local_hostname="localhost", timeout=SECONDS)
    try:
        client.ehlo()
        if not client.has_extn("starttls"):
            raise NotLetIn(f"发件服务器 {server} 不加密（没有 TLS），没有登录，授权码没有发出。请换一个端口（多为 465 或 587），或问网管。")
        client.starttls(context=_context())
        client.ehlo()
    except BaseException:
        client.close()
        raise
    return client


def _log_in_smtp(client: smtplib.SMTP, account: Account, secret: Secret) -> None:
    client.ehlo_or_helo_if_needed()
    if not client.has_extn("auth"):
        raise NotLetIn(f"发件服务器 {account.smtp} 不让登录，没有发。请问网管。")
    try:
        client.login(account.user, secret.told())
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code in _FOR_NOW:
            raise NotReached(f"发件服务器 {account.smtp} 现在不让登录（{error.smtp_code}），过一会儿再试。") from None
        raise NotLetIn(f"发件服务器 {account.smtp} 不让 {account.user} 登录（{error.smtp_code}）。{_CODE}。") from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException):
        raise
    except smtplib.SMTPException:
        raise NotLetIn(f"发件服务器 {account.smtp} 要的登录方式本程序不会，没有发。请问网管。") from None


@contextmanager
def imap(account: Account, secret: Secret) -> Iterator[imaplib.IMAP4]:
    """A connection by which letters are read, logged in, no folder chosen. Raises NotReached, NotLetIn."""
    server = account.imap
    if server is None:
        raise MinshengError("这个邮箱只能发送，没有设收件服务器。请运行 minsheng-xl mail setup，写上 --imap。")
    with _told(server, "收件"):
        client = _imap_of(server)
    try:
        with _told(server, "收件"):
            _log_in_imap(client, account, server, secret)
        yield client
    finally:
        with suppress(imaplib.IMAP4.error, OSError, ValueError):
            client.logout()
        with suppress(OSError, ValueError):
            client.shutdown()


def _imap_of(server: Server) -> imaplib.IMAP4:
    if server.port not in _STARTTLS:
        try:
            return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=_context(), timeout=SECONDS)
        except ssl.SSLCertVerificationError:
            raise
        except (ssl.SSLError, imaplib.IMAP4.abort):
            if server.port in _TLS:
                raise
    client = imaplib.IMAP4(server.host, server.port, timeout=SECONDS)
    try:
        if "STARTTLS" not in client.capabilities:
            raise NotLetIn(f"收件服务器 {server} 不加密（没有 TLS），没有登录，授权码没有发出。请换一个端口（多为 993），或问网管。")
        client.starttls(ssl_context=_context())
    except BaseException:
        with suppress(OSError, ValueError):
            client.shutdown()
        raise
    return client


def _log_in_imap(client: imaplib.IMAP4, account: Account, server: Server, secret: Secret) -> None:
    try:
        client.login(account.user, secret.told())
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        raise NotLetIn(f"收件服务器 {server} 不让 {account.user} 登录。{_CODE}。") from None
    if "ID" in _capabilities(client):  # 163 and its like want it before a folder; a server that lists none may hang up
        imaplib.Commands.setdefault("ID", ("AUTH", "SELECTED"))
        with suppress(imaplib.IMAP4.readonly):
            client._simple_command("ID", f'("name" "{_PROGRAM}" "version" "1")')


def _capabilities(client: imaplib.IMAP4) -> tuple[str, ...]:
    """What a server can do for one who is logged in, which may be more than it said before."""
    kind, found = client.capability()
    words = b" ".join(one for one in found if isinstance(one, bytes)) if kind == "OK" else b""
    return tuple(words.decode("ascii", "replace").upper().split())


@contextmanager
def _told(server: Server, what: str) -> Iterator[None]:
    """Say in words why a server cannot be spoken to."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise NotLetIn(f"{what}服务器 {server} 的证书{_why_not_good(error)}，没有登录，授权码没有发出。请核对服务器的名字，或问网管。") from None
    except ssl.SSLError:
        raise NotLetIn(f"{what}服务器 {server} 不能加密连接，没有登录，授权码没有发出。请核对端口（发送多为 465，收取多为 993），或问网管。") from None
    except socket.gaierror:
        raise NotReached(f"找不到{what}服务器 {server.host}。请核对名字，看看网络通不通。") from None
    except TimeoutError:
        raise NotReached(f"{what}服务器 {server} 没有应答。请看看网络通不通，过一会儿再试。") from None
    except smtplib.SMTPResponseException as error:
        raise NotReached(f"{what}服务器 {server} 不受理（{error.smtp_code}），过一会儿再试。") from None
    except (imaplib.IMAP4.abort, OSError):  # among them all of smtplib's
        raise NotReached(f"{what}服务器 {server} 连不上，或断开了。请核对端口，看看网络通不通，过一会儿再试。") from None
    except imaplib.IMAP4.error:
        raise NotReached(f"{what}服务器 {server} 不受理，过一会儿再试。") from None
    except ValueError:
        raise NotLetIn(f"{what}服务器 {server} 的名字写得不对，或答的看不懂，没有登录。请核对服务器的名字和端口。") from None


def _why_not_good(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in (10, 9):
        return "过期了，或还没有生效"
    if error.verify_code in (62, 64):
        return "不是这个名字的"
    return "不是这台电脑认可的机构签发的（可能是自己签的）"
