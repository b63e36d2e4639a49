"""Hold a 上级报表 in hand against what was reported: is it that, what was changed in it, does it still count?"""

import hashlib
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.upward import SIGNS
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.read import RawCell, RawSheet, RawWorkbook, read_package
from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.exact.numbers import parse_lexeme
from minsheng_xl.forms.upward import CODE, HEAD, NAME
from minsheng_xl.levels.report_up import upward_now
from minsheng_xl.problems import MinshengError, MisuseError, why
from minsheng_xl.year.entries import ReportedUp
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import Lost

_LARGEST = 20 << 20
_MOST = 20
"""Cells that are named one by one."""
_CODE = re.compile(rf"{CODE} ([0-9A-F]{{{SIGNS}}})")
_ASK = "只凭文件说不清是谁改的：请和签字盖章的那一张对。"


class UpwardFinding(NamedTuple):
    """What there is to say of a file: whether it says just what was reported, and still counts; in sentences."""

    is_sound: bool
    sentences: tuple[str, ...]


def compare_upward(year: Year, path: Path) -> UpwardFinding:
    """Hold a file against what was reported. Raises MisuseError where there is no such file, MinshengError where it
    cannot be read or what was reported is lost."""
    content = _read(path)
    entries = year.register.entries(ReportedUp)
    sha256 = hashlib.sha256(content).hexdigest()
    entry = next((one for one in reversed(entries) if one.sha256 == sha256), None)
    if entry is not None:
        return _counting(year, entry, (f"{path.name}：与 {_when(entry)} 上报的是同一个文件。",), is_same=True)
    there = _workbook(content, path)
    cells = chain.from_iterable(sheet.cells.values() for sheet in there.sheets)
    codes = {found[1] for cell in cells if (found := _CODE.search(cell.text))}
    entry = next((one for one in reversed(entries) if one.code in codes), None)
    if entry is None:
        told = f"上面的{CODE} {'、'.join(sorted(codes))} 没有上报过" if codes else f"上面没有{CODE}"
        return UpwardFinding(is_sound=False, sentences=(f"{path.name}：不是这个文件夹上报的，{told}。{_ASK}",))
    sent = _workbook(_sent(year, entry), path)
    changed = list(_differences(sent, there))
    if not changed:
        said = f"{path.name}：内容与 {_when(entry)} 上报的一样，文件另存过。"
        return _counting(year, entry, (said,), is_same=True)
    more = [f"……另有 {len(changed) - _MOST} 格。"] if len(changed) > _MOST else []
    said = f"{path.name}：与 {_when(entry)} 上报的有 {len(changed)} 格不同。{_ASK}"
    return _counting(year, entry, (said, *changed[:_MOST], *more), is_same=False)


def _counting(year: Year, entry: ReportedUp, sentences: tuple[str, ...], *, is_same: bool) -> UpwardFinding:
    """What was found, with whether what was reported then still counts."""
    latest = year.register.entries(ReportedUp, period=entry.period)[-1]
    told = [*sentences, f"{entry.period} 那一次上报的是{entry.state}，{CODE} {entry.code}。"]
    if latest != entry:
        told.append(f"{_when(latest)} 又上报过一次（{latest.state}，{CODE} {latest.code}），以后一次为准。")
    elif upward_now(year, entry.period).own_code != entry.code:
        told.append("现在的账与那一次上报的不一样了（以后有来件、更正、定稿或撤销），要改上报的数，请再上报一次。")
    else:
        return UpwardFinding(is_same, tuple(told))
    return UpwardFinding(is_sound=False, sentences=tuple(told))


def _when(entry: ReportedUp) -> str:
    return f"{entry.at:%Y-%m-%d %H:%M}"


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise MisuseError(f"没有这个文件：{path}。请核对路径。")
    try:
        if path.stat().st_size > _LARGEST:
            raise MinshengError(f"{path.name} 大于 {_LARGEST >> 20} MB，不是{NAME}，没有读。")
        return path.read_bytes()
    except OSError as error:
        raise MinshengError(f"{path.name} 读不了：{why(error)}。") from error


def _sent(year: Year, entry: ReportedUp) -> bytes:
    try:
        return year.archive.kept(entry.sha256, f"{entry.period} 上报的 {entry.file}")
    except Lost as error:
        raise MinshengError(str(error)) from error


def _workbook(content: bytes, path: Path) -> RawWorkbook:
    try:
        return read_package(content)
    except Unreadable as error:
        raise MinshengError(f"{path.name} 打不开：{error.reason}。请用 Excel 另存为 .xlsx 再试。") from error


def _differences(sent: RawWorkbook, there: RawWorkbook) -> Iterator[str]:
    """The cells that say something else than they did, or show it otherwise, each in a sentence; pages that are gone or
    were put in, rows and columns that are hidden."""
    for name in (sheet.name for sheet in there.sheets if sent.sheet(sheet.name) is None):
        yield f"{name}：上报的没有这一页。"
    for sheet in sent.sheets:
        other = there.sheet(sheet.name)
        if other is None or other.hidden:
            yield f"{sheet.name}：这一页没有了，或被隐藏了。"
            continue
        rows, columns = other.hidden_rows - sheet.hidden_rows, other.frame.hidden_columns - sheet.frame.hidden_columns
        yield from (f"{sheet.name} 第{row + 1}行被隐藏了。" for row in sorted(rows))
        if columns:
            yield f"{sheet.name} 有 {len(columns)} 列被隐藏了。"
        for place in sorted(sheet.cells.keys() | other.cells.keys()):
            was, now = _seen(sent, sheet.cells.get(place)), _seen(there, other.cells.get(place))
            if was != now:
                about = _about(sheet, place) if sheet.name == NAME else ""
                yield f"{sheet.name} {cell_name(place)}{about}：上报的是 {was or '空'}，这份里是 {now or '空'}。"


def _about(sheet: RawSheet, place: Place) -> str:
    """Of which indicator a cell of the table is, and what it says of it."""
    row, column = place
    code, head = sheet.text(row, 0), sheet.text(HEAD, column)
    return f"（{code} {head}）" if row > HEAD and column and code else ""


def _seen(workbook: RawWorkbook, cell: RawCell | None) -> str:
    """What a cell says, however a program wrote it. A formula says nothing by itself: none was sent; nor does a number
    format that has words of its own in the place of the number."""
    if cell is None:
        return ""
    if cell.formula is not None:
        return f"公式 {cell.formula}"
    number = parse_lexeme(cell.text) if cell.kind == "n" else None
    if number is None:
        return cell.text.replace("\r\n", "\n").strip()
    code = workbook.display(cell).code
    return f"{float(number):.15g}" if _SHOWS.search(_QUOTED.sub("", code)) else f"{code}（格式）"


_QUOTED = re.compile(r'"[^"]*"|\\.')
_SHOWS = re.compile(r"[0#?]|General|G/通用格式|@")
"""What of a number format shows the number itself."""
