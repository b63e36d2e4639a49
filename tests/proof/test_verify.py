"""Verify: what was done to a year's folder is named, each figure says what proves it, and what is untouched is 有据.

The demo has no figure that the office typed; where one is needed it is typed here.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, decide, issue, status
from minsheng_xl.cli import main
from minsheng_xl.closing.close import close
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.stamp import stamp_of
from minsheng_xl.proof.verify import Verdict, Verification, Verified, verify
from minsheng_xl.year.entries import CertifyingIssued, Closed, Issued, JournalEntry, Judged, PlanUsed, line_text
from minsheng_xl.year.journal import START, Journal
from minsheng_xl.year.person import Person
from tests.changes.office import changed, told
from tests.makers import end_of, figure, send
from tests.sharing import copied, made_once
from tests.workbooks import typed

SEPTEMBER, OCTOBER, NOVEMBER = (Period.parse(f"2022-{month}") for month in ("09", "10", "11"))
NOW, LATER = datetime(2022, 11, 7, 16), datetime(2022, 11, 20, 9)
LAMPS = figure("8-1")
"""The figure of 县残联, in the short plan."""
BUILDERS, HOMES = "县住房和城乡建设局", "3-3"
"""A unit that reported in the demo, and one of its figures."""


def said(found: Verification) -> str:
    """All that is wrong, a sentence a line."""
    return "\n".join([*found.faults, *found.contradictions])


def of(found: Verification, code: str, period: Period = OCTOBER) -> Verified:
    return next(one for one in found.figures if (one.period, one.indicator.code) == (period, code))


def lines_of(year: Year) -> list[bytes]:
    return year.journal.path.read_bytes().splitlines(keepends=True)


def put(year: Year, lines: list[bytes]) -> None:
    year.close()
    year.journal.path.write_bytes(b"".join(lines))


def line_of(year: Year, sort: str, *signs: str) -> int:
    """The number of the first line of a sort that holds these signs, from 0."""
    every = enumerate(lines_of(year))
    return next(n for n, line in every if json.loads(line)["kind"] == sort and all(sign in line.decode() for sign in signs))


def entries_of(year: Year) -> list[tuple[JournalEntry, bool]]:
    """The entries, and whether each ends its batch."""
    return [(written.line.entry, not written.line.more) for written in year.journal.read()]


def rewrite(year: Year, change: Callable[[JournalEntry], JournalEntry]) -> None:
    """Write the whole chain anew with changed entries, by the program's own code, and let the register be made of it."""
    batches: list[list[JournalEntry]] = [[]]
    for entry, ends in entries_of(year):
        batches[-1].append(change(entry))
        batches += [[]] if ends else []
    year.close()
    year.journal.path.unlink()
    year.register_path.unlink()
    journal, mark = Journal(year.journal.path), START
    for batch in filter(None, batches):
        journal.append(batch, mark)
        mark = end_of(journal)


def with_figure(entry: JournalEntry, code: str) -> JournalEntry:
    """A judgement of October with 999 for an indicator."""
    content = entry.returned.content if isinstance(entry, Judged) and entry.returned.period == OCTOBER else None
    if not isinstance(entry, Judged) or content is None or figure(code) not in content.figures:
        return entry
    changed = content._replace(figures={**content.figures, figure(code): Fraction(999)})
    return entry._replace(returned=entry.returned._replace(content=changed))


def test_an_untouched_year_is_proved_whole(demo_year: Year) -> None:
    found = verify(demo_year)
    assert (said(found), found.is_sound, found.chain.torn) == ("", True, 0)
    assert found.periods == (SEPTEMBER, OCTOBER)
    for period in found.periods:
        figures = [one for one in status(demo_year, period)["indicators"] if one["reported"] is not None]
        assert found.count(Verdict.PROVED, period) == len(figures) > 30
        assert [one.indicator.code for one in found.figures if one.period == period] == [one["code"] for one in figures]
        assert [one.value for one in found.figures if one.period == period] == [one["reported_text"] for one in figures]
    assert found.chain.head == end_of(demo_year.journal).digest


def test_a_figure_says_the_file_and_the_cell_that_carry_it(demo_year: Year) -> None:
    one = of(verify(demo_year), HOMES)
    file, cell = one.proof.file, one.proof.cell
    assert file.startswith(f"10月/{BUILDERS}")
    sheet, _, address = cell.partition(" ")
    page = openpyxl.load_workbook(demo_year.inbox / file, data_only=True)[sheet]
    assert str(page[address].value) == one.value


def test_nothing_is_written(demo_year: Year) -> None:
    demo_year.close()
    before = {path: path.stat().st_mtime_ns for path in demo_year.root.rglob("*")}
    verify(Year(demo_year.root))
    after = {path: path.stat().st_mtime_ns for path in demo_year.root.rglob("*")}
    assert {path for path in after if after[path] != before.get(path)} <= {demo_year.root / "归档" / "速查.sqlite"}


def test_the_command_says_it_and_ends_by_it(
    demo_year: Year, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minsheng_xl.books.pdf.shutil.which", lambda name: None)
    demo_year.close()
    assert main(["verify", str(demo_year.root)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("日志 163 行；链首 ")
    assert out[1:4] == ["2022-09：有据 42，无法核实 0，不符 0", "2022-10：有据 36，无法核实 0，不符 0", "核验完毕，没有发现不对的地方。"]
    assert main(["verify", str(demo_year.root), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sound"], told["lines"], told["faults"]) == (True, 163, [])
    (october,) = (one for one in told["periods"] if one["period"] == "2022-10")
    code = october.pop("code")
    assert october == {"period": "2022-10", "proved": 36, "unproved": 0, "contradicted": 0}
    assert stamp_of(account_of(demo_year.plan, demo_year.register, OCTOBER), demo_year.register).endswith(f"校验码 {code}")
    demo_year.close()
    put(demo_year, lines_of(demo_year)[:-1])
    assert main(["verify", str(demo_year.root), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["sound"] is False


def test_a_digit_is_told_by_the_next_line_the_register_and_the_original(demo_year: Year) -> None:
    value = of(verify(demo_year), HOMES).value
    at, lines = line_of(demo_year, "judged", f"10月/{BUILDERS}"), lines_of(demo_year)
    was = f'"3-3","reported","n","{value}"'.encode()
    assert was in lines[at]
    lines[at] = lines[at].replace(was, was.replace(value.encode(), b"999"))
    put(demo_year, lines)
    found = verify(demo_year)
    assert f"日志.jsonl 第 {at + 2} 行（第 {at + 2} 条）接不上它前面的第 {at + 1} 条" in said(found)
    assert f"登记库 登记.sqlite 里的第 {at + 1} 条和日志里的不同" in said(found)
    one = of(found, HOMES)
    assert (one.proof.verdict, one.value) == (Verdict.CONTRADICTED, "999")
    assert str(one).endswith(f"不符，账上是 999，原件这一格是 {value}（{one.proof.file} {one.proof.cell}）。")


def _out(lines: list[bytes], at: int) -> None:
    del lines[at]


def _in(lines: list[bytes], at: int) -> None:
    lines.insert(at + 1, lines[at].replace(b'"seq":%d,' % (at + 1), b'"seq":%d,' % (at + 2)))


def _swapped(lines: list[bytes], at: int) -> None:
    lines[at], lines[at + 1] = lines[at + 1], lines[at]


@pytest.mark.parametrize("sort", ["master", "judged"])
@pytest.mark.parametrize(("change", "line"), [(_out, 1), (_in, 2), (_swapped, 1)], ids=lambda one: getattr(one, "__name__", ""))
def test_a_line_out_in_or_in_another_place_is_told(
    demo_year: Year, change: Callable[[list[bytes], int], None], line: int, sort: str
) -> None:
    """One that stands by itself, and one of a batch."""
    at, lines = line_of(demo_year, sort), lines_of(demo_year)
    change(lines, at)
    put(demo_year, lines)
    found = verify(demo_year)
    assert f"日志.jsonl 第 {at + line} 行（" in said(found)
    assert "接不上它前面的" in said(found)


def test_a_tail_that_was_cut_is_told_by_the_register(demo_year: Year, capsys: pytest.CaptureFixture[str]) -> None:
    put(demo_year, lines_of(demo_year)[:-3])
    sentence = "归档里的 日志.jsonl 比登记库 登记.sqlite 少：登记库记到第 163 条"
    assert sentence in said(verify(demo_year))
    register = demo_year.register_path.read_bytes()
    assert main(["status", str(demo_year.root)]) == 1
    assert sentence in capsys.readouterr().err
    assert demo_year.register_path.read_bytes() == register


def test_a_register_of_another_year_is_told(demo_year: Year, issued_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo_year.close()
    demo_year.register_path.write_bytes((issued_folder / "归档" / "登记.sqlite").read_bytes())
    sentence = "归档里的登记库 登记.sqlite 不是由这里的 日志.jsonl 得来的"
    found = verify(demo_year)
    assert sentence in said(found)
    assert found.count(Verdict.CONTRADICTED) == 0  # the figures are those of the journal
    assert main(["verify", str(demo_year.root)]) == 1
    assert sentence in capsys.readouterr().err
    assert main(["status", str(demo_year.root)]) == 1
    assert sentence in capsys.readouterr().err


def test_a_row_of_the_register_that_was_changed_is_told(demo_year: Year) -> None:
    demo_year.close()
    at = line_of(demo_year, "judged", f"10月/{BUILDERS}")
    with sqlite3.connect(demo_year.register_path) as connection:
        changed = connection.execute("update entries set body = replace(body, '639', '999') where seq = ?", (at + 1,))
        assert changed.rowcount == 1
    connection.close()
    assert said(verify(demo_year)).startswith(f"登记库 登记.sqlite 里的第 {at + 1} 条和日志里的不同")


@pytest.mark.parametrize("at", [0.3, 0.5, 0.8])
def test_a_damaged_register_is_told_and_the_figures_are_proved_without_it(demo_year: Year, at: float) -> None:
    demo_year.close()
    content = bytearray(demo_year.register_path.read_bytes())
    begin = int(len(content) * at)
    content[begin : begin + 4096] = bytes(reversed(content[begin : begin + 4096]))
    demo_year.register_path.write_bytes(content)
    found = verify(demo_year)
    assert found.faults == (
        f"登记库 登记.sqlite 读不了，可能坏了。它由日志得来，运行 minsheng-xl register rebuild {demo_year.root} 重建。",
    )
    assert found.count(Verdict.PROVED) == len(found.figures)


def test_a_chain_written_anew_cannot_make_an_original_say_something_else(demo_year: Year) -> None:
    value = of(verify(demo_year), HOMES).value
    rewrite(demo_year, lambda entry: with_figure(entry, HOMES))
    found = verify(demo_year)
    assert found.chain.faults == ()
    one = of(found, HOMES)
    assert (one.proof.verdict, one.proof.why) == (Verdict.CONTRADICTED, f"账上是 999，原件这一格是 {value}")
    assert one.proof.file.startswith(f"10月/{BUILDERS}")


def test_a_chain_written_anew_is_told_by_the_forms_that_came_back(demo_year: Year) -> None:
    """The plan came into use another day: no figure is another, but every head is."""
    first = True

    def change(entry: JournalEntry) -> JournalEntry:
        nonlocal first
        entry, first = (entry._replace(at=datetime(2022, 1, 1)), False) if first else (entry, False)
        return entry._replace(head="") if isinstance(entry, Issued | CertifyingIssued) else entry

    rewrite(demo_year, change)
    found = verify(demo_year)
    assert found.count(Verdict.PROVED) == len(found.figures)
    assert not found.is_sound
    assert all("不在日志的链上" in fault for fault in found.faults)
    places = [re.sub("/.*", "", fault) for fault in found.faults]
    assert places[:2] == ["来件 9月", "来件 10月"]
    assert found.faults[2].startswith("来件 认定/县统计局_2022-10_认定.xlsx 带着的链首 ")
    assert found.faults[3].startswith("总台账.xlsm 的首页带着的链首 ")


def test_a_tail_cut_from_journal_and_register_is_told_by_the_front_page_of_the_master(demo_year: Year) -> None:
    """Cut before the last run: the master shows the head behind it."""
    at = line_of(demo_year, "judged", "认定/")
    put(demo_year, lines_of(demo_year)[: at - 1])
    demo_year.register_path.unlink()
    (fault,) = verify(demo_year).faults
    assert fault.startswith("总台账.xlsm 的首页带着的链首 ")


def test_an_original_that_was_replaced_is_told_and_proves_nothing(demo_year: Year) -> None:
    one = of(verify(demo_year), HOMES)
    sha256 = next(
        entry.returned.sha256 for entry in demo_year.register.entries(Judged) if entry.returned.file == one.proof.file
    )
    path = demo_year.archive.path(sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    found = verify(demo_year)
    assert f"归档里的 来件 {one.proof.file}（日志第 " in said(found)
    assert "被换过，或已损坏" in said(found)
    assert of(found, HOMES).proof[:2] == (Verdict.UNPROVED, one.proof.file)
    path.unlink()
    assert f"归档里缺了 来件 {one.proof.file}（日志第 " in said(verify(demo_year))


def test_an_issued_form_that_was_replaced_is_told(demo_year: Year) -> None:
    entry = demo_year.register.issued(OCTOBER, BUILDERS)[0]
    demo_year.archive.path(entry.sha256).write_bytes(b"another form")
    assert f"归档里的 2022-10 下发的 {entry.file}（日志第 " in said(verify(demo_year))


def test_a_plan_that_is_lost_leaves_nothing_to_be_proved_and_is_told(demo_year: Year) -> None:
    """The one in 计划.xlsx is another by now."""
    (used,) = demo_year.register.entries(PlanUsed)
    book = openpyxl.load_workbook(demo_year.plan_path)
    next(row for row in book["参数"].iter_rows() if row[0].value == "标题")[2].value = "改过的题目"
    book.save(demo_year.plan_path)
    demo_year.close()
    demo_year.archive.path(used.sha256).unlink()
    found = verify(Year(demo_year.root))
    assert found.figures == ()
    assert f"归档里缺了 {used.at:%Y-%m-%d} 的计划（日志第 1 条" in said(found)


def test_a_torn_last_line_is_counted_and_breaks_nothing(demo_year: Year) -> None:
    put(demo_year, [*lines_of(demo_year), b'{"seq":164,"kind":"jud'])
    found = verify(demo_year)
    assert (said(found), found.chain.torn, len(found.chain.lines)) == ("", 1, 163)


def test_what_an_earlier_program_judged_by_other_rules_is_told_as_that(demo_year: Year) -> None:
    """It held the figure that is accepted today, or held none that is in doubt today: the figure is the same."""
    value = of(verify(demo_year), HOMES).value
    demo_year.close()
    lines = lines_of(demo_year)
    at = line_of(demo_year, "judged", f"10月/{BUILDERS}")
    was = f'"3-3","reported","n","{value}"'
    lines[at] = lines[at].decode().replace(was, f'"3-3","reported","d","{value}"').encode()
    put(demo_year, lines)
    assert "账上" not in said(verify(demo_year))  # in doubt it is no figure of the account
    assert f"3-3 本期累计：日志记的是“待核：{value}”，原件 " in said(verify(demo_year))
    lines[at] = lines[at].replace(b'"program":"0.1.0+', b'"program":"0.0.9+')
    put(demo_year, lines)
    assert "3-3 本期累计" not in said(verify(demo_year))


@pytest.fixture(scope="module")
def reported_folder(short_issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of October of the short plan with a doubtful and a sound figure; not to be written to."""

    def make(folder: Path) -> Path:
        for year in copied(short_issued_folder, folder / "年"):
            send(year, "县残联", OCTOBER, {LAMPS: "106"})
            send(year, "县民政局", OCTOBER, {figure("6-1"): "9000"})
            consolidate(year, OCTOBER, NOW)
        return folder / "年"

    return made_once(tmp_path_factory, "to be proved", make)


@pytest.fixture
def reported(reported_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(reported_folder, tmp_path / "年")


def test_an_outcome_that_only_other_rules_explain_is_no_contradiction(reported: Year) -> None:
    """The journal accepts 9000 of four; the original carries it, and is held by today's rules."""

    def change(entry: JournalEntry) -> JournalEntry:
        content = entry.returned.content if isinstance(entry, Judged) else None
        if not isinstance(entry, Judged) or content is None or figure("6-1") not in content.figures:
            return entry
        changed = content._replace(figures={**content.figures, figure("6-1"): Fraction(9000)})
        return entry._replace(returned=entry.returned._replace(content=changed))

    rewrite(reported, change)
    proof = of(verify(reported), "6-1").proof
    assert (proof.verdict, proof.why) == (Verdict.CONTRADICTED, "账上是 9000，原件这一格是“待核：9000”")
    put(reported, [line.replace(b'"program":"0.1.0+', b'"program":"0.0.9+') for line in lines_of(reported)])
    proof = of(verify(reported), "6-1").proof
    assert (proof.verdict, proof.why) == (Verdict.PROVED, "规则已变，现在判为“待核：9000”")
    assert (proof.file, proof.cell) == ("县民政局_2022-10.xlsx", "填报表 G8")


def test_what_the_office_decided_is_not_proved_and_says_who_and_when(reported: Year) -> None:
    pending = account_of(reported.plan, reported.register, OCTOBER).pending
    (item,) = (item for item in pending if item.key == figure("6-1"))
    decide(reported, item.id, "属实", LATER, who="赵军", why="电话核实")
    found = verify(reported)
    assert said(found) == ""
    assert of(found, "8-1").proof.verdict is Verdict.PROVED
    proof = of(found, "6-1").proof
    assert (proof.verdict, proof.why) == (Verdict.UNPROVED, "由赵军定（属实：电话核实），2022-11-20 09:00")


def test_a_figure_is_proved_by_the_file_that_brought_it_first(reported: Year) -> None:
    """A form with a doubt brings 6-3, the next one mends the doubt, the last says all of it again."""
    doubtful = {figure("6-1"): "9000", figure("6-3"): "20"}
    mended = doubtful | {figure("6-1"): "3"}
    for name, answers in {"再报.xlsx": doubtful, "核实单.xlsx": mended, "又报.xlsx": mended | {figure("6-4"): "70000"}}.items():
        send(reported, "县民政局", OCTOBER, answers, name)
        consolidate(reported, OCTOBER, LATER)
    found = verify(reported)
    assert said(found) == ""
    files = {code: (one.verdict, one.file) for code in ("6-1", "6-3", "6-4") for one in [of(found, code).proof]}
    assert files == {
        "6-1": (Verdict.PROVED, "核实单.xlsx"), "6-3": (Verdict.PROVED, "再报.xlsx"), "6-4": (Verdict.PROVED, "又报.xlsx"),
    }
    assert of(found, "8-1").proof.file == "县残联_2022-10.xlsx"


@pytest.mark.parametrize(
    ("who", "named"), [(Person(), "办公室"), (Person("张三", "li"), "张三（电脑用户 li）")],
)
def test_what_the_office_typed_is_not_proved_and_says_who_and_when(reported: Year, who: Person, named: str) -> None:
    reported.who = who
    form = unit_form(reported.plan, reported.plan.unit("县卫生健康委"), OCTOBER, {}, in_master=True)
    typed(reported.master_path, **{f"县卫生健康委__{form.address(figure('7-1'))}": 12})
    consolidate(reported, OCTOBER, LATER)
    proof = of(verify(reported), "7-1").proof
    assert (proof.verdict, proof.why) == (Verdict.UNPROVED, f"{named}填在 总台账.xlsm 里，2022-11-20 09:00 汇总时记下")


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_figure_whose_code_was_changed_is_proved_by_the_form_under_the_old_one(reported: Year, is_closed: bool) -> None:
    if is_closed:
        close(reported, OCTOBER, NOW)
    year = told(changed(reported, "指标", "8-1", 编码="8-9"), "改编码", "8-1", "8-9")
    consolidate(year, OCTOBER, LATER)
    issue(year, NOVEMBER, LATER)
    send(year, "县残联", NOVEMBER, {figure("8-9"): "110"})
    consolidate(year, NOVEMBER, LATER)
    found = verify(year)
    assert said(found) == ""
    code = "8-1" if is_closed else "8-9"
    assert of(found, code).proof == (Verdict.PROVED, "县残联_2022-10.xlsx", "填报表 G8", "")
    assert of(found, "8-9", NOVEMBER).proof == (Verdict.PROVED, "县残联_2022-11.xlsx", "填报表 G8", "")
    year.close()


def test_a_figure_that_was_reported_before_its_target_changed_is_proved_by_the_plan_of_its_day(reported: Year) -> None:
    year = changed(reported, "指标", "8-1", 目标="150")
    consolidate(year, OCTOBER, LATER)
    found = verify(year)
    assert said(found) == ""
    assert of(found, "8-1").proof.verdict is Verdict.PROVED
    year.close()


def test_a_closing_that_was_changed_is_told(reported: Year) -> None:
    close(reported, OCTOBER, LATER)
    assert said(verify(reported)) == ""

    def change(entry: JournalEntry) -> JournalEntry:
        return entry._replace(values={**entry.values, "8-1": Fraction(166)}) if isinstance(entry, Closed) else entry

    rewrite(reported, change)
    assert "2022-10 的定稿记录里 8-1 是 166，由来件算出的是 106。" in said(verify(reported))


def test_a_head_that_a_closing_keeps_must_be_in_the_chain(reported: Year) -> None:
    close(reported, OCTOBER, LATER)
    rewrite(reported, lambda entry: entry._replace(head="0123456789abcdef") if isinstance(entry, Closed) else entry)
    assert "2022-10 的定稿记录带着的链首 0123456789abcdef 不在日志的链上" in said(verify(reported))


def test_a_journal_set_back_is_told_by_the_forms_of_later_days(issued: Year) -> None:
    """Journal and register of an earlier day; the forms of November go out anew, one comes back on the first."""
    issued.close()
    earlier = {path: path.read_bytes() for path in (issued.journal.path, issued.register_path)}
    send(issued, "县残联", OCTOBER, {LAMPS: "104"}, "上午.xlsx")
    consolidate(issued, OCTOBER, NOW)
    issue(issued, NOVEMBER, NOW)
    path = send(issued, "县残联", NOVEMBER, {LAMPS: "110"})
    content = path.read_bytes()
    path.unlink()
    issued.close()
    for each, bytes_ in earlier.items():
        each.write_bytes(bytes_)
    send(issued, "县残联", OCTOBER, {LAMPS: "106"})
    consolidate(issued, OCTOBER, NOW)
    issue(issued, NOVEMBER, LATER)
    path.write_bytes(content)
    consolidate(issued, NOVEMBER, LATER)
    returned, master = verify(issued).faults
    assert returned.startswith("来件 县残联_2022-11.xlsx 带着的链首 ")
    assert returned.endswith("不在日志的链上：日志在那以后被截短、重写过，或换成了另一份。请从备份恢复日志。")
    assert master.startswith("总台账.xlsm 的首页带着的链首 ")


def test_making_the_register_again_refuses_to_call_a_contradicted_line_right(
    reported: Year, capsys: pytest.CaptureFixture[str]
) -> None:
    reported.close()
    assert main(["register", "rebuild", str(reported.root)]) == 0
    rewrite(reported, lambda entry: with_figure(entry, "8-1"))
    capsys.readouterr()
    assert main(["register", "rebuild", str(reported.root)]) == 1
    told = capsys.readouterr().err
    assert "2022-10 8-1 县残联 999：不符，账上是 999，原件这一格是 106" in told
    assert "登记库照日志重建了，但上面这些和归档里的原件不符" in told


def test_a_line_text_is_what_the_journal_holds(issued: Year) -> None:
    """`rewrite` writes what was there where nothing is changed."""
    before = issued.journal.path.read_bytes()
    rewrite(issued, lambda entry: entry)
    assert issued.journal.path.read_bytes() == before
    assert line_text(next(issued.journal.read()).line).encode() + b"\n" == before.splitlines(keepends=True)[0]
