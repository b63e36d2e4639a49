"""What the returns of a period come to. Pure computation: no file, clock or Excel.

`values` is what a return says (figures, doubts, words under their keys) and how a file and a unit can end,
`returns` a judged file, `questions` what only the office can settle and by which words, `unit` one unit's
account, `fold` how its returns and what the office typed come to it, `paper` the signed paper of a return,
`period` all units together, as sheets, notices and programs read it, `next_steps` what they want of the office now,
`ranks` the Python twin of 排名.

It may import rules, figures, plan, exact and problems, and nothing above them. What the journal keeps is read
into its values by `ledger`.

To add a question: its kind in questions.py, with the words that settle it, and where the fold asks it. To add
something that stands of a unit: in unit.py, and where the fold finds it. To add what a sheet reads of a
period: a field of `PeriodAccount` with its default. The tests that hold it: tests/accounts (test_fold.py case
by case, test_questions.py the words and ids, test_period.py), and tests/ledger for what comes from the journal.
"""
