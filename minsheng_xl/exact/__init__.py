"""Exact numbers, and expressions over them that are an Excel formula and a Python value at once."""
