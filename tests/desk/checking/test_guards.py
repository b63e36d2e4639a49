"""Software that encrypts: what it left, what it does to a workbook as it is written, and its process."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter

from minsheng_xl.desk.checking import guards as probes
from minsheng_xl.desk.checking.guards import by_name, guards
from minsheng_xl.desk.checking.model import Desk
from tests.desk.checking.conftest import FIT, LACKING, UNFIT, told

ESAFENET = b"\x62\x14\x23\x65\x03\x00E-SafeNet\0\0\0LOCK" + bytes(range(256)) * 20
GREEN_SHIELD = b"%TSD-Header-###%" + bytes(range(256)) * 20
CLEAR = (FIT, "写出、读回的工作簿完好，没有发现加密软件", "")


@pytest.fixture(autouse=True)
def _nobody_runs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs on this computer; but where a process is the matter."""
    if "process" not in request.node.name:
        monkeypatch.setattr(probes, "_names", lambda: ["python", "bash"])


def test_a_desk_without(desk: Desk) -> None:
    (desk.folder / "收件" / "县残联.xlsx").write_bytes(b"PK\3\4")
    (desk.folder / "收件" / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert told(guards, desk) == [CLEAR]


@pytest.mark.parametrize("content", [ESAFENET, GREEN_SHIELD])
@pytest.mark.parametrize("name", ["计划.xlsx", "总台账.xlsm"])
def test_workbooks_of_the_year_that_were_encrypted(desk: Desk, name: str, content: bytes) -> None:
    (desk.folder / name).write_bytes(content)
    first, last = told(guards, desk)
    assert first[:2] == (UNFIT, f"{name} 被加密软件加密，程序读不了")
    assert first[2] == f"请网管把 {sys.executable} 加入受信进程"
    assert last == CLEAR


def test_returns_that_were_encrypted(desk: Desk) -> None:
    folder = desk.folder / "收件" / "10月"
    folder.mkdir()
    (folder / "县残联.xlsx").write_bytes(ESAFENET)
    assert told(guards, desk)[0][:2] == (LACKING, "收件里的 县残联.xlsx 被加密软件加密，读不了")
    for number in range(30):
        (folder / f"{number}.xlsx").write_bytes(GREEN_SHIELD)
    assert "等 20 个被加密软件加密，读不了" in told(guards, desk)[0][1]


def test_a_workbook_that_is_encrypted_as_it_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    close = xlsxwriter.Workbook.close

    def guarded(book: xlsxwriter.Workbook) -> None:
        close(book)
        Path(book.filename).write_bytes(ESAFENET)

    monkeypatch.setattr(xlsxwriter.Workbook, "close", guarded)
    assert [one[:2] for one in told(guards, desk)] == [(UNFIT, "写出的工作簿读回来不是工作簿了，被加密软件加密")]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["CDGRegedit.exe", "explorer.exe"], ["亿赛通"]), ([r"C:\Program Files\EsafeNet\Cobra DocGuard Client\x.exe"], ["亿赛通"]),
        (["LdTerm.exe"], ["绿盾"]), ([r"C:\Inetpub\ftproot\Tipray\LdTerm\a.exe", "winrdlv3.exe"], ["绿盾", "IP-guard"]),
        (["亿赛通电子文档安全管理系统", "天锐绿盾终端"], ["亿赛通", "绿盾"]), (["explorer.exe", "OldTerm.exe", "python.exe"], []), ([], []),
    ],
)
def test_who_is_known_by_a_name(names: list[str], found: list[str]) -> None:
    assert by_name(names) == found


@pytest.mark.skipif(sys.platform != "linux", reason="a process of Linux")
def test_a_process_that_runs(desk: Desk, tmp_path: Path) -> None:
    program = tmp_path / "CDGRegedit.exe"
    shutil.copy(shutil.which("sleep") or "", program)
    before = told(guards, desk)
    running = subprocess.Popen([str(program), "60"])
    try:
        time.sleep(0.2)
        after = told(guards, desk)
    finally:
        running.kill()
        running.wait()
    assert before == [CLEAR]
    assert [one[:2] for one in after] == [(LACKING, "有加密软件：亿赛通")]
