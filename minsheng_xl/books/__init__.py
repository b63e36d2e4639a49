"""Books as files: written whole and deterministically with XlsxWriter."""
