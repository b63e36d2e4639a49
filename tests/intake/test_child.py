"""A file that takes too much ends its child, not the run: it is that one file's outcome."""

import ctypes
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
from collections.abc import Callable
from typing import Any

import pytest

from minsheng_xl import Period, Year
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.intake import child as containment
from minsheng_xl.intake import job_object, worker
from minsheng_xl.intake import stream as inspection
from minsheng_xl.intake.child import Child, Job
from minsheng_xl.intake.job_object import JobObject
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


class Kernel32:
    """Windows' library as far as job objects go: it notes what is asked of it and gives out one handle."""

    HANDLE = 77

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., int]:
        def call(*given: Any) -> int:
            self.calls.append((name, *(self._plain(one) for one in given)))
            return self.HANDLE

        return call

    @staticmethod
    def _plain(given: Any) -> Any:
        if hasattr(given, "_obj"):  # what byref points to, as it is now
            return bytes(given._obj)
        return given.value if isinstance(given, ctypes.c_void_p) else given

    def limits(self) -> list[bytes]:
        return [call[3] for call in self.calls if call[0] == "SetInformationJobObject"]


def number(record: bytes, start: int, size: int) -> int:
    return int.from_bytes(record[start : start + size], "little")


def test_a_job_object_holds_one_process_to_what_it_is_told() -> None:
    """The offsets are those of JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64 bits: 144 bytes, of which the first 64 are
    the basic limits and the next 48 the counters of transfers."""
    kernel32 = Kernel32()
    job = JobObject(kernel32, 5)
    job.limit_memory(640 << 20)
    job.limit_time(12.5)
    job.close()
    names = [call[0] for call in kernel32.calls]
    assert names == ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject", *["SetInformationJobObject"] * 2, "CloseHandle"]
    assert kernel32.calls[0] == ("CreateJobObjectW", None, None)
    assert kernel32.calls[2] == ("AssignProcessToJobObject", Kernel32.HANDLE, 5)
    assert kernel32.calls[-1] == ("CloseHandle", Kernel32.HANDLE)
    for call in kernel32.calls:
        if call[0] == "SetInformationJobObject":
            assert (call[1], call[2], len(call[3]), call[4]) == (Kernel32.HANDLE, 9, 144, 144)
    at_first, with_memory, with_time = kernel32.limits()
    assert number(at_first, 16, 4) == 0x2000 | 0x400, "it dies with its last handle, and without a window"
    assert (number(with_memory, 16, 4), number(with_memory, 112, 8)) == (0x2000 | 0x400 | 0x100, 640 << 20)
    assert (number(with_time, 16, 4), number(with_time, 0, 8)) == (0x2000 | 0x400 | 0x100 | 0x2, 125_000_000)
    assert number(with_time, 112, 8) == 640 << 20, "the limit of memory stays"


def test_on_windows_a_child_limits_itself_by_a_job_object(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel32 = Kernel32()
    monkeypatch.setattr(job_object, "kernel32", lambda: kernel32)
    job_object.own_job.cache_clear()
    with monkeypatch.context() as windows:
        windows.setattr(sys, "platform", "win32")
        worker.limit_memory()
        worker.limit_time()
        first = os.times().user
        while os.times().user < first + 0.1:
            pass
        worker.limit_time()
    job_object.own_job.cache_clear()
    assert [call[0] for call in kernel32.calls].count("CreateJobObjectW") == 1
    assert ("AssignProcessToJobObject", Kernel32.HANDLE, 2**64 - 1) in kernel32.calls, "the handle -1 is the process itself"
    _, memory, earlier, later = kernel32.limits()
    assert number(memory, 112, 8) == (512 + 128) << 20
    assert number(earlier, 0, 8) <= round((first + 10) * 10**7), "ten seconds more than it has computed"
    assert number(later, 0, 8) >= round((first + 10.1) * 10**7) - 1, "and again for the next file"


class Deaf(io.RawIOBase):
    """A pipe to nobody, as Windows has it."""

    def write(self, given: Any) -> int:
        raise OSError(22, "Invalid argument")


def test_a_pipe_to_nobody_is_no_end_of_the_run(issued: Year) -> None:
    content = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}).read_bytes()
    child = Child(issued.root)
    assert judged(child, content, issued.state()).unit == "县残联"
    assert child._to is not None
    child._to.close()  # the child ends at the end of its pipe
    child._to = Deaf()  # type: ignore[assignment]
    found = list(child.judged([Job(name, _sha(content), content) for name in "bc"], issued.state()))
    assert [(one.file, one.outcome.value) for one in found] == [("b", "accepted"), ("c", "accepted")]
    child.close()


@pytest.fixture
def as_on_windows(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A child is a new interpreter, and no pipe can be waited for."""
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr(containment, "_CAN_SELECT", False)
    monkeypatch.setattr(containment, "_PIPE", 0)
    return monkeypatch


def test_a_child_that_hangs_is_ended_where_no_pipe_can_be_waited_for(issued: Year, as_on_windows: pytest.MonkeyPatch) -> None:
    content = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}).read_bytes()
    child = Child(issued.root)
    for size in (len(content), 1 << 20):  # the parent waits for the answer; to be rid of the question
        assert judged(child, content, issued.state()).unit == "县残联"
        assert child._process is not None
        os.kill(child._process.pid, signal.SIGSTOP)
        as_on_windows.setattr(containment, "WALL_SECONDS", 1)
        late = judged(child, content.ljust(size, b"\0"), issued.state())
        assert "超过 1 秒没有读完" in late.problems[0].message
        as_on_windows.setattr(containment, "WALL_SECONDS", 40)
    assert judged(child, content, issued.state()).unit == "县残联"
    child.close()


def test_an_answer_at_the_last_moment_is_not_the_next_files_lateness(issued: Year, as_on_windows: pytest.MonkeyPatch) -> None:
    content = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}).read_bytes()
    child = Child(issued.root)
    received = containment.received
    answers: list[bytes] = []

    def just_in_time(stream: Any) -> bytes:
        answers.append(received(stream))
        if len(answers) == 1:
            assert child._process is not None
            child._end_late(child._process)
        return answers[-1]

    as_on_windows.setattr(containment, "received", just_in_time)
    as_on_windows.setattr(subprocess.Popen, "kill", subprocess.Popen.terminate)  # there nobody can tell it from a crash
    found = list(child.judged([Job(name, _sha(content), content) for name in "ab"], issued.state()))
    assert [(one.file, one.outcome.value) for one in found] == [("a", "accepted"), ("b", "accepted")]
    child.close()


@pytest.mark.parametrize(("work", "code"), [("raise SystemExit(3)", 3), ("import time; time.sleep(600)", -signal.SIGKILL)])
def test_a_child_that_does_not_end_when_nobody_asks_is_made_to(
    work: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containment, "_SECONDS_TO_END", 10 if code > 0 else 0.1)
    assert containment._ended(subprocess.Popen([sys.executable, "-c", work]), kill=False) == code


def test_a_child_that_windows_ended_for_its_time_has_computed_too_long(issued: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child(issued.root)
    monkeypatch.setattr(child, "_end", lambda *, kill: 1816)  # ERROR_NOT_ENOUGH_QUOTA
    assert child._why() == "计算时间超过 10 秒"
