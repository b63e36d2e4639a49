"""Begin: make the folder of a year, with a plan and with what is double-clicked in it."""

from pathlib import Path

from minsheng_xl.beginning.doors import put_doors
from minsheng_xl.plan.tables import RawTables
from minsheng_xl.year.folder import Year, cannot_make, refuse_plan_in


def begin(
    path: "str | Path", tables: RawTables | None = None, *, of: Path | None = None, may_be_blank: bool = False
) -> Year:
    """Make the folder of a year, with the given plan or the built-in one; `of` is where it will lie, if it is made
    beside its place. The plan comes last: whoever is stopped before it begins anew.

    Raises MinshengError if there is a plan already, or the folder cannot be made.
    """
    root = Path(path)
    refuse_plan_in(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_make(root, error) from error
    put_doors(root, of)
    return Year.create(root, tables, may_be_blank=may_be_blank)
