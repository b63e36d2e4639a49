"""What stands otherwise than issued on a returned form whose anchors were all found: locked cells, merges."""

import re
from collections.abc import Iterator, Sequence

from minsheng_xl.books.package.memory import TEXT, remembered
from minsheng_xl.books.package.read import Area, RawCell
from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import same_text, says_the_same
from minsheng_xl.problems import Problem
from minsheng_xl.rules import structure
from minsheng_xl.rules.model import Rule

_MOST_NAMED = 3


def remarks(page: Page) -> Iterator[Problem]:
    """What stands otherwise than issued without touching what is read."""
    for check in (_moved, _hidden, _validation, _locked, _outside):
        yield from check(page)


def _several(rule: Rule, page: Page, places: Sequence[Place], seen: str = "") -> Problem:
    """One finding for all places of a kind: the first, and how many there are."""
    names = "、".join(cell_name(place) for place in places[:_MOST_NAMED])
    more = f"等{len(places)}处" if len(places) > _MOST_NAMED else ""
    return rule.problem(sheet=page.sheet.name, cell=cell_name(places[0]), seen=seen or f"{names}{more}")


def _moved(page: Page) -> Iterator[Problem]:
    """Rows or columns stand elsewhere."""
    if page.placement.moved:
        place = next(place for place in page.issued.inputs if page.placement.at(place) != place)
        at = page.placement.at(place)
        yield _several(structure.MOVED, page, [at], f"{cell_name(place)} → {cell_name(at)}")


def _hidden(page: Page) -> Iterator[Problem]:
    """Input cells were hidden, or the whole page."""
    sheet, was_hidden = page.sheet, page.issued.sheet.frame.hidden_columns
    if not sheet.hidden_rows and sheet.frame.hidden_columns == was_hidden and not sheet.hidden:
        return
    columns = sheet.frame.hidden_columns.difference(page.placement.at((0, column))[1] for column in was_hidden)
    inputs = map(page.placement.at, page.issued.inputs)
    places = [at for at in inputs if at[0] in sheet.hidden_rows or at[1] in columns]
    if places:
        yield _several(structure.HIDDEN, page, places)
    elif sheet.hidden:
        yield _several(structure.HIDDEN, page, [(0, 0)], "整页被隐藏")


def _validation(page: Page) -> Iterator[Problem]:
    """Input cells lost their 数据验证."""
    ours, theirs = page.issued.sheet.frame.validated, page.sheet.frame.validated
    if theirs == ours:
        return
    guarded = [page.placement.at(place) for place in page.issued.inputs if _covered(ours, place)]
    gone = [at for at in guarded if not _covered(theirs, at)]
    if gone:
        yield _several(structure.VALIDATION, page, sorted(gone))


def _covered(areas: Sequence[Area], place: Place) -> bool:
    return any(area.holds(*place) for area in areas)


def _locked(page: Page) -> Iterator[Problem]:
    """Locked cells say something else, by the rule that each breaks."""
    changed: dict[Rule, list[Place]] = {}
    cells, at_of = page.sheet.cells, page.placement.at
    for place, was in page.issued.locked.items():
        at = at_of(place)
        now = cells.get(at)
        is_same_formula = was.formula is not None and now is not None and now.formula == was.formula
        rule = None if is_same_formula or now == was else _difference(page, place, was, now)
        if rule is not None:
            changed.setdefault(rule, []).append(at)
    for rule, places in changed.items():
        yield _several(rule, page, sorted(places))


def _difference(page: Page, place: Place, was: RawCell, now: RawCell | None) -> Rule | None:
    """By which rule a locked cell says something else; a denominator has a rule of its own on the form."""
    if was.formula is not None:
        return None if _is_same_formula(page, was.formula, now) else structure.FORMULAS
    if now is not None and (now.text == was.text or says_the_same(now.text, was.text)):
        return None
    key = page.issued.keys.get(place)
    if key is not None and key.is_denominator:
        return None
    return structure.PREVIOUS if key is not None and key.is_previous else structure.LOCKED


def _is_same_formula(page: Page, was: str, now: RawCell | None) -> bool:
    """Whether a formula came back; of one that moved, or whose text is shared with another cell, only that."""
    if now is None or now.formula is None:
        return False
    return page.placement.moved or not now.formula or now.formula == was or _bare(now.formula) == _bare(was)


_WRITTEN_DIFFERENTLY = str.maketrans("", "", "' $\n")


@remembered(2048, TEXT)
def _bare(formula: str) -> str:
    """A formula without what programs write differently."""
    bare = formula.translate(_WRITTEN_DIFFERENTLY)
    return _LONG_CONSTANT.sub(_shortened, bare.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE"))


_LONG_CONSTANT = re.compile(r"(?<![\w.])\d*\.\d{15,}(?![\w.])", re.ASCII)
"""A constant with more digits than a double holds: 0.998999999999999999979 for 0.999, as gnumeric writes it."""


def _shortened(constant: re.Match[str]) -> str:
    return same_text(constant[0])


def _outside(page: Page) -> Iterator[Problem]:
    """Something was written outside the form."""
    own = set(map(page.placement.at, page.issued.places)) if page.placement.moved else page.issued.places
    extra = sorted(place for place in page.sheet.cells.keys() - own if page.sheet.text(*place).strip())
    if extra:
        yield _several(structure.OUTSIDE, page, extra, f"{cell_name(extra[0])}：{page.sheet.text(*extra[0])[:30]}")


def swallowed(page: Page) -> list[Place]:
    """The input cells, as issued, that a merge made into part of a larger block."""
    merges = page.sheet.frame.merges
    if set(merges) == page.issued.merges:
        return []
    return [place for place in page.issued.inputs if _is_swallowed(page, merges, place)]


def _is_swallowed(page: Page, merges: Sequence[Area], place: Place) -> bool:
    return any(_swallows(page, area, place) for area in merges)


def _swallows(page: Page, area: Area, place: Place) -> bool:
    """Whether a merge takes an input cell beyond its own block; columns that moved may make the block wider."""
    at = page.placement.at(place)
    if not area.holds(*at):
        return False
    height, width = _reach(page.issued.blocks.get(place, Area(*place, *place)))
    merged_height, merged_width = _reach(area)
    is_wider = merged_width > width and not page.placement.moved
    return merged_height > height or is_wider or (area.top, area.left) != at


def _reach(area: Area) -> tuple[int, int]:
    """How many rows and columns a block has beyond its first."""
    return area.bottom - area.top, area.right - area.left
