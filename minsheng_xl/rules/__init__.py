"""The rules a return is held to, as data: one record a rule, one subject a file."""
