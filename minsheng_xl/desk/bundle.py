"""Put the program together for desks without an installation.

    python -m minsheng_xl.bundle 程序                                     程序/minsheng-xl.pyz
    python -m minsheng_xl.bundle 程序 --python python-3.12.8-embed-amd64.zip   and Python for Windows beside it

The .pyz is one file that any Python from 3.11 on runs. It holds only what is Python throughout: without
msoffcrypto a workbook under Excel's default password is refused without being looked into, and
`figures_frame` needs pandas. A folder is not a one-file .exe: those are taken for trojans.
"""

import argparse
import zipapp
import zipfile
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from minsheng_xl.beginning.doors import PYZ
from minsheng_xl.plan.read import resources

NEEDED = ("openpyxl", "et_xmlfile", "xlsxwriter", "rich", "filelock", "olefile")
_README = """把这个文件夹放在一年的文件夹旁边，双击一年的文件夹里的“打开菜单”。
也可以在命令行里：python\\python.exe minsheng-xl.pyz --help
"""


def make_pyz(target: Path) -> None:
    """Write the program and what it needs, from the packages that are installed here, into one file."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        share = root / "minsheng_xl" / "_share"
        own = Path(str(import_module("minsheng_xl").__file__)).parent
        _copy(own, root / "minsheng_xl", (".py", ".typed", ".json"))
        for source in _files(resources()):
            if source.suffix == ".csv":
                _put(share / "workbook" / source.relative_to(resources()), source.read_bytes())
        for source in _files(resources().parent / "macros"):
            _put(share / "macros" / source.name, source.read_bytes())
        for name in NEEDED:
            found = Path(str(import_module(name).__file__))
            if found.name == "__init__.py":
                _copy(found.parent, root / name, (".py",))
            else:
                _put(root / found.name, found.read_bytes())
        zipapp.create_archive(root, target, "/usr/bin/env python3", "minsheng_xl.cli:run", compressed=True)


def make_folder(folder: Path, python: Path | None = None) -> None:
    """A folder with the .pyz, and with the embeddable Python for Windows (the .zip from python.org) if given."""
    folder.mkdir(parents=True, exist_ok=True)
    make_pyz(folder / PYZ)
    if python is not None:
        with zipfile.ZipFile(python) as archive:
            archive.extractall(folder / "python")
        (folder / "说明.txt").write_text(_README, encoding="utf-8-sig", newline="\r\n")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _copy(source: Path, target: Path, endings: tuple[str, ...]) -> None:
    for path in _files(source):
        if path.suffix in endings and "_share" not in path.parts:
            _put(target / path.relative_to(source), path.read_bytes())


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def main() -> None:
    parser = argparse.ArgumentParser(description="把程序拼成一个文件，或给 Windows 用的文件夹。")
    parser.add_argument("folder", type=Path, help="写到哪个文件夹")
    parser.add_argument("--python", type=Path, help="python.org 的 Windows 嵌入版 Python（.zip）")
    options = parser.parse_args()
    make_folder(options.folder, options.python)


if __name__ == "__main__":
    main()
