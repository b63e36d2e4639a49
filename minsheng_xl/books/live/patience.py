"""Calls into a program that may be busy."""

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from minsheng_xl.problems import MinshengError

P = ParamSpec("P")
T = TypeVar("T")
_PATIENCE, _PAUSE = 30.0, 0.5  # seconds
_REJECTED, _EXCEPTION, _IGNORED = -2147418111, -2147352567, -2146777998
"""How Excel says that a cell is being edited or a dialog open: RPC_E_CALL_REJECTED; or VBA_E_IGNORE within
DISP_E_EXCEPTION."""
_BUSY = "Excel 正忙（可能正在编辑一个格，或开着一个对话框）。请按回车或 Esc 结束，再点一次。"


def patiently(call: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Call the program with what is given; while it is busy (a cell is being edited, a dialog is open), wait.
    Raises MinshengError if it stays so."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return call(*given, **named)
        except Exception as error:
            if not _is_busy(error):
                raise
            if time.monotonic() > end:
                raise MinshengError(_BUSY) from error
        time.sleep(_PAUSE)


def _is_busy(error: Exception) -> bool:
    if type(error).__name__ == "ExcelBusyError":  # xlwings' own
        return True
    code, inner = (*error.args, None, None, None)[:3:2]
    return code == _REJECTED or (code == _EXCEPTION and isinstance(inner, tuple) and inner[-1] == _IGNORED)
