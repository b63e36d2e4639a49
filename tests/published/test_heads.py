"""Heads are known by exact words."""

import pytest

from minsheng_xl.published.heads import TASK_HEADS, heads_of, meant, squashed


def columns(*words: str) -> tuple[str, ...] | None:
    found = heads_of(words)
    return None if found is None else found.columns


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ["序\n号", "项目", "指标任务", "牵头单位", "责任单位", "认定单位"],
            ["序号", "项目", "指标任务", "牵头单位", "责任单位", "认定单位"],
        ),
        (["序 号", "民生实事*", "责任单位：", "完成时限"], ["序号", "项目", "责任单位", "完成时限"]),
        (
            ["序号", "项目名称", "主要内容", "区政府分管领导", "牵头单位", "配合单位"],
            ["序号", "项目", "指标任务", "分管领导", "牵头单位", "责任单位"],
        ),
        # both name who works with the lead: their units stand together
        (["序号", "项目", "任务", "牵头单位", "责任单位", "配合单位"], ["序号", "项目", "指标任务", "牵头单位", "责任单位", "责任单位"]),
        # 项目内容 is the project where nothing else is, and the task where the project has its own head
        (["序号", "项目内容", "目标与任务", "主要责任单位"], ["序号", "项目", "指标任务", "牵头单位"]),
        (["序号", "项目名称", "项目内容", "牵头单位"], ["序号", "项目", "指标任务", "牵头单位"]),
        # two heads for the task: the stronger one is taken, the other is asked about
        (["序号", "项目", "主要内容", "目标任务"], ["序号", "项目", "", "指标任务"]),
        # beside the measure, the target has a column of its own
        (
            ["序号", "重点民生实事", "考核指标", "单位", "目标任务", "牵头单位"],
            ["序号", "项目", "指标任务", "计量单位", "目标值", "牵头单位"],
        ),
        (["序号", "项目", "指标", "计量单位", "目标值"], ["序号", "项目", "指标任务", "计量单位", "目标值"]),
        # 单位 is the measure beside units, and who is responsible where there are none
        (["序号", "内容", "单位"], ["序号", "指标任务", "责任单位"]),
        (["序号", "内容", "单位", "责任单位"], ["序号", "指标任务", "计量单位", "责任单位"]),
        # a remark in brackets is no part of the name
        (["序号", "项目", "任务", "责任单位（列第一位者为牵头单位）"], ["序号", "项目", "指标任务", "责任单位"]),
        # a head that is not known is kept, and not guessed
        (["序号", "项目", "任务", "资金来源", "牵头"], ["序号", "项目", "指标任务", "", "牵头单位"]),
        (["类别", "项目", "任务", "备注"], ["类别", "项目", "指标任务", "备注"]),
    ],
)
def test_words_name_columns(words: list[str], expected: list[str]) -> None:
    found = heads_of(words)
    assert found is not None
    assert list(found.columns) == expected
    assert list(found.words) == words


@pytest.mark.parametrize(
    "words",
    [
        ["项目单位", "牵头的单位", "序号"],  # like the words, but not them
        ["姓名", "职务", "联系电话"],
        ["指标任务", "备注"],  # neither number, project nor lead
        ["序号", "项目"],  # neither a task nor who or when
        ["序号", "项目名称", "完成情况"],
        ["1", "开展职业技术培训", "新建幼儿园1所", "县教育局"],
        ["序号", "项目", "任务", "全年完成技能培训3.14万人次，新增技能人才2.55万人，确保增幅同步"],
        [""],
        [],
    ],
)
def test_other_rows_are_no_heads(words: list[str]) -> None:
    assert heads_of(words) is None


def test_who_answers_is_the_lead_where_others_help_and_none_leads() -> None:
    found = heads_of(["序号", "实事项目", "工作举措及实施计划", "责任单位", "配合单位"])
    assert found is not None
    assert found.columns == ("序号", "项目", "指标任务", "牵头单位", "责任单位")
    assert found.remarks == ("表里没有“牵头单位”一栏，另有配合单位：把“责任单位”当作牵头单位，请核对。",)


def test_without_a_lead_and_without_helpers_nobody_is_taken_for_it() -> None:
    found = heads_of(["序号", "项目", "任务", "责任单位"])
    assert found is not None
    assert found.columns[3] == "责任单位"
    assert found.remarks == ()


@pytest.mark.parametrize("word", ["序号", " 序\t号", "序\n号", "*序号", "序号：", "序　号"])
def test_blanks_line_breaks_and_decoration_are_taken_off(word: str) -> None:
    assert meant(word) == ("序号",)


@pytest.mark.parametrize("word", ["序号1", "序", "牵头单位负责人", "（序号）", "年度序号"])
def test_nothing_else_is_taken_off(word: str) -> None:
    assert meant(word) == ()


@pytest.mark.parametrize("column", TASK_HEADS)
def test_no_word_stands_twice_in_a_line_of_the_list(column: str) -> None:
    words = [squashed(word) for word in TASK_HEADS[column]]
    assert len(words) == len(set(words))
    assert all(column in meant(word) for word in words)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("项目", "项目 民生实事 实事项目 项目名称 项目内容 重点工作任务"),
        ("指标任务", "指标任务 主要内容 工作举措及实施计划 工作目标 目标与任务 考核指标"),
        ("牵头单位", "牵头单位 牵头责任单位 主要责任单位"),
        ("责任单位", "责任单位 配合单位 协同配合单位"),
        ("认定单位", "认定单位"), ("完成时限", "完成时限"), ("分管领导", "分管领导 区政府分管领导"), ("计量单位", "单位"),
        ("备注", "备注"), ("序号", "序号"),
    ],
)
def test_the_words_that_were_met_are_known(column: str, words: str) -> None:
    assert all(column in meant(word) for word in words.split())
