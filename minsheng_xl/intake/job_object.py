"""A job object of Windows: what its kernel holds a process to, and ends it with.

A process that reads received files joins one of its own, which limits its memory and its processor time as rlimits
do elsewhere. The process that asks it puts it into another, which ends it when the asking process ends, however
that happens. Where Windows refuses one, reading goes on without: what it would have limited is still ended by the
wall clock.
"""

import ctypes
import sys
from functools import cache
from typing import Any

_ITSELF = -1
"""The handle by which every process knows itself."""
_EXTENDED_LIMITS = 9
_PROCESS_TIME, _PROCESS_MEMORY, _DIE_WITHOUT_A_WINDOW, _KILL_ON_CLOSE = 0x2, 0x100, 0x400, 0x2000
_SECOND = 10_000_000
"""In units of 100 nanoseconds."""


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t), ("most_working_set", ctypes.c_size_t), ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t), ("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32),
    )


class _Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", _BasicLimits), ("transfers", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t), ("peak_process_memory", ctypes.c_size_t), ("peak_job_memory", ctypes.c_size_t),
    )


class JobObject:
    """A job object with one process in it, which dies with the last handle to it."""

    def __init__(self, kernel32: Any, process: int) -> None:
        self._kernel32 = kernel32
        self._limits = _Limits()
        self._handle = ctypes.c_void_p(kernel32.CreateJobObjectW(None, None))
        self._set(_KILL_ON_CLOSE | _DIE_WITHOUT_A_WINDOW)
        kernel32.AssignProcessToJobObject(self._handle, ctypes.c_void_p(process))

    def limit_memory(self, size: int) -> None:
        """Let the process have that many bytes in all; it is told of the next one as if there were none left."""
        self._limits.process_memory = size
        self._set(_PROCESS_MEMORY)

    def limit_time(self, seconds: float) -> None:
        """Let the process compute that long, from its beginning; then it is ended."""
        self._limits.basic.process_time = int(seconds * _SECOND)
        self._set(_PROCESS_TIME)

    def close(self) -> None:
        self._kernel32.CloseHandle(self._handle)

    def _set(self, flag: int) -> None:
        self._limits.basic.flags |= flag
        size = ctypes.sizeof(self._limits)
        self._kernel32.SetInformationJobObject(self._handle, _EXTENDED_LIMITS, ctypes.byref(self._limits), size)


def kernel32() -> Any:
    """The library of Windows in which job objects are; None on other systems."""
    if sys.platform == "win32":
        return ctypes.WinDLL("kernel32")
    return None


@cache
def own_job() -> JobObject:
    """The job object of this process, which it joins when it first asks for it."""
    return JobObject(kernel32(), _ITSELF)
