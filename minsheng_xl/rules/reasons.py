"""What a 说明 is worth: whether it gives a reason for an unusual figure, or only fills the box.

The form computes it in two cells beside the row, the intake from what was written: one expression.
Source: the practice of 说明. People who must not leave a box empty write //, 见附件, 已完成 or their own name.
"""

from collections.abc import Sequence

from minsheng_xl.exact.expressions import Call, Const, Expr, and_, count_signs, expr, is_among, or_, replaced, without

LEAST = 4
"""Signs that a reason has at least."""

FILLERS = (
    "按照计划", "按计划", "正在推进", "持续推进", "推进中", "正在开展", "持续开展", "进行中", "有序", "稳步", "顺利", "圆满", "如实",
    "按要求", "按规定", "按时", "全部完成", "完成任务", "任务完成", "已完成", "完毕", "领导", "审阅", "情况", "说明", "附件", "附表",
    "不涉及", "无变化", "未发生", "无异常", "同上", "如上", "相同", "一致", "测试", "数据真实", "数据准确", "数据正确", "数据无误",
    "为准", "良好", "正常", "工作", "暂无", "没有", "不清楚", "收到", "好的", "已上报",
)
"""What fills a box and says nothing, longer ones before those that they contain: with 附件 taken out of 详见附件
too little is left. Excel nests 64 functions, so that they are no more than fifty."""

SHORT = (
    "属实", "已核实", "经核实", "核实无误", "经核实无误", "更正", "已更正", "更正数", "补报", "已补报", "补录", "已补录", "核减", "已核减", "核增", "漏报",
    "误报", "多报", "少报", "重报", "重复", "笔误", "退出", "注销", "迁出", "死亡", "合并", "停用", "停工",
)
"""Reasons that are shorter and say enough; one of two signs also with a number and what it counts: 核减12人."""
_COUNTED, _AND_MEASURE = 2, 3
"""Signs of a short reason that may count something, and with the measure behind the number."""

_BLANKS = (" ", "\u3000", "\u00a0")
_ENDS = ("。", "！", ".", "!", "，", ",", "；", "、")
SIGNS = (
    *"0123456789", *"０１２３４５６７８９", *"abcdefghijklmnopqrstuvwxyz",
    *"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    *"，。、；：？！“”‘’（）【】《》〈〉「」『』—…·－～￥％＋＝／＊＃．",
    *"√×○✓✔✗●◎□■△▲◆☆★→〇",
)
"""Signs that say nothing by themselves."""


STRIPS = tuple(SIGNS[first : first + 55] for first in range(0, len(SIGNS), 55))
"""The signs in the parts in which they are taken out, one cell after the other: Excel nests 64 functions, and gnumeric
reckons with no list inside of a function."""


def bare(said: Expr) -> Expr:
    """A 说明 without blanks and what nobody sees, in small letters."""
    return Call("LOWER", (without(Call("CLEAN", (said,)), *_BLANKS),))


def left(said: Expr) -> Expr:
    """What is left of a 说明 when what only fills the box is taken out."""
    return without(bare(said), *FILLERS)


def stripped(text: Expr, part: int) -> Expr:
    """A text without a part of the signs that say nothing."""
    return without(text, *STRIPS[part])


def explains(said: Expr, left: Expr, names: Sequence[Expr] = (), *, rest: Expr | None = None) -> Expr:
    """Whether a 说明 gives a reason: enough signs are left of it, or it is one of the short reasons.

    `names` are texts that stand elsewhere on the form, of which none is a reason: who filled it in, the unit, the row.
    `rest` is what is `left` with all the signs that say nothing taken out; where a form has no cells for that, they are
    counted.
    """
    whole = without(bare(said), *_ENDS)
    first = Call("LEFT", (left, expr(1)))
    if rest is not None:
        enough, others = _length(rest), _length(replaced(rest, first, ""))
    else:
        enough, others = _said(left), _said(replaced(left, first, ""))
    is_said = and_(enough >= LEAST, others > 0, *(whole.equals(name).equals(False) for name in names))
    counts = and_(enough <= _AND_MEASURE, is_among(Call("LEFT", (left, expr(_COUNTED))), SHORT))
    return or_(is_said, is_among(whole, SHORT), counts)


def _length(text: Expr) -> Expr:
    return Call("LEN", (text,))


def _said(text: Expr) -> Expr:
    """How many signs of a text say something."""
    return _length(text) - count_signs(text, SIGNS)


def gives_reason(said: str, names: Sequence[str] = ()) -> bool:
    """Whether a 说明 as it was written gives a reason."""
    written = Const(said)
    return bool(explains(written, left(written), [Const(name) for name in names]).value())
