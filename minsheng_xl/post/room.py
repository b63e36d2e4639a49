"""The room that letters leave from and come into: a year, a mailbox, a clock, and how long it is waited."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from minsheng_xl.post.account import Account
from minsheng_xl.post.secret import Secret
from minsheng_xl.year.folder import Year
from minsheng_xl.year.watching import Progress, unwatched

LOCK = ".mail.lock"
"""By which one run at a time sends or fetches in a year's folder; other work goes on."""
_WAITS = (5.0, 30.0)


class MailRoom(NamedTuple):
    """Where letters are handled: for a year, by an account and its secret; `waits` are the seconds before what did not
    succeed is tried again."""

    year: Year
    account: Account
    secret: Secret
    now: Callable[[], datetime] = datetime.now
    waits: Sequence[float] = _WAITS
    progress: Progress = unwatched

    def wait(self, tried: int) -> float:
        """The seconds before something is tried for the `tried`th time again."""
        return self.waits[min(tried, len(self.waits)) - 1] if self.waits else 0.0
