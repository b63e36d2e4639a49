"""Reach a running LibreOffice: a pipe of the person at this desk, which `minsheng-xl setup` has it open."""

import getpass
import os
import sys
from pathlib import Path
from typing import Any

_PLACES = (
    "/usr/lib/python3/dist-packages", "/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
)


class NotReachable(Exception):
    """No LibreOffice answers, or this Python cannot speak to it; `str()` says which, in Chinese."""


def pipe_name() -> str:
    """The name of the pipe, each person's own."""
    return os.environ.get("MINSHENG_PIPE") or f"minsheng-xl-{getpass.getuser()}"


def accepts(name: str) -> str:
    """The setting by which LibreOffice opens the pipe when it starts."""
    return f"pipe,name={name};urp;"


def uno_module() -> Any:
    """LibreOffice's own Python module. Raises NotReachable."""
    try:
        import uno
    except ImportError:
        found = [place for place in _PLACES if Path(place, "uno.py").is_file()]
        sys.path += [place for place in found if place not in sys.path]
        try:
            import uno
        except ImportError as error:
            raise NotReachable(f"这个 Python 读不到 LibreOffice 的接口（{error}）") from error
    return uno


def desktop() -> Any:
    """The desktop of the LibreOffice that is running. Raises NotReachable."""
    uno = uno_module()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe_name()};urp;StarOffice.ComponentContext")
    except Exception as error:  # UNO's exceptions are made at run time
        raise NotReachable("LibreOffice 没有开着，或还没有运行过 minsheng-xl setup（运行后要重新打开 LibreOffice）") from error
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
