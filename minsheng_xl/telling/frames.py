"""Tidy pandas tables of plan and figures, one observation a row."""

from typing import TYPE_CHECKING

from minsheng_xl.figures.progress import CountyProgress
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.folder import Year

if TYPE_CHECKING:
    import pandas as pd

_FIGURES = (
    "period", "unit", "project", "code", "name", "measure", "unit_of_measure", "value", "seen", "source", "received",
    "version", "who",
)


def indicators_frame(plan: Plan) -> "pd.DataFrame":
    """The plan's indicators: code, tier, project, name, kind, unit_of_measure, comparator, target
    (in the unit of the form; ratios as fractions), pace_rule, weight, lead, filler, deadline."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "code": i.code, "tier": i.tier.letter, "project": i.project, "name": i.name,
                "kind": i.kind.value, "unit_of_measure": i.unit_of_measure,
                "comparator": i.comparator.value, "target": None if i.target is None else float(i.target),
                "pace_rule": i.pace_rule.value, "weight": float(i.weight), "lead": i.lead,
                "filler": i.filler, "deadline": i.deadline,
            }
            for i in plan.indicators
        ]
    )


def figures_frame(year: Year, period: Period) -> "pd.DataFrame":
    """The figures in use up to a period, as 填报流水 lists them: period, unit, project, code, name,
    measure, unit_of_measure, value (NaN where doubtful), seen, source, received, version: a figure that was corrected
    after its period was closed has two lines, 定稿时 and 定稿后更正; of any other it is ""; who: of a figure that the
    office typed."""
    import pandas as pd

    account = account_of(year.plan, year.register, period)
    rows = [
        {
            "period": str(r.period),
            "unit": r.unit,
            "project": r.project,
            "code": r.code,
            "name": r.name,
            "measure": r.measure,
            "unit_of_measure": r.unit_of_measure,
            "value": None if r.value is None else float(r.value),
            "seen": r.seen,
            "source": r.source.file,
            "received": r.source.received,
            "version": r.version,
            "who": r.source.who,
        }
        for r in account.flow
    ]
    return pd.DataFrame(rows, columns=_FIGURES)


def progress_frame(county: CountyProgress) -> "pd.DataFrame":
    """Where each indicator stands: code, project, value, rate, pace, deviation (fractions), status."""
    import pandas as pd

    def real(value: object) -> float | None:
        return None if value is None else float(value)  # type: ignore[arg-type]

    return pd.DataFrame(
        [
            {
                "code": i.indicator.code, "project": i.indicator.project, "value": real(i.value),
                "rate": real(i.rate), "pace": real(i.pace), "deviation": real(i.deviation),
                "status": i.status.value if i.status else None,
            }
            for i in county.indicators
        ]
    )
