"""xlwings over LibreOffice: the part of its API that README.md beside this lists, through UNO.

`engine` has the application and its books, `sheets` sheets, tables and paper, `cells` ranges, `looks` their
fonts, lines and limits, `excel` what `api` answers by Excel's names; `native` and `formulas` translate words and
formulas, `connection` reaches the program. May import exact; nothing of the project's own subject.

To add a word of the API: a property of the class that xlwings' `base_classes` names it for, and a line in
README.md. The tests that hold it: tests/books/live/test_engine.py, and tests/books/live/memory.py has it too.
"""
