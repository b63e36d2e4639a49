"""The setting of the buttons: none, empty, of a program that is gone, of another version, and right."""

import sys
from pathlib import Path

import pytest

from minsheng_xl import __version__
from minsheng_xl.desk.checking import button as probes
from minsheng_xl.desk.checking.button import button
from minsheng_xl.desk.checking.model import Desk
from minsheng_xl.desk.setting import set_up, setting_path
from tests.desk.checking.conftest import FIT, LACKING, put_program, told

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="where a person's settings lie on Linux")


def test_without_a_setting_and_with_an_empty_one(desk: Desk) -> None:
    assert [one[:2] for one in told(button, desk)] == [(LACKING, "还没有设")]
    setting_path().parent.mkdir(parents=True)
    setting_path().write_text("\n", encoding="utf-8")
    assert [one[:2] for one in told(button, desk)] == [(LACKING, f"{setting_path()} 里没有写程序在哪里")]


def test_as_it_is_set_up_here(desk: Desk) -> None:
    set_up()
    assert told(button, desk) == [(FIT, f"设好了，启动的是 minsheng-xl {__version__}（{sys.executable}）", "")]


def test_what_is_to_be_done_is_said_as_the_program_lies_there(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "民生 实事" / "程序" / "minsheng-xl.pyz"
    program.parent.mkdir(parents=True)
    monkeypatch.setattr(sys, "argv", ["minsheng-xl"])
    assert told(button, desk)[0][2] == "要用总台账里的按钮，请运行 minsheng-xl setup；不用按钮的，用“打开菜单”"
    monkeypatch.setattr(sys, "argv", [str(program)])
    assert f"请在终端里运行 {sys.executable} '{program}' setup；" in told(button, desk)[0][2]
    program.with_name("设置按钮.bat").touch()
    assert "请双击“程序”文件夹里的“设置按钮.bat”；" in told(button, desk)[0][2]


def write(*parts: Path | str) -> None:
    setting_path().parent.mkdir(parents=True, exist_ok=True)
    setting_path().write_text(" ".join(f'"{part}"' for part in parts) + "\n", encoding="utf-8")


def test_a_program_that_is_gone(desk: Desk, tmp_path: Path) -> None:
    write(tmp_path / "以前 的" / "python", "-P", "-m", "minsheng_xl")
    assert [one[:2] for one in told(button, desk)] == [(LACKING, f"设的程序不在了：{tmp_path}/以前 的/python")]
    write(sys.executable, tmp_path / "minsheng-xl.pyz")
    assert [one[:2] for one in told(button, desk)] == [(LACKING, f"设的程序不在了：{tmp_path}/minsheng-xl.pyz")]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo minsheng-xl 0.0.1", f"按钮启动的是 minsheng-xl 0.0.1，正在用的是 minsheng-xl {__version__}"),
        ("exit 0", f"按钮启动的是 别的程序，正在用的是 minsheng-xl {__version__}"), ("exit 1", "设的程序启动不了：{}"),
    ],
)
def test_another_program(desk: Desk, tmp_path: Path, script: str, words: str) -> None:
    program = put_program(tmp_path, "other", script)
    write(program)
    assert [one[:2] for one in told(button, desk)] == [(LACKING, words.format(program))]


def test_a_program_without_what_buttons_need(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up()
    monkeypatch.setattr(probes, "find_spec", lambda name: None)
    assert [one[0] for one in told(button, desk)] == [FIT, LACKING]


def test_macos_has_no_buttons(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert [one[:2] for one in told(button, desk)] == [(LACKING, "macOS 不让总台账里的宏启动程序")]
