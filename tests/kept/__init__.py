"""What the program wrote before must be written and read the same by every later version.

`at_time` runs a command of any version at a fixed time, `make` has a version write a year of each sort,
`differences` compares two of them; `make_year` had a version leave the year in `year-0.1/`, which
`test_kept_year` takes up with this one. `clerk` fills in workbooks of any version by the words on them.

    git worktree add ../earlier COMMIT
    python -m tests.kept.make ../earlier before && python -m tests.kept.make . after before
    python -m tests.kept.differences before after

To keep a year of another version: `python -m tests.kept.make_year CHECKOUT tests/kept/year-VERSION`, a README.md
beside it, and its folder and figures in a test like `test_kept_year`.
"""
