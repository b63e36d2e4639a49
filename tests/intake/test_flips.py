"""A file damaged on its way gives the same figures and words, or is not taken; it never raises."""

import zipfile
from io import BytesIO

from minsheng_xl.accounts.values import Outcome
from tests.intake.flips import SOURCES, damages, filled_workbooks, structural_bytes, tallied

COUNT = 6000


def test_a_damaged_return_gives_the_same_or_nothing() -> None:
    tally = tallied(COUNT)
    print(f"{tally.accepted} of {COUNT} accepted with the sound figures; {dict(tally.outcomes.most_common())}")
    assert not tally.faults, tally.faults[:10]
    assert sum(tally.outcomes.values()) == COUNT
    assert tally.outcomes[Outcome.UNRECOGNISED.value] > COUNT / 2
    assert tally.accepted > COUNT / 20, "a bit turned where nobody reads (in a time, in a padding) refuses no return"


def test_the_damages_are_those_that_are_told() -> None:
    """Each file differs from its sound one by one bit or by its length, in every unit and way."""
    sound = filled_workbooks()
    seen = set()
    for damage in damages(300):
        before = sound[damage.unit]
        bits = sum((a ^ b).bit_count() for a, b in zip(before, damage.content, strict=False))
        assert bits == 1 if len(before) == len(damage.content) else before.startswith(damage.content)
        seen.add((damage.unit, damage.what))
    assert len(seen) == len(SOURCES) * 3


def test_the_headers_are_where_the_zip_says() -> None:
    for content in filled_workbooks().values():
        outside = structural_bytes(content)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert len(content) - len(outside) == sum(entry.compress_size for entry in archive.infolist())
        assert outside[:4] == [0, 1, 2, 3]
        assert outside[-1] == len(content) - 1
