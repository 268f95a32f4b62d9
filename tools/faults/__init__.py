"""Every process of the product is killed under load; what was acknowledged must be there once, and all must start again."""
