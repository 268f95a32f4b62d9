"""Facts of access, duties, notices, plans, persons and editions as sentences."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from upheld.pages.words.instants import say_instant
from upheld.pages.words.spaces import join_words


def tell_asking(fact: Any) -> str:
    until = f", until {say_instant(fact.until_at)}" if fact.until_at else ""
    given = f", with {join_words(fact.given)}" if fact.given else ""
    return f"{tell_asker(fact)} asked for access, {fact.what}{tell_purpose(fact)}{until}{given}"


def tell_use(fact: Any) -> str:
    until = f", allowed until {say_instant(fact.until_at)}" if fact.until_at else ""
    ended = f", out again {say_instant(fact.ended_at)}" if fact.ended_at else ""
    given = f", with {join_words(fact.given)}" if fact.given else ""
    return f"{tell_asker(fact)} had access, {fact.what}{tell_purpose(fact)}{until}{ended}{given}"


def tell_asker(fact: Any) -> str:
    return f"{fact.person} ({fact.who})" if fact.person else str(fact.who)


def tell_purpose(fact: Any) -> str:
    purpose = f", for {fact.purpose}" if fact.purpose else ""
    return f"{purpose}{f', ticket {fact.ticket}' if fact.ticket else ''}"


def tell_request(fact: Any) -> str:
    due = f", until {say_instant(fact.due_at)}" if fact.due_at else ""
    ticket = f", for ticket {fact.ticket}" if fact.ticket else ""
    because = f", because {fact.because}" if fact.because else ""
    return f"request {fact.request}: asked for {fact.duty}{due}{ticket}{because}"


def tell_done(fact: Any) -> str:
    asked = f", as asked in {fact.request}" if fact.request else ""
    by = f", by {fact.by}" if fact.by else ""
    return f"{fact.duty} was done{asked}{by}{f', {fact.evidence}' if fact.evidence else ''}"


def tell_check(fact: Any) -> str:
    required, found = join_words(fact.required) or "nothing", join_words(fact.found) or "nothing"
    return f"{fact.check} of {fact.subject} compared: required {required}, found {found}"


def tell_notice(fact: Any) -> str:
    about = f" about {fact.about}" if fact.about else ""
    to = f" to {fact.to}" if fact.to else ""
    by = f" by {fact.by}" if fact.by else ""
    states = f", stating {join_words(fact.states)}" if fact.states else ""
    return f"notice {fact.notice} sent{about}{to}{by}{states}"


def tell_role(fact: Any) -> str:
    who = f"{fact.person} is {fact.role}" if fact.person else f"nobody is {fact.role}"
    channel = f", told by {fact.channel}" if fact.channel else ""
    return f"from now on {who}{channel}{f', confirmed {say_instant(fact.confirmed_at)}' if fact.confirmed_at else ''}"


def name_plan(fact: Any) -> str:
    return f"plan {fact.plan}" if fact.plan else "the customer’s plan"


OF_DUTIES: MappingProxyType[str, Callable[[Any], str]] = MappingProxyType(
    {
        "access-asked": tell_asking,
        "access-used": tell_use,
        "switch-turned": lambda f: (
            f"{f.switch} turned {'on' if f.on else 'off'} by the {f.side}{f' ({f.by})' if f.by else ''}"
        ),
        "duty-asked": tell_request,
        "duty-done": tell_done,
        "check-compared": tell_check,
        "event-happened": lambda f: f"{f.event}{f': {f.name}' if f.name else ''}",
        "notice-sent": tell_notice,
        "plan-started": lambda f: f"{name_plan(f)} started",
        "plan-step-done": lambda f: f"{name_plan(f)}: {f.step} done{f' by {f.by}' if f.by else ''}",
        "plan-signed-off": lambda f: f"{name_plan(f)} declared finished{f' by {f.by}' if f.by else ''}",
        "session-held": lambda f: f"{name_plan(f)}: a session was held",
        "review-held": lambda f: f"the agreement was reviewed{f', the next time on {f.next_on}' if f.next_on else ''}",
        "instruction-received": lambda f: f"instruction {f.instruction} of {f.by}{f': {f.what}' if f.what else ''}",
        "person-erased": lambda f: f"what stood behind {f.person} was erased",
        "person-named": tell_role,
        "version-published": lambda f: f"edition {f.version} published, in effect from {f.effective_on}",
    }
)
