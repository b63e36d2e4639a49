"""The collector of garbage rests while a book is made, and no longer."""

import gc

import pytest

from minsheng_xl.forms.layout import undisturbed


def test_it_rests_and_works_again() -> None:
    assert gc.isenabled()
    with undisturbed():
        assert not gc.isenabled()
        with undisturbed():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_a_failure() -> None:
    with pytest.raises(ValueError, match="坏"), undisturbed():
        raise ValueError("坏")
    assert gc.isenabled()


def test_where_it_rested_before_it_goes_on_resting() -> None:
    gc.disable()
    try:
        with undisturbed():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
