"""What this desk knows of its mailbox: servers, user, sender; a setting of the person's, never of the year's folder."""

import json
import re
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.plan.addresses import addresses_in, domain_of
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.texts import one_line
from minsheng_xl.year.storage import write_whole

WARNING = "不得传输涉密和工作秘密"
INBOX = "INBOX"


class Server(NamedTuple):
    """Where a server listens. On the ports that are TLS from the start it is, on the usual others TLS is asked for."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Account(NamedTuple):
    """A mailbox: where letters are handed in, where they are fetched (None: only sending), the user, the sender's
    address and name, the folders that are read, and how many seconds lie between two letters."""

    smtp: Server
    user: str
    sender: str
    imap: Server | None = None
    name: str = ""
    folders: tuple[str, ...] = (INBOX,)
    pause: float = 1.0

    @property
    def box(self) -> str:
        """The mailbox by name, as the journal keeps it."""
        return f"{self.user}@{self.imap.host}" if self.imap is not None else self.user


class Provider(NamedTuple):
    """Servers of a provider, and the pause that it bears."""

    smtp: Server
    imap: Server
    pause: float


PROVIDERS = {
    "163.com": Provider(Server("smtp.163.com", 465), Server("imap.163.com", 993), 5.0),
    "126.com": Provider(Server("smtp.126.com", 465), Server("imap.126.com", 993), 5.0),
    "yeah.net": Provider(Server("smtp.yeah.net", 465), Server("imap.yeah.net", 993), 5.0),
    "qq.com": Provider(Server("smtp.qq.com", 465), Server("imap.qq.com", 993), 5.0),
    "foxmail.com": Provider(Server("smtp.qq.com", 465), Server("imap.qq.com", 993), 5.0),
    "exmail.qq.com": Provider(Server("smtp.exmail.qq.com", 465), Server("imap.exmail.qq.com", 993), 2.0),
    "qiye.163.com": Provider(Server("smtp.qiye.163.com", 994), Server("imap.qiye.163.com", 993), 2.0),
    "qiye.aliyun.com": Provider(Server("smtp.qiye.aliyun.com", 465), Server("imap.qiye.aliyun.com", 993), 2.0),
    "sina.com": Provider(Server("smtp.sina.com", 465), Server("imap.sina.com", 993), 5.0),
    "139.com": Provider(Server("smtp.139.com", 465), Server("imap.139.com", 993), 5.0),
    "189.cn": Provider(Server("smtp.189.cn", 465), Server("imap.189.cn", 993), 5.0),
}
"""Known providers by their domain; the pauses keep below what they let a user send in some minutes."""
_PRIVATE_PAUSE, _LONGEST_PAUSE = 0.5, 600
_HOST = re.compile(
    r"(?=.{1,253}\Z)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
    r"(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*"
)


def server_in(text: str, *, what: str) -> Server:
    """The server that is written as HOST:PORT. Raises MisuseError."""
    host, sign, port = text.strip().replace("：", ":").rpartition(":")
    if not sign or not _HOST.fullmatch(host) or not port.isdecimal() or not 0 < int(port) < 65536:
        raise MisuseError(f"{what}“{text}”看不懂，请写成 主机:端口，如 smtp.163.com:465。")
    return Server(host, int(port))


class AccountSaid(NamedTuple):
    """What a person says of his mailbox, "" or None where he leaves it to his provider."""

    user: str
    sender: str = ""
    smtp: str = ""
    imap: str = ""
    name: str = ""
    folders: tuple[str, ...] = ()
    pause: float | None = None
    provider: str = ""


def account_of(said: AccountSaid) -> Account:
    """The account of what a person said; what he left out is as his provider has it. Raises MisuseError."""
    address = said.sender or said.user
    if not said.user.isascii() or not said.user.isprintable():
        raise MisuseError(f"登录用的名字“{said.user}”里有中文或全角的字，请照邮箱给的写。")
    if said.pause is not None and not 0 <= said.pause <= _LONGEST_PAUSE:
        raise MisuseError(f"两封之间停几秒，请写 0 到 {_LONGEST_PAUSE} 的数。")
    if addresses_in(address) != (address,):
        raise MisuseError(f"发件人“{address}”不是邮箱地址。")
    known = PROVIDERS.get(said.provider or domain_of(address))
    if said.provider and known is None:
        named = "、".join(PROVIDERS)
        raise MisuseError(f"不认识“{said.provider}”的邮箱，可写 {named}；单位自己的邮件服务器请写 --smtp、--imap。")
    if said.smtp:
        sends: Server = server_in(said.smtp, what="发件服务器")
        reads = server_in(said.imap, what="收件服务器") if said.imap else None
        usual = _PRIVATE_PAUSE
    elif known is not None:
        sends, usual = known.smtp, known.pause
        reads = server_in(said.imap, what="收件服务器") if said.imap else known.imap
    else:
        raise MisuseError(f"不知道 {domain_of(address)} 的邮件服务器在哪里，请写 --smtp 主机:端口（问单位的网管）。")
    return Account(
        smtp=sends, user=said.user, sender=address, imap=reads, name=one_line(said.name).strip(),
        folders=said.folders or (INBOX,), pause=usual if said.pause is None else said.pause,
    )


def remembered(path: Path) -> Account:
    """The account as it was set up. Raises MinshengError if there is none, or it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Account(
            smtp=Server(*found["smtp"]), user=found["user"], sender=found["sender"],
            imap=Server(*found["imap"]) if found["imap"] else None, name=found["name"],
            folders=tuple(found["folders"]), pause=float(found["pause"]),
        )
    except FileNotFoundError as error:
        raise MinshengError("这台电脑还没有设邮箱。请先运行 minsheng-xl mail setup（菜单里的“设邮箱”）。") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MinshengError(f"邮箱的设置 {path} 读不出来，请重新运行 minsheng-xl mail setup。") from error


def remember(path: Path, account: Account) -> None:
    """Keep an account, without any secret. Raises MinshengError."""
    write_whole(path, json.dumps(account._asdict(), ensure_ascii=False, indent=1).encode(), mode=0o600)
