"""上级报表: a period for the level above, to be signed and sent.

It is no sheet of the master: what it says is the account of a period as it stands, and is kept as it was sent.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from minsheng_xl.accounts.period import Adjustment, Correction
from minsheng_xl.accounts.upward import DRAFT, Upward, UpwardProject, UpwardRow, adjustment_texts, correction_texts
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.figures.definitions import NONE
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, shown_column, text_column, widths_of
from minsheng_xl.forms.layout import Book, CellContent, Lights, Print, Sheet, SheetColumn, TableRow
from minsheng_xl.forms.rows import chinese_number, pace_format, target_content, target_style, value_format
from minsheng_xl.texts import row_height

NAME, ANNEX = "上级报表", "各项目和调整"
CODE = "上报码"
HEAD = 4
"""The row of the heads of the table of indicators, from 0."""
_SMALL, _CENTER = look.PAPER.having(size=10), look.PAPER_CENTER.having(size=10)
_NUMBER = look.PAPER_NUMBER.having(size=10)
_MEANT = (
    "注：比率的分子、分母是各填报单位的合计，上级合成时用它们相加再除，不用完成率平均。未报、待核的没有数，不作0；平均完成率（未报按0）里未报的按0。"
    f"{CODE}由表上的内容算出，改动一个数就不同；校验码与这一期打印稿页脚的一样。"
)
_DRAFT_MEANT = "未定稿：数还会变，不作为正式上报。"


def upward_book(upward: Upward) -> Book:
    """The sheet, and its annex of projects, adjustments and corrections, as a workbook."""
    settings, period = upward.account.plan.settings, upward.account.period
    return Book([_sheet(upward), _annex(upward)], {"title": f"{settings.title}{period}{NAME}"})


def _sheet(upward: Upward) -> Sheet:
    columns = _columns()
    sheet = Sheet("upward", NAME, tab=look.TAB_SUMMARY, zoom=90)
    sheet.widths = widths_of(columns)[:-1]
    wide = len(columns)
    top = _head(upward, sheet, f"{upward.account.plan.settings.title}{NAME}")
    bottom = sheet.table(top, page.heads(columns), upward.rows, lambda one: RowName("up", one.code), head_height=30)
    grow(sheet, range(top + 1, bottom), least=21)
    status = len(columns) - 2
    sheet.lights.append(Lights((top + 1, status), (max(bottom - 1, top + 1), status), look.LIGHT_COLORS))
    sheet.put(bottom, 0, _MEANT, look.PAPER_NOTE, across=wide)
    sheet.heights[bottom] = row_height([(_MEANT, sum(sheet.widths))], least=30, size=look.PAPER_NOTE.size)
    signed = "填报：　　　　　　　　　审核：　　　　　　　　　签发：　　　　　　　　　（盖章）　　　　年　　月　　日"
    sheet.put(bottom + 1, 0, signed, look.SIGN_OFF, across=wide)
    sheet.heights[bottom + 1] = 40
    sheet.freeze = (top + 1, 2)
    sheet.print = Print("A4", head_rows=(1, top))
    return sheet


def _annex(upward: Upward) -> Sheet:
    sheet = Sheet("upward annex", ANNEX, tab=look.TAB_SUMMARY, zoom=90, widths=widths_of(_columns())[:-1])
    top = _head(upward, sheet, f"{upward.account.plan.settings.title}{ANNEX}")
    bottom = _projects(upward, sheet, top)
    adjustments, corrections = upward.account.adjustments, upward.account.corrections
    if adjustments:
        bottom = _list(sheet, bottom, "指标调整（以文件为准）", _adjustments(), adjustments)
    if corrections:
        _list(sheet, bottom, "定稿以后的更正（计入下期）", _corrections(), corrections)
    sheet.print = Print("A4", head_rows=(1, 3))
    return sheet


def _head(upward: Upward, sheet: Sheet, title: str) -> int:
    """Whose, of which period, in which state; the account in a line; both codes. Returns the first row below."""
    account, wide = upward.account, len(sheet.widths)
    settings, period, closing = account.plan.settings, account.period, account.closing
    document = f"（{closing.document}）" if closing is not None and closing.document else ""
    color = look.AMBER if upward.state == DRAFT else look.GREEN
    sheet.heights |= {0: 42, 1: 24, 2: 28, 3: 22}
    sheet.put(0, 0, title, look.PAPER_TITLE.having(shrink=True), across=wide)
    half = wide // 2
    when = f"期次：{period.label}（{page.as_of(period)}）　{settings.organ or settings.region}"
    sheet.put(1, 0, when, look.CAPTION.having(align="left", shrink=True), across=half)
    state = f"{upward.state}{document}"
    right = look.CAPTION.having(align="right", color=color, shrink=True)
    sheet.put(1, half, state, right, key=Key("up", "head", "state"), across=wide - half)
    said = "，".join(f"{word} {count}" for word, count in upward.standings)
    whole = upward.average
    line = f"单位：{said}　　指标：已报 {whole.reported}/{whole.counted}，待核 {whole.held}"
    sheet.put(2, 0, line, look.BANNER.having(size=12, align="center", shrink=True), across=wide)
    codes = f"{CODE} {upward.own_code}　·　校验码 {upward.code}"
    told = f"{_DRAFT_MEANT}　{codes}" if upward.state == DRAFT else codes
    style = look.PAPER_NOTE.having(align="center", wrap=False, shrink=True)
    sheet.put(3, 0, told, style, key=Key("up", "head", "code"), across=wide)
    return HEAD


def _columns() -> list[SheetColumn[UpwardRow]]:
    def part(key: str) -> Callable[[UpwardRow], CellContent]:
        def content(one: UpwardRow) -> CellContent:
            found: Fraction | None = getattr(one, key)
            return found

        return content

    def target(one: UpwardRow) -> look.Style:
        return target_style(one.progress.terms, _NUMBER)

    def figure(one: UpwardRow) -> look.Style:
        return _NUMBER.having(number=value_format(one.progress.terms), bold=True)

    def pace(one: UpwardRow) -> look.Style:
        return _CENTER.having(number=pace_format(one.progress.terms), color=look.MUTED, shrink=True, wrap=False)

    def parts(one: UpwardRow) -> look.Style:
        return _NUMBER.having(number=look.figure_format(one.progress.indicator.decimals))

    return [
        name_column("code", "编码", lambda one: one.code, _CENTER, 8),
        name_column("name", "指标", lambda one: one.progress.indicator.name, _SMALL, 32),
        shown_column("tier", "类别", lambda one: one.progress.indicator.tier.value, _CENTER, 7),
        name_column("unit", "计量单位", lambda one: one.progress.indicator.unit_of_measure, _CENTER, 9),
        shown_column("target", "年度目标", lambda one: target_content(one.progress.terms), target, 12),
        shown_column("value", "本期累计", lambda one: one.value, figure, 13),
        shown_column("numerator", "分子合计", part("numerator"), parts, 12),
        shown_column("denominator", "分母合计", part("denominator"), parts, 12),
        shown_column("rate", "完成率", lambda one: one.progress.rate_text, _CENTER.having(bold=True), 10),
        shown_column("pace", "序时", lambda one: NONE if one.progress.pace is None else one.progress.pace, pace, 11),
        shown_column("status", "状态", lambda one: one.status, _CENTER, 12),
        name_column("lead", "牵头单位", lambda one: one.progress.indicator.lead, _CENTER, 26),
    ]


def _projects(upward: Upward, sheet: Sheet, top: int) -> int:
    def name(one: UpwardProject) -> str:
        return f"{chinese_number(one.no)}、{one.name}" if one.no else one.name

    columns: list[SheetColumn[UpwardProject]] = [
        name_column("name", "项目", name, _SMALL, across=4),
        shown_column("status", "状态", lambda one: one.status, _CENTER, across=2),
        shown_column("reported", "已报／考核", lambda one: f"{one.reported}／{one.counted}", _CENTER),
        shown_column("held", "待核", lambda one: str(one.held), _CENTER),
        shown_column("all", "平均完成率\n（未报按0）", lambda one: one.average_all, _CENTER.having(bold=True), across=2),
        shown_column("average", "已报平均", lambda one: one.average_reported, _CENTER, across=2),
    ]
    rows = (*upward.projects, upward.average)
    bottom = sheet.table(
        top, page.heads(columns), rows, lambda one: RowName("up project", str(one.no)), head_height=32, row_height=21
    )
    grow(sheet, range(top + 1, bottom), least=21)
    sheet.lights.append(Lights((top + 1, 4), (bottom - 1, 4), look.LIGHT_COLORS))
    return bottom + 1


def _list(
    sheet: Sheet, top: int, title: str, columns: "Sequence[SheetColumn[TableRow]]", rows: "Sequence[TableRow]"
) -> int:
    """A list of texts below a table."""
    sheet.put(top, 0, f"{title}：{len(rows)} 项", look.SECTION, across=len(sheet.widths))
    sheet.heights[top] = 26
    numbers = {id(one): str(number) for number, one in enumerate(rows)}
    bottom = sheet.table(
        top + 1, page.heads(columns), rows, lambda one: RowName(title, numbers[id(one)]), head_height=24
    )
    grow(sheet, range(top + 2, bottom), least=21)
    return bottom + 1


def _adjustments() -> list[SheetColumn[Adjustment]]:
    def text(place: int) -> Callable[[Adjustment], str]:
        return lambda one: adjustment_texts(one)[place]

    return [
        name_column("of", "编码", text(0), _CENTER),
        text_column("name", "指标（项目）", text(1), _SMALL),
        name_column("column", "调整内容", text(2), _CENTER, across=2),
        text_column("was", "原为", text(3), _SMALL, across=2),
        text_column("now", "调整为", text(4), _SMALL, across=2),
        name_column("begins", "起始", text(5), _CENTER, across=2),
        text_column("document", "文号", text(6), _SMALL, across=2),
    ]


def _corrections() -> list[SheetColumn[Correction]]:
    def text(place: int) -> Callable[[Correction], str]:
        return lambda one: correction_texts(one)[place]

    return [
        name_column("about", "编码", text(0), _CENTER, across=2),
        text_column("unit", "填数单位", text(1), _SMALL, across=3),
        text_column("was", "定稿数", text(2), _NUMBER, across=3),
        text_column("now", "更正为", text(3), _NUMBER, across=4),
    ]
