"""LibreOffice, Excel, WPS and mail: found, not found, and answering wrongly."""

import shutil
import sys
from pathlib import Path

import pytest

from minsheng_xl.desk.checking.model import Desk
from minsheng_xl.desk.checking.programs import draws, mails, opens_workbooks, program_of, spreadsheet
from tests.desk.checking.conftest import FIT, LACKING, put_program, told

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs of Linux")


@pytest.mark.office
def test_libreoffice_really_draws(desk: Desk) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice")
    ((fitness, words, _),) = told(draws, desk)
    assert fitness is FIT
    assert words.startswith("LibreOffice ")
    assert words.split("（")[0].removeprefix("LibreOffice ")[0].isdecimal()
    assert words.endswith("试着把一页工作簿做成了 PDF")


def test_without_libreoffice(desk: Desk, empty_path: Path) -> None:
    ((fitness, words, action),) = told(draws, desk)
    assert (fitness, words) == (LACKING, "没有找到，打印时没有 PDF")
    assert "装 LibreOffice" in action


_MAKES = 'for last; do :; done; while [ "$1" != --outdir ]; do shift; [ $# = 0 ] && exit 0; done; printf "%s" "{}" >"$2/试.pdf"'


@pytest.mark.parametrize(
    ("script", "fitness", "words"),
    [
        ("exit 3", LACKING, "LibreOffice，版本没有说（{}）：LibreOffice 出错，没有生成 PDF；请直接打印 打印稿.xlsx"),
        ("exit 0", LACKING, "LibreOffice，版本没有说（{}）：LibreOffice 出错，没有生成 PDF；请直接打印 打印稿.xlsx"),
        ("case $2 in --version) echo LibreOffice 7.4.7.2 40;; *) " + _MAKES.format("%PDF-1.7") + ";; esac",
         FIT, "LibreOffice 7.4.7.2（{}），试着把一页工作簿做成了 PDF"),
        (_MAKES.format("b#e E-SafeNet"), LACKING, "LibreOffice，版本没有说（{}），做出来的不是 PDF，可能被加密软件加密"),
    ],
)  # fmt: skip
def test_what_another_libreoffice_answers(desk: Desk, empty_path: Path, script: str, fitness: object, words: str) -> None:
    program = put_program(empty_path, "soffice", script)
    assert [one[:2] for one in told(draws, desk)] == [(fitness, words.format(program))]


def test_wps_and_libreoffice_open_the_master(desk: Desk, empty_path: Path) -> None:
    assert told(opens_workbooks, desk)[0][:2] == (LACKING, "没有找到 Excel、WPS、LibreOffice，总台账在这台电脑上打不开")
    put_program(empty_path, "soffice", "exit 0")
    assert told(opens_workbooks, desk) == [(FIT, "没有 Excel、WPS，用 LibreOffice 打开总台账", "")]
    started = empty_path / "started"
    program = put_program(empty_path, "et", f": >{started}")
    assert told(opens_workbooks, desk) == [(FIT, f"WPS 表格（{program}）", "")]
    assert not started.exists()


@pytest.mark.parametrize(
    ("program", "version", "words"),
    [
        (r'"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE" /automation', "Excel.Application.16",
         r"Excel 16（C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE）"),
        (r"C:\PROGRA~1\MICROS~1\Office14\EXCEL.EXE /automation", "", r"Excel（C:\PROGRA~1\MICROS~1\Office14\EXCEL.EXE）"),
        (r'"C:\Users\li\AppData\Local\Kingsoft\WPS Office\12.1\office6\et.exe" /Automation', "Excel.Application.9",
         r"WPS 表格 9（C:\Users\li\AppData\Local\Kingsoft\WPS Office\12.1\office6\et.exe）"),
    ],
)  # fmt: skip
def test_a_program_by_what_the_registry_says(program: str, version: str, words: str) -> None:
    assert spreadsheet("Excel", program, version) == words


def test_the_program_of_a_command() -> None:
    assert program_of(r'"C:\a b\thunderbird.exe" -compose "%1"') == r"C:\a b\thunderbird.exe"
    assert program_of(r"C:\a b\foxmail.exe %1") == r"C:\a b\foxmail.exe"
    assert program_of("mail") == "mail"


@pytest.fixture
def shares(home: Path, empty_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the desktop of a person knows, and nothing of the system's."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_DIRS", "XDG_DATA_DIRS"):
        monkeypatch.setenv(name, str(home / "none"))
    found = home / ".local" / "share" / "applications"
    found.mkdir(parents=True)
    return found


_DEFAULT = "[Default Applications]\nx-scheme-handler/mailto=gone.desktop;thunderbird.desktop;\n"


@pytest.mark.parametrize(
    ("name", "text", "program"),
    [
        (".config/mimeapps.list", _DEFAULT, "thunderbird"), (".local/share/applications/mimeapps.list", _DEFAULT, "thunderbird"),
        (".config/mimeapps.list", "[Added Associations]\nx-scheme-handler/mailto=thunderbird.desktop\n", "thunderbird"),
        (".local/share/applications/mimeinfo.cache", "[MIME Cache]\nx-scheme-handler/mailto=thunderbird.desktop;\n", "thunderbird"),
        (".config/mimeapps.list", "[Default Applications]\nx-scheme-handler/mailto=gone.desktop\n", ""),
        (".config/mimeapps.list", "[Default Applications]\ntext/html=thunderbird.desktop\n", ""),
        (".config/mimeapps.list", "no list", ""), ("none", "", ""),
    ],
)
def test_what_the_desktop_has_registered_for_mails(
    desk: Desk, home: Path, shares: Path, name: str, text: str, program: str
) -> None:
    (shares / "thunderbird.desktop").write_text("[Desktop Entry]\n", encoding="utf-8")
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_text(text, encoding="utf-8")
    words = f"写邮件的是 {program}（只看了登记，没有运行）" if program else "没有登记写邮件的程序"
    assert [one[:2] for one in told(mails, desk)] == [(FIT if program else LACKING, words)]


def test_a_mail_program_that_is_only_installed(desk: Desk, shares: Path, empty_path: Path) -> None:
    program = put_program(empty_path, "evolution", "exit 1")
    assert told(mails, desk) == [(FIT, f"写邮件的是 {program}（只看了登记，没有运行）", "")]
