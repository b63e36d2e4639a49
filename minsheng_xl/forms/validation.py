"""What an input cell takes and what its clerk is told, as a spreadsheet program limits and says it."""


from typing import NamedTuple

from minsheng_xl.exact.addresses import area_name
from minsheng_xl.forms.layout import Input, Sheet

_LONGEST = 255
"""Excel's limit on the text of an input message, and on the words of a drop-down joined by commas."""
PROMPT_TITLE = "填写说明"


class Validation(NamedTuple):
    """`kind`: whole or decimal (of 0 and above), list (of `words`, or of what stands in `area`), or any.
    Anything else is refused where `stops`; an empty text is not said."""

    kind: str
    words: tuple[str, ...] = ()
    area: str = ""
    stops: bool = True
    prompt: str = ""
    error_title: str = ""
    error: str = ""


def validation_of(sheet: Sheet, accepts: Input) -> Validation | None:
    """How an input cell of a sheet is limited; None if it is not."""
    prompt = accepts.instruction[:_LONGEST]
    if accepts.kind == "number":
        kind, number = ("whole", "整数") if accepts.decimals == 0 else ("decimal", "数字")
        error = f"请填不小于 0 的{number}，不带单位、不写文字；没有数请留空，有情况写在“说明”栏。"
        return Validation(kind=kind, prompt=prompt, error_title="这里只能填数字", error=error)
    if accepts.source is not None:
        first, last = (sheet.cell(key) for key in accepts.source)
        area = area_name(first.row, first.column, last.row, last.column, fixed=True)
        return Validation(kind="list", area=area, stops=False, prompt=prompt)
    if accepts.choices and _can_list(accepts.choices):
        return Validation(
            kind="list", words=accepts.choices, stops=accepts.kind == "choice", prompt=prompt,
            error_title="请从列表中选", error="请从下拉列表中选一项，或留空。",
        )
    return Validation(kind="any", prompt=prompt) if prompt else None


def _can_list(choices: tuple[str, ...]) -> bool:
    """Whether a drop-down can hold the words: Excel joins them by commas."""
    return len(",".join(choices)) <= _LONGEST and not any("," in choice or '"' in choice for choice in choices)
