"""The master brought up to date while it is open, in Excel or LibreOffice, through xlwings' public API.

The same edits as for a closed file: `master` attaches to the book and makes them, `edits` makes those of a
sheet, `contents` says what is typed where, `looks` how cells are drawn, `reading` what they hold, `patience`
waits for a busy program. May import package, edit (fit) and libreoffice, and whatever stands below books/.

To add a piece of a sheet that is edited: a function in `edits`, called by `make`, and what LibreOffice needs
for it in ../libreoffice; the tests that hold it: tests/books/live.
"""
