"""A year of twelve months that has run its course, made once: corrected, handed over, renamed, recoded, certified."""

from collections.abc import Iterator

import pytest

from minsheng_xl import Year
from tests.years.test_monthly import Past, a_year_of_months


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """Not to be written to."""
    return a_year_of_months(tmp_path_factory)


@pytest.fixture
def past_year(past: Past) -> Iterator[Year]:
    """That year, only read."""
    year = Year(past.root, writable=False)
    yield year
    year.close()
