"""Answer: write into 待确认 of 计划.xlsx what the office answers, and leave all else in it as it lies."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from minsheng_xl.books.edit.fit import DoesNotFit
from minsheng_xl.books.edit.spans import NotPlain
from minsheng_xl.books.edit.texts import with_texts
from minsheng_xl.exact.addresses import Place
from minsheng_xl.plan.answers import may_answer, questions_in, without_examples
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.model import LEFT_BLANK, Question, QuestionState
from minsheng_xl.plan.read import read_tables
from minsheng_xl.plan.tables import QUESTIONS, RawRow, RawTables
from minsheng_xl.problems import MinshengError, MisuseError, PlanError, Problem
from minsheng_xl.year.folder import PLAN_FILE, Year
from minsheng_xl.year.storage import why_left_alone

_ANSWER = "答复"


class Answered(NamedTuple):
    """A question, and what was written as its answer."""

    question: Question
    answer: str

    def __str__(self) -> str:
        return f"{self.question.number} {self.question.subject}：{self.answer}"


def questions_of(year: Year) -> tuple[Question, ...]:
    """What 待确认 asks, also of a plan that cannot be used yet. Raises PlanError where 计划.xlsx cannot be read."""
    return tuple(questions_in(without_examples(read_tables(year.plan_path))))


def answer(year: Year, answers: Mapping[str, str]) -> tuple[Answered, ...]:
    """Write these answers, by the number of each question.

    Raises MisuseError where one cannot be meant, PlanError where it makes no plan, MinshengError where 计划.xlsx
    cannot be written: then nothing was.
    """
    with year.locked():
        questions = {one.number: one for one in questions_of(year)}
        found = [_answered(questions, number, text.strip()) for number, text in answers.items()]
        return _write(year, found)


def accept_defaults(year: Year, wanted: Callable[[Question], bool] | None = None) -> tuple[Answered, ...]:
    """Answer every open question that is `wanted` with its default; by default all but those that ask for what nobody
    knows yet and that stop nothing. Raises as `answer` does."""
    with year.locked():
        chosen = wanted or has_an_answer
        found = [Answered(one, one.default) for one in questions_of(year) if one.is_open and chosen(one)]
        return _write(year, found)


def has_an_answer(question: Question) -> bool:
    """Whether to take the default says anything: a denominator is as little known afterwards."""
    return question.blocks or question.default not in ("", LEFT_BLANK)


def _answered(questions: Mapping[str, Question], number: str, text: str) -> Answered:
    """Raises MisuseError."""
    question = questions.get(number)
    if question is None:
        known = "、".join(questions)
        raise MisuseError(f"{QUESTIONS.name}里没有编号 {number}。" + (f"有的是 {known}。" if known else "现在没有要问的。"))
    if question.state in (QuestionState.GONE, QuestionState.CHANGED):
        raise MisuseError(f"编号 {number} 不用答复：{question.state.value}。")
    if not may_answer(question, text):
        raise MisuseError(f"编号 {number} 不能答复“{text}”。可选 {'、'.join(question.choices)}；默认 {question.default}。")
    return Answered(question, text)


def _write(year: Year, answered: Sequence[Answered]) -> tuple[Answered, ...]:
    reason = why_left_alone(year.plan_path)
    if reason and answered:
        raise MinshengError(f"{PLAN_FILE} 没有写答复：{reason}。请关上它，再运行一次。")
    if not answered:
        return ()
    content = year.plan_path.read_bytes()
    tables = read_tables(io.BytesIO(content))
    meant = _with_answers(tables, answered)
    _refuse_mistaken(meant, answered)
    column = tables.heads[QUESTIONS.name].index(_ANSWER)
    texts: dict[Place, str] = {(one.question.row - 1, column): one.answer for one in answered}
    try:
        made = with_texts(content, QUESTIONS.name, texts)
        is_right = read_tables(io.BytesIO(made)).rows == meant.rows
    except (NotPlain, DoesNotFit, KeyError, UnicodeDecodeError, ElementTree.ParseError, PlanError):
        is_right = False
    if not is_right:
        raise MinshengError(f"{PLAN_FILE} 的写法不认识，没有写答复。请打开它，在“{QUESTIONS.name}”里选好、存盘。")
    year.edit_plan(made)
    return tuple(answered)


def _with_answers(tables: RawTables, answered: Iterable[Answered]) -> RawTables:
    """The tables as they are to be."""
    said = {one.question.row: one.answer for one in answered}
    rows = [
        RawRow(row.number, row.cells | {_ANSWER: said[row.number]}) if row.number in said else row
        for row in tables.rows[QUESTIONS.name]
    ]
    return tables._replace(rows=tables.rows | {QUESTIONS.name: rows})


def _refuse_mistaken(tables: RawTables, answered: Iterable[Answered]) -> None:
    """Raises PlanError for an answer that its cell cannot take; what else is wrong with the plan is not asked here."""
    places = {f"第{one.question.row}行“{_ANSWER}”" for one in answered}
    found: list[Problem] = []
    try:
        check_tables(tables)
    except PlanError as error:
        found = [one for one in error.problems if one.sheet == QUESTIONS.name and one.cell in places]
    if found:
        raise PlanError(found)
