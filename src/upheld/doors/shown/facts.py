"""Facts: what happened, who says so, what rests on it."""

from collections.abc import Sequence

from upheld.apps.ledger.queries import head_of, latest_checkpoint, prove_inclusion
from upheld.core.facts import KINDS, Fact, FactCorrected
from upheld.core.proof import canonical_bytes, leaf_hash
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines, lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import BadAsking, NotHere
from upheld.doors.shown.witnessed import tell_witnessed
from upheld.pages.contexts.facts import FactPage, FactsPage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, FactLine
from upheld.pages.words import say_count, say_instant

AT_ONCE = 50


def show_facts(asked: Asked) -> FactsPage:
    """The latest facts of one ledger, or those before or after a number."""
    names = [name_for(asked, row) for row in asked.agreements()]
    chosen = asked.query("agreement") or (names[0].key if names else "")
    url = asked.url_of("facts")
    if not chosen:
        return FactsPage(as_of=asked.as_of, url=url, witnesses=link_keepers(asked))
    bound = asked.agreement(chosen)
    kind = asked.query("kind")
    if kind and kind not in KINDS:
        raise BadAsking(
            "The kind of facts cannot be read", f"kind: expected one of {', '.join(sorted(KINDS))}, came {kind!r}."
        )
    lines = lines_of(asked, chosen)
    known = [number for number, fact in enumerate(lines.facts) if fact.recorded_at <= asked.as_of]
    wanted = [number for number in known if not kind or kind == lines.facts[number].TYPE]
    before, after = read_number(asked.query("before"), "before"), read_number(asked.query("after"), "after")
    shown, older, newer = cut_page(wanted, before, after)
    query = f"{url}?agreement={chosen}{f'&kind={kind}' if kind else ''}"
    return FactsPage(
        as_of=asked.as_of,
        url=url,
        rows=tuple(lines.at(number) for number in shown),
        agreement=chosen,
        agreements=tuple(Choice(name.key, name.words) for name in names),
        kind=kind,
        kinds=tuple(Choice(kind, kind.partition("/")[0].replace("-", " ")) for kind in kinds_in(lines.facts)),
        size=len(known),
        checkpoint=tell_checkpoint(bound, asked.as_of),
        older=Link("Older facts", f"{query}&before={shown[-1]}") if older else None,
        newer=Link("Newer facts", f"{query}&after={shown[0]}") if newer else None,
        witnesses=link_keepers(asked),
    )


def link_keepers(asked: Asked) -> Link:
    """Who keeps the heads outside: for us the state of all of them, for a customer their own to name."""
    return Link("Who keeps the heads outside", asked.url_of("witnesses" if asked.frame.sees_all else "heads"))


def read_number(written: str, name: str) -> int | None:
    """A whole number from the query; None where there is none. Raises BadAsking."""
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise BadAsking("The address cannot be read", f"{name}: expected a whole number, came {written!r}.")
    return int(written)


def kinds_in(facts: Sequence[Fact]) -> list[str]:
    return sorted({fact.TYPE for fact in facts})


def cut_page(numbers: Sequence[int], before: int | None, after: int | None) -> tuple[list[int], bool, bool]:
    """The latest first; whether there are older and newer ones."""
    if after is not None:
        above = [number for number in numbers if number > after]
        shown = above[:AT_ONCE]
    else:
        below = [number for number in numbers if before is None or number < before]
        shown = below[-AT_ONCE:]
    if not shown:
        return [], False, False
    return shown[::-1], shown[0] > numbers[0], shown[-1] < numbers[-1]


def tell_checkpoint(agreement: Agreement, as_of: Instant) -> str:
    """The newest signed head, and which of the customer's witnesses saw it or a later one."""
    head = latest_checkpoint(agreement.key)
    if head is None or head.signed_at > as_of:
        return "No checkpoint is signed yet"
    told = f"Checkpoint of {say_count(head.size, 'fact')}, signed {say_instant(head.signed_at, as_of=as_of)}"
    return ". ".join(filter(None, (told, tell_witnessed(agreement, head.size, as_of))))


def show_fact(asked: Asked, key: str, number: int) -> FactPage:
    bound = asked.agreement(key)
    lines = lines_of(asked, key)
    if number >= len(lines.facts) or lines.facts[number].recorded_at > asked.as_of:
        raise NotHere(says=f"The ledger of {key} has no fact #{number:,}.")
    line = lines.at(number)
    naming = name_for(asked, bound)
    size, root = choose_head(key, number)
    return FactPage(
        as_of=asked.as_of,
        list_url=f"{asked.url_of('facts')}?agreement={key}",
        line=line,
        agreement=naming,
        leaf=leaf_hash(canonical_bytes(line.fact.to_json())).hex(),
        canonical=canonical_bytes(line.fact.to_json()).decode(),
        proof=tuple(hash_.hex() for hash_ in prove_inclusion(key, number, size)),
        head=root.hex(),
        head_size=size,
        corrects=find_corrected(line, lines),
        changed=tuple(list_resting(asked, line.fact, naming)),
    )


def choose_head(key: str, number: int) -> tuple[int, bytes]:
    """The signed head that covers the fact; the head of now where none does yet."""
    signed = latest_checkpoint(key)
    if signed is not None and signed.size > number:
        return signed.size, signed.root
    head = head_of(key)
    assert head is not None
    return head.size, head.root


def find_corrected(line: FactLine, lines: FactLines) -> Link | None:
    if isinstance(line.fact, FactCorrected) and line.fact.corrects in lines:
        return lines.link(lines.places[line.fact.corrects])
    return None


def list_resting(asked: Asked, fact: Fact, naming: AgreementName) -> list[Link]:
    """The pages whose figures rest on it."""
    links = []
    outage, window = getattr(fact, "outage", ""), getattr(fact, "window", "")
    if outage:
        links.append(Link(f"Outage {outage}", asked.url_of("outage", outage)))
    if window:
        links.append(Link(f"Planned work {window}", asked.url_of("window", window)))
    month = naming.zone.date_at(fact.occurred_at)
    return [*links, Link(f"{month:%B %Y}, {naming.words}", f"{naming.url}?period={month:%Y-%m}")]
