"""A task's sentence, read: clause by clause, each by the first shape it has.

A sentence is taken apart by 。 and ；, those by ，, those where 、 or 和 stands between quantities. In each piece a
quantity is one sign; what stood in brackets after a quantity is read after it. Every number ends up with a use: that
of a quantity is TARGET, or whatever the shape made of it, or OPEN, with a question.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.plan.model import Comparator, Kind, PaceRule, Tier
from minsheng_xl.published import making
from minsheng_xl.published.dates import deadline_in, month_in
from minsheng_xl.published.lexicon import FALL_BY, LIMITS, RISE_BY, TOTAL_COST
from minsheng_xl.published.making import Context, bare_name
from minsheng_xl.published.numbers import ZERO_MEASURE, Mention, mentions
from minsheng_xl.published.pieces import (
    ASIDE,
    ASIDES,
    BEGUN,
    BREAKS,
    FOR_WHOM,
    VERB,
    have_words_in_common,
    names_in,
    pieces_of,
)
from minsheng_xl.published.sentence import Number, Query, ReadIndicator, Understood, Use, clause_at
from minsheng_xl.published.shapes import BY_NAME, FIRST, LAST, Q
from minsheng_xl.published.wording import texts_in

_IN_BRACKETS = re.compile(rf"[（(][^（）()]*{Q}[^（）()]*[）)]")
_CLAUSE_ENDS = re.compile("[，,]")
_SENTENCE_ENDS = re.compile("[。！？\n]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Signs that mean nothing in themselves: those that stand for quantities here are of them."""
_EACH = ("人", "名", "户", "次", "公里", "千米", "亩", "平方米")
"""Of what so many are no target of the year, as so many a month might be."""
_MOST = 60
"""A clause with more quantities is no sentence: each is asked."""
_STAGE = re.compile("(?:建成|投用|投入使用|竣工|开工|完工|交付|使用|运营)+")
_TOO_SHORT = 3
"""A name with fewer signs says nothing without the clause before."""
_GENERIC = 4
"""A rate with no more signs (完成率, 达标率) is that of the clause before."""
_ENDS = "完工|完成|建成|竣工|投用|投入使用|交付|通车|通水|通气|通电|验收"
_BEGINS = "开工|启动|进场"


def _is_rate(text: str) -> bool:
    """Whether a share has a name of its own; 开工率 by a month is a step."""
    return re.search("(?<!开工)(?<!完工)(?<!竣工)(?<!完成)率|比例|占比", text) is not None


class Piece(NamedTuple):
    """A piece of a clause that is read at once: its text with quantities as signs, the verb that goes on from the
    piece before."""

    text: str
    verb: str = ""


def understood(text: str, year: int, heading: str = "") -> Understood:
    """What a task's sentence is read as, and the place of each of its numbers.

    With a `heading` that promises numbers itself both are read, the heading as the first line of one text: what the
    sentence says again is not promised twice.
    """
    promises = any(one.use is None for one in mentions(heading))
    return _Sentence(f"{heading}\n{text}" if promises else text, year, has_heading=promises).understood()


class _Sentence:
    """One walk through a text."""

    def __init__(self, text: str, year: int, *, has_heading: bool) -> None:
        self._as_given, self._text = text, _PRIVATE.sub("\ufffd", text)
        self._year, self._has_heading = year, has_heading
        self._found = mentions(self._text)
        self._uses: dict[int, tuple[Use, tuple[int, ...], str]] = {}
        self._readings: list[ReadIndicator] = []
        self._queries: list[Query] = []
        self._asides: list[str] = []
        self._works: dict[int, list[int]] = {}
        self._list = self._gate = self._clause = ""
        self._sentence = self._half = 0
        self._month: int | None = None
        self._ways: dict[str, Callable[[re.Match[str], Piece], bool]] = {
            "gate": self._read_gate, "least": self._read_least, "often": self._read_often,
            "covered": self._read_covered, "each_of": self._read_each_of,
            "respectively": self._read_respectively, "each": self._read_each,
            "all": self._read_all, "part": self._read_part, "same": self._read_same, "bare": self._read_same,
            "step": self._read_step, "growth": self._read_growth, "rate": self._read_rate, "share": self._read_share,
            "plain": self._read_plain,
        }

    def understood(self) -> Understood:
        sentences = _SENTENCE_ENDS.split(_IN_BRACKETS.sub(self._put_aside, self._marked()))
        for number, sentence in enumerate(sentences):
            self._sentence, self._list = number, ""
            for half in re.split("[；;]", sentence):
                self._month, self._gate, self._half = None, "", len(self._readings)
                for clause in _CLAUSE_ENDS.split(half):
                    self._read_clause(clause.strip())
        texts = texts_in(sentences, self._restored, tuple(self._readings))
        texts = tuple(one._replace(deadline=self._last_day_in(one.quote)) if one.target else one for one in texts)
        numbers = tuple(self._numbers())
        return Understood((*self._weighed(), *texts), numbers, tuple(self._queries), self._as_given)

    def _marked(self) -> str:
        """The text with every quantity as one sign."""
        parts, end = [], 0
        for place, found in enumerate(self._found):
            if found.use is None and found.start >= end and FIRST + place <= LAST:
                parts += [self._text[end:found.start], chr(FIRST + place)]
                end = found.end
        return "".join((*parts, self._text[end:]))

    def _restored(self, marked: str) -> str:
        """The words again."""
        whole = re.sub(ASIDES, lambda found: self._asides[ord(found[0]) - ASIDE], marked)
        return re.sub(Q, lambda found: self._words(self._found[ord(found[0]) - FIRST]), whole)

    def _words(self, found: Mention) -> str:
        return self._text[found.start:found.end]

    def _put_aside(self, found: re.Match[str]) -> str:
        if len(self._asides) > 255:
            return found[0]
        self._asides.append(found[0])
        return chr(ASIDE + len(self._asides) - 1)

    def _numbers(self) -> Iterator[Number]:
        before: tuple[Use, tuple[int, ...], str] | None = None
        for place, one in enumerate(self._found):
            said = self._uses.get(place) or (one.use or Use.OPEN, (), "")
            if one.use is Use.OTHER and before is not None:  # the other end of a range
                said = before
            if said[0] is Use.OPEN and not self._is_asked(one):
                self._ask(one)
            yield Number(self._shown(one), one.at, one.value, *said)
            before = said

    def _shown(self, found: Mention) -> str:
        """A number as it stands in the text."""
        return self._text[found.at:found.at + len(found.text)]

    def _is_asked(self, found: Mention) -> bool:
        return any(query.column == "数" and query.default == self._shown(found) for query in self._queries)

    def _ask(self, found: Mention) -> None:
        """A number without a place is a question."""
        words = clause_at(self._text, found.at, found.at + len(found.text))
        asked = f"“{self._words(found)}”未归类：是指标的目标，还是不考核的数"
        self._queries.append(Query("数", asked, words, ("不考核", "另加一个指标"), self._shown(found)))

    def _read_clause(self, clause: str) -> None:
        self._clause = clause
        month = month_in(clause)
        self._month = month or self._month
        count = len(re.findall(Q, clause))
        if not count:
            self._read_without_quantity(clause, month)
        if not 0 < count <= _MOST:
            return
        clause = self._without_conditions(clause, at_beginning=True)
        verb = ""
        part = re.match("其中|(?:包括|包含|内含|含)", clause)
        for place, words in enumerate(pieces_of(self._without_conditions(clause))):
            text = f"其中{words}" if part and place else words
            own = VERB.search(re.split(Q, text)[0])
            verb = own[0] if own else verb
            self._read_piece(Piece(text, verb))
        self._list = ""

    def _read_without_quantity(self, clause: str, month: int | None) -> None:
        """A clause that names what the next one counts, or says when the work before it is done."""
        done = re.search(f"(?P<end>{_ENDS})|{_BEGINS}", clause)
        places = [place for place in self._latest() if place >= self._half] or self._latest()
        if month and done and len(clause) <= 24 and places:
            day = self._day_in(clause)
            for place in places:
                one = self._readings[place]
                definition = "；".join(filter(None, (one.definition, f"{month}月底前{done[0]}")))
                self._readings[place] = one._replace(
                    definition=definition, deadline=day if done["end"] else one.deadline,
                )
            self._month = None
        else:
            self._list = clause

    def _latest(self) -> list[int]:
        """The readings of the sentence that is being read."""
        return [place for place, one in enumerate(self._readings) if one.sentence == self._sentence]

    def _before_this(self) -> list[int]:
        """The readings of the sentence that is being read, or of the last one before it that has some."""
        last = self._readings[-1].sentence if self._readings else 0
        return [place for place, one in enumerate(self._readings) if one.sentence == last]

    def _read_piece(self, piece: Piece) -> None:
        before = len(self._readings)
        inside = re.findall(ASIDES, piece.text)
        piece = piece._replace(text=re.sub(ASIDES, "", piece.text))
        for name, read in self._ways.items():
            found = BY_NAME[name].pattern.match(piece.text)
            if found and read(found, piece):
                break
        for sign in inside:
            self._read_aside(self._asides[ord(sign) - ASIDE], range(before, len(self._readings)))

    def _without_conditions(self, text: str, *, at_beginning: bool = False) -> str:
        """A text in which the quantities that only say which things are meant (20户以上自然村, 八类案件) are words;
        of a whole clause, only the one that it begins with."""
        signs = list(re.finditer(Q, text))
        for sign in signs[:-1]:
            if at_beginning and not re.search("(?:^|的|对|为|在)\\Z", text[:sign.start()]):
                continue
            one, after = self._quantity(sign[0]), text[sign.end():sign.end() + 2]
            goes_on = re.match("的?[\u4e00-\u9fff“]", after) is not None
            is_next_noun = goes_on and not re.match(f"{BREAKS.pattern}|共|总|计", after)
            is_condition = self._words(one).endswith(("以上", "以下", "以内")) or one.measure in ("类", "种", "级")
            is_condition = is_condition or self._is_whole_of_a_rate(text[sign.end():])
            is_condition = is_condition or not (one.measure or one.comparator or one.is_share or one.is_misread)
            if is_next_noun and is_condition and not one.approach and not VERB.match(text[sign.end():]):
                self._say(sign[0], Use.NAME)
                text = text.replace(sign[0], self._words(one))
                return self._without_conditions(text, at_beginning=at_beginning)
        return text

    def _is_whole_of_a_rate(self, after: str) -> bool:
        """Whether what stands after a quantity is the name of a rate and its target: 118座设施有效运行率不低于90%."""
        found = re.match(f"(?P<name>[^，、]*?(?:率|比例|占比))(?P<q>{Q})", after)
        return found is not None and not re.search(Q, found["name"]) and self._quantity(found["q"]).is_share

    def _read_aside(self, aside: str, wholes: range) -> None:
        """What stands in brackets: parts of what stands before, the same work in another measure, or by what rule."""
        for text in re.split("[，、；,;]", aside[1:-1]):
            signs = re.findall(Q, text)
            is_each = len(signs) == 1 and re.match("每|各", text) and not self._quantity(signs[0]).comparator
            if is_each or re.match("按|依|参照|执行", text):
                for sign in signs:
                    self._say(sign, Use.STANDARD)
                continue
            if len(signs) != 1 or not wholes:
                continue  # a number without a place is asked
            least = BY_NAME["least"].pattern.match(text)
            if least and self._read_least(least, Piece(text)):
                continue
            if BY_NAME["same"].pattern.match(text) or re.fullmatch(Q, text):
                self._add_same(text, signs[0], wholes[-1])
            else:
                self._add_part(text, signs[0], wholes[-1])

    def _context(self, text: str, verb: str = "") -> Context:
        return Context(
            quote=self._restored(text).strip(" 、，和及"), clause=self._restored(self._clause), verb=verb,
            deadline=self._day_in(self._clause) or self._carried_day(), sentence=self._sentence,
        )

    def _day_in(self, text: str) -> date | None:
        """The day by which a text wants its work done: none of a year that is over (2000年底前建成的小区)."""
        day = deadline_in(text, self._year)
        return day if day and day.year >= self._year else None

    def _last_day_in(self, text: str) -> date | None:
        """The last of the days that the clauses of a text name: those before it are of its steps."""
        return max(filter(None, map(self._day_in, _CLAUSE_ENDS.split(text))), default=None)

    def _carried_day(self) -> date | None:
        return deadline_in(f"{self._month}月底前", self._year) if self._month else None

    def _quantity(self, sign: str) -> Mention:
        return self._found[ord(sign) - FIRST]

    def _say(self, sign: str, use: Use, readings: tuple[int, ...] = (), words: str = "") -> None:
        """What became of a number."""
        self._uses[ord(sign) - FIRST] = (use, readings, words)

    def _add(self, sign: str, *made: ReadIndicator) -> bool:
        """Take indicators of which this number is the target."""
        places = tuple(range(len(self._readings), len(self._readings) + len(made)))
        self._readings += made
        self._say(sign, Use.TARGET, places)
        return True

    def _read_gate(self, found: re.Match[str], piece: Piece) -> bool:
        one = self._quantity(found["q"])
        if one.is_share or not one.measure or one.approach:
            return False
        what = f"{bare_name(found['rest'])}{found['object']}" if not found["object"].strip() else found["object"]
        self._gate = found["scope"]
        return self._add(found["q"], making.gate(found["scope"], found["has"], one, what, self._context(piece.text)))

    def _read_least(self, found: re.Match[str], piece: Piece) -> bool:
        one = self._quantity(found["q"])
        is_least = one.comparator is not None or re.search("至少|不少于|不低于|最少", found["rest"])
        if one.is_share or not is_least or one.approach:
            return False
        self._gate = found["scope"]
        context = self._context(piece.text)
        return self._add(found["q"], making.least(found["scope"], found["rest"], one, context))

    def _read_often(self, found: re.Match[str], piece: Piece) -> bool:
        """So many each month or each person: no target of the year."""
        one = self._quantity(found["q"])
        is_limit = one.measure in LIMITS and found["scope"] not in _EACH
        if one.measure.startswith("元/") or (is_limit and one.comparator is not None):
            each = f"每{found['scope']}{found['rest']}"
            made = making.count(one, each, found["object"], self._context(piece.text))
            name = re.sub("[由从]每.*", "", f"{found['lead']}{each}")
            return self._add(found["q"], made._replace(name=bare_name(name)))
        if found["scope"] == "户" and (one.comparator is not None or "至少" in found["rest"]):
            made = making.gate("户", "有", one, f"{found['object']}", self._context(piece.text))
            return self._add(found["q"], made)
        use = Use.STANDARD if found["scope"] in _EACH else Use.OPEN
        self._say(found["q"], use, words=f"每{found['scope']}")
        return True

    def _read_covered(self, found: re.Match[str], piece: Piece) -> bool:
        """实现A和B、C等2种D全覆盖: A is there, and so are two of D."""
        one, context = self._quantity(found["q"]), self._context(piece.text)
        self._readings.append(making.whole_or_not(f"{found['first']}全覆盖", context))
        counted = making.count(one, "", found["object"], context)
        ask = Query("类型", "是年初至今新做的数，还是期末已有的数", context.quote, making.KINDS, Kind.STOCK.value)
        kept = tuple(query for query in counted.queries if query.column != "类型")
        return self._add(found["q"], counted._replace(
            kind=Kind.STOCK, name=f"{found['object'].strip()}{one.measure}数", queries=(*kept, ask),
            pace_rule=PaceRule.STEPS,
        ))

    def _read_each_of(self, found: re.Match[str], piece: Piece) -> bool:
        """为23所学校各配备1套设备: 23 schools; what each gets is no target of its own."""
        one, each = self._quantity(found["q"]), self._quantity(found["s"])
        if one.is_share or each.is_share or not one.measure:
            return False
        self._say(found["s"], Use.STANDARD, words=f"每{one.measure}")
        tail = f"{found['object']}{found['verb']}{found['tail']}"
        return self._add(found["q"], making.count(one, found["head"], tail, self._context(piece.text, piece.verb)))

    def _read_respectively(self, found: re.Match[str], piece: Piece) -> bool:
        """A、B分别达到x、y: in this order, where they are as many."""
        names, signs = names_in(found["list"]), re.findall(Q, piece.text)
        if len(names) < 2 and self._list:
            names = names_in(self._list)
        if len(names) != len(signs):
            return True  # asked
        first = self._quantity(signs[0])
        for name, sign in zip(names, signs, strict=True):
            one = self._quantity(sign)
            one = one._replace(comparator=one.comparator or first.comparator, approach=one.approach or first.approach)
            one = one._replace(measure=first.measure) if one.measure == "元" else one
            made = self._one_of(name, one, self._context(piece.text, piece.verb))
            self._add(sign, made)
        return True

    def _one_of(self, name: str, one: Mention, context: Context) -> ReadIndicator:
        return making.rate(one, name, context) if one.is_share else making.count(one, name, "", context)

    def _read_each(self, found: re.Match[str], piece: Piece) -> bool:
        """A、B各15000人: as many indicators as names, never their sum."""
        if re.match("类|级|种|项|地|方|界|族|单位|部门|有关|相关|乡镇|街道", found["verb"]):
            return False
        lists = found["list"] if re.search("[、和及与]", found["list"]) else self._list
        names, one = names_in(lists), self._quantity(found["q"])
        context = self._context(piece.text, piece.verb)
        if lists is self._list and names:
            context = context._replace(quote=f"{self._restored(self._list)}，{context.quote}")
        if len(names) < 2 and one.value == 1 and not one.is_share:
            self._say(found["q"], Use.STANDARD, words="各")
            return True
        if len(names) < 2:
            return False
        return self._add(found["q"], *(self._one_of(f"{name}{found['tail']}", one, context) for name in names))

    def _read_all(self, found: re.Match[str], piece: Piece) -> bool:
        names, one = names_in(found["list"]), self._quantity(found["q"])
        if len(names) < 2:
            return False
        context = self._context(piece.text, piece.verb)
        return self._add(found["q"], *(self._one_of(name, one, context) for name in names))

    def _read_part(self, found: re.Match[str], piece: Piece) -> bool:
        latest = self._latest()
        if not latest:
            return False
        is_bare = self._quantity(found["q"]).comparator is None
        if is_bare and month_in(self._clause) and self._restates(found["q"], f"{found['head']}{found['tail']}"):
            return True
        self._add_part(piece.text, found["q"], latest[-1])
        return True

    def _add_part(self, text: str, sign: str, parent: int) -> None:
        """A part of what was read before; of a part, of the same whole."""
        whole = self._readings[parent]
        root = parent if whole.parent is None else whole.parent
        head, tail = re.split(Q, text, maxsplit=1)
        head = re.sub("^(?:其中|内含|包括|包含|含|新增)*[：:，]?", "", head)
        made = making.part(self._quantity(sign), head or tail, self._readings[root], root, self._context(text))
        self._add(sign, made)

    def _read_same(self, found: re.Match[str], piece: Piece) -> bool:
        """The same work in another measure: its weight is shared; or how many in all of what was only named."""
        latest = self._latest()
        is_in_all = re.match("，?(?:总?共计?|合计|总计|计)", piece.text) and self._clause.startswith(piece.text)
        if is_in_all and self._list and VERB.search(self._list) and not self._quantity(found["q"]).is_share:
            named = making.count(self._quantity(found["q"]), self._list, "", self._context(piece.text))
            return self._add(found["q"], named)
        if not latest or self._quantity(found["q"]).is_share or self._readings[latest[-1]].kind is Kind.RATIO:
            return False
        self._add_same(piece.text, found["q"], latest[-1])
        return True

    def _add_same(self, text: str, sign: str, of: int) -> None:
        one, whole = self._quantity(sign), self._readings[self._first_of(of)]
        more = re.sub(f"{Q}.*|总?共计?|合计|总计|约|、|，|达|可", "", text)
        made = making.count(one, whole.name, "", self._context(text))
        made = made._replace(
            kind=whole.kind, name=f"{whole.name}{'：' if more else ''}{more}（{one.measure}）"[:60], tier=whole.tier,
            pace_rule=whole.pace_rule, deadline=whole.deadline,
            queries=tuple(query for query in made.queries if query.column != "类型"),
        )
        self._works.setdefault(self._first_of(of), [self._first_of(of)]).append(len(self._readings))
        self._add(sign, made)

    def _first_of(self, place: int) -> int:
        """The reading that began the work of one."""
        return next((first for first, places in self._works.items() if place in places), place)

    def _weighed(self) -> Iterator[ReadIndicator]:
        """The readings, one work in several measures counting once."""
        sizes: dict[int, int] = {}
        for places in self._works.values():
            sizes |= dict.fromkeys(places, len(places))
        for place, one in enumerate(self._readings):
            yield one._replace(weight=Fraction(1, sizes.get(place, 1)))

    def _read_step(self, found: re.Match[str], piece: Piece) -> bool:
        """By a month a part of the work before it."""
        one, month = self._quantity(found["q"]), self._month
        head = "" if re.search("完成|开工率|完工率|竣工率", piece.text) and month_in(self._clause) else found["head"]
        head = re.sub("完成|达到|实现|建成", "", bare_name(head))
        counted = [place for place in self._before_this() if self._readings[place].kind is not Kind.RATIO]
        if not one.is_share or month is None or head or one.value is None or _is_rate(piece.text):
            return False
        if not counted:
            return month_in(self._clause) is not None  # asked: a part of what stands nowhere
        for place in counted:
            steps = (*self._readings[place].steps, (month, one.value))
            self._readings[place] = self._readings[place]._replace(steps=steps, pace_rule=PaceRule.STEPS)
        self._say(found["q"], Use.STEP, tuple(counted), f"{month}月底")
        return True

    def _name_before(self) -> str:
        """What the reading before this one is about, where it said only by how much that grows."""
        latest = self._latest()
        return re.sub("(?:提高|增长|下降|减少)\\Z", "", self._readings[latest[-1]].name) if latest else ""

    def _of_stage(self, made: ReadIndicator, head: str) -> ReadIndicator:
        """Of the works just counted fewer that get as far (加装电梯15部，建成投用10部): a part of them."""
        latest = self._latest()
        whole = self._readings[latest[-1]] if latest else None
        stage = bare_name(re.split("[、，]", head)[-1])
        if whole is None or not _STAGE.fullmatch(stage) or whole.measure != made.measure:
            return made
        if whole.target is None or made.target is None or made.target >= whole.target:
            return made
        return made._replace(parent=self._first_of(latest[-1]), name=f"{whole.name}：{stage}"[:60])

    def _read_first_of_several(self, found: re.Match[str], piece: Piece) -> None:
        """Of several quantities in one piece the first: where it stood before, for whom, or what the rest describes."""
        sign, head, tail = found["q"], found["head"], found["tail"]
        one = self._quantity(sign)
        if re.search("[由从]\\Z", head) and self._quantity(re.findall(Q, tail)[0]).approach:
            self._say(sign, Use.OTHER, words="原有数")
            self._read_piece(Piece(f"{head[:-1]}{tail}", piece.verb))
        elif FOR_WHOM.search(head):
            self._read_piece(Piece(f"{head}{tail}", piece.verb))
        elif not one.is_share and one.measure:
            texts = self._restored(piece.text), self._restored(self._clause)
            words = Context(*texts, piece.verb, None, self._sentence)
            self._add(sign, making.count(one, head, self._restored(tail), words))

    def _of_no_target(self, one: Mention, head: str, tail: str) -> str:
        """What a number says that is no target: what something costs in all, how large it is that is promised whole,
        how many the names before it are; "" of any other."""
        if one.measure == "万元" and re.search(TOTAL_COST, head):
            return "总投资"
        if re.search("[”」》]\\Z", head) and re.match("工程|行动|计划|活动|项目", tail):
            return "前面所列的个数" if one.measure in ("项", "大", "个") else ""
        counted = any(self._readings[place].kind is not Kind.RATIO for place in self._latest())
        sizes = "总?建筑面积|总用地面积|占地面积|占地|设床位|设置床位|规划床位|规划用地|总面积"
        is_size = re.match(sizes, bare_name(head)) is not None and one.comparator is None
        return "规模" if is_size and not counted else ""

    def _restates(self, sign: str, words: str) -> bool:
        """Whether a number says again what was promised, or how much of it is to be there by a month."""
        one = self._quantity(sign)
        if one.value is None or one.is_share or (one.comparator is not None and self._month is None):
            return False
        own = re.sub(f"{VERB.pattern}|累计|全部|共", "", bare_name(words))
        for place in reversed(range(len(self._readings))):
            whole = self._readings[place]
            is_before = self._has_heading and whole.sentence == 0 and self._sentence > 0
            is_same = whole.measure == one.measure and whole.tier is Tier.ASSESSED and whole.target is not None
            if not is_same or not (not own or have_words_in_common(own, whole.name)):
                continue
            if one.value == whole.target and is_before:
                return self._say_step(sign, place, Use.TARGET)
            if self._month is not None and whole.target and one.value <= whole.target:
                return self._say_step(sign, place, Use.STEP)
        return False

    def _say_step(self, sign: str, place: int, use: Use) -> bool:
        one, whole = self._quantity(sign), self._readings[place]
        if self._month is not None and one.value is not None and whole.target:
            steps = (*(step for step in whole.steps if step[0] != self._month), (self._month, one.value / whole.target))
            self._readings[place] = whole._replace(steps=steps, pace_rule=PaceRule.STEPS)
        self._say(sign, use, (place,), f"{self._month}月底" if self._month else "")
        return True

    def _read_growth(self, found: re.Match[str], piece: Piece) -> bool:
        one = self._quantity(found["q"])
        is_growth = one.approach in (RISE_BY, FALL_BY) and (one.is_share or one.measure == "个百分点")
        if not is_growth:
            return False
        head = bare_name(found["head"]) or self._name_before() or self._list
        return self._add(found["q"], making.growth(one, head, found["tail"], self._context(piece.text, piece.verb)))

    def _read_rate(self, found: re.Match[str], piece: Piece) -> bool:
        one = self._quantity(found["q"])
        if not one.is_share:
            return False
        head = found["head"]
        if len(bare_name(head)) <= _GENERIC and self._list:
            head = f"{bare_name(BEGUN.split(self._list)[-1])}{bare_name(head)}"
        return self._add(found["q"], making.rate(one, head, self._context(piece.text, piece.verb)))

    def _read_share(self, found: re.Match[str], piece: Piece) -> bool:
        one = self._quantity(found["q"])
        if not one.is_share or not re.sub("以上|的", "", found["of"]).strip():
            return False
        done = f"{found['done']}{found['tail']}"
        return self._add(found["q"], making.share(one, found["of"], done, self._context(piece.text, piece.verb)))

    def _read_plain(self, found: re.Match[str], piece: Piece) -> bool:
        """A number of things, or a part of what has a name; of several quantities the last, those before are asked."""
        sign, head, tail = found["q"], found["head"], found["tail"]
        one = self._quantity(sign)
        if re.search(Q, tail):
            self._read_first_of_several(found, piece)
            return True
        named = bare_name(head) or (self._name_before() if one.is_share and one.approach and not tail else "")
        words = self._of_no_target(one, head, tail)
        if words:
            self._say(sign, Use.OTHER, words=words)
            return True
        if not (named or tail.strip() or piece.verb) or self._restates(sign, f"{head}{tail}"):
            return True
        context = self._context(piece.text, piece.verb)
        if re.search("(?:消除|杜绝|取缔)\\Z", head) and tail:
            self._say(sign, Use.NAME)
            self._readings.append(making.whole_or_not(f"{bare_name(head)}{self._words(one)}{tail}", context))
            return True
        if one.measure == ZERO_MEASURE:
            return self._add(sign, making.none_at_all(head, tail, context))
        if one.is_share:
            return self._add(sign, making.rate(one, named, context)) if named else True
        is_limit = one.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST) and not one.approach
        if self._gate and is_limit and not VERB.search(head):
            return self._add(sign, making.least(self._gate, head, one, context))
        self._gate = ""
        made = self._of_stage(making.count(one, head, tail, context), head)
        if len(made.name) < _TOO_SHORT and self._list:
            made = made._replace(name=f"{bare_name(BEGUN.split(self._list)[-1])}"[:40] or made.name)
        return self._add(sign, made)
