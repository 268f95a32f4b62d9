"""Upheld: service promises, written once, kept, and proven."""
