"""The year of months, which is looked at here too."""

import pytest

from tests.years.test_monthly import Past, a_year_of_months


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """Not to be written to."""
    return a_year_of_months(tmp_path_factory)
