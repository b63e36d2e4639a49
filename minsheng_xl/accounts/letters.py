"""What a mail came to: every one that was read ends in one word, and the words add up to all that were read."""

from collections.abc import Sequence
from enum import Enum

from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.letters.model import Head, LetterKind


class LetterOutcome(Enum):
    """How a mail ended. The value is the English word of the interface."""

    RETURN = "return"
    ATTACHMENT = "attachment"
    ANSWER = "answer"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    FOREIGN = "foreign"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    LetterOutcome.RETURN: "来表", LetterOutcome.ATTACHMENT: "附件", LetterOutcome.ANSWER: "没有附件的答复",
    LetterOutcome.BOUNCE: "退信", LetterOutcome.AUTOMATIC: "自动回复", LetterOutcome.FOREIGN: "与填报无关",
}


def is_for_us(head: Head, parts: Sequence[Return], sender: str, *, answers: bool) -> bool:
    """Whether a mail has to do with the reports: it holds a form, or comes from a unit's address (`sender` is its unit,
    "" if of none), or `answers` what was sent."""
    return bool(sender) or answers or any(one.unit is not None for one in parts)


def ended(head: Head, parts: Sequence[Return], sender: str, *, answers: bool) -> LetterOutcome:
    """How a mail ended, by what its parts ended in."""
    if head.kind is LetterKind.BOUNCE:
        return LetterOutcome.BOUNCE
    if any(one.unit is not None and one.outcome is not Outcome.ATTACHMENT for one in parts):
        return LetterOutcome.RETURN
    if head.kind is LetterKind.AUTOMATIC:
        return LetterOutcome.AUTOMATIC
    if not is_for_us(head, parts, sender, answers=answers):
        return LetterOutcome.FOREIGN
    if any(one.outcome is not Outcome.ATTACHMENT for one in parts):
        return LetterOutcome.RETURN
    return LetterOutcome.ATTACHMENT if parts else LetterOutcome.ANSWER
