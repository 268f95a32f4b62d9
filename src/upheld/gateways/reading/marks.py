"""Our own marks on mails: the ids that we make, and the header by which a mail that comes back is known."""

import re

LOOP_FIELD = "X-Upheld-Loop"
OWN_ID = re.compile(r"upheld\.[0-9a-f]{32}@(?P<domain>[^@\s<>]{1,253})")


def find_own_ids(ids: tuple[str, ...], domains: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the message ids that we made: our form, at one of our domains."""
    ours = {domain.lower() for domain in domains}
    return tuple(one for one in ids if (found := OWN_ID.fullmatch(one)) and found["domain"].lower() in ours)


def find_own_loop(message_id: str, loops: list[str], domains: tuple[str, ...]) -> str | None:
    """Why this is a mail that we sent and that came back; None for everybody else's, also of another desk like ours."""
    if find_own_ids((message_id,), domains):
        return f"the message id {message_id} is one of ours"
    for loop in loops:
        if loop.strip().lower() in {domain.lower() for domain in domains}:
            return f"{LOOP_FIELD} says {loop.strip()}, which is us"
    return None
