"""What the journal keeps of each return beside what its original, read again, says now."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from minsheng_xl.accounts.questions import is_again
from minsheng_xl.accounts.unit import Source
from minsheng_xl.accounts.values import Content, Doubt, Figure, Outcome, about, figure_in, shown
from minsheng_xl.exact.keys import Key
from minsheng_xl.intake.again import ReadAgain, Rereading
from minsheng_xl.ledger.units import key_here
from minsheng_xl.plan.model import Plan
from minsheng_xl.rules import files, identity
from minsheng_xl.year.custody import Anchor
from minsheng_xl.year.entries import Judged
from minsheng_xl.year.journal import Written
from minsheng_xl.year.program import program
from minsheng_xl.year.watching import Progress, unwatched

RULES_CHANGED = "规则已变"
_BY_ITSELF = (Outcome.REFUSED, Outcome.UNRECOGNISED, Outcome.EMPTY, Outcome.HELD)
_BY_OTHERS = {files.LIMITS.code, identity.ASSIGNED.code}


class Likeness(Enum):
    """How a figure of the journal and that of the original are alike."""

    SAME = "same"
    OUTCOME = "outcome"
    """The figure is the same; whether it counts is not."""
    OTHER = "other"


def likeness(kept: "Figure | None", found: "Figure | None") -> Likeness:
    """How a figure that was kept and one that was found in the original are alike."""
    if kept == found and type(kept) is type(found):
        return Likeness.SAME
    are_doubts = isinstance(kept, Doubt) and isinstance(found, Doubt)
    one, other = _plain(kept), _plain(found)
    return Likeness.OUTCOME if are_doubts or (one is not None and one == other) else Likeness.OTHER


def _plain(figure: "Figure | None") -> "Figure | None":
    """The figure itself, in doubt or not."""
    return figure_in(figure.seen) if isinstance(figure, Doubt) else figure


class Compared(NamedTuple):
    """A return as an entry of the journal keeps it, and as its original says it: None where that cannot be read any
    more. `is_ours`: it was judged by this very program, so that nothing but the journal can differ."""

    seq: int
    entry: Judged
    again: ReadAgain | None
    is_ours: bool

    @property
    def kept(self) -> Content:
        content = self.entry.returned.content
        assert content is not None  # else nothing stands on it
        return content

    @property
    def found(self) -> Content | None:
        return self.again.returned.content if self.again is not None else None

    @property
    def refusal(self) -> str:
        """Why nothing of the original may be used by now, in words; "" if something may."""
        if self.again is None or self.found is not None:
            return ""
        problems = self.again.returned.problems
        return problems[0].message if problems else self.again.returned.outcome.label

    def cell(self, key: Key) -> str:
        """Where a figure stands in the original."""
        return self.again.cell(key) if self.again is not None else ""

    def contradictions(self) -> Iterator[tuple[Key | None, str]]:
        """What the original says otherwise: the cell, None for all of it, and that in words."""
        name = f"来件 {self.entry.returned.file}（日志第 {self.seq} 条）"
        if self.refusal and self.is_ours:
            yield None, f"{name}：日志记为可用，原件却不能采用：{self.refusal}。"
        if self.found is None:
            return
        kept, found = self.kept.figures, self.found.figures
        for key in dict.fromkeys((*kept, *found)):
            how = likeness(kept.get(key), found.get(key))
            if how is Likeness.OTHER or (how is Likeness.OUTCOME and self.is_ours):
                was, now = told(kept.get(key)), told(found.get(key))
                yield key, f"{name}{_named(key)}：日志记的是{was}，原件 {self.cell(key)} 是{now}。"
        if self.is_ours and self.kept.words != self.found.words:
            yield None, f"{name}：日志记的文字和原件不同。"


class Unused(NamedTuple):
    """A file of which nothing may be used, as an entry of the journal keeps it, and as its original is judged now: None
    where that cannot be read any more. `is_ours`: it was judged by this very program."""

    seq: int
    entry: Judged
    again: ReadAgain | None
    is_ours: bool

    @property
    def difference(self) -> str:
        """How it ends otherwise by now, in words; "" if it does not."""
        was, now = self.entry.returned, self.again.returned if self.again is not None else None
        if now is None or (now.content is None and now.outcome is was.outcome):
            return ""
        name, why = f"来件 {was.file}（日志第 {self.seq} 条）", was.problems[0].message if was.problems else ""
        kept = f"{was.outcome.label}{f'（{why}）' if why else ''}"
        found = "可以采用" if now.content is not None else f"判为{now.outcome.label}"
        if self.is_contradiction:
            return f"{name}：日志记为{kept}，原件却{found}。"
        return f"{name}：那时{kept}，{RULES_CHANGED}，现在{found}。"

    @property
    def is_contradiction(self) -> bool:
        """Whether only the journal can differ: not where Excel's own password is opened, which not all computers do."""
        problems = self.again.returned.problems if self.again is not None else ()
        return self.is_ours and not any(one.code == files.DEFAULT_PASSWORD.code for one in problems)


def _may_be_judged_again(entry: Judged) -> bool:
    """Whether the original alone says why nothing of it is used: not the office, an earlier file, or the limits of a
    reading that did not come to its end."""
    one = entry.returned
    codes = {problem.code for problem in one.problems}
    return entry.kept and one.outcome in _BY_ITSELF and not is_again(one.problems) and not codes & _BY_OTHERS


def told(figure: "Figure | None") -> str:
    """A figure as a sentence names it."""
    if figure is None:
        return "空白"
    return f"“待核：{figure.seen}”" if isinstance(figure, Doubt) else f" {shown(figure)}"


def _named(key: Key) -> str:
    return f"{key.of} 认定数" if key.is_certified else about(key)


class Returns:
    """The received files of a journal, each read again once: `every` on which figures can stand, and those of which
    nothing may be used."""

    def __init__(self, rereading: Rereading, lines: Sequence[Written], progress: Progress = unwatched) -> None:
        judged = [
            (written.line.seq, written.line.entry, written.line.program == program())
            for written in lines if isinstance(written.line.entry, Judged)
        ]
        asked = [one for one in judged if one[1].returned.content is not None or _may_be_judged_again(one[1])]
        self.every: list[Compared] = []
        self._unused: list[Unused] = []
        for done, (seq, entry, is_ours) in enumerate(asked, 1):
            if entry.returned.content is not None:
                self.every.append(Compared(seq, entry, rereading.of(seq, entry), is_ours))
            else:
                self._unused.append(Unused(seq, entry, rereading.of(seq, entry), is_ours))
            progress(done, len(asked))
        self._of_file: dict[tuple[str, str], list[Compared]] = {}
        for one in self.every:
            self._of_file.setdefault((one.entry.returned.file, one.entry.returned.sha256), []).append(one)

    def bearing(self, source: Source, key: Key, plan: Plan) -> tuple[Compared, Key] | None:
        """The last judgement of a file that says something in a cell, and the cell as it was called then."""
        for one in reversed(self._of_file.get((source.file, source.sha256), [])):
            then = next((each for each in one.kept.figures if key_here(plan, each) == key), None)
            if then is not None:
                return one, then
        return None

    def anchors(self) -> Iterator[Anchor]:
        """The heads of the chain that stand on the forms that came back."""
        for one in self.every:
            if one.again is not None and one.again.head:
                yield Anchor(one.again.head, f"来件 {one.entry.returned.file} ", one.seq)

    def faults(self, said: Mapping[tuple[int, Key], object]) -> Iterator[str]:
        """What originals say otherwise, but for what was `said` of a figure already."""
        for one in self.every:
            for key, sentence in one.contradictions():
                if key is None or (one.seq, key) not in said:
                    yield sentence
        for other in self._unused:
            if other.difference and other.is_contradiction:
                yield other.difference

    def by_other_rules(self) -> Iterator[str]:
        """Of which files nothing was used, and would be by the rules of today."""
        return (one.difference for one in self._unused if one.difference and not one.is_contradiction)
