"""What leaders read: the sheets that go to paper, each in the module of its id, each live and with one layout.

May import forms (never forms/master), and what is below: accounts, figures, plan, exact, texts. `drawing.py` says
what a module offers, `paper_only.py` draws the lists that stand on no sheet of the master, `stack.py` gathers what is
printed. Columns are declared in a line each, with their width, by `shown_column`, `text_column` and `name_column` of
`forms/columns.py`; heights ask them.

To add a printed sheet: its `Tab` in `minsheng_xl/plan/tabs.py`, in `TABS` where it is to be read (id, tab, part of
the master, the word of `--what`, annex, readers); and a module here of its id, with `DRAWING = Drawing(…)`: how it
is drawn, and, where rows depend on figures, fitted. The master, 打印稿, 首页, the help of `--what` and the names
that no unit may have follow.
The tests that hold it: tests/forms/test_tabs.py (the list and all that read it), tests/forms/paper/test_sheets.py
(what each declares: a case there), test_growth.py (long texts whole, taken from the columns), test_pages.py (paper).
"""
