"""What stands in the registry of Windows; elsewhere there is none."""

import sys
from contextlib import suppress

_ROOTS = {"HKCR": "HKEY_CLASSES_ROOT", "HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE"}


CLASSES = (("HKCU", "Software\\Classes\\"), ("HKCR", ""), ("HKCR", "WOW6432Node\\"))
"""Where programs and kinds of files are registered: a person's own, the computer's, those of 32 bits."""


def of_class(path: str) -> str:
    """The text of a key among the programs and kinds of files; "" if there is none."""
    return next((found for root, above in CLASSES if (found := registered(root, above + path))), "")


def registered(root: str, path: str, name: str = "") -> str:
    """A text in the registry, by HKCR, HKCU or HKLM, a key and a name ("": the key's own); "" if there is none."""
    found = ""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(getattr(winreg, _ROOTS[root]), path) as key:
            found = str(winreg.QueryValueEx(key, name)[0] or "")
    return found


def keys_below(root: str, path: str) -> list[str]:
    """The names of the keys below one."""
    found: list[str] = []
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(getattr(winreg, _ROOTS[root]), path) as key:
            found += [winreg.EnumKey(key, number) for number in range(winreg.QueryInfoKey(key)[0])]
    return found
