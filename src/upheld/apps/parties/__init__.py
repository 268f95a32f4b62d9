"""Who: the provider, its customers, their contacts, and the people who sign in."""
