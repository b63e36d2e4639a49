"""Any text is read: without an exception, with every number in its place, and in no time."""

import re
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minsheng_xl.published.drafting import About, drafted
from minsheng_xl.published.grammar import understood
from minsheng_xl.published.paper import Published, Task
from minsheng_xl.published.sentence import Use
from minsheng_xl.published.units import names_of, pairs

YEAR = 2023
ABOUT = About(YEAR, "清溪县", "民生实事")
SIGNS = (
    "，。；、（）()“”：:！\n\t 0123456789０１９.．,%％‰/—-~～×+〇零一二两三四五六七八九十百千万亿半成"
    "新建改造完成不少于超过达到以上内各每均共计其中含分别和及与等至由的人次户个所处公里元月年底前季度开工率占比全覆盖元街道乡镇村"
    "OoIl|ABGKkmVv²③Ⅲ㎡\u3000\u200b\U00020000Ω"
)
WORDS = (
    "新建", "改造", "完成", "不少于", "超过", "达到", "以上", "以内", "各", "每个乡镇", "均", "共", "其中", "含", "分别", "和", "、", "，", "。", "；",
    "（", "）", "“", "”", "3.14万人次", "1,200个", "60%", "百分之六十", "三分之二", "一半以上", "12所", "2022年", "6月底前", "15分钟", "每人每月100元",
    "45OO人", "94。5%", "3—5万人", "由2万吨", "提高到4万吨", "学校", "幼儿园", "签约率", "老旧小区", "全覆盖", "零事故", "500余万元", "左右", "力争",
)
TEXTS = st.text(st.sampled_from(SIGNS), max_size=120) | st.lists(st.sampled_from(WORDS), max_size=24).map("".join) | st.text(max_size=60)


def digits_in(text: str) -> set[int]:
    """Where digits stand, those of full width and of other scripts included."""
    return {place for place, sign in enumerate(text) if unicodedata.normalize("NFKC", sign) in tuple("0123456789") and sign.isdecimal()}


@settings(max_examples=600)
@given(text=TEXTS)
@example(text="，" * 60)
@example(text="1,1,1,1,1")
@example(text="（3（4）5）")
@example(text="\ue000新建\uf800\ue0013所")
@example(text="9" * 5000)
@example(text="一" * 5000 + "个")
def test_every_digit_has_one_place_and_every_open_number_a_question(text: str) -> None:
    read = understood(text, YEAR)
    covered = [place for one in read.numbers for place in range(one.start, one.start + len(one.text))]
    assert len(covered) == len(set(covered))
    assert digits_in(text) <= set(covered)
    for one in read.numbers:
        assert one.readings or one.use is not Use.TARGET
        assert all(0 <= place < len(read.readings) for place in one.readings)
        assert one.use is not Use.OPEN or any(query.column == "数" and query.default == one.text for query in read.queries)
    assert all(0 <= (one.parent or 0) < len(read.readings) for one in read.readings)


@settings(max_examples=200)
@given(heading=TEXTS, text=TEXTS, leads=TEXTS, units=TEXTS, deadline=TEXTS)
def test_any_table_is_drafted(heading: str, text: str, leads: str, units: str, deadline: str) -> None:
    task = Task(number="1", project=heading, sentence=text, leads=leads, responsible=units, deadline=deadline)
    tables = drafted(Published("", (task, task._replace(number="2")), (), ""), ABOUT).tables
    codes = [row["编码"] for row in tables["指标"]]
    assert len(codes) == len(set(codes))
    assert all(row["归属"] for row in tables["数字对照表"])
    assert all(row["影响"] and row["问题"] for row in tables["待确认"])


@settings(max_examples=300)
@given(text=TEXTS, other=TEXTS)
def test_any_cell_is_taken_for_names(text: str, other: str) -> None:
    names = [*names_of(text), *names_of(other)]
    assert all(name == name.strip() and name for name in names)
    assert all(len(one) > len(two) for one, two in pairs(names))


LONG = 5000
PIECES = (
    *"1一，。、；（）(“”百万各每0%半.的\n 人A-|O。和", "1,", "1，", "1、", "1.", "1%", "1人", "（1", "（1）", "1）", "每个乡镇", "每个乡镇1", "其中1个", "新建", "新建1所、",
    "新建1所，", "不少于", "不少于1", "达到", "1万", "一百", "百分之", "三分之", "6月底前", "6月", "2022年", "1—", "1-2", "全年", "、和", "分别1个", "各1人、", "由1", "率",
    "率1%、", "A、B分别达到1%、2%，", "提高到1人，标准", "每人每月1元", "O1", "l", "1.l", "“1”", "元/", "1元/", "建成", "全覆盖", "30户以上自然村", "共1户", "涉及",
)


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_long_text_takes_no_time(piece: str) -> None:
    text = (piece * LONG)[:LONG]
    began = time.process_time()
    understood(text, YEAR, text[:40])
    list(names_of(text))
    assert time.process_time() - began <= 1


def test_more_numbers_than_anybody_counts_are_asked() -> None:
    read = understood("1人。" * 7000, YEAR)
    assert len(read.numbers) == 7000


def test_a_long_paper_takes_no_time() -> None:
    """The clauses of a real sentence, five thousand signs of them."""
    clause = "新建公办幼儿园1所、改扩建公办幼儿园6所，新增公办学位1020个（其中公办800个），6月底前完成50%；签约率、接种率分别达到60%、95%。"
    text = (clause * LONG)[:LONG]
    began = time.process_time()
    read = understood(text, YEAR)
    assert time.process_time() - began <= 1
    assert len(re.findall(r"\d+", text)) == len(read.numbers)
