"""The guards of the house: each looks at a tree and returns one located sentence for every wrong it finds."""
