"""Servers on this computer, and years whose units have addresses."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Period, Year, issue
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.plan.tables import RawTables
from minsheng_xl.post.account import Account, Server
from minsheng_xl.post.secret import Secret
from tests.makers import little_tables
from tests.post.servers import SECRET, USER, Certificates, Letterbox, Mailbox, certificates, dovecot
from tests.sharing import copied, made_once

OCTOBER = Period.parse("2022-10")


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def _trusted(certified: Certificates, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The throw-away authority is trusted as one of the system's; the person's settings are those of a new desk."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certified.authority))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.delenv("MINSHENG_MAIL_SECRET", raising=False)


@pytest.fixture
def letterbox(certified: Certificates) -> Iterator[Letterbox]:
    box = Letterbox(certified.good)
    yield box
    box.close()


@pytest.fixture
def mailbox(certified: Certificates) -> Iterator[Mailbox]:
    with dovecot(certified.pem) as found:
        yield found


@pytest.fixture
def secret() -> Secret:
    return Secret(SECRET)


@pytest.fixture
def account(letterbox: Letterbox) -> Account:
    """An account that can only send."""
    return Account(smtp=Server("localhost", letterbox.port), user=USER, sender=USER, name="县政府办", pause=0)


def reading(mailbox: Mailbox, account: "Account | None" = None) -> Account:
    """An account that reads a mailbox."""
    base = account or Account(smtp=Server("localhost", 1), user=USER, sender=USER, pause=0)
    return base._replace(imap=Server("localhost", mailbox.port))


def address_of(number: int) -> str:
    return f"unit{number}@x.gov.cn"


def with_addresses(tables: RawTables) -> RawTables:
    """The plan, its units with an address each."""
    for number, row in enumerate(tables.rows["单位"], 1):
        row.cells["邮箱"] = address_of(number)
    return tables


def _made(tables: RawTables, folder: Path) -> Path:
    year = Year.create(folder / "年", with_addresses(tables))
    issue(year, OCTOBER, datetime(2022, 10, 31))
    year.close()
    return year.root


@pytest.fixture(scope="session")
def addressed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of the little plan with addresses, October issued; not to be written to."""
    return made_once(tmp_path_factory, "addressed", lambda folder: _made(little_tables(), folder))


@pytest.fixture
def addressed(addressed_folder: Path, tmp_path: Path) -> Iterator[Year]:
    yield from copied(addressed_folder, tmp_path / "年")


@pytest.fixture
def whole_addressed(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Year]:
    """The same of the whole sample plan: 38 units that report."""
    made = made_once(tmp_path_factory, "whole addressed", lambda folder: _made(built_in_tables(sample=True), folder))
    yield from copied(made, tmp_path / "年")
