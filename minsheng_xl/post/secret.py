"""The secret of a mailbox: from the environment, the computer's own store of secrets, or whoever is asked."""

import os
from collections.abc import Callable
from typing import Any

from minsheng_xl.post.account import Account
from minsheng_xl.problems import MinshengError

VARIABLE = "MINSHENG_MAIL_SECRET"
_SERVICE = "minsheng-xl"
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

    def hidden(self, text: str) -> str:
        """A text of a server's, without the secret, however it echoes it."""
        from base64 import b64encode

        raw = self._text.encode()
        for form in (self._text, b64encode(raw).decode(), b64encode(b"\0" + raw).decode()):
            text = text.replace(form, "…") if form else text
        return text


def secret_of(account: Account, ask: AskSecret | None) -> Secret:
    """The secret of an account; `ask` asks a person, None where there is none. Raises MinshengError."""
    found = os.environ.get(VARIABLE, "") or _stored(account)
    if not found and ask is not None:
        found = ask(f"{account.user} 的授权码（不是登录密码，输入时不显示）：").strip()
    if not found:
        raise MinshengError(f"没有 {account.user} 的授权码。请在终端里运行，或设环境变量 {VARIABLE}；没有登录，什么也没有发。")
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
