"""On call on the pages: who is, one click that sees to it, and links that need no signing in."""

import re

import pytest
from django.test import Client

from tests.interfaces.cast import NOW
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.console.reading import fields_of, heading, plain, problems_on, read
from upheld.apps.oncall import queries, services
from upheld.apps.oncall.models import Message
from upheld.core.timeline import HOUR

pytestmark = pytest.mark.django_db

ROTA, PAGE, POLICY, WAYS = "/on-call/rotas/nights", "/on-call/pages/P-1", "/on-call/policies/outages", "/on-call/me"


@pytest.fixture
def link(lived):
    """The link in the message to Mara."""
    [step] = queries.steps_taken(queries.page_called("P-1"))
    return services.link_of(queries.page_called("P-1"), step, lived.people["mara"]).removeprefix("http://localhost:8000")


def name_answerer() -> str:
    """Who sees to the page."""
    found = queries.page_called("P-1").acknowledged_by
    return found.name if found else ""


def test_the_reader_sees_until_when_they_are_on_call(lived, tom, mara):
    """Under the name, on every page; of whoever is not, nothing is said."""
    found = [queries.who_is_on_call(rota, NOW) for rota in queries.list_rotas()]
    on_call = {shift.person.name for shift in found if shift}

    told = {name: "on call until" in plain(read(reader.get("/services"))) for name, reader in
            (("Mara Ellis", mara), ("Tom Okafor", tom))}  # fmt: skip
    assert {name: name in on_call for name in told} == told
    assert set(told.values()) == {True, False}


class TestNow:
    def test_says_what_waits_for_somebody(self, tom):
        """A page without an answer is said first, here and in the navigation."""
        answer = tom.get("/on-call")

        assert "1 page waits for somebody" == heading(answer)
        assert "On call1 without an answer" in plain(read(answer).find("nav")[0])

    def test_says_who_is_on_call_and_who_follows(self, tom):
        """In the rota's own zone."""
        tom.post(PAGE, {})
        answer = tom.get("/on-call")

        assert "Mara Ellis is on call" == heading(answer)
        [row] = [plain(row) for table in read(answer).find("tbody") for row in table.find("tr")]
        told = ("Nights", "Mara Ellis", "until Mon 31 Aug 09:00 London", "Tom Okafor")
        assert list(told) == [part for part in told if part in row]

    def test_is_the_same_as_json(self, tom):
        """Exact instants for a program."""
        told = tom.get("/on-call.json").json()

        assert ["2026-08-24T08:00:00.000000Z", "2026-08-31T08:00:00.000000Z"] == told["rotas"][0]["now"]["span"]


class TestAPage:
    def test_is_acknowledged_by_one_click(self, tom, mara):
        """Whoever clicks first sees to it; the other is told who."""
        clicks = [client.post("/on-call/pages/P-1", {}).status_code for client in (tom, mara)]

        assert ([303, 409], "Tom Okafor") == (clicks, name_answerer())

    def test_shows_its_steps_with_their_times(self, tom):
        """Who was told by which way, and that it is on its way."""
        shown = plain(read(tom.get(PAGE)).find("ol")[-1])

        assert ["14:50:00 UTC", "Mara Ellis, Mail: on its way"] == [
            part for part in ("14:50:00 UTC", "Mara Ellis, Mail: on its way") if part in shown
        ]

    def test_is_over_with_a_reason(self, tom):
        """Without one it is not."""
        empty, given = tom.post(f"{PAGE}/resolve", {"because": ""}), tom.post(f"{PAGE}/resolve", {"because": "up again"})

        assert (422, "#f-because", 303) == (empty.status_code, problems_on(empty)[0][0], given.status_code)
        assert "up again" in tom.get(PAGE).content.decode()


class TestTheLink:
    def test_asks_before_it_does(self, lived, db, link):
        """A program that opens every link of a mail sees to nothing."""
        assert 200 == Client().get(link).status_code
        assert "unanswered" == queries.page_called("P-1").state

    def test_sees_to_it_without_signing_in(self, lived, db, link):
        """One press of the button, in the name of whoever got the mail; and it is good once."""
        client = Client(enforce_csrf_checks=True)
        asked = client.get(link)
        answers = [client.post(link, fields_of(asked, link)) for _ in range(2)]

        assert ([200, 410], "You see to it") == ([one.status_code for one in answers], heading(answers[0]))
        assert "Mara Ellis" == name_answerer()

    def test_that_was_altered_shows_nothing(self, lived, db, link):
        """Not even which pages there are."""
        answer = Client().get(f"{link[:-2]}xx")

        assert (410, False) == (answer.status_code, b"Teamplify" in answer.content)


class TestARota:
    def test_is_drawn_with_its_weeks(self, tom):
        """A picture that says all of it in a sentence, and the same as rows."""
        page = read(tom.get(ROTA))
        [picture] = [one for one in page.find("svg") if one.attributes.get("role") == "img"]

        assert "Mon 24 Aug 09:00 to Mon 31 Aug 09:00 Mara Ellis." in picture.attributes["aria-label"].replace("\u00a0", " ")

    def test_takes_somebody_who_steps_in(self, tom):
        """With the form as it stands: the reader, from the next hour on, in the rota's zone."""
        answer = tom.post(ROTA, fields_of(tom.get(ROTA), ROTA))

        [row] = queries.overrides_of(queries.rota("nights"), NOW)
        assert (303, "Tom Okafor", NOW.raised(HOUR).utc()) == (answer.status_code, row.user.name, row.from_at)

    def test_takes_it_back(self, tom):
        """What was not begun never was."""
        tom.post(ROTA, fields_of(tom.get(ROTA), ROTA))
        tom.post(f"{ROTA}/withdraw", fields_of(tom.get(ROTA), f"{ROTA}/withdraw"))

        assert [] == queries.overrides_of(queries.rota("nights"), NOW)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"person": "lena@example.org"}, "person"),
            ({"from_at": "soon"}, "from_at"),
            ({"to_at": "Fri 28 Aug 2026 09:00 London"}, "to_at"),
            ({"to_at": "Fri 28 Aug 2026 19:00 Paris"}, "to_at"),
        ],
    )
    def test_says_at_the_field_what_does_not_fit(self, tom, change, field):
        """And nobody steps in."""
        answer = tom.post(ROTA, {**fields_of(tom.get(ROTA), ROTA), **change})

        assert (422, f"#f-{field}") == (answer.status_code, problems_on(answer)[0][0])

    def test_is_changed_from_now_on(self, mara):
        """The form holds what holds now; sent with another order, the first is on call at once; an hour ago is as it was."""
        sent = fields_of(mara.get(f"{ROTA}/change"), f"{ROTA}/change")
        answer = mara.post(f"{ROTA}/change", {**sent, "people": "tom@example.org\nmara@example.org"})

        rota = queries.rota("nights")
        found = [queries.who_is_on_call(rota, at) for at in (NOW.before(HOUR), NOW)]
        assert (303, ["Mara Ellis", "Tom Okafor"]) == (answer.status_code, [one.person.name for one in found if one])

    def test_is_written_with_others_over_it(self, mara):
        """Tom has the working hours of weekdays over Mara."""
        sent = fields_of(mara.get("/on-call/rotas/new"), "/on-call/rotas/new")
        sent |= {
            "name": "All", "people": "mara@example.org", "over_people": "tom@example.org",
            "over_days": "Mon Tue Wed Thu Fri", "over_from": "09:00", "over_to": "17:00", "length": "2 days",
        }  # fmt: skip
        answer = mara.post("/on-call/rotas/new", sent)

        rota = queries.rota("all")
        found = [queries.who_is_on_call(rota, at) for at in (NOW, NOW + HOUR * 3)]
        assert (303, ["Tom Okafor", "Mara Ellis"]) == (answer.status_code, [one.person.name for one in found if one])

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name": "Nights"}, "name"),
            ({"zone": "Europe/Londn"}, "zone"),
            ({"people": "nobody@example.org"}, "people"),
            ({"people": ""}, "name"),
            ({"length": "a while"}, "length"),
            ({"handoff": "9"}, "handoff"),
            ({"over_people": "tom@example.org", "over_days": "Mon Blursday"}, "over_days"),
            ({"weekday": "9"}, "weekday"),
        ],
    )
    def test_that_cannot_be_read_is_not_written(self, mara, change, field):
        """Each slip at its field; what was typed stays."""
        sent = fields_of(mara.get("/on-call/rotas/new"), "/on-call/rotas/new")
        sent |= {"name": "All", "people": "mara@example.org"}
        answer = mara.post("/on-call/rotas/new", {**sent, **change})

        assert (422, f"#f-{field}") == (answer.status_code, problems_on(answer)[0][0])
        assert ["nights"] == [one.slug for one in queries.list_rotas()]


class TestAPolicy:
    def test_is_written_as_lines_and_read_back_so(self, mara):
        """The form of the policy holds the very lines that were sent."""
        services.save_channel(name="ops", kind="mail", address="ops@example.org")
        lines = "0: rota Nights\n10: mara@example.org, #ops"
        sent = {**fields_of(mara.get(POLICY), POLICY), "steps": lines, "default": "yes", "quiet_zone": "Europe/London"}
        answer = mara.post(POLICY, {**sent, "quiet_from": "22:00", "quiet_to": "07:00"})

        assert 303 == answer.status_code
        found = fields_of(mara.get(POLICY), POLICY)
        assert (lines.split(), "yes", "22:00") == (found["steps"].split(), found["default"], found["quiet_from"])
        assert "An outage pages by Outages" == heading(mara.get("/on-call/policies"))

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"steps": "soon: rota Nights"}, "steps"),
            ({"steps": "0: rota Days"}, "steps"),
            ({"steps": "0: #ops"}, "steps"),
            ({"steps": "0: nobody@example.org"}, "steps"),
            ({"steps": ""}, "steps"),
            ({"repeats": "often"}, "repeats"),
            ({"name": "!"}, "name"),
            ({"quiet_zone": "Europe/London", "quiet_from": "ten", "quiet_to": "07:00"}, "quiet_from"),
            ({"quiet_zone": "Europe/Londn", "quiet_from": "22:00", "quiet_to": "07:00"}, "quiet_zone"),
        ],
    )
    def test_that_cannot_be_read_is_not_written(self, mara, change, field):
        """Each slip at its field, and the policy stays."""
        answer = mara.post(POLICY, {**fields_of(mara.get(POLICY), POLICY), **change})

        assert (422, f"#f-{field}") == (answer.status_code, problems_on(answer)[0][0])

    def test_tells_into_a_channel(self, mara):
        """Kept by an administrator; its address is a secret that no page shows."""
        sent = {"name": "ops", "kind": "slack", "address": "https://hooks.example.com/services/secret"}
        answers = [mara.post("/on-call/policies", {**sent, "address": one}) for one in ("nowhere", sent["address"])]

        assert [422, 303] == [one.status_code for one in answers]
        assert b"services/secret" not in mara.get("/on-call/policies").content


class TestWays:
    def test_are_confirmed_by_the_code_that_was_sent(self, tom, lived):
        """Wrong first, then right; pages go there from then on."""
        tom.post(WAYS, {"kind": "mail", "address": "tom@home.example", "uses": "urgent"})
        code = re.findall(r"\d{6}", Message.objects.get(to="tom@home.example").body)[0]
        sent = fields_of(tom.get(WAYS), f"{WAYS}/confirm")
        [field] = [name for name in sent if name.startswith("code")]
        answers = [tom.post(f"{WAYS}/confirm", {**sent, field: one}) for one in ("1", code)]

        assert [422, 303] == [one.status_code for one in answers]
        assert [("mail", "tom@home.example")] == queries.addresses_of(lived.people["tom"], is_urgent=True)

    def test_are_each_persons_own(self, tom, mara, lived):
        """Nobody confirms or removes another's."""
        mara.post(WAYS, {"kind": "mail", "address": "mara@home.example", "uses": "both"})
        [way] = queries.ways_of(lived.people["mara"])

        assert [400, 400] == [tom.post(f"{WAYS}/{deed}", {"way": str(way.pk)}).status_code for deed in ("confirm", "remove")]

    def test_that_nothing_carries_are_not_offered(self, tom):
        """No SMS provider is named in the settings: the form does not take a number."""
        answer = tom.post(WAYS, {"kind": "sms", "address": "+442079460000", "uses": "both"})

        assert (422, "#f-kind") == (answer.status_code, problems_on(answer)[0][0])

    def test_have_a_calendar_that_opens_without_signing_in(self, tom, lived):
        """Its address stands on the page; another one ends it."""
        [address] = re.findall(r"http://localhost:8000(/on-call/calendar/\S+?\.ics)", tom.get(WAYS).content.decode())
        before = Client().get(address)
        tom.post(f"{WAYS}/calendar", {})

        assert (200, "text/calendar; charset=utf-8", True) == (
            before.status_code, before["Content-Type"], b"SUMMARY:On call: Nights" in before.content
        )  # fmt: skip
        assert 404 == Client().get(address).status_code

    def test_of_everybody_stand_on_the_rotas_page(self, tom, mara, lived):
        """Whoever works for the provider finds the rota's address; an administrator makes another one; its twin keeps it."""
        [address] = re.findall(r"http://localhost:8000(/on-call/calendar/\S+?\.ics)", tom.get(ROTA).content.decode())
        before = Client().get(address)
        refused = tom.post(f"{ROTA}/calendar", {})
        still = Client().get(address)
        mara.post(f"{ROTA}/calendar", {})

        assert b"SUMMARY:Tom Okafor: Nights" in before.content
        assert (403, 200, 404) == (refused.status_code, still.status_code, Client().get(address).status_code)
        assert b"/on-call/calendar/" not in tom.get(f"{ROTA}.json").content

    def test_of_a_customers_person_there_are_none(self, lived, db):
        """A customer's person is never paged, and learns of nothing here."""
        assert 404 == sign_in(lived.people["lena"]).post(WAYS, {"kind": "mail", "address": "x@y.example"}).status_code
