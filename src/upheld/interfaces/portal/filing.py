"""Filing a claim, guided by the agreement: what is asked, until when, and what is in the way as things stand."""

from collections.abc import Iterator, Sequence

from upheld.apps.billing.queries.claims import list_evidence
from upheld.apps.billing.services import CannotFile
from upheld.apps.findings.queries import terms_of
from upheld.apps.findings.queries.claims import Claimable
from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.facts import Fact
from upheld.core.terms.claiming import Claim as ClaimRule
from upheld.core.terms.conditions import Test, tests_of
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.claiming import file_own_claim
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import CannotShow, NotHere
from upheld.interfaces.portal.claimable import DETAILS, check_given, list_open, say_details, tell_last, tell_open
from upheld.interfaces.portal.exhibits import FIELD, ask_exhibit, read_exhibit
from upheld.pages.contexts.lists import Badge, ClaimsPage, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.words import join_words, say_count
from upheld.pages.words.claims import list_conditions

MET, NOT_MET, UNKNOWN = (
    Badge("Met", "up", "up"),
    Badge("Not met", "down", "down"),
    Badge("Not known yet", "unknown", "unknown"),
)
RECORDED = "A claim that lacks something is recorded all the same, but cannot be granted while a condition is not met."
HINTS = ("The agreement asks for this detail.", "The agreement asks for these details.")
NEEDS_TICKET = "needed, unless a ticket is linked to the outage"
FACES = {True: MET, None: UNKNOWN, False: NOT_MET}


def show_filing(asked: Asked, key: str, credit: str, outage: str) -> Answer:
    return make_page(asked, *find_claimable(asked, key, credit, outage), {})


def find_claimable(asked: Asked, key: str, credit: str, outage: str) -> tuple[Agreement, Claimable]:
    """What may be claimed; NotHere for what was claimed, counts for nothing, or is another customer's."""
    agreement = asked.agreement(key)
    for one in list_open(asked, agreement):
        if one.credit == credit and one.outage.id == outage:
            return agreement, one
    raise NotHere()


def list_evident(agreement: Agreement, outage: str, ticket: str = "") -> list[Fact]:
    """The facts of the ledger that one click puts to a claim."""
    return list_evidence(agreement, outage, ticket)


def list_asked(rule: ClaimRule, evident: Sequence[Fact], sent: dict[str, str]) -> tuple[Field, ...]:
    """What the agreement asks for, the ticket, and whether the facts on record go with the claim."""
    asked_for = tuple(
        Field(
            name=f"d-{detail}", label=detail.replace("-", " ").capitalize(), value=sent.get(f"d-{detail}", ""),
            clauses=rule.clauses, is_needed=False, kind="long" if number == 0 else "text", note="needed",
            hint=HINTS[len(rule.details) > 1] if number == 0 else "",
        )
        for number, detail in enumerate(rule.details)
    )  # fmt: skip
    ticket = Field(
        name="ticket", label="Ticket that records the outage", value=sent.get("ticket", ""), is_needed=False, example="T-7",
        note=NEEDS_TICKET if any(test.fact == "ticket" for test in list_tests(rule)) else "",
    )  # fmt: skip
    if not evident:
        return (*asked_for, ticket)
    choices = (Choice("yes", f"Attach {say_count(len(evident), 'fact')} of the ledger"), Choice("", "Attach none"))
    evidence = Field(
        name="evidence", label="Evidence on record", choices=choices, value=sent.get("evidence", "yes"), is_needed=False,
        hint="The ledger keeps which facts, each by its digest.",
    )  # fmt: skip
    return (*asked_for, ticket, evidence)


def list_tests(rule: ClaimRule) -> Iterator[Test]:
    """All that a claim may be refused for."""
    return (test for _, condition, _ in rule.refused_when for test in tests_of(condition))


def tell_needed(rule: ClaimRule, until: str) -> str:
    """Which details are needed, and until when; the rest of the form may stay empty."""
    if not rule.details:
        return "The agreement asks for no details."
    named = join_words(say_details(rule.details))
    lost = any(test.fact in (DETAILS, *rule.details) for test in list_tests(rule))
    without = "Without all of them the claim cannot be granted. " if lost else ""
    return f"Needed with the claim: {named}. {without}{until}"


def read_sent(asked: Asked, rule: ClaimRule) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The fields as they were sent, and what is wrong with them."""
    fields = [f"d-{detail}" for detail in rule.details]
    sent = {name: asked.sent(name) for name in (*fields, "ticket", "evidence", FIELD)}
    problems = tuple(Problem(name, words) for name in fields if (words := explain_length("This", sent[name])))
    if len(sent["ticket"]) > 50:
        problems = (*problems, Problem("ticket", "A ticket is called T-7, for instance"))
    return sent, (*problems, *read_exhibit(asked)[1])


def read_answers(rule: ClaimRule, sent: dict[str, str]) -> dict[str, str]:
    """What was given to each question of the agreement."""
    return {detail: words for detail in rule.details if (words := sent.get(f"d-{detail}", ""))}


def name_filer(asked: Asked) -> str:
    return f"{asked.user.name} <{asked.user.email}>"


def mark_exhibit(asked: Asked) -> list[str]:
    """The file of their own that goes with it, as the ledger names it."""
    found, _ = read_exhibit(asked)
    return [found.mark] if found else []


def make_page(
    asked: Asked, agreement: Agreement, one: Claimable, sent: dict[str, str], problems: tuple[Problem, ...] = ()
) -> ClaimsPage:
    name, checked = name_for(asked, agreement), check_given(one, read_answers(one.rule, sent))
    stands = tuple(
        Entry(words=said.words, badge=FACES[said.is_met], says=(said.found,), clauses=said.clauses, agreement=name)
        for said in list_conditions(checked, name.zone, terms_of(agreement, asked.as_of).currency)
    )
    last = tell_last(one, name.zone)
    may = may_act_for_customer(asked.user) and not asked.is_past
    return ClaimsPage(
        as_of=asked.as_of,
        answer=f"Claim {credit_words(one)} for the outage {one.outage.id}",
        lede=RECORDED,
        way=(Link("Claims", asked.url_of("claims")), Link(one.outage.id)),
        sections=(
            Section(anchor="outage", heading="The outage", entries=(tell_open(asked, agreement, one),)),
            Section(anchor="conditions", heading="As it would stand now", entries=stands, empty="Nothing refuses it."),
            Section(
                anchor="file", heading="What is asked of you",
                form=make_form(asked, agreement, one, name, sent, problems) if may else None,
                says=tell_needed(one.rule, last) if may else "Members and managers file claims.",
            ),
        ),
    )  # fmt: skip


def credit_words(one: Claimable) -> str:
    return one.credit.replace("-", " ")


def make_form(
    asked: Asked, agreement: Agreement, one: Claimable, name: AgreementName, sent: dict[str, str],
    problems: tuple[Problem, ...],
) -> Form:  # fmt: skip
    return Form(
        url=asked.url_of("claim-filing", agreement.key, one.credit, one.outage.id), deed="File the claim",
        not_done="Nothing was filed.", problems=problems, agreement=name,
        fields=(*list_asked(one.rule, list_evident(agreement, one.outage.id), sent), *ask_exhibit(asked, sent)),
    )  # fmt: skip


def file(asked: Asked, key: str, credit: str, outage: str) -> Answer:
    """File it; what was given to each question goes to the provider with it."""
    agreement, one = find_claimable(asked, key, credit, outage)
    sent, problems = read_sent(asked, one.rule)
    if problems:
        return answer(asked, make_page(asked, agreement, one, sent, problems), status=422)
    evidence = [fact.id for fact in list_evident(agreement, outage, sent["ticket"])] if sent["evidence"] else []
    try:
        claim = file_own_claim(
            agreement=agreement, rule=one.rule, credit=credit, outage=outage, answers=read_answers(one.rule, sent),
            ticket=sent["ticket"], evidence=evidence, marks=mark_exhibit(asked), who=name_filer(asked), by=asked.by,
            at=asked.at,
        )  # fmt: skip
    except CannotFile as problem:
        raise CannotShow("The claim was not filed", f"{problem}.") from None
    lines = lines_of(asked, agreement.key)
    fact = next((line for line in lines.facts[::-1] if line.id == f"{claim.name}-filed"), None)
    leave_toast(asked, f"{claim.name} is filed.", lines.link_fact(fact) if fact else None)
    return to("portal:claim", claim.name)
