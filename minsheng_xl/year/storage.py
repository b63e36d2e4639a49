"""Bytes that must not be lost or half-written."""

import errno
import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from stat import S_IWUSR

from minsheng_xl.problems import MinshengError, why

_TRIES, _PAUSE = 8, 0.2
"""How often a file is given its name, and the seconds between."""
UNFINISHED = ".~"
"""How the name of what is not whole yet begins."""


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file so that a reader sees the old or the new one, never a part.

    Raises MinshengError, in words, if the disk is full, the folder read-only or the file open
    elsewhere; the old file is then untouched.
    """
    import tempfile

    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if Path(temporary).read_bytes() != content:
            raise OSError("写下的和要写的不同，磁盘可能坏了")
        Path(temporary).chmod(mode)
        put(Path(temporary), path)
        _sync_folder(path.parent)
    except BaseException as error:  # an interruption too leaves nothing half-written
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise cannot_write(path, error) from error
        raise


def put(temporary: Path, path: Path) -> None:
    """Give a file or a folder its name."""
    _patiently(lambda: temporary.replace(path))


def take_away(path: Path) -> None:
    """Delete a file, if it is there. Raises MinshengError where that is refused: on Windows, while it is open."""
    try:
        _patiently(lambda: path.unlink(missing_ok=True))
    except PermissionError as error:
        raise MinshengError(
            f"{path.name} 删不掉：{why(error)}。没有做任何改动。请关上正开着它的程序（另一个没有退出的菜单、"
            "网盘、备份、杀毒软件），再运行一次。"
        ) from error


def _patiently(change: Callable[[], object]) -> None:
    """Change a file or a folder, trying again for a moment: a virus scanner may look into one that is there."""
    for left in reversed(range(_TRIES)):
        try:
            change()
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE)


def why_left_alone(path: Path) -> str:
    """Why a workbook is not written to: a spreadsheet program has it open, whose mark lies beside it, or it is
    read-only; "" where nothing speaks against it."""
    marks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    if any(mark.exists() for mark in marks):
        return "它正开着"
    return "" if path.stat().st_mode & S_IWUSR else "它是只读的"


def cannot_write(path: Path, error: OSError) -> MinshengError:
    """The plain sentence for a file that cannot be written."""
    return MinshengError(f"{path.name} 写不进去：{why(error)}。原有文件没有改动，请处理后再运行一次。")


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Lost(MinshengError):
    """The archive has not the bytes of a hash that it ought to hold: `what` says which, and where they must be put."""

    def __init__(self, what: str, sha256: str) -> None:
        self.sha256 = sha256
        self.what = f"归档里缺了{what}（归档/文件/{sha256[:2]}/{sha256}），或它已损坏"
        super().__init__(f"{self.what}。没有做任何改动，请从备份恢复它，再运行一次。")


class Archive:
    """Content by its sha256, never changed and never deleted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def is_there(self) -> bool:
        return self._folder.is_dir()

    def path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def keep(self, content: bytes) -> str:
        """Store the bytes, if they are not there whole; return their sha256."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not self.holds(sha256):
            write_whole(self.path(sha256), content)
        return sha256

    def holds(self, sha256: str) -> bool:
        """Whether the bytes of a hash are there, and whole."""
        try:
            self.read(sha256)
        except OSError:
            return False
        return True

    def read(self, sha256: str) -> bytes:
        """The bytes of a hash. Raises FileNotFoundError, of others that lie in their place too."""
        path = self.path(sha256)
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        return content

    def kept(self, sha256: str, what: str) -> bytes:
        """The bytes of a hash that is called so. Raises Lost."""
        try:
            return self.read(sha256)
        except FileNotFoundError as error:
            raise Lost(what, sha256) from error
