"""Texts and bytes as mails carry them: character sets, encoded words, parameters, transfer encodings.

Read as they are found, not as they should be: names in raw GBK, words that were cut, base64 between foreign lines.
Sources: RFC 2045 (transfer encodings, parameters), RFC 2047 (words), RFC 2231 (long and foreign parameters).
"""

import binascii
import re
from urllib.parse import unquote_to_bytes

_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "cp936", "ms936", "936", "x-gbk", "gb_2312-80", "euc-cn", "csgb2312"})
"""Names under which mails hold what GB18030 reads."""
_KNOWN = re.compile(
    r"utf-?(?:8|7|16|16le|16be)|gb18030|big5(?:-?hkscs)?|hz|hz-gb-2312|iso-2022-(?:jp|kr)|iso-?8859-\d{1,2}|latin-?1"
    r"|(?:windows-|cp)\d{3,4}|euc-(?:jp|kr)|shift_jis|koi8-r"
)
"""The character sets of mails; what else Python knows by a name is none, or takes time without end."""
_LONGEST_WORDS = 100_000
_WORD = re.compile(rb"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)(?:\?=|\Z)")
_BLANKS = re.compile(rb"\s*")
_PARAMETER = re.compile(rb';\s*([A-Za-z0-9_-]+)(?:\*(\d+))?(\*?)\s*=\s*("[^"]*"?|[^;]*)')
_ESCAPED = re.compile(rb"\\(.)")
_VISIBLE, _PERCENT = re.compile(rb"[!-~]+"), re.compile(rb"%[0-9A-Fa-f]{2}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_BASE64_OF_FILE = re.compile(rb"\s*(?:UEsDB|0M8R4KGxGuE|UmFyIR|N3q8ry)")
"""A zip, an old Office file, a rar or a 7z, in base64."""
FILE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_BEGUN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]+)\r?\n", re.M)


_MOST_ENCLOSED = 50
_DIGITS, _LAST = 5, 9999
"""Of the number of a piece of a parameter; one that has more digits comes last."""


def decoded(raw: bytes, charset: str = "") -> str:
    """A text in a character set, as Chinese programs mean its name; in none that mails are written in, as it can be
    read."""
    name = charset.strip("\"' ").lower()
    if name in _CHINESE:
        name = "gb18030"
    try:
        if _KNOWN.fullmatch(name):
            return raw.decode(name).encode("utf-8", "replace").decode("utf-8")
    except (LookupError, UnicodeError, ValueError):
        pass
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def header(raw: bytes) -> str:
    """The text of a header: its words in the character sets that they name, joined before they are read where one sign
    was parted between two, and all else as it can be read."""
    raw = raw[:_LONGEST_WORDS]
    found: list[str] = []
    waiting, charset, place = bytearray(), "", 0
    while (word := _WORD.search(raw, place)) is not None:
        between = raw[place : word.start()]
        named = word[1].decode("ascii", "replace").partition("*")[0]
        joins = bool(charset) and _BLANKS.fullmatch(between) is not None
        if not joins or named.lower() != charset.lower():
            found += [decoded(bytes(waiting), charset), "" if joins else decoded(between)]
            waiting = bytearray()
        waiting += from_base64(word[3]) if word[2] in b"bB" else _from_q(word[3])
        charset, place = named, word.end()
    return "".join([*found, decoded(bytes(waiting), charset), decoded(raw[place:])])


def _from_q(text: bytes) -> bytes:
    return from_quoted(text.replace(b"_", b" "))


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """The value of a header and its parameters by name, those in pieces put together by their numbers."""
    raw = raw[:_LONGEST_WORDS]
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
    if _PERCENT.search(said) and _VISIBLE.fullmatch(said.replace(b" ", b"")):
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
    not its own, for of an encoder all lines are as long as the first but the last. Where a file does not come to its
    end so, it was wrapped or put together otherwise: then it is as it comes to its end."""
    every = [line for line in map(bytes.strip, text.splitlines()) if line]
    lines = [line for line in every if _BASE64.fullmatch(line)]
    found = _base64_of(b"".join(_own(lines)))
    is_plain = 2 * len(lines) > len(every)
    if _is_whole(found) or (is_plain and not found.startswith(FILE)):
        return found
    signs = [_NO_BASE64.sub(b"", line) for line in every if _is_mostly_base64(line)]
    ways = (b"".join(lines), b"".join(signs), _NO_BASE64.sub(b"", text), _NO_BASE64.sub(b"", from_quoted(text)))
    others = [_base64_of(one) for one in ways]
    return next((one for one in others if _is_whole(one)), found if is_plain else others[2])


def _own(lines: list[bytes]) -> list[bytes]:
    """The lines of one encoder."""
    own: list[bytes] = []
    for line in lines:
        if own and len(line) < len(own[0]) and len(own[-1]) < len(own[0]):
            break
        own.append(line)
        if line.endswith(b"=") and len(line) < len(own[0]):
            break
    return own


def _is_mostly_base64(line: bytes) -> bool:
    return len(_NO_BASE64.sub(b"", line)) >= 0.9 * len(line.strip())


def _is_whole(content: bytes) -> bool:
    """Whether a zip comes to its end, and its directory lies where it says; of other files nobody can tell."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0:
        return False
    size, place = (int.from_bytes(content[end + at : end + at + 4], "little") for at in (12, 16))
    comment = int.from_bytes(content[end + 20 : end + 22], "little")
    return size + place == end and len(content) == end + 22 + comment


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
    bare = body.lstrip(b"\r\n") if body[:1] in (b"\r", b"\n") else body
    if bare.startswith(FILE):
        return bare
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
    begun = list(_BEGUN.finditer(text))[:_MOST_ENCLOSED]
    ends = [*(one.start() for one in begun[1:]), len(text)]
    return [(decoded(one[1].strip()), from_uu(text[one.end() : end])) for one, end in zip(begun, ends, strict=False)]
