"""RFC 3161: what is asked of a time-stamping authority, and what its answer says.

Of an answer only the imprint and the time are read. Its signature is not looked at: that is for openssl ts -verify, and
whoever holds the certificate of the authority.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias

_INTEGER, _BOOLEAN, _OCTETS, _NULL, _OID, _TIME, _SEQUENCE, _INSIDE = 0x02, 0x01, 0x04, 0x05, 0x06, 0x18, 0x30, 0xA0
_SHA256 = bytes.fromhex("608648016503040201")
_STAMP_INFO = bytes.fromhex("2a864886f70d0109100104")
"""id-ct-TSTInfo, RFC 3161, 2.4.2."""
_LONG = 0x80
_GRANTED = (0, 1)
Encoded: TypeAlias = tuple[int, bytes]
"""The tag and the content of a value in DER."""


class TimeStamp(NamedTuple):
    """What an authority has seen, and when; `nonce` is what it was asked with, None if it does not say."""

    imprint: bytes
    at: datetime
    nonce: int | None = None


def request_of(imprint: bytes, nonce: int) -> bytes:
    """The request of a stamp on a SHA-256 digest, with the certificate. RFC 3161, 2.4.1."""
    algorithm = _der(_SEQUENCE, _der(_OID, _SHA256), _der(_NULL))
    digest = _der(_SEQUENCE, algorithm, _der(_OCTETS, imprint))
    return _der(_SEQUENCE, _number(1), digest, _number(nonce), _der(_BOOLEAN, b"\xff"))


def stamp_in(answer: bytes) -> TimeStamp:
    """What an answer says. Raises ValueError if it grants no stamp, or is none."""
    status, *token = _parts(_of(_SEQUENCE, _parts(answer)))
    if _integer(_parts(_of(_SEQUENCE, [status]))) not in _GRANTED or not token:
        raise ValueError("no stamp was granted")
    signed = _parts(_of(_INSIDE, _parts(_of(_SEQUENCE, token))[1:]))
    kind, *content = _parts(_of(_SEQUENCE, _parts(_of(_SEQUENCE, signed))[2:]))
    if kind != (_OID, _STAMP_INFO):
        raise ValueError("what was signed is no stamp")
    octets = _of(_OCTETS, _parts(_of(_INSIDE, content)))
    return _stamp(_parts(_of(_SEQUENCE, _parts(octets))))


def _stamp(info: Sequence[Encoded]) -> TimeStamp:
    """TSTInfo: version, policy, imprint, serial number, time, then what may be left out."""
    algorithm, imprint = _parts(_of(_SEQUENCE, info[2:]))[:2]
    if _parts(algorithm[1])[:1] != [(_OID, _SHA256)]:
        raise ValueError("the imprint is no SHA-256")
    told = _of(_TIME, info[4:]).decode("ascii").removesuffix("Z").partition(".")[0]
    at = datetime.strptime(told, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    nonces = [int.from_bytes(content, "big") for tag, content in info[5:] if tag == _INTEGER]
    return TimeStamp(_of(_OCTETS, [imprint]), at, nonces[0] if nonces else None)


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    length = len(content)
    if length < _LONG:
        return bytes((tag, length)) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG | len(size))) + size + content


def _number(value: int) -> bytes:
    return _der(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _integer(parts: Sequence[Encoded]) -> int:
    return int.from_bytes(_of(_INTEGER, parts), "big")


def _of(tag: int, parts: Sequence[Encoded]) -> bytes:
    """The content of the first of some values, which must be of that tag."""
    if not parts or parts[0][0] != tag:
        raise ValueError(f"no {tag:#x}")
    return parts[0][1]


def _parts(content: bytes) -> list[Encoded]:
    """The values that stand one behind the other."""
    found: list[Encoded] = []
    place = 0
    while place < len(content):
        head = content[place : place + 2]
        if len(head) < 2 or head[1] == _LONG:
            raise ValueError("not DER")
        tag, length, begin = head[0], head[1], place + 2
        if length > _LONG:
            begin += length - _LONG
            length = int.from_bytes(content[place + 2 : begin], "big")
        place = begin + length
        if place > len(content):
            raise ValueError("cut short")
        found.append((tag, content[begin:place]))
    return found
