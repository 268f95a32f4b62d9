"""What the customer does in the portal: switches, persons, what is owed, claims. Each leaves a fact."""

import re

import pytest

from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.billing.models import Claim
from upheld.apps.desk.models import Ticket
from upheld.apps.duties.queries import is_authorised, list_duties, list_switches
from upheld.apps.duties.services import CannotName, CannotTurn, name_person, note_access, note_done
from upheld.apps.duties.services import turn_switch as turn
from upheld.apps.ledger.queries import known_facts
from upheld.apps.oncall.models import Message
from upheld.apps.parties.queries import customer, pseudonym_of
from upheld.core.timeline import HOUR, MINUTE
from upheld.language.checking import check

pytestmark = pytest.mark.django_db


@pytest.fixture
def tracker(lived, db) -> Agreement:
    """Acorn is bound by the agreement with the support user's switch as well."""
    text = (cast.AGREEMENTS / "funnelflux.md").read_text(encoding="utf-8")
    checked = check(text, as_of=cast.NOW)
    assert checked.document is not None
    version = add_version(source=text, document=checked.document, calendars=checked.calendars, at=cast.SIGNED)
    return sign_agreement(
        key="acorn-legal-funnelflux", customer=customer("acorn-legal"), version=version, parameters=PARAMETERS,
        signed_at=cast.SIGNED, by="person-1", at=cast.SIGNED,
    )  # fmt: skip


PARAMETERS = {"sample-every": "1 minute", "currency": "EUR", "plan-price": "EUR 99.00"}


def facts_of(key: str, kind: str):
    return [fact for fact in known_facts(key)[1] if type(fact).__name__ == kind]


TURN_ON = {"agreement": "acorn-legal-funnelflux", "switch": "support-user", "to": "on"}
COPY = {"agreement": "acorn-legal-funnelflux", "duty": "hand-over-copies", "because": "our own reports"}


class TestTheSwitch:
    def test_works_at_once_and_is_shown(self, tracker, clients, lived):
        """A member turns it on; from that instant it stands so, with who did it."""
        before = [one.is_on for one in list_switches(tracker, cast.NOW)]
        answer = clients["acorn-member"].post("/portal/access/switch", TURN_ON)
        said = plain(read(clients["acorn-reader"].get("/portal/access")))

        assert (303, [False], [True]) == (
            answer.status_code, before, [one.is_on for one in list_switches(tracker, cast.NOW)],
        )  # fmt: skip
        assert "Support user was turned on by Acorn member" in said

    def test_turned_twice_leaves_one_fact(self, tracker, clients):
        """Who comes second is told that it stands so already."""
        for _ in range(2):
            clients["acorn-member"].post("/portal/access/switch", TURN_ON)

        assert 1 == len(facts_of(tracker.key, "SwitchTurned"))

    def test_is_not_the_providers(self, tracker):
        """The side that does not hold it turns nothing, and is told whose it is."""
        with pytest.raises(CannotTurn, match="held by the customer"):
            turn(agreement=tracker, switch="support-user", on=True, side="provider", by="person-1", at=cast.NOW)

    def test_shows_who_came_in_and_for_what(self, tracker, clients, lived):
        """Allowed while it is on; after it went off the same is against the agreement, and the customer sees both."""
        turn(agreement=tracker, switch="support-user", on=True, side="customer", by="person-3", at=cast.NOW.before(HOUR * 3))
        turn(agreement=tracker, switch="support-user", on=False, side="customer", by="person-3", at=cast.NOW.before(HOUR))
        opens = list_switches(tracker, cast.NOW)[0].opens[0]
        for before in (HOUR * 2, MINUTE * 30):
            note_access(
                agreement=tracker, who="staff", what=opens, purpose="to look at a funnel",
                person=pseudonym_of(lived.people["tom"]), from_at=cast.NOW.before(before), by="person-2", at=cast.NOW,
            )  # fmt: skip
        said = plain(read(clients["acorn-reader"].get("/portal/access")))

        assert 2 == said.count("For: to look at a funnel.")
        assert ["Not allowed", "Allowed"] == re.findall(r"(Not allowed|Allowed) ?Tom Okafor", said)


class TestACopyOfTheDatabases:
    def test_needs_the_warning_read(self, tracker, clients):
        """Making the copy may disturb the tracker: without saying that this was read, nothing is asked for."""
        answer = clients["acorn-member"].post("/portal/duties", COPY)

        assert (422, []) == (answer.status_code, facts_of(tracker.key, "TicketOpened"))
        assert "making the copy may disturb the tracker" in plain(read(answer))

    def test_is_asked_for_and_delivered(self, tracker, clients):
        """Asked with the warning acknowledged it is a ticket and waits; delivered by the provider, it is done."""
        answer = clients["acorn-member"].post("/portal/duties", {**COPY, "warned": "read"})
        [asked] = facts_of(tracker.key, "TicketOpened")
        states = [state_of(tracker, cast.NOW)]
        note_done(
            agreement=tracker, duty="hand-over-copies", request=asked.ticket, evidence="records", by="person-2", at=cast.NOW
        )
        states.append(state_of(tracker, cast.NOW))

        assert (303, ["waiting", "done"]) == (answer.status_code, states)
        assert ["warning: read and acknowledged"] == Ticket.objects.get(agreement=tracker).told


def state_of(agreement: Agreement, at) -> str:
    return next(one.state for one in list_duties(agreement, at) if one.duty.name == "hand-over-copies")


class TestWhoMayInstruct:
    def form(self, lived, who: str, role: str = "main-person") -> dict[str, str]:
        return {"agreement": cast.ACORN, "role": role, "person": pseudonym_of(lived.people[who])}

    @pytest.fixture
    def named(self, lived, db) -> None:
        """The member has the word now."""
        name_person(
            agreement=lived.agreements["acorn"], role="main-person", person=pseudonym_of(lived.people["acorn-member"]),
            channel="email", received_at=cast.NOW.before(HOUR), by="person-2", at=cast.NOW.before(HOUR),
        )  # fmt: skip

    def test_is_passed_on_by_who_has_the_word(self, named, clients, lived):
        """TP-20: from receipt on the word of the new person counts and that of the old does not; and an e-mail goes out."""
        acorn = lived.agreements["acorn"]
        answer = clients["acorn-member"].post("/portal/persons", self.form(lived, "acorn-reader"))
        mail = Message.objects.order_by("-pk").first()

        assert 303 == answer.status_code
        assert (True, False) == (
            is_authorised(acorn, lived.people["acorn-reader"], cast.NOW),
            is_authorised(acorn, lived.people["acorn-member"], cast.NOW),
        )
        assert mail is not None
        assert "Acorn reader <acorn.reader@example.org> is main person from now on" in mail.subject

    def test_counted_for_the_old_person_until_then(self, named, clients, lived):
        """A minute before, it was the other's word."""
        clients["acorn-member"].post("/portal/persons", self.form(lived, "acorn-reader"))

        assert is_authorised(lived.agreements["acorn"], lived.people["acorn-member"], cast.NOW.before(MINUTE))

    @pytest.mark.parametrize("who", ["acorn-manager", "acorn-reader"])
    def test_is_nobody_elses_to_pass_on(self, named, clients, lived, who):
        """Not even a manager's, who may invite everybody."""
        assert 403 == clients[who].post("/portal/persons", self.form(lived, who)).status_code

    def test_is_one_of_the_customers_own(self, named, clients, lived):
        """Nobody of another customer can be named."""
        answer = clients["acorn-member"].post("/portal/persons", self.form(lived, "kettle-manager"))

        assert (422, 1) == (answer.status_code, len(facts_of(cast.ACORN, "PersonNamed")))

    def test_is_told_only_as_the_agreement_says(self, lived, db):
        """By telephone nobody is named under this agreement: the refusal names the clause and the way."""
        with pytest.raises(CannotName, match=r"email \(TP-20\)|email \(TP-19, TP-20\)"):
            name_person(
                agreement=lived.agreements["acorn"], role="main-person", person="person-1", channel="phone",
                received_at=cast.NOW, by="person-2", at=cast.NOW,
            )  # fmt: skip


class TestClaims:
    def open_place(self, lived) -> str:
        return f"/portal/claims/file/{cast.ACORN}/tenfold/O-{lived.outages['acorn'][-1]}"

    def test_are_guided_by_the_agreement(self, clients, lived):
        """What is asked, until when, and what is in the way now: before anything is filed."""
        page = clients["acorn-member"].get(self.open_place(lived))
        said = plain(read(page))

        assert 200 == page.status_code
        assert "Its last instant is known once the outage is over." in said
        assert "As it would stand now" in said

    def test_are_filed_and_shown(self, clients, lived):
        """The claim is a row and a fact, its page names each condition, and the answers go to the provider."""
        answer = clients["acorn-member"].post(self.open_place(lived), {"ticket": "T-1"})
        claim = Claim.objects.order_by("-number")[0]
        page = clients["acorn-reader"].get(answer["Location"])

        assert (303, f"O-{lived.outages['acorn'][-1]}") == (answer.status_code, claim.outage)
        assert heading(page).startswith(claim.name)
        assert Message.objects.filter(key=f"{claim.name}:filed").exists()
        assert [f"{claim.name}-filed"] == [
            fact.id for fact in facts_of(cast.ACORN, "ClaimFiled") if fact.claim == claim.name
        ]

    def test_are_not_filed_twice(self, clients, lived):
        """What was claimed cannot be claimed again from here."""
        clients["acorn-member"].post(self.open_place(lived), {"ticket": "T-1"})

        assert 404 == clients["acorn-member"].get(self.open_place(lived)).status_code

    def test_are_filed_by_who_acts(self, clients, lived):
        """A reader reads."""
        count = Claim.objects.count()

        assert 403 == clients["acorn-reader"].post(self.open_place(lived), {}).status_code
        assert count == Claim.objects.count()


class TestOwnRecords:
    def test_are_all_facts_as_lines(self, clients):
        """As many lines as the ledger has facts, each the canonical bytes."""
        lines = clients["acorn-reader"].get(f"/portal/records/{cast.ACORN}.jsonl").content.splitlines()

        assert len(known_facts(cast.ACORN)[1]) == len(lines)


class TestTheCalendar:
    def address(self, client) -> str:
        page = client.get("/portal/maintenance").content.decode()
        found = re.search(r'href="[a-z]+://[^/"]+/(portal/calendar/[^"]+)"', page)
        assert found is not None
        return found[1]

    def test_is_open_to_a_programme_that_has_its_address(self, clients, lived):
        """Without a session: the planned work of this customer and nobody else's."""
        found = clients["nobody"].get(f"/{self.address(clients['acorn-reader'])}")

        assert (200, "text/calendar; charset=utf-8") == (found.status_code, found["Content-Type"])
        assert f"{lived.windows['acorn'].name}@".encode() in found.content
        assert f"{lived.windows['kettle'].name}@".encode() not in found.content

    def test_ends_with_the_password_it_was_made_under(self, clients, lived):
        """A new password, a closed access or a changed letter: nothing is there."""
        address = self.address(clients["acorn-reader"])
        user = lived.people["acorn-reader"]
        type(user).objects.filter(pk=user.pk).update(password="another")

        assert [404, 404] == [clients["nobody"].get(place).status_code for place in (f"/{address}", f"/{address[:-5]}0.ics")]
