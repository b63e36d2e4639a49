"""What a unit writes about its projects: the words on each one that it leads, the table of those it supports."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial

from minsheng_xl.exact.expressions import Cell, Range, and_, count, if_, is_blank, join
from minsheng_xl.exact.keys import WORD, Key, RowName
from minsheng_xl.forms import look
from minsheng_xl.forms.columns import grow, width_of
from minsheng_xl.forms.declaration import Field, Layout
from minsheng_xl.forms.layout import CellContent, Check, Growth, Input, Sheet, SheetColumn
from minsheng_xl.forms.rows import chinese_number
from minsheng_xl.plan.model import Kind, Plan, Project
from minsheng_xl.rules.course import NO_PROGRESS
from minsheng_xl.rules.texts import EVIDENCE
from minsheng_xl.texts import one_line, row_height

_PROGRESS = Input(
    "hint", choices=(NO_PROGRESS,), instruction="本期做了什么、到什么程度；没有变化就选“本期无新进展”。",
)
_SUPPORT = Input(
    "hint", choices=(NO_PROGRESS,), instruction="本期为这个项目做了什么；没有就选“本期无新进展”。",
)
_PROMISE = Input("words", instruction="滞后的，什么时候赶上，如 2022年11月底。")
_ASKED = Input("words", instruction="请哪个单位出面协调；没有就留空。")
_WANTED = Input("words", instruction="希望什么时候前解决，如 2022年12月底。")
_WAN = Input("number", decimals=2, unit="万元")


def _left(key: str, title: str, accepts: Input) -> Field:
    return Field(key=key, title=title, input=accepts, column=0, label=2, across=6)


def _right(key: str, title: str, accepts: Input) -> Field:
    return Field(key=key, title=title, input=accepts, column=8, label=2, across=6)


def _asks(instruction: str) -> Input:
    return Input("words", instruction=instruction)


LEAD_FIELDS = (
    (_left("progress", "本期进展", _PROGRESS), _right("problem", "存在问题", _asks("没有就留空。"))),
    (
        _left("measures", "下一步措施", _asks("下一步做什么、什么时候做到。")),
        _right("coordination", "需协调事项", _asks("要上级出面办的一件事；没有就留空，右下三格也留空。")),
    ),
    (
        Field(key="asked", title="请求协调单位", input=_ASKED, column=0, label=2, across=3),
        Field(key="advice", title="建议", input=_asks("建议怎么办；没有就留空。"), column=5, label=1, across=5),
        Field(key="wanted", title="希望解决时限", input=_WANTED, column=11, label=2, across=3),
    ),
    (_left("reason", "滞后原因", _asks("状态为滞后时填写。")), _right("promise", "承诺时限", _PROMISE)),
    (
        _left("evidence", "佐证材料", _asks("文件、照片、台账的名称。")),
        _right("outlook", "预计全年", Input("choice", choices=("能完成", "有风险", "不能完成"))),
    ),
)

FUNDING_FIELDS = (
    Field(key="funding_due", title="应到位（万元）", input=_WAN, column=0, label=2, across=3),
    Field(key="funding_arrived", title="到位（万元）", input=_WAN, column=5, label=2, across=2),
    Field(key="funding_paid", title="拨付（万元）", input=_WAN, column=9, label=2, across=2),
)

SUPPORT_FIELDS = (
    Field(key="support", title="配合情况", input=_SUPPORT, across=4),
    Field(key="problem", title="存在问题", input=_asks("没有就留空。"), across=4),
    Field(key="coordination", title="需协调事项", input=_asks("要上级出面办的一件事；没有就留空。"), across=3),
    Field(key="asked", title="请求协调单位", input=_ASKED),
    Field(key="wanted", title="希望解决时限", input=_WANTED),
)
SUPPORT_COLUMNS = (
    Field(key="number", title="项目"), Field(key="name", title="民生实事", across=2), *SUPPORT_FIELDS,
)

LEAD_TITLE = "{no}　{name}（牵头）"
SUPPORT_TITLE = "配合牵头单位的项目"

_TALL = ("progress", "measures")
_REMEMBERED = 40
"""Signs of a text of the last form that are shown."""
_MUTED = look.NOTE.having(valign="center")
_PLAIN = look.INPUT.having(bold=False)


def lead_words(layout: Layout, plan: Plan, no: int, sheet: Sheet, top: int, words: Mapping[Key, str]) -> int:
    """Draw what is asked about a project that the unit leads, above it the `words` of its last form; returns the
    first row below."""
    project = plan.project(no)
    middle = layout.middle
    sheet.heights |= {top: 8, top + 1: 24}
    title = layout.lead_title.format(no=chinese_number(no), name=project.name)
    sheet.put(top + 1, 0, title, look.SECTION, across=middle, anchor=True)
    hint = _hint(plan, no, sheet)
    told = look.SECTION.having(face=look.SCREEN_FACE, size=9, color=look.MUTED, align="right")
    sheet.put(top + 1, middle, hint, told, across=layout.width - middle)
    top += 2
    if layout.recalls:
        recalled(sheet, top, Key("recalled", str(no), "line"), _remembered(words, [no], layout.lead), layout.width)
        top += 1
    for row in layout.lead:
        for field in row:
            _word(sheet, top, no, field)
            sheet.growing[top, field.entry] = Growth.TEXT
        grow(sheet, [top], least=36.0 if row[0].key in _TALL else 28.0)
        top += 1
    if project.asks_funding:
        sheet.heights[top] = 26
        for field in layout.funding:
            _word(sheet, top, no, field)
        top += 1
    return top


def _hint(plan: Plan, no: int, sheet: Sheet) -> CellContent:
    """What is to be written, and whether 佐证材料 are missing beside figures."""
    commitments = [i.name for i in plan.indicators_of(no) if i.kind is Kind.WORDS]
    hint: CellContent = f"本期进展中请写明：{'；'.join(commitments)}" if commitments else ""
    figures = _figures_of(plan, no, sheet)
    if not figures:
        return hint
    evidence = Key(WORD, str(no), "evidence")
    without = and_(is_blank(sheet.ref(evidence)), count(*figures) > 0)
    sheet.checks.append(Check(EVIDENCE, (evidence,), without))
    return join(hint, if_(without, f"　{EVIDENCE.hint}", ""))


def _figures_of(plan: Plan, no: int, sheet: Sheet) -> list[Range]:
    """The figures of a project that are entered on a form."""
    keys = [cell.key for cell in sheet.inputs() if cell.key is not None]
    figures = [key for key in keys if key.is_measure and not key.is_share]
    return runs([sheet.ref(key) for key in figures if plan.indicator(key.of).project == no], sheet)


def runs(cells: Sequence[Cell], sheet: Sheet) -> list[Range]:
    """Neighbouring cells of a column joined to ranges: SUM takes no more than 255 arguments."""
    found: list[list[Cell]] = []
    for cell in cells:
        if found and sheet.cell(found[-1][-1].ref.key).row + 1 == sheet.cell(cell.ref.key).row:
            found[-1].append(cell)
        else:
            found.append([cell])
    return [Range(tuple(run)) for run in found]


def _word(sheet: Sheet, row: int, no: int, field: Field) -> None:
    sheet.put(row, field.column, field.title, look.TABLE_HEAD, across=field.label, anchor=True)
    style = look.INPUT_NUMBER if field.input is not None and field.input.kind == "number" else _PLAIN
    key = Key(WORD, str(no), field.key)
    sheet.put(row, field.entry, None, style, key=key, across=field.across, input=field.input)


def support_words(
    layout: Layout, plan: Plan, numbers: Sequence[int], sheet: Sheet, top: int, words: Mapping[Key, str]
) -> int:
    """Draw the table of the projects that the unit supports, above it the `words` of its last form; returns the first
    row below."""
    sheet.heights |= {top: 8, top + 1: 24}
    sheet.put(top + 1, 0, layout.support_title, look.SECTION, across=layout.width, anchor=True)
    top += 2
    if layout.recalls:
        said = _remembered(words, numbers, [layout.support])
        recalled(sheet, top, Key("recalled", "support", "line"), said, layout.width)
        top += 1
    columns = [_support_column(plan, field) for field in layout.support]
    bottom = sheet.table(top, columns, numbers, _project_name, head_height=22)
    grow(sheet, range(top + 1, bottom), least=30)
    return bottom


def recalled(sheet: Sheet, row: int, key: Key, said: str, width: int) -> None:
    """A muted line with what the unit wrote in its last form; hardly to be seen where that is nothing."""
    sheet.put(row, 0, said or None, _MUTED, key=key, across=width)
    sheet.heights[row] = row_height([(said, width_of(sheet, 0, width))], least=15, size=_MUTED.size) if said else 6


def _remembered(words: Mapping[Key, str], numbers: Sequence[int], fields: Sequence[Sequence[Field]]) -> str:
    """The words of a unit's last form on some projects, each with the name of its cell."""
    told = []
    for no in numbers:
        cells = ((field.title, words.get(Key(WORD, str(no), field.key), "")) for row in fields for field in row)
        said = "　".join(f"{title}：{one_line(text)[:_REMEMBERED]}" for title, text in cells if text.strip())
        if said:
            told.append(said if len(numbers) == 1 else f"{chinese_number(no)}　{said}")
    return f"上期所填　{'；'.join(told)}" if told else ""


def _project_name(no: int) -> RowName:
    return RowName(WORD, str(no))


def _support_column(plan: Plan, field: Field) -> SheetColumn[int]:
    if field.input is not None:
        return SheetColumn(
            key=field.key, title=field.title, content=_nothing, style=_PLAIN, across=field.across,
            head=look.INPUT_HEAD, input=partial(_accepting, field.input), grows=Growth.TEXT,
        )
    contents: dict[str, Callable[[int], CellContent]] = {"number": Fraction, "name": partial(_named, plan)}
    style = look.FIXED_CENTER if field.key == "number" else look.FIXED.having(wrap=True, size=9.5)
    return SheetColumn(
        key=field.key, title=field.title, content=contents.get(field.key, _nothing), style=style, across=field.across,
        anchor=True, grows=Growth.TEXT,
    )


def _nothing(no: int) -> None:
    return None


def _accepting(accepts: Input, no: int) -> Input:
    return accepts


def _named(plan: Plan, no: int) -> str:
    project: Project = plan.project(no)
    return f"{project.name}\n（牵头：{'、'.join(project.leads)}）"
