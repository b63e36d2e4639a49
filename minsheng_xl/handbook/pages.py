"""Where the pages of the handbook and their pictures lie, in a checkout, installed and in a .pyz."""

from functools import cache

from minsheng_xl.handbook.markdown import Block, blocks_of
from minsheng_xl.handbook.page import html_of
from minsheng_xl.plan.read import resources

HANDBOOK = "手册"
CLERKS, OFFICE, CERTIFIERS, INSTALLING, ENGINEERS = NAMES = ("单位填报人", "办公室", "统计局", "安装", "工程师")
"""The pages, in the order in which they are looked through."""
_ONE_PAGE = """
@page { margin: 9mm 13mm; }
body { font-size: 9.2pt; line-height: 1.4; max-width: 184mm; }
h1 { font-size: 15pt; margin: 0 0 3pt; }
p, ol, table { margin: 2pt 0; }
td, th { padding: 1pt 4pt; }
img { width: 86%; }
"""


@cache
def page(name: str) -> tuple[Block, ...]:
    """What a page is made of."""
    return blocks_of((resources() / HANDBOOK / f"{name}.md").read_text(encoding="utf-8"))


def html(name: str) -> bytes:
    """A page as a file to be read and printed anywhere; that for clerks on one page of A4."""
    return html_of(page(name), picture, _ONE_PAGE if name == CLERKS else "")


def picture(place: str) -> bytes:
    """A picture by its place as a page names it."""
    return (resources() / "pictures" / place.rpartition("/")[2]).read_bytes()
