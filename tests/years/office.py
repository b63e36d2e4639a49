"""What an office and its units do in a year: edit the plan, issue, send, consolidate, close. All from outside."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl

from minsheng_xl import Period, Year, consolidate, issue
from minsheng_xl.closing.close import close
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import decide
from tests.kept.clerk import fill, places_of
from tests.years.calculator import Figure, Row


def rows_of(folder: Path) -> dict[str, Row]:
    """The assessed rows of a plan kept as text, read with the csv module alone."""
    names = names_of(folder)
    with (folder / "任务表.csv").open(encoding="utf-8-sig", newline="") as stream:
        leads = {row["序号"]: row["牵头单位"] for row in csv.DictReader(stream)}
    with (folder / "参数.csv").open(encoding="utf-8-sig", newline="") as stream:
        values = {(row["参数"], row["对象"]): row["值"] for row in csv.DictReader(stream)}
    steps: dict[str, list[tuple[int, Fraction]]] = {}
    with (folder / "序时.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            steps.setdefault(row["指标编码"], []).append((int(row["月份"]), _number(row["应完成"])))
    found = {}
    with (folder / "指标.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["类别"] != "考核":
                continue
            code, below = row["编码"], values.get(("分母", row["编码"]), "")
            opening = values.get(("年初数", code), "")
            found[code] = Row(
                code=code, kind=row["类型"], comparator=row["比较"], target=_number(row["目标"]), pace=row["序时规则"],
                filler=_called(names, row["填数单位"] or row["牵头单位"] or leads[row["项目"]]), weight=Fraction(row["权重"] or 1),
                deadline=date.fromisoformat(row["完成时限"]) if row["完成时限"] else None,
                opening=_number(opening) if opening else None, steps=tuple(steps.get(code, ())),
                denominator=_number(below) if below else None, project=row["项目"],
            )
    return found


def names_of(folder: Path) -> dict[str, str]:
    """What each spelling of a unit stands for."""
    found = {}
    with (folder / "单位.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            found.update(dict.fromkeys([row["单位"], *row["别名"].split("、")], row["单位"]))
    return found


def _called(names: Mapping[str, str], text: str) -> str:
    return names.get(text, text)


def _number(text: str) -> Fraction:
    if text == "是":
        return Fraction(1)
    return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)


class Office:
    """A year on its way; `names` are what units are called by now, `codes` what rows are."""

    def __init__(self, year: Year) -> None:
        self.root = year.root
        self.year = year

    def period(self, text: str) -> Period:
        return Period.parse(text)

    def edit(self, table: str, row: str, **cells: object) -> None:
        """Change cells of a row of 计划.xlsx, which is found by what stands in its first column."""
        book = openpyxl.load_workbook(self.year.plan_path)
        sheet = book[table]
        heads = {cell.value: cell.column for cell in sheet[1]}
        at = next(one[0].row for one in sheet.iter_rows(min_row=2) if str(one[0].value) == row)
        for title, value in cells.items():
            sheet.cell(at, heads[title]).value = value
        self._saved(book)

    def remove(self, table: str, row: str) -> None:
        book = openpyxl.load_workbook(self.year.plan_path)
        at = next(one[0].row for one in book[table].iter_rows(min_row=2) if str(one[0].value) == row)
        book[table].delete_rows(at)
        self._saved(book)

    def add(self, table: str, **cells: object) -> None:
        book = openpyxl.load_workbook(self.year.plan_path)
        heads = [cell.value for cell in book[table][1]]
        book[table].append([cells.get(title) for title in heads])
        self._saved(book)

    def replace(self, was: str, now: str) -> None:
        """Another word wherever it stands in the tables."""
        book = openpyxl.load_workbook(self.year.plan_path)
        for name in ("任务表", "指标", "单位", "序时", "参数"):
            for row in book[name].iter_rows(min_row=2):
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace(was, now)
        self._saved(book)

    def _saved(self, book: openpyxl.Workbook) -> None:
        book.save(self.year.plan_path)
        self.year.close()
        self.year = Year(self.root)

    def issue(self, period: str, now: datetime) -> None:
        issue(self.year, Period.parse(period), now)

    def send(self, unit: str, period: str, figures: Mapping[str, Figure], name: str = "") -> None:
        """A unit fills in its form of a period by what stands beside the cells, and sends it."""
        issued = self.root / "发出" / period / f"{unit}_{period}.xlsx"
        places = places_of(issued.read_bytes())
        answers: dict[tuple[str, str], object] = {}
        for code, figure in figures.items():
            if figure.word:
                answers[code, "本期累计"] = figure.word
            for title, number in (("本期累计", figure.number), ("分子", figure.numerator), ("分母", figure.denominator)):
                if number is not None:
                    answers[code, title] = float(number) if number.denominator != 1 else int(number)
            answers[code, "说明（数字特殊时写原因）"] = "情况属实，已与台账核对一致"
        kept = {place: answer for place, answer in answers.items() if place in places}
        fill(issued, self.root / "收件" / period / (name or f"{unit}.xlsx"), kept)

    def answer(self, folder: str, unit: str, word: str, cells: Mapping[tuple[str, str], object]) -> None:
        """A unit fills in another form that went out, beside the words that it finds there, and sends it."""
        (issued,) = (self.root / "发出" / folder).glob(f"{unit}_*_{word}.xlsx")
        places = places_of(issued.read_bytes())
        every = {(code, title): text for (code, title), text in cells.items() if code != "*"}
        for (_, title), text in ((cell, text) for cell, text in cells.items() if cell[0] == "*"):  # of every other row
            rows = [place[0] for place in places if place[1] == title]
            every |= {(code, title): text for code in rows if (code, title) not in every}
        fill(issued, self.root / "收件" / folder / issued.name, every)

    def decide(self, period: str, code: str, word: str, now: datetime) -> None:
        """The office says a word to what is asked about a row."""
        account = account_of(self.year.plan, self.year.register, Period.parse(period))
        (item,) = [item for item in account.pending if item.key is not None and item.key.of == code]
        decide(self.year, item.id, word, now)

    def consolidate(self, period: str, now: datetime) -> None:
        consolidate(self.year, Period.parse(period), now)

    def close(self, period: str, now: datetime) -> None:
        close(self.year, Period.parse(period), now)
