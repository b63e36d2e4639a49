"""What is said of an error that no sentence was made for where it arose, and of a clock that is lost."""

from datetime import datetime, timedelta

from minsheng_xl.problems import MinshengError

_FIRST_YEAR = 2020
_LEEWAY = timedelta(minutes=10)
"""How far the clocks of two computers may lie apart."""


def said_of(error: Exception) -> str:
    """A plain sentence; a fault of ours is named for who maintains the program."""
    import sqlite3

    if isinstance(error, sqlite3.DatabaseError):
        if "locked" in str(error):
            return "归档里的登记库正被另一个程序占用，没有做任何改动。请等它做完再运行一次。"
        return (
            "归档里的登记库（登记.sqlite）读不了，可能坏了。它由日志得来，数据没有丢：请删去归档里的 登记.sqlite，"
            "再运行一次，会自动重建（或运行 minsheng-xl register rebuild 和这个文件夹）。"
        )
    return f"程序出错（{type(error).__name__}：{error}）。数据没有丢，请把这句话告诉维护人员（设置环境变量 MINSHENG_DEBUG=1 再运行可看到细节）。"


def refuse_lost_clock(now: datetime) -> None:
    """Raise MinshengError where a computer has lost its date: what is journalled and written would bear a wrong one."""
    if now.year < _FIRST_YEAR:
        raise MinshengError(f"这台电脑的日期是 {now:%Y-%m-%d}，不对，没有做任何改动。请先把日期和时间调准，再运行一次。")


def said_of_clock(last: datetime | None, now: datetime) -> str:
    """That a clock is behind the last line of the journal; "" where it is not."""
    if last is None or now >= last - _LEEWAY:
        return ""
    return (
        f"这台电脑的时间是 {now:%Y-%m-%d %H:%M}，比日志最后一条（{last:%Y-%m-%d %H:%M}）还早，两个里有一个不对。"
        "谁先谁后照日志的次序算，不会乱；收到日期会照现在的时间记。请把时间调准；收到日期记错了的，用 decide --received 更正。"
    )
