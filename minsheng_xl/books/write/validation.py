"""What an input cell takes: given to XlsxWriter, and as the element by which a sheet says it."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from minsheng_xl.forms.layout import Input, PlacedCell, Sheet
from minsheng_xl.forms.validation import PROMPT_TITLE, validation_of


def limit_cell(target: Any, sheet: Sheet, cell: PlacedCell, accepts: Input) -> None:
    limits = validation_of(sheet, accepts)
    if limits is None:
        return
    options: dict[str, Any] = {"ignore_blank": True, "validate": {"whole": "integer"}.get(limits.kind, limits.kind)}
    if limits.prompt:
        options |= {"input_title": PROMPT_TITLE, "input_message": limits.prompt}
    if limits.error:
        options |= {"error_title": limits.error_title, "error_message": limits.error}
    if limits.kind in ("whole", "decimal"):
        options |= {"criteria": ">=", "value": 0}
    elif limits.kind == "list":
        options |= {"source": f"={limits.area}" if limits.area else list(limits.words), "show_error": limits.stops}
    bottom, right = cell.row + cell.down - 1, cell.column + cell.across - 1
    target.data_validation(cell.row, cell.column, bottom, right, options)


def validation_xml(sheet: Sheet, cell: PlacedCell) -> str:
    """The element by which an input cell is limited or offered a list; "" if it is not."""
    limit = validation_of(sheet, cell.input) if cell.input is not None else None
    if limit is None:
        return ""
    is_number = limit.kind in ("whole", "decimal")
    formula = "0" if is_number else limit.area or _listed(limit.words)
    said = {
        "type": {"any": "none"}.get(limit.kind, limit.kind), "operator": "greaterThanOrEqual" if is_number else "",
        "allowBlank": "1", "showInputMessage": "1", "showErrorMessage": "1" if limit.stops else "",
        "errorTitle": limit.error_title, "error": limit.error,
        "promptTitle": PROMPT_TITLE if limit.prompt else "", "prompt": limit.prompt, "sqref": cell.area,
    }
    attributes = "".join(f" {name}={quoteattr(text)}" for name, text in said.items() if text)
    inner = f"<formula1>{escape(formula)}</formula1>" if formula else ""
    return f"<dataValidation{attributes}>{inner}</dataValidation>"


def _listed(words: Sequence[str]) -> str:
    return f'"{",".join(words)}"' if words else ""
