"""The forms, declared once: builder, reader, formulas and twin all ask them where a cell stands."""
