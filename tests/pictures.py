"""The pictures of the README, drawn from the demo: `python -m tests.pictures`. Needs LibreOffice and pdftoppm."""

import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

from minsheng_xl import Period, Year, run_demo
from minsheng_xl.books.pdf import to_pdf
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.forms.unit import sheet_id
from minsheng_xl.ledger.period import account_of

FOLDER = Path(__file__).parents[1] / "workbook" / "pictures"
SHOWN = ("领导简报", "进展汇总总表", "滞后清单", "单位完成情况排名", "认定表")
FORM_OF = "县民政局"
_DPI = 66


def shown_books(year: Year) -> dict[str, Book]:
    """What is drawn, by the name of its picture."""
    account = account_of(year.plan, year.register, Period.parse("2022-10"))
    book = master_book(account, "", 0)
    every = {output.name: output for output in outputs(account)}
    found = {name: printed(book, account, [every[name]]) for name in SHOWN}
    forms = printed(book, account, [every["各单位填报表"]])
    return found | {"填报表": Book([forms.sheet(sheet_id(FORM_OF))], {})}


def content_of(sheet: Sheet) -> str:
    """What a sheet says and how it is laid out, as a hash."""
    cells = [[c.row, c.column, c.down, c.across, str(c.content), repr(c.style)] for c in sheet.cells.values()]
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
            command = ["pdftoppm", "-r", str(_DPI), "-f", "1", "-l", "1", "-png", "-singlefile", str(pdf), str(FOLDER / pdf.stem)]
            subprocess.run(command, check=True)
        (FOLDER / "内容.json").write_text(json.dumps(contents(year), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        year.close()


if __name__ == "__main__":
    draw()
