"""What the foot of a printed page says of its figures: which version of the period's data they are, and their 校验码."""

from collections.abc import Sequence

from minsheng_xl.accounts.imprint import code_of
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import Decided, Judged, TypedIn
from minsheng_xl.year.register import Register


def stamp_of(account: PeriodAccount, register: Register) -> str:
    """数据版本 2022-10-3 · 校验码 1A2B3C4D."""
    version = f"{account.period}-{data_version(register, account.period)}"
    return f"数据版本 {version} · 校验码 {code_of(account)}"


def data_version(register: Register, period: Period) -> int:
    """How many runs brought something for a period: until it was closed, if it was."""
    closed = register.closed(period)
    upto = closed.upto if closed is not None else None
    entries: Sequence[Judged | TypedIn | Decided] = register.entries(Judged, TypedIn, Decided, period=period, upto=upto)
    return len({entry.run for entry in entries if not isinstance(entry, Judged) or entry.returned.content is not None})
