"""How much of a mail is looked at, and what the process that looks may use. What is cut stays in the raw mail."""

LARGEST_MAIL = 50_000_000
"""Bytes. A larger mail is kept as it came, and not read."""
MOST_FIELDS = 500
LONGEST_FIELD = 32_000
LARGEST_HEADER = 1_000_000
MOST_PARTS = 200
MOST_LEVELS = 20
LONGEST_TEXT = 1_000_000
LONGEST_MARKUP = 8_000_000
"""Bytes of HTML, of which styles and pictures that are spelled out are most."""
LONGEST_HTML = 500_000
DEEPEST_HTML = 150
"""Open elements inside each other: the time of the cleaner grows with their square."""
MOST_PEOPLE = 500
MOST_IDS = 200
LONGEST_ID = 500
LONGEST_SUBJECT = 1_000
LONGEST_NAME = 120

CPU_SECONDS = 5
MEMORY_BYTES = 512 * 1024 * 1024
WALL_SECONDS = 30
"""Longer than the processor time, for the machine has other work too."""
MAILS_OF_A_CHILD = 5_000
CPU_SECONDS_OF_A_CHILD = 120
"""A child that has worked this long is replaced, so that nothing piles up in it."""
