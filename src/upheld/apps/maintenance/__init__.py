"""Planned work: windows, notices, and what they would be judged as."""
