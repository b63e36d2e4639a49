"""What a certifier is shown, and how the year stands by what was certified: 通报, 总表 and 排名 of the last period; figures reckoned by hand."""

from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.certified import beside_of, verdicts_of
from minsheng_xl.accounts.period import Beside, Certified, PeriodAccount, Reported
from minsheng_xl.accounts.ranks import reported_of
from minsheng_xl.accounts.values import Doubt, Figure
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.figures.progress import progress_of
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.telling.notices import bulletin
from tests.makers import empty_account, figure

DECEMBER, OCTOBER = Period.parse("2022-12"), Period.parse("2022-10")
LABOUR, ROADS, HEALTH, DISABLED = "县人力资源和社会保障局", "县交通运输局", "县卫生健康委", "县残联"
CUT, AGREED, DENIED, PROOF = "核减", "同意报送数", "不予认定", "待补证"


def said(opinion: str, figure: "Figure | None", reported: Fraction | str, reason: str = "") -> Certified:
    return Certified(
        unit="县统计局", opinion=opinion, figure=figure, reported=Reported(reported, DECEMBER), file="认定.xlsx",
        received=datetime(2023, 1, 12), reason=reason,
    )


def account_of(plan: Plan, period: Period = DECEMBER) -> PeriodAccount:
    """1-1 31500 of 31400, 1-2 26000 of 25500, 4-3 333 of the office's 555 (60 %), 7-3 64 of 96 (60 %), 8-1 120 of 120."""
    given = {
        LABOUR: {figure("1-1"): Fraction(31500), figure("1-2"): Fraction(26000)}, ROADS: {figure("4-3", "numerator"): Fraction(333)},
        HEALTH: {figure("7-3", "numerator"): Fraction(64), figure("7-3", "denominator"): Fraction(96)}, DISABLED: {figure("8-1"): Fraction(120)},
    }
    certified = {
        "1-1": said(CUT, Fraction(31000), Fraction(31500), "重复登记。"), "1-2": said(AGREED, Fraction(26000), Fraction(26000)),
        "4-3": said(AGREED, Fraction(333, 555), Fraction(333, 555)), "7-3": said(CUT, Fraction(6, 10), Fraction(2, 3), "口径不符"),
        "8-1": said(DENIED, None, Fraction(120), "没有台账"),
    }
    return empty_account(plan, period, given)._replace(certified=certified)


def verdicts(account: PeriodAccount) -> dict[str, tuple[str, bool]]:
    county = progress_of(account.plan, account.period, account.entries())
    return {one.row.indicator.code: (one.text, one.met) for one in verdicts_of(account, county)}


def test_a_certified_figure_is_held_against_the_target(sample_plan: Plan) -> None:
    assert verdicts(account_of(sample_plan)) == {
        "1-1": ("认定31000人次，认定完成率98.7%", False),  # 31000 / 31400 = 0.98726
        "1-2": ("认定26000人，认定完成率102.0%", True),  # 26000 / 25500 = 1.01961
        "4-3": ("认定60.0%，认定完成率100.0%", True),  # the office's denominator divides it once, not twice
        "7-3": ("认定60.0%，认定完成率100.0%", True),
        "8-1": ("不予认定", False),
    }


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (said(PROOF, None, Fraction(120)), ("待补证", False)), (said(CUT, Doubt("106 / 100"), Fraction(120)), ("认定待核", False)),
        (said(AGREED, Fraction(119), Fraction(119)), ("认定119人，认定完成率99.2%（认定后报送数已变）", False)),
        (said(AGREED, Fraction(120), Fraction(120)), ("认定120人，认定完成率100.0%", True)),
    ],
)
def test_what_was_said_and_has_moved_since(sample_plan: Plan, one: Certified, expected: tuple[str, bool]) -> None:
    account = account_of(sample_plan)._replace(certified={"8-1": one})
    assert verdicts(account) == {"8-1": expected}


def test_the_circular_of_the_last_period_tells_it(sample_plan: Plan) -> None:
    lines = bulletin(account_of(sample_plan)).split("\r\n")
    told = lines[lines.index("六、认定结果") + 1 :]
    assert told[:4] == [
        "　　32项考核指标中，已给认定意见5项（同意报送数2项、核减2项、不予认定1项）；按认定数达标3项，按报送数达标5项。",
        "　　1-1 职业技能培训人次（县人力资源和社会保障局）：报送31500人次，认定31000人次，认定完成率98.7%，核减：重复登记。",
        "　　7-3 宫颈癌早诊率（县卫生健康委）：报送66.7%，认定60.0%，认定完成率100.0%，核减：口径不符。".replace("宫颈癌早诊率", sample_plan.indicator("7-3").name),
        f"　　8-1 {sample_plan.indicator('8-1').name}（县残联）：报送120人，不予认定：没有台账。",
    ]
    assert told[4].startswith("　　未认定：1-3、2-1、2-2、2-3、2-4、3-1、")
    assert "8-1" not in told[4]
    assert "六、认定结果" not in bulletin(account_of(sample_plan, OCTOBER))
    assert "六、认定结果" not in bulletin(account_of(sample_plan)._replace(certified={}))


def test_the_summary_and_the_ranking_show_both(sample_plan: Plan) -> None:
    book = master_book(account_of(sample_plan), "", 0)

    def remark(code: str) -> str:
        page = book.sheet("summary")
        return str(book.value(page, page.cell(RowName("row", code).cell("remark"))))

    assert remark("1-1").endswith("认定31000人次，认定完成率98.7%")
    assert remark("8-1").endswith("不予认定")
    assert "认定" not in remark("1-3")
    ranking = book.sheet("ranking")
    how = str(ranking.cell(Key("note", "ranking", "how")).content)
    assert how.endswith("名次按报送数排；按认定数达标（达标/已给认定意见的考核指标）：县人力资源和社会保障局1/2、县交通运输局1/1、县卫生健康委1/1、县残联0/1。")


def test_before_the_last_period_they_do_not(sample_plan: Plan) -> None:
    book = master_book(account_of(sample_plan, OCTOBER), "", 0)
    page, ranking = book.sheet("summary"), book.sheet("ranking")
    assert "认定" not in str(book.value(page, page.cell(RowName("row", "1-1").cell("remark"))))
    assert "认定" not in str(ranking.cell(Key("note", "ranking", "how")).content)


def test_a_certifier_is_shown_what_came_with_the_figure(sample_plan: Plan) -> None:
    account = account_of(sample_plan)
    account.units[HEALTH].words.update({Key("figure", "7-3", "explanation"): "补登三人", Key("word", "7", "evidence"): "名册"})
    last = {DISABLED: {Key("figure", "8-1", "explanation"): "上期写的", Key("word", "8", "evidence"): "上期名册"}}
    before = {"10-2": Fraction(9, 10), "8-1": Fraction(96)}
    parts = {figure("10-2", "numerator"): Fraction(90), figure("10-2", "denominator"): Fraction(100)}
    since = dict.fromkeys(before, OCTOBER)
    account = account._replace(last_words=last, before=before, before_of=since, before_parts=parts)
    found = beside_of(account, reported_of(account), {"7-3": "2022-10 待补证", "2-1": "2022-10 暂不认定"})
    assert found["7-3"] == Beside(Fraction(64), Fraction(96), "补登三人", "名册", "2022-10 待补证")
    assert found["4-3"] == Beside(Fraction(333), Fraction(555))
    assert found["1-1"] == Beside()
    assert found["8-1"] == Beside(), "what was written of an earlier figure does not stand beside this one"
    assert found["10-2"] == Beside(Fraction(90), Fraction(100))
    assert found["2-1"] == Beside(last="2022-10 暂不认定")
    account.units[DISABLED].figures.clear()
    assert beside_of(account, reported_of(account), {})["8-1"] == Beside(None, None, "上期写的", "上期名册")
