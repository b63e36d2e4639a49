"""What the program wrote before must be written and read the same by every later version.

`at_time` runs a command of any version at a fixed time, `make` has a version write a year of each sort,
`differences` compares two of them, `year-0.1/` is a year that an earlier version left.
"""
