"""Statements of made-up histories, many of them: each bundled, and checked by both verifiers."""
