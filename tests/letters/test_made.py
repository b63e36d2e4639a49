"""Mails that nobody thought of: whatever is put together or turned, one outcome each, no exception; a mail that is put
together rightly gives back just what was put into it."""

import email.policy
import random
from datetime import datetime
from email.message import EmailMessage

from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng_xl.intake.opening import members_of, packed_head, unpacked_head
from minsheng_xl.letters.model import Head
from minsheng_xl.letters.read import read
from tests.letters import corpus, written

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="/\\\""), min_size=1, max_size=40).map(str.strip).filter(bool)
FILES = st.lists(st.tuples(NAMES, st.binary(max_size=300).map(b"is no parcel: ".__add__)), min_size=1, max_size=4)


@given(files=FILES, subject=NAMES, policy=st.sampled_from([email.policy.SMTP, email.policy.default, email.policy.compat32]), depth=st.integers(0, 2))
@settings(max_examples=80)
def test_what_python_puts_together_comes_apart(files: list[tuple[str, bytes]], subject: str, policy: email.policy.Policy, depth: int) -> None:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["Subject"] = "张三 <zhang@x.gov.cn>", subject
    message.set_content("请查收\n")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    for _ in range(depth):
        outer = EmailMessage(policy=email.policy.SMTP)
        outer["From"], outer["Subject"] = "zhang@x.gov.cn", "转发"
        outer.set_content("见附件")
        outer.add_attachment(message)
        message = outer
    members = [one for one in members_of(message.as_bytes(policy=policy if depth == 0 else None), is_mail=True) if not one.is_head]
    assert [one.read() for one in members] == [content for _, content in files]
    assert read(message.as_bytes()).head.sender == "zhang@x.gov.cn"


@given(files=FILES, wide=st.booleans())
@settings(max_examples=30)
def test_what_is_packed_for_outlook_comes_apart(files: list[tuple[str, bytes]], wide: bool) -> None:
    known = [(name.encode("gbk", "replace").decode("gbk"), content) for name, content in files]
    for packed in (written.tnef(known, wide=wide), written.msg(known)):
        assert [one.content for one in read(packed).attachments] == [content for _, content in known]
        assert [one.name for one in read(packed).attachments] == [name for name, _ in known]


@given(seed=st.integers(0, 1 << 30), count=st.integers(1, 12))
@settings(max_examples=150)
def test_whatever_is_turned_is_read_to_an_end(seed: int, count: int) -> None:
    """Bytes turned, cut out, doubled in mails of the corpus, in winmail.dat and in Outlook's own."""
    chance = random.Random(seed)
    content = bytearray(chance.choice(_WHOLE))
    for _ in range(count):
        place = chance.randrange(len(content))
        length = chance.choice((1, 1, 2, 4, 40))
        way = chance.randrange(3)
        piece = bytes(chance.randrange(256) for _ in range(length)) if way == 0 else b"" if way == 1 else bytes(content[place : place + length]) * 2
        content[place : place + length] = piece
        content = content or bytearray(b"x")
    letter = read(bytes(content))
    assert unpacked_head(packed_head(letter.head)).kind is letter.head.kind
    for one in members_of(bytes(content), is_mail=True):
        try:
            one.read()
        except Exception as error:
            assert type(error).__name__ == "Unreadable", error


_FORM = b"PK\x03\x04" + random.Random(3).randbytes(2500)
_WHOLE = [one.content for name, one in corpus.corpus(_FORM).items() if len(one.content) < 20_000 and "rar" not in name and "7z" not in name] + [
    written.tnef([("表.xlsx", _FORM)], letters=[written.tnef([("内.xlsx", _FORM)])]), written.msg([("表.xlsx", _FORM)]),
]


def test_what_a_mail_says_travels_between_processes() -> None:
    head = Head(sender="a@b.cn", subject="行\n行\x00", received=datetime(2022, 11, 5, 9), words="一\n二", failed=("x@y.cn",), about=("<1@x>",), has_link=True)
    assert unpacked_head(packed_head(head)) == head._replace(subject="行 行")
