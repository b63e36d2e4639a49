"""The names that a unit's sheet in the master and its files may have."""

import re

from minsheng_xl.plan.tabs import TABS

RESERVED = frozenset({tab.name for tab in TABS if not tab.is_group} | {"History"})
"""The master's own sheets, those that are hidden too, and the one that Excel keeps for itself."""

LONGEST_NAME = 100
"""Signs of a unit's name."""
_LONGEST = 31
_RESERVED = frozenset(name.lower() for name in RESERVED)
_PROJECT_SHEET = re.compile(r"项目\d+\Z")
_NO_SHEET = re.compile(r"[\[\]:*?/\\]|^'|'\Z|[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_DEVICE = r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\.|\Z)"
_NO_FILE = re.compile(rf'["<>|]|[.\s]\Z|^{_DEVICE}', re.IGNORECASE)


def may_name_a_sheet(name: str) -> bool:
    """Whether Excel takes a sheet of that name."""
    return len(name) <= _LONGEST and not _NO_SHEET.search(name)


def may_name_a_file(name: str) -> bool:
    """Whether Windows takes a file of that name, with whatever ending.

    What neither a sheet nor a file may be named is asked by `may_name_a_sheet`.
    """
    return not _NO_FILE.search(name)


def is_reserved(name: str) -> bool:
    """Whether the master has a sheet of its own of that name, however it is written."""
    return name.lower() in _RESERVED


def is_project_sheet(name: str) -> bool:
    """Whether the master may name the sheet of a project so."""
    return bool(_PROJECT_SHEET.match(name))
