"""A form of a few rows, placed by hand, and how it comes back.

     A        B        C            D          E
 1   县残联填报表
 2   编码     指标     本期累计     上期累计   分母
 3   1-1      培训     (a number)   26800      555
 4   1-2      持证     (a number)   =D3/2
 5   进展     (words)
 6   进展     (words)
 7   说明一   说明二   说明三       说明四
"""

from collections.abc import Mapping
from fractions import Fraction

from minsheng_xl.books.package.read import Area, Frame, RawCell, RawSheet, RawWorkbook
from minsheng_xl.exact.addresses import Place
from minsheng_xl.exact.expressions import Binary, Const
from minsheng_xl.exact.numbers import plain
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Check, Input, Sheet
from minsheng_xl.forms.unit import LAYOUT, form_of
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import IssuedForm, Placement
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from tests.makers import figure, word

NAME = "填报表"
FIRST, SECOND = (2, 2), (3, 2)
"""Where the two figures stand."""
NUMBERS = (Area(2, 2, 3, 2),)
"""The cells that take only numbers."""
AS_ISSUED: dict[Place, RawCell] = {
    (0, 0): RawCell("s", "县残联填报表"),
    (1, 0): RawCell("s", "编码"),
    (1, 1): RawCell("s", "指标"),
    (1, 2): RawCell("s", "本期累计"),
    (1, 3): RawCell("s", "上期累计"),
    (1, 4): RawCell("s", "分母"),
    (2, 0): RawCell("s", "1-1"),
    (2, 1): RawCell("s", "培训"),
    (2, 3): RawCell("n", "26800"),
    (2, 4): RawCell("n", "555"),
    (3, 0): RawCell("s", "1-2"),
    (3, 1): RawCell("s", "持证"),
    (3, 3): RawCell("n", "13400", "D3/2"),
    (4, 0): RawCell("s", "进展"),
    (5, 0): RawCell("s", "进展"),
    (6, 0): RawCell("s", "说明一"),
    (6, 1): RawCell("s", "说明二"),
    (6, 2): RawCell("s", "说明三"),
    (6, 3): RawCell("s", "说明四"),
}

def layout(*checks: Check) -> Sheet:
    """The form as it is declared."""
    form = Sheet("form", NAME)
    form.put(0, 0, "县残联填报表", look.BODY)
    for column, title in enumerate(("编码", "指标", "本期累计", "上期累计", "分母")):
        form.put(1, column, title, look.BODY, anchor=True)
    for row, (code, name) in enumerate((("1-1", "培训"), ("1-2", "持证")), start=2):
        form.put(row, 0, code, look.BODY, anchor=True)
        form.put(row, 1, name, look.BODY, anchor=True)
        form.put(row, 2, None, look.BODY, key=figure(code), input=Input("number"))
    form.put(2, 3, Fraction(26800), look.BODY, key=figure("1-1", "previous"))
    form.put(2, 4, Fraction(555), look.BODY, key=figure("1-1", "denominator"))
    form.put(3, 3, Binary("/", form.ref(figure("1-1", "previous")), Const(Fraction(2))), look.BODY)
    for project in (1, 2):
        form.put(3 + project, 0, "进展", look.BODY, anchor=True)
        form.put(3 + project, 1, None, look.BODY, key=word(project, "progress"), input=Input("words"))
    for column, note in enumerate(("说明一", "说明二", "说明三", "说明四")):
        form.put(6, column, note, look.BODY)
    form.checks += checks
    return form

def issued(*checks: Check) -> IssuedForm:
    """The form as it went out."""
    return IssuedForm(layout(*checks), sheet({}, Frame(validated=NUMBERS)))

def sheet(changes: Mapping[Place, RawCell | None], frame: Frame | None = None, name: str = NAME) -> RawSheet:
    """The page as it came back, with these cells filled in, changed or (None) emptied."""
    cells = {place: cell for place, cell in (AS_ISSUED | dict(changes)).items() if cell is not None}
    found = RawSheet(name, cells)
    found.frame = Frame(validated=NUMBERS) if frame is None else frame
    return found

def moved(rows: Mapping[int, int], columns: Mapping[int, int] | None = None) -> RawSheet:
    """The page with some of its rows and columns, by number, at others; a copied row is written by `sheet`."""
    columns = columns or {}
    cells = {(rows.get(r, r), columns.get(c, c)): cell for (r, c), cell in AS_ISSUED.items()}
    found = RawSheet(NAME, cells)
    found.frame = Frame(validated=NUMBERS)
    return found

def page(came_back: RawSheet, *checks: Check, placement: Placement | None = None) -> Page:
    """A page on which the form was found."""
    return Page(issued(*checks), came_back, placement or Placement({}, {}))

def workbook(*sheets: RawSheet) -> RawWorkbook:
    return RawWorkbook(list(sheets), {})

def text(content: str) -> RawCell:
    return RawCell("s", content)

def number(content: str) -> RawCell:
    return RawCell("n", content)


def blank_page(plan: Plan, unit: str, period: Period) -> Page:
    """A unit's form of a plan, as it came back with nothing but the office's denominators on it."""
    form = form_of(LAYOUT, plan, plan.unit(unit), period)
    cells: dict[Place, RawCell] = {}
    for place, cell in form.cells.items():
        if cell.key is not None and cell.key.is_denominator and isinstance(cell.content, Fraction):
            cells[place] = number(plain(cell.content))
    sheet = RawSheet(NAME, cells)
    return Page(IssuedForm(form, sheet), sheet, Placement({}, {}))
