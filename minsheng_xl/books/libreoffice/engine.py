"""The engine: xlwings' base classes over LibreOffice Calc. Which part of the API it covers: README.md."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from xlwings import base_classes as base

from minsheng_xl.books.libreoffice.cells import CalcRange, range_at
from minsheng_xl.books.libreoffice.connection import desktop
from minsheng_xl.books.libreoffice.excel import VALUE_ERROR
from minsheng_xl.books.libreoffice.sheets import CalcSheet, Sheets

_UNITS = ("year", "month", "day", "hour", "minute", "second")


class Engine:
    """To be given to `xlwings.Engine(impl=...)`."""

    name, type = "libreoffice", "desktop"

    @property
    def apps(self) -> "Apps":
        return Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: Any, options: Any) -> Any:
        return "" if x is None or x != x else x  # noqa: PLR0124 (NaN)

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        def clean(x: Any) -> Any:
            if x is None or x == "":
                return empty_as
            if isinstance(x, datetime):
                return datetime_builder(**{unit: getattr(x, unit) for unit in _UNITS}, microsecond=0, tzinfo=None)
            if isinstance(x, int) and x == VALUE_ERROR:
                return "#VALUE!" if err_to_str else None
            return number_builder(x) if number_builder is not None and isinstance(x, float) else x

        return [list(map(clean, row)) for row in data]


class Apps(base.Apps):
    def __init__(self, engine: Engine) -> None:
        self._app = App(engine, desktop())

    def keys(self) -> list[int]:
        return [self._app.pid]

    def __iter__(self) -> Iterator["App"]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> "App":
        return self._app

    @staticmethod
    def cleanup() -> None:
        """There is nothing to clean: LibreOffice is not ours to end."""


class App(base.App):
    """The running office. `display_alerts` and `enable_events` are kept and change nothing."""

    display_alerts = enable_events = True
    version = "7.0"

    def __init__(self, engine: Engine, office: Any) -> None:
        self.engine, self._office = engine, office
        self._updating = self._interactive = True
        self._indicators: list[Any] = []
        self.clipboard: CalcRange | None = None

    @property
    def api(self) -> Any:
        return self._office

    def activate(self, steal_focus: bool = False) -> None:
        """A book's own window is brought up by `CalcBook.activate`."""

    @property
    def pid(self) -> int:
        return 1

    @property
    def books(self) -> "Books":
        return Books(self)

    @property
    def selection(self) -> "CalcRange | None":
        book = self.books.active
        if book is None or not hasattr(book.api.CurrentSelection, "RangeAddress"):
            return None
        selected = book.api.CurrentSelection
        at = selected.RangeAddress
        return range_at(CalcSheet(book, book.api.Sheets.getByIndex(at.Sheet)), at)

    @property
    def screen_updating(self) -> bool:
        return self._updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value != self._updating:
            for book in self.books:
                (book.api.unlockControllers if value else book.api.lockControllers)()
        self._updating = value

    @property
    def interactive(self) -> bool:
        return self._interactive

    @interactive.setter
    def interactive(self, value: bool) -> None:
        for book in self.books:
            if book.api.CurrentController is not None:
                book.api.CurrentController.Frame.ContainerWindow.setEnable(value)
        self._interactive = value

    @property
    def calculation(self) -> str:
        return "automatic" if all(book.api.isAutomaticCalculationEnabled() for book in self.books) else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        for book in self.books:
            book.api.enableAutomaticCalculation(value == "automatic")

    def calculate(self) -> None:
        for book in self.books:
            book.api.calculate()

    @property
    def cut_copy_mode(self) -> bool:
        return self.clipboard is not None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: bool) -> None:
        self.clipboard = self.clipboard if value else None

    @property
    def status_bar(self) -> "str | bool":
        return False

    @status_bar.setter
    def status_bar(self, value: "str | bool") -> None:
        for indicator in self._indicators:
            indicator.end()
        self._indicators = []
        for book in self.books if isinstance(value, str) else ():
            if book.api.CurrentController is not None:
                self._indicators.append(book.api.CurrentController.Frame.createStatusIndicator())
                self._indicators[-1].start(value, 0)


class Books(base.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    def _all(self) -> "list[CalcBook]":
        components = self.app.api.Components.createEnumeration()
        found = []
        while components.hasMoreElements():
            model = components.nextElement()
            if getattr(model, "supportsService", lambda _: False)("com.sun.star.sheet.SpreadsheetDocument"):
                found.append(CalcBook(self.app, model))
        return found

    @property
    def api(self) -> Any:
        return self.app.api.Components

    @property
    def active(self) -> "CalcBook | None":
        current, books = self.app.api.CurrentComponent, self._all()
        return next((book for book in books if book.api == current), books[0] if books else None)

    def __call__(self, name_or_index: "str | int") -> "CalcBook":
        books = self._all()
        if isinstance(name_or_index, int):
            return books[name_or_index - 1]
        return {book.name: book for book in books}[name_or_index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> "Iterator[CalcBook]":
        return iter(self._all())

    def open(self, fullname: str, *others: Any, **more: Any) -> "CalcBook":
        return CalcBook(self.app, self.app.api.loadComponentFromURL(Path(fullname).resolve().as_uri(), "_blank", 0, ()))


class CalcBook(base.Book):
    def __init__(self, app: App, model: Any) -> None:
        self._app, self._model = app, model

    @property
    def app(self) -> App:
        return self._app

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CalcBook) and other.api == self.api

    __hash__ = None  # type: ignore[assignment]

    @property
    def api(self) -> Any:
        return self._model

    @property
    def fullname(self) -> str:
        return unquote(urlparse(self._model.URL).path) or self._model.Title

    @property
    def name(self) -> str:
        return os.path.basename(self.fullname)  # noqa: PTH119 (a title is no path)

    @property
    def sheets(self) -> "Sheets":
        return Sheets(self)

    def activate(self) -> None:
        self._model.CurrentController.Frame.activate()

    def save(self, path: "str | None" = None, password: "str | None" = None) -> None:
        if path is None:
            self._model.store()
        else:
            self._model.storeToURL(Path(path).resolve().as_uri(), ())

    def close(self) -> None:
        self._model.close(True)
