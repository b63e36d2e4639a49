"""What a certifier is shown, and how the year stands by what was certified: 通报, 总表 and 排名 of the last period; figures reckoned by hand."""

from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.certified import beside_of, by_certified, counted_as, verdicts_of
from minsheng_xl.accounts.period import Beside, Certified, PeriodAccount, Reported
from minsheng_xl.accounts.ranks import ranks_of, reported_of
from minsheng_xl.accounts.values import Doubt, Figure
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.figures.definitions import Status
from minsheng_xl.figures.progress import CountyProgress, progress_of
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.plan.model import Comparator
from minsheng_xl.telling.notices import bulletin
from minsheng_xl.telling.status import status_of
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
        "　　32项考核指标中，已给认定意见5项（同意报送数2项、核减2项、不予认定1项）；其中按认定数达标3项，按报送数达标5项。",
        "　　1-1 职业技能培训人次（县人力资源和社会保障局）：报送31500人次，认定31000人次，认定完成率98.7%，核减：重复登记。",
        "　　7-3 宫颈癌早诊率（县卫生健康委）：报送66.7%，认定60.0%，认定完成率100.0%，核减：口径不符。".replace("宫颈癌早诊率", sample_plan.indicator("7-3").name),
        f"　　8-1 {sample_plan.indicator('8-1').name}（县残联）：报送120人，不予认定：没有台账。",
    ]
    assert told[4].startswith("　　未认定：1-3、2-1、2-2、2-3、2-4、3-1、")
    assert "8-1" not in told[4]
    assert "六、认定结果" not in bulletin(account_of(sample_plan, OCTOBER))
    assert "六、认定结果" not in bulletin(account_of(sample_plan)._replace(certified={}))


def test_the_circular_speaks_of_the_whole_the_projects_and_the_ranks_by_both(sample_plan: Plan) -> None:
    """Σ weight 31. By what was reported five rows at 1; by what was certified 1-1 stands at 31000/31400, 8-1 at nothing:
    (3 + 0.98726) / 31 = 12.86 %, / 5 = 79.75 %."""
    lines = bulletin(account_of(sample_plan)).split("\r\n")
    whole = lines[lines.index("一、总体情况") + 1]
    assert "32项考核指标中已达标5项" in whole
    assert whole.endswith(
        "按认定数（没有认定意见的按报送数），已完成项目0个，已达标指标3项，平均完成率（未报按0）12.9%，已报平均79.7%（已报5/32，待核0）。"
    )
    projects = lines[lines.index("二、各项目进展") + 1 :]
    assert projects[0].endswith(
        "：未报，其中2项完成、1项未报；平均完成率（未报按0）66.7%；按认定数：未完成，其中1项完成、1项未完成、1项未报；平均完成率（未报按0）66.2%。"
    )
    assert "按认定数" not in projects[3], "4-3 stands as it was reported"
    ranked = lines[lines.index("四、牵头单位排名") + 1 :]
    assert ranked[0].startswith("　　第1名（仅1项）　县残联：")
    assert ranked[0].endswith("；按认定数第4名，完成0项、参评1项。")
    assert ranked[1].startswith("　　第2名　县人力资源和社会保障局：")
    assert ranked[1].endswith("；按认定数第1名，完成1项、参评3项。")
    october = bulletin(account_of(sample_plan, OCTOBER))
    assert "按认定数" not in october


def test_what_is_not_certified_counts_as_it_was_said(sample_plan: Plan) -> None:
    """No word on it: as reported. 待补证, in doubt: 待核. Not recognised: its target unmet; of what should be little, 待核."""
    def counted(code: str, one: Certified) -> object:
        return counted_as(sample_plan.indicator(code), one)

    assert counted("8-1", said(CUT, Fraction(104), Fraction(120))) == 104
    assert counted("8-1", said(PROOF, None, Fraction(120))) == "待补证"
    assert counted("8-1", said(DENIED, None, Fraction(120))) == 0
    assert counted("2-1", said(DENIED, None, "是")) == "否"
    assert counted("8-1", said(CUT, Doubt("106 / 100"), Fraction(120))) == "待核：106 / 100"
    little = sample_plan.indicator("8-1")._replace(comparator=Comparator.AT_MOST)
    assert counted_as(little, said(DENIED, None, Fraction(120))) == "不予认定"
    account = account_of(sample_plan)
    account = account._replace(certified={"1-1": said(PROOF, None, Fraction(31500)), "2-1": said(DENIED, None, "是")})
    by_it = {row.indicator.code: row.status for row in by_certified(account, county_of(account)).indicators}
    assert (by_it["1-1"], by_it["1-2"], by_it["2-1"], by_it["8-1"]) == (Status.HELD, Status.DONE, Status.MISSED, Status.DONE)


def county_of(account: PeriodAccount) -> CountyProgress:
    return progress_of(account.plan, account.period, account.entries())


def test_the_leads_are_ranked_by_what_was_certified(sample_plan: Plan) -> None:
    """Of the rows of each lead that are reported, all others being 未报 with a gap of −1. By what was reported 县残联 1/1, then
    2/3, 1/3, 1/5, the others 0; by what was certified 县人社局 1/3 with a smaller gap than 县交通运输局, 县卫生健康委 1/5, and
    县残联 0/1 beside the others."""
    account = account_of(sample_plan)
    reported = {one.unit: one.rank for one in ranks_of(account, county_of(account))}
    certified = {one.unit: one for one in ranks_of(account, by_certified(account, county_of(account)))}
    others = set(sample_plan.ranked_units) - {LABOUR, ROADS, HEALTH, DISABLED}
    assert reported == {DISABLED: 1, LABOUR: 2, ROADS: 3, HEALTH: 4, **dict.fromkeys(others, 5)}
    assert {unit: one.rank for unit, one in certified.items()} == {LABOUR: 1, ROADS: 2, HEALTH: 3, DISABLED: 4, **dict.fromkeys(others, 4)}
    assert [(one.good, one.judged, one.owed) for one in map(certified.__getitem__, (LABOUR, ROADS, HEALTH, DISABLED))] == [
        (1, 3, 3), (1, 3, 3), (1, 5, 5), (0, 1, 1),
    ]


def shown(book: Book, page: str, name: RowName, *keys: str) -> list[object]:
    sheet = book.sheet(page)
    return [book.value(sheet, sheet.cell(name.cell(key))) for key in keys]


def test_the_summary_shows_the_certified_figure_beside_the_reported_one(sample_plan: Plan) -> None:
    book = master_book(account_of(sample_plan), "", 0)
    heads = [book.value(book.sheet("summary"), book.sheet("summary").cells[3, column]) for column in range(4, 9)]
    assert heads == ["本期累计", "完成率", "认定数", "认定率", "状态"]
    rows = {code: shown(book, "summary", RowName("row", code), "reported", "rate", "certified", "certified_rate") for code in ("1-1", "1-2", "1-3", "4-3", "8-1")}
    assert rows == {
        "1-1": [31500, Fraction("1.003"), 31000, Fraction("0.987")], "1-2": [26000, Fraction("1.02"), 26000, Fraction("1.02")],
        "1-3": ["", "—", "未认定", "—"], "4-3": [Fraction(333, 555), 1, Fraction(333, 555), 1], "8-1": [120, 1, "不予认定", "—"],
    }
    remarks = {code: str(shown(book, "summary", RowName("row", code), "remark")[0]) for code in ("1-1", "1-2", "8-1")}
    assert (remarks["1-1"], remarks["1-2"], remarks["8-1"]) == ("核减", "", "")
    note = str(book.value(book.sheet("summary"), book.sheet("summary").cell(Key("total", "all", "note"))))
    assert "按报送数达标 5 项，按认定数达标 3 项（没有认定意见的按报送数）。" in note


def test_the_summary_says_that_a_figure_moved_since_it_was_certified(sample_plan: Plan) -> None:
    account = account_of(sample_plan)
    moved = account._replace(certified={**account.certified, "1-2": said(AGREED, Fraction(25600), Fraction(25600))})
    book = master_book(moved, "", 0)
    assert shown(book, "summary", RowName("row", "1-2"), "certified", "certified_rate", "remark") == [25600, Fraction("1.004"), "认定后已变"]


def test_the_ranking_shows_both_ranks(sample_plan: Plan) -> None:
    account = account_of(sample_plan)
    book, by_it = master_book(account, "", 0), {one.unit: one for one in ranks_of(account, by_certified(account, county_of(account)))}
    page = book.sheet("ranking")
    heads = [str(book.value(page, page.cells[3, column])).replace("\n", "") for column in range(13)]
    assert heads == [
        "报送名次", "单位", "认定名次", "参评/牵头", "已报", "完成（达标）", "未完成", "完成占比", "平均完成率（未报按0）", "已报平均", "报送及时", "退回次数", "备注",
    ]
    seats = [shown(book, "ranking", RowName("lead", name), "rank_shown", "unit", "certified_rank_shown", "remark_shown") for name in sample_plan.ranked_units]
    assert seats[:4] == [
        [1, DISABLED, 4, "仅1项；认定完成0/1"], [2, LABOUR, 1, "认定完成1/3"], [3, ROADS, 2, "认定完成1/3"], [4, HEALTH, 3, "认定完成1/5"],
    ]
    assert {unit: rank for _, unit, rank, _ in seats} == {unit: one.rank for unit, one in by_it.items()}, "the sheet and its twin"
    how = str(page.cell(Key("note", "ranking", "how")).content)
    assert "没有认定意见的按报送数，不予认定的按未完成，暂不认定、待补证、待核的不参评，名次为暂定。" in how


def test_a_rank_that_rests_on_doubtful_certification_is_provisional(sample_plan: Plan) -> None:
    account = account_of(sample_plan)
    waiting = account._replace(certified={**account.certified, "1-1": said(PROOF, None, Fraction(31500)), "8-1": said(PROOF, None, Fraction(120))})
    book = master_book(waiting, "", 0)
    remarks = dict(shown(book, "ranking", RowName("lead", name), "unit", "remark_shown") for name in sample_plan.ranked_units)
    assert (remarks[LABOUR], remarks[DISABLED]) == ("认定完成1/2，暂定", "仅1项；认定完成0/0，未排名")
    ranked = bulletin(waiting).split("\r\n")
    assert any(line.endswith("；按认定数第1名（暂定），完成1项、参评2项。") for line in ranked)
    assert any("县残联" in line and line.endswith("；按认定数未排名，完成0项、参评0项。") for line in ranked)


def test_programs_are_told_both(sample_plan: Plan) -> None:
    account = account_of(sample_plan)
    told = status_of(account, county_of(account), {})
    assert told["certified"]["met"] == 3
    assert (told["averages"]["met"], told["certified"]["text"]) == (5, "平均完成率（未报按0）12.9%，已报平均79.7%（已报5/32，待核0）")
    assert {one["unit"]: (one["rank"], one["certified"]["rank"]) for one in told["ranks"]}[LABOUR] == (2, 1)
    october = account_of(sample_plan, OCTOBER)
    assert status_of(october, county_of(october), {})["certified"] is None
    assert {one["certified"] for one in status_of(october, county_of(october), {})["ranks"]} == {None}


def test_before_the_last_period_they_do_not(sample_plan: Plan) -> None:
    book = master_book(account_of(sample_plan, OCTOBER), "", 0)
    page, ranking = book.sheet("summary"), book.sheet("ranking")
    assert "认定" not in str(book.value(page, page.cell(RowName("row", "1-1").cell("remark"))))
    assert "认定" not in str(ranking.cell(Key("note", "ranking", "how")).content)
    nothing = account_of(sample_plan)._replace(certified={"7-7": said(AGREED, "是", "是")})
    for account in (account_of(sample_plan, OCTOBER), nothing):
        sheets = {id: sheet for id in ("summary", "ranking") for sheet in [master_book(account, "", 0).sheet(id)]}
        assert {str(sheets["summary"].cells[3, column].content).split("\n")[0] for column in (6, 7)} == {"序时", "偏差"}
        assert str(sheets["ranking"].cells[3, 2].content) == "参评/\n牵头"


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
