"""The tables of another year: what is moved, marked, dropped, and what is said of it."""

import copy
from collections.abc import Mapping

import pytest

from minsheng_xl import Plan
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.next_year import ALL, Moved, Opening, Wanted, fits_target, like, next_year
from minsheng_xl.plan.tables import RawTables
from tests.makers import QUARTERS, raw

Row = dict[str, str]


@pytest.fixture
def tables() -> dict[str, list[Row]]:
    """The plan of quarters, with what belongs to its year."""
    found = copy.deepcopy(Plan.load(QUARTERS).tables)
    found["参数"] += [
        setting("规则试行", "2024-Q2", "cumulative-falls"), setting("印发日期", "2024-04-20", "2024-Q1"), setting("简报期号", "3", "2024-Q1"),
        setting("补报期限", "2024-07-13", "2024-Q2", "周六也收。急"), setting("上年文件夹", "../阳川县2023"),
        setting("年初数", "", "丙2"),
    ]
    cell(found, "指标", "甲2", 可不涉及="2024-Q2：停办（审批局函）", 存疑="口径待定", 恢复起始期="")
    return found


def setting(name: str, value: str, about: str = "", words: str = "") -> Row:
    return {"参数": name, "对象": about, "值": value, "说明": words}


def cell(tables: Mapping[str, list[Row]], table: str, key: str, **changed: str) -> None:
    next(row for row in tables[table] if key in row.values()).update(changed)


def moved(
    tables: dict[str, list[Row]], wanted: Wanted = ALL, openings: Mapping[str, Opening] | None = None, to: int = 2025
) -> Moved:
    return next_year(check_tables(raw(tables)), to, wanted, openings or {}, "../阳川县2024")


def rows(found: RawTables, table: str) -> list[Row]:
    return [row.cells for row in found.rows[table]]


def row(found: RawTables, table: str, *words: str) -> Row:
    (one,) = [cells for cells in rows(found, table) if set(words) <= set(cells.values())]
    return one


def test_days_move_with_their_periods(tables: dict[str, list[Row]]) -> None:
    found = moved(tables)
    assert row(found.tables, "参数", "报送期限") == setting(
        "报送期限", "2025-07-10", "2025-Q2", "待核对（由2024年转入）：原为2024-07-10。"
    )
    assert row(found.tables, "参数", "补报期限") == setting(
        "补报期限", "2025-07-13", "2025-Q2", "待核对（由2024年转入）：原为2024-07-13（周六也收；急），2025-07-13是星期日。"
    )
    assert "参数：期限移到了后一年，节假日请核对：2025-Q2（2025-07-10）、2025-Q2（2025-07-13星期日）。" in found.to_check


@pytest.mark.parametrize(("day", "to", "there"), [("2024-02-29", 2025, "2025-02-28"), ("2024-02-29", 2028, "2028-02-28"), ("", 2025, "")])
def test_a_leap_day_is_the_28th(tables: dict[str, list[Row]], day: str, to: int, there: str) -> None:
    cell(tables, "指标", "甲1", 完成时限=day)
    assert row(moved(tables, to=to).tables, "指标", "甲1")["完成时限"] == there


def test_the_year_moves_wherever_it_stands_in_the_title(tables: dict[str, list[Row]]) -> None:
    cell(tables, "参数", "标题", 值="阳川县2024—2026年民生实事（2024年）第120244号")
    cell(tables, "参数", "地区", 值="阳川县2024示范区")
    found = moved(tables).tables
    assert row(found, "参数", "标题")["值"] == "阳川县2025—2026年民生实事（2025年）第120244号"
    assert row(found, "参数", "地区")["值"] == "阳川县2025示范区"
    assert row(found, "参数", "年度")["值"] == "2025"


def test_settings_of_their_year_stay_behind_and_last_year_is_named(tables: dict[str, list[Row]]) -> None:
    found = moved(tables)
    names = [one["参数"] for one in rows(found.tables, "参数")]
    assert not {"规则试行", "印发日期", "简报期号"} & set(names)
    assert row(found.tables, "参数", "上年文件夹") == setting("上年文件夹", "../阳川县2024", "", "上年同期从这里取")
    assert "没有转入：属于当年的参数：规则试行、印发日期、简报期号。" in found.to_check


def test_the_openings_take_the_place_of_the_old_ones(tables: dict[str, list[Row]]) -> None:
    known = {"甲2": Opening("6", "12月报送数 6"), "丙2": Opening("50%", "认定数")}
    found = moved(tables, openings=known).tables
    assert [one for one in rows(found, "参数") if one["参数"] == "年初数"] == [
        setting("年初数", "6", "甲2", "待核对：12月报送数 6"),
        setting("年初数", "", "乙2", "待核对：2024年没有已采用的数"),
        setting("年初数", "50%", "丙2", "待核对：认定数"),
    ]


def test_a_gate_has_an_opening_only_if_it_had_one(tables: dict[str, list[Row]]) -> None:
    tables["参数"] = [one for one in tables["参数"] if one["对象"] != "丙2" or one["参数"] != "年初数"]
    found = moved(tables, openings={"丙2": Opening("50%", "认定数")})
    assert [one["对象"] for one in rows(found.tables, "参数") if one["参数"] == "年初数"] == ["乙2"]
    assert not [words for words in found.to_check if "丙2 50%" in words]


def test_marks_do_not_pile_up_over_the_years(tables: dict[str, list[Row]]) -> None:
    once = moved(tables).tables
    again = next_year(check_tables(once), 2026, ALL, {}, "../阳川县2025").tables
    assert row(again, "参数", "报送期限")["说明"] == "待核对（由2025年转入）：原为2025-07-10。"
    assert row(again, "参数", "分母")["说明"] == "待核对（由2025年转入）。乡镇数"
    assert row(again, "指标", "甲2")["存疑"] == "待核对（由2025年转入）：是否沿用、目标。口径待定"
    assert all(one["依据"].count("待核对") == 1 for one in rows(again, "序时"))


def test_a_blank_denominator_is_carried_as_it_is(tables: dict[str, list[Row]]) -> None:
    cell(tables, "参数", "分母", 值="")
    found = moved(tables)
    assert row(found.tables, "参数", "分母", "丙2")["说明"] == "乡镇数"
    assert not [words for words in found.to_check if words.startswith("参数：分母")]


def test_codes_of_full_width_are_the_same_ones(tables: dict[str, list[Row]]) -> None:
    for name, title in (("指标", "编码"), ("序时", "指标编码")):
        for one in tables[name]:
            one[title] = one[title].replace("甲1", "甲１")
    cell(tables, "参数", "报送期限", 对象="２０２４-Q2")
    found = moved(tables).tables
    assert [one["编码"] for one in rows(found, "指标")][:2] == ["甲1", "甲2"]
    assert {one["指标编码"] for one in rows(found, "序时")} == {"甲1"}
    assert row(found, "参数", "报送期限")["对象"] == "2025-Q2"


def test_denominators_are_listed(tables: dict[str, list[Row]]) -> None:
    found = moved(tables)
    assert row(found.tables, "参数", "分母")["说明"] == "待核对（由2024年转入）。乡镇数"
    assert [words for words in found.to_check if "分母" in words] == ["参数：分母沿用：丙2。"]


def test_what_hangs_on_a_dropped_row_is_let_go(tables: dict[str, list[Row]]) -> None:
    cell(tables, "指标", "甲3", 上级指标="甲2")
    found = moved(tables, Wanted(frozenset(("甲2", "丙1"))))
    derived, part = row(found.tables, "指标", "丙4"), row(found.tables, "指标", "甲3")
    assert (derived["推导自"], part["上级指标"]) == ("丙2", "")
    assert derived["存疑"] == "待核对（由2024年转入）：是否沿用、推导自（丙1、丙2没有转入）。"
    assert part["存疑"] == "待核对（由2024年转入）：是否沿用、目标、上级指标（甲2没有转入）。"
    assert "没有转入的指标：甲2、丙1。" in found.to_check
    check_tables(found.tables)


def test_a_project_goes_with_the_last_of_its_rows(tables: dict[str, list[Row]]) -> None:
    found = moved(tables, Wanted(frozenset(("乙1", "乙2", "乙3"))))
    assert [one["序号"] for one in rows(found.tables, "任务表")] == ["1", "3"]
    assert row(found.tables, "参数", "资金项目")["值"] == ""
    assert found.to_check[0] == "任务表：2 个项目，指标任务还是 2024 年的原文，请换成 2025 年公布的。"


def test_a_project_that_never_had_a_row_is_carried(tables: dict[str, list[Row]]) -> None:
    tables["任务表"].append({**tables["任务表"][0], "序号": "9", "项目": "空项目"})
    assert [one["序号"] for one in rows(moved(tables).tables, "任务表")] == ["1", "2", "3", "9"]


def test_a_unit_keeps_the_names_it_had_before(tables: dict[str, list[Row]]) -> None:
    event = {"事项": "改名", "对象": "水务局", "改为": "县水利局", "起始期次": "", "文号": "", "说明": ""}
    found = moved({**tables, "变更": [event]})
    assert row(found.tables, "单位", "县水利局")["别名"] == "水利局、水务局"
    assert rows(found.tables, "变更") == []
    assert "没有转入：属于当年的表：变更。" in found.to_check


@pytest.mark.parametrize(
    ("code", "text", "fits"),
    [
        ("甲1", "130", True), ("甲1", "0", False), ("甲1", "-1", False), ("甲1", "很多", False), ("甲1", "", False),
        ("甲2", "0", True), ("甲3", "0%", True), ("乙2", "96%", True), ("乙2", "96", False), ("乙2", "0%", False),
    ],
)
def test_what_may_be_a_target(quarters_plan: Plan, code: str, text: str, fits: bool) -> None:
    assert fits_target(quarters_plan.indicator(code), text) is fits


def test_like_another_it_has_units_and_settings_alone(tables: dict[str, list[Row]]) -> None:
    found = like(check_tables(raw(tables)), 2025)
    assert [bool(found.rows[name]) for name in ("任务表", "指标", "单位", "序时", "参数", "变更")] == [False, False, True, False, True, False]
    names = [one["参数"] for one in rows(found, "参数")]
    assert not {"分母", "年初数", "上年文件夹", "规则试行", "印发日期"} & set(names)
    assert row(found, "参数", "报送期限")["对象"] == "2025-Q2"


def test_like_another_of_the_same_year_its_dates_stay(tables: dict[str, list[Row]]) -> None:
    found = like(check_tables(raw(tables)), 2024)
    assert row(found, "参数", "报送期限") == setting("报送期限", "2024-07-10", "2024-Q2")
    assert row(found, "参数", "规则试行")["值"] == "2024-Q2"
    assert row(found, "参数", "资金项目")["值"] == ""


def question(answer: str) -> Row:
    return {
        "编号": "1", "表": "指标", "对象": "甲1", "栏": "比较", "问题": "是不是严格大于", "原句": "超", "选项": "≥、＞", "默认": "≥",
        "答复": answer, "影响": "",
    }


def test_groups_go_with_their_units(tables: dict[str, list[Row]]) -> None:
    names = "、".join(one["单位"] for one in tables["单位"][:2])
    tables["组"] = [{"组": "两家单位", "单位": names}]
    assert rows(moved(tables).tables, "组") == tables["组"]
    assert rows(like(check_tables(raw(tables)), 2025), "组") == tables["组"]


def test_a_published_deadline_moves_with_the_year_in_it(tables: dict[str, list[Row]]) -> None:
    texts = ["2024年9月底前", "9月底前", "2024-09-30"]
    for one, text in zip(tables["任务表"], texts, strict=False):
        one["完成时限"] = text
    found = moved(tables)
    wanted = ["2025年9月底前", "9月底前", "2025-09-30"][: len(tables["任务表"])]
    assert [one["完成时限"] for one in rows(found.tables, "任务表")][: len(wanted)] == wanted
    assert any(words.startswith("任务表：完成时限") for words in found.to_check)


@pytest.mark.parametrize(("answer", "sign", "is_told"), [("", "≥", True), ("＞", "＞", False)])
def test_what_was_answered_is_carried_and_what_was_asked_is_not(
    tables: dict[str, list[Row]], answer: str, sign: str, is_told: bool
) -> None:
    assert next(one for one in tables["指标"] if one["编码"] == "甲1")["比较"] == "≥"
    tables["待确认"] = [question(answer)]
    found = moved(tables)
    assert (rows(found.tables, "待确认"), row(found.tables, "指标", "甲1")["比较"]) == ([], sign)
    told = [words for words in found.to_check if words.startswith("待确认")]
    assert told == (["待确认：1 处没有答复，照默认的转入，请核对。"] if is_told else [])
