"""Software that encrypts files on the disk (亿赛通, 绿盾 …): whether what is written can be read again, whether the
workbooks of the year can be read, and whether such software is known to run."""

import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.desk.checking.model import Desk, Seen, fit, lacking, scratch, unfit, write_small
from minsheng_xl.desk.checking.registry import keys_below, registered
from minsheng_xl.intake.gate import kind_of
from minsheng_xl.year.folder import INBOX_FOLDER, MACRO_MASTER, PLAIN_MASTER, PLAN_FILE


class Guard(NamedTuple):
    """A program that encrypts files, and how names of its processes, services and folders begin, as patterns."""

    title: str
    known_by: tuple[str, ...]


GUARDS = (
    Guard("亿赛通", ("cdgregedit", "cdgtwin", "esafenet", "docguard", "亿赛通")),
    Guard("绿盾", (r"ldterm\.exe", "ldapproval", "tipray", "绿盾")),
    Guard("IP-guard", ("winrdlv3", "winrdgv3", "ip-guard", "ipguard")),
)
_HEAD = 4096
_LOOKED_AT = 20
"""Of the files that came last."""
_SERVICES = r"SYSTEM\CurrentControlSet\Services"
_INSTALLED = (
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    r"SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall",
)
_TRUST = f"请网管把 {sys.executable} 加入受信进程"


def guards(desk: Desk) -> Iterator[Seen]:
    """Whether a workbook comes back from the disk as it went there, those of the year are workbooks, and who guards."""
    is_clear = _comes_back(desk)
    if not is_clear:
        yield unfit("写出的工作簿读回来不是工作簿了，被加密软件加密", _TRUST)
    yield from _of_the_year(desk)
    found = by_name(_names())
    if found:
        yield lacking(f"有加密软件：{'、'.join(found)}", f"Excel 存过的表程序可能读不了；读不了的，{_TRUST}")
    elif is_clear:
        yield fit("写出、读回的工作簿完好，没有发现加密软件")


def _comes_back(desk: Desk) -> bool:
    with scratch(desk, "gd") as place:
        path = place / "试.xlsx"
        write_small(path)
        return path.read_bytes().startswith(b"PK") and zipfile.is_zipfile(path)


def _of_the_year(desk: Desk) -> Iterator[Seen]:
    own = [desk.folder / name for name in (PLAN_FILE, MACRO_MASTER, PLAIN_MASTER)]
    closed = [path.name for path in own if path.is_file() and _is_guarded(path)]
    if closed:
        yield unfit(f"{'、'.join(closed)} 被加密软件加密，程序读不了", _TRUST)
    inbox = desk.folder / INBOX_FOLDER
    came = [path for path in inbox.rglob("*.xls*") if path.is_file()] if inbox.is_dir() else []
    latest = sorted(came, key=lambda path: path.stat().st_mtime, reverse=True)[:_LOOKED_AT]
    closed = [path.name for path in latest if _is_guarded(path)]
    if closed:
        more = f"等 {len(closed)} 个" if len(closed) > 1 else ""
        yield lacking(f"收件里的 {closed[0]} {more}被加密软件加密，读不了", f"{_TRUST}，或请报送单位解密后再发")


def _is_guarded(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return not head.startswith(b"PK") and kind_of(head).is_guarded


def by_name(names: Iterable[str]) -> list[str]:
    """The guards that some names are known by."""
    together = "\n".join(names).lower()
    return [guard.title for guard in GUARDS if re.search(rf"(?<![a-z0-9])(?:{'|'.join(guard.known_by)})", together)]


def _names() -> Iterator[str]:
    """The names of what runs, and on Windows of the services and of what is installed."""
    if sys.platform == "win32":
        yield from _running_on_windows()
        for service in keys_below("HKLM", _SERVICES):
            yield service
            yield registered("HKLM", f"{_SERVICES}\\{service}", "ImagePath")
        for place in _INSTALLED:
            for program in keys_below("HKLM", place):
                yield registered("HKLM", f"{place}\\{program}", "DisplayName")
    else:
        for process in Path("/proc").glob("[0-9]*/comm"):
            with suppress(OSError):
                yield process.read_text(encoding="utf-8", errors="replace")


def _running_on_windows() -> Iterator[str]:
    """The names of the programs that run, by a snapshot of the system."""
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    class Entry(ctypes.Structure):
        """PROCESSENTRY32W."""

        _fields_ = (
            ("size", wintypes.DWORD), ("usage", wintypes.DWORD), ("process", wintypes.DWORD), ("heap", ctypes.c_size_t),
            ("module", wintypes.DWORD), ("threads", wintypes.DWORD), ("parent", wintypes.DWORD),
            ("priority", wintypes.LONG), ("flags", wintypes.DWORD), ("name", ctypes.c_wchar * 260),
        )

    kernel32 = ctypes.WinDLL("kernel32")
    kernel32.CreateToolhelp32Snapshot.restype = ctypes.c_void_p
    snapshot = ctypes.c_void_p(kernel32.CreateToolhelp32Snapshot(2, 0))  # TH32CS_SNAPPROCESS
    entry = Entry(size=ctypes.sizeof(Entry))
    is_there = kernel32.Process32FirstW(snapshot, ctypes.byref(entry))
    while is_there:
        yield str(entry.name)
        is_there = kernel32.Process32NextW(snapshot, ctypes.byref(entry))
    kernel32.CloseHandle(snapshot)
