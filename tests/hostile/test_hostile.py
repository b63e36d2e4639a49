"""No file stops `inspect`, and none silently becomes a wrong figure: every variant is said rightly.

What is rightful was written by hand from the specification, beside each variant, with its reason.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from minsheng_xl import Year
from minsheng_xl import inspect as inspect_files
from minsheng_xl import inspected as inspected_line
from minsheng_xl.desk.cluster import executor_of
from tests.cluster import cluster
from tests.hostile.base import ACCEPTED, DUPLICATE, FIXED, HELD, PLAN, REFUSED, SKIPPED, UNRECOGNISED, Variant
from tests.hostile.corpus import VARIANTS, Corpus, file_name, prepare_year, write_corpus
from tests.libreoffice.soffice import needs_libreoffice
from tests.sharing import made_once

SECONDS = 900
CHINESE = re.compile("[\u4e00-\u9fff]")
Figures = dict[tuple[str, str], Fraction]


@dataclass(frozen=True)
class Inspected:
    """What one run of the program said of the whole corpus: lines by file; of a zip one for each member."""

    lines: dict[str, list[dict[str, Any]]]
    errors: str
    returncode: int
    changed: list[str]


def inspect(year: Path, *paths: Path, seconds: float = SECONDS) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "minsheng_xl", "inspect", *map(str, paths), "--plan", str(year), "--json"]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=seconds, check=False, env=environment)


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder by its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return made_once(tmp_path_factory, "hostile", write_corpus)


@pytest.fixture(scope="session")
def inspected(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Inspected:
    return made_once(tmp_path_factory, "inspected", lambda _: _inspect(corpus))


def _inspect(corpus: Corpus) -> Inspected:
    before = contents(corpus.files) | contents(corpus.year)
    run = inspect(corpus.year, corpus.files)
    lines: dict[str, list[dict[str, Any]]] = {}
    names = {path.name for path in corpus.files.iterdir()}
    for line in map(json.loads, run.stdout.splitlines()):
        owner = next(part for part in re.split(r"[/\\\\]", line["file"]) if part in names)
        lines.setdefault(owner, []).append(line)
    after = contents(corpus.files) | contents(corpus.year)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return Inspected(lines, run.stderr, run.returncode, changed)


def figures(values: Any) -> Figures:
    """Every figure of a line or a variant; each text must be a plain decimal."""
    found: Figures = {}
    for code, measures in values.items():
        for measure, lexeme in measures.items():
            assert re.fullmatch(r"-?\d+(\.\d+)?", lexeme), (code, measure, lexeme)
            found[code, measure] = Fraction(lexeme)
    return found


def rates(given: Figures) -> Figures:
    """What follows from the figures given: the office's denominators, and the ratios."""
    follows: Figures = {}
    for (code, measure), numerator in given.items():
        if measure == "numerator":
            fixed = FIXED.get(code)
            denominator = Fraction(fixed) if fixed else given.get((code, "denominator"))
            if fixed:
                follows[code, "denominator"] = Fraction(fixed)
            if denominator:
                follows[code, "reported"] = numerator / denominator
    return follows


def wrong_figures(variant: Variant, line: dict[str, Any]) -> list[str]:
    """Figures that stand in the line and are not the rightful ones."""
    given = figures(variant.values)
    rightful = rates(given) | figures(variant.also) | given
    wrong = []
    for place, value in figures(line["values"]).items():
        if not PLAN.indicator(place[0]).takes_figures:
            continue  # what is derived from other figures
        expected = rightful.get(place)
        if place[1] == "reported" and expected is not None and place not in given:
            expected = value if abs(expected - value) <= Fraction(1, 2_000_000) else expected
        if value != expected:
            wrong.append(f"{place[0]} {place[1]}: {value}, not {expected}")
    return wrong


def missing_figures(variant: Variant, line: dict[str, Any]) -> list[str]:
    found = figures(line["values"])
    return [f"{code} {measure} = {value}" for (code, measure), value in figures(variant.values).items() if (code, measure) not in found]


def told(line: dict[str, Any]) -> str:
    problems = "；".join(f"{p['code']} {p['severity']} {p['cell']} {p['message']}（{str(p['seen'])[:40]}）" for p in line["problems"][:4])
    return f"said {line['outcome']} {line['values']} {problems}"


def lines_of(inspected: Inspected, name: str) -> list[dict[str, Any]]:
    variant, file = VARIANTS[name], file_name(name)
    if file not in inspected.lines and SKIPPED in variant.outcomes:
        pytest.skip("no program calls this a return")
    assert file in inspected.lines, f"no line for it; {inspected.errors[-2000:]}"
    return inspected.lines[file]


def _marked(name: str) -> Any:
    marks = [needs_libreoffice, pytest.mark.office] if VARIANTS[name].office else []
    return pytest.param(name, marks=marks, id=name)


@pytest.mark.parametrize("name", [_marked(name) for name in VARIANTS])
def test_a_variant_is_said_rightly(inspected: Inspected, name: str) -> None:
    variant = VARIANTS[name]
    for line in lines_of(inspected, name):
        because = f"{variant.reason}; {told(line)}"
        assert line["outcome"] in variant.outcomes, f"should be {sorted(variant.outcomes)}: {because}"
        assert not wrong_figures(variant, line), because
        if line["outcome"] in (ACCEPTED, DUPLICATE) or len(variant.outcomes) == 1:
            assert not missing_figures(variant, line), f"should have {variant.values}: {because}"
        if variant.code is not None:
            assert variant.code in {p["code"] for p in line["problems"]}, because


@pytest.mark.parametrize("name", [_marked(name) for name in VARIANTS])
def test_every_problem_speaks_to_a_person(inspected: Inspected, name: str) -> None:
    for line in lines_of(inspected, name):
        for problem in line["problems"]:
            assert problem["code"]
            assert problem["severity"] in ("提示", "待核", "退回")
            assert CHINESE.search(problem["message"]), problem
            assert CHINESE.search(problem["action"]), problem
            assert "Traceback" not in str(problem)
        severities = {problem["severity"] for problem in line["problems"]}
        if line["outcome"] == ACCEPTED:
            assert severities <= {"提示"}
        if line["outcome"] == HELD:
            assert "待核" in severities
        if line["outcome"] in (REFUSED, UNRECOGNISED):
            assert severities
            assert line["values"] == {}
        if line["outcome"] == UNRECOGNISED:
            assert (line["unit"], line["period"]) == (None, None)
        if line["outcome"] in (ACCEPTED, DUPLICATE):
            assert (line["unit"], line["period"]) == (VARIANTS[name].unit, str(VARIANTS[name].period))


def test_the_run_ends_as_a_run_should(inspected: Inspected) -> None:
    assert "Traceback" not in inspected.errors
    assert "程序出错" not in inspected.errors
    assert inspected.returncode in (0, 1)
    assert not Path("/tmp/minsheng-evil.txt").exists()


def test_nothing_is_changed_by_looking(inspected: Inspected) -> None:
    assert inspected.changed == []


def test_the_corpus_as_a_whole(inspected: Inspected) -> None:
    """At least 230 variants; nearly all honest ones taken; no figure silently wrong."""
    lines = {name: inspected.lines[file_name(name)] for name in VARIANTS if file_name(name) in inspected.lines}
    assert len(lines) >= 230
    honest = [name for name in lines if VARIANTS[name].honest]
    assert len(honest) >= 60
    turned_away = [f"{name}: {told(line)}" for name in honest for line in lines[name] if line["outcome"] != ACCEPTED]
    silent = {name: wrong for name, said in lines.items() for line in said if (wrong := wrong_figures(VARIANTS[name], line))}
    print(Counter(line["outcome"] for said in lines.values() for line in said), f"{len(honest)} honest, {len(turned_away)} of them not taken")
    assert not silent, silent
    assert len(turned_away) <= len(honest) * 0.05, "\n".join(turned_away)


@pytest.fixture
def odd_folder(tmp_path: Path) -> Path:
    """What else can lie in a folder: a pipe, links that lead away or nowhere, a folder named like a file."""
    folder = tmp_path / "来件"
    folder.mkdir()
    os.mkfifo(folder / "pipe.xlsx")
    (folder / "nowhere.xlsx").symlink_to(tmp_path / "missing.xlsx")
    (folder / "passwd.xlsx").symlink_to("/etc/passwd")
    (folder / "circle.xlsx").symlink_to(folder / "circle.xlsx")
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    (folder / "folder.xlsx").mkdir()
    (folder / "a\nline.xlsx").write_bytes(b"x")
    (folder / "zero.xlsx").write_bytes(b"")
    with (folder / "huge.xlsx").open("wb") as stream:
        stream.truncate(3 << 30)  # three gigabytes, sparse
    return folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_regular_file_stops_nothing(odd_folder: Path, tmp_path: Path) -> None:
    year = prepare_year(tmp_path / "年")
    year.close()
    run = inspect(year.root, odd_folder, seconds=120)
    assert "Traceback" not in run.stderr
    assert "程序出错" not in run.stderr
    for line in map(json.loads, run.stdout.splitlines()):
        assert line["values"] == {}
        assert line["outcome"] in (UNRECOGNISED, REFUSED, "attachment")


@pytest.mark.posix(reason="Dask's commands are tried on Linux")
def test_a_cluster_says_of_every_file_what_is_said_here(corpus: Corpus, inspected: Inspected, tmp_path: Path) -> None:
    year = Year(corpus.year, writable=False)
    with cluster(tmp_path / "cluster") as two, executor_of(two.address) as executor:
        far = [inspected_line(year.plan, one) for one in inspect_files(year, [corpus.files], executor)]
    year.close()
    here = {line["file"]: line for lines in inspected.lines.values() for line in lines}
    assert len(far) == len(here) > 600
    assert {line["file"]: line for line in map(json.loads, map(json.dumps, far))} == here
