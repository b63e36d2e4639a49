"""Collect and consolidate what many offices report, in plain Excel workbooks.

The public names are loaded on first use, so that `import minsheng_xl` and `--help` cost nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from minsheng_xl.accounts.returns import Return as Return
    from minsheng_xl.figures.progress import Entry as Entry
    from minsheng_xl.figures.progress import progress_of as progress_of
    from minsheng_xl.month.consolidate import ConsolidateResult as ConsolidateResult
    from minsheng_xl.month.consolidate import consolidate as consolidate
    from minsheng_xl.month.decide import decide as decide
    from minsheng_xl.month.demo import run_demo as run_demo
    from minsheng_xl.month.frames import figures_frame as figures_frame
    from minsheng_xl.month.frames import indicators_frame as indicators_frame
    from minsheng_xl.month.frames import progress_frame as progress_frame
    from minsheng_xl.month.inspect import inspect as inspect
    from minsheng_xl.month.inspect import inspected as inspected
    from minsheng_xl.month.issue import IssueResult as IssueResult
    from minsheng_xl.month.issue import issue as issue
    from minsheng_xl.month.master import BuildResult as BuildResult
    from minsheng_xl.month.master import build as build
    from minsheng_xl.month.rollover import rollover as rollover
    from minsheng_xl.month.status import status as status
    from minsheng_xl.month.verify import Verification as Verification
    from minsheng_xl.month.verify import verify as verify
    from minsheng_xl.plan.model import Indicator as Indicator
    from minsheng_xl.plan.model import Plan as Plan
    from minsheng_xl.plan.model import Project as Project
    from minsheng_xl.plan.model import Unit as Unit
    from minsheng_xl.plan.period import Frequency as Frequency
    from minsheng_xl.plan.period import Period as Period
    from minsheng_xl.problems import MinshengError as MinshengError
    from minsheng_xl.problems import PlanError as PlanError
    from minsheng_xl.problems import Problem as Problem
    from minsheng_xl.problems import Severity as Severity
    from minsheng_xl.year.folder import Year as Year

_HOMES = {
    "month.consolidate": ("ConsolidateResult", "consolidate"),
    "month.decide": ("decide",),
    "month.demo": ("run_demo",),
    "month.frames": ("figures_frame", "indicators_frame", "progress_frame"),
    "month.inspect": ("inspect", "inspected"),
    "accounts.returns": ("Return",),
    "month.issue": ("IssueResult", "issue"),
    "month.master": ("BuildResult", "build"),
    "plan.model": ("Indicator", "Plan", "Project", "Unit"),
    "plan.period": ("Frequency", "Period"),
    "problems": ("MinshengError", "PlanError", "Problem", "Severity"),
    "figures.progress": ("Entry", "progress_of"),
    "month.rollover": ("rollover",),
    "month.status": ("status",),
    "month.verify": ("Verification", "verify"),
    "year.folder": ("Year",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = [*sorted(_HOME_OF), "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(name)


def __dir__() -> list[str]:
    return list(__all__)
