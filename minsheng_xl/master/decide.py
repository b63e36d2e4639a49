"""What only the office can settle: a word for each item of 待决事项, journalled with who, when, why."""

from datetime import date, datetime
from fractions import Fraction

from minsheng_xl.accounts.questions import (
    AGAIN,
    CONFLICT,
    CORRECTION,
    DOUBTFUL,
    FADED,
    HANDED,
    KEPT_AS_IS,
    OBJECTION,
    TYPED,
    WHOLE,
    Pending,
    choices_of,
)
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Figure, Outcome, figure_in
from minsheng_xl.exact.keys import CHOICE, Key
from minsheng_xl.figures.definitions import NOT_APPLICABLE
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.intake.figures import read_number
from minsheng_xl.intake.stream import judge_one
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.receipts import files_asked
from minsheng_xl.ledger.units import measures_in, measures_of
from minsheng_xl.master.paper import SHORTEST, not_one_file
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.rules import identity
from minsheng_xl.year.entries import Decided, FigureCells, Judged, ReceiptCorrected
from minsheng_xl.year.folder import Year

ATTACHED = "附件"
_THEIRS, _NUMBERS = ("用新数", "以来件为准"), (DOUBTFUL, CORRECTION, CONFLICT, TYPED, OBJECTION, HANDED)
_OF_UNIT = (WHOLE, AGAIN)


def decide(
    year: Year, id: str, word: str, now: datetime, *, who: str = "", why: str = "", period: Period | None = None,
    run: int | None = None,
) -> Pending:
    """Settle an item of 待决事项 by a word: one of its choices, a number, or a unit's name.

    Without a period it is looked for in all of them; `who` signs it, else who works in the folder; `run` is
    that of the consolidation that carries it out. Returns the item as it stood. Raises MisuseError for an id that is
    not there or a word that cannot be meant.
    """
    with year.locked():
        found = _find(year, id, period)
        if found is None:
            raise MisuseError(_not_found(year, id))
        at, item = found
        if item.came_for:
            at = Period.parse(item.came_for)
        elif year.register.closed(at) is not None:
            raise MisuseError(_closed(at))
        run = year.register.next_run() if run is None else run
        cells, judged = _meant(year, at, item, word.strip(), now, run)
        decided = Decided(
            at=now,
            run=run,
            period=at,
            unit=item.unit,
            id=item.id,
            word=word.strip(),
            who=year.signed(who),
            why=why,
            item=item._replace(decision=None),
            cells=cells,
            measures=measures_of(year.plan.at(at), [item.key] if item.key else ()),
        )
        year.register.record([decided, *judged])
        return item


def correct_receipt(year: Year, sha256: str, received: date, now: datetime, *, who: str = "", why: str = "") -> str:
    """Correct when a file was received, by the beginning of its fingerprint. Returns its name.

    Raises MisuseError if no file, or more than one, has such a fingerprint.
    """
    with year.locked():
        returns = [entry.returned for entry in year.register.entries(Judged)]
        names = {one.sha256: one.file for one in returns if one.sha256.startswith(sha256)}
        if len(names) != 1 or len(sha256) < SHORTEST:
            raise MisuseError(not_one_file(sha256, len(names)))
        if not date(year.plan.settings.year, 1, 1) <= received <= now.date():
            raise MisuseError(f"收到日期 {received} 不会是真的：应在 {year.plan.settings.year} 年以来、今天以前。")
        ((full, file),) = names.items()
        noon = datetime(received.year, received.month, received.day, 12)
        corrected = ReceiptCorrected(
            at=now, sha256=full, file=file, received=noon, who=year.signed(who), why=why
        )
        year.register.record([corrected])
        return file


def _not_found(year: Year, id: str) -> str:
    """Why an id is not there: its question lapsed when its period was closed, or there never was one."""
    for at in year.plan.periods:
        closed = year.register.closed(at)
        if closed is not None and any(item.id == id for item in closed.overdue):
            return _closed(at)
    return f"待决事项里没有编号 {id}。请照总台账“待决事项”里的编号写。"


def _closed(at: Period) -> str:
    return f"{at} 已经定稿，不能再定。要更正，请单位按 {at} 的表重报，计入下期的上期累计。"


def _find(year: Year, id: str, period: Period | None) -> tuple[Period, Pending] | None:
    for at in [period] if period else reversed(year.plan.periods):
        for item in account_of(year.plan, year.register, at).pending:
            if item.id == id:
                return at, item
    return None


def _meant(
    year: Year, period: Period, item: Pending, word: str, now: datetime, run: int
) -> tuple[FigureCells, list[Judged]]:
    """What a word comes to: cells that the office fills in, or judgements of files."""
    if item.kind in _NUMBERS:
        assert item.key is not None  # they are about a figure
        figure = _figure(year, period, item, item.key, word)
        keys = [item.key, item.key.beside(CHOICE)] if figure == NOT_APPLICABLE else [item.key]
        return (dict.fromkeys(keys, figure) if figure is not None else {}), []
    if word in ("不理", "不采用") or (item.kind == FADED and word in choices_of(item)):
        return {}, []
    unit = year.plan.canonical(word.removeprefix(ATTACHED).lstrip("：: "))
    if item.kind in _OF_UNIT:
        unit = item.unit if word == "采用" else unit if item.kind == WHOLE else None
    if not unit or item.kind == FADED:
        names = "" if item.kind in (AGAIN, FADED) else "，或计划中的单位名称"
        raise MisuseError(f"看不懂“{word}”。请写 {'、'.join(choices_of(item))}{names}。")
    file, sha256 = item.file, item.sha256
    received = _received(year, sha256, now)
    if item.kind in _OF_UNIT and unit == item.unit:
        again = judge_one(year.root, file, year.archive.kept(sha256, f"来件 {file}"), year.state(), (unit, str(period)))
        if again.content is None:
            reason = again.problems[0] if again.problems else ""
            raise MinshengError(f"{file} 不能当作{unit} {period} 的表采用：{reason}")
        return {}, [_judged(year, again, now, run, received)]
    outcome = Outcome.ATTACHMENT if word.startswith(ATTACHED) else Outcome.REFUSED
    problems = () if outcome is Outcome.ATTACHMENT else (identity.ASSIGNED.problem(seen=item.other),)
    blank = Return(file="", sha256="", outcome=outcome, unit=unit, period=period, problems=problems)
    assigned = [blank._replace(file=file, sha256=sha256) for file, sha256 in files_asked(year.register, period, item)]
    return {}, [_judged(year, one, now, run, _received(year, one.sha256, now)) for one in assigned]


def _received(year: Year, sha256: str, now: datetime) -> datetime:
    """When a file came."""
    came = (entry.received for entry in year.register.entries(Judged) if entry.returned.sha256 == sha256)
    return next(came, now)


def _judged(year: Year, one: Return, now: datetime, run: int, received: datetime) -> Judged:
    return Judged(now, run, received, one, measures_in(year.plan, one))


def _figure(year: Year, period: Period, item: Pending, key: Key, word: str) -> "Figure | None":
    """The figure that a word puts into the cell; None leaves all as it is."""
    known = word in choices_of(item)
    if word in ("不计入", KEPT_AS_IS):
        return None
    if known and word in ("用原数", "以台账为准"):
        return figure_in(item.used)
    said = item.other if known and (word in _THEIRS or word == "属实") else word
    number = read_number(said)
    value: Figure | None = number if number is not None else figure_in(said)
    plan = year.plan.at(period)
    form = unit_form(plan, plan.unit(item.unit), period, {})
    accepts = form.cell(key).input if form.has(key) else None
    if accepts is None:
        raise MisuseError(f"现在的填报表里没有这一格了，填不进去。请写 {choices_of(item)[-1]}。")
    if isinstance(value, Fraction):
        fits = accepts.kind == "number" and value >= 0 and (value * 10**accepts.decimals).denominator == 1
        fits = fits and (value > 0 or not key.is_denominator)
    elif value == NOT_APPLICABLE:
        indicator = plan.indicator(key.of)
        fits = indicator.may_be_exempt_in(period) and key.name == indicator.measures[0]
    else:
        fits = value in accepts.choices
    if value is None or not fits:
        wanted = "、".join(accepts.choices) or f"应填的数{f'（最多{accepts.decimals}位小数）' if accepts.decimals else '（整数）'}"
        unfit = f"看不懂“{word}”" if value is None else f"“{said}”填不进这一格"
        raise MisuseError(f"{unfit}。请写 {'、'.join(choices_of(item))}，或{wanted}。")
    return value
