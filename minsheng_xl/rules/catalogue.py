"""All rules, by code."""

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType

from minsheng_xl.rules import (
    account,
    beside,
    certification,
    changes,
    choices,
    confirmation,
    course,
    files,
    identity,
    numbers,
    ratios,
    sight,
    size,
    structure,
    texts,
)
from minsheng_xl.rules.model import Rule

SUBJECTS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("文件", files.RULES),
    ("标识", identity.RULES),
    ("结构", structure.RULES),
    ("数字：填的是不是数", (*numbers.RULES, *numbers.UNSEEN)),
    ("数字：比率", ratios.RULES),
    ("数字：选了一个词", (*choices.RULES, *choices.UNSEEN)),
    ("数字：看不看得见", sight.RULES),
    ("数字：多大多小", (*size.RULES, *size.UNSEEN)),
    ("数字：与上期、总数相比", course.RULES),
    ("看得见、不读取的内容", beside.RULES),
    ("文字", texts.RULES),
    ("与别的来件相比", account.RULES),
    ("表下发以后计划的变更", changes.RULES),
    ("认定表", certification.RULES),
    ("核对单", confirmation.RULES),
)
_ALL = chain.from_iterable(rules for _, rules in SUBJECTS)
RULES: dict[str, Rule] = {rule.code: rule for rule in _ALL}

RULE_SET = max(rule.since for rule in RULES.values())
"""The number of the present rule set."""

_OF_FIGURES = (*numbers.RULES, *ratios.RULES, *choices.RULES, *size.RULES, *course.RULES)
BY_ROW: tuple[Rule, ...] = tuple(sorted((rule for rule in _OF_FIGURES if rule.fires), key=lambda rule: rule.turn))
"""The rules a sheet computes for a row of figures, in the order in which their hints come first."""


_HEAD = (
    "# 来件检查的规则",
    "",
    "这一页由程序生成（`python -m minsheng_xl.rules.catalogue`，后面写上计划，就标出试行的规则）。"
    "轻重：**提示** 照样采用；**待核** 该格不计入，等办公室定；**退回** 整份不用。",
    "能说明的：在该行“说明”栏写明原因，就按说明采用。",
)
_COLUMNS = ("| 编码 | 轻重 | 涉及的格 | 问题 | 处理办法 | 能说明 | 界限 | 理由 |", "|---|---|---|---|---|---|---|---|")


def page(trials: Mapping[str, str] = MappingProxyType({})) -> str:
    """The catalogue as a page for people, in Markdown; `trials` are rules by code that only remark up to a period."""
    lines = [*_HEAD]
    for subject, rules in SUBJECTS:
        lines += ["", f"## {subject}", "", *_COLUMNS, *(_line(rule, trials.get(rule.code, "")) for rule in rules)]
    return "\n".join(lines) + "\n"


def may_be_on_trial(code: str) -> bool:
    """Whether 规则试行 can be set for a rule: one that holds a figure, and that the form states too."""
    return any(rule.code == code and rule.is_doubt for rule in BY_ROW)


def _line(rule: Rule, trial: str) -> str:
    words = {"seen": "…", "expected": "…", "reason": "…"}
    cells = (
        rule.code,
        f"提示（试行至 {trial}，以后{rule.severity.value}）" if trial else rule.severity.value,
        rule.holds or "—",
        rule.sentence.format(**words),
        rule.action.format(**words),
        "能" if rule.explainable else "—",
        rule.tolerance or "—",
        rule.source,
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    import sys

    from minsheng_xl.plan.load import load_plan

    of_plan = load_plan(sys.argv[1]).settings.trials if len(sys.argv) > 1 else ()
    print(page({code: str(last) for code, last in of_plan}), end="")
