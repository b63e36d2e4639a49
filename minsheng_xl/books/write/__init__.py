"""A book written whole with XlsxWriter, macros in it, or a task table as a document; same book, same bytes.

`book` writes sheets, `cells` their cells, `validation` what input cells take, `chart` charts; `vba` and `compound`
make the bytes of the macros; `document` writes a .docx. May import package, exact and forms.

To add something to the document: its element in `document`, in the order of the standard (tests/others holds it).
To add something that a sheet carries: a field of forms/layout's `Sheet` or `PlacedCell`, drawn in `book._draw` or
`book._write`; what changes from period to period also needs a piece in `edit` and in `live`.
The tests that hold it: tests/books/test_write.py, test_cells.py, test_empty_results.py, test_vba.py,
test_document.py; tests/libreoffice; tests/others.
"""
