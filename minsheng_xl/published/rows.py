"""The rows of a task table read as tasks: headings, totals, merged cells, rows that go on over a page."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain

from minsheng_xl.published.heads import (
    AMOUNT,
    CERTIFIER,
    DEADLINE,
    LEAD,
    LEADER,
    MEASURE,
    NUMBER,
    PROJECT,
    REMARK,
    RESPONSIBLE,
    SECTION,
    TASK,
    Heads,
    squashed,
)
from minsheng_xl.published.labels import divided, joined, units_in
from minsheng_xl.published.paper import Lattice, LatticePlace, Task

LONGEST_NAME = 30
"""Signs of the name of a project that stands before its task in one cell."""
_NAME_ENDS = re.compile(r"[。：:\n]")
_CLAUSE_ENDS = re.compile(r"[。：:\n，,；;（(]")
_MARK = re.compile(r"^\s*(?:[（(]?\d{1,3}[）)]|\d{1,3}[.．、](?!\d)|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+[、.．])\s*")
_TOTAL = re.compile(r"(?:合|小|总|共)计")
_NOTE = re.compile(r"(?:注|备注|说明|附注)(?:[：:\d]|$)")
_HEADING = re.compile(r"第?[一二三四五六七八九十]+[、.．章节部]|[（(][一二三四五六七八九十]+[）)]|[IVXⅠ-Ⅻ]+[、.．]")
_FINISHED = ("。", "；", "！", ";", ".")
_SEPARATORS = ("、", "，", ",")
_UNITS = (LEAD, RESPONSIBLE, CERTIFIER)
_CARRIED = (LEAD, RESPONSIBLE, CERTIFIER, DEADLINE, LEADER, MEASURE)
"""What a further task of a project takes over, if nothing of it stands in its own row."""
_LONGEST_SECTION = 40


def named(text: str) -> tuple[str, str]:
    """The name and the task of a cell or paragraph that holds both.

    The name is what stands before the first 。 or ： or line break, if that is short: the rest is the task; else
    the first clause, and the task is all of it. A name with a figure in it stays in the task too.
    """
    bare = _MARK.sub("", text)
    end = _NAME_ENDS.search(bare)
    if end and 0 < end.start() <= LONGEST_NAME:
        name, rest = bare[: end.start()].strip(), bare[end.end() :].strip()
        return name, text if not rest or re.search(r"\d", name) else rest
    clause = _CLAUSE_ENDS.split(bare, maxsplit=1)[0].strip()
    return clause or bare, text


def _is_next(before: str, text: str) -> bool:
    """Whether a unit follows another and is not the rest of its name: they begin alike, and no mark divides them."""
    return before[:1] == text[:1] and not any(sign in before + text for sign in _SEPARATORS)


class _Draft:
    """A task as it is put together: texts by column, and of heads that are not known."""

    def __init__(self, texts: dict[str, str], more: dict[str, str], section: str, place: str) -> None:
        self.texts, self.more, self.section, self.place = texts, more, section, place

    def add(self, texts: Mapping[str, str], more: Mapping[str, str], *, goes_on: bool) -> None:
        """Add what another row has for it: the rest of its cells, or further lines."""
        for mine, others in ((self.texts, texts), (self.more, more)):
            for column, text in others.items():
                before = mine.get(column, "")
                if text and before:
                    is_rest = goes_on and "\n" not in before and not (column in _UNITS and _is_next(before, text))
                    mine[column] = before + ("" if is_rest else "\n") + text
                elif text:
                    mine[column] = text

    def task(self) -> Task:
        told = self.texts
        return Task(
            number=told.get(NUMBER, ""), project=told.get(PROJECT, ""), sentence=told.get(TASK, ""),
            leads=told.get(LEAD, ""), responsible=told.get(RESPONSIBLE, ""), certifiers=told.get(CERTIFIER, ""),
            deadline=told.get(DEADLINE, ""), leader=told.get(LEADER, ""), remark=told.get(REMARK, ""),
            measure=told.get(MEASURE, ""), amount=told.get(AMOUNT, ""), place=self.place,
            section=told.get(SECTION, "") or self.section,
            more=tuple(self.more.items()),
        )


class _TaskRow:
    """A row: its texts by column, those of unknown heads, and the columns whose cell goes on from the row above."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.more: dict[str, str] = {}
        self.merged: dict[str, int] = {}
        """The columns whose cell begins in a row above, and in which."""

    def put(self, column: str, word: str, place: LatticePlace, number: int) -> None:
        target, key = (self.texts, column) if column else (self.more, squashed(word))
        if place.row < number:
            self.merged[key] = place.row
        if place.text:
            target[key] = f"{target[key]}\n{place.text}" if target.get(key) else place.text

    def own(self, column: str) -> str:
        """The text of a column, if its cell begins in this row."""
        return "" if column in self.merged else self.texts.get(column, "")

    @property
    def filled(self) -> list[str]:
        """The columns, and unknown heads, whose own cells have texts."""
        return [key for key in (*self.texts, *self.more) if key not in self.merged]

    def fresh(self) -> tuple[dict[str, str], dict[str, str]]:
        """What its own cells hold."""
        return (
            {column: text for column, text in self.texts.items() if column not in self.merged},
            {word: text for word, text in self.more.items() if word not in self.merged},
        )


class TaskRows:
    """Reads rows one by one; `section` is the heading row that holds."""

    def __init__(self, heads: Heads) -> None:
        self._words, self._columns = heads.words, heads.columns
        if TASK not in heads.columns:  # the project and its task stand in one cell
            self._columns = tuple(TASK if name == PROJECT else name for name in heads.columns)
        self._drafts: list[_Draft] = []
        self._remarks: list[str] = []
        self._is_first = self._is_on_page = False
        self._divided: int | None = None
        self.section = ""

    def begin(self, lattice: Lattice) -> None:
        """The next row is the first one of another table, which may go on with the last row."""
        self._is_first, self._is_on_page = bool(self._drafts), lattice.page > 0
        self._divided = None

    def read(self, lattice: Lattice, number: int, spans: Sequence[Sequence[int]]) -> None:
        """Read a row, of which each head has the places of its columns."""
        places = lattice.rows[number]
        cells = list(dict.fromkeys(places))
        texts = [cell.text for cell in cells if cell.text and (cell.row == number or len(cells) > 1)]
        where = f"{lattice.where}第{number + 1}行"
        if not texts or (len(cells) == 1 and cells[0].row < number) or self._is_aside(texts, where):
            return
        row = _TaskRow()
        for at, place in self._placed(places, cells, spans):
            row.put(self._columns[at], self._words[at], place, number)
        if len(cells) == 1 or self._is_heading(row):
            self.section = texts[0]
        else:
            self._take(row, number, where)
        self._is_first = False

    def _placed(
        self, places: Sequence[LatticePlace], cells: Sequence[LatticePlace], spans: Sequence[Sequence[int]]
    ) -> list[tuple[int, LatticePlace]]:
        """Each cell with the head it stands under: in their order if there are as many, else by where most of it is."""
        if len(cells) == len(spans):
            return list(enumerate(cells))
        placed = []
        for cell in cells:
            here = [column for column, place in enumerate(places) if place == cell]
            under = [len(set(span).intersection(here)) for span in spans]
            placed.append((under.index(max(under)), cell))
        return placed

    def _is_aside(self, texts: Sequence[str], where: str) -> bool:
        """Whether a row is a total or a note, which is told and left out."""
        first = squashed(texts[0])
        is_total = bool(_TOTAL.fullmatch(first) or (_TOTAL.match(first) and len(texts) == 1))
        is_note = bool(_NOTE.match(texts[0])) and len(texts) == 1
        if is_total or is_note:
            kind = "合计" if is_total else "注"
            self._remarks.append(f"{where}是{kind}，没有作为任务：{' '.join(texts)[:60]}")
        return is_total or is_note

    def _is_heading(self, row: _TaskRow) -> bool:
        """Whether one text alone stands in a row, at its beginning, and is no number."""
        filled = row.filled
        if len(filled) != 1 or row.merged:
            return False
        text = (row.texts.get(filled[0]) or row.more.get(filled[0]) or "").strip()
        if filled[0] == NUMBER:
            return not re.fullmatch(r"[\d.、\-—（）()]+", text) and len(text) <= _LONGEST_SECTION
        is_leading = filled[0] in (self._columns[0], PROJECT) and filled[0] != TASK
        is_marked = bool(_HEADING.match(text)) and filled[0] in (self._columns[0], PROJECT, TASK)
        return len(text) <= _LONGEST_SECTION and (is_marked or (is_leading and not self._is_first))

    def _take(self, row: _TaskRow, number: int, where: str) -> None:
        """A row of a task: a new one, or more of the last."""
        last = self._drafts[-1] if self._drafts else None
        texts, more = row.fresh()
        if last is not None and self._goes_on(last, row):
            self._divided = number
            last.add(texts, more, goes_on=True)
        elif last is not None and self._adds_to_last(row):
            last.add(texts, more, goes_on=False)
        else:
            if last is not None:
                self._carry(last, row)
            self._begin(row, where)

    def _goes_on(self, last: _Draft, row: _TaskRow) -> bool:
        """Whether a row is the rest of the last one, which the end of a page divided."""
        if not self._is_first or row.texts.get(NUMBER) or NUMBER not in self._columns:
            return False
        told = last.texts
        is_open = not told.get(TASK, "").rstrip().endswith(_FINISHED) and bool(row.own(TASK) or row.own(PROJECT))
        is_cut = any(told.get(name, "").rstrip().endswith(_SEPARATORS) and row.own(name) for name in _UNITS)
        has_no_project = not row.texts.get(PROJECT)
        is_alone = has_no_project and bool(row.own(TASK)) and not any(row.own(name) for name in _UNITS)
        is_rest = self._is_on_page and self._adds_to_last(row)
        return is_open or is_cut or is_alone or is_rest

    def _adds_to_last(self, row: _TaskRow) -> bool:
        """Whether a row has only further units or the like of the task above."""
        if row.own(NUMBER) or row.own(PROJECT):
            return False
        return not row.own(TASK)

    def _is_further(self, row: _TaskRow) -> bool:
        """Whether a row is another task of the project above."""
        has_any = NUMBER in self._columns or PROJECT in self._columns
        return has_any and not row.own(NUMBER) and not row.own(PROJECT)

    def _carry(self, last: _Draft, row: _TaskRow) -> None:
        """Take over from the task above what the row does not say itself: what is merged with the rest of a row that
        the end of a page divided, and of a further task of the same project what stands once for all."""
        for column, begun in row.merged.items():
            if begun == self._divided and column in last.texts:
                row.texts.setdefault(column, last.texts[column])
        if not self._is_further(row):
            return
        for column in (NUMBER, PROJECT):
            row.texts.setdefault(column, last.texts.get(column, ""))
        if not any(row.own(column) for column in _UNITS):
            for column in _CARRIED:
                row.texts.setdefault(column, last.texts.get(column, ""))

    def _begin(self, row: _TaskRow, where: str) -> None:
        texts = {column: text for column, text in row.texts.items() if text}
        texts[NUMBER] = texts.get(NUMBER, "").rstrip(".．、")
        for column in (LEAD, RESPONSIBLE):
            units = units_in(texts.get(column, ""))
            if units:
                texts = joined({name: text for name, text in texts.items() if name != column}, units)
        if not texts.get(PROJECT) and texts.get(TASK):
            texts[PROJECT], texts[TASK] = named(texts[TASK])
        elif not texts.get(TASK) and texts.get(PROJECT):
            texts[PROJECT], texts[TASK] = named(texts[PROJECT])
        if not texts.get(TASK):
            self._remarks.append(f"{where}没有任务，没有读：{' '.join(filter(None, texts.values()))[:60]}")
            return
        for sentence, units in self._sentences(texts[TASK]):
            told = joined({**texts, TASK: sentence}, units)
            self._drafts.append(_Draft(told, dict(row.more), self.section, where))

    def _sentences(self, text: str) -> list[tuple[str, dict[str, str]]]:
        """A task, or in a table without columns for units its parts, each with the units that it names itself."""
        if {LEAD, RESPONSIBLE} & set(self._columns):
            return [(text, {})]
        parts = list(chain.from_iterable(map(divided, text.split("\n"))))
        if not any(units for _, units in parts):
            return [(text, {})]
        sentences: list[tuple[str, dict[str, str]]] = []
        for said, units in parts:
            if sentences and not (sentences[-1][1] and said):
                before, known = sentences[-1]
                sentences[-1] = ("\n".join(filter(None, (before, said))), joined(known, units))
            else:
                sentences.append((said, units))
        return sentences

    def finished(self) -> tuple[tuple[Task, ...], tuple[str, ...]]:
        """The tasks, and sentences about what was left out or looks odd."""
        tasks = tuple(draft.task() for draft in self._drafts)
        return tasks, (*self._remarks, *_odd_numbers(tasks))


def _odd_numbers(tasks: Sequence[Task]) -> list[str]:
    """What is to be said of numbers that are missing between others, or stand at two projects."""
    projects: dict[int, dict[str, set[str]]] = {}
    for task in tasks:
        if task.number.strip().isdecimal():
            projects.setdefault(int(task.number), {}).setdefault(task.section, set()).add(task.project)
    told = []
    span = range(min(projects, default=0), max(projects, default=0))
    missing = [str(number) for number in span if number not in projects]
    if missing and len(missing) <= len(projects):
        told.append(f"序号不连续，缺 {'、'.join(missing)}，请核对是不是漏了行。")
    twice = [str(number) for number, found in projects.items() if max(map(len, found.values())) > 1]
    if twice:
        told.append(f"序号 {'、'.join(twice)} 用在几个项目上，请核对。")
    return told
