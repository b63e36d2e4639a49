"""Each thing is tried within its time, whatever happens is a sentence, and what was made goes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from minsheng_xl import MinshengError, Year
from minsheng_xl.desk.checking import told as telling
from minsheng_xl.desk.checking.model import Desk, Probe, Seen, fit, lacking, scratch, unfit
from minsheng_xl.desk.checking.probes import FOLDER, INSIDE, PROBES, ROOM, WRITE
from minsheng_xl.desk.checking.run import looked_over
from minsheng_xl.desk.checking.told import check_desk, check_desk_json
from minsheng_xl.desk.cli import main
from tests.desk.checking.conftest import FIT, LACKING, NOW, UNFIT, lying_in, make_year
from tests.processes.disk import mounted, needs_root


def probe(look: Any, *, seconds: float = 10, is_needed: bool = False) -> Probe:
    return Probe("one", "一样", look, seconds, is_needed)


def raising(error: Exception) -> Any:
    def look(desk: Desk) -> Iterator[Seen]:
        with scratch(desk, "xx") as place:
            (place / "left").write_bytes(b"x")
            raise error
            yield fit("")

    return look


@pytest.mark.parametrize("is_needed", [True, False])
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left"), "没有查成：磁盘已满"), (MinshengError("日志断开了。"), "日志断开了"),
        (ZeroDivisionError("x"), "没有查成（ZeroDivisionError：x）"),
    ],
)
def test_what_was_not_found_out(desk: Desk, error: Exception, words: str, is_needed: bool) -> None:
    before = lying_in(desk.folder)
    (looked,) = looked_over(desk, [probe(raising(error), is_needed=is_needed)])
    assert [(one.fitness, one.words) for one in looked.seen] == [(UNFIT if is_needed else LACKING, words)]
    assert lying_in(desk.folder) == before


def test_what_takes_too_long_is_not_waited_for_and_leaves_nothing(desk: Desk) -> None:
    def hang(desk: Desk) -> Iterator[Seen]:
        place = desk.folder / "收件" / f".~{desk.mark}zz"
        place.mkdir()
        (desk.folder / f".~{desk.mark}zz").write_bytes(b"x")
        time.sleep(30)
        yield fit("")

    before, began = lying_in(desk.folder), time.monotonic()
    probes = [probe(hang, seconds=0.3, is_needed=True), probe(lambda desk: [fit("好")])]
    first, second = looked_over(desk, probes)
    assert time.monotonic() - began < 10
    assert (first.is_unfit, first.seen[0].words) == (True, "等了 0 秒没有结果")
    assert second.seen == (fit("好"),)
    assert lying_in(desk.folder) == before


def test_what_is_broken_off_leaves_nothing(desk: Desk) -> None:
    before = lying_in(desk.folder)

    def leave(desk: Desk) -> Iterator[Seen]:
        (desk.folder / "归档" / f".~{desk.mark}zz").write_bytes(b"x")
        yield fit("")

    with closing(looked_over(desk, [probe(leave), probe(leave)])) as found:
        next(found)
    assert lying_in(desk.folder) == before


@pytest.mark.parametrize(
    ("seen", "is_fit", "last"),
    [
        ([fit("a")], True, "要紧的都有，这台电脑可以汇总。"), ([lacking("a", "b"), fit("c")], True, "要紧的都有，这台电脑可以汇总。另有 1 处提醒，不影响汇总。"),
        ([unfit("a", "b"), lacking("c")], False, "有 1 样不行，这台电脑现在做不了汇总：照上面说的办好，再检查一次。另有 1 处提醒，不影响汇总。"),
    ],
)  # fmt: skip
def test_what_it_comes_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], seen: list[Seen], is_fit: bool, last: str
) -> None:
    monkeypatch.setattr(telling, "PROBES", (probe(lambda desk: seen),))
    for name in ("FOLDER", "WRITE", "ROOM"):
        monkeypatch.setattr(telling, name, probe(lambda desk: []))
    monkeypatch.setattr(telling, "INSIDE", ())
    said: list[str] = []
    assert check_desk(desk.folder, NOW, said.append) is is_fit
    marks = {FIT: "可用", LACKING: "提醒", UNFIT: "不行"}
    assert said[:-1] == [f"{marks[one.fitness]}　一样：{one.words}。{f'{one.action}。' if one.action else ''}" for one in seen]
    assert said[-1] == last
    found = check_desk_json(desk.folder, NOW)
    assert (found["ok"], found["folder"]) == (is_fit, str(desk.folder))
    assert found["checks"] == [
        {"check": "one", "title": "一样", "state": one.fitness.name.lower(), "seen": one.words, "action": one.action} for one in seen
    ]
    assert main(["check-desk", str(desk.folder)]) == (0 if is_fit else 1)
    assert capsys.readouterr().out.splitlines() == said
    assert main(["check-desk", str(desk.folder / "计划.xlsx"), "--json"]) == (0 if is_fit else 1)
    assert json.loads(capsys.readouterr().out) == found


def test_where_there_is_no_folder_nothing_is_tried_in_it_and_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "PROBES", (probe(lambda desk: [fit("a")]),))
    found = check_desk_json(tmp_path / "没有的", NOW)
    assert [(one["check"], one["state"]) for one in found["checks"]] == [("folder", "unfit"), ("one", "fit")]
    assert not found["ok"]
    assert lying_in(tmp_path) == []


@needs_root
def test_a_folder_that_cannot_be_written_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "PROBES", (probe(lambda desk: [fit("a")]),))
    with mounted(tmp_path / "盘", "600m") as disk:
        make_year(disk / "年")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        checks = check_desk_json(disk / "年", NOW)["checks"]
    assert [(one["check"], one["state"]) for one in checks] == [("folder", "fit"), ("write", "unfit"), ("room", "fit"), ("one", "fit")]


def test_each_has_a_name_and_a_title_of_its_own() -> None:
    every = (FOLDER, WRITE, ROOM, *INSIDE, *PROBES)
    assert len({one.name for one in every}) == len({one.title for one in every}) == len(every) == 14


def run(folder: Path, **given: Any) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "minsheng_xl", "check-desk", str(folder), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", **given)


def test_the_command_tries_all_and_leaves_nothing(issued: Year, empty_path: Path) -> None:
    """Without LibreOffice, which is tried elsewhere, and without anything else."""
    issued.close()
    before = lying_in(issued.root)
    process = run(issued.root)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    found = json.loads(out)
    assert [one["check"] for one in found["checks"] if one["state"] == "unfit"] == []
    assert {one["check"] for one in found["checks"]} == {one.name for one in (FOLDER, WRITE, ROOM, *INSIDE, *PROBES)}
    assert lying_in(issued.root) == before


@pytest.mark.posix(reason="a signal of POSIX")
def test_ctrl_c_is_a_sentence_and_leaves_nothing(issued: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issued.close()
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "soffice").write_text(f"#!/bin/sh\n: >{tmp_path}/began\nexec sleep 20\n", encoding="utf-8")
    (programs / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    before = lying_in(issued.root)
    restored = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # who began the tests may have it ignored
    process = run(issued.root, start_new_session=True, preexec_fn=restored)
    until = time.monotonic() + 60
    while not (tmp_path / "began").exists() and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "已中断。再运行一次即可接着做。\n")
    assert lying_in(issued.root) == before
