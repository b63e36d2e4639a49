"""Between levels: a period as it is reported to the one above, and what was reported held against a file in hand.

May import all below it; the desk uses it. `report_up.py` writes 上级报表 and journals it, `compare.py` holds a file against
what was sent. What the sheet says is made in accounts/upward.py, and drawn in forms/upward.py.

To add a figure to 上级报表: a field of `accounts/upward.py`, in its code too, and a column in `forms/upward.py`.
The tests that hold it: tests/levels.
"""
