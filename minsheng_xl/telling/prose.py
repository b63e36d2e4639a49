"""How a row that lags stands, as a circular says it in a sentence; the figures are those of the tables."""

from minsheng_xl.exact.numbers import fixed, grouped, plain
from minsheng_xl.figures.definitions import NONE, Status
from minsheng_xl.figures.progress import IndicatorProgress, percent_text
from minsheng_xl.figures.remarks import OVERDUE
from minsheng_xl.plan.model import Comparator, Kind


def in_prose(status: Status) -> str:
    """A state as a circular words it: lights are of the tables."""
    return {Status.YELLOW: "滞后（黄灯）", Status.RED: "严重滞后（红灯）"}.get(status, status.value)


def stands(i: IndicatorProgress) -> str:
    """Where a row that lags stands: 完成23.5%，序时83.3%，滞后59.8个百分点; in the last period what it lacks."""
    if i.terms.last:
        return "，".join(filter(None, (f"完成{i.rate_text}", Status.MISSED.value, i.missing_text)))
    behind = _behind(i)
    pace = NONE if i.pace is None else percent_text(i.pace)
    if i.terms.opening is not None:
        said = f"{_figures(i)}，年度增量完成{i.share_text}，计划{pace}，{behind}"
    else:
        said = f"完成{i.rate_text}，序时{pace}，{behind}"
    return f"{said}；{_beyond(i, behind)}" if _beyond(i, behind) else said


def _behind(i: IndicatorProgress) -> str:
    """By how much it lags; of less than is printed, what it lacks."""
    if i.deviation is None:
        return in_prose(i.status) if i.status else ""
    points = fixed(abs(i.deviation) * 100, 1)
    return f"滞后{points}个百分点" if points != "0.0" else i.missing_text


def _beyond(i: IndicatorProgress, behind: str) -> str:
    """That its day has passed; that it is more than it may be."""
    most = i.terms.comparator is Comparator.AT_MOST
    said = OVERDUE if i.terms.overdue and not most else ""
    lacking = i.missing_text if (most or said) and i.missing_text != behind else ""
    return "，".join(filter(None, (said, lacking)))


def _figures(i: IndicatorProgress) -> str:
    """现53.3%（目标65%，年初41%）."""
    terms, unit = i.terms, i.terms.unit_of_measure
    assert i.value is not None
    assert terms.target is not None
    assert terms.opening is not None
    if terms.kind is Kind.RATIO:
        target, opening = (plain(share * 100) for share in (terms.target, terms.opening))
        return f"现{percent_text(i.value)}（目标{terms.comparator.sign}{target}%，年初{opening}%）"
    value, target, opening = (grouped(plain(one)) for one in (i.value, terms.target, terms.opening))
    return f"现{value}{unit}（目标{terms.comparator.sign}{target}{unit}，年初{opening}{unit}）"
