"""xlwings over LibreOffice: the part of its API that README.md beside this lists, through UNO."""
