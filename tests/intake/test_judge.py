"""One file alone: whose it is, for which period, what it says. Nothing in it raises."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Doubt, Outcome
from minsheng_xl.books.package import container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.read import read_package
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.judge import Judge
from tests.makers import QUARTERS, figure, word

OCTOBER = Period.parse("2022-10")
PLAN = Plan.built_in(sample=True)
ISSUED = write_book(unit_book(PLAN, PLAN.unit("县残联"), OCTOBER, {}))
FORM = unit_form(PLAN, PLAN.unit("县残联"), OCTOBER, {})


def changed(change: Callable[[openpyxl.Workbook], object] = lambda book: None, figure_value: object = 106) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(ISSUED))
    book["填报表"][FORM.address(figure("8-1"))] = figure_value
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FILLED = changed()


def judged(content: bytes) -> Return:
    return Judge(PLAN).judge("x.xlsx", "0" * 64, content)


def test_a_sound_return() -> None:
    found = judged(FILLED)
    assert (found.outcome, found.unit, found.period) == (Outcome.ACCEPTED, "县残联", OCTOBER)
    assert found.content is not None
    assert found.content.figures == {figure("8-1"): Fraction(106)}


def test_words_alone_are_in_use_and_no_report_of_a_unit_that_owes_figures() -> None:
    found = judged(changed(lambda b: b["填报表"].__setitem__(FORM.address(word(1, "support")), "已配合"), None))
    assert found.outcome is Outcome.WORDS
    assert found.content is not None
    assert found.content.words == {word(1, "support"): "已配合"}


def _property(name: str, value: str) -> Callable[[openpyxl.Workbook], object]:
    return lambda book: setattr(book.custom_doc_props[name], "value", value)


def _hidden(row: int, value: str) -> Callable[[openpyxl.Workbook], object]:
    return lambda book: book["标识"].__setitem__(f"B{row}", value)


def _no_properties(book: openpyxl.Workbook) -> None:
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def test_a_struck_out_digit_is_no_digit() -> None:
    def change(book: openpyxl.Workbook) -> None:
        text = CellRichText(TextBlock(InlineFont(strike=True), "3"), TextBlock(InlineFont(), "7"))
        book["填报表"][FORM.address(figure("8-1"))] = text

    assert [p.seen for p in judged(changed(change)).problems] == ["37"]


def test_funding_is_judged_as_a_number() -> None:
    plan = Plan.load(QUARTERS)
    period = plan.periods[0]
    unit = plan.unit("农业农村局")
    form = unit_form(plan, unit, period, {})
    book = openpyxl.load_workbook(io.BytesIO(write_book(unit_book(plan, unit, period, {}))))
    book["填报表"][form.address(word(2, "funding_paid"))] = "约一百二十"
    book["填报表"][form.address(word(2, "funding_due"))] = 200.5
    stream = io.BytesIO()
    book.save(stream)
    found = Judge(plan).judge("x.xlsx", "0", stream.getvalue())
    assert found.outcome is Outcome.HELD
    assert found.content is not None
    assert found.content.figures == {word(2, "funding_paid"): Doubt("约一百二十"), word(2, "funding_due"): Fraction("200.5")}
    assert found.content.words == {}


REFUSALS: list[tuple[str, Callable[[openpyxl.Workbook], object], str, Outcome]] = [
    ("properties name another unit", _property("minsheng.unit", "县妇联"), "identity-contradiction", Outcome.HELD),
    ("the hidden sheet names another period", _hidden(2, "2022-09"), "identity-contradiction", Outcome.HELD),
    ("another unit typed over the unit", lambda b: b["填报表"].__setitem__("C4", "县妇联"), "identity-unit-typed", Outcome.HELD),
    ("another period typed over the period", lambda b: b["填报表"].__setitem__("G4", "2022年9月"), "identity-period-typed", Outcome.HELD),
    ("the form's sheet is gone", lambda b: b["填报表"].delete_rows(1, 30), "return-structure", Outcome.REFUSED),
    ("the form's sheet is copied", lambda b: b.copy_worksheet(b["填报表"]), "sheet-copied", Outcome.REFUSED),
    ("a column deleted", lambda b: b["填报表"].delete_cols(4), "return-structure", Outcome.REFUSED),
    ("a code overwritten", lambda b: b["填报表"].__setitem__(FORM.address(figure("8-1", "code")), "8-2"), "return-structure", Outcome.REFUSED),
    ("a label overwritten", lambda b: b["填报表"].__setitem__("A4", "单位"), "return-structure", Outcome.REFUSED),
    ("nothing filled in", lambda b: b["填报表"].__setitem__(FORM.address(figure("8-1")), None), "return-empty", Outcome.EMPTY),
]


@pytest.mark.parametrize(("change", "code", "outcome"), [r[1:] for r in REFUSALS], ids=[r[0] for r in REFUSALS])
def test_refusals(change: Callable[[openpyxl.Workbook], object], code: str, outcome: Outcome) -> None:
    found = judged(changed(change))
    assert (found.outcome, found.problems[0].code, found.content) == (outcome, code, None)
    assert found.problems[0].action


def test_one_copy_of_the_identity_is_enough() -> None:
    assert judged(changed(_no_properties)).outcome is Outcome.ACCEPTED
    assert judged(changed(lambda b: b.remove(b["标识"]))).outcome is Outcome.ACCEPTED


def _all_say(unit: str, period: str) -> Callable[[openpyxl.Workbook], object]:
    def change(book: openpyxl.Workbook) -> None:
        _no_properties(book)
        book.remove(book["标识"])
        for row in book["填报表"].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "表号" in cell.value:
                    cell.value = cell.value.replace("县残联", unit).replace("2022-10", period)

    return change


@pytest.mark.parametrize(
    ("unit", "period", "code"),
    [("县文明办", "2022-10", "return-unit"), ("县残联", "2021-10", "return-period"), ("县残联", "2022-Q3", "return-period"), ("县妇联", "2022-10", "return-plan")],
)
def test_identities_that_are_not_of_this_plan(unit: str, period: str, code: str) -> None:
    found = judged(changed(_all_say(unit, period)))
    assert (found.outcome, [p.code for p in found.problems]) == (Outcome.REFUSED, [code])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"), (b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n", "图片"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xls", "旧版 Office"),
        (b"PK\x03\x04", "没有传完"), (b"hello", "文本"), (FILLED[: len(FILLED) // 2], "没有传完"),
    ],
)
def test_what_is_no_workbook_is_said(content: bytes, words: str) -> None:
    found = judged(content)
    assert (found.outcome, found.unit, found.period) == (Outcome.UNRECOGNISED, None, None)
    assert words in found.problems[0].message


def test_a_foreign_workbook_is_unrecognised() -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    assert judged(stream.getvalue()).problems[0].code == "return-not-ours"


def test_of_a_form_with_too_many_rows_is_told_whose_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(io.BytesIO(FILLED)) as archive:
        largest = max(archive.infolist(), key=lambda part: part.file_size * part.filename.startswith("xl/worksheets/"))
    monkeypatch.setattr(container, "PART_LIMIT", largest.file_size - 1)
    found = judged(FILLED)
    assert (found.outcome, found.unit, found.period, found.content) == (Outcome.REFUSED, "县残联", OCTOBER, None)
    (problem,) = found.problems
    assert problem.code == "file-blank-rows"
    assert "删除" in problem.action


def test_an_entity_bomb_is_not_opened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FILLED)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/workbook.xml":
                part = b'<!DOCTYPE a [<!ENTITY b "c">]>' + part
            new.writestr(name, part)
    with pytest.raises(Unreadable):
        read_package(stream.getvalue())


@pytest.mark.parametrize(
    ("value", "number_format", "seen"),
    [(0.98, "0%", "98%"), (0.985, "0.0%", "98.5%"), (datetime(2022, 11, 10), "yyyy-mm-dd", "2022-11-10"), (44875, 'yyyy"年"m"月"d"日"', "2022-11-10"), (44875, "m/d", "2022-11-10"), (44875, 'e"年"', "2022-11-10"), (44875, "[h]:mm", "2022-11-10"), (44875, "aaaa", "2022-11-10"), (98, '0"%"', "98%"), (98, r"0\%", "98%")],
)
def test_a_number_displayed_as_something_else_is_held(value: object, number_format: str, seen: str) -> None:
    def change(book: openpyxl.Workbook) -> None:
        cell = book["填报表"][FORM.address(figure("8-1"))]
        cell.value, cell.number_format = value, number_format  # type: ignore[assignment]

    found = judged(changed(change))
    assert (found.outcome, [p.seen for p in found.problems]) == (Outcome.HELD, [seen])


@pytest.mark.parametrize("number_format", ["#,##0", "0", "General", "0.00E+00", "[Blue]0", '0"人"', "#,##0_ ;[Red]-#,##0", "@"])
def test_other_displays_of_a_number_are_harmless(number_format: str) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["填报表"][FORM.address(figure("8-1"))].number_format = number_format

    assert judged(changed(change)).outcome is Outcome.ACCEPTED


def test_flipped_and_cut_files_give_the_same_figures_or_none() -> None:
    draw = random.Random(20221107)
    sound = judged(FILLED).content
    for _ in range(400):
        content = bytearray(FILLED)
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        found = judged(bytes(content))
        assert found.outcome is not Outcome.ACCEPTED or found.content == sound
    for _ in range(60):
        assert judged(FILLED[: draw.randrange(len(FILLED))]).outcome is Outcome.UNRECOGNISED
