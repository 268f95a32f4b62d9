"""Who is asking. Templates, forms, permissions; no rules."""
