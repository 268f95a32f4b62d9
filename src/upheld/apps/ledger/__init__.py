"""Every fact ever recorded, in order, unalterable."""
