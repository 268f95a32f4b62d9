"""Our figures beside those of peers, and beside what the machine could do at best."""
