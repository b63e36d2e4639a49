"""Parcels of other kinds than zip: opened by a program of this desk, or by py7zr, as a stream of files.

libarchive's tar (bsdtar; tar.exe of Windows, tar of macOS) turns any parcel that it knows into a tar on its standard
output, so that no name of a stranger ever becomes a path here. unar writes files, into a folder of its own. All of it
runs in the child that reads files, under its limits.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import IO

from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.intake.gate import FileKind
from minsheng_xl.rules import files

_MOST = 256 << 20
"""Bytes of all files in a parcel."""
_MOST_FILES = 4096
_SECONDS = 30
_NAMELESS = "解开的文件"
_CLOSED = ("encrypt", "password", "passphrase", "密码")


_GZIP, _TAR_AT = b"\x1f\x8b", slice(257, 262)


def can_open(kind: FileKind) -> bool:
    """Whether this desk has what opens parcels of a kind."""
    return kind.is_packed and (bool(_tar() or _unar()) or (kind is FileKind.SEVEN and find_spec("py7zr") is not None))


def files_of(content: bytes, kind: FileKind) -> Iterator[tuple[str, bytes]]:
    """The files in a parcel by their names: as the first program reads them that reads all, else those that one read.
    Raises Unreadable, behind these, if none reads all."""
    if content.startswith(_GZIP):
        alone = _unzipped(content)
        if alone[_TAR_AT] != b"ustar":  # one file, which a transfer agent packed
            yield _NAMELESS, alone
            return
    best: list[tuple[str, bytes]] = []
    said = ""
    with tempfile.TemporaryDirectory(prefix="minsheng-") as folder:
        parcel = Path(folder, "parcel")
        parcel.write_bytes(content)
        for way in _ways(kind):
            found: list[tuple[str, bytes]] = []
            try:
                for one in way(parcel):
                    found.append(one)
            except _NotOpened as error:
                said += str(error).lower()
                found = found[:-1]  # of the last nobody knows how much is the program's own filling
            else:
                if found:
                    yield from found
                    return
            best = max(best, found, key=len)
    yield from best
    if any(word in said for word in _CLOSED):
        raise Unreadable(files.PARCEL_LOCKED)
    raise Unreadable(files.PACKED, f"{kind.value}{'只解开了一部分' if best else '打不开'}")


def _unzipped(content: bytes) -> bytes:
    """What was packed by gzip, no more of it than may be. Raises Unreadable."""
    unpacker = zlib.decompressobj(31)
    try:
        found = unpacker.decompress(content, _MOST)
    except zlib.error as error:
        raise Unreadable(files.PACKED, "gz 压缩包坏了") from error
    if not unpacker.eof:
        raise Unreadable(files.LIMITS, "压缩包没有传完，或解开后太大")
    return found


class _NotOpened(Exception):
    """What a program said when it could not open a parcel."""


def _ways(kind: FileKind) -> Iterator[Callable[[Path], Iterator[tuple[str, bytes]]]]:
    if _tar():
        yield _by_tar
    if _unar():
        yield _by_unar
    if kind is FileKind.SEVEN and find_spec("py7zr") is not None:
        yield _by_py7zr


def _tar() -> str:
    """libarchive's tar, by the place where the system has it."""
    if sys.platform == "win32":
        found = Path(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", "tar.exe")
        return str(found) if found.is_file() else ""
    return shutil.which("bsdtar") or (shutil.which("tar") or "" if sys.platform == "darwin" else "")


def _unar() -> str:
    return shutil.which("unar") or "" if os.name == "posix" else ""


def _by_tar(parcel: Path) -> Iterator[tuple[str, bytes]]:
    """A workbook that was put in as it is ends as a zip does, and of what can be searched from its end libarchive takes
    that to be all: so the parcel comes through a pipe, but for a 7z, which is only read so and known for what it is."""
    content = parcel.read_bytes()
    is_searched = content.startswith(b"7z")
    command = [_tar(), "-c", "--format=pax", "-f", "-", f"@{parcel}" if is_searched else "@-"]
    with tempfile.TemporaryFile() as said, subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=_environment(), cwd=parcel.parent,
        bufsize=0,
    ) as program:
        try:
            assert program.stdout is not None
            assert program.stdin is not None
            Thread(target=_poured, args=(content, program.stdin), daemon=True).start()
            yield from _members(program.stdout)
            program.stdout.close()
            code = program.wait(_SECONDS)
        except (tarfile.TarError, EOFError, OSError, ValueError, subprocess.TimeoutExpired) as error:
            program.kill()
            raise _NotOpened(_said_in(said)) from error
        except BaseException:
            program.kill()
            raise
        if code:
            raise _NotOpened(_said_in(said))


def _poured(content: bytes, pipe: IO[bytes]) -> None:
    left = memoryview(content)
    with suppress(OSError, ValueError), pipe:  # a program that has seen enough closes it
        while left:
            left = left[pipe.write(left) :]


def _members(stream: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    left, count = _MOST, 0
    with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as made:
        for one in made:
            count += 1
            left -= one.size
            if left < 0 or count > _MOST_FILES:
                raise Unreadable(files.LIMITS, "压缩包解开后太大")
            found = made.extractfile(one) if one.isreg() else None
            if found is not None:
                yield _shown(one.name), found.read()


def _by_unar(parcel: Path) -> Iterator[tuple[str, bytes]]:
    target = parcel.parent / "unpacked"
    quietly = ["-quiet", "-no-directory", "-force-overwrite", "-no-recursion", "-password", ""]
    command = [_unar(), *quietly, "-output-directory"]
    try:
        done = subprocess.run(
            [*command, str(target), str(parcel)], stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS,
            env=_environment(), check=False, preexec_fn=_limit_files,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _NotOpened(str(error)) from error
    if done.returncode:
        raise _NotOpened((done.stdout + done.stderr).decode("utf-8", "replace"))
    for path in sorted(target.rglob("*"))[:_MOST_FILES]:
        if path.is_file() and not path.is_symlink():
            yield _shown(str(path.relative_to(target))), path.read_bytes()


def _limit_files() -> None:
    """Let no file grow beyond what is read."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST, _MOST))


def _by_py7zr(parcel: Path) -> Iterator[tuple[str, bytes]]:
    import py7zr
    from py7zr.io import BytesIOFactory

    try:
        with py7zr.SevenZipFile(parcel) as opened:
            if opened.needs_password():
                raise _NotOpened("password")
            listed = opened.list()
            if sum(one.uncompressed for one in listed) > _MOST or len(listed) > _MOST_FILES:
                raise Unreadable(files.LIMITS, "压缩包解开后太大")
            factory = BytesIOFactory(_MOST)
            opened.extractall(factory=factory)
    except (Unreadable, _NotOpened):
        raise
    except Exception as error:  # whatever a damaged parcel makes of the library
        raise _NotOpened(f"{type(error).__name__} {error}") from error
    for name, product in factory.products.items():
        product.seek(0)
        yield _shown(name), product.read()


def _shown(name: str) -> str:
    """A name whose bytes may be of another encoding than they should."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name.removeprefix("./")


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _said_in(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read(2000).decode("utf-8", "replace")
