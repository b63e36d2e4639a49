"""Problems that units raised: which are open, which are no longer raised and wait for the office's word.

A problem is not settled by silence, nor by a return that says nothing of it: that one asks the office.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from minsheng_xl.accounts.period import Issue
from minsheng_xl.accounts.questions import FADED, SETTLED, Pending, faded
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.exact.keys import PROBLEM, WORD, RowName
from minsheng_xl.ledger.previous import Earlier
from minsheng_xl.ledger.units import decided_items
from minsheng_xl.plan.model import Plan, Role
from minsheng_xl.plan.period import Period
from minsheng_xl.year.register import Register

Raised: TypeAlias = tuple[str, int]
"""A unit and the number of a project in which it raised a problem."""


def open_issues(
    plan: Plan, register: Register, earlier: Iterable[Earlier], upto: int | None
) -> dict[Raised, Issue]:
    """The problems raised in earlier periods of which the office has not said that they are settled, by the numbers
    that their projects have in a plan."""
    found: dict[Raised, Issue] = {}
    for each in earlier:
        for (name, no), (problem, coordination) in _said(each.plan, each.units):
            pair = (name, plan.number_here(each.plan.project(no)))
            known = found.get(pair)
            if problem or coordination:
                found[pair] = Issue(known.raised if known else each.period, problem, coordination)
            elif known is not None:
                found[pair] = known._replace(gone=known.gone or each.period)
        for item in decided_items(register, each.period, upto):
            name, no = _pair_of(item)
            pair = (name, plan.number_here(each.plan.project(no)) if each.plan.has_project(no) else no)
            known = found.get(pair)
            if known is not None and known.gone is not None and item.decision and item.decision.word == SETTLED:
                del found[pair]
    return found


def faded_items(
    plan: Plan, period: Period, issues: Mapping[Raised, Issue], units: Mapping[str, UnitAccount],
    decided: Sequence[Pending],
) -> Iterator[Pending]:
    """What the office is asked in a period: whether a problem that its unit no longer raises is settled."""
    said, answered = dict(_said(plan, units)), {_pair_of(item) for item in decided if item.kind == FADED}
    for pair, issue in issues.items():
        is_silent = pair not in said and issue.gone is None
        if pair[0] in units and pair not in answered and not is_silent and not any(said.get(pair, ())):
            yield faded(pair, issue.raised, issue.problem or issue.coordination, period)


def _pair_of(item: Pending) -> Raised:
    """What a question is about; of another sort nothing that is on the list."""
    return (item.unit, int(item.key.of)) if item.kind == FADED and item.key is not None else ("", 0)


def _said(plan: Plan, units: Mapping[str, UnitAccount]) -> Iterator[tuple[Raised, tuple[str, str]]]:
    """What each unit that sent something says stands in the way of each of its projects."""
    for name, account in units.items():
        if not account.words and not account.figures:
            continue
        for no in (*plan.projects_of(name, Role.LEAD), *plan.projects_of(name, Role.RESPONSIBLE)):
            row = RowName(WORD, str(no))
            problem, coordination = (account.words.get(row.cell(key), "") for key in (PROBLEM, "coordination"))
            yield (name, no), (problem.strip(), coordination.strip())
