"""Small programmes for contributors; the Makefile calls them."""
