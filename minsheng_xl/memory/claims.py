"""The numbers that a sentence states: each with what sort it is, and those that state nothing of ours told apart."""

import re
import unicodedata
from collections import Counter
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.exact.numbers import rounded


class ClaimSort(Enum):
    """In what a number is stated."""

    PERCENT = "百分数"
    POINTS = "百分点"
    PLAIN = "数"


class StatedNumber(NamedTuple):
    """A number as it is stated: the text, its sort, its value (a percentage as such, 万 counted), to how many places of
    which unit (1, 万, 亿) it is given, whether it is said to be no exact one, the words before and behind it, and
    where it begins."""

    text: str
    sort: ClaimSort
    value: Fraction
    places: int
    unit: int
    is_about: bool
    before: str = ""
    behind: str = ""
    begins: int = 0

    def agrees(self, known: Fraction) -> bool:
        """Whether it is a number as one may write it: exactly, or rounded to its own places, if at least two figures of
        it are left or it is said to be about that."""
        if self.value == known:
            return True
        scaled = known / self.unit
        if self.is_about:
            return abs(self.value - known) * 10 <= abs(known)
        is_short = self.unit > 1 and len(re.sub(r"\D", "", self.text).lstrip("0")) < 2
        is_whole = known.denominator == 1 and self.unit == 1
        reaches = self.sort is ClaimSort.PERCENT and self.value >= 100 > known
        if is_short or is_whole or reaches:
            return False
        return rounded(scaled, self.places) * self.unit == self.value


_ABOUT, _MORE, _MYRIADS, _IN_POINTS = "(?<![签预履节合契])约|[近超逾]", "[余多]", "万|亿", "个百分点|百分点"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<about>{_ABOUT})?(?P<digits>{_DIGITS})\s*(?P<unit>{_MYRIADS})?(?P<more>{_MORE})?\s*(?P<sort>%|{_IN_POINTS})?"
)
_UNITS = {"": 1, "万": 10**4, "亿": 10**8}
_OTHERS = (
    ("电话", r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)"),
    ("日期", r"\d{4}\s*年(?:\s*\d{1,2}\s*月(?:\s*份)?(?:\s*\d{1,2}\s*日)?)?|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|"
             r"\d{1,2}\s*月(?:\s*份)?(?:\s*\d{1,2}\s*日)?|(?<!\d)\d{1,2}\s*日|\d{1,2}:\d{2}|[一二三四1-4]\s*季度"),
    ("文号", r"[〔\[（(]\s*\d{4}\s*[〕\])）]\s*第?\s*\d+\s*号|第\s*\d+\s*[期号]"),
    ("口径", r"未报按\s*0|按\s*0\s*计|按\s*100\s*%?\s*计|最高计\s*100\s*%"),
    ("序号", r"^\s*\d+\s*[.、．](?!\d)|^\s*[（(]\s*\d+\s*[）)]|附件\s*\d+|[—-]\s*\d+\s*[—-]"),
)
"""What states nothing of ours, by what it is; searched for in this order."""


def plain_text(text: str) -> str:
    """A text as numbers are looked for in it: full-width signs as the others."""
    return unicodedata.normalize("NFKC", text.replace("−", "-"))


def claims_in(text: str) -> tuple[list[StatedNumber], Counter[str]]:
    """The numbers that a text states, and how many there are that state nothing of ours, by what they are."""
    rest, others = plain_text(text), Counter[str]()
    for what, pattern in _OTHERS:
        rest, count = re.subn(pattern, lambda found: blank(found[0]), rest)
        others[what] += count
    claims = [_claim(found, rest) for found in _NUMBER.finditer(rest)]
    behind: list[StatedNumber | None] = [*claims[1:], None]
    return list(map(_as_next, claims, behind)), +others


def _as_next(claim: StatedNumber, after: StatedNumber | None) -> StatedNumber:
    """A number whose sort the next one says: 10.2个和8个百分点."""
    is_shared = after is not None and after.sort is ClaimSort.POINTS and claim.behind in ("个和", "个与", "和", "与")
    return claim._replace(sort=ClaimSort.POINTS, behind="") if is_shared else claim


def blank(text: str) -> str:
    """What stands in the place of a text that is no number: as long, so that the others stand where they did."""
    return _BLANK * len(text)


_BLANK = "\N{IDEOGRAPHIC SPACE}"
_BEFORE, _BEHIND = re.compile(r"[^\s\d,.;:!?，。；：！？、()（）｜|%]*$"), re.compile(r"[^\s\d,.;:!?，。；：！？、()（）｜]*")
_HEAD = re.compile(r"(?:[(（][^()（）]*[)）]\s*)?[:：]?\s*$")
"""Between the head of a column, or what is said to follow, and its number."""


def _claim(found: re.Match[str], text: str) -> StatedNumber:
    digits, unit = found["digits"].replace(",", ""), _UNITS[found["unit"] or ""]
    sort = ClaimSort.PLAIN
    if found["sort"]:
        sort = ClaimSort.PERCENT if found["sort"] == "%" else ClaimSort.POINTS
    places = len(digits.partition(".")[2])
    about = bool(found["about"] in ("约", "近") or found["more"])
    before, behind = _BEFORE.search(_HEAD.sub("", text[: found.start()])), _BEHIND.match(text, found.end())
    return StatedNumber(
        text=found[0].strip(), sort=sort, value=Fraction(digits) * unit, places=places, unit=unit, is_about=about,
        before=before[0] if before else "", behind=behind[0] if behind else "", begins=found.start("digits"),
    )
