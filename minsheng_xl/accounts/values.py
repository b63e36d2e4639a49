"""What a return says: figures, doubts and words under their keys, and how a file and a unit can end."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from minsheng_xl.exact.keys import HEAD, PROBLEM, Key
from minsheng_xl.exact.numbers import parse_plain, plain
from minsheng_xl.figures.definitions import DOUBT_PREFIX, NONE, NOT_APPLICABLE
from minsheng_xl.problems import Problem

NOTHING: Mapping[Any, Any] = MappingProxyType({})
ReturnId: TypeAlias = tuple[str, str]
"""A received file: its name and its sha256."""


class Outcome(Enum):
    """How a received file ended. The value is the English word of the interface."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    UNRECOGNISED = "unrecognised"
    EMPTY = "empty"
    WORDS = "words"
    ATTACHMENT = "attachment"

    @property
    def label(self) -> str:
        return _LABELS[self.value]


class Standing(Enum):
    """How a unit stands in the account of a period."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return _LABELS[self.value]


class Timeliness(Enum):
    """Whether what counts of a unit came by the due day. Lateness is judged by the time of receipt, which the office
    may know better: 迟报 is only what it has confirmed."""

    IN_TIME = "及时"
    LATE = "迟报"
    UNCONFIRMED = "待确认"
    NOTHING = NONE

    @property
    def late_word(self) -> str:
        """What stands under 迟报: "" of what is not late."""
        return {Timeliness.LATE: self.value, Timeliness.UNCONFIRMED: "迟报（待确认）"}.get(self, "")


_LABELS = {
    "accepted": "已采用", "held": "待核", "refused": "退回", "duplicate": "重复",
    "unrecognised": "无法识别", "missing": "未报", "attachment": "附件", "empty": "空表",
    "words": "未填数",
}
OFFICE = "办公室填写"


class Doubt(NamedTuple):
    """A cell whose content is no figure that may be counted: what was seen."""

    seen: str

    @property
    def text(self) -> str:
        """How it stands in the master."""
        return DOUBT_PREFIX + self.seen


Figure: TypeAlias = "Fraction | str | Doubt"
"""A figure of a return: a number, 是/否, or a doubt."""


class Content(NamedTuple):
    """What a sound workbook says: figures (doubtful ones and amounts of 资金 among them) and words, by form key.

    `halves` are blank cells that make a ratio incomplete; `explained` are unusual figures that the
    unit gave its reason for.
    """

    figures: Mapping[Key, Figure]
    words: Mapping[Key, str]
    halves: frozenset[Key] = frozenset()
    explained: frozenset[Key] = frozenset()

    @classmethod
    def of_form(
        cls,
        figures: Mapping[Key, Figure],
        words: Mapping[Key, str],
        halves: frozenset[Key] = frozenset(),
        explained: frozenset[Key] = frozenset(),
    ) -> "Content":
        """What a form says whose amounts of 资金 stand among its words, as the journal keeps it."""
        amounts = {key: amount_of(text) for key, text in words.items() if key.is_amount and text}
        others = {key: text for key, text in words.items() if not key.is_amount}
        return cls({**figures, **amounts}, others, halves, explained)

    @property
    def measured(self) -> dict[Key, Figure]:
        """The figures of indicators: all but the amounts."""
        return {key: figure for key, figure in self.figures.items() if not key.is_amount}

    @property
    def words_of_form(self) -> dict[Key, str]:
        """The words with the amounts among them, as text, behind the words on their project, as the form has them."""
        written = [(float(number), key, text) for number, (key, text) in enumerate(self.words.items())]
        for key, figure in self.figures.items():
            if key.is_amount:
                text = figure.text if isinstance(figure, Doubt) else shown(figure)
                written.append((self._behind(key), key, text))
        return {key: text for _, key, text in sorted(written, key=lambda word: word[0])}

    def _behind(self, amount: Key) -> float:
        """Where an amount stands among the words: behind the reasons beside figures and the words on its project and
        those before it; the head of the form is written last."""
        later = [key.part == HEAD or (key.is_of_project and int(key.of) > int(amount.of)) for key in self.words]
        return later.index(True) - 0.5 if True in later else float(len(later))

    @property
    def is_doubtful(self) -> bool:
        """Whether any figure is in doubt, or a ratio incomplete."""
        return bool(self.halves) or any(isinstance(figure, Doubt) for figure in self.figures.values())

    def only(self, keys: "set[Key]") -> "Content":
        """What it says in some cells."""
        figures = {key: figure for key, figure in self.figures.items() if key in keys}
        return Content(figures, {key: text for key, text in self.words.items() if key in keys})


class Taken(NamedTuple):
    """A judged return of one unit for one period, as the journal keeps it.

    `content` is None if it was refused, or `held` as a whole because it is not sure whose it is.
    `run` numbers the consolidation that took it; `measures` say in what its figures were measured, by indicator.
    """

    file: str
    sha256: str
    received: datetime
    run: int
    content: Content | None
    problems: tuple[Problem, ...] = ()
    held: bool = False
    measures: Mapping[str, str] = NOTHING
    sender: str = ""
    """What the unit was called that sent it: several, where units were merged."""
    is_placed: bool = False
    """Whether the office said when it was received."""

    @property
    def id(self) -> ReturnId:
        return self.file, self.sha256


class Typed(NamedTuple):
    """A cell the office changed in the master, or settled by a decision; None is a cell it cleared."""

    key: Key
    value: "Fraction | str | Doubt | None"
    seen_at: datetime
    run: int
    decided: bool = False
    measure: str = ""
    who: str = ""


def figure_in(text: str) -> "Fraction | str | None":
    """The figure that a text of an item shows: a plain number that is not negative, 是, 否 or 本期不涉及."""
    if text in ("是", "否", NOT_APPLICABLE):
        return text
    number = parse_plain(text)
    return number if number is not None and number >= 0 else None


def shown(figure: "Figure | None") -> str:
    """A figure as a person reads it."""
    if isinstance(figure, Doubt):
        return figure.seen
    return plain(figure) if isinstance(figure, Fraction) else figure or ""


MEASURES = {"reported": "本期累计", "numerator": "分子", "denominator": "分母"}


def about(key: Key) -> str:
    """A figure's cell in words: 4-3 分子."""
    if key.is_of_project:
        return f"项目{key.of} {'存在问题' if key.name == PROBLEM else '资金'}"
    return f"{key.of} {'分解数' if key.is_share else MEASURES.get(key.name, '说明')}"


def amount_of(text: str) -> Figure:
    """The amount of 资金 that a text says: a plain number, or a doubt."""
    number = None if text.startswith(DOUBT_PREFIX) else parse_plain(text)
    return Doubt(text.removeprefix(DOUBT_PREFIX)) if number is None else number
