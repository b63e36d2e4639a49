from collections.abc import Iterator

import pytest

from tests.books.live.office import running


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A headless LibreOffice for the tests of a module."""
    with running(tmp_path_factory.mktemp("live"), "--headless"):
        yield
