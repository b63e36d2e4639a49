"""Filled workbooks with a single bit turned, or cut short: what the judge makes of each.

python -m tests.intake.flips 100000
"""

import random
import struct
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Doubt, Outcome
from minsheng_xl.intake.judge import Judge
from tests.hostile.base import CIVIL, HEALTH, JUSTICE, OCTOBER, PLAN, SOUND, Make, fill, issued, untouched
from tests.hostile.habits import by_openpyxl

SEED = 20221107
SAME = " with the same content"
ACCEPTED_THE_SAME = Outcome.ACCEPTED.value + SAME

# A unit with stocks and the office's denominators, one with ratios whose file a script saved, one with words alone.
SOURCES: dict[str, Make] = {CIVIL: untouched, HEALTH: by_openpyxl, JUSTICE: untouched}


@dataclass(frozen=True)
class Damage:
    """One damaged file: which unit's, what was done to it, and its bytes."""

    unit: str
    what: str
    place: int
    content: bytes

    def __str__(self) -> str:
        return f"{self.unit}: {self.what} {self.place}"


@dataclass
class Tally:
    """How many files ended how, and which of them should not have."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        """How many were accepted, with the content of the sound file."""
        return self.outcomes[ACCEPTED_THE_SAME]


@cache
def filled_workbooks() -> dict[str, bytes]:
    """The sound return of each unit; made once, for openpyxl writes the time into it."""
    return {unit: make(fill(issued(unit), unit, SOUND[unit])) for unit, make in SOURCES.items()}


def structural_bytes(content: bytes) -> list[int]:
    """Where a zip holds its headers and names: all that stands outside the packed parts, which a checksum guards."""
    guarded: set[int] = set()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            named, extra = struct.unpack_from("<HH", content, entry.header_offset + 26)
            start = entry.header_offset + 30 + named + extra
            guarded.update(range(start, start + entry.compress_size))
    return [place for place in range(len(content)) if place not in guarded]


def damages(count: int, seed: int = SEED) -> Iterator[Damage]:
    """Seeded damages: six in ten turn a bit anywhere, three a bit of the headers, one cuts the file."""
    draw = random.Random(seed)
    sound = filled_workbooks()
    headers = {unit: structural_bytes(content) for unit, content in sound.items()}
    units = list(sound)
    for number in range(count):
        unit = units[number % len(units)]
        content, kind = sound[unit], draw.randrange(10)
        if kind == 0:
            place = draw.randrange(len(content))
            yield Damage(unit, "cut at byte", place, content[:place])
            continue
        place = draw.randrange(len(content)) if kind < 7 else draw.choice(headers[unit])
        bit = draw.randrange(8)
        changed = bytearray(content)
        changed[place] ^= 1 << bit
        yield Damage(
            unit,
            "bit turned in byte" if kind < 7 else "bit of a header turned in byte",
            place * 8 + bit,
            bytes(changed),
        )


def tallied(count: int, seed: int = SEED) -> Tally:
    """Judge that many damaged files; a fault is an exception, or a figure or word that is not the sound one."""
    judge, tally = Judge(PLAN), Tally()
    sound = {unit: judge.judge("sound.xlsx", "0", content) for unit, content in filled_workbooks().items()}
    assert {found.outcome for found in sound.values()} == {Outcome.ACCEPTED}, [
        found.problems for found in sound.values()
    ]
    for damage in damages(count, seed):
        try:
            found = judge.judge("damaged.xlsx", "0", damage.content)
        except Exception as error:  # any at all is the fault looked for
            tally.outcomes["raised"] += 1
            tally.faults.append(f"{damage}: raised {error!r}")
            continue
        same = found.content == sound[damage.unit].content
        tally.outcomes[found.outcome.value + (SAME if same else "")] += 1
        wrong = "" if same else differing(found, sound[damage.unit])
        if wrong:
            tally.faults.append(f"{damage}: {wrong}")
    return tally


def differing(found: Return, sound: Return) -> str:
    """What a damaged file gives that the sound one does not; an acceptance must give just the same."""
    assert sound.content is not None
    if found.outcome in (Outcome.ACCEPTED, Outcome.DUPLICATE):
        return f"accepted with {found.content}"
    if found.content is None:
        return ""
    if (found.unit, found.period) != (sound.unit, OCTOBER):
        return f"taken for {found.unit} {found.period}"
    figures = {
        k: v for k, v in found.content.figures.items() if not isinstance(v, Doubt) and v != sound.content.figures.get(k)
    }
    words = {k: v for k, v in found.content.words.items() if v != sound.content.words.get(k)}
    return f"held with {figures} {words}" if figures or words else ""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    started = time.process_time()
    tally = tallied(count)
    print(
        f"{count} damaged files in {time.process_time() - started:.0f} s of processor time: "
        f"{tally.accepted} accepted with the sound figures; {dict(tally.outcomes.most_common())}"
    )
    print("\n".join(tally.faults[:50]) or "no fault")
    sys.exit(bool(tally.faults))


if __name__ == "__main__":
    main()
