"""How a unit's workbook says whose it is: twice hidden and once in print."""

import hashlib
import json

from minsheng_xl.exact.keys import HEAD, Key
from minsheng_xl.forms.rows import form_rows
from minsheng_xl.plan.model import Plan, Role
from minsheng_xl.plan.period import Period

FORM_VERSION = "2"
FORM_SHEET = "填报表"
IDENTITY_SHEET = "标识"
FEEDBACK_SHEET = "退回说明"

UNIT_PROPERTY, PERIOD_PROPERTY, FORM_PROPERTY, VERSION_PROPERTY = (
    "minsheng.unit", "minsheng.period", "minsheng.form", "minsheng.version",
)

IDENTITY_LINE = Key("identity", "form", "line")
UNIT_CELL = Key(HEAD, "form", "unit")
PERIOD_CELL = Key(HEAD, "form", "period")


def form_hash(plan: Plan, unit: str) -> str:
    """What a unit's form is built from, as a hash: twelve hex digits.

    Indicators, targets, denominators, projects and this version of the layout are in it; contacts,
    due days, bands and pace are not, so that editing those invalidates no form sent out.
    """
    rows = [
        [
            r.role, i.code, i.name, i.kind.value, i.unit_of_measure, str(i.decimals), i.comparator.value,
            str(i.target), i.numerator, i.denominator, str(i.office_denominator), str(i.fixed_denominator),
            str(i.contained), i.parent, "、".join(i.derived_from),
        ]
        for r in form_rows(plan, unit, plan.periods[0])
        for i in (r.indicator,)
    ]
    projects = [
        [role.value, no, plan.project(no).name, plan.project(no).asks_funding]
        for role in (Role.LEAD, Role.RESPONSIBLE)
        for no in plan.projects_of(unit, role)
    ]
    made_of = [FORM_VERSION, plan.settings.region, plan.settings.year, plan.settings.frequency.value, unit, rows, projects]
    return hashlib.sha256(json.dumps(made_of, ensure_ascii=False).encode()).hexdigest()[:12]


def identity_line(unit: str, period: Period, form: str, version: str = FORM_VERSION) -> str:
    """The identity in print, at the foot of the form; the reader takes it apart again."""
    return f"{unit} · {period} · 表号 {form} · 版式 {version}"
