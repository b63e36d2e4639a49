"""通报初稿.docx: what the text says, word for word, its lists as tables, on the page that the standard names."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from minsheng_xl import Period, Plan, Year, status
from minsheng_xl.ledger.period import account_of
from minsheng_xl.telling.circular import circular_bytes
from minsheng_xl.telling.notices import bulletin
from tests.makers import empty_account

OCTOBER = Period.parse("2022-10")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def demo(finished_demo: object) -> tuple[bytes, str, dict]:
    year = Year(finished_demo, writable=False)  # type: ignore[arg-type]
    account = account_of(year.plan_of(OCTOBER), year.register, OCTOBER)
    made = circular_bytes(account), bulletin(account), status(year, OCTOBER)
    year.close()
    return made


def part(content: bytes, name: str = "document") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return ElementTree.fromstring(package.read(f"word/{name}.xml"))


def text_of(element: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def paragraphs(content: bytes) -> list[str]:
    body = part(content).find(f"{W}body")
    assert body is not None
    return [text_of(one) for one in body.findall(f"{W}p")]


def tables(content: bytes) -> list[list[list[str]]]:
    return [
        [[text_of(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
        for table in part(content).iter(f"{W}tbl")
    ]


def test_every_sentence_of_the_text_stands_there(demo: tuple[bytes, str, dict]) -> None:
    content, text, _ = demo
    said = [one for one in paragraphs(content) if one]
    lines = [line.removeprefix("　　") for line in text.split("\r\n") if line]
    listed = {
        line for head in ("二、各项目进展", "四、牵头单位排名")
        for line in lines[lines.index(head) + 1 :][: next(n for n, one in enumerate(lines[lines.index(head) + 1 :]) if one[1] == "、")]
    }
    before = ["各项目进展情况见下表。", "牵头单位完成情况见下表。"]
    assert [one for one in said if one not in before] == [line for line in lines if line not in listed]
    assert len(listed) == 10 + 11


def test_the_tables_hold_what_the_status_says(demo: tuple[bytes, str, dict]) -> None:
    content, _, state = demo
    projects, ranks = tables(content)
    assert projects[0] == ["序号", "项目", "状态", "其中", "平均完成率（未报按0）"]
    assert [(row[0], row[1], row[4]) for row in projects[1:]] == [
        (str(one["no"]), one["title"], one["average_all_text"]) for one in state["projects"]
    ]
    assert [row[:7] for row in ranks[1:]] == [
        [
            "—" if one["rank"] is None else str(one["rank"]), one["unit"], str(one["owed"]), str(one["judged"]),
            str(one["on_pace"]), str(one["lagging"]), one["average_all_text"],
        ]
        for one in state["ranks"]
    ]


def test_the_page_and_the_faces_are_those_of_the_standard(demo: tuple[bytes, str, dict]) -> None:
    """GB/T 9704: a type area of 156 by 225 mm under 37 mm, 小标宋 二号, 黑体 and 仿宋 三号, 28 points a line."""
    content, _, _ = demo
    margins = next(part(content).iter(f"{W}pgMar")).attrib
    sizes = next(part(content).iter(f"{W}pgSz")).attrib
    twip = 25.4 / 1440
    width = int(sizes[f"{W}w"]) - int(margins[f"{W}left"]) - int(margins[f"{W}right"])
    height = int(sizes[f"{W}h"]) - int(margins[f"{W}top"]) - int(margins[f"{W}bottom"])
    assert (round(width * twip), round(height * twip), round(int(margins[f"{W}top"]) * twip)) == (156, 225, 37)
    styles = {one.attrib[f"{W}styleId"]: one for one in part(content, "styles").iter(f"{W}style")}
    faces = {
        name: (next(one.iter(f"{W}rFonts")).attrib[f"{W}eastAsia"], int(next(one.iter(f"{W}sz")).attrib[f"{W}val"]) / 2)
        for name, one in styles.items() if one.find(f"{W}rPr") is not None
    }
    assert (faces["Title"], faces["Head"], faces["Text"]) == (("方正小标宋简体", 22), ("黑体", 16), ("仿宋_GB2312", 16))
    spacing = next(styles["Text"].iter(f"{W}spacing")).attrib
    assert (spacing[f"{W}line"], spacing[f"{W}lineRule"]) == ("560", "exact")
    assert "PAGE" in ElementTree.tostring(part(content, "footer1"), encoding="unicode")


def test_the_heads_of_tables_are_on_every_page_and_rows_are_whole(demo: tuple[bytes, str, dict]) -> None:
    rows = list(part(demo[0]).iter(f"{W}tr"))
    assert len(list(part(demo[0]).iter(f"{W}tblHeader"))) == 2
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_the_same_account_is_the_same_bytes(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER)
    assert circular_bytes(account) == circular_bytes(account)
    assert "没有滞后指标。" in paragraphs(circular_bytes(account))
