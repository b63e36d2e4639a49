"""Export: the task table of a plan as it was published, as a document or a workbook for paper."""

from collections.abc import Callable
from pathlib import Path

from minsheng_xl.books.write.book import write_book
from minsheng_xl.books.write.document import write_document
from minsheng_xl.forms.tasks import TaskTable, task_book, task_table
from minsheng_xl.plan.model import Plan
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.year.storage import write_whole


def _workbook(table: TaskTable) -> bytes:
    return write_book(task_book(table))


_WRITERS: dict[str, Callable[[TaskTable], bytes]] = {".docx": write_document, ".xlsx": _workbook}
"""By the ending of the file."""


def export_tasks(plan: Plan, path: Path) -> None:
    """Write 任务表 of a plan into a new file, .docx or .xlsx by its ending.

    Raises MisuseError for another ending, MinshengError where there is a file already or none can be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise MisuseError(f"任务表可以写成 {'、'.join(_WRITERS)}，不能写成“{path.name}”。请换一个文件名。")
    if path.exists():
        raise MinshengError(f"{path} 已经有了，没有改动。请换一个文件名，或先把它移走。")
    write_whole(path, writer(task_table(plan)))
