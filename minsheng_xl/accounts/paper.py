"""纸质件: the signed paper of a return, as the office noted it."""

from datetime import date
from typing import NamedTuple

AGREES, DIFFERS = "是", "否"
"""What the office says of the 核对数 on a paper beside that of its file."""
MOVED = "收到后数已变"
CONTRADICTED = "收到后另报了数"


class Paper(NamedTuple):
    """When a paper came, whether its 核对数 agrees with the file (None: not looked at yet), and what has become of the
    figures since that was said: "" if nothing has."""

    received: date
    agrees: bool | None = None
    since: str = ""

    @property
    def word(self) -> str:
        """是 or 否, with what has come since: 是（收到后数已变）; "" where nothing was said."""
        if self.agrees is None:
            return ""
        return f"{AGREES if self.agrees else DIFFERS}{f'（{self.since}）' if self.since else ''}"

    @property
    def told(self) -> str:
        """What is to be told of one that is open: 核对数不符, 收到后数已变."""
        return "，".join(filter(None, ("核对数不符" if self.agrees is False else "", self.since)))

    @property
    def is_open(self) -> bool:
        """Whether what counts may be something else than what was signed."""
        return self.agrees is False or bool(self.since)
