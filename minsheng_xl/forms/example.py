"""A small invented plan on which a layout is drawn to take its digest: one of everything that a form can hold."""

from fractions import Fraction
from functools import cache

from minsheng_xl.plan.model import Comparator, Indicator, Kind, Plan, Project, Settings, Tier, Unit
from minsheng_xl.plan.period import Period

UNIT = Unit(name="甲局")
_OTHER = "乙局"


@cache
def example_plan() -> Plan:
    """A unit that leads one project with funding and one without, supports two, and certifies all."""
    projects = (
        _project(1, UNIT.name)._replace(asks_funding=True),
        _project(2, UNIT.name),
        _project(3, _OTHER),
        _project(4, _OTHER),
    )
    ratio = _indicator("1-2", 1, Kind.RATIO, Fraction(1, 2))._replace(numerator="子", denominator="母")
    indicators = (
        _indicator("1-1", 1, Kind.CUMULATIVE, Fraction(10)),
        ratio,
        ratio._replace(code="1-3", office_denominator=True, fixed_denominator=Fraction(4)),
        _indicator("2-1", 2, Kind.MILESTONE, Fraction(1)),
        _indicator("2-2", 2, Kind.DERIVED)._replace(derived_from=("1-1", "2-1")),
        _indicator("2-3", 2, Kind.WORDS),
        _indicator("3-1", 3, Kind.CUMULATIVE)._replace(lead=_OTHER, filler=_OTHER, shares=(UNIT.name,)),
    )
    return Plan(Settings(region="某县", title="某县民生实事", year=2024), projects, indicators, (UNIT, Unit(name=_OTHER)), {})


def certified_example(plan: Plan) -> tuple[Indicator, ...]:
    """The rows of the plan as the certifier's form has them: of one more is worse, one the certifier fills itself."""
    little, own = "1-1", "2-1"
    of_others = (one if one.code == own else one._replace(filler=_OTHER) for one in plan.indicators)
    return tuple(one._replace(comparator=Comparator.AT_MOST) if one.code == little else one for one in of_others)


def confirmed_example(plan: Plan) -> Plan:
    """The plan with a row that its lead does not fill in."""
    of_other = (one._replace(filler=_OTHER) if one.code == "2-1" else one for one in plan.indicators)
    return plan.having(indicators=tuple(of_other))


def example_period() -> Period:
    return example_plan().periods[0]


def _project(no: int, lead: str) -> Project:
    responsible = () if lead == UNIT.name else (UNIT.name,)
    return Project(no=no, name=f"项目{no}", task="", leads=(lead,), responsible=responsible, certifiers=(UNIT.name,))


def _indicator(code: str, project: int, kind: Kind, target: Fraction | None = None) -> Indicator:
    return Indicator(
        code=code, tier=Tier.ASSESSED, project=project, name=f"指标{code}", quote="", kind=kind, unit_of_measure="个",
        lead=UNIT.name, filler=UNIT.name, comparator=Comparator.AT_LEAST, target=target,
    )
