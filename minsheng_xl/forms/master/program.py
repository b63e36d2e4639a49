"""The hidden sheet of the master by which the program knows it again, with the words that its macros show."""

from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.forms import look
from minsheng_xl.forms.home import STATUS_PLACE
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import HOME, PROGRAM

PLAN_PLACE: Place = (0, 1)
PERIOD_PLACE: Place = (1, 1)
UPTO_PLACE: Place = (2, 1)
HALF_WAY = "更新到一半"
"""Stands in the place of the last journal entry while an open master is being written."""
_WORDS = (  # from the fourth row on: macros/MinshengXL.bas names the cells
    ("状态所在的表", HOME.name),
    ("状态所在的格", cell_name(STATUS_PLACE)),
    ("没有安装", "没有找到程序。请在这台电脑上运行一次 minsheng-xl setup；或关上总台账，双击文件夹里的“打开菜单”。"),
    ("没有保存", "请先把总台账保存在这台电脑的一年的文件夹里（不是网盘上），再点。"),
    ("只读", "总台账是以只读方式打开的。请关上，等别人用完再打开，再点。"),
    ("开始", "正在准备，请稍候……"),
)


def program_sheet(plan_version: str, period: Period, upto: int) -> Sheet:
    """What the master was made from: the version of the plan, the period, the last journal entry it knows."""
    sheet = Sheet(PROGRAM.id, PROGRAM.name, hidden=True, widths=[16, 60])
    known = (("计划版本", plan_version), ("期次", str(period)), ("已知日志", str(upto)))
    for row, (name, text) in enumerate((*known, *_WORDS)):
        sheet.put(row, 0, name, look.BODY)
        sheet.put(row, 1, text, look.BODY)
    return sheet
