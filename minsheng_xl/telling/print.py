"""Print a period: 打印稿.xlsx always, PDFs where LibreOffice is found, and two texts to paste."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Standing
from minsheng_xl.books.pdf import NoPdf, to_pdf
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.missing import late_units
from minsheng_xl.forms.paper.stack import Output, outputs, printed
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.stamp import stamp_of
from minsheng_xl.master.build import BuildResult, build
from minsheng_xl.master.note import note_typed
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import CORRECTIONS, REMINDER, Reader
from minsheng_xl.problems import MisuseError
from minsheng_xl.telling.adjusted import adjustments_of
from minsheng_xl.telling.circular import circular_bytes
from minsheng_xl.telling.notices import bulletin, reminders
from minsheng_xl.year.entries import MasterWritten, Reminded
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import take_away, write_whole

STACK = "打印稿.xlsx"
BULLETIN, CIRCULAR, REMINDERS = "通报初稿.txt", "通报初稿.docx", "催报文字.txt"


class PrintResult(NamedTuple):
    """What was printed: the files in their folder, why there are no PDFs ("" if there are), and the
    master where it is of this period and was brought up to date."""

    period: Period
    folder: Path
    files: tuple[Path, ...]
    no_pdf: str = ""
    master: BuildResult | None = None


def print_period(
    year: Year, period: Period, now: datetime, *, what: Sequence[str] = (), out: Path | None = None,
    by_leader: bool = False, update: bool = True,
) -> PrintResult:
    """Print a period into `out`, or 打印/P/.

    `what` names outputs (领导简报 or 简报, 进展汇总总表 or 总表, …); all that are for paper by default.
    Naming 催报单 records that the late units were reminded. With `by_leader` a brief for each 分管领导
    is added. A master of the period is brought up to date first, unless `update` is false: the caller has
    done it; any other period leaves it alone.
    Raises MisuseError for a name that is not known, MinshengError or PlanError.
    """
    with year.locked():
        register = year.register
        account = on_paper(year, account_of(year.plan_of(period), register, period))
        chosen = _chosen(account, what)
        if what and any(output.tab is REMINDER for output in chosen) and register.closed(period) is None:
            note_reminded(year, period, late_units(account), now)
        master = None
        latest = register.latest(MasterWritten)
        if update and latest is not None and latest.period == period:
            master = build(year, period, now)
        elif update:
            note_typed(year, now, register.next_run())
        account = on_paper(year, account_of(year.plan_of(period), register, period))
        account = _looking_back(year, account, chosen)
        folder = out if out is not None else year.printed_folder(period)
        folder.mkdir(parents=True, exist_ok=True)
        book = master_book(account, "", 0)
        files = [put_file(folder / STACK, stack_bytes(year, account, book, chosen if what else None))]
        stamp = stamp_of(account, register)
        parts = _parts(account, book, chosen, stamp) | (_briefs(account, stamp) if by_leader else {})
        files += [] if what else _beside_the_stack(parts, folder)
        pdfs, why = pdfs_of(parts, folder)
        files += pdfs
        files += _texts(account, folder)
        return PrintResult(period, folder, tuple(files), why, master)


def _texts(account: PeriodAccount, folder: Path) -> list[Path]:
    """通报初稿 as a text and as a document, and 催报文字 while anybody is late."""
    files = [
        put_file(folder / BULLETIN, bulletin(account).encode("utf-8-sig")),
        put_file(folder / CIRCULAR, circular_bytes(account)),
    ]
    if late_units(account):
        files.append(put_file(folder / REMINDERS, reminders(account).encode("utf-8-sig")))
    elif (folder / REMINDERS).exists():
        (folder / REMINDERS).unlink()
    return files


def _beside_the_stack(parts: dict[str, bytes], folder: Path) -> list[Path]:
    """全年结果更正, if there is any: 打印稿.xlsx of a closed period stays as it was when it was closed."""
    content = parts.get(CORRECTIONS.name)
    return [put_file(folder / f"{CORRECTIONS.name}.xlsx", content)] if content is not None else []


def on_paper(year: Year, account: PeriodAccount) -> PeriodAccount:
    """An account with what of the plan was changed up to its period; of a closed one, as it was known then."""
    closed = year.register.closed(account.period)
    changes = year.plans.changes(closed.upto if closed is not None else None)
    found = adjustments_of(changes, account.plan, account.period)
    return account._replace(adjustments=tuple(found))


def _looking_back(year: Year, account: PeriodAccount, chosen: Sequence[Output]) -> PeriodAccount:
    """An account with those before it, where what is printed shows them."""
    looks_back = any(output.tab.looks_back for output in chosen)
    return account._replace(course=course_of(year, account)) if looks_back else account


def course_of(year: Year, account: PeriodAccount) -> tuple[PeriodAccount, ...]:
    """The accounts of the periods up to one of which anything is known, each as it was closed, or as it stood when this
    one was."""
    closed = year.register.closed(account.period)
    upto = closed.upto if closed is not None else None
    earlier = (account_of(year.plan_of(each), year.register, each, upto=upto) for each in account.period.earlier)
    return (*filter(_has_begun, earlier), account)


def _has_begun(account: PeriodAccount) -> bool:
    return any(one.standing is not Standing.MISSING for one in account.units.values())


def stack_bytes(year: Year, account: PeriodAccount, book: Book, chosen: Sequence[Output] | None = None) -> bytes:
    """打印稿.xlsx of the account of a period on paper; of a closed one as it was kept when it was closed."""
    closed = year.register.closed(account.period)
    if closed is not None and chosen is None:
        return year.archive.kept(closed.print, f" {account.period} 定稿的打印稿")
    stacked = chosen or [output for output in outputs(account) if output.stacked]
    return write_book(printed(book, account, stacked, stamp_of(account, year.register)))


def _chosen(account: PeriodAccount, what: Sequence[str]) -> list[Output]:
    every = outputs(account)
    if not what:
        return [output for output in every if output.stacked]
    known = {*(output.name for output in every), *(output.word for output in every)}
    unknown = [word for word in what if word not in known]
    if unknown:
        raise MisuseError(f"没有“{'、'.join(unknown)}”可以打印。可写：{'、'.join(output.word for output in every)}。")
    return [output for output in every if output.name in what or output.word in what]


def _parts(account: PeriodAccount, book: Book, chosen: Sequence[Output], stamp: str) -> dict[str, bytes]:
    """A workbook for each output that has pages, by its name."""
    books = {output.name: printed(book, account, [output], stamp) for output in chosen}
    return {name: write_book(pages) for name, pages in books.items() if pages.sheets}


def note_reminded(year: Year, period: Period, units: Iterable[str], now: datetime, stage: str = "") -> None:
    """Record who was reminded today at a stage, once a day; without a stage, who was not reminded today at all."""
    told: set[str] = set()
    for entry in year.register.entries(Reminded, period=period):
        if entry.at.date() == now.date() and (not stage or entry.stage in ("", stage)):
            told.update(entry.units)
    fresh = tuple(name for name in units if name not in told)
    if fresh:
        with year.locked():
            year.register.record([Reminded(now, period, fresh, str(year.who), stage)])


def _briefs(account: PeriodAccount, stamp: str) -> dict[str, bytes]:
    """A brief for each 分管领导, over the indicators that the plan puts under him; its `stamp` is that of all."""
    leaders = list(dict.fromkeys(i.leader for i in account.plan.indicators if i.leader))
    if not leaders:
        raise MisuseError("计划的“指标”表里没有填分管领导，不能分开打印简报。请先填“分管领导”一列。")
    found = {}
    for name in leaders:
        narrowed = account.of_leader(name)
        book = master_book(narrowed, "", 0, name)
        for output in outputs(narrowed):
            if Reader.LEADER in output.tab.readers:
                found[f"{output.name}_{name}"] = write_book(printed(book, narrowed, [output], stamp))
    return found


def put_file(path: Path, content: bytes) -> Path:
    """Write a file, unless it is there already with this content."""
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)
    return path


def put_with_pdf(folder: Path, name: str, content: bytes) -> tuple[tuple[Path, ...], str]:
    """Write a workbook into a folder that is made, with its PDF, or why there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    path, drawn = folder / f"{name}.xlsx", folder / f"{name}.pdf"
    if drawn.exists() and not (path.exists() and path.read_bytes() == content):
        take_away(drawn)  # it is of what was there before
    put_file(path, content)
    pdfs, why = pdfs_of({name: content}, folder)
    return (path, *pdfs), why


def pdfs_of(parts: dict[str, bytes], folder: Path) -> tuple[list[Path], str]:
    """A PDF of each part, or why there is none."""
    with tempfile.TemporaryDirectory() as work:
        source, drawn = Path(work) / "xlsx", Path(work) / "pdf"
        source.mkdir()
        paths = []
        for name, content in parts.items():
            paths.append(source / f"{name}.xlsx")
            paths[-1].write_bytes(content)
        try:
            made = to_pdf(paths, drawn)
        except NoPdf as error:
            return [], str(error)
        return [put_file(folder / path.name, path.read_bytes()) for path in made], ""
