"""The setting by which the buttons find the program, and LibreOffice's pipe."""

import getpass
import sys
from pathlib import Path

import pytest

from minsheng_xl import MinshengError
from minsheng_xl.desk import setting
from minsheng_xl.desk.setting import open_pipe, renew_setting, set_up, setting_path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="where a person's settings lie on Linux")
PYTHON = "/usr/bin/python3"
NAME = "minsheng-xl-某人"
ACCEPTED = f"pipe,name={NAME};urp;"
BEFORE = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="x">\n<item oor:path="/org"/>\n</oor:items>\n'


@pytest.fixture(autouse=True)
def _computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MINSHENG_PIPE", raising=False)
    monkeypatch.setattr(getpass, "getuser", lambda: "某人")
    monkeypatch.setattr(sys, "executable", PYTHON)
    monkeypatch.setattr(sys, "argv", ["/usr/bin/minsheng-xl", "setup"])


@pytest.fixture
def profile(home: Path) -> Path:
    """LibreOffice's, used before."""
    found = home / ".config" / "libreoffice" / "4" / "user"
    found.mkdir(parents=True)
    return found


def test_the_setting_names_what_the_buttons_start(home: Path) -> None:
    path = home / ".config" / "minsheng-xl" / "program.txt"
    command = f'"{PYTHON}" "-P" "-m" "minsheng_xl"'
    for _ in range(2):
        assert set_up() == [f"总台账里的按钮会运行 {command}（记在 {path}）。"]
        assert path.read_text(encoding="utf-8") == f"{command}\n"
    assert setting_path() == path


def test_the_program_as_one_file_is_started_as_such(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(home / "minsheng-xl.pyz"), "setup"])
    set_up()
    assert setting_path().read_text(encoding="utf-8") == f'"{PYTHON}" "{(home / "minsheng-xl.pyz").resolve()}"\n'


def test_a_python_without_a_window_is_started_where_there_is_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "pythonw.exe").write_bytes(b"MZ")
    monkeypatch.setattr(sys, "executable", str(home / "python.exe"))
    set_up()
    assert setting_path().read_text(encoding="utf-8").startswith(f'"{home / "pythonw.exe"}" "-P"')


def test_a_desk_without_what_buttons_need_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "find_spec", lambda name: None)
    with pytest.raises(MinshengError, match="单个文件的程序里没有 xlwings"):
        set_up()
    assert not setting_path().exists()


def test_macos_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(MinshengError, match="macOS 不让总台账里的宏启动程序"):
        set_up()
    assert not setting_path().exists()


def test_a_setting_that_cannot_be_written_is_a_sentence(home: Path) -> None:
    (home / ".config").write_bytes(b"")
    with pytest.raises(MinshengError, match=r"program\.txt 写不进去.*请换一个能写的账号"):
        set_up()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"py" "-m" "minsheng_xl"\n', '"py" "-P" "-m" "minsheng_xl"\n'), ('"py" "-P" "-m" "minsheng_xl" "-m" "minsheng_xl"', None), ('"py" "a.pyz"\n', None),
    ],
)
def test_an_earlier_setting_is_renewed_and_no_other(home: Path, before: str, after: str | None) -> None:
    setting_path().parent.mkdir(parents=True)
    setting_path().write_text(before, encoding="utf-8")
    renew_setting()
    assert setting_path().read_text(encoding="utf-8") == (after or before)


def test_where_there_is_no_setting_or_none_that_can_be_read_nothing_is_renewed() -> None:
    renew_setting()
    assert not setting_path().exists()
    setting_path().parent.mkdir(parents=True)
    setting_path().write_bytes(b"\xff")
    renew_setting()
    assert setting_path().read_bytes() == b"\xff"


def test_libreoffice_opens_its_pipe_from_its_next_start_on(profile: Path) -> None:
    path = profile / "registrymodifications.xcu"
    path.write_text(BEFORE, encoding="utf-8")
    assert set_up()[1:] == ["LibreOffice 下次打开时接受本人程序的连接，总台账开着也能汇总。"]
    item = (
        '<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupConnectionURL" oor:op="fuse">'
        f"<value>{ACCEPTED}</value></prop></item>"
    )
    written = BEFORE.replace("</oor:items>", f"{item}\n</oor:items>")
    assert path.read_text(encoding="utf-8") == written
    assert open_pipe(profile) == "LibreOffice 已经可以接受程序的连接，没有改动它的设置。"
    assert path.read_text(encoding="utf-8") == written


def test_a_profile_without_settings_gets_them(profile: Path) -> None:
    open_pipe(profile)
    written = (profile / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert written.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<oor:items ')
    assert written.count(ACCEPTED) == 1


@pytest.mark.parametrize(
    ("settings", "is_open", "said"),
    [
        (BEFORE.replace("/org", "ooSetupConnectionURL"), False, "LibreOffice 已经设了别的连接方式，没有改动。"),
        (BEFORE, True, "LibreOffice 正开着，设置没有写。请关上 LibreOffice，再运行一次 minsheng-xl setup。"),
    ],
)
def test_other_settings_and_those_of_an_open_libreoffice_stay(profile: Path, settings: str, is_open: bool, said: str) -> None:
    path = profile / "registrymodifications.xcu"
    path.write_text(settings, encoding="utf-8")
    if is_open:
        (profile.parent / ".lock").write_bytes(b"")
    assert open_pipe(profile) == said
    assert path.read_text(encoding="utf-8") == settings
