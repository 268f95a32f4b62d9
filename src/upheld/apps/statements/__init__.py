"""What we told the customer of a period."""
