"""An .xlsx package read: the container, its parts, plain cells. Nothing is trusted, nothing is interpreted.

`read` is the door: it and `cells` (the records) are what others import. `container` looks at the whole zip
before any of it is inflated; `markup` parses a part; `strings`, `styles`, `colours`, `rows`, `frame` read what a
workbook is made of, and `memory` knows again what they read before; `overlay` (with `grid` and `drawings`) reads what
lies over the cells of a sheet, when it is asked for; `parts` hands out and takes back parts as bytes, for `edit`. May
import exact and rules.

To add a reader (of something that a sheet says besides its cells): a field of `cells.Frame` with a default,
read in `frame.frame_of` from the parsed sheet; of the workbook: a field of `cells.RawWorkbook`, read in
`read._Package.workbook`. The fast way and the parser must read alike.
The tests that hold it: tests/books/test_container.py, test_parts.py, tests/intake/test_differential.py (against
other readers), test_honest.py and tests/hostile.
"""
