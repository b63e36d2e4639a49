"""Books as files: read, written whole, edited where they lie, printed, and the open one brought up to date.

* `package`: an .xlsx read into plain cells, nothing of it trusted.
* `write`: a `Book` of forms/ written whole.
* `edit`: a closed workbook edited by splicing its parts.
* `live`: the same edits made in the workbook that is open; `libreoffice`: xlwings over LibreOffice, for it.
* `pdf`: PDFs through LibreOffice.

May import exact, plan, rules, forms, texts and problems; nobody's accounts,
and nothing of ledger, intake or what lies above. Inside: package < write < edit < live; libreoffice stands beside.

To add a reader, a piece of a sheet that is edited, or a property that is written: see the room it belongs to.
The tests that hold it: tests/books, and with a LibreOffice tests/libreoffice.
"""
