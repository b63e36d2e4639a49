"""The year's plan: what was promised, by whom, how it is measured and when it is due."""
