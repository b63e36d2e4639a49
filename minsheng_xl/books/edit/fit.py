"""Do the edits of a book fit a workbook that the office has worked in, and which of them are to be made?

The same for a closed file and for an open workbook.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from minsheng_xl.books.edit.recognise import holds, is_as_placed, moved, reordered, stores
from minsheng_xl.books.package.read import RawCell, RawSheet, RawWorkbook
from minsheng_xl.exact.addresses import Area, Place, area_name, cell_name, parse_area
from minsheng_xl.exact.expressions import Expr, Ref
from minsheng_xl.exact.keys import DOUBT, RULED
from minsheng_xl.forms.edits import NOTHING, CellEdit, SheetEdits, States, content_of
from minsheng_xl.forms.former import is_former, todays
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.plan.tabs import MARKS


class Changed(Exception):
    """Somebody typed into the workbook after it was read."""


class DoesNotFit(Exception):
    """The workbook no longer has the structure that the edits are made for; `str()` says where, in Chinese."""


@dataclass
class Fitted:
    """The edits of each sheet that are to be made. `kept` are cells that the office had changed and that
    stay as it wrote them, each as 表 格（现为 …）; `theirs` are cells of ours that hold something of the office's."""

    sheets: list[SheetEdits]
    kept: list[str] = field(default_factory=list)
    theirs: set[tuple[str, Place]] = field(default_factory=set)

    def keep(self, name: str, place: Place, why: str) -> None:
        self.theirs.add((name, place))
        self.kept.append(f"{name} {cell_name(place)}（{why}）")


Merges: TypeAlias = Callable[[str, str], Iterable[Area]]
"""Of a sheet and an area, the merged blocks that might meet it."""


def fitted(workbook: RawWorkbook, states: States, merges: Merges | None = None) -> Fitted:
    """What is to be edited in a workbook as it stands. `merges` answers for a workbook that was read
    without its frame. Raises DoesNotFit if a sheet is missing, its rows have moved, or what the office made
    is in the way."""
    raws = {sheet.name: sheet for sheet in workbook.sheets}
    for sheet in states.base.sheets:
        if sheet.name not in raws:
            raise DoesNotFit(f"没有工作表 {sheet.name}")
        new = states.new.sheet(sheet.id)
        why = moved(states.base, sheet, raws[sheet.name]) or reordered(sheet, new)
        if why or len(sheet.lights) != len(new.lights):
            raise DoesNotFit(why or f"计划改了，{sheet.name} 这一页和原来不同")
    found = Fitted([])
    for edits in states.edits():
        raw, base = raws[edits.name], states.base.sheet(edits.sheet.id)
        _force_inputs(states, base, edits, raw)
        _force_rules(states, edits, raw)
        _force_words(states, edits, raw)
        _force_unseen(states, edits, raw)
        _check_merges(states, base, edits, raw, merges or (lambda name, block: raws[name].frame.merges))
        for name, change in (("区域", edits.print_area), ("标题", edits.print_titles)):
            if change is not None and not all(change):
                raise DoesNotFit(f"{edits.name} 的打印{name}有的页有、有的页没有")
        wanted, edits.cells = sorted(edits.cells.items()), {}
        for place, edit in wanted:
            if _is_to_make(found, edits.name, place, edit, raw.cells.get(place)):
                edits.cells[place] = edit
        found.sheets.append(edits)
    return found


def _force_inputs(states: States, base: Sheet, edits: SheetEdits, raw: RawSheet) -> None:
    """What was typed has been journalled, and stands in the new state where it counts: an input cell
    holds that, and nothing else. What was typed for another period or another item must not stay."""
    for place in dict.fromkeys((*_inputs(base), *_inputs(edits.sheet))):
        cell = edits.sheet.cells.get(place)
        now = content_of(states.new, edits.sheet, cell) if cell is not None else NOTHING
        if place not in edits.cells and not holds(raw.cells.get(place), now):
            edits.cells[place] = CellEdit(now, now, None, cell, True)


def _force_rules(states: States, edits: SheetEdits, raw: RawSheet) -> None:
    """The sentences on a row's figures are by the rules of today, whichever program wrote the formulas that are
    there; what the office made of the cells that are seen is left."""
    for place, cell in edits.sheet.cells.items():
        there = raw.cells.get(place)
        if cell.key is None or cell.key.name not in RULED or there is None or not there.formula:
            continue
        now, edit = content_of(states.new, edits.sheet, cell), edits.cells.get(place)
        doubt = states.new.address(Ref(edits.sheet.id, cell.key.beside(DOUBT)), edits.sheet.id)
        is_ours = cell.key.name == DOUBT or there.formula.startswith(f'IF({doubt}="",')
        if now.formula is not None and is_ours and not holds(there, now):
            edits.cells[place] = CellEdit(None, now, edit.style if edit is not None else None, cell, True)


def _force_words(states: States, edits: SheetEdits, raw: RawSheet) -> None:
    """Where an earlier version worded a cell of ours otherwise, it gets today's words."""
    for place, cell in edits.sheet.cells.items():
        there = raw.cells.get(place)
        if there is None or cell.input is not None or is_as_placed(there, cell):
            continue
        content = there.formula or there.text
        said = todays(content)
        if said != content or is_former(content):
            now, edit = content_of(states.new, edits.sheet, cell), edits.cells.get(place)
            if is_former(content, now.formula or "") or holds(_saying(there, said), now):
                edits.cells[place] = CellEdit(None, now, edit.style if edit is not None else None, cell, True)


def _force_unseen(states: States, edits: SheetEdits, raw: RawSheet) -> None:
    """What stands where nobody at the office looks is ours alone: an earlier version reckoned it otherwise."""
    sheet = edits.sheet
    for place, cell in sheet.cells.items():
        if cell.input is not None or not (sheet.id == MARKS.id or place[1] in sheet.hidden_columns):
            continue
        now, edit = content_of(states.new, sheet, cell), edits.cells.get(place)
        if not holds(raw.cells.get(place), now):
            edits.cells[place] = CellEdit(None, now, edit.style if edit is not None else None, cell, True)


def _saying(raw: RawCell, said: str) -> RawCell:
    """A cell as it would be if its formula, or its text where it has none, said something else."""
    return raw._replace(formula=said) if raw.formula else raw._replace(text=said)


def _inputs(sheet: Sheet) -> list[Place]:
    return [place for place, cell in sheet.cells.items() if cell.input is not None]


def _check_merges(states: States, base: Sheet, edits: SheetEdits, raw: RawSheet, merges: Merges) -> None:
    """New merged blocks meet no other, and cover nothing that the office wrote."""
    for block in edits.merged:
        area, ours = parse_area(block), {*edits.unmerged, block}
        met = (other for other in merges(edits.name, block) if area_name(*other) not in ours and _meet(area, other))
        other = next(met, None)
        if other is not None:
            raise DoesNotFit(f"{edits.name} {block} 与办公室合并的 {area_name(*other)} 相交")
        for place, cell in raw.cells.items():
            covered = area.holds(*place) and place != (area.top, area.left)
            if covered and (cell.text.strip() or cell.formula) and not _is_ours(states, base, place, cell):
                said = f"{edits.name} {cell_name(place)} 有办公室写的内容（{_seen(cell)}），占了要写的格"
                raise DoesNotFit(said)


def _meet(one: Area, other: Area) -> bool:
    beside = other.bottom < one.top or other.top > one.bottom or other.right < one.left or other.left > one.right
    return not beside


def _is_ours(states: States, base: Sheet, place: Place, there: RawCell) -> bool:
    """Whether what stands in a cell is of ours: an input, or what was written there."""
    cell = base.cells.get(place)
    return cell is not None and (cell.input is not None or holds(there, content_of(states.base, base, cell)))


def _is_to_make(found: Fitted, name: str, place: Place, edit: CellEdit, now: RawCell | None) -> bool:
    stays = edit.style is None and edit.cell is not None
    if stays and holds(now, edit.now) and (edit.now.formula is None or stores(now, edit.now.value)):
        return False
    if edit.is_input or holds(now, edit.was or NOTHING) or holds(now, edit.now):
        return True
    if edit.was is None:
        raise DoesNotFit(f"{name} {cell_name(place)} 有办公室写的内容（{_seen(now)}），占了要写的格")
    found.theirs.add((name, place))
    if edit.was != edit.now:
        found.keep(name, place, f"现为 {_seen(now)}")
    return False


def check(made: RawWorkbook, before: RawWorkbook, states: States, found: Fitted) -> None:
    """See that all of ours in an edited workbook says what it should; formulas of ours that the office wrote
    over are told as kept. Raises DoesNotFit."""
    raws, olds = ({sheet.name: sheet for sheet in workbook.sheets} for workbook in (made, before))
    for sheet, name, place, there in _wrong(raws, states):
        if (name, place) in found.theirs:
            continue
        base = states.base.sheet(sheet.id)
        if not _is_theirs(states, base, place, olds[name].cells.get(place), there):
            raise DoesNotFit(f"{name} {cell_name(place)} 改完核对不上")
        if isinstance(sheet.cells[place].content, Expr):  # a figure of the office's own where ours would follow
            found.kept.append(f"{name} {cell_name(place)}（现为 {_seen(there)}）")


def _wrong(raws: dict[str, RawSheet], states: States) -> Iterator[tuple[Sheet, str, Place, RawCell | None]]:
    for sheet in states.new.sheets:
        name = states.base.sheet(sheet.id).name
        for place, cell in sheet.cells.items():
            there = raws[name].cells.get(place)
            if isinstance(cell.content, Expr):
                right = there is not None and there.formula is not None and stores(there, states.new.value(sheet, cell))
            else:
                right = is_as_placed(there, cell) or holds(there, content_of(states.new, sheet, cell))
            if not right:
                yield sheet, name, place, there


def _is_theirs(states: States, base: Sheet, place: Place, old: RawCell | None, now: RawCell | None) -> bool:
    """Whether a cell held something of the office's, and still does."""
    cell = base.cells.get(place)
    was = content_of(states.base, base, cell) if cell is not None else NOTHING
    same = old is not None and now is not None and old[:2] == now[:2] and (old.formula is None) == (now.formula is None)
    return same and (cell is None or cell.input is None) and not holds(old, was)


def _seen(raw: RawCell | None) -> str:
    text = "空" if raw is None else f"={raw.formula}" if raw.formula else raw.text
    return text if len(text) <= 20 else text[:20] + "…"
