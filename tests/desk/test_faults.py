"""Ordinary causes have a sentence: a damaged index, a path that is too long, a clock that is lost."""

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Year
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.faults import refuse_lost_clock, said_of
from minsheng_xl.problems import MinshengError
from minsheng_xl.year import folder


def status(year: Year) -> int:
    """As a process that has not read the plan before."""
    folder._last_plan.clear()
    return main(["status", str(year.root)])


def damaged(path: Path) -> None:
    """A register of which only the head is whole, as a failing disk leaves it."""
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xaa" * (len(content) - 8192)
    path.write_bytes(content)


@pytest.mark.parametrize("content", [b"garbage" * 100, b"", b"SQLite format 3\0" + bytes(2000)])
def test_a_damaged_cache_is_made_anew(issued: Year, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    cache = issued.root / "归档" / "速查.sqlite"
    cache.write_bytes(content)
    assert status(issued) == 0
    assert "出错" not in capsys.readouterr().err
    assert sqlite3.connect(cache).execute("select count(*) from plans").fetchone() == (1,)


def test_a_cache_with_a_damaged_entry_or_in_another_form_is_of_no_use(issued: Year) -> None:
    assert status(issued) == 0
    with sqlite3.connect(issued.root / "归档" / "速查.sqlite") as connection:
        connection.execute("update plans set tables = '[1, 2'")
    assert status(issued) == 0
    with sqlite3.connect(issued.root / "归档" / "速查.sqlite") as connection:
        connection.executescript("drop table plans; create table plans (other text)")
    assert status(issued) == 0


def test_a_folder_in_place_of_the_cache_is_no_matter(issued: Year) -> None:
    cache = issued.root / "归档" / "速查.sqlite"
    cache.unlink(missing_ok=True)
    cache.mkdir()
    assert status(issued) == 0


def test_a_damaged_register_is_said_and_made_anew(whole_issued: Year, capsys: pytest.CaptureFixture[str]) -> None:
    register = whole_issued.root / "归档" / "登记.sqlite"
    before = whole_issued.register.last_seq()
    assert before > 30
    whole_issued.close()
    damaged(register)
    said = [main([*command, str(whole_issued.root)]) for command in (["register", "rebuild"], ["status"])]
    assert (said, capsys.readouterr().err.count("出错")) == ([0, 0], 0)
    damaged(register)
    assert main(["status", str(whole_issued.root)]) == 0
    made = Year(whole_issued.root)
    assert made.register.last_seq() == before
    made.close()


def test_a_path_too_long_for_the_register_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path.joinpath(*["很长的文件夹名字" * 8] * 3) / "年"
    assert main(["init", str(root)]) == 0
    assert main(["build", str(root)]) in (0, 1)
    said = capsys.readouterr().err
    assert "程序出错" not in said
    assert "路径太长" in said or (root / "归档" / "登记.sqlite").exists()


@pytest.mark.parametrize("now", [datetime(1970, 1, 1, 8), datetime(1980, 1, 1), datetime(2019, 12, 31)])
def test_a_lost_clock_is_said_before_anything_is_written(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("minsheng_xl.desk.cli._now", lambda: now)
    assert main(["init", str(tmp_path / "年")]) == 1
    assert f"这台电脑的日期是 {now:%Y-%m-%d}" in capsys.readouterr().err
    assert not (tmp_path / "年").exists()
    with pytest.raises(MinshengError):
        refuse_lost_clock(now)
    refuse_lost_clock(datetime(2022, 1, 1))


def test_what_is_our_fault_is_still_said_so() -> None:
    assert said_of(KeyError("x")).startswith("程序出错（KeyError")
    assert "占用" in said_of(sqlite3.OperationalError("database is locked"))
