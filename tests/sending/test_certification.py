"""The certification round: a snapshot goes out, opinions come back, the table shows both sides."""

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, inspect, issue, status
from minsheng_xl.accounts.period import Certified, PeriodAccount, Reported
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.beginning.clerk import fill
from minsheng_xl.books.write.book import write_book
from minsheng_xl.desk.cli import main
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.certification import CERTIFIER_SHEET, certification_book, certification_form
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.table import REMARK
from minsheng_xl.intake.originals import CertifiersForm
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.model import Plan, Tier
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.problems import MinshengError
from minsheng_xl.rules import certification as rules
from minsheng_xl.rules.catalogue import RULES
from minsheng_xl.sending.issue import issue_certification
from minsheng_xl.taking.inspect import inspected
from minsheng_xl.telling.print import print_period
from tests.changes.office import changed, replaced, told
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import cut_down, empty_account, figure, little_tables, raw, send, short_tables, word
from tests.sharing import copied, made_once
from tests.workbooks import sheet_of

OCTOBER, SEPTEMBER = Period.parse("2022-10"), Period.parse("2022-09")
BUREAU = "县统计局"


def every_row() -> Plan:
    """The plan with every figure certified; and of 9-1 more is worse."""
    tables = built_in_tables(sample=True).plain()
    tables["参数"].append({"参数": "认定范围", "对象": "", "值": "全部", "说明": ""})
    next(row for row in tables["指标"] if row["编码"] == "9-1")["比较"] = "≤"
    return check_tables(raw(tables))


PLAN = every_row()
ASSESSED = {one.code for one in PLAN.indicators if one.tier is Tier.ASSESSED}
REPORTED = {
    "1-1": Reported(Fraction(28960), OCTOBER), "1-2": Reported(Fraction(21480), OCTOBER), "4-1": Reported(Fraction("23.46"), OCTOBER),
    "4-3": Reported(Fraction(268, 555), OCTOBER), "2-1": Reported("是", OCTOBER), "8-1": Reported(Fraction(96), SEPTEMBER), "1-4": Reported(Fraction(144, 130), OCTOBER),
    "9-1": Reported(Fraction(5), OCTOBER),
}


def says(code: str, opinion: str = "", number: str = "", **others: str) -> dict[Key, str]:
    cells = {"opinion": opinion, "figure": number, **others}
    return {Key("certify", code, name): text for name, text in cells.items() if text}


CUT, AGREED, LATER, PROOF, RAISED, DENIED = "核减", "同意报送数", "暂不认定", "待补证", "核增", "不予认定"
# row, what is filled in, the certified value or the codes of the problems
CASES: list[tuple[str, dict[Key, str], "Fraction | str | None", tuple[str, ...]]] = [
    ("1-1", says("1-1", AGREED), Fraction(28960), ()),
    ("1-1", says("1-1", AGREED, "28960"), Fraction(28960), ()),
    ("1-1", says("1-1", AGREED, "28,960"), Fraction(28960), ()),
    ("1-1", says("1-1", AGREED, "28961"), None, ("certify-agreed-differs",)),
    ("1-1", says("1-1", CUT, "28900", reason="重复"), Fraction(28900), ()),
    ("1-1", says("1-1", CUT, "28900"), Fraction(28900), ("certify-reason-missing",)),
    ("1-1", says("1-1", CUT, "0", reason="没有证书"), Fraction(0), ()),
    ("1-1", says("1-1", CUT, "28960", reason="重复"), None, ("certify-cut-not-less",)),
    ("1-1", says("1-1", CUT, "29000", reason="重复"), None, ("certify-cut-not-less",)),
    ("1-1", says("1-1", CUT, "-1", reason="重复"), None, ("figure-negative",)),
    ("1-1", says("1-1", CUT, "28900.5", reason="重复"), None, ("figure-decimals",)),
    ("1-1", says("1-1", CUT, "约两万", reason="重复"), None, ("figure-not-number",)),
    ("1-1", says("1-1", CUT, reason="重复"), None, ("certify-cut-missing",)),
    ("1-1", says("1-1", "", "28960"), None, ("certify-opinion-missing",)),
    ("1-1", says("1-1", LATER), None, ()),
    ("1-1", says("1-1", PROOF, remark="补名册"), None, ()),
    ("1-1", says("1-1", LATER, "28960"), None, ("certify-withheld-figure",)),
    ("1-1", says("1-1", "同意"), None, ("figure-choice",)),
    ("1-3", says("1-3", AGREED), None, ("certify-nothing-reported",)),
    ("1-3", says("1-3", CUT, "5", reason="重复"), None, ("certify-nothing-reported",)),
    ("1-3", says("1-3", PROOF), None, ()),
    ("8-1", says("8-1", AGREED), Fraction(96), ()),
    ("4-1", says("4-1", AGREED, "23.46"), Fraction("23.46"), ()),
    ("4-3", says("4-3", AGREED), Fraction(268, 555), ()),
    ("4-3", says("4-3", AGREED, "48.3"), Fraction(268, 555), ()),
    ("4-3", says("4-3", AGREED, "48.4"), None, ("certify-agreed-differs",)),
    ("4-3", says("4-3", CUT, "45", reason="口径"), Fraction(45, 100), ()),
    ("4-3", says("4-3", CUT, "45.5%", reason="口径"), Fraction(455, 1000), ("figure-unit-suffix",)),
    ("4-3", says("4-3", CUT, "0.45", reason="口径"), None, ("certify-fraction",)),
    ("4-3", says("4-3", CUT, "48.3", reason="口径"), None, ("certify-cut-not-less",)),
    ("2-1", says("2-1", AGREED), "是", ()),
    ("2-1", says("2-1", AGREED, "是"), "是", ()),
    ("2-1", says("2-1", AGREED, "否"), None, ("certify-agreed-differs",)),
    ("2-1", says("2-1", CUT, "否", reason="未开通"), "否", ()),
    ("2-1", says("2-1", CUT, "是", reason="未开通"), None, ("certify-cut-not-less",)),
    ("1-2", says("1-2", AGREED, checked="50", confirmed="48"), Fraction(21480), ()),
    ("1-2", says("1-2", AGREED, checked="50", confirmed="51"), Fraction(21480), ("certify-confirmed-exceeds",)),
    ("1-2", says("1-2", AGREED, confirmed="3"), Fraction(21480), ("certify-confirmed-exceeds",)),
    ("1-2", says("1-2", AGREED, checked="50"), Fraction(21480), ()),
    ("1-2", says("1-2", checked="50", remark="待查"), None, ("certify-words-alone",)),
    ("1-4", says("1-4", CUT, "1.05", reason="口径"), None, ("certify-fraction",)),
    ("1-4", says("1-4", CUT, "105", reason="口径"), Fraction(105, 100), ()),
    ("4-3", says("4-3", CUT, "0.48", reason="口径"), None, ("certify-fraction",)),
    ("9-1", says("9-1", AGREED), Fraction(5), ()),
    ("9-1", says("9-1", RAISED, "7", reason="漏报两人"), Fraction(7), ()),
    ("9-1", says("9-1", RAISED, "5", reason="漏报两人"), None, ("certify-raised-not-more",)),
    ("9-1", says("9-1", RAISED, "4", reason="漏报两人"), None, ("certify-raised-not-more",)),
    ("9-1", says("9-1", RAISED, reason="漏报两人"), None, ("certify-cut-missing",)),
    ("9-1", says("9-1", CUT, "4", reason="重复"), None, ("figure-choice", "certify-cut-not-less")),
    ("1-1", says("1-1", RAISED, "28961", reason="漏报"), None, ("figure-choice",)),
    ("1-1", says("1-1", DENIED, reason="没有台账"), None, ()),
    ("1-1", says("1-1", DENIED), None, ("certify-reason-missing",)),
    ("1-1", says("1-1", DENIED, "28960", reason="没有台账"), None, ("certify-withheld-figure",)),
    ("2-1", says("2-1", DENIED, reason="没有验收"), None, ()),
    ("1-2", says("1-2", AGREED, checked="一半"), Fraction(21480), ("figure-not-number",)),
]
IDS = [f"{row}-{n}" for n, (row, *_) in enumerate(CASES)]


@cache
def sent_out() -> bytes:
    """The bureau's form as it goes out."""
    return write_book(certification_book(PLAN, PLAN.unit(BUREAU), OCTOBER, REPORTED))


class Went:
    """Evidence that one certifier's form went out."""

    def issued(self, unit: str, period: Period, form: str) -> bytes | None:
        return None

    def made_by(self, unit: str, period: Period, form: str) -> None:
        return None

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return {}

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        return {}

    def certifying(self, unit: str, period: Period, form: str) -> CertifiersForm:
        return CertifiersForm(sent_out(), REPORTED, PLAN, BUREAU)

    def plan_of(self, period: Period) -> Plan | None:
        return None


def filled(path: Path, answers: Mapping[Key, str]) -> bytes:
    path.write_bytes(sent_out())
    fill(path, path, certification_form(PLAN, PLAN.unit(BUREAU), OCTOBER, {}), answers)
    return path.read_bytes()


@pytest.mark.parametrize(("row", "answers", "value", "codes"), CASES, ids=IDS)
def test_a_row_is_read_as_a_careful_person_would(
    row: str, answers: dict[Key, str], value: "Fraction | str | None", codes: tuple[str, ...], tmp_path: Path
) -> None:
    from minsheng_xl.intake.judge import Judge

    found = Judge(PLAN, Went()).judge("x.xlsx", "0", filled(tmp_path / "x.xlsx", answers))
    assert tuple(p.code for p in found.problems) == codes, found.problems
    assert found.content is not None
    assert found.certifies
    certified = found.content.figures.get(Key("certify", row, "figure"))
    held = any(RULES[code].is_doubt for code in codes) and not ({"certify-confirmed-exceeds"} & set(codes) or any(key.name == "checked" for key in answers))
    assert (isinstance(certified, Doubt) if held else certified == value)
    assert found.outcome.value == ("held" if any(RULES[code].is_doubt for code in codes) else "accepted")


def hint(rule_code: str) -> str:
    rule = RULES[rule_code]
    return rule.hint if rule.is_doubt else REMARK + rule.hint


@needs_libreoffice
@pytest.mark.office
def test_the_form_says_the_same_in_libreoffice(tmp_path: Path) -> None:
    paths = []
    for n, (_, answers, _, _) in enumerate(CASES):
        paths.append(tmp_path / f"{n}.xlsx")
        filled(paths[-1], answers)
    again = convert(paths, "xlsx", tmp_path / "recalculated", recalculate=True)
    form = certification_form(PLAN, PLAN.unit(BUREAU), OCTOBER, {})
    wrong = []
    for (row, answers, _, codes), path in zip(CASES, again, strict=True):
        said = sheet_of(path, CERTIFIER_SHEET, data_only=True)[form.address(Key("certify", row, "check"))].value or ""
        if codes[:1] in (("figure-choice",), ("figure-unit-suffix",)):  # what is typed past the drop-down, or read with its unit
            continue
        if "28,960" in answers.values():  # openpyxl wrote a text, where Excel would have read a number
            continue
        if said != (hint(codes[0]) if codes else ""):
            wrong.append((row, answers, said, codes))
    assert not wrong


def test_every_rule_has_a_case() -> None:
    told = {code for *_, codes in CASES for code in codes}
    assert {rule.code for rule in rules.BY_ROW} <= told


def test_a_percentage_as_excel_stores_it(tmp_path: Path) -> None:
    from minsheng_xl.intake.judge import Judge

    path = tmp_path / "x.xlsx"
    filled(path, says("4-3", CUT, reason="口径"))
    book = openpyxl.load_workbook(path)
    place = certification_form(PLAN, PLAN.unit(BUREAU), OCTOBER, {}).address(Key("certify", "4-3", "figure"))
    for stored, code, expected in ((0.455, "0.0%", Fraction(455, 1000)), (0.4554, "0%", None), (45.5, '0.0"%"', Fraction(455, 1000))):
        book[CERTIFIER_SHEET][place] = stored
        book[CERTIFIER_SHEET][place].number_format = code
        stream = io.BytesIO()
        book.save(stream)
        content = Judge(PLAN, Went()).judge("x.xlsx", "0", stream.getvalue()).content
        assert content is not None
        read = content.figures[Key("certify", "4-3", "figure")]
        assert read == expected if expected is not None else isinstance(read, Doubt)


@pytest.fixture(scope="module")
def reported_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year of two projects, in which two units reported October's figures; not to be written to."""

    def make(folder: Path) -> Path:
        year = Year.create(folder / "年", cut_down({"7", "8"}, {"县残联", "县妇联", "县卫生健康委", "县民政局", BUREAU}))
        issue(year, OCTOBER, datetime(2022, 10, 31))
        send(year, "县残联", OCTOBER, {figure("8-1"): "106", Key("word", "8", "progress"): "救助106人"})
        send(year, "县卫生健康委", OCTOBER, {figure("7-1"): "11480"})
        consolidate(year, OCTOBER, datetime(2022, 11, 4))
        year.close()
        return year.root

    return made_once(tmp_path_factory, "reported", make)


@pytest.fixture
def reported(reported_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(reported_folder, tmp_path / "年")


def certify(year: Year, answers: Mapping[Key, str], name: str = "认定.xlsx") -> Path:
    unit = year.plan.unit(BUREAU)
    target = year.inbox / name
    fill(year.certified_folder(OCTOBER) / f"{BUREAU}_2022-10_认定.xlsx", target, certification_form(year.plan, unit, OCTOBER, {}), answers)
    return target


def certified(year: Year) -> Mapping[str, Certified]:
    return account_of(year.plan, year.register, OCTOBER).certified


def state_of(year: Year, code: str) -> tuple[object, object, object]:
    """(reported, certified, state) of a row of 认定表, from the values stored in the master."""
    account = account_of(year.plan, year.register, OCTOBER)
    sheet = master_book(account, "", 0).sheet("certification")
    page = sheet_of(year.master_path, "认定表", data_only=True)
    return tuple(page[sheet.address(Key("certified", code, key))].value for key in ("reported", "figure", "state"))  # type: ignore[return-value]


def test_nothing_reported_gives_no_form(year: Year, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MinshengError, match="还没有已采用的数"):
        issue_certification(year, OCTOBER, datetime(2022, 11, 1))
    assert main(["issue", str(year.root), "--certify", "2022-10"]) == 1
    assert "请先汇总" in capsys.readouterr().err
    assert main(["issue", str(year.root), "--certify", "2022-13"]) == 2


def test_nobody_certifies(tmp_path: Path) -> None:
    tables = little_tables().plain()
    for row in tables["任务表"]:
        row["认定单位"] = ""
    year = Year.create(tmp_path / "年", raw(tables))
    with pytest.raises(MinshengError, match="没有写认定单位"):
        issue_certification(year, OCTOBER, datetime(2022, 11, 1))
    issue(year, OCTOBER, datetime(2022, 10, 31))
    consolidate(year, OCTOBER, datetime(2022, 11, 4))
    assert "没有写认定单位" in str(sheet_of(year.master_path, "认定表")["A5"].value)


def test_the_round(reported: Year) -> None:
    result = issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    assert [path.name for path in result.workbooks] == ["县统计局_2022-10_认定.xlsx"]
    before = result.workbooks[0].read_bytes()
    assert issue_certification(reported, OCTOBER, datetime(2022, 11, 9)).workbooks[0].read_bytes() == before
    assert state_of(reported, "8-1") == (106, None, "未认定")

    path = certify(reported, says("8-1", CUT, "104", reason="两人不符合条件", checked="20", confirmed="18") | says("7-1", PROOF))
    (one,) = inspect(reported, [path])
    assert inspected(reported.plan, one)["values"] == {"8-1": {"certified": "104"}}
    assert one.outcome.value == "accepted"
    consolidate(reported, OCTOBER, datetime(2022, 11, 10))
    assert state_of(reported, "8-1") == (106, 104, "核减")
    assert state_of(reported, "7-1") == (11480, None, "待补证")
    shown = {i["code"]: (i["reported"], i["certified"], i["opinion"], i["certified_moved"]) for i in status(reported, OCTOBER)["indicators"]}
    assert shown["8-1"] == ("106", "104", "核减", False)
    assert shown["7-1"] == ("11480", None, "待补证", False)
    assert shown["7-2"] == (None, None, None, False)
    assert next(inspect(reported, [path])).outcome.value == "duplicate"

    send(reported, "县残联", OCTOBER, {figure("8-1"): "110"}, "更正.xlsx")
    consolidate(reported, OCTOBER, datetime(2022, 11, 11))
    item = account_of(reported.plan, reported.register, OCTOBER).pending[0]
    assert main(["decide", str(reported.root), item.id, "用新数", "--period", "2022-10"]) == 0
    consolidate(reported, OCTOBER, datetime(2022, 11, 12))
    assert state_of(reported, "8-1") == (110, 104, "认定后已变")
    assert [i["certified_moved"] for i in status(reported, OCTOBER)["indicators"] if i["code"] == "8-1"] == [True]
    november = {i["code"]: i["previous"] for i in status(reported, Period.parse("2022-11"))["indicators"]}
    assert november["8-1"] == "110", "上期累计 remains the reported one"

    issue_certification(reported, OCTOBER, datetime(2022, 11, 13))
    certify(reported, says("8-1", CUT, "104", reason="两人不符合条件", checked="20", confirmed="18") | says("7-1", PROOF), "再认定.xlsx")
    (one,) = consolidate(reported, OCTOBER, datetime(2022, 11, 14)).files
    assert one.outcome.value == "accepted", "the same said of another figure"
    assert state_of(reported, "8-1") == (110, 104, "核减")


def test_it_is_counted_apart(reported: Year) -> None:
    was = status(reported, OCTOBER)
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    certify(reported, says("8-1", AGREED))
    consolidate(reported, OCTOBER, datetime(2022, 11, 10))
    now = status(reported, OCTOBER)
    for key in ("issued", "accepted", "held", "refused", "missing", "units", "projects", "ranks"):
        assert now[key] == was[key]
    receipts = account_of(reported.plan, reported.register, OCTOBER).receipts
    assert [(r.unit, r.outcome.value, r.late) for r in receipts if "认定" in r.file] == [(BUREAU, "accepted", False)]


def test_a_certifier_that_also_reports(tmp_path: Path) -> None:
    """Its two forms of one period are two things."""
    tables = little_tables().plain()
    first, second = tables["任务表"]
    first |= {"责任单位": "县民政局、县妇联", "认定单位": "县残联"}
    second["认定单位"] = ""
    year = Year.create(tmp_path / "年", raw(tables))
    issue(year, OCTOBER, datetime(2022, 10, 31))
    send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
    send(year, year.plan.indicator("1-1").filler, OCTOBER, {figure("1-1"): "27000"})
    consolidate(year, OCTOBER, datetime(2022, 11, 4))
    issue_certification(year, OCTOBER, datetime(2022, 11, 8))
    form = certification_form(year.plan, year.plan.unit("县残联"), OCTOBER, {})
    fill(year.certified_folder(OCTOBER) / "县残联_2022-10_认定.xlsx", year.inbox / "认定.xlsx", form, says("1-1", CUT, "26900", reason="重复"))
    consolidate(year, OCTOBER, datetime(2022, 11, 10))
    account = account_of(year.plan, year.register, OCTOBER)
    assert account.units["县残联"].standing.value == "accepted"
    assert account.units["县残联"].figures[figure("8-1")] == 106
    assert account.certified["1-1"].figure == 26900
    assert not account.pending


def test_whoever_certifies_its_own_figure_is_not_asked(tmp_path: Path) -> None:
    """8-1 is reported by the one that certifies it; 1-4 is a trend and not chosen."""
    tables = short_tables().plain()
    next(row for row in tables["指标"] if row["编码"] == "8-1")["填数单位"] = BUREAU
    year = Year.create(tmp_path / "年", raw(tables))
    issue(year, OCTOBER, datetime(2022, 10, 31))
    send(year, BUREAU, OCTOBER, {figure("8-1"): "106"})
    send(year, "县卫生健康委", OCTOBER, {figure("7-1"): "11480"})
    consolidate(year, OCTOBER, datetime(2022, 11, 4))
    issue_certification(year, OCTOBER, datetime(2022, 11, 8))
    path = certify(year, says("7-1", AGREED) | says("8-1", AGREED))
    (one,) = consolidate(year, OCTOBER, datetime(2022, 11, 9)).files
    assert (one.outcome.value, sorted(certified(year))) == ("accepted", ["7-1"]), path
    assert [state_of(year, code)[2] for code in ("7-1", "8-1", "7-2", "1-4")] == ["同意报送数", "自报", "未认定", "本期不认定"]


def test_the_form_shows_what_stands_behind_a_figure(reported: Year) -> None:
    """The words of the unit and its last certification, on the form that goes out."""
    cells = {Key("figure", "7-3", "numerator"): "64", Key("figure", "7-3", "denominator"): "96", Key("figure", "7-3", "explanation"): "含新增两个乡"}
    send(reported, "县妇联", OCTOBER, {}, "空.xlsx")
    send(reported, "县卫生健康委", OCTOBER, {figure("7-1"): "11480", **cells, word(7, "evidence"): "筛查名册"}, "补.xlsx")
    consolidate(reported, OCTOBER, datetime(2022, 11, 5))
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    certify(reported, says("8-1", CUT, "104", reason="重复") | says("7-1", PROOF))
    consolidate(reported, OCTOBER, datetime(2022, 11, 9))
    (path,) = issue_certification(reported, OCTOBER, datetime(2022, 11, 10)).workbooks
    page, form = sheet_of(path, CERTIFIER_SHEET), form_of(reported)

    def cell(code: str, name: str) -> object:
        return page[form.address(Key("certify", code, name))].value

    assert [cell("8-1", name) for name in ("lead", "reported", "last")] == ["县残联", 106, "2022-10 认定 104；核减"]
    assert cell("7-1", "last") == "2022-10 待补证"
    assert cell("7-2", "last") is None
    assert [cell("7-3", name) for name in ("reported", "numerator", "denominator", "explanation", "evidence")] == [66.7, 64, 96, "含新增两个乡", "筛查名册"]


def test_the_last_word_counts_and_is_remarked(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    certify(reported, says("8-1", AGREED) | says("7-1", AGREED), "一.xlsx")
    consolidate(reported, OCTOBER, datetime(2022, 11, 10))
    certify(reported, says("8-1", CUT, "100", reason="重复"), "二.xlsx")
    result = consolidate(reported, OCTOBER, datetime(2022, 11, 11))
    assert [(p.code, p.expected) for p in result.files[0].problems] == [("certify-changed", "同意报送数 106")]
    assert certified(reported)["8-1"].figure == 100
    assert certified(reported)["7-1"].figure == 11480, "a blank takes nothing back"
    (reported.inbox / "三.xlsx").write_bytes((reported.inbox / "一.xlsx").read_bytes())
    consolidate(reported, OCTOBER, datetime(2022, 11, 12))
    assert certified(reported)["8-1"].figure == 106, "the first form sent again is the last word"
    certify(reported, says("8-1", AGREED) | says("7-1", AGREED), "四.xlsx")
    assert consolidate(reported, OCTOBER, datetime(2022, 11, 13)).files[0].outcome.value == "duplicate"


def test_two_at_once_that_differ_are_in_doubt(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    certify(reported, says("8-1", AGREED) | says("7-1", AGREED), "一.xlsx")
    certify(reported, says("8-1", CUT, "100", reason="重复") | says("7-1", AGREED), "二.xlsx")
    result = consolidate(reported, OCTOBER, datetime(2022, 11, 10))
    assert [(one.outcome.value, [p.code for p in one.problems]) for one in result.files] == [("held", ["certify-two"])] * 2
    assert certified(reported)["8-1"].figure == Doubt("106 / 100")
    assert certified(reported)["7-1"].figure == 11480
    assert state_of(reported, "8-1") == (106, "待核：106 / 100", "待核")


def test_a_form_of_figures_that_have_moved_is_judged_by_its_own(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    certify(reported, says("8-1", AGREED))
    old = (reported.inbox / "认定.xlsx").read_bytes()
    (reported.inbox / "认定.xlsx").unlink()
    send(reported, "县妇联", OCTOBER, {}, "空.xlsx")
    send(reported, "县卫生健康委", OCTOBER, {figure("7-2"): "14999"}, "补.xlsx")
    consolidate(reported, OCTOBER, datetime(2022, 11, 9))
    issue_certification(reported, OCTOBER, datetime(2022, 11, 9, 1))
    (reported.inbox / "旧.xlsx").write_bytes(old)
    assert consolidate(reported, OCTOBER, datetime(2022, 11, 10)).files[0].outcome.value == "accepted"
    assert certified(reported)["8-1"].reported == Reported(Fraction(106), OCTOBER)


@pytest.mark.parametrize(("place", "text", "code"), [("C4", "县残联", "certify-identity"), ("E4", "2022年9月", "certify-identity"), ("B8", "9-9", "return-structure")])
def test_what_is_not_the_form_that_went_out_is_refused(reported: Year, place: str, text: str, code: str) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    path = certify(reported, says("8-1", AGREED))
    book = openpyxl.load_workbook(path)
    book[CERTIFIER_SHEET][place] = text
    book.save(path)
    (one,) = inspect(reported, [path])
    assert (one.outcome.value, one.unit, one.content) == ("refused", BUREAU, None)
    assert code in [p.code for p in one.problems]
    consolidate(reported, OCTOBER, datetime(2022, 11, 10))
    assert not certified(reported)


def test_a_form_of_another_plan_or_never_issued_is_refused(reported: Year, tmp_path: Path) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    path = certify(reported, says("8-1", AGREED))
    tables = little_tables().plain()
    row = next(row for row in tables["指标"] if row["编码"] == "8-1")
    row["目标"] = "130"
    other = Year.create(tmp_path / "别", raw(tables))
    issue(other, OCTOBER, datetime(2022, 10, 31))
    (one,) = inspect(other, [path])
    assert (one.outcome.value, one.problems[0].code) == ("refused", "return-not-issued")


def test_an_empty_one_is_blank(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    (one,) = inspect(reported, [certify(reported, {})])
    assert (one.outcome.value, one.problems[0].code) == ("empty", "return-empty")


@needs_libreoffice
@pytest.mark.office
def test_a_form_resaved_by_libreoffice_says_the_same(reported: Year, tmp_path: Path) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    answers = says("8-1", CUT, "104", reason="两人不符合条件", checked="20", confirmed="18") | says("7-1", PROOF, remark="补名册")
    (again,) = convert([certify(reported, answers)], "xlsx", tmp_path / "另存", recalculate=False)
    (one,) = inspect(reported, [again])
    assert one.outcome.value == "accepted"
    assert inspected(reported.plan, one)["values"] == {"8-1": {"certified": "104"}}
    assert inspected(reported.plan, one)["texts"]["8-1"]["reason"] == "两人不符合条件"


def test_an_account_without_certifiers_gives_the_empty_table(plan: Plan) -> None:
    account: PeriodAccount = empty_account(plan, OCTOBER)
    book = master_book(account, "", 0)
    sheet = book.sheet("certification")
    states = {book.value(sheet, cell) for key, cell in sheet._by_key.items() if key[-1] == "state"}
    assert states == {"未认定", "本期不认定"}
    assert isinstance(book, Book)


def form_of(year: Year) -> Sheet:
    return certification_form(year.plan, year.plan.unit(BUREAU), OCTOBER, {})


def sort_rows(form: Sheet, path: Path, first: str, second: str, names: tuple[str, ...]) -> None:
    """Exchange some cells of two rows, as a sort of a part of the columns does."""
    book = openpyxl.load_workbook(path)
    page = book[CERTIFIER_SHEET]
    for name in names:
        a, b = (form.address(Key("certify", code, name)) for code in (first, second))
        page[a].value, page[b].value = page[b].value, page[a].value
    book.save(path)


def test_a_reported_figure_that_was_typed_over_or_sorted_away_holds_its_row(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    path = certify(reported, says("8-1", AGREED) | says("7-1", CUT, "104", reason="重复"))
    sort_rows(form_of(reported), path, "7-1", "8-1", ("reported", "since", "opinion", "figure", "reason"))
    (one,) = inspect(reported, [path])
    assert {p.code for p in one.problems if p.severity.value == "待核"} == {"certify-reported-changed"}
    assert inspected(reported.plan, one)["values"] == {}
    sort_rows(form_of(reported), path, "7-1", "8-1", ("reported", "since", "opinion", "figure", "reason"))
    book = openpyxl.load_workbook(path)
    book[CERTIFIER_SHEET][form_of(reported).address(Key("certify", "8-1", "reported"))] = 104
    book.save(path)
    (one,) = inspect(reported, [path])
    assert "8-1" not in inspected(reported.plan, one)["values"]


def test_whole_rows_may_be_sorted_and_a_copied_row_may_not(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    path = certify(reported, says("8-1", CUT, "104", reason="重复") | says("7-1", AGREED))
    every = ("code", "name", "lead", "unit", "target", "reported", "since", "opinion", "figure", "reason", "checked", "confirmed", "remark")
    sort_rows(form_of(reported), path, "7-1", "8-1", every)
    (one,) = inspect(reported, [path])
    assert inspected(reported.plan, one)["values"] == {"8-1": {"certified": "104"}, "7-1": {"certified": "11480"}}
    form = form_of(reported)
    book = openpyxl.load_workbook(path)
    page = book[CERTIFIER_SHEET]
    row, below = form.cell(Key("certify", "8-1", "code")).row + 1, page.max_row + 2
    for column in range(1, 21):
        page.cell(below, column).value = page.cell(row, column).value
    book.save(path)
    (one,) = inspect(reported, [path])
    assert (one.outcome.value, one.content) == ("refused", None)


def test_the_last_word_may_come_under_any_name_and_clears_a_doubt(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    agreed = certify(reported, says("8-1", AGREED), "认定.xlsx").read_bytes()
    consolidate(reported, OCTOBER, datetime(2022, 11, 9))
    cut = certify(reported, says("8-1", CUT, "100", reason="重复"), "认定.xlsx").read_bytes()
    consolidate(reported, OCTOBER, datetime(2022, 11, 10))
    assert certified(reported)["8-1"].figure == 100
    (reported.inbox / "认定.xlsx").write_bytes(agreed)
    consolidate(reported, OCTOBER, datetime(2022, 11, 11))
    assert certified(reported)["8-1"].figure == 106, "the same bytes under the same name"
    certify(reported, says("8-1", AGREED), "同.xlsx")
    certify(reported, says("8-1", CUT, "99", reason="重复"), "异.xlsx")
    result = consolidate(reported, OCTOBER, datetime(2022, 11, 12))
    assert {one.outcome.value for one in result.files} == {"held"}, "what stands, and another, at once"
    assert isinstance(certified(reported)["8-1"].figure, Doubt)
    (reported.inbox / "再.xlsx").write_bytes(cut)
    consolidate(reported, OCTOBER, datetime(2022, 11, 13))
    assert certified(reported)["8-1"].figure == 100
    assert consolidate(reported, OCTOBER, datetime(2022, 11, 14)).files == ()


def test_it_leaves_no_trace_on_the_monthly_account(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    november = Period.parse("2022-11")
    certify(reported, says("8-1", AGREED))
    consolidate(reported, november, datetime(2022, 12, 1))
    stranger = certify(reported, says("8-1", AGREED), "别.xlsx")
    book = openpyxl.load_workbook(stranger)
    for name in list(book.custom_doc_props.names):
        if name == "minsheng.unit":
            book.custom_doc_props[name].value = "某县统计局"
    book.save(stranger)
    consolidate(reported, november, datetime(2022, 12, 2))
    account = account_of(reported.plan, reported.register, november)
    assert account.notes == {}
    assert account.pending == []
    assert status(reported, OCTOBER)["duplicate"] == 0


def test_zero_is_not_the_same_as_nothing(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    certify(reported, says("7-2", LATER))
    consolidate(reported, OCTOBER, datetime(2022, 11, 9))
    assert state_of(reported, "7-2") == (None, None, "暂不认定")
    send(reported, "县卫生健康委", OCTOBER, {figure("7-2"): "0"}, "补.xlsx")
    consolidate(reported, OCTOBER, datetime(2022, 11, 10))
    assert state_of(reported, "7-2") == (0, None, "认定后已变")
    assert [i["certified_moved"] for i in status(reported, OCTOBER)["indicators"] if i["code"] == "7-2"] == [True]


def test_a_figure_certified_in_another_measure_is_in_doubt(reported: Year) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    certify(reported, says("8-1", CUT, "104", reason="重复"))
    consolidate(reported, OCTOBER, datetime(2022, 11, 9))
    reported.close()
    year = changed(reported, "指标", "8-1", 计量单位="万人")
    consolidate(year, OCTOBER, datetime(2022, 11, 10))
    assert certified(year)["8-1"].figure == 104, "it is another measure from November on"
    year = changed(year, "变更记录", "1", 更正="是", 起始期次=None)
    consolidate(year, OCTOBER, datetime(2022, 11, 10))
    assert certified(year)["8-1"].figure == Doubt("104（当时是累计量 人）")
    year.close()


def _recoded(year: Year) -> Year:
    return told(changed(year, "指标", "8-1", 编码="8-9"), "改编码", "8-1", "8-9")


def _with_another_target(year: Year) -> Year:
    year = changed(year, "指标", "8-1", 目标="130")
    consolidate(year, OCTOBER, datetime(2022, 11, 10))
    return changed(year, "变更记录", "1", 更正="是", 起始期次=None)


def _of_a_renamed_certifier(year: Year) -> Year:
    return told(replaced(year, BUREAU, "县统计中心"), "改名", BUREAU, "县统计中心")


@pytest.mark.parametrize("edit", [_recoded, _with_another_target, _of_a_renamed_certifier])
@pytest.mark.parametrize("comes", ["before", "after"])
def test_a_form_is_judged_by_the_plan_it_went_out_under(
    reported: Year, edit: Callable[[Year], Year], comes: str
) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    certify(reported, says("8-1", CUT, "104", reason="重复"))
    if comes == "before":
        consolidate(reported, OCTOBER, datetime(2022, 11, 9))
    year = edit(reported)
    consolidate(year, OCTOBER, datetime(2022, 11, 11))
    code = year.plan.code_here("8-1")
    assert {code: (one.opinion, one.figure) for code, one in certified(year).items()} == {code: (CUT, 104)}
    year.close()


def test_the_table_on_paper_says_what_the_status_says(demo_year: Year) -> None:
    """打印稿 against `status --json`, every row, by the shown texts of the built-in plan's codes."""
    printed = print_period(demo_year, OCTOBER, datetime(2022, 11, 20), what=["认定"])
    page = sheet_of(printed.folder / "打印稿.xlsx", "认定表")
    rows = {str(row[1]).split()[0]: row for row in page.iter_rows(min_row=5, values_only=True) if row[1] and str(row[0]).isdigit()}
    found = {i["code"]: i for i in status(demo_year, OCTOBER)["indicators"]}
    assert len(rows) == 42
    for code, row in rows.items():
        reported_, certified_, opinion = row[4], row[6], found[code]["opinion"]
        assert row[9] == (opinion or ("未认定" if code in ASSESSED else "本期不认定")), code
        yes_or_no = {"1": "是", "0": "否", None: None}
        if certified_ in ("是", "否") or reported_ in ("是", "否"):
            assert certified_ == yes_or_no[found[code]["certified"]], code
        elif found[code]["certified"] is None:
            assert certified_ is None, code
        else:
            assert certified_ == pytest.approx(float(found[code]["certified"]), abs=1e-6), code
            assert row[7] == pytest.approx(round(float(found[code]["certified"]) - float(found[code]["reported"]), 3), abs=1e-3), code


@needs_libreoffice
def test_an_old_format_of_a_certifier_is_none_of_its_reports(reported: Year, tmp_path: Path) -> None:
    issue_certification(reported, OCTOBER, datetime(2022, 11, 8))
    (old,) = convert([certify(reported, says("8-1", AGREED))], "xls", tmp_path / "旧", recalculate=False)
    (reported.inbox / "认定.xlsx").unlink()
    (reported.inbox / "认定.xls").write_bytes(old.read_bytes())
    before = [status(reported, OCTOBER)[key] for key in ("issued", "accepted", "held", "refused", "missing")]
    (one,) = consolidate(reported, OCTOBER, datetime(2022, 11, 9)).files
    assert (one.outcome.value, one.unit, one.certifies) == ("refused", BUREAU, True)
    assert [status(reported, OCTOBER)[key] for key in ("issued", "accepted", "held", "refused", "missing")] == before
