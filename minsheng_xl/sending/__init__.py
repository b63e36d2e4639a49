"""What goes out to the units: forms, tables for the certifiers, and what is sent back of a return.

`issue` writes one small workbook for each unit or certifier, `answer` the workbook in which what is held or refused
is marked, ready to be corrected.

May import master/ (what the office typed is noted before a form goes out), changes/ and what lies below them. A use
case takes a `Year`, a period and the time, which is handed in; it holds the year's lock while it writes, journals
what it did, and returns a record of what came of it.

To add something that goes out: a file here with one public function, its book in forms/, its entry in
`year/entries.py`, its command in desk/. What is written there is named in tests/house/test_writers.py.
The tests that hold it: tests/sending (a round out and back, plans unlike the first), tests/proof/test_anchors.py.
"""
