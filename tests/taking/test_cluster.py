"""Returns read on several machines: the same as on one, whatever dies; recorded by one alone."""

import pickle
import shutil
import socket
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from minsheng_xl import Period, Year, consolidate, inspect
from minsheng_xl.accounts.returns import Return
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.cluster import executor_of
from minsheng_xl.intake import replica, spread
from minsheng_xl.intake.child import failed
from minsheng_xl.intake.stream import Given, Received, judge_given, read
from minsheng_xl.problems import MinshengError
from minsheng_xl.rules.files import LIMITS
from tests.cluster import Cluster, cluster
from tests.makers import figure, send
from tests.sharing import copied

OCTOBER, NOW = Period.parse("2022-10"), datetime(2022, 11, 7)
posix = pytest.mark.posix(reason="Dask's commands and kills are tried on Linux")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture
def many(whole_issued: Year, tmp_path: Path) -> tuple[Year, list[Path]]:
    """A year, and 200 returns that differ in their bytes, with what is none among them."""
    send(whole_issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "a.xlsx")
    send(whole_issued, "县卫生健康委", OCTOBER, {figure("7-1"): "约一万"}, "b.xlsx")
    made, folder = list[Path](), tmp_path / "来件"
    folder.mkdir()
    for number in range(200):
        content = (whole_issued.inbox / ("a.xlsx" if number % 2 else "b.xlsx")).read_bytes()
        made.append(folder / f"{number:03}.xlsx")
        made[-1].write_bytes(content[:-2] + b"\x05\x00" + f"{number:05}".encode())
    (folder / "050.xlsx").write_bytes(b"%PDF-1.4")
    (folder / "051.xlsx").write_bytes(b"")
    for path in whole_issued.inbox.iterdir():
        path.unlink()
    return whole_issued, made


class Wrapped(Executor):
    """An executor whose tasks travel as bytes, and meet what befalls workers."""

    def __init__(self, befalls: Callable[[int], None] = lambda number: None) -> None:
        self.sent: list[bytes] = []
        self._befalls, self._own = befalls, ThreadPoolExecutor(1)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self.sent.append(pickle.dumps((fn, args)))
        number = len(self.sent)

        def run() -> Any:
            self._befalls(number)
            task, given = pickle.loads(self.sent[number - 1])
            return task(*given)

        return self._own.submit(run)


def test_bytes_and_digests_travel_and_no_path(many: tuple[Year, list[Path]]) -> None:
    year, paths = many
    executor = Wrapped()
    assert list(inspect(year, paths, executor)) == list(inspect(year, paths))
    for sent in executor.sent:
        assert not [part for part in (*year.root.parts[1:], "来件") if part.encode() in sent]
    packs = [sent for sent in executor.sent if pickle.loads(sent)[1][0].given]
    assert len(packs) < 10, "what a worker was told once it knows"


def test_an_original_travels_once(many: tuple[Year, list[Path]]) -> None:
    year, paths = many
    executor = Wrapped()
    list(inspect(year, paths[:16], executor))
    before = len(executor.sent)
    list(inspect(year, paths[16:32], executor))
    assert [len(pickle.loads(sent)[1][0].given) for sent in executor.sent[before:]] == [0]


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("KilledWorker"), OSError(28, "voll")])
def test_a_worker_that_fails_costs_nothing(many: tuple[Year, list[Path]], error: Exception) -> None:
    year, paths = many

    def befalls(number: int) -> None:
        if number % 3 == 0:
            raise error

    assert list(inspect(year, paths, Wrapped(befalls))) == list(inspect(year, paths))


def test_a_machine_short_of_memory_is_not_the_files_fault(
    many: tuple[Year, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def short(root: Path, files: tuple[Given, ...], state: str) -> list[Return]:
        problem = LIMITS.problem(reason="内存不够，被系统结束")
        return [failed(one.name, "", problem) if number % 2 else judge_given(root, [one], state)[0] for number, one in enumerate(files)]

    year, paths = many
    alone = list(inspect(year, paths[:40]))
    monkeypatch.setattr(replica, "judge_given", short)
    assert list(inspect(year, paths[:40], Wrapped())) == alone


def test_more_years_than_a_worker_keeps(issued: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica, "_MOST", 2)
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "a.xlsx")
    years = [one for number in range(4) for one in [next(copied(issued.root, tmp_path / f"年{number}"))]]
    for number, year in enumerate(years):
        (year.root / "计划.xlsx").write_bytes((year.root / "计划.xlsx").read_bytes() + bytes(number))
    executor = Wrapped()
    for year in (*years, years[0]):
        assert [one.outcome.value for one in inspect(year, [year.inbox], executor)] == ["accepted"]
        assert len(replica._folders) <= 2


def test_what_programs_open_is_opened_here(many: tuple[Year, list[Path]], tmp_path: Path) -> None:
    """Another machine may lack the program."""
    year, paths = many
    packed, zipped = tmp_path / "包.tar.gz", tmp_path / "包.zip"
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(paths[0], "表.xlsx")
    with zipfile.ZipFile(zipped, "w") as parcel:
        parcel.write(paths[0], "表.xlsx")
    executor = Wrapped()
    assert list(inspect(year, [packed], executor)) == list(inspect(year, [packed]))
    assert executor.sent == []
    assert [one.file for one in inspect(year, [zipped], executor)] == [f"{zipped}/表.xlsx"]
    assert executor.sent


def test_a_client_that_gave_up_costs_nothing(many: tuple[Year, list[Path]]) -> None:
    class Closed(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
            raise KeyError("ClosedClientError")

    year, paths = many
    assert list(inspect(year, paths[:20], Closed())) == list(inspect(year, paths[:20]))


def test_much_does_not_wait_at_once(many: tuple[Year, list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "_MOST_BYTES", 100)
    begun = list[int]()

    def submit(portion: Sequence[int]) -> spread.Underway:
        begun.append(portion[0])
        return spread.Underway((), None)

    monkeypatch.setattr(spread, "_BYTES", 40)
    ahead = [begun[-1] - portion[0] for portion, _ in spread.spread(range(50), lambda one: 40, submit)]
    assert max(ahead) == 2
    assert len(ahead) == 50


def test_a_pool_leaves_nothing_behind(many: tuple[Year, list[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "临时").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "临时"))
    monkeypatch.setattr("tempfile.tempdir", None)
    year, paths = many
    with ProcessPoolExecutor(1) as pool:
        list(inspect(year, paths[:4], pool))
    assert not list((tmp_path / "临时").glob("minsheng-*"))


def test_nobody_who_answers_is_waited_for_once(many: tuple[Year, list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(Executor):
        asked = 0

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
            self.asked += 1
            return Future()

    year, paths = many
    monkeypatch.setattr(spread, "_PATIENCE", 0.1)
    executor = Silent()
    assert list(inspect(year, paths, executor)) == list(inspect(year, paths))
    assert executor.asked == 5


def test_a_process_that_is_killed_breaks_no_run(many: tuple[Year, list[Path]]) -> None:
    year, paths = many
    got: list[Return] = []
    with ProcessPoolExecutor(2) as pool:
        for number, one in enumerate(inspect(year, paths, pool)):
            got.append(one)
            if number == 20:
                for process in list(pool._processes.values()):
                    process.kill()
    assert got == list(inspect(year, paths))


def test_another_version_is_told(many: tuple[Year, list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    year, paths = many
    order = replica.Order("x", "y", (), {}, version="0.0.1")
    assert replica.carry_out(order) == replica.Reply(())
    monkeypatch.setattr(replica.Reply, "__new__", _older)
    with pytest.raises(MinshengError, match="不是同一个版本"):
        list(inspect(year, paths, Wrapped()))


_new = replica.Reply.__new__


def _older(kind: Any, returns: Any, lacks: Any = (), version: str = "0.0.1") -> Any:
    return _new(kind, returns, lacks, "0.0.1")


def test_an_original_that_is_lost_is_lost_everywhere(many: tuple[Year, list[Path]]) -> None:
    year, paths = many
    for path in (year.root / "归档" / "文件").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    alone = list(inspect(year, paths[:20]))
    assert {one.problems[0].code for one in alone[:2]} == {"file-original-lost"}
    assert list(inspect(year, paths[:20], Wrapped())) == alone


def test_a_file_that_cannot_be_read_and_one_that_is_large(many: tuple[Year, list[Path]], tmp_path: Path) -> None:
    year, paths = many
    large = tmp_path / "大.xlsx"
    large.write_bytes(b"PK" + bytes(5 << 20))
    files = [*map(read, (Received(path.name, path) for path in (paths[0], large))), read(Received("无", tmp_path / "无"))]
    found = list(spread.judge_spread(year, files, Wrapped()))
    assert [one.file for one in found] == ["000.xlsx", "大.xlsx", "无"]
    assert found[2].problems[0].code == "file-locked"


@posix
def test_a_cluster_says_the_same_in_the_same_order(many: tuple[Year, list[Path]], two: Cluster) -> None:
    year, paths = many
    with executor_of(two.address) as executor:
        assert executor is not None
        assert list(inspect(year, [paths[0].parent], executor)) == list(inspect(year, [paths[0].parent]))


@posix
def test_what_is_recorded_is_recorded_here_alone(many: tuple[Year, list[Path]], two: Cluster, tmp_path: Path) -> None:
    year, paths = many
    for path in paths[40:80]:
        shutil.copy(path, year.inbox)
    shutil.copy(paths[41], year.inbox / "又一份.xlsx")
    (other,) = list(copied(year.root, tmp_path / "另一份"))
    with executor_of(two.address) as executor:
        far = consolidate(year, OCTOBER, NOW, executor=executor)
        again = consolidate(year, OCTOBER, NOW, executor=executor)
    near = consolidate(other, OCTOBER, NOW)
    assert (far.files, far.unread, again.files) == (near.files, near.unread, ())
    assert year.journal.path.read_bytes() == other.journal.path.read_bytes()


@posix
def test_a_worker_killed_in_the_middle_costs_nothing(many: tuple[Year, list[Path]], tmp_path: Path) -> None:
    year, paths = many
    got: list[Return] = []
    with cluster(tmp_path / "cluster") as own, executor_of(own.address) as executor:
        for number, one in enumerate(inspect(year, paths * 2, executor)):
            got.append(one)
            if number == 100:
                own.processes["w0"].kill()
    assert got == list(inspect(year, paths * 2))


@posix
def test_a_scheduler_that_is_gone_is_told_and_nothing_recorded(
    many: tuple[Year, list[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year, paths = many
    for path in paths[40:160]:
        shutil.copy(path, year.inbox)
    (other,) = list(copied(year.root, tmp_path / "另一份"))
    judged, result = list[int](), spread.Spread.result
    with cluster(tmp_path / "cluster") as own:

        def killing(self: Any, pending: Any) -> Any:
            judged.append(len(pending.files))
            if sum(judged) > 30:
                own.processes["scheduler"].kill()
                own.processes["scheduler"].wait()
            return result(self, pending)

        monkeypatch.setattr(spread.Spread, "result", killing)
        before = year.register.last_seq()
        with pytest.raises(MinshengError, match="另外的机器连不上了"), executor_of(own.address) as executor:
            consolidate(year, OCTOBER, NOW, executor=executor)
    monkeypatch.undo()
    assert year.register.last_seq() == before
    assert consolidate(year, OCTOBER, NOW).files == consolidate(other, OCTOBER, NOW).files
    assert year.journal.path.read_bytes() == other.journal.path.read_bytes()


@posix
def test_the_command(many: tuple[Year, list[Path]], two: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    year, paths = many
    shutil.copy(paths[1], year.inbox)
    assert main(["inspect", str(paths[0]), "--plan", str(year.root), "--executor", two.address]) == 0
    assert "000.xlsx：待核（县卫生健康委 2022-10）" in capsys.readouterr().out
    assert main(["consolidate", str(year.root), "--period", "2022-10", "--executor", two.address]) == 0
    assert "已采用 1" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["tcp://1.2.3.4:8786", "dask://", "dask://主机", "ray://1.2.3.4:1"])
def test_another_address_is_wrong_use(
    many: tuple[Year, list[Path]], address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(many[1][0]), "--plan", str(many[0].root), "--executor", address]) == 2
    assert f"不是“{address}”" in capsys.readouterr().err


@posix
def test_nobody_there_is_told(
    many: tuple[Year, list[Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minsheng_xl.desk.cluster._SECONDS", 1)
    command = ["inspect", str(many[1][0]), "--plan", str(many[0].root), "--executor"]
    assert main([*command, "dask://127.0.0.1:9"]) == 1
    assert "dask://127.0.0.1:9 连不上" in capsys.readouterr().err
    with cluster(tmp_path / "cluster", workers=0) as own:
        assert main([*command, own.address]) == 1
        assert "还没有一台机器" in capsys.readouterr().err
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert main([*command, f"dask://127.0.0.1:{silent.getsockname()[1]}"]) == 1
        assert "连不上" in capsys.readouterr().err


def test_without_dask_it_says_how_to_get_it(
    many: tuple[Year, list[Path]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with suppress(SystemExit):
        assert main(["inspect", str(many[1][0]), "--plan", str(many[0].root), "--executor", "dask://127.0.0.1:9"]) == 2
    assert "pip install 'minsheng-xl[cluster]'" in capsys.readouterr().err
