"""Mailboxes in a field (RFC 5322, 3.4): addresses are read before any word is decoded, lest a name become an address."""

import re
from collections.abc import Iterator

from upheld.gateways.reading.header import decode_words, drop_comments
from upheld.gateways.reading.letters import clean_line
from upheld.gateways.reading.limits import LONGEST_NAME, MOST_PEOPLE
from upheld.gateways.reading.mail import Person

ADDRESS = re.compile(
    r'("[^"\\@]{1,64}(?:@[^"\\]{0,64})?"|[^\s@<>"(),;:\\\[\]]{1,128})@([^\s@<>"(),;:\\\[\]]{1,253}|\[[0-9A-Fa-f.:]{2,60}\])'
)
AROUND_MARKS = re.compile(r"\s{0,8}([.@])\s{0,8}")


def read_people(*values: str) -> tuple[Person, ...]:
    """Every mailbox of the fields that has an address, each once, in order."""
    people = (person for value in values for person in list_people(value))
    found: dict[str, Person] = {}
    for person in people:
        if person.address and len(found) < MOST_PEOPLE:
            found.setdefault(person.address, person)
    return tuple(found.values())


def list_people(value: str) -> Iterator[Person]:
    """The mailboxes of one field. A piece without an address belongs to the next: some mailers leave commas in names."""
    held = ""
    for piece in split_at_commas(value):
        held = f"{held},{piece}" if held else piece
        if "@" in piece:
            yield from read_mailboxes(held)
            held = ""
    if held.strip():
        yield from read_mailboxes(held)


def split_at_commas(value: str) -> Iterator[str]:
    """Apart at commas and semicolons that stand in no quotes, comments or angle brackets; group names are dropped."""
    start, is_quoted, level, angle, skips = 0, False, 0, False, False
    for at, letter in enumerate(value):
        if skips:
            skips = False
        elif letter == "\\":
            skips = True
        elif letter == '"' and not level:
            is_quoted = not is_quoted
        elif is_quoted:
            continue
        elif letter == "(":
            level += 1
        elif letter == ")":
            level = max(0, level - 1)
        elif level:
            continue
        elif letter in "<>":
            angle = letter == "<"
        elif letter in ",;" and not angle:
            yield value[start:at]
            start = at + 1
        elif letter == ":" and not angle and "@" not in value[start:at]:
            start = at + 1
    yield value[start:]


def read_mailboxes(piece: str) -> list[Person]:
    """Mostly one: `Name <address>`, `address (name)`, a bare address; or several that somebody forgot to set apart."""
    before, bracket, after = piece.rpartition("<")
    if bracket:
        written, _, rest = after.partition(">")
        return [Person(read_address(written), read_name(before.strip() or rest.strip()))]
    bare = drop_comments(piece).strip()
    if whole := read_address(bare):
        return [Person(whole, read_name(piece.partition("(")[2].rpartition(")")[0]))]
    words = bare.split()
    found = [address for word in words if (address := read_address(word))]
    if len(found) == 1:
        return [Person(found[0], read_name(" ".join(word for word in words if not read_address(word))))]
    return [Person(address) for address in found] or [Person("", read_name(piece))]


def read_address(written: str) -> str:
    """The address in small letters, without remarks and needless spaces in it; empty where it is none."""
    bare = AROUND_MARKS.sub(r"\1", drop_comments(written).strip()).removeprefix("mailto:")
    found = ADDRESS.fullmatch(bare)
    return found[0].lower().rstrip(".") if found else ""


def read_name(written: str) -> str:
    plain = written.strip()
    if plain.startswith('"') and plain.endswith('"') and len(plain) > 1:
        plain = re.sub(r"\\(.)", r"\1", plain[1:-1])
    return clean_line(decode_words(plain), LONGEST_NAME)
