"""Money in the console: credits and claims, what waits for a person first."""
