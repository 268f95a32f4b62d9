"""What the worker does for money."""
