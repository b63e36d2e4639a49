"""A closed workbook edited by splicing its parts: what is not edited keeps its bytes.

`closed` is the way through: `fit` decides which edits are made (with `recognise`: is a cell still what was
written there?), `splice` edits rows, `pieces` what stands behind them, `columns` the widths before them,
`styles`, `around` and `charts` other parts (`shown` tells what cells hold before and after); `spans` tells where
elements stand in bytes; `records` writes a sheet of plain rows, `texts` puts texts into
cells, `renaming` gives a sheet another name, `relations`
says what a part is related to. Rows and cells are found by expressions, of which a sheet has many; all else by
`spans`. No part is serialised anew: programs mind prefixes that were renamed. May import package, write
(validation), exact and forms (edits, former, layout, look).

To add a piece of a sheet that is edited: a field of forms/edits' `SheetEdits`; a function in `pieces`, called in
the order of the standard; the same in ../live/edits. The tests that hold it: tests/books/test_pieces.py (XML in,
edits, XML out), test_splice.py, test_styles.py, test_around.py, test_charts.py, test_fit.py, test_recognise.py;
tests/libreoffice/test_edits.py for whole masters.
"""
