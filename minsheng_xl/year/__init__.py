"""The folder of a year: files, archive, journal and the register derived from them.

`entries` are the records that the journal keeps and how each stands on a line, `journal` the file of them,
`register` the index by which they are found, `custody` what all these prove of themselves, `copies` what doubles
of them hold; `storage` writes what must not be lost, `making` makes folders that are there whole or not at all,
`lock` lets one process in at a time, `cache` is what may be thrown away, `program` names what writes and
`person` who works, `watching` is how a caller looks on while work is done, `plans` the versions of the plan and
which is valid in a period, `folder` is where everything is.

It may import accounts, figures, plan, exact and problems, and nothing above them.

To add a kind of entry: its record and its shape in entries.py (the record into `JournalEntry`, the shape into
`_KINDS`), and into register.py's `_CHANGING` if an account rests on it. To add a field: with what a line means
that lacks it. The tests that hold it: tests/year/test_entries.py (each record there and back, today's lines
sign for sign, later ones refused in words, nobody else knows a key), tests/year/test_register.py (what is
found, and by what).
"""
