"""The customer's own records to take with them: every fact of their agreements, as the ledger has it."""

from collections.abc import Iterator

from django.http import HttpResponse

from upheld.apps.agreements.queries import version_at
from upheld.apps.ledger.queries import known_facts
from upheld.core.proof import canonical_bytes
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.answering import answer
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for
from upheld.doors.shown.statements import list_rows
from upheld.interfaces.portal import exhibits
from upheld.interfaces.portal.frame import customer_of
from upheld.pages.contexts.lists import Entry, ListPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Problem
from upheld.pages.words import say_count


def show_own(asked: Asked) -> Answer:
    return make_page(asked, {})


def hand_over(asked: Asked) -> Answer:
    """Files of the customer's own, kept as they came."""
    sent = {name: asked.sent(name) for name in ("kind", "says")}
    done = exhibits.hand_over(asked, sent)
    return answer(asked, make_page(asked, sent, done), status=422) if isinstance(done, tuple) else done


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> ListPage:
    entries = []
    for agreement in asked.agreements():
        name = name_for(asked, agreement)
        size = sum(1 for _ in list_lines(agreement.key, asked.as_of))
        entries.append(
            Entry(
                words=f"Facts of {name.service}",
                url=asked.url_of("own-facts", agreement.key),
                says=(f"{say_count(size, 'fact')}, each a line of JSON, in the order and the bytes of the ledger.",),
                links=(
                    Link("The text that you signed", asked.url_of("agreement-text", *edition_of(agreement, asked.as_of))),
                    Link("Facts as a page", f"{asked.url_of('facts')}?agreement={agreement.key}"),
                ),
                agreement=name,
            )
        )
    told = list_rows(asked)
    customer = customer_of(asked)
    return ListPage(
        as_of=asked.as_of,
        answer="Everything on record for you, to take with you, and what you handed over",
        lede="A bundle of a statement has all that is needed to recompute it on a machine of your own.",
        way=(Link("Home", asked.url_of("home")), Link("Your records")),
        deeds=(
            Link("Everything in one archive", asked.url_of("own-everything")),
            Link("The programme that checks bundles", "/verifier/upheld-verify.pyz"),
        ),
        sections=(
            Section(anchor="facts", heading="Facts", entries=tuple(entries), empty="No agreement is signed yet."),
            Section(
                anchor="statements", heading="Statements",
                says=f"{say_count(len(told), 'statement was', 'statements were')} issued for "
                f"{customer.name if customer else 'you'}; PDF, JSON and bundle are on the page of each.",
                more=Link("All statements", asked.url_of("statements")),
            ),
            exhibits.tell_exhibits(asked, sent, problems),
        ),
    )  # fmt: skip


def edition_of(agreement: Agreement, at: Instant) -> tuple[str, str]:
    version = version_at(agreement, at)
    return version.document_id, version.version


def list_lines(key: str, as_of: Instant) -> Iterator[bytes]:
    """The facts that were recorded by an instant, in order; corrected ones too, for nothing is erased."""
    _, facts = known_facts(key)
    for fact in facts:
        if fact.recorded_at <= as_of:
            yield canonical_bytes(fact.to_json()) + b"\n"


def download_facts(asked: Asked, key: str) -> HttpResponse:
    asked.agreement(key)
    response = HttpResponse(b"".join(list_lines(key, asked.as_of)), content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}-facts.jsonl"'
    return response
