"""Mail servers on this computer: aiosmtpd with TLS, Debian's dovecot, and one of bad manners."""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import trustme

USER, SECRET = "office@x.gov.cn", "授权码-s3cr3t".encode().hex()
REQUIRED = bool(os.environ.get("MINSHENG_REQUIRE_MAIL"))


class Certificates(NamedTuple):
    """A throw-away authority and what it certifies: the folder of its certificate, contexts of servers by their fault."""

    authority: Path
    good: ssl.SSLContext
    pem: Path
    faulty: dict[str, ssl.SSLContext]


def certificates(folder: Path) -> Certificates:
    """An authority, a good certificate for this computer, and bad ones: of another name, expired, signed by itself."""
    authority, stranger = trustme.CA(), trustme.CA()
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(path)
    good = authority.issue_cert("localhost", "127.0.0.1")
    pem = folder / "server.pem"
    good.private_key_and_cert_chain_pem.write_to_path(pem)
    past = datetime.now(UTC) - timedelta(days=1)
    faulty = {
        "another name": authority.issue_cert("elsewhere.example"),
        "expired": authority.issue_cert("localhost", "127.0.0.1", not_after=past),
        "signed by itself": stranger.issue_cert("localhost", "127.0.0.1"),
    }
    return Certificates(path, _context(good), pem, {name: _context(one) for name, one in faulty.items()})


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(found)
    return found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Delivered(NamedTuple):
    """A letter that a server took."""

    sender: str
    to: tuple[str, ...]
    content: bytes


class Letterbox:
    """aiosmtpd with TLS from the start and a login; what it took, in order; `answers` what it says to a receiver or
    behind the words of a letter instead."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

        box = self
        self.taken: list[Delivered] = []
        self.heard: list[bytes] = []
        self.logins = self.steps = 0
        self.rcpt: dict[str, list[str]] = {}
        self.data: dict[str, list[str]] = {}

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]
                box.steps += 1
                if box.rcpt.get(address):
                    return box.rcpt[address].pop(0)
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]
                box.steps += 1
                first = envelope.rcpt_tos[0]
                said = box.data[first].pop(0) if box.data.get(first) else "250 OK"
                if said.startswith(("250", "taken")):
                    box.taken.append(Delivered(envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.original_content)))
                if said in ("break", "taken, break"):
                    server.transport.abort()
                    return "451 broken"
                return said

        def authenticate(server, session, envelope, mechanism, data):  # type: ignore[no-untyped-def]
            box.logins += 1
            good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), SECRET.encode())
            return AuthResult(success=good, handled=good)

        class Tls(Controller):
            def factory(self) -> SMTP:
                with warnings.catch_warnings():  # it does not see that it is TLS from the start
                    warnings.simplefilter("ignore")
                    return SMTP(
                        self.handler, authenticator=authenticate, auth_required=True, auth_require_tls=False, ident="test",
                        data_size_limit=50_000_000,
                    )

        self._controller = Tls(Handler(), hostname="127.0.0.1", port=free_port(), ssl_context=context)
        self._controller.start()
        self.port = self._controller.port

    def close(self) -> None:
        self._controller.stop()


class Recorder:
    """A server that says a greeting and keeps whatever it hears, TLS or not; `context`: it speaks TLS first."""

    def __init__(self, greeting: bytes, context: ssl.SSLContext | None = None, answers: "Callable[[bytes], bytes] | None" = None) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.heard = bytearray()
        self._greeting, self._context, self._answers = greeting, context, answers
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                raw, _ = self._socket.accept()
                threading.Thread(target=self._talk, args=(raw,), daemon=True).start()

    def _talk(self, raw: socket.socket) -> None:
        with suppress(OSError), raw:
            raw.settimeout(10)
            line = self._context.wrap_socket(raw, server_side=True) if self._context else raw
            with line:
                line.sendall(self._greeting)
                while found := line.recv(4096):
                    self.heard += found
                    line.sendall(self._answers(found) if self._answers else b"500 what?\r\n")

    def close(self) -> None:
        self._socket.close()


class Mailbox(NamedTuple):
    """A user's Maildir behind dovecot."""

    port: int
    folder: Path

    def put(self, content: bytes, number: int, at: datetime) -> None:
        """A letter that lies there unread since then."""
        path = self.folder / "new" / f"{1_600_000_000 + number}.M{number}.host"
        path.write_bytes(content)
        os.utime(path, (at.timestamp(), at.timestamp()))

    def state(self) -> dict[str, bytes]:
        """All letters by their names, flags among them, but for what dovecot keeps for itself."""
        return {str(path.relative_to(self.folder)): path.read_bytes() for sub in ("new", "cur") for path in sorted((self.folder / sub).iterdir())}


def has_dovecot() -> bool:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


@contextmanager
def dovecot(pem: Path) -> Iterator[Mailbox]:
    """Debian's dovecot on this computer, in a folder of its own, TLS from the start. Sockets want short paths."""
    if not has_dovecot():
        if REQUIRED:
            raise AssertionError("dovecot-imapd is required and not installed")
        pytest.skip("dovecot-imapd is not installed")
    base = Path(tempfile.mkdtemp(prefix="dc", dir="/tmp"))
    port, mail = free_port(), base / "mail" / USER
    for sub in ("new", "cur", "tmp"):
        (mail / sub).mkdir(parents=True)
    import getpass
    import grp
    import pwd

    user, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    login, internal = (user, user) if os.getuid() else ("dovenull", "dovecot")  # as Debian's package makes them
    group = group if os.getuid() else "dovecot"
    owner = pwd.getpwnam(internal)
    for path in (base, mail.parent, mail, *(mail / sub for sub in ("new", "cur", "tmp"))):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    (base / "users").write_text(f"{USER}:{{PLAIN}}{SECRET}::::::\n")
    (base / "dovecot.conf").write_text(f"""
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{pem}
ssl_key = <{pem}
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
last_valid_uid = 0
mail_location = maildir:{base}/mail/%u
mail_uid = {owner.pw_uid}
mail_gid = {owner.pw_gid}
auth_mechanisms = plain login
passdb {{
  driver = passwd-file
  args = {base}/users
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={base}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
""")
    base.chmod(0o755)
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program is not None
    server = subprocess.Popen([program, "-F", "-c", str(base / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_for(port, server, base / "log")
        yield Mailbox(port, mail)
    finally:
        server.terminate()
        server.wait(10)
        if server.stderr is not None:
            server.stderr.close()
        shutil.rmtree(base, ignore_errors=True)


def _wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    said = log.read_text() if log.exists() else ""
    raise AssertionError(f"dovecot did not start: {said}{server.stderr.read() if server.stderr and server.poll() is not None else ''!r}")
