"""A book written whole with XlsxWriter, macros in it; same book, same bytes."""
