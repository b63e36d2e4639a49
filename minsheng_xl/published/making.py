"""A quantity and the words around it, made into an indicator: kind, comparator, target, name, pace, questions."""

import re
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.exact.numbers import plain
from minsheng_xl.plan.model import Comparator, Kind, PaceRule, Tier
from minsheng_xl.published.lexicon import (
    BEFORE,
    CAP,
    DONE,
    EVENTS,
    FALL_BY,
    FALL_TO,
    FALLING,
    FLAT_RATES,
    HOLD,
    KNOWN_TO_OFFICE,
    LEADING,
    LIMITS,
    ONLY_COUNTED,
    OUTCOMES,
    PEOPLE_AND_EVENTS,
    REACH,
    RISE_TO,
    STANDS,
    WHOLE_PROPER,
    WORKS,
)
from minsheng_xl.published.numbers import Mention
from minsheng_xl.published.sentence import Query, ReadIndicator

_DONE = re.compile("|".join(sorted(DONE, key=len, reverse=True)))
_WORKS = re.compile("|".join(sorted(WORKS, key=len, reverse=True)))
_STANDS = re.compile(STANDS + r"(?:要|须|应|均|都|全部|总|共)?\Z")
_COMPARED = {one.word: one.comparator for one in BEFORE}
_CLEAR = "|".join(one.word for one in sorted(BEFORE, key=lambda one: -len(one.word)) if one.is_clear and one.word[1:])
_FAR = re.compile(rf"(?P<word>{_CLEAR})(?=(?:{_DONE.pattern}|开[通办设行])[^，。；、\d]{{0,8}}\Z)")
"""A comparator word before the verb: 最多开展培训3次."""
_BESIDE_LAST_YEAR = re.compile("(不高于|不超过|不低于|不少于|高于|超过)(?:上年|去年|年初|全[国省市县]平均)[^，。；]{0,5}\\Z")
_FROM = re.compile(r"[由从](?:每|原来|现在|目前|\d|上年|去年)[^，。；]*\Z")
"""Where it stood before, of what rises to its target."""
_VAGUE = re.compile("力争|争取|力求|努力")
_COUNTY = re.compile("全[县市区镇乡省]|总")
_LONGEST = 40
_OTHER = "其他"
KINDS = (Kind.CUMULATIVE.value, Kind.STOCK.value)


class Context(NamedTuple):
    """Where a quantity stands: its words, what is said of the time, the verb that goes on, which sentence it is."""

    quote: str
    clause: str
    verb: str = ""
    deadline: date | None = None
    sentence: int = 0


def bare_name(text: str) -> str:
    """A name without what only leads to it or hangs on."""
    name = text
    while True:
        found = LEADING.match(name)
        if not found or not found[0]:
            break
        name = name[found.end():]
    name = re.sub(r"[（(][^（）()]*\Z", "", name)
    name = re.sub(r"(?:分别|全部|累计|总数|共计|共|总计|合计|要|须|应|均|都|为|到|约|的|目标|力争|争取|确保|至少|不少于|，|、|：|:)+\Z", "", name)
    return name.strip(" 、，：:和及与")[:_LONGEST]


def count(found: Mention, head: str, tail: str, context: Context) -> ReadIndicator:
    """A number of things: counted up, or how many there are."""
    far = _FAR.search(head)
    if far and found.comparator is None:
        found, head = found._replace(comparator=_COMPARED[far["word"]]), head[:far.start()] + head[far.end():]
    kind, why = _kind_of(found, head, tail, context)
    comparator, queries = _comparator_of(found, head, context)
    reading = ReadIndicator(
        tier=Tier.ASSESSED, kind=kind, name=_name_of(head, tail, context), quote=context.quote,
        measure=found.measure, decimals=found.decimals, comparator=comparator, target=found.value,
        pace_rule=_pace_of(kind, found, head + tail, context, comparator), deadline=context.deadline,
        sentence=context.sentence,
    )
    if reading.measure.startswith("元/每"):
        each = reading.measure.removeprefix("元/")
        name = reading.name if each in reading.name else f"{reading.name}（{each}）"
        reading = reading._replace(measure="元", name=name)
    if why:
        queries = (*queries, Query("类型", why, context.quote, KINDS, kind.value))
    if not found.measure:
        queries = (*queries, Query("计量单位", "没有写计量单位", context.quote, (*_LIKELY_MEASURES, _OTHER), "个"))
        reading = reading._replace(measure="个")
    reading = reading._replace(queries=(*queries, *_signs_in_doubt(found, context)))
    return _milestone(reading, found, head, tail)


_LIKELY_MEASURES = ("个", "人", "户", "处")


def _milestone(reading: ReadIndicator, found: Mention, head: str, tail: str) -> ReadIndicator:
    """One thing with a name of its own (建设1个“…”) is there or is not: asked, for it may be counted too."""
    is_one = found.value == 1 and found.comparator is None and not found.approach and reading.kind is Kind.CUMULATIVE
    if not (is_one and re.match("[“「《\"]", tail) and _WORKS.search(head)):
        return reading
    query = Query(
        "类型", "只有1个，按是否建成算，还是按个数算", reading.quote, (Kind.MILESTONE.value, Kind.CUMULATIVE.value),
        Kind.MILESTONE.value,
    )
    return reading._replace(
        kind=Kind.MILESTONE, comparator=Comparator.YES, measure="是/否", target=Fraction(1), decimals=0,
        pace_rule=PaceRule.STEPS, queries=(*reading.queries, query),
    )


def _kind_of(found: Mention, head: str, tail: str, context: Context) -> tuple[Kind, str]:
    """Counted up or standing, and what is to be asked where the words leave it open."""
    bare = head.strip()
    does = does_in(bare) or (context.verb != "" and context.verb not in bare)
    stands = _STANDS.search(bare) is not None
    reaches = found.approach in (REACH, RISE_TO, FALL_TO, CAP, HOLD)
    if re.search("日均|月均|人均|户均|年均|平均|每[百千万]|每\\d+万|(?:半径|距离|温度|深度|高度)\\Z", bare):
        return Kind.STOCK, ""
    if found.approach == HOLD:
        return Kind.STOCK, ""
    if found.measure in ONLY_COUNTED:
        return Kind.CUMULATIVE, ""
    if found.comparator is Comparator.AT_MOST and re.search(EVENTS, bare):
        return Kind.CUMULATIVE, ""
    if found.value == 0:
        return (Kind.CUMULATIVE if re.search(EVENTS, bare) else Kind.STOCK), ""
    if found.measure in LIMITS or "/" in found.measure or found.measure == "个百分点":
        return Kind.STOCK, ""
    if found.approach in (FALL_TO, CAP) and re.search(EVENTS, bare):
        return Kind.CUMULATIVE, ""
    is_new = re.search("新增|新建|新开|新改|新扩|新设|新招|新培|累计", bare)
    is_standing = stands and (reaches or found.comparator is not None) and not does and not is_new
    if found.approach in (RISE_TO, FALL_TO, CAP) or is_standing:
        return Kind.STOCK, ""
    if is_new:
        return Kind.CUMULATIVE, ""
    return _unsure_kind(found, bare, tail, does, context)


def stands_in(head: str) -> bool:
    """Whether what stands before a number is the name of how much there is."""
    return _STANDS.search(head) is not None


def does_in(head: str) -> bool:
    """Whether the words before a number say what is done: a verb at their beginning or end, or after for whom."""
    name = bare_name(head)
    found = list(_DONE.finditer(name))
    return any(one.start() == 0 or one.end() == len(name) for one in found) or (
        bool(found) and re.match("为|对|向|给|在|组织", name) is not None
    )


def _unsure_kind(found: Mention, head: str, tail: str, does: bool, context: Context) -> tuple[Kind, str]:
    ask = "年初至今新做的数，还是期末已有的数"
    opened = re.search("开通", head)
    pushed = re.search("推动|引导|支持|鼓励|推进", head + context.verb) and tail and re.search("实现|达到|完成|纳入|接入", tail)
    if opened or (pushed and not re.search("完成", head)):
        return Kind.STOCK, f"是{ask}"
    if not does and stands_in(head) and found.approach in (REACH, HOLD):
        return Kind.STOCK, ""
    if not does and _COUNTY.search(head) and found.comparator in (Comparator.MORE_THAN, Comparator.AT_LEAST):
        return Kind.STOCK, f"是{ask}"
    stands = (found.approach == REACH and head and not tail) or found.comparator is Comparator.AT_MOST
    return (Kind.STOCK if stands and not does else Kind.CUMULATIVE), ""


def _comparator_of(found: Mention, head: str, context: Context) -> tuple[Comparator, tuple[Query, ...]]:
    """When it is met, and the question where the words do not say."""
    comparator = found.comparator or (Comparator.MORE_THAN if found.text == "过半" else None)
    if comparator is None and found.value == 0:
        return Comparator.AT_MOST, ()
    falls = found.approach in (FALL_TO, CAP)
    far = _BESIDE_LAST_YEAR.search(head)
    if comparator is None and far:
        return _COMPARED[far[1]], ()
    if comparator is None:
        comparator = Comparator.AT_MOST if falls else Comparator.AT_LEAST
    unclear = found.unclear
    vague = _VAGUE.search(context.clause.split(found.text)[0])
    if not unclear and vague:
        unclear = vague[0]
    if not unclear and _is_better_small(found, head):
        unclear, comparator = found.text, Comparator.AT_MOST
    if not unclear:
        return comparator, ()
    asked = Query("比较", f"“{unclear}”是不少于、超过还是不超过，没有写明", context.quote, ("≥", "＞", "≤"), comparator.value)
    return comparator, (asked,)


def _is_better_small(found: Mention, head: str) -> bool:
    """Whether a figure without a comparator may be meant as the most there may be."""
    is_bare = found.comparator is None and found.approach in ("", REACH, HOLD)
    is_settled = re.search("(?:结案|破案|侦破|化解|调解|处置|查处|响应|救治|治愈|防控)率", head) is not None
    return is_bare and re.search(FALLING, head) is not None and _DONE.search(head) is None and not is_settled


def _signs_in_doubt(found: Mention, context: Context) -> tuple[Query, ...]:
    """Questions about the number itself: two ends of a range, signs that a machine may have misread."""
    if found.value is None:
        return (Query("目标", f"“{found.text}”看不出是多少", context.quote, (_OTHER,), ""),)
    if found.up_to is not None:
        ends = (said(found.value, found.is_share), said(found.up_to, found.is_share))
        return (Query("目标", f"写的是 {ends[0]} 到 {ends[1]}，以哪一头为目标", context.quote, (*ends, _OTHER), ends[0]),)
    if found.is_misread:
        number = said(found.value, found.is_share)
        asked = f"“{found.text}”像是扫描认错的字，是不是 {number}"
        return (Query("目标", asked, context.quote, (number, _OTHER), number),)
    return ()


def said(value: Fraction, is_share: bool) -> str:
    """A target as 指标 takes it."""
    places = 2 if is_share else 6  # a third is said as 33.33%, which a third meets
    scale = 10**places
    shown = value * 100 if is_share else value
    return f"{plain(Fraction(int(shown * scale), scale))}{'%' if is_share else ''}"


def _name_of(head: str, tail: str, context: Context) -> str:
    """A name from what stands before the number and after it; a piece without a verb goes on with the one before."""
    first, last = bare_name(_FROM.sub("", head)), re.sub(r"^(?:的|以上的|次的)", "", tail)
    last = re.sub(r"(?:的(?:目标|任务|要求)|目标|任务)\Z", "", last).strip("，、 ")
    verb = context.verb if context.verb and not _DONE.search(first) else ""
    verb = "" if verb in ("完成", "实施", "安排", "组织", "实现", "达到") else verb
    name = f"{verb if not first.startswith(verb) else ''}{first}{last}" if last or first else context.verb
    return (bare_name(name) or name or context.quote)[:_LONGEST]


def _pace_of(kind: Kind, found: Mention, words: str, context: Context, comparator: Comparator) -> PaceRule:
    """How it goes on through the year: what is done for people evenly, works by steps that the office sets."""
    if comparator is Comparator.AT_MOST:
        return PaceRule.FLAT
    if kind is Kind.STOCK:
        return PaceRule.STEPS
    done = re.search("完成|更换|发放|培训|救助", words)
    if found.measure in PEOPLE_AND_EVENTS or (done and not re.search("新建|新增|小区|扩建|开工", words + context.verb)):
        return PaceRule.LINEAR
    return PaceRule.STEPS


def rate(found: Mention, head: str, context: Context) -> ReadIndicator:
    """A rate that has a name: 签约率, 占比."""
    name = re.sub("占\\Z", "占比", bare_name(head)) or context.quote[:_LONGEST]
    comparator, queries = _comparator_of(found, name, context)
    parts = _parts_of(name)
    return _ratio(found, name, comparator, context)._replace(
        queries=(*queries, *_signs_in_doubt(found, context)),
        numerator=parts[0], denominator=parts[1],
    )


def _parts_of(name: str) -> tuple[str, str]:
    """What the part and the whole of a rate may be called; the office can say it better."""
    base = re.sub("(?:比率|比例|占比|比重|率|度)\\Z", "", name) or name
    whole = re.sub(f"{OUTCOMES}\\Z", "", base)
    return f"{base}数", f"{whole}总数" if len(whole) > 1 and whole != base else f"{name}的分母"


def share(found: Mention, of: str, done: str, context: Context) -> ReadIndicator:
    """A part of a whole that is named: 60%的行政村设立…."""
    comparator, queries = _comparator_of(found, "", context)
    whole = re.sub("^(?:以上|的|及以上)+", "", of).strip()
    what = re.sub("^实现", "", done).strip("，、")
    return _ratio(found, f"{what}的{whole}占比" if what else f"{whole}占比", comparator, context)._replace(
        numerator=f"已{what or '达标'}的{whole}数", denominator=f"{whole}总数", office_denominator=True, contained=True,
        pace_rule=PaceRule.FLAT if comparator is Comparator.AT_MOST else PaceRule.STEPS,
        queries=(*queries, *_signs_in_doubt(found, context)),
    )


def _ratio(found: Mention, name: str, comparator: Comparator, context: Context) -> ReadIndicator:
    is_office = re.search(KNOWN_TO_OFFICE, name) is not None and not re.search(FLAT_RATES, name)
    is_flat = comparator is Comparator.AT_MOST or not is_office
    return ReadIndicator(
        tier=Tier.ASSESSED, kind=Kind.RATIO, name=name[:_LONGEST], quote=context.quote, measure="%",
        comparator=comparator, target=found.value, pace_rule=PaceRule.FLAT if is_flat else PaceRule.STEPS,
        deadline=context.deadline, office_denominator=is_office, sentence=context.sentence,
        contained=re.search(WHOLE_PROPER, name) is not None,
    )


def growth(found: Mention, head: str, tail: str, context: Context) -> ReadIndicator:
    """How much more, or less, than last year, as a part of it; in points of a percentage it is how it stands."""
    way = "减少" if found.approach == FALL_BY else "增长"
    name = bare_name(head) or bare_name(tail) or context.quote[:_LONGEST]
    comparator, queries = _comparator_of(found, "", context)
    if not found.is_share:
        made = count(found, f"{head}{'下降' if way == '减少' else '提高'}", tail, context)
        return made._replace(kind=Kind.STOCK, name=f"{name}{'下降' if way == '减少' else '提高'}"[:_LONGEST])
    return _ratio(found, f"{name}{way}"[:_LONGEST], comparator, context)._replace(
        numerator=f"{name}比上年{way}的数", denominator=f"{name}上年的数", office_denominator=False, contained=False,
        pace_rule=PaceRule.FLAT, queries=(*queries, *_signs_in_doubt(found, context)),
        definition=f"与上年相比{way}的百分数。",
    )


def gate(scope: str, has: str, found: Mention, what: str, context: Context) -> ReadIndicator:
    """Each of them has so many: passed when all have."""
    least = "" if found.value == 1 else f"不少于{plain(found.value or Fraction(0))}{found.measure}"
    thing = what.strip("，、的") or found.measure
    has = "有" if has in ("有", "建有", "设有", "拥有", "建成", "建好", "建", "至少有") else has
    return ReadIndicator(
        tier=Tier.GATE, kind=Kind.RATIO, name=f"{has}{least}{thing}的{scope}占比"[:_LONGEST],
        quote=context.quote, measure="%", comparator=Comparator.AT_LEAST, target=Fraction(1), deadline=context.deadline,
        numerator=f"{has}{least}{thing}的{scope}数", denominator=f"{scope}总数", office_denominator=True, contained=True,
        sentence=context.sentence, queries=_signs_in_doubt(found, context),
    )


def none_at_all(head: str, tail: str, context: Context) -> ReadIndicator:
    """零事故, 零增长: kept or not."""
    return whole_or_not(bare_name(f"{head}零{tail}"), context)._replace(pace_rule=PaceRule.FLAT)


def least(scope: str, head: str, found: Mention, context: Context) -> ReadIndicator:
    """None of them has less (more, where it is a limit): passed when the least one passes."""
    comparator, queries = _comparator_of(found, "", context)
    most = comparator is Comparator.AT_MOST
    one = f"一{scope[-1] if scope in _OWN_MEASURE else '个'}"
    name = f"各{scope}中最{'多' if most else '少'}的{one}{bare_name(re.sub('^(?:的|其)', '', head))}"
    return ReadIndicator(
        tier=Tier.GATE, kind=Kind.STOCK, name=name[:_LONGEST], quote=context.quote, measure=found.measure or "个",
        decimals=found.decimals, comparator=comparator, target=found.value,
        deadline=context.deadline, sentence=context.sentence, queries=(*queries, *_signs_in_doubt(found, context)),
    )


_OWN_MEASURE = ("处", "家", "所", "村")


def part(found: Mention, head: str, whole: ReadIndicator, parent: int, context: Context) -> ReadIndicator:
    """What is contained in another: counted by itself, never added."""
    if found.is_share:
        name = head if head.endswith(("率", "占比", "比例")) else f"{bare_name(head) or whole.name}占比"
        return rate(found, name, context)._replace(parent=None)
    name = f"其中：{bare_name(head)}"
    comparator, queries = _comparator_of(found, "", context)
    return whole._replace(
        name=name[:_LONGEST], quote=context.quote, measure=found.measure or whole.measure,
        decimals=found.decimals, comparator=comparator, target=found.value, parent=parent,
        queries=(*queries, *_signs_in_doubt(found, context)),
    )


def whole_or_not(name: str, context: Context) -> ReadIndicator:
    """It is there or is not (全覆盖, 建成)."""
    return ReadIndicator(
        tier=Tier.ASSESSED, kind=Kind.MILESTONE, name=name[:_LONGEST], quote=context.quote, measure="是/否",
        comparator=Comparator.YES, target=Fraction(1), pace_rule=PaceRule.STEPS, deadline=context.deadline,
        sentence=context.sentence,
    )


