"""Who works at this desk: what was given for this once, for this session, or the last time."""

import getpass
import sys
from pathlib import Path

import pytest

from minsheng_xl.desk.person import VARIABLE, computer_user, person
from minsheng_xl.desk.setting import remember_name, remembered_name, setting_path
from minsheng_xl.year.person import Person


@pytest.fixture(autouse=True)
def _user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "li")


@pytest.mark.parametrize(
    ("given", "of_session", "remembered", "name"),
    [
        (None, None, "", ""), (None, None, "张三", "张三"), (None, "李四", "张三", "李四"), ("王五", "李四", "张三", "王五"),
        ("", "李四", "张三", ""), (None, "", "张三", ""), ("  王\t五\n", None, "", "王 五"),
    ],
)
def test_the_nearest_word_counts(
    monkeypatch: pytest.MonkeyPatch, given: str | None, of_session: str | None, remembered: str, name: str
) -> None:
    remember_name(remembered)
    if of_session is not None:
        monkeypatch.setenv(VARIABLE, of_session)
    assert person(given) == Person(name, "li")


def test_the_name_lies_beside_the_setting_of_the_buttons() -> None:
    remember_name("张三")
    assert setting_path().with_name("who.txt").read_text(encoding="utf-8") == "张三\n"
    remember_name("")
    assert remembered_name() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="where a person's settings lie on Linux")
def test_settings_that_cannot_be_read_or_written_stop_nobody(home: Path) -> None:
    (home / ".config").write_text("no folder", encoding="utf-8")
    remember_name("张三")
    assert person() == Person("", "li")
    (home / ".config").unlink()
    (home / ".config" / "minsheng-xl").mkdir(parents=True)
    (home / ".config" / "minsheng-xl" / "who.txt").write_bytes("张三".encode("gb18030"))
    assert remembered_name() == ""


@pytest.mark.parametrize("error", [KeyError("uid"), ImportError("pwd"), OSError("no user")])
def test_a_computer_that_does_not_say_who_uses_it_stops_nobody(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fails() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", fails)
    assert computer_user() == ""
    assert str(person("张三")) == "张三"
