"""Corrections in places that are not read: a column beside the table, a row below it, another page, a locked cell.

Nothing there is taken; but a number that stands under a title of the form, or behind a code of it, and is not the
figure of that row, leaves in doubt which of the two is meant. The clerk's own sums, lists and notes are left alone.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from minsheng_xl.books.package.read import RawCell, RawSheet, RawWorkbook
from minsheng_xl.exact.addresses import Place
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.forms.confirmation import SHOWN
from minsheng_xl.forms.identity import FEEDBACK_SHEETS, PERIOD_CELL
from minsheng_xl.intake.beside import FigureRows, OtherNumber, Remark, hold_by_remarks, hold_rows, may_correct
from minsheng_xl.intake.page import Page, candidates
from minsheng_xl.intake.placement import same_text
from minsheng_xl.intake.reading import Answers, as_written
from minsheng_xl.texts import one_line

if TYPE_CHECKING:
    from minsheng_xl.intake.corrections import Spoken

_CORRECTS = re.compile(
    r"核实|更正|修正|订正|改正|纠正|正确|准确|应为|应填|应报|应是|实际(?:数|值|累计|完成|应|为|$)|最新|最终|调整后|核定|审定|审核(?:数|后|值)|核对(?:数|后)"
    r"|核[减增]后|扣除后|剔除后|复核|重报|重填|改后|修改|更改|改为|以此为准|\A(?:实有|实|新|确认|复查)数[据值量]?\Z"
)
"""A title that says of a number that it counts."""
_LIKE = re.compile(
    r"(?:截至[^，。]{0,10}|本期|本月|本年|年初至今)?(?:累计|完成|上报|填报)(?:完成|上报)?(?:数|值|量)?(?:[（(].*|[\d①②新改]*)"
    r"|(?:分子|分母|本期数?|本月数?|数值)(?:[（(].*|[\d①②新改]*)"
)
"""A title that is like one of the form's."""
_OF_OTHER = re.compile(
    r"上年|去年|上期|上月|上次|上季|同期|往年|历年|年初|目标|计划|预计|全年|差[额距异]|相差|偏差|新增|增[加长幅减]|占比|比例"
    r"|同比|环比|率(?:$|[（(%])|其中|排名|序号|备注|电话|手机|手续|投资|资金|面积|金额|权重|得分|时间|日期|人员|人$"
)
"""A title of other numbers."""
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*月")
_PERIOD = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月")
_HEAD = 2
"""So many rows above the titles of the table a title may stand."""
_LONGEST_NAME = 80
_TOP = 10
"""So many rows of a page say of which period it is."""
_EARLIER = re.compile(r"上月|上期|上季|去年|上年|往期|历史")
_LABEL = 12
"""Signs of a word that stands before a number; what is longer is a sentence."""
_LONGEST = 300
"""Characters of a text that is looked at."""
_UNREAD_OF_A_ROW = (
    "number", "code", "name", "unit", "target", "previous", "pace", "filled", "flag", "doubt", *SHOWN.values(),
)
"""The locked cells of a row in which a number is no other figure."""


def hold_what_stands_elsewhere(workbook: RawWorkbook, page: Page, answers: Answers) -> None:
    """Hold the rows of which a place that is not read holds another number."""
    _Elsewhere(workbook, page, answers).hold()


class _Title(NamedTuple):
    """What is written above or before a number; `is_other`: that it counts something else."""

    text: str

    @property
    def corrects(self) -> bool:
        return bool(_CORRECTS.search(self.text)) and not self.is_other

    @property
    def is_like(self) -> bool:
        return bool(_LIKE.fullmatch("".join(self.text.split()))) and not self.is_other

    @property
    def is_other(self) -> bool:
        return bool(_OF_OTHER.search(self.text) or _MONTH.search(self.text))


class _Block:
    """Cells of one sheet that are not read, as their writer saw them; `is_turned`: by columns in place of rows."""

    def __init__(self, sheet: RawSheet, cells: Mapping[Place, str], word: str, *, is_turned: bool = False) -> None:
        self.sheet, self.cells, self.word, self.is_turned = sheet, cells, word, is_turned
        self.lines: dict[int, dict[int, str]] = {}
        self._columns: dict[int, list[int]] = {}
        self._titles: dict[int, list[int]] = {}
        for (row, column), text in sorted(cells.items()):
            self.lines.setdefault(row, {})[column] = text
            self._columns.setdefault(column, []).append(row)

    def turned(self, but: Collection[int] = ()) -> "_Block":
        """The same cells by columns, but for those in some rows."""
        cells = {(column, row): text for (row, column), text in self.cells.items() if row not in but}
        return _Block(self.sheet, cells, self.word, is_turned=True)

    def found(self, row: int, column: int) -> OtherNumber:
        """A cell as it is told."""
        place = (column, row) if self.is_turned else (row, column)
        return OtherNumber(self.sheet.name, place, self.word, self.lines[row][column])

    def title(self, row: int, column: int) -> str:
        """The nearest title above a cell."""
        if column not in self._titles:
            filled = self._columns.get(column, ())
            self._titles[column] = [n for n in filled if _is_title(self.lines[n][column])]
        rows = self._titles[column]
        above = bisect_left(rows, row)
        return self.lines[rows[above - 1]][column] if above else ""


def _is_title(text: str) -> bool:
    return 2 <= len(text) <= _LONGEST and _bare(text, "") is None


class _Elsewhere:
    """The places of a returned form that are not read."""

    def __init__(self, workbook: RawWorkbook, page: Page, answers: Answers) -> None:
        self.workbook, self.page, self.answers = workbook, page, answers
        self._parts: dict[RowName, list[tuple[Fraction, OtherNumber]]] = {}
        """Other numbers than those of the rows, which may be their parts."""

    @cached_property
    def rows(self) -> FigureRows:
        """The rows of the form, which are looked at only where there is something else."""
        return FigureRows(self.page, self.answers)

    def hold(self) -> None:
        self._in_locked_cells()
        outside = self._outside()
        if outside:
            self._beside_the_form(_Block(self.page.sheet, outside, "表外"))
        for sheet in candidates(self.workbook, self.page.issued):
            is_of_form = sheet is self.page.sheet or sheet.name in FEEDBACK_SHEETS
            if not is_of_form and not sheet.hidden and not self._is_of_other_period(sheet):
                self._on_another_page(sheet)
        self._hold_others()

    def _written(self, raw: RawCell) -> str:
        return as_written(raw, self.workbook).strip()

    def _outside(self) -> dict[Place, str]:
        """What is written on the page of the form outside of its cells; of what stands below, which may be a long
        list, only what may be a correction unless it names a row."""
        places, moved = self.page.issued.places, self.page.placement.moved
        own = set(map(self.page.placement.at, places)) if moved else places
        if self.page.sheet.cells.keys() <= own:  # nearly always
            return {}
        outside = [(place, cell) for place, cell in self.page.sheet.cells.items() if place not in own]
        bottom = max(map(self.page.placement.at, places))[0]
        names = any(place[0] > bottom and self.rows.exactly(cell.text) for place, cell in outside)
        kept = outside if names else [(at, raw) for at, raw in outside if at[0] <= bottom or may_correct(raw.text)]
        return {place: self._written(cell) for place, cell in kept if cell.text.strip()}

    def _in_locked_cells(self) -> None:
        """Numbers and sentences typed into locked or unused cells of the form."""
        changed = [(key, place, text) for key, place, text in self._changed() if len(text) <= _LONGEST]
        for key, place, text in changed:
            row = _row_of(key)
            if row is None or key is None or key.name in _UNREAD_OF_A_ROW or self._is_fixed(key):
                continue
            number = _bare(text, self.rows.unit(row))
            shows = self.rows.shown(row) if number is not None else None
            if number is not None and shows is not None and not number.is_one_of(shows.numbers, shows.rates):
                self._found(row, OtherNumber(self.page.sheet.name, place, "灰色格", text))
        remarks = (Remark(text, place, "灰色格", _row_of(key)) for key, place, text in changed)
        hold_by_remarks(self.page, self.answers, self.page.sheet.name, remarks)

    def _is_fixed(self, key: Key) -> bool:
        """Whether a locked cell holds the office's denominator, of which another rule speaks."""
        return key.is_denominator and bool(self.page.issued.text(key))

    def _changed(self) -> Iterator[tuple[Key | None, Place, str]]:
        """The locked cells that hold a constant which they were not issued with."""
        cells, placement = self.page.sheet.cells, self.page.placement
        moved = placement.moved
        for place, was in self.page.issued.unread.items():
            at = placement.at(place) if moved else place
            raw = cells.get(at)
            if raw is None or raw.text == was or raw.formula is not None or not raw.text.strip():
                continue
            if same_text(raw.text) != same_text(was):
                yield self.page.issued.keys.get(place), at, self._written(raw)

    def _beside_the_form(self, block: _Block) -> None:
        """Columns beside the figures, rows between and below them."""
        at = {self.page.at(key)[0]: key.row for key in self.page.issued.inputs.values() if key.is_of_indicator}
        for row, line in block.lines.items():
            if row in at:
                self._beside_a_row(block, row, line, at[row], min(at))
            elif row - 1 in at and self._coded(row, line) is None:
                self._below_a_row(block, row, line, at)
        if self._names_a_row(block):
            turned = block.turned(at)
            self._behind_codes(
                block, lambda row, column: self._title_in_table(block, row, column, at), but=at, is_of_form=True
            )
            self._behind_codes(turned, turned.title, is_of_form=True)
        hold_by_remarks(self.page, self.answers, self.page.sheet.name, self._remarks(block, at))

    def _remarks(self, block: _Block, at: Mapping[int, RowName]) -> Iterator[Remark]:
        """The sentences that may be corrections, with the row in which they stand: one of the form, or one that names
        it."""
        for (row, column), text in block.cells.items():
            if _may_correct(text):
                coded = self._coded(row, block.lines[row]) if row not in at else None
                yield Remark(text, (row, column), block.word, at.get(row, coded.of if coded is not None else None))

    def _below_a_row(self, block: _Block, row: int, line: Mapping[int, str], at: Mapping[int, RowName]) -> None:
        """Numbers in a line put in below a figure, which is called a correction."""
        of = at[row - 1]
        if any(len(text) <= _LABEL and _CORRECTS.search(text) for text in line.values()):
            for column, text in line.items():
                number = _number(text, self.rows.unit(of))
                title = self._title(self._title_in_table(block, row, column, at))
                if number is not None and not title.is_other and not self._is_figure(number, of, title):
                    self._found(of, block.found(row, column))

    def _beside_a_row(self, block: _Block, row: int, line: Mapping[int, str], of: RowName, top: int) -> None:
        """Numbers in the row of a figure, under a title of their own or behind one."""
        for column, text in line.items():
            number = _number(text, self.rows.unit(of))
            if number is None:
                continue
            above = " ".join(block.lines.get(n, {}).get(column, "") for n in range(top - 1 - _HEAD, top)).strip()
            before = next((line[n] for n in (column - 1, column - 2) if _is_title(line.get(n, ""))), "")
            title = self._title(above or before or block.title(row, column))
            if (title.corrects or title.is_like) and not self._is_figure(number, of, title):
                self._found(of, OtherNumber(block.sheet.name, (row, column), f"表外“{one_line(title.text)[:20]}”", text))

    def _title_in_table(self, block: _Block, row: int, column: int, at: Mapping[int, RowName]) -> str:
        """The title over a cell: in a row put into the table that of the form, else one of its own."""
        own = block.title(row, column)
        if own or not min(at, default=0) <= row <= max(at, default=-1) + 1:
            return own
        head = self.page.issued.head[0]
        titles = {self.page.placement.at((head, n))[1]: n for _, n in self.page.issued.anchors if _ == head}
        return self.page.issued.sheet.text(head, titles[column]) if column in titles else ""

    def _on_another_page(self, sheet: RawSheet) -> None:
        """Rows of another page that carry a code or a name of the form."""
        texts = {cell.text for cell in sheet.cells.values() if cell.kind == "s" and len(cell.text) <= _LONGEST}
        if not any(self.rows.exactly(text) or (may_correct(text) and self.rows.named(text)) for text in texts):
            return
        cells = {place: self._written(cell) for place, cell in sheet.cells.items() if cell.text.strip()}
        block = _Block(sheet, cells, f"“{one_line(sheet.name)[:20]}”页")
        for one in (block, block.turned()) if self._names_a_row(block) else ():
            self._behind_codes(one, one.title, is_of_form=_CORRECTS.search(sheet.name) is not None)
        remarks = self._remarks(block, {})
        said = (one for one in remarks if one.row is not None or self.rows.named(one.text))
        hold_by_remarks(self.page, self.answers, sheet.name, said)

    def _names_a_row(self, block: _Block) -> bool:
        """Whether any of its cells is a code or a name of the form."""
        return any(self.rows.exactly(text) for text in set(block.cells.values()) if len(text) <= _LONGEST_NAME)

    def _behind_codes(
        self, block: _Block, title: Callable[[int, int], str], *, is_of_form: bool, but: Collection[int] = ()
    ) -> None:
        """Numbers in lines that carry a code or a name of the form; `title` is what stands over one.

        On another page than the form's, which may list anything, bare numbers count only where the page speaks of a
        correction, or says the figures of other rows.
        """
        coded = [one for row, line in block.lines.items() if row not in but and (one := self._coded(row, line))]
        times = Counter(one.of for one in coded)
        restating = sum(self._says_its_figure(one) for one in coded)
        for one in coded:
            titles = {column: self._title(title(one.row, column)) for column in one.numbers}
            corrected = self._corrected(one, titles)
            if corrected is not None:
                self._found(one.of, block.found(one.row, corrected))
            elif times[one.of] == 1 and not self._says_its_figure(one):
                other = self._other(one, titles, is_bare=is_of_form or restating > 0)
                if other is not None:
                    self._parts.setdefault(one.of, []).append((one.numbers[other].value, block.found(one.row, other)))

    def _hold_others(self) -> None:
        """Hold the rows of which other places say another number, unless the numbers are the parts of the figure."""
        for of, parts in self._parts.items():
            if len(parts) == 1 or sum(value for value, _ in parts) not in self.rows.shown(of).entered:
                self._found(of, parts[0][1])

    def _says_its_figure(self, line: "_Coded") -> bool:
        """Whether a line says all that was entered in the row that it names."""
        entered = self.rows.shown(line.of).entered
        said = line.numbers.values()
        return bool(entered) and all(any(one.is_one_of({figure}, ()) for one in said) for figure in entered)

    def _coded(self, row: int, line: Mapping[int, str]) -> "_Coded | None":
        """What a line says that names a row of the form; None of any other line."""
        for column, text in line.items():
            of = self.rows.exactly(text)
            if of is not None:
                behind = {n: said for n, said in line.items() if n > column and self.rows.exactly(said) is None}
                numbers = {n: number for n, said in behind.items() if (number := _number(said, self.rows.unit(of)))}
                words = (said for n, said in behind.items() if n not in numbers and len(said) <= _LABEL)
                says = any(_CORRECTS.search(said) for said in words)
                return _Coded(row, of, numbers, says)
        return None

    def _corrected(self, line: "_Coded", titles: "Mapping[int, _Title]") -> int | None:
        """In which column a line says, as a correction, another number than the figure of the row that it names."""
        shows = self.rows.shown(line.of)
        for column, number in line.numbers.items() if shows.entered else ():
            corrects = titles[column].corrects or (line.says and not titles[column].is_other)
            if corrects and not self._is_figure(number, line.of, titles[column]):
                return column
        return None

    def _other(self, line: "_Coded", titles: "Mapping[int, _Title]", *, is_bare: bool) -> int | None:
        """In which column a line says another number than the figure, under a title like the form's or, if `is_bare`,
        under none."""
        shows = self.rows.shown(line.of)
        for column, number in line.numbers.items() if shows.entered else ():
            title = titles[column]
            known = shows.called(title.text) if title.is_like else shows.numbers
            counts = title.is_like or (is_bare and not title.text)
            if counts and not number.is_one_of(known, shows.rates):
                return column
        return None

    def _title(self, text: str) -> _Title:
        """A title in which the month of the form is 本期."""
        year, month = self._period
        own = rf"(?:截[至止到]\s*)?(?:{year}\s*年\s*)?(?<!\d){month}\s*月份?[底末]?"
        return _Title(re.sub(own, "本期", text) if month else text)

    @cached_property
    def _period(self) -> tuple[str, str]:
        """The year and month of the form; blanks where it has none."""
        found = _PERIOD.search(self.page.issued.text(PERIOD_CELL))
        return (found[1], found[2]) if found is not None else ("", "")

    def _is_of_other_period(self, sheet: RawSheet) -> bool:
        """Whether a page says that it is of another period than the form."""
        named = _MONTH.findall(sheet.name)
        if _EARLIER.search(sheet.name) or (named and self._period[1] not in named):
            return True
        head = (cell.text[:_LONGEST] for (row, _), cell in sheet.cells.items() if row < _TOP)
        periods = _PERIOD.findall(" ".join(head))
        return bool(periods) and self._period not in periods

    def _is_figure(self, number: "Spoken", row: RowName, title: _Title) -> bool:
        """Whether a number is the figure of a row of which a title speaks; a row without figures has no other."""
        shows = self.rows.shown(row)
        return not shows.entered or number.is_one_of(shows.called(title.text), shows.rates)

    def _found(self, row: RowName, found: OtherNumber) -> None:
        hold_rows(self.page, self.answers, [row], found)


class _Coded(NamedTuple):
    """A line that names a row of the form: the numbers behind the name, by column, and whether it speaks of a
    correction."""

    row: int
    of: RowName
    numbers: "Mapping[int, Spoken]"
    says: bool


def _row_of(key: Key | None) -> RowName | None:
    """The row of figures in which a cell stands, if it stands in one."""
    return key.row if key is not None and key.is_of_indicator else None


def _may_correct(text: str) -> bool:
    """Whether a text is short enough to be looked at, and may be a correction."""
    return len(text) <= _LONGEST and may_correct(text)


def _number(text: str, unit: str) -> "Spoken | None":
    """The number that is all that a cell says."""
    return None if ":" in text or "：" in text else _bare(text, unit)


def _bare(text: str, unit: str) -> "Spoken | None":
    """The number that is all that a text says; the sentences of corrections are loaded for a text that is looked at."""
    from minsheng_xl.intake.corrections import bare_number

    return bare_number(text, unit)
