"""Chinese numerals and the ways a part is said, as exact numbers."""

import re
from fractions import Fraction

DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?![\d.])|\d+(?:\.\d+)?"
CHINESE = "[零〇一二两三四五六七八九十百千万亿]+"
_ONES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}
_LONGEST = 40
"""A number with more signs is none that anybody means."""
_HALF = ("一半", "半数", "过半")


def chinese(text: str) -> int | None:
    """The whole number that Chinese numerals say (三千二百, 十二, 二〇二三); None where they say none."""
    if len(text) > _LONGEST:
        return None
    if re.fullmatch("[零〇一二三四五六七八九]{2,}", text):
        return int("".join(str(_ONES[sign]) for sign in text))
    total = section = digit = 0
    before = 10**16
    for sign in text:
        if sign in _ONES:
            if digit:
                return None
            digit = _ONES[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            if sign == "亿" and before == _GREAT["万"]:  # 三万亿
                total, section, before = 0, total + section, 10**16
            if _GREAT[sign] >= before or not section + digit:
                return None
            total, before = total + (section + digit) * _GREAT[sign], _GREAT[sign]
            section = digit = 0
    return total + section + digit


def number(text: str) -> Fraction | None:
    """A number in digits, thousands divided or not, or in Chinese numerals; None where it says none."""
    if text[:1].isdigit():
        if len(text) > _LONGEST:
            return None
        return Fraction(re.sub("[,，]", "", text))
    whole = chinese(text)
    return None if whole is None else Fraction(whole)


SHARE = re.compile(
    rf"百分之(?P<hundredth>{DIGITS}|{CHINESE})|(?P<of>{CHINESE}|\d+)分之(?P<parts>{CHINESE}|\d+)"
    rf"|(?P<percent>{DIGITS})\s*(?:[%％]|(?P<thousandth>‰))(?![%％‰])|(?P<half>{'|'.join(_HALF)})|(?P<halfof>半)(?=天|小时|"
    rf"个?工作日|日(?!制))"
    rf"|(?P<tenths>[一二三四五六七八九]|[1-9](?:\.\d)?)成(?=以上|的|[，。；、]|$)|(?<!\d)(?P<over>[12])/(?P<under>[23])(?!\d)"
)
"""A part of a whole, in each way it is written."""


def share(found: re.Match[str]) -> Fraction | None:
    """The fraction that a match of `SHARE` says: 60%, 百分之六十, 三分之二, 一半, 六成, 2/3."""
    said = found.groupdict()
    if said["half"] or said["halfof"]:
        return Fraction(1, 2)
    if said["over"]:
        return Fraction(int(said["over"]), int(said["under"]))
    if said["of"]:
        of, parts = number(said["of"]), number(said["parts"])
        return parts / of if of and parts is not None else None
    value = number(said["hundredth"] or said["percent"] or said["tenths"])
    if value is None:
        return None
    return value / (10 if said["tenths"] else 1000 if said["thousandth"] else 100)
