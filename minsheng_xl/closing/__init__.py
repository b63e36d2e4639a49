"""定稿 and 撤销定稿: the figures of a period are frozen as they stand, and set free again with a reason.

`still_open` says what is not settled yet, `close` closes a period, `reopen` takes a closing back.

May import telling/ (what is printed by a closing) and what lies below it.

To add something that a closing tells first: a finding in `still_open.py`, its words for the terminal in
`desk/closing.py`. To add something that a closing keeps: a field of `Closed` in `year/entries.py`, filled in
`close.py`.
The tests that hold it: tests/closing; tests/processes for what is killed half way.
"""
