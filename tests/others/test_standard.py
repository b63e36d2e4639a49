"""What we write is as the standard has it, and Excel finds nothing to repair: every kind of workbook, and masters that
were worked in."""

import shutil
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from minsheng_xl import Period, Plan, Year, consolidate, issue
from minsheng_xl.books.write.document import write_document
from minsheng_xl.forms.tasks import task_table
from minsheng_xl.telling.circular import circular_bytes
from tests.books.documents import plans
from tests.books.repair import faults
from tests.forms.paper.accounts import nothing
from tests.libreoffice.masters import WAYS
from tests.libreoffice.soffice import needs_libreoffice
from tests.makers import figure, send, word
from tests.others.validator import needs_validator, remarks, remarks_of
from tests.sharing import made_once
from tests.workbooks import parts_of, put_together

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")


def test_excel_finds_nothing_to_repair(kinds: dict[str, Path]) -> None:
    found = {name: faults(path.read_bytes()) for name, path in kinds.items()}
    assert {name: told[:5] for name, told in found.items() if told} == {}
    assert len(found) > 50


@needs_validator
def test_the_standard_has_no_remark(kinds: dict[str, Path]) -> None:
    found = remarks_of(kinds)
    print(f"{len(found)} workbooks looked at")
    assert {name: list(told)[:5] for name, told in found.items() if told} == {}


@needs_validator
def test_the_validator_would_tell(kinds: dict[str, Path], tmp_path: Path) -> None:
    """A face whose elements stand in another order, as openpyxl has them."""
    parts = parts_of(kinds["总台账.xlsm"])
    styles = parts["xl/styles.xml"].decode()
    first = styles.index("<b/>")
    parts["xl/styles.xml"] = (styles[:first] + styles[first + 4 :].replace("</font>", "<b/></font>", 1)).encode()
    put_together(tmp_path / "错.xlsm", parts)
    assert {told.part for told in remarks(tmp_path / "错.xlsm")} == {"/xl/styles.xml"}


@pytest.fixture
def documents(tmp_path: Path) -> dict[str, Path]:
    """The task tables of some plans as documents."""
    found = {name: tmp_path / f"{name}.docx" for name, _ in plans()}
    for name, plan in plans():
        found[name].write_bytes(write_document(task_table(plan)))
    found["通报"] = tmp_path / "通报.docx"
    found["通报"].write_bytes(circular_bytes(nothing(Plan.built_in(sample=True))))
    return found


@needs_validator
def test_the_standard_has_no_remark_on_a_document(documents: dict[str, Path]) -> None:
    found = remarks_of(documents)
    assert {name: list(told)[:5] for name, told in found.items() if told} == {}
    assert len(found) == 7


@needs_validator
def test_the_validator_would_tell_of_a_document(documents: dict[str, Path]) -> None:
    """A table that says how wide it is behind how it is divided."""
    parts = parts_of(documents["内置"])
    text = parts["word/document.xml"].decode()
    wide, layout = '<w:tblW w:w="14800" w:type="dxa"/>', '<w:tblLayout w:type="fixed"/>'
    assert (text.count(wide), text.count(layout)) == (1, 1)
    parts["word/document.xml"] = text.replace(wide, "").replace(layout, layout + wide).encode()
    put_together(documents["内置"], parts)
    assert {told.part for told in remarks(documents["内置"])} == {"/word/document.xml"}


class Worked(NamedTuple):
    """A master as the office left it, and as it is after a consolidation."""

    before: Path
    after: Path


def _worked(way: str, demo: Path, folder: Path) -> Worked:
    """Saved in a way, and taken on to November, with a new return in it."""
    year = Year(Path(shutil.copytree(demo, folder / "年")))
    if way in WAYS:
        WAYS[way](year.master_path)
    before = Path(shutil.copy(year.master_path, folder / "以前.xlsm"))
    issue(year, NOVEMBER, datetime(2022, 11, 30))
    answers = {figure("8-1"): "120", word(8, "problem"): "场地没有落实，" * 60}
    send(year, "县残联", NOVEMBER, answers, "残.xlsx")
    result = consolidate(year, NOVEMBER, datetime(2022, 12, 1))
    assert (result.master.path, result.master.own) == (year.master_path, ())
    year.close()
    return Worked(before, year.master_path)


@pytest.fixture(params=[
    "as it was", "openpyxl", "hand", pytest.param("libreoffice", marks=[needs_libreoffice, pytest.mark.office]),
])
def worked(
    request: pytest.FixtureRequest, finished_short_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Worked:
    way: str = request.param
    return made_once(tmp_path_factory, f"worked in by {way}", partial(_worked, way, finished_short_demo))


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_what_is_edited_needs_no_repair(worked: Worked) -> None:
    before, after = (faults(path.read_bytes()) for path in worked)
    assert [fault for fault in after if fault not in before] == []


@needs_validator
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_what_is_edited_has_no_remark_that_it_had_not_before(worked: Worked) -> None:
    before, after = map(remarks, worked)
    print(f"{before.total()} remarks before, {after.total()} after")
    assert after - before == {}
