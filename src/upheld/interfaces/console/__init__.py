"""What the provider's people see and do: each address with who may come in, each page from queries, each deed a service."""
