"""What a year remembers: where a figure came from, and tidy tables of all that was reported, said, changed and decided.

`history` tells of a figure who reported it when, in which file and cell, who corrected, decided, typed and certified
it; `origins` finds the cells in the archived originals. `proofread` holds a circular that was mended by hand to the
account, number by number (`claims` finds them). `tables` are the facts of a year, one a row; `export` writes them for
other programs.

May import every room but desk/, beginning/ and proof/.

To add a kind of step: a method of `steps._Entry`. To add a table: a `FactTable` in `tables.TABLES`, with its columns in
the handbook. The tests that hold it: tests/memory (the two years, every step and row reckoned from the journal alone).
"""
