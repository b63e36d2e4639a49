"""督办单 at the desk: which matters there are, which slips wait for a leader's word, what was settled."""

from datetime import datetime
from typing import TYPE_CHECKING

from minsheng_xl.forms.supervision import DRAFTED
from minsheng_xl.plan.tables import names_in
from minsheng_xl.telling.supervise import SuperviseResult, approve, supervise
from minsheng_xl.year.folder import Year

if TYPE_CHECKING:
    import argparse


def supervise_at_desk(options: "argparse.Namespace", year: Year, now: datetime) -> int:
    """The command supervise; 0."""
    period = year.period(options.period)
    if options.approve or options.document:
        count = approve(year, period, now, (options.approve, options.document), list(names_in(options.units)))
        print(f"已记下：{options.approve} 批准 {count} 件，{options.document}。" if count else "没有要批准的。")
    _tell(supervise(year, period, now), str(period))
    return 0


def _tell(result: SuperviseResult, period: str) -> None:
    for number in result.settled:
        print(f"销号：第 {number} 件。")
    if not result.slips:
        print(f"{period} 没有要督办的。")
        return
    for slip in result.slips:
        state = f"（{DRAFTED}，等批准）" if slip.is_drafted else f"（{slip.document}）" if slip.document else ""
        print(f"{slip.colour}　{slip.unit}{state}")
        for line in slip.lines:
            print(f"    {line.number}　{line.title}：{line.stands}")
    print(f"{len(result.slips)} 张督办单在 {result.files[0].parent}：{'、'.join(path.name for path in result.files)}")
    if result.no_pdf:
        print(f"{result.no_pdf}。")
