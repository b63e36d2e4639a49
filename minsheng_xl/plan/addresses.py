"""Addresses of mail as the office writes them into 单位: several, with or without a name.

Source: RFC 5321 4.1.2, of which what Chinese providers give out: letters, digits and a few signs, a domain with a dot.
"""

import re

_ADDRESS = re.compile(
    r"(?!.*\.\.)[A-Za-z0-9](?:[A-Za-z0-9._%+=-]{0,62}[A-Za-z0-9_+=-])?"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_BETWEEN = re.compile(r"[、，,；;\s]+")
_NAMED = re.compile(r"[^<>、，,；;]*<([^<>]*)>")


def addresses_in(text: str) -> tuple[str, ...]:
    """The addresses in a cell, each once; what is none of them is left out."""
    found = (one for one in _pieces(text) if _ADDRESS.fullmatch(one))
    return tuple({one.lower(): one for one in found}.values())


def strange_in(text: str) -> str:
    """The first piece of a cell that is no address; "" if each is one."""
    return next((one for one in _pieces(text) if not _ADDRESS.fullmatch(one)), "")


def domain_of(address: str) -> str:
    """The domain of an address, in lower case."""
    return address.rpartition("@")[2].lower()


def is_within(address: str, domains: tuple[str, ...]) -> bool:
    """Whether the domain of an address is one of these, or below one: a.gov.cn below gov.cn."""
    domain = domain_of(address)
    return any(domain == one or domain.endswith(f".{one}") for one in domains)


def _pieces(text: str) -> list[str]:
    bare = _NAMED.sub(r" \1 ", text.replace("＠", "@").replace("\u3000", " "))
    return [one for one in _BETWEEN.split(bare) if one]
