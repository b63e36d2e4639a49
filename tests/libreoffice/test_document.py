"""The task table on paper, as LibreOffice sets it: every sign is there, the head and the page's number on each page."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from minsheng_xl import Plan
from minsheng_xl.books.pdf import to_pdf
from minsheng_xl.books.write.document import write_document
from minsheng_xl.forms.tasks import task_table
from minsheng_xl.telling.circular import circular_bytes
from minsheng_xl.telling.notices import circular_of
from tests.books.documents import plans
from tests.forms.paper.accounts import worst
from tests.libreoffice.soffice import needs_libreoffice, needs_poppler

pytestmark = [needs_libreoffice, needs_poppler, pytest.mark.office]
PLANS = {name: plan for name, plan in plans() if name != "各样的字"}
PAGES = {"内置": 2, "云溪区2025": 1, "阳川县2024": 1, "青禾县2023": 1}
"""The county's own paper has two pages too."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text of each page, without blanks, by the name of the plan."""
    folder = tmp_path_factory.mktemp("任务表")
    paths = [folder / f"{name}.docx" for name in PLANS]
    for path, plan in zip(paths, PLANS.values(), strict=True):
        path.write_bytes(write_document(task_table(plan)))
    return {path.stem: _pages(path) for path in to_pdf(paths, folder)}


def _pages(path: Path) -> list[str]:
    said = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return ["".join(page.split()) for page in said.split("\f")[:-1]]


@pytest.mark.parametrize("name", PLANS)
def test_no_sign_is_lost(pages: dict[str, list[str]], name: str) -> None:
    plan: Plan = PLANS[name]
    wanted = Counter("".join("".join(row.values()) for row in plan.tables["任务表"]))
    found = Counter("".join(pages[name]))
    lost = {sign: (count, found[sign]) for sign, count in wanted.items() if sign.strip() and found[sign] < count}
    assert lost == {}


@pytest.mark.parametrize("name", PLANS)
def test_each_page_has_the_head_and_its_number(pages: dict[str, list[str]], name: str) -> None:
    count = len(pages[name])
    assert count == PAGES.get(name, count)
    heads = "".join(column.title for column in task_table(PLANS[name]).columns)
    for number, page in enumerate(pages[name], 1):
        assert page.removeprefix(PLANS[name].settings.title).startswith(heads), number
        assert page.endswith(f"第{number}页共{count}页")


def test_a_circular_has_numbered_pages_and_loses_no_sign(tmp_path: Path) -> None:
    account = worst()
    path = tmp_path / "通报.docx"
    path.write_bytes(circular_bytes(account))
    (drawn,) = to_pdf([path], tmp_path)
    found = _pages(drawn)
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert f"—{number}—" in page
    draft = circular_of(account)
    wanted = Counter("".join([draft.title, *(chapter.head for chapter in draft.chapters), *draft.chapters[2].lines]))
    text = Counter("".join(found))
    assert {sign: count for sign, count in wanted.items() if sign.strip() and text[sign] < count} == {}
