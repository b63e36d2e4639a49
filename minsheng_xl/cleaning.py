"""Texts from outside, made fit to be shown and written."""

import re

LONGEST = 32_767
"""Characters that a cell can hold."""

_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def one_line(name: str) -> str:
    """A name from outside as it is shown: cleaned, and in one line."""
    return re.sub("[\r\n\t\u2028\u2029]+", " ", cleaned(name))


def cleaned(text: str) -> str:
    """A text without control characters, without what turns its direction, no longer than a cell."""
    return _UNSHOWN.sub("", text)[:LONGEST]
