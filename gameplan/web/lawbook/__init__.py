"""The law as pages for everybody, without any case: rules by State, worked examples, comparison, calculator."""
