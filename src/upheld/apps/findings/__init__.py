"""What the judge concludes, as of a stated instant."""
