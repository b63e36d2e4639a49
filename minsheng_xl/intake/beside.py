"""What is said beside the figures of a form, in 说明, comments, text boxes: another number than the one filled in holds
the figure, for nobody knows which of the two is meant."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from minsheng_xl.accounts.values import Doubt, shown
from minsheng_xl.exact.addresses import Area, Place, cell_name
from minsheng_xl.exact.keys import CHOICE, DENOMINATOR, MEASURES, NUMERATOR, PREVIOUS, REPORTED, RowName
from minsheng_xl.exact.numbers import parse_lexeme
from minsheng_xl.forms.identity import PERIOD_CELL
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import same_text
from minsheng_xl.intake.reading import Answers
from minsheng_xl.rules import beside
from minsheng_xl.texts import one_line

if TYPE_CHECKING:
    from minsheng_xl.books.package.grid import Grid, Rectangle
    from minsheng_xl.books.package.overlay import Overlay

_CODE = re.compile(r"(?<![\d-])\d{1,2}-\d{1,2}(?![\d-])")
_MEASURED = re.compile(r"[（(][^（）()]{1,6}[）)]\Z")
"""A unit of measure behind a name."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－—–", "0123456789---")
_LEADS = re.compile(r"(?<![\d-])(\d{1,2}-\d{1,2})(?![\d-])[^，,。；;\n]{0,12}?(?:[应應实實更改]|以)")
"""A code of which a correction speaks that follows."""
_OF_AMOUNTS = "万元"
_SHORT = 3
"""Signs of a name that may stand in a sentence by chance."""
_SPEAKS = re.compile(r"[应應实實]|[更改修订纠]正|正确|准确|改[为為成]|[为為]准|[为為]準|不是|并非|不对|有误|错|后|[请改][按以]|[→⇒]|[-=]>")
"""What every correction in words holds."""
_LONGEST = 4_000
"""Characters of a comment that are looked at."""
_SEEN = 40
"""Characters of a text that a message shows."""


class Remark(NamedTuple):
    """What is said somewhere of figures: where it stands, what such a place is called, the row in which it stands.

    `is_on_figure`: it is a comment on a figure itself, of which a number says enough. `must_name`: it stands where
    much else is said, and speaks of a row only if it names it.
    """

    text: str
    place: Place | None
    word: str
    row: RowName | None = None
    is_on_figure: bool = False
    must_name: bool = False


def hold_what_is_corrected(page: Page, answers: Answers, overlay: "Overlay | None") -> None:
    """Hold the rows of which something says another number than they show."""
    remarks: Iterable[Remark] = _in_words(page, answers)
    if overlay is not None:
        remarks = chain(remarks, _over(page, overlay))
        _hold_amounts(page, answers, overlay)
    hold_by_remarks(page, answers, page.sheet.name, remarks)


def _hold_amounts(page: Page, answers: Answers, overlay: "Overlay") -> None:
    """Hold the amounts of 资金 on which a comment says another."""
    from minsheng_xl.intake.corrections import bare_number, correction

    given = answers.figures.items() if overlay.comments else ()
    amounts = [(key, figure) for key, figure in given if key.is_amount and isinstance(figure, Fraction)]
    for key, figure in amounts:
        for comment in overlay.comments.get(page.at(key), ()):
            said = without_ours(comment[:_LONGEST])
            number = bare_number(said, _OF_AMOUNTS)
            is_other = number is not None and not number.is_one_of({figure}, ())
            seen = said.strip() if is_other else correction(said, {figure}, (), _OF_AMOUNTS, "")
            if seen:
                answers.problems.append(beside.CORRECTED.problem(
                    sheet=page.sheet.name, cell=cell_name(page.at(key)), key=key, reason="批注",
                    seen=one_line(seen)[:_SEEN],
                ))
                answers.figures[key] = Doubt(shown(figure))


def hold_by_remarks(page: Page, answers: Answers, sheet: str, remarks: Iterable[Remark]) -> None:
    """Hold the rows of which a remark, on a sheet of that name, says another number than they show."""
    rows: FigureRows | None = None
    for remark in remarks:
        if not remark.text.strip() or not (remark.is_on_figure or may_correct(remark.text)):
            continue
        rows = rows or FigureRows(page, answers)
        seen = rows.other_number(remark)
        if seen:
            hold_rows(page, answers, rows.meant(remark), OtherNumber(sheet, remark.place, remark.word, seen))


def may_correct(text: str) -> bool:
    """Whether a text may be a correction at all: most are told apart by this."""
    return _SPEAKS.search(text) is not None


def _in_words(page: Page, answers: Answers) -> Iterator[Remark]:
    """What the 说明 of the rows say, and the words on projects."""
    for key, text in answers.words.items():
        if key in answers.struck or key.is_head:
            continue
        if key.is_explanation:
            yield Remark(text, page.at(key), "说明", key.row)
        elif _CODE.search(text):
            yield Remark(text, page.at(key), "文字", must_name=True)


def _over(page: Page, overlay: "Overlay") -> Iterator[Remark]:
    """What comments and text boxes say; comments that the form was issued with, and our own, say nothing."""
    keys = {page.placement.at(place): key for place, key in page.issued.keys.items()}
    known = _issued_with(page)
    for place, comments in overlay.comments.items():
        key = keys.get(place)
        row = key.row if key is not None and key.is_of_indicator else None
        is_on_figure = row is not None and key is not None and key.name in (*MEASURES, CHOICE, "figure")
        for text in comments:
            said = without_ours(text[:_LONGEST])
            if text not in known or said != text:  # what a form that went back says beside ours is the unit's
                yield Remark(said, place, "批注", row, is_on_figure, must_name=row is None)
    for drawn in overlay.drawn:
        if drawn.text:
            beside_one = _row_beside(page, overlay.grid, drawn.box)
            yield Remark(drawn.text, None, drawn.kind.value, beside_one, is_on_figure=beside_one is not None)


def _row_beside(page: Page, grid: "Grid", box: "Rectangle") -> RowName | None:
    """The one row of figures beside which a thing is drawn, if it is one."""
    found = set()
    for key in page.issued.inputs.values():
        if key.is_of_indicator:
            cell = grid.box(Area(*page.at(key), *page.at(key)))
            if min(cell.bottom, box.bottom) - max(cell.top, box.top) > cell.height / 2:
                found.add(key.row)
    return found.pop() if len(found) == 1 else None


def _issued_with(page: Page) -> frozenset[str]:
    """The comments that the form went out with."""
    overlay = page.issued.sheet.overlay
    comments = overlay().comments if overlay is not None else {}
    return frozenset(chain.from_iterable(comments.values()))


def without_ours(text: str) -> str:
    """A comment without what we said in it when the form went back to the unit."""
    return _ours().sub("", text)


@cache
def _ours() -> re.Pattern[str]:
    """The sentences of the rules, whatever they quote."""
    from minsheng_xl.rules.catalogue import RULES

    def open_at_quotes(sentence: str) -> str:
        return any_words.join(map(re.escape, re.split(r"\{\w+\}", sentence)))

    any_words = ".{0,200}?"
    seen = f"(?:（看到：{any_words}）)?。"
    said = [f"{open_at_quotes(rule.sentence)}{seen}{open_at_quotes(rule.action)}。" for rule in RULES.values()]
    return re.compile("|".join([*said, f"存疑：{any_words}。请核对。"]), re.DOTALL)


class FigureRows:
    """The rows of figures of a form, and the numbers that each shows."""

    def __init__(self, page: Page, answers: Answers) -> None:
        self.page, self.answers = page, answers
        self._shown: dict[RowName, Shows] = {}
        self.of_code: dict[str, list[RowName]] = {}
        for key in page.issued.inputs.values():
            if key.is_of_indicator and key.row not in self.of_code.setdefault(key.of, []):
                self.of_code[key.of].append(key.row)
        rows = chain.from_iterable(self.of_code.values())
        names = ((same_text(self._text(row, "name").partition("\n")[0]), row) for row in rows)
        self.of_name = {name: row for name, row in names if len(name) > _SHORT}
        self._begins = {mark[0] for mark in (*self.of_code, *self.of_name)} | set("０１２３４５６７８９")

    def meant(self, remark: Remark) -> list[RowName]:
        """The rows of which a remark speaks: those that it names, or that in which it stands, or any."""
        if remark.row is not None:
            led = [row for code in _LEADS.findall(remark.text) for row in self.of_code.get(code, ())]
            return led or [remark.row]
        named = self.named(remark.text)
        return named if named or remark.must_name else list(chain.from_iterable(self.of_code.values()))

    def named(self, text: str) -> list[RowName]:
        """The rows that a text names, by code or by all of a name."""
        found = [row for code in _CODE.findall(text) for row in self.of_code.get(code, ())]
        return found or [row for name, row in self.of_name.items() if name in text]

    def exactly(self, text: str) -> RowName | None:
        """The row whose code or name, or both, a text is."""
        if text.lstrip()[:1] not in self._begins:  # most texts
            return None
        bare = "".join(text.partition("\n")[0].split()).translate(_FULL_WIDTH)
        rows = self.of_code.get(bare)
        if rows:
            return rows[0]
        of = self.of_name.get(_MEASURED.sub("", bare))
        code = _CODE.match(bare) if of is None else None
        named = self.of_name.get(bare[code.end() :].lstrip(".、:：")) if code is not None else None
        return named if code is not None and named is not None and named.of == code[0] else of

    def other_number(self, remark: Remark) -> str:
        """The words of a remark that say another number than the rows show of which it speaks."""
        from minsheng_xl.intake.corrections import bare_number, correction

        rows = self.meant(remark)
        if not rows:
            return ""
        numbers, rates, name = set[Fraction](), set[Fraction](), ""
        for row in {*rows, *((remark.row,) if remark.row is not None else ())}:
            shows = self.shown(row)
            numbers |= shows.numbers
            rates |= shows.rates
            name += self._text(row, "name") + row.of
        unit = self.unit(rows[0]) if len({self.unit(row) for row in rows}) == 1 else ""
        if remark.is_on_figure:
            number = bare_number(remark.text, unit)
            if number is not None:
                return "" if number.is_one_of(numbers, rates) else remark.text.strip()
        return correction(self._of_this_month(remark.text), numbers, rates, unit, name)

    def _of_this_month(self, text: str) -> str:
        """A text in which the month of the form is 本月."""
        month = re.search(r"(\d+)月", self.page.issued.text(PERIOD_CELL))
        return re.sub(rf"(?<!\d){month[1]}月份?(?![底末前初中日\d])", "本月", text) if month is not None else text

    def shown(self, row: RowName) -> "Shows":
        """The numbers that a row shows."""
        if row not in self._shown:
            self._shown[row] = _shown_in(self.page, self.answers, row)
        return self._shown[row]

    def unit(self, row: RowName) -> str:
        """The measure of a row."""
        return self._text(row, "unit")

    def _text(self, row: RowName, name: str) -> str:
        key = row.cell(name)
        return self.page.issued.text(key) if self.page.issued.form.has(key) else ""


class Shows(NamedTuple):
    """The numbers that a row shows: what was entered, with what follows from it, with all that stands beside it, and
    its rates; `parts` are 分子 and 分母 by their titles."""

    entered: frozenset[Fraction]
    figures: frozenset[Fraction]
    numbers: frozenset[Fraction]
    rates: frozenset[Fraction]
    parts: Mapping[str, Fraction]

    def called(self, title: str) -> frozenset[Fraction]:
        """The figures of which a title speaks: one part of a ratio, or any."""
        named = [number for part, number in self.parts.items() if part in title]
        return frozenset(named) or self.figures


def _shown_in(page: Page, answers: Answers, row: RowName) -> Shows:
    """The numbers that a row shows: the figures, what was issued with them, and what follows."""
    entered = {key.name: figure for key, figure in answers.figures.items() if key.row == row}
    given = {name: figure for name, figure in entered.items() if isinstance(figure, Fraction)}
    typed = frozenset(given.values())
    for name in (PREVIOUS, "target", DENOMINATOR):
        key = row.cell(name)
        number = parse_lexeme(page.issued.text(key)) if name not in given and page.issued.form.has(key) else None
        if number is not None:
            given[name] = number
    values = {given[REPORTED]} if REPORTED in given else set[Fraction]()
    if NUMERATOR in given and given.get(DENOMINATOR):
        values.add(given[NUMERATOR] / given[DENOMINATOR])
    rates = values | {value / given["target"] for value in values if given.get("target")}
    increases = {abs(value - given[PREVIOUS]) for value in values if PREVIOUS in given}
    figures = typed | values | increases | ({given[DENOMINATOR]} if DENOMINATOR in given else set())
    beside = {given[name] for name in (PREVIOUS, "target") if name in given}
    parts = {title: given[name] for title, name in (("分子", NUMERATOR), ("分母", DENOMINATOR)) if name in given}
    return Shows(typed, figures, figures | beside, frozenset({*rates, *beside, *increases}), parts)


class OtherNumber(NamedTuple):
    """Where another number was found than a row holds: the page, the cell if it is one, what that is called, and what
    it says."""

    sheet: str
    place: Place | None
    word: str
    seen: str


def hold_rows(page: Page, answers: Answers, rows: Collection[RowName], found: OtherNumber) -> None:
    """Hold the figures of rows; those in doubt stay what they are, and blanks say no other number."""
    held = [key for key in answers.figures if key.row in rows]
    if not held:
        return
    answers.problems.append(beside.CORRECTED.problem(
        sheet=found.sheet, cell=cell_name(found.place) if found.place is not None else "",
        key=held[0] if len(rows) == 1 else None, reason=found.word, seen=one_line(found.seen)[:_SEEN],
    ))
    for key in held:
        figure = answers.figures[key]
        answers.figures[key] = figure if isinstance(figure, Doubt) else Doubt(shown(figure))
