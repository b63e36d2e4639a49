"""What the certifiers said of the figures of a period."""

from collections.abc import Mapping
from datetime import datetime

from minsheng_xl.accounts.certified import certified_text
from minsheng_xl.accounts.period import Certified, Reported
from minsheng_xl.accounts.values import Content, Doubt, Figure, shown
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.units import certifications, content_here
from minsheng_xl.plan.model import Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import unpack_value
from minsheng_xl.year.register import Register


def certified_of(plan: Plan, register: Register, period: Period, upto: int | None = None) -> dict[str, Certified]:
    """What the certifiers said of a period, by indicator: the last word on each. Where two forms that
    came in one run differ, the figure is in doubt."""
    found: dict[str, Certified] = {}
    runs: dict[str, int] = {}
    for name, one in certifications(register, period, upto):
        unit = plan.canonical(name) or ""
        if one.content is None:
            continue
        for code, said in _said(plan, unit, content_here(plan, one.content), one.file, one.received).items():
            if not _certifies(plan, unit, code):
                continue
            before = found.get(code)
            found[code] = said
            if before is not None and runs[code] == one.run and _differ(before, said):
                found[code] = said._replace(figure=_both(plan.indicator(code).kind, before, said), in_doubt_of_two=True)
            runs[code] = one.run
    return found


def last_certified(plan: Plan, register: Register, period: Period) -> dict[str, str]:
    """What was certified of each indicator last, up to a period, in words: 2022-06 认定 1310；同意报送数."""
    found: dict[str, str] = {}
    for each in (*period.earlier, period):
        for former, said in certified_of(plan.at(each), register, each).items():
            code = plan.code_here(former)
            if plan.has_indicator(code):
                found[code] = _in_words(plan.indicator(code).kind, each, said)
    return found


def _in_words(kind: Kind, period: Period, said: Certified) -> str:
    if isinstance(said.figure, Doubt):
        return f"{period} 待核"
    figure = certified_text(kind, said.figure)
    return f"{period} 认定 {figure}；{said.opinion}" if figure else f"{period} {said.opinion}"


def says_what_stands(plan: Plan, unit: str, content: Content, certified: Mapping[str, Certified]) -> bool:
    """Whether all that a certifier's form says, of the same reported figures, is what stands already."""
    opinions = _said(plan, unit, content, "", datetime.min)
    return bool(opinions) and all(_stands(certified.get(code), said) for code, said in opinions.items())


def _stands(known: Certified | None, said: Certified) -> bool:
    return known is not None and known == said._replace(file=known.file, received=known.received)


def _certifies(plan: Plan, unit: str, code: str) -> bool:
    """Whether a unit certifies an indicator, by the plan of today."""
    return plan.has_indicator(code) and unit in plan.project(plan.indicator(code).project).certifiers


def _differ(one: Certified, other: Certified) -> bool:
    return (one.opinion, one.figure) != (other.opinion, other.figure)


def _both(kind: Kind, *said: Certified) -> Doubt:
    """Two words on one figure."""
    return Doubt(" / ".join(certified_text(kind, each.figure) or each.opinion for each in said))


def _said(plan: Plan, unit: str, content: Content, file: str, received: datetime) -> dict[str, Certified]:
    """What one form says, by indicator."""
    found: dict[str, Certified] = {}
    figures, words = content.figures, content.words
    for key in words:
        if not key.is_opinion:
            continue
        of = words.get(key.beside("period"))
        found[key.of] = Certified(
            unit=unit,
            opinion=words[key],
            figure=_measured(plan, key, figures.get(key.beside("figure")), words.get(key.beside("in"))),
            reported=Reported(unpack_value(words[key.beside("reported")]), Period.parse(of)) if of else None,
            file=file,
            received=received,
            checked=figures.get(key.beside("checked")),
            confirmed=figures.get(key.beside("confirmed")),
            reason=words.get(key.beside("reason"), ""),
            remark=words.get(key.beside("remark"), ""),
        )
    return found


def _measured(plan: Plan, key: Key, figure: "Figure | None", measure: str | None) -> "Figure | None":
    """A certified figure; one that was measured in something else is in doubt: the plan has changed since."""
    if figure is None or measure is None or not plan.has_indicator(key.of):
        return figure
    if measure == plan.indicator(key.of).measured_in:
        return figure
    return Doubt(f"{shown(figure)}（当时是{measure}）")
