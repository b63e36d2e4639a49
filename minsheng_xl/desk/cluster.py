"""The machines that read files for a command: processes of this one, or a cluster that was started before."""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from minsheng_xl.problems import MinshengError, MisuseError

if TYPE_CHECKING:
    from concurrent.futures import Executor

_ADDRESS = re.compile(r"dask://([^/\s]+):(\d{1,5})/?")
_SECONDS = 10
"""To reach a scheduler in, and to take leave of it."""


@contextmanager
def executor_of(address: str) -> "Iterator[Executor | None]":
    """The workers of a cluster, None where no `address` is given: dask://HOST:PORT, of its scheduler.

    Raises MisuseError for another address or where Dask is not installed, MinshengError where nothing answers there.
    """
    if not address:
        yield None
        return
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise MisuseError(f"--executor 写 dask://主机:端口，如 dask://192.168.1.20:8786，不是“{address}”。")
    try:
        from distributed import Client
    except ImportError as error:
        raise MisuseError("这台电脑没有装 Dask，用不了 --executor。请运行 pip install 'minsheng-xl[cluster]'。") from error
    _silence()
    host, port = found.groups()
    client = _client(Client, f"tcp://{host}:{port}")
    if client is None:
        raise MinshengError(
            f"{address} 连不上，没有读来件。请先启动它（dask scheduler，每台机器 dask worker），或去掉 --executor 在这台电脑上做。"
        )
    try:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise MinshengError(f"{address} 上还没有一台机器（dask worker）连上，没有读来件。请先启动，再运行一次。")
        yield client.get_executor(pure=False)
    finally:
        with suppress(Exception):  # it may be gone by now
            client.close(timeout=_SECONDS)


def _client(kind: Any, address: str) -> Any:
    """A client, None where no scheduler answers. What else listens there may keep it waiting for ever: it is asked in a
    thread."""
    found: list[Any] = []

    def connect() -> None:
        with suppress(Exception):
            found.append(kind(address, timeout=_SECONDS, set_as_default=False))

    asking = threading.Thread(target=connect, daemon=True)
    asking.start()
    asking.join(_SECONDS + 2)
    return found[0] if found else None


def _silence() -> None:
    """What Dask's loggers say of a lost machine is said in a sentence of ours."""
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
