"""What is looked after: the services that are watched, and how."""
