"""What the macro says where it cannot start the program, run by LibreOffice: each message, and that all else starts.

Of Excel's own ways two are played: the box with the message, which would wait for a click, writes it down; and `Asc`
gives ? or a like letter of ASCII for one that code page 936 has not, where LibreOffice's has them all.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.books.write.book import write_book
from minsheng_xl.books.write.vba import Macros
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.forms.home import STATUS_PLACE
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.master.build import built_in_macros
from tests.books.live.office import needs_uno, running, until
from tests.makers import empty_account

pytestmark = [needs_uno, pytest.mark.office]
_PLAYED = """
Private Sub Said(text As String)
    ActiveWorkbook.Worksheets(1).Range("Z1").Value = text
End Sub

Private Function Code(letter As String) As Long
    Code = Asc(letter)
    If AscW(letter) = 246 Or ActiveWorkbook.Worksheets(1).Range("Z2").Value = "western" Then Code = 111
    If (AscW(letter) And &HF800&) = &HD800& Then Code = 63
End Function
"""
_NO_WARNING = 4
"""Of com.sun.star.document.MacroExecMode."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a person with a headless LibreOffice of its own."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "home").mkdir()
    with running(folder, "--headless", home=folder / "home"):
        yield folder / "home"


@pytest.fixture(scope="module")
def content(sample_plan: Plan) -> bytes:
    """A master with the macro, its box and Excel's `Asc` played."""
    macros = built_in_macros()
    (name,) = macros.modules
    source = macros.modules[name]
    assert source.count("MsgBox ") == 2
    assert source.count("Asc(letter)") == 2
    played = source.replace("MsgBox ", "Said ").replace("Asc(letter)", "Code(letter)") + _PLAYED
    book = master_book(empty_account(sample_plan, Period.parse("2022-10")), "", 0)
    return write_book(book, Macros({name: played}, macros.ribbon))


class Desk:
    """A master in a folder, opened and clicked; what was said and started, and what stands in the cell of the state."""

    def __init__(self, home: Path, folder: Path, content: bytes) -> None:
        self.setting = home / ".config" / "minsheng-xl" / "program.txt"
        self.folder, self._content = folder, content
        self.started = folder / "started.txt"
        self.code_page = "936"

    def set_up(self, text: str) -> None:
        """Write the setting."""
        self.setting.parent.mkdir(parents=True, exist_ok=True)
        self.setting.write_text(text, encoding="utf-8")

    def set_up_program(self) -> None:
        """One that writes down what it is started with."""
        program = self.folder / "program.sh"
        program.write_text(f'for word in "$@"; do echo "$word" >>"{self.started}.part"; done; mv "{self.started}.part" "{self.started}"\n')
        self.set_up(f'"/bin/sh" "{program}"\n')

    def click(self, place: str = "年/总台账.xlsm") -> tuple[str, str]:
        """What is said after a click on the button, and what stands in the cell of the state."""
        path = self.folder / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(self._content)
        document = _opened(path)
        try:
            first = document.Sheets.getByIndex(0)
            first.getCellRangeByName("Z2").String = self.code_page
            document.ScriptProvider.getScript(
                "vnd.sun.star.script:VBAProject.MinshengXL.ClickConsolidate?language=Basic&location=document"
            ).invoke((), (), ())
            state = document.Sheets.getByName("首页").getCellRangeByName(cell_name(STATUS_PLACE)).String
            return first.getCellRangeByName("Z1").String, state
        finally:
            document.close(True)


def _opened(path: Path) -> Any:
    from minsheng_xl.books.libreoffice.connection import desktop, uno_module

    def option(name: str, value: Any) -> Any:
        made = uno_module().createUnoStruct("com.sun.star.beans.PropertyValue")
        made.Name, made.Value = name, value
        return made

    return desktop().loadComponentFromURL(
        path.as_uri(), "_blank", 0, (option("Hidden", True), option("MacroExecutionMode", _NO_WARNING))
    )


@pytest.fixture
def desk(home: Path, tmp_path: Path, content: bytes) -> Iterator[Desk]:
    made = Desk(home, tmp_path, content)
    yield made
    if made.setting.is_dir():
        made.setting.rmdir()
    made.setting.unlink(missing_ok=True)


BY_MENU = "关上总台账，双击文件夹里的“打开菜单”"


def test_the_program_is_started_on_this_workbook(desk: Desk) -> None:
    desk.set_up_program()
    assert desk.click("一年 的文件夹/总台账.xlsm") == ("", "正在准备，请稍候……")
    until(desk.started.exists)
    assert desk.started.read_text().splitlines() == ["live", "consolidate", f"{desk.folder}/一年 的文件夹/总台账.xlsm"]


def test_a_desk_that_was_never_set_up(desk: Desk) -> None:
    said, state = desk.click()
    assert said.startswith("没有找到程序。请在这台电脑上运行一次 minsheng-xl setup")
    assert state == ""


@pytest.mark.parametrize("empty", ["", "\n", "  \n"])
def test_a_setting_that_is_empty(desk: Desk, empty: str) -> None:
    desk.set_up(empty)
    said, state = desk.click()
    assert said.startswith("按钮的设置是空的")
    assert "再运行一次 minsheng-xl setup" in said
    assert BY_MENU in said
    assert said.splitlines()[-1] == str(desk.setting)
    assert state == ""


def test_a_setting_that_cannot_be_read(desk: Desk) -> None:
    desk.setting.mkdir(parents=True)  # whoever runs the tests may read every file
    said, state = desk.click()
    assert said.startswith("按钮的设置读不了")
    assert BY_MENU in said
    assert said.splitlines()[-1] == str(desk.setting)
    assert state == ""


def test_a_program_that_is_gone(desk: Desk) -> None:
    desk.set_up('"/程序/不在了/python" "-P" "-m" "minsheng_xl"\n')
    said, state = desk.click()
    assert said.startswith("程序启动不了：它被移走、删掉了")
    assert "重新安装，再运行一次 minsheng-xl setup" in said
    assert BY_MENU in said
    assert said.splitlines()[-1] == '"/程序/不在了/python" "-P" "-m" "minsheng_xl"'
    assert state == "", "nothing is being prepared"


@pytest.mark.parametrize("name", ["𠮷县2022", "Köln"])
def test_a_path_that_excel_cannot_hand_on(desk: Desk, name: str) -> None:
    """It becomes ?, or a letter like it: the program would look for another file."""
    desk.set_up_program()
    said, state = desk.click(f"{name}/总台账.xlsm")
    assert said.startswith("总台账的路径里有 Excel 传不出去的字")
    assert "改一个只有常用字的名字" in said
    assert BY_MENU.removeprefix("关上总台账，") in said
    assert said.splitlines()[-1] == f"{desk.folder}/{name}/总台账.xlsm"
    assert state == ""
    time.sleep(0.5)
    assert not desk.started.exists()


def test_a_computer_whose_code_page_has_no_chinese_at_all_is_not_asked(desk: Desk) -> None:
    """What its `Asc` gives says nothing of the path: the program says itself what it cannot find."""
    desk.set_up_program()
    desk.code_page = "western"
    assert desk.click()[0] == ""
    until(desk.started.exists)
