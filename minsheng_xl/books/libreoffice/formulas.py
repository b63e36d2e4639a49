"""Formulas as Excel writes them ↔ as LibreOffice does: separators, and the sign behind a sheet's name."""

import re

_LIST = r'\{(?:"(?:[^"]|"")*"|[^"}])*\}'
_PIECE = re.compile(rf'"(?:[^"]|"")*"|{_LIST}|\'(?:[^\']|\'\')+\'!|[^\W\d][\w.]*!|\b(?:TRUE|FALSE)\b(?!\()|,')
_NATIVE = re.compile(
    rf'"(?:[^"]|"")*"|{_LIST}|\$?\'(?:[^\']|\'\')+\'\.(?=\$?[A-Z])'
    r"|\$?[^\W\d]\w*\.(?=\$?[A-Z]{1,3}\$?\d)|;"
)
_DIVIDED = re.compile(r'"(?:[^"]|"")*"|[,;|]')
_TO_NATIVE, _FROM_NATIVE = {",": ";", ";": "|"}, {";": ",", "|": ";"}


def to_native(formula: str) -> str:
    """=SUM('项目 1'!A1:A3,2) → =SUM($'项目 1'.A1:A3;2); texts stay as they are."""

    def native(match: re.Match[str]) -> str:
        found = match[0]
        if found.startswith('"'):
            return found
        if found.startswith("{"):
            return _DIVIDED.sub(lambda sign: _TO_NATIVE.get(sign[0], sign[0]), found)
        if found in ("TRUE", "FALSE"):
            return f"{found}()"
        return ";" if found == "," else f"${found[:-1]}."

    return _PIECE.sub(native, formula)


def from_native(formula: str) -> str:
    """The other way."""

    def excel(match: re.Match[str]) -> str:
        found = match[0]
        if found.startswith('"'):
            return found
        if found.startswith("{"):
            return _DIVIDED.sub(lambda sign: _FROM_NATIVE.get(sign[0], sign[0]), found)
        return "," if found == ";" else f"{found.removeprefix('$')[:-1]}!"

    return _NATIVE.sub(excel, formula)
