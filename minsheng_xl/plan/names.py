"""Names that a unit's sheet and file may have."""

import re

RESERVED = frozenset({"首页", "进展汇总总表", "待决事项", "填报流水", "收件登记", "History"})
"""The master's own sheets."""

_LONGEST = 31
_PROJECT_SHEET = re.compile(r"项目\d+\Z")
_NO_SHEET = re.compile(r"[\[\]:*?/\\]|^'|'$|[\x00-\x1f]")


def may_name_a_sheet(name: str) -> bool:
    """Whether Excel takes a sheet of that name."""
    return len(name) <= _LONGEST and not _NO_SHEET.search(name)


def is_reserved(name: str) -> bool:
    """Whether the master has a sheet of its own of that name."""
    return name.lower() in {reserved.lower() for reserved in RESERVED}


def is_project_sheet(name: str) -> bool:
    """Whether the master may name the sheet of a project so."""
    return bool(_PROJECT_SHEET.match(name))
