"""The folder of a year: files, archive, journal and the register derived from them."""
