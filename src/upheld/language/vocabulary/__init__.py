"""The words of an agreement file, as plain tables: every block, every key, every closed list."""

from upheld.language.vocabulary.tables import BLOCKS, COMMON, JUDGED, WORDS, Block, Key, block_at

__all__ = ["BLOCKS", "COMMON", "JUDGED", "WORDS", "Block", "Key", "block_at"]
