"""总台账 and the office's word: typed figures are noted, what only it can settle is decided, the book is built.

`typed` finds the cells that no longer hold what was written, `note` journals them and carries out what was
chosen in 待决事项, `decide` is the same by a command, `paper` notes that the signed paper of a return came, `build`
writes the master anew or edits it where it lies.

May import changes/ (the plan is adopted first) and what lies below it; never what calls it, above.

To add a cell that the office may fill: its place in `forms/`, what it accepts in `typed.py`, its entry of the journal
in `note.py`. To add a word for an item: `accounts/questions.py`, and what it does in `decide.py`.
The tests that hold it: tests/master (nothing typed is lost, each decision both ways); tests/libreoffice for masters
that were saved again; tests/books for how cells are edited.
"""
