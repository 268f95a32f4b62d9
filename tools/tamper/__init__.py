"""Tampering with a ledger's rows as their owner could, and what a reader who kept one older head finds."""
