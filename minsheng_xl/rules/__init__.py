"""The rules a return is held to, as data: one record a rule, one subject a file.

May import figures, plan, exact, problems and texts. The form prints a rule's `instruction` and computes its
`hint`, the intake applies `fires`, the page workbook/来件规则.md lists it: all from the one record.

To add a rule: a `Rule` in the file of its subject, named in that file's `RULES`. One that a sheet can compute has
`places`, `fires` and a `turn` of its own (which hint comes first; doubts before remarks), and stands in the form from
then on: its condition is made of what exact/expressions.py has, of which nothing stops early, and rounding is to 0
or more places. One on what only the stored cell or the file shows is raised by the intake where it is seen; one
between cells that may come from different returns is named in ledger/merging.py too. Its cases, both ways, go into
the table of tests/rules/test_rules.py; the page is what `python -m minsheng_xl.rules.catalogue` prints.
The tests that hold it: tests/rules, which fail for a rule without cases or without its place in the catalogue.
"""
