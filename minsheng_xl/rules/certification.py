"""Rules on a row of the certifier's form: opinion and figure must say the same.

Source: the practice of 认定: a figure is agreed to, made worse, put off, waits for proof, or is not recognised; it is
never made better: of what should be little, 核增 is what 核减 is of the rest.
"""

from fractions import Fraction

from minsheng_xl.exact.expressions import Expr, and_, is_blank, is_number, or_, round_
from minsheng_xl.figures.definitions import YES_OR_NO
from minsheng_xl.plan.model import Comparator, Indicator
from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Cells, Row, Rule, where

AGREED, CUT, RAISED, WITHHELD, UNPROVED, DENIED = OPINIONS = (
    "同意报送数", "核减", "核增", "暂不认定", "待补证", "不予认定",
)
FIRST_OPINIONS = AGREED, CUT, WITHHELD, UNPROVED
"""What could be said on the first forms: there 核减 stood for 核增 too."""
WITH_REASON = CUT, RAISED, DENIED

_HOLD, _NOTE = Severity.HOLD, Severity.NOTE
HALF = Fraction(1, 20)  # what a percentage of one decimal may be rounded by


def opinions_on(indicator: Indicator) -> tuple[str, ...]:
    """What can be said of the figure of an indicator."""
    other = CUT if indicator.comparator is Comparator.AT_MOST else RAISED
    return tuple(opinion for opinion in OPINIONS if opinion != other)


def _filled(cell: Expr) -> Expr:
    return is_blank(cell).equals(False)


def _said(cells: Cells, *opinions: str) -> Expr:
    return or_(*(cells.opinion.equals(opinion) for opinion in opinions))


def _same(row: Row, cells: Cells) -> Expr:
    """Whether the certified figure is the reported one; of a ratio, as far as it is printed."""
    if row.is_ratio:
        return and_(is_number(cells.certified), round_(cells.certified, 1).equals(round_(cells.reported, 1)))
    return cells.certified.equals(cells.reported)


def _no_opinion(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(_filled(cells.certified), is_blank(cells.opinion))


def _nothing_reported(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(_said(cells, AGREED, CUT, RAISED), is_blank(cells.reported))


def _not_agreed(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(_said(cells, AGREED), _filled(cells.certified), _same(row, cells).equals(False))


def _nothing_left(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(_said(cells, CUT, RAISED), is_blank(cells.certified))


def _is_little(row: Row) -> bool:
    """Whether more is worse, and there is a number of it."""
    return row.indicator.comparator is Comparator.AT_MOST and row.indicator.kind not in YES_OR_NO


def _not_cut(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    if row.indicator.kind in YES_OR_NO:
        less = and_(cells.certified.equals("否"), cells.reported.equals("是"))
    else:
        raised, cut = cells.certified > cells.reported, cells.certified < cells.reported
        worse = raised if row.indicator.comparator is Comparator.AT_MOST else cut
        less = and_(worse, _same(row, cells).equals(False))
    return and_(_said(cells, CUT), _filled(cells.certified), _filled(cells.reported), less.equals(False))


def _not_raised(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    more = and_(cells.certified > cells.reported, _same(row, cells).equals(False))
    return and_(_said(cells, RAISED), _filled(cells.certified), _filled(cells.reported), more.equals(False))


def _figure_withheld(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(_said(cells, WITHHELD, UNPROVED, DENIED), _filled(cells.certified))


def _alone(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    said = (_filled(cell) for cell in (cells.reason, cells.checked, cells.confirmed, cells.remark))
    return and_(is_blank(cells.opinion), is_blank(cells.certified), or_(*said))


def _fraction(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    as_percent = cells.certified * 100 <= cells.reported + HALF
    as_share = and_(cells.certified <= 1, cells.reported > 2)
    return and_(
        is_number(cells.certified), cells.certified > 0, is_number(cells.reported), or_(as_percent, as_share),
    )


def _more_than_checked(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(is_number(cells.confirmed), or_(is_blank(cells.checked), cells.confirmed > cells.checked))


def _no_reason(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(_said(cells, *WITH_REASON), is_blank(cells.reason))


_CELL, _ROW = "认定数", "该行认定数"

NO_OPINION = Rule(
    code="certify-opinion-missing",
    severity=_HOLD,
    sentence="填了认定数，没有选认定意见，列为待核",
    action="请选“同意报送数”或“核减”（≤ 的指标：“核增”）",
    source="没有意见的数不知道算不算认定",
    holds=_CELL,
    instruction="填了认定数的要选。",
    hint="请选认定意见",
    places=lambda row: where(True, "figure"),
    fires=_no_opinion,
)
NOTHING_REPORTED = Rule(
    code="certify-nothing-reported",
    severity=_HOLD,
    sentence="这个指标没有报送数，不能“{seen}”，列为待核",
    action="请选“暂不认定”或“待补证”，或等单位报送后再认定",
    source="认定以报送数为准",
    holds=_ROW,
    hint="没有报送数，不能同意、核减或核增",
    places=lambda row: where(True, "opinion"),
    fires=_nothing_reported,
)
NOT_AGREED = Rule(
    code="certify-agreed-differs",
    severity=_HOLD,
    sentence="选了“同意报送数”，填的认定数却与报送数（{expected}）不同，列为待核",
    action="同意的不填认定数；核减的请选“核减”",
    source="两处说法不同",
    holds=_CELL,
    instruction="同意报送数的可以空着。",
    hint="与报送数不同，请选“核减”或改数",
    against="reported",
    places=lambda row: where(True, "figure"),
    fires=_not_agreed,
)
NOTHING_LEFT = Rule(
    code="certify-cut-missing",
    severity=_HOLD,
    sentence="选了“{seen}”，没有填认定数，列为待核",
    action="请填核减（核增）后的数",
    source="不知道改到多少",
    holds=_ROW,
    hint="请填核减（核增）后的认定数",
    places=lambda row: where(True, "opinion"),
    fires=_nothing_left,
)
NOT_CUT = Rule(
    code="certify-cut-not-less",
    severity=_HOLD,
    sentence="选了“核减”，认定数却不小于报送数（{expected}），列为待核",
    action="请核对；认定数只能等于或小于报送数（≤ 的指标：等于或大于），要调增请单位更正报送数",
    source="认定只核减，不调增",
    holds=_CELL,
    instruction="核减的填核减后的数。",
    hint="核减后的数应小于报送数",
    against="reported",
    places=lambda row: where(True, "figure"),
    fires=_not_cut,
)
NOT_RAISED = Rule(
    code="certify-raised-not-more",
    severity=_HOLD,
    sentence="选了“核增”，认定数却不大于报送数（{expected}），列为待核",
    action="请核对；≤ 的指标认定数只能等于或大于报送数，要调减请单位更正报送数",
    source="≤ 的指标，数大的差；认定只往差处改",
    holds=_CELL,
    instruction="核增的填核增后的数。",
    hint="核增后的数应大于报送数",
    against="reported",
    places=lambda row: where(_is_little(row), "figure"),
    fires=_not_raised,
)
FIGURE_WITHHELD = Rule(
    code="certify-withheld-figure",
    severity=_HOLD,
    sentence="选了“暂不认定”“待补证”或“不予认定”，又填了认定数，列为待核",
    action="请删去认定数，或改选认定意见",
    source="两处说法不同",
    holds=_CELL,
    hint="暂不认定、待补证、不予认定的不填认定数",
    places=lambda row: where(True, "figure"),
    fires=_figure_withheld,
)
FRACTION = Rule(
    code="certify-fraction",
    severity=_HOLD,
    sentence="像是把百分数填成了小数，列为待核",
    action="比率请填百分数的数值，如 98.5",
    source="98.5 和 0.985 相差一百倍",
    holds=_CELL,
    instruction="比率填百分数的数值，如 98.5。",
    hint="请填百分数的数值，如 98.5",
    tolerance="认定数的 100 倍不大于报送数，或认定数 ≤ 1 而报送数 ＞ 2%",
    places=lambda row: where(row.is_ratio, "figure"),
    fires=_fraction,
)
MORE_THAN_CHECKED = Rule(
    code="certify-confirmed-exceeds",
    severity=_HOLD,
    sentence="属实数大于抽查数，列为待核",
    action="请核对抽查数和属实数",
    source="属实的在抽查的之内",
    holds="抽查数、属实数",
    hint="属实数应不大于抽查数",
    places=lambda row: where(True, "checked", "confirmed"),
    fires=_more_than_checked,
)
NO_REASON = Rule(
    code="certify-reason-missing",
    severity=_NOTE,
    sentence="核减、核增或不予认定没有写原因",
    action="请写明原因，通报时要用",
    source="被核减的单位要知道原因",
    hint="请写核减、核增或不予认定的原因",
    places=lambda row: where(True, "reason"),
    fires=_no_reason,
)
ALONE = Rule(
    code="certify-words-alone",
    severity=_NOTE,
    sentence="写了原因、抽查数或意见，没有选认定意见，这一行仍是未认定",
    action="要认定的请选认定意见",
    source="没有意见的行不算认定",
    hint="没有选认定意见，仍是未认定",
    places=lambda row: where(True, "opinion"),
    fires=_alone,
)
BY_ROW = (
    NO_OPINION, NOTHING_REPORTED, FRACTION, NOT_AGREED, NOTHING_LEFT, NOT_CUT, NOT_RAISED, FIGURE_WITHHELD,
    MORE_THAN_CHECKED, NO_REASON, ALONE,
)
"""In the order in which their hints come first."""

IDENTITY = Rule(
    code="certify-identity",
    severity=Severity.ERROR,
    sentence="认定表的标识互相矛盾或被改写，没有采用",
    action="请用发出的认定表重填",
    source="不知道是谁认定的、认定哪一期",
)
REPORTED_CHANGED = Rule(
    code="certify-reported-changed",
    severity=_HOLD,
    sentence="报送数被改动（发出时是 {expected}），这一行列为待核",
    action="请照发出的报送数认定；报送数有误的请原单位更正，再重新发认定表",
    source="认定的是发出的那个数",
    holds=_ROW,
)
CHANGED = Rule(
    code="certify-changed",
    severity=_NOTE,
    sentence="与上次的认定不同（上次：{expected}），以这次的为准",
    action="请留意",
    source="认定以最后一次为准",
)
TWO = Rule(
    code="certify-two",
    severity=_HOLD,
    sentence="同时收到两份认定表，这一行说法不同，列为待核",
    action="请认定单位再送一份",
    source="不知道哪份在后",
    holds=_ROW,
)
RULES = (*BY_ROW, REPORTED_CHANGED, IDENTITY, CHANGED, TWO)
