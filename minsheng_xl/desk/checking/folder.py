"""The folder of the year: whether it is one, whether files can be written, how much room there is, whether two
programs can keep out of each other's way, and how long its paths may be."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from minsheng_xl.desk.checking.model import Desk, Seen, answer_of, fit, lacking, scratch, unfit
from minsheng_xl.problems import why
from minsheng_xl.year.folder import (
    ARCHIVE_FOLDER,
    INBOX_FOLDER,
    ISSUED_FOLDER,
    PLAN_FILE,
    PRINTED_FOLDER,
    RETURNED_FOLDER,
)
from minsheng_xl.year.storage import UNFINISHED

_WRITTEN = (ISSUED_FOLDER, INBOX_FOLDER, ARCHIVE_FOLDER, RETURNED_FOLDER, PRINTED_FOLDER)
_MB = 1 << 20
NEEDED, AMPLE = 50 * _MB, 500 * _MB
"""Bytes without which a consolidation is not begun, and those of some years: a month of forty units, printed as PDFs,
takes some twenty million."""
_OWN_PATH, _LONG_PATH = 100, 180
"""Signs behind the folder's own path: what the program itself writes stays below the first (归档/文件 and 64 digits,
发出 and a unit's name), what units send seldom exceeds the second."""
_LONGEST_NAME = f"{'长' * 31}_2022-10_认定.xlsx"
_OF_EXCEL, _OPENED = 218, 60
"""The longest path that Excel opens, and the signs of it that our longest workbook takes behind the folder.
Source: Microsoft, "Excel specifications and limits"."""
_SYNCED = ("onedrive", "坚果云", "nutstore", "wpsdrive", "wps云盘", "百度网盘", "baidunetdisk", "dropbox", "微云", "icloud")
_SHARES = ("nfs", "cifs", "smb", "fuse.sshfs", "9p", "afs")
_CHILD_SECONDS = 10.0
_OTHER = """
import os, sqlite3, sys
lock, base = sys.argv[1:]
try:
    os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    os.unlink(lock)
    print("lock")
except OSError:
    pass
try:
    connection = sqlite3.connect(base, timeout=0, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    print("base")
    connection.close()
except sqlite3.OperationalError:
    pass
"""
"""What another process gets of a lock and of a register: it prints the names of those."""


def is_a_year(desk: Desk) -> Iterator[Seen]:
    """Whether the folder is there and holds a plan, and whether it lies where files are changed behind its back."""
    folder = desk.folder.absolute()
    if not folder.is_dir():
        yield unfit(f"没有文件夹 {folder}", "请写对；要新建的，先运行 minsheng-xl init 和这个文件夹")
        return
    if (folder / PLAN_FILE).is_file():
        yield fit(f"{folder} 是一年的文件夹{_shared(folder)}")
    else:
        yield lacking(
            f"{folder} 里没有 {PLAN_FILE}，不是一年的文件夹{_shared(folder)}",
            "下面查的是能不能用在这里；要建立一年的文件夹，运行 minsheng-xl init",
        )
    if any(word in str(folder).lower() for word in _SYNCED):
        yield lacking("文件夹像是在会自己同步的网盘里", "请移到本机的盘或共享盘上：网盘会留下冲突副本")


def _shared(folder: Path) -> str:
    """Where the folder lies on another computer, that in words."""
    if sys.platform == "win32":
        import ctypes

        is_far = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.anchor}") == 4  # DRIVE_REMOTE
        return "，在共享盘上" if is_far else ""
    return "，在共享盘上" if _file_system(folder).startswith(_SHARES) else ""


def _file_system(folder: Path) -> str:
    """The kind of file system that a folder lies on, as Linux calls it; "" where it does not say."""
    kinds = {}
    with suppress(OSError):
        for line in Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines():
            _, place, kind, *_ = line.split(" ")
            kinds[place.encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")] = kind
    there = folder.resolve()
    return next((kinds[str(path)] for path in (there, *there.parents) if str(path) in kinds), "")


def can_write(desk: Desk) -> Iterator[Seen]:
    """Whether files can be written, put in the place of others and removed, in the folder and in those of it that the
    program writes to."""
    there = [name for name in ("", *_WRITTEN) if (desk.folder / name).is_dir()]
    places: dict[str, list[str]] = {}
    for name in there:
        places.setdefault(_refused(desk.folder / name, f"{UNFINISHED}{desk.mark}wr"), []).append(name or "文件夹本身")
    open_to_us = places.pop("", [])
    refused = [f"{'、'.join(names)}（{fault}）" for fault, names in places.items()]
    if refused:
        yield unfit(
            f"写不进去：{'；'.join(refused)}",
            "请处理磁盘，或请管理员给读取、写入、修改、删除的权限；不行就把文件夹移到能写的地方",
        )
    elif open_to_us:
        yield fit(f"写、改名、替换、删除都行（{'、'.join(open_to_us)}）")


def _refused(folder: Path, begins: str) -> str:
    """What the system refuses of all that is done with a file, in words; "" if nothing."""
    first, second = folder / f"{begins}1", folder / f"{begins}2"
    doing = "写"
    try:
        for path in (first, second):
            with path.open("wb") as stream:
                stream.write(path.name.encode())
                stream.flush()
                os.fsync(stream.fileno())
        if first.read_bytes() != first.name.encode():
            return "读回的和写下的不同"
        doing = "改名、替换"
        first.replace(second)
        doing = "删除"
        second.unlink()
    except OSError as error:
        for path in (first, second):
            with suppress(OSError):
                path.unlink()
        left = [path.name for path in (first, second) if path.exists()]
        stays = f"，留下了 {'、'.join(left)}，请自己删去" if left else ""
        return f"{doing}不行：{why(error)}{stays}"
    return ""


def has_room(desk: Desk) -> Iterator[Seen]:
    """How much room there is on the disk of the folder."""
    free = shutil.disk_usage(desk.folder).free
    words = f"还有 {free / (1 << 30):.1f} GB" if free >= 1 << 30 else f"还有 {free // _MB} MB"
    if free < NEEDED:
        yield unfit(words, f"汇总、打印一个月要几十 MB，请腾出 {AMPLE // _MB} MB 以上")
    elif free < AMPLE:
        yield lacking(words, "只够用几个月，请腾出一些")
    else:
        yield fit(words)


def can_lock(desk: Desk) -> Iterator[Seen]:
    """Whether what one process holds in the folder is another's too, and free again afterwards: the lock of the year
    is a file that only one can make, the register one that only one can write."""
    archive = desk.folder / ARCHIVE_FOLDER
    with scratch(desk, "lk", archive if archive.is_dir() else None) as place:
        lock, base = place / "lock", place / "base"
        with closing(sqlite3.connect(base, isolation_level=None)) as connection:
            connection.execute("CREATE TABLE held (seq)")
            connection.execute("BEGIN IMMEDIATE")
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_RDWR))
            taken = _got_by_another(lock, base)
            lock.unlink()
        freed = _got_by_another(lock, base)
    if taken:
        yield unfit(
            "锁不住：两个程序同时用这个文件夹时，各以为只有自己",
            "请把文件夹移到本机的盘或别的共享盘上，不要放在网盘里",
        )
    elif freed != {"lock", "base"}:
        yield unfit("锁上以后，别的程序打不开了", "请把文件夹移到本机的盘或别的共享盘上")
    else:
        yield fit("两个程序试过：一个用着，另一个进不来；用完了就进得来")


def _got_by_another(lock: Path, base: Path) -> set[str]:
    """What another process gets of both. Raises OSError where no other can be started."""
    try:
        return set(answer_of([sys.executable, "-I", "-S", "-c", _OTHER, str(lock), str(base)], _CHILD_SECONDS).split())
    except subprocess.SubprocessError as error:
        raise OSError("第二个程序没有启动，可能被杀毒软件拦了") from error


def may_be_deep(desk: Desk) -> Iterator[Seen]:
    """Whether paths as long as ours, and as units send them, can be made below the folder."""
    length = len(str(desk.folder.resolve()))
    action = f"文件夹的路径有 {length} 个字，请移到浅一些的地方，如 D:\\民生实事"
    fault = _refused_path(desk, _OWN_PATH)
    if fault:
        yield unfit(f"程序要写的文件，路径太长，写不下（{fault}）", action)
        return
    fault = _refused_path(desk, _LONG_PATH)
    yield lacking(f"名字很长的来件放不下（{fault}）", action) if fault else fit("长的文件名、深的文件夹都写得下")
    if sys.platform == "win32":
        yield from for_excel(length)


def for_excel(length: int) -> Iterator[Seen]:
    """What Excel says to a folder whose path has so many signs."""
    if length + 1 + _OPENED > _OF_EXCEL:
        yield lacking(
            f"Excel 打不开路径超过 {_OF_EXCEL} 个字的文件", f"文件夹的路径有 {length} 个字，请移到浅一些的地方，如 D:\\民生实事",
        )


def _refused_path(desk: Desk, behind: int) -> str:
    """What the system says to a file with so many signs of path behind the folder's; "" if it takes it."""
    try:
        with scratch(desk, "dp") as place:
            between = behind - len(place.name) - len(_LONGEST_NAME) - 2
            folder = place.joinpath("d" * (between % 50), *("d" * 49 for _ in range(between // 50)))
            folder.mkdir(parents=True)
            (folder / _LONGEST_NAME).write_bytes(b"x")
    except OSError as error:
        return why(error)
    return ""
