"""Where figures stand in the originals that came: each is read once, and its cells are kept to be looked up."""

from collections.abc import Mapping, Sequence

from minsheng_xl.exact.keys import Key
from minsheng_xl.intake.again import Rereading
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.custody import chain_of
from minsheng_xl.year.entries import Judged
from minsheng_xl.year.folder import Year
from minsheng_xl.year.watching import Progress, unwatched


def cells_of(
    year: Year, judged: Sequence[tuple[int, Judged]], progress: Progress = unwatched
) -> Mapping[int, Mapping[Key, str]]:
    """Where the figures of returns stand, as 填报表 H12, by the number of the journal's line that judged them; one
    whose original cannot be read any more is left out."""
    known = year.cache.cells()
    unknown = [one for one in judged if one[1].returned.sha256 not in known]
    fresh = _read(year, unknown, progress) if unknown else {}
    year.cache.keep_cells(fresh)
    every = {**known, **fresh}
    there = [(seq, every[entry.returned.sha256]) for seq, entry in judged if entry.returned.sha256 in every]
    return {seq: _by_key(cells) for seq, cells in there}


def _read(year: Year, judged: Sequence[tuple[int, Judged]], progress: Progress) -> dict[str, dict[str, str]]:
    rereading = Rereading(year, year.register, chain_of(year.journal).lines)
    found = {}
    for done, (seq, entry) in enumerate(judged, 1):
        try:
            again = rereading.of(seq, entry)
        except (OSError, MinshengError):  # the archive has not its bytes, or not those of the form or the plan
            again = None
        if again is not None:
            found[entry.returned.sha256] = {"\t".join(key): again.cell(key) for key in again.cells}
        progress(done, len(judged))
    return found


def _by_key(cells: Mapping[str, str]) -> Mapping[Key, str]:
    return {Key(*name.split("\t")): cell for name, cell in cells.items()}
