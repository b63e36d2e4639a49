"""What a certifier's form says: opinion and figure of a row made into one certified value."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from minsheng_xl.accounts.period import Reported
from minsheng_xl.accounts.values import Content, Doubt, Figure, shown
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.keys import CERTIFIED, CERTIFY, Key
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import same_text
from minsheng_xl.plan.model import Kind, Plan
from minsheng_xl.problems import Problem
from minsheng_xl.rules.certification import AGREED, CUT, DENIED, RAISED, REPORTED_CHANGED, UNPROVED, WITHHELD
from minsheng_xl.texts import cleaned

FROM_ISSUED = ("in", "reported", "period")
"""Words of a row that the form was issued with, not the certifier's: measured in, reported, of which period."""


def certified(plan: Plan, content: Content, reported: Mapping[str, Reported]) -> Content:
    """The content of a certifier's form with, per row, the certified value (a ratio as a fraction) or its
    doubt as `figure`, the opinion among the words, and what the form said was reported, and when."""
    figures: dict[Key, Figure] = {}
    words = dict(content.words)
    figures.update({key: figure for key, figure in content.figures.items() if not key.is_verdict})
    for code in dict.fromkeys(key.of for key in content.figures if key.is_verdict):
        opinion, figure = (content.figures.get(Key(CERTIFY, code, name)) for name in ("opinion", "figure"))
        value = _value(plan.indicator(code).kind, opinion, figure, reported.get(code))
        if value is not None:
            figures[Key(CERTIFY, code, CERTIFIED)] = value
        words[Key(CERTIFY, code, "opinion")] = shown(opinion)
        words[Key(CERTIFY, code, "in")] = plan.indicator(code).measured_in
        if code in reported:
            words[Key(CERTIFY, code, "reported")] = str(reported[code].value)
            words[Key(CERTIFY, code, "period")] = str(reported[code].period)
    return Content(figures, words)


def reported_changed(page: Page, figures: Mapping[Key, Figure]) -> tuple[dict[Key, Figure], list[Problem]]:
    """What was certified is the figure that went out: where another stands there now, the row is in doubt."""
    doubts: dict[Key, Figure] = {}
    problems = []
    for code in dict.fromkeys(key.of for key in figures if key.is_verdict):
        changed = next((key for key in _as_reported(code) if _is_changed(page, key)), None)
        if changed is not None:
            raw = page.raw(changed)
            seen = cleaned(raw.text)[:60] if raw is not None else ""
            doubts[Key(CERTIFY, code, CERTIFIED)] = Doubt(f"报送数被改为 {seen or '空'}")
            problems.append(REPORTED_CHANGED.problem(
                sheet=page.sheet.name, cell=cell_name(page.at(changed)), key=changed,
                seen=seen, expected=page.issued.text(changed),
            ))
    return doubts, problems


def _as_reported(code: str) -> Sequence[Key]:
    """The cells of a row that state what was reported, and since when."""
    return Key(CERTIFY, code, "reported"), Key(CERTIFY, code, "since")


def _is_changed(page: Page, key: Key) -> bool:
    was, now = page.issued.text(key), page.raw(key)
    if now is None:
        return bool(was)
    return same_text(now.text) != same_text(was) or now.formula is not None


def _value(kind: Kind, opinion: "Figure | None", figure: "Figure | None", reported: Reported | None) -> "Figure | None":
    if isinstance(figure, Doubt):
        return figure
    if isinstance(opinion, Doubt):
        return Doubt(opinion.seen if figure is None else f"{opinion.seen} {shown(figure)}")
    if opinion == AGREED and reported is not None and isinstance(reported.value, Fraction | str):
        return reported.value
    if opinion in (CUT, RAISED) and figure is not None:
        return figure / 100 if kind is Kind.RATIO and isinstance(figure, Fraction) else figure
    return None if opinion in (WITHHELD, UNPROVED, DENIED) else Doubt(shown(opinion) or shown(figure))
