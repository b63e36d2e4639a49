"""What the live update does by itself, without a spreadsheet program."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from minsheng_xl.books.live import patience
from minsheng_xl.books.live.contents import blocks, typed_in
from minsheng_xl.books.live.looks import unprotected
from minsheng_xl.books.live.patience import patiently
from minsheng_xl.desk.button import TASKS
from minsheng_xl.desk.cli import main
from minsheng_xl.desk.setting import open_pipe, renew_setting, set_up
from minsheng_xl.exact.expressions import Value
from minsheng_xl.forms.edits import CellEdit, Stored
from minsheng_xl.problems import MinshengError


def edit(value: Value, formula: str | None = None) -> CellEdit:
    return CellEdit(None, Stored(formula, value), None, None, False)


@pytest.mark.parametrize(
    ("value", "formula", "typed"),
    [
        (None, None, ""), (Fraction(3), None, 3), ("上午9时", None, "'上午9时"), ("县民政局", None, "县民政局"), (Fraction(1, 2), None, 0.5), ("待核：98%", None, "'待核：98%"), ("1-1", None, "'1-1"),
        ("=1+1", None, "'=1+1"), ("TRUE", None, "'TRUE"), ("2022-10", None, "'2022-10"), ("007", None, "'007"), ("１２", None, "'１２"),
        ("“省”", None, "'“省”"), (Fraction(7), "A1+1", "=A1+1"),
    ],
)
def test_a_text_is_never_taken_for_something_else(value: Value, formula: str | None, typed: object) -> None:
    assert typed_in(edit(value, formula)) == typed


def test_cells_are_written_in_blocks() -> None:
    cells = {(r, c): edit(Fraction(10 * r + c)) for r in (1, 2, 3) for c in (0, 1)} | {(2, 5): edit("甲"), (9, 0): edit(Fraction(1))}
    assert sorted(blocks(cells)) == [("A10:A10", [[1]]), ("A2:B4", [[10, 11], [20, 21], [30, 31]]), ("F3:F3", [["甲"]])]
    assert list(blocks({})) == []


class Busy(Exception):
    """As pywin32 hands it on: number, words, what is inside, argument."""


REJECTED: tuple[object, ...] = (-2147418111, "Call was rejected by callee.", None, None)
IGNORED: tuple[object, ...] = (-2147352567, "Exception occurred.", (0, None, None, None, 0, -2146777998), None)
ANOTHER: tuple[object, ...] = (-2147352567, "Exception occurred.", (0, "Excel", "1004", None, 0, -2146827284), None)


def calls(times: int, said: tuple[object, ...]) -> Callable[[], str]:
    left = [times]

    def call() -> str:
        left[0] -= 1
        if left[0] >= 0:
            raise Busy(*said)
        return "好"

    return call


def test_a_busy_program_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_PAUSE", 0)
    for said in (REJECTED, IGNORED):
        assert patiently(calls(3, said)) == "好"
    monkeypatch.setattr(patience, "_PATIENCE", 0)
    with pytest.raises(MinshengError, match="请按回车或 Esc"):
        patiently(calls(10**6, REJECTED))
    with pytest.raises(Busy):
        patiently(calls(1, ANOTHER))


class Slow:
    """A sheet of a program that is busy the first time it is asked for anything: looking up a name is a call too."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.done: list[str] = []
        self.guarded = True

    name = "甲"

    @property
    def api(self) -> "Slow":
        return self

    @property
    def ProtectContents(self) -> bool:
        return self.guarded

    def __getattr__(self, name: str) -> object:
        if name not in ("Unprotect", "Protect"):
            return self if name == "Protection" else False
        if name not in self.asked:
            self.asked.append(name)
            raise Busy(*REJECTED)
        return lambda *given, **named: self._do(name)

    def _do(self, name: str) -> None:
        self.done.append(name)
        self.guarded = name == "Protect"


def test_a_busy_sheet_is_protected_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_PAUSE", 0)
    sheet = Slow()
    with unprotected(sheet):  # type: ignore[arg-type]
        assert sheet.done == ["Unprotect"]
    assert sheet.done == ["Unprotect", "Protect"]


@pytest.mark.posix(reason="a person's settings lie below HOME; of Windows tests/windows tells")
def test_the_setting_names_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (said,) = set_up()
    words = (tmp_path / ".config" / "minsheng-xl" / "program.txt").read_text("utf-8").strip()
    assert words.endswith('"-P" "-m" "minsheng_xl"')
    assert words in said
    (tmp_path / ".config" / "libreoffice" / "4" / "user").mkdir(parents=True)
    assert "接受本人程序的连接" in set_up()[1]
    assert "没有改动它的设置" in set_up()[1]


@pytest.mark.posix(reason="a person's settings lie below HOME; of Windows tests/windows tells")
def test_a_setting_of_an_earlier_version_is_renewed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    setting = tmp_path / ".config" / "minsheng-xl" / "program.txt"
    renew_setting()
    assert not setting.exists()
    setting.parent.mkdir(parents=True)
    setting.write_text('"/opt/程序/python" "-m" "minsheng_xl"\n', encoding="utf-8")
    for _ in range(2):
        renew_setting()
        assert setting.read_text("utf-8") == '"/opt/程序/python" "-P" "-m" "minsheng_xl"\n'
    setting.write_text('"/opt/python" "/opt/minsheng-xl.pyz"\n', encoding="utf-8")
    renew_setting()
    assert setting.read_text("utf-8") == '"/opt/python" "/opt/minsheng-xl.pyz"\n'


def test_a_profile_in_use_or_set_otherwise_is_left(tmp_path: Path) -> None:
    profile = tmp_path / "4" / "user"
    profile.mkdir(parents=True)
    (tmp_path / "4" / ".lock").touch()
    assert "请关上 LibreOffice" in open_pipe(profile)
    assert not (profile / "registrymodifications.xcu").exists()
    other = '<oor:items><item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupConnectionURL"/></item></oor:items>'
    (profile / "registrymodifications.xcu").write_text(other)
    assert "没有改动" in open_pipe(profile)
    assert (profile / "registrymodifications.xcu").read_text() == other


@pytest.mark.posix(reason="an open master is reached by a pipe; of Windows Excel, which is not here")
def test_a_desk_without_an_open_master(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_PIPE", "nobody-listens-here")
    for task in TASKS:
        assert main(["live", task, str(tmp_path / "总台账.xlsm")]) == 1
        assert "打开菜单" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["live", "fly", str(tmp_path / "总台账.xlsm")])
