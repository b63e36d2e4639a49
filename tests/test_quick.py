"""Merged cells that are read quickly are those that openpyxl reads."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.merge import MergedCellRange

from tests.quick import draw_edges

BY_OPENPYXL = MergedCellRange.format


def _saved(path: Path, monkeypatch: pytest.MonkeyPatch, form: object) -> dict[str, bytes]:
    from zipfile import ZipFile

    monkeypatch.setattr(MergedCellRange, "format", form)
    stream = BytesIO()
    openpyxl.load_workbook(path).save(stream)
    with ZipFile(stream) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}  # by the clock


def test_a_form_is_saved_as_openpyxl_would_save_it(short_issued_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = short_issued_folder.rglob("县民政局_2022-10.xlsx")
    quick = _saved(path, monkeypatch, draw_edges)
    assert b"mergeCell" in quick["xl/worksheets/sheet1.xml"]
    assert quick == _saved(path, monkeypatch, BY_OPENPYXL)
