"""A district brings in the cases it has already: out of its former system by template, or as portable zips."""
