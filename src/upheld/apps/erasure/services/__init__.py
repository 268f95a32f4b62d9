"""Erasing a person, and sweeping what the database's files still hold of them."""

from upheld.apps.erasure.services.erasing import CannotErase, erase_again, erase_person
from upheld.apps.erasure.services.sweeping import sweep

__all__ = ["CannotErase", "erase_again", "erase_person", "sweep"]
