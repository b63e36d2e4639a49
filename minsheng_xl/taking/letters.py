"""A mail that is being taken in: whose address it came from, what each file in it is beside that, how it ended.

The sender is evidence, never identity: whose a form is stands on the form.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from minsheng_xl.accounts.letters import ended, is_for_us
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.intake.gate import kind_of
from minsheng_xl.intake.inbox import Dropped
from minsheng_xl.intake.stream import FilePart
from minsheng_xl.letters.model import Head, LetterKind
from minsheng_xl.plan.model import Plan
from minsheng_xl.rules import files
from minsheng_xl.year.entries import Fetched, LetterRead


class LetterBeing:
    """A mail, while the files in it are judged one after the other."""

    def __init__(self, plan: Plan, sent: Mapping[str, str], head: Head, dropped: Dropped) -> None:
        """`sent`: whose each of our letters was, by its Message-ID."""
        self._sent, self._head, self._dropped = sent, head, dropped
        self._held: list[tuple[FilePart, Return]] = []
        self._parts: list[Return] = []
        self.sender = plan.unit_at(head.sender)
        named = [sent[one] for one in head.about if one in sent]
        self._answers = bool(named)
        bounced = next(filter(None, map(plan.unit_at, head.failed)), "")
        self._unit = self.sender or bounced or (named[0] if named else "")

    def received(self, fetched: Fetched | None, since: datetime) -> datetime:
        """When it was received: as the mailbox says, else as the last server on its way does, else since it is here."""
        if fetched is not None:
            self._dropped = self._dropped._replace(since=fetched.received)
        elif self._head.received is not None and self._head.received < since:
            self._dropped = self._dropped._replace(since=self._head.received)
        return self._dropped.since

    def hold(self, part: FilePart, one: Return) -> None:
        """Hold a file that is judged until all are: what one is hangs on the others."""
        self._held.append((part, one))

    def beside_each_other(self) -> Iterator[tuple[FilePart, Return]]:
        """The files in it that count, as each is beside the others and its sender: not what we sent ourselves and came
        back, nor, from a stranger without a form, anything."""
        ours = [(part, one) for part, one in self._held if not self._is_our_own(part, one)]
        of_forms = next((one.unit for _, one in ours if one.unit is not None), None)
        self._unit = self._unit or of_forms or ""
        if not is_for_us(self._head, [one for _, one in ours], self.sender, answers=self._answers):
            return
        for part, one in ours:
            self._parts.append(self._with_sender(part, one))
            yield part, self._parts[-1]

    def _is_our_own(self, part: FilePart, one: Return) -> bool:
        is_ours = self._head.letter in self._sent or part.within in self._sent
        return is_ours and one.outcome in (Outcome.EMPTY, Outcome.DUPLICATE)

    def _with_sender(self, part: FilePart, one: Return) -> Return:
        """What a file in it is beside its sender: a scan or picture is an attachment of whose the mail is, a form of
        another unit's says so."""
        may_accompany = bool(self._unit) and bool(part.content) and kind_of(part.content).may_accompany
        if one.outcome is Outcome.UNRECOGNISED and may_accompany:
            return one._replace(outcome=Outcome.ATTACHMENT, unit=self._unit, problems=())
        is_of_another = bool(self.sender) and one.unit is not None and one.unit != self.sender
        if is_of_another and one.outcome is not Outcome.DUPLICATE:
            return one._replace(problems=(*one.problems, files.SENDER.problem(reason=self.sender)))
        return one

    def read(self, now: datetime) -> LetterRead:
        """The mail as it ended."""
        unit = next((one.unit for one in self._parts if one.unit), None) or self._unit
        return LetterRead(
            at=now, run=0, received=min(now, self._dropped.since), file=self._dropped.name, sha256=self._dropped.sha256,
            sender=self._head.sender, subject=self._head.subject, words=self._head.words, unit=unit,
            outcome=ended(self._head, self._parts, self.sender, answers=self._answers).value, parts=len(self._held),
            has_link=self._head.has_link and not self._parts and self._head.kind is LetterKind.PERSON,
        )
