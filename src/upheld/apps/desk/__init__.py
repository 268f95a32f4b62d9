"""Tickets: what customers told us, and what we answered."""
