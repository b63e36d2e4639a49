"""What lies in 收件/ beside plain files: huge ones, closed and deep folders, names that look alike."""

import os
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Period, Year
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.intake import stream as inspection
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import decide
from minsheng_xl.taking.consolidate import take_in
from tests.changes.office import changed
from tests.makers import figure, send

OCTOBER, NOW = Period.parse("2022-10"), datetime(2022, 11, 5)
LARGE = 200_000


def outcomes(year: Year) -> dict[str, str]:
    returns, _ = take_in(year, OCTOBER, NOW, year.register.next_run())
    return {one.file: one.outcome.value for one in returns}


def test_a_file_that_is_too_large_is_said_and_not_kept(issued: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("minsheng_xl.intake.inbox", "minsheng_xl.intake.stream"):
        monkeypatch.setattr(f"{module}.FILE_LIMIT", LARGE)
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    (issued.inbox / "视频.mp4").write_bytes(bytes(LARGE + 1))
    returns, unread = take_in(issued, OCTOBER, NOW, 1)
    assert {one.file: one.outcome for one in returns} == {"表.xlsx": Outcome.ACCEPTED, "视频.mp4": Outcome.UNRECOGNISED}
    assert [p.code for one in returns if one.file == "视频.mp4" for p in one.problems] == ["file-limits"]
    assert not unread
    assert outcomes(issued) == {}
    assert not any(path.stat().st_size > LARGE for path in (issued.root / "归档" / "文件").rglob("*") if path.is_file())
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    decide(issued, item.id, "县妇联", NOW)
    _, equal, lost = issued.rebuild()
    assert (equal, lost) == (True, ())


def test_a_folder_that_cannot_be_looked_into_is_said(issued: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    (issued.inbox / "别人的").mkdir()
    look = inspection._entries

    def refuses(folder: "Path | os.DirEntry[str]") -> "list[os.DirEntry[str]]":
        if Path(folder).name == "别人的":
            raise PermissionError(13, "Permission denied", str(folder))
        return look(folder)

    monkeypatch.setattr(inspection, "_entries", refuses)
    returns, unread = take_in(issued, OCTOBER, NOW, 1)
    assert [one.file for one in returns] == ["表.xlsx"]
    assert [(p.file, p.code) for p in unread] == [("别人的", "file-locked")]
    assert unread[0].seen.isascii() is False


@pytest.fixture
def deep(issued: Year) -> Iterator[Path]:
    """A folder nested deeper than Python calls itself, with a file at its end."""
    below = [issued.inbox / "d"]
    while len(below) < 1100 and len(str(below[-1])) < 3900:
        below.append(below[-1] / "d")
    for folder in below:
        folder.mkdir()
    yield below[-1]
    for folder in reversed(below):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def test_a_deep_folder_stops_nothing(issued: Year, deep: Path) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    path.rename(deep / "表.xlsx")
    assert list(outcomes(issued).values()) == ["accepted"]


@pytest.mark.posix(reason="a name is bytes there")
def test_two_names_that_look_alike_are_two_files(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "残联.xlsx")
    Path(os.fsdecode(os.fsencode(issued.inbox) + b"/" + "残联.xlsx".encode("gbk"))).write_bytes(path.read_bytes())
    assert sorted(outcomes(issued).values()) == ["accepted", "duplicate"]
    assert outcomes(issued) == {}


@pytest.mark.posix(reason="a name is bytes there")
def test_a_name_in_another_encoding_in_a_units_folder(issued: Year) -> None:
    folder = issued.inbox / "县残联"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "盖章.jpg".encode("gbk"))).write_bytes(b"\xff\xd8\xff" + bytes(100))
    assert outcomes(issued) == {"县残联/盖章.jpg": "attachment"}


@pytest.mark.posix(reason="a name may hold the end of a line")
def test_a_name_of_several_lines_is_shown_in_one(issued: Year) -> None:
    (issued.inbox / "x\n县残联：已采用\n.txt").write_bytes(b"text")
    assert outcomes(issued) == {"x 县残联：已采用 .txt": "unrecognised"}


def test_a_file_put_back_under_its_name_is_the_last_word(issued: Year) -> None:
    year = changed(issued, "参数", "更正方式", 值="截止前以最后一次为准")
    said = []
    first = send(year, "县残联", OCTOBER, {figure("8-1"): "106"}, "a.xlsx").read_bytes()
    for content in (None, "116", first):
        if isinstance(content, str):
            send(year, "县残联", OCTOBER, {figure("8-1"): content}, "a.xlsx")
        elif content is not None:
            (year.inbox / "a.xlsx").write_bytes(content)
        said.append(outcomes(year))
    assert said == [{"a.xlsx": "accepted"}] * 3
    assert account_of(year.plan, year.register, OCTOBER).units["县残联"].figures[figure("8-1")] == 106
    assert outcomes(year) == {}
    year.close()


def test_members_of_one_name_are_two_files_once(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    content = path.read_bytes()
    path.unlink()
    with zipfile.ZipFile(issued.inbox / "包.zip", "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile knows that two have one name
        for name in ("表.xlsx", "表.xlsx", "y\n.txt", "y .txt"):
            archive.writestr(name, content if name.endswith("x") else name.encode())
    assert outcomes(issued) == {
        "包.zip/表.xlsx": "accepted", "包.zip/表.xlsx′": "duplicate", "包.zip/y .txt": "unrecognised", "包.zip/y .txt′": "unrecognised",
    }
    assert outcomes(issued) == {}


@pytest.mark.parametrize("ending", [".crdownload", ".part", ".tmp", ".PART", ".xltd", ".downloading"])
def test_a_half_download_is_waited_for(issued: Year, ending: str) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    half = path.rename(path.with_name("表.xlsx" + ending))
    path.touch()  # Firefox keeps the place
    returns, unread = take_in(issued, OCTOBER, NOW, 1)
    assert returns == []
    assert [(p.file, p.code) for p in unread] == [("表.xlsx" + ending, "file-half")]
    half.replace(path)
    assert outcomes(issued) == {"表.xlsx": "accepted"}


def test_a_half_download_in_a_folder_of_its_own(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    (issued.inbox / "表.xlsx.download").mkdir()
    path.rename(issued.inbox / "表.xlsx.download" / "表.xlsx")
    returns, unread = take_in(issued, OCTOBER, NOW, 1)
    assert (returns, [p.code for p in unread]) == ([], ["file-half"])


def test_a_whole_file_beside_a_half_one_is_read(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    path.with_name("表.xlsx.part").write_bytes(path.read_bytes()[:500])
    assert outcomes(issued) == {"表.xlsx": "accepted"}


def test_an_empty_file_alone_is_no_download(issued: Year) -> None:
    (issued.inbox / "表.xlsx").touch()
    assert outcomes(issued) == {"表.xlsx": "unrecognised"}


def test_owner_files_say_nothing(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    for name in ("~$表.xlsx", "~$别的.xlsx", ".~lock.表.xlsx#"):
        (issued.inbox / name).write_bytes(b"\x04user" + b" " * 160)
    assert outcomes(issued) == {"表.xlsx": "accepted"}
    assert take_in(issued, OCTOBER, NOW, 9)[1] == []


def test_a_moved_file_says_nothing(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    (issued.inbox / "说明.txt").write_bytes(b"text")
    assert outcomes(issued) == {"表.xlsx": "accepted", "说明.txt": "unrecognised"}
    for folder in ("已看", "已看/十月", "."):
        (issued.inbox / folder).mkdir(exist_ok=True)
        path = path.rename(issued.inbox / folder / ("表.xlsx" if folder != "." else "改名.xlsx"))
        (issued.inbox / "说明.txt").rename(issued.inbox / folder / "说明.txt") if folder == "已看" else None
        assert outcomes(issued) == {}
        assert outcomes(issued) == {}


def test_a_copy_is_no_move(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    assert outcomes(issued) == {"表.xlsx": "accepted"}
    (issued.inbox / "副本.xlsx").write_bytes(path.read_bytes())
    assert outcomes(issued) == {"副本.xlsx": "duplicate"}


def test_what_is_sent_again_after_it_was_deleted_is_no_move(issued: Year) -> None:
    """Where the last word counts, it is one."""
    year = changed(issued, "参数", "更正方式", 值="截止前以最后一次为准")
    first = send(year, "县残联", OCTOBER, {figure("8-1"): "106"}, "a.xlsx")
    content = first.read_bytes()
    assert outcomes(year) == {"a.xlsx": "accepted"}
    send(year, "县残联", OCTOBER, {figure("8-1"): "116"}, "b.xlsx")
    assert outcomes(year) == {"b.xlsx": "accepted"}
    first.unlink()
    (year.inbox / "c.xlsx").write_bytes(content)
    assert outcomes(year) == {"c.xlsx": "accepted"}
    assert account_of(year.plan, year.register, OCTOBER).units["县残联"].figures[figure("8-1")] == 106
    year.close()


def test_a_picture_moved_to_a_units_folder_is_its_attachment(issued: Year) -> None:
    picture = issued.inbox / "盖章.jpg"
    picture.write_bytes(b"\xff\xd8\xff" + bytes(100))
    assert outcomes(issued) == {"盖章.jpg": "unrecognised"}
    (issued.inbox / "县残联").mkdir()
    picture.rename(issued.inbox / "县残联" / "盖章.jpg")
    assert outcomes(issued) == {"县残联/盖章.jpg": "attachment"}
    assert outcomes(issued) == {}


def test_a_guarded_file_is_read_as_soon_as_the_guard_allows_it(issued: Year) -> None:
    """The guard shows other bytes of the file that nobody touched; many of them are one question."""
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "表.xlsx")
    plain = path.read_bytes()
    hidden = (b"\x62\x14\x23\x65\x03\x00E-SafeNet\0\0\0LOCK" + plain)[: len(plain)]
    for name in ("表.xlsx", "乙.xlsx", "丙.xlsx"):
        (issued.inbox / name).write_bytes(hidden + name.encode())
    times = [(p, p.stat().st_mtime_ns) for p in issued.inbox.iterdir()]
    assert list(outcomes(issued).values()) == ["unrecognised"] * 3
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    assert issued.cache.files() == {}, "nobody need touch them to have them read anew"
    assert ("3 个文件" in item.file, "python.exe" in item.advice) == (True, True)
    assert outcomes(issued) == {}
    for read, written in times:
        read.write_bytes(plain)
        os.utime(read, ns=(written, written))
    assert sorted(outcomes(issued).values()) == ["accepted", "duplicate", "duplicate"]
    assert account_of(issued.plan, issued.register, OCTOBER).pending == []
