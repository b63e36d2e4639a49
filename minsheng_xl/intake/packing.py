"""A judged return as JSON-ready values, as the child answers and the journal keeps it, and back."""

from typing import Any

from minsheng_xl.accounts.values import Content, Outcome
from minsheng_xl.exact.keys import Key
from minsheng_xl.intake.returns import Return
from minsheng_xl.plan.period import Period
from minsheng_xl.year.register import content_of, pack, packed_problem, problem_of


def packed(one: Return) -> dict[str, Any]:
    """The judgement of a file; figures and words as lists of key and text."""
    content = one.content or Content({}, {})
    return {
        "file": one.file, "sha256": one.sha256, "outcome": one.outcome.value, "unit": one.unit,
        "period": str(one.period) if one.period else None, "whole": one.content is None,
        "figures": [[*key, *pack(figure)] for key, figure in content.figures.items()],
        "words": [[*key, text] for key, text in content.words.items()],
        "halves": _keys(content.halves), "explained": _keys(content.explained),
        "problems": [{**packed_problem(p), **({"key": list(p.key)} if p.key else {})} for p in one.problems], "certifies": one.certifies,
    }


def unpacked(entry: dict[str, Any]) -> Return:
    """The return of packed values."""
    return Return(
        file=entry["file"],
        sha256=entry["sha256"],
        outcome=Outcome(entry["outcome"]),
        unit=entry["unit"],
        period=Period.parse(entry["period"]) if entry["period"] else None,
        content=None if entry["whole"] else content_of(entry),
        problems=tuple(problem_of(problem) for problem in entry["problems"]),
        certifies=entry["certifies"],
    )


def _keys(keys: frozenset[Key]) -> list[list[str]]:
    return [list(key) for key in sorted(keys)]
