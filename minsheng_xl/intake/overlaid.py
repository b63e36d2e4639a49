"""What lies over the figures of a form: a figure that a person cannot see, or sees with something else, is in doubt."""

from collections.abc import Iterator
from itertools import chain

from minsheng_xl.accounts.values import Doubt, shown
from minsheng_xl.books.package.drawings import Drawn, DrawnKind
from minsheng_xl.books.package.grid import CENTIMETRE, Grid, Rectangle
from minsheng_xl.books.package.overlay import Overlay
from minsheng_xl.books.package.read import Area
from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.exact.keys import MEASURES, Key
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.reading import Answers
from minsheng_xl.rules import beside
from minsheng_xl.texts import one_line

_SEEN = 40
"""Characters of a text that a message shows."""
_MOST_NAMED = 3
_EDGE = 0.15
"""How much of a cell, from each side, a thing may take that stands beside it or underlines it."""
_LEAST, _MOST, _LONGER = 2.7 * CENTIMETRE, 6.6 * CENTIMETRE, 1.3
"""The sides of a seal: 3 to 6 cm and what is lost in measuring, and by how much one may be longer than the other."""
_THIN = 0.15 * CENTIMETRE
"""The edge of a rectangle as low as this is a line."""
_SAYS = frozenset((DrawnKind.TEXT, DrawnKind.PICTURE, DrawnKind.OBJECT, DrawnKind.INK, DrawnKind.GROUP))
"""What may say a figure over a blank cell."""
_SCANS = frozenset((DrawnKind.PICTURE, DrawnKind.OBJECT))
"""What may show a whole form."""


def shows_a_picture(page: Page, overlay: Overlay) -> bool:
    """Whether a page shows a picture or a text over cells that are figures, or would be, or one as large as a form; a
    seal is none."""
    boxes = [_box(overlay.grid, page, place) for _, place in _figures(page)]
    said = [one for one in overlay.drawn if one.kind in _SAYS]
    is_over = any(one.box.meets(box) and not _is_seal(one, box) for one in said for box in boxes)
    return is_over or any(min(one.width, one.height) > _MOST for one in said if one.kind in _SCANS)


def hold_what_is_covered(page: Page, answers: Answers, overlay: Overlay) -> None:
    """Hold the figures over which something lies, or all if not everything could be read that does."""
    _hold_under(page, answers, overlay)
    if not answers.figures and any(True for _ in _figures(page)) and shows_a_picture(page, overlay):
        answers.problems.append(beside.PICTURE.problem(sheet=page.sheet.name))
    if not overlay.is_whole:
        answers.figures.update({key: _doubted(answers, key) for key in answers.figures})
        answers.problems.append(beside.OVERLAY_UNREAD.problem(sheet=page.sheet.name))


def _hold_under(page: Page, answers: Answers, overlay: Overlay) -> None:
    """Put a doubt in place of each figure over which something lies, and say what it is."""
    sealed: list[str] = []
    for key, place in chain(_figures(page), tuple(_chosen(page, answers))) if overlay.drawn else ():
        box = _box(overlay.grid, page, place)
        over = [one for one in overlay.drawn if _covers(one, box) and (key in answers.figures or _may_say(one))]
        seals = [one for one in over if _is_seal(one, box)]
        if len(seals) < len(over):
            _hold(page, answers, (key, place), next(one for one in over if one not in seals))
        elif seals:
            sealed.append(cell_name(place))
    if sealed:
        more = f"等{len(sealed)}格" if len(sealed) > _MOST_NAMED else ""
        seen = "、".join(sealed[:_MOST_NAMED]) + more
        answers.problems.append(beside.SEAL.problem(sheet=page.sheet.name, cell=sealed[0], seen=seen))


def _figures(page: Page) -> Iterator[tuple[Key, Place]]:
    """The cells of a form that take a figure, as they stand on the sheet."""
    for cell in page.issued.form.inputs():
        assert cell.key is not None and cell.input is not None
        is_picked = cell.key.is_of_indicator and cell.input.kind == "choice" and not cell.key.is_choice
        if cell.input.kind == "number" or is_picked:
            yield cell.key, page.at(cell.key)


def _chosen(page: Page, answers: Answers) -> Iterator[tuple[Key, Place]]:
    """The figures for which a word stands, each where the word was chosen."""
    for key in answers.words:
        if key.is_choice:
            measures = (key.beside(measure) for measure in MEASURES)
            yield from ((measure, page.at(key)) for measure in measures if measure in answers.figures)


def _box(grid: Grid, page: Page, place: Place) -> Rectangle:
    """Where a cell is seen, with all that is merged into it."""
    area = next((area for area in page.sheet.frame.merges if area.holds(*place)), Area(*place, *place))
    return grid.box(area)


def _covers(drawn: Drawn, cell: Rectangle) -> bool:
    """Whether a thing lies over what a cell shows, rather than beside or under it."""
    across, down = cell.width * _EDGE, cell.height * _EDGE
    inner = Rectangle(cell.left + across, cell.top + down, cell.right - across, cell.bottom - down)
    if drawn.kind is DrawnKind.OUTLINE and min(drawn.width, drawn.height) > _THIN:
        return False  # drawn around figures
    return drawn.box.meets(inner) and (not drawn.slope or _crosses(drawn, inner))


def _crosses(line: Drawn, cell: Rectangle) -> bool:
    """Whether a straight line that runs from corner to corner of its box goes through a cell that the box meets."""
    box = line.box
    if not box.width or not box.height:
        return True
    left, right = max(box.left, cell.left), min(box.right, cell.right)
    steep = box.height / box.width * line.slope
    begin = box.top if line.slope > 0 else box.bottom
    heights = sorted((begin + steep * (left - box.left), begin + steep * (right - box.left)))
    return heights[0] <= cell.bottom and cell.top <= heights[1]


def _is_seal(drawn: Drawn, cell: Rectangle) -> bool:
    """Whether a thing over a cell is a seal: a picture, roughly square, of its size, over several rows and columns."""
    if drawn.kind not in _SCANS:
        return False
    shorter, longer = sorted((drawn.width, drawn.height))
    is_its_size = shorter >= _LEAST and longer <= _MOST and longer <= _LONGER * shorter
    return is_its_size and drawn.width > cell.width and drawn.height > cell.height


def _may_say(drawn: Drawn) -> bool:
    """Whether a thing over a blank cell may say a figure."""
    return drawn.kind in _SAYS or bool(drawn.text)


def _hold(page: Page, answers: Answers, figure: tuple[Key, Place], drawn: Drawn) -> None:
    key, place = figure
    text = one_line(drawn.text)[:_SEEN]
    seen = f"{drawn.kind.value}“{text}”" if text else drawn.kind.value
    found = beside.COVERED.problem(sheet=page.sheet.name, cell=cell_name(place), key=key, reason=seen)
    answers.problems.append(found)
    blank = f"{text or '空'}（{drawn.kind.value}）"
    answers.figures[key] = _doubted(answers, key) if key in answers.figures else Doubt(blank)


def _doubted(answers: Answers, key: Key) -> Doubt:
    """The doubt in place of a figure; one that was in doubt stays what it is."""
    figure = answers.figures[key]
    return figure if isinstance(figure, Doubt) else Doubt(shown(figure))
