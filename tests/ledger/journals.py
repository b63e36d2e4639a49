"""A year's journal without a folder: what came, was typed, decided, corrected and closed, day by day."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import Past
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Content, Figure, Outcome
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.period import account_of, past_of, values_of
from minsheng_xl.ledger.units import measures_of
from minsheng_xl.year.entries import Closed, Judged, PaperNoted, ReceiptCorrected, RunBegun, TypedIn
from minsheng_xl.year.journal import Journal
from minsheng_xl.year.register import Register


class Told:
    """A register to which a test tells what happened, each thing on a day of 2022-10 or later."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.plan = plan
        self.register = Register(folder / "登记.sqlite", Journal(folder / "日志.jsonl"))

    def comes(
        self, unit: str, period: Period, figures: Mapping[Key, Figure], at: datetime, *, outcome: Outcome = Outcome.ACCEPTED,
        words: Mapping[Key, str] | None = None, file: str = "",
    ) -> str:  # fmt: skip
        """A return comes and is judged by a run of its own; the sha256 it is known by."""
        run = self.register.next_run()
        sha256 = f"{run:06d}" + "0" * 58
        used = outcome in (Outcome.ACCEPTED, Outcome.HELD)
        content = Content(dict(figures), dict(words or {})) if used else None
        returned = Return(file=file or f"{run}.xlsx", sha256=sha256, outcome=outcome, unit=unit, period=period, content=content)
        measures = measures_of(self.plan, figures)
        self.register.record([RunBegun(at, run, period), Judged(at, run, at, returned, measures)])
        return sha256

    def meets(self, period: Period, at: datetime, *files: Return) -> None:
        """One run for a period judges these files."""
        run = self.register.next_run()
        self.register.record([RunBegun(at, run, period), *(Judged(at, run, at, one) for one in files)])

    def types(self, unit: str, period: Period, cells: "Mapping[Key, Figure | None]", at: datetime) -> None:
        """The office types into the master."""
        entry = TypedIn(
            at=at, run=self.register.next_run(), file="总台账.xlsm", period=period, unit=unit, cells=dict(cells),
            measures=measures_of(self.plan, cells),
        )  # fmt: skip
        self.register.record([entry])

    def is_received(self, sha256: str, received: datetime, at: datetime) -> None:
        """The office corrects when a file was received."""
        entry = ReceiptCorrected(at=at, sha256=sha256, file="x.xlsx", received=received, who="赵军", why="")
        self.register.record([entry])

    def notes_paper(
        self, unit: str, period: Period, sha256: str, at: datetime, *, received: date | None, agrees: bool | None = None
    ) -> None:
        """The office notes the signed paper of a return."""
        self.register.record([PaperNoted(at=at, period=period, unit=unit, sha256=sha256, file="x.xlsx", received=received, agrees=agrees)])

    def closes(self, period: Period, at: datetime, *, values: Mapping[str, Value] | None = None) -> None:
        """A period is closed, with what stands or with other `values`, as if the plan of that day had given them."""
        account = account_of(self.plan, self.register, period)
        past: Mapping[str, Past] = past_of(self.plan, account)
        entry = Closed(
            at=at, run=self.register.next_run(), period=period, plan="", upto=self.register.last_change(), who="赵军",
            last_wins=False, values=values if values is not None else values_of(self.plan, account),
            measures={one.code: one.measured_in for one in self.plan.indicators}, past=past, print="",
        )  # fmt: skip
        self.register.record([entry])

    def close(self) -> None:
        self.register.close()
