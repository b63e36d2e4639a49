"""待确认: what the words of a published table leave open, and what the office answers.

The cell that is asked about holds the default already. What counts is the cell where the office has changed it, else
the answer where there is one, else the default. `with_answers` puts that into the tables before anything else reads
them; nothing is written back. Done twice it changes nothing, for what was answered is then no default any more.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from minsheng_xl.exact.numbers import PLAIN
from minsheng_xl.plan.model import LEFT_BLANK, OTHER, Question, QuestionState
from minsheng_xl.plan.tables import (
    GROUPS,
    INDICATORS,
    QUESTIONS,
    SETTINGS,
    TABLES,
    TASKS,
    UNITS,
    RawRow,
    RawTables,
    Table,
    is_example,
    names_in,
)
from minsheng_xl.texts import cleaned, one_line

_BETWEEN_CHOICES = "、"
SAME_UNIT, GROUP, NUMBER = "同一单位", "组", "数"
"""What may be asked that is no column: whether two units are one (the answer is the name of the other), whether a unit
is a group of several (the answer names them), and what a number is for, which is only taken note of."""
NO = "不是"
NOT_YET = "牵头单位待定"
"""The unit that leads a project whose paper names none, until the office says who does."""
_NAMED_BY = {TASKS.name: "序号", INDICATORS.name: "编码", UNITS.name: "单位", GROUPS.name: "组"}
_ASKED_BESIDE = {UNITS.name: (SAME_UNIT, GROUP), TASKS.name: (NUMBER,), INDICATORS.name: (NUMBER,)}

_ASKS = re.compile(r"是不是|哪|多少|谁|什么|几个|怎样|吗\Z|[^，。；]*还是[^，。；]*\Z")

Rows = dict[str, list[RawRow]]


def without_examples(tables: RawTables) -> RawTables:
    """The tables without the rows that only show how one is written."""
    rows, left_out = dict(tables.rows), 0
    for table in TABLES:
        there = rows.get(table.name, [])
        kept = [row for row in there if not is_example(table, row.cells)]
        if len(kept) < len(there):
            rows[table.name] = kept
            left_out += len(there) - len(kept)
    return tables._replace(rows=rows, examples=left_out) if left_out else tables


def with_answers(tables: RawTables) -> RawTables:
    """The tables with each cell that is asked about as the office means it."""
    if not tables.rows.get(QUESTIONS.name):
        return tables
    rows = dict(tables.rows)
    for question in questions_in(tables):
        if moves(question) and not _is_done(tables.rows, question):
            _answer(rows, question)
    _without_not_yet(rows)
    heads = dict(tables.heads)
    if rows.get(GROUPS.name):
        heads.setdefault(GROUPS.name, GROUPS.titles)
    return tables._replace(rows=rows, heads=heads)


def moves(question: Question) -> bool:
    """Whether a question is answered with something else than the default."""
    return question.state is QuestionState.ANSWERED and _means(question.answer) != _means(question.default)


def _is_done(rows: Mapping[str, Sequence[RawRow]], question: Question) -> bool:
    """Whether the cell says what was answered by itself."""
    cell = _cell_asked(question, _row_asked(rows, question))
    return cell is not None and _means(cell) == _means(question.answer)


def questions_in(tables: RawTables) -> Iterator[Question]:
    """What 待确认 asks, with what has become of it."""
    unread = {cell.row for cell in tables.misread if cell.table == QUESTIONS.name and cell.column == "答复"}
    for row in tables.rows.get(QUESTIONS.name, ()):
        cells = row.cells
        question = Question(
            number=_key(cells.get("编号", "")),
            table=cells.get("表", ""),
            of=_key(cells.get("对象", "")),
            column=cells.get("栏", ""),
            words=cells.get("问题", ""),
            quote=cells.get("原句", ""),
            choices=choices_in(cells.get("选项", "")),
            default=cells.get("默认", ""),
            answer="" if row.number in unread else cleaned(cells.get("答复", "")).strip(),
            effect=cells.get("影响", ""),
            row=row.number,
        )
        at = _row_asked(tables.rows, question)
        asked = question._replace(at=at.number if at is not None else 0)
        yield asked._replace(state=_state(tables.rows, asked, at))


def choices_in(text: str) -> tuple[str, ...]:
    """The choices of a question."""
    return tuple(choice.strip() for choice in text.split(_BETWEEN_CHOICES) if choice.strip())


def may_answer(question: Question, text: str) -> bool:
    """Whether a text answers a question: one of the choices, or where 其他 is one of them, anything but that word."""
    if _means(text) == _means(question.default):
        return True
    if any(_means(text) == _means(choice) for choice in question.choices):
        return text != OTHER
    return question.takes_anything and bool(text)


def asked_in_words(count: int) -> str:
    """How many questions of a plan are open."""
    return f"计划有 {count} 处待确认（见 计划.xlsx 的“{QUESTIONS.name}”）"


def question_in_words(question: Question) -> str:
    """A question in one sentence: its place, what is asked, the words it rests on, the choices, the default."""
    quote = f"（原句：{one_line(question.quote)}）" if question.quote else ""
    choices = f"可选 {'、'.join(question.choices)}；" if question.choices else ""
    where = f"{QUESTIONS.name} 第{question.row}行 编号 {question.number}"
    asked = one_line(question.words).rstrip("。？?")
    end = "？" if _ASKS.search(asked) else "。"
    return f"{where}　{question.subject}：{asked}{end}{quote}{choices}默认 {question.default or LEFT_BLANK}。"


def is_known_column(question: Question) -> bool:
    """Whether there is anything such as a question asks about."""
    if question.table == SETTINGS.name:
        return True
    table = next((one for one in TABLES if one.name == question.table), None)
    return table is not None and (question.column in table.titles or question.column in _asked_beside(table))


def _asked_beside(table: Table) -> tuple[str, ...]:
    return _ASKED_BESIDE.get(table.name, ())


def _state(rows: Mapping[str, Sequence[RawRow]], question: Question, at: RawRow | None) -> QuestionState:
    """What has become of a question whose cell stands in this row; None where there is no such row."""
    is_gone = bool(question.of) and at is None
    if is_gone:
        return QuestionState.GONE
    cell = _cell_asked(question, at)
    if cell is not None and _means(cell) != _means(question.default):
        is_answer = bool(question.answer) and _means(cell) == _means(question.answer)
        return QuestionState.ANSWERED if is_answer else QuestionState.CHANGED
    if not question.answer:
        return QuestionState.OPEN
    if not may_answer(question, question.answer):
        return QuestionState.MISTAKEN
    is_joined = question.column == SAME_UNIT and _means(question.answer) != _means(question.default)
    if is_joined and _find(rows, UNITS.name, question.answer) is None:
        return QuestionState.GONE
    return QuestionState.ANSWERED


def _row_asked(rows: Mapping[str, Sequence[RawRow]], question: Question) -> RawRow | None:
    """The row in which the cell stands that is asked about; of several the first that still says the default."""
    if question.table == SETTINGS.name:
        wanted = (question.column, question.of)
        return next((r for r in rows.get(SETTINGS.name, ()) if _setting_of(r) == wanted), None)
    there = [row for of in keys_of(question) if (row := _find(rows, question.table, of)) is not None]
    still = (row for row in there if _says_default(question, row))
    return next(still, there[0] if there else None)


def _says_default(question: Question, row: RawRow) -> bool:
    return _means(row.cells.get(question.column, "")) == _means(question.default)


def keys_of(question: Question) -> tuple[str, ...]:
    """The rows that are asked about: several indicators may be asked about at once (3-2、3-3)."""
    return tuple(names_in(question.of)) if question.table == INDICATORS.name else (question.of,) if question.of else ()


def _setting_of(row: RawRow) -> tuple[str, str]:
    return row.cells.get("参数", ""), _key(row.cells.get("对象", ""))


def _find(rows: Mapping[str, Sequence[RawRow]], table: str, of: str) -> RawRow | None:
    named_by = _NAMED_BY.get(table, "")
    return next((row for row in rows.get(table, ()) if _key(row.cells.get(named_by, "")) == _key(of)), None)


def _cell_asked(question: Question, at: RawRow | None) -> str | None:
    """What the cell says that is asked about; None where no one cell is."""
    if at is None or question.column in _ASKED_BESIDE.get(question.table, ()):
        return None
    return at.cells.get("值" if question.table == SETTINGS.name else question.column, "")


def _means(text: str) -> str | tuple[Fraction, bool]:
    """What a cell says, however it is written: 60.0% is 60%, and 空着 is a blank."""
    bare = _key(text)
    number = bare.removesuffix("%")
    if PLAIN.match(number):
        return Fraction(number), bare.endswith("%")
    return "" if bare == LEFT_BLANK else bare


def _key(text: str) -> str:
    """A text as it is meant: digits and signs of full width are the same ones."""
    return unicodedata.normalize("NFKC", cleaned(text)).strip()


def _said(question: Question) -> str:
    """What is answered, as the cell takes it: a choice as it is written there, a number in plain digits."""
    meant = _means(question.answer)
    chosen = next((one for one in question.choices if _means(one) == meant), question.answer)
    if not isinstance(meant, str):
        return _key(chosen)
    return chosen if meant else ""


def _answer(rows: Rows, question: Question) -> None:
    """Let an answer count that is other than the default."""
    if question.column == SAME_UNIT and question.table == UNITS.name:
        _join(rows, question)
    elif question.column == GROUP and question.table == UNITS.name:
        _divide(rows, question)
    elif question.table == TASKS.name and question.column == "牵头单位" and question.of:
        _lead(rows, question)
    elif question.at and question.column not in _ASKED_BESIDE.get(question.table, ()):
        _fill(rows, question)


def _fill(rows: Rows, question: Question) -> None:
    """Put an answer into the cell that is asked about; of several those that still say the default."""
    if question.table == SETTINGS.name:
        _put(rows, question.table, question.at, {"值": _said(question)})
        return
    for key in keys_of(question):
        row = _find(rows, question.table, key)
        if row is not None and _says_default(question, row):
            _put(rows, question.table, row.number, {question.column: _said(question)})


def _put(rows: Rows, table: str, number: int, cells: dict[str, str]) -> None:
    there = rows.get(table, [])
    rows[table] = [RawRow(row.number, row.cells | cells) if row.number == number else row for row in there]


def _join(rows: Rows, question: Question) -> None:
    """Make one unit of two: the other is an alias from now on."""
    mine, other = _find(rows, UNITS.name, question.of), _find(rows, UNITS.name, question.answer)
    if mine is None or other is None or mine is other:
        return
    names = [*names_in(mine.cells.get("别名", "")), other.cells["单位"], *names_in(other.cells.get("别名", ""))]
    rows[UNITS.name] = [row for row in rows[UNITS.name] if row is not other]
    _put(rows, UNITS.name, mine.number, {"别名": "、".join(dict.fromkeys(names))})


def _divide(rows: Rows, question: Question) -> None:
    """Make a group of what was taken for one unit; its units are put into 单位 where they are not yet."""
    mine = _find(rows, UNITS.name, question.of)
    if mine is None:
        return
    members = tuple(dict.fromkeys(names_in(question.answer)))
    rows[UNITS.name] = [row for row in rows[UNITS.name] if row is not mine]
    _add_units(rows, members, mine.number)
    group = {"组": mine.cells["单位"], "单位": "、".join(members)}
    rows[GROUPS.name] = [*rows.get(GROUPS.name, ()), RawRow(question.row, group)]


def _add_units(rows: Rows, names: Iterable[str], number: int = 1) -> None:
    """Put units into 单位 that are not there yet, as if they stood in this row."""
    there = rows.get(UNITS.name, [])
    known: set[str] = set()
    for row in there:
        known.update((row.cells.get("单位", ""), *names_in(row.cells.get("别名", ""))))
    new = (name for name in names if name not in known)
    rows[UNITS.name] = [*there, *(RawRow(number, dict.fromkeys(UNITS.titles, "") | {"单位": name}) for name in new)]


def _without_not_yet(rows: Rows) -> None:
    """Take the unit that stands for one that is not known off where nothing is led by it any more."""
    if not any(NOT_YET in row.cells.get("牵头单位", "") for row in rows.get(TASKS.name, ())):
        rows[UNITS.name] = [row for row in rows.get(UNITS.name, ()) if row.cells.get("单位", "") != NOT_YET]


def _lead(rows: Rows, question: Question) -> None:
    """Let other units lead a project: they are no longer responsible beside themselves, and those that led are."""
    task = next(row for row in rows[TASKS.name] if row.number == question.at)
    new, old = list(names_in(_said(question))), list(names_in(question.default))
    beside = [name for name in names_in(task.cells.get("责任单位", "")) if name not in new]
    less = [name for name in old if name not in new and name not in beside and name != NOT_YET]
    if NOT_YET in old:
        _add_units(rows, new)
    cells = {"牵头单位": _said(question), "责任单位": "、".join([*less, *beside])}
    _put(rows, TASKS.name, question.at, cells)
    for row in rows.get(INDICATORS.name, ()):
        is_of_it = _key(row.cells.get("项目", "")) == question.of and row.cells.get("牵头单位", "") in less
        if is_of_it and len(new) == 1:  # the only one that leads need not be named
            _put(rows, INDICATORS.name, row.number, {"牵头单位": ""})
