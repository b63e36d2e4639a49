"""Parcels: unpacked in a child member by member, kept once; what is wrong with one member hides no other."""

import io
import os
import random
import signal
import tarfile
import zipfile
from collections.abc import Iterable
from datetime import datetime

import pytest

from minsheng_xl import Period, Year
from minsheng_xl.intake import stream
from minsheng_xl.intake.child import Child
from minsheng_xl.intake.gate import FileKind
from minsheng_xl.intake.packed import can_open
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import decide
from minsheng_xl.taking.consolidate import take_in
from tests.hostile.archives import Entry, archive
from tests.makers import figure, send

OCTOBER, NOW = Period.parse("2022-10"), datetime(2022, 11, 5)
PHOTO = b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(200_000)


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def tarred(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, content in members:
            about = tarfile.TarInfo(name)
            about.size = len(content)
            made.addfile(about, io.BytesIO(content))
    return out.getvalue()


def form(year: Year, value: str = "106") -> bytes:
    path = send(year, "县残联", OCTOBER, {figure("8-1"): value}, "临时.xlsx")
    content = path.read_bytes()
    path.unlink()
    return content


def outcomes(year: Year) -> dict[str, str]:
    returns, _ = take_in(year, OCTOBER, NOW, year.register.next_run())
    return {one.file: one.outcome.value for one in returns}


def kept(year: Year) -> int:
    return sum(path.stat().st_size for path in (year.root / "归档" / "文件").rglob("*") if path.is_file())


def bad(name: str, content: bytes, kind: str) -> Entry:
    raw = name.encode()
    if kind == "crc":
        return Entry(raw, content, flags=0x800, local={"crc": 1}, central={"crc": 1})
    if kind == "password":
        return Entry(raw, bytes(12) + content, flags=0x801)
    if kind == "lzma":
        return Entry(raw, content, method=14, flags=0x800)
    if kind == "climbs out":
        return Entry(b"../../" + raw, content, flags=0x800)
    assert kind == "headers differ"
    return Entry(raw, content, flags=0x800, local={"name": b"x.xlsx"})


@pytest.mark.parametrize("kind", ["crc", "password", "lzma", "climbs out", "headers differ"])
@pytest.mark.parametrize("first", [True, False])
def test_a_bad_member_hides_no_other(issued: Year, kind: str, first: bool) -> None:
    good = Entry("县残联.xlsx".encode(), form(issued), flags=0x800)
    other = bad("团县委.xlsx", form(issued), kind)
    (issued.inbox / "包.zip").write_bytes(archive([other, good] if first else [good, other]))
    found = outcomes(issued)
    assert found.pop("包.zip/县残联.xlsx") == "accepted"
    assert list(found.values()) == ["unrecognised"]


def test_a_parcel_is_kept_once(issued: Year) -> None:
    before, content = kept(issued), form(issued)
    parcel = zipped([("县残联.xlsx", content), *((f"照片/{n}.jpg", PHOTO + bytes([n])) for n in range(30))])
    (issued.inbox / "包.zip").write_bytes(parcel)
    found = outcomes(issued)
    assert (len(found), found["包.zip/县残联.xlsx"]) == (31, "accepted")
    assert kept(issued) - before == len(parcel) + len(content)
    assert outcomes(issued) == {}
    _, equal, lost = issued.rebuild()
    assert (equal, lost) == (True, ())


@pytest.mark.parametrize("ending", ["zip", "tar"])
def test_what_a_program_left_behind_is_known_by_its_folder(issued: Year, ending: str) -> None:
    if ending == "tar" and not can_open(FileKind.PACKED):
        pytest.skip("nothing here opens a .tar")
    members = [("__MACOSX/残联.xlsx", b"x"), ("__MACOSX残联.xlsx", form(issued))]
    (issued.inbox / f"包.{ending}").write_bytes(zipped(members) if ending == "zip" else tarred(members))
    assert outcomes(issued) == {f"包.{ending}/__MACOSX残联.xlsx": "accepted"}


def test_what_swells_is_not_kept(issued: Year) -> None:
    before = kept(issued)
    parcel = zipped([*((f"{n}.bin", bytes(30 << 20)) for n in range(6)), ("县残联.xlsx", form(issued))])
    assert len(parcel) < 300_000
    (issued.inbox / "包.zip").write_bytes(parcel)
    assert outcomes(issued)["包.zip/县残联.xlsx"] == "accepted"
    assert kept(issued) - before < 2 * len(parcel)


@pytest.mark.posix(reason="a child that is forked sees what a test has changed")
def test_what_is_too_much_together_leaves_out_the_largest(issued: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minsheng_xl.intake.parcel._TOTAL_LIMIT", 1 << 20)
    monkeypatch.setattr("minsheng_xl.intake.parcel._MEMBER_LIMIT", 600_000)
    sizes = {"a": 700_000, "b": 500_000, "c": 400_000, "d": 200_000}
    parcel = zipped([*((name, bytes(size)) for name, size in sizes.items()), ("县残联.xlsx", form(issued))])
    child = Child(issued.root)
    found = {name: len(part) if isinstance(part, bytes) else part.code for name, part, _ in child.opened(parcel)}
    child.close()
    assert {name: found[name] for name in sizes} == {"a": "file-limits", "b": "file-limits", "c": 400_000, "d": 200_000}
    assert isinstance(found["县残联.xlsx"], int)


@pytest.mark.posix(reason="a child is killed by a signal")
def test_a_member_that_kills_the_child_is_one_members_outcome(issued: Year) -> None:
    """Whichever it had begun when it was killed: it had told some of "b", or nothing yet."""
    child = Child(issued.root)
    found: list[tuple[str, bytes | str]] = []
    for name, part, _ in child.opened(zipped((name, name.encode() * 200_000) for name in "abcd")):
        found.append((name, part if isinstance(part, bytes) else part.code))
        if name == "a":
            assert child._pid > 0
            os.kill(child._pid, signal.SIGKILL)
    assert [name for name, _ in found] == list("abcd")
    assert [name for name, part in found if part == "file-limits"] in ([], ["b"])
    child.close()


def test_a_parcel_that_is_left_half_read_ends_its_child(issued: Year) -> None:
    parcel = zipped((name, name.encode() * 200_000) for name in "abcd")
    child = Child(issued.root)
    members = child.opened(parcel)
    assert next(members)[0] == "a"
    members.close()
    assert [name for name, *_ in child.opened(parcel)] == list("abcd")
    child.close()


def test_the_parent_unpacks_nothing(issued: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    parcel = zipped([("a.jpg", PHOTO), ("b.jpg", PHOTO)])
    list(stream.parts_of(issued.root, "包.zip", parcel))

    def refuses(*given: object) -> bytes:
        raise AssertionError("unpacked here")

    monkeypatch.setattr("minsheng_xl.books.package.container.Container.read", refuses)
    assert [part.name for part in stream.parts_of(issued.root, "包.zip", parcel)] == ["包.zip/a.jpg", "包.zip/b.jpg"]


def test_a_parcel_of_many_is_one_question(issued: Year) -> None:
    parcel = zipped([("县残联.xlsx", form(issued)), *((f"{n}.jpg", PHOTO[:300] + n.to_bytes(2, "big")) for n in range(243))])
    (issued.inbox / "包.zip").write_bytes(parcel)
    (issued.inbox / "单.jpg").write_bytes(PHOTO[:300])
    assert len(outcomes(issued)) == 245
    one, many = sorted(account_of(issued.plan, issued.register, OCTOBER).pending, key=lambda item: len(item.file))
    assert (one.file, "243 个文件" in many.file) == ("单.jpg", True)
    decide(issued, many.id, "附件：县残联", NOW)
    assert [item.id for item in account_of(issued.plan, issued.register, OCTOBER).pending] == [one.id]
    receipts = account_of(issued.plan, issued.register, OCTOBER).receipts
    assert sum(receipt.outcome.value == "attachment" for receipt in receipts) == 243
    _, equal, lost = issued.rebuild()
    assert (equal, lost) == (True, ())


def test_a_parcel_is_one_whatever_it_is_called(issued: Year) -> None:
    (issued.inbox / "县残联.xlsx").write_bytes(zipped([("1.jpg", PHOTO[:300]), ("2.jpg", PHOTO[:301])]))
    (issued.inbox / "照片").mkdir()
    for n in (3, 4):
        (issued.inbox / "照片" / f"{n}.jpg").write_bytes(PHOTO[: 300 + n])
    outcomes(issued)
    assert sorted(item.file for item in account_of(issued.plan, issued.register, OCTOBER).pending) == [
        "县残联.xlsx/1.jpg 等 2 个文件", "照片/3.jpg", "照片/4.jpg",
    ]


def test_a_question_of_many_that_is_nobodys_matter_is_settled(issued: Year) -> None:
    (issued.inbox / "包.zip").write_bytes(zipped([("1.jpg", PHOTO[:300]), ("2.jpg", PHOTO[:301])]))
    outcomes(issued)
    (item,) = account_of(issued.plan, issued.register, OCTOBER).pending
    decide(issued, item.id, "不理", NOW)
    assert account_of(issued.plan, issued.register, OCTOBER).pending == []


def test_what_the_office_can_help_is_not_asked_of_units(issued: Year) -> None:
    from minsheng_xl.sending.answer import UNKNOWN_FILE, answer

    (issued.inbox / "包.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    (issued.inbox / "信.eml").write_bytes(b"From: a@b.c\r\nTo: b@b.c\r\nSubject: x\r\n\r\n")
    (issued.inbox / "字.txt").write_bytes("残联106人".encode())
    outcomes(issued)
    items = {item.file: item for item in account_of(issued.plan, issued.register, OCTOBER).pending}
    assert items["包.7z"].advice.startswith("请解压后放进来")
    assert "信.eml" not in items, "it is nobody's, and holds nothing"
    answer(issued, OCTOBER, NOW)
    text = (issued.returned_folder(OCTOBER) / UNKNOWN_FILE).read_text("utf-8-sig")
    assert text.count("请用下发的 .xlsx 填报表填好后重新报送") == 1


def test_a_parcel_is_not_unpacked_again_while_nobody_touches_it(issued: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    (issued.inbox / "包.zip").write_bytes(zipped([("县残联.xlsx", form(issued)), ("1.jpg", PHOTO[:300])]))
    outcomes(issued)

    def refuses(*given: object) -> None:
        raise AssertionError("unpacked again")

    monkeypatch.setattr("minsheng_xl.intake.child.Child.opened", refuses)
    assert outcomes(issued) == {}
