"""Where a person stands: the command line, the menu, the button in the open master, the program as one file and as
folders for other desks.

May import everything; nothing imports it. Each command is a function of `cli.py` that opens the year, calls
one use case of a room below and says in Chinese what came of it; exceptions end as one sentence and an exit code.

To add a command: its arguments in `arguments.py`, its function in `cli.py` and its name in `_RUN`; a line of
the menu is a `Choice` in `menu.py`; a task of the open master's button a function in `button.py`; what `check-desk`
tries a `Probe` in `checking/probes.py`.
A part of the folders is a line of a list in `pinned/`; what a person finds in them is written in `starting.py`.
The tests that hold it: tests/desk (exit codes, sentences, menu on a real terminal, the one-file program),
tests/books/live for the button.
"""
