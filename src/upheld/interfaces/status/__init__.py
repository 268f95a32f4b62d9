"""The public status page: served as the plain files that the worker writes, to anybody."""
