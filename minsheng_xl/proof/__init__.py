"""What can be proved of a year, and the page that shows it: nothing is written but that page,
and the stamps of an authority.

`verify` walks the journal and gives each figure its verdict, `compared` holds what the journal keeps of a return
beside what its original says when it is read again, `attest` writes 数据核验单; `stamp` has the head of the chain
stamped by an authority and holds stamps to the chain, `tokens` is what is asked of one and what its answer says.

May import every room but desk/ and beginning/.

To add something that is verified: a fault found in `year/custody.py` (of journal, register, archive) or in
`compared.py` (of a return), which `verify.py` gathers and tells in words.
The tests that hold it: tests/proof (each tampering is named, what is untouched is 有据), tests/years for whole years.
"""
