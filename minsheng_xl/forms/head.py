"""The head of a form: whose it is, for which period, who filled it in."""

from collections.abc import Mapping

from minsheng_xl.exact.keys import HEAD, Key
from minsheng_xl.forms import look
from minsheng_xl.forms.declaration import Field, Layout
from minsheng_xl.forms.layout import CellContent, Input, Sheet

_DATE = Input("words", instruction="如 2022-11-03")
_PHONE = Input("words", instruction="便于核对数字。")
HEAD_FIELDS = (
    Field(key="unit", title="填报单位", column=0, label=2, across=3, row=3),
    Field(key="period", title="期次", column=5, label=1, across=2, row=3),
    Field(key="date", title="填报时间", input=_DATE, column=8, label=2, across=3, row=3),
    Field(key="filler", title="填报人", input=Input("words"), column=0, label=2, across=3, row=4),
    Field(key="reviewer", title="审核人", input=Input("words"), column=5, label=1, across=2, row=4),
    Field(key="phone", title="联系电话", input=_PHONE, column=8, label=2, across=3, row=4),
)
_SHORT = 6
"""Signs of a label that fit its place."""


def put_head(layout: Layout, sheet: Sheet, said: Mapping[Key, CellContent]) -> None:
    """Draw the head of a form: whose it is, for which period, who filled it in."""
    line = look.PLAIN.having(border="bottom", bold=True)
    for field in layout.head:
        key = Key(HEAD, "form", field.key)
        label = look.LABEL.having(shrink=True, indent=0) if len(field.title) > _SHORT else look.LABEL
        sheet.put(field.row, field.column, field.title, label, across=field.label, anchor=True)
        style = line.having(bold=False, number="@") if field.input is not None else line
        sheet.put(field.row, field.entry, said.get(key), style, key=key, across=field.across, input=field.input)
