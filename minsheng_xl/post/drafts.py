"""Letters that a person sends: drafts for a mail program, or one parcel and one text for a group or an OA."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.plan.addresses import domain_of
from minsheng_xl.plan.period import Period, month_and_day
from minsheng_xl.post.account import Account
from minsheng_xl.post.carried import letter_id
from minsheng_xl.post.send import Due
from minsheng_xl.post.writing import Outgoing, written
from minsheng_xl.year.folder import ISSUED_FOLDER, Year
from minsheng_xl.year.storage import write_whole

_UNSENT = b"X-Unsent: 1\r\n"
"""By which a mail program opens a letter to be sent, not to be read."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class GroupResult(NamedTuple):
    """The parcel, and the text that goes into the group with it."""

    parcel: Path
    text: Path


def put_drafts(due: Sequence[Due], period: Period, account: Account, folder: Path, now: datetime) -> list[Path]:
    """Write a draft for each unit into a folder. Raises MinshengError."""
    paths = []
    for one, words, *_ in due:
        letter = letter_id(period, one, domain_of(account.sender))
        content = written(account, Outgoing(one.to or ("",), one.copies, words, one.enclosed), letter, now)
        paths.append(folder / f"{one.unit.sheet_name}_{period}_{one.what}.eml")
        write_whole(paths[-1], _UNSENT + content)
    return paths


def put_parcel(year: Year, due: Sequence[Due], period: Period, what: str) -> GroupResult:
    """Write 发出/P-发群/: all workbooks in one zip, and a text that names each unit. Raises MinshengError."""
    folder = year.root / ISSUED_FOLDER / f"{period}-发群"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for one in due:
            for enclosed in one.carried.enclosed:
                about = zipfile.ZipInfo(enclosed.name, _LONG_AGO)
                about.compress_type = zipfile.ZIP_DEFLATED
                made.writestr(about, enclosed.content)
    result = GroupResult(folder / f"{period}_{what}.zip", folder / f"{period}_{what}.txt")
    write_whole(result.parcel, out.getvalue())
    write_whole(result.text, _text(year, due, period, what).encode("utf-8-sig"))
    return result


def _text(year: Year, due: Sequence[Due], period: Period, what: str) -> str:
    plan = year.plan.at(period)
    title = plan.settings.title
    day = f"请于{month_and_day(plan.due(period))}前报送。" if what == "填报表" else ""
    lines = [f"{title}{period.after(title)}{what}在压缩包里，请各单位取自己的一个，填好后单独发回（不要改文件名，不要发截图）。{day}", ""]
    for one in due:
        unit = one.carried.unit
        names = "、".join(enclosed.name for enclosed in one.carried.enclosed)
        lines.append(f"@{unit.name}{unit.reached_by}：{names}")
    signed = [plan.settings.organ] if plan.settings.organ else []
    return "\r\n".join([*lines, *signed, ""])
