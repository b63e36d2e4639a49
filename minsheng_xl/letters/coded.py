"""Texts and bytes as mails carry them: character sets, encoded words, parameters, transfer encodings.

Read as they are found, not as they should be: names in raw GBK, words that were cut, base64 between foreign lines.
Sources: RFC 2045 (transfer encodings, parameters), RFC 2047 (words), RFC 2231 (long and foreign parameters).
"""

import binascii
import re
from urllib.parse import unquote_to_bytes

_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "cp936", "ms936", "936", "x-gbk", "gb_2312-80", "euc-cn", "csgb2312"})
"""Names under which mails hold what GB18030 reads."""
_WORD = re.compile(rb"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)(?:\?=|\Z)")
_BLANKS = re.compile(rb"\s*")
_PARAMETER = re.compile(rb';\s*([A-Za-z0-9_-]+)(?:\*(\d+))?(\*?)\s*=\s*("[^"]*"?|[^;]*)')
_ESCAPED = re.compile(rb"\\(.)")
_PERCENT = re.compile(rb"(?:[!-~]|%[0-9A-Fa-f]{2})*%[0-9A-Fa-f]{2}(?:[!-~]|%[0-9A-Fa-f]{2})*")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_BASE64_OF_FILE = re.compile(rb"\s*(?:UEsDB|0M8R4KGxGuE|UmFyIR|N3q8ry)")
"""A zip, an old Office file, a rar or a 7z, in base64."""
_FILE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_BEGUN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]+)\r?\n", re.M)


_DIGITS, _LAST = 5, 9999
"""Of the number of a piece of a parameter; one that has more digits comes last."""


def decoded(raw: bytes, charset: str = "") -> str:
    """A text in a character set, as Chinese programs mean its name; in none that is known, as it can be read."""
    name = charset.strip("\"' ").lower()
    if name in _CHINESE:
        name = "gb18030"
    try:
        if name and name not in ("us-ascii", "ascii", "unknown-8bit", "default"):
            return raw.decode(name)
    except (LookupError, UnicodeError, ValueError):
        pass
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def header(raw: bytes) -> str:
    """The text of a header: its words in the character sets that they name, joined before they are read where one sign
    was parted between two, and all else as it can be read."""
    found: list[str] = []
    waiting, charset, place = b"", "", 0
    while (word := _WORD.search(raw, place)) is not None:
        between = raw[place : word.start()]
        named = word[1].decode("ascii", "replace").partition("*")[0]
        joins = bool(charset) and _BLANKS.fullmatch(between) is not None
        if not joins or named.lower() != charset.lower():
            found += [decoded(waiting, charset), "" if joins else decoded(between)]
            waiting = b""
        waiting += from_base64(word[3]) if word[2] in b"bB" else _from_q(word[3])
        charset, place = named, word.end()
    return "".join([*found, decoded(waiting, charset), decoded(raw[place:])])


def _from_q(text: bytes) -> bytes:
    return from_quoted(text.replace(b"_", b" "))


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """The value of a header and its parameters by name, those in pieces put together by their numbers."""
    value = raw.partition(b";")[0].strip().lower()
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    plain: dict[str, str] = {}
    for match in _PARAMETER.finditer(raw):
        name, number, star, said = match[1].decode().lower(), match[2], match[3], _unquoted(match[4])
        if number is None and not star:
            plain.setdefault(name, _plain_name(said))
        else:
            place = int(number or 0) if len(number or b"") < _DIGITS else _LAST
            pieces.setdefault(name, {}).setdefault(place, (said, bool(star)))
    for name, found in pieces.items():
        plain[name] = _put_together([found[number] for number in sorted(found)]) or plain.get(name, "")
    return value.decode("ascii", "replace"), plain


def _unquoted(said: bytes) -> bytes:
    said = said.strip()
    if not said.startswith(b'"'):
        return said
    said = said.strip(b'"')
    return _ESCAPED.sub(rb"\1", said) if said.isascii() else said  # in raw GBK a backslash is half a sign


def _plain_name(said: bytes) -> str:
    if b"=?" in said:
        return header(said)
    if _PERCENT.fullmatch(said):
        try:
            return unquote_to_bytes(said).decode("utf-8")
        except UnicodeDecodeError:
            return decoded(said)
    return decoded(said)


def _put_together(pieces: list[tuple[bytes, bool]]) -> str:
    charset = ""
    said, is_coded = pieces[0]
    if is_coded and said.count(b"'") >= 2:
        name, _, rest = said.split(b"'", 2)
        charset, pieces = name.decode("ascii", "replace"), [(rest, True), *pieces[1:]]
    raw = b"".join(unquote_to_bytes(said) if is_coded else said for said, is_coded in pieces)
    return header(raw) if b"=?" in raw else decoded(raw, charset)


def from_base64(text: bytes) -> bytes:
    """What is written in base64, whatever stands between its signs and however it ends: a server's lines under it are
    not its own, for of an encoder all lines are as long as the first but the last."""
    lines = [line for line in map(bytes.strip, text.splitlines()) if _BASE64.fullmatch(line)]
    if not lines:
        return _base64_of(_NO_BASE64.sub(b"", text))
    own: list[bytes] = []
    for line in lines:
        if own and len(line) < len(own[0]) and len(own[-1]) < len(own[0]):
            break
        own.append(line)
        if line.endswith(b"=") and len(line) < len(own[0]):
            break
    return _base64_of(b"".join(own))


def _base64_of(signs: bytes) -> bytes:
    found = bytearray()
    for run in signs.split(b"="):
        whole = run[: len(run) - 1] if len(run) % 4 == 1 else run
        found += binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    return bytes(found)


def from_quoted(text: bytes) -> bytes:
    """What is written as quoted-printable."""
    return binascii.a2b_qp(text)


def from_uu(lines: bytes) -> bytes:
    """What is written in uuencoded lines, up to the line that ends it or cannot be one."""
    found = bytearray()
    for line in lines.splitlines():
        if line.strip() in (b"end", b"`", b""):
            break
        try:
            found += binascii.a2b_uu(line)
        except binascii.Error:  # some programs write a length that is too small
            try:
                found += binascii.a2b_uu(line[: ((line[0] - 32 & 63) * 4 + 5) // 3])
            except binascii.Error:
                break
    return bytes(found)


def transferred(body: bytes, encoding: str) -> bytes:
    """The bytes of a part from what travelled; what is plainly written otherwise than it says is read as it is."""
    if body.startswith(_FILE):
        return body
    if encoding == "base64" or _BASE64_OF_FILE.match(body[:200]):
        return from_base64(body)
    if encoding == "quoted-printable":
        return from_quoted(body)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        begun = _BEGUN.search(body)
        return from_uu(body[begun.end() :] if begun else body)
    return body


def enclosed_in(text: bytes) -> list[tuple[str, bytes]]:
    """The files that old programs write into the text itself, by name."""
    return [(decoded(found[1].strip()), from_uu(text[found.end() :])) for found in _BEGUN.finditer(text)]
