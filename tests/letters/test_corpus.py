"""A corpus of broken mails through the intake: one outcome each, in the child's limits; of those that hold a form each
is taken with its figures, of the others none."""

from pathlib import Path

import pytest

from minsheng_xl import Period, Year
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.intake.gate import FileKind
from minsheng_xl.intake.packed import can_open
from minsheng_xl.intake.stream import judge_one, parts_of
from minsheng_xl.letters.model import Head
from tests.letters.corpus import Sample, corpus
from tests.makers import figure, send
from tests.sharing import copied

OCTOBER = Period.parse("2022-10")
_NAMES = tuple(corpus(b"PK\x03\x04" + bytes(3000)))


@pytest.fixture(scope="module")
def post(issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Year, dict[str, Sample]]:
    (year,) = copied(issued_folder, tmp_path_factory.mktemp("post") / "年")
    form = send(year, "县残联", OCTOBER, {figure("8-1"): "106"}).read_bytes()
    return year, corpus(form)


def test_the_corpus_is_as_large_as_it_is_said() -> None:
    assert len(_NAMES) >= 185


@pytest.mark.parametrize("name", _NAMES)
def test_a_form_is_found_or_is_not_there(name: str, post: tuple[Year, dict[str, Sample]]) -> None:
    if name == "nested: rar" and not can_open(FileKind.RAR):
        pytest.skip("nothing here opens a .rar")
    year, samples = post
    sample = samples[name]
    parts = list(parts_of(year.root, "来.eml", sample.content, is_mail=True))
    heads = [one.head for one in parts if one.head is not None]
    assert len(heads) == 1 and isinstance(heads[0], Head)
    judged = [judge_one(year.root, one.name, one.content, year.state()) for one in parts if one.head is None and one.problem is None]
    taken = [one for one in judged if one.outcome is Outcome.ACCEPTED]
    assert bool(taken) is sample.holds
    for one in taken:
        assert one.unit == "县残联" and one.content is not None
        assert one.content.figures[figure("8-1")] == 106
