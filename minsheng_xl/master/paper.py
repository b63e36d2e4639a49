"""纸质件: the office says that the signed paper of a return came, and whether its 核对数 agrees with the file."""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from minsheng_xl.accounts.paper import AGREES, DIFFERS
from minsheng_xl.accounts.period import Receipt
from minsheng_xl.ledger.receipts import receipts_of
from minsheng_xl.problems import MisuseError
from minsheng_xl.year.entries import PaperNoted
from minsheng_xl.year.folder import Year

WORDS = {AGREES: True, "相符": True, DIFFERS: False, "不符": False, "不相符": False}
_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")


SHORTEST = 6
"""The fewest signs of a fingerprint by which a file is named."""


class PaperSaid(NamedTuple):
    """What the office says of a paper: when it came, None to take that back; whether it agrees, None to say nothing of
    that."""

    received: date | None
    agrees: bool | None = None


def note_paper(year: Year, sha256: str, said: PaperSaid, now: datetime, *, master: str = "") -> str:
    """Note the paper of a return, by the beginning of its fingerprint. Returns the name of the file; `master` is that
    of the workbook in which it was said.

    Raises MisuseError if no return with figures, or more than one, has such a fingerprint, or the day cannot be.
    """
    with year.locked():
        receipt = _of_fingerprint(year, sha256)
        first = date(year.plan.settings.year, 1, 1)
        if said.received is not None and not first <= said.received <= now.date():
            raise MisuseError(f"纸质件收到日期 {said.received} 不会是真的：应在 {first.year} 年以来、今天以前。")
        if said.received is None and not _is_noted(year, receipt.sha256):
            raise MisuseError(f"{receipt.file} 没有登记过纸质件，没有什么可以取消。")
        noted = PaperNoted(
            at=now, period=year.period(receipt.period), unit=receipt.unit, sha256=receipt.sha256, file=receipt.file,
            received=said.received, agrees=said.agrees, who=str(year.who), master=master,
        )
        year.register.record([noted])
        return receipt.file


def not_one_file(sha256: str, count: int) -> str:
    """Why a fingerprint names no file."""
    return f"内容指纹 {sha256} 对应 {count} 个文件，应恰好一个。请照收件登记的“内容指纹”写全。"


def _is_noted(year: Year, sha256: str) -> bool:
    """Whether a paper of a return is noted that was not taken back."""
    entries = [entry for entry in year.register.entries(PaperNoted) if entry.sha256 == sha256]
    return bool(entries) and entries[-1].received is not None


def _of_fingerprint(year: Year, sha256: str) -> Receipt:
    """The return with figures of a fingerprint. Raises MisuseError."""
    named = [one for one in receipts_of(year.plan, year.register, None) if one.sha256.startswith(sha256)]
    files = {one.sha256 for one in named}
    if len(sha256) < SHORTEST or len(files) != 1:
        raise MisuseError(not_one_file(sha256, len(files)))
    found = next((one for one in named if one.takes_paper), None)
    if found is None:
        raise MisuseError(f"{named[-1].file} 不是已采用或待核的填报表，没有纸质件可登记。")
    return found


def day_of(text: str, now: datetime | None = None) -> date | None:
    """The day that a person wrote, in any usual way: 2022-11-08, 2022/11/8, 2022年11月8日; 11月8日 is the last one that
    has been by `now`, and none for certain without it."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        return None
    month, day = int(found[2]), int(found[3])
    likely = [now.year, now.year - 1] if now is not None else []
    for year in [int(found[1])] if found[1] else likely:
        with suppress(ValueError):
            if found[1] or now is None or date(year, month, day) <= now.date():
                return date(year, month, day)
    return None


def said_in(cells: Mapping[str, str], receipt: Receipt, now: datetime) -> list[PaperSaid]:
    """What the cells that were changed beside a receipt say, by the key of their column. Raises MisuseError."""
    known = receipt.paper
    day = cells.get("paper", str(known.received) if known is not None else "")
    word = cells.get("agrees", known.word if known is not None else "")
    if not day and not word:
        return [PaperSaid(None)]
    received = day_of(day, now)
    if received is None:
        if day:
            raise MisuseError(f"“{day}”不是日期。请写成 2022-11-05 的样子。")
        raise MisuseError("没有写纸质件收到日期。请补上，如 2022-11-05；要取消登记，两格都清空。")
    if "agrees" not in cells:
        return [PaperSaid(received)]
    if word and word not in WORDS:
        raise MisuseError(f"核对数相符写的是“{word}”。请写 {AGREES} 或 {DIFFERS}。")
    return [PaperSaid(received, WORDS[word])] if word else [PaperSaid(None), PaperSaid(received)]
