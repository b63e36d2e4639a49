"""The whole corpus, written into a folder beside a year in which October is due."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from minsheng_xl import Year, consolidate, issue
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.plan.read import built_in_tables
from tests.hostile import (
    beside,
    cells,
    container,
    elsewhere,
    habits,
    identity,
    ink,
    overlaid,
    programs,
    references,
    rules,
    screen,
    structure,
    xml_parts,
)
from tests.hostile.base import BEFORE, OCTOBER, SEPTEMBER, Variant, fill, filled
from tests.libreoffice.soffice import PROGRAM, REQUIRED, convert

GROUPS: dict[str, Sequence[Variant]] = {
    module.__name__.rpartition(".")[2]: module.VARIANTS
    for module in (
        container, xml_parts, cells, screen, overlaid, ink, beside, elsewhere, references, programs, structure,
        identity, habits, rules,
    )
}
VARIANTS: dict[str, Variant] = {f"{group}: {v.name}": v for group, variants in GROUPS.items() for v in variants}
NUMBERS = {name: n for n, name in enumerate(VARIANTS, 1)}


def file_name(name: str) -> str:
    return VARIANTS[name].file.replace("{n}", f"{NUMBERS[name]:03d}")


@dataclass(frozen=True)
class Corpus:
    """The folder of the files, and of the year they are inspected against."""

    year: Path
    files: Path


def prepare_year(root: Path) -> Year:
    """The sample plan; September issued, returned soundly and consolidated; October issued."""
    year = Year.create(root, built_in_tables(sample=True))
    issue(year, SEPTEMBER, datetime(2022, 9, 29, 9))
    for unit, figures in BEFORE.items():
        name = f"{year.plan.unit(unit).sheet_name}_{SEPTEMBER}.xlsx"
        content = fill((year.issued_folder(SEPTEMBER) / name).read_bytes(), unit, figures, SEPTEMBER)
        (year.inbox / name).write_bytes(content)
    taken = consolidate(year, SEPTEMBER, datetime(2022, 10, 8, 10))
    assert {f.outcome for f in taken.files} == {Outcome.ACCEPTED}, [(f.file, f.problems) for f in taken.files]
    issue(year, OCTOBER, datetime(2022, 10, 31, 9))
    return year


def write_corpus(root: Path) -> Corpus:
    """Make the year and every variant; those that LibreOffice saves only where it is installed."""
    year = prepare_year(root / "年")
    files, forms = root / "来件", year.root / "发出"
    files.mkdir()
    saved: dict[str, list[str]] = {}
    for name, variant in VARIANTS.items():
        if variant.office and PROGRAM is None and not REQUIRED:
            continue
        content = variant.make(filled(forms, variant))
        if variant.office:
            saved.setdefault(variant.office, []).append(name)
            (root / f"{NUMBERS[name]:03d}.xlsx").write_bytes(content)
        else:
            (files / file_name(name)).write_bytes(content)
    for route, names in saved.items():
        paths = [root / f"{NUMBERS[name]:03d}.xlsx" for name in names]
        for step, kind in enumerate(route.split("-")):
            paths = convert(paths, kind, root / f"{route}{step}", recalculate=False)
        for name, path in zip(names, paths, strict=True):
            shutil.copy(path, files / file_name(name))
    year.close()
    return Corpus(year.root, files)
