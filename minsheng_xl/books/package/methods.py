"""The other ways in which members of a parcel are packed: by 7-Zip, WinRAR, and by Windows above 2 GB.

Sources: APPNOTE 4.4.5 and 5.8 (the head of LZMA); Python's own libraries unpack all but Deflate64, for which
inflate64 is used where it is installed (the extra `parcels`).
"""

from importlib.util import find_spec

from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.rules.files import BROKEN

_DEFLATE64, _BZIP2, _LZMA, _XZ = 9, 12, 14, 95


def can_inflate(method: int) -> bool:
    """Whether a method can be undone here."""
    return method in (_BZIP2, _LZMA, _XZ) or (method == _DEFLATE64 and find_spec("inflate64") is not None)


def inflated(packed: bytes, method: int, size: int) -> bytes:
    """What was packed by a method, no more of it than a byte over `size`. Raises Unreadable."""
    try:
        if method == _DEFLATE64:
            return _by_deflate64(packed, size)
        return _by_bzip2(packed, size) if method == _BZIP2 else _by_lzma(packed, method, size)
    except (OSError, ValueError, EOFError, IndexError, RuntimeError) as error:
        raise Unreadable(BROKEN, "压缩的内容坏了") from error


def _by_bzip2(packed: bytes, size: int) -> bytes:
    from bz2 import BZ2Decompressor

    return BZ2Decompressor().decompress(packed, size + 1)


def _by_lzma(packed: bytes, method: int, size: int) -> bytes:
    """XZ says itself how it was made; before LZMA stand two bytes of version, two of the length of the properties, and
    these."""
    import lzma

    try:
        if method == _XZ:
            return lzma.LZMADecompressor().decompress(packed, size + 1)
        properties = packed[4 : 4 + int.from_bytes(packed[2:4], "little")]
        first, dictionary = properties[0], int.from_bytes(properties[1:5], "little")
        way = {
            "id": lzma.FILTER_LZMA1, "lc": first % 9, "lp": first // 9 % 5, "pb": first // 45,
            "dict_size": max(4096, dictionary),
        }
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[way])
        return unpacker.decompress(packed[4 + len(properties) :], size + 1)
    except lzma.LZMAError as error:
        raise ValueError from error


def _by_deflate64(packed: bytes, size: int) -> bytes:
    from inflate64 import Inflater

    inflater, found = Inflater(), bytearray()
    for place in range(0, len(packed), 1 << 16):
        found += inflater.inflate(packed[place : place + (1 << 16)])
        if len(found) > size:
            break
    return bytes(found)
