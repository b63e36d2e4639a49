"""Whose form a workbook says it is, for which period: three copies of its identity, and what was typed over it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from minsheng_xl.books.package.read import RawWorkbook
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.forms.certification import CERTIFIER_SHEET
from minsheng_xl.forms.confirmation import CONFIRMING_SHEET
from minsheng_xl.forms.identity import (
    FORM_PROPERTY,
    FORM_SHEET,
    IDENTITY_SHEET,
    PERIOD_CELL,
    PERIOD_PROPERTY,
    UNIT_CELL,
    UNIT_PROPERTY,
    VERSION_PROPERTY,
)
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import same_text
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Frequency, Period
from minsheng_xl.problems import Problem
from minsheng_xl.rules import identity
from minsheng_xl.texts import cleaned

T = TypeVar("T")

IN_PROPERTIES, IN_HIDDEN_SHEET, IN_PRINT = "文件属性", "隐藏表", "表脚一行"
COPIES = (IN_PROPERTIES, IN_HIDDEN_SHEET, IN_PRINT)
"""Where a form carries its identity."""
_NAMES = (UNIT_PROPERTY, PERIOD_PROPERTY, FORM_PROPERTY, VERSION_PROPERTY)
_LINE = re.compile(r"(.+) · (\S+) · 表号 (\S+) · 版式 (\S+)(?: · 链首 \S+)?\Z")


class Identity(NamedTuple):
    """What a workbook says it is, from inside."""

    unit: str
    period: str
    form: str
    version: str


def identities(workbook: RawWorkbook) -> dict[str, Identity]:
    """The copies of its identity that a workbook carries, by where: properties, hidden sheet, print."""
    found = {}
    if says_whose(workbook.properties):
        found[IN_PROPERTIES] = Identity(*(workbook.properties[name] for name in _NAMES))
    hidden = workbook.sheet(IDENTITY_SHEET)
    if hidden is not None:
        said = {hidden.text(row, 0): hidden.text(row, 1) for row in range(8)}
        if all(said.get(name) for name in _NAMES):
            found[IN_HIDDEN_SHEET] = Identity(*(said[name] for name in _NAMES))
    lines = _printed(workbook)
    if lines:
        confirmed = (line for _, line in lines if line in found.values())
        on_own_page = (line for own, line in lines if own)
        found[IN_PRINT] = next(confirmed, next(on_own_page, lines[0][1]))
    return found


def says_whose(properties: Mapping[str, str]) -> bool:
    """Whether the properties of a file say whose form it is."""
    return all(name in properties for name in _NAMES)


def _printed(workbook: RawWorkbook) -> list[tuple[bool, Identity]]:
    """The printed lines of identity on all pages; whether each stands on a form's own page."""
    lines = []
    for sheet in workbook.sheets:
        own = sheet.name in (FORM_SHEET, CERTIFIER_SHEET, CONFIRMING_SHEET)
        for cell in sheet.cells.values():
            if cell.kind == "s" and "表号" in cell.text and (match := _LINE.match(cell.text)):
                lines.append((own, Identity(*match.groups())))
    return lines


def agreed(said: Sequence[Identity], reading: Callable[[Identity], T | None]) -> T | None:
    """What all copies say, by a reading of each; None if they differ, or say nothing that is known."""
    found = [reading(one) for one in said]
    return found[0] if found and all(one == found[0] for one in found) else None


def contradiction(copies: Mapping[str, Identity]) -> str:
    """What each copy says, as a message shows it."""
    return "；".join(f"{where}：{one.unit} {one.period} {one.form}" for where, one in copies.items())


def missing_copies(copies: Mapping[str, Identity]) -> list[Problem]:
    """That some of the three copies are gone."""
    missing = [name for name in COPIES if name not in copies]
    return [identity.COPY_MISSING.problem(expected="、".join(missing))] if missing else []


def typed_over(page: Page, plan: Plan, unit: str, period: Period) -> Problem | None:
    """Whether 填报单位 or 期次 on a form says something else than its identity."""
    for key, rule in ((UNIT_CELL, identity.UNIT_TYPED), (PERIOD_CELL, identity.PERIOD_TYPED)):
        at, expected = page.at(key), page.issued.text(key)
        seen = page.sheet.text(*at).strip()
        if not seen or same_text(seen) == same_text(expected):
            continue
        if rule is identity.UNIT_TYPED and (plan.canonical(seen) == unit or _is_full_name(same_text(seen), plan, unit)):
            continue
        if rule is identity.PERIOD_TYPED and _says(same_text(seen), period):
            continue
        return rule.problem(sheet=page.sheet.name, cell=cell_name(at), seen=cleaned(seen)[:60], expected=expected)
    return None


def _is_full_name(text: str, plan: Plan, name: str) -> bool:
    """Whether a text is the 全称 of a unit."""
    return text != "" and any(one.full_name == text for one in plan.units if one.name == name)


def _says(text: str, period: Period) -> bool:
    """Whether a text is a period as people write it: 10月份, 2022年10月, 2022-10, or the day that a program makes of it."""
    if re.fullmatch(r"\d{5}", text):
        day = date(1899, 12, 30) + timedelta(int(text))
        return period.frequency is Frequency.MONTH and (day.year, day.month) == (period.year, period.end_month)
    return text.removesuffix("份").replace("年0", "年") in (str(period), period.label, period.short_label)
