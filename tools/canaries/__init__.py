"""Persons made up of rare words, put in through every door, erased, and looked for in everything that is left."""
