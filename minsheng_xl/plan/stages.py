"""How near the due day of a report is: by that a reminder has its words, and a matter its colour."""

from datetime import date

NEAR, DUE, OVERDUE = "临近", "到期", "逾期"


def stage_of(due: date, today: date, near: int) -> str:
    """临近, 到期 or 逾期; "" where it is more than `near` days too early."""
    if today > due:
        return OVERDUE
    if today == due:
        return DUE
    return NEAR if (due - today).days <= near else ""
