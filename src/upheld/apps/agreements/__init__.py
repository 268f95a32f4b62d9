"""Which terms bind whom, from when, with which values."""
