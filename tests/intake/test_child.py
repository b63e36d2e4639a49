"""A file that takes too much ends its child, not the run: it is that one file's outcome."""

import io
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile

import pytest

from minsheng_xl import Period, Year
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.intake import stream as inspection
from minsheng_xl.intake.child import Child, Job
from tests.makers import figure, send

OCTOBER = Period.parse("2022-10")


def swollen(content: bytes, cells: int) -> bytes:
    """A return with that many numbers on a sheet of its form: honest by every count, only large."""
    draw = random.Random(7)
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{chr(65 + column)}{row}"><v>{draw.randrange(10**9)}</v></c>' for column in range(20)) + "</row>"
        for row in range(100, 100 + cells // 20)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            new.writestr(name, part)
    return stream.getvalue()


def test_a_file_that_takes_too_much_memory_is_one_files_outcome(issued: Year) -> None:
    path = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "2.xlsx")
    (issued.inbox / "1.xlsx").write_bytes(swollen(path.read_bytes(), 1_600_000))
    # in a process of its own: one that ran other tests holds memory which a child can use without asking for more
    command = [sys.executable, "-m", "minsheng_xl", "inspect", str(issued.inbox), "--plan", str(issued.root), "--json"]
    found = [json.loads(line) for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()]
    assert [(one["outcome"], one["problems"][0]["code"]) for one in found] == [("unrecognised", "file-limits"), ("accepted", "evidence-missing")]
    assert "内存" in found[0]["problems"][0]["message"]


def test_a_killed_child_is_one_files_outcome_and_another_takes_its_place(issued: Year) -> None:
    content = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}).read_bytes()
    child = Child(issued.root)
    state = issued.state()
    assert judged(child, content, state).unit == "县残联"
    pid = child._pid or (child._process.pid if child._process else 0)
    os.kill(pid, signal.SIGKILL)
    first, second = child.judged([Job("b", _sha(content), content), Job("c", _sha(content), content)], state)
    assert (first.file, first.outcome.value, first.problems[0].code) == ("b", "unrecognised", "file-limits")
    assert (second.file, second.unit) == ("c", "县残联"), "it had been sent to the one that was killed"
    assert judged(child, content, state).unit == "县残联"
    child.close()


def test_a_child_that_crashed_once_is_asked_again(issued: Year) -> None:
    content = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}).read_bytes()
    child = Child(issued.root)
    assert judged(child, content, issued.state()).unit == "县残联"
    os.kill(child._pid or (child._process.pid if child._process else 0), signal.SIGSEGV)
    names = "bcd"
    found = list(child.judged([Job(name, _sha(content), content) for name in names], issued.state()))
    assert [(one.file, one.outcome.value) for one in found] == [(name, "accepted") for name in names]
    child.close()


def test_a_child_that_does_not_answer_is_ended(issued: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    content = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}).read_bytes()
    monkeypatch.setattr("minsheng_xl.intake.child.WALL_SECONDS", 1)
    child = Child(issued.root)
    assert judged(child, content, issued.state()).unit == "县残联"
    pid = child._pid or (child._process.pid if child._process else 0)
    os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    assert "没有读完" in judged(child, content, issued.state()).problems[0].message
    assert time.monotonic() - began < 30
    child.close()


def test_files_larger_than_the_pipe_follow_each_other_in_their_order(issued: Year) -> None:
    content = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}).read_bytes()
    large = b"%PDF" + bytes(300_000)
    contents = [content, large, large, content, content, large, content]
    child = Child(issued.root)
    found = list(child.judged([Job(str(n), _sha(one), one) for n, one in enumerate(contents)], issued.state()))
    assert [(one.file, one.unit) for one in found] == [(str(n), "县残联" if one is content else None) for n, one in enumerate(contents)]
    child.close()


def test_threads_do_not_share_a_child(issued: Year) -> None:
    seen: list[Child] = []
    threads = [threading.Thread(target=lambda: seen.append(inspection._child_of(issued.root))) for _ in range(2)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    mine = inspection._child_of(issued.root)
    for thread in threads:
        thread.join()
    assert all(child is not mine for child in seen)


def judged(child: Child, content: bytes, state: str) -> Return:
    (found,) = child.judged([Job("a", _sha(content), content)], state)
    return found


def _sha(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def test_what_a_library_says_on_its_way_out_is_not_heard(
    issued: Year, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def panics(*given: object) -> Return:
        os.write(1, b"thread panicked")
        os.write(2, b"memory allocation failed; stack backtrace:")
        os.abort()

    monkeypatch.setattr("minsheng_xl.intake.judge.Judge.judge", panics)
    child = Child(issued.root)
    assert judged(child, b"x", issued.state()).problems[0].code == "file-limits"
    child.close()
    assert capfd.readouterr() == ("", "")


def test_a_new_interpreter_says_nothing_either(issued: Year) -> None:
    work = "import os, sys; from minsheng_xl.intake import worker; worker.serve = lambda *given: 1 / 0; worker.main()"
    run = subprocess.run([sys.executable, "-c", work, str(issued.root)], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("", "")
    assert run.returncode != 0


def test_too_little_memory_that_others_left_is_no_files_outcome(issued: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that read something before is not believed; a fresh one is."""
    judge = "minsheng_xl.intake.judge.Judge.judge"

    def leaves(self: object, file: str, sha256: str, content: bytes, assumed: object) -> Return:
        seen.append(file)
        if len(seen) > 1 or file == "too much":
            raise MemoryError
        return Return(file=file, sha256=sha256, outcome=Outcome.UNRECOGNISED)

    seen: list[str] = []
    monkeypatch.setattr(judge, leaves)
    child = Child(issued.root)
    jobs = [Job(name, _sha(name.encode()), name.encode()) for name in ("a", "b", "too much")]
    found = list(child.judged(jobs, issued.state()))
    child.close()
    assert [len(one.problems) for one in found] == [0, 0, 1]
