"""The master workbook as a book: every sheet that `plan/tabs.py` declares, its lists, its settings for the program.

May import all of forms and forms/paper. `book.py` puts the sheets together in their order and fits them,
`ledgers.py` draws the lists (待决事项, 填报流水, 收件登记), `program.py` the sheet by which the program knows a master.

To add a list: its `Tab` in `minsheng_xl/plan/tabs.py` with `Part.LISTS`, a function in `ledgers.py`, its line in
`book.py`. A printed sheet is added in forms/paper and needs nothing here.
The tests that hold it: tests/forms/test_tabs.py, tests/forms/test_reserved_names.py; tests/libreoffice recalculates
and edits whole masters.
"""
