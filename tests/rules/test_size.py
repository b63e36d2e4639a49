"""To which rows the rules on size apply."""

from types import SimpleNamespace

import pytest

from minsheng_xl.plan.model import Comparator, Kind
from minsheng_xl.rules.size import STOCK_FALLS


@pytest.mark.parametrize("role", ["figure", "share", "certify"])
@pytest.mark.parametrize("kind", Kind)
def test_only_a_unit_s_own_stock_may_fall(kind: Kind, role: str) -> None:
    row = SimpleNamespace(role=role, indicator=SimpleNamespace(kind=kind, comparator=Comparator.AT_LEAST))
    expected = [("reported",)] if (role, kind) == ("figure", Kind.STOCK) else []
    assert list(STOCK_FALLS.places(row)) == expected  # type: ignore[arg-type]
