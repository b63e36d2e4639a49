"""The office that runs, its books and sheets, by an office that only keeps what it is told.

That LibreOffice itself answers so is tried in tests/books/live.
"""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from minsheng_xl.books.libreoffice import engine as module
from minsheng_xl.books.libreoffice.engine import App, Apps, Engine
from minsheng_xl.books.libreoffice.excel import VALUE_ERROR, RangeApi, SheetApi
from minsheng_xl.books.libreoffice.sheets import CalcSheet


class Window:
    """A frame with its window and its status line."""

    def __init__(self) -> None:
        self.ContainerWindow, self.told = self, []  # type: ignore[var-annotated]

    def setEnable(self, value: bool) -> None:
        self.told.append(("enable", value))

    def createStatusIndicator(self) -> "Window":
        return self

    def start(self, text: str, value: int) -> None:
        self.told.append((text, value))

    def end(self) -> None:
        self.told.append("end")

    def activate(self) -> None:
        self.told.append("activate")


class Model:
    """A document."""

    def __init__(self, url: str, *, title: str = "", sheets: bool = True, seen: bool = True) -> None:
        self.URL, self.Title, self._sheets, self.told = url, title, sheets, []  # type: ignore[var-annotated]
        self.automatic = True
        self.CurrentController = SimpleNamespace(Frame=Window()) if seen else None
        self.CurrentSelection: Any = None

    def supportsService(self, name: str) -> bool:
        return self._sheets and name == "com.sun.star.sheet.SpreadsheetDocument"

    def isAutomaticCalculationEnabled(self) -> bool:
        return self.automatic

    def enableAutomaticCalculation(self, value: bool) -> None:
        self.automatic = value

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *given: self.told.append((name, *given))


class Office:
    """The desktop."""

    def __init__(self, *models: Any) -> None:
        self.models, self.CurrentComponent, self.Components = models, None, self
        self.loaded: list[tuple[Any, ...]] = []

    def createEnumeration(self) -> Any:
        left = list(self.models)
        return SimpleNamespace(hasMoreElements=lambda: bool(left), nextElement=lambda: left.pop(0))

    def loadComponentFromURL(self, *given: Any) -> Model:
        self.loaded.append(given)
        return Model(given[0])


A, B = "file:///%E5%B9%B4/%E6%80%BB%E5%8F%B0%E8%B4%A6.xlsm", "file:///b.xlsx"


@pytest.fixture
def models() -> tuple[Model, Model]:
    return Model(A), Model(B, seen=False)


@pytest.fixture
def office(models: tuple[Model, Model]) -> Office:
    return Office(Model("file:///x.odt", sheets=False), *models, object())


@pytest.fixture
def app(office: Office) -> App:
    return App(Engine(), office)


def test_one_office_runs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "desktop", lambda: office)
    apps = Engine().apps
    assert isinstance(apps, Apps)
    (found,) = apps
    assert (len(apps), apps.keys(), apps[1], found.pid) == (1, [1], found, 1)
    assert found.api is office
    assert (found.display_alerts, found.enable_events, found.status_bar) == (True, True, False)


def test_books_are_its_spreadsheets(app: App, office: Office, models: tuple[Model, Model]) -> None:
    books = app.books
    assert [book.name for book in books] == ["总台账.xlsm", "b.xlsx"]
    assert (len(books), books(1).api, books(2).api, books("b.xlsx").api) == (2, *models, models[1])
    assert books(1).fullname == "/年/总台账.xlsm"
    assert books(1) == books("总台账.xlsm")
    assert books(1) != books(2)
    assert books(1) != models[0]
    office.models = ()
    assert app.books.active is None


def test_a_book_that_was_never_saved_has_its_title() -> None:
    assert App(Engine(), Office(Model("", title="无标题 1"))).books(1).name == "无标题 1"


@pytest.mark.parametrize(("current", "active"), [(0, 0), (1, 1), (None, 0)])
def test_the_active_book_is_the_one_in_front_or_the_first(app: App, office: Office, models: tuple[Model, Model], current: int | None, active: int) -> None:
    office.CurrentComponent = None if current is None else models[current]  # type: ignore[assignment]
    found = app.books.active
    assert found is not None
    assert found.api is models[active]


def test_a_book_is_opened_kept_and_closed(app: App, office: Office, models: tuple[Model, Model], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert app.books.open(str(path)).name == "a.xlsx"
    assert office.loaded == [(path.resolve().as_uri(), "_blank", 0, ())]
    book = app.books(1)
    book.save()
    book.save(str(path))
    book.close()
    assert models[0].told == [("store",), ("storeToURL", path.resolve().as_uri(), ()), ("close", True)]
    book.activate()
    assert models[0].CurrentController is not None
    assert models[0].CurrentController.Frame.told == ["activate"]


def test_the_screen_is_held_and_let_go_once(app: App, models: tuple[Model, Model]) -> None:
    for value in (True, False, False, True):
        app.screen_updating = value
        assert app.screen_updating is value
    assert [model.told for model in models] == [[("lockControllers",), ("unlockControllers",)]] * 2


def test_windows_take_no_clicks_while_they_are_told_so(app: App, models: tuple[Model, Model]) -> None:
    """A book without a window is passed over."""
    assert app.interactive is True
    app.interactive = False
    assert app.interactive is False
    assert models[0].CurrentController is not None
    assert models[0].CurrentController.Frame.told == [("enable", False)]


def test_calculation_is_automatic_if_it_is_so_in_every_book(app: App, models: tuple[Model, Model]) -> None:
    assert app.calculation == "automatic"
    models[1].automatic = False
    assert app.calculation == "manual"
    app.calculation = "manual"
    assert [model.automatic for model in models] == [False, False]
    app.calculation = "automatic"
    assert [model.automatic for model in models] == [True, True]
    app.calculate()
    assert [model.told for model in models] == [[("calculate",)]] * 2


def test_what_was_copied_is_kept_until_it_is_given_up(app: App) -> None:
    assert app.cut_copy_mode is False
    app.clipboard = "a range"  # type: ignore[assignment]
    app.cut_copy_mode = True
    assert app.cut_copy_mode is True
    app.cut_copy_mode = False
    assert app.cut_copy_mode is False


def test_the_status_line_says_one_thing_at_a_time(app: App, models: tuple[Model, Model]) -> None:
    for value in ("一", "二", False):
        app.status_bar = value
    assert models[0].CurrentController is not None
    assert models[0].CurrentController.Frame.told == [("一", 0), "end", ("二", 0), "end"]


@pytest.mark.parametrize(("selection", "found"), [(None, None), ((1, 2, 4, 6), (3, 2, 5, 4))])
def test_the_selection_is_a_range(app: App, models: tuple[Model, Model], selection: tuple[int, ...] | None, found: object) -> None:
    asked: list[int] = []
    models[0].Sheets = SimpleNamespace(getByIndex=asked.append)  # type: ignore[attr-defined]
    if selection is not None:
        left, top, right, bottom = selection
        at = SimpleNamespace(StartColumn=left, StartRow=top, EndColumn=right, EndRow=bottom, Sheet=3)
        models[0].CurrentSelection = SimpleNamespace(RangeAddress=at)
    range = app.selection
    assert (range and range.coords_of_sheet, asked) == (found, [] if found is None else [3])


@pytest.mark.parametrize(
    ("value", "as_text", "expected"),
    [
        (None, False, "空"), ("", False, "空"), (0.0, False, "0"), (2.5, False, "2.5"), (3, False, 3), ("甲", False, "甲"), (VALUE_ERROR, False, None),
        (VALUE_ERROR, True, "#VALUE!"), (datetime(2022, 11, 5, 10, 30, 20, 9), False, datetime(2022, 11, 5, 10, 30, 20)),
    ],
)
def test_what_is_read_is_what_python_takes(value: Any, as_text: bool, expected: Any) -> None:
    def number(x: float) -> str:
        return f"{x:g}"

    assert Engine.clean_value_data([[value]], datetime, "空", number, as_text) == [[expected]]
    if isinstance(value, float):
        assert Engine.clean_value_data([[value]], datetime, "空", None, as_text) == [[value]]


@pytest.mark.parametrize(("value", "written"), [(None, ""), (float("nan"), ""), (0, 0), ("甲", "甲")])
def test_what_is_written_has_no_gaps(value: Any, written: Any) -> None:
    assert Engine.prepare_xl_data_element(value, {}) == written


class SheetsOf:
    """The sheets of a document."""

    def __init__(self, *names: str) -> None:
        self.names, self.Count, self.removed = names, len(names), []  # type: ignore[var-annotated]

    def getByIndex(self, number: int) -> Any:
        return SimpleNamespace(Name=self.names[number], IsVisible=True, number=number)

    def getByName(self, name: str) -> Any:
        return self.getByIndex(self.names.index(name))

    def hasByName(self, name: str) -> bool:
        return name in self.names

    def removeByName(self, name: str) -> None:
        self.removed.append(name)


def test_sheets_are_found_by_number_and_name(app: App, models: tuple[Model, Model]) -> None:
    models[0].Sheets = SheetsOf("首页", "总表")  # type: ignore[attr-defined]
    sheets = app.books(1).sheets
    assert [sheet.name for sheet in sheets] == ["首页", "总表"]
    assert (len(sheets), sheets(1).name, sheets(2).name, sheets("总表").name) == (2, "首页", "总表", "总表")
    assert ("总表" in sheets, "x" in sheets) == (True, False)
    sheet = sheets(2)
    assert sheet == sheets("总表")
    assert sheet != sheets(1)
    sheet.visible = False
    assert (sheet.visible, sheets(1).visible) == (False, True)
    sheet.activate()
    assert models[0].CurrentController.ActiveSheet is sheet.native  # type: ignore[union-attr]
    assert sheets.active.native is sheet.native
    sheet.delete()
    sheet.name = "新"
    assert (models[0].Sheets.removed, sheet.native.Name) == (["总表"], "新")  # type: ignore[attr-defined]


def test_the_tables_of_a_sheet_are_those_of_its_own(app: App) -> None:
    def table(name: str, sheet: int) -> Any:
        return SimpleNamespace(Name=name, DataArea=SimpleNamespace(StartColumn=0, StartRow=3, EndColumn=2, EndRow=9, Sheet=sheet))

    known = {one.Name: one for one in (table("甲", 1), table("乙", 2), table("丙", 1))}
    ranges = SimpleNamespace(ElementNames=tuple(known), getByName=known.__getitem__)
    native = SimpleNamespace(RangeAddress=SimpleNamespace(Sheet=1))
    tables = CalcSheet(SimpleNamespace(api=SimpleNamespace(DatabaseRanges=ranges)), native).tables  # type: ignore[arg-type]
    assert [one.name for one in tables] == ["甲", "丙"]
    assert (len(tables), "丙" in tables, "乙" in tables) == (2, True, False)
    assert (tables(1).name, tables(2).name, tables("丙").name) == ("甲", "丙", "丙")
    assert tables(1).range.coords_of_sheet == (4, 1, 7, 3)
    tables(1).name = "丁"
    assert known["甲"].Name == "丁"


def test_the_rows_that_every_page_repeats() -> None:
    native = SimpleNamespace(TitleRows=SimpleNamespace(StartRow=0, EndRow=0), PrintTitleRows=False)
    setup = SheetApi(native).PageSetup
    assert setup.PrintTitleRows == ""
    setup.PrintTitleRows = "$2:$4"
    assert (native.TitleRows.StartRow, native.TitleRows.EndRow, native.PrintTitleRows) == (1, 3, True)
    assert setup.PrintTitleRows == "$2:$4"


def test_what_xlwings_has_no_words_for() -> None:
    native = SimpleNamespace(CellProtection=SimpleNamespace(IsLocked=True), ParaIndent=740, ShrinkToFit=False)
    found = RangeApi(native)
    assert (found.Locked, found.IndentLevel, found.ShrinkToFit) == (True, 2, False)
    found.Locked, found.IndentLevel, found.ShrinkToFit = False, 3, True
    assert (native.CellProtection.IsLocked, native.ParaIndent, native.ShrinkToFit) == (False, 1110, True)
