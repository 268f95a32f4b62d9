"""What the application states, as its customer computes it, is what the judge makes of the same story told as facts."""

import json
from functools import lru_cache
from pathlib import Path

import pytest

from tests.apps.desk.ground import shipped
from tools.cases import besides, claims, credits, maintenance, outages
from tools.cases.__main__ import run
from tools.cases.kept import list_translators, refused_aloud
from tools.cases.kept_outages import CannotTell
from tools.cases.question import Agreement, Question

pytestmark = pytest.mark.django_db(transaction=True)

JUDGE = {
    "availability": outages.availability,
    "maintenance-class": maintenance.maintenance,
    "credit-tenfold": credits.credit,
    "credit-prorated": credits.prorated,
    "compensation": credits.compensation,
    "claim-tenfold": claims.claim,
    "access": besides.access,
    "review": besides.review,
    "version": besides.version,
}
OWN = {"start": "2025-06-11T06:00Z", "end": "2025-06-11T14:00Z", "cause": "own"}
OWN_THEN_ABROAD = [OWN, {"start": "2025-06-11T10:00Z", "end": "2025-06-11T18:00Z", "cause": "force-majeure"}]
ABROAD = {"start": "2025-06-12T06:00Z", "end": "2025-06-12T06:30:07Z", "cause": "force-majeure"}
IN_WINDOW = {"start": "2025-06-14T20:00Z", "end": "2025-06-14T22:30Z", "cause": "maintenance"}
WINDOW = {
    "id": "m1", "kind": "scheduled", "announced": "2025-06-02T09:00Z", "start": "2025-06-14T20:00Z",
    "end": "2025-06-14T22:00Z",
}  # fmt: skip
DETAILS = ["functional areas", "date and time", "usernames and emails", "estimated minutes", "ticket number"]
CLAIM = {
    "interruption_end": "2025-06-11T13:00Z", "ticket_at": "2025-06-11T14:00Z", "claim_at": "2025-06-12T10:00Z",
    "overdue": False, "details": DETAILS, "availability_met": False, "cause": "own",
}  # fmt: skip
NGINX = {"start": "2025-06-10T10:00Z", "end": "2025-06-10T17:12Z", "cause": "software", "software": "Nginx"}
ASKED = {"channel": "ticket", "contains": ["what was missed", "reason for negligence", "request for credit"]}
CASES = [
    ("teamplify", "availability", {"period": "2025-06", "outages": [OWN, ABROAD, IN_WINDOW], "maintenance": [WINDOW]}),
    ("teamplify", "availability", {"period": "2025-06", "outages": OWN_THEN_ABROAD}),
    ("teamplify", "credit-tenfold", {"period": "2025-06", "monthly_price": "444.40", "outages": [OWN]}),
    ("teamplify", "claim-tenfold", CLAIM),
    ("teamplify", "claim-tenfold", {**CLAIM, "overdue": True, "details": DETAILS[1:], "cause": "outside-control"}),
    ("teamplify", "claim-tenfold", {**CLAIM, "ticket_at": None, "claim_at": "2025-06-19T00:00Z"}),
    ("teamplify", "maintenance-class", {**WINDOW, "announced": "2025-06-06T00:00Z"}),
    ("code-enigma", "credit-prorated", {"period": "2025-06", "fee": "250.00", "outages": [NGINX], "claim": ASKED}),
    (
        "code-enigma",
        "credit-prorated",
        {"period": "2025-06", "fee": "99.99", "claim": {**ASKED, "channel": "phone"},
         "outages": [{**NGINX, "software": "something else"}]},
    ),
    (
        "funnelflux",
        "compensation",
        {"plan_price": "99.00", "outages": [
            {"start": "2025-06-30T12:00Z", "end": "2025-07-01T01:59:59Z", "cause": "own-software"},
            {"start": "2025-07-05T02:00Z", "end": "2025-07-05T23:00Z", "cause": "server-software"},
        ]},
    ),
    ("funnelflux", "access", {"who": "staff", "what": "application ui", "support_user": True}),
    ("funnelflux", "access", {"who": "staff", "what": "database contents", "purpose": "support", "ticket": "T-1"}),
    ("redtrack", "review", {"next": "2024-11-19", "today": "2024-11-20"}),
    ("teamplify", "version", {"versions": ["2022-03-01", "2023-01-13"], "signed": "2023-01-12"}),
    ("teamplify", "version", {"versions": ["2022-03-01", "2023-01-13"], "signed": "2023-01-13"}),
    ("redtrack", "availability", {"period": "2025-05", "outages": [{**OWN, "component": "tracking"}]}),
    ("flosum", "availability", {"period": "2025-03", "deployment": "hosted", "outages": []}),
]  # fmt: skip


@lru_cache
def agreement(name: str) -> Agreement:
    checked = shipped(name)
    assert checked.document is not None
    return Agreement(checked.document, checked.calendars)


@pytest.mark.parametrize(("name", "kind", "given"), CASES)
def test_the_application_states_what_the_judge_says(name, kind, given):
    """Seen, planned, assigned, claimed and asked by services; issued, bundled, and computed again from the bundle."""
    question = Question(agreement(name), given, {})

    assert JUDGE[kind](question) == list_translators()[kind](question)


def test_what_the_application_cannot_do_fails_with_its_reason(tmp_path, capsys):
    """A supplier's notice has no deed yet: no figure is passed over."""
    told = {**WINDOW, "vendor_notice": "2025-06-01T09:00Z"}
    case = {
        "id": "X-1", "contract": "teamplify", "kind": "maintenance-class", "input": told,
        "expected": {"classified": "scheduled", "earliest": None}, "derivation": "",
    }  # fmt: skip
    (tmp_path / "cases.json").write_text(json.dumps([case]))
    agreements = Path(__file__).parents[3] / "agreements"

    assert 1 == run(tmp_path, agreements, {"maintenance-class": list_translators()["maintenance-class"]})
    assert "CannotTell: a supplier's notice of the work behind a window" in capsys.readouterr().out


def test_a_mistake_of_the_runner_is_not_swallowed():
    """Only refusals become figures."""

    def broken(question: Question) -> dict[str, str]:
        raise TypeError("a mistake")

    def refusing(question: Question) -> dict[str, str]:
        raise CannotTell("no deed")

    question = Question(agreement("flosum"), {}, {})
    with pytest.raises(TypeError, match="a mistake"):
        refused_aloud(broken)(question)
    assert "CannotTell: no deed" == refused_aloud(refusing)(question)["pct"]
