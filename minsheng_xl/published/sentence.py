"""What a sentence is read as: indicators, and the place of every number in it."""

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.plan.model import Comparator, Kind, PaceRule, Tier

_CLAUSE_ENDS = "，。；\n"


class Use(Enum):
    """What became of a number; its words stand in 数字对照表."""

    TARGET = "目标"
    DENOMINATOR = "分母"
    DATE = "日期、年份"
    STEP = "时间节点"
    SPAN = "期限、时长"
    AGE = "年龄"
    ORDER = "序号、批次"
    STANDARD = "标准"
    NAME = "名称的一部分"
    OTHER = "其他"
    OPEN = "该数未归类"


class Number(NamedTuple):
    """A number of a sentence: its text and where it begins, what it is, what became of it.

    `reading` is the place (from 0) of the indicators whose target it is, `words` say more where there is more.
    """

    text: str
    start: int
    value: Fraction | None
    use: Use
    readings: tuple[int, ...] = ()
    words: str = ""


def clause_at(text: str, start: int, end: int) -> str:
    """The clause of a text that its signs from `start` to `end` stand in."""
    begin = max(text.rfind(sign, 0, start) for sign in _CLAUSE_ENDS) + 1
    ends = [place for sign in _CLAUSE_ENDS if (place := text.find(sign, end)) >= 0]
    return text[begin:min(ends, default=len(text))].strip()


class Query(NamedTuple):
    """A question that the words leave open: a column of 指标 (or 数: a number without a place), what is asked, the
    words it stands in, the choices, the default, which stands in the plan."""

    column: str
    question: str
    words: str
    choices: tuple[str, ...]
    default: str


class ReadIndicator(NamedTuple):
    """One indicator as it was read.

    `target` is in the unit of measure that a clerk enters (31400 人次 of 3.14万人次), of a ratio a fraction (0.6 of
    60 %), 1 of a milestone, None where there is none. `parent` and `derived_from` are places among the readings of
    the sentence. `steps` are (month, share) pairs.
    """

    tier: Tier
    kind: Kind
    name: str
    quote: str
    measure: str = ""
    decimals: int = 0
    comparator: Comparator = Comparator.NONE
    target: Fraction | None = None
    pace_rule: PaceRule = PaceRule.NONE
    weight: Fraction = Fraction(1)
    deadline: date | None = None
    numerator: str = ""
    denominator: str = ""
    office_denominator: bool = False
    fixed_denominator: Fraction | None = None
    contained: bool = False
    parent: int | None = None
    derived_from: tuple[int, ...] = ()
    steps: tuple[tuple[int, Fraction], ...] = ()
    definition: str = ""
    sentence: int = 0
    """The how-manieth sentence (divided by 。) it was read from."""
    queries: tuple[Query, ...] = ()


class Understood(NamedTuple):
    """A task's sentence, read: its indicators, every number of it in order, and questions about no one indicator.
    `text` is what was read, in which `Number.start` counts."""

    readings: tuple[ReadIndicator, ...]
    numbers: tuple[Number, ...]
    queries: tuple[Query, ...]
    text: str
