"""The forms, the master's sheets and what is printed, as values: builder, reader, formulas and twin ask them where a
cell stands.

What lives here: `layout.py` and `look.py`, of what sheets are made; `unit.py` (with `head.py`, `table.py`, `words.py`,
`pages.py`), `certification.py` and `confirmation.py`, the forms that go out; `declaration.py` and `layouts/`, their
layouts as data; `identity.py`, how a form says what it is; `feedback.py`, what goes back; `attestation.py`, 数据核验单;
`tasks.py`, the published task table; `edits.py`, what changes between two states of a book; `garbage.py`, which is not
looked for while a book is made; the sheets of the master, `paper/` and `master/`. It may import accounts,
rules, figures, plan, exact, problems, texts.

To add a column to the unit's form: a line in COLUMNS of `table.py` and a function for its content; if it is filled in,
what it accepts, under a name in _ACCEPTS. Then `python -m minsheng_xl.forms.keep`, which keeps the new layout in
`layouts/` beside the earlier ones: forms that are out bear theirs, and are read by it. To add a cell for words:
a Field in `words.py`, and the same. Never change or delete what is kept in `layouts/`. The tests that hold it:
tests/forms/test_declaration.py (kept, and still drawn as it was), test_unit_form.py (what the clerk sees),
tests/intake/test_layouts.py (no figure is read wrongly under any change).

To add a field of the plan to what a form means: its name in MEANING of `identity.py`; the test that holds it:
tests/forms/test_identity.py, where every field of the plan is told in or out.
"""
