"""A task table as a .docx: its parts, its page, its table, every text of it."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from minsheng_xl import Plan
from minsheng_xl.books.write.document import write_document
from minsheng_xl.forms.tasks import task_table
from tests.books.documents import LONG, ODD, plans, with_tasks

PLANS = dict(plans())
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(plan: Plan, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(write_document(task_table(plan)))) as package:
        return ElementTree.fromstring(package.read(name))


def text_of(cell: ElementTree.Element) -> str:
    """What a cell says, as any program puts it together."""
    words = {f"{W}t": lambda one: one.text or "", f"{W}br": lambda one: "\n", f"{W}tab": lambda one: "\t"}
    [paragraph] = cell.findall(f"{W}p")
    return "".join(words[one.tag](one) for one in paragraph.iter() if one.tag in words)


def rows_of(document: ElementTree.Element) -> Iterator[list[str]]:
    for row in document.iter(f"{W}tr"):
        yield [text_of(cell) for cell in row.findall(f"{W}tc")]


def value(element: ElementTree.Element, path: str, name: str = "val") -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    assert found is not None, path
    return found.attrib[f"{W}{name}"]


@pytest.mark.parametrize("name", [name for name in PLANS if name != "各样的字"])
def test_every_text_stands_there_word_for_word(name: str) -> None:
    plan = PLANS[name]
    heads, *rows = rows_of(part(plan))
    assert heads[:6] == ["序号", "项目", "指标任务", "牵头单位", "责任单位", "认定单位"]
    assert rows == [[row.get(head, "") for head in heads] for row in plan.tables["任务表"]]


def test_lines_blanks_tabs_and_signs_of_markup_are_kept() -> None:
    _, first, *_ = rows_of(part(PLANS["各样的字"]))
    assert first[2] == ODD.removesuffix("\x07") == "  “一”<二>&三\n四\t五  六……\n\n_x0041_ =1+1 𠮷"


def test_the_page_is_a4_landscape_and_the_table_as_wide_as_its_columns(plan: Plan) -> None:
    document = part(plan)
    assert [value(document, "body/sectPr/pgSz", name) for name in ("w", "h", "orient")] == ["16838", "11906", "landscape"]
    widths = [int(one.attrib[f"{W}w"]) for one in document.iter(f"{W}gridCol")]
    margins = [int(value(document, "body/sectPr/pgMar", side)) for side in ("left", "right")]
    assert sum(widths) == int(value(document, "body/tbl/tblPr/tblW", "w")) == 16838 - sum(margins)
    assert value(document, "body/tbl/tblPr/tblLayout", "type") == "fixed"
    for row in document.iter(f"{W}tr"):
        assert [int(value(cell, "tcPr/tcW", "w")) for cell in row.findall(f"{W}tc")] == widths


def test_the_head_is_repeated_and_short_rows_stay_whole(plan: Plan) -> None:
    """Of 3000 signs a row is higher than a page: it goes on overleaf, or nobody would see its end."""
    rows = list(part(plan).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, *[False] * 10]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    rows = list(part(with_tasks(plan, {"指标任务": (LONG * 80)[:3000]})).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows[:3]] == [True, False, True]


def test_faces_and_sizes_are_those_of_official_papers(plan: Plan) -> None:
    styles = {one.attrib[f"{W}styleId"]: one for one in part(plan, "word/styles.xml").iter(f"{W}style")}
    found = {
        name: (value(styles[name], "rPr/rFonts", "eastAsia"), value(styles[name], "rPr/sz"))
        for name in ("Title", "TaskHead", "TaskText")
    }
    assert found["Title"] == ("方正小标宋简体", "44")  # 二号 is 22 points
    assert (found["TaskHead"][0], found["TaskText"][0]) == ("黑体", "仿宋_GB2312")
    assert found["TaskText"][1] in ("24", "21")  # 小四, 五号
    assert value(styles["Title"], "pPr/jc") == "center"


def test_the_foot_counts_the_pages(plan: Plan) -> None:
    foot = part(plan, "word/footer1.xml")
    assert "".join(one.text or "" for one in foot.iter(f"{W}t")) == "第 1 页　共 1 页"
    assert [one.attrib[f"{W}instr"].strip() for one in foot.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_what_the_document_refers_to_is_there(plan: Plan) -> None:
    with zipfile.ZipFile(io.BytesIO(write_document(task_table(plan)))) as package:
        relations = ElementTree.fromstring(package.read("word/_rels/document.xml.rels"))
        targets = {one.attrib["Id"]: one.attrib["Target"] for one in relations}
        document = package.read("word/document.xml").decode()
        assert f'<w:footerReference w:type="default" r:id="{_id(targets, "footer1.xml")}"/>' in document
        assert {f"word/{target}" for target in targets.values()} < set(package.namelist())


def _id(targets: dict[str, str], target: str) -> str:
    return next(name for name, one in targets.items() if one == target)


def test_the_same_table_gives_the_same_bytes(plan: Plan) -> None:
    content = write_document(task_table(plan))
    assert content == write_document(task_table(Plan.built_in()))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {(one.date_time[:3], one.create_system) for one in package.infolist()} == {((2000, 1, 1), 0)}
