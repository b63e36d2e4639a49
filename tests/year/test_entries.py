"""What stands on a line of the journal: every record there and back, the lines of earlier programs, those of later ones."""

import ast
import json
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest

import minsheng_xl
from minsheng_xl import MinshengError, Period, Problem, Severity
from minsheng_xl.accounts.period import Past, Reported
from minsheng_xl.accounts.questions import Pending
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Content, Doubt, Outcome
from minsheng_xl.plan.versions import ChangeKind, Difference, PlanChange
from minsheng_xl.year.entries import (
    CameOtherwise,
    CertifyingIssued,
    ChangeAnswered,
    Closed,
    ConfirmingIssued,
    Decided,
    Fetched,
    Issued,
    JournalEntry,
    Judged,
    LastYearRead,
    LetterRead,
    Line,
    MasterWritten,
    MatterRaised,
    MatterSettled,
    PaperNoted,
    PlanUsed,
    Posted,
    Posting,
    ReceiptCorrected,
    Reminded,
    Reopened,
    ReportedUp,
    RunBegun,
    SlipApproved,
    Stamped,
    TypedIn,
    line_text,
    pack_problem,
    pack_return,
    read_line,
    unpack_return,
)
from tests.makers import figure, word

AT, RECEIVED, APRIL = datetime(2023, 5, 6, 10), datetime(2023, 5, 4, 12, 30, 15), Period(2023, 4)
FILE = "日志.jsonl"
PROBLEM = Problem(
    code="figure-differs-taken", severity=Severity.HOLD, sheet="填报表", cell="G9", seen="24", expected="22",
    message="与已采用的数字不同", action="请与单位核实", key=figure("3-3"),
)
CONTENT = Content(
    figures={figure("1-1"): Fraction(37, 2), figure("3-1"): "否", figure("2-2", "numerator"): Doubt("约3")},
    words={word(1, "progress"): "交工"},
    halves=frozenset({figure("2-2", "denominator")}),
    explained=frozenset({figure("1-1")}),
)
RETURN = Return(
    file="四月/交通.xlsx", sha256="53ac", outcome=Outcome.HELD, unit="县交通局", period=APRIL, content=CONTENT,
    problems=(PROBLEM, PROBLEM._replace(code="evidence-missing", severity=Severity.NOTE, key=None)), certifies=True, confirms=True,
)
ITEM = Pending(
    id="cb8815", kind="更正待定", unit="县教育局", key=figure("3-3"), used="22", other="24", file="更正.xlsx",
    advice="请与单位核实", sha256="ba0f", came_for="2023-03",
)
CELLS = {figure("3-3"): Fraction(24), figure("3-1"): "是", figure("2-1"): Doubt("约3"), figure("2-2"): None}
ISSUED = {
    "at": AT, "period": APRIL, "unit": "县统计局", "sha256": "591b", "file": "县统计局_认定.xlsx", "form": "d1ce", "plan": "c3f4",
    "who": "张三（电脑用户 li）",
}
CHANGE = PlanChange(
    Difference(table="指标", row="1-1", column="目标", was="100", now="120"), kind=ChangeKind.ADJUSTED, begins=APRIL,
    document="政办9号", basis="会议纪要",
)
FULL: tuple[JournalEntry, ...] = (
    PlanUsed(at=AT, plan="c3f4", sha256="2dc4", changes=(CHANGE,), who="赵军"),
    ChangeAnswered(at=AT, number=4, change=CHANGE, who="赵军"),
    Issued(**ISSUED, head="b1946ac92492d234"),  # type: ignore[arg-type]
    CertifyingIssued(**ISSUED, reported={"1-1": Reported(Fraction(37, 2), APRIL), "3-1": Reported("否", Period(2023, 3))}, head="b1946ac9"),  # type: ignore[arg-type]
    ConfirmingIssued(**ISSUED, shown={"1-1": ("37/2", "", ""), "3-1": ("否", "", "")}, due="2023-05-11", head="b1946ac9"),  # type: ignore[arg-type]
    RunBegun(at=AT, run=7, period=APRIL),
    Judged(at=AT, run=7, received=RECEIVED, returned=RETURN, measures={"1-1": "累计量 公里"}, kept=False),
    TypedIn(
        at=AT, run=7, file="总台账.xlsm", period=APRIL, unit="县教育局", cells=CELLS, measures={"3-3": "时点量 人/班"}, live=True,
        who="张三（电脑用户 li）",
    ),
    Decided(
        at=AT, run=7, period=APRIL, unit="县教育局", id="cb8815", word="用新数", who="赵军", why="电话核实", item=ITEM,
        cells=CELLS, measures={"3-3": "时点量 人/班"},
    ),
    ReceiptCorrected(at=AT, sha256="418f", file="卫健.xlsx", received=RECEIVED, who="赵军", why="门卫登记"),
    PaperNoted(
        at=AT, period=APRIL, unit="县教育局", sha256="418f", file="教育.xlsx", received=date(2023, 5, 9), agrees=False,
        who="张三（电脑用户 li）", master="总台账.xlsm",
    ),
    Closed(
        at=AT, run=7, period=APRIL, plan="c3f4", upto=21, who="赵军", last_wins=True,
        values={"1-1": Fraction(37, 2), "3-1": "否"}, measures={"1-1": "累计量 公里"},
        past={"1-1": Past("● 按序时", Fraction(37, 120)), "1-3": Past("", None)}, print="d4ef", head="b1946ac92492d234",
        overdue=(ITEM,), document="政办〔2023〕9号", signed_by="钱明", dated="2023-05-08", figures_owed=True,
    ),
    Reopened(at=AT, period=APRIL, who="赵军", why="印错了一个数"),
    Reminded(at=AT, period=APRIL, units=("县交通局", "县教育局"), who="赵军", stage="逾期"),
    LetterRead(
        at=AT, run=7, received=RECEIVED, file="邮件/信.eml", sha256="77aa", sender="li@x.gov.cn", subject="四月的表",
        words="请查收", unit="县教育局", outcome="return", parts=2, has_link=True,
    ),
    Fetched(
        at=AT, box="office@x.cn@imap.x.cn/INBOX", validity=9, uid=41, received=RECEIVED, sha256="77aa",
        file="邮件/信.eml", why="大于 100 MB",
    ),
    Posting(
        at=AT, period=APRIL, unit="县教育局", what="填报表", sha256="418f", letter="<1@x.cn>",
        to=("li@x.gov.cn", "wang@x.gov.cn"), who="赵军",
    ),
    Posted(
        at=AT, period=APRIL, unit="县教育局", what="填报表", letter="<1@x.cn>", state="refused", said="550 没有这个人",
        who="赵军",
    ),
    CameOtherwise(at=AT, period=APRIL, unit="县交通局", who="赵军"),
    MatterRaised(at=AT, period=APRIL, number=3, unit="县交通局", about="1-1", colour="红", who="赵军"),
    MatterSettled(at=AT, period=APRIL, number=3, who="赵军"),
    SlipApproved(
        at=AT, period=APRIL, matters=("3红", "4黄"), approver="李明", document="督办〔2023〕2号", who="赵军",
    ),
    ReportedUp(
        at=AT, period=APRIL, file="上级报表.xlsx", sha256="77aa", code="0123456789ABCDEF", state="已定稿", who="赵军",
    ),
    Stamped(at=AT, head="b1946ac92492d234", sha256="5e3f", service="http://tsa.example.cn"),
    LastYearRead(at=AT, period=APRIL, stood=Period(2022, 4), values={"1-1": Fraction(37, 2), "3-1": "否"}),
    MasterWritten(at=AT, period=APRIL, plan="c3f4", upto=12, sha256="a0a2", file="总台账.xlsm", edited=True),
)
"""A record of each kind, no field of which is what a line that lacks it would give."""


def parts_of(record: Any) -> Iterator[Any]:
    """A record and the records in it."""
    if isinstance(record, tuple) and hasattr(record, "_fields"):
        yield record
    if isinstance(record, tuple):
        for value in record:
            yield from parts_of(value)


@pytest.mark.parametrize("entry", FULL, ids=lambda entry: type(entry).__name__)
def test_every_field_of_every_record_goes_there_and_back(entry: JournalEntry) -> None:
    line = Line(seq=9, entry=entry, more=3, prev="5d41402abc4b2a76", program="0.1.0+1a2b3c4d", begins=4711)
    assert read_line(line_text(line), FILE) == line


def test_each_kind_is_shown_with_each_of_its_fields() -> None:
    assert {type(entry) for entry in FULL} == set(get_args(JournalEntry))
    elsewhere = {(Pending, "decision"), (Problem, "file")}  # it stands in the entry itself; it is the file's name
    for record in (*get_args(JournalEntry), Return, Content, Pending, Problem):
        shown = [part for entry in FULL for part in parts_of(entry) if type(part) is record]
        for name, default in record._field_defaults.items():
            told = any(getattr(part, name) != default for part in shown)
            assert told or (record, name) in elsewhere, (record.__name__, name)


@pytest.mark.parametrize("entry", FULL, ids=lambda entry: type(entry).__name__)
def test_a_line_begins_with_its_envelope(entry: JournalEntry) -> None:
    line = Line(seq=9, entry=entry, more=3, prev="5d41402abc4b2a76", program="0.1.0+1a2b3c4d")
    assert list(json.loads(line_text(line)))[:5] == ["seq", "more", "prev", "program", "kind"]
    first = list(json.loads(line_text(line._replace(begins=0))))
    assert first[:6] == ["seq", "more", "prev", "begins", "program", "kind"]


SHA = "53ac"
OLD = {
    "plan": (
        '{"seq":1,"kind":"plan","at":"2023-01-10T10:00:00","plan":"c3f4a3f6d7218c8e","sha256":"53ac"}',
        PlanUsed(datetime(2023, 1, 10, 10), "c3f4a3f6d7218c8e", SHA),
    ),
    "issued": (
        '{"seq":3,"kind":"issued","at":"2023-05-01T10:00:00","period":"2023-04","unit":"县交通局","sha256":"53ac",'
        '"file":"县交通局_2023-04.xlsx","form":"b6b255d0657b","plan":"c3f4a3f6d7218c8e"}',
        Issued(
            at=datetime(2023, 5, 1, 10), period=APRIL, unit="县交通局", sha256=SHA, file="县交通局_2023-04.xlsx",
            form="b6b255d0657b", plan="c3f4a3f6d7218c8e",
        ),
    ),
    "certifying": (
        '{"seq":19,"kind":"certifying","at":"2023-05-08T10:00:00","period":"2023-04","unit":"县统计局","sha256":"53ac",'
        '"file":"县统计局_2023-04_认定.xlsx","form":"d1cec131c338","plan":"c3f4a3f6d7218c8e",'
        '"reported":{"1-1":["37/2","2023-04"],"1-3":["否","2023-03"]}}',
        CertifyingIssued(
            at=datetime(2023, 5, 8, 10), period=APRIL, unit="县统计局", sha256=SHA, file="县统计局_2023-04_认定.xlsx",
            form="d1cec131c338", plan="c3f4a3f6d7218c8e",
            reported={"1-1": Reported(Fraction(37, 2), APRIL), "1-3": Reported("否", Period(2023, 3))},
        ),
    ),
    "confirming": (
        '{"seq":20,"kind":"confirming","at":"2023-05-08T10:00:00","period":"2023-04","unit":"县统计局","sha256":"53ac",'
        '"file":"县统计局_2023-04_核对单.xlsx","form":"d1cec131c338","plan":"c3f4a3f6d7218c8e","shown":{"1-1":["37/2","",""]}}',
        ConfirmingIssued(
            at=datetime(2023, 5, 8, 10), period=APRIL, unit="县统计局", sha256=SHA, file="县统计局_2023-04_核对单.xlsx",
            form="d1cec131c338", plan="c3f4a3f6d7218c8e", shown={"1-1": ("37/2", "", "")},
        ),
    ),
    "run": (
        '{"seq":8,"more":4,"kind":"run","at":"2023-05-06T10:00:00","run":1,"period":"2023-04"}',
        RunBegun(AT, 1, APRIL),
    ),
    "judged": (
        '{"seq":15,"kind":"judged","at":"2023-05-06T10:00:00","run":2,"received":"2023-05-06T10:00:00","file":"教育更正.xlsx",'
        '"sha256":"53ac","outcome":"held","unit":"县教育局","period":"2023-04","whole":false,'
        '"figures":[["figure","3-1","reported","t","否"],["figure","3-3","reported","n","24"],["figure","2-2","numerator","d","约3"]],'
        '"words":[["word","3","funding_paid","150.5"]],"halves":[["figure","2-2","denominator"]],"explained":[],'
        '"problems":[{"code":"figure-differs-taken","severity":"待核","sheet":"填报表","cell":"G9","seen":"24","expected":"22",'
        '"message":"与已采用的数字不同","action":"请与单位核实"},'
        '{"code":"evidence-missing","severity":"提示","sheet":"填报表","cell":"C15","seen":"","expected":"",'
        '"message":"没有写佐证材料","action":"请写上","key":["word","3","evidence"]}],"certifies":false,"measures":{"3-3":"时点量 人/班"}}',
        Judged(
            at=AT, run=2, received=AT,
            returned=Return(
                file="教育更正.xlsx", sha256=SHA, outcome=Outcome.HELD, unit="县教育局", period=APRIL,
                content=Content(
                    {
                        figure("3-1"): "否", figure("3-3"): Fraction(24), figure("2-2", "numerator"): Doubt("约3"),
                        word(3, "funding_paid"): Fraction("150.5"),
                    },
                    {}, frozenset({figure("2-2", "denominator")}),
                ),
                problems=(
                    PROBLEM._replace(key=None),
                    Problem(
                        code="evidence-missing", severity=Severity.NOTE, sheet="填报表", cell="C15", seen="", expected="",
                        message="没有写佐证材料", action="请写上", key=word(3, "evidence"),
                    ),
                ),
            ),
            measures={"3-3": "时点量 人/班"},
        ),
    ),
    "judged, nothing of it used and not kept": (
        '{"seq":16,"kind":"judged","at":"2023-05-06T10:00:00","run":2,"received":"2023-05-06T10:00:00","file":"大.zip","sha256":"53ac",'
        '"outcome":"unrecognised","unit":null,"period":null,"whole":true,"figures":[],"words":[],"halves":[],"explained":[],'
        '"problems":[],"certifies":false,"measures":{},"kept":false}',
        Judged(at=AT, run=2, received=AT, returned=Return(file="大.zip", sha256=SHA, outcome=Outcome.UNRECOGNISED), kept=False),
    ),
    "typed": (
        '{"seq":35,"kind":"typed","at":"2023-05-06T10:00:00","run":7,"file":"总台账.xlsm","period":"2023-04","unit":"县教育局",'
        '"cells":[["figure","3-1","reported","t","否"],["figure","3-3","explanation","t","电话核实"],["figure","3-3","reported","",""]],'
        '"measures":{"3-1":"里程碑 是/否"}}',
        TypedIn(
            at=AT, run=7, file="总台账.xlsm", period=APRIL, unit="县教育局",
            cells={figure("3-1"): "否", figure("3-3", "explanation"): "电话核实", figure("3-3"): None}, measures={"3-1": "里程碑 是/否"},
        ),
    ),
    "typed while it was open": (
        '{"seq":36,"kind":"typed","at":"2023-05-06T10:00:00","run":7,"file":"总台账.xlsm","period":"2023-04","unit":"县教育局",'
        '"cells":[["figure","3-3","reported","d","约3"]],"measures":{},"live":true}',
        TypedIn(
            at=AT, run=7, file="总台账.xlsm", period=APRIL, unit="县教育局", cells={figure("3-3"): Doubt("约3")}, live=True,
        ),
    ),
    "decided": (
        '{"seq":17,"kind":"decided","at":"2023-05-06T10:00:00","run":3,"period":"2023-04","unit":"县教育局","id":"cb8815","word":"用新数",'
        '"who":"赵军","why":"电话核实","item":{"id":"cb8815","kind":"更正待定","unit":"县教育局","key":["figure","3-3","reported"],'
        '"used":"22","other":"24","file":"更正.xlsx","advice":"请与单位核实","sha256":"","decision":null,"came_for":""},'
        '"cells":[["figure","3-3","reported","n","24"]],"measures":{"3-3":"时点量 人/班"}}',
        Decided(
            at=AT, run=3, period=APRIL, unit="县教育局", id="cb8815", word="用新数", who="赵军", why="电话核实",
            item=ITEM._replace(sha256="", came_for=""), cells={figure("3-3"): Fraction(24)}, measures={"3-3": "时点量 人/班"},
        ),
    ),
    "decided of a whole file": (
        '{"seq":18,"kind":"decided","at":"2023-05-06T10:00:00","run":3,"period":"2023-04","unit":"","id":"53acff","word":"不理",'
        '"who":"办公室","why":"","item":{"id":"53acff","kind":"无法识别","unit":"","key":[],"used":"","other":"打不开","file":"x.pdf",'
        '"advice":"请写上","sha256":"53acff","decision":null,"came_for":""},"cells":[],"measures":{}}',
        Decided(
            at=AT, run=3, period=APRIL, unit="", id="53acff", word="不理", who="办公室", why="",
            item=Pending(
                id="53acff", kind="无法识别", unit="", key=None, used="", other="打不开", file="x.pdf", advice="请写上", sha256="53acff",
            ),
            cells={},
        ),
    ),
    "received": (
        '{"seq":18,"kind":"received","at":"2023-05-06T10:00:00","sha256":"53ac","file":"卫健.xlsx","received":"2023-05-04T12:30:15",'
        '"who":"赵军","why":""}',
        ReceiptCorrected(AT, SHA, "卫健.xlsx", RECEIVED, "赵军", ""),
    ),
    "closed": (
        '{"seq":23,"kind":"closed","at":"2023-05-06T10:00:00","run":5,"period":"2023-04","plan":"c3f4a3f6d7218c8e","upto":21,"who":"办公室",'
        '"last_wins":false,"values":{"1-1":"37/2","3-1":"否"},"measures":{"1-1":"累计量 公里","3-4":"文字 "},'
        '"past":{"1-1":["● 按序时","37/120"],"3-3":["… 未到期",""]},"print":"d4ef"}',
        Closed(
            at=AT, run=5, period=APRIL, plan="c3f4a3f6d7218c8e", upto=21, who="办公室", last_wins=False,
            values={"1-1": Fraction(37, 2), "3-1": "否"}, measures={"1-1": "累计量 公里", "3-4": "文字 "},
            past={"1-1": Past("● 按序时", Fraction(37, 120)), "3-3": Past("… 未到期", None)}, print="d4ef",
        ),
    ),
    "reminded": (
        '{"seq":33,"kind":"reminded","at":"2023-05-06T10:00:00","period":"2023-04","units":["县交通局","县教育局"]}',
        Reminded(AT, APRIL, ("县交通局", "县教育局")),
    ),
    "master": (
        '{"seq":38,"kind":"master","at":"2023-05-06T10:00:00","period":"2023-04","plan":"c3f4a3f6d7218c8e","upto":37,"sha256":"53ac",'
        '"file":"总台账.xlsm","edited":true}',
        MasterWritten(
            at=AT, period=APRIL, plan="c3f4a3f6d7218c8e", upto=37, sha256=SHA, file="总台账.xlsm", edited=True,
        ),
    ),
}
"""Lines as version 0.1.0 wrote them before its lines named the program."""


@pytest.mark.parametrize("name", OLD)
def test_a_line_without_the_program_s_name_is_read_and_written_again_sign_for_sign(name: str) -> None:
    text, entry = OLD[name]
    line = read_line(text, FILE)
    assert (line.entry, line.prev, line.program) == (entry, "", "")
    assert line_text(line) == text


def test_the_places_of_the_keys_mean_nothing() -> None:
    """Forms that went out had their kind behind the file, those that went back had it first."""
    text, entry = OLD["issued"]
    packed = json.loads(text)
    sent = {"seq": packed.pop("seq"), **{key: packed[key] for key in reversed(packed)}}
    assert read_line(json.dumps(sent), FILE).entry == entry


def test_what_was_typed_is_read_without_the_name_of_its_file() -> None:
    text, entry = OLD["typed"]
    packed = json.loads(text)
    del packed["file"]
    assert read_line(json.dumps(packed), FILE).entry == entry._replace(file="")  # type: ignore[union-attr]


LACKING = {
    "judged": ("whole", "halves", "explained", "certifies", "measures"),
    "typed": ("measures",),
    "decided": ("measures",),
    "closed": ("last_wins", "measures"),
    "master": ("edited",),
}
"""What the first lines of the kind did not say."""


@pytest.mark.parametrize("name", LACKING)
def test_the_oldest_lines_are_read(name: str) -> None:
    text, entry = OLD[name]
    packed = json.loads(text)
    for key in LACKING[name]:
        del packed[key]
    found = read_line(json.dumps(packed), FILE).entry
    if isinstance(entry, Judged) and entry.returned.content is not None:
        content = entry.returned.content._replace(halves=frozenset(), explained=frozenset())
        entry = entry._replace(returned=entry.returned._replace(content=content), measures={})
    elif isinstance(entry, Closed):
        entry = entry._replace(last_wins=None, measures={})
    elif isinstance(entry, MasterWritten):
        entry = entry._replace(edited=False)
    elif isinstance(entry, TypedIn | Decided):
        entry = entry._replace(measures={})
    assert found == entry


@pytest.mark.parametrize(("outcome", "used"), [("accepted", True), ("held", True), ("refused", False), ("unrecognised", False)])
def test_a_line_that_does_not_say_whether_it_is_used_says_it_by_its_outcome(outcome: str, used: bool) -> None:
    packed = json.loads(OLD["judged"][0])
    del packed["whole"]
    entry = read_line(json.dumps({**packed, "outcome": outcome}), FILE).entry
    assert isinstance(entry, Judged)
    assert (entry.returned.content is not None) == used


def test_a_kind_of_a_later_program_is_refused_in_words() -> None:
    with pytest.raises(MinshengError) as said:
        read_line('{"seq":12,"program":"0.3.0+1a2b3c4d","kind":"mailed","at":"2023-05-06T10:00:00"}', FILE)
    assert str(said.value) == (
        "日志.jsonl 第 12 条的种类“mailed”本程序不认识。它是较新的程序（0.3.0+1a2b3c4d）写的，没有做任何改动。请更新本程序后再打开这个文件夹。"
    )


@pytest.mark.parametrize("name", OLD)
def test_a_field_of_a_later_program_is_refused_in_words(name: str) -> None:
    packed = {**json.loads(OLD[name][0]), "signed": "x", "level": 2}
    with pytest.raises(MinshengError) as said:
        read_line(json.dumps(packed), FILE)
    assert str(said.value) == (
        f"日志.jsonl 第 {packed['seq']} 条（{packed['kind']}）里的“signed、level”本程序不认识。"
        "它是较新的程序写的，没有做任何改动。请更新本程序后再打开这个文件夹。"
    )


def test_a_field_of_a_later_program_is_refused_within_a_problem_and_an_item_too() -> None:
    judged, decided = json.loads(OLD["judged"][0]), json.loads(OLD["decided"][0])
    judged["problems"][1]["rule"] = decided["item"]["rule"] = 1
    for packed in (judged, decided):
        with pytest.raises(MinshengError, match="里的“rule”本程序不认识"):
            read_line(json.dumps(packed), FILE)


@pytest.mark.parametrize("name", OLD)
def test_a_line_that_lacks_what_it_must_say_is_refused_in_words(name: str) -> None:
    packed = json.loads(OLD[name][0])
    kind = name.split(",", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    needless = {"seq", "kind", "more", "kept", "live", *LACKING.get(kind, ())} | ({"file"} if kind == "typed" else set())
    for key in packed.keys() - needless:
        with pytest.raises(MinshengError, match=rf"日志.jsonl 第 {packed['seq']} 条（{packed['kind']}）里的“.*”没有或读不懂。日志像是被改动过"):
            read_line(json.dumps({other: packed[other] for other in packed if other != key}), FILE)


@pytest.mark.parametrize(
    "text",
    ['[]', '7', '{"seq":"x","kind":"run","at":"2023-05-06T10:00:00","run":1,"period":"2023-04"}',
     '{"seq":1,"kind":"run","at":"gestern","run":1,"period":"2023-04"}', '{"seq":1,"kind":"run","at":"2023-05-06T10:00:00","run":1,"period":"2023-14"}'],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_words(text: str) -> None:
    with pytest.raises(MinshengError, match="日志像是被改动过，没有做任何改动"):
        read_line(text, FILE)


def test_a_return_comes_from_the_child_as_it_was_judged() -> None:
    assert unpack_return(json.loads(json.dumps(pack_return(RETURN)))) == RETURN
    refused = Return(file="x.xlsx", sha256=SHA, outcome=Outcome.REFUSED, unit="县交通局", period=APRIL, content=None, problems=(PROBLEM,))
    assert unpack_return(json.loads(json.dumps(pack_return(refused)))) == refused


def test_a_problem_is_shown_to_programs_as_the_journal_keeps_it() -> None:
    assert pack_problem(PROBLEM) == {
        "code": "figure-differs-taken", "severity": "待核", "sheet": "填报表", "cell": "G9", "seen": "24", "expected": "22",
        "message": "与已采用的数字不同", "action": "请与单位核实",
    }  # fmt: skip


def test_nobody_else_knows_the_keys_of_a_line() -> None:
    """In the rooms that handle entries no dict says of what kind it is, and what is asked by a text is no entry."""
    package = Path(str(minsheng_xl.__file__)).parent
    modules = [path for room in ("year", "ledger", "month", "intake") for path in sorted((package / room).rglob("*.py"))]
    assert len(modules) > 30
    found = set()
    for path in modules:
        if path.relative_to(package).as_posix() != "year/entries.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if _asks_by_text(node) or _is_entry(node):
                    found.add(f"{path.stem}: {ast.unparse(node)[:60]}")
    assert found - OTHERS == set()


OTHERS = frozenset({
    "demo: row['项目']", "demo: row['编码']", "demo: row['量']", "demo: self._words['配合']", "demo: self._words['配合']['本期进展']",
    "inspect: values.setdefault(key.of, {})['certified']", "inspect: found['reported']", "inspect: found['numerator']",
    "status: state['held']", "status: state['refused']", "master: said['decision']", "child: answer['died']",
    "gate: container.entries['mimetype']", "folder: self.__dict__['register']",
    "corrections: found['scale']", "corrections: found['digits']", "corrections: found['words']", "corrections: said['may']",
    "beside: given['target']",
})  # fmt: skip
"""Rows of a .csv, objects of the JSON interface, a child's answer, an attribute, the groups of a pattern: everything else that is asked by a text."""


def _asks_by_text(node: ast.AST) -> bool:
    asked = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    return asked and not ast.unparse(node).startswith("Iterable[")


def _is_entry(node: ast.AST) -> bool:
    """A dict that says of what kind it is, and when or of what."""
    keys = {key.value for key in node.keys if isinstance(key, ast.Constant)} if isinstance(node, ast.Dict) else set()
    return "kind" in keys and bool({"at", "period", "sha256"} & keys)


def test_an_amount_stands_among_the_words_of_a_line_and_among_the_figures_of_a_return() -> None:
    paid, said = word(3, "funding_paid"), word(3, "progress")
    content = Content({figure("3-3"): Fraction(24), paid: Doubt("约150")}, {said: "已拨付", word(4, "progress"): "无"})
    packed = pack_return(RETURN._replace(content=content))
    assert packed["figures"] == [["figure", "3-3", "reported", "n", "24"]]
    assert [one[1:] for one in packed["words"]] == [
        ["3", "progress", "已拨付"], ["3", "funding_paid", "待核：约150"], ["4", "progress", "无"],
    ]
    assert unpack_return(json.loads(json.dumps(packed))).content == content


@pytest.mark.parametrize(("text", "amount"), [("500", Fraction(500)), ("待核：约5", Doubt("约5"))])
def test_an_amount_that_an_earlier_program_noted_as_a_text_is_a_figure(text: str, amount: Fraction | Doubt) -> None:
    typed = json.loads(OLD["typed"][0])
    typed["cells"] = [["word", "3", "funding_paid", "t", text], ["word", "3", "progress", "t", "500"]]
    entry = read_line(json.dumps(typed), FILE).entry
    assert isinstance(entry, TypedIn)
    assert entry.cells == {word(3, "funding_paid"): amount, word(3, "progress"): "500"}
