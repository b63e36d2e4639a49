"""What an edit of 计划.xlsx does: it is adopted with its beginning, or refused where accepted figures would be lost.

`adopt` takes the plan over and brings 变更记录 up to date, `losses` finds what would leave the account.

May import ledger/ and what lies below it; nothing of the rooms above, which adopt the plan before they work.

To add something that an edit must not lose: a kind of `Loss` in `losses.py`, with the rows to paste that undo it. What
a change is, and from when on it counts, is `plan/versions.py`'s.
The tests that hold it: tests/changes; tests/plan/test_versions.py for what two versions differ in.
"""
