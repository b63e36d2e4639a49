"""What is told of a period: on paper, as sentences, as one plain object, as tables for programs.

`print` makes the stack, `adjusted` what of the plan was changed, `notices` (with `prose`) 通报初稿 and 催报文字,
`status` the object that programs read, `frames` pandas tables; `export` writes 任务表 as it was published.

May import master/ (what is printed is the master) and what lies below it.

To add a printed sheet: a line in `plan/tabs.py`, a file in `forms/paper/`; nothing here. To add a sentence to the
circular: in `notices.py`, of figures that the tables have. To add a key of `status --json`: in `status.py`.
The tests that hold it: tests/telling (words and figures reckoned by hand), tests/forms/paper for the sheets.
"""
