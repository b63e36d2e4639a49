"""数据核验单: what it says of a year, where it lies, that it is one page."""

import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, decide
from minsheng_xl.books.pdf import to_pdf
from minsheng_xl.books.write.book import write_book
from minsheng_xl.cli import main
from minsheng_xl.forms.attestation import Attested, Counted, Unproved, attestation_book
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.stamp import stamp_of
from minsheng_xl.proof.attest import attest
from minsheng_xl.proof.verify import verify
from tests.libreoffice.soffice import needs_libreoffice
from tests.makers import figure, send

OCTOBER = Period.parse("2022-10")
NOW, LATER = datetime(2022, 11, 7, 16), datetime(2022, 11, 20, 9)


@pytest.fixture
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minsheng_xl.books.pdf.shutil.which", lambda name: None)


@pytest.fixture
def reported(short_issued: Year) -> Year:
    """October with two figures, of which the office decided one."""
    send(short_issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    send(short_issued, "县民政局", OCTOBER, {figure("6-1"): "9000"})
    consolidate(short_issued, OCTOBER, NOW)
    (item,) = (item for item in account_of(short_issued.plan, short_issued.register, OCTOBER).pending if item.key == figure("6-1"))
    decide(short_issued, item.id, "属实", LATER, who="赵军", why="电话核实")
    return short_issued


def said(path: Path) -> list[list[Any]]:
    """What each row says, blanks left out."""
    rows = openpyxl.load_workbook(path)["数据核验单"].iter_rows(values_only=True)
    return [[value for value in row if value is not None] for row in rows]


@pytest.mark.usefixtures("without_libreoffice")
def test_it_says_what_is_proved_and_of_the_rest_why_not(reported: Year) -> None:
    found = verify(reported)
    result = attest(reported, found, LATER)
    (path,) = result.files
    assert path == reported.root / "打印" / "数据核验单.xlsx"
    assert "没有 LibreOffice" in result.no_pdf
    rows = said(path)
    account = account_of(reported.plan, reported.register, OCTOBER)
    code = stamp_of(account, reported.register)[-8:]
    assert rows[:4] == [
        ["数据核验单"], [f"{reported.plan.settings.title}　·　2022年11月20日核验"],
        [f"日志 {len(found.chain.lines)} 行；链首 {found.chain.head}。"], ["共 2 个数，有据 1 个；没有发现不对的地方"],
    ]
    assert rows[5:7] == [["期次", "有据", "无法核实", "不符", "合计", "校验码"], ["2022-10", "1", "1", "0", "2", code]]
    assert rows[8:11] == [
        ["不是有据的数（1 个）"], ["期次", "结论", "编码", "指标", "单位", "数", "说明"],
        ["2022-10", "无法核实", "6-1", "综合养老服务设施建成数", "县民政局", "9,000", "由赵军定（属实：电话核实），2022-11-20 09:00"],
    ]


@pytest.mark.usefixtures("without_libreoffice")
def test_what_is_wrong_is_counted_and_told(reported: Year) -> None:
    path = reported.archive.path(reported.register.issued(OCTOBER, "县残联")[0].sha256)
    path.write_bytes(b"another form")
    rows = said(attest(reported, verify(reported), LATER).files[0])
    assert ["共 2 个数，有据 0 个；有 1 处不对"] in rows
    assert ["日志、登记库、归档里不对的地方（1 处）"] in rows
    assert any(row and str(row[0]).startswith("归档里的 2022-10 下发的 县残联_2022-10.xlsx（日志第 ") for row in rows)


@pytest.mark.usefixtures("without_libreoffice")
def test_the_command_writes_it_and_says_where(reported: Year, capsys: pytest.CaptureFixture[str]) -> None:
    reported.close()
    assert main(["verify", str(reported.root), "--json"]) == 0
    assert not (reported.root / "打印").exists()
    assert main(["verify", str(reported.root)]) == 0
    assert f"数据核验单：{reported.root / '打印' / '数据核验单.xlsx'}\n" in capsys.readouterr().out


@pytest.mark.usefixtures("without_libreoffice")
def test_that_it_cannot_be_written_makes_nothing_less_true(reported: Year, capsys: pytest.CaptureFixture[str]) -> None:
    reported.close()
    (reported.root / "打印").write_bytes(b"a file where the folder should be")
    assert main(["verify", str(reported.root)]) == 0
    assert "数据核验单没有写：" in capsys.readouterr().err


ROW = Unproved(
    period="2022-10", code="6-1", name="综合养老服务设施建成数", unit="县民政局", value="3", verdict="无法核实",
    why="由赵军定（用新数：电话核实），2022-11-20 09:00",
)
YEAR = Attested("鲁山县2022年重点民生实事", date(2022, 12, 31), "日志 900 行；链首 0123456789abcdef。", (), (), ())


def test_a_long_list_is_cut_and_counted() -> None:
    sheet = attestation_book(YEAR._replace(unproved=[ROW._replace(code=f"6-{n}") for n in range(203)])).sheets[0]
    texts = [cell.content for cell in sheet.cells.values()]
    assert texts.count("综合养老服务设施建成数") == 200
    assert "……另有 3 个，运行 minsheng-xl verify 看全部" in texts


@needs_libreoffice
@pytest.mark.office
def test_a_year_of_twelve_periods_is_one_page(tmp_path: Path) -> None:
    """With the number of typed figures that a year may have, a twentieth of what is reported."""
    periods = [Counted(f"2022-{month:02d}", 36, 2, 0, "1A2B3C4D") for month in range(1, 13)]
    rows = [ROW._replace(period=f"2022-{month:02d}") for month in range(1, 13)]
    path = tmp_path / "数据核验单.xlsx"
    path.write_bytes(write_book(attestation_book(YEAR._replace(periods=periods, unproved=rows))))
    (pdf,) = to_pdf([path], tmp_path)
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1\n" in told
