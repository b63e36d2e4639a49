"""One unit in the account of a period: what is in use, how it came, what waits for the office."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.questions import CORRECTION, DOUBTFUL, Pending, item_id
from minsheng_xl.accounts.values import Doubt, Figure, Outcome, ReturnId, Standing
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.problems import Problem


class Source(NamedTuple):
    """Where a figure in use came from; `sha256` is that of the file, "" of what the office typed, and `who` at the
    office did, where that is known."""

    file: str
    received: datetime
    sha256: str = ""
    who: str = ""

    @property
    def words(self) -> str:
        """The file; or 办公室填写：张三（电脑用户 li）."""
        return f"{self.file}：{self.who}" if self.who else self.file


class UnitAccount:
    """One unit in the account of a period.

    What is in use: `figures` (doubtful ones and amounts of 资金 among them), each with the source that brought it
    first in `sources` and the `latest` that said it again, `words`, what of it the office `typed`; `halves` are
    blank cells that leave a ratio incomplete, `explained` unusual figures that the unit gave its reason for. How it
    came: the `standing` of the unit, when its return was `received`, the `outcomes` of its files; `problems` say
    why it was refused while its standing is 退回. `pending` is what waits for the office; `overdue` what waited when
    the period was closed, and lapsed by it.
    """

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.figures: dict[Key, Figure] = {}
        self.sources: dict[Key, Source] = {}
        self.latest: dict[Key, Source] = {}
        self.words: dict[Key, str] = {}
        self.typed: set[Key] = set()
        self.halves: frozenset[Key] = frozenset()
        self.explained: frozenset[Key] = frozenset()
        self.standing = Standing.MISSING
        self.received: datetime | None = None
        self.outcomes: dict[ReturnId, Outcome] = {}
        self.problems: tuple[Problem, ...] = ()
        self.pending: list[Pending] = []
        self.overdue: tuple[Pending, ...] = ()

    @property
    def measured(self) -> dict[Key, Figure]:
        """The figures of indicators: all but the amounts."""
        return {key: figure for key, figure in self.figures.items() if not key.is_amount}

    @property
    def is_in_doubt(self) -> bool:
        """Whether any figure is doubtful, or a ratio incomplete."""
        return bool(self.halves) or any(isinstance(figure, Doubt) for figure in self.figures.values())

    @property
    def correction_pending(self) -> bool:
        """Whether a figure in use differs from one that came later, and the office has not chosen yet."""
        return any(item.kind == CORRECTION for item in self.pending)

    def given(self) -> dict[Key, Value]:
        """The contents of the unit's input cells in the master."""
        figures: dict[Key, Value] = {
            key: figure.text if isinstance(figure, Doubt) else figure for key, figure in self.figures.items()
        }
        return figures | self.words

    def number(self, key: Key) -> Fraction | None:
        """A trusted number, or None."""
        figure = self.figures.get(key)
        return figure if isinstance(figure, Fraction) else None

    def ask(self, kind: str, key: Key, used: str, other: str, file: str, advice: str) -> None:
        """Put a question about a cell to the office, unless the same waits already."""
        id = item_id(self.unit, kind, key, used, other)
        if all(item.id != id for item in self.pending):
            self.pending.append(
                Pending(
                    id=id, kind=kind, unit=self.unit, key=key, used=used, other=other, file=file, advice=advice
                )
            )

    def ask_no_more(self, key: Key) -> None:
        """Take back what was asked about a cell."""
        self.pending = [item for item in self.pending if item.key != key]


def wait_for(account: UnitAccount, key: Key, seen: str, file: str, advice: str, decided: Mapping[str, str]) -> bool:
    """Put a figure in question; whether the office has not settled just this before."""
    before = len(account.pending)
    account.ask(DOUBTFUL, key, "", seen, file, advice)
    if len(account.pending) > before and account.pending[-1].id in decided:
        account.pending.pop()
        return False
    return True
