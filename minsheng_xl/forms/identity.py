"""How a workbook of ours says whose it is: twice hidden and once in print."""

import hashlib
import json
import re
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Any

from minsheng_xl.exact.keys import HEAD, Key
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.plan.model import Indicator
from minsheng_xl.plan.period import Period

FORM_SHEET = "填报表"
IDENTITY_SHEET = "标识"
HELD_SHEET, REFUSED_SHEET = "核实单", "退回说明"
FEEDBACK_SHEETS = (HELD_SHEET, REFUSED_SHEET)
"""The page before a form that goes back: with doubtful cells, or refused. Those of earlier versions were all 退回说明."""

UNIT_PROPERTY, PERIOD_PROPERTY, FORM_PROPERTY, VERSION_PROPERTY = (
    "minsheng.unit", "minsheng.period", "minsheng.form", "minsheng.version",
)

RULES_PROPERTY = "minsheng.rules"
"""The number of the rule set by which a form was made: what came later only remarks on it."""

IDENTITY_LINE = Key("identity", "form", "line")
UNIT_CELL = Key(HEAD, "form", "unit")
PERIOD_CELL = Key(HEAD, "form", "period")

MEANING = (
    "code", "tier", "project", "name", "kind", "unit_of_measure", "decimals", "comparator", "target", "numerator",
    "denominator", "office_denominator", "fixed_denominator", "contained", "parent", "derived_from", "definition",
)
"""The fields of an indicator that decide what is entered for it, or how that is judged."""


def meaning_of(indicator: Indicator) -> list[Any]:
    """What is entered for an indicator and how it is judged, as a hash takes it."""
    return [_plain(getattr(indicator, field)) for field in MEANING]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Fraction) else value


def signs(made_of: list[Any]) -> str:
    """The 表号 of a form made of these: twelve hex digits."""
    return hashlib.sha256(json.dumps(made_of, ensure_ascii=False).encode()).hexdigest()[:12]


def identity_line(unit: str, period: Period, form: str, version: str, head: str = "") -> str:
    """The identity in print, at the foot of the form; the reader takes it apart again. `head` is the head of the
    journal's chain as it stood before the form went out."""
    line = f"{unit} · {period} · 表号 {form} · 版式 {version}"
    return f"{line} · 链首 {head}" if head else line


def head_in(text: str) -> str:
    """The head of the journal's chain that an identity line says; "" if it says none."""
    found = re.search(r"表号 \S+ · 版式 \S+ · 链首 ([0-9a-f]+)\s*\Z", text)
    return found[1] if found is not None else ""


def is_identity_line(text: str, unit: str, period: Period) -> bool:
    """Whether a text is the identity line of the unit's form of a period, whichever version made it."""
    return version_in(text, unit, period) != ""


def version_in(text: str, unit: str, period: Period) -> str:
    """The version of the layout that the identity line of the unit's form of a period says; "" if it is none.

    Behind it stands the head of the journal's chain, of which nothing is read here.
    """
    unit_and_period = re.escape(f"{unit} · {period}")
    found = re.fullmatch(rf"{unit_and_period} · 表号 \S+ · 版式 (\S+)(?: · 链首 \S+)?", text)
    return found[1] if found is not None else ""


def properties_of(title: str, unit: str, period: Period, form: str, version: str) -> dict[str, str]:
    """The identity as properties of the file."""
    return {
        "title": title, UNIT_PROPERTY: unit, PERIOD_PROPERTY: str(period), FORM_PROPERTY: form,
        VERSION_PROPERTY: version,
    }


def identity_sheet(properties: Mapping[str, str]) -> Sheet:
    """The identity on a hidden sheet, as in the properties of the file."""
    sheet = Sheet("identity", IDENTITY_SHEET, hidden=True, widths=[20, 40], hidden_columns={0, 1})
    said = ((name, text) for name, text in properties.items() if name != "title")
    for row, (name, text) in enumerate(said):
        sheet.put(row, 0, name, look.HIDDEN)
        sheet.put(row, 1, text, look.HIDDEN.having(number="@"))
    return sheet
