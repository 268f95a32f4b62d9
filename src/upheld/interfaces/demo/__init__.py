"""A make-believe provider to try the product with: its service is real, is really probed, and can be taken down."""
