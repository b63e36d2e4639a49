"""The demo: September and October of the 2022 plan, through the issued files and public functions; or two periods of
another plan, which `supplied` makes whole and `play` walks.

Every return is made as a clerk would make it: an issued workbook, opened, filled in, saved under
some name and dropped into 收件/. Nothing is written into the journal or the register directly.
"""

import csv
import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from minsheng_xl.accounts.values import MEASURES
from minsheng_xl.beginning.begin import begin
from minsheng_xl.beginning.clerk import fill
from minsheng_xl.beginning.play import Played, play
from minsheng_xl.beginning.supplied import supplied, tables_from
from minsheng_xl.exact.keys import CERTIFY, CHOICE, FIGURE, HEAD, WORD, Key
from minsheng_xl.forms.certification import certification_form
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.plan.model import Plan, Role, Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.read import built_in_tables, resources
from minsheng_xl.plan.tables import RawTables
from minsheng_xl.rules import choices
from minsheng_xl.sending.issue import issue, issue_certification
from minsheng_xl.taking.consolidate import consolidate
from minsheng_xl.telling.print import print_period
from minsheng_xl.telling.status import status
from minsheng_xl.year.folder import Year, cannot_make, refuse_plan_in
from minsheng_xl.year.making import made_whole
from minsheng_xl.year.watching import unsaid

SILENT = ("团县委", "县司法局")
LATE = "县林业局"
TWICE = "县交通运输局"
STALE = "县残联"
RENAMED = {"县教育体育局": "最终版2 (1).xlsx", "县民政局": "微信收到/民政局报表-副本.xlsx"}

_CERTIFIED_ON = date(2022, 11, 11)

_MEASURE_KEYS = {word: key for key, word in MEASURES.items()}
_CERTIFIED_KEYS = {
    "认定意见": "opinion", "认定数": "figure", "核减原因": "reason", "抽查数": "checked", "属实数": "confirmed", "意见": "remark",
}
_WORD_KEYS = {
    "本期进展": "progress", "存在问题": "problem", "需协调事项": "coordination", "下一步措施": "measures",
    "请求协调单位": "asked", "建议": "advice", "希望解决时限": "wanted",
    "滞后原因": "reason", "承诺时限": "promise", "佐证材料": "evidence", "预计全年": "outlook",
}


class DemoResult(NamedTuple):
    """The state of October, and what to open: (title, path) pairs."""

    state: dict[str, Any]
    paths: tuple[tuple[str, Path], ...]


class _Stage(NamedTuple):
    """Where a demo is made and where it will lie, on which plan of others (None: the sample year), and who is told."""

    root: Path
    place: Path
    plan: RawTables | None
    step: Callable[[str], None]
    draw: bool


def run_demo(
    path: "str | Path", *, plan: "str | Path | None" = None, step: Callable[[str], None] = unsaid, draw: bool = True
) -> DemoResult:
    """Run two months of the sample year into a new folder, which is there whole or not at all; with `draw` the second
    is printed too, as PDFs where LibreOffice is found. With `plan`, 计划.xlsx or a folder with a plan, two periods of
    that, its figures invented and marked 示例.

    Raises MinshengError if the folder holds a plan already, or cannot be made, PlanError if the plan has faults.
    """
    place = Path(path)
    refuse_plan_in(place)
    stage = _Stage(place, place, None if plan is None else supplied(tables_from(Path(plan))), step, draw)
    if place.exists():
        return _run(stage)
    try:
        with made_whole(place.absolute()) as beside:
            made = _run(stage._replace(root=beside))
    except OSError as error:
        raise cannot_make(place, error) from error
    return made._replace(paths=tuple((title, place / path.relative_to(beside)) for title, path in made.paths))


def _run(stage: _Stage) -> DemoResult:
    stage.step("建立文件夹和计划")
    tables = built_in_tables(sample=True) if stage.plan is None else stage.plan
    year = begin(stage.root, tables, of=stage.place)
    period, master, at = (run_months if stage.plan is None else play)(year, stage.step)
    paths = [("总台账", master), ("计划", year.plan_path), ("填报表", year.issued_folder(period))]
    if year.certified_folder(period).exists():
        paths.append(("认定表", year.certified_folder(period)))
    paths.append(("来件", year.inbox))
    if stage.draw:
        stage.step(f"打印 {period.short_label}（有 LibreOffice 时生成 PDF）")
        printed = print_period(year, period, at + timedelta(hours=1), update=False)
        paths.insert(1, ("打印稿和 PDF" if not printed.no_pdf else "打印稿", printed.folder))
    state = status(year, period)
    year.close()
    return DemoResult(state, tuple(paths))


def run_months(year: Year, step: Callable[[str], None] = unsaid) -> Played:
    """September and October in a year of the sample plan, or of a part of it."""
    sample = _Sample(year.plan)
    september, october = Period.parse("2022-09"), Period.parse("2022-10")
    step("9月：下发、收件、汇总")
    _september(year, sample, september)
    step("10月：下发")
    issue(year, october, datetime(2022, 10, 31, 9))
    step("10月：各单位来件，第一次汇总")
    _returns_of_october(year, sample, october)
    consolidate(year, october, datetime(2022, 11, 7, 16))
    step("10月：迟报和再报，第二次汇总")
    _late_and_again(year, sample, october)
    consolidate(year, october, datetime(2022, 11, 9, 10))
    step("10月：发认定表，认定单位填回，第三次汇总")
    issue_certification(year, october, datetime(2022, 11, 10, 9))
    sample.certify(year, october)
    last = datetime(2022, 11, 14, 10)
    return Played(october, consolidate(year, october, last).master.path, last)


def _september(year: Year, sample: "_Sample", september: Period) -> None:
    """A month in which everything comes in time."""
    issue(year, september, datetime(2022, 9, 29, 9))
    for unit in year.plan.reporting_units:
        sample.send(year, unit, september, f"9月/{unit.sheet_name}_2022-09.xlsx")
    consolidate(year, september, datetime(2022, 10, 8, 10))


def _returns_of_october(year: Year, sample: "_Sample", october: Period) -> None:
    """Most units send theirs, some under other names; two are silent, one is late, one sends September's again."""
    for unit in year.plan.reporting_units:
        if unit.name not in (*SILENT, LATE, STALE):
            name = RENAMED.get(unit.name, f"{unit.sheet_name}_2022-10.xlsx")
            sample.send(year, unit, october, f"10月/{name}")
    shutil.copy2(year.inbox / f"9月/{STALE}_2022-09.xlsx", year.inbox / f"10月/{STALE}10月报表.xlsx")


def _late_and_again(year: Year, sample: "_Sample", october: Period) -> None:
    """The late return, and a second one that corrects the first."""
    sample.send(year, year.plan.unit(LATE), october, f"10月/{LATE}_2022-10.xlsx")
    changed: dict[Key, str] = {Key(FIGURE, "4-1", "reported"): "25.1", Key(FIGURE, "4-2", "reported"): "12"}
    sample.send(year, year.plan.unit(TWICE), october, f"10月/{TWICE}_2022-10（更正）.xlsx", changed)


class _Sample:
    """The sample figures and words of workbook/示例, and how a clerk enters them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._figures = _rows("填报")
        self._certified = _rows("认定")
        self._words = {row["项目"]: row for row in _rows("文字")}

    def send(
        self, year: Year, unit: Unit, period: Period, name: str, changed: Mapping[Key, str] | None = None
    ) -> None:
        """Fill in the issued workbook of a unit and drop it into 收件/ under a name."""
        form = unit_form(self._plan, unit, period, {})
        issued = year.issued_folder(period) / f"{unit.sheet_name}_{period}.xlsx"
        target = year.inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        fill(issued, target, form, self._answers(form, unit, period) | dict(changed or {}), _filled_on(period))

    def certify(self, year: Year, period: Period) -> None:
        """Fill in the certifiers' workbooks and drop them into 收件/."""
        for unit in self._plan.units:
            path = year.certified_folder(period) / f"{unit.sheet_name}_{period}_认定.xlsx"
            if path.is_file():
                form = certification_form(self._plan, unit, period, {})
                answers = {Key(HEAD, "form", "filler"): "示例填报人", Key(HEAD, "form", "date"): str(_CERTIFIED_ON)}
                for row in self._certified:
                    said = {Key(CERTIFY, row["编码"], key): row[title] for title, key in _CERTIFIED_KEYS.items()}
                    answers |= {key: text for key, text in said.items() if form.has(key)}
                target = year.inbox / "认定" / path.name
                target.parent.mkdir(exist_ok=True)
                fill(path, target, form, answers, _CERTIFIED_ON)

    def _answers(self, form: Sheet, unit: Unit, period: Period) -> dict[Key, str]:
        answers: dict[Key, str] = {
            Key(HEAD, "form", "filler"): "示例填报人",
            Key(HEAD, "form", "reviewer"): "示例审核人",
            Key(HEAD, "form", "date"): str(_filled_on(period)),
        }
        for row in self._figures:
            key = Key(FIGURE, row["编码"], _MEASURE_KEYS[row["量"]])
            if form.has(key) and form.cell(key).input is not None:
                word = row[str(period)]
                answers[key.beside(CHOICE) if word in choices.WORDS else key] = word
        for no in self._plan.projects_of(unit.name, Role.LEAD):
            words = self._words.get(f"{no}/{unit.name}") or self._words[str(no)]
            answers |= {Key(WORD, str(no), key): words[title] for title, key in _WORD_KEYS.items()}
        for no in self._plan.projects_of(unit.name, Role.RESPONSIBLE):
            answers[Key(WORD, str(no), "support")] = self._words["配合"]["本期进展"]
        return answers


def _filled_on(period: Period) -> date:
    """The third of the month after."""
    return date(period.year, period.end_month + 1, 3)


def _rows(name: str) -> list[dict[str, str]]:
    with (resources() / "示例" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
