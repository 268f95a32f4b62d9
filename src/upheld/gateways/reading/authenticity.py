"""
Who vouches for a sender: the Authentication-Results that our own mail server wrote, and nobody else's (RFC 8601).

Each server writes its field above those that are there. So the topmost one counts, if it carries our name; one with our
name further down came with the mail, and is forged or stale.
"""

import re
from dataclasses import dataclass, field

from upheld.gateways.reading.header import Header, drop_comments
from upheld.gateways.reading.letters import clean_line
from upheld.gateways.reading.mail import Authenticity, Ours, Standing
from upheld.gateways.reading.people import list_people

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[;=]|[^\s;="]+')
FIELD = "authentication-results"


@dataclass(slots=True)
class Result:
    """One method and what it came to, with the properties that it was asked of."""

    method: str
    outcome: str
    properties: dict[str, str] = field(default_factory=dict)


def judge_sender(header: Header, ours: Ours, doubts: list[str]) -> Authenticity:
    """Whether the one address of From is who it says, as far as our own mail server can tell."""
    if not ours.authserv_id:
        return Authenticity(Standing.UNVERIFIED, "no name of our mail server is set, so nobody's word on the sender counts")
    mine = ours.authserv_id.lower()
    fields = header.all(FIELD)
    if any(read_server(value) == mine for value in fields[1:]):
        doubts.append(f"Authentication-Results with our name {mine} came with the mail; dropped as forged")
    if not fields or read_server(fields[0]) != mine:
        return Authenticity(Standing.UNVERIFIED, f"our mail server ({mine}) has written no result on top of this mail")
    senders = [person for value in header.all("from") for person in list_people(value)]
    if len(header.all("from")) != 1 or len(senders) != 1 or not senders[0].address:
        return Authenticity(Standing.UNVERIFIED, "a sender is vouched for only where From holds one address, once")
    return weigh(read_results(fields[0]), senders[0].domain)


def weigh(results: list[Result], domain: str) -> Authenticity:
    """DMARC decides; where the domain has none, a DKIM signature of the very domain does. SPF alone never does."""
    for result in results:
        if result.method != "dmarc":
            continue
        about = fold(result.properties.get("header.from", ""))
        if result.outcome == "pass" and about == fold(domain):
            return Authenticity(Standing.VERIFIED, f"dmarc=pass for {clean_line(domain, 253)}")
        if result.outcome == "pass":
            return Authenticity(
                Standing.UNVERIFIED, f"dmarc=pass is for {clean_line(about, 253) or 'nobody named'}, From says {domain}"
            )
        if result.outcome == "fail":
            return Authenticity(Standing.FAILED, f"dmarc=fail for {clean_line(domain, 253)}")
    signed = {fold(one.properties.get("header.d", "")) for one in results if one.method == "dkim" and one.outcome == "pass"}
    if fold(domain) in signed:
        return Authenticity(Standing.VERIFIED, f"dkim=pass by {clean_line(domain, 253)}")
    said = ", ".join(f"{one.method}={one.outcome}" for one in results[:6]) or "nothing"
    return Authenticity(Standing.UNVERIFIED, f"our mail server found no proof for {domain}: {clean_line(said, 200)}")


def read_server(value: str) -> str:
    """The authserv-id that a field begins with."""
    tokens = tokens_of(value)
    return tokens[0].lower() if tokens and tokens[0] not in {";", "="} else ""


def read_results(value: str) -> list[Result]:
    """The results of a field. Comments and quoted strings cannot pose as results."""
    results: list[Result] = []
    statements: list[list[str]] = [[]]
    for token in tokens_of(value):
        if token == ";":
            statements.append([])
        else:
            statements[-1].append(token)
    for words in statements[1:]:
        pairs = [(words[at - 1].lower(), words[at + 1]) for at in range(1, len(words) - 1) if words[at] == "="]
        if pairs:
            (method, outcome), *properties = pairs
            result = Result(method.partition("/")[0], outcome.lower())
            for name, said in properties:
                result.properties.setdefault(name, said)
            results.append(result)
    return results


def tokens_of(value: str) -> list[str]:
    bare = drop_comments(value)
    return [token[1:-1] if token.startswith('"') and len(token) > 1 else token for token in TOKEN.findall(bare)]


def fold(domain: str) -> str:
    """A domain for comparison: in small letters, without the root's dot, names in letters as the network has them."""
    plain = domain.strip().strip("@").rstrip(".").lower().rpartition("@")[2]
    if plain.isascii() or len(plain) > 253:
        return plain
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain
