"""What goes back to a unit: what was right is kept, what is doubtful is marked, and it can be resent."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from minsheng_xl import Period, Year, consolidate, status
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.forms.unit import unit_form
from tests.hostile.base import in_sheet
from tests.hostile.surgery import insert_rows
from tests.makers import figure, send, word

OCTOBER = Period.parse("2022-10")
NOW = datetime(2022, 11, 7, 16)
LABOUR = "县人力资源和社会保障局"


def at(year: Year, unit: str, *key: str) -> str:
    return unit_form(year.plan, year.plan.unit(unit), OCTOBER, {}).address(key)


def doubtful(year: Year) -> Path:
    """A return with one figure in doubt, a comment by the unit, everything else right."""
    path = send(year, LABOUR, OCTOBER, {figure("1-1"): "3", figure("1-2"): "21480", word(1, "progress"): "培训了三十期"})
    book = openpyxl.load_workbook(path)
    book["填报表"][at(year, LABOUR, *figure("1-2"))].comment = Comment("社保科核过", "张三")
    book.save(path)
    (answer,) = consolidate(year, OCTOBER, NOW).answers
    return answer


def opened(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def test_what_was_right_is_kept_and_what_is_doubtful_is_marked(issued: Year) -> None:
    answer = doubtful(issued)
    assert answer == issued.root / "退回" / "2022-10" / f"{LABOUR}_2022-10_核实单.xlsx"
    book = opened(answer)
    assert book.sheetnames == ["核实单", "填报表", "标识"]
    form = book["填报表"]
    wrong, right = form[at(issued, LABOUR, *figure("1-1"))], form[at(issued, LABOUR, *figure("1-2"))]
    assert (wrong.value, right.value) == (3, 21480)
    assert form[at(issued, LABOUR, *word(1, "progress"))].value == "培训了三十期"
    assert wrong.fill.fgColor.rgb != right.fill.fgColor.rgb
    assert "少填了“万”" in wrong.comment.text
    assert right.comment.text == "社保科核过"
    texts = [str(row[1]) for row in book["核实单"].iter_rows(min_row=4, values_only=True)]
    assert book["核实单"]["A1"].value == "核实单"
    assert not any("退回" in str(cell.value) for row in book["核实单"] for cell in row)
    assert len(texts) == 1
    assert str(book["核实单"]["A3"].value).endswith("不用重填。数字属实的，在同一行“说明”栏写明原因。")
    assert texts[0].startswith(f"{wrong.coordinate}（职业技能培训人次）：像是少填了“万”：目标 31400，填的是 3。")


@pytest.mark.parametrize(
    ("key", "value", "reported"), [(figure("1-1"), 30000, "30000"), (figure("1-1", "explanation"), "只有3人，属实", "3")]
)
def test_corrected_or_explained_it_comes_back_and_is_taken(issued: Year, key: tuple[str, ...], value: object, reported: str) -> None:
    answer = doubtful(issued)
    book = opened(answer)
    book["填报表"][at(issued, LABOUR, *key)].value = value
    book.save(issued.inbox / "改好.xlsx")
    result = consolidate(issued, OCTOBER, datetime(2022, 11, 8))
    assert [(f.outcome, {p.code for p in f.problems} - {"wan-lost", "evidence-missing"}) for f in result.files] == [(Outcome.ACCEPTED, set())]
    assert (result.answers, answer.exists()) == ((), False)
    state = status(issued, OCTOBER)
    assert next(i["reported"] for i in state["indicators"] if i["code"] == "1-1") == reported
    assert next(u["standing"] for u in state["units"] if u["unit"] == LABOUR) == "accepted"


def test_what_an_earlier_version_sent_back_is_taken_too(issued: Year) -> None:
    """It called every page 退回说明, and every file 退回; one of ours that lies about gives way to the new."""
    answer = doubtful(issued)
    former = answer.with_name(f"{LABOUR}_2022-10_退回.xlsx")
    shutil.copy(answer, former)
    consolidate(issued, OCTOBER, NOW)
    assert (answer.exists(), former.exists()) == (True, False)
    book = opened(answer)
    book["核实单"].title = "退回说明"
    book["填报表"][at(issued, LABOUR, *figure("1-1"))].value = 30000
    book.save(issued.inbox / "改好.xlsx")
    (taken,) = consolidate(issued, OCTOBER, datetime(2022, 11, 8)).files
    assert (taken.outcome, "sheet-added" in {p.code for p in taken.problems}) == (Outcome.ACCEPTED, False)


def test_sent_back_unchanged_it_is_held_again(issued: Year) -> None:
    answer = doubtful(issued)
    shutil.copy(answer, issued.inbox / "没改.xlsx")
    result = consolidate(issued, OCTOBER, datetime(2022, 11, 8))
    assert [f.outcome for f in result.files] == [Outcome.DUPLICATE]
    assert result.answers == (answer,)


def test_a_text_cannot_be_right_as_it_stands(short_issued: Year) -> None:
    """Who wrote a reason beside 约3 got the same page again."""
    send(short_issued, "县民政局", OCTOBER, {figure("6-1"): "约3"})
    (answer,) = consolidate(short_issued, OCTOBER, NOW).answers
    assert str(opened(answer)["核实单"]["A3"].value).endswith("其余已经填好，不用重填。")


@pytest.mark.parametrize(("place", "words"), [("C4", 3000), ("B5", "应为30000"), ("B4", "是30000"), ("A9", "已核")])
def test_who_answers_on_the_first_page_is_told_where(issued: Year, place: str, words: object) -> None:
    book = opened(doubtful(issued))
    book["核实单"][place] = words
    book.save(issued.inbox / "写在第一页.xlsx")
    (one,) = consolidate(issued, OCTOBER, datetime(2022, 11, 8)).files
    told = [problem for problem in one.problems if problem.code == "feedback-written"]
    assert [(problem.sheet, problem.cell, problem.seen) for problem in told] == [("核实单", place, str(words))]
    assert "请填在“填报表”那一页里" in str(told[0])


def test_a_refused_return_gets_a_fresh_form_and_why(short_issued: Year) -> None:
    path = send(short_issued, "县民政局", OCTOBER, {figure("6-1"): "3"})
    book = opened(path)
    book["填报表"].delete_rows(9)
    book.save(path)
    (answer,) = consolidate(short_issued, OCTOBER, NOW).answers
    book = opened(answer)
    assert book["填报表"][at(short_issued, "县民政局", *figure("6-1"))].value is None
    assert answer.name == "县民政局_2022-10_退回.xlsx"
    assert (book["退回说明"]["A1"].value, "核实" in str(book["退回说明"]["A3"].value)) == ("退回说明", False)
    assert "表的结构被改动" in str(book["退回说明"]["B4"].value)
    book["填报表"][at(short_issued, "县民政局", *figure("6-1"))].value = 3
    book.save(short_issued.inbox / "重填.xlsx")
    assert [f.outcome for f in consolidate(short_issued, OCTOBER, datetime(2022, 11, 8)).files] == [Outcome.ACCEPTED]


def test_for_files_without_a_sender_there_is_a_short_text(issued: Year) -> None:
    (issued.inbox / "扫描.pdf").write_bytes(b"%PDF-1.4")
    (answer,) = consolidate(issued, OCTOBER, NOW).answers
    text = answer.read_text(encoding="utf-8-sig")
    assert answer.name == "无法识别的文件.txt"
    assert text.startswith("扫描.pdf")
    assert "是PDF" in text


def test_a_second_run_changes_nothing_and_a_changed_answer_is_left_alone(issued: Year) -> None:
    answer = doubtful(issued)
    first = answer.read_bytes()
    consolidate(issued, OCTOBER, datetime(2022, 11, 8))
    assert answer.read_bytes() == first
    book = opened(answer)
    book.save(answer)
    changed = answer.read_bytes()
    consolidate(issued, OCTOBER, datetime(2022, 11, 9))
    assert answer.read_bytes() == changed


def commented(path: Path, address: str, words: str) -> None:
    book = opened(path)
    book["填报表"][address].comment = Comment(words, "张三")
    book.save(path)


def test_rows_that_were_moved_are_marked_where_they_belong(short_issued: Year) -> None:
    """The unit put a row on top: what it says of G9 is said of G8 of the form that goes back."""
    civil = "县民政局"
    wrong, right = at(short_issued, civil, *figure("6-1")), at(short_issued, civil, *figure("6-2"))
    path = send(short_issued, civil, OCTOBER, {figure("6-1"): "约3", figure("6-2"): "165"})
    path.write_bytes(in_sheet(insert_rows(1))(path.read_bytes()))
    commented(path, right, "民政科核过")  # where 6-1 stands now
    (answer,) = consolidate(short_issued, OCTOBER, NOW).answers
    book = opened(answer)
    form = book["填报表"]
    assert (form[wrong].value, form[right].value) == ("约3", 165)
    assert "不是可用的数字" in form[wrong].comment.text
    assert "民政科核过" in form[wrong].comment.text
    assert form[right].comment is None
    texts = [str(row[1]) for row in book["核实单"].iter_rows(min_row=4, values_only=True)]
    assert [text.startswith(f"{wrong}（") for text in texts] == [True]


def test_the_reason_and_the_comment_outlast_another_return(short_issued: Year) -> None:
    civil = "县民政局"
    wrong = at(short_issued, civil, *figure("6-1"))
    path = send(short_issued, civil, OCTOBER, {figure("6-1"): "约3"}, "a.xlsx")
    commented(path, wrong, "民政科核过")
    consolidate(short_issued, OCTOBER, NOW)
    send(short_issued, civil, OCTOBER, {figure("6-2"): "165"}, "b.xlsx")
    (answer,) = consolidate(short_issued, OCTOBER, NOW).answers
    comment = opened(answer)["填报表"][wrong].comment.text
    assert "不是可用的数字" in comment
    assert "民政科核过" in comment
