"""What may befall a year's folder: each ill is a plain sentence, loses nothing, and is over once its words are followed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.faults import said_of_clock
from minsheng_xl.year import lock as lock_module
from minsheng_xl.year.entries import Judged, PlanUsed
from tests.makers import figure, send, word
from tests.sharing import copied, made_once

OCTOBER = Period.parse("2022-10")
LABOUR = "县人力资源和社会保障局"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def taken_folder(issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year in which October went out, and one return was taken; not to be written to."""

    def make(folder: Path) -> Path:
        for year in copied(issued_folder, folder / "年"):
            send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
            consolidate(year, OCTOBER, datetime(2022, 11, 7))
        return folder / "年"

    return made_once(tmp_path_factory, "before the ill", make)


@pytest.fixture
def year(taken_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Year]:
    """A copy of it, to be worked on, on the next day."""
    monkeypatch.setattr("minsheng_xl.desk.cli._now", lambda: datetime(2022, 11, 8, 9))
    yield from copied(taken_folder, tmp_path / "年")


def run(capsys: Capture, *words: str) -> tuple[int, str, str]:
    """A command in this process: its code, what it said, what was wrong."""
    capsys.readouterr()
    code = main(words)
    said = capsys.readouterr()
    assert "程序出错" not in said.err
    assert "Traceback" not in said.err
    return code, said.out, said.err


def status(capsys: Capture, year: Year) -> str:
    code, out, err = run(capsys, "status", str(year.root), "--json")
    assert code == 0, err
    return out


def consolidated(capsys: Capture, year: Year) -> tuple[int, str, str]:
    return run(capsys, "consolidate", str(year.root), "--period", "2022-10")


def outcomes(year: Year) -> dict[str, str]:
    """How each file ended that was judged."""
    found = {entry.returned.file: entry.returned.outcome.value for entry in year.register.entries(Judged)}
    year.close()
    return found


def form_of(year: Year, unit: str) -> Path:
    """The workbook that went to a unit, in the archive."""
    sha256 = year.register.issued(OCTOBER, unit)[0].sha256
    year.close()
    return year.archive.path(sha256)


def test_an_archive_that_is_gone_is_said_and_no_return_is_judged(year: Year, tmp_path: Path, capsys: Capture) -> None:
    before, journal = status(capsys, year), year.journal.path.read_bytes()
    archive = year.root / "归档" / "文件"
    backup = archive.rename(tmp_path / "备份")
    send(year, LABOUR, OCTOBER, {figure("1-1"): "27000"})
    for command in (["consolidate"], ["issue"], ["build"], ["close", "--yes"]):
        code, _, err = run(capsys, *command, str(year.root), "--period", "2022-10")
        assert (code, err.count("\n")) == (1, 1)
        assert "归档 里的“文件”文件夹不见了" in err
        assert "请从备份恢复 归档/文件，再运行一次" in err
    assert year.journal.path.read_bytes() == journal
    assert not archive.exists()
    backup.rename(archive)
    assert status(capsys, year) == before
    assert consolidated(capsys, year)[0] == 0
    assert outcomes(year) == {"县残联_2022-10.xlsx": "accepted", f"{LABOUR}_2022-10.xlsx": "accepted"}


@pytest.mark.parametrize("content", [None, b"", b"other"])
def test_a_form_that_is_lost_refuses_nobody(year: Year, content: bytes | None, capsys: Capture) -> None:
    before, form = status(capsys, year), form_of(year, LABOUR)
    whole = form.read_bytes()
    form.unlink()
    if content is not None:
        form.write_bytes(content)
    first = send(year, LABOUR, OCTOBER, {figure("1-1"): "27000"})
    shutil.copyfile(first, first.with_name("再送一次.xlsx"))
    code, _, err = consolidated(capsys, year)
    assert code == 0
    lines = [line for line in err.splitlines() if "归档里缺了" in line]
    assert [line.partition("：")[0] for line in lines] == ["再送一次.xlsx", f"{LABOUR}_2022-10.xlsx"]
    where = form.relative_to(year.root).as_posix()
    assert f"归档里缺了发给{LABOUR}的 {LABOUR}_2022-10.xlsx（{where}），或它已损坏，没有它对不了，这次没有判断。请从备份恢复它，再汇总一次" in lines[1]
    assert outcomes(year) == {"县残联_2022-10.xlsx": "accepted"}
    assert status(capsys, year) == before
    form.write_bytes(whole)
    assert consolidated(capsys, year)[0] == 0
    assert outcomes(year) == {
        "县残联_2022-10.xlsx": "accepted", "再送一次.xlsx": "accepted", f"{LABOUR}_2022-10.xlsx": "duplicate",
    }


def test_a_form_of_which_there_is_no_backup_is_issued_again(year: Year, capsys: Capture) -> None:
    path = send(year, LABOUR, OCTOBER, {figure("1-1"): "27000"})
    form_of(year, LABOUR).unlink()
    assert "没有备份的，把这一期重新下发一次，再汇总" in consolidated(capsys, year)[2]
    assert run(capsys, "issue", str(year.root), "--period", "2022-10")[0] == 0
    assert consolidated(capsys, year)[0] == 0
    assert outcomes(year)[path.name] == "accepted"


def test_a_lost_original_of_a_return_is_told_where_it_is_needed(year: Year, capsys: Capture) -> None:
    before = status(capsys, year)
    (entry,) = year.register.entries(Judged)
    path = year.archive.path(entry.returned.sha256)
    year.close()
    whole = path.read_bytes()
    path.unlink()
    code, _, err = run(capsys, "verify", str(year.root))
    assert (code, f"请从备份恢复 {path.relative_to(year.root).as_posix()}" in err) == (1, True)
    assert consolidated(capsys, year)[0] == 0
    path.write_bytes(whole)
    assert run(capsys, "verify", str(year.root))[0] == 0
    assert status(capsys, year) == before


def test_an_earlier_plan_that_is_lost_is_said(year: Year, capsys: Capture) -> None:
    book = openpyxl.load_workbook(year.plan_path)
    row = next(row for row in book["参数"].iter_rows() if any(cell.value == "标题" for cell in row))
    row[2].value = "改过的题目"
    book.save(year.plan_path)
    assert consolidated(capsys, year)[0] == 0
    before, first = status(capsys, year), Year(year.root).register.entries(PlanUsed)[0]
    path = year.archive.path(first.sha256)
    whole = path.read_bytes()
    path.unlink()
    send(year, LABOUR, OCTOBER, {figure("1-1"): "27000"})
    for _ in range(2):
        code, _, err = consolidated(capsys, year)
        where = path.relative_to(year.root).as_posix()
        said = f"归档里缺了一份用过的计划（{where}），或它已损坏。没有做任何改动，请从备份恢复它，再运行一次。\n"
        assert (code, err) == (1, said)
    path.write_bytes(whole)
    assert status(capsys, year) == before
    assert consolidated(capsys, year)[0] == 0
    assert outcomes(year)[f"{LABOUR}_2022-10.xlsx"] == "accepted"


def pages(path: Path) -> range:
    return range(path.stat().st_size // 4096)


@pytest.mark.parametrize("filling", [b"\0", b"\xaa"])
def test_whichever_page_of_the_register_is_damaged_it_is_made_anew(year: Year, filling: bytes, capsys: Capture) -> None:
    """Nobody need do anything: it is only an index."""
    before, register = status(capsys, year), year.register_path
    whole = register.read_bytes()
    assert len(pages(register)) > 5
    for page in pages(register):
        register.write_bytes(whole[: page * 4096] + filling * 4096 + whole[(page + 1) * 4096 :])
        assert status(capsys, year) == before, page
        year.close()
        register.write_bytes(whole[: page * 4096] + filling * 4096 + whole[(page + 1) * 4096 :])
        assert run(capsys, "register", "rebuild", str(year.root))[0] == 0, page
        assert status(capsys, year) == before, page


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + bytes(4080)])
def test_a_register_that_was_cut_is_made_anew(year: Year, content: bytes, capsys: Capture) -> None:
    before = status(capsys, year)
    year.register_path.write_bytes(content)
    assert status(capsys, year) == before
    assert consolidated(capsys, year)[0] == 0


def test_a_folder_in_place_of_the_register_is_said(year: Year, tmp_path: Path, capsys: Capture) -> None:
    before = status(capsys, year)
    year.register_path.unlink()
    year.register_path.mkdir()
    (year.register_path / "里面的").write_bytes(b"x")
    for words in (["status"], ["consolidate", "--period", "2022-10"], ["register", "rebuild"]):
        code, _, err = run(capsys, *words, str(year.root))
        assert (code, "归档里的 登记.sqlite 是一个文件夹" in err, "请把它移到别处，再运行一次" in err) == (1, True, True)
    year.register_path.rename(tmp_path / "别处")
    assert status(capsys, year) == before


def test_a_register_that_is_damaged_beside_no_journal_is_kept(year: Year, capsys: Capture) -> None:
    before, journal, register = status(capsys, year), year.journal.path.read_bytes(), year.register_path.read_bytes()
    year.journal.path.unlink()
    year.register_path.write_bytes(b"no database" * 100)
    for words in (["status"], ["consolidate", "--period", "2022-10"], ["register", "rebuild"]):
        code, _, err = run(capsys, *words, str(year.root))
        assert (code, "日志.jsonl 不见了，或是空的，登记库 登记.sqlite 也坏了" in err) == (1, True)
    assert year.register_path.read_bytes() == b"no database" * 100
    year.journal.path.write_bytes(journal)
    year.register_path.write_bytes(register)
    assert status(capsys, year) == before


def read_only(path: Path) -> None:
    """Take the right to write a file away, on Linux from root too."""
    path.chmod(0o444)
    if sys.platform == "linux" and os.access(path, os.W_OK):
        subprocess.run(["chattr", "+i", str(path)], check=False)
    try:
        path.open("ab").close()
    except OSError:
        return
    pytest.skip("nothing can be made read-only here")


def writable(path: Path) -> None:
    if sys.platform == "linux":
        subprocess.run(["chattr", "-i", str(path)], check=False)
    path.chmod(0o644)


@pytest.mark.parametrize("name", ["登记.sqlite", "日志.jsonl"])
def test_a_file_that_can_only_be_read_is_said_and_nothing_is_journalled(year: Year, name: str, capsys: Capture) -> None:
    before, journal = status(capsys, year), year.journal.path.read_bytes()
    send(year, LABOUR, OCTOBER, {figure("1-1"): "27000"})
    path = year.root / "归档" / name
    read_only(path)
    try:
        code, _, err = consolidated(capsys, year)
        said = "是只读的，写不进去，没有做任何改动。请去掉它的“只读”" if name == "登记.sqlite" else "写不进去：没有权限"
        assert (code, f"{name} {said}" in err) == (1, True), err
        assert status(capsys, year) == before
    finally:
        writable(path)
    assert year.journal.path.read_bytes() == journal
    assert consolidated(capsys, year)[0] == 0
    assert outcomes(year)[f"{LABOUR}_2022-10.xlsx"] == "accepted"


def test_a_damaged_cache_is_of_no_matter_whichever_page(year: Year, capsys: Capture) -> None:
    before, cache = status(capsys, year), year.root / "归档" / "速查.sqlite"
    whole = cache.read_bytes()
    for page in pages(cache):
        cache.write_bytes(whole[: page * 4096] + b"\xaa" * 4096 + whole[(page + 1) * 4096 :])
        assert status(capsys, year) == before, page
    cache.write_bytes(b"")
    assert consolidated(capsys, year)[0] == 0
    assert status(capsys, year) == before


def test_a_year_is_the_same_where_it_is_copied_or_moved(year: Year, tmp_path: Path, capsys: Capture) -> None:
    before = status(capsys, year)
    copy = Year(shutil.copytree(year.root, tmp_path / "拷去的 (2)"))
    assert status(capsys, copy) == before
    assert consolidated(capsys, copy)[0] == 0
    moved = Year(year.root.rename(tmp_path / "移走的"))
    assert status(capsys, moved) == before
    assert run(capsys, "verify", str(moved.root))[0] == 0


def test_a_lock_that_another_computer_left_is_said_and_deleted_by_hand(
    year: Year, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    before, lock = status(capsys, year), year.root / "归档" / ".lock"
    lock.write_text("4711\n李四的电脑\n1\n", encoding="utf-8")
    monkeypatch.setattr(lock_module, "WAIT", 0.3)
    code, _, err = consolidated(capsys, year)
    assert (code, "电脑 李四的电脑，进程 4711" in err, f"如果那台电脑已经关机，删去 {lock} 后再试" in err) == (1, True, True)
    assert status(capsys, year) == before
    lock.unlink()
    assert consolidated(capsys, year)[0] == 0
    assert status(capsys, year) == before


def elsewhere(year: Year, folder: Path) -> Year:
    """The same year on another computer, on which another return was taken."""
    other = Year(shutil.copytree(year.root, folder / "另一台"))
    send(other, LABOUR, OCTOBER, {figure("1-1"): "27000"})
    consolidate(other, OCTOBER, datetime(2022, 11, 7, 8))
    other.close()
    shutil.copytree(other.root / "归档" / "文件", year.root / "归档" / "文件", dirs_exist_ok=True)
    return other


NAMES = ["日志 (冲突 2022-11-05).jsonl", "日志-PC2.jsonl", "日志 的副本.jsonl", "日志.jsonl (1)"]


@pytest.mark.parametrize("name", NAMES)
def test_a_later_copy_of_the_journal_is_told_and_put_in_its_place(
    year: Year, name: str, tmp_path: Path, capsys: Capture
) -> None:
    """As a cloud drive leaves it that keeps the older one."""
    old, other = year.journal.path.read_bytes(), elsewhere(year, tmp_path)
    before, copy = status(capsys, other), year.root / "归档" / name
    copy.write_bytes(other.journal.path.read_bytes())
    run(capsys, "status", str(year.root))
    code, _, err = consolidated(capsys, year)
    assert code == 1
    assert f"归档里的 {name} 有 " in err
    assert f"来件 {LABOUR}_2022-10.xlsx" in err
    assert "来件 县残联_2022-10.xlsx" not in err
    assert f"请把 日志.jsonl 移到这个文件夹外面，把 {name} 改名为 日志.jsonl，再运行一次。\n" in err
    assert (year.journal.path.read_bytes(), copy.read_bytes()) == (old, other.journal.path.read_bytes())
    year.journal.path.rename(tmp_path / "旧的日志")
    copy.rename(year.journal.path)
    assert status(capsys, year) == before
    assert consolidated(capsys, year)[0] == 0


def test_a_journal_that_was_set_back_beside_a_copy_of_the_later_one_is_told_so(year: Year, capsys: Capture) -> None:
    """As a cloud drive leaves it where the register knows the later one already."""
    before, journal = status(capsys, year), year.journal.path.read_bytes()
    copy = year.root / "归档" / NAMES[0]
    copy.write_bytes(journal)
    year.journal.path.write_bytes(b"".join(journal.splitlines(keepends=True)[:4]))
    code, _, err = consolidated(capsys, year)
    assert (code, "日志.jsonl 比登记库 登记.sqlite 少" in err) == (1, True)
    assert f"请把 日志.jsonl 移到这个文件夹外面，把 {copy.name} 改名为 日志.jsonl，再运行一次。\n" in err
    year.journal.path.unlink()
    copy.rename(year.journal.path)
    assert status(capsys, year) == before
    assert consolidated(capsys, year)[0] == 0


@pytest.fixture
def forked(year: Year, tmp_path: Path) -> tuple[Year, Year, Path]:
    """A year that went on here and elsewhere, and the copy of the journal that came from there."""
    other = elsewhere(year, tmp_path)
    send(year, "县妇联", OCTOBER, {word(1, "support"): "已配合"})
    consolidate(year, OCTOBER, datetime(2022, 11, 7, 9))
    year.close()
    copy = year.root / "归档" / NAMES[0]
    copy.write_bytes(other.journal.path.read_bytes())
    return year, other, copy


def test_a_forked_journal_is_told_and_ours_is_kept(
    forked: tuple[Year, Year, Path], tmp_path: Path, capsys: Capture
) -> None:
    year, _, copy = forked
    journal = year.journal.path.read_bytes()
    for command in ("consolidate", "issue", "build"):
        code, _, err = run(capsys, command, str(year.root), "--period", "2022-10")
        assert (code, "两份从第 " in err, "没有合并，没有做任何改动" in err, f"来件 {LABOUR}_2022-10.xlsx" in err) == (1, True, True, True)
    code, _, err = run(capsys, "verify", str(year.root))
    assert (code, "两份从第 " in err) == (1, True)
    before = status(capsys, year)
    assert year.journal.path.read_bytes() == journal
    copy.rename(tmp_path / "移出来的")
    assert status(capsys, year) == before
    send(year, LABOUR, OCTOBER, {figure("1-1"): "27000"})
    assert consolidated(capsys, year)[0] == 0
    assert outcomes(year)[f"{LABOUR}_2022-10.xlsx"] == "accepted"


def test_a_forked_journal_is_told_and_theirs_is_taken(
    forked: tuple[Year, Year, Path], tmp_path: Path, capsys: Capture
) -> None:
    year, other, copy = forked
    err = consolidated(capsys, year)[2]
    assert f"用 {copy.name} 的，请把 日志.jsonl 移到外面，把 {copy.name} 改名为 日志.jsonl" in err
    assert f"运行 minsheng-xl register rebuild {year.root}。" in err
    year.journal.path.rename(tmp_path / "移出来的")
    copy.rename(year.journal.path)
    year.close()
    code, _, err = run(capsys, "register", "rebuild", str(year.root))
    assert code == 0, err
    assert status(capsys, year) == status(capsys, other)


def test_copies_that_say_nothing_new_are_of_no_matter(year: Year, capsys: Capture) -> None:
    before, archive = status(capsys, year), year.root / "归档"
    lines = year.journal.path.read_bytes().splitlines(keepends=True)
    (archive / "日志 (1).jsonl").write_bytes(b"".join(lines[:3]))
    (archive / "日志 的副本.jsonl").write_bytes(b"".join(lines) + b'{"seq": 99, "ki')
    (archive / "日志 旧的").mkdir()
    shutil.copyfile(year.register_path, archive / "登记 (1).sqlite")
    (year.root / "~$计划.xlsx").write_bytes(b"owner")
    shutil.copyfile(year.plan_path, year.root / "计划 (1).xlsx")
    (year.root / "计划说明.xlsx").write_bytes(b"of the office")
    code, _, err = consolidated(capsys, year)
    assert (code, err) == (0, "")
    assert status(capsys, year) == before


@pytest.mark.parametrize("name", ["计划 (冲突).xlsx", "计划-PC2.xlsx", "计划 的副本.xlsx", "计划 - 副本.xlsx"])
def test_a_double_of_the_plan_is_told_and_not_read(year: Year, name: str, tmp_path: Path, capsys: Capture) -> None:
    before, double = status(capsys, year), year.root / name
    book = openpyxl.load_workbook(year.plan_path)
    book["参数"]["C2"].value = "另一台电脑改的"
    book.save(double)
    code, _, err = consolidated(capsys, year)
    assert (code, err) == (
        0,
        f"旁边的 {name} 像是网盘或另一台电脑存的一份，内容和 计划.xlsx 不同，程序没有读它。"
        "里面有要的改动，请抄进 计划.xlsx，再把它移到别处。\n",
    )
    double.rename(tmp_path / "移走的")
    assert consolidated(capsys, year)[2] == ""
    assert status(capsys, year) == before


def test_a_clock_behind_the_journal_is_said_and_the_order_of_the_journal_counts(
    issued: Year, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Where the last return wins until the due day: what came second stays second, though the clock was set back."""
    book = openpyxl.load_workbook(issued.plan_path)
    row = next(row for row in book["参数"].iter_rows() if row[0].value == "更正方式")
    row[2].value = "截止前以最后一次为准"
    book.save(issued.plan_path)
    issued.close()
    for number, day in (("106", 4), ("107", 2)):
        monkeypatch.setattr("minsheng_xl.desk.cli._now", lambda day=day: datetime(2022, 11, day, 9))
        send(issued, "县残联", OCTOBER, {figure("8-1"): number}, f"{number}.xlsx")
        code, _, err = consolidated(capsys, issued)
        assert code == 0
        assert ("这台电脑的时间是 2022-11-02 09:00，比日志最后一条（2022-11-04 09:00）还早" in err) == (day == 2)
    state = json.loads(status(capsys, issued))
    assert [one["reported"] for one in state["indicators"] if one["code"] == "8-1"] == ["107"]
    assert "106.xlsx" in outcomes(issued)


@pytest.mark.parametrize(("last", "is_said"), [(datetime(2022, 11, 8, 9, 9), False), (datetime(2022, 11, 8, 9, 11), True)])
def test_clocks_of_two_computers_may_lie_ten_minutes_apart(last: datetime, is_said: bool) -> None:
    assert bool(said_of_clock(last, datetime(2022, 11, 8, 9))) is is_said
    assert said_of_clock(None, datetime(2022, 11, 8, 9)) == ""


def test_a_file_that_is_younger_than_the_clock_is_noted(
    year: Year, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    class Behind(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2022, 11, 8, 9)

    send(year, LABOUR, OCTOBER, {figure("1-1"): "27000"})
    monkeypatch.setattr("minsheng_xl.taking.consolidate.datetime", Behind)
    assert consolidated(capsys, year)[0] == 0
    (entry,) = [one for one in year.register.entries(Judged) if one.returned.file == f"{LABOUR}_2022-10.xlsx"]
    assert entry.received == datetime(2022, 11, 8, 9)
    (told,) = [str(one) for one in entry.returned.problems if one.code == "file-future"]
    assert "比这台电脑现在的时间还晚，收到日期先记为现在" in told
    assert told.endswith("收到日期不对的，用菜单“更正收到日期”改，内容指纹在总台账的“收件登记”里。")
    year.close()
