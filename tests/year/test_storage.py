"""Bytes are written whole or not at all, and kept by what they hold."""

import hashlib
import os
from pathlib import Path

import pytest

from minsheng_xl import MinshengError
from minsheng_xl.year import storage
from minsheng_xl.year.storage import Archive, Lost, take_away, write_whole

CONTENT = "一份来件".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def opened() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def full(handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_is_written_with_its_folders_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "年" / "发出" / "表.xlsx"
    for content in (b"old", CONTENT):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == ["表.xlsx"]


@pytest.mark.posix(reason="permissions of POSIX")
def test_colleagues_may_read_what_was_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "表.xlsx", CONTENT)
    assert (tmp_path / "表.xlsx").stat().st_mode & 0o777 == 0o644


def test_what_could_not_be_written_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "表.xlsx"
    write_whole(path, b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MinshengError) as said:
        write_whole(path, CONTENT)
    assert str(said.value) == "表.xlsx 写不进去：磁盘已满。原有文件没有改动，请处理后再运行一次。"
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["表.xlsx"]


def test_an_interruption_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "表.xlsx"
    write_whole(path, b"old")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, CONTENT)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["表.xlsx"]


def test_a_place_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"x")
    with pytest.raises(MinshengError, match=r"表\.xlsx 写不进去"):
        write_whole(tmp_path / "文件" / "表.xlsx", CONTENT)


def test_what_the_disk_wrote_wrongly_is_not_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.xlsx"
    write_whole(path, b"old")
    monkeypatch.setattr(Path, "read_bytes", lambda self: b"other")
    with pytest.raises(MinshengError, match="写下的和要写的不同，磁盘可能坏了"):
        write_whole(path, CONTENT)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(("refused", "tries", "is_written"), [(7, 8, True), (8, 8, False)])
def test_a_place_that_is_looked_into_for_a_moment_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: int, tries: int, is_written: bool
) -> None:
    """As a virus scanner does that opens what is there: eight tries in a second and a half."""
    path, waited, tried = tmp_path / "表.xlsx", [], []
    write_whole(path, b"old")
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        tried.append(target)
        if len(tried) <= refused:
            raise PermissionError(13, "Access is denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    monkeypatch.setattr(storage.time, "sleep", waited.append)
    if is_written:
        write_whole(path, CONTENT)
    else:
        with pytest.raises(MinshengError, match=r"表.xlsx 写不进去：没有权限，或文件正被打开。原有文件没有改动"):
            write_whole(path, CONTENT)
    assert (len(tried), sum(waited)) == (tries, pytest.approx(1.4))
    assert path.read_bytes() == (CONTENT if is_written else b"old")
    assert [each.name for each in tmp_path.iterdir()] == ["表.xlsx"]


@pytest.mark.parametrize(("refused", "tries", "is_gone"), [(7, 8, True), (8, 8, False)])
def test_a_file_that_is_looked_into_for_a_moment_is_taken_away_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: int, tries: int, is_gone: bool
) -> None:
    path, waited, tried = tmp_path / "登记.sqlite", [], []
    path.write_bytes(b"old")
    unlink = Path.unlink

    def watched(self: Path, missing_ok: bool = False) -> None:
        tried.append(self)
        if len(tried) <= refused:
            raise PermissionError(13, "Access is denied")
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", watched)
    monkeypatch.setattr(storage.time, "sleep", waited.append)
    if is_gone:
        take_away(path)
        take_away(path)
    else:
        with pytest.raises(MinshengError, match=r"登记.sqlite 删不掉：没有权限，或文件正被打开。没有做任何改动。请关上"):
            take_away(path)
    assert (len(tried), sum(waited)) == (tries + is_gone, pytest.approx(1.4))
    assert path.exists() is not is_gone


@pytest.mark.posix(reason="a folder is synced there only")
def test_file_and_folder_reach_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Synced are the bytes, then the folder in which the name changed; nothing stays open."""
    synced: list[os.stat_result] = []

    def sync(handle: int) -> None:
        synced.append(os.fstat(handle))

    monkeypatch.setattr(os, "fsync", sync)
    before = opened()
    write_whole(tmp_path / "表.xlsx", CONTENT)
    file, folder = synced
    assert (file.st_size, folder.st_ino) == (len(CONTENT), tmp_path.stat().st_ino)
    assert opened() == before


@pytest.mark.posix(reason="a folder is synced there only")
def test_a_folder_that_does_not_reach_the_disk_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By then the file has its name, and what was written beside it is gone."""

    def folders_fail(handle: int) -> None:
        if os.fstat(handle).st_ino == tmp_path.stat().st_ino:
            full(handle)

    monkeypatch.setattr(os, "fsync", folders_fail)
    with pytest.raises(MinshengError, match="磁盘已满"):
        write_whole(tmp_path / "表.xlsx", CONTENT)


def test_content_is_kept_where_its_sha256_says(tmp_path: Path) -> None:
    """Two signs of it are the folder, as in every year kept so far."""
    archive = Archive(tmp_path)
    assert archive.keep(CONTENT) == SHA256
    path = tmp_path / SHA256[:2] / SHA256
    assert (archive.path(SHA256), path.read_bytes(), archive.read(SHA256)) == (path, CONTENT, CONTENT)
    assert len(path.parent.name) == 2


def test_content_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep(CONTENT)
    before = archive.path(SHA256).stat()
    archive.keep(CONTENT)
    assert (archive.path(SHA256).stat().st_ino, archive.path(SHA256).stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_it_holds_what_is_there_and_whole(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert not archive.holds(SHA256)
    archive.keep(CONTENT)
    assert archive.holds(SHA256)
    archive.path(SHA256).write_bytes(CONTENT[:-1])
    assert not archive.holds(SHA256)
    with pytest.raises(FileNotFoundError):
        archive.read("0" * 64)


@pytest.mark.parametrize("damage", [None, b"", b"other"])
def test_what_is_lost_is_said_and_kept_anew_when_it_comes_again(tmp_path: Path, damage: bytes | None) -> None:
    archive = Archive(tmp_path)
    path = archive.path(archive.keep(CONTENT))
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    where = f"归档/文件/{SHA256[:2]}/{SHA256}"
    with pytest.raises(Lost, match=f"归档里缺了来件 a.xlsx（{where}），或它已损坏。没有做任何改动，请从备份恢复它"):
        archive.kept(SHA256, "来件 a.xlsx")
    archive.keep(CONTENT)
    assert archive.kept(SHA256, "来件 a.xlsx") == CONTENT
