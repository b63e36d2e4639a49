"""LibreOffice recalculates every formula we write: stored value, twin and oracle agree."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Plan, Year, issue
from minsheng_xl.accounts.period import Past, PeriodAccount
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value, if_
from minsheng_xl.exact.keys import Key
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands, Terms
from minsheng_xl.figures.rankings import gap
from minsheng_xl.figures.remarks import missing, remark
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.look import BODY
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.rows import form_rows
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.model import Comparator, Coverage, Indicator, Kind, Tier
from tests.libreoffice.compare import differences
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import empty_account, figure, word

pytestmark = [needs_libreoffice, pytest.mark.office]

OCTOBER = Period.parse("2022-10")


def saved(book: Book, path: Path) -> Path:
    path.write_bytes(write_book(book))
    return path


def test_the_oracle_would_notice_a_wrong_stored_value(sample_plan: Plan, tmp_path: Path) -> None:
    book = unit_book(sample_plan, sample_plan.unit("县民政局"), OCTOBER, {"6-1": Fraction(2)})
    sheet, cell = next((s, c) for s, c in book.formulas() if book.value(s, c) == d.Status.MISSING.label)
    book._values[sheet.id, cell.key] = "✓ 完成"  # type: ignore[index]
    path = saved(book, tmp_path / "错.xlsx")
    plain = convert([path], "xlsx", tmp_path / "plain", recalculate=False)[0]
    forced = convert([path], "xlsx", tmp_path / "forced", recalculate=True)[0]
    values = [openpyxl.load_workbook(p, data_only=True)[sheet.name][cell.address].value for p in (path, plain, forced)]
    assert values == ["✓ 完成", "✓ 完成", d.Status.MISSING.label]


def test_every_formula_of_the_demo(demo_year: Year, tmp_path: Path) -> None:
    """The master, and every unit workbook as issued and as filled in (saved by a program that stores no values)."""
    plan = demo_year.plan
    account = account_of(plan, demo_year.register, OCTOBER)
    issue(demo_year, OCTOBER, account.receipts[0].received)
    books: list[tuple[Path, Book]] = [(demo_year.master_path, master_book(account, "", 0))]
    for unit in plan.reporting_units:
        path = demo_year.issued_folder(OCTOBER) / f"{unit.sheet_name}_{OCTOBER}.xlsx"
        books.append((path, unit_book(plan, unit, OCTOBER, account.before)))
        filled = unit_form(plan, unit, OCTOBER, account.before, account.units[unit.name].given())
        own = Book([filled], {})
        books.append((saved(own, tmp_path / f"{unit.sheet_name}_filled.xlsx"), own))
    paths = [path for path, _ in books]
    recalculated = convert(paths, "xlsx", tmp_path / "recalculated", recalculate=True)
    total = 0
    for (path, book), again in zip(books, recalculated, strict=True):
        count, different = differences(book, path, again)
        assert not different, different[:5]
        total += count
    print(f"{total} formulas recalculated, all equal")
    assert total > 2000


def test_unset_and_empty_plans_compute_too(plan: Plan, tmp_path: Path) -> None:
    book = master_book(empty_account(plan, OCTOBER), "", 0)
    path = saved(book, tmp_path / "空.xlsx")
    count, different = differences(book, path, convert([path], "xlsx", tmp_path / "out", recalculate=True)[0])
    assert not different, different[:5]
    assert count > 1000


def test_plans_in_which_hardly_anything_is_measured(sample_plan: Plan, tmp_path: Path) -> None:
    """No assessed indicator (as a 分管领导 of 定性 ones has), no responsible units, one project."""
    words_only = tuple(i for i in sample_plan.indicators if i.tier is not Tier.ASSESSED and i.kind is not Kind.DERIVED)
    plans = [
        sample_plan.having(indicators=words_only),
        sample_plan.having(projects=tuple(p._replace(responsible=()) for p in sample_plan.projects)),
        sample_plan.having(projects=sample_plan.projects[7:8], indicators=sample_plan.indicators_of(8)),
    ]
    books = [master_book(empty_account(p, period), "", 0) for p in plans for period in (p.periods[0], OCTOBER)]
    paths = [saved(book, tmp_path / f"{n}.xlsx") for n, book in enumerate(books)]
    for book, path, again in zip(books, paths, convert(paths, "xlsx", tmp_path / "out", recalculate=True), strict=True):
        count, different = differences(book, path, again)
        assert not different, different[:5]
        assert count


def _steps_around(value: Fraction, decimals: int) -> set[Fraction]:
    """The figures a clerk can enter one step below, at (or next to) and above an exact bound."""
    scale = 10**decimals
    below, above = Fraction(floor(value * scale), scale), Fraction(ceil(value * scale), scale)
    return {v for v in (below - Fraction(1, scale), below, above, above + Fraction(1, scale)) if v >= 0}


def _critical_values(t: Terms) -> set[Fraction]:
    """Values at which met or a light can change: the target and every band around the pace."""
    assert t.target is not None
    bounds = {t.target, t.target * Fraction(9995, 10000), Fraction(0)}
    for points in (t.bands.ahead, t.bands.yellow, t.bands.red, Fraction(0)):
        if t.pace is not None:
            share = t.pace + points / 100
            if t.opening is not None:
                bounds.add(t.opening + share * (t.target - t.opening))
            elif t.comparator.value == "≤" and share > 0:
                bounds.add(t.target / share)
            else:
                bounds.add(share * t.target)
    return bounds


def _cases(plan: Plan, period: Period) -> list[tuple[Terms, dict[str, Value]]]:
    cases: list[tuple[Terms, dict[str, Value]]] = []
    for indicator in plan.indicators:
        t = d.terms(plan, indicator, period)
        if t.target is None or not indicator.takes_figures:
            continue
        if t.kind is Kind.MILESTONE:
            cases += [(t, {"reported": v}) for v in ("是", "否", "", "可能")]
        elif t.kind is Kind.RATIO:
            for denominator in (Fraction(7), Fraction(335), Fraction(1000), Fraction(7777), Fraction(1000003)):
                for bound in _critical_values(t):
                    for numerator in _steps_around(bound * denominator, t.decimals):
                        cases.append((t, {"numerator": numerator, "denominator": denominator}))
            cases += [(t, {"numerator": n, "denominator": m}) for n, m in ((Fraction(1), ""), ("", ""), ("x", Fraction(2)), (Fraction(1), Fraction(0)))]
        else:
            for bound in _critical_values(t):
                cases += [(t, {"reported": v}) for v in _steps_around(bound, t.decimals)]
            cases += [(t, {"reported": v}) for v in ("", "约1.2万", "待核：3.14")]
    return cases


def _boundary_book(cases: list[tuple[Terms, dict[str, Value]]]) -> Book:
    sheet = Sheet("cases", "cases")
    for row, (t, cells) in enumerate(cases):
        def at(key: str, row: int = row) -> Key:
            return ("case", str(row), key)

        o = Operands(*(sheet.ref(at(key)) for key in ("reported", "numerator", "denominator", "target", "pace")))
        contents = {
            "numerator": cells.get("numerator"), "denominator": cells.get("denominator"), "target": t.target,
            "pace": t.pace if t.pace is not None else d.NONE,
            "reported": d.quotient(o.numerator, o.denominator) if t.kind is Kind.RATIO else cells["reported"],
            "met": d.met_mark(t, o), "rate": d.shown_rate(t, o), "points": d.shown_points(t, o), "status": d.status(t, o),
            "tally": d.tally(t, o), "capped": d.capped_rate(t, o), "remark": remark(t, o, "9月数 3", "见待决事项"),
            "gap": gap(t, o, sheet.ref(at("status"))), "missing": if_(sheet.ref(at("met")).equals("否"), missing(t, o), ""),
        }
        for column, (key, content) in enumerate(contents.items()):
            sheet.put(row, column, content, BODY, key=at(key))
    return Book([sheet], {})


def _bounded_by_nothing(indicator: Indicator) -> Indicator:
    """The indicator with a target of 0, where it counts something."""
    if indicator.kind not in (Kind.CUMULATIVE, Kind.STOCK, Kind.RATIO) or indicator.target is None:
        return indicator
    return indicator._replace(target=Fraction(0), comparator=Comparator.AT_MOST)


@pytest.mark.parametrize("name", ["sample_plan", "quarters_plan"])
def test_doubles_and_rationals_decide_alike_at_every_target_and_band(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    plan: Plan = request.getfixturevalue(name)
    flat = plan.having(indicators=tuple(i._replace(opening=None) for i in plan.indicators))
    august = date(plan.settings.year, 8, 15)
    due = plan.having(indicators=tuple(i._replace(deadline=august) for i in plan.indicators))
    none = plan.having(indicators=tuple(map(_bounded_by_nothing, plan.indicators)))
    books = [
        _boundary_book(_cases(p, period))
        for p in (plan, flat, due, none) for period in plan.periods if period.end_month in (3, 9, 10, 12)
    ]
    paths = [saved(book, tmp_path / f"{n}.xlsx") for n, book in enumerate(books)]
    total = 0
    for book, path, again in zip(books, paths, convert(paths, "xlsx", tmp_path / "out", recalculate=True), strict=True):
        count, different = differences(book, path, again)
        assert not different, different[:5]
        total += count
    print(f"{total} formulas at the bounds, all equal")
    assert total > 2000


def _everything(plan: Plan, period: Period) -> Mapping[str, Mapping[Key, Value]]:
    """Every input of every unit filled with something, doubtful cells among them."""
    given: dict[str, dict[Key, Value]] = {}
    for unit in plan.reporting_units:
        cells: dict[Key, Value] = {}
        for n, row in enumerate(form_rows(plan, unit.name, period)):
            form = unit_form(plan, unit, period, {})
            for cell in form.inputs():
                assert cell.key is not None
                if cell.key.row == row.name and not cell.key.is_explanation and cell.input is not None:
                    target = row.terms.target or Fraction(3)
                    number = Fraction(floor(target * (n % 3 + 1) / 2) + 1)
                    cells[cell.key] = "是" if cell.input.kind == "choice" else number if n % 5 else "待核：约3"
        given[unit.name] = cells
    return given


@pytest.mark.parametrize("quarter", [0, 1, 3])
def test_a_plan_unlike_the_first(quarters_plan: Plan, quarter: int, tmp_path: Path) -> None:
    period = quarters_plan.periods[quarter]
    account = empty_account(quarters_plan, period, _everything(quarters_plan, period))
    long = "关于" + "进一步推进管网改造的情况说明，" * 40
    account.units["县水利局"].words[word(1, "progress")] = long
    books = [master_book(account, "", 0), *(unit_book(quarters_plan, u, period, {}) for u in quarters_plan.reporting_units)]
    paths = [saved(book, tmp_path / f"{n}.xlsx") for n, book in enumerate(books)]
    for book, path, again in zip(books, paths, convert(paths, "xlsx", tmp_path / "out", recalculate=True), strict=True):
        count, different = differences(book, path, again)
        assert not different, different[:5]
        assert count


def test_matters_raised_by_units_that_do_not_lead(quarters_plan: Plan, tmp_path: Path) -> None:
    """They have neither advice nor a time by which it should be settled: the brief says so by a dash."""
    pairs = [(name, p.no) for p in quarters_plan.projects for name in p.responsible if name not in p.leads]
    account = empty_account(quarters_plan, quarters_plan.periods[0], {name: {word(no, "coordination"): "请协调用地"} for name, no in pairs})
    book = master_book(account, "", 0)
    path = saved(book, tmp_path / "总台账.xlsx")
    forced = convert([path], "xlsx", tmp_path / "forced", recalculate=True)[0]
    assert differences(book, path, forced)[1] == []
    brief = book.sheet("brief")
    assert [book.value(brief, brief.cell(("waiting", "1", key))) for key in ("what", "advice", "promise")] == ["请协调用地", "—", "—"]


def test_forty_projects_and_two_hundred_units(tmp_path: Path) -> None:
    from minsheng_xl.plan.load import check_tables
    from tests.makers import large_plan

    plan = check_tables(large_plan())
    period = plan.periods[4]
    units = {u.name: UnitAccount(u.name) for u in plan.reporting_units}
    for n, indicator in enumerate(plan.indicators):
        units[indicator.filler].figures[figure(indicator.code)] = Fraction(n % 90)
    book = master_book(PeriodAccount(plan=plan, period=period, units=units, before={}, last_known={}), "", 0)
    path = saved(book, tmp_path / "大.xlsx")
    count, different = differences(book, path, convert([path], "xlsx", tmp_path / "out", recalculate=True)[0])
    assert not different, different[:5]
    assert count > 4000
    assert sum(i.tier is Tier.ASSESSED for i in plan.indicators) == 120


def _varied(plan: Plan, period: Period) -> PeriodAccount:
    """An account with days that have come, increases, silence on former lights, a unit that is not named."""
    september = date(plan.settings.year, 9, 30)
    indicators = tuple(
        i._replace(
            deadline=september if n % 3 == 0 else i.deadline, span=Coverage.WITHIN if i.code == "10-2" else i.span,
            opening=i.target / 2 if i.kind is Kind.STOCK and i.target else i.opening,
        )
        for n, i in enumerate(plan.indicators)
    )
    units = tuple(u._replace(is_listed=u.name != "县残联") for u in plan.units)
    changed = Plan(plan.settings, plan.projects, indicators, units, plan.tables)
    given: dict[str, dict[Key, Value]] = {unit.name: {} for unit in changed.reporting_units}
    for n, i in enumerate(changed.indicators):
        if n % 5 and i.target is not None and i.takes_figures and i.kind is not Kind.MILESTONE:
            top = i.target * (n % 7) / 6 * 100
            cells = {"numerator": top, "denominator": Fraction(100)} if i.kind is Kind.RATIO else {"reported": top / 100}
            given[i.filler] |= {figure(i.code, measure): Fraction(floor(cells[measure])) for measure in i.measures}
    states = (d.Status.RED, d.Status.MISSING, d.Status.YELLOW, d.Status.ON_PACE)
    past = {
        each: {i.code: Past(states[(n + each.end_month) % 4].label, Fraction(n % 3, 2)) for n, i in enumerate(indicators)}
        for each in period.earlier
    }
    return empty_account(changed, period, given)._replace(past=past)


def test_silence_increases_and_the_last_period_are_reckoned_alike(sample_plan: Plan, tmp_path: Path) -> None:
    books = [master_book(_varied(sample_plan, period), "", 0) for period in (OCTOBER, sample_plan.periods[-1])]
    paths = [saved(book, tmp_path / f"{n}.xlsx") for n, book in enumerate(books)]
    for book, path, again in zip(books, paths, convert(paths, "xlsx", tmp_path / "out", recalculate=True), strict=True):
        count, different = differences(book, path, again)
        assert not different, different[:5]
        assert count > 1000
