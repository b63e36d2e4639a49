"""What the figures mean: definitions, progress of a period, how rows and leads compare. Pure computation."""
