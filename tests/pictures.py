"""The pictures of README and handbook, drawn from the demo: `python -m tests.pictures`. Needs LibreOffice and poppler."""

import hashlib
import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from minsheng_xl import Period, Year, run_demo
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.books.pdf import to_pdf
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.confirmation import confirming_book
from minsheng_xl.forms.identity import IDENTITY_LINE
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.left import left_of
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.forms.table import Owner
from minsheng_xl.forms.unit import sheet_id
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.tabs import HOME, PENDING
from minsheng_xl.sending.answer import returned_book

FOLDER = Path(__file__).parents[1] / "workbook" / "pictures"
SHOWN = ("领导简报", "进展汇总总表", "滞后清单", "单位完成情况排名", "认定表", "催报单")
FORM_OF, IN_DOUBT = "县民政局", "县卫生健康委"
MARKED = "填写示意"
"""A form with numbers on it."""
POINTED_AT = ("已填", "填报人", "本期累计", "没有新数", "校验", "说明（", "本期进展", "佐证材料")
"""What the page for clerks says of the form, in its order: where each number stands on the picture."""
_DPI, _MARGIN, _NUMBER, _FOOT = 88, 16, 20, 50
_RED = (192, 32, 32)


def shown_books(year: Year) -> dict[str, Book]:
    """What is drawn, by the name of its picture; nothing in it differs from one run to the next."""
    account = account_of(year.plan, year.register, Period.parse("2022-10"))._replace(head="")
    book = master_book(account, "", 0)
    every = {output.name: output for output in outputs(account)}
    found = {name: printed(book, account, [every[name]]) for name in SHOWN}
    forms = printed(book, account, [every["各单位填报表"]])
    found[MARKED] = Book([forms.sheet(sheet_id(FORM_OF))], {})
    found |= {tab.name: _of_values(book, book.sheet(tab.id)) for tab in (HOME, PENDING)}
    marked, confirming = returned_book(year, account, year.plan.unit(IN_DOUBT)), _confirming(account)
    return found | {
        "核实单": _of_values(marked, marked.sheets[1]), "核对单": _of_values(confirming, confirming.sheets[0])
    }


def _of_values(book: Book, sheet: Sheet) -> Book:
    """A sheet of a book by itself: what its formulas come to."""
    for cell in list(sheet.cells.values()):
        value = book.value(sheet, cell)
        sheet.put(cell.row, cell.column, value, cell.style, key=cell.key, down=cell.down, across=cell.across)
    return Book([sheet], {})


def _confirming(account: PeriodAccount) -> Book:
    left = left_of(account, FORM_OF)
    return confirming_book(Owner(account.plan, FORM_OF, account.period), account.entries(), left=left)


def content_of(sheet: Sheet) -> str:
    """What a sheet says and how it is laid out, as a hash; without the line that names the very form."""
    cells = [
        [c.row, c.column, c.down, c.across, str(c.content), repr(c.style)]
        for c in sheet.cells.values() if c.key != IDENTITY_LINE and c.column not in sheet.hidden_columns
    ]
    said = [sheet.name, cells, sheet.widths, sorted(sheet.heights.items()), sorted(sheet.hidden_rows), repr(sheet.charts)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def contents(year: Year) -> dict[str, str]:
    return {name: content_of(book.sheets[0]) for name, book in shown_books(year).items()}


def draw() -> None:
    with tempfile.TemporaryDirectory() as work:
        run_demo(Path(work) / "demo", draw=False)
        year = Year(Path(work) / "demo")
        paths = []
        for name, book in shown_books(year).items():
            paths.append(Path(work) / f"{name}.xlsx")
            paths[-1].write_bytes(write_book(book))
        for pdf in to_pdf(paths, Path(work)):
            target = FOLDER / pdf.stem
            command = ["pdftoppm", "-r", str(_DPI), "-f", "1", "-l", "1", "-png", "-singlefile", str(pdf), str(target)]
            subprocess.run(command, check=True)
            page = Image.open(target.with_suffix(".png")).convert("RGB")
            _keep(_numbered(page, _places(pdf)) if pdf.stem == MARKED else page, target.with_suffix(".png"))
        (FOLDER / "内容.json").write_text(json.dumps(contents(year), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        year.close()


def _keep(page: Image.Image, path: Path) -> None:
    """Cut off the number of the page and what is white around, and keep so many colours that none changes."""
    page.paste("white", (0, page.height - _FOOT, page.width, page.height))
    left, top, right, bottom = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    box = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
    page.crop(box).quantize(256, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


def _places(pdf: Path) -> dict[str, tuple[float, float]]:
    """Where on the first page each of the words begins, in pixels."""
    said = subprocess.run(["pdftotext", "-bbox", "-l", "1", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)".*?>([^<]*)</word>', said)
    return {
        word: [(float(x) * _DPI / 72, float(y) * _DPI / 72) for x, y, text in words if text.startswith(word)][-1]
        for word in POINTED_AT
    }


def _numbered(page: Image.Image, places: Mapping[str, tuple[float, float]]) -> Image.Image:
    """The page with a red number at each of the places."""
    marked, face = page.copy(), ImageFont.load_default(14)
    pen = ImageDraw.Draw(marked)
    for number, (x, y) in enumerate(places.values(), 1):
        left, top = x - _NUMBER - 2, y - _NUMBER / 2
        pen.ellipse((left, top, left + _NUMBER, top + _NUMBER), fill=_RED)
        pen.text((left + _NUMBER / 2, top + _NUMBER / 2), str(number), fill="white", font=face, anchor="mm")
    return marked


if __name__ == "__main__":
    draw()
