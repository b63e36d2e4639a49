"""The command minsheng-xl: the door to `desk.cli`."""

from minsheng_xl.desk.cli import main, run

__all__ = ["main", "run"]
