"""The prober: a process of its own, without database and without Django, that watches what the hub assigns to it."""
