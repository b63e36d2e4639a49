"""通报初稿 and 催报文字, word for word; the figures are reckoned by hand from the targets of the plan."""

from datetime import date
from fractions import Fraction

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import Closing, Past, PeriodAccount
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.brief import brief_sheet
from minsheng_xl.forms.paper.drawing import Asked
from minsheng_xl.forms.paper.reminder import CHOSEN, LETTER, reminder_sheet
from minsheng_xl.forms.paper.reminder import letters as paper_letters
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.plan.tables import RawRow
from minsheng_xl.telling.notices import bulletin, reminders
from tests.makers import empty_account, figure

OCTOBER = Period.parse("2022-10")
LABOUR, CIVIL = "县人力资源和社会保障局", "县民政局"
# 1-1 15700 of 31400, 1-2 6000 of 25500, ten of twelve months gone
HALF: dict[tuple[str, ...], Value] = {figure("1-1"): Fraction(15700), figure("1-2"): Fraction(6000)}


SILENT = (
    "　　未报：县人力资源和社会保障局（1-1、1-2、1-3）、县医疗保障局（2-1、2-2、2-3、2-4）、县城市管理局（3-1）、"
    "县住房和城乡建设局（3-2、3-3）、县交通运输局（4-1、4-2、4-3）、县教育体育局（5-1、5-2、5-3）、县民政局（6-1、6-2、6-3、6-4）、"
    "县卫生健康委（7-1、7-2、7-3、7-4、7-5）、县残联（8-1）、团县委（9-1、9-2、9-3）、县政务服务和大数据服务中心（10-1、10-2、10-3）。"
)


def paragraphs(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text.removesuffix("\r\n").split("\r\n")


def chapter(text: str, head: str) -> list[str]:
    """The lines under a head of the circular."""
    lines = paragraphs(text)
    start = lines.index(head) + 1
    return lines[start : lines.index("", start) if "" in lines[start:] else None]


def test_the_head_and_the_whole(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER, {LABOUR: HALF})
    account.units[LABOUR].standing = Standing.ACCEPTED
    account.units[CIVIL].standing = Standing.REFUSED
    said = bulletin(account)
    assert paragraphs(said)[0] == "关于鲁山县2022年重点民生实事10月份进展情况的通报（初稿）"
    # Σ weight 31: 3-2 and 3-3 are one work in two measures; (1/2 + 4/17) / 31 = 2.4 %, / 2 = 36.8 %
    assert chapter(said, "一、总体情况") == [
        "　　截至2022年10月31日，10个项目中已完成0个，32项考核指标中已达标0项；应报单位38个，已报1个。"
        "平均完成率（未报按0）2.4%，已报平均36.8%（已报2/32，待核0）。"
    ]


def test_projects_bear_their_worst_status_and_their_lights(sample_plan: Plan) -> None:
    said = chapter(bulletin(empty_account(sample_plan, OCTOBER, {LABOUR: HALF})), "二、各项目进展")
    assert len(said) == 10
    assert said[0] == "　　1. 开展职业技术培训和评价取证：严重滞后（红灯），其中2项严重滞后、1项未报；平均完成率（未报按0）24.5%。"
    assert said[7] == "　　8. 实施残疾儿童康复救助：未报，其中1项未报；平均完成率（未报按0）0.0%。"


def test_the_furthest_behind_comes_first(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER, {LABOUR: {**HALF, figure("1-3"): Fraction(8000)}})
    assert chapter(bulletin(account), "三、滞后指标") == [
        "　　1-2 新增技能人才（县人力资源和社会保障局）：完成23.5%，序时83.3%，滞后59.8个百分点。",
        "　　1-1 职业技能培训人次（县人力资源和社会保障局）：完成50.0%，序时83.3%，滞后33.3个百分点。",
        "　　1-3 其中：高技能人才（县人力资源和社会保障局）：完成76.9%，序时83.3%，滞后6.4个百分点。",
        SILENT.replace("县人力资源和社会保障局（1-1、1-2、1-3）、", ""),
    ]


def test_nothing_lags(sample_plan: Plan) -> None:
    assert chapter(bulletin(empty_account(sample_plan, OCTOBER)), "三、滞后指标") == ["　　没有滞后指标。", SILENT]


def test_leads_are_ranked(sample_plan: Plan) -> None:
    met: dict[tuple[str, ...], Value] = {figure("1-1"): Fraction(31400), figure("1-2"): Fraction(25500)}
    account = empty_account(sample_plan, OCTOBER, {LABOUR: {**met, figure("1-3"): Fraction(10400)}})
    said = chapter(bulletin(account), "四、牵头单位排名")
    assert len(said) == 11
    assert said[0] == (
        "　　第1名　县人力资源和社会保障局：牵头指标3项，参评3项，按序时及以上3项，滞后0项，平均完成率（未报按0）100.0%。"
    )
    assert "（仅1项）　县残联" in "".join(said)


def test_who_is_silent_and_who_was_refused(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER)
    for name, unit in account.units.items():
        unit.standing = Standing.ACCEPTED if name not in (LABOUR, CIVIL) else Standing.MISSING
    account.units[CIVIL].standing = Standing.REFUSED
    assert paragraphs(bulletin(account))[-2:] == ["　　未报：县人力资源和社会保障局。", "　　报送不合格（已退回）：县民政局。"]
    labour, civil = reminders(account).removesuffix("\r\n").split("\r\n\r\n")
    assert labour == (
        "【县人力资源和社会保障局】\r\n鲁山县2022年重点民生实事10月份填报表应于11月7日前报送，"
        "至今未收到贵单位来表，请填好已下发的填报表，尽快报送；没有新进展的，请选“本期无新进展”，数字照填或选“与上期相同”，再报送。"
    )
    assert civil.startswith("【县民政局】\r\n")
    assert "贵单位来表不符合要求，已退回，请按退回说明改正后重新报送；" in civil
    account.units[LABOUR].standing = account.units[CIVIL].standing = Standing.ACCEPTED
    assert paragraphs(bulletin(account))[-1] == "　　各单位均已报送。"
    assert reminders(account) == ""


def test_a_unit_of_words_is_told_how_to_report_that_there_is_nothing_new_and_one_of_figures_that_words_are_not_all(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER)
    letters = {text.partition("】")[0]: text for text in reminders(account).split("【")}
    assert letters["县司法局"].endswith("没有新进展的，请选“本期无新进展”后报送。\r\n\r\n")
    assert letters[CIVIL].endswith("数字照填或选“与上期相同”，再报送。\r\n\r\n")
    book = master_book(account, "", 0)
    said = {}
    for pages, sheet in paper_letters(book, account):
        chosen, text = (pages.value(sheet, sheet.cell(key)) for key in (CHOSEN, LETTER))
        said[chosen] = str(text).partition("尽快报送；")[2]
    assert (len(said), said[CIVIL], said["县司法局"]) == (
        38, "没有新进展的，请选“本期无新进展”，数字照填或选“与上期相同”，再报送。", "没有新进展的，请选“本期无新进展”后报送。",
    )


def test_what_came_but_does_not_count_is_said_with_its_day(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER)
    for name, unit in account.units.items():
        unit.standing = Standing.MISSING if name in (LABOUR, CIVIL) else Standing.ACCEPTED
    account = account._replace(came={LABOUR: "11月3日收到的是9月的表", CIVIL: "11月4日收到的是压缩包"})
    assert chapter(bulletin(account), "五、未报单位") == [
        "　　未报：县人力资源和社会保障局（11月3日收到的是9月的表）、县民政局（11月4日收到的是压缩包）。"
    ]
    assert "11月4日收到的是压缩包，填好的本期表至今未收到" in reminders(account)
    account.units[LABOUR].standing = account.units[CIVIL].standing = Standing.REFUSED
    assert chapter(bulletin(account), "五、未报单位") == ["　　报送不合格（已退回）：县人力资源和社会保障局、县民政局。"]


def test_whom_to_call() -> None:
    tables = built_in_tables(sample=True)
    row = next(row for row in tables.rows["单位"] if row.cells["单位"] == LABOUR)
    row.cells.update({"联系人": "王芳", "电话": "0375-5051234"})
    said = reminders(empty_account(check_tables(tables), OCTOBER))
    assert said.startswith("【县人力资源和社会保障局】（王芳 0375-5051234）\r\n")


def test_what_the_plan_says_of_who_signs_and_by_when_is_printed_and_nothing_else() -> None:
    tables = built_in_tables(sample=True)
    said = bulletin(empty_account(check_tables(tables), OCTOBER)), reminders(empty_account(check_tables(tables), OCTOBER))
    assert "县政府办" not in "".join(said)
    assert said[1].count("尽快报送") == 38
    given = (("落款单位", "", "县政府办"), ("补报期限", "2022-10", "2022-11-10"), ("印发日期", "2022-10", "2022-11-15"))
    for name, about, value_ in given:
        tables.rows["参数"].append(RawRow(99, {"参数": name, "对象": about, "值": value_, "说明": ""}))
    account = empty_account(check_tables(tables), OCTOBER)
    assert paragraphs(bulletin(account))[-3:] == ["", "　　县政府办", "　　2022年11月15日"]
    assert reminders(account).count("于11月10日前报送；没有新进展的") == 38
    assert reminders(account).count("县政府办\r\n") == 38
    letter = reminder_sheet(account)
    words = [str(cell.content) for cell in letter.cells.values()]
    assert any("于11月10日前报送" in text for text in words)
    assert "县政府办（盖章）　　　　" in words
    for whose, above in (("", "2022年10月（截至2022年10月31日）"), ("赵军", "2022年10月（截至2022年10月31日）　·　赵军分管")):
        assert captions(account, whose) == [above, None, "县政府办", "2022年11月15日印发"]


def captions(account: PeriodAccount, whose: str = "") -> list[object]:
    """What stands under the title of the brief, and below the rule."""
    cells = brief_sheet(account, Asked(whose)).cells
    return [cells[place].content for place in ((1, 0), (2, 0), (2, 3), (2, 9))]


def test_the_day_of_the_closing_is_the_day_of_issue(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER)
    when = "2022年10月（截至2022年10月31日）"
    assert captions(account) == [when, None, None, None]
    assert "印发" not in bulletin(account)
    closed = account._replace(closing=Closing(at=date(2022, 11, 10)))
    assert captions(closed) == [f"{when}　已定稿", None, None, None], "nobody said"
    issued = account._replace(closing=Closing(at=date(2022, 11, 10), dated=date(2022, 11, 12)))
    assert captions(issued) == [f"{when}　已定稿", None, None, "2022年11月12日印发"]
    assert paragraphs(bulletin(issued))[-2:] == ["", "　　2022年11月12日"]


def test_a_silent_row_says_that_it_lagged(sample_plan: Plan) -> None:
    past = {each: {"8-1": Past("▼ 滞后红", Fraction(1, 4))} for each in OCTOBER.earlier}
    account = empty_account(sample_plan, OCTOBER)._replace(past=past)
    assert "县残联（8-1上期滞后）" in chapter(bulletin(account), "三、滞后指标")[-1]
    book = master_book(account, "", 0)
    line = book.sheet("brief").cell(("silent", "brief", "line"))
    assert "县残联（8-1上期滞后）" in str(book.value(book.sheet("brief"), line))
    lagging = book.sheet("lagging")
    rows = [RowName("lagging", str(n)) for n in range(1, 33)]
    said = [[book.value(lagging, lagging.cell(row.cell(key))) for key in ("name", "status", "periods")] for row in rows]
    assert ["残疾儿童康复救助", "○ 未报（上期滞后）", "9期，连续未报1期"] in said
    remark = book.sheet("summary").cell(RowName("row", "8-1").cell("remark"))
    assert book.value(book.sheet("summary"), remark) == "上期滞后"


def test_the_brief_ends_the_worst_with_the_silent(sample_plan: Plan) -> None:
    everybody = {unit.name: {} for unit in sample_plan.reporting_units}
    for i in sample_plan.indicators:
        if i.code != "8-1" and i.takes_figures:
            everybody[i.filler] |= {figure(i.code, measure): Fraction(1) for measure in i.measures}
    for cells, said in ((everybody, "未报：县残联（8-1）。"), ({}, SILENT.strip())):
        book = master_book(empty_account(sample_plan, OCTOBER, cells), "", 0)
        sheet = book.sheet("brief")
        line = sheet.cell(("silent", "brief", "line"))
        assert str(book.value(sheet, line))[:290] == said[:290]
        below = next(cell for cell in sheet.cells.values() if cell.key == ("section", "waiting", "title"))
        assert below.row == line.row + 1
