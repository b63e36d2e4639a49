"""The month, one use case a file, named by its verb: issue, consolidate, decide, close, print, inspect and the rest.

May import every room but desk/. A use case takes a `Year`, a period and the time, which is handed in; it holds
the year's lock while it writes, journals what it did, and returns a record of what came of it.

To add a use case: a file here named by its verb with one public function, its command in desk/ (see there), its
name in `minsheng_xl/__init__.py` if programs shall call it.
The tests that hold it: tests/month, a file a use case; tests/processes for what is killed half way.
"""
