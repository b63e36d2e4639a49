"""Where a plan is read from: a workbook, a folder of CSV tables, or the one installed with the package."""

from functools import cache
from pathlib import Path
from typing import BinaryIO

from minsheng_xl.plan.tables import SETTINGS, STEPS, RawRow, RawTables
from minsheng_xl.problems import PlanError, problem


def read_tables(path: Path | BinaryIO) -> RawTables:
    """Read the raw tables: of a folder, a workbook, or a workbook's stream. Raises PlanError."""
    from minsheng_xl.plan.text import read_folder

    try:
        if isinstance(path, Path) and path.is_dir():
            return read_folder(path)
        from minsheng_xl.plan.workbook import read_workbook

        return read_workbook(path)
    except PlanError:
        raise
    except Exception as error:  # openpyxl lets a dozen kinds through
        raise PlanError([problem("plan-file", file=getattr(path, "name", ""))]) from error


@cache
def resources() -> Path:
    """The folder of the built-in plan: beside the package when installed (in a .pyz, a path inside it),
    or of the checkout."""
    from importlib.resources import files

    installed = files("minsheng_xl") / "_share" / "workbook"
    if installed.is_dir():
        return installed  # type: ignore[return-value]
    return Path(str(files("minsheng_xl"))).parent / "workbook"


def built_in_tables(*, sample: bool) -> RawTables:
    """The raw tables of the built-in plan; with `sample`, its 示例 rows added.

    A sample setting takes the place of the unset one.
    """
    from minsheng_xl.plan.text import read_folder

    tables = read_folder(resources())
    if not sample:
        return tables
    extra = read_folder(resources() / "示例")
    settings = extra.rows[SETTINGS.name]
    replaced = {(row.cells["参数"], row.cells["对象"]) for row in settings}
    kept = [row for row in tables.rows[SETTINGS.name] if (row.cells["参数"], row.cells["对象"]) not in replaced]
    rows = tables.rows | {STEPS.name: extra.rows[STEPS.name], SETTINGS.name: kept + settings}
    return RawTables({name: _numbered(found) for name, found in rows.items()}, tables.heads)


def _numbered(rows: list[RawRow]) -> list[RawRow]:
    return [RawRow(number, row.cells) for number, row in enumerate(rows, 2)]
