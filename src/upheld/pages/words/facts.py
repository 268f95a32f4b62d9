"""One sentence for each kind of fact, as its row in a list of facts reads."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from upheld.core.facts.record import Fact
from upheld.core.timeline import Duration, Span
from upheld.pages.words.facts_of_desk import OF_DESK
from upheld.pages.words.facts_of_duties import OF_DUTIES
from upheld.pages.words.facts_of_money import OF_MONEY
from upheld.pages.words.figures import say_count, say_money
from upheld.pages.words.instants import say_clock, say_instant, say_span
from upheld.pages.words.lengths import say_length, say_minutes
from upheld.pages.words.spaces import keep_together


def tell_fact(fact: Fact) -> str:
    """What happened, in words; a kind without a sentence of its own is told by its name and its fields."""
    kind = fact.TYPE.rsplit("/", 1)[0]
    sentence = SENTENCES.get(kind)
    return keep_together(sentence(fact) if sentence else tell_plainly(kind, fact))


def tell_plainly(kind: str, fact: Fact) -> str:
    plain = {"type", "id", "agreement", "occurred_at", "recorded_at", "source"}
    told = [f"{name.replace('_', ' ')} {value}" for name, value in fact.to_json().items() if name not in plain]
    return f"{kind.replace('-', ' ')}: {', '.join(told)}" if told else kind.replace("-", " ")


def tell_opening(fact: Any) -> str:
    bad = f"first bad {say_clock(fact.first_bad_at, exact=True)}"
    good = f"last good {say_clock(fact.last_good_at, exact=True)}" if fact.last_good_at else "nothing seen before"
    return f"outage {fact.outage} opened: {good}, {bad}{add(fact.because)}"


def tell_closing(fact: Any) -> str:
    last, first = say_clock(fact.last_bad_at, exact=True), say_clock(fact.first_good_at, exact=True)
    return f"outage {fact.outage} closed: last bad {last}, first good after {first}"


def tell_cause(fact: Any) -> str:
    span = say_span(Span(fact.from_at, fact.to_at), as_of=fact.occurred_at)
    return f"cause of {fact.outage} assigned: {fact.cause}, {span}, by {fact.by}{add(fact.evidence)}"


def tell_seal(fact: Any) -> str:
    span = say_span(Span(fact.from_at, fact.to_at), as_of=fact.occurred_at)
    every = say_length(Duration(fact.every))
    return f"{fact.component} sampled every {every}, {span}: {fact.good:,} good, {fact.bad:,} bad, {fact.unseen:,} unseen"


def tell_gap(fact: Any) -> str:
    span = say_span(Span(fact.from_at, fact.to_at), as_of=fact.occurred_at)
    return f"{fact.component} not measured, {span}{add(fact.because)}"


def tell_window(fact: Any) -> str:
    span = say_span(Span(fact.from_at, fact.to_at), as_of=fact.occurred_at)
    return f"window {fact.window} planned: {fact.kind}, {span}{add(fact.reason)}"


def tell_claim(fact: Any) -> str:
    details = f", with {say_count(len(fact.details), 'detail')}" if fact.details else ""
    return f"claim {fact.claim} filed for {fact.credit}, outage {fact.outage}, by {fact.channel}{details}"


def tell_statement(fact: Any) -> str:
    follows = f", follows {fact.follows}" if fact.follows else ""
    return f"statement {fact.statement} issued, as of {say_instant(fact.as_of)}{follows}"


def tell_requests(fact: Any) -> str:
    kind = f" of kind {fact.kind}" if fact.kind else ""
    span = say_span(Span(fact.from_at, fact.to_at))
    return f"{fact.total:,} requests{kind} to {fact.component}, {fact.failed:,} failed, {span}"


def tell_second(fact: Fact) -> str:
    """Of what two persons agreed, the second one's fact repeats the first one's under its own name."""
    return f", confirmed by {fact.source}" if fact.id.endswith("-approved") else ""


def add(text: str) -> str:
    return f", {text}" if text else ""


SENTENCES: MappingProxyType[str, Callable[[Any], str]] = MappingProxyType(
    {
        "observations-sealed": tell_seal,
        "coverage-declared": lambda f: f"measured whole, {say_span(Span(f.from_at, f.to_at))}{add(f.evidence)}",
        "outage-opened": tell_opening,
        "outage-closed": tell_closing,
        "not-measured": tell_gap,
        "clock-stepped": lambda f: f"a prober’s clock stepped by {say_minutes(Duration(f.by))}",
        "cause-assigned": tell_cause,
        "cause-approved": lambda f: f"the cause of {f.assignment} approved by {f.by}, as a second person",
        "fact-corrected": lambda f: f"corrects {f.corrects}, by {f.by}{add(f.because)}",
        "window-planned": tell_window,
        "window-cancelled": lambda f: f"window {f.window} cancelled{add(f.because)}",
        "window-started": lambda f: f"window {f.window} started",
        "window-ended": lambda f: f"window {f.window} ended",
        "window-approved": lambda f: f"{f.by} agreed to window {f.window}, as {f.party}",
        "window-refused": lambda f: f"{f.by} did not agree to window {f.window}, as {f.party}{add(f.because)}",
        "requests-counted": tell_requests,
        "share-affected": lambda f: f"outage {f.outage} hit {f.hit:,} of {f.all:,}, {say_span(Span(f.from_at, f.to_at))}",
        "level-measured": lambda f: f"{f.figure} of {f.component} {f.level}, {say_span(Span(f.from_at, f.to_at))}",
        "task-timed": lambda f: (
            f"{f.measure}: begun {say_instant(f.started_at)}, "
            f"{f'done {say_instant(f.done_at)}' if f.done_at else 'not done yet'}"
        ),
        "notice-given": lambda f: f"notice of {f.window} given to {f.to} by {f.by}{add(f.delivery)}",
        "vendor-notice-received": lambda f: f"{f.vendor} told us of the work behind {f.window}",
        "ticket-opened": lambda f: f"ticket {f.ticket} opened by {f.channel}{add(f.outage and f'on outage {f.outage}')}",
        "invoice-issued": lambda f: f"invoice {f.invoice} issued: {say_money(f.amount)}, due {say_instant(f.due_at)}",
        "invoice-paid": lambda f: f"invoice {f.invoice} paid",
        "claim-filed": tell_claim,
        "claim-decided": lambda f: f"claim {f.claim} {'granted' if f.granted else 'refused'} by {f.by}{add(f.because)}",
        "agreement-signed": lambda f: f"{f.document} {f.version} signed for {f.customer}{tell_second(f)}",
        "parameter-set": lambda f: f"{f.name} set to {f.value}, from {say_instant(f.from_at)}{tell_second(f)}",
        "statement-issued": tell_statement,
        **OF_DESK,
        **OF_DUTIES,
        **OF_MONEY,
    }
)
