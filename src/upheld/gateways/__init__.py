"""The outside world, one folder for each neighbour that has more than one face."""
