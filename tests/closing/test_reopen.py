"""撤销定稿: newest first, with a reason; what was printed is kept, and what is printed anew is 更正稿."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, issue, status
from minsheng_xl.accounts.questions import CORRECTION, DOUBTFUL
from minsheng_xl.closing.close import close
from minsheng_xl.closing.reopen import reopen
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import decide
from minsheng_xl.problems import MisuseError
from minsheng_xl.telling.notices import bulletin
from minsheng_xl.year.entries import Reopened
from tests.makers import figure, send
from tests.sharing import copied, made_once
from tests.workbooks import sheet_of

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
NOW, CLOSED, LATE, AGAIN = (datetime(2022, 11, day) for day in (7, 10, 15, 18))
DISABLED, CIVIL = "县残联", "县民政局"


@pytest.fixture(scope="module")
def closed_folder(short_issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """October was closed with 8-1 at 106 and 6-1 in doubt; then 8-1 came again, as 104."""

    def make(folder: Path) -> Path:
        for year in copied(short_issued_folder, folder / "年"):
            send(year, DISABLED, OCTOBER, {figure("8-1"): "106"})
            send(year, CIVIL, OCTOBER, {figure("6-1"): "约3"})
            consolidate(year, OCTOBER, NOW)
            close(year, OCTOBER, CLOSED)
            send(year, DISABLED, OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
            consolidate(year, OCTOBER, LATE)
        return folder / "年"

    return made_once(tmp_path_factory, "closed twice", make)


@pytest.fixture
def closed(closed_folder: Path, tmp_path: Path) -> Iterator[Year]:
    yield from copied(closed_folder, tmp_path / "年")


def row_of(year: Year, code: str) -> tuple[object, object]:
    found = next(i for i in status(year, OCTOBER)["indicators"] if i["code"] == code)
    return found["reported"], found["status"]


def test_it_is_as_if_it_had_never_been_closed(closed: Year) -> None:
    assert (row_of(closed, "8-1")[0], row_of(closed, "6-1")) == ("106", (None, "未报"))
    reopen(closed, OCTOBER, LATE, why="8-1 印错了", who="赵军")
    assert closed.register.closed(OCTOBER) is None
    assert closed.register.entries(Reopened) == [Reopened(at=LATE, period=OCTOBER, who="赵军", why="8-1 印错了")]
    assert (row_of(closed, "8-1")[0], row_of(closed, "6-1")) == ("106", (None, "待核"))
    assert not status(closed, OCTOBER)["closed"]
    account = account_of(closed.plan, closed.register, OCTOBER)
    assert {(item.unit, item.kind, item.other) for item in account.pending} == {
        (DISABLED, CORRECTION, "104"), (CIVIL, DOUBTFUL, "约3"),
    }
    assert account.decided == ()
    assert closed.rebuild()[1:] == (True, ())


def test_what_is_closed_again_is_headed_as_corrected_and_the_first_print_is_kept(closed: Year) -> None:
    first = closed.printed_folder(OCTOBER) / "打印稿.xlsx"
    before = first.read_bytes()
    kept = reopen(closed, OCTOBER, LATE, why="8-1 印错了")
    assert kept == closed.printed_folder(OCTOBER) / "2022-11-10定稿"
    assert (kept / "打印稿.xlsx").read_bytes() == before
    (item,) = [one for one in account_of(closed.plan, closed.register, OCTOBER).pending if one.unit == DISABLED]
    decide(closed, item.id, "用新数", LATE)
    consolidate(closed, OCTOBER, AGAIN)
    close(closed, OCTOBER, AGAIN)
    assert row_of(closed, "8-1")[0] == "104"
    assert (kept / "打印稿.xlsx").read_bytes() == before
    assert sheet_of(first, "进展汇总总表")["A3"].value == "期次：2022年10月（截至2022年10月31日）　更正稿"
    account = account_of(closed.plan, closed.register, OCTOBER)
    assert bulletin(account).splitlines()[0].endswith("10月份进展情况的通报（更正稿）")
    closing = status(closed, OCTOBER)["closing"]
    assert (closing["again"], closing["text"]) == (True, "更正稿（2022年11月18日定稿）")
    november = account_of(closed.plan, closed.register, NOVEMBER)
    assert (november.before["8-1"], november.corrected) == (104, frozenset())


def test_the_newest_comes_first(closed: Year) -> None:
    issue(closed, NOVEMBER, datetime(2022, 11, 30))
    send(closed, DISABLED, NOVEMBER, {figure("8-1"): "110"})
    consolidate(closed, NOVEMBER, datetime(2022, 12, 5))
    close(closed, NOVEMBER, datetime(2022, 12, 8))
    before = closed.register.last_seq()
    with pytest.raises(MinshengError, match="2022-11 在它以后定稿，没有改动。请从最后一期起撤销：先撤销 2022-11。"):
        reopen(closed, OCTOBER, datetime(2022, 12, 9), why="错")
    assert closed.register.last_seq() == before
    reopen(closed, NOVEMBER, datetime(2022, 12, 9), why="错")
    reopen(closed, OCTOBER, datetime(2022, 12, 9), why="错")
    assert (closed.register.closed(OCTOBER), closed.register.closed(NOVEMBER)) == (None, None)


def test_nothing_is_taken_back_without_a_reason_or_where_nothing_is_closed(closed: Year) -> None:
    with pytest.raises(MisuseError, match="要写明原因"):
        reopen(closed, OCTOBER, LATE, why=" ")
    with pytest.raises(MinshengError, match="2022-11 没有定稿"):
        reopen(closed, NOVEMBER, LATE, why="错")
    assert closed.register.closed(OCTOBER) is not None
