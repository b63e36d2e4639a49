"""Sentences that say another number than the one filled in: 此数有误，更正为170. What is no such sentence is left alone.

Only a number counts that stands with a word of correction and is none that the row shows anyway; dates, numbers of
documents, telephones, codes, and numbers of other things (改为3个标段) are none.
"""

import re
from collections.abc import Collection, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.texts import cleaned

_LONGEST = 4_000
"""Characters of a text that are looked at."""
_FULL_WIDTH = str.maketrans(
    "０１２３４５６７８９．％：；！？（）［］＝－應為實際準張個萬數總", "0123456789.%:;!?()[]=-应为实际准张个万数总"
)
_DIGITS = {sign: value for value, signs in enumerate(("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
           for sign in signs}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_CHINESE = "[" + "".join((*_DIGITS, *_TENS, *_MYRIADS)) + "]"
_NUMBER = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:[,，]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<scale>[百千万亿]+)?|(?P<words>{_CHINESE}+)"
)
"""A number in digits, grouped or not, with 万 behind it, or in words."""

_APART = "，,。；;!?\n"
_CLAUSE = re.compile(rf"(?:(?<=\d)[,，](?=\d{{3}}(?!\d))|[^{_APART}]){{0,60}}")
"""What is said up to a mark that is no comma within a number."""
_IS = "|".join((
    r"应(?:该|当)?(?:改|更正|修改|填|报)?(?:为|是|成)",
    r"应(?:该|当)?填报?",
    r"实际[^\d,，。；;!?\n]{0,6}?(?:为|是)",
    r"(?<!其)实(?:为|是)",
    r"(?:更|改|修|订|纠)正(?:为|成|:)",
    r"(?:更正|改正|修正|核实|复核)后的?(?:数字|数据|数)?应?(?:为|是|:)?",
    r"(?:修改|更改|重填|核实|核准)为",
    r"(?<=[\d个人名户处张家件次所])\s?(?:→|⇒|-{1,2}>|=>)",
    r"改(?:为|成)",
    r"(?:正确|准确|真实)的?(?:数字|数据|数|值)?应?(?:为|是|:)",
    r"(?:正确|准确|真实)的?(?:数字|数据|数|值)(?=\d)",
))
_MAY_BE = "|".join((
    rf"(?<![对相供适反响效呼答回])应(?:该|当)?报?(?=\s?(?:\d|{_CHINESE}{{2}}))",
    r"实际(?:数|数量|数据|累计|上报)?(?=\s?\d)",
    r"(?<!其)实[有报]",
    r"(?:请|应|改)[按以](?!\s?[\d.]+\s?%)(?=\s?\d)",
))
"""What makes a correction of a number that is counted as the row counts, or of nothing in particular."""
_IS_NOT = r"(?:不是|并非|不对|有误|错了|错误)[^。；;\n]{0,20}?[，, ]?(?:而|应|应该|实际)?是(?!不)"
_SAYS = re.compile(rf"{_IS}|{_IS_NOT}|(?P<may>{_MAY_BE})|以(?=[^{_APART}]{{1,24}}为(?:准|最终|最后))")
"""What makes the number behind it a correction."""
_NEUTRAL = re.compile(
    r"(?:本期|本月|本次|此次|截至|目前|上报|报送|纸质|最终|最后|更正后|核实后|复核后|累计|总计|合计|大约|总数|数量|数字|数据|数值"
    r"|实际|正确|准确|完成|达到|分子|分母|实有|[约共计数达的是为有在即个表新报填:=\s\"'“”‘’「」『』()（）\[\]【】])*\Z"
)
"""What may stand between a word of correction and its number."""
_OF_OTHER = re.compile(
    r"上月|上期|上次|上年|上季|去年|下月|下期|明年|前期|往期|以前|目标|任务|计划|标准|原定|预计|全年|年底|年末|电话|手机|号码|面积|单价|价格|每."
    r"|宽度|长度|高度|厚度|标段|批次|频次|\d{1,2}月(?:份|的)?(?:$|上?报|数|累计)"
)
"""Of what else than the figure a sentence may speak; unless it comes back to 本期, 此数."""
_OF_THIS = re.compile(r"本期|本月|此数|该数|这个数|本数|(?<![期月次])累计")
_BEFORE = 14
"""So many signs before a word of correction say of what it speaks."""

_NO_FIGURE = re.compile("|".join((
    r"\d{3,4}-\d{7,8}",
    r"(?<!\d)1[3-9]\d{9}(?!\d)",
    r"(?:电话|手机|座机|传真|联系方式)[:\s]{0,4}[\d\-]+",
    r"[〔\[(（【]\s?(?:19|20)\d\d\s?[〕\])）】]\s?第?\s?\d+\s?号?",
    r"(?:19|20)\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?(?!\d)",
    r"\d{1,2}\s?[-—~～至]\s?\d{1,2}\s?月",
    r"(?:附件|附表|附图|表|图|第|序号|编号|批次|版本|[A-Za-z])\s?[\d一二三四五六七八九十]+(?:\.\d+)*",
    r"\d{1,2}[:：]\d\d",
    r"[〇零一二三四五六七八九]{4}年",
)))
"""Numbers that are none of a figure: telephones, documents, days, months, numbers of tables."""
_PERCENT = re.compile(rf"百分之(\d+(?:\.\d+)?|{_CHINESE}+)")
_TIMES = re.compile(
    r"\s*(?:个月|年|月|日|号|期|季|周|星期|天|小时|时|点|分钟|分(?!之)|秒|岁|届|版|楼|栋|层|路|倍|成(?!人)|级|类|轮|批)"
)
_MEASURES = (
    "平方公里", "平方米", "立方米", "人次", "场次", "公里", "千米", "万元", "亿元", "百分点", "个", "人", "名", "户", "处", "张", "家",
    "件", "次", "场", "套", "台", "所", "例", "宗", "条", "座", "米", "亩", "元", "吨", "辆", "对", "间", "只", "盏", "眼", "棵", "株", "项",
    "%",
)
_END = re.compile(rf"\s*(?:$|[{_APART}、:()（）\[\]【】\"'“”‘’「」~～.…]|为准|为宜|才|整|左右|以上|请|已|而|并|不|了|系|由|因|特|此)")
_ALIKE = (
    {"元", "万元", "亿元"}, {"人", "名", "人次", "例", "户"}, {"处", "家", "所", "座", "项", "间", "张", "套"},
    {"公里", "千米", "米"}, {"件", "宗", "项", "条"}, {"次", "场", "场次", "期"},
)
"""Measures of which people write one for another; 个 is written for any."""


_TIMES_OF = {
    ("米", "公里"): Fraction(1, 1000), ("米", "千米"): Fraction(1, 1000), ("公里", "米"): Fraction(1000),
    ("千米", "米"): Fraction(1000), ("元", "万元"): Fraction(1, 10_000), ("亿元", "万元"): Fraction(10_000),
}
"""What one of a measure comes to in that of a row."""


class Spoken(NamedTuple):
    """A number as a sentence says it: its value, how far it may be rounded, whether it may be a count, a percentage."""

    value: Fraction
    within: Fraction = Fraction(0)
    is_count: bool = True
    is_percentage: bool = False

    def is_one_of(self, numbers: Collection[Fraction], rates: Collection[Fraction]) -> bool:
        """Whether it is one of the numbers that a row shows, rounded as it is said."""
        last_place = Fraction(1, 2 * self.value.denominator)
        is_rate = self.is_percentage and any(abs(rate * 100 - self.value) <= last_place for rate in rates)
        return is_rate or (self.is_count and any(abs(number - self.value) <= self.within for number in numbers))


def correction(text: str, numbers: Collection[Fraction], rates: Collection[Fraction], unit: str, name: str) -> str:
    """The words of a text that say another number than its row shows; "" if none do.

    `numbers` and `rates` are those of the row, `unit` its measure, `name` what it is called.
    """
    plain = _comparable(text)
    for said in _SAYS.finditer(plain):
        clause = _CLAUSE.match(plain, said.end())
        words = clause[0] if clause is not None else ""
        if said[0] == "以":
            words = re.split("为(?:准|最终|最后)", words)[0] + "为准"
        words = words.rpartition("=")[2]
        spoken = _spoken(words, unit, is_own=said["may"] is not None)
        found = [one for one in spoken if _is_neutral(words[: one[0]], unit + name)][:1]
        if any(not one.is_one_of(numbers, rates) for _, one in found) and not _is_of_other(plain, said.start()):
            return (said[0] + words).strip()[:40]
    return ""


def bare_number(text: str, unit: str) -> Spoken | None:
    """The number that is all that a comment says, but for the name of its writer."""
    plain = _comparable(re.sub(r"\A[^\n:：]{1,20}[:：]\s*\n?", "", text.strip())).strip(" =→:()[]“”\"'。.!?改√")
    found = list(_spoken(plain, unit))
    if len(found) != 1 or found[0][0] != 0:
        return None
    number = _NUMBER.match(plain)
    assert number is not None
    rest = {plain[end:].strip() for end in (number.end("digits"), number.end()) if end > 0}
    return found[0][1] if rest & {"", unit, *_MEASURES} else None


@lru_cache(maxsize=256)
def _comparable(text: str) -> str:
    """A text with digits of one width, without what nobody sees and without numbers that are no figures."""
    plain = cleaned(text)[:_LONGEST].translate(_FULL_WIDTH)
    return _PERCENT.sub(r"\1%", _NO_FIGURE.sub("※", plain))


def _spoken(text: str, unit: str, *, is_own: bool = False) -> Iterator[tuple[int, Spoken]]:
    """The numbers in a text that may be figures, with where they stand; if `is_own`, none with another measure than the
    row's."""
    for found in _NUMBER.finditer(text):
        in_unit = found["digits"] is not None and unit != "" and text[found.end("digits") :].lstrip().startswith(unit)
        behind = text[found.end("digits") if in_unit else found.end() :]
        number = _value(found, "" if in_unit else found["scale"] or "")
        if number is None or _is_code(text, found):
            continue
        is_short = found["digits"] is None and len(found["words"]) == 1
        is_other = is_own and _measure_of(behind) not in ("", unit)
        if not is_other and _may_be_figure(behind, unit, is_short=is_short):
            times = _TIMES_OF.get((_measure_of(behind), unit), Fraction(1))
            number = number._replace(value=number.value * times, within=number.within * times)
            has_sign = behind.lstrip().startswith("%")
            yield found.start(), number._replace(is_count=not has_sign, is_percentage=has_sign or unit == "%")


def _is_code(text: str, found: re.Match[str]) -> bool:
    """Whether a number is half of a code or of a range: 6-2."""
    return bool(re.match(r"\s*[-—~]\s*\d", text[found.end() :]) or re.search(r"\d\s*[-—~]\s*\Z", text[: found.start()]))


def _may_be_figure(behind: str, unit: str, *, is_short: bool) -> bool:
    """Whether what follows a number lets it be a figure, rather than a day or a number of other things."""
    behind = behind.lstrip()
    if unit and behind.startswith(unit):
        return True
    if _TIMES.match(behind):
        return False
    measure = _measure_of(behind)
    if measure and not _is_measure_of(measure, unit):
        return False
    ends = _END.match(behind[len(measure) :]) is not None
    return ends if measure else not is_short


def _measure_of(behind: str) -> str:
    """The measure that follows a number."""
    return next((word for word in _MEASURES if behind.lstrip().startswith(word)), "")


def _is_measure_of(measure: str, unit: str) -> bool:
    """Whether somebody may write a measure for that of a row; a rate is of anything, and anything has a rate."""
    if unit in ("", "%") or measure in ("个", "%"):
        return True
    return any(measure in alike and unit in alike for alike in _ALIKE)


def _is_neutral(gap: str, own: str) -> bool:
    """Whether nothing stands between a word of correction and its number but such words, and the row's own."""
    rest = "".join(sign for sign in gap if sign not in own and sign != "※")
    return _NEUTRAL.match(rest) is not None


def _is_of_other(text: str, place: int) -> bool:
    """Whether a correction speaks of an earlier figure or of the target."""
    before = text[max(0, place - _BEFORE) : place]
    before = re.split(r"[。；;\n]", before)[-1]
    others = [found.end() for found in _OF_OTHER.finditer(before)]
    here = [found.end() for found in _OF_THIS.finditer(before)]
    return bool(others) and (not here or max(here) < max(others))


def _value(found: re.Match[str], scales: str) -> Spoken | None:
    """The number that was found; `scales` are the 万 behind its digits."""
    if found["digits"] is None:
        value = _in_words(found["words"])
        return None if value is None else Spoken(Fraction(value))
    number = parse_plain(re.sub("[,，]", "", found["digits"]).lstrip("0") or "0")
    if number is None:
        number = parse_plain("0" + re.sub("[,，]", "", found["digits"]).lstrip("0"))
    if number is None:
        return None
    places = len(found["digits"].partition(".")[2])
    scale = 1
    for sign in scales:
        scale *= _TENS.get(sign) or _MYRIADS[sign]
    within = Fraction(scale, 2 * 10**places) if scale > 1 else Fraction(0)
    return Spoken(number * scale, within)


def _in_words(words: str) -> int | None:
    """A number in words: 一百七十, 三万二千, 三百五, 十七, 一七〇; None of what is none: 万, 一二."""
    if all(sign in _DIGITS for sign in words):
        is_number = len(words) == 1 or len(words) > 2
        return int("".join(str(_DIGITS[sign]) for sign in words)) if is_number else None
    total = section = digit = last = 0
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            continue
        if sign in _TENS:
            last = _TENS[sign]
            section += (digit or (0 if section else 1)) * last
        elif not (total or section or digit):
            return None
        else:
            last = _MYRIADS[sign]
            total, section = (total if sign == "万" else 0) + ((total if sign == "亿" else 0) + section + digit) * last, 0
        digit = 0
    is_short = words[-1] in _DIGITS and words[-2] in "百佰千仟万"
    return total + section + (digit * last // 10 if is_short else digit)
