"""The folder of a year: its plan and versions of it, what it stands on, how it is made again."""

import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from unittest.mock import Mock

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Year
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.plan.read import read_tables
from minsheng_xl.problems import MisuseError
from minsheng_xl.year import register, storage
from minsheng_xl.year.entries import Closed, Issued, Judged, PlanUsed
from minsheng_xl.year.folder import MACRO_MASTER, PLAIN_MASTER, plan_hash
from tests.makers import QUARTERS

AT = datetime(2024, 4, 3, 10)
SPRING, SUMMER = Period.parse("2024-Q1"), Period.parse("2024-Q2")


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    found = Year.create(tmp_path / "年", read_tables(QUARTERS))
    yield found
    found.close()


def change_the_plan(year: Year) -> Year:
    """The same folder, its plan edited by the office: another title."""
    book = openpyxl.load_workbook(year.plan_path)
    for row in book["参数"].iter_rows():
        for cell in row:
            if cell.value == "标题":
                book["参数"].cell(cell.row, cell.column + 2).value = "改过的题目"
    book.save(year.plan_path)
    year.close()
    return Year(year.root)


def test_a_folder_without_a_plan_is_no_year(tmp_path: Path) -> None:
    with pytest.raises(MinshengError, match=r"里没有 计划.xlsx。请先运行 minsheng-xl init"):
        Year(tmp_path)


def test_a_plan_is_never_written_over(year: Year) -> None:
    before = year.plan_path.read_bytes()
    with pytest.raises(MinshengError, match=r"里已经有 计划.xlsx，没有改动"):
        Year.create(year.root)
    assert year.plan_path.read_bytes() == before


def test_the_master_has_macros_unless_there_is_one_without(year: Year) -> None:
    assert year.master_path.name == MACRO_MASTER
    (year.root / PLAIN_MASTER).touch()
    assert year.master_path.name == PLAIN_MASTER
    (year.root / MACRO_MASTER).touch()
    assert year.master_path.name == MACRO_MASTER


def test_a_period_is_one_of_the_plan(year: Year) -> None:
    assert year.period("2024-Q1") == SPRING
    for text in ("2024-01", "2023-Q1", "x"):
        with pytest.raises(MisuseError, match=f"期次“{text}”不在计划之内。请写 2024-Q1 到 2024-Q4 之间的一期"):
            year.period(text)


def test_a_version_of_the_plan_is_kept_once(year: Year) -> None:
    version = year.keep_plan(AT)
    assert (year.keep_plan(AT), version) == (version, plan_hash(year.plan))
    (used,) = year.register.entries(PlanUsed)
    assert (used.plan, year.archive.read(used.sha256)) == (version, year.plan_path.read_bytes())


def test_an_earlier_version_is_read_from_the_archive_once(year: Year) -> None:
    earlier, version = year.plan, year.keep_plan(AT)
    again = change_the_plan(year)
    assert again.keep_plan(AT) != version
    found = again.plan_version(version)
    assert (found, found == again.plan) == (earlier, False)
    assert again.plan_version(version) is found
    with pytest.raises(KeyError):
        again.plan_version("no such")
    again.close()


def test_a_closed_period_keeps_the_plan_of_its_day(year: Year) -> None:
    earlier, version = year.plan, year.keep_plan(AT)
    closed = Closed(
        at=AT, run=1, period=SPRING, plan=version, upto=0, who="赵军", last_wins=None, values={}, measures={}, past={}, print="",
    )  # fmt: skip
    year.register.record([closed])
    again = change_the_plan(year)
    assert again.plan_of(SPRING) == earlier
    assert again.plan_of(SUMMER) is again.plan
    again.close()


def test_its_state_changes_with_the_journal_and_with_the_plan(year: Year) -> None:
    states = [year.state(), year.state()]
    year.keep_plan(AT)
    states.append(year.state())
    again = change_the_plan(year)
    states.append(again.state())
    again.close()
    assert states[0] == states[1]
    assert len(set(states)) == 3


def test_making_the_register_again_tells_what_the_archive_lacks(year: Year) -> None:
    year.keep_plan(AT)
    kept = year.archive.keep(b"form")
    form = Issued(at=AT, period=SPRING, unit="县水利局", sha256=kept, file="x.xlsx", form="f", plan="p")
    lost = form._replace(sha256="f" * 64)
    refused = Judged(AT, 1, AT, Return(file="a.xlsx", sha256="a" * 64, outcome=Outcome.REFUSED))
    too_large = refused._replace(returned=refused.returned._replace(sha256="b" * 64), kept=False)
    unsaid = refused._replace(returned=refused.returned._replace(sha256=""))
    year.register.record([refused, too_large, unsaid, lost, form, lost])
    assert year.rebuild() == (7, True, ("f" * 64, "a" * 64))
    year.archive.path(kept).write_bytes(b"other")
    assert year.rebuild() == (7, True, ("f" * 64, kept, "a" * 64))


def is_open(path: Path) -> bool:
    """Whether this process has a file open."""
    return path in [one.readlink() for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]


def _journalled(year: Year, count: int = 3) -> Path:
    """The journal of a year in which some forms went out, each by a line of its own."""
    for number in range(count):
        form = Issued(at=AT, period=SPRING, unit="县水利局", sha256="", file=f"{number}.xlsx", form="f", plan="p")
        year.register.record([form])
    return year.journal.path


def test_a_register_that_cannot_be_replaced_stays(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, while another program has it open."""
    _journalled(year)
    before = year.register_path.read_bytes()
    replace = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if target == year.register_path:
            raise PermissionError(13, "Access is denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(storage.time, "sleep", Mock())
    with pytest.raises(MinshengError, match=r"登记.sqlite 写不进去：没有权限，或文件正被打开。原有文件没有改动"):
        year.rebuild()
    monkeypatch.undo()
    assert year.register_path.read_bytes() == before
    assert year.rebuild() == (3, True, ())


def test_a_register_of_another_journal_that_cannot_be_kept_aside_stays(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _journalled(year)
    before = year.register_path.read_bytes()
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    monkeypatch.setattr(Path, "replace", Mock(side_effect=PermissionError(13, "Access is denied")))
    monkeypatch.setattr(storage.time, "sleep", Mock())
    with pytest.raises(MinshengError, match=r"登记.sqlite 写不进去：没有权限，或文件正被打开。原有文件没有改动"):
        year.rebuild()
    assert year.register_path.read_bytes() == before


def test_a_register_of_another_journal_is_made_again_and_the_old_one_kept(year: Year) -> None:
    path = _journalled(year)
    index = year.root / "归档" / "登记.sqlite"
    before = index.read_bytes()
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    with pytest.raises(MinshengError, match=rf"像是被截短.*运行 minsheng-xl register rebuild {re.escape(str(year.root))}，按它重建"):
        year.register.last_seq()
    assert year.rebuild() == (2, False, ())
    assert index.with_name("登记_原来的.sqlite").read_bytes() == before
    assert year.register.last_seq() == 2


@pytest.mark.skipif(sys.platform != "linux", reason="the open files of a process, as Linux lists them")
def test_whoever_only_reads_the_register_lets_go_of_it_where_a_file_that_is_open_stays(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that reads returns lives on when all are read."""
    _journalled(year)
    year.close()
    monkeypatch.setattr(register, "_HOLDS_WHAT_IS_OPEN", True)
    reader = Year(year.root, writable=False)
    assert [entry.file for entry in reader.register.entries(Issued)] == ["0.xlsx", "1.xlsx", "2.xlsx"]
    assert not is_open(year.register_path)


@pytest.mark.posix(reason="a file that is open elsewhere is not replaced there: tests/windows tells what happens")
def test_who_has_the_register_open_while_it_is_made_again_reads_and_writes_on(year: Year) -> None:
    _journalled(year)
    other = Year(year.root)
    assert other.register.last_seq() == 3
    assert year.rebuild() == (3, True, ())
    other.register.record([Issued(at=AT, period=SPRING, unit="县水利局", sha256="", file="4.xlsx", form="f", plan="p")])
    assert (other.register.last_seq(), year.register.last_seq()) == (4, 4)
    other.close()
    assert year.rebuild() == (4, True, ())


def test_nothing_is_made_again_from_a_journal_that_is_gone(year: Year) -> None:
    _journalled(year).unlink()
    index = year.root / "归档" / "登记.sqlite"
    before = index.read_bytes()
    with pytest.raises(MinshengError, match=r"日志.jsonl 不见了，或是空的，而登记库 登记.sqlite 记到第 3 条"):
        year.rebuild()
    assert index.read_bytes() == before


def test_nothing_is_made_again_from_lines_that_do_not_follow_on_each_other(year: Year) -> None:
    path = _journalled(year)
    index = year.root / "归档" / "登记.sqlite"
    before = index.read_bytes()
    path.write_bytes(path.read_bytes().replace(b'"file":"1.xlsx"', b'"file":"7.xlsx"'))
    with pytest.raises(MinshengError, match=r"日志.jsonl 第 3 行（第 3 条）接不上它前面的第 2 条"):
        year.rebuild()
    assert index.read_bytes() == before


def test_who_holds_it_sees_what_others_did_before(year: Year) -> None:
    other = Year(year.root)
    with other.locked(), other.locked():
        other.keep_plan(AT)
    other.close()
    with year.locked():
        assert year.register.entries(PlanUsed)[0].plan == plan_hash(year.plan)
