"""What goes back to a unit: its form with all that was right, and why. With doubtful cells it is a 核实单; a refused
return is sent back with a 退回说明."""

from collections.abc import Mapping, Sequence

from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import look
from minsheng_xl.forms.identity import HELD_SHEET, REFUSED_SHEET
from minsheng_xl.forms.layout import Book, Print, Sheet
from minsheng_xl.forms.left import Left
from minsheng_xl.forms.unit import unit_book
from minsheng_xl.plan.model import Plan, Unit
from minsheng_xl.plan.period import Period, month_and_day
from minsheng_xl.texts import row_height

_MOST = 12
_WIDTH = 90.0
_ORANGE = "“填报表”里橙色的格需要核实（批注里有原因）；其余已经填好，不用重填。"
_TRUE = "数字属实的，在同一行“说明”栏写明原因。"
_MAY_BE_TRUE = "“说明”栏写明原因"
"""How a sentence ends that asks of a figure which may be right as it stands."""


def feedback_book(
    plan: Plan,
    unit: Unit,
    period: Period,
    left: Left,
    given: Mapping[Key, Value],
    marks: Mapping[Key, str],
    remarks: Mapping[Key, str],
    sentences: Sequence[str],
    *,
    is_refused: bool,
    head: str = "",
) -> Book:
    """A workbook to be corrected and sent back.

    `left` is what earlier periods left on it; `given` are the contents of the input cells, `marks` what is doubtful
    about some of them, `remarks` comments of the unit's own, `sentences` what has to be done, in order, `head` is the
    head of the journal's chain that the unit's form bears.
    """
    book = unit_book(plan, unit, period, left.before, given, marks=marks, remarks=remarks, left=left, head=head)
    form, identity = book.sheets
    return Book([_page(plan, unit, period, sentences, bool(marks), is_refused), form, identity], book.properties)


def _page(plan: Plan, unit: Unit, period: Period, sentences: Sequence[str], marked: bool, is_refused: bool) -> Sheet:
    title = REFUSED_SHEET if is_refused else HELD_SHEET
    sheet = Sheet("feedback", title, widths=[6, _WIDTH], tab=look.RED)
    sheet.heights |= {0: 36, 1: 24}
    sheet.put(0, 0, title, look.TITLE, across=2)
    due = month_and_day(plan.due(period))
    sheet.put(1, 0, f"{unit.name}　·　{period.label}　·　原定{due}前报送", look.SUBTITLE, across=2)
    asked = "来表不符合要求，请按下面 {} 处重新填写" if is_refused else "请核实下面 {} 处，改正或写明原因"
    marks = (_ORANGE + (_TRUE if any(_MAY_BE_TRUE in one for one in sentences) else "")) if marked else ""
    how = f"{asked.format(len(sentences))}，把这个文件发回即可。{marks}"
    sheet.heights[2] = row_height([(how, _WIDTH)], least=30)
    sheet.put(2, 0, how, look.PLAIN.having(wrap=True), across=2)
    row = 3
    shown = list(sentences[:_MOST]) + ([f"……另有 {len(sentences) - _MOST} 处，见填报表里的批注。"] if len(sentences) > _MOST else [])
    for number, sentence in enumerate(shown, 1):
        sheet.heights[row] = row_height([(sentence, _WIDTH)], least=26)
        sheet.put(row, 0, str(number), look.BODY_CENTER)
        sheet.put(row, 1, sentence, look.BODY_WRAP)
        row += 1
    sheet.print = Print("A4", landscape=False)
    return sheet
