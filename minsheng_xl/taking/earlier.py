"""A form of an earlier period that comes again while its unit is 未报 in the present one.

With the same figures and other words it is likely the present report on the wrong form: nothing of it is taken until
the office says so.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import Content, Outcome, Standing, Taken
from minsheng_xl.forms.identity import FORM_SHEET
from minsheng_xl.ledger.units import said_of
from minsheng_xl.plan.period import Period
from minsheng_xl.rules import account as rules
from minsheng_xl.taking.beside import account_with, taken_of
from minsheng_xl.texts import one_line
from minsheng_xl.year.folder import Year

_SEEN = 40
"""Characters of the new words that a question shows."""


def ask_of_earlier_forms(year: Year, returns: Sequence[Return], present: Period, now: datetime) -> list[Return]:
    """The returns of a run for a period, those held on earlier forms of which only the words are new."""
    run = _Run(year, returns, present, now)
    return [run.asked(one) for one in returns]


class _Run(NamedTuple):
    """The returns of a run for a period."""

    year: Year
    returns: Sequence[Return]
    present: Period
    now: datetime

    def asked(self, one: Return) -> Return:
        """A return as it is; or held, or a duplicate, or with a note, if it is an accepted form come again."""
        content, unit, period = one.content, one.unit, one.period
        if content is None or unit is None or period is None or not one.is_report or not period < self.present:
            return one
        account = account_with(self.year, unit, period)
        taken = said_of(self.year.plan.at(period), self.year.register, period).taken.get(unit, ())
        is_known = any(content == each.content for each in taken)
        if is_known or not _has_said(account) or not self._awaits(unit):
            return one
        then, now = period.short_label, self.present.short_label
        if not _has_its_figures(content, account, taken):
            told = rules.OTHER_FIGURES_AGAIN.problem(sheet=FORM_SHEET, expected=then, reason=now)
            return one._replace(problems=(*one.problems, told))
        new = [text for key, text in content.words.items() if not key.is_head and account.words.get(key) != text]
        gone = [key for key, text in account.words.items() if text and not key.is_head and key not in content.words]
        if not new and not gone:
            return one._replace(outcome=Outcome.DUPLICATE, content=None, problems=())
        seen = one_line(new[0])[:_SEEN] if new else ""
        told = rules.OTHER_WORDS_AGAIN.problem(sheet=FORM_SHEET, seen=seen, expected=then, reason=now)
        return one._replace(outcome=Outcome.HELD, content=None, problems=(told, *one.problems))

    def _awaits(self, unit: str) -> bool:
        """Whether the unit has its form of the present period, owes it, and has sent none."""
        plan, register = self.year.plan.at(self.present), self.year.register
        if register.closed(self.present) is not None or not plan.owes_return(plan.unit(unit), self.present):
            return False
        if not any(entry.plan for entry in register.issued(self.present, unit)):
            return False
        mine = [one for one in self.returns if (one.unit, one.period) == (unit, self.present) and one.is_report]
        says = [one for one in mine if one.outcome in (Outcome.ACCEPTED, Outcome.HELD, Outcome.REFUSED)]
        new = [taken_of(one, register.next_run(), self.now) for one in says]
        return account_with(self.year, unit, self.present, new).standing is Standing.MISSING


def _has_said(account: UnitAccount) -> bool:
    """Whether what a unit reported stands, or at least what it wrote."""
    return account.standing is Standing.ACCEPTED or (account.standing is Standing.MISSING and bool(account.words))


def _has_its_figures(content: Content, account: UnitAccount, taken: Sequence[Taken]) -> bool:
    """Whether a form says the figures in use, or those that the unit sent before."""
    sent = [each.content.figures for each in taken if each.content is not None]
    return any(content.figures == figures for figures in (account.figures, *sent))
