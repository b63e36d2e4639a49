"""What earlier periods left on a unit's form."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key


class Left(NamedTuple):
    """The last trusted value `before` by indicator, of which indicators that is a 定稿后更正, the last accepted
    `parts` of ratios by cell, the figures of the last periods in words by indicator, the `words` of the unit's last
    form by cell, and between what 本期新增 `usual`ly is, by indicator.
    """

    before: Mapping[str, Value] = MappingProxyType({})
    corrected: Collection[str] = ()
    parts: Mapping[Key, Value] = MappingProxyType({})
    recent: Mapping[str, str] = MappingProxyType({})
    words: Mapping[Key, str] = MappingProxyType({})
    usual: Mapping[str, tuple[Fraction, Fraction]] = MappingProxyType({})

    @property
    def people(self) -> dict[Key, Value]:
        """Who filled in the last form, who looked it over, where they are called: few of them change in a year."""
        return {key: text for key, text in self.words.items() if key.is_head and key.name in PREFILLED}


PREFILLED = ("filler", "reviewer", "phone")
NOTHING_LEFT = Left()


def left_of(account: PeriodAccount, unit: str) -> Left:
    """What is left on the form of a unit for the period of an account."""
    words = account.last_words.get(unit, NOTHING_LEFT.words)
    return Left(account.before, account.corrected, account.before_parts, account.recent, words, account.usual)
