"""Adopt the plan as the office has edited it, unless an accepted figure would leave the account by that.

What the office answers in 变更记录 is taken, and the sheet is brought up to date.
"""

from datetime import datetime
from typing import NamedTuple
from xml.etree import ElementTree

from minsheng_xl.books.edit.fit import DoesNotFit
from minsheng_xl.books.edit.records import Records, with_records
from minsheng_xl.books.edit.spans import NotPlain
from minsheng_xl.changes.losses import Loss, gone_units, losses_of, lost_between, mistaken, refuse_losses, rows_to_paste
from minsheng_xl.plan.tables import CHANGES, INDICATORS
from minsheng_xl.plan.versions import Answer, ChangeKind, PlanChange, answers_in, makes_easier
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import ChangeAnswered
from minsheng_xl.year.folder import PLAN_FILE, Year
from minsheng_xl.year.plans import KnownChange
from minsheng_xl.year.storage import why_left_alone

YES, NO = "是", "否"


class Adopted(NamedTuple):
    """The version of the plan in use, and what the office is told."""

    version: str
    words: tuple[str, ...] = ()


def adopt(year: Year, now: datetime) -> Adopted:
    """Keep the plan of 计划.xlsx, and take what was answered in its 变更记录.

    Raises PlanError, or MinshengError where an accepted figure would leave the account: then nothing was changed.
    """
    refuse_losses(year)
    gone = tuple(gone_units(year))
    version = year.keep_plan(now)
    answers, words = _answers(year)
    year.register.record(ChangeAnswered(now, number, change, str(year.who)) for number, change in answers.items())
    return Adopted(version, (*gone, *words, *_record(year)))


def _answers(year: Year) -> tuple[dict[int, PlanChange], list[str]]:
    """What the office says in 变更记录 that was not taken yet, by number; and what of it cannot be meant."""
    known = {one.number: one for one in year.plans.changes()}
    answers: dict[int, PlanChange] = {}
    words: list[str] = []
    for answer in answers_in(year.plan):
        one = known.get(answer.number)
        if one is None:
            continue
        try:
            meant = _meant(year, one, answer)
            if meant != one.change:
                _refuse_answer(year, {**answers, one.number: meant})
                answers[one.number] = meant
        except _Refused as error:
            words.append(f"{PLAN_FILE} 变更记录 编号 {one.number}：{error}，照原来的算。")
    return answers, words


class _Refused(Exception):
    """Why an answer is not taken, in words."""


def _meant(year: Year, one: KnownChange, answer: Answer) -> PlanChange:
    """A change as a row of 变更记录 answers it. Raises _Refused."""
    change = one.change._replace(document=answer.document, basis=answer.basis)
    text, corrects = answer.begins, answer.corrects == YES
    if answer.corrects not in (YES, NO, ""):
        raise _Refused(f"“更正”写的是“{answer.corrects}”，应写 是 或 否")
    if corrects:
        of = change.difference.row
        indicator = year.plan.indicator(of) if year.plan.has_indicator(of) else None
        if makes_easier(change.difference, indicator) and not change.basis:
            raise _Refused("更正使指标变容易了，要在“依据”里写明")
        return change._replace(kind=ChangeKind.CORRECTED, begins=None)
    if not text and change.kind is ChangeKind.CORRECTED and answer.corrects != NO:
        return change
    begins = next((period for period in year.plan.periods if str(period) == text), None)
    if begins is None:
        raise _Refused(f"“起始期次”写的是“{text}”，应是计划里的一期，如 {year.plan.periods[-1]}")
    if begins != change.begins and year.register.closed(begins) is not None:
        raise _Refused(f"{begins} 已经定稿，定稿的数不再变")
    return change._replace(kind=ChangeKind.ADJUSTED, begins=begins)


def _refuse_answer(year: Year, answers: "dict[int, PlanChange]") -> None:
    """Raises _Refused where an accepted figure would leave the account by an answer."""
    lost = next(lost_between(year, year.plan, year.plans.assuming(answers)), None)
    if lost is not None:
        raise _Refused(f"这样 {lost} 就不在账上了")


def _record(year: Year) -> tuple[str, ...]:
    """Bring 变更记录 in 计划.xlsx up to date; why not, if it cannot be."""
    rows = [row_of(one) for one in year.plans.changes()]
    if not rows or rows == [dict(row) for row in year.plan.tables.get(CHANGES.name, ())]:
        return ()
    reason = why_left_alone(year.plan_path)
    if reason:
        return (_not_written(reason),)
    texts = [tuple(row.values()) for row in rows]
    widths = [column.width for column in CHANGES.columns]
    records = Records(CHANGES.name, CHANGES.titles, texts, widths, like=INDICATORS.name)
    try:
        year.replace_plan(with_records(year.plan_path.read_bytes(), records))
    except (NotPlain, DoesNotFit, KeyError, ElementTree.ParseError):
        return (_not_written("它的写法不认识"),)
    except MinshengError as error:
        return (_not_written(str(error)),)
    return ()


def _not_written(reason: str) -> str:
    return f"{PLAN_FILE} 的变更记录没有更新：{reason}。变更已经记在日志里，文件能写了，再汇总一次就会补上。"


def row_of(one: KnownChange) -> dict[str, str]:
    """A change as 变更记录 shows it."""
    difference, change = one.change.difference, one.change
    cells = (
        str(one.number), difference.table, difference.row, difference.column or "（整行）", difference.was, difference.now,
        str(change.begins or ""), YES if change.kind is ChangeKind.CORRECTED else NO, change.document, change.basis,
        f"{one.at:%Y-%m-%d %H:%M}", one.who,
    )
    return dict(zip(CHANGES.titles, cells, strict=True))


class Planned(NamedTuple):
    """What 计划.xlsx changes and was not adopted yet: each change in words, with what it does to which period, what is
    answered in 变更记录, which units are gone; and what stops it: codes, and the accepted figures that would leave the
    account."""

    changes: tuple[str, ...]
    mistaken: tuple[str, ...]
    """The codes and former names under which stands another indicator or unit than before."""
    losses: tuple[Loss, ...]
    rows: tuple[str, ...]
    """The rows of 变更 that would say what happened to those figures."""


def planned(year: Year) -> Planned:
    """What adopting 计划.xlsx would do. Nothing is written. Raises PlanError."""
    changes = [_planned_in_words(year, change) for change in year.plans.pending()]
    answers, words = _answers(year)
    changes += [f"变更记录 编号 {number}：{_planned_in_words(year, change)}" for number, change in answers.items()]
    changes += [*words, *gone_units(year)]
    losses = tuple(losses_of(year))
    return Planned(tuple(changes), tuple(mistaken(year)), losses, tuple(rows_to_paste(year, losses)))


def _planned_in_words(year: Year, change: PlanChange) -> str:
    difference = change.difference
    what = f"{difference.table} {difference.row} {difference.column}".strip()
    if difference.of_row:
        said = f"{what}：{'新增' if difference.now else '删去'}"
    else:
        said = f"{what}：{difference.was or '空'} → {difference.now or '空'}"
    return f"{said}。{_reach(year, change)}"


def _reach(year: Year, change: PlanChange) -> str:
    """To which periods a change reaches."""
    periods = year.plan.periods
    if change.begins is not None:
        earlier = [period for period in periods if period < change.begins]
        before = f"，{earlier[-1]} 及以前不变" if earlier else ""
        document = f"（{change.document}）" if change.document else ""
        return f"{change.kind.value}{document}：从 {change.begins} 起{before}"
    closed = [str(period) for period in periods if year.register.closed(period) is not None]
    frozen = f"，已定稿的 {'、'.join(closed)} 不变" if closed else ""
    return f"{change.kind.value}：没有定稿的各期都照改{frozen}"
