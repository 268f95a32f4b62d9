"""What programs ask and do: the same queries and services as the pages, as JSON under /api/v1."""
