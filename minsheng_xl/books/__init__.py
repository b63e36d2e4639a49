"""Books as files: read, written whole, edited where they lie, printed, and the open one brought up to date."""
