"""Mutants: small wrong changes of the core, each of which a test has to notice."""
