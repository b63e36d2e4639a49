"""领导简报: the month on one A4 page."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.expressions import (
    SIGNED,
    Cell,
    Expr,
    Lookup,
    Operand,
    Range,
    Text,
    cell_of,
    clipped,
    count,
    count_where,
    expr,
    if_,
    is_blank,
    is_number,
    join,
    link,
)
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures import rankings as r
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, shown_column
from minsheng_xl.forms.home import LEADING, SUPPORTING, measured_projects
from minsheng_xl.forms.layout import Book, CellContent, Chart, Growth, Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.marks import MarkColumns
from minsheng_xl.forms.paper.drawing import FOR_ALL, Asked, Drawing
from minsheng_xl.forms.paper.issues import issue_columns
from minsheng_xl.forms.project import figure_cell, project_id, total_key
from minsheng_xl.forms.unit import LAYOUTS
from minsheng_xl.plan.model import Project
from minsheng_xl.plan.period import year_and_day
from minsheng_xl.plan.tabs import BRIEF, HOME, SUMMARY


class _BriefShape(NamedTuple):
    """How a brief is laid out: the widths of its columns, that of its chart, in points; how high the rows of the
    projects may be and the chart is at least; how many characters of a project's name are shown; how high the rows of
    what waits are, at least."""

    widths: tuple[float, ...]
    chart_width: float
    least_row: float
    most_row: float
    least_chart: float
    name: int
    waiting: float
    lights: float
    """The size of what a project's rows count."""


_SHAPE = _BriefShape(
    widths=(5.6, 9, 9, 8.8, 6.8, 6.8, 6.2, 5.4, 13.3, 13.3, 8.4, 8.4), chart_width=560, least_row=18, most_row=28,
    least_chart=92, name=34, waiting=22, lights=9,
)
_FORMER = _BriefShape(
    widths=(6.8, 6.8, 6.8, 6.8, 6.8, 6.8, 6.2, 4.4, 11, 11, 6.5, 6.5), chart_width=490, least_row=15, most_row=26,
    least_chart=110, name=20, waiting=42, lights=10.5,
)
"""As an earlier version drew it."""
_COLUMNS = len(_SHAPE.widths)
_IN_A_LINE, _TWO_LINES = 20, 29.0
"""How many characters of a project's name stand in a line; how high a row of two is."""
_BEST, _BEST_HIGH = range(1, 4), 29.0
_WAITING = range(1, 4)
_HOW = Key("note", "brief", "how")
_SILENT, _SILENT_HIGH = Key("silent", "brief", "line"), 18.0
INSTRUCTION = "批示"
"""What the frame for instructions bears in any wording."""
_INSTRUCTION, _LEAST_INSTRUCTION, _MOST_INSTRUCTION = Key("instruction", "brief", "room"), 58.0, 96.0
_CLIP = {"silent": 300, "what": 46, "advice": 28, "unit": 18, "promise": 18}  # three lines of each
_NUMBER = look.Style(face=look.HEAD_FACE, size=22, border="", align="center", color=look.ACCENT, shrink=True)
_LABEL = look.Style(face=look.NOTE_FACE, size=11, border="", align="center", color=look.MUTED)
_SECTION = look.Style(face=look.HEAD_FACE, size=13, border="", valign="bottom")
_LINE = look.Style(face=look.TEXT_FACE, size=12, border="", align="center", shrink=True)
_CELL = look.PAPER.having(size=10.5)
_MID = look.PAPER_CENTER.having(size=10.5)


def brief_sheet(account: PeriodAccount, asked: Asked = FOR_ALL) -> Sheet:
    """The brief for the account's period, for whom it is `asked`: beside an earlier layout of the units' sheets the
    silent have no line of their own."""
    plan, is_present = account.plan, not asked.layout or LAYOUTS.is_present(asked.layout)
    shape = _FORMER if asked.former_brief else _SHAPE
    sheet = Sheet(BRIEF.id, BRIEF.name, tab=look.TAB_SUMMARY, widths=[*shape.widths, 10, 10])
    sheet.hidden_columns = {_COLUMNS + 1}
    page.link_home(sheet, _COLUMNS)
    title = look.PAPER_TITLE.having(shrink=True)
    sheet.put(0, 0, f"{plan.settings.title}推进情况简报", title, across=_COLUMNS)
    _caption(account, sheet, asked)
    row = _headline(account, sheet, 3)
    row = _projects(account, sheet, row, shape)
    row = _best_and_worst(account, sheet, row)
    row = _silent_line(account, sheet, row) if is_present else row
    row = _waiting(account, sheet, row, shape)
    row = row if asked.former_brief else _room_for_instruction(sheet, row)
    note = join(
        f"注：平均完成率{d.averaged(by_project=plan.settings.mean_by_project)}，未报按0；已报平均 ",
        d.printed_percent(_total("average_reported")),
        "（已报 ", _total("reported"), "/", _total("counted"), "，待核 ", _total("held"), "）。",
        _ENDED.note if account.period.is_last else _RUNNING.note,
        *(() if is_present else (_silent(account),)),
    )
    sheet.put(row, 0, note, look.PAPER_NOTE.having(size=9), key=_HOW, across=_COLUMNS)
    sheet.heights[row] = 28
    sheet.print = Print("A4", landscape=False, one_page=True)
    _fill(sheet, row)
    return sheet


def _caption(account: PeriodAccount, sheet: Sheet, asked: Asked) -> None:
    """The period, whose brief it is, whether it is closed; under the red rule its number, who issues it and on which
    day, as far as that is known. In an earlier version these two stand above the rule."""
    plan, day, who = account.plan, account.issued_on, f"{asked.whose}分管" if asked.whose else ""
    organ, issued = plan.settings.organ, f"{year_and_day(day)}印发" if day is not None else ""
    above = [f"{account.period.label}（{page.as_of(account.period)}）", who]
    below = (plan.brief_number(account.period), organ, issued)
    sheet.heights |= {0: 40, 1: 25, 2: 6}
    if asked.former_brief:
        above += [organ, issued]
    else:
        sheet.heights |= {2: 24 if any(below) else 6}
        for column, across, text, align in zip((0, 3, 9), (3, 6, 3), below, _ALIGNED, strict=True):
            style = look.CAPTION.having(size=12, align=align, shrink=True)
            sheet.put(2, column, text or None, style, across=across)
    caption = look.CAPTION.having(border="rule", shrink=not asked.former_brief or day is not None)
    told = "　·　".join(filter(None, above)) + page.closed_word(account)
    sheet.put(1, 0, told, caption, across=_COLUMNS)


_ALIGNED = "left", "center", "right"


def _room_for_instruction(sheet: Sheet, top: int) -> int:
    """A frame in which leaders write what is to be done."""
    sheet.put(top + 1, 0, f"领导\n{INSTRUCTION}", look.PAPER_HEAD)
    sheet.put(top + 1, 1, None, look.PAPER.having(size=12, valign="top"), key=_INSTRUCTION, across=_COLUMNS - 1)
    sheet.heights |= {top: 7, top + 1: _LEAST_INSTRUCTION}
    return top + 2


def _shape(sheet: Sheet) -> _BriefShape:
    return _SHAPE if sheet.has(_INSTRUCTION) else _FORMER


def _total(key: str) -> Cell:
    return cell_of(SUMMARY.id, total_key(key))


def _headline(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    """Four numbers, and the change since the last period."""
    plan = account.plan
    projects, marks = measured_projects(account), MarkColumns(plan, account.period)
    statuses = Range(tuple(cell_of(HOME.id, Key("project", str(p.no), "status")) for p in projects))
    finished = count_where(statuses, d.Status.DONE.label) if projects else expr(0)
    owed, came = (_counted(key) for key in ("owed", Standing.ACCEPTED.value))
    held = _counted(Standing.HELD.value)
    boxes: tuple[tuple[str, CellContent], ...] = (
        ("已完成项目", join(finished, f"/{len(plan.projects)}")),
        ("已达标指标", join(_total("met"), f"/{len(marks)}")),
        ("已报／应报单位", join(came + held, "/", owed)),
        ("平均完成率（未报按0）", d.printed_percent(_total("average_all"))),
    )
    for n, (name, content) in enumerate(boxes):
        sheet.put(top, n * 3, content, _NUMBER, key=Key("box", str(n), "number"), across=3)
        sheet.put(top + 1, n * 3, name, _LABEL, across=3)
    line: CellContent = "本期是第一期，没有上期可比。"
    if len(marks) and account.period.earlier:
        moved, both = r.change(marks.marks), r.changed_rows(marks.marks)
        line = if_(
            is_number(moved),
            join(
                "与上期相比：两期均已报送的 ", both, " 项指标，平均完成率 ", Text(moved, SIGNED), " 个百分点",
                *([] if account.period.is_last else _turned(marks)),
            ),
            "与上期相比：没有两期均已报送的指标",
        )
    sheet.put(top + 2, 0, line, _LINE, key=Key("change", "brief", "line"), across=_COLUMNS)
    sheet.heights |= {top: 36, top + 1: 18, top + 2: 24}
    return top + 3


def _turned(marks: MarkColumns) -> tuple[Operand, ...]:
    """How many indicators began to lag, and how many do no more."""
    fresh, caught = (count_where(marks.column("turned"), word) for word in (r.FRESH, r.CAUGHT))
    return f"；{r.FRESH} ", fresh, f" 项，{r.CAUGHT}及以上 ", caught, " 项"


def _counted(key: str) -> Expr:
    return cell_of(HOME.id, Key("count", LEADING, key)) + cell_of(HOME.id, Key("count", SUPPORTING, key))


def _projects(account: PeriodAccount, sheet: Sheet, top: int, shape: _BriefShape) -> int:
    """Every project with its light, and the chart of its average against its pace."""
    plan = account.plan
    projects = measured_projects(account)

    def of(key: str) -> Callable[[Project], CellContent]:
        return lambda p: link(cell_of(project_id(p.no), total_key(key)))

    def pace(p: Project) -> CellContent:
        return d.mean(Range(tuple(figure_cell(indicator, "pace") for indicator in plan.indicators_of(p.no))))

    def name(p: Project) -> str:
        return p.name if len(p.name) <= shape.name else p.name[: shape.name - 2] + "……"

    def face(p: Project) -> look.Style:
        return _CELL.having(wrap=False, shrink=True) if len(name(p)) <= _IN_A_LINE else _CELL.having(size=9)

    percent = look.PAPER_NUMBER.having(size=10.5, number=look.PERCENT, indent=0, align="center")
    columns: list[SheetColumn[Project]] = [
        shown_column("no", "序号", lambda p: str(p.no), _MID),
        shown_column("name", "项目", name, face, across=5),
        shown_column("status", "状态", of("status"), _MID.having(bold=True, shrink=True, wrap=False), across=2),
        shown_column("lights", "其中", of("lights"), _MID.having(size=shape.lights, wrap=False, shrink=True), across=2),
        shown_column("average", "完成率", of("average_all"), percent.having(bold=True)),
        shown_column("pace", "序时", pace, percent.having(color=look.MUTED)),
    ]
    sheet.put(top, 0, "一、各项目进展", _SECTION, across=_COLUMNS)
    sheet.heights[top] = 22
    heads = page.heads(columns)
    bottom = sheet.table(top + 1, heads, projects, _project_name, head_height=22, row_height=20)
    sheet.lights.append(Lights((top + 2, 6), (max(top + 2, bottom - 1), 6), look.LIGHT_COLORS))
    if projects:
        chart = _chart(bottom, _project_name(projects[0]), _project_name(projects[-1]))
        sheet.charts.append(chart._replace(width=shape.chart_width))
        sheet.put(bottom, 0, None, look.PLAIN, across=_COLUMNS)
        bottom += 1
    return bottom


def _project_name(project: Project) -> RowName:
    return RowName("project", str(project.no))


def _chart(row: int, first: RowName, last: RowName) -> Chart:
    """The averages of the projects as columns, their paces as marks."""
    return Chart(
        row=row, column=0, width=_SHAPE.chart_width, height=150,
        categories=(first.cell("no"), last.cell("no")),
        columns=("平均完成率（未报按0）", first.cell("average"), last.cell("average")),
        marks=("平均序时", first.cell("pace"), last.cell("pace")),
    )


class _Heads(NamedTuple):
    """How the two lists of the best and the worst are headed."""

    section: str
    leading: str
    ahead: str
    lagging: str
    behind: str
    note: str


_RUNNING = _Heads(
    section="二、领先与滞后", leading="领先的指标", ahead="超序时", lagging="滞后的指标", behind="滞后",
    note="其中一栏的按序时含超序时；领先、滞后为与序时进度之差，单位为百分点。",
)
_ENDED = _Heads(
    section="二、超额完成与未完成", leading="超额完成的指标", ahead="超额", lagging="未完成的指标", behind="差距",
    note="超额为超出目标的百分点。",
)


def _best_and_worst(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    """Three leading and three lagging indicators beside each other."""
    marks = MarkColumns(account.plan, account.period)
    words = _ENDED if account.period.is_last else _RUNNING
    sheet.put(top, 0, words.section, _SECTION, across=_COLUMNS)
    sheet.heights[top] = 22
    if not len(marks):
        return top + 1
    lagging = r.lagging_rows(marks.column("lag_key"))

    def of(key: str, number: str) -> Callable[[int], CellContent]:
        def content(n: int) -> CellContent:
            found = Lookup(marks.column(key), expr(n), marks.column(number))
            return found if number == "lead_no" else if_(lagging >= n, found, "")

        return content

    def named(number: str) -> Callable[[int], CellContent]:
        def content(n: int) -> CellContent:
            name, lead = (Lookup(marks.column(key), expr(n), marks.column(number)) for key in ("name", "lead"))
            is_on = lagging >= n if number == "lag_no" else name.equals("").equals(False)
            said = join(f"{n}. ", name, if_(lead.equals(d.NONE), "", join("（", lead, "）")))
            return if_(is_on, said, "无" if n == 1 else "")

        return content

    points = look.PAPER_NUMBER.having(
        size=10.5, number=look.POINTS, indent=0, align="center", wrap=True, shrink=False
    )
    percent = points.having(number=look.PERCENT)
    columns: list[SheetColumn[int]] = [
        name_column("leading", words.leading, named("lead_no"), _CELL.having(size=10), across=4),
        shown_column("leading_rate", "完成率", of("rate", "lead_no"), percent),
        shown_column("leading_points", words.ahead, of("deviation", "lead_no"), points.having(color=look.GREEN)),
        name_column("lagging", words.lagging, named("lag_no"), _CELL.having(size=10), across=4),
        shown_column("lagging_rate", "完成率", of("rate", "lag_no"), percent),
        name_column("lagging_points", words.behind, of("deviation", "lag_no"), points.having(color=look.RED)),
    ]
    return sheet.table(top + 1, page.heads(columns), _BEST, _best_name, head_height=21, row_height=_BEST_HIGH)


def _silent(account: PeriodAccount) -> Expr:
    """The units that owe figures, with the codes: 未报：县残联（8-1）、…."""
    marks = MarkColumns(account.plan, account.period)
    if not len(marks):
        return expr("")
    names: Expr = marks.column("silent_units").cells[-1]
    keys = marks.column("lag_key")
    unnamed = r.on_list(keys) - r.lagging_rows(keys)
    nobody = if_(unnamed.equals(0), "无", join("不列名的单位 ", unnamed, " 项"))
    return join("未报：", if_(is_blank(names), nobody, clipped(names, _CLIP["silent"])), "。")


def _silent_line(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    if not len(MarkColumns(account.plan, account.period)):
        return top
    sheet.put(top, 0, _silent(account), _CELL.having(size=10), key=_SILENT, across=_COLUMNS)
    sheet.growing[top, 0] = Growth.NAME
    sheet.heights[top] = _SILENT_HIGH
    return top + 1


def _best_name(n: int) -> RowName:
    return RowName("best", str(n))


def _waiting(account: PeriodAccount, sheet: Sheet, top: int, shape: _BriefShape) -> int:
    """What leaders are asked to settle; the rest stands in 问题清单."""
    issues = issue_columns(account.plan)

    def of(key: str, most: int = 0) -> Callable[[int], CellContent]:
        def content(n: int) -> CellContent:
            found = Lookup(issues.column(key), expr(n), issues.column("waiting"))
            return clipped(found, most) if most else found

        return content

    def what(n: int) -> CellContent:
        found = of("coordination", _CLIP["what"])(n)
        if n > 1:
            return found
        return if_(total.equals(0), "无", found) if isinstance(found, Expr) else found

    total: Expr = count(issues.column("waiting"))
    columns: list[SheetColumn[int]] = [
        name_column("what", "事项", what, _CELL.having(size=10), across=5),
        name_column("unit", "单位", of("unit", _CLIP["unit"]), _MID.having(size=10), across=2),
        name_column("advice", "建议", of("advice", _CLIP["advice"]), _CELL.having(size=10), across=3),
        name_column("promise", "时限", of("promise", _CLIP["promise"]), _MID.having(size=10), across=2),
    ]
    sheet.put(top, 0, join("三、需领导协调事项", if_(total > len(_WAITING), join("（共 ", total, " 件，其余见问题清单）"), "")), _SECTION,
              key=Key("section", "waiting", "title"), across=_COLUMNS)
    sheet.heights[top] = 22
    return sheet.table(
        top + 1, page.heads(columns), _WAITING, _waiting_name, head_height=21, row_height=shape.waiting
    )


def _waiting_name(n: int) -> RowName:
    return RowName("waiting", str(n))


def _fill(sheet: Sheet, last: int) -> None:
    """Share the page out: the rows of the projects as high as the room allows, then the frame for instructions, the
    chart takes the rest."""
    shape, chart_row = _shape(sheet), sheet.charts[0].row if sheet.charts else None
    names = [sheet.cell(Key("project", key.of, "name")) for key in _project_keys(sheet)]
    rows = [name.row for name in names]
    sheet.heights |= {name.row: _TWO_LINES if name.style.wrap else shape.least_row for name in names}
    room = page.room(sheet) - page.height_of(sheet, {*range(last + 1)} - {chart_row, *rows})
    least = shape.least_chart if chart_row is not None else 0.0
    low = [row for row in rows if sheet.heights[row] == shape.least_row]
    level = (room - least - sum(sheet.heights[row] for row in rows if row not in low)) / max(1, len(low))
    for row in rows:
        sheet.heights[row] = max(sheet.heights[row], min(shape.most_row, level))
    room -= sum(sheet.heights[row] for row in rows)
    if sheet.has(_INSTRUCTION):
        frame = sheet.cell(_INSTRUCTION).row
        more = max(0.0, min(_MOST_INSTRUCTION - sheet.heights[frame], room - least))
        sheet.heights[frame] += more
        room -= more
    if chart_row is not None:
        height = max(least, room)
        sheet.heights[chart_row] = min(409.0, height)
        chart = sheet.charts[0]
        sheet.charts[0] = chart._replace(height=min(409.0, height) - 8)


def _project_keys(sheet: Sheet) -> Sequence[Key]:
    keys = (cell.key for cell in sheet.cells.values() if cell.key is not None)
    return [key for key in keys if (key.part, key.name) == ("project", "no")]


def fit(book: Book, account: PeriodAccount) -> None:
    """Give the names of the leading and the lagging and what waits their room, and the projects what is left."""
    sheet = book.sheet(BRIEF.id)
    names = [_best_name(n).cell("leading") for n in _BEST]
    rows = [sheet.cell(name).row for name in names if sheet.has(name)]
    grow(sheet, rows, least=_BEST_HIGH, book=book)
    if sheet.has(_SILENT):
        grow(sheet, [sheet.cell(_SILENT).row], least=_SILENT_HIGH, book=book)
    if sheet.has(_INSTRUCTION):
        _fit_waiting(book, sheet)
    _fill(sheet, sheet.cell(_HOW).row)


def _fit_waiting(book: Book, sheet: Sheet) -> None:
    """Give what waits its room, and hide the rows in which nothing stands."""
    cells = [sheet.cell(_waiting_name(n).cell("what")) for n in _WAITING]
    grow(sheet, [cell.row for cell in cells], least=_SHAPE.waiting, book=book)
    sheet.hidden_rows |= {cell.row for cell in cells if book.value(sheet, cell) in ("", None)}


DRAWING = Drawing(brief_sheet, fit)
