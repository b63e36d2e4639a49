"""Bytes that must not be lost or half-written."""

import hashlib
import os
from pathlib import Path

from minsheng_xl.problems import MinshengError, why


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, never a part.

    Raises MinshengError, in words, if the disk is full, the folder read-only or the file open
    elsewhere; the old file is then untouched.
    """
    import tempfile

    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".~", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if Path(temporary).read_bytes() != content:
            raise OSError("写下的和要写的不同，磁盘可能坏了")
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise cannot_write(path, error) from error


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


class Archive:
    """Content by its sha256, never changed and never deleted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def keep(self, content: bytes) -> str:
        """Store the bytes, if they are new; return their sha256."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        if not path.exists():
            write_whole(path, content)
        return sha256

    def holds(self, sha256: str) -> bool:
        """Whether the bytes of a hash are there, and whole."""
        try:
            return hashlib.sha256(self.read(sha256)).hexdigest() == sha256
        except OSError:
            return False

    def read(self, sha256: str) -> bytes:
        """The bytes of a hash. Raises FileNotFoundError."""
        return self.path(sha256).read_bytes()
