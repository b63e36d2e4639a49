"""Inspect judges without recording anything, and says the same as consolidating does."""

import json
import os
import zipfile
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Period, Year, consolidate, inspect
from minsheng_xl.desk.cli import main
from minsheng_xl.taking.inspect import inspected
from tests.makers import figure, send, word

OCTOBER = Period.parse("2022-10")


@pytest.fixture
def received(whole_issued: Year) -> Year:
    """A year in whose inbox lie sound, doubtful and foreign files."""
    send(whole_issued, "县残联", OCTOBER, {figure("8-1"): "106", word(8, "progress"): "救助"}, "a/残联.xlsx")
    send(whole_issued, "县卫生健康委", OCTOBER, {figure("7-1"): "约一万", figure("7-3", "numerator"): "60", figure("7-3", "denominator"): "90"}, "b.xlsx")
    send(whole_issued, "团县委", OCTOBER, {figure("9-3"): "是"}, "c.xlsx")
    (whole_issued.inbox / "d.pdf").write_bytes(b"%PDF-1.4")
    return whole_issued


def test_an_object_a_line_and_nothing_recorded(received: Year, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    entries = received.register.last_seq()
    monkeypatch.chdir(received.root)
    assert main(["inspect", "./收件", "--plan", ".", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["file"].replace(os.sep, "/"), line["outcome"], line["unit"], line["period"]) for line in lines] == [
        ("./收件/a/残联.xlsx", "accepted", "县残联", "2022-10"), ("./收件/b.xlsx", "held", "县卫生健康委", "2022-10"),
        ("./收件/c.xlsx", "accepted", "团县委", "2022-10"), ("./收件/d.pdf", "unrecognised", None, None),
    ]
    assert [line["values"] for line in lines] == [
        {"8-1": {"reported": "106"}}, {"7-3": {"numerator": "60", "denominator": "90", "reported": "0.666667"}}, {"9-3": {"reported": "1"}}, {},
    ]
    assert lines[0]["texts"] == {"8": {"progress": "救助"}}
    assert set(lines[1]["problems"][0]) == {"code", "severity", "sheet", "cell", "seen", "expected", "message", "action"}
    assert all(len(line["sha256"]) == 64 for line in lines)
    assert received.register.last_seq() == entries


def test_what_was_taken_is_a_duplicate_with_its_values(received: Year) -> None:
    consolidate(received, OCTOBER, datetime(2022, 11, 7))
    found = [inspected(received.plan, one) for one in inspect(received, [received.inbox / "a" / "残联.xlsx"])]
    assert [(one["outcome"], one["values"]) for one in found] == [("duplicate", {"8-1": {"reported": "106"}})]


def test_a_zip_is_its_members(received: Year, tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    inner = tmp_path / "里.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(received.inbox / "c.xlsx", "c.xlsx")
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(received.inbox / "a" / "残联.xlsx", "夹/残联.xlsx")
        archive.write(inner, "里.zip")
        archive.writestr("__MACOSX/._残联.xlsx", b"x")
    found = list(inspect(received, [str(path)]))
    assert [(one.file, one.outcome.value) for one in found] == [(f"{path}/夹/残联.xlsx", "accepted"), (f"{path}/里.zip", "unrecognised")]
    assert found[1].problems[0].message == "压缩包里还有压缩包，里面的表读不到"


def test_a_zip_may_hold_what_no_workbook_holds(received: Year, tmp_path: Path) -> None:
    """A film, a picture that packs well, two names that differ in capitals: the form among them is read."""
    path, form = tmp_path / "包.zip", received.inbox / "a" / "残联.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(form, "表.xlsx")
        archive.write(form, "表.XLSX")
        archive.writestr("照片.bmp", b"BM" + bytes(3 << 20))
        archive.writestr("视频.mp4", b"\0\0\0\x18mp4" + bytes(70 << 20))
    found = {Path(one.file).name: one for one in inspect(received, [str(path)])}
    assert {name: one.outcome.value for name, one in found.items()} == {
        "表.xlsx": "accepted", "表.XLSX": "accepted", "照片.bmp": "unrecognised", "视频.mp4": "unrecognised",
    }
    assert {found[name].problems[0].code for name in ("照片.bmp", "视频.mp4")} == {"file-kind"}


@pytest.mark.parametrize("make", [lambda: ProcessPoolExecutor(2), lambda: ThreadPoolExecutor(2)])
def test_any_executor_gives_the_same_in_the_same_order(received: Year, make: "type[Executor]") -> None:
    paths = [received.inbox] * 20
    alone = list(inspect(received, paths))
    with make() as executor:
        assert list(inspect(received, paths, executor)) == alone


def test_no_more_processes_than_cores_are_started(received: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def pool(workers: int) -> ProcessPoolExecutor:
        asked.append(workers)
        return ProcessPoolExecutor(1)

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", pool)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    assert main(["inspect", str(received.inbox), "--plan", str(received.root), "--jobs", "100000"]) == 0
    assert asked == [3]


def test_a_path_that_is_not_there_is_wrong_use(received: Year, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "没有.xlsx", "--plan", str(received.root)]) == 2
    assert "没有这个文件或文件夹：没有.xlsx" in capsys.readouterr().err
    assert main(["inspect", str(received.inbox), "--plan", str(received.root), "--jobs", "0"]) == 2
    assert main(["inspect", str(received.inbox), "--plan", str(received.root), "--strict"]) == 1
