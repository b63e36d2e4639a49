"""A received file, judged: the record that everybody behind the intake works with."""

from typing import NamedTuple

from minsheng_xl.accounts.values import Content, Outcome
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem


class Return(NamedTuple):
    """A received file, judged. `unit` and `period` are None if unknown.

    `content` is None if nothing may be used: refused, unrecognised, or held as a whole.
    """

    file: str
    sha256: str
    outcome: Outcome
    unit: str | None = None
    period: Period | None = None
    content: Content | None = None
    problems: tuple[Problem, ...] = ()
    certifies: bool = False
    """Whether it is a certifier's form, which is counted apart from the returns."""
    confirms: bool = False
    """Whether it is a 核对单: only the figures that it says instead of those in use are a report."""

    @property
    def is_report(self) -> bool:
        """Whether it is the form in which a unit reports."""
        return not (self.certifies or self.confirms)
