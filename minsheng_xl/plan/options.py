"""The settings that stand once in the 参数 table: how each is read, and what it is where it is not given."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Generic, NamedTuple, TypeVar

from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.plan.cells import fraction_of, member_of
from minsheng_xl.plan.model import Tier
from minsheng_xl.plan.period import Frequency

T = TypeVar("T")

BRIEF_CODES = ("不印", "印")
SUPERVISING = ("不用", "用")
MEANS = ("按指标", "按项目")
CORRECTIONS = ("以已采用的为准", "截止前以最后一次为准")


class Option(NamedTuple, Generic[T]):
    """A setting: `read` gives None for a text it cannot take; then `expected` says what may stand there.

    `since` is the first version that knows it, "" for the first of all: to that one a plan that gives it as it is by
    default is the same as one that does not.
    """

    name: str
    read: Callable[[str], T | None]
    expected: str = ""
    default: str = ""
    code: str = "plan-choice"
    since: str = ""


def _frequency(text: str) -> Frequency | None:
    return member_of(Frequency, text)


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[12]\d{3}", text) else None


def _due_day(text: str) -> int | None:
    return int(text) if text.isdecimal() and 1 <= int(text) <= 28 else None


def _choice(name: str, words: tuple[str, ...], since: str = "") -> Option[str]:
    """One of some words, the first where it is not given."""
    def read(text: str) -> str | None:
        return text if text in words else None

    return Option(name, read, "、".join(words), words[0], since=since)


def _bound(name: str, default: str) -> Option[Fraction]:
    return Option(name, parse_plain, "百分点数", default, code="plan-number")


_OFF = "不用"


def _times(text: str) -> Fraction | None:
    """How many times something is taken; 0 where it is not used."""
    number = Fraction(0) if text == _OFF else parse_plain(text)
    return number if number is not None and number >= 0 else None


def _days(text: str) -> int | None:
    """A number of days; 0 where it is not used."""
    if text == _OFF:
        return 0
    return int(text) if text.isdecimal() and 1 <= int(text) <= 31 else None


def _share(text: str) -> Fraction | None:
    """A share of a whole, 50% or 0.5."""
    share = fraction_of(text)
    return share if share is not None and 0 <= share <= 1 else None


def _part(name: str, default: str) -> Option[Fraction]:
    return Option(name, _share, "0% 到 100%", default, code="plan-number", since="0.2")


REGION = Option("地区", str)
TITLE = Option("标题", str)
YEAR = Option("年度", _year, "四位年份")
FREQUENCY = Option("频次", _frequency, "月、季", "月")
DUE_DAY = Option("报送日", _due_day, "1 到 28", "5")
MEAN = _choice("平均方式", MEANS)
CORRECTION = _choice("更正方式", CORRECTIONS)
USUAL = Option("新增界限", _times, f"{_OFF}，或正数（如 5）", _OFF, code="plan-number", since="0.2")
ORGAN = "落款单位"
LAST_YEAR = "上年文件夹"
"""Where the folder of the year before lies, seen from this one's."""
STAMPING = "时间戳服务"
"""Where a time-stamping authority is asked at each closing."""
DUE_DATE, AGAIN_BY, ISSUED_ON = DATED = "报送期限", "补报期限", "印发日期"
"""The settings that give a day for a period."""
BRIEF_NUMBER = "简报期号"
"""The number of the leaders' brief of a period."""
LEAST_INCREASE, LEAST_JUDGED = _part("增量下限", "2%"), _part("参评下限", "50%")
CERTIFIED = Option("认定范围", str, default=Tier.ASSESSED.value, since="0.2")
"""Which rows are certified, in the year or in a period: 考核, 全部, or codes."""
SILENCE = Option("视同无异议", _days, f"{_OFF}，或天数（1 到 31）", _OFF, code="plan-number", since="0.2")
"""After how many days a lead that has not answered its 核对单 counts as one that agrees."""
MAIL_DOMAINS = "允许的邮箱域名"
"""The domains to which alone mail is sent, as they are listed."""
NEAR = Option("临近提醒", _days, f"{_OFF}，或天数（1 到 31）", "3", code="plan-number", since="0.2")
"""How many days before the due day the units are reminded that have not reported."""
SUPERVISES = _choice("督办单", SUPERVISING, since="0.2")
"""Whether slips of supervision are made."""
BRIEF_CODE = _choice("简报校验码", BRIEF_CODES, since="0.2")
BOUNDS = (_bound("超序时", "5"), _bound("滞后黄", "-5"), _bound("滞后红", "-15"))

OPTIONS: tuple[Option[Any], ...] = (
    REGION, TITLE, YEAR, FREQUENCY, DUE_DAY, MEAN, CORRECTION, USUAL, LEAST_INCREASE, LEAST_JUDGED, BRIEF_CODE,
    CERTIFIED, SILENCE, NEAR, SUPERVISES,
    *BOUNDS,
)
LATER = {option.name: option.default for option in OPTIONS if option.since} | {BRIEF_NUMBER: "", MAIL_DOMAINS: ""}
"""The settings of later versions, and what each is where it is not given."""
