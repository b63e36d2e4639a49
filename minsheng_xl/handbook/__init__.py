"""The handbook: what lies in workbook/手册 as Markdown, and what is made of it.

May import plan/ (where the package keeps what it shows) and what lies below. `markdown.py` reads the part of Markdown
that the pages are written in and is the only one that knows its signs; `plain.py` writes what it read as text for a
terminal, `page.py` as one self-contained page of HTML, `find.py` finds the passages about a word; all four are pure.
`pages.py` reads the files.

To add a page: its file in workbook/手册 and its name in `pages.py`. To add a sign of Markdown: its block in
`markdown.py` and how it is written in `plain.py` and `page.py`; what is no block of the list is read as a paragraph.
The tests that hold it: tests/handbook (the pages themselves too: commands, options, public names, examples, pictures).
"""
