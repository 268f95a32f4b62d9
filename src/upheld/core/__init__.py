"""What was promised, what happened, seen from an instant: the figures and their reasons. Pure: only the standard library."""
