"""The corpus of files that no reader may fall for, written once."""

import pytest

from tests.hostile.corpus import Corpus, write_corpus
from tests.sharing import made_once


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return made_once(tmp_path_factory, "hostile", write_corpus)
