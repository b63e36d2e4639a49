"""The heads of published task tables: which words name which column. Exact words, never likeness.

A head is compared after blanks, line breaks and decoration (*，：) are taken off. To add one: a word in its line.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

NUMBER, PROJECT, TASK = "序号", "项目", "指标任务"
LEAD, RESPONSIBLE, CERTIFIER = "牵头单位", "责任单位", "认定单位"
DEADLINE, LEADER, REMARK, SECTION = "完成时限", "分管领导", "备注", "类别"
MEASURE, AMOUNT = "计量单位", "目标值"

TASK_HEADS: Mapping[str, tuple[str, ...]] = {
    NUMBER: ("序号", "编号", "项目序号", "序列", "项次", "号", "No.", "NO", "№"),
    PROJECT: (
        "项目", "民生实事", "实事项目", "项目名称", "重点工作任务", "民生实事项目", "民生实事名称", "民生实事项目名称", "实事名称", "实事项目名称", "民生项目", "民生工程",
        "民生工程项目", "重点项目", "重点民生实事", "重点民生实事项目", "实事事项", "事项", "事项名称", "工程名称", "任务名称", "工作项目", "工作事项", "重点工作", "重点任务",
        "项目内容", "实事内容", "民生实事内容", "民生实事事项", "为民办实事项目", "办实事项目", "名称", "重点民生项目", "十件实事", "十大民生实事", "十件民生实事",
        "民生实事事项名称", "工作事项名称", "具体项目", "具体事项", "项目事项", "任务项目", "任务事项", "民心工程", "民生工程名称", "实事工程", "实事", "工作名称", "重点事项",
        "重点工作事项",
    ),
    TASK: (
        "指标任务", "考核指标", "目标任务", "工作目标", "目标与任务", "年度目标任务", "年度目标", "工作任务", "任务目标", "目标", "任务", "任务指标", "年度任务", "全年目标",
        "全年目标任务", "年度工作目标", "年度工作任务", "目标要求", "工作目标任务", "工作目标及任务", "目标任务及工作要求", "具体任务", "具体目标", "指标", "指标内容", "考核内容",
        "考核目标", "任务要求", "任务分解", "分解任务", "主要内容", "工作举措及实施计划", "工作内容", "建设内容", "主要任务", "任务内容", "主要工作内容", "主要建设内容",
        "建设内容及规模", "建设规模及内容", "主要建设内容及规模", "实施内容", "具体内容", "内容", "工作举措", "工作措施", "主要举措", "主要措施", "具体措施", "项目内容",
        "实事内容", "民生实事内容", "目标任务内容", "工作要点", "工作内容及目标", "工作目标和任务", "目标及任务", "工作任务及目标", "工作任务和目标", "主要目标任务", "主要目标",
        "年度主要目标任务", "年度主要任务", "年度建设内容", "年度建设目标", "项目建设内容", "项目主要内容", "项目目标", "项目任务", "年度计划", "年度实施内容", "年度实施计划",
        "实施计划", "工作计划", "任务及目标", "内容及目标", "内容与目标", "目标内容", "项目内容及目标", "实事项目内容", "具体实施内容", "工作任务分解", "指标要求", "承诺事项",
        "承诺内容", "办实事内容", "建设任务", "任务内容及目标", "主要工作任务", "主要工作", "主要工作目标", "绩效目标", "年度绩效目标", "工作目标及要求", "具体工作任务",
        "实施内容及目标", "建设内容及目标", "建设内容及年度目标", "工作要求", "目标任务和要求",
    ),
    LEAD: (
        "牵头单位", "牵头责任单位", "主要责任单位", "牵头部门", "牵头责任部门", "责任牵头单位", "主办单位", "主办部门", "主责单位", "主责部门", "主管单位", "主管部门",
        "主要责任部门", "第一责任单位", "县级牵头单位", "市级牵头单位", "区级牵头单位", "县直牵头单位", "市直牵头单位", "区直牵头单位", "牵头", "主办", "主责", "市牵头单位",
        "区牵头单位", "县牵头单位", "市级牵头部门", "县级牵头部门", "区级牵头部门", "省级牵头单位", "省级牵头部门", "市直牵头部门", "县直牵头部门", "责任牵头部门", "总牵头单位",
        "主要牵头单位", "主体责任单位", "首要责任单位", "第一牵头单位",
    ),
    RESPONSIBLE: (
        "责任单位", "配合单位", "协同配合单位", "责任部门", "配合部门", "协办单位", "协办部门", "协同单位", "协作单位", "协同部门", "参与单位", "配合责任单位", "协助单位",
        "落实单位", "承办单位", "承办部门", "实施单位", "具体责任单位", "相关单位", "相关责任单位", "责任单位和部门", "责任单位（部门）", "县直责任单位", "市直责任单位",
        "区直责任单位", "配合", "协办", "责任", "责任主体", "责任主体单位", "县级责任单位", "市级责任单位", "区级责任单位", "县级责任部门", "市级责任部门", "主要配合单位",
        "协助部门", "协同配合部门", "参与部门", "参加单位", "参加部门", "责任配合单位", "配合责任部门", "落实部门", "实施主体", "实施部门", "具体承办单位", "建设单位",
        "属地单位", "属地责任单位", "有关单位",
    ),
    CERTIFIER: ("认定单位", "数据认定单位", "认定部门", "评估认定单位", "考核认定单位", "验收单位", "考核单位"),
    DEADLINE: (
        "完成时限", "完成时间", "时限", "时限要求", "完成期限", "办结时限", "完成日期", "时间要求", "工作时限", "计划完成时间", "完成时间节点", "任务完成时限", "目标完成时间",
        "拟完成时间", "时间节点", "进度安排", "完成时限要求", "完成时限及要求", "年度完成时限", "计划完成时限", "预计完成时间", "工作完成时限", "工作时间节点", "时间进度",
        "时间进度安排", "完成节点", "时间安排", "起止时间", "实施期限", "实施时间", "办理时限", "任务时限", "时间",
    ),
    LEADER: (
        "分管领导", "区政府分管领导", "县政府分管领导", "市政府分管领导", "责任领导", "牵头领导", "分管县领导", "分管区领导", "分管市领导", "县级领导", "市级领导", "区级领导",
        "县级责任领导", "市级责任领导", "区级责任领导", "主管领导", "包抓领导", "包保领导", "联系领导", "县级分管领导", "市级分管领导", "区级分管领导", "分管副县长", "分管副市长",
        "分管副区长", "县领导", "市领导", "区领导", "牵头县领导", "牵头区领导", "牵头市领导", "县委县政府责任领导", "挂包领导", "挂钩领导", "包联领导", "挂联领导", "责任县领导",
        "责任区领导", "责任市领导", "分管负责同志", "县级包抓领导", "市级包抓领导", "主管县领导", "主管副县长", "主管市领导", "主管区领导",
    ),
    REMARK: ("备注", "说明", "备注说明", "备考"),
    MEASURE: ("计量单位", "单位", "指标单位"),
    AMOUNT: (
        "目标值", "目标数", "任务数", "指标值", "任务量", "目标任务", "年度目标", "目标", "任务目标", "年度目标任务", "全年目标", "全年目标任务",
        "年度任务", "任务指标", "年度目标值", "年度任务数", "计划数", "数量", "目标数量",
    ),
    SECTION: (
        "类别", "项目类别", "分类", "类型", "领域", "民生领域", "级别", "层级", "项目类型", "实事类别", "民生类别", "项目分类", "民生实事类别", "工程类别", "所属领域",
        "任务类别", "板块", "方面",
    ),
}
"""Each column with the words that name it. A word in two lines names the first of them that has no other head; where
several heads name one column, the word that stands first in its line is taken, and the others are asked about. The
amount has a column of its own only beside that of the measure."""
_SEVERAL = (LEAD, RESPONSIBLE)
"""Columns that several heads may name: their units stand one under the other."""
_UNITS = (LEAD, RESPONSIBLE, CERTIFIER)
_DECORATION = re.compile(r"[\s\u3000*＊★☆▲，,：:；;。．]+")
_BRACKETS = re.compile(r"[（(【\[〔][^（）()]*[）)】\]〕]$")
_YEAR = re.compile("^(?:20\\d\\d年度?|本年度?|今年)")
_LONGEST = 24
"""Signs of a head; a text of a task is longer."""
_NAMED: dict[str, list[str]] = {}
for _column, _words in TASK_HEADS.items():
    for _word in _words:
        _NAMED.setdefault(_DECORATION.sub("", _word), []).append(_column)


class Heads(NamedTuple):
    """The heads of a table by place: their words as published, and the column each was taken for ("" of one that is
    not known, or whose column another is taken for)."""

    words: tuple[str, ...]
    columns: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def places(self, column: str) -> list[int]:
        return [place for place, name in enumerate(self.columns) if name == column]


def squashed(text: str) -> str:
    """A head without blanks, line breaks and decoration."""
    return _DECORATION.sub("", text)


def meant(word: str) -> tuple[str, ...]:
    """The columns that a head may name, the likeliest first; a remark in brackets behind it, or the year before it
    (2025年目标值), changes nothing."""
    bare = squashed(word)
    unbracketed = _BRACKETS.sub("", bare)
    for text in (bare, unbracketed, _YEAR.sub("", unbracketed)):
        if text in _NAMED:
            return tuple(_NAMED[text])
    return ()


def heads_of(words: Sequence[str]) -> Heads | None:
    """The words of a row as heads; None if they are not those of a task table.

    Those have a column for the task, or for the project and the task in one, and one of: number, project, a unit.
    """
    if any(len(squashed(word)) > _LONGEST for word in words):
        return None
    columns = _columns(words)
    has = set(columns)
    units = has & {LEAD, RESPONSIBLE}
    if TASK in has and has & {PROJECT, NUMBER, LEAD}:
        return _with_remarks(words, columns)
    if PROJECT in has and NUMBER in has and (units or DEADLINE in has):
        return _with_remarks(words, columns)
    return None


def is_task_head(words: Sequence[str]) -> bool:
    """Whether a row with these words is the head of a task table."""
    return heads_of(words) is not None


def _columns(words: Sequence[str]) -> list[str]:
    """The column of each word: first of those that can mean one only, then of the others what is still free."""
    columns = [""] * len(words)
    choices = [meant(word) for word in words]
    if not any(MEASURE in found for found in choices):
        choices = list(map(_without_amount, choices))
    for is_clear in (True, False):
        for place in sorted(range(len(words)), key=lambda number: _rank(words[number], choices[number])):
            if choices[place] and (len(choices[place]) == 1) is is_clear:
                columns[place] = _free(choices[place], columns)
    if not {LEAD, RESPONSIBLE} & set(columns):
        columns = _with_units(words, columns)
    return columns


def _without_amount(choices: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in choices if name != AMOUNT)


def _free(choices: Sequence[str], columns: Sequence[str]) -> str:
    return next((name for name in choices if name in _SEVERAL or name not in columns), "")


def _rank(word: str, choices: Sequence[str]) -> int:
    """Where a word stands in the line of its column."""
    if not choices:
        return 0
    said = [squashed(known) for known in TASK_HEADS[choices[0]]]
    return next((place for place, known in enumerate(said) if squashed(word) == known), len(said))


def _with_units(words: Sequence[str], columns: list[str]) -> list[str]:
    """单位 alone is the measure; in a table without another column for units it is who is responsible."""
    return [
        RESPONSIBLE if name == MEASURE and squashed(word) == "单位" else name
        for word, name in zip(words, columns, strict=True)
    ]


def _with_remarks(words: Sequence[str], columns: list[str]) -> Heads:
    remarks = []
    helpers = [word for word, name in zip(words, columns, strict=True) if name == RESPONSIBLE]
    if LEAD not in columns and len(helpers) > 1 and any(squashed(word) in _ANSWERING for word in helpers):
        leading = next(word for word in helpers if squashed(word) in _ANSWERING)
        columns = [LEAD if word is leading else name for word, name in zip(words, columns, strict=True)]
        remarks.append(f"表里没有“牵头单位”一栏，另有配合单位：把“{squashed(leading)}”当作牵头单位，请核对。")
    return Heads(tuple(words), tuple(columns), tuple(remarks))


_ANSWERING = ("责任单位", "责任部门", "承办单位", "承办部门", "实施单位", "落实单位")
"""Who answers for a task, where others help."""
