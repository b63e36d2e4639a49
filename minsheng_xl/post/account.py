"""What this desk knows of its mailbox: servers, user, sender; a setting of the person's, never of the year's folder."""

import json
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.plan.addresses import addresses_in, domain_of
from minsheng_xl.problems import MinshengError, MisuseError
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
_PRIVATE_PAUSE = 0.5


def server_in(text: str, *, what: str) -> Server:
    """The server that is written as HOST:PORT. Raises MisuseError."""
    host, sign, port = text.strip().replace("：", ":").rpartition(":")
    if not sign or not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise MisuseError(f"{what}“{text}”看不懂，请写成 主机:端口，如 smtp.163.com:465。")
    return Server(host, int(port))


def account_of(
    *, user: str, sender: str = "", smtp: str = "", imap: str = "", name: str = "", folders: tuple[str, ...] = (),
    pause: float | None = None, provider: str = "",
) -> Account:
    """The account of what a person said; what he left out is as his provider has it. Raises MisuseError."""
    address = sender or user
    if addresses_in(address) != (address,):
        raise MisuseError(f"发件人“{address}”不是邮箱地址。")
    known = PROVIDERS.get(provider or domain_of(address))
    if provider and known is None:
        raise MisuseError(f"不认识“{provider}”的邮箱，可写 {'、'.join(PROVIDERS)}；单位自己的邮件服务器请写 --smtp、--imap。")
    if not smtp and known is None:
        raise MisuseError(f"不知道 {domain_of(address)} 的邮件服务器在哪里，请写 --smtp 主机:端口（问单位的网管）。")
    sends = server_in(smtp, what="发信服务器") if smtp else known.smtp  # type: ignore[union-attr]
    reads = server_in(imap, what="收信服务器") if imap else known.imap if known is not None and not smtp else None
    if pause is None:
        pause = known.pause if known is not None and not smtp else _PRIVATE_PAUSE
    return Account(sends, user, address, reads, name, folders or (INBOX,), pause)


def remembered(path: Path) -> Account:
    """The account as it was set up. Raises MinshengError if there is none, or it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Account(
            Server(*found["smtp"]), found["user"], found["sender"], Server(*found["imap"]) if found["imap"] else None,
            found["name"], tuple(found["folders"]), float(found["pause"]),
        )
    except FileNotFoundError as error:
        raise MinshengError("这台电脑还没有设邮箱。请先运行 minsheng-xl mail setup（菜单里的“设邮箱”）。") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MinshengError(f"邮箱的设置 {path} 读不出来，请重新运行 minsheng-xl mail setup。") from error


def remember(path: Path, account: Account) -> None:
    """Keep an account, without any secret. Raises MinshengError."""
    write_whole(path, json.dumps(account._asdict(), ensure_ascii=False, indent=1).encode(), mode=0o600)
