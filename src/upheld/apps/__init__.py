"""What is known: rows, and the rules about rows. No HTTP."""
