"""Looks and limits of cells in an open workbook, and its protection while they are changed."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from minsheng_xl.books.live.patience import patiently
from minsheng_xl.exact.addresses import Area, area_name
from minsheng_xl.forms.look import Style, Weight
from minsheng_xl.forms.validation import PROMPT_TITLE, Validation
from minsheng_xl.problems import MinshengError

if TYPE_CHECKING:
    import xlwings

_PROTECTION = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
    "AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting",
    "AllowFiltering", "AllowUsingPivotTables",
)


@contextmanager
def unprotected(sheet: "xlwings.Sheet") -> Iterator[None]:
    """The sheet without its protection, if it has one, and with it again afterwards."""
    api = patiently(getattr, sheet, "api")
    if not patiently(_is_protected, api):
        yield
        return
    options = patiently(_options, api)
    with suppress(Exception):  # each program has its own way to say that there is a password
        patiently(_unprotect, api)
    if patiently(_is_protected, api):
        raise MinshengError(f"{sheet.name} 加了密码保护，写不进去。请先撤销这一页的保护，再汇总。")
    try:
        yield
    finally:
        patiently(_protect, api, options)


def _unprotect(api: Any) -> None:
    api.Unprotect("")


def _protect(api: Any, options: dict[str, Any]) -> None:
    api.Protect(**options)


def _is_protected(api: Any) -> bool:
    return bool(api.ProtectContents)


def _options(api: Any) -> dict[str, Any]:
    """What the protection of a sheet allows; LibreOffice has no such options here."""
    if not hasattr(api, "Protection"):
        return {}
    allowed = {name: getattr(api.Protection, name) for name in _PROTECTION}
    return {**allowed, "DrawingObjects": api.ProtectDrawingObjects, "Scenarios": api.ProtectScenarios}


def dress(target: "xlwings.Range", style: Style, before: Style | None, *, editable: bool) -> None:
    """Give cells a look, property by property. Pasting formats instead would cut conditional formats to
    pieces and need the clipboard."""
    font = target.font
    font.name, font.size, font.bold, font.color = style.face, style.size, style.bold, style.color
    target.number_format, target.wrap_text, target.color = style.number, style.wrap, style.fill or None
    target.horizontal_alignment, target.vertical_alignment = style.align, style.valign
    native = target.api
    native.IndentLevel, native.ShrinkToFit, native.Locked = style.indented, style.shrink, not editable
    if before is None or style.edges != before.edges:  # a line is its neighbour's too
        _draw(target, style, before)


def _draw(target: "xlwings.Range", style: Style, before: Style | None) -> None:
    edges = style.edges
    gone = [f"edge_{side}" for side in before.edges if side not in edges] if before is not None else []
    if gone:
        target.borders.set(gone, line_style=None)
    lines: dict[tuple[Weight, str], list[str]] = {}
    for side, line in edges.items():
        lines.setdefault(line, []).append(f"edge_{side}")
    if target.shape[0] > 1 and "bottom" in edges:
        lines[edges["bottom"]].append("inside_horizontal")
    for (weight, color), sides in lines.items():
        target.borders.set(sides, line_style="continuous", weight=weight, color=color)


_INPUT_ONLY = 0  # xlValidateInputOnly


def limit_cells(sheet: "xlwings.Sheet", area: Area, limit: Validation | None) -> None:
    """Limit what cells take, as a closed file would."""
    rule = sheet.range(area_name(*area)).data_validation
    rule.delete()
    if limit is None:
        return
    if limit.kind == "list":
        rule.set_list(sheet.range(limit.area) if limit.area else list(limit.words))
    elif limit.kind == "whole":
        rule.set_whole_number("greater_than_or_equal", 0)
    elif limit.kind == "decimal":
        rule.set_decimal("greater_than_or_equal", 0)
    else:
        rule.api.Add(_INPUT_ONLY)
    native = rule.api
    native.IgnoreBlank, native.ShowError = True, limit.stops
    if limit.prompt:
        native.InputTitle, native.InputMessage = PROMPT_TITLE, limit.prompt
    if limit.error:
        native.ErrorTitle, native.ErrorMessage = limit.error_title, limit.error
