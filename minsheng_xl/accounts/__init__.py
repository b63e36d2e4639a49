"""What the returns of a period come to: values, questions, the fold of a unit, the period. Pure computation."""
