"""All rules, by code."""

from minsheng_xl.rules import account, certification, course, files, identity, numbers, ratios, structure, texts
from minsheng_xl.rules.model import Rule

SUBJECTS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("文件", files.RULES),
    ("标识", identity.RULES),
    ("结构", structure.RULES),
    ("数字：填的是不是数", (*numbers.RULES, *numbers.UNSEEN)),
    ("数字：比率", ratios.RULES),
    ("数字：与目标、上期、总数相比", course.RULES),
    ("文字", texts.RULES),
    ("与别的来件相比", account.RULES),
    ("认定表", certification.RULES),
)
RULES: dict[str, Rule] = {rule.code: rule for _, rules in SUBJECTS for rule in rules}

BY_ROW: tuple[Rule, ...] = (
    numbers.NOT_NUMBER, numbers.NOT_CHOICE, ratios.HALF, numbers.NEGATIVE, ratios.DENOMINATOR_ZERO,
    course.WAN_LOST, numbers.DECIMALS, course.WAN_DOUBLED, course.INCREMENT_TYPED, course.CUMULATIVE_FALLS,
    course.CHILD_EXCEEDS, ratios.DENOMINATOR_CHANGED, ratios.NUMERATOR_EXCEEDS, ratios.PERCENT_TYPED,
    ratios.UNSET, ratios.COVERAGE_OVER, course.STOCK_FALLS, course.JUMP, course.SAME,
)
"""The rules a sheet computes for a row of figures, in the order in which their hints come first."""


def page() -> str:
    """The catalogue as a page for people, in Markdown."""
    lines = [
        "# 来件检查的规则", "",
        "这一页由程序生成（`python -m minsheng_xl.rules.catalogue`）。轻重：**提示** 照样采用；**待核** 该格不计入，等办公室定；**退回** 整份不用。",
        "能说明的：在该行“说明”栏写明原因，就按说明采用。",
    ]
    for subject, rules in SUBJECTS:
        lines += ["", f"## {subject}", "", "| 编码 | 轻重 | 管哪一格 | 说什么 | 怎么办 | 能说明 | 界限 | 为什么 |", "|---|---|---|---|---|---|---|---|"]
        for rule in rules:
            words = {"seen": "…", "expected": "…", "reason": "…"}
            lines.append(
                f"| {rule.code} | {rule.severity.value} | {rule.holds or '—'} | {rule.sentence.format(**words)} | {rule.action.format(**words)} "
                f"| {'能' if rule.explainable else '—'} | {rule.tolerance or '—'} | {rule.source} |"
            )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
