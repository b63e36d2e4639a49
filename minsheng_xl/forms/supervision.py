"""督办单: a slip for a unit, a line for each matter, in its colour; the slip bears the worst.

It is no form: the unit answers in its own, in the words that stand there (说明, 存在问题, 下步打算).
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, shown_column, text_column
from minsheng_xl.forms.layout import Book, Lights, Print, Sheet, SheetColumn
from minsheng_xl.plan.period import Period, year_and_day
from minsheng_xl.texts import row_height

NAME = "督办单"
DRAFTED = "拟办"
_BLUE = "#1F5FA8"
BLUE = "蓝色"
COLOURS = ((BLUE, _BLUE), ("黄色", look.AMBER), ("红色", look.RED))
_TITLES = {BLUE: "提示", "黄色": "黄色督办", "红色": "红色督办"}
_MEANT = (
    "蓝：提示，报送截止前提醒。黄、红：按已确认的节点计划滞后、逾期没有报送，经批准后发出。每件的编号到销号为止不变。",
    "请在本期（或下一期）填报表的“说明”“存在问题”“下步打算”里答复，不用另外行文；报送了、赶上序时了，自动销号。",
)


class SlipLine(NamedTuple):
    """A matter on a slip."""

    number: str
    title: str
    should: str
    stands: str
    colour: str


class Slip(NamedTuple):
    """What stands on the slip of a unit: its colour, its matters, by whom and by which document it goes out, "" while
    it is only drafted."""

    unit: str
    tab: str
    colour: str
    lines: Sequence[SlipLine]
    approver: str = ""
    document: str = ""

    @property
    def is_drafted(self) -> bool:
        """Whether it still waits for a leader's word."""
        return self.colour != BLUE and not self.approver


class SlipHead(NamedTuple):
    """What all slips of a run have in common."""

    title: str
    organ: str
    period: Period
    day: date


def supervision_book(head: SlipHead, slips: Sequence[Slip]) -> Book:
    """The slips as a workbook, a sheet for each unit."""
    return Book([_sheet(head, one) for one in slips], {"title": f"{head.title}{head.period}{NAME}"})


def _sheet(head: SlipHead, slip: Slip) -> Sheet:
    columns = _columns()
    wide = len(columns)
    sheet = Sheet(f"slip {slip.unit}", slip.tab, widths=[column.width for column in columns])
    sheet.heights |= {0: 44, 1: 24, 2: 32, 3: 8}
    sheet.put(0, 0, f"{NAME}（{_TITLES[slip.colour]}）", look.PAPER_TITLE, across=wide)
    sheet.put(1, 0, f"{head.title}　·　{head.period}　·　{year_and_day(head.day)}", look.CAPTION, across=wide)
    color = dict(COLOURS)[slip.colour]
    drafted = f"　【{DRAFTED}】" if slip.is_drafted else ""
    banner = look.BANNER.having(size=13, align="center", color=color)
    sheet.put(2, 0, f"{slip.unit}：共 {len(slip.lines)} 件{drafted}", banner, across=wide)
    bottom = sheet.table(
        4, page.heads(columns), slip.lines, lambda one: RowName(f"{slip.unit} {one.number}", "line"), head_height=24,
    )
    grow(sheet, range(5, bottom), least=30)
    sheet.lights.append(Lights((5, wide - 1), (bottom, wide - 1), COLOURS))
    for text in _MEANT:
        sheet.put(bottom, 0, text, look.PAPER_NOTE, across=wide)
        sheet.heights[bottom] = row_height([(text, sum(sheet.widths))], least=18, size=10)
        bottom += 1
    _sign_off(sheet, bottom, slip, head, wide)
    sheet.print = Print("A4", landscape=False, head_rows=(1, 5))
    return sheet


def _sign_off(sheet: Sheet, top: int, slip: Slip, head: SlipHead, wide: int) -> None:
    if slip.colour != BLUE:
        approver = slip.approver or "　　　　　　"
        document = slip.document or "　　　　　　"
        sheet.put(top + 1, 0, f"批准人：{approver}　　　　文号：{document}", look.SIGN_OFF, across=wide)
        sheet.heights[top + 1] = 34
        top += 1
    if head.organ:
        sheet.put(top + 1, 0, head.organ, look.SIGN_OFF.having(align="right"), across=wide)
        sheet.heights[top + 1] = 30


def _columns() -> list[SheetColumn[SlipLine]]:
    center = look.PAPER_CENTER
    return [
        shown_column("number", "编号", lambda one: one.number, center, 11),
        name_column("title", "事项", lambda one: one.title, look.PAPER, 26),
        text_column("should", "应当", lambda one: one.should, center, 16),
        text_column("stands", "现状", lambda one: one.stands, look.PAPER, 36),
        shown_column("colour", "灯", lambda one: one.colour, center.having(bold=True), 7),
    ]
