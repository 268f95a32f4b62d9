"""Each page from real rows: its heading answers, its figures are the judge's, its twin says the same."""

import json
from dataclasses import replace

import pytest

from tests.apps.desk import ground
from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read, with_class
from upheld.apps.desk.services import Report, Sender, hold_ticket
from upheld.apps.ledger.queries import prove_inclusion
from upheld.core.proof import leaf_hash, verify_inclusion
from upheld.core.timeline import MINUTE
from upheld.doors import asking
from upheld.doors.shown.agreements import tell_check
from upheld.language import check
from upheld.language.problem import Problem

pytestmark = pytest.mark.django_db

SERVICE = "/services/teamplify/acorn-legal"
STATEMENT = "/statements/acorn-legal/teamplify/2026-07"
EDITION = "/agreements/teamplify/2023-01"
PAGES = [
    "/now", "/services", SERVICE, "/outages", "/outages/O-3", "/outages/O-1", "/maintenance", "/maintenance/plan",
    "/maintenance/M-1", "/agreements", EDITION, f"{EDITION}/parts/4", f"{EDITION}/readings/part-period", "/statements",
    STATEMENT, f"{STATEMENT}/2", "/facts",
    "/facts/acorn-legal-teamplify/3", "/people", "/settings", "/why/acorn-legal-teamplify/2026-08/availability/uptime",
]  # fmt: skip


class TestEveryPage:
    @pytest.mark.parametrize("place", PAGES)
    def test_is_well_formed_and_has_one_heading(self, place, mara):
        """Read as strictly as no browser does."""
        answer = mara.get(place)

        assert 200 == answer.status_code
        assert heading(answer)

    @pytest.mark.parametrize("place", [page for page in PAGES if page != STATEMENT])
    def test_has_a_twin_with_the_same_heading(self, place, mara):
        """The figures under `.json` are those of the page; nothing in it is a float."""
        twin = mara.get(f"{place}.json")
        told = json.loads(twin.content, parse_float=lambda text: pytest.fail(f"{text} is a float"))

        assert "application/json; charset=utf-8" == twin["Content-Type"]
        assert heading(mara.get(place)) == " ".join(told["heading"].replace("\u00a0", " ").split())

    @pytest.mark.parametrize("place", PAGES)
    def test_carries_no_script_and_no_style_of_its_own(self, place, mara):
        """The strict policy would stop them."""
        page = read(mara.get(place))

        assert [each for each in page.find("script") if "src" not in each.attributes] == []
        assert [each for each in page.walk() if "style" in each.attributes or each.name == "style"] == []

    @pytest.mark.parametrize("place", PAGES)
    def test_leads_nowhere_in_vain(self, place, mara):
        """Every link within the console, followed once, is there."""
        links = {link.attributes["href"].partition("#")[0] for link in read(mara.get(place)).find("a")}
        ours = sorted(link for link in links if link.startswith("/") and not link.startswith(("/static/", "/status/")))

        assert [link for link in ours if mara.get(link, follow=True).status_code != 200] == []

    @pytest.mark.parametrize("place", PAGES)
    def test_escapes_what_people_wrote(self, place, mara, lived):
        """A customer's name is text, whatever is in it."""
        customer = lived.agreements["acorn"].customer
        type(customer).objects.filter(pk=customer.pk).update(name='<script>alert("x")</script>')

        assert "<script>alert" not in mara.get(place).content.decode()


class TestAsOf:
    def test_shows_what_was_known_then(self, tom):
        """On 10 August the outage of the 28th had not begun, that of the 4th was over."""
        then = tom.get(f"{SERVICE}?as_of=2026-08-26T12:00Z")

        assert "August can bear 1 h 43 min more" in heading(then)
        assert "O-3" not in then.content.decode()
        assert 'href="/services/teamplify/acorn-legal">Back to now' in then.content.decode()

    def test_keeps_the_rest_of_the_address(self, tom):
        """The way back to now leads to the same period."""
        then = tom.get(f"{SERVICE}?period=2026-07&as_of=2026-08-10T12:00Z").content.decode()

        assert f'href="{SERVICE}?period=2026-07">Back to now' in then

    def test_of_an_outage_in_its_course(self, tom):
        """Seen from when it was recorded, it runs."""
        assert "Down for 12 min; 12 min count so far" == heading(tom.get("/outages/O-3?as_of=2026-08-28T14:50:00Z"))

    def test_before_anything_is_known_there_is_no_page(self, tom):
        """The outage was recorded later than that: nothing is kept of it then."""
        assert 404 == tom.get("/outages/O-3?as_of=2026-08-20T00:00Z").status_code

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("yesterday", "write for instance 2024-02-14T10:00Z"),
            ("2026-08-28T14:50", "write for instance"),
            ("2030-01-01T00:00Z", "expected now or earlier"),
        ],
    )
    def test_that_cannot_be_is_told_in_a_sentence(self, written, said, tom):
        """What was expected, what came, what to write."""
        answer = tom.get("/now", {"as_of": written})

        assert 400 == answer.status_code
        assert said in plain(read(answer))

    def test_offers_no_deeds(self, mara):
        """From the past nothing is done: no form that changes anything stands on the pages."""
        for place in ("/outages/O-3", "/maintenance/M-1", "/people", "/settings", f"{STATEMENT}/2"):
            page = read(mara.get(f"{place}?as_of=2026-08-28T14:50:00Z"))
            sent = {form.attributes.get("action") for form in page.find("form") if form.attributes.get("method") == "post"}
            assert sent <= {"/theme", "/sign-out"}, place

    @pytest.mark.parametrize(
        "place", ["/outages/O-3", "/maintenance/plan", "/maintenance/M-1/start", STATEMENT, "/outages/O-3/approve"]
    )
    def test_takes_no_deeds(self, place, mara):
        """Nor is one taken that is sent there."""
        assert 403 == mara.post(f"{place}?as_of=2026-08-28T14:50:00Z").status_code


class TestNow:
    def test_says_what_costs_money_next(self, tom):
        """91 min 12 s are left of August; with the first moment more 3 full hours become a credit of 100 euros each."""
        answer = tom.get("/now")

        assert "EUR 300.00 can be claimed in 1 h 31 min, at 16:21 UTC, unless Teamplify comes back" == heading(answer)
        assert ["1 outage"] == [plain(bold) for bold in with_class(read(answer), "lede")[0].find("b")]

    def test_says_what_then(self, tom):
        """The next two amounts, each from its instant on, as the judge gives them for that instant."""
        [risk] = tom.get("/now.json").json()["risks"]

        assert [("2026-08-28T16:21:12.000001Z", "EUR 300.00"), ("2026-08-28T16:38:00.000000Z", "EUR 400.00")] == [
            (owed["at"], owed["amount"]["shown"]) for owed in risk["owed"]
        ]

    def test_shows_what_is_at_no_risk(self, tom):
        """Kettle lost nothing: it stands at the end, with what its month can bear."""
        [calm] = tom.get("/now.json").json()["calm"]

        assert ("Teamplify · Kettle Media", "100.0000 %") == (
            calm["promise"]["words"],
            calm["so_far"].replace("\u00a0", " "),
        )

    def test_counts_what_is_open_in_the_navigation(self, tom):
        """For the eye and for the ear."""
        [entry] = [link for link in read(tom.get("/facts")).find("a") if link.attributes.get("data-key") == "n"]

        assert "Now1 outage open" == plain(entry)


class TestNowOfTheDesk:
    def test_names_tickets_that_are_held_or_late(self, tom, monkeypatch):
        """Nothing at risk of the services says nothing of the desk: it has lines of its own, which lead there."""
        calm = plain(read(tom.get("/now")))
        sender = Sender(by="mail:x", shown_as="Joan", address="joan@fenland.example", is_verified=False)
        hold_ticket(way="email", report=Report("It does not work", "Help"), sender=sender, because="nobody", at=cast.NOW)
        monkeypatch.setattr("upheld.interfaces.console.now.count_overdue", lambda as_of: 2)
        page = read(tom.get("/now"))
        links = {plain(link): link.attributes["href"] for link in page.find("a")}

        assert "held until you say whose" not in calm
        assert "/desk?held=held" == links["1 ticket is held until you say whose"]
        assert "/desk" == links["2 tickets are over the promised time"]


class TestWarnings:
    def test_with_warnings_only_have_no_problems(self):
        """A warning is something to look at: it is counted apart and makes no edition wrong."""
        found = check((ground.SHIPPED / "teamplify.md").read_text("utf-8"), as_of=cast.NOW)
        problems = (Problem(1, 1, "", "long", severity="warning"), Problem(2, 1, "", "wrong"))
        told = tell_check(replace(found, problems=problems), "teamplify", ())

        assert (["teamplify.md:1:1: warning: long"], ["teamplify.md:2:1: error: wrong"]) == (
            list(told.warnings), list(told.problems)
        )  # fmt: skip


class TestServices:
    def test_puts_first_what_is_down(self, tom):
        """Whatever is wrong stands above."""
        rows = tom.get("/services.json").json()["rows"]

        assert [("Acorn Legal", "down"), ("Kettle Media", "up")] == [
            (row["agreement"]["customer"], row["state"]) for row in rows
        ]

    def test_notices_that_no_sample_comes(self, tom, monkeypatch):
        """Ten minutes after the last one nothing is known, and nobody says up."""
        monkeypatch.setattr(asking, "now_us", lambda: (cast.NOW + MINUTE * 10).micros)

        states = {row["agreement"]["customer"]: row["state"] for row in tom.get("/services.json").json()["rows"]}
        assert "unknown" == states["Kettle Media"]


class TestService:
    def test_of_a_period_that_is_over_says_what_was_down(self, tom):
        """July is decided."""
        assert "July: 120 min down and counted" == heading(tom.get(f"{SERVICE}?period=2026-07"))

    @pytest.mark.parametrize(
        ("written", "said"), [("2026-13", "names no period"), ("july", "for instance 2026-02"), ("2026-09", "has not begun")]
    )
    def test_of_no_period_is_told_in_a_sentence(self, written, said, tom):
        """With the way it is written."""
        answer = tom.get(SERVICE, {"period": written})

        assert (400, True) == (answer.status_code, said in plain(read(answer)))

    def test_has_its_spans_as_a_table(self, tom):
        """A line for each span, and one for the rest."""
        lines = tom.get(f"{SERVICE}.csv?period=2026-07").content.decode().splitlines()

        assert "from,to,seconds,state,counts as,because,clauses" == lines[0]
        assert "2026-07-23T15:00:00.000000Z,2026-07-23T17:00:00.000000Z,7200,down,down,O-1: own,TP-08" in lines
        assert ["", "", "up", "up", "measured and up", ""] == [*lines[-1].split(",")[:2], *lines[-1].split(",")[3:]]

    def test_of_somebody_elses_agreement_is_nowhere(self, tom):
        """An address that no agreement has."""
        assert [404, 404] == [
            tom.get(f"/services/{place}").status_code for place in ("teamplify/nobody", "flosum/acorn-legal")
        ]


class TestOutages:
    def test_stand_with_the_running_one_first(self, tom):
        """Then the latest."""
        assert ["O-3", "O-2", "O-1"] == [row["name"] for row in tom.get("/outages.json").json()["rows"]]

    def test_go_on_below_a_number(self, tom):
        """By cursor, never by count."""
        assert ["O-1"] == [row["name"] for row in tom.get("/outages.json?before=2").json()["rows"]]

    @pytest.mark.parametrize("name", ["O-99", "O-x", "x"])
    def test_one_that_is_not_there(self, name, tom):
        """Nothing is kept at this address."""
        assert 404 == tom.get(f"/outages/{name}").status_code


class TestFacts:
    def test_are_shown_the_latest_first_and_by_cursor(self, tom):
        """What is older is a link away, and back again."""
        page = tom.get("/facts.json?agreement=acorn-legal-teamplify&before=5").json()

        assert [4, 3, 2, 1, 0] == [row["number"] for row in page["rows"]]
        assert [5, 6] == [
            row["number"] for row in tom.get(page["newer"]["url"].replace("/facts?", "/facts.json?")).json()["rows"]
        ][-1:-3:-1]

    def test_of_one_kind(self, tom):
        """The filter is in the address."""
        page = tom.get("/facts.json?agreement=acorn-legal-teamplify&kind=outage-opened/1").json()

        assert {"outage-opened/1"} == {row["fact"]["type"] for row in page["rows"]}

    @pytest.mark.parametrize("query", ["kind=party", "before=x", "before=-1", "after=²"])
    def test_filters_that_mean_nothing_are_told(self, query, tom):
        """In a sentence with what was expected."""
        assert (400, True) == ((answer := tom.get(f"/facts?{query}")).status_code, "expected" in plain(read(answer)))

    def test_prove_that_they_are_in_the_ledger(self, tom):
        """Leaf, path and head on the page are a proof that anybody can follow."""
        fact = tom.get("/facts/acorn-legal-teamplify/4.json").json()
        proof = [bytes.fromhex(hash_) for hash_ in fact["proof"]]

        assert leaf_hash(fact["canonical"].encode()).hex() == fact["leaf"]
        assert proof == prove_inclusion("acorn-legal-teamplify", 4, fact["head_size"])
        root = bytes.fromhex(fact["head"])
        assert verify_inclusion(bytes.fromhex(fact["leaf"]), 4, fact["head_size"], proof, root) is None

    @pytest.mark.parametrize("place", ["acorn-legal-teamplify/999", "nobody/0"])
    def test_one_that_is_not_there(self, place, tom):
        """Nothing is kept at this address."""
        assert 404 == tom.get(f"/facts/{place}").status_code


class TestAgreements:
    def test_say_whether_every_clause_is_placed(self, tom):
        """From the check of the text that is kept."""
        assert "1 agreement; every clause is placed" == heading(tom.get("/agreements"))

    def test_an_edition_shows_prose_terms_examples_and_readings(self, tom):
        """Side by side, and the readings with the figure that each sense gives in the latest statement."""
        page = tom.get("/agreements/teamplify/2023-01.json").json()
        reading = next(one for one in page["readings"] if one["name"] == "part-period")

        checked = page["checked"]
        assert (70, 70, checked["examples"]) == (checked["clauses"], checked["placed"], checked["examples_right"])
        assert checked["examples"] >= 44
        assert "July 2026 for Acorn Legal: uptime 99.7311 %; tenfold EUR 0.00" == reading["ours"]["figure"]
        assert ["July 2026 for Acorn Legal: uptime 99.3055 %; tenfold EUR 200.00"] == [
            sense["figure"] for sense in reading["others"]
        ]
        part = next(part for part in page["parts"] if any(clause["id"] == "TP-45" for clause in part["clauses"]))
        assert "tenfold:" in part["terms"]

    def test_marks_the_figures_that_the_check_compared(self, tom):
        """In the prose of the clause that is judged."""
        page = read(tom.get("/agreements/teamplify/2023-01"))
        [clause] = [each for each in page.walk() if each.attributes.get("id") == "TP-39"]

        assert "99.5 %" in [plain(mark) for mark in clause.find("mark")]

    def test_an_edition_stays_within_its_budget(self, tom):
        """Forty thousand bytes for seventy clauses, their terms, their examples and their readings."""
        assert len(tom.get(EDITION).content) <= 40_000

    def test_examples_are_told_on_the_page_of_their_part(self, tom):
        """The edition says whether they come out as written, and leads there."""
        part = next(one for one in tom.get(f"{EDITION}.json").json()["parts"] if one["examples"])
        [link, *_] = [link for link in read(tom.get(EDITION)).find("a") if link.attributes["href"] == part["url"]]

        whole = tom.get(link.attributes["href"])

        words = plain(read(whole))
        assert part["heading"] == heading(whole)
        assert all(" ".join(example["title"].split()) in words for example in part["examples"])

    def test_a_reading_has_every_sense_on_its_page(self, tom):
        """With the figure that each would make."""
        page = tom.get(f"{EDITION}/readings/part-period")

        assert "uptime 99.3055 %; tenfold EUR 200.00" in plain(read(page))
        assert page.status_code == 200

    @pytest.mark.parametrize("place", ["parts/0", "parts/99", "readings/nothing"])
    def test_a_place_that_the_edition_does_not_have(self, place, tom):
        assert 404 == tom.get(f"{EDITION}/{place}").status_code

    def test_terms_leave_out_what_stands_elsewhere_on_the_page(self, tom):
        """The questions of readings and the clauses that are not judged yet, each said once; a part by itself says all."""
        page, parts = read(tom.get(EDITION)), tom.get(f"{EDITION}.json").json()["parts"]
        terms = " ".join(plain(block) for block in with_class(page, "terms"))

        shown = [words in terms for words in ("# readings: at their clauses", "we read:", "not yet judged")]
        assert [True, False, False] == shown
        own = next(part["url"] for part in parts if "we read:" in part["terms"])
        assert "we read:" in plain(with_class(read(tom.get(own)), "terms")[0])

    def test_gives_the_text_as_it_was_signed(self, tom):
        """Byte for byte."""
        assert (cast.AGREEMENTS / "teamplify.md").read_bytes() == tom.get("/agreements/teamplify/2023-01/text").content

    def test_an_edition_that_is_not_there(self, tom):
        """Nothing is kept at this address."""
        assert 404 == tom.get("/agreements/teamplify/1999-01").status_code


class TestProblems:
    def test_an_unknown_address_is_told_in_the_design(self, tom):
        """With a way on."""
        page = read(tom.get("/nothing/is/here"))

        assert "Nothing is kept at this address" in plain(page)
        assert ["/now"] == [link.attributes["href"] for link in with_class(page, "btn") if link.name == "a"]

    def test_a_page_that_fails_says_where_the_log_has_it(self, tom, monkeypatch, caplog):
        """Nothing of the failure itself is shown."""
        tom.raise_request_exception = False
        monkeypatch.setattr("upheld.doors.shown.facts.cut_page", lambda *_: 1 / 0)

        answer = tom.get("/facts")

        assert 500 == answer.status_code
        assert "20260828T145000.000000Z" in plain(read(answer))
        assert "ZeroDivision" not in answer.content.decode()

    def test_a_twin_that_is_refused_is_json(self, tom):
        """A program reads the same sentence."""
        answer = tom.get("/outages/O-99.json")

        assert (404, True) == (
            answer.status_code,
            "no outage is called 'O-99'" in answer.json()["problem"].lower().replace("o-99", "O-99"),
        )
