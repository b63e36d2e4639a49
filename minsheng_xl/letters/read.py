"""Which way a mail lies there, by its content, and the reader of it."""

from minsheng_xl.letters.model import Letter

_TNEF = b"\x78\x9f\x3e\x22"
_COMPOUND, _OF_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "__properties_version1.0".encode("utf-16-le")
"""How a compound file begins, and the name of a stream that every mail of Outlook's has."""


def is_packed_letter(content: bytes) -> bool:
    """Whether a file is a mail of Outlook's own, or its winmail.dat."""
    return content.startswith(_TNEF) or (content.startswith(_COMPOUND) and _OF_OUTLOOK in content)


def read(content: bytes) -> Letter:
    """The mail in these bytes, which are one: as it travelled, where they are neither of Outlook's ways."""
    if content.startswith(_TNEF):
        from minsheng_xl.letters.tnef import read_tnef

        return read_tnef(content)
    if content.startswith(_COMPOUND):
        from minsheng_xl.letters.outlook import read_msg

        return read_msg(content)
    from minsheng_xl.letters.mime import read_mime

    return read_mime(content)
