"""What an entry of the journal says of a figure: a step of its history."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple, TypeAlias, get_args

from minsheng_xl.accounts.certified import certified_text
from minsheng_xl.accounts.period import Reported
from minsheng_xl.accounts.values import NOTHING, Content, Doubt, Figure, Outcome, about
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import (
    AGREEMENT,
    CERTIFIED,
    CHOICE,
    DENOMINATOR,
    EXPLANATION,
    MEASURES,
    NUMERATOR,
    OPINION,
    REPORTED,
    Key,
    RowName,
)
from minsheng_xl.exact.numbers import grouped, plain
from minsheng_xl.figures.definitions import NONE, YES_OR_NO
from minsheng_xl.forms.words import FUNDING_FIELDS
from minsheng_xl.plan.model import Indicator, Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import (
    CertifyingIssued,
    Closed,
    ConfirmingIssued,
    Decided,
    Issued,
    Judged,
    PaperNoted,
    ReceiptCorrected,
    Reopened,
    TypedIn,
)
from minsheng_xl.year.person import UNNAMED

Told: TypeAlias = (
    Issued | CertifyingIssued | ConfirmingIssued | Judged | TypedIn | Decided | ReceiptCorrected | PaperNoted | Closed
    | Reopened
)
KINDS: tuple[type[Told], ...] = get_args(Told)
"""The entries of which a history consists."""
REPORTS, TYPES, DECIDES, CERTIFIES, CLOSES, CHANGES = (
    "填报", "办公室填写", "办公室定", "认定", "定稿", "改计划",
)
_CLEARED = "清空"
_AMOUNTS = {field.key: f"资金 {field.title}" for field in FUNDING_FIELDS}


class HistoryStep(NamedTuple):
    """An entry of the journal, as far as it is about a figure, or, with `code` "", about a unit's whole form.

    `act` is what was done, `row` the row of figures that it is about, `value` the figure in the unit of the form as
    text (of a ratio 分子/分母), `who` did it: the unit that sent it, or the person; `cell` is where it stands in the
    file, `words` what else was said. `in_use`: the figure that counts came by it; `is_late`: it came after its period
    was closed.
    """

    seq: int
    at: datetime
    act: str
    period: Period | None
    unit: str
    code: str = ""
    what: str = ""
    value: str = ""
    who: str = ""
    file: str = ""
    cell: str = ""
    sha256: str = ""
    words: str = ""
    digest: str = ""
    in_use: bool = False
    is_late: bool = False
    keys: tuple[Key, ...] = ()
    """The cells that it filled in, as they were called then."""


def value_text(indicator: Indicator, value: "Value | Figure") -> str:
    """A value of an indicator with what it is counted in: 1,264个, 98.5%, 是; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, Fraction) and indicator.kind in YES_OR_NO:
        return "是" if value else "否"
    if isinstance(value, Fraction) and indicator.kind is not Kind.RATIO:
        return f"{figure_text(value)}{indicator.unit_of_measure}"
    return certified_text(indicator.kind, value)  # type: ignore[arg-type]


def steps_of(seq: int, entry: Told, plan: Plan, cells: Mapping[Key, str] = NOTHING) -> Iterator[HistoryStep]:
    """The steps that an entry is, by the plan of its period; `cells` are those of the file that was judged. Codes are
    those that the indicators had then."""
    return _Entry(seq, plan, cells).steps(entry)


class _Entry(NamedTuple):
    """An entry that is being told."""

    seq: int
    plan: Plan
    cells: Mapping[Key, str]

    def steps(self, entry: Told) -> Iterator[HistoryStep]:
        if isinstance(entry, Issued):
            act = "下发" if entry.plan else "发回"
            yield self._step(
                entry.at, act, entry.period, entry.unit, who=entry.who or UNNAMED, file=entry.file, sha256=entry.sha256,
                words=f"发给 {entry.unit}",
            )
        elif isinstance(entry, CertifyingIssued | ConfirmingIssued):
            yield from self._shown(entry)
        elif isinstance(entry, Judged):
            yield from self._judged(entry)
        elif isinstance(entry, TypedIn):
            yield from self._typed(entry)
        elif isinstance(entry, Decided):
            yield from self._decided(entry)
        elif isinstance(entry, PaperNoted):
            yield self._paper(entry)
        elif isinstance(entry, Closed):
            yield from self._closed(entry)
        elif isinstance(entry, Reopened):
            yield self._step(entry.at, "撤销定稿", entry.period, "", who=entry.who or UNNAMED, words=entry.why)

    def _step(self, at: datetime, act: str, period: Period | None, unit: str, **others: object) -> HistoryStep:
        return HistoryStep(seq=self.seq, at=at, act=act, period=period, unit=unit, **others)  # type: ignore[arg-type]

    def _shown(self, entry: CertifyingIssued | ConfirmingIssued) -> Iterator[HistoryStep]:
        """What a form showed of each indicator that went to a certifier, or to a lead to be checked."""
        if isinstance(entry, CertifyingIssued):
            act = "送认定"
            told = {code: self._reported(code, one, entry.period) for code, one in entry.reported.items()}
        else:
            act = "送核对"
            told = {code: self._parts_shown(texts) for code, texts in entry.shown.items()}
        for code, value in told.items():
            yield self._step(
                entry.at, act, entry.period, entry.unit, code=code, what=self._name(code), value=value,
                who=entry.who or UNNAMED, file=entry.file, sha256=entry.sha256, words=f"发给 {entry.unit}",
            )

    def _reported(self, code: str, one: Reported, period: Period) -> str:
        """A figure that was to be certified; of an earlier period it says so."""
        told = self._value(code, one.value)
        return told if one.period == period or not told else f"{told}（{one.period}的数）"

    @staticmethod
    def _parts_shown(texts: Sequence[str]) -> str:
        """The figure of a row, of a ratio both parts; the journal keeps them as fractions."""
        figure, *parts = (_as_read(text) for text in (*texts, "", "")[:3])
        return "/".join(filter(None, parts)) if any(parts) else figure

    def _judged(self, entry: Judged) -> Iterator[HistoryStep]:
        one = entry.returned
        own = {"who": one.unit or "", "file": one.file, "sha256": one.sha256}
        if one.content is None or one.outcome not in (Outcome.ACCEPTED, Outcome.HELD):
            why = one.problems[0].sentence if one.problems else ""
            yield self._step(
                entry.received, f"来件（{one.outcome.label}）", one.period, one.unit or "", words=why, **own
            )
            return
        act, said = CERTIFIES if one.certifies else "核对" if one.confirms else REPORTS, one.content.figures
        for row in _rows(one.content):
            value, words = self._said(one.content, row, act)
            held = "缺一半" if any(key.row == row for key in one.content.halves) else ""
            keys = (row.cell(CERTIFIED),) if one.certifies else tuple(key for key in _measures(row) if key in said)
            yield self._step(
                entry.received, act, one.period, one.unit or "", code=row.of, what=self._name(row.of, row), value=value,
                cell=self._where(keys), words="；".join(filter(None, (held, *words))), keys=keys, **own,
            )
        yield from self._amounts(entry.received, one.period, one.unit or "", one.content.figures, REPORTS, own)

    def _said(self, content: Content, row: RowName, act: str) -> tuple[str, list[str]]:
        """The figure that a row says, and its words."""
        figures, words = content.figures, content.words
        if act == CERTIFIES:
            figure = figures.get(row.cell(CERTIFIED))
            told = [words.get(row.cell(name), "") for name in (OPINION, "reason", "remark")]
            return self._value(row.of, figure) if figure is not None else "", told
        explained = words.get(row.cell(EXPLANATION), "")
        told = [words.get(row.cell(AGREEMENT), ""), words.get(row.cell(CHOICE), ""), explained and f"说明：{explained}"]
        return row_text({key: figure for key, figure in figures.items() if key.row == row}), told

    def _where(self, keys: Sequence[Key]) -> str:
        """Where figures stand: 填报表 H12、I12."""
        found = [self.cells[key] for key in keys if key in self.cells]
        sheet = found[0].rpartition(" ")[0] if found else ""
        return "、".join([*found[:1], *(cell.removeprefix(f"{sheet} ") for cell in found[1:])])

    def _amounts(
        self, at: datetime, period: Period | None, unit: str, figures: "Mapping[Key, Figure | None]", act: str,
        own: Mapping[str, str],
    ) -> Iterator[HistoryStep]:
        for key, figure in figures.items():
            if key.is_amount:
                what = f"项目{key.of} {_AMOUNTS.get(key.name, '资金')}"
                value, keys = (_CLEARED, ()) if figure is None else (figure_text(figure), (key,))
                cell = self.cells.get(key, "")
                yield self._step(at, act, period, unit, what=what, value=value, cell=cell, keys=keys, **own)

    def _typed(self, entry: TypedIn) -> Iterator[HistoryStep]:
        own = {"who": entry.who or UNNAMED, "file": entry.file}
        for row in dict.fromkeys(key.row for key in entry.cells if key.is_measure or key.is_choice):
            yield self._step(
                entry.at, TYPES, entry.period, entry.unit, code=row.of, what=self._name(row.of, row),
                value=_typed_text(entry.cells, row), keys=_filled(entry.cells, row), **own,
            )
        yield from self._amounts(entry.at, entry.period, entry.unit, entry.cells, TYPES, own)

    def _decided(self, entry: Decided) -> Iterator[HistoryStep]:
        item = entry.item
        row = item.key.row if item.key is not None and item.key.is_of_indicator else None
        beside = "，".join(filter(None, (item.used and f"在用 {item.used}", item.other and f"另有 {item.other}")))
        words = f"{item.kind}{f'（{beside}）' if beside else ''}：{entry.word}{f'，{entry.why}' if entry.why else ''}"
        yield self._step(
            entry.at, DECIDES, entry.period, entry.unit, code=row.of if row else "",
            what=self._name(row.of, row) if row else about(item.key) if item.key is not None else "",
            value=_typed_text(entry.cells, row) if row else "", who=entry.who or UNNAMED, file=item.file,
            sha256=item.sha256, words=words, keys=_filled(entry.cells, row) if row else (),
        )

    def _paper(self, entry: PaperNoted) -> HistoryStep:
        agrees = {True: "，核对数相符", False: "，核对数不符"}.get(entry.agrees, "") if entry.agrees is not None else ""
        words = f"{entry.received:%Y-%m-%d} 收到纸质件{agrees}" if entry.received else "纸质件登记取消"
        return self._step(
            entry.at, "登记纸质件", entry.period, entry.unit, who=entry.who or UNNAMED, file=entry.file,
            sha256=entry.sha256, words=words,
        )

    def _closed(self, entry: Closed) -> Iterator[HistoryStep]:
        """The figures with which a period was closed, and how they stood."""
        told = "，".join(filter(None, (entry.document, entry.signed_by and f"签发人：{entry.signed_by}")))
        for code, past in entry.past.items():
            plan, here = self.plan, self.plan.code_here(code)
            unit = plan.indicator(here).filler if plan.has_indicator(here) else ""
            value = self._value(code, entry.values[code]) if code in entry.values else NONE
            words = "；".join(filter(None, (past.status, told)))
            yield self._step(
                entry.at, CLOSES, entry.period, unit, code=code, what=self._name(code), value=value,
                who=entry.who or UNNAMED, words=words,
            )

    def _name(self, code: str, row: RowName | None = None) -> str:
        """The name of an indicator, of a share that."""
        here = self.plan.code_here(code)
        name = self.plan.indicator(here).name if self.plan.has_indicator(here) else ""
        return f"{name}（分解数）" if row is not None and row.cell(REPORTED).is_share else name

    def _value(self, code: str, value: "Value | Figure") -> str:
        if value is None:
            return NONE
        here = self.plan.code_here(code)
        if self.plan.has_indicator(here):
            return value_text(self.plan.indicator(here), value)
        return certified_text(Kind.CUMULATIVE, value)  # type: ignore[arg-type]


def _measures(row: RowName) -> tuple[Key, ...]:
    return tuple(map(row.cell, MEASURES))


def _filled(cells: "Mapping[Key, Figure | None]", row: RowName) -> tuple[Key, ...]:
    """The cells of a row that hold a figure now."""
    return tuple(key for key in _measures(row) if cells.get(key) is not None)


def _as_read(text: str) -> str:
    """A text of the journal as a person reads it: 12/5 is 2.4."""
    try:
        return grouped(plain(Fraction(text)))
    except ValueError:
        return text


def figure_text(figure: Figure) -> str:
    """A figure as a person reads it: 1,264, 是, 待核：3.14."""
    if isinstance(figure, Doubt):
        return figure.text
    return grouped(plain(figure)) if isinstance(figure, Fraction) else figure


def row_text(figures: Mapping[Key, Figure]) -> str:
    """The figures of a row as a person reads them: 1,264, of a ratio 161/150."""
    told = {key.name: figure_text(figure) for key, figure in figures.items()}
    if NUMERATOR in told or DENOMINATOR in told:
        below = f"/{told[DENOMINATOR]}" if DENOMINATOR in told else ""
        return f"{told.get(NUMERATOR, NONE)}{below}"
    return next(iter(told.values()), "")


def _typed_text(cells: "Mapping[Key, Figure | None]", row: RowName) -> str:
    """What was put into a row: its figures, or that it was cleared."""
    mine = {key: figure for key, figure in cells.items() if key.row == row and (key.is_measure or key.is_choice)}
    return row_text({key: figure for key, figure in mine.items() if figure is not None}) or (_CLEARED if mine else "")


def _rows(content: Content) -> list[RowName]:
    """The rows of indicators in which something is said, in the order of the form."""
    keys = (*content.figures, *(key for key, text in content.words.items() if text and _is_word(key)))
    return list(dict.fromkeys(key.row for key in keys if key.is_of_indicator))


def _is_word(key: Key) -> bool:
    return key.is_opinion or key.is_agreement or key.is_choice
