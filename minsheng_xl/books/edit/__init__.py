"""A closed workbook edited by splicing its parts: what is not edited keeps its bytes."""
