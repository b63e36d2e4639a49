"""The handbook leads nowhere that is not there, and says of forms and sheets what stands on them."""

import json
import re

import pytest

from minsheng_xl.exact.expressions import Const
from minsheng_xl.plan.tables import SETTING_NAMES
from minsheng_xl.rules import reasons
from minsheng_xl.rules.certification import OPINIONS
from minsheng_xl.rules.choices import WORDS as CHOICES
from minsheng_xl.rules.confirmation import AGREEMENTS
from minsheng_xl.rules.course import NO_PROGRESS
from tests.handbook.pages import FOLDER, PAGES, ROOT, sections
from tests.pictures import FOLDER as PICTURES
from tests.pictures import POINTED_AT

CLERKS, OFFICE = PAGES["单位填报人"], PAGES["办公室"]


def test_these_are_the_pages() -> None:
    assert set(PAGES) == {"单位填报人", "办公室", "统计局", "安装", "工程师"}


@pytest.mark.parametrize("page", [*PAGES, "README"])
def test_what_is_linked_is_there(page: str) -> None:
    text, folder = (PAGES[page], FOLDER) if page in PAGES else ((ROOT / "README.md").read_text(encoding="utf-8"), ROOT)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (folder / target).resolve().is_file(), target


@pytest.mark.parametrize("page", PAGES)
def test_a_console_of_windows_shows_every_sign(page: str) -> None:
    """Code page 936: `help` prints there."""
    assert PAGES[page].encode("gbk", "replace").decode("gbk") == PAGES[page]


def test_every_picture_is_shown_and_every_one_shown_is_kept_true() -> None:
    shown = {name for text in PAGES.values() for name in re.findall(r"!\[[^]]*\]\(\.\./pictures/(.+?)\.png\)", text)}
    drawn = set(json.loads((PICTURES / "内容.json").read_text(encoding="utf-8")))
    assert len(shown) >= 8
    assert shown == drawn == {path.stem for path in PICTURES.glob("*.png")}


def test_the_office_finds_thirty_questions() -> None:
    asked = [title for title in sections(OFFICE, 3) if title.endswith("？")]
    assert len(asked) == len(set(asked)) >= 30
    assert all(sections(OFFICE, 3)[title].strip() for title in asked)


def test_the_clerks_numbers_are_those_of_the_picture() -> None:
    told = re.findall(r"^(\d)\. (.*)$", CLERKS, re.MULTILINE)
    assert [int(number) for number, _ in told] == list(range(1, len(POINTED_AT) + 1))
    for (_, said), word in zip(told, POINTED_AT, strict=True):
        assert word.rstrip("（") in said


@pytest.mark.parametrize("word", [*CHOICES, *AGREEMENTS, NO_PROGRESS, "受保护的视图", "解除锁定", "盖章", "可报送"])
def test_the_clerks_find_the_words_of_the_form(word: str) -> None:
    assert word in CLERKS


def explains(said: str) -> bool:
    text = Const(said)
    return bool(reasons.explains(text, reasons.left(text)).value())


def test_what_is_said_of_reasons_is_so() -> None:
    bad = re.search(r"写((?:“[^”]*”)+)不算原因", CLERKS)
    good = re.search(r"如“(.*?)”。写", CLERKS)
    assert bad and good
    assert explains(good[1])
    assert not any(map(explains, re.findall("“(.*?)”", bad[1])))


def test_the_certifiers_find_the_words_of_their_form() -> None:
    for word in OPINIONS:
        assert word in PAGES["统计局"]


def test_settings_that_are_named_are_there() -> None:
    named = {word for text in PAGES.values() for word in re.findall("参数”?的?“([^”]+)”", text)}
    assert len(named) >= 6
    assert named - {"参数"} <= set(SETTING_NAMES)
