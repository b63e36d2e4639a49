"""Exact numbers, and expressions over them that are an Excel formula and a Python value at once.

Pure computation; imports nothing of the package. An expression (`expressions.py`) is built once from cells
and constants: `formula` writes it for a sheet, in functions of Excel 2007 only, `value` reckons it in
rationals. Rounding half up happens at display alone (`numbers.py`).

A cell is named by its `Key` (`keys.py`): part, row and column, which answers what is asked of it.

To add a question asked of keys: a property of `Key`, and a row in tests/exact/test_keys.py.
To add a function of Excel: a branch of `Call` or a class beside `If`, with both readings.
The tests that hold it: tests/exact, and tests/figures for what the definitions make of it; LibreOffice's
recalculation in tests/libreoffice is the judge.
"""
