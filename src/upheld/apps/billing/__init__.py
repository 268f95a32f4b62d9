"""Money: invoices, and what customers claim back."""
