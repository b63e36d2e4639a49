"""Files that name no unit: which of them are asked about, which together, and what is advised."""

from datetime import datetime

import pytest

from minsheng_xl import Period
from minsheng_xl.accounts.questions import UNKNOWN, WHOLE, WHOSE_FILE, Pending
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.ledger.receipts import files_asked, findings_of, stray_of
from minsheng_xl.problems import Problem
from minsheng_xl.rules import files, identity
from minsheng_xl.year.entries import Decided
from tests.ledger.journals import Told

SEPTEMBER, OCTOBER = Period(2022, 9), Period(2022, 10)
NOW, LATER = datetime(2022, 11, 3, 10), datetime(2022, 11, 4, 10)
KIND = files.KIND.problem(reason="是图片")
GUARDED = files.GUARDED.problem(reason="被加密软件加了密")
PACKED = files.PACKED.problem(reason="是 .rar 压缩包")


def stray(file: str, sign: str, *problems: Problem, outcome: Outcome = Outcome.UNRECOGNISED, unit: str | None = None) -> Return:
    return Return(file=file, sha256=sign * 64, outcome=outcome, unit=unit, problems=problems or (KIND,))


def asked(told: Told, period: Period = OCTOBER, upto: int | None = None) -> list[Pending]:
    return list(stray_of(told.register, period, upto))


@pytest.mark.parametrize("outcome", Outcome)
def test_what_may_be_a_return_is_asked_about(told: Told, outcome: Outcome) -> None:
    told.meets(OCTOBER, NOW, stray("甲.xlsx", "a", outcome=outcome))
    assert bool(asked(told)) == (outcome in (Outcome.HELD, Outcome.UNRECOGNISED, Outcome.REFUSED))


def test_a_file_that_is_somebody_s_is_not_asked_about(told: Told) -> None:
    certifying = Return(file="丁.xlsx", sha256="d" * 64, outcome=Outcome.REFUSED, certifies=True)
    told.meets(
        OCTOBER, NOW, stray("甲.xlsx", "a", unit="县残联"), stray("乙.xlsx", "b"), stray("丙.xlsx", "c"), certifying,
    )
    told.meets(OCTOBER, LATER, stray("乙（残联）.xlsx", "b", unit="县残联"))
    assert [item.file for item in asked(told)] == ["丙.xlsx"]


def test_a_question_is_that_of_the_period_whose_run_met_the_file(told: Told) -> None:
    told.meets(SEPTEMBER, NOW, stray("甲.xlsx", "a"))
    told.meets(OCTOBER, LATER, stray("乙.xlsx", "b"))
    assert [item.file for item in asked(told, SEPTEMBER)] == ["甲.xlsx"]
    assert [item.file for item in asked(told)] == ["乙.xlsx"]
    assert asked(told, upto=2) == []


def test_the_question_of_one_file(told: Told) -> None:
    told.meets(OCTOBER, NOW, stray("甲.png", "a"))
    assert asked(told) == [
        Pending(
            id="aaaaaa", kind=UNKNOWN, unit="", key=None, used="", other="是图片，不是填报表", file="甲.png", advice=WHOSE_FILE,
            sha256="a" * 64,
        )
    ]
    assert files_asked(told.register, OCTOBER, asked(told)[0]) == [("甲.png", "a" * 64)]


def test_a_file_of_which_nothing_was_found_is_asked_about_too(told: Told) -> None:
    told.meets(OCTOBER, NOW, Return(file="甲", sha256="a" * 64, outcome=Outcome.REFUSED))
    assert [(item.other, item.advice) for item in asked(told)] == [("", WHOSE_FILE)]


def test_a_workbook_that_is_held_as_a_whole_is_asked_about_as_one(told: Told) -> None:
    slipped = identity.SLIPPED.problem(seen="5、6")
    told.meets(OCTOBER, NOW, stray("甲.xlsx", "a", slipped, outcome=Outcome.HELD))
    assert [(item.kind, item.id, item.other) for item in asked(told)] == [(WHOLE, "aaaaaa", "5、6")]


def test_what_the_office_can_help_is_advised_first(told: Told) -> None:
    told.meets(OCTOBER, NOW, stray("甲.rar", "a", PACKED, KIND))
    assert [item.advice for item in asked(told)] == ["请解压后放进来；办好以后这一条写“不理”。"]


def test_what_came_in_one_parcel_is_one_question(told: Told) -> None:
    told.meets(
        OCTOBER, NOW, stray("来件.zip/1.png", "a"), stray("来件.zip/2.png", "b"), stray("别的.zip/3.png", "c"),
        stray("来件.zip/4.xlsx", "d", outcome=Outcome.REFUSED),
    )
    together, alone, refused = asked(told)
    assert (together.file, together.sha256) == ("来件.zip/1.png 等 2 个文件", "a" * 64)
    assert together.advice == f"都是一个单位的，{WHOSE_FILE}里面有各单位的表，请解压后一个个放进来，这一条写“不理”。"
    assert files_asked(told.register, OCTOBER, together) == [("来件.zip/1.png", "a" * 64), ("来件.zip/2.png", "b" * 64)]
    assert [(one.file, one.id) for one in (alone, refused)] == [("别的.zip/3.png", "cccccc"), ("来件.zip/4.xlsx", "dddddd")]


def test_the_id_of_a_parcel_is_its_own_and_stays_from_run_to_run(told: Told) -> None:
    told.meets(OCTOBER, NOW, stray("来件.zip/1.png", "a"), stray("来件.zip/2.png", "b"))
    (first,) = asked(told)
    told.meets(OCTOBER, LATER, stray("别的.zip/1.png", "c"), stray("别的.zip/2.png", "d"))
    same, other = asked(told)
    assert len(first.id) == 6
    assert first.id not in ("aaaaaa", "bbbbbb", other.id)
    assert same == first


def test_a_parcel_that_came_again_is_another_question(told: Told) -> None:
    """Two deliveries under one name are two, and of one file in each the file is named."""
    told.meets(OCTOBER, NOW, stray("来件.zip/1.png", "a"))
    told.meets(OCTOBER, LATER, stray("来件.zip/1.png", "b"))
    assert [(item.id, item.file) for item in asked(told)] == [("aaaaaa", "来件.zip/1.png"), ("bbbbbb", "来件.zip/1.png")]


def test_bytes_that_came_again_are_one_question(told: Told) -> None:
    told.meets(OCTOBER, NOW, stray("甲.png", "a"))
    told.meets(OCTOBER, LATER, stray("甲.png", "a"), stray("乙.png", "a"))
    assert [item.file for item in asked(told)] == ["甲.png 等 2 个文件", "乙.png"]


def test_what_a_guard_encrypted_is_one_question_until_it_can_be_read(told: Told) -> None:
    told.meets(OCTOBER, NOW, stray("甲.xlsx", "a", GUARDED), stray("乙/乙.xlsx", "b", GUARDED))
    (item,) = asked(told)
    assert item.file == "甲.xlsx 等 2 个文件"
    assert item.advice.startswith("先查本机：请网管把 python.exe 加入受信进程")
    assert item.advice.endswith("；办好以后这一条写“不理”。")
    told.meets(OCTOBER, LATER, stray("甲.xlsx", "c", unit="县残联", outcome=Outcome.ACCEPTED))
    assert [item.file for item in asked(told)] == ["乙/乙.xlsx"]


def test_a_guarded_file_in_a_parcel_is_asked_about_with_the_guarded(told: Told) -> None:
    told.meets(OCTOBER, NOW, stray("来件.zip/1.xlsx", "a", GUARDED), stray("来件.zip/2.png", "b"))
    assert [item.file for item in asked(told)] == ["来件.zip/1.xlsx", "来件.zip/2.png"]


@pytest.mark.parametrize("name", ["来件.zip", "来件.ZIP", "表.xls", "表.xlsx", "表.xlsm", "表.et", "表.ods", "文.doc", "文.docx", "件.dat"])
def test_a_parcel_may_be_called_anything(told: Told, name: str) -> None:
    told.meets(OCTOBER, NOW, stray(f"{name}/1.png", "a"), stray(f"{name}/2.png", "b"))
    assert len(asked(told)) == 1


def test_a_folder_is_no_parcel(told: Told) -> None:
    told.meets(OCTOBER, NOW, stray("县残联/1.png", "a"), stray("县残联/2.png", "b"))
    assert len(asked(told)) == 2


@pytest.mark.parametrize("by_file", [False, True])
def test_what_is_settled_is_not_asked_again(told: Told, by_file: bool) -> None:
    """By the id of its question, or by that of its first file, when it was asked alone."""
    told.meets(OCTOBER, NOW, stray("来件.zip/1.png", "a"), stray("来件.zip/2.png", "b"), stray("丙.png", "c"))
    parcel, other = asked(told)
    id = "aaaaaa" if by_file else parcel.id
    told.register.record([
        Decided(at=LATER, run=9, period=OCTOBER, unit="", id=id, word="不理", who="赵军", why="", item=parcel._replace(id=id), cells={})
    ])  # fmt: skip
    assert asked(told) == [other]


def test_findings_are_those_of_the_period_and_of_what_its_runs_met(told: Told) -> None:
    of_october = Return(file="丙.xlsx", sha256="c" * 64, outcome=Outcome.HELD, unit="县残联", period=OCTOBER, problems=(KIND, PACKED))
    of_september = of_october._replace(file="丁.xlsx", sha256="d" * 64, period=SEPTEMBER)
    told.meets(SEPTEMBER, NOW, stray("甲.png", "a"), of_october)
    told.meets(OCTOBER, LATER, stray("乙.png", "b"), of_september)
    found = list(findings_of(told.register, OCTOBER, None))
    assert [(one.file, one.unit, one.outcome, one.problem) for one in found] == [
        ("丙.xlsx", "县残联", Outcome.HELD, KIND), ("丙.xlsx", "县残联", Outcome.HELD, PACKED),
        ("乙.png", "", Outcome.UNRECOGNISED, KIND),
    ]  # fmt: skip
    assert [one.file for one in findings_of(told.register, OCTOBER, 3)] == ["丙.xlsx", "丙.xlsx"]
