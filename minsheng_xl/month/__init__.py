"""The month, one use case a file, named by its verb."""
