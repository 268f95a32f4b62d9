"""Who keeps the heads of the customer's ledgers: addresses that get them by mail each day, and witnesses who countersign."""

from upheld.apps.parties.queries import may_act_for_customer
from upheld.apps.witnesses.queries import Watch, list_readers, list_watches
from upheld.apps.witnesses.services import UnfitReader, UnfitWitness, add_reader, add_witness, remove_reader
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import BadAsking
from upheld.pages.contexts.lists import Entry, ListPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Field, Form, Problem
from upheld.pages.words import capitalise, say_count, say_instant

MAIL, STOP, WITNESS = "mail", "stop", "witness"
NOT_NAMED = "Members and managers name them."


def show_heads(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> ListPage:
    sections = []
    for agreement in asked.agreements():
        name = name_for(asked, agreement)
        sections += [
            tell_readers(asked, agreement, name, sent, problems),
            tell_witnesses(asked, agreement, name, sent, problems),
        ]
    return ListPage(
        as_of=asked.as_of,
        answer="Who keeps the heads of your ledgers",
        lede="Whoever holds an older head can prove that nothing under it was changed since. Keep one outside our reach.",
        way=(Link("Home", asked.url_of("home")), Link("Heads")),
        deeds=(Link("The witness, one file", "/status/upheld-witness.pyz"),),
        sections=tuple(sections),
    )


def tell_readers(
    asked: Asked, agreement: Agreement, name: AgreementName, sent: dict[str, str], problems: tuple[Problem, ...]
) -> Section:
    entries = tuple(
        Entry(words=reader.address, deeds=(stop_form(asked, agreement, reader.address),) if may_act(asked) else ())
        for reader in list_readers(agreement)
    )
    field = Field(
        name="address", label="Mail address", kind="email", value=value_of(sent, agreement, MAIL, "address"),
        hint="Best a mailbox at another provider, which nobody empties.",
    )  # fmt: skip
    return Section(
        anchor=f"{agreement.key}-mail",
        heading=f"{name.service}: by mail each day",
        entries=entries,
        says="" if may_act(asked) else NOT_NAMED,
        empty="Nobody gets the heads by mail yet.",
        form=make_form(asked, agreement, MAIL, field, "Mail the heads there", sent, problems),
    )


def stop_form(asked: Asked, agreement: Agreement, address: str) -> Form:
    hidden = (("agreement", agreement.key), ("deed", STOP), ("address", address))
    return Form(url=asked.url_of("heads"), fields=(), deed="Mail there no more", hidden=hidden)


def tell_witnesses(
    asked: Asked, agreement: Agreement, name: AgreementName, sent: dict[str, str], problems: tuple[Problem, ...]
) -> Section:
    field = Field(
        name="key", label="Key of the witness", value=value_of(sent, agreement, WITNESS, "key"),
        hint="The line in the file witness.vkey of its folder.",
    )  # fmt: skip
    return Section(
        anchor=f"{agreement.key}-witnesses",
        heading=f"{name.service}: witnesses",
        entries=tuple(tell_watch(asked, watch) for watch in list_watches(agreement)),
        says="" if may_act(asked) else NOT_NAMED,
        empty="No witness is named yet.",
        form=make_form(asked, agreement, WITNESS, field, "Name this witness", sent, problems),
    )


def tell_watch(asked: Asked, watch: Watch) -> Entry:
    if watch.seen_at is None:
        return Entry(words=watch.name, says=("It has countersigned nothing yet.",))
    when = say_instant(watch.seen_at, as_of=asked.as_of, dated=True)
    return Entry(words=watch.name, says=(f"It saw the head over {say_count(watch.size, 'head')} of all ledgers on {when}.",))


def make_form(
    asked: Asked, agreement: Agreement, deed: str, field: Field, words: str, sent: dict[str, str],
    problems: tuple[Problem, ...],
) -> Form | None:  # fmt: skip
    if not may_act(asked):
        return None
    return Form(
        url=asked.url_of("heads"),
        deed=words,
        fields=(field,),
        not_done="Nothing was named.",
        problems=problems if is_sent(sent, agreement, deed) else (),
        hidden=(("agreement", agreement.key), ("deed", deed)),
    )


def may_act(asked: Asked) -> bool:
    return may_act_for_customer(asked.user) and not asked.is_past


def is_sent(sent: dict[str, str], agreement: Agreement, deed: str) -> bool:
    return (sent.get("agreement"), sent.get("deed")) == (agreement.key, deed)


def value_of(sent: dict[str, str], agreement: Agreement, deed: str, name: str) -> str:
    return sent.get(name, "") if is_sent(sent, agreement, deed) else ""


def act(asked: Asked) -> Answer:
    """Name an address or a witness, or take an address back."""
    sent = {name: asked.sent(name) for name in ("agreement", "deed", "address", "key")}
    agreement = asked.agreement(sent["agreement"])
    try:
        if sent["deed"] == MAIL:
            made = add_reader(agreement=agreement, address=sent["address"], by=asked.by, at=asked.at)
            leave_toast(asked, f"The heads go to {made.address} from the next day on.")
        elif sent["deed"] == STOP:
            remove_reader(agreement=agreement, address=sent["address"])
            leave_toast(asked, f"No more heads go to {sent['address']}.")
        elif sent["deed"] == WITNESS:
            named = add_witness(agreement=agreement, key=sent["key"], by=asked.by, at=asked.at)
            leave_toast(asked, f"{named.name} is a witness of this ledger.")
        else:
            raise BadAsking("Nothing was asked for", f"deed: expected {MAIL}, {STOP} or {WITNESS}, came {sent['deed']!r}.")
    except UnfitReader as problem:
        return answer(asked, make_page(asked, sent, (Problem("address", capitalise(problem)),)), status=422)
    except UnfitWitness as problem:
        return answer(asked, make_page(asked, sent, (Problem("key", capitalise(problem)),)), status=422)
    return to("portal:heads")
