"""How fast the judge is: calendars, months of down time, a statement, its start; beside peers and bounds, in one run."""
