"""填表说明: what goes out beside the forms of a period, and comes back with them."""

import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from minsheng_xl import Period, Year, consolidate, inspect, issue
from minsheng_xl.handbook.markdown import blocks_of
from minsheng_xl.handbook.page import html_of
from minsheng_xl.handbook.pages import CLERKS, page
from minsheng_xl.handbook.plain import lines_of
from minsheng_xl.sending.issue import GUIDE_FILE, issue_confirmation
from minsheng_xl.texts import width_points
from tests.makers import figure, send
from tests.pictures import FOLDER as PICTURES

OCTOBER = Period.parse("2022-10")
NOW, LATER = datetime(2022, 10, 31), datetime(2022, 11, 7, 16)


def guide_in(year: Year) -> Path:
    return year.issued_folder(OCTOBER) / GUIDE_FILE


def test_it_lies_beside_the_forms_and_no_other_page_does(issued: Year) -> None:
    others = [path.name for path in issued.issued_folder(OCTOBER).iterdir() if path.suffix != ".xlsx"]
    assert others == ["填表说明.html"]
    said = guide_in(issued).read_text(encoding="utf-8")
    for word in ("只填白色格", "与上期相同", "本期不涉及", "可报送", "校验", "盖章", "受保护的视图", "核实单"):
        assert word in said
    assert re.findall("(?:src|href)=\"([a-z]+:)", said) == ["data:"], "the picture is within, and nothing is fetched"


def test_it_does_not_go_to_whoever_confirms(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(issued, OCTOBER, LATER)
    result = issue_confirmation(issued, OCTOBER, LATER)
    assert result.guide is None
    assert {path.suffix for path in result.folder.iterdir()} == {".xlsx"}


def test_issued_again_it_stays_as_it_is(issued: Year) -> None:
    before = guide_in(issued).stat().st_mtime_ns
    result = issue(issued, OCTOBER, LATER)
    assert (result.guide, result.kept) == (guide_in(issued), ())
    assert guide_in(issued).stat().st_mtime_ns == before


def test_what_somebody_put_there_is_left_and_told(issued: Year) -> None:
    guide_in(issued).write_text("办公室自己写的填报说明", encoding="utf-8")
    assert issue(issued, OCTOBER, LATER).kept == (guide_in(issued),)
    assert guide_in(issued).read_text(encoding="utf-8") == "办公室自己写的填报说明"
    guide_in(issued).unlink()
    assert issue(issued, OCTOBER, LATER).kept == ()
    assert guide_in(issued).is_file()


def test_one_of_an_earlier_version_is_replaced(issued: Year) -> None:
    guide_in(issued).write_bytes(html_of(blocks_of("# 以前的说明"), bytes))
    assert issue(issued, OCTOBER, LATER).kept == ()
    assert "只填白色格" in guide_in(issued).read_text(encoding="utf-8")


def _back(year: Year, name: str) -> None:
    target = year.inbox / name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(guide_in(year).read_bytes())


@pytest.mark.parametrize("name", ["填表说明.html", "县残联/填表说明 (1).HTM"])
def test_sent_back_it_is_no_return_and_no_question(issued: Year, name: str) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    _back(issued, name)
    assert [one.unit for one in inspect(issued, [issued.inbox])] == ["县残联"]
    assert [one.unit for one in consolidate(issued, OCTOBER, LATER).files] == ["县残联"]
    assert consolidate(issued, OCTOBER, LATER).files == ()


def test_sent_back_in_a_parcel_the_form_beside_it_counts(issued: Year) -> None:
    form = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    with zipfile.ZipFile(issued.inbox / "县残联.zip", "w") as parcel:
        parcel.writestr("填报.xlsx", form.read_bytes())
        parcel.writestr("填表说明.html", guide_in(issued).read_bytes())
    form.unlink()
    assert [(one.file, one.unit) for one in consolidate(issued, OCTOBER, LATER).files] == [("县残联.zip/填报.xlsx", "县残联")]


def test_filled_in_it_is_asked_about(issued: Year) -> None:
    """Somebody wrote his figures into the page."""
    (issued.inbox / "填表说明.html").write_bytes(guide_in(issued).read_bytes().replace("十分钟".encode(), b"106"))
    assert [one.outcome.label for one in consolidate(issued, OCTOBER, LATER).files] == ["无法识别"]


def test_it_fits_a_page() -> None:
    """By the width of its text at its size, 9.2 points in lines of 1.4 of that, 184 mm wide on 279 mm; the picture takes
    86 % of the width. Drawn by a program that knows CSS it leaves a twentieth of the page."""
    size, wide, high = 9.2, 184 / 25.4 * 72, 279 / 25.4 * 72
    lines = sum(max(1, -(-width_points(text, size) // (wide - 3 * size))) for text in lines_of(page(CLERKS)))
    with Image.open(PICTURES / "填写示意.png") as drawn:
        picture = wide * 0.86 * drawn.height / drawn.width
    paddings = 9 * 3.5 + 30
    assert picture + lines * size * 1.4 + paddings < high * 0.97
