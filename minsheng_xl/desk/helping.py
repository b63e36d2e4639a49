"""What the handbook says of a word, in the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from minsheng_xl.handbook.find import Passage, near, passages
from minsheng_xl.handbook.markdown import Block, Heading
from minsheng_xl.handbook.pages import NAMES, page
from minsheng_xl.handbook.plain import lines_of, plain
from minsheng_xl.problems import MinshengError

_MOST = 5
"""Passages that are shown; of more it is said where they are."""
_OFTEN = ("下发", "汇总", "核实单", "待决事项", "催报", "定稿")


def told(words: Sequence[str]) -> Iterator[str]:
    """The passages about words in lines, without any word what there is. Raises MinshengError if there are none."""
    pages = {name: page(name) for name in NAMES}
    if not any(word.strip() for word in words):
        yield from _contents(pages)
        return
    found = passages(pages, words)
    if not found:
        raise MinshengError(_unknown(pages, words))
    for one in found[:_MOST]:
        yield from _passage(one)
    if rest := found[_MOST:]:
        yield f"另有 {len(rest)} 处，在手册的 {'、'.join(dict.fromkeys(one.page for one in rest))}。多写一个词，查得更准。"


def _passage(one: Passage) -> Iterator[str]:
    yield f"【{' · '.join(one.headings)}】"
    yield from lines_of(one.blocks)
    yield ""


def _contents(pages: Mapping[str, Sequence[Block]]) -> Iterator[str]:
    yield "手册里有这些（查一个词：minsheng-xl help 词）："
    for name, blocks in pages.items():
        second = "；".join(plain(block.text) for block in blocks if isinstance(block, Heading) and block.level == 2)
        yield f"  {name}：{second}" if second else f"  {name}"


def _unknown(pages: Mapping[str, Sequence[Block]], words: Sequence[str]) -> str:
    """No page holds all of the words: what looks like them, or what is often asked."""
    like = dict.fromkeys(chain.from_iterable(near(pages, word) for word in words))
    named = f"相近的有：{'、'.join(like)}" if like else f"可以查：{'、'.join(_OFTEN)}"
    return f"手册里没有“{' '.join(words)}”，{named}。"
