"""A form is read by the layout that it bears: whatever the present declaration says, no figure is read wrongly.

The forms of version 0.1.0 are kept as bytes, from before layouts had digests; others go out now. Then somebody
changes a declaration and forgets everything else: each form is read as it went out, or refused in words.
What is expected was written by hand from what the clerks typed (tests/kept/make_year.py).
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest

from minsheng_xl import Period, Year, issue
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Figure, Outcome
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import certification, rows, table, unit
from minsheng_xl.forms.declaration import Layout, Layouts
from minsheng_xl.intake.evidence import YearEvidence
from minsheng_xl.intake.judge import Judge
from minsheng_xl.plan.text import read_folder
from tests.kept.clerk import fill
from tests.kept.make_year import IN_MAY, MAY, TABLES, WAIT_IN_MAY

KEPT = Path(__file__).parents[1] / "kept" / "year-0.1"
T = TypeVar("T")
Change = Callable[[pytest.MonkeyPatch], None]


def reported(code: str, name: str = "reported") -> Key:
    return Key("figure", code, name)


HEALTH = {
    reported("2-1"): Fraction(680), reported("2-2", "numerator"): Fraction(80),
    reported("2-3", "numerator"): Fraction(1164), reported("2-3", "denominator"): Fraction(1200),
}
EXPECTED: Mapping[str, Mapping[Key, Figure]] = {
    "县卫健局": HEALTH,
    "县交通局": {reported("1-1"): Fraction("25.5"), reported("1-2"): Fraction("14.2")},
    "县住建局": {reported("3-2"): Fraction(210), Key("share", "1-1", "reported"): Fraction("6.5")},
    "县统计局": {Key("certify", "2-1", "figure"): Fraction(676), Key("certify", "2-3", "figure"): Fraction("0.97")},
}
WORDS: Mapping[str, Mapping[Key, str]] = {
    "县卫健局": {Key("word", "2", "progress"): "新增床位三十张", Key("word", "2", "problem"): "村医不足"},
    "县交通局": {
        Key("word", "1", "progress"): "本期无新进展", Key("word", "1", "problem"): "沥青涨价",
        Key("word", "1", "outlook"): "能完成",
    },
    "县住建局": {Key("word", "3", "support"): "主体封顶"},
    "县统计局": {Key("certify", "2-1", "reason"): "四张未启用", Key("certify", "2-1", "opinion"): "核减"},
}


class Folder(NamedTuple):
    """A year, and returns in it by the unit that sent them."""

    year: Year
    returns: Mapping[str, bytes]


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    """What version 0.1.0 issued, and what was filled in."""
    root = tmp_path_factory.mktemp("earlier") / "年"
    shutil.copytree(KEPT / "年", root)
    waiting = {name: (KEPT / "待放入" / f"{name}五月.xlsx").read_bytes() for name in ("县交通局", "县住建局", "县统计局")}
    year = Year(root, writable=False)
    yield Folder(year, {**waiting, "县卫健局": (root / "收件" / MAY / "县卫健局.xlsx").read_bytes()})
    year.close()


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    """What this version issues, and what was filled in."""
    root = tmp_path_factory.mktemp("present")
    year = Year.create(root / "年", read_folder(TABLES))
    issue(year, Period.parse(MAY), datetime(2023, 5, 31))
    returns = {}
    for name, answers in {**WAIT_IN_MAY, **IN_MAY}.items():
        fill(year.issued_folder(Period.parse(MAY)) / f"{name}_{MAY}.xlsx", root / "来件.xlsx", answers)
        returns[name] = (root / "来件.xlsx").read_bytes()
    yield Folder(year, returns)
    year.close()


def judged(folder: Folder, name: str) -> Return:
    return Judge(folder.year.plan, YearEvidence(folder.year)).judge(f"{name}.xlsx", "0" * 64, folder.returns[name])


def told(found: Return, name: str) -> str:
    """How a return ended: accepted as it was typed, refused or held in words, or read wrongly."""
    content = found.content
    if content is not None:
        said = {key: text for key, text in content.words.items() if key in WORDS[name]}
        return found.outcome.value if (content.figures, said) == (EXPECTED[name], WORDS[name]) else "WRONG"
    return found.outcome.value if found.outcome is not Outcome.ACCEPTED and found.problems else "WRONG"


def changes(every: Sequence[T], filled: Sequence[int] = ()) -> Iterator[tuple[str, tuple[T, ...]]]:
    """Each of the declared taken out, each doubled, each swapped with the next and each of `filled` with any."""
    for n in range(len(every)):
        yield f"{n} out", (*every[:n], *every[n + 1 :])
        yield f"{n} doubled", (*every[: n + 1], every[n], *every[n + 1 :])
        for m in range(n):
            if m == n - 1 or m in filled or n in filled:
                swapped = list(every)
                swapped[m], swapped[n] = swapped[n], swapped[m]
                yield f"{m} and {n} swapped", tuple(swapped)


def declared(monkeypatch: pytest.MonkeyPatch, module: Any, layout: Layout) -> None:
    """Another layout is the present one, as if it had been declared."""
    drawn, first = (unit._example, ("2", "0c8e2614")) if module is unit else (certification._example, ("认定1", "0d21c1bb"))
    prefix = "" if module is unit else "认定"
    monkeypatch.setattr(module, "LAYOUT", layout)
    monkeypatch.setattr(module, "LAYOUTS", Layouts(layout, drawn, prefix=prefix, first=first))


def column_changes(module: Any, of: Any) -> Iterator[tuple[str, Change]]:
    filled = [n for n, column in enumerate(of.COLUMNS) if column.declared.filled]
    for what, columns in changes(of.COLUMNS, filled):
        def change(monkeypatch: pytest.MonkeyPatch, columns: Any = columns) -> None:
            monkeypatch.setattr(of, "COLUMNS", columns)
            declared(monkeypatch, module, module.LAYOUT._replace(columns=tuple(one.declared for one in columns)))

        yield f"column {what}", change


def row_changes(module: Any) -> Iterator[tuple[str, Change]]:
    """The rows and cells of the head, of the words on a project, of 资金 and of the projects supported."""
    layout: Layout = module.LAYOUT
    for name in ("head", "lead", "funding", "support"):
        for what, fields in changes(getattr(layout, name)):
            def change(monkeypatch: pytest.MonkeyPatch, name: str = name, fields: Any = fields) -> None:
                declared(monkeypatch, module, layout._replace(**{name: fields}))

            yield f"{name} {what}", change
    for n, row in enumerate(layout.lead):
        for what, fields in changes(row):
            def change(monkeypatch: pytest.MonkeyPatch, n: int = n, fields: Any = fields) -> None:
                lead = (*layout.lead[:n], fields, *layout.lead[n + 1 :])
                declared(monkeypatch, module, layout._replace(lead=lead))

            yield f"lead {n} {what}", change


def moved_places(module: Any) -> Iterator[tuple[str, Change]]:
    """Every field of the head and of the words one column further right or wider, every title another."""
    layout: Layout = module.LAYOUT
    for n, field in enumerate(layout.head):
        for what, other in (
            ("right", field._replace(column=field.column + 1)), ("down", field._replace(row=field.row + 1)),
            ("wider", field._replace(label=field.label + 1)), ("called", field._replace(title="另一名")),
        ):
            def change(monkeypatch: pytest.MonkeyPatch, n: int = n, other: Any = other) -> None:
                head = (*layout.head[:n], other, *layout.head[n + 1 :])
                declared(monkeypatch, module, layout._replace(head=head))

            yield f"head {n} {what}", change


def order_changes() -> Iterator[tuple[str, Change]]:
    """The rows of figures in another order, one missing, one double."""
    def form_rows(what: str, *given: Any) -> list[rows.FormRow]:
        found = rows.form_rows(*given)
        return [*dict(changes(found)).get(what, tuple(found))]

    for what in dict(changes(range(4))):
        def change(monkeypatch: pytest.MonkeyPatch, what: str = what) -> None:
            monkeypatch.setattr(unit, "form_rows", lambda *given: form_rows(what, *given))

        yield f"rows {what}", change


def ends(folder: Folder, names: Sequence[str], every: Iterator[tuple[str, Change]]) -> Counter[str]:
    """How returns end under every change; none may be read wrongly."""
    counted: Counter[str] = Counter()
    wrong = []
    for what, change in every:
        with pytest.MonkeyPatch.context() as monkeypatch:
            change(monkeypatch)
            for name in names:
                end = told(judged(folder, name), name)
                counted[end] += 1
                wrong += [f"{what}: {name}"] if end == "WRONG" else []
    print(dict(counted))
    assert not wrong, wrong
    return counted


@pytest.mark.parametrize("name", EXPECTED)
def test_a_form_of_the_first_version_is_accepted_figure_for_figure(earlier: Folder, name: str) -> None:
    assert told(judged(earlier, name), name) == "accepted"


@pytest.mark.parametrize("name", ["县卫健局", "县交通局", "县住建局"])
def test_a_form_of_the_present_layout_is_accepted_figure_for_figure(present: Folder, name: str) -> None:
    assert told(judged(present, name), name) == "accepted"


def test_columns_change_under_a_form_of_the_first_version(earlier: Folder) -> None:
    counted = ends(earlier, ["县卫健局"], column_changes(unit, table))
    assert set(counted) == {"accepted"}  # its layout is kept: it is read as it went out
    assert counted["accepted"] > 90


def test_columns_change_under_a_form_that_is_out(present: Folder) -> None:
    counted = ends(present, ["县卫健局"], column_changes(unit, table))
    assert set(counted) == {"accepted"}
    assert counted["accepted"] > 90


def test_rows_and_places_change_under_forms_that_are_out(earlier: Folder, present: Folder) -> None:
    for folder, names in ((earlier, ["县交通局", "县住建局"]), (present, ["县交通局"])):
        counted = ends(folder, names, iter([*row_changes(unit), *moved_places(unit)]))
        assert set(counted) == {"accepted"}
        assert counted["accepted"] > 90


def test_rows_of_figures_change_under_forms_that_are_out(earlier: Folder, present: Folder) -> None:
    for folder in (earlier, present):
        counted = ends(folder, ["县卫健局", "县交通局", "县住建局"], order_changes())
        assert counted["refused"] > counted["accepted"]  # another order is another form: refused in words


def test_the_certifiers_declaration_changes_under_a_form_that_is_out(earlier: Folder) -> None:
    every = [*column_changes(certification, certification), *row_changes(certification), *moved_places(certification)]
    assert set(ends(earlier, ["县统计局"], iter(every))) == {"accepted"}


def test_a_layout_taken_for_another_is_found_out_by_the_original(
    earlier: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if every version were taken for the present layout, the workbook that went out says otherwise."""
    monkeypatch.setattr(Layouts, "layout", lambda self, version: self.present)
    units = ends(earlier, ["县卫健局", "县住建局"], iter([*column_changes(unit, table), *row_changes(unit)]))
    certifiers = ends(earlier, ["县统计局"], iter([*column_changes(certification, certification)]))
    assert set(units) <= {"accepted", "refused"}
    assert units["refused"] > 200  # accepted where nothing that is filled in stands elsewhere
    assert certifiers["refused"] > 90
