"""Verifying a year in which 38 units reported twice, in seconds of one core; goal: 30 for each time.

python -m tests.benchmarks.verify
"""

import tempfile
import time
from datetime import datetime
from pathlib import Path

from minsheng_xl import Period, Year, issue
from minsheng_xl.beginning.demo import _Sample
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.proof.verify import Verdict, verify
from minsheng_xl.taking.consolidate import take_in

PERIODS = tuple(map(Period.parse, ("2022-09", "2022-10")))
GOAL = 30


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        year = Year.create(Path(folder) / "年", built_in_tables(sample=True))
        sample = _Sample(year.plan)
        for period in PERIODS:
            now = datetime(2022, period.end_month, 28)
            issue(year, period, now)
            for unit in year.plan.reporting_units:
                sample.send(year, unit, period, f"{period}/{unit.sheet_name}.xlsx")
            take_in(year, period, now, year.register.next_run())
        year.close()
        start = time.process_time()
        found = verify(Year(year.root))
        spent = (time.process_time() - start) / len(PERIODS)
        counts = "，".join(f"{verdict.value} {found.count(verdict)}" for verdict in Verdict)
        print(f"{len(found.chain.lines)} lines, {counts}: {spent:.1f} s of one core for 38 units (goal {GOAL})")
        assert found.is_sound
        assert spent < GOAL


if __name__ == "__main__":
    main()
