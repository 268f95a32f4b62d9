"""Who is to be told, and whether they were."""
