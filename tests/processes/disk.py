"""A disk that is full, or nearly."""

import os
import shutil
import sys
from pathlib import Path

import pytest

needs_root = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting a disk needs root")


def filled(disk: Path, room: int) -> None:
    """Leave that many bytes of a disk free."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    filler.write_bytes(b"\0" * max(0, shutil.disk_usage(disk).free - room))
