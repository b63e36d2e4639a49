"""What the figures mean: definitions, the progress of a period, how rows and leads compare.

Pure computation; may import plan, exact, problems and texts. `definitions.py` and `rankings.py` state each
meaning once, as an expression: sheets take its formula, `progress.py` its value.

To add a definition: a function from operands to an expression in `definitions.py`, used by the column that
shows it and by `progress.py`. The tests that hold it: tests/figures (tables by hand, properties).
"""
