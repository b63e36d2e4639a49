"""Where the pages of the handbook and their pictures lie, in a checkout, installed and in a .pyz."""

from functools import cache

from minsheng_xl.handbook.markdown import Block, blocks_of
from minsheng_xl.handbook.page import html_of
from minsheng_xl.plan.read import resources

HANDBOOK = "手册"
CLERKS, OFFICE, CERTIFIERS, INSTALLING, ENGINEERS = NAMES = ("单位填报人", "办公室", "统计局", "安装", "工程师")
"""The pages, in the order in which they are looked through."""


@cache
def page(name: str) -> tuple[Block, ...]:
    """What a page is made of."""
    return blocks_of((resources() / HANDBOOK / f"{name}.md").read_text(encoding="utf-8"))


def html(name: str, more: str = "") -> bytes:
    """A page as a file to be read and printed anywhere; `more` is style of its own."""
    return html_of(page(name), picture, more).encode()


def picture(place: str) -> bytes:
    """A picture by its place as a page names it."""
    return (resources() / "pictures" / place.rpartition("/")[2]).read_bytes()
