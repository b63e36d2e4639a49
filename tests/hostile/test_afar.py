"""Every file that no reader may fall for, read on a cluster: in every field as here."""

from pathlib import Path

import pytest

from minsheng_xl import Year, inspect
from minsheng_xl.desk.cluster import executor_of
from tests.cluster import cluster
from tests.hostile.corpus import Corpus


@pytest.mark.posix(reason="Dask's commands are tried on Linux")
def test_a_cluster_says_of_every_file_what_is_said_here(corpus: Corpus, tmp_path: Path) -> None:
    year = Year(corpus.year, writable=False)
    alone = list(inspect(year, [corpus.files]))
    with cluster(tmp_path / "cluster") as two, executor_of(two.address) as executor:
        assert list(inspect(year, [corpus.files], executor)) == alone
    assert len(alone) > 600
    year.close()
