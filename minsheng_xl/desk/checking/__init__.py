"""What works at this desk and what is missing: each thing is really tried, or looked for.

`model` has the records, `probes` the list of all that is tried, in the order in which it is told, `run` tries each
within its time and clears away what was made for it. `folder`, `fonts`, `programs`, `button`, `guards` and `machine`
have the probes by what they are about.

To add one: a function from the desk to what was seen, and its `Probe` in `probes.PROBES`; it makes files only in
`scratch(desk)`. A test in tests/desk/checking makes what it is to find, and what it is not.
"""
