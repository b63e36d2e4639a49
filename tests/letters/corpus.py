"""Mails as they come back, most of them broken in one way: by name, the bytes and how many forms a person finds in
them. Written by hand after what clients, gateways and servers do; none was made by the reader that is tried on them.
"""

import base64
import binascii
import io
import quopri
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.letters import written

CRLF = b"\r\n"
NAME = "县残联_2022-10.xlsx"
HEAD = (b"From: =?utf-8?B?5byg5LiJ?= <canlian@x.gov.cn>", b"To: office@x.gov.cn", b"Subject: =?gb2312?B?yq7UwrXEse0=?=", b"Date: Sat, 05 Nov 2022 09:00:00 +0800", b"MIME-Version: 1.0")


class Sample(NamedTuple):
    """A mail, and whether a form is in it that is to be taken."""

    content: bytes
    holds: bool


def lines(*found: bytes) -> bytes:
    return CRLF.join(found)


def coded(content: bytes, width: int = 76, end: bytes = CRLF) -> bytes:
    text = base64.b64encode(content)
    return end.join(text[place : place + width] for place in range(0, len(text), width))


def mixed(*parts: bytes, head: tuple[bytes, ...] = HEAD, boundary: bytes = b"b1", last: bytes = b"--b1--", kind: bytes = b"multipart/mixed") -> bytes:
    body = b"".join(b"--" + boundary + CRLF + part + CRLF for part in parts)
    return lines(*head, b"Content-Type: " + kind + b'; boundary="' + boundary + b'"', b"", b"") + body + last + CRLF


def text(words: str = "请查收附件。", charset: str = "utf-8") -> bytes:
    return lines(b"Content-Type: text/plain; charset=" + charset.encode(), b"Content-Transfer-Encoding: base64", b"", coded(words.encode(charset)))


def part(content: bytes, disposition: bytes = b'attachment; filename="form.xlsx"', kind: bytes = b"application/octet-stream", encoding: bytes = b"base64", body: bytes | None = None) -> bytes:
    head = [b"Content-Type: " + kind] if kind else []
    head += [b"Content-Transfer-Encoding: " + encoding] if encoding else []
    head += [b"Content-Disposition: " + disposition] if disposition else []
    return lines(*head, b"", coded(content) if body is None else body)


def plain(content: bytes, **how: bytes) -> bytes:
    return mixed(text(), part(content, **how))


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def words(name: str, charset: str, way: str = "B") -> bytes:
    raw = name.encode(charset)
    said = base64.b64encode(raw) if way == "B" else quopri.encodestring(raw, header=True).replace(b"\n", b"")
    return b"=?" + charset.encode() + b"?" + way.encode() + b"?" + said + b"?="


def percent(raw: bytes) -> bytes:
    return b"".join(b"%%%02X" % one for one in raw)


def names() -> Iterator[tuple[str, bytes]]:
    """Ways in which the name of an attachment is written: the header that says it."""
    utf, gbk = NAME.encode(), NAME.encode("gbk")
    yield "raw GBK", b'attachment; filename="' + gbk + b'"'
    yield "raw UTF-8", b'attachment; filename="' + utf + b'"'
    yield "raw GBK, no quotes", b"attachment; filename=" + gbk
    yield "GBK with a backslash in a sign", b'attachment; filename="' + "昞県.xlsx".encode("gbk", "replace") + b'"'
    yield "words in quotes", b'attachment; filename="' + words(NAME, "gb2312") + b'"'
    yield "words, utf-8, Q", b'attachment; filename="' + words(NAME, "utf-8", "Q") + b'"'
    yield "words split within a sign", b'attachment; filename="=?utf-8?B?' + base64.b64encode(utf[:4]) + b"?= =?utf-8?B?" + base64.b64encode(utf[4:]) + b'?="'
    yield "words folded", b'attachment;\r\n filename="' + words("县残联", "gbk") + b"\r\n " + words("_10月.xlsx", "gbk") + b'"'
    yield "word without its end", b'attachment; filename="=?gb2312?B?' + base64.b64encode(gbk) + b'"'
    yield "word of an unknown set", b'attachment; filename="=?x-martian?B?' + base64.b64encode(gbk) + b'?="'
    yield "2231", b"attachment; filename*=utf-8''" + percent(utf)
    yield "2231 in GBK", b"attachment; filename*=GBK'zh'" + percent(gbk)
    yield "2231 in pieces", b"attachment; filename*0*=utf-8''" + percent(utf[:9]) + b"; filename*1*=" + percent(utf[9:])
    yield "2231 in pieces, the wrong way round", b"attachment; filename*1*=" + percent(utf[9:]) + b"; filename*0*=utf-8''" + percent(utf[:9])
    yield "2231, one piece coded", b"attachment; filename*0*=utf-8''" + percent(utf[:9]) + b'; filename*1="_2022-10.xlsx"'
    yield "2231 without its set", b"attachment; filename*=" + percent(utf)
    yield "2231 without piece 0", b"attachment; filename*1*=" + percent(utf)
    yield "2231, a hundred thousand pieces", b"attachment; filename*99999999*=" + percent(utf)
    yield "2231 with a bad percent", b"attachment; filename*=utf-8''%E5%8E%BF%ZZ.xlsx"
    yield "2231 of an unknown set", b"attachment; filename*=x-none''" + percent(utf)
    yield "percents in quotes", b'attachment; filename="' + percent(utf) + b'"'
    yield "no name", b"attachment"
    yield "an empty name", b'attachment; filename=""'
    yield "a path", b'attachment; filename="C:\\\\Users\\\\zhang\\\\..\\\\form.xlsx"'
    yield "a way up", b'attachment; filename="../../../etc/passwd"'
    yield "no end of quotes", b'attachment; filename="form.xlsx'
    yield "a name that turns", b'attachment; filename="' + "\u202excod.slx".encode() + b'"'
    yield "an ending of a picture", b'attachment; filename="' + "照片.jpg".encode("gbk") + b'"'
    yield "an ending of a text", b'inline; filename="form.txt"'
    yield "nothing but a name", b'filename="form.xlsx"'
    yield "two of one name", b'attachment; filename="a.xlsx"; filename="b.xlsx"'
    yield "no parameter but semicolons", b"attachment;;;;"


def encodings(form: bytes) -> Iterator[tuple[str, bytes]]:
    """Ways in which its bytes travel."""
    uu = b"begin 644 form.xlsx\r\n" + b"".join(binascii.b2a_uu(form[n : n + 45]).replace(b"\n", CRLF) for n in range(0, len(form), 45)) + b"`\r\nend"
    short = coded(form).rstrip(b"=")
    yield "in one line", plain(form, body=base64.b64encode(form))
    yield "blank lines between", plain(form, body=coded(form, end=b"\r\n\r\n"))
    yield "blanks before lines", plain(form, body=coded(form, end=b"\r\n  "))
    yield "lines of LF", plain(form, body=coded(form, end=b"\n"))
    yield "lines of CR", plain(form, body=coded(form, end=b"\r"))
    yield "without its padding", plain(form, body=short)
    yield "a gateway's words below it", plain(form, body=coded(form) + b"\r\n\r\n-- \r\nScanned by MailMarshal\r\n____________\r\nchecked")
    yield "one word below it", plain(form, body=coded(form) + b"\r\nchecked")
    yield "signs that are none in between", plain(form, body=coded(form, end=b" \t\r\n"))
    yield "BASE64", plain(form, encoding=b"BASE64")
    yield "base64 and a remark", plain(form, encoding=b"base64; charset=us-ascii")
    yield "base64 in quotes", plain(form, encoding=b'"base64"')
    yield "base64, and nothing says so", plain(form, encoding=b"")
    yield "base64, called 7bit", plain(form, encoding=b"7bit")
    yield "base64, called quoted-printable", plain(form, encoding=b"quoted-printable")
    yield "binary, called base64", plain(form, body=form)
    yield "binary", plain(form, body=form, encoding=b"binary")
    yield "binary, called 8bit", plain(form, body=form, encoding=b"8bit")
    yield "quoted-printable", plain(form, body=quopri.encodestring(form), encoding=b"quoted-printable")
    yield "uuencode", plain(form, body=uu, encoding=b"x-uuencode")
    yield "uuencode in the text itself", lines(*HEAD, b"Content-Type: text/plain", b"", b"see below", b"", uu, b"")
    yield "an encoding nobody knows", plain(form, encoding=b"x-unknown")


def structures(form: bytes) -> Iterator[tuple[str, bytes]]:
    """Ways in which a mail is put together."""
    good = part(form)
    body = b"--b1\r\n" + text() + b"\r\n--b1\r\n" + good + b"\r\n--b1--\r\n"
    yield "as it should be", plain(form)
    yield "lines of LF", plain(form).replace(CRLF, b"\n")
    yield "lines of CR", plain(form).replace(CRLF, b"\r")
    yield "no boundary", lines(*HEAD, b"Content-Type: multipart/mixed", b"", body)
    yield "another boundary", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=other", b"", body)
    yield "a boundary without quotes", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=----=_Part_1.2", b"", body.replace(b"--b1", b"------=_Part_1.2"))
    yield "a boundary with blanks behind it", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=b1", b"", body.replace(b"--b1\r", b"--b1   \r"))
    yield "a boundary of signs that mean something", lines(*HEAD, b'Content-Type: multipart/mixed; boundary="=(b)+?"', b"", body.replace(b"--b1", b"--=(b)+?"))
    yield "no end", mixed(text(), good, last=b"")
    yield "an end too early", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=b1", b"", b"--b1\r\n" + text() + b"\r\n--b1--\r\n\r\n--b1\r\n" + good)
    yield "words before and after", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=b1", b"", b"This is a message in MIME format.\r\n\r\n" + body + b"\r\nepilogue\r\n")
    yield "a boundary that begins as another", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=b", b"", b"--b\r\nContent-Type: multipart/alternative; boundary=bb\r\n\r\n--bb\r\n" + text() + b"\r\n--bb--\r\n--b\r\n" + good + b"\r\n--b--\r\n")
    inner = lines(b"Content-Type: multipart/mixed; boundary=b1", b"", body)
    for depth in range(5):
        inner = lines(b"Content-Type: multipart/related; boundary=d%d" % depth, b"", b"--d%d" % depth, inner, b"--d%d--" % depth)
    yield "six deep", lines(*HEAD, inner)
    yield "no blank line after the head", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=b1", body)
    yield "a line in the head that is none", lines(HEAD[0], b"this is no header", *HEAD[1:], b"Content-Type: multipart/mixed; boundary=b1", b"", body)
    yield "no kind, parts all the same", lines(*HEAD, b"", body)
    yield "a kind that is none", lines(*HEAD, b"Content-Type: garbage", b"", body)
    yield "no version of MIME", lines(*HEAD[:4], b"Content-Type: multipart/mixed; boundary=b1", b"", body)
    yield "a mailbox's line before it", b"From zhang@x.gov.cn Sat Nov  5 09:00:00 2022\r\n" + plain(form)
    yield "a mark of UTF-8 before it", b"\xef\xbb\xbf" + plain(form)
    yield "blank lines before it", b"\r\n\r\n" + plain(form)
    yield "nothing but the form", lines(*HEAD, b"Content-Type: application/vnd.ms-excel; name=form.xlsx", b"Content-Transfer-Encoding: base64", b"", coded(form))
    yield "nothing but the form, without a name", lines(*HEAD, b"Content-Type: application/octet-stream", b"Content-Transfer-Encoding: base64", b"", coded(form))
    yield "the form as a text", plain(form, kind=b"text/plain; name=form.xlsx", disposition=b"")
    yield "the form as a text without a name", plain(form, kind=b"text/plain", disposition=b"")
    yield "the form as a picture", plain(form, kind=b"image/jpeg; name=1.jpg")
    yield "no kind of the part", plain(form, kind=b"")
    yield "in capitals", lines(*HEAD, b"CONTENT-TYPE: MULTIPART/MIXED; BOUNDARY=b1", b"", body)
    yield "blanks before the colon", lines(*HEAD, b"Content-Type : multipart/mixed; boundary=b1", b"", body)
    yield "a head of a hundred thousand lines", lines(*HEAD, *(b"X-Line-%d: x" % n for n in range(20_000)), b"Content-Type: multipart/mixed; boundary=b1", b"", body)
    yield "a line of a megabyte", lines(*HEAD, b"X-Long: " + b"x" * (1 << 20), b"Content-Type: multipart/mixed; boundary=b1", b"", body)
    yield "raw bytes in the head", lines(b"From: \xd5\xc5\xc8\xfd <canlian@x.gov.cn>", b"Subject: \xca\xae\xd4\xc2\xff\xfe\x00", *HEAD[3:], b"Content-Type: multipart/mixed; boundary=b1", b"", body)
    yield "two kinds", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=b1", b"Content-Type: text/plain", b"", body)
    yield "the form first", mixed(good, text())
    yield "the form twice", mixed(text(), good, good)
    yield "a page and its picture", mixed(lines(b"Content-Type: text/html; charset=gb2312", b"", b'<p>x</p><img src="cid:logo@x">'), lines(b"Content-Type: image/png; name=logo.png", b"Content-ID: <logo@x>", b"Content-Transfer-Encoding: base64", b"", coded(b"\x89PNG" + bytes(99))), good)
    yield "signed", mixed(lines(b"Content-Type: multipart/mixed; boundary=b2", b"", b"--b2\r\n" + good + b"\r\n--b2--"), part(b"signature", kind=b"application/pkcs7-signature; name=smime.p7s"), kind=b"multipart/signed; protocol=x")


def nested(form: bytes) -> Iterator[tuple[str, bytes]]:
    """Ways in which a form lies in something that lies in the mail."""
    letter = plain(form)
    seven = _seven((NAME, form))
    for depth, many in ((1, "once"), (2, "twice"), (3, "three times")):
        inner = letter
        for _ in range(depth):
            inner = mixed(text("转发"), lines(b"Content-Type: message/rfc822", b"", inner))
        yield f"passed on {many}", inner
    yield "passed on in base64", mixed(text(), lines(b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64", b"", coded(letter)))
    yield "passed on as a file", mixed(text(), part(letter, disposition=b'attachment; filename="fw.eml"'))
    yield "passed on as a file of Outlook's", mixed(text(), part(written.msg([(NAME, form)]), disposition=b'attachment; filename="fw.msg"'))
    yield "winmail.dat", mixed(text(), part(written.tnef([(NAME, form)]), kind=b"application/ms-tnef; name=winmail.dat", disposition=b""))
    yield "winmail.dat without long names", mixed(text(), part(written.tnef([(NAME, form)], wide=False), kind=b"application/ms-tnef"))
    yield "winmail.dat that is the whole mail", lines(*HEAD, b"Content-Type: application/ms-tnef; name=winmail.dat", b"Content-Transfer-Encoding: base64", b"", coded(written.tnef([(NAME, form)])))
    yield "winmail.dat in winmail.dat", mixed(text(), part(written.tnef([("a.txt", b"hi")], letters=[written.tnef([(NAME, form)])])))
    yield "winmail.dat by another name", mixed(text(), part(written.tnef([(NAME, form)]), disposition=b'attachment; filename="noname"'))
    yield "zip", mixed(text(), part(zipped((NAME, form))))
    yield "zip by BZip2", mixed(text(), part(zipped((NAME, form), method=zipfile.ZIP_BZIP2)))
    yield "zip by LZMA", mixed(text(), part(zipped((NAME, form), method=zipfile.ZIP_LZMA)))
    yield "rar", mixed(text(), part(written.rar([(NAME, form)])))
    yield "7z", mixed(text(), part(seven))
    yield "a mail in a zip in a mail", mixed(text(), part(zipped(("十月.eml", letter))))
    yield "a mail of Outlook's", written.msg([(NAME, form)])
    yield "a mail of Outlook's within one", written.msg([("a.txt", b"hi")], inner=written.msg_tree([(NAME, form)], subject="原", sender="b@x.cn"))
    yield "winmail.dat alone", written.tnef([(NAME, form)])
    yield "winmail.dat that ends too early behind it", written.tnef([(NAME, form)]) + b"\x02\x05\x90\x06\x00\xff\xff\xff\x7f"


def attacked(form: bytes) -> Iterator[tuple[str, bytes]]:
    """What an attacker found to be lost at first."""
    octets, transfer = b"Content-Type: application/octet-stream", b"Content-Transfer-Encoding: base64"
    person, boundary = b"From: canlian@x.gov.cn", b"----=_NextPart_1"
    named = mixed(text(), part(form), boundary=boundary, last=b"--" + boundary + b"--")
    raw = base64.b64encode(form)
    broken = coded(form).split(CRLF)
    broken[5] = broken[5][:30] + b" " + broken[5][30:]
    uu = b"begin 644 form.xlsx\r\n" + b"".join(binascii.b2a_uu(form[n : n + 45]).replace(b"\n", CRLF) for n in range(0, len(form), 45)) + b"`\r\nend\r\n"
    seventy = [raw[n : n + 76] for n in range(0, len(raw), 76)]
    yield "a name in percents with a blank", plain(form, disposition=b'attachment; filename="' + percent("县残联十月民生实事报表".encode()) + b' (1).xlsx"')
    yield "a folded line of blanks in the head", mixed(text(), part(form), head=(person, b"Subject: x\r\n "))
    yield "an empty line in the head", mixed(text(), part(form), head=(person, b"Subject: x\r\n"))
    yield "lines ended twice", plain(form).replace(CRLF, b"\r\r\n")
    yield "a blank line behind a boundary", mixed(text(), b"\r\n" + part(form))
    yield "a part without its blank line", mixed(text(), lines(octets, transfer, coded(form)))
    yield "Outlook's boundary not said", named.replace(b'; boundary="' + boundary + b'"', b"")
    yield "Outlook's boundary said wrongly", named.replace(b'boundary="' + boundary + b'"', b"boundary=zzz")
    yield "a parameter that is not indented", named.replace(b"multipart/mixed; b", b"multipart/mixed;\r\nb")
    yield "called a text", named.replace(b'multipart/mixed; boundary="' + boundary + b'"', b"text/plain")
    yield "called a page", named.replace(b'multipart/mixed; boundary="' + boundary + b'"', b"text/html")
    yield "in quotes", named.replace(b"multipart/mixed", b'"multipart/mixed"')
    yield "multipart and no more", named.replace(b"multipart/mixed", b"multipart")
    yield "a boundary with percents", mixed(text(), part(form), boundary=b"b%41c", last=b"--b%41c--")
    yield "two kinds, the text first", named.replace(b"Content-Type: multipart", b"Content-Type: text/plain\r\nContent-Type: multipart")
    yield "sendmail's wrapping", plain(form, body=b"!\r\n ".join(raw[n : n + 990] for n in range(0, len(raw), 990)))
    yield "lines broken anew", plain(form, body=CRLF.join(one[:72] + CRLF + one[72:] for one in seventy))
    yield "encoded in pieces", plain(form, body=CRLF.join(coded(form[n : n + 1000]) for n in range(0, len(form), 1000)))
    yield "a blank in a line", plain(form, body=CRLF.join(broken))
    yield "nothing left of its name but the ending", plain(form, disposition=b'attachment; filename=".xlsx"')
    hop = b"Received: from A.partner.cn (2406:e500::1) by B.partner.cn with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE) id 15.20;\r\n Sat, 5 Nov 2022 01:30:00 +0000\r\n"
    arc = b"".join(b"ARC-%s: i=1; a=rsa-sha256; d=microsoft.com; cv=none;\r\n b=" % one + b"\r\n ".join([b"A" * 76] * 12) + b"\r\n" for one in (b"Seal", b"Message-Signature"))
    yield "a saved mail of Exchange's, passed on", mixed(text(), part(hop * 6 + arc + plain(form), disposition=b'attachment; filename="fw.eml"'))
    back = mixed(text("x"), lines(b"Content-Type: message/delivery-status", b"", b"Final-Recipient: rfc822; office@x.gov.cn", b"Action: failed"), lines(b"Content-Type: message/rfc822", b"", mixed(text(), part(form), boundary=b"zz", last=b"--zz--")), head=(b"From: MAILER-DAEMON@mx.x.cn", b"Subject: Undelivered"), kind=b"multipart/report; report-type=delivery-status", boundary=b"yy", last=b"--yy--")
    yield "what came back to a unit, passed on", mixed(text("上次被退回"), lines(b"Content-Type: message/rfc822", b"", back))
    yield "a person at postmaster's address", mixed(text(), part(form), head=(b"From: postmaster@canlian.gov.cn", b"Subject: " + words("上次发送失败，重报", "utf-8")))
    yield "an OA that sends with no way back", mixed(text(), part(form), head=(b"Return-Path: <>", person, b"Subject: " + words("回复：系统退信，重发", "utf-8")))
    yield "a boundary of half a sign", plain(form).replace(b'boundary="b1"', b'boundary="=?utf-7?Q?+2AA-?="')
    yield "called a page, without a name", plain(form, kind=b"text/html", disposition=b"")
    yield "called an address book", plain(form, kind=b"text/directory; name=form.xlsx")
    yield "called a part of a message", plain(form, kind=b"message/partial; name=form.xlsx")
    yield "a message of another name", mixed(text(), lines(b"Content-Type: message/rfc-822", b"", mixed(text(), part(form), boundary=b"zz", last=b"--zz--")))
    yield "a picture that the page shows", mixed(lines(b"Content-Type: text/html", b"", b'<img src="cid:a@x">'), part(form, kind=b"image/png\r\nContent-ID: <a@x>"))
    yield "uuencode in a second text", mixed(text(), lines(b"Content-Type: text/plain", b"", uu))
    yield "a blank line before the bytes", plain(form, encoding=b"binary", body=CRLF + form)
    yield "four hundred of one name", mixed(text(), *[part(b"x%d" % n, disposition=b'attachment; filename="a.xlsx"') for n in range(400)], part(form, disposition=b'attachment; filename="a.xlsx"'))


def bombs(form: bytes) -> Iterator[tuple[str, bytes]]:
    """What took time without end at first, with the form in it."""
    body = b"\r\n--b1\r\n" + part(form) + b"\r\n--b1--"
    kind = b"Content-Type: multipart/mixed; boundary=b1"
    page = b"--b1\r\nContent-Type: text/html\r\n\r\n"
    yield "blanks in brackets", lines(b"From: <" + b" " * 3000 + b"x", kind, b"", body)
    yield "blank lines in the text", lines(HEAD[1], kind, b"", b"--b1\r\n\r\nx" + b"\n" * 40_000 + b"y" + body)
    yield "breaks in the page", lines(HEAD[1], kind, b"", page + b"<br>" * 50_000 + b"<br " * 50_000 + body)
    yield "a head folded without end", lines(b"To: a@b.cn" + b",\r\n a@b.cn" * 200_000, kind, b"", body)
    yield "words without end", lines(b"Subject: " + b"=?utf-8?B?5Y6/?= " * 100_000, kind, b"", body)
    yield "punycode", lines(b"Subject: =?punycode?B?" + b"YWJj" * 100_000 + b"?=", kind, b"", body)
    yield "begun a hundred thousand times", lines(HEAD[1], kind, b"", b"--b1\r\n\r\n" + b"begin 644 a\r\n" * 100_000 + body)
    yield "pictures without end", lines(HEAD[1], kind, b"", page + b"x" * 66_000 + b"\r\n--b1\r\nContent-Type: image/png\r\nContent-ID: <a>\r\n\r\nx" * 1500 + body)
    yield "a report of blank lines", lines(HEAD[1], kind, b"", b"--b1\r\n\r\nFinal-Recipient:" + b"\n" * 40_000 + body)


def _seven(*members: tuple[str, bytes]) -> bytes:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as made:
        for name, content in members:
            made.writestr(content, name)
    return out.getvalue()


def without(form: bytes) -> Iterator[tuple[str, bytes]]:
    """Mails in which nothing is to be taken."""
    said = (b"Content-Type: text/plain; charset=gbk", b"Content-Transfer-Encoding: 8bit", b"")
    original = lines(b"Content-Type: message/rfc822", b"", mixed(text(), part(form), boundary=b"o1", last=b"--o1--"))
    status = lines(b"Content-Type: message/delivery-status", b"", b"Reporting-MTA: dns; mx.x.cn", b"", b"Final-Recipient: rfc822; canlian@x.gov.cn", b"Action: failed", b"Status: 5.1.1")
    yield "words alone", lines(*HEAD, *said, "已报，见上次".encode("gbk"))
    yield "nothing at all in it", lines(*HEAD, b"", b"")
    yield "a head and no more", lines(*HEAD)
    yield "a link", lines(*HEAD, *said, "超大附件 https://mail.qq.com/cgi-bin/ftnExs_download?k=1".encode("gbk"))
    yield "a page alone", lines(*HEAD, b"Content-Type: text/html; charset=gb2312", b"", "<html><body>已<b>报</b></body></html>".encode("gbk"))
    yield "a picture", mixed(text(), part(b"\xff\xd8\xff\xe0" + bytes(500), kind=b"image/jpeg; name=1.jpg"))
    yield "a scan", mixed(text(), part(b"%PDF-1.4 nothing", disposition=b'attachment; filename="scan.pdf"'))
    yield "an invitation", mixed(text(), lines(b"Content-Type: text/calendar", b"", b"BEGIN:VCALENDAR"))
    yield "base64 that is none", plain(form, body=b"!!!! not base64 at all ????")
    yield "half the form", plain(form[: len(form) // 2])
    yield "half the mail", plain(form)[: len(plain(form)) // 2]
    yield "a form with a byte turned", plain(form[:2000] + bytes([form[2000] ^ 255]) + form[2001:])
    yield "another workbook", plain(zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")))
    yield "a parcel in a parcel", mixed(text(), part(zipped(("in.zip", zipped((NAME, form))))))
    yield "a locked rar", mixed(text(), part(written.rar([], locked=True)))
    yield "half a rar", mixed(text(), part(written.rar([(NAME, form)])[:3000]))
    yield "half a winmail.dat", mixed(text(), part(written.tnef([(NAME, form)])[:3000]))
    yield "winmail.dat that counts on and on", mixed(text(), part(b"\x78\x9f\x3e\x22\x00\x00" + b"\x02\x05\x90\x06\x00\x08\x00\x00\x00\xff\xff\xff\x7f\x1f\x10\x07\x37" + bytes(2)))
    yield "half a mail of Outlook's", written.msg([(NAME, form)])[:3000]
    yield "came back: Postfix", mixed(text("could not be delivered"), status, original, head=(b"From: MAILER-DAEMON@mx.x.cn", b"Subject: Undelivered Mail Returned to Sender", b"Auto-Submitted: auto-replied"), kind=b"multipart/report; report-type=delivery-status")
    yield "came back: QQ", mixed(text("很抱歉，您发送的邮件无法投递：canlian@x.gov.cn"), original, head=(b"From: PostMaster@qq.com", b"Subject: " + words("系统退信", "gbk")))
    yield "came back: 163", mixed(text("收件人 canlian@x.gov.cn 不存在"), part(plain(form), disposition=b'attachment; filename="o.eml"'), head=(b"From: Postmaster@163.com", b"Subject: " + words("系统退信/System bounce", "gb18030")))
    yield "came back: headers alone", mixed(text("failure notice"), status, lines(b"Content-Type: text/rfc822-headers", b"", b"Subject: x"), head=(b"Return-Path: <>", b"From: mailer-daemon@x.cn", b"Subject: failure notice"), kind=b"multipart/report")
    yield "on holiday", lines(b"From: canlian@x.gov.cn", b"Subject: " + words("自动回复：十月的表", "utf-8"), b"Auto-Submitted: auto-replied", b"", b"away")
    yield "read", mixed(text("read"), lines(b"Content-Type: message/disposition-notification", b"", b"Disposition: manual-action"), head=(b"From: canlian@x.gov.cn", b"Subject: " + words("已读：十月的表", "utf-8")), kind=b"multipart/report; report-type=disposition-notification")
    yield "a thousand parts of nothing", mixed(*([lines(b"Content-Type: application/x", b"", b"")] * 1000))
    deep = b"x"
    for depth in range(300):
        deep = lines(b"Content-Type: multipart/mixed; boundary=q%d" % depth, b"", b"--q%d" % depth, deep, b"--q%d--" % depth)
    yield "three hundred deep", lines(*HEAD, deep)
    letter = plain(form)
    for depth in range(12):
        letter = mixed(text("转发"), lines(b"Content-Type: message/rfc822", b"", letter), boundary=b"n%d" % depth, last=b"--n%d--" % depth)
    yield "passed on twelve times", letter
    yield "zeros", lines(*HEAD, b"", bytes(5000))
    yield "bytes at random", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=b1", b"", bytes(range(256)) * 20)
    yield "boundaries and nothing else", lines(*HEAD, b"Content-Type: multipart/mixed; boundary=b1", b"", b"--b1\r\n" * 5000)
    yield "a name of a megabyte", mixed(text(), part(b"x", disposition=b"attachment; filename=" + b"n" * (1 << 20)))
    yield "parameters by the thousand", mixed(text(), part(b"x", disposition=b"attachment" + b"; a=b" * 20_000))
    yield "words by the thousand", lines(b"Subject: " + b"=?utf-8?B?eA==?= " * 20_000, *HEAD[:2], b"", b"x")
    yield "a word without an end", lines(b"Subject: =?utf-8?B?" + b"=?utf-8?B?" * 20_000, *HEAD[:2], b"", b"x")


def corpus(form: bytes) -> dict[str, Sample]:
    """Every mail by its name."""
    makers: tuple[tuple[str, Callable[[bytes], Iterator[tuple[str, bytes]]], bool], ...] = (
        ("encoding: ", encodings, True), ("structure: ", structures, True), ("nested: ", nested, True), ("attacked: ", attacked, True), ("bomb: ", bombs, True),
        ("without: ", without, False),
    )
    found = {f"{title}{name}": Sample(content, holds) for title, maker, holds in makers for name, content in maker(form)}
    return found | {f"name: {name}": Sample(plain(form, disposition=said), True) for name, said in names()}
