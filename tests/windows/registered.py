"""A Windows desk as its registry tells it, before and after programs were installed; told as JSON, a line each.

It is given a year's folder. What it registers it takes out again.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from minsheng_xl.desk import setting
from minsheng_xl.desk.checking.button import button
from minsheng_xl.desk.checking.folder import may_be_deep
from minsheng_xl.desk.checking.guards import guards
from minsheng_xl.desk.checking.model import Desk, Seen
from minsheng_xl.desk.checking.programs import mails, opens_workbooks

_CLASSES = "Software\\Classes\\"
_EXCEL, _WPS = "{00024500-0000-0000-C000-000000000046}", "{45540001-5750-5300-4B49-4E47534F4655}"
_MAIL = "Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations\\mailto"
INSTALLED = (
    ("HKEY_CURRENT_USER", f"{_CLASSES}Excel.Application\\CLSID", "", _EXCEL),
    ("HKEY_CURRENT_USER", f"{_CLASSES}Excel.Application\\CurVer", "", "Excel.Application.16"),
    ("HKEY_CURRENT_USER", f"{_CLASSES}CLSID\\{_EXCEL}\\LocalServer32", "", '"C:\\Office16\\EXCEL.EXE" /automation'),
    ("HKEY_CLASSES_ROOT", "KET.Application\\CLSID", "", _WPS),
    ("HKEY_CLASSES_ROOT", f"WOW6432Node\\CLSID\\{_WPS}\\LocalServer32", "", "C:\\WPS Office\\et.exe /Automation"),
    ("HKEY_CURRENT_USER", f"{_CLASSES}.xlsm", "", "Excel.SheetMacroEnabled.12"),
    ("HKEY_CURRENT_USER", f"{_MAIL}\\UserChoice", "ProgId", "Foxmail.Url.mailto"),
    ("HKEY_CURRENT_USER", f"{_CLASSES}Foxmail.Url.mailto\\shell\\open\\command", "", '"C:\\Foxmail 7.2\\Foxmail.exe" "%1"'),
    ("HKEY_LOCAL_MACHINE", "SYSTEM\\CurrentControlSet\\Services\\Dlp", "ImagePath", "C:\\EsafeNet\\Cobra\\svc.exe"),
    ("HKEY_LOCAL_MACHINE", "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{1}", "DisplayName", "天锐绿盾终端"),
)  # fmt: skip


def tell(look: Callable[[Desk], Iterable[Seen]], desk: Desk) -> None:
    print(json.dumps({look.__name__: [[one.fitness.name, one.words] for one in look(desk)]}), flush=True)


def install(winreg: Any) -> None:
    for root, path, name, text in INSTALLED:
        with winreg.CreateKey(getattr(winreg, root), path) as key:
            winreg.SetValueEx(key, name, 0, winreg.REG_SZ, text)


def uninstall(winreg: Any) -> None:
    for root, path, _, _ in INSTALLED:
        winreg.DeleteKey(getattr(winreg, root), path)


def main() -> None:
    import winreg

    root = Path(sys.argv[1])
    sys.argv = ["minsheng-xl"]
    os.environ["APPDATA"] = str(root.parent)
    desk = Desk(root, datetime.now(), "0a1b2c")
    deep = root / ("d" * (157 - len(str(root))))
    deep.mkdir()
    for look in (button, opens_workbooks, mails, guards):
        tell(look, desk)
    setting.set_up()
    install(winreg)
    try:
        for look in (button, opens_workbooks, mails, guards):
            tell(look, desk)
    finally:
        uninstall(winreg)
    tell(may_be_deep, desk)
    tell(may_be_deep, desk._replace(folder=deep))
