"""What a 核对单 says: of each row the word of its lead, and the figures that should be in the place of those in use."""

from collections.abc import Iterator, Sequence

from minsheng_xl.accounts.values import Content, Figure, shown
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.expressions import Expr
from minsheng_xl.exact.keys import AGREEMENT, Key
from minsheng_xl.forms.confirmation import SHOWN
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import says_the_same
from minsheng_xl.problems import Problem
from minsheng_xl.rules.confirmation import OBJECTED, SHOWN_CHANGED
from minsheng_xl.texts import cleaned

_SEEN = 60
_REASON, _THERE = "“说明”栏", "“原因”栏"
"""The column for what explains a figure, as the unit's own form and as a 核对单 calls it."""


def confirmed(page: Page, content: Content) -> tuple[Content, list[Problem]]:
    """The content of a 核对单 with the word of each row among its words. A lead that says another figure, or typed over
    the one shown, does not agree with it, whatever its word."""
    figures: dict[Key, Figure] = {key: figure for key, figure in content.figures.items() if not key.is_agreement}
    words = {key: shown(figure) for key, figure in content.figures.items() if key.is_agreement}
    words |= {key.beside(AGREEMENT): OBJECTED for key in figures}
    problems = list(_typed_over(page))
    for found in problems:
        assert found.key is not None
        words[found.key.beside(AGREEMENT)] = OBJECTED
        if not content.words.get(found.key.beside("explanation")):
            words[found.key.beside("explanation")] = f"采用数被改为 {found.seen}"
    return content._replace(figures=figures, words={**content.words, **words}), problems


def in_its_words(problems: Sequence[Problem]) -> list[Problem]:
    """Findings by the rules of the unit's own form, with the columns as they are called on a 核对单."""
    return [found._replace(action=found.action.replace(_REASON, _THERE)) for found in problems]


def _typed_over(page: Page) -> Iterator[Problem]:
    """The figures shown that were changed on the form."""
    for cell in page.issued.form.cells.values():
        key = cell.key
        if key is None or key.name not in SHOWN.values() or isinstance(cell.content, Expr):
            continue
        was, now = page.issued.text(key), page.text(key)
        if not says_the_same(now, was):
            seen = cleaned(now)[:_SEEN] or "空"
            yield SHOWN_CHANGED.problem(
                sheet=page.sheet.name, cell=cell_name(page.at(key)), key=key, seen=seen, expected=was or "空",
            )
