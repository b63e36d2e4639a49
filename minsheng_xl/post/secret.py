"""The secret of a mailbox: from the environment, the computer's own store of secrets, or whoever is asked."""

import os
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from minsheng_xl.post.account import Account
from minsheng_xl.problems import MinshengError
from minsheng_xl.texts import one_line

VARIABLE = "MINSHENG_MAIL_SECRET"
_SERVICE = "minsheng-xl"
_SHOWN = 120
"""So much of what a server says is shown."""
AskSecret = Callable[[str], str]


class Secret:
    """A secret that no text shows."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Secret(…)"

    def told(self) -> str:
        """The secret itself, for whoever hands it to a server."""
        return self._text

    def shown(self, said: "bytes | str") -> str:
        """What a server said, in one line and cut, without the secret, however it echoes it: in a text that holds it in
        any of its forms nothing is shown."""
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        raw = self._text.encode()
        quoted = self._text.replace("\\", "\\\\").replace('"', '\\"')
        forms = (self._text, quoted, *(b64encode(b"x" * place + raw)[4:-4].decode() for place in range(3)))
        if any(form and form in text for form in forms):
            return "服务器的话里有授权码，不显示"
        return one_line(" ".join(text.split()))[:_SHOWN] or "没有说原因"


def secret_of(account: Account, ask: AskSecret | None, *, is_new: bool = False) -> Secret:
    """The secret of an account; `ask` asks a person, None where there is none; one that is stored already is not taken
    for a new one. Raises MinshengError."""
    found = os.environ.get(VARIABLE, "").strip() or ("" if is_new else _stored(account))
    if not found and ask is not None:
        found = ask(f"{account.user} 的授权码（不是登录密码，输入时不显示）：").strip()
    if not found:
        raise MinshengError(f"没有 {account.user} 的授权码。请在终端里运行，或设环境变量 {VARIABLE}；没有登录，什么也没有发。")
    if not found.isascii() or not found.isprintable():
        raise MinshengError("授权码里有中文、全角的字或换行，没有登录。请切换到英文输入，照邮箱给的原样再输一次。")
    return Secret(found)


def store(account: Account, secret: Secret) -> bool:
    """Keep the secret in the computer's own store; whether it has one."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(_SERVICE, account.box, secret.told())
        return bool(keyring.get_password(_SERVICE, account.box) == secret.told())
    except Exception:  # a store that is locked, or refused: then it is asked for
        return False


def _stored(account: Account) -> str:
    keyring = _keyring()
    if keyring is None:
        return ""
    try:
        return keyring.get_password(_SERVICE, account.box) or ""
    except Exception:  # as above
        return ""


def _keyring() -> Any:
    try:
        import keyring
    except ImportError:
        return None
    return keyring
