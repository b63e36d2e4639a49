"""Papers from outside, read: a file of any kind becomes a `Document`, in a child with limits.

One file a kind of paper; each gives the same blocks for the same table. `reading.py` tells the kinds apart by what
they carry inside and asks the reader.

May import published, books, intake, year and what lies below them.

To add a kind of paper: a file with its reader, a line in `reading.py`, the same table as a case in tests/papers.
The tests that hold it: tests/papers.
"""
