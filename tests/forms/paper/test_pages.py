"""Paper as it comes out of LibreOffice: pages, sizes, heads, rows and words, read from the PDF."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from minsheng_xl import Period, Plan, Year
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.books.pdf import to_pdf
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.forms.rows import assessed_rows
from minsheng_xl.ledger.period import account_of
from minsheng_xl.texts import lines
from tests.forms.paper import test_wider
from tests.forms.paper.accounts import everything_met, nothing, worst
from tests.libreoffice.soffice import needs_libreoffice, needs_poppler

pytestmark = [needs_libreoffice, needs_poppler, pytest.mark.office]

A4, A3 = {595, 842}, {842, 1191}
WIDE = {"进展汇总总表", "趋势表", "全年预计表", "单位报送台账"}
PORTRAIT = {"领导简报", "单位完成情况排名", "未报清单", "催报单", "趋势图"}


@pytest.fixture(scope="module", params=["nothing", "demo", "met", "worst"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, PeriodAccount, dict[str, Path]]]:
    plan: Plan = request.getfixturevalue("sample_plan")
    made = {"nothing": lambda: nothing(plan), "met": lambda: everything_met(plan), "worst": worst}
    if request.param == "demo":
        year = Year(request.getfixturevalue("finished_demo"), writable=False)
        account = account_of(year.plan, year.register, Period.parse("2022-10"))
    else:
        account = made[request.param]()
    folder = tmp_path_factory.mktemp(request.param)
    book, paths = master_book(account, "", 0), []
    for output in outputs(account):
        if output.name == "催报单" and not printed(book, account, [output]).sheets:
            continue
        paths.append(folder / f"{output.name}.xlsx")
        paths[-1].write_bytes(write_book(printed(book, account, [output])))
    yield request.param, account, {path.stem: path for path in to_pdf(paths, folder)}


def info(path: Path) -> tuple[int, tuple[int, int]]:
    text = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", text)
    count = re.search(r"Pages:\s+(\d+)", text)
    assert size is not None
    assert count is not None
    return int(count[1]), (round(float(size[1])), round(float(size[2])))


def words(path: Path) -> list[str]:
    """The text of each page, without spaces."""
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return ["".join(page.split()) for page in text.split("\f")[:-1]]


def test_paper_orientation_page_numbers_and_no_hashes(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    _, _, pdfs = pages
    for name, path in pdfs.items():
        count, size = info(path)
        assert set(size) == (A3 if name in WIDE else A4), name
        assert (size[0] < size[1]) == (name in PORTRAIT), name
        texts = words(path)
        assert len(texts) == count
        for n, text in enumerate(texts, 1):
            assert f"第{n}页共{count}页" in text, (name, n)
            assert "###" not in text, (name, n)
            assert "#VALUE" not in text
            assert "#REF" not in text


def test_nothing_stands_outside_the_page(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    _, _, pdfs = pages
    for name, path in pdfs.items():
        boxes = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True).stdout
        _, (width, height) = info(path)
        for x0, y0, x1, y1 in re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', boxes):
            assert float(x0) >= 20, name
            assert float(y0) >= 20, name
            assert float(x1) <= width - 20, name
            assert float(y1) <= height - 10, name


def test_every_face_has_every_sign(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    """A sign without a glyph comes out of the PDF as something else, or not at all."""
    _, _, pdfs = pages
    text = "".join(words(pdfs["进展汇总总表"]))
    for sign in ("✓", "▲", "●", "◆", "▼", "○", "－", "＝"):
        assert sign in text, sign


def test_the_brief_is_one_page_and_says_the_headline(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    which, account, pdfs = pages
    (text,) = words(pdfs["领导简报"])
    expected = {"nothing": ("0/10", "0/32", "0/38"), "demo": ("0/10", "9/32", "35/38"), "met": ("10/10", "32/32", "38/38"), "worst": ("0/20", "0/60")}
    for figure in expected[which]:
        assert figure in text, figure
    for project in account.plan.projects:
        assert project.name[:8] in text
    assert "需领导协调事项" in text


def test_every_indicator_stands_once_on_the_summary(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    which, account, pdfs = pages
    texts = words(pdfs["进展汇总总表"])
    assert len(texts) == (1 if which != "worst" else len(texts))
    for text in texts:
        assert "完成率" in text
        assert "牵头单位" in text
    whole = "".join(texts)
    rows = assessed_rows(account.plan, account.period)
    for row in rows:
        assert whole.count(row.indicator.name) >= 1, row.indicator.name
    assert f"合计{len(rows)}项" in whole


def test_the_lagging_list(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    which, _, pdfs = pages
    texts = words(pdfs["滞后清单"])
    for text in texts:
        assert "连续滞后" in text  # the head is on every page
    whole = "".join(texts)
    listed = {"nothing": "共32项，其中滞后0项，未报32项", "demo": "共10项，其中滞后6项，未报4项", "met": "共0项，其中未完成0项，未报0项", "worst": "共60项，其中滞后60项，未报0项"}
    assert listed[which] in whole
    if which == "met":
        assert "无" in whole
    if which == "worst":
        assert len(texts) >= 3
        assert whole.count("▼滞后红") == 60


def test_the_missing_list_and_a_page_for_each_late_unit(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    which, _, pdfs = pages
    whole = "".join(words(pdfs["未报清单"]))
    late = {"nothing": 38, "demo": 3, "met": 0, "worst": 0}[which]
    assert f"未报或退回后没有重报的{late}个" in whole
    assert ("催报单" in pdfs) == (late > 0)
    if late:
        letters = words(pdfs["催报单"])
        assert len(letters) == late
        assert all("特此催报" in text for text in letters)


def test_the_certification_table(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    which, _, pdfs = pages
    texts = words(pdfs["认定表"])
    for text in texts:
        assert "报送累计" in text
        assert "签字盖章" in text
    whole = "".join(texts)
    # of the 42 rows that are certified, 32 are 考核; the ten others are not certified unless the plan asks
    blank = "同意报送数0，核减0，核增0，暂不认定0，待补证0，不予认定0，待核0，认定后已变0，未认定32，自报0，本期不认定10"
    counts = {
        "nothing": f"共42项：{blank}",
        "demo": "共42项：同意报送数19，核减3，核增0，暂不认定1，待补证2，不予认定0，待核0，认定后已变0，未认定7，自报0，本期不认定10",
        "met": f"共42项：{blank}",
        "worst": "共60项：同意报送数0，核减60，核增0，暂不认定0，待补证0，不予认定0，待核0，认定后已变0，未认定0，自报0，本期不认定0",
    }
    assert counts[which] in whole
    if which == "demo":
        assert "重复登记80人" in whole
        assert "−80" in whole
    if which == "worst":
        assert whole.count("核减原因：") == 60
        assert whole.count("抽查10，属实9") == 60


def test_long_texts_are_whole(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    which, account, pdfs = pages
    if which != "worst":
        pytest.skip("no long texts in it")
    texts = words(pdfs["分项目表"])
    assert len(texts) >= 20
    for text in texts:
        assert "附件2" in text
    whole = "".join(texts)
    told = sum(6 * len(p.leads) + 2 * len(p.responsible) for p in account.plan.projects)
    assert whole.count("已组织专班逐户做工作") <= told * 10
    assert whole.count("；") == told * 10  # ten in each text
    assert "".join(words(pdfs["滞后清单"])).count("；") >= 60 * 2 * 10
    book = master_book(account, "", 0)
    for sheet in printed(book, account, outputs(account)).sheets:
        for cell in sheet.cells.values():
            if isinstance(cell.content, str) and len(cell.content) > 20 and cell.style.wrap and cell.down == 1 and cell.row not in sheet.hidden_rows:
                width = sum(sheet.widths[cell.column : cell.column + cell.across])
                needed = (cell.style.size + 2) * lines(cell.content, width, cell.style.size)
                named = test_wider.lines(cell.content, width * 5.25 - 9, cell.style.size, wider=1) * cell.style.size * test_wider.LINE
                high = sheet.heights.get(cell.row, 13.5)
                assert needed <= high or (high == test_wider.HIGHEST and named <= high), (sheet.name, cell.address)


PUBLISHED = {
    "苍南县 2022年度民生实事未完成项目进度表（截至10月31日），www.cncn.gov.cn": {
        "序号": ("滞后清单", "序号"), "项目内容": ("滞后清单", "指标"), "当前进度": ("滞后清单", "完成率"),
        "牵头单位": ("滞后清单", "牵头单位"), "备注": ("滞后清单", "滞后原因"),
    },
    "泰顺县 2023年10月民生实事项目进展情况汇总表": {
        "序号": ("分项目表", "编码"), "项目内容": ("分项目表", "年度目标"), "牵头单位": ("分项目表", "牵头单位"), "落实情况": ("分项目表", "本期进展"),
    },
    "眉山市 2019年十大民生工程项目完成情况表，www.ms.gov.cn": {
        "目标任务": ("进展汇总总表", "年度目标"), "进度": ("进展汇总总表", "本期累计"), "完成比例": ("进展汇总总表", "完成率"),
    },
    "会昌县 2023年10月份民生实事项目进展情况的通报，www.huichang.gov.cn": {"已完成件数": ("领导简报", "已完成项目")},
}
"""Annexes as counties and cities publish them: each of their columns, and where it stands with us."""


def test_nothing_is_missing_that_published_annexes_show(pages: tuple[str, PeriodAccount, dict[str, Path]]) -> None:
    which, _, pdfs = pages
    if which != "demo":
        pytest.skip("one data set shows it")
    found = {name: "".join(words(path)) for name, path in pdfs.items()}
    for annex, columns in PUBLISHED.items():
        for column, (output, ours) in columns.items():
            assert ours in found[output], (annex, column)
