"""Literate agreement files into terms, or into every problem with line, column and clause."""
