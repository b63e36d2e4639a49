"""Inspect: judge files against a year's folder, alone and without recording anything."""

import os
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Content, Doubt, Outcome
from minsheng_xl.exact.keys import CERTIFIED, CHOICE
from minsheng_xl.exact.numbers import fixed, plain
from minsheng_xl.figures.definitions import NOT_APPLICABLE
from minsheng_xl.intake.certification import FROM_ISSUED
from minsheng_xl.intake.stream import Received, files_below, judge_files, read
from minsheng_xl.ledger.certified import certified_of, says_what_stands
from minsheng_xl.ledger.units import said_of
from minsheng_xl.plan.model import Kind, Plan
from minsheng_xl.problems import MisuseError
from minsheng_xl.rules.choices import SAME_AS_LAST
from minsheng_xl.year.entries import pack_problem
from minsheng_xl.year.folder import Year

if TYPE_CHECKING:
    from concurrent.futures import Executor


def inspect(year: Year, paths: Iterable["str | Path"], executor: "Executor | None" = None) -> Iterator[Return]:
    """Judge files, or all files in folders, each by itself against plan, issued form and earlier periods.

    Nothing is recorded. A return that says just what one already taken says is a duplicate; its
    content is given as when it was accepted. Results come in the order of the paths; `executor`
    spreads the work over any `concurrent.futures.Executor`. Raises MisuseError for a path that is
    not there, PlanError, MinshengError where the executor is gone altogether.
    """
    plan = year.plan  # before a child is forked, which has read it then, too
    if executor is None:
        judged = judge_files(year, _received(paths))
    else:
        from minsheng_xl.intake.spread import judge_spread

        judged = judge_spread(year, map(read, _received(paths)), executor)
    for one in judged:
        yield _beside(year, plan, one)


def _received(paths: Iterable["str | Path"]) -> Iterator[Received]:
    for given in paths:
        path, name = Path(given), os.fspath(given)
        if path.is_dir():
            for found in files_below(path):
                below = os.path.join(name, found.relative_to(path))  # noqa: PTH118 (as given, not tidied)
                yield Received(below, found)
        elif path.is_file():
            yield Received(name, path)
        else:
            raise MisuseError(f"没有这个文件或文件夹：{name}。请核对路径。")


def _beside(year: Year, present: Plan, one: Return) -> Return:
    """The return as a duplicate, if the year has one that says the same; a blank one beside what was reported."""
    if one.outcome is Outcome.EMPTY:
        from minsheng_xl.taking.beside import beside_reports

        return beside_reports(year, one)
    if one.content is None or one.unit is None or one.period is None:
        return one
    plan = present.at(one.period)
    if one.certifies:
        certified = certified_of(plan, year.register, one.period)
        stands = says_what_stands(plan, one.unit, one.content, certified)
        return one._replace(outcome=Outcome.DUPLICATE) if stands else one
    if one.confirms:
        return one
    taken = said_of(plan, year.register, one.period).taken.get(one.unit, ())
    repeats = any(each.content == one.content for each in taken)
    return one._replace(outcome=Outcome.DUPLICATE) if repeats else one


def inspected(plan: Plan, one: Return) -> dict[str, Any]:
    """A judged file as `inspect --json` prints it: see the command's help for the fields."""
    return {
        "file": one.file,
        "sha256": one.sha256,
        "outcome": one.outcome.value,
        "unit": one.unit,
        "period": str(one.period) if one.period else None,
        "values": values_of(plan, one.content),
        "texts": texts_of(one.content),
        "problems": [pack_problem(problem) for problem in one.problems],
    }


def values_of(plan: Plan, content: Content | None) -> dict[str, dict[str, Any]]:
    """The trusted figures by indicator and measure, as plain decimals; milestones 1 or 0; the value
    of a ratio a fraction (1 = 100 %) of six places. `confirmed`: 与上期相同 was chosen; `not_applicable`: 本期不涉及."""
    values: dict[str, dict[str, Any]] = {}
    for key, figure in (content.measured if content else {}).items():
        if key.is_certified:
            if key.name == CERTIFIED and not isinstance(figure, Doubt):
                values.setdefault(key.of, {})["certified"] = _text(figure, plan.indicator(key.of).kind)
            continue
        if isinstance(figure, Fraction) or figure in ("是", "否"):
            values.setdefault(key.of, {})["share" if key.is_share else key.name] = _text(figure)
            if not key.is_share and content is not None and content.words.get(key.beside(CHOICE)) == SAME_AS_LAST:
                values[key.of].update(confirmed=True)
        elif figure == NOT_APPLICABLE:
            values.setdefault(key.of, {}).update(not_applicable=True)
    for code, found in values.items():
        indicator = plan.indicator(code)
        if indicator.kind is Kind.RATIO and "numerator" in found:
            denominator = indicator.fixed_denominator
            if not indicator.office_denominator:
                denominator = Fraction(found.get("denominator", "0"))
            if denominator:
                found["reported"] = fixed(Fraction(found["numerator"]) / denominator, 6)
    return values


def _text(figure: Fraction | str, kind: Kind | None = None) -> str:
    """A figure as a decimal; milestones 1 or 0, a ratio with six places."""
    if isinstance(figure, Fraction):
        return fixed(figure, 6) if kind is Kind.RATIO else plain(figure)
    return str(int(figure == "是"))


def texts_of(content: Content | None) -> dict[str, dict[str, str]]:
    """The words as they were sent: by project number, by indicator (its 说明), and of the head."""
    texts: dict[str, dict[str, str]] = {}
    for key, text in (content.words_of_form if content else {}).items():
        if not (key.is_certified and key.name in FROM_ISSUED):
            texts.setdefault(key.of, {})[key.name] = text
    return texts
