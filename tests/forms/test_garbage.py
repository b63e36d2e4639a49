"""Garbage is looked for again after a book was made, unless the caller does not want it."""

import gc

import pytest

from minsheng_xl.forms.garbage import unsearched


def test_it_is_looked_for_again_after_the_last_of_those_who_wanted_none() -> None:
    assert gc.isenabled()
    with unsearched():
        assert not gc.isenabled()
        with unsearched():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_looked_for_again_whatever_happens() -> None:
    with pytest.raises(ValueError, match="half way"), unsearched():
        assert not gc.isenabled()
        raise ValueError("half way")
    assert gc.isenabled()


def test_who_looks_for_none_is_not_made_to() -> None:
    gc.disable()
    try:
        with unsearched():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
