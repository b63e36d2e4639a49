"""What comes in is taken: each file is judged once, journalled, and the master brought up to date; that is 汇总.

`consolidate` is the run, `beside` holds a new return against the others of its unit and what was certified before,
`earlier` against the form of an earlier period that comes again; `inspect` judges without recording anything.

May import sending/ (the answer to a return), master/, changes/ and what lies below them.

To add something that is asked of a new return beside others: in `beside.py`, which returns problems; its rule in
`rules/account.py`. To add a step of a run: a function of its own, called in `consolidate.py` in the year's lock.
The tests that hold it: tests/taking, tests/sending for the answers; tests/processes for what is killed half way.
"""
