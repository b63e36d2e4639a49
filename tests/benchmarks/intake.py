"""Taking in a month's returns (reading, judging, recording) against pandas.read_excel over the same files.

python -m tests.benchmarks.intake
"""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import pandas as pd

from minsheng_xl import Period, Year, issue
from minsheng_xl.beginning.demo import _Sample
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.taking.consolidate import take_in
from tests.benchmarks.timing import side_by_side

OCTOBER = Period.parse("2022-10")
NOW = datetime(2022, 11, 7)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        year = Year.create(Path(folder) / "年", built_in_tables(sample=True))
        issue(year, OCTOBER, NOW)
        sample = _Sample(year.plan)
        for unit in year.plan.reporting_units:
            sample.send(year, unit, OCTOBER, f"{unit.sheet_name}.xlsx")
        shutil.copy(year.inbox / "县民政局.xlsx", year.inbox / "县民政局 (1).xlsx")
        files = sorted(year.inbox.iterdir())
        year.close()
        clean = Path(folder) / "clean"
        shutil.copytree(year.root, clean)

        def ours() -> None:
            shutil.rmtree(year.root / "归档")
            shutil.copytree(clean / "归档", year.root / "归档")
            found = Year(year.root)
            found.__dict__["plan"] = sample._plan
            returns, _ = take_in(found, OCTOBER, NOW, found.register.next_run())
            assert len(returns) == 39
            found.close()

        def theirs() -> None:
            for path in files:
                pd.read_excel(path, sheet_name="填报表", header=None, engine="openpyxl")

        print(f"{len(files)} returns")
        side_by_side("intake", ours, theirs, "< 1")


if __name__ == "__main__":
    main()
