"""What the journal keeps: a record for each kind of entry, and how it stands on a line.

Nobody else knows the keys of a line. A line is an envelope (its number, how many of its batch follow, the
program that wrote it, the digest of the line before) around an entry of one kind. Lines of every
earlier program are read: what they lack is as `absent` says. Kinds and fields that a later program added
are refused in words: to pass over them would be to reckon without them.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from minsheng_xl.accounts.period import Past, Reported
from minsheng_xl.accounts.questions import Pending
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Content, Doubt, Figure, Outcome, amount_of
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import plain
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.versions import ChangeKind, Difference, PlanChange
from minsheng_xl.problems import MinshengError, Problem, Severity

FigureCells: TypeAlias = "Mapping[Key, Figure | None]"
"""Input cells and what stands in them now; None is a cell that was cleared."""
Measures: TypeAlias = "Mapping[str, str]"
"""In what the figures of an entry were measured, by indicator."""
_NONE: Mapping[Any, Any] = MappingProxyType({})


class PlanUsed(NamedTuple):
    """A version of the plan came into use: its digest, and the sha256 of the 计划.xlsx that was kept; what moves figures
    and differs from the version before, each with its beginning (None in a line that does not say it: then all of it
    corrects), and who brought it in."""

    at: datetime
    plan: str
    sha256: str
    changes: tuple[PlanChange, ...] | None = None
    who: str = ""


class ChangeAnswered(NamedTuple):
    """The office said in 变更记录 of a change, by its number in the year, when it begins."""

    at: datetime
    number: int
    change: PlanChange
    who: str = ""


class Issued(NamedTuple):
    """A workbook for a unit to fill in: in 发出/, or to correct: in 退回/ (`plan` is then ""). `head` is the head of the
    journal's chain that stands at its foot, "" if none does; `who` sent it, "" in a line that does not say it."""

    at: datetime
    period: Period
    unit: str
    sha256: str
    file: str
    form: str
    plan: str
    head: str = ""
    who: str = ""


class CertifyingIssued(NamedTuple):
    """A workbook for a certifier, with what was `reported` of each indicator as it stands there, and the `head` of the
    journal's chain at its foot."""

    at: datetime
    period: Period
    unit: str
    sha256: str
    file: str
    form: str
    plan: str
    reported: Mapping[str, Reported]
    head: str = ""
    who: str = ""


class ConfirmingIssued(NamedTuple):
    """A 核对单 for a lead, with the figures in use that it shows of each indicator, as texts (the figure, 分子, 分母); by
    `due`, an ISO date, silence counts as consent, "" where it never does; `head` as on other forms."""

    at: datetime
    period: Period
    unit: str
    sha256: str
    file: str
    form: str
    plan: str
    shown: Mapping[str, tuple[str, ...]]
    due: str = ""
    head: str = ""
    who: str = ""


class RunBegun(NamedTuple):
    """A consolidation for a period took files in; what it judged follows."""

    at: datetime
    run: int
    period: Period


class Judged(NamedTuple):
    """A received file was judged; `kept` is False where its bytes are too many for the archive."""

    at: datetime
    run: int
    received: datetime
    returned: Return
    measures: Measures = _NONE
    kept: bool = True


class TypedIn(NamedTuple):
    """The office changed input cells of a unit in a master; `live` if it was open in a spreadsheet program. `who` noted
    it, "" in a line that does not say it."""

    at: datetime
    run: int
    file: str
    period: Period
    unit: str
    cells: FigureCells
    measures: Measures = _NONE
    live: bool = False
    who: str = ""


class Decided(NamedTuple):
    """The office settled an item of 待决事项, as it stood then; `cells` are those that it filled in by it."""

    at: datetime
    run: int
    period: Period
    unit: str
    id: str
    word: str
    who: str
    why: str
    item: Pending
    cells: FigureCells
    measures: Measures = _NONE


class ReceiptCorrected(NamedTuple):
    """The office corrected when a file was received."""

    at: datetime
    sha256: str
    file: str
    received: datetime
    who: str
    why: str


class PaperNoted(NamedTuple):
    """The office said of the signed paper of a return: on which day it came, None if that is taken back, and whether
    its 核对数 agrees with the file, None where nothing is said of it now. `master` is the file in which that was typed,
    "" of a command."""

    at: datetime
    period: Period
    unit: str
    sha256: str
    file: str
    received: date | None
    agrees: bool | None = None
    who: str = ""
    master: str = ""


class Closed(NamedTuple):
    """A period was closed with what stood up to the entry `upto`: each indicator's trusted value, in what it was
    measured, and how it stood; `print` is the sha256 of 打印稿.xlsx of that day, `head` the head of the journal's chain
    as it stood. `last_wins` is None in a line that does not say it. `overdue` is what was still in question and was
    settled by the closing alone; `document`, `signed_by` and `dated` (an ISO date) are what stands on the circular.
    `figures_owed`: a unit that owed figures and wrote words alone stood as 未报; in a line that does not say it, as
    已采用."""

    at: datetime
    run: int
    period: Period
    plan: str
    upto: int
    who: str
    last_wins: bool | None
    values: Mapping[str, Value]
    measures: Measures
    past: Mapping[str, Past]
    print: str
    head: str = ""
    overdue: tuple[Pending, ...] = ()
    document: str = ""
    signed_by: str = ""
    dated: str = ""
    figures_owed: bool = False


class Reopened(NamedTuple):
    """A closing was taken back: what came since is as if the period had never been closed."""

    at: datetime
    period: Period
    who: str
    why: str


class LastYearRead(NamedTuple):
    """What stood a year before a period was read in the folder of last year: in which period of it, and the value of
    each indicator that was reported there, by the code that it has here."""

    at: datetime
    period: Period
    stood: Period
    values: Mapping[str, Value]


class Reminded(NamedTuple):
    """Units were reminded of a period's return: before the due day, on it or after it (`stage`, "" in a line that does
    not say it)."""

    at: datetime
    period: Period
    units: tuple[str, ...]
    who: str = ""
    stage: str = ""


class LetterRead(NamedTuple):
    """A mail was read: who sent it, what it said, whose it is, how it ended (a word of `LetterOutcome`), and how many
    files were in it. `has_link`: an attachment was left at a provider's. `received` as for a file."""

    at: datetime
    run: int
    received: datetime
    file: str
    sha256: str
    sender: str
    subject: str
    words: str
    unit: str
    outcome: str
    parts: int = 0
    has_link: bool = False


class Fetched(NamedTuple):
    """A mail was taken from a mailbox (`box`: server, user and folder), by its number there, which counts as long as
    `validity` stays; when the server received it, and as which `file` in 收件/ it was kept. `why` it was not, then
    `sha256` and `file` are ""."""

    at: datetime
    box: str
    validity: int
    uid: int
    received: datetime
    sha256: str = ""
    file: str = ""
    why: str = ""


class Posting(NamedTuple):
    """A mail to a unit is about to be handed to a server: if no `Posted` follows, nobody knows whether it was. `what`
    it carries, `sha256` of that; `letter` is its Message-ID, `to` its receivers."""

    at: datetime
    period: Period
    unit: str
    what: str
    sha256: str
    letter: str
    to: tuple[str, ...]
    who: str = ""


class Posted(NamedTuple):
    """How the mail of this Message-ID ended: sent, refused, or unknown, until the office says of it that it was `sent`
    or not (`unsent`); what the server `said`."""

    at: datetime
    period: Period
    unit: str
    what: str
    letter: str
    state: str
    said: str = ""
    who: str = ""


class CameOtherwise(NamedTuple):
    """The office said of a unit that its return of a period came on another way: it is not reminded any more."""

    at: datetime
    period: Period
    unit: str
    who: str = ""


class MatterRaised(NamedTuple):
    """A matter of a unit is supervised, under a number that stays its own until it is settled: what it is `about` (the
    code of an indicator, or the return of a period), and its `colour`, which a later line may make another."""

    at: datetime
    period: Period
    number: int
    unit: str
    about: str
    colour: str
    who: str = ""


class MatterSettled(NamedTuple):
    """A supervised matter is settled (销号)."""

    at: datetime
    period: Period
    number: int
    who: str = ""


class SlipApproved(NamedTuple):
    """A leader approved the slips of some units in a period, by a document: `matters` are the numbers and colours that
    he saw, as 3红色."""

    at: datetime
    period: Period
    matters: tuple[str, ...]
    approver: str
    document: str
    who: str = ""


class Stamped(NamedTuple):
    """A time-stamping authority has seen the `head` of the journal's chain; `sha256` is that of its answer."""

    at: datetime
    head: str
    sha256: str
    service: str


class ReportedUp(NamedTuple):
    """A period was reported to the level above: the workbook, its 上报码, and whether it was 已定稿, 更正稿 or 未定稿."""

    at: datetime
    period: Period
    file: str
    sha256: str
    code: str
    state: str
    who: str = ""


class MasterWritten(NamedTuple):
    """The master was written, or `edited` where it lies; `sha256` is "" where the office is to save it."""

    at: datetime
    period: Period
    plan: str
    upto: int
    sha256: str
    file: str
    edited: bool = False


JournalEntry: TypeAlias = (
    PlanUsed | Issued | CertifyingIssued | ConfirmingIssued | RunBegun | Judged | TypedIn | Decided
    | ReceiptCorrected | PaperNoted | Closed | Reopened | Reminded | MasterWritten | ChangeAnswered | Stamped
    | LastYearRead | LetterRead | Fetched | Posting | Posted | CameOtherwise | MatterRaised | MatterSettled
    | SlipApproved | ReportedUp
)


class Line(NamedTuple):
    """An entry in its envelope: its number from 1, how many entries of its batch follow, the digest of the line
    before ("" where lines were not chained), the program that wrote it ("" where the line names none), and, in the
    line with which the chain begins, how many bytes stand before it, of all of which `prev` is then the digest."""

    seq: int
    entry: JournalEntry
    more: int = 0
    prev: str = ""
    program: str = ""
    begins: int | None = None


def word_of(record: type) -> str:
    """The word by which a line names the kind of a record."""
    return _WORDS[record]


def is_known(kind: str) -> bool:
    """Whether a line of this kind can be read."""
    return kind in _KINDS


def line_text(line: Line) -> str:
    """A line of the journal, without its end."""
    kind = word_of(type(line.entry))
    packed = {**_ENVELOPE.pack(line), "kind": kind, **_KINDS[kind].pack(line.entry)}
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


def read_line(text: "str | bytes", file: str) -> Line:
    """The line of a text; `file` names the journal to a person.

    Raises ValueError if it is no JSON, MinshengError if it is of a later program or was tampered with.
    """
    packed = json.loads(text)
    if not isinstance(packed, dict):
        raise MinshengError(f"{file} 里有一行不是记录（看到：{str(packed)[:40]}）。{_TAMPERED}")
    kind = str(packed.pop("kind", ""))
    where = f"{file} 第 {packed.get('seq', '？')} 条"
    enveloped = {name: packed.pop(name) for name in _ENVELOPE.keys if name in packed}
    shape = _KINDS.get(kind)
    if shape is None:
        raise MinshengError(f"{where}的种类“{kind}”本程序不认识。{newer(enveloped.get('program', ''))}")
    try:
        return Line(entry=shape.unpack(packed), **_ENVELOPE.named(enveloped))
    except _NotKnownError as error:
        raise MinshengError(f"{where}（{kind}）里的“{error}”本程序不认识。{newer(enveloped.get('program', ''))}") from error
    except _NotReadError as error:
        raise MinshengError(f"{where}（{kind}）里的“{error}”没有或读不懂。{_TAMPERED}") from error


def newer(program: str = "") -> str:
    """What to do with a journal that a later program wrote."""
    wrote = f"（{program}）" if program else ""
    return f"它是较新的程序{wrote}写的，没有做任何改动。请更新本程序后再打开这个文件夹。"


_TAMPERED = "日志像是被改动过，没有做任何改动。请从备份恢复它后再打开这个文件夹。"


def register_text(text: "str | bytes") -> str:
    """A line as the register keeps it: how many followed is of no use there."""
    packed = json.loads(text)
    packed.pop("more", None)
    return json.dumps(packed, ensure_ascii=False)


def pack_return(one: Return) -> dict[str, Any]:
    """A judged return as JSON-ready values, as a child answers with it and the journal keeps it."""
    return _RETURN.pack(one)


def unpack_return(packed: Mapping[str, Any]) -> Return:
    """The return of packed values."""
    found: Return = _RETURN.unpack(packed)
    return found


def pack_problem(problem: Problem) -> dict[str, Any]:
    """A problem as the JSON interface writes it: as the journal does, without the cell of the form that is meant."""
    return _TOLD.pack(problem)


def unpack_value(text: str | None) -> Value:
    """The value of an indicator from its text: 是, 否, or a fraction."""
    return text if text is None or text in ("是", "否") else Fraction(text)


class _NotKnownError(Exception):
    """A field of a later program; `str()` is its name."""


class _NotReadError(Exception):
    """A field that is missing, or that is not what it should be; `str()` is its name."""


class _Codec(NamedTuple):
    """How a value stands on a line, and back."""

    pack: Callable[[Any], Any]
    unpack: Callable[[Any], Any]


class _LineField(NamedTuple):
    """A field of a record. Most stand under their own name; `keys` are all under which one stands."""

    name: str
    keys: tuple[str, ...]
    write: Callable[[Any], dict[str, Any]]
    read: Callable[[Mapping[str, Any]], Any]


class _Shape:
    """A record as an object of JSON: its fields in their order."""

    def __init__(self, record: type, *fields: _LineField) -> None:
        self.record, self._fields = record, fields
        self.keys = tuple(chain.from_iterable(field.keys for field in fields))

    def pack(self, record: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in self._fields:
            found |= field.write(getattr(record, field.name))
        return found

    def unpack(self, packed: Mapping[str, Any]) -> Any:
        """Raises _NotKnownError or _NotReadError."""
        return self.record(**self.named(packed))

    def named(self, packed: Mapping[str, Any]) -> dict[str, Any]:
        """The values of the fields by name."""
        unknown = [key for key in packed if key not in self.keys]
        if unknown:
            raise _NotKnownError("、".join(unknown))
        found: dict[str, Any] = {}
        for field in self._fields:
            try:
                found[field.name] = field.read(packed)
            except (KeyError, ValueError, TypeError, AttributeError, ZeroDivisionError) as error:
                raise _NotReadError(field.name) from error
        return found

    def one(self) -> _Codec:
        """A record of this shape within another."""
        return _Codec(self.pack, self.unpack)

    def many(self) -> _Codec:
        return _Codec(lambda records: [self.pack(one) for one in records], lambda found: tuple(map(self.unpack, found)))


def _of(kind: type) -> _Codec:
    """A value that JSON has itself; another is not read."""

    def checked(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(value)
        return value

    return _Codec(checked, checked)


_REQUIRED = object()
_TEXT, _WHOLE, _BOOL = _of(str), _of(int), _of(bool)


def _field(name: str, codec: _Codec = _TEXT, absent: Any = _REQUIRED, *, sparse: bool = False) -> _LineField:
    """A field under its own name. A line that lacks it means `absent`; `sparse`: then it is not written either."""

    def write(value: Any) -> dict[str, Any]:
        return {} if sparse and value == absent else {name: codec.pack(value)}

    def read(packed: Mapping[str, Any]) -> Any:
        if absent is not _REQUIRED and name not in packed:
            return absent
        return codec.unpack(packed[name])

    return _LineField(name, (name,), write, read)


def _or_none(codec: _Codec) -> _Codec:
    return _Codec(
        lambda value: None if value is None else codec.pack(value),
        lambda packed: None if packed is None else codec.unpack(packed),
    )


def _member(enum: type[Enum]) -> _Codec:
    """A member of an enum by its value."""
    return _Codec(lambda member: member.value, enum)


def _by_code(codec: _Codec) -> _Codec:
    """Something of each indicator."""
    return _Codec(
        lambda values: {code: codec.pack(value) for code, value in values.items()},
        lambda packed: {code: codec.unpack(value) for code, value in packed.items()},
    )


_DAY = _Codec(date.isoformat, date.fromisoformat)
_WHEN = _Codec(lambda when: when.isoformat(timespec="seconds"), datetime.fromisoformat)
_PERIOD = _Codec(str, Period.parse)
_VALUE = _Codec(str, unpack_value)
_MEASURES = _by_code(_TEXT)
_NAMES = _Codec(list, lambda names: tuple(map(_TEXT.unpack, names)))
_REPORTED = _Codec(
    lambda one: [_VALUE.pack(one.value), _PERIOD.pack(one.period)],
    lambda packed: Reported(_VALUE.unpack(packed[0]), _PERIOD.unpack(packed[1])),
)
_PAST = _Codec(
    lambda past: [past.status, "" if past.capped is None else str(past.capped)],
    lambda packed: Past(packed[0], Fraction(packed[1]) if packed[1] else None),
)


def _key(parts: Any) -> Key:
    part, of, name = map(_TEXT.unpack, parts)
    return Key(part, of, name)


_KEY = _Codec(lambda key: list(key or ()), lambda parts: _key(parts) if parts else None)
"""A cell of a form; [] and None where a whole file is meant."""


def _pack_figure(figure: "Figure | None") -> list[str]:
    """A figure as [kind, text]: n a number, t 是 or 否 or words, d a doubt, "" nothing."""
    if figure is None:
        return ["", ""]
    if isinstance(figure, Doubt):
        return ["d", figure.seen]
    return ["n", plain(figure)] if isinstance(figure, Fraction) else ["t", figure]


_FIGURES: "Mapping[str, Callable[[str], Figure | None]]" = {
    "n": Fraction, "t": str, "d": Doubt, "": lambda text: None,
}


def _unpack_cells(packed: Any) -> "dict[Key, Figure | None]":
    cells = {_key((part, of, name)): _FIGURES[kind](text) for part, of, name, kind, text in packed}
    texts = {key: figure for key, figure in cells.items() if key.is_amount and isinstance(figure, str)}
    return cells | {key: amount_of(text) for key, text in texts.items()}


_CELLS = _Codec(lambda cells: [[*key, *_pack_figure(figure)] for key, figure in cells.items()], _unpack_cells)
_SAID_WORDS = _Codec(
    lambda words: [[*key, text] for key, text in words.items()],
    lambda packed: {_key((part, of, name)): _TEXT.unpack(text) for part, of, name, text in packed},
)
_KEYS = _Codec(lambda keys: [list(key) for key in sorted(keys)], lambda packed: frozenset(map(_key, packed)))
_SAID = _Shape(
    Content, _field("figures", _CELLS), _field("words", _SAID_WORDS),
    _field("halves", _KEYS, frozenset()), _field("explained", _KEYS, frozenset()),
)


def _write_content(content: Content | None) -> dict[str, Any]:
    said = content or Content({}, {})
    return {"whole": content is None, **_SAID.pack(said._replace(figures=said.measured, words=said.words_of_form))}


def _read_content(packed: Mapping[str, Any]) -> Content | None:
    """None where nothing may be used: a line that does not say it says it by its outcome."""
    whole = packed.get("whole", packed["outcome"] not in (Outcome.ACCEPTED.value, Outcome.HELD.value))
    content = Content.of_form(*_SAID.unpack({key: packed[key] for key in _SAID.keys if key in packed}))
    if None in content.figures.values():
        raise ValueError(content)
    return None if _BOOL.unpack(whole) else content


_TOLD_FIELDS = (
    _field("code"), _field("severity", _member(Severity)), _field("sheet"), _field("cell"), _field("seen"),
    _field("expected"), _field("message"), _field("action"),
)
_TOLD = _Shape(Problem, *_TOLD_FIELDS)
_PROBLEM = _Shape(Problem, *_TOLD_FIELDS, _field("key", _KEY, None, sparse=True))
_RETURN_FIELDS = (
    _field("file"), _field("sha256"), _field("outcome", _member(Outcome)), _field("unit", _or_none(_TEXT)),
    _field("period", _or_none(_PERIOD)), _LineField("content", ("whole", *_SAID.keys), _write_content, _read_content),
    _field("problems", _PROBLEM.many()), _field("certifies", _BOOL, False),
    _field("confirms", _BOOL, False, sparse=True),
)
_RETURN = _Shape(Return, *_RETURN_FIELDS)
_ITEM = _Shape(
    Pending,
    _field("id"), _field("kind"), _field("unit"), _field("key", _KEY), _field("used"), _field("other"), _field("file"),
    _field("advice"), _field("sha256", absent=""),
    _field("decision", _Codec(lambda decision: None, lambda packed: None), None),  # it stands in the entry itself
    _field("came_for", absent=""),
)
_DIFFERENCE = _Shape(
    Difference, _field("table"), _field("row"), _field("column"), _field("was"), _field("now"),
)
_CHANGE = _Shape(
    PlanChange,
    _field("difference", _DIFFERENCE.one()), _field("kind", _member(ChangeKind)),
    _field("begins", _or_none(_PERIOD), None),
    _field("document", absent="", sparse=True), _field("basis", absent="", sparse=True),
)
_AT, _RUN, _IN = _field("at", _WHEN), _field("run", _WHOLE), _field("period", _PERIOD)
_ISSUED = (_AT, _IN, _field("unit"), _field("sha256"), _field("file"), _field("form"), _field("plan"))
_HEAD, _WHO = _field("head", absent="", sparse=True), _field("who", absent="", sparse=True)
_SENT = (_HEAD, _WHO)
_MEASURED = _field("measures", _MEASURES, {})


def _returned(packed: Mapping[str, Any]) -> Return:
    found: Return = _RETURN.unpack({key: packed[key] for key in _RETURN.keys if key in packed})
    return found


_ENVELOPE = _Shape(
    Line, _field("seq", _WHOLE), _field("more", _WHOLE, 0, sparse=True), _field("prev", absent="", sparse=True),
    _field("begins", _or_none(_WHOLE), None, sparse=True), _field("program", absent="", sparse=True),
)
_KINDS = {
    "plan": _Shape(
        PlanUsed,
        _AT, _field("plan"), _field("sha256"), _field("changes", _or_none(_CHANGE.many()), None, sparse=True), _WHO,
    ),
    "change": _Shape(
        ChangeAnswered, _AT, _field("number", _WHOLE), _field("change", _CHANGE.one()), _WHO,
    ),
    "issued": _Shape(Issued, *_ISSUED, *_SENT),
    "certifying": _Shape(CertifyingIssued, *_ISSUED, _field("reported", _by_code(_REPORTED)), *_SENT),
    "confirming": _Shape(
        ConfirmingIssued, *_ISSUED, _field("shown", _by_code(_NAMES)), _field("due", absent="", sparse=True),
        *_SENT,
    ),
    "run": _Shape(RunBegun, _AT, _RUN, _IN),
    "judged": _Shape(
        Judged, _AT, _RUN, _field("received", _WHEN), _LineField("returned", _RETURN.keys, _RETURN.pack, _returned),
        _MEASURED, _field("kept", _BOOL, True, sparse=True),
    ),
    "typed": _Shape(
        TypedIn, _AT, _RUN, _field("file", absent=""), _IN, _field("unit"), _field("cells", _CELLS), _MEASURED,
        _field("live", _BOOL, False, sparse=True), _WHO,
    ),
    "decided": _Shape(
        Decided, _AT, _RUN, _IN, _field("unit"), _field("id"), _field("word"), _field("who"), _field("why"),
        _field("item", _ITEM.one()), _field("cells", _CELLS), _MEASURED,
    ),
    "received": _Shape(
        ReceiptCorrected,
        _AT, _field("sha256"), _field("file"), _field("received", _WHEN), _field("who"), _field("why"),
    ),
    "paper": _Shape(
        PaperNoted, _AT, _IN, _field("unit"), _field("sha256"), _field("file"), _field("received", _or_none(_DAY)),
        _field("agrees", _or_none(_BOOL), None, sparse=True), _WHO,
        _field("master", absent="", sparse=True),
    ),
    "closed": _Shape(
        Closed, _AT, _RUN, _IN, _field("plan"), _field("upto", _WHOLE), _field("who"),
        _field("last_wins", _or_none(_BOOL), None), _field("values", _by_code(_VALUE)), _MEASURED,
        _field("past", _by_code(_PAST)), _field("print"), _HEAD,
        _field("overdue", _ITEM.many(), (), sparse=True), _field("document", absent="", sparse=True),
        _field("signed_by", absent="", sparse=True), _field("dated", absent="", sparse=True),
        _field("figures_owed", _BOOL, False, sparse=True),
    ),
    "reopened": _Shape(Reopened, _AT, _IN, _field("who"), _field("why")),
    "reminded": _Shape(Reminded, _AT, _IN, _field("units", _NAMES), _WHO, _field("stage", absent="", sparse=True)),
    "letter": _Shape(
        LetterRead, _AT, _RUN, _field("received", _WHEN), _field("file"), _field("sha256"), _field("sender"),
        _field("subject"), _field("words"), _field("unit"), _field("outcome"), _field("parts", _WHOLE, 0),
        _field("has_link", _BOOL, False, sparse=True),
    ),
    "fetched": _Shape(
        Fetched, _AT, _field("box"), _field("validity", _WHOLE), _field("uid", _WHOLE), _field("received", _WHEN),
        _field("sha256", absent="", sparse=True), _field("file", absent="", sparse=True),
        _field("why", absent="", sparse=True),
    ),
    "posting": _Shape(
        Posting, _AT, _IN, _field("unit"), _field("what"), _field("sha256"), _field("letter"), _field("to", _NAMES),
        _WHO,
    ),
    "posted": _Shape(
        Posted, _AT, _IN, _field("unit"), _field("what"), _field("letter"), _field("state"),
        _field("said", absent="", sparse=True), _WHO,
    ),
    "otherwise": _Shape(CameOtherwise, _AT, _IN, _field("unit"), _WHO),
    "matter": _Shape(
        MatterRaised, _AT, _IN, _field("number", _WHOLE), _field("unit"), _field("about"), _field("colour"), _WHO,
    ),
    "matter_settled": _Shape(MatterSettled, _AT, _IN, _field("number", _WHOLE), _WHO),
    "slip_approved": _Shape(
        SlipApproved, _AT, _IN, _field("matters", _NAMES), _field("approver"), _field("document"), _WHO,
    ),
    "reported_up": _Shape(
        ReportedUp, _AT, _IN, _field("file"), _field("sha256"), _field("code"), _field("state"), _WHO,
    ),
    "stamped": _Shape(Stamped, _AT, _field("head"), _field("sha256"), _field("service")),
    "last_year": _Shape(LastYearRead, _AT, _IN, _field("stood", _PERIOD), _field("values", _by_code(_VALUE))),
    "master": _Shape(
        MasterWritten, _AT, _IN, _field("plan"), _field("upto", _WHOLE), _field("sha256"), _field("file"),
        _field("edited", _BOOL, False),
    ),
}
_WORDS: "dict[type, str]" = {shape.record: word for word, shape in _KINDS.items()}

