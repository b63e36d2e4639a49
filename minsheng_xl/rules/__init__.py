"""The rules a return is held to, as data: one record a rule, one subject a file.

May import figures, plan, exact, problems and texts. The form prints a rule's `instruction` and computes its
`hint`, the intake applies `fires`, the page workbook/来件规则.md lists it: all from the one record.

To add a rule: a `Rule` in the file of its subject, named in that file's `RULES`. One that a sheet can compute
has `places`, `fires` and a `turn` (which hint comes first), and stands in the form from then on; one on what
only the stored cell or the file shows is raised by the intake where it is seen. Its cases, both ways, go into
the table of tests/rules/test_rules.py; the page is written by `python -m minsheng_xl.rules.catalogue`.
The tests that hold it: tests/rules, which fail for a rule without cases or without its place in the catalogue.
"""
