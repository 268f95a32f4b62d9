"""What our probes saw."""
