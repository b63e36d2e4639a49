"""What a workbook says it is: three copies, which must agree, and the two cells in which people type."""

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.books.package.read import RawCell, RawSheet, RawWorkbook
from minsheng_xl.exact.addresses import Place
from minsheng_xl.forms import look
from minsheng_xl.forms.identity import PERIOD_CELL, UNIT_CELL
from minsheng_xl.forms.layout import Input, Sheet
from minsheng_xl.intake.identity import Identity, agreed, contradiction, identities, missing_copies, typed_over
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import IssuedForm, Placement
from tests.intake.pages import text

OURS = Identity("县残联", "2022-10", "0123456789ab", "2")
OTHER = OURS._replace(unit="县妇联")
PROPERTIES = dict(zip(("minsheng.unit", "minsheng.period", "minsheng.form", "minsheng.version"), OURS, strict=True))
LINE = "县残联 · 2022-10 · 表号 0123456789ab · 版式 2"


def hidden(said: Identity) -> RawSheet:
    names = ("minsheng.unit", "minsheng.period", "minsheng.form", "minsheng.version")
    cells = {(row, 0): text(name) for row, name in enumerate(names)}
    return RawSheet("标识", cells | {(row, 1): text(value) for row, value in enumerate(said)})


def printed(line: str = LINE, name: str = "填报表") -> RawSheet:
    return RawSheet(name, {(20, 3): text(line)})


def test_the_three_copies() -> None:
    found = identities(RawWorkbook([printed(), hidden(OURS)], PROPERTIES))
    assert found == {"文件属性": OURS, "隐藏表": OURS, "表脚一行": OURS}
    assert missing_copies(found) == []


def test_a_copy_of_which_a_part_is_gone_is_none() -> None:
    incomplete = {name: value for name, value in PROPERTIES.items() if name != "minsheng.form"}
    assert identities(RawWorkbook([hidden(OURS._replace(period=""))], incomplete)) == {}


@pytest.mark.parametrize(
    "line", [LINE.replace("表号", "编号"), LINE + " 附", "表号", LINE.replace(" · 版式 2", ""), LINE.replace("2022-10", "2022 10")]
)
def test_a_line_that_is_no_identity(line: str) -> None:
    assert identities(RawWorkbook([printed(line)], {})) == {}


def test_of_several_printed_lines_that_which_another_copy_confirms() -> None:
    pages = [printed(LINE.replace("县残联", "县妇联")), printed(name="Sheet1")]
    assert identities(RawWorkbook(pages, PROPERTIES))["表脚一行"] == OURS


def test_of_several_printed_lines_that_on_a_forms_own_page() -> None:
    foreign = printed(LINE.replace("县残联", "县妇联"), "Sheet1")
    assert identities(RawWorkbook([foreign, printed()], {})) == {"表脚一行": OURS}
    certifiers = printed(name="认定填报表")
    assert identities(RawWorkbook([foreign, certifiers], {})) == {"表脚一行": OURS}
    assert identities(RawWorkbook([foreign], {})) == {"表脚一行": OTHER}


def test_what_all_copies_say() -> None:
    assert agreed([OURS, OURS._replace(form="f")], lambda one: one.unit) == "县残联"
    assert agreed([OURS, OTHER], lambda one: one.unit) is None
    assert agreed([OURS, OTHER], lambda one: one.period) == "2022-10"
    assert agreed([], lambda one: one.unit) is None


def test_copies_that_differ_are_shown_with_where_they_stand() -> None:
    shown = contradiction({"文件属性": OURS, "隐藏表": OTHER})
    assert shown == "文件属性：县残联 2022-10 0123456789ab；隐藏表：县妇联 2022-10 0123456789ab"


def test_copies_that_are_gone_are_named() -> None:
    (found,) = missing_copies({"隐藏表": OURS})
    assert (found.code, found.expected) == ("identity-copy-missing", "文件属性、表脚一行")


@pytest.mark.parametrize(
    ("unit", "period", "code", "cell"),
    [
        ("县残联", "2022年10月", None, ""),
        ("", "", None, ""),
        ("县 残联", "2022年 10月", None, ""),
        ("县残疾人联合会", "2022-10", None, ""),
        ("鲁山县残疾人联合会", "10月份", None, ""),
        ("县残联", "2022年10月份", None, ""),
        ("县残联", "44835", None, ""),  # 2022-10-01, which Excel makes of 2022年10月
        ("鲁山县妇女联合会", "2022年10月", "identity-unit-typed", "B4"),
        ("县残联", "9月", "identity-period-typed", "D4"),
        ("县残联", "44805", "identity-period-typed", "D4"),  # 2022-09-01
        ("县残联", "44470", "identity-period-typed", "D4"),  # 2021-10-01
        ("县残联", "2021年10月", "identity-period-typed", "D4"),
        ("县妇联", "2022年10月", "identity-unit-typed", "B4"),
        ("残工委", "2022年10月", "identity-unit-typed", "B4"),
        ("县残联", "2022年9月", "identity-period-typed", "D4"),
        ("县残联", "2022-09", "identity-period-typed", "D4"),
    ],
)
def test_another_unit_or_period_typed_into_the_form(unit: str, period: str, code: str | None, cell: str) -> None:
    plan = Plan.built_in(sample=True)
    form = Sheet("form", "填报表")
    form.put(3, 1, "县残联", look.BODY, key=UNIT_CELL, input=Input("words"))
    form.put(3, 3, "2022年10月", look.BODY, key=PERIOD_CELL, input=Input("words"))
    went, came = (RawSheet("填报表", _cells(*said)) for said in (("县残联", "2022年10月"), (unit, period)))
    page = Page(IssuedForm(form, went), came, Placement({}, {}))
    found = typed_over(page, plan, "县残联", Period.parse("2022-10"))
    assert (found.code if found else None, found.cell if found else "") == (code, cell)


def _cells(unit: str, period: str) -> dict[Place, RawCell]:
    return {(3, 1): text(unit), (3, 3): text(period)}
