"""A published task table: its words as they stand, read into indicators, with every number accounted for.

Pure: a `Document` (blocks of text and lattices, whatever file they came from) becomes `Task`s by the words of its
head; the sentence of a task becomes `ReadIndicator`s by the grammar, each with the words it was read from, and every
number of the sentence becomes a `Number` with what became of it. Nothing is guessed: what the words leave open is a
`Query`.

May import plan, exact, problems and texts. `paper.py` has the records that the readers of files fill, `sentence.py`
those that the grammar fills.

To add a head: a line of `heads.py`. To add a word or a rule of the grammar: a line of its list, with examples, which
are its tests.
The tests that hold it: tests/published.
"""
