"""What a certifier's form says: opinion and figure of a row made into one certified value."""

from collections.abc import Mapping
from fractions import Fraction

from minsheng_xl.accounts.period import Reported
from minsheng_xl.accounts.values import Content, Doubt, Figure, Key, shown
from minsheng_xl.forms.certification import CERTIFY
from minsheng_xl.plan.model import Kind, Plan
from minsheng_xl.rules.certification import AGREED, CUT, UNPROVED, WITHHELD

FROM_ISSUED = ("in", "reported", "period")
"""Words of a row that the form was issued with, not the certifier's: measured in, reported, of which period."""


def certified(plan: Plan, content: Content, reported: Mapping[str, Reported]) -> Content:
    """The content of a certifier's form with, per row, the certified value (a ratio as a fraction) or its
    doubt as `figure`, the opinion among the words, and what the form said was reported, and when."""
    figures: dict[Key, Figure] = {}
    words = dict(content.words)
    figures.update({key: figure for key, figure in content.figures.items() if key[2] not in ("figure", "opinion")})
    for code in dict.fromkeys(key[1] for key in content.figures if key[2] in ("figure", "opinion")):
        opinion, figure = (content.figures.get((CERTIFY, code, name)) for name in ("opinion", "figure"))
        value = _value(plan.indicator(code).kind, opinion, figure, reported.get(code))
        if value is not None:
            figures[CERTIFY, code, "figure"] = value
        words[CERTIFY, code, "opinion"] = shown(opinion)
        words[CERTIFY, code, "in"] = plan.indicator(code).measured_in
        if code in reported:
            words[CERTIFY, code, "reported"] = str(reported[code].value)
            words[CERTIFY, code, "period"] = str(reported[code].period)
    return Content(figures, words)


def _value(kind: Kind, opinion: "Figure | None", figure: "Figure | None", reported: Reported | None) -> "Figure | None":
    if isinstance(figure, Doubt):
        return figure
    if isinstance(opinion, Doubt):
        return Doubt(opinion.seen if figure is None else f"{opinion.seen} {shown(figure)}")
    if opinion == AGREED and reported is not None and isinstance(reported.value, Fraction | str):
        return reported.value
    if opinion == CUT and figure is not None:
        return figure / 100 if kind is Kind.RATIO and isinstance(figure, Fraction) else figure
    return None if opinion in (WITHHELD, UNPROVED) else Doubt(shown(opinion) or shown(figure))
