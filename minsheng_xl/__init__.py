"""Collect and consolidate what many offices report, in plain Excel workbooks.

The public names are loaded on first use, so that `import minsheng_xl` and `--help` cost nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from minsheng_xl.accounts.returns import Return as Return
    from minsheng_xl.beginning.demo import run_demo as run_demo
    from minsheng_xl.beginning.rollover import rollover as rollover
    from minsheng_xl.figures.progress import Entry as Entry
    from minsheng_xl.figures.progress import progress_of as progress_of
    from minsheng_xl.master.build import BuildResult as BuildResult
    from minsheng_xl.master.build import build as build
    from minsheng_xl.master.decide import decide as decide
    from minsheng_xl.memory.export import export as export
    from minsheng_xl.memory.frames import frames as frames
    from minsheng_xl.memory.history import history as history
    from minsheng_xl.memory.proofread import proofread as proofread
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
    from minsheng_xl.proof.verify import Verification as Verification
    from minsheng_xl.proof.verify import verify as verify
    from minsheng_xl.sending.issue import IssueResult as IssueResult
    from minsheng_xl.sending.issue import issue as issue
    from minsheng_xl.taking.consolidate import ConsolidateResult as ConsolidateResult
    from minsheng_xl.taking.consolidate import consolidate as consolidate
    from minsheng_xl.taking.inspect import inspect as inspect
    from minsheng_xl.taking.inspect import inspected as inspected
    from minsheng_xl.telling.frames import figures_frame as figures_frame
    from minsheng_xl.telling.frames import indicators_frame as indicators_frame
    from minsheng_xl.telling.frames import progress_frame as progress_frame
    from minsheng_xl.telling.status import status as status
    from minsheng_xl.year.folder import Year as Year
    from minsheng_xl.year.person import Person as Person

_HOMES = {
    "accounts.returns": ("Return",),
    "beginning.demo": ("run_demo",),
    "beginning.rollover": ("rollover",),
    "figures.progress": ("Entry", "progress_of"),
    "master.build": ("BuildResult", "build"),
    "master.decide": ("decide",),
    "memory.export": ("export",),
    "memory.frames": ("frames",),
    "memory.history": ("history",),
    "memory.proofread": ("proofread",),
    "plan.model": ("Indicator", "Plan", "Project", "Unit"),
    "plan.period": ("Frequency", "Period"),
    "problems": ("MinshengError", "PlanError", "Problem", "Severity"),
    "proof.verify": ("Verification", "verify"),
    "sending.issue": ("IssueResult", "issue"),
    "taking.consolidate": ("ConsolidateResult", "consolidate"),
    "taking.inspect": ("inspect", "inspected"),
    "telling.frames": ("figures_frame", "indicators_frame", "progress_frame"),
    "telling.status": ("status",),
    "year.folder": ("Year",),
    "year.person": ("Person",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = [*sorted(_HOME_OF), "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(name)


def __dir__() -> list[str]:
    return list(__all__)
