"""What may befall a year's folder: each ill is a plain sentence, loses nothing, and is over once its words are followed."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate
from minsheng_xl.desk.cli import main
from minsheng_xl.year.entries import Judged, PlanUsed
from tests.makers import figure, send

OCTOBER = Period.parse("2022-10")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def year(issued: Year, monkeypatch: pytest.MonkeyPatch) -> Year:
    """A year in which October went out, and one return was taken."""
    monkeypatch.setattr("minsheng_xl.desk.cli._now", lambda: datetime(2022, 11, 8, 9))
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(issued, OCTOBER, datetime(2022, 11, 7))
    issued.close()
    return issued


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
    send(year, "县民政局", OCTOBER, {figure("6-1"): "3"})
    for command in ("consolidate", "issue", "build", "close"):
        code, _, err = run(capsys, command, str(year.root), "--period", "2022-10")
        assert (code, err.count("\n")) == (1, 1)
        assert "归档 里的“文件”文件夹不见了" in err
        assert "请从备份恢复 归档/文件，再运行一次" in err
    assert year.journal.path.read_bytes() == journal
    assert not archive.exists()
    backup.rename(archive)
    assert status(capsys, year) == before
    assert consolidated(capsys, year)[0] == 0
    assert outcomes(year) == {"县残联_2022-10.xlsx": "accepted", "县民政局_2022-10.xlsx": "accepted"}


@pytest.mark.parametrize("content", [None, b"", b"other"])
def test_a_form_that_is_lost_refuses_nobody(year: Year, content: bytes | None, capsys: Capture) -> None:
    before, form = status(capsys, year), form_of(year, "县民政局")
    whole = form.read_bytes()
    form.unlink()
    if content is not None:
        form.write_bytes(content)
    first = send(year, "县民政局", OCTOBER, {figure("6-1"): "3"})
    shutil.copyfile(first, first.with_name("再送一次.xlsx"))
    code, _, err = consolidated(capsys, year)
    assert code == 0
    lines = [line for line in err.splitlines() if "归档里缺了" in line]
    assert [line.partition("：")[0] for line in lines] == ["再送一次.xlsx", "县民政局_2022-10.xlsx"]
    where = form.relative_to(year.root).as_posix()
    assert f"归档里缺了发给县民政局的 县民政局_2022-10.xlsx（{where}），或它已损坏，没有它对不了，这次没有判断。请从备份恢复它，再汇总一次" in lines[1]
    assert outcomes(year) == {"县残联_2022-10.xlsx": "accepted"}
    assert status(capsys, year) == before
    form.write_bytes(whole)
    assert consolidated(capsys, year)[0] == 0
    assert outcomes(year) == {
        "县残联_2022-10.xlsx": "accepted", "再送一次.xlsx": "accepted", "县民政局_2022-10.xlsx": "duplicate",
    }


def test_a_form_of_which_there_is_no_backup_is_issued_again(year: Year, capsys: Capture) -> None:
    path = send(year, "县民政局", OCTOBER, {figure("6-1"): "3"})
    form_of(year, "县民政局").unlink()
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
    send(year, "县民政局", OCTOBER, {figure("6-1"): "3"})
    for _ in range(2):
        code, _, err = consolidated(capsys, year)
        where = path.relative_to(year.root).as_posix()
        said = f"归档里缺了一份用过的计划（{where}），或它已损坏。没有做任何改动，请从备份恢复它，再运行一次。\n"
        assert (code, err) == (1, said)
    path.write_bytes(whole)
    assert status(capsys, year) == before
    assert consolidated(capsys, year)[0] == 0
    assert outcomes(year)["县民政局_2022-10.xlsx"] == "accepted"
