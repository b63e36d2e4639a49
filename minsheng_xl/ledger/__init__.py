"""The journal read into accounts: what stands of a year, a period, a unit.

`units` is what was said of each unit, by the plan of today, and its fold; `merging` what the rules say of
returns that were merged; `previous` is 上期累计, by one text for the forms that go out and the judging of those that
come back; `certified` what the certifiers said; `receipts` the files, findings, notes and figures in use;
`trend` the county's averages of the periods before;
`papers` the signed papers and whether the figures are others since; `period` puts them together as the account
of a period; `kept` keeps what was reckoned, so that nothing is folded twice in a run; `year_end` is how a year
ended, for the next one, and `last_year` how that reads it.

It may import year, forms (for the rules between cells), rules, accounts, figures, plan and exact; the intake
asks it for earlier figures, and every use case for accounts.

To add something that an account tells: its field in accounts/period.py, a function here that reads it from the
register, and its line in `period._reckoned`. The tests that hold it: tests/ledger, which tells a journal what
happened (journals.py) and looks at the account; tests/ledger/test_folds.py counts the folds.
"""
