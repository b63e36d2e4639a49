"""Whole years, run as an office runs them, and held against a calculator that knows nothing of the program."""
