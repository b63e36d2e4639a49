"""The year's plan: what was promised, by whom, how it is measured and when it is due.

May import exact, problems and texts. `tables.py` declares the tables of 计划.xlsx, `workbook.py` and `text.py`
read and write them as a workbook and as CSV, `read.py` says where a plan is read from: all of that is text.
`answers.py` lets count what 待确认 answers before anything else looks at the tables, `blank.py` makes those of a plan
that is to be filled in. `legible.py`, `cells.py` and `amounts.py` tell which cells can be read, `options.py` how the
settings are, `draft.py` makes the records of `model.py` of them, `checks.py` says what is wrong, all at once.
`versions.py` says what two versions of a plan differ in, from when on that counts, and which plan a period has;
`next_year.py` makes the tables of another year. `load.py` is the way through: tables → `Plan`, or PlanError.
`period.py` counts periods, `tabs.py` declares the sheets of the master, and `names.py` says how a unit may not be
named.

To add a column: a `TableColumn` in `tables.py` with the version `since` which it is there, a field of its record in
`model.py`, its keyword in `draft.py`, and a case in tests/plan/test_columns.py, which fails for a column or field
without one. What moves figures is a line of `FIELDS` in `versions.py`, or it is none of those (a test asks). A setting
that stands once is a line of `SETTING_NAMES`, an `Option` and a field of `Settings`.
To add a check: a function in `checks.py` beside one that looks at the same thing (a row, a code, a unit), with a
sentence why; its name in the list of that walk in `CHECKS`; its words in `minsheng_xl.problems.CATALOGUE`; a case
in tests/plan/test_load.py.
The tests that hold it: tests/plan (columns, every problem with its place, names, both containers, the published
table word for word); tests/forms/test_reserved_names.py for the master's own sheets.
"""
