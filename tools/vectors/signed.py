"""Vectors of what hangs on the signature: the tree, the key, the issue, the agreement, the figures."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from tests.core.sample import outage
from tests.verify.samples import (
    IMPOSTOR,
    SIGNED_DOCUMENT,
    Issued,
    amend,
    february,
    issue,
    issued_from,
    live_through_february,
    signing,
    state,
)
from tools.vectors.case import KEY, Case
from tools.vectors.notes import line, make_notes
from upheld.core.facts import AgreementSigned, Fact, FactCorrected, StatementIssued
from upheld.core.proof import canonical_bytes, ed25519_key
from upheld.core.statement.check import check_statement
from upheld.core.timeline import Instant

NEUTRAL = b"\x01" + bytes(31)
"""The encoding of the neutral point: as a key it fits R = the same, S = 0, whatever the message."""


def make_signed() -> Iterator[Case]:
    yield from make_notes()
    yield from make_trees()
    yield from make_keys()
    yield from make_issues()
    yield from make_figures()


def make_trees() -> Iterator[Case]:
    base, signed = february(), february().sign()
    for place in (0, 1, 7, 31, 32, 40):
        for what, facts in {
            "left-out": base.facts[:place] + base.facts[place + 1 :],
            "twins": (*base.facts[:place], replace(base.facts[place], id="twin"), *base.facts[place:]),
            "changed": (*base.facts[:place], replace(base.facts[place], source="else"), *base.facts[place + 1 :]),
            "moved": (*base.facts[:place], *base.facts[place + 1 :], base.facts[place]),
        }.items():
            if what == "moved" and place == 40:
                continue
            moved = replace(base, facts=facts)
            wrong = ("tree", *find_other_wrongs(moved))
            yield Case(
                f"tree/{what}/{place}",
                f"entry {place} is {what}, under the old signature",
                moved.pack(checkpoint=signed),
                wrong,
            )
    other = replace(base, origin="harbour.example/harbour-cellar")
    yield Case("origin/other", "the signed head is of another agreement's tree", other.pack(), ("agreement's ledger",))
    yield Case(
        "origin/longer",
        "its name only ends alike",
        replace(base, origin="harbour.example/x-harbour-orchard").pack(),
        ("agreement's ledger",),
    )
    yield Case("valid/origin", "another name before the slash", replace(base, origin="any.example/a/harbour-orchard").pack())


def find_other_wrongs(moved: Issued) -> Iterator[str]:
    """What else no longer fits in a ledger that was changed: no single issue, no signing, figures that do not follow."""
    issued = [place for place, fact in enumerate(moved.facts) if isinstance(fact, StatementIssued)]
    if not any(isinstance(fact, AgreementSigned) for fact in moved.facts):
        yield "key"
    if len(issued) != 1:
        yield "issued"
        return
    before = moved.facts[: issued[0]]
    if not any(isinstance(fact, AgreementSigned) for fact in before):
        yield "agreement"
    try:
        follows = canonical_bytes(state(before).to_json()) == moved.statement
    except ValueError:
        follows = False
    if not follows:
        yield "figures"


def make_keys() -> Iterator[Case]:
    facts, base = live_through_february(), february()
    forged = ed25519_key("harbour.example", NEUTRAL)
    weak = issued_from(list(amend(facts, "signed", verifier_key=str(forged))))
    text = weak.sign().split("\n\n")[0] + "\n"
    note = f"{text}\n{line(forged.name, forged.key_id + NEUTRAL + bytes(32))}"
    yield Case(
        "key/small-order",
        "a key and a signature that fit every message",
        weak.pack(checkpoint=note),
        ("signature",),
        str(forged),
    )
    yield Case("key/impostor-signs", "another key of the same name signs", base.pack(IMPOSTOR), ("signature",))
    theirs = issued_from(list(amend(facts, "signed", verifier_key=str(IMPOSTOR.key)))).pack(IMPOSTOR)
    yield Case("key/impostor-names", "a bundle made whole by somebody else", theirs, ("signature", "key"))
    yield Case(
        "valid/impostor/no-key", "the same, by somebody who holds no key: consistent, and proves nothing", theirs, (), None
    )
    yield Case("key/given-other", "the key held against it is another", base.pack(), ("signature", "key"), str(IMPOSTOR.key))
    for what, named in {
        "none": "",
        "text": "hello",
        "cut": KEY[:-4],
        "id": KEY.replace("+1", "+2", 1),
        "type": "h+00000000+AgAA",
    }.items():
        packed = issued_from(list(amend(facts, "signed", verifier_key=named))).pack()
        yield Case(f"key/named-{what}", f"the agreement names no usable key: {what}", packed, ("key",))
        yield Case(f"key/named-{what}/no-key", "the same, and no other at hand", packed, ("signature", "key"), None)
    renewed = signing("2026-02-25T00:00Z", "renewed", IMPOSTOR)
    yield Case(
        "valid/renewed",
        "a second signing names a new key",
        issued_from([*facts, renewed]).pack(IMPOSTOR),
        (),
        str(IMPOSTOR.key),
    )
    yield Case(
        "key/renewed-old", "the old key signs after the new one was named", issued_from([*facts, renewed]).pack(), ("key",)
    )
    for what, key in {"space": f" {KEY}\n"}.items():
        yield Case(f"valid/key-{what}", "the key comes with white space around it", base.pack(), (), key)


def make_issues() -> Iterator[Case]:
    facts, base = live_through_february(), february()
    statement = state(facts)
    good = issue(statement, base.statement)
    other: dict[str, dict[str, Any]] = {
        "statement": {"statement": "harbour-orchard/2026-02/2"},
        "period": {"period_from_at": Instant.parse("2026-02-02T00:00Z")},
        "end": {"period_to_at": Instant.parse("2026-03-02T00:00Z")},
        "as-of": {"as_of": Instant.parse("2026-03-10T00:00:00.000001Z")},
        "digest": {"digest": sha256(b"").hexdigest()},
        "capital-digest": {"digest": good.digest.upper()},
        "follows": {"follows": "x"},
    }
    for what, changes in other.items():
        packed = replace(base, facts=(*facts, replace(good, **changes))).pack()
        yield Case(f"issued/{what}", f"the fact that it was issued says another {what}", packed, ("issued",))
    yield Case("issued/never", "no fact says that it was issued", replace(base, facts=tuple(facts)).pack(), ("issued",))
    twice = replace(base, facts=(*facts, good, replace(good, id="again")))
    yield Case("issued/twice", "two facts say that it was issued", twice.pack(), ("issued",))
    for name in ("agreement", "calendars"):
        put = {"agreement": b"# Other\n", "calendars": canonical_bytes({**json.loads(base.calendars), "zz": {}})}[name]
        put_in: dict[str, Any] = {name: put}
        wrong = ("agreement",) if name == "agreement" else ("agreement", *refigured(put))
        yield Case(f"agreement/{name}", f"{name} is not what was signed", replace(base, **put_in).pack(), wrong)
    for name in ("source_digest", "terms_digest", "calendars_digest"):
        packed = issued_from(list(amend(facts, "signed", **{name: "0" * 64}))).pack()
        yield Case(f"agreement/{name}", f"another {name} was signed", packed, ("agreement",))
    second = replace(signing("2026-01-25T00:00Z", "second"), source_digest="0" * 64)
    cases: dict[str, tuple[list[Fact], bool]] = {
        "amended-before": ([second], False),
        "amended-in-the-month": ([replace(second, occurred_at=Instant.parse("2026-02-02T00:00Z"))], True),
        "amended-at-the-start": ([replace(second, occurred_at=Instant.parse("2026-02-01T00:00Z"))], False),
        "amended-and-withdrawn": ([second, correct("c1", "second")], True),
        "withdrawal-withdrawn": ([second, correct("c1", "second"), correct("c2", "c1")], False),
        "withdrawn-thrice": ([second, correct("c1", "second"), correct("c2", "c1"), correct("c3", "c2")], True),
        "in-a-circle": ([second, correct("c1", "c2"), correct("c2", "c1"), correct("c3", "second")], True),
        "withdrawn-later": (
            [second, replace(correct("c1", "second"), recorded_at=Instant.parse("2026-03-11T00:00Z"))],
            False,
        ),
        "amended-same-instant": ([replace(second, occurred_at=Instant.parse("2026-01-20T12:00Z"))], False),
        "amended-later": ([replace(second, recorded_at=Instant.parse("2026-03-10T00:00:00.000001Z"))], True),
    }
    for what, (more, is_right) in cases.items():
        packed = issued_from([*facts, *more]).pack()
        yield Case(
            f"{'valid/' if is_right else 'agreement/'}{what}",
            f"a second signing with another text: {what}",
            packed,
            () if is_right else ("agreement",),
        )
    yield Case(
        "valid/late-facts",
        "facts behind the statement",
        issued_from(facts, after=outage("o9", "2026-02-03T10:00Z", "2026-02-03T12:00Z", cause="storm")).pack(),
    )
    yield Case("valid/early-signing-behind", "a signing behind the statement", issued_from(facts, after=[second]).pack())
    yield Case(
        "valid/no-outage",
        "a month without an outage",
        issued_from([fact for fact in facts if not fact.id.startswith(("o", "T-", "C-"))]).pack(),
    )
    for place in (5, 9, 20, 33):
        fewer = [fact for fact in facts if fact.id != facts[place].id] if facts[place].id != "signed" else facts
        yield Case(f"valid/less-{place}", "a ledger of another size", issued_from(fewer).pack())
    many = [
        *outage("o5", "2026-02-03T10:00Z", "2026-02-03T12:00Z", cause="storm"),
        *outage("o6", "2026-02-05T10:00Z", "2026-02-05T10:12Z", cause="own"),
    ]
    yield Case(
        "valid/more-outages",
        "two more outages",
        issued_from(sorted([*facts, *many], key=lambda fact: (fact.recorded_at, fact.id))).pack(),
    )
    yield Case(
        "valid/times-run-back",
        "entries that say that they were written before the one in front of them",
        issued_from([facts[0], *reversed(facts[1:])]).pack(),
    )


def correct(name: str, corrects: str) -> FactCorrected:
    at = Instant.parse("2026-02-20T00:00Z")
    return FactCorrected(
        id=name,
        agreement="harbour-orchard",
        occurred_at=at,
        recorded_at=at,
        source="test",
        corrects=corrects,
        because="wrong",
        by="person-1",
    )


def refigured(calendars: bytes) -> tuple[str, ...]:
    """Whether other calendars give other figures."""
    found = check_statement(
        json.loads(february().statement), SIGNED_DOCUMENT, json.loads(calendars), live_through_february()
    )
    return ("figures",) if found else ()


def make_figures() -> Iterator[Case]:
    """Wrong values that were issued and signed: only who computes the figures again finds them."""
    facts = live_through_february()
    unread = canonical_bytes({"language": "none"})
    signed = list(amend(facts, "signed", terms_digest=sha256(unread).hexdigest()))
    yield Case(
        "figures/terms",
        "what was signed as terms are none that anybody could judge by",
        replace(issued_from(signed), terms=unread).pack(),
        ("entries",),
        in_structure=(),
    )
    changes: dict[str, Any] = {"shown": "99.9 %", "verdict": "met", "rule": "availability/other"}
    for name, value in changes.items():
        stated = json.loads(february().statement)
        stated["findings"][0][name] = value
        content = canonical_bytes(stated)
        yield Case(
            f"figures/{name}",
            f"another {name} was stated, issued and signed",
            Issued((*facts, issue(state(facts), content)), content).pack(),
            ("figures",),
        )
