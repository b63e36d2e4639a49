"""Issue: one small workbook per reporting unit, ready to mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from minsheng_xl.books.write import write_book
from minsheng_xl.forms.identity import form_hash
from minsheng_xl.forms.unit import unit_book
from minsheng_xl.ledger import account_of
from minsheng_xl.master import note_office
from minsheng_xl.plan.period import Period
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import write_whole


@dataclass(frozen=True, slots=True)
class IssueResult:
    """What was issued: the workbooks in the order of the plan, and those left as found.

    `kept` are files in 发出/ that somebody changed after they were issued; they are not replaced.
    """

    period: Period
    folder: Path
    workbooks: tuple[Path, ...]
    kept: tuple[Path, ...]


def issue(
    year: Year, period: Period, now: datetime, *, progress: Callable[[int, int], None] = lambda done, of: None
) -> IssueResult:
    """Write the unit workbooks of a period into 发出/ and keep each in 归档/ by hash.

    上期累计 is prefilled from what has been accepted so far. Issuing again gives the same bytes
    unless something changed. Raises PlanError or MinshengError.
    """
    with year.locked():
        return _issue(year, period, now, progress)


def _issue(year: Year, period: Period, now: datetime, progress: Callable[[int, int], None]) -> IssueResult:
    plan, register = year.plan, year.register
    version = year.keep_plan(now)
    note_office(year, now, register.next_run())  # a figure typed into the master is a previous figure too
    account = account_of(plan, register, period)
    folder = year.issued_folder(period)
    written, kept, entries = [], [], []
    for done, unit in enumerate(plan.reporting_units, 1):
        content = write_book(unit_book(plan, unit, period, account.before, corrected=account.corrected))
        path = folder / f"{unit.sheet_name}_{period}.xlsx"
        sha256 = year.archive.keep(content)
        if path.exists() and path.read_bytes() != content and not _issued(year, path):
            kept.append(path)
        else:
            write_whole(path, content)
        written.append(path)
        if not register.knows_issue(period, unit.name, sha256):
            entries.append(
                {
                    "kind": "issued", "at": now.isoformat(timespec="seconds"), "period": str(period),
                    "unit": unit.name, "form": form_hash(plan, unit.name), "plan": version,
                    "sha256": sha256, "file": path.name,
                }
            )
        progress(done, len(plan.reporting_units))
    register.record(entries)
    return IssueResult(period, folder, tuple(written), tuple(kept))


def _issued(year: Year, path: Path) -> bool:
    """Whether a file in 发出/ is one of ours, untouched, which may be replaced."""
    import hashlib

    return year.register.issued_bytes(hashlib.sha256(path.read_bytes()).hexdigest())
