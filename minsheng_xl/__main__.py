"""python -m minsheng_xl."""

from minsheng_xl.cli import run

run()
