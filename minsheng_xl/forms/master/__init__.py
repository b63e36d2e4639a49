"""The master workbook as a book: its lists, its settings for the program, all its sheets put together."""
