"""定稿: a period's figures are frozen as they stand; what comes later belongs to the next one."""

from datetime import datetime

from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.folder import Year


def close(year: Year, period: Period, now: datetime, *, who: str = "办公室") -> None:
    """Freeze a period. Later returns are journalled as 定稿后更正: they never change its figures, but
    count in the 上期累计 of later forms. Raises MinshengError if it is closed already, or was never
    consolidated."""
    with year.locked():
        register = year.register
        closed = register.closed(period)
        if closed is not None:
            raise MinshengError(f"{period} 已经在 {closed['at'][:16].replace('T', ' ')} 定稿，没有改动。")
        if not register.entries("run", period) and not register.entries("typed", period):
            raise MinshengError(f"{period} 还没有汇总过，没有什么可以定稿。请先汇总。")
        register.record(
            [
                {
                    "kind": "closed", "at": now.isoformat(timespec="seconds"), "run": register.next_run(), "period": str(period),
                    "plan": year.keep_plan(now), "upto": register.last_change(), "who": who,
                }
            ]
        )
