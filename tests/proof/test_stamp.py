"""Time stamps of a real authority, which is asked over the loopback: openssl answers."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate
from minsheng_xl.cli import main
from minsheng_xl.problems import MisuseError
from minsheng_xl.proof import tokens
from minsheng_xl.proof.stamp import stamp
from minsheng_xl.proof.verify import verify
from minsheng_xl.year.entries import Closed, Stamped
from tests.makers import figure, send

OCTOBER = Period.parse("2022-10")
NOW, LATER = datetime(2022, 11, 7, 16), datetime(2022, 11, 20, 9)
AUTHORITY = """
[ca]
distinguished_name = name
prompt = no
x509_extensions = signs
[name]
CN = loopback
[signs]
extendedKeyUsage = critical,timeStamping
[tsa]
serial = serial
signer_cert = cert.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is the authority")


class Authority(HTTPServer):
    """A time-stamping authority with a certificate of its own; `says` takes the place of its answer, if set."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder, self.says, self.asked = folder, b"", b""
        (folder / "tsa.cnf").write_text(AUTHORITY)
        (folder / "serial").write_text("01")
        made = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 30 -config tsa.cnf -section ca"
        self.openssl(*made.split())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def openssl(self, *words: str) -> bytes:
        return subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True).stdout

    def answer(self, request: bytes) -> bytes:
        self.asked = request
        (self.folder / "query").write_bytes(request)
        self.openssl(*["ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", "query", "-out", "reply"])
        return self.says or (self.folder / "reply").read_bytes()


class _Handler(BaseHTTPRequestHandler):
    server: Authority

    def do_POST(self) -> None:
        content = self.server.answer(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *told: object) -> None:
        """Nobody listens."""


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    folder = tmp_path / "tsa"
    folder.mkdir()
    server = Authority(folder)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def year(short_issued: Year) -> Year:
    """October went out, and one return was taken."""
    send(short_issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(short_issued, OCTOBER, NOW)
    return short_issued


@needs_openssl
def test_a_stamp_is_kept_journalled_and_fits(year: Year, authority: Authority, capsys: pytest.CaptureFixture[str]) -> None:
    head = year.register.head()
    year.close()
    assert main(["stamp", str(year.root), "--url", authority.url]) == 0
    assert f"盖在链首 {head} 上：" in capsys.readouterr().out
    (entry,) = year.register.entries(Stamped)
    assert (entry.head, entry.service) == (head, authority.url)
    (path,) = (year.root / "归档" / "时间戳").iterdir()
    assert year.archive.read(entry.sha256) == path.read_bytes()
    (authority.folder / "kept").write_bytes(path.read_bytes())
    told = authority.openssl(*["ts", "-verify", "-queryfile", "query", "-in", "kept", "-CAfile", "cert.pem"])
    assert b"Verification: OK" in told
    found = verify(year)
    assert (found.faults, found.is_sound) == ((), True)
    (note,) = found.notes
    assert note.startswith("时间戳 20")
    assert note.endswith(f" 与日志相符：盖的是第 {year.register.last_seq() - 1} 条以后的链首（{path.name}）。签名没有核对。")


def closing(year: Year, service: str) -> tuple[str, ...]:
    """The command that closes October, in a year of which the plan names a service."""
    year.close()
    book = openpyxl.load_workbook(year.plan_path)
    book["参数"].append(["时间戳服务", None, service])
    book.save(year.plan_path)
    return "close", str(year.root), "--period", "2022-10", "--yes"


@needs_openssl
def test_a_closing_is_stamped_where_the_plan_says_by_whom(
    year: Year, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(closing(year, authority.url)) == 0
    assert "时间戳 20" in capsys.readouterr().out
    again = Year(year.root)
    last = again.register.numbered(Closed)[-1][0]
    assert again.register.entries(Stamped)[-1].head == again.register.head_at(last)
    assert main(["stamp", str(year.root)]) == 0
    assert len(again.register.entries(Stamped)) == 2
    found = verify(again)
    assert (found.is_sound, len(found.notes)) == (True, 2)
    again.close()


def test_that_nobody_answers_stops_no_closing(year: Year, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(closing(year, "http://127.0.0.1:9/")) == 0
    assert "没有应答，没有盖时间戳" in capsys.readouterr().err
    again = Year(year.root)
    assert again.register.closed(OCTOBER) is not None
    assert again.register.entries(Stamped) == []
    again.close()


def test_without_a_service_it_is_said_what_is_lacking(year: Year, capsys: pytest.CaptureFixture[str]) -> None:
    year.close()
    assert main(["stamp", str(year.root)]) == 2
    assert "没有写时间戳服务的网址。请在计划“参数”里填“时间戳服务”，或加 --url。" in capsys.readouterr().err


@needs_openssl
def test_a_year_set_back_whole_is_told_by_a_stamp_that_is_presented(
    year: Year, authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Journal, register, master and archive are those of an earlier day: nothing in the folder knows of another."""
    year.close()
    shutil.copytree(year.root, tmp_path / "以前")
    send(year, "县民政局", OCTOBER, {figure("6-1"): "3"})
    consolidate(year, OCTOBER, LATER)
    kept = shutil.copy(stamp(year, authority.url, LATER).path, tmp_path / "带走的.tsr")
    year.close()
    shutil.rmtree(year.root)
    (tmp_path / "以前").rename(year.root)
    again = Year(year.root)
    assert verify(again).is_sound
    found = verify(again, stamps=[Path(kept)])
    again.close()
    (fault,) = found.faults
    assert " 与日志不符：盖的链首不在日志的链上，" in fault
    assert "（带走的.tsr）" in fault
    assert main(["verify", str(year.root), "--json", "--stamp", str(kept)]) == 1
    assert "与日志不符" in capsys.readouterr().out


@needs_openssl
@pytest.mark.parametrize("says", [b"", b"0", b"0\x03\x02\x01\x02", b"<html>", b"0\x80\x00\x00"])
def test_who_answers_something_else_is_told_and_nothing_is_kept(year: Year, authority: Authority, says: bytes) -> None:
    first = stamp(year, authority.url, NOW)
    authority.says = says or first.path.read_bytes()  # of another nonce, and another head
    before = year.journal.path.read_bytes()
    with pytest.raises(MinshengError, match="没有记下"):
        stamp(year, authority.url, LATER)
    assert year.journal.path.read_bytes() == before
    assert len(list(first.path.parent.iterdir())) == 1
    year.close()


def test_nobody_there_is_a_sentence_and_nothing_changes(year: Year) -> None:
    before = year.journal.path.read_bytes()
    with pytest.raises(MinshengError, match="没有应答，没有盖时间戳，别的都没有动"):
        stamp(year, "http://127.0.0.1:9/", LATER)
    with pytest.raises(MisuseError, match="不是时间戳服务的网址"):
        stamp(year, "file:///etc/passwd", LATER)
    assert year.journal.path.read_bytes() == before
    year.close()


@needs_openssl
def test_a_stamp_that_was_changed_or_is_lost_is_told(year: Year, authority: Authority) -> None:
    path = stamp(year, authority.url, NOW).path
    path.write_bytes(path.read_bytes()[:-40])
    (entry,) = year.register.entries(Stamped)
    year.archive.path(entry.sha256).unlink()
    faults = verify(year).faults
    assert [fault.partition("（")[0] for fault in faults] == [
        "归档里缺了 2022-11-07 16:00 的时间戳", f"{path.name} 不是时间戳，或已损坏。请换上原来的。",
    ]
    with pytest.raises(MisuseError, match="打不开"):
        verify(year, stamps=[path.with_name("没有.tsr")])
    year.close()


@needs_openssl
def test_openssl_reads_the_request_as_it_is_meant(authority: Authority) -> None:
    (authority.folder / "asked").write_bytes(tokens.request_of(bytes(range(32)), 2**63 + 5))
    told = authority.openssl(*["ts", "-query", "-in", "asked", "-text"]).decode()
    assert "Hash Algorithm: sha256" in told
    assert "Nonce: 0x8000000000000005" in told
    assert "Certificate required: yes" in told


@pytest.mark.parametrize("answer", [
    b"", b"\x30\x00", b"\x30\x02\x30\x00", b"\x30\x80\x00\x00", b"\x30\x07\x30\x03\x02\x01\x00\x30\x00",
])
def test_what_is_no_answer_is_a_value_error(answer: bytes) -> None:
    with pytest.raises(ValueError, match=r"^no"):
        tokens.stamp_in(answer)
