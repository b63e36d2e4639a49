"""What a paper is, whatever file it came from: paragraphs and grids in their order; and a task as it stands there."""

from typing import NamedTuple


class LatticePlace(NamedTuple):
    """A cell of a grid: its text, lines divided by "\\n", and the place (from 0) where it begins.

    A cell that is merged stands in every place that it covers, with the place of its beginning.
    """

    text: str
    row: int
    column: int


class Lattice(NamedTuple):
    """A table of a paper: rows of equally many places. `page` is the one it stands on where the file has pages,
    else 0; `where` names it for a person (表1, 工作表“任务”, 第3页的表1)."""

    rows: tuple[tuple[LatticePlace, ...], ...]
    where: str
    page: int = 0


class TextBlock(NamedTuple):
    """A paragraph outside of tables, one line or several divided by "\\n"."""

    text: str


class Document(NamedTuple):
    """A paper: its blocks in reading order, and what could not be read of it, in sentences for the office."""

    blocks: tuple[Lattice | TextBlock, ...]
    left_out: tuple[str, ...] = ()


class Task(NamedTuple):
    """A row of a published task table, every text word for word, "" where the table has none.

    `place` says where it stands, for a person (表1第3行). `more` are (head, text) pairs of columns whose head is not
    known. `amount` is the target where the table has a column for it beside the task and the `measure`. `section` is
    the heading row above it (省级, 一、就业).
    """

    number: str
    project: str
    sentence: str
    leads: str = ""
    responsible: str = ""
    certifiers: str = ""
    deadline: str = ""
    leader: str = ""
    remark: str = ""
    measure: str = ""
    amount: str = ""
    section: str = ""
    place: str = ""
    more: tuple[tuple[str, str], ...] = ()


class Published(NamedTuple):
    """A task table found in a paper: its title, tasks in their order, its heads as published with the column of
    `TASK_HEADS` each was taken for ("" where it is not known), and sentences about what was not taken."""

    title: str
    tasks: tuple[Task, ...]
    heads: tuple[tuple[str, str], ...]
    where: str
    remarks: tuple[str, ...] = ()
