"""A clause taken apart: into pieces with a quantity each, and into the names of a list."""

import re
from itertools import pairwise

from minsheng_xl.published.lexicon import AND, DONE
from minsheng_xl.published.making import bare_name
from minsheng_xl.published.shapes import BY_NAME, Q

ASIDE = 0xF800
ASIDES = f"[{chr(ASIDE)}-{chr(ASIDE + 255)}]"
"""What stood in brackets with a quantity is one sign."""
BREAKS = re.compile(f"、|，|{AND}|并且|(?<!合)并|同时")
FOR_WHOM = re.compile(r"(?:为|对|在|向|给|从|以|由|围绕|通过|面向|依托|针对|组建|选派|动员)[^，]*\Z")
VERB = re.compile("|".join(sorted(DONE, key=len, reverse=True)))
BEGUN = re.compile("(?:开展|进行|提供|实施|完成|组织)(?:一次)?")
"""A verb before which nothing is part of what is listed after it."""
_SAME_WORDS = re.compile(BY_NAME["same"].pattern.pattern.split("(?P<q>")[0] + r"\Z")


def pieces_of(clause: str) -> list[str]:
    """A clause, cut where another quantity has words of its own, or is the same work in another measure."""
    if "分别" in clause:
        return [clause]
    signs = list(re.finditer(Q, clause))
    cuts = [0]
    for one, other in pairwise(signs):
        cut = _cut(clause[cuts[-1]:one.start()], clause[one.end():other.start()])
        if cut is not None:
            cuts.append(one.end() + cut)
    return [clause[start:end].lstrip("、和及与并，") for start, end in pairwise([*cuts, len(clause)])]


def _cut(head: str, between: str) -> int | None:
    """Where between two quantities the second one's words begin; None where the first is in what the second says."""
    bare = re.sub(ASIDES, "", between)
    if re.search("[由从]\\Z", head):
        return None
    if not bare or _SAME_WORDS.fullmatch(bare) or between.startswith("、"):
        return len(between) - len(bare) if bare else len(between)
    breaks = [found.start() for found in BREAKS.finditer(between)]
    if breaks:
        return breaks[-1]
    verbs = [found.start() for found in VERB.finditer(between)]
    return verbs[-1] if verbs and not FOR_WHOM.search(head) else None


def have_words_in_common(one: str, other: str) -> bool:
    """Whether both speak of the same thing: they have two signs in a row."""
    return any(one[at:at + 2] in other for at in range(len(one) - 1))


def names_in(text: str) -> list[str]:
    """The names of a list, each whole: of 宫颈癌、乳腺癌筛查 both are 筛查."""
    first = re.search("[、和及与]", text)
    begun = [one.end() for one in BEGUN.finditer(text) if first and one.end() <= text.rindex(first[0])]
    text = text[begun[-1]:] if begun else text
    names = [bare_name(name) for name in re.split(f"、|{AND}", text) if bare_name(name)]
    if len(names) < 2:
        return names
    ending = VERB.search(names[-1])
    if ending and names[-1].endswith(ending[0]) and not any(VERB.search(name) for name in names[:-1]):
        names = [*(f"{name}{ending[0]}" for name in names[:-1]), names[-1]]
    return names
