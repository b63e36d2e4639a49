"""An archived original read and judged again, by what was known when it first was: the plan, the forms and the earlier
figures of that day."""

from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from minsheng_xl.accounts.questions import AGAIN, WHOLE
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import NOTHING
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.identity import head_in
from minsheng_xl.intake.evidence import AsKnown, YearEvidence
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.page import Page
from minsheng_xl.problems import MinshengError
from minsheng_xl.rules.files import ORIGINAL_LOST
from minsheng_xl.year.entries import (
    CertifyingIssued,
    ConfirmingIssued,
    Decided,
    Issued,
    Judged,
    PlanUsed,
    pack_return,
    unpack_return,
)
from minsheng_xl.year.folder import Year
from minsheng_xl.year.journal import Written
from minsheng_xl.year.register import Register


class ReadAgain(NamedTuple):
    """What an original says: the return as it is judged now, its page and where each figure stands on it, and the head
    of the journal's chain at its foot."""

    returned: Return
    sheet: str = ""
    cells: Mapping[Key, str] = NOTHING
    head: str = ""

    def cell(self, key: Key) -> str:
        """Where a figure stands: 填报表 H12."""
        return f"{self.sheet} {self.cells[key]}" if key in self.cells else self.sheet


class Rereading:
    """Reads the originals of a year again; `register` is an index over the `lines` of its journal, `lost` are the
    hashes of which the archive has not the bytes."""

    def __init__(
        self, year: Year, register: Register, lines: Sequence[Written], lost: Container[str] = frozenset()
    ) -> None:
        self._year, self._register, self._lost = year, register, lost
        self._plans = year.plans_by(register)
        self._known = _known_before(lines)
        entries = [written.line.entry for written in lines]
        self._decided = {
            (entry.run, entry.item.sha256)
            for entry in entries if isinstance(entry, Decided) and entry.item.kind in (WHOLE, AGAIN)
        }
        self._judges: dict[int, Judge | None] = {}

    def of(self, seq: int, entry: Judged) -> ReadAgain | None:
        """A return that was judged by an entry, as its original gives it; None if that, the form that went out or the
        plan of that day is lost."""
        one, judge = entry.returned, self._judge(self._known[seq])
        if judge is None or one.sha256 in self._lost or self._form_is_lost(one):
            return None
        is_decided = (entry.run, one.sha256) in self._decided
        assumed = (one.unit or "", str(one.period)) if is_decided else None
        try:
            read = judge.read(one.file, one.sha256, self._year.archive.read(one.sha256), assumed)
        except (MemoryError, RecursionError):  # of a file that was given up then by other limits
            return None
        if any(problem.code == ORIGINAL_LOST.code for problem in read.returned.problems):
            return None
        returned = unpack_return(pack_return(read.returned))  # figures as the journal keeps them
        return _placed(returned, read.page) if read.page is not None else ReadAgain(returned)

    def _form_is_lost(self, one: Return) -> bool:
        kinds: Sequence[Issued | CertifyingIssued | ConfirmingIssued] = self._register.entries(
            Issued, CertifyingIssued, ConfirmingIssued, period=one.period
        )
        return any(entry.sha256 in self._lost for entry in kinds if entry.unit == one.unit)

    def _judge(self, upto: int) -> Judge | None:
        """A judge who knows what was known up to a seq; None if the plan of that day is not there any more."""
        if upto not in self._judges:
            self._judges[upto] = None
            used = self._register.latest(PlanUsed, upto=upto)
            if used is not None and used.sha256 in self._lost:
                return None
            with suppress(KeyError, MinshengError):
                plan = self._plans.bound(used.plan, upto) if used is not None else self._plans.present()
                known = AsKnown(plan, self._register, self._plans, upto)
                self._judges[upto] = Judge(plan, YearEvidence(self._year, known))
        return self._judges[upto]


def _known_before(lines: Iterable[Written]) -> dict[int, int]:
    """The last entry that stood before the batch of each."""
    found: dict[int, int] = {}
    last = 0
    for written in lines:
        found[written.line.seq] = last
        if not written.line.more:
            last = written.line.seq
    return found


def _placed(returned: Return, page: Page) -> ReadAgain:
    keys = returned.content.figures if returned.content is not None else ()
    cells = {key: cell_name(page.at(key)) for key in keys if page.issued.form.has(key)}
    texts = (cell.text for cell in page.sheet.cells.values() if cell.kind == "s")
    return ReadAgain(returned, page.sheet.name, cells, next(filter(None, map(head_in, texts)), ""))
