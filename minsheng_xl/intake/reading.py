"""The input cells of a form that was found again: the figure or the words each holds, and what is wrong with it."""

from collections.abc import Sequence
from fractions import Fraction

from minsheng_xl.accounts.values import Doubt, Figure, shown
from minsheng_xl.books.package.read import Area, Display, RawCell, RawWorkbook
from minsheng_xl.exact.addresses import EVERYWHERE, Place, cell_name
from minsheng_xl.exact.keys import MEASURES, Key
from minsheng_xl.exact.numbers import parse_lexeme, plain
from minsheng_xl.forms.layout import Input
from minsheng_xl.intake.contract import swallowed
from minsheng_xl.intake.displays import shown_otherwise, text_shown_otherwise
from minsheng_xl.intake.figures import Reading, read_figure, truth
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.sight import Unseen, looks_over, unseen
from minsheng_xl.problems import Problem
from minsheng_xl.rules import numbers, texts
from minsheng_xl.rules.model import Rule
from minsheng_xl.texts import LONGEST, cleaned

_SEEN = 60
"""Characters of a text that a message shows."""


class Answers:
    """What the input cells of a form say, before any rule compares them. Blank cells are not among them.

    `struck` are the texts that are struck out or not to be seen: they say nothing. `problems` are what each cell shows
    by itself.
    """

    def __init__(self) -> None:
        self.figures: dict[Key, Figure] = {}
        self.words: dict[Key, str] = {}
        self.struck: set[Key] = set()
        self.problems: list[Problem] = []

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in but the head."""
        return not self.figures and all(key.is_head for key in self.words)


def read_answers(workbook: RawWorkbook, page: Page) -> Answers:
    """Read every input cell of a form."""
    return _PageReader(workbook, page).read()


class _PageReader:
    """One form being read, cell by cell."""

    def __init__(self, workbook: RawWorkbook, page: Page) -> None:
        self.workbook, self.page, self.sheet = workbook, page, page.sheet
        self.answers = Answers()
        self.plain: dict[int, Unseen | None] = {}
        """Of each style why what it shows is not seen."""

    def read(self) -> Answers:
        merged, cells, at_of = set(swallowed(self.page)), self.sheet.cells, self.page.placement.at
        for cell in self.page.issued.filled_in:
            assert cell.key is not None and cell.input is not None
            at = at_of((cell.row, cell.column))
            raw = cells.get(at)
            if raw is None and not merged:
                continue
            is_figure = cell.key.is_of_indicator and cell.input.kind in ("number", "choice") and not cell.key.is_choice
            if (cell.row, cell.column) in merged and is_figure:
                self._merged(cell.key, at)
            elif (cell.row, cell.column) in merged and cell.key.is_choice and self._spans_rows(at):
                self._merged(self._chosen_for(cell.key), at)
            elif raw is None or (raw.formula is None and not cleaned(raw.text).strip()):
                continue
            elif is_figure:
                self.answers.figures[cell.key] = self._figure(cell.key, cell.input, at, raw)
            elif cell.input.kind == "number":
                self.answers.figures[cell.key] = self._amount(cell.key, cell.input, at, raw)
            else:
                self._word(cell.key, cell.input, at, raw)
        return self.answers

    def _say(self, rule: Rule, key: Key, at: Place, seen: str, expected: str = "") -> None:
        found = rule.problem(sheet=self.sheet.name, cell=cell_name(at), key=key, seen=seen, expected=expected)
        self.answers.problems.append(found)

    def _merged(self, key: Key, at: Place) -> None:
        """A cell in a foreign merge is in doubt if the merge says anything at all."""
        area = next(a for a in self.sheet.frame.merges if a.holds(*at))
        shown_in = [self.sheet.text(*at)] if area == EVERYWHERE else [self.sheet.text(*at), *self._texts_in(area)]
        texts_in = [text for text in shown_in if text.strip()]
        if texts_in:
            seen = cleaned(texts_in[0])[:_SEEN]
            self.answers.figures[key] = Doubt(seen)
            self._say(numbers.MERGED, key, at, seen)

    def _spans_rows(self, at: Place) -> bool:
        """Whether a foreign merge joins a cell with those of other rows."""
        return any(area.top != area.bottom for area in self.sheet.frame.merges if area.holds(*at))

    def _chosen_for(self, choice: Key) -> Key:
        """The figure for which a word may be chosen."""
        form, measures = self.page.issued.form, [choice.beside(measure) for measure in MEASURES]
        return next(key for key in measures if form.has(key) and form.cell(key).input is not None)

    def _texts_in(self, area: Area) -> list[str]:
        return [cell.text for place, cell in self.sheet.cells.items() if area.holds(*place)]

    def _figure(self, key: Key, accepts: Input, at: Place, raw: RawCell) -> Figure:
        """The figure of a cell as it is stored and shown."""
        display = self.workbook.display(raw)
        reading = read_figure(raw, accepts, display, self.workbook.epoch_1904)
        number = self._stored(raw, reading)
        looks = looks_over(self.workbook, self.sheet, at, number)
        if not isinstance(reading.figure, Doubt):
            reading = self._as_the_page_shows(reading, accepts, raw, looks)
        if reading.rule is not None:
            seen = shown(reading.figure) if isinstance(reading.figure, Doubt) else cleaned(raw.text.strip())
            self._say(reading.rule, key, at, seen, reading.expected)
        if isinstance(reading.figure, Doubt):
            return reading.figure
        hidden = self._hidden(raw, display, looks, number)
        return reading.figure if hidden is None else self._unseen(hidden, key, at, raw)

    def _stored(self, raw: RawCell, reading: Reading) -> Fraction | None:
        """The number that a cell stores, or would if its formula were reckoned; None if it is a text."""
        if raw.kind != "n" or not isinstance(reading.figure, Fraction):
            return None
        return parse_lexeme(raw.text) if raw.text else reading.figure

    def _as_the_page_shows(
        self, reading: Reading, accepts: Input, raw: RawCell, looks: Sequence[Display]
    ) -> Reading:
        """What a cell says, or a doubt where a condition or the page shows another number."""
        figure = reading.figure
        if any(self._tells(look, figure, accepts, raw) for look in looks):
            return Reading(Doubt(f"{cleaned(raw.text.strip())}（条件格式）"), numbers.DISPLAY, shown(figure))
        if figure == 0 and self.sheet.frame.zeros_hidden and raw.kind == "n":
            return Reading(Doubt("0（这页设为不显示零值，看到的是空白）"), numbers.DISPLAY, "0")
        return reading

    def _tells(self, look: Display, figure: Figure, accepts: Input, raw: RawCell) -> bool:
        """Whether a conditional format changes what the content of a cell seems to be."""
        if look.marked or not look.code:
            return look.marked
        if isinstance(figure, Fraction) and raw.kind == "n":
            return shown_otherwise(figure, look.code, accepts.unit, self.workbook.epoch_1904) is not None
        return text_shown_otherwise(look.code)

    def _unseen(self, hidden: Unseen, key: Key, at: Place, raw: RawCell) -> Doubt:
        """A figure that nobody sees is in doubt."""
        seen = cleaned(raw.text.strip())[:_SEEN]
        found = hidden.rule.problem(
            sheet=self.sheet.name, cell=cell_name(at), key=key, seen=seen, reason=hidden.reason
        )
        self.answers.problems.append(found)
        return Doubt(seen)

    def _amount(self, key: Key, accepts: Input, at: Place, raw: RawCell) -> Figure:
        """An amount of 资金; one that the form would not take is in doubt."""
        figure = self._figure(key, accepts, at, raw)
        if isinstance(figure, Fraction) and (figure < 0 or (figure * 10**accepts.decimals).denominator != 1):
            rule = numbers.NEGATIVE if figure < 0 else numbers.DECIMALS
            self._say(rule, key, at, plain(figure), str(accepts.decimals))
            return Doubt(plain(figure))
        return figure

    def _word(self, key: Key, accepts: Input, at: Place, raw: RawCell) -> None:
        text = as_written(raw, self.workbook)
        if raw.kind == "e":
            self._say(texts.WRONG, key, at, text)
            return
        if not text.strip():
            return
        self.answers.words[key] = text
        if self._is_taken_back(at, raw):
            self.answers.struck.add(key)
        seen = cleaned(text)[:_SEEN]
        if raw.formula is not None:
            self._say(texts.DIFFERS, key, at, seen)
        if cleaned(text) != text[:LONGEST]:
            self._say(texts.CLEANED, key, at, seen)
        if _looks_like_a_formula(text, raw):
            self._say(texts.FORMULA_LIKE, key, at, seen)
        if len(text) > LONGEST:
            self._say(texts.LONG, key, at, f"{len(text)}字")
        if accepts.kind == "choice" and text.strip() not in accepts.choices:
            self._say(texts.NOT_LISTED, key, at, seen, "、".join(accepts.choices))

    def _is_taken_back(self, at: Place, raw: RawCell) -> bool:
        """Whether a text is struck out, or nobody sees it, or another is shown in its place."""
        display, looks = self.workbook.display(raw), looks_over(self.workbook, self.sheet, at, None)
        if raw.marked or display.marked or self._hidden(raw, display, looks) is not None:
            return True
        return raw.kind == "s" and text_shown_otherwise(display.code)

    def _hidden(
        self, raw: RawCell, display: Display, looks: Sequence[Display], number: Fraction | None = None
    ) -> Unseen | None:
        """Why nobody sees what a cell holds; of cells that only their style dresses one answers for all."""
        palette = self.workbook.looks.palette
        if looks or raw.faces or "[" in display.code:
            return unseen(raw, display, looks, palette, number)
        if raw.style not in self.plain:
            self.plain[raw.style] = unseen(raw, display, (), palette)
        return self.plain[raw.style]


def _looks_like_a_formula(text: str, raw: RawCell) -> bool:
    first = text.lstrip()[:1]
    return first in ("=", "+", "@") or (first == "-" and raw.kind == "s")


def as_written(raw: RawCell, workbook: RawWorkbook) -> str:
    """A text as its writer saw it: a date stays a date, 98% stays 98%."""
    if raw.kind == "b":
        return truth(raw)
    number = parse_lexeme(raw.text) if raw.kind == "n" else None
    if number is None:
        return raw.text
    otherwise = shown_otherwise(number, workbook.display(raw).code, "", workbook.epoch_1904)
    return plain(number) if otherwise is None or otherwise.rule is numbers.DISPLAY else otherwise.seen
