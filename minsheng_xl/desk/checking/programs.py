"""Other programs at the desk: LibreOffice, which draws the PDFs, Excel or WPS, and what sends mail. Only LibreOffice is
started; the others are looked for."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from minsheng_xl.books.pdf import NoPdf, libreoffice, to_pdf
from minsheng_xl.desk.checking.model import Desk, Seen, answer_of, fit, lacking, write_small
from minsheng_xl.desk.checking.registry import of_class, registered
from minsheng_xl.desk.setting import MAIL_SETTING, setting_path

_VERSION_SECONDS = 20.0
_MAIL = "x-scheme-handler/mailto"
_WPS_AT = (
    "/opt/kingsoft/wps-office/office6/et", "/opt/apps/cn.wps.wps-office-pro/files/kingsoft/wps-office/office6/et",
)
_MAIL_PROGRAMS = ("thunderbird", "evolution", "kmail", "geary", "claws-mail", "foxmail")


def draws(desk: Desk) -> Iterator[Seen]:
    """Whether LibreOffice is there, which one, and whether it makes a PDF of a workbook."""
    program = libreoffice()
    if program is None:
        yield lacking(
            "没有找到，打印时没有 PDF", "要 PDF，请装 LibreOffice；不装的，用 Excel 或 WPS 打开 打印稿.xlsx 打印"
        )
        return
    version = _version(program)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "试.xlsx"
        write_small(book)
        try:
            (made,) = to_pdf([book], Path(folder))
        except NoPdf as error:
            yield lacking(f"{version}（{program}）：{error}")
            return
        is_pdf = made.read_bytes().startswith(b"%PDF")
    if is_pdf:
        yield fit(f"{version}（{program}），试着把一页工作簿做成了 PDF")
    else:
        yield lacking(f"{version}（{program}），做出来的不是 PDF，可能被加密软件加密", "请网管把 LibreOffice 加入受信进程")


def _version(program: str) -> str:
    """What LibreOffice calls itself; on Windows it says nothing."""
    said = ""
    with suppress(OSError, subprocess.SubprocessError), tempfile.TemporaryDirectory() as profile:
        said = answer_of([program, f"-env:UserInstallation={Path(profile).as_uri()}", "--version"], _VERSION_SECONDS)
    found = re.search(r"LibreOffice \d[\d.]*", said)
    return found[0] if found else "LibreOffice，版本没有说"


def opens_workbooks(desk: Desk) -> Iterator[Seen]:
    """Which programs for workbooks are there, and which of them opens the master."""
    found = _of_windows() if sys.platform == "win32" else _of_linux()
    if found:
        yield fit("、".join(found))
    elif libreoffice() is not None:
        yield fit("没有 Excel、WPS，用 LibreOffice 打开总台账")
    else:
        yield lacking("没有找到 Excel、WPS、LibreOffice，总台账在这台电脑上打不开", "请装其中一个；汇总照样可以做")


def _of_linux() -> list[str]:
    program = shutil.which("et") or next((path for path in _WPS_AT if Path(path).is_file()), None)
    return [f"WPS 表格（{program}）"] if program else []


def _of_windows() -> list[str]:
    found = []
    for title, known in (("Excel", "Excel.Application"), ("WPS 表格", "KET.Application")):
        server = of_class(rf"{known}\CLSID")
        program = of_class(rf"CLSID\{server}\LocalServer32") if server else ""
        if program:
            found.append(spreadsheet(title, program, of_class(rf"{known}\CurVer")))
    choice = r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsm\UserChoice"
    opener = registered("HKCU", choice, "ProgId") or of_class(".xlsm")
    if opener:
        found.append(f"双击总台账由 {opener} 打开")
    return list(dict.fromkeys(found))


def spreadsheet(title: str, program: str, version: str) -> str:
    """A program by what the registry says of it: WPS registers itself in the place of Excel too."""
    path = program_of(program)
    is_wps = PureWindowsPath(path).name.lower() in ("et.exe", "wps.exe", "ket.exe")
    number = version.rpartition(".")[2]
    return f"{'WPS 表格' if is_wps else title}{f' {number}' if number.isdecimal() else ''}（{path}）"


def program_of(command: str) -> str:
    """The program in a command of the registry: in quotes, or before its options."""
    found = re.match(r'\s*"([^"]+)"|\s*(.*?\.exe)', command, re.I)
    return (found[1] or found[2]) if found else command.strip()


def mails(desk: Desk) -> Iterator[Seen]:
    """Which program writes a mail when one is asked for."""
    if setting_path().with_name(MAIL_SETTING).is_file():
        yield fit("邮箱设好了（没有试着登录；要试，运行 minsheng-xl mail check）")
    program = _mail_of_windows() if sys.platform == "win32" else _mail_of_linux()
    if program:
        yield fit(f"写邮件的是 {program}（只看了登记，没有运行）")
    else:
        yield lacking("没有登记写邮件的程序", "催报文字、填报表请自己在网页邮箱或群里发；别的不受影响")


def _mail_of_windows() -> str:
    associated = r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations\mailto\UserChoice"
    choice = registered("HKCU", associated, "ProgId") or "mailto"
    command = of_class(rf"{choice}\shell\open\command")
    return program_of(command) if command else registered("HKLM", r"SOFTWARE\Clients\Mail")


def _mail_of_linux() -> str:
    """What the desktop has registered. Source: freedesktop.org, Association between MIME types and applications."""
    settings = [_folder("XDG_CONFIG_HOME", "~/.config"), *_folders("XDG_CONFIG_DIRS", "/etc/xdg")]
    shares = [_folder("XDG_DATA_HOME", "~/.local/share"), *_folders("XDG_DATA_DIRS", "/usr/local/share:/usr/share")]
    lists = [folder / "mimeapps.list" for folder in settings]
    for folder in shares:
        lists += [folder / "applications" / name for name in ("mimeapps.list", "mimeinfo.cache")]
    for path in lists:
        for name in _handlers(path):
            if any((folder / "applications" / name).is_file() for folder in shares):
                return name.removesuffix(".desktop")
    return next((program for program in map(shutil.which, _MAIL_PROGRAMS) if program), "")


def _handlers(path: Path) -> list[str]:
    """The desktop entries that a list has for mails, the preferred first."""
    parser = configparser.RawConfigParser(delimiters="=", strict=False, interpolation=None)
    with suppress(OSError, configparser.Error, UnicodeError):
        parser.read_string(path.read_text(encoding="utf-8"))
    sections = ("Default Applications", "Added Associations", "MIME Cache")
    together = ";".join(parser.get(section, _MAIL, fallback="") for section in sections)
    return [name.strip() for name in together.split(";") if name.strip()]


def _folder(variable: str, otherwise: str) -> Path:
    return Path(os.environ.get(variable) or otherwise).expanduser()


def _folders(variable: str, otherwise: str) -> list[Path]:
    return [Path(folder) for folder in (os.environ.get(variable) or otherwise).split(":") if folder]
