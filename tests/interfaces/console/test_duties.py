"""What staff record of duties, access and persons: each is a fact, and what does not fit is said at its field."""

import pytest

from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.desk.services import Report, Sender, ask_copy
from upheld.apps.duties.queries import is_authorised, list_comings
from upheld.apps.ledger.queries import known_facts
from upheld.apps.parties.queries import customer, pseudonym_of
from upheld.language import stand_in_parameters
from upheld.language.checking import check

pytestmark = pytest.mark.django_db

KEY = "acorn-legal-funnelflux"


@pytest.fixture
def tracker(lived, db) -> Agreement:
    """Acorn is bound by an agreement with access rules and duties that are asked for."""
    text = (cast.AGREEMENTS / "funnelflux.md").read_text(encoding="utf-8")
    checked = check(text, as_of=cast.NOW)
    assert checked.document is not None
    version = add_version(source=text, document=checked.document, calendars=checked.calendars, at=cast.SIGNED)
    return sign_agreement(
        key=KEY, customer=customer("acorn-legal"), version=version, signed_at=cast.SIGNED, by="person-1", at=cast.SIGNED,
        parameters={"sample-every": "1 minute", "currency": "EUR", "plan-price": "EUR 99.00"},
    )  # fmt: skip


def kinds(key: str, name: str):
    return [fact for fact in known_facts(key)[1] if type(fact).__name__ == name]


def test_a_request_is_recorded_as_done(tracker, tom):
    """It waits on the page until somebody says that it was delivered; then it is a fact and gone from there."""
    ticket = ask_copy(
        agreement=tracker, way="portal", report=Report(subject="A copy"), sender=Sender(by="person-3"),
        duty="hand-over-copies", is_warned=True, at=cast.NOW,
    )  # fmt: skip
    before = plain(read(tom.get("/duties")))
    answer = tom.post("/duties/done", {"agreement": KEY, "duty": "hand-over-copies", "request": ticket.name})

    assert (303, [ticket.name]) == (answer.status_code, [fact.request for fact in kinds(KEY, "DutyDone")])
    after, told = plain(read(tom.get("/duties"))), f"Record {ticket.name} as done"
    assert (True, False) == (told in before, told in after)


FORM = {"agreement": KEY, "who": "staff", "purpose": "a funnel that lost clicks", "starts": "Fri 28 Aug 2026 13:00 UTC"}


class TestAccess:
    def send(self, tom, tracker, **more):
        what = next(iter(tracker_things(tracker)))
        return tom.post("/duties/access", {**FORM, "what": what, **more})

    def test_is_on_record_with_its_purpose(self, tracker, tom):
        """Who, in what, for what, from when to when; and the agreement says whether that was allowed."""
        answer = self.send(tom, tracker, ends="Fri 28 Aug 2026 14:00 UTC")
        [came] = list_comings(tracker, cast.NOW)

        assert (303, "a funnel that lost clicks") == (answer.status_code, came.fact.purpose)

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"purpose": ""}, "Say for what"),
            ({"who": "strangers"}, "The agreement speaks of"),
            ({"starts": "yesterday"}, "is not a time"),
            ({"starts": "Fri 28 Aug 2026 15:00 UTC"}, "lies ahead"),
            ({"ends": "Fri 28 Aug 2026 12:00 UTC"}, "ends after it began"),
        ],
    )
    def test_says_what_is_wrong(self, tracker, tom, wrong, says):
        """Nothing is recorded."""
        answer = self.send(tom, tracker, **wrong)

        assert (422, []) == (answer.status_code, kinds(KEY, "AccessUsed"))
        assert says in plain(read(answer))


def tracker_things(agreement: Agreement) -> list[str]:
    from upheld.apps.agreements.queries import terms_of

    return [what for rule in terms_of(agreement, cast.NOW).doors.rules.values() for what in rule.what.value]


class TestAPerson:
    def form(self, lived, **more) -> dict[str, str]:
        named = {"agreement": cast.ACORN, "role": "backup-person", "person": pseudonym_of(lived.people["lena"])}
        return {**named, "channel": "email", "received": "Fri 28 Aug 2026 12:00 UTC", **more}

    def test_has_the_word_from_receipt_on(self, lived, tom):
        """TP-20: told by e-mail at noon, recorded now, it counts since noon."""
        answer = tom.post("/duties/person", self.form(lived))
        [named] = kinds(cast.ACORN, "PersonNamed")

        assert (303, "2026-08-28T12:00:00.000000Z") == (answer.status_code, str(named.occurred_at))
        assert is_authorised(lived.agreements["acorn"], lived.people["lena"], cast.NOW)

    @pytest.mark.parametrize(("field", "value"), [("channel", "phone"), ("person", "person-1"), ("received", "soon")])
    def test_says_what_is_wrong(self, lived, tom, field, value):
        """By another way than the agreement takes, of another side, at no time: nothing is recorded."""
        answer = tom.post("/duties/person", self.form(lived, **{field: value}))

        assert (422, []) == (answer.status_code, kinds(cast.ACORN, "PersonNamed"))


def test_nothing_else_is_recorded_here(lived, tom):
    """A deed that there is not is nothing at all."""
    assert 404 == tom.post("/duties/forget", {"agreement": cast.ACORN}).status_code


def test_says_how_many_are_open(lived, tom):
    """The heading answers."""
    assert "No duty of ours is open" == heading(tom.get("/duties"))


class TestNotices:
    """What the agreement promises to tell of is recorded by who told it."""

    KEY = "acorn-legal-redtrack"

    @pytest.fixture(autouse=True)
    def promised(self, lived, db) -> None:
        text = (cast.AGREEMENTS / "redtrack.md").read_text(encoding="utf-8")
        checked = check(text, as_of=cast.NOW)
        assert checked.document is not None
        version = add_version(source=text, document=checked.document, calendars=checked.calendars, at=cast.SIGNED)
        sign_agreement(
            key=self.KEY, customer=customer("acorn-legal"), version=version, signed_at=cast.SIGNED, by="person-1",
            at=cast.SIGNED, parameters=stand_in_parameters(checked.document),
        )  # fmt: skip

    def test_a_notice_is_on_record(self, tom):
        """Of a new feature: to whom the agreement says, by the way it names; and the event stands beside it."""
        sent = {
            "agreement": self.KEY,
            "notice": "new-features",
            "about": "new feature",
            "way": "any way that reaches the client",
        }

        page = plain(read(tom.get("/duties")))
        answer = tom.post("/duties/notice", {**sent, "told": "Fri 28 Aug 2026 13:00 UTC"})

        [told] = kinds(self.KEY, "NoticeSent")
        assert (True, 303) == ("The customer was told" in page, answer.status_code)
        assert ("every client", "new-feature-1") == (told.to, told.about)
        assert ["new feature"] == [fact.event for fact in kinds(self.KEY, "EventHappened")]

    @pytest.mark.parametrize(
        "wrong", [{"about": "O-9"}, {"notice": "alarms"}, {"told": "soon"}, {"told": "Fri 28 Aug 2099 13:00 UTC"}]
    )
    def test_what_does_not_fit_is_said(self, tom, wrong):
        """At its field, and nothing is recorded."""
        sent = {
            "agreement": self.KEY,
            "notice": "new-features",
            "about": "new feature",
            "way": "any way that reaches the client",
        }

        answer = tom.post("/duties/notice", {**sent, "told": "Fri 28 Aug 2026 13:00 UTC", **wrong})

        assert (422, []) == (answer.status_code, kinds(self.KEY, "NoticeSent"))
