"""Attest: 数据核验单, one page that shows what was verified of a year, where its prints go."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.attestation import NAME, Attested, Counted, Unproved, attestation_book
from minsheng_xl.plan.period import Period
from minsheng_xl.proof.verify import Verdict, Verification, Verified
from minsheng_xl.telling.print import put_with_pdf
from minsheng_xl.year.folder import PRINTED_FOLDER, Year


class AttestResult(NamedTuple):
    """The files written, and why there is no PDF ("" if there is one)."""

    files: tuple[Path, ...]
    no_pdf: str = ""


def attest(year: Year, found: Verification, now: datetime) -> AttestResult:
    """Write 数据核验单 of a verification into 打印/. Raises MinshengError if it cannot be written."""
    content = write_book(attestation_book(attested(year, found, now)))
    return AttestResult(*put_with_pdf(year.root / PRINTED_FOLDER, NAME, content))


def attested(year: Year, found: Verification, now: datetime) -> Attested:
    """What the sheet says of a verification: what is wrong before what is only not proved."""
    doubtful = [*found.of(Verdict.CONTRADICTED), *found.of(Verdict.UNPROVED)]
    return Attested(
        title=year.written_plan.settings.title,
        day=now.date(),
        journal=found.journal,
        periods=[_counted(found, period) for period in found.periods],
        unproved=[_unproved(one) for one in doubtful],
        faults=[*found.faults, *found.others],
    )


def _counted(found: Verification, period: Period) -> Counted:
    proved, unproved, contradicted = (found.count(verdict, period) for verdict in Verdict)
    return Counted(str(period), proved, unproved, contradicted, found.codes[period])


def _unproved(one: Verified) -> Unproved:
    proof, indicator = one.proof, one.indicator
    where = " ".join(filter(None, (proof.file, proof.cell)))
    return Unproved(
        period=str(one.period), code=indicator.code, name=indicator.name, unit=indicator.filler, value=one.value,
        verdict=proof.verdict.value, why=f"{proof.why}（{where}）" if where else proof.why,
    )
