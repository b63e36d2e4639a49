"""Where a person stands: the command line, the menu, the button in the open master, the program as one file."""
