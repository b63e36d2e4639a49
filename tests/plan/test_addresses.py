"""Addresses as offices write them: several, with names, in the wrong signs; what is none is told and sends nothing."""

import pytest

from minsheng_xl.plan.addresses import addresses_in, is_within, strange_in


@pytest.mark.parametrize(
    ("text", "found", "strange"),
    [
        ("", (), ""),
        ("a@x.gov.cn", ("a@x.gov.cn",), ""),
        ("a@x.cn、b@x.cn；c@x.cn d@x.cn", ("a@x.cn", "b@x.cn", "c@x.cn", "d@x.cn"), ""),
        ("张三 <a@x.cn>、李四<b@x.cn>", ("a@x.cn", "b@x.cn"), ""),
        ("A@x.cn，a@x.cn", ("a@x.cn",), ""),
        ("lu-shan_01.b@sub.x.gov.cn", ("lu-shan_01.b@sub.x.gov.cn",), ""),
        ("a＠x.cn", ("a@x.cn",), ""),
        ("无", (), "无"),
        ("13800001111", (), "13800001111"),
        ("a@x", (), "a@x"),
        ("a@x..cn", (), "a@x..cn"),
        ("a@x.cn\r\nBcc: evil@y.cn", ("a@x.cn", "evil@y.cn"), "Bcc:"),
    ],
)
def test_what_stands_in_a_cell(text: str, found: tuple[str, ...], strange: str) -> None:
    assert addresses_in(text) == found
    assert strange_in(text) == strange


@pytest.mark.parametrize(
    ("address", "is_allowed"), [("a@x.gov.cn", True), ("a@gov.cn", True), ("a@xgov.cn", False), ("a@gov.cn.evil.com", False), ("a@163.com", True)],
)
def test_a_domain_holds_what_lies_below_it(address: str, is_allowed: bool) -> None:
    assert is_within(address, ("gov.cn", "163.com")) is is_allowed
