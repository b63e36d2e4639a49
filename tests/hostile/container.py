"""What happens to the container: the zip itself, and all that is no workbook at all."""

import base64
import gzip
import io
import random
import struct
import tarfile
import zlib
from collections.abc import Callable

from tests.hostile import archives
from tests.hostile.archives import Entry, archive, entries
from tests.hostile.base import (
    ACCEPTED,
    ANY,
    DISABLED,
    DOUBTED,
    DUPLICATE,
    HELD,
    NO_WORKBOOK,
    REFUSED,
    SHEET,
    SKIPPED,
    STRINGS,
    STYLES,
    TAKEN_OR_NOT,
    TYPES,
    UNREADABLE,
    UNRECOGNISED,
    WORKBOOK,
    Make,
    Variant,
    adding,
    all_of,
    at,
    editing,
    fixed,
    in_sheet,
    number,
    pack,
    parts,
    sound,
    swap,
    unpack,
    without_part,
)
from tests.hostile.compound import compound
from tests.hostile.opendocument import opendocument_parts

GOOD = sound(DISABLED)
FIGURE = at("8-1")


def rewritten(change: Callable[[list[Entry]], object], **options: object) -> Make:
    """The package with its zip headers changed."""

    def make(filled: bytes) -> bytes:
        members = entries(unpack(filled))
        change(members)
        return archive(members, **options)  # type: ignore[arg-type]

    return make


def member(members: list[Entry], name: str = SHEET) -> Entry:
    return next(m for m in members if m.name == name.encode())


def lying(part: str = SHEET, where: str = "central", **fields: int | bytes) -> Make:
    """Header fields of one member say something else than the truth, at one place or at both."""

    def change(members: list[Entry]) -> None:
        for place in ("local", "central") if where == "both" else (where,):
            getattr(member(members, part), place).update(fields)

    return rewritten(change)


def twice(name: str, *, like: str = SHEET, first: bool = False) -> Make:
    """A second part of (nearly) the same name, in which the figure is 111."""

    def make(filled: bytes) -> bytes:
        found = unpack(filled)
        other = number(FIGURE, "111")(found[like].decode()).encode() if like == SHEET else found[like]
        pairs = list(found.items())
        return archive([Entry(n.encode(), c) for n, c in ([(name, other), *pairs] if first else [*pairs, (name, other)])])

    return make


def stored_and_patched(filled: bytes) -> bytes:
    """A digit of the figure changed in a stored part, as a failing disk or a hand would."""
    found = unpack(filled)
    members = [Entry(n.encode(), c, method=0) for n, c in found.items()]
    whole = archive(members)
    assert whole.count(b"<v>106</v>") == 1
    return whole.replace(b"<v>106</v>", b"<v>116</v>")


def flipped(place: float) -> Make:
    """One bit inside the compressed sheet."""

    def make(filled: bytes) -> bytes:
        found = unpack(filled)
        packed = archives.deflated(found[SHEET])
        start = filled.find(packed[:40])
        length = len(packed)
        if start < 0:  # another compression level: find the member by its header
            start = filled.find(SHEET.encode()) + len(SHEET)
            length = 2000
        content = bytearray(filled)
        content[start + int(length * place)] ^= 4
        return bytes(content)

    return make


def overlapping(filled: bytes) -> bytes:
    """Two names of the directory lead to the same bytes."""
    members = entries(unpack(filled))
    whole = archive(members)
    sheet, identity = member(members), member(members, "xl/worksheets/sheet2.xml")
    offset = whole.find(sheet.name) - 30  # a local header is 30 bytes and the name
    identity.central |= {
        "offset": offset, "crc": zlib.crc32(sheet.content), "size": len(sheet.content),
        "packed": len(archives.deflated(sheet.content)),
    }
    return archive(members)


def quine_of_overlaps(filled: bytes) -> bytes:
    """David Fifield's bomb: thousands of names share one kernel of zeros."""
    kernel = Entry(b"0", bytes(10 << 20))
    truth: dict[str, int | bytes] = {
        "offset": archive([*entries(unpack(filled)), kernel]).rfind(b"PK\3\4"), "crc": zlib.crc32(kernel.content),
        "size": len(kernel.content), "packed": len(archives.deflated(kernel.content)),
    }
    names = [Entry(b"a%d" % n, b"", central=dict(truth)) for n in range(1000)]
    return archive([*entries(unpack(filled)), kernel, *names])


def bit_stream(seed: int) -> bytes:
    return random.Random(seed).randbytes(16384)


def unlisted(filled: bytes) -> bytes:
    """Bytes before the first part that are a part of their own, which the directory does not name."""
    false = in_sheet(number(FIGURE, "111"))(filled)
    alone = archive([Entry(SHEET.encode(), unpack(false)[SHEET])])
    return archive(entries(unpack(filled)), before=alone[: alone.find(b"PK\1\2")])


def unicode_path(name: bytes, other: str) -> bytes:
    told = b"\1" + struct.pack("<I", zlib.crc32(name)) + other.encode()
    return struct.pack("<HH", 0x7075, len(told)) + told


def as_opendocument(filled: bytes) -> bytes:
    return pack(opendocument_parts(filled))


def two_formats(filled: bytes) -> bytes:
    """A workbook to Excel, in which the figure is 106; an OpenDocument sheet to others, in which it is 111."""
    other = opendocument_parts(in_sheet(number(FIGURE, "111"))(filled))
    return pack(other | unpack(filled))


def in_tar(filled: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        entry = tarfile.TarInfo("县残联.xlsx")
        entry.size = len(filled)
        tar.addfile(entry, io.BytesIO(filled))
    return stream.getvalue()


def packed_by(method: int, filled: bytes, flags: int = 0) -> bytes:
    """Two forms in a zip; of another method than Deflate only the heads say so."""
    names = ("县残联.xlsx", "县残联（2）.xlsx")
    return archive([Entry(name.encode(), filled, method=method, flags=flags | 0x800) for name in names])


def concatenated(filled: bytes) -> bytes:
    """Two whole workbooks one after the other: by the directory at the end, the second counts."""
    return in_sheet(number(FIGURE, "111"))(filled) + filled


def zip_encrypted(filled: bytes) -> bytes:
    def change(members: list[Entry]) -> None:
        for one in members:
            one.flags = 1
            one.content = bytes(12) + one.content

    return rewritten(change)(filled)


_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def other_package(main: str, kind: str, content: bytes) -> bytes:
    """A sound package of another office format."""
    return pack({
        TYPES: (
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{main}" ContentType="application/{kind}"/></Types>'
        ).encode(),
        "_rels/.rels": _RELS.format(f'<Relationship Id="r" Type="{_DOCUMENT}" Target="{main}"/>').encode(),
        main: content,
    })


DOCX = other_package(
    "word/document.xml", "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>',
)
XLSB = other_package("xl/workbook.bin", "vnd.ms-excel.sheet.binary.macroEnabled.main", b"\x83\x01\x00\x84\x01\x00")
FOREIGN = other_package(
    "xl/workbook.xml", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>',
)
ODS = pack(
    {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
    }, 0,
)
ENCRYPTED = compound({
    "EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + b'<?xml version="1.0"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData/></encryption>',
    "EncryptedPackage": struct.pack("<Q", 12000) + bit_stream(7)[:12000],
})
PNG = bytes.fromhex("89504E470D0A1A0A0000000D4948445200000001000000010802000000907753DE") + bytes(40)


def default_password(filled: bytes) -> bytes:
    """What Excel writes for a workbook that is only write-protected: encrypted, under a password all know."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(filled)).encrypt("VelvetSweatshop", out)
    return out.getvalue()


def real_password(filled: bytes) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(filled)).encrypt("县残联2022", out)
    return out.getvalue()


def no_workbook(
    name: str, reason: str, content: bytes | Make, file: str = "{n}.xlsx", outcome: frozenset[str] = NO_WORKBOOK, code: str | None = None,
) -> Variant:
    return Variant(name, reason, content if callable(content) else fixed(content), outcome, file=file, code=code)


def unrecognised(name: str, reason: str, make: Make) -> Variant:
    return Variant(name, reason, make, UNRECOGNISED)


def open_(name: str, reason: str, make: Make, outcome: frozenset[str] = TAKEN_OR_NOT) -> Variant:
    return Variant(name, reason, make, outcome, GOOD)


NO_WORKBOOKS = [
    no_workbook("an empty file", "nothing was transferred", b""),
    no_workbook("one byte", "a broken transfer", b"P"),
    no_workbook("only the two letters PK", "a broken transfer", b"PK"),
    no_workbook("all zeros", "a download manager reserved the space and never wrote", lambda filled: bytes(len(filled)), code="file-broken"),
    no_workbook("random bytes", "an encrypting disk", bit_stream(1)),
    no_workbook("a PDF named xlsx", "a scan renamed", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n%%EOF"),
    no_workbook("a PNG named xlsx", "a screenshot renamed", PNG),
    no_workbook("a JPEG", "a photo of the printed form", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200) + b"\xff\xd9", "{n}.jpg"),
    no_workbook("a Word document named xlsx", "the form pasted into Word", DOCX),
    no_workbook("a Word document", "evidence beside the form", DOCX, "{n}.docx"),
    no_workbook("an HTML table named xls", "exported by a business system", b"<html><table><tr><td>8-1</td><td>106</td></tr></table></html>", "{n}.xls", code="file-other-table"),
    no_workbook("the login page of a mail gateway", "the link had expired", b"<!DOCTYPE html><html><title>Login</title></html>"),
    no_workbook("a CSV named xlsx", "saved as text", "指标编码,本期累计\r\n8-1,106\r\n".encode("gbk"), code="file-other-table"),
    no_workbook("an XML spreadsheet of 2003", "saved in an old format", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', code="file-other-table"),
    no_workbook("plain words", "a chat message saved", "残联10月106人".encode(), code="file-kind"),
    no_workbook("a rich text file", "pasted into WordPad", rb"{\rtf1 8-1 106}"),
    open_("gzipped", "a transfer agent packed it: opened where a program opens such", lambda filled: gzip.compress(filled, mtime=0), NO_WORKBOOK | {ACCEPTED}),
    open_("in a tar", "packed on Linux: the same", in_tar, NO_WORKBOOK | {ACCEPTED}),
    open_("in a zip", "sent as an archive: not a workbook, or opened as one", lambda filled: pack({"县残联.xlsx": filled}), NO_WORKBOOK | {ACCEPTED}),
    open_("twice in a zip", "packed twice", lambda filled: pack({"a/县残联.xlsx": filled, "b/县残联 (2).xlsx": filled}), NO_WORKBOOK | {ACCEPTED, DUPLICATE}),
    no_workbook("a zip in a zip in a zip", "nested", lambda filled: pack({"a.zip": pack({"b.zip": pack({"县残联.xlsx": filled})})})),
    no_workbook("a 7z archive", "sent as an archive", b"7z\xbc\xaf\x27\x1c\x00\x04" + bit_stream(2)[:400], code="file-archive"),
    no_workbook("a rar archive", "sent as an archive", b"Rar!\x1a\x07\x01\x00" + bit_stream(3)[:400], code="file-archive"),
    no_workbook("a zip packed with Deflate64", "Windows packs so beyond two gigabytes", lambda filled: packed_by(9, filled), "{n}.zip"),
    no_workbook("a zip packed with LZMA", "7-Zip was told to pack small", lambda filled: packed_by(14, filled), "{n}.zip", code="file-broken"),
    no_workbook("a zip with a password", "the password comes by telephone", lambda filled: packed_by(8, filled, flags=1), "{n}.zip", code="file-archive-locked"),
    no_workbook("a zip cut short", "an interrupted transfer", lambda filled: packed_by(8, filled)[:-40], "{n}.zip", code="file-archive"),
    no_workbook("a message of Outlook", "dragged out of Outlook", compound({"__properties_version1.0": b"x"}), "{n}.msg", code="file-mail"),
    no_workbook("an archived page", "a web mail saved whole", b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "{n}.mht", code="file-mail"),
    no_workbook("another guard's encryption", "a document guard encrypts all files on disk", b"%TSD-Header-###%" + bit_stream(6), code="file-guarded"),
    no_workbook("Unicode text", "saved as such by Excel", b"\xff\xfe" + "编码\t累计\r\n8-1\t106\r\n".encode("utf-16-le"), "{n}.xls", code="file-other-table"),
    no_workbook("flat ODF", "saved by LibreOffice", b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>', "{n}.fods", code="file-other-table"),
    open_("a mail with the form inside", "saved as eml and renamed: read as one", lambda filled: b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(filled), frozenset({ACCEPTED})),
    no_workbook("winmail.dat", "Outlook sent TNEF", b"\x78\x9f\x3e\x22" + bit_stream(4)[:300], "winmail{n}.dat", code="file-mail"),
    no_workbook("enterprise encryption", "a document guard encrypts all files on disk", b"\x62\x14\x23\x65\x03\x00E-SafeNet\x00\x00\x00LOCK" + bit_stream(5), code="file-guarded"),
    no_workbook("Excel's owner file", "the workbook was open", b"\x04user" + b" " * 160, "~${n}.xlsx", NO_WORKBOOK | {SKIPPED}),
    no_workbook("a resource fork", "copied from a Mac", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(82), "._{n}.xlsx", NO_WORKBOOK | {SKIPPED}),
    no_workbook("Thumbs.db", "copied with the folder", compound({"Catalog": b"x"}), "Thumbs{n}.db", NO_WORKBOOK | {SKIPPED, REFUSED}),
    no_workbook("a shortcut", "the shortcut was sent instead of the file", b"L\0\0\0\x01\x14\x02\0" + bytes(68), "{n}.xlsx.lnk"),
    no_workbook("an empty zip", "packed nothing", b"PK\5\6" + bytes(18), code="file-archive"),
    no_workbook("a workbook of somebody else", "sound, but without any identity of ours", FOREIGN, outcome=frozenset({UNRECOGNISED})),
    no_workbook("an OpenDocument sheet of somebody else", "nothing proves it", ODS, "{n}.ods", UNREADABLE),
    no_workbook("an xlsb", "cannot be proved", XLSB, "{n}.xlsb", UNREADABLE),
    no_workbook("an old xls", "cannot be proved", compound({"Workbook": b"\x09\x08\x10\0\0\x06\x05\0" + bytes(600)}), "{n}.xls", UNREADABLE),
    no_workbook("an old xls named xlsx", "cannot be proved, whatever its name", compound({"Workbook": b"\x09\x08\x10\0\0\x06\x05\0" + bytes(600)}), outcome=UNREADABLE),
    no_workbook("a WPS et", "cannot be proved", compound({"Workbook": b"\x09\x08\x10\0\0\x06\x05\0" + bytes(600), "ETExtData": bytes(20)}), "{n}.et", UNREADABLE),
    no_workbook("a compound file whose chain runs in a circle", "made to hang readers", compound({"Workbook": bytes(5000)})[:512] + struct.pack("<128I", *range(128)) + bytes(8192), outcome=UNREADABLE),
    Variant("a password of which only the shell is left", "encrypted, nothing can be read", fixed(ENCRYPTED), UNREADABLE),
    Variant("a real password", "encrypted with a real password", real_password, REFUSED),
    Variant("Excel's default password", "opens in Excel without asking; the spec refuses only real passwords", default_password, frozenset({ACCEPTED, REFUSED}), GOOD),
]

MANGLED = [
    unrecognised("cut in half", "an interrupted transfer", lambda filled: filled[: len(filled) // 2]),
    unrecognised("the last 22 bytes missing", "no end of the directory", lambda filled: filled[:-22]),
    unrecognised("the last byte missing", "truncated", lambda filled: filled[:-1]),
    unrecognised("the first byte missing", "offsets do not fit", lambda filled: filled[1:]),
    unrecognised("cut inside the directory", "truncated", lambda filled: filled[: filled.rfind(b"PK\1\2") + 20]),
    unrecognised("a hole of zeros in the sheet", "a lost block", lambda filled: filled[:3000] + bytes(512) + filled[3512:]),
    unrecognised("line ends changed by FTP", "text mode adds CR to LF", lambda filled: filled.replace(b"\n", b"\r\n")),
    unrecognised("high bits stripped", "a seven-bit gateway", lambda filled: bytes(b & 127 for b in filled)),
    unrecognised("recoded as text", "read as Latin-1 and saved as UTF-8", lambda filled: filled.decode("latin-1").encode()),
    unrecognised("still base64", "a mail client saved the coded text", base64.encodebytes),
    unrecognised("two halves swapped", "a multipart download joined wrongly", lambda filled: filled[len(filled) // 2:] + filled[: len(filled) // 2]),
    unrecognised("a bit flipped early in the sheet", "its CRC is wrong", flipped(0.1)),
    unrecognised("a bit flipped in the middle of the sheet", "its CRC is wrong", flipped(0.5)),
    unrecognised("a digit changed in a stored part", "its CRC is wrong", stored_and_patched),
    unrecognised("a wrong CRC in both headers", "bad CRC", lying(where="both", crc=12345)),
    unrecognised("a wrong CRC of the strings", "bad CRC", lying(STRINGS, "both", crc=12345)),
    unrecognised("a wrong CRC of the styles", "bad CRC: a display could be changed", lying(STYLES, "both", crc=12345)),
    open_("a wrong CRC in the local header only", "the two headers disagree", lying(where="local", crc=12345)),
    unrecognised("a CRC of zero", "lazy writers leave it out; nothing vouches for the sheet", lying(where="both", crc=0)),
    unrecognised("a name that differs in the local header", "the two headers contradict", lying(where="local", name=b"xl/worksheets/sheet9.xml")),
    unrecognised("a declared size that is too small", "the size lies", lying(where="both", size=4000)),
    unrecognised("a declared size that is too large", "the size lies", lying(where="both", size=4_000_000)),
    unrecognised("a declared size of two gigabytes", "the size lies", lying(where="both", size=0x7FFFFFFF)),
    unrecognised("a packed size beyond the file", "the size lies", lying(where="both", packed=10_000_000)),
    unrecognised("a packed size that is too small", "the size lies", lying(where="both", packed=500)),
    unrecognised("an offset beyond the file", "points nowhere", lying(offset=50_000_000)),
    unrecognised("an unknown compression", "no program can read it", lying(where="both", method=99)),
    unrecognised("stored, says the header, though it is deflated", "the method lies", lying(where="both", method=0)),
    open_("a newer version needed", "says 6.3, uses nothing of it", lying(where="both", version=63)),
    open_("a part that no directory names", "a reader of streams would see the sheet twice", unlisted),
    open_("zip64 in the directory too", "Excel itself refuses some of these", lambda filled: archives.zip64(unpack(filled), everywhere=True)),
    Variant("two formats in one file", "106 to Excel, 111 to a reader of OpenDocument", two_formats, DOUBTED),
    Variant("two formats in one file, named ods", "111 to LibreOffice, 106 to Excel", two_formats, DOUBTED, file="{n}.ods"),
    Variant("an OpenDocument sheet of ours", "proved by its sheet and its print, or refused", as_opendocument, frozenset({ACCEPTED, HELD, REFUSED}), GOOD, file="{n}.ods"),
    open_("another name in the extra field", "Info-ZIP's Unicode path says it is the sheet", rewritten(lambda m: m.append(Entry(b"xl/media/a.png", b"x", extra=unicode_path(b"xl/media/a.png", SHEET))))),
    Variant("zip encryption", "a password on the zip entries; Excel opens no such file", zip_encrypted, UNREADABLE),
    unrecognised("one part twice", "duplicate part names", twice(SHEET)),
    unrecognised("one part twice, the other first", "duplicate part names", twice(SHEET, first=True)),
    unrecognised("one part twice in other letters", "part names do not differ by case", twice("xl/worksheets/Sheet1.xml")),
    unrecognised("one part twice with a backslash", "the same part to many readers", twice(r"xl\worksheets\sheet1.xml")),
    open_("one part twice with a slash in front", "the same part to some readers", twice("/xl/worksheets/sheet1.xml")),
    open_("one part twice with a dot", "the same part to some readers", twice("xl/./worksheets/sheet1.xml")),
    open_("one part twice with a percent code", "%31 is 1 in a part name", twice("xl/worksheets/sheet%31.xml")),
    open_("one part twice behind a NUL", "readers that stop at NUL see it twice", twice("xl/worksheets/sheet1.xml\0.png")),
    unrecognised("overlapping entries", "two names for the same bytes", overlapping),
    unrecognised("thousands of overlapping entries", "10 GB from 100 KB", quine_of_overlaps),
    unrecognised("a bomb beside the parts", "200 MB of zeros in a picture", adding("xl/media/image1.png", bytes(200 << 20))),
    unrecognised("a bomb in the sheet", "80 MB of blanks behind the data", in_sheet(swap("</sheetData>", "</sheetData>" + " " * (80 << 20)))),
    unrecognised("a bomb in the strings", "80 MB in one text", editing(STRINGS, swap("</sst>", "<si><t>" + "9" * (80 << 20) + "</t></si></sst>"))),
    open_("a million empty rows", "20 MB of rows", in_sheet(swap("</sheetData>", "".join(f'<row r="{n}"/>' for n in range(1000, 1000000)) + "</sheetData>"))),
    open_("ten thousand parts", "rubbish parts", parts(lambda found: found | {f"xl/media/{n}.bin": b"" for n in range(10000)})),
    open_("a part that climbs out", "a name with ..", adding("../../../../tmp/minsheng-evil.txt", b"x")),
    open_("a part with a drive", "a name of Windows", adding(r"C:\Windows\evil.txt", b"x")),
    open_("a part that is a link", "a symbolic link of Unix", rewritten(lambda m: m.append(Entry(b"xl/link", b"/etc/passwd", central={"attributes": 0xA1FF0000})))),
    open_("a part with a very long name", "60,000 letters", adding("xl/" + "a" * 60000, b"x")),
    open_("a part with a name of no encoding", "bytes of GBK without a flag", rewritten(lambda m: m.append(Entry("附件.bin".encode("gbk"), b"x")))),
    open_("something in front of the zip", "a gateway's banner", lambda filled: b"X-Scanned: clean\r\n\r\n" + filled),
    open_("something behind the zip", "an antivirus stamp", lambda filled: filled + b"SCANNED-OK 2022-11-07"),
    open_("zeros behind the zip", "padded to whole blocks", lambda filled: filled + bytes(-len(filled) % 4096)),
    open_("two workbooks in one file", "joined; by the directory at the end the second one counts", concatenated),
    open_("a directory that counts too few", "three, it says", rewritten(lambda m: None, end={"count": 3}), frozenset({ACCEPTED, UNRECOGNISED, REFUSED})),
    open_("a directory that counts too many", "9,999, it says", rewritten(lambda m: None, end={"count": 9999})),
    unrecognised("a directory at a wrong place", "its offset lies", rewritten(lambda m: None, end={"offset": 5})),
    open_("on the second disk", "a split archive, it says", rewritten(lambda m: None, end={"disk": 1})),
    open_("an end of directory inside the comment", "two readers see two archives", rewritten(lambda m: None, comment=b"PK\5\6" + bytes(18))),
    unrecognised("all inside a folder", "unpacked and packed again with its folder", parts(lambda found: {f"县残联/{n}": c for n, c in found.items()})),
    unrecognised("no list of content types", "no package", without_part(TYPES)),
    unrecognised("no root relationships", "no package", without_part("_rels/.rels")),
    unrecognised("no workbook part", "no package", without_part(WORKBOOK)),
    Variant("no sheet part", "corrupt: the form is missing", without_part(SHEET), UNREADABLE),
    Variant("no shared strings", "corrupt: every text is missing", without_part(STRINGS), UNREADABLE),
    open_("no styles", "corrupt; how the figure is displayed is unknown", without_part(STYLES), ANY),
    Variant("an empty sheet part", "corrupt", parts(lambda found: found | {SHEET: b""}), UNREADABLE),
    Variant("a PNG in place of the sheet", "corrupt", parts(lambda found: found | {SHEET: PNG}), UNREADABLE),
    open_("with macros", "a macro workbook; the macro is never run", all_of(
        editing(TYPES, swap("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "vnd.ms-excel.sheet.macroEnabled.main+xml")),
        adding("xl/vbaProject.bin", compound({"VBA": bit_stream(9)[:900]})),
    ), frozenset({ACCEPTED, REFUSED, UNRECOGNISED})),
    open_("saved as a template", "content type of a template", editing(
        TYPES, swap("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml"),
    ), frozenset({ACCEPTED, REFUSED, UNRECOGNISED})),
]

VARIANTS = NO_WORKBOOKS + MANGLED
