"""Program folders: all that a desk needs in one folder that is copied there, the same bytes from the same inputs.

What changes lies under names that change with it (`parts-…`, `minsheng-xl-…`): a newer folder that is put over an
older one never meets a module of the other's, nor what Python compiled of it.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from minsheng_xl.beginning.doors import LINUX_DOOR, LINUX_MENU, PYZ, WINDOWS_BUTTON, WINDOWS_DOOR
from minsheng_xl.desk.bundle import is_started, packed, program_files, pyz_of
from minsheng_xl.desk.parts import Unpacked, Wheels, fetch_python, fetch_wheels, joined
from minsheng_xl.desk.starting import (
    linux_desktop,
    linux_menu,
    read_me_on_linux,
    read_me_on_windows,
    windows_button,
    windows_menu,
)
from minsheng_xl.handbook.pages import HANDBOOK, NAMES, html
from minsheng_xl.plan.read import resources
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.program import program

LIST, READ_ME, LICENCES = "清单.txt", "说明.txt", "许可"
_WINDOWS, _PYTHON = "win_amd64", "3.11"
_PROCESSORS = ("x86_64", "aarch64")
_PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""Of Linux; of a newer one the program goes without cffi, and so without Excel's default password."""
_DIGITS = 8


def for_windows(*, with_pandas: bool = False) -> dict[str, bytes]:
    """Fetch the parts of a folder for Windows and put them together; files by their paths. Raises MinshengError."""
    lists = ("program", "passwords", "windows", *(("pandas",) if with_pandas else ()))
    with TemporaryDirectory() as folder:
        python, parts = fetch_python(Path(folder)), list[Unpacked]()
        for one in lists:
            parts += fetch_wheels(Wheels(one, (_WINDOWS,), _PYTHON), Path(folder))
    return windows_folder(python, parts)


def windows_folder(python: Mapping[str, bytes], parts: Iterable[Unpacked]) -> dict[str, bytes]:
    """A folder for Windows, of an embeddable Python and unpacked wheels."""
    parts = list(parts)
    wheels = joined(parts)
    libraries = {path: content for path, content in wheels.items() if path.startswith("pywin32_system32/")}
    # Where it is, what Excel's types are compiled to is kept in it, else among the system's own files.
    wheels = {path: content for path, content in wheels.items() if path not in libraries} | {
        "win32com/gen_py/__init__.py": b""
    }
    own, theirs = f"minsheng-xl-{program()}", f"parts-{_digest(wheels)}"
    [version] = (name.removesuffix("._pth") for name in python if name.endswith("._pth"))
    places = (f"{version}.zip", ".", rf"..\{own}", rf"..\{theirs}", rf"..\{theirs}\win32", rf"..\{theirs}\win32\lib")
    files = _under("python", python)
    # Beside python.exe Windows itself finds them.
    files |= {f"python/{path.rpartition('/')[2]}": content for path, content in libraries.items()}
    files[f"python/{version}._pth"] = "".join(f"{place}\r\n" for place in places).encode()
    files |= _under(own, program_files()) | _under(theirs, wheels) | {
        PYZ: pyz_of({}, zipfile.ZIP_STORED),
        WINDOWS_DOOR: windows_menu(),
        WINDOWS_BUTTON: windows_button(),
        READ_ME: read_me_on_windows(),
        **_handbook(),
        **_licences(parts, ("Python", python["LICENSE.txt"])),
    }
    return files | {LIST: listed(files)}


def for_linux() -> dict[str, bytes]:
    """Fetch the parts of a folder for Linux and put them together; files by their paths. Raises MinshengError."""
    with TemporaryDirectory() as folder:
        store = Path(folder)
        pure = fetch_wheels(Wheels("program", (_WINDOWS,), _PYTHON), store)
        passwords = fetch_wheels(Wheels("passwords", (_WINDOWS,), _PYTHON), store)
        parts = {name: passwords + _of_processor(name, store) for name in _PROCESSORS}
    return linux_folder(pure, parts)


def _of_processor(name: str, store: Path) -> list[Unpacked]:
    platforms = (f"manylinux2014_{name}", f"manylinux_2_17_{name}")
    found = fetch_wheels(Wheels("linux", platforms, _PYTHONS[0]), store)
    for python in _PYTHONS[1:]:
        found += fetch_wheels(Wheels("linux", platforms, python, names=("cffi",)), store)
    return found


def linux_folder(pure: Iterable[Unpacked], parts: Mapping[str, Iterable[Unpacked]]) -> dict[str, bytes]:
    """A folder for Linux, of unpacked wheels that are Python throughout and of those of each processor."""
    pure = list(pure)
    theirs = dict[str, bytes]()
    for name, its in parts.items():
        theirs |= _under(name, joined(its))
    place = f"parts-{_digest(theirs)}"
    files = _under(place, theirs)
    modules = program_files() | {path: content for path, content in joined(pure).items() if path.endswith(".py")}
    files |= {
        PYZ: pyz_of(modules, zipfile.ZIP_STORED, place),
        LINUX_MENU: linux_menu().encode(),
        LINUX_DOOR: linux_desktop(LINUX_MENU).encode(),
        READ_ME: read_me_on_linux(),
        **_handbook(),
        **_licences(chain(pure, *parts.values())),
    }
    return files | {LIST: listed(files)}


def _under(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{path}": content for path, content in files.items()}


def _handbook() -> dict[str, bytes]:
    """The pages of the handbook, to be opened with a double click."""
    return _under(HANDBOOK, {f"{name}.html": html(name) for name in NAMES})


def _digest(files: Mapping[str, bytes]) -> str:
    return hashlib.sha256(listed(files)).hexdigest()[:_DIGITS]


def listed(files: Mapping[str, bytes]) -> bytes:
    """A line for each file, its digest and its path, as sha256sum checks them."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items()))
    return "".join(lines).encode()


def _licences(parts: Iterable[Unpacked], *others: tuple[str, bytes]) -> dict[str, bytes]:
    """The texts of every part, and which part is under which. Raises MinshengError if a part has none."""
    texts = {"minsheng-xl/LICENSE": (resources().parent / "LICENSE").read_bytes()}
    lines = {"minsheng-xl: MIT"}
    for name, text in others:
        texts[f"{name}/LICENSE.txt"] = text
        lines.add(f"{name}: {name}/LICENSE.txt")
    for part in parts:
        if not part.licences:
            raise MinshengError(f"没有拼成：{part.name} {part.version} 没有带许可。")
        texts |= part.licences
        lines.add(f"{part.name} {part.version}: {part.licence}")
    texts["目录.txt"] = "".join(f"{line}\r\n" for line in sorted(lines, key=str.lower)).encode("utf-8-sig")
    return _under(LICENCES, texts)


def put(files: Mapping[str, bytes], folder: Path) -> None:
    """Put a program folder where none is, or in the place of an older one, of which nothing is left; what is not the
    program's stays. Raises MinshengError if the folder holds other things and no program."""
    older = folder / LIST
    if not older.is_file() and not (folder / PYZ).is_file() and folder.is_dir() and any(folder.iterdir()):
        raise MinshengError(f"{folder} 里有别的文件，不是“程序”文件夹。请换一个空的或新的文件夹。")
    named = _named(older.read_text(encoding="utf-8")) if older.is_file() else set()
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(0o755 if is_started(path) else 0o644)
    for path in named - set(files):
        (folder / path).unlink(missing_ok=True)
    places = set[Path]().union(*(Path(path).parents for path in named)) - {Path()}
    for place in sorted(places, reverse=True):
        _clear(folder / place)


def _named(text: str) -> set[str]:
    """The files of a list that lie in its folder."""
    paths = {line.partition("  ")[2] for line in text.splitlines()}
    return {path for path in paths if path and not Path(path).is_absolute() and ".." not in Path(path).parts}


def _clear(folder: Path) -> None:
    """Remove a folder of which there is nothing left but what Python compiled."""
    if not folder.is_dir() or any(path.name != "__pycache__" for path in folder.iterdir()):
        return
    for path in (folder / "__pycache__").glob("*.pyc"):
        path.unlink()
    for path in (folder / "__pycache__", folder):
        if path.is_dir():
            path.rmdir()


def put_packed(files: Mapping[str, bytes], folder: Path) -> None:
    """The same as one .zip beside the folder, to be unpacked where it is to lie."""
    name = folder.resolve().name
    folder.resolve().with_name(f"{name}.zip").write_bytes(packed(_under(name, files)))
