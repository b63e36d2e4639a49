"""The hidden sheet of the master by which the program knows it again, with the words that its macros show."""

from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.forms import former_home as home_before
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
STATUS_CELL: Place = (4, 1)
FIRST_WORD = 5
"""The row from which the words stand."""
_WORDS = (  # macros/MinshengXL.bas names their cells, and those of the two rows before
    ("没有安装", "没有找到程序。请在这台电脑上运行一次 minsheng-xl setup；或关上总台账，双击文件夹里的“打开菜单”。"),
    ("没有保存", "请先把总台账保存在这台电脑的一年的文件夹里（不是网盘上），再点。"),
    ("只读", "总台账是以只读方式打开的。请关上，等别人用完再打开，再点。"),
    ("开始", "正在准备，请稍候……"),
    (
        "设置读不了",
        "按钮的设置读不了：它正被别的程序占用，或者没有权限读。请过一会儿再点；还是这样，请在这台电脑上再运行一次 minsheng-xl setup。"
        "急用的，关上总台账，双击文件夹里的“打开菜单”。设置是这个文件：",
    ),
    (
        "设置是空的",
        "按钮的设置是空的，不知道程序在哪里。请在这台电脑上再运行一次 minsheng-xl setup；"
        "急用的，关上总台账，双击文件夹里的“打开菜单”。设置是这个文件：",
    ),
    (
        "路径里有生僻字",
        "总台账的路径里有 Excel 传不出去的字（生僻字、外文字母，下面可能显示成“?”），按钮没法告诉程序是哪个文件。请关上总台账，"
        "给文件夹改一个只有常用字的名字，或移到别处，再打开、再点；不想移动的，双击文件夹里的“打开菜单”。路径是：",
    ),
    (
        "程序启动不了",
        "程序启动不了：它被移走、删掉了，或者被杀毒软件拦下了。请把程序放回原处或重新安装，再运行一次 minsheng-xl setup；"
        "急用的，关上总台账，双击文件夹里的“打开菜单”。设置里写的是：",
    ),
)


def program_sheet(
    plan_version: str, period: Period, upto: int, words: int | None = None, *, former_home: bool = False
) -> Sheet:
    """What the master was made from: the version of the plan, the period, the last journal entry it knows. And the
    first so many `words` for its macro: one that an earlier version put there shows fewer; `former_home`: its 首页 is as
    an earlier version drew it."""
    sheet = Sheet(PROGRAM.id, PROGRAM.name, hidden=True, widths=[16, 60])
    status = home_before.STATUS_PLACE if former_home else STATUS_PLACE
    known = (
        ("计划版本", plan_version), ("期次", str(period)), ("已知日志", str(upto)), ("状态所在的表", HOME.name),
        ("状态所在的格", cell_name(status)),
    )
    for row, (name, text) in enumerate((*known, *_WORDS[:words])):
        sheet.put(row, 0, name, look.BODY)
        sheet.put(row, 1, text, look.BODY)
    return sheet
