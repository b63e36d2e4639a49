"""Where a year begins: the demo of one, the files to double-click in its folder, the way over into the next year.

`begin` makes the folder of a year, its plan as the last thing; `demo` walks two months of a sample plan through the
public functions, or has `play` do so with another plan, which `supplied` makes whole and for which `invented` has the
figures; `clerk` fills a form in, `doors` puts the files that open the menu into a year's folder, `rollover` makes the
folder of the next year of that of one that ended; `answering` writes into the plan what the office answers of what it
leaves open.

May import every room but desk/.

To add a file to double-click: its text and its name in `doors.py`. To add a column that is carried into the next
year: `plan/next_year.py`; what it is told by is `rollover.py`'s. To show another kind of return in the demo: a
sample in `demo.py`, or for every plan a place in `Cast` of `invented.py`.
The tests that hold it: tests/beginning; tests/desk/test_menu.py for the doors; tests/kept for a year of an earlier
version that is rolled over.
"""
