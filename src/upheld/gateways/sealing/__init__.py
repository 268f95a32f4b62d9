"""Backups sealed under keys that an erasure lets end, and the list of who was erased: both beside the backups."""

from upheld.gateways.sealing.erased import DIGEST_KEY, LIST, Erased, digest_person, list_erased, note_erased
from upheld.gateways.sealing.keys import SealKey, drop_ended, find_key, parse_key, renew_key, take_key
from upheld.gateways.sealing.sealed import NotSealed, open_sealed, seal

__all__ = [
    "DIGEST_KEY",
    "LIST",
    "Erased",
    "NotSealed",
    "SealKey",
    "digest_person",
    "drop_ended",
    "find_key",
    "list_erased",
    "note_erased",
    "open_sealed",
    "parse_key",
    "renew_key",
    "seal",
    "take_key",
]
