"""Put the program together for desks without an installation.

    python -m minsheng_xl.bundle 程序              程序/minsheng-xl.pyz
    python -m minsheng_xl.bundle 程序 --windows    a folder for a Windows that has no Python
    python -m minsheng_xl.bundle 程序 --linux      a folder for a Linux that has a Python from 3.11 on

The .pyz is one file that any Python from 3.11 on runs. It holds only what is Python throughout: without
msoffcrypto a workbook under Excel's default password is refused without being looked into, and
`figures_frame` needs pandas. A folder (`portable`) has these too. It is not a one-file .exe: those are taken for
trojans.
"""

import argparse
import io
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from minsheng_xl.beginning.doors import PYZ
from minsheng_xl.desk.starting import START
from minsheng_xl.plan.read import resources
from minsheng_xl.problems import MinshengError

NEEDED = ("openpyxl", "et_xmlfile", "xlsxwriter", "rich", "filelock", "olefile")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_ON_POSIX = 3
_EXECUTABLE, _PLAIN = 0o100755, 0o100644


def program_files() -> dict[str, bytes]:
    """The program with its share, as a package; the paths as in a .zip."""
    own = Path(str(import_module("minsheng_xl").__file__)).parent
    files = {f"minsheng_xl/{path}": content for path, content in _below(own, (".py", ".typed", ".json")).items()}
    share, plan = "minsheng_xl/_share", _below(resources(), (".csv", ".md", ".png"))
    files |= {f"{share}/workbook/{path}": content for path, content in plan.items()}
    macros = _below(resources().parent / "macros")
    return files | {f"{share}/macros/{path}": content for path, content in macros.items()}


def make_pyz(target: Path) -> None:
    """Write the program and what it needs, from the packages that are installed here, into one file."""
    files = program_files()
    for name in NEEDED:
        found = Path(str(import_module(name).__file__))
        if found.name == "__init__.py":
            files |= {f"{name}/{path}": content for path, content in _below(found.parent, (".py",)).items()}
        else:
            files[found.name] = found.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pyz_of(files, zipfile.ZIP_DEFLATED))


def pyz_of(files: Mapping[str, bytes], compression: int, parts: str = "-") -> bytes:
    """Packages as one file that Python runs; `parts` is the folder beside it with more of them.

    Stored, its bytes are the same whatever library packs; deflated, it is a fifth of that.
    """
    start = START.format(parts=parts).encode()
    return b"#!/usr/bin/env python3\n" + packed({**files, "__main__.py": start}, compression)


def packed(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A .zip of files by their paths: the same contents make the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for path, content in sorted(files.items()):
            info = zipfile.ZipInfo(path, _LONG_AGO)
            info.create_system, info.compress_type = _ON_POSIX, compression
            info.external_attr = (_EXECUTABLE if is_started(path) else _PLAIN) << 16
            archive.writestr(info, content)
    return stream.getvalue()


def is_started(path: str) -> bool:
    """Whether a system that asks for it must be allowed to run a file."""
    return path.endswith((".sh", ".desktop"))


def _below(folder: Path, endings: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The files below a folder by their paths in it, but for the share, which an installed package holds itself."""
    paths = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        place.as_posix(): path.read_bytes()
        for place, path in paths.items()
        if place.parts[0] != "_share" and "__pycache__" not in place.parts and (not endings or path.suffix in endings)
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="把程序拼成一个文件，或一个拷过去就能用的文件夹。")
    parser.add_argument("folder", type=Path, help="写到哪个文件夹")
    system = parser.add_mutually_exclusive_group()
    system.add_argument("--windows", action="store_true", help="给没有 Python 的 64 位 Windows：连 Python 在内，从软件源取")
    system.add_argument("--linux", action="store_true", help="给有 Python 3.11 以上的 Linux（x86_64、aarch64）")
    parser.add_argument("--with-pandas", action="store_true", help="Windows 的文件夹里再放上 pandas（figures_frame 要用）")
    parser.add_argument("--zip", action="store_true", help="另打成一个压缩包，放在文件夹旁边")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Put together what is asked for; return the exit code."""
    options = _parser().parse_args(arguments)
    if not options.windows and not options.linux:
        if options.with_pandas or options.zip:
            _parser().error("--with-pandas、--zip 要和 --windows 或 --linux 一起用")
        make_pyz(options.folder / PYZ)
        return 0
    from minsheng_xl.desk import portable

    if options.linux and options.with_pandas:
        _parser().error("--with-pandas 只用于 --windows：Linux 上 pandas 跟着 Python 的版本走，请用 pip 安装")
    try:
        files = portable.for_windows(with_pandas=options.with_pandas) if options.windows else portable.for_linux()
        portable.put(files, options.folder)
        if options.zip:
            portable.put_packed(files, options.folder)
    except (MinshengError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.folder}：{len(files)} 个文件，{sum(map(len, files.values())) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
