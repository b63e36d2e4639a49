"""Intake: received bytes → one `Return`. Nothing that a file holds raises past this package.

A file on its way: gate (what it is) → judge (the order of it) → identity (whose form, which period) → originals
(the form as it went out) → page and placement (where it stands on what came back) → contract (what stands
otherwise) → reading (its cells; figures, displays, formats, formulas, sight for one of them) → overlaid, beside,
elsewhere (what a person sees over the figures, beside them, in places that are not read; corrections reads a sentence)
→ checks (what the rules say) → since (what was changed in the plan after the form had gone out).
stream judges by the thousand, each file in a child, which is a worker under limits
(on Windows by a job_object); inbox looks into 收件/; evidence is what a year's folder knows, or knew
at a time, by which again reads archived originals.

May import year, books, forms, accounts, rules, plan, exact and ledger's reading of the register; never what
lies above. It decides nothing beside other returns of the unit (重复, 更正): that is the account's.

To add a reader for another format: a `FileKind` in gate, told by content, and a function `bytes → RawWorkbook` called
from `_opened` in judge. One that proves neither formulas nor formats notes `files.OLD_FORMAT`: whose it is may be
told (legacy, by the traces of its format), no figure taken. The tests that hold it: tests/intake/test_legacy.py,
tests/intake/test_judge.py (what is no workbook), and a variant of its files in tests/hostile.
To add a check of the contract: a rule in rules/structure.py and a generator over a `Page`, named in `remarks`
(what is read anyway), or a refusal where the anchors are sought, in placement. The tests that hold it:
tests/intake/test_contract.py, tests/intake/test_placement.py, variants in tests/hostile/structure.py.
To add something that a person sees over the cells: a `DrawnKind` in books/package/drawings.py, read there; whether it
hides a figure is overlaid's. Words of correction: a line of corrections.py, with sentences both ways in
tests/intake/test_corrections.py.
To add a way to read a cell: figures.py for a number, reading.py for words, sight.py for what hides one; tests/intake/
test_figures.py, test_formats.py, test_sight.py and test_reading.py, variants in tests/hostile/ink.py.
"""
