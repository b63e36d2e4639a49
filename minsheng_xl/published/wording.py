"""The clauses without a number: which of them are promises of their own, to be reported on in words."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from minsheng_xl.plan.model import Kind, Tier
from minsheng_xl.published.lexicon import LEADING, STEP_ALONE
from minsheng_xl.published.making import Context, bare_name, whole_or_not
from minsheng_xl.published.pieces import VERB
from minsheng_xl.published.sentence import ReadIndicator
from minsheng_xl.published.shapes import Q

_PROMOTES = re.compile("推动|推进|发展|加快|加强|深化|积极|大力|统筹|完善|优化|健全|推行|促进|持续|落实|改造提升|开展|实施|做好|鼓励|支持|引导")
"""Verbs of going on, of which several in a task are one text."""
_TREND = re.compile(r"(?:提升|提高|扩大|增强|降低|改善|增进|壮大)[^，]*(?:率|度|量|水平|能力|面|质量|力|感|效率|环境|条件)\Z")
"""A direction without a number: always a text of its own."""
_GOAL = re.compile("^(?:切实|有效|努力)*(?:确保|保障|让|使|以|切实保障|满足|守护|着力)(?!通过|在全|全)")
"""A clause that only says what the one before it is for."""
_BUILT = re.compile(
    "建成|投用|投入使用|通车|完工|竣工|启用|开工建设|开工|全覆盖|覆盖(?:所有|全部|全[县市区镇乡])|清零|交付使用|通水|通气|"
    "主体封顶|封顶|(?:均|都|全部)(?:已)?(?:设置|设立|建成|建有|配备|实现|开通|达标|纳入|完成|达到)|"
    "达到[^，]{0,4}[ⅠⅡⅢⅣⅤ]+[类级]|应[\u4e00-\u9fff]尽[\u4e00-\u9fff]|"
    "^(?:新建|改建|扩建|迁建|续建)[^，]{2,16}(?:小学|中学|学校|幼儿园|医院|校区|敬老院|福利院|图书馆|文化馆|体育馆|博物馆|大桥|公园)\\Z"
)
"""What is there or is not, by the end."""
_STANDARD = re.compile("(?:^(?:每|按|标准)|每[人户名生]每?[年月天]?)[^，]*元")
"""How much each gets: no promise of its own."""
_MET = re.compile("率(?:均|都|全部)?达标")
_FRAME = re.compile("(?:全力|高质量|积极|大力|持续)*(?:推进|加快|加强|实施|开展|推动|深化)[^，]*(?:建设|改造|工程|行动|工作|服务|应用|活动|项目)”?\\Z")
"""A clause that only names the work which the next one counts."""
_SHORTEST, _LONGEST = 4, 60
_COMMON = 4
_NEAR = 20
"""Among so many clauses before it one that says the same is the same promise."""


class _Clause(NamedTuple):
    """A clause without a quantity, the sentence it stands in, and the words of the next quantity's clause."""

    text: str
    sentence: int
    next: str


def texts_in(
    sentences: Sequence[str], restored: Callable[[str], str], readings: tuple[ReadIndicator, ...]
) -> tuple[ReadIndicator, ...]:
    """The texts of marked sentences: clauses that do not only lead to what is counted after them."""
    kept: list[_Clause] = []
    joins: list[list[_Clause]] = []
    for number, sentence in enumerate(sentences):
        clauses = [clause.strip() for clause in re.split("[，；;,]", sentence) if clause.strip()]
        for place, clause in enumerate(clauses):
            if re.search(Q, clause) or _STANDARD.search(clause):
                continue
            if _says_only_when(clause):
                if kept and kept[-1].sentence == number and not any(re.search(Q, one) for one in clauses[:place]):
                    kept[-1] = kept[-1]._replace(text=f"{kept[-1].text}，{clause}")
                continue
            words = _Clause(clause, number, next((one for one in clauses[place + 1:] if re.search(Q, one)), ""))
            is_next = place + 1 < len(clauses) and words.next == clauses[place + 1]
            is_built = _BUILT.search(clause) is not None and len(clause) > _SHORTEST
            if is_next and (_names_the_next(words) or _is_counted_next(words)):
                continue
            is_own = is_built or (len(clause) >= _SHORTEST and not _leads(words))
            if is_own and all(clause != one.text for one in kept[-_NEAR:]):
                kept.append(words)
    for words in kept:
        _join(joins, words)
    return tuple(_reading(join, restored, readings) for join in joins)


def _says_only_when(clause: str) -> bool:
    while (found := LEADING.match(clause)) and found[0]:
        clause = clause[found.end():]
    return not clause or STEP_ALONE.match(clause) is not None


def _names_the_next(words: _Clause) -> bool:
    """Whether the clause frames what the next one counts, or ends with what that one says."""
    return not _TREND.search(words.text) and (_FRAME.match(words.text) is not None or words.text[-2:] in words.next)


def _is_counted_next(words: _Clause) -> bool:
    """Whether the next clause says how many the clause is about (为老人安装设备，共300套)."""
    return VERB.search(words.text) is not None and re.match(f"(?:总?共计?|合计|总计|计){Q}", words.next) is not None


def _leads(words: _Clause) -> bool:
    """Whether the clause speaks of what is counted after it, and states no direction of its own."""
    shared = _shared(words.text, words.next)
    return shared >= (2 if _TREND.search(words.text) else 1) * _COMMON


def _shared(one: str, other: str) -> int:
    """The length of the longest run of signs that both have."""
    for length in range(min(len(one), len(other), 12), 1, -1):
        if any(one[at:at + length] in other for at in range(len(one) - length + 1)):
            return length
    return 0


def _join(joins: list[list[_Clause]], words: _Clause) -> None:
    """Add a clause to the text it belongs to: what it is for, the same verb, or one more way of going on."""
    if _BUILT.search(words.text):
        joins.append([words])
        return
    last = joins[-1][-1] if joins else None
    first = joins[-1][0] if joins else None
    if last is not None and first is not None:
        is_near = last.sentence == words.sentence
        verb, before = _verb(words.text), _verb(first.text)
        continues = is_near and (_GOAL.match(words.text) or _MET.search(words.text) or (verb and verb == before))
        if continues:
            joins[-1].append(words)
            return
    promoted = next((join for join in joins if _promotes(join[0].text)), None)
    if promoted is not None and _promotes(words.text):
        promoted.append(words)
        return
    if not (_GOAL.match(words.text) and last is None and not words.text.startswith("确保")):
        joins.append([words])


def _promotes(text: str) -> bool:
    return _PROMOTES.match(re.sub("^(?:积极|大力|全面|持续|稳步|全力)", "", text)) is not None and not _TREND.search(text)


def _verb(text: str) -> str:
    found = re.search("解决|构建|建立|预防|遏制|完善|健全|提升|提高|保证|确保", text)
    return found[0] if found else ""


def _reading(
    join: Sequence[_Clause], restored: Callable[[str], str], readings: tuple[ReadIndicator, ...]
) -> ReadIndicator:
    quote = "，".join(restored(one.text) for one in join)[:_LONGEST * 4]
    name = bare_name(restored(join[0].text))[:40] or quote[:40]
    rates = tuple(place for place, one in enumerate(readings) if one.kind is Kind.RATIO and one.tier is Tier.ASSESSED)
    if _BUILT.search(join[0].text) and len(join) == 1:
        return whole_or_not(name, Context(quote=quote, clause=quote, sentence=join[0].sentence))
    made = ReadIndicator(tier=Tier.TEXT, kind=Kind.WORDS, name=name, quote=quote, sentence=join[0].sentence)
    if rates and any(_MET.search(one.text) for one in join):
        return made._replace(kind=Kind.DERIVED, measure="是/否", derived_from=rates)
    return made


