"""Another version of a text: kept where it has no errors, compared, proposed, binding once a second person confirms."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, problems_on, read
from upheld.apps.agreements.queries import agreement, list_versions, version_at
from upheld.apps.approvals.queries import list_waiting
from upheld.apps.ledger.queries import facts_of, verify_ledger
from upheld.apps.oncall.models import Message
from upheld.core.facts import AgreementSigned, of_kind
from upheld.core.timeline import Instant

pytestmark = pytest.mark.django_db

TEXT = (cast.AGREEMENTS / "teamplify.md").read_text(encoding="utf-8")
NEXT = TEXT.replace("  version: 2023-01\n", "  version: 2026-10\n", 1)
OCTOBER = Instant.parse("2026-10-01T00:00Z")
CHANGE = f"/terms/{cast.ACORN}/2026-10"
PROPOSAL = {"from_at": str(OCTOBER), "because": "as agreed in September"}


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Any) -> None:
    settings.UPHELD_KEYS = tmp_path / "keys"


def hand_over(client: Any, text: str) -> Any:
    return client.post("/terms", {"file": SimpleUploadedFile("teamplify.md", text.encode())})


class TestKeeping:
    def test_a_clean_text_is_kept_and_binds_nobody(self, tom: Any) -> None:
        """It can be compared from then on."""
        assert 303 == hand_over(tom, NEXT).status_code
        assert ["2023-01", "2026-10"] == [row.version for row in list_versions()]
        assert "Compare with 2026-10" in plain(read(tom.get("/terms")))
        assert "2023-01" == version_at(agreement(cast.ACORN), OCTOBER).version

    def test_a_text_with_errors_is_not_kept(self, tom: Any) -> None:
        """What upheld check finds is said at the field; nor other words under a version that is kept."""
        wrong = hand_over(tom, NEXT.replace("target: at least 99.5 %", "target: 99.5 %"))
        other = hand_over(tom, TEXT.replace("Teamplify", "Teamplifier", 1))

        assert (422, 422) == (wrong.status_code, other.status_code)
        assert problems_on(wrong)
        assert "give the changed text a version of its own" in plain(read(other))
        assert 1 == len(list_versions())


class TestChanging:
    def test_takes_two_persons(self, tom: Any, mara: Any) -> None:
        """The second one sees what changes; then it binds from the beginning of the period, and the ledger says so."""
        hand_over(tom, NEXT)
        assert 303 == tom.post(CHANGE, PROPOSAL).status_code
        name = list_waiting()[0].name

        assert 409 == tom.post(f"/approvals/{name}/confirm").status_code
        assert "What changes" in plain(read(mara.get("/approvals")))
        assert 303 == mara.post(f"/approvals/{name}/confirm").status_code
        bound = agreement(cast.ACORN)
        assert ("2023-01", "2026-10") == (version_at(bound, cast.NOW).version, version_at(bound, OCTOBER).version)
        told = of_kind(facts_of(cast.ACORN), AgreementSigned)[-1]
        assert ("2026-10", OCTOBER) == (told.version, told.occurred_at)
        assert [] == verify_ledger(cast.ACORN)
        [mail] = Message.objects.filter(key__contains="amended-1")
        assert "version 2026-10 applies from 1 Oct 2026 on" in mail.subject
        assert "as agreed in September" in mail.body

    def test_is_seen_by_the_customer_before_it_applies(self, tom: Any, mara: Any, lena: Any) -> None:
        """The page of the version that will bind is theirs to read; of one that binds nobody, nothing is said."""
        hand_over(tom, NEXT)
        before = lena.get("/portal/agreements/teamplify/2026-10").status_code
        tom.post(CHANGE, PROPOSAL)
        mara.post(f"/approvals/{list_waiting()[0].name}/confirm")

        assert (404, 200) == (before, lena.get("/portal/agreements/teamplify/2026-10").status_code)

    def test_is_compared(self, tom: Any) -> None:
        """Each changed clause with both readings, each changed value at its place."""
        faults, rule = "from security faults, viruses", "is: interruption that protects the service"
        hand_over(tom, NEXT.replace(faults, f"{faults}, fire").replace(rule, f"{rule}s"))
        answer = tom.get(CHANGE)

        said = plain(read(answer))
        assert "Version 2026-10 instead of 2023-01" == heading(answer)
        assert "1 clause reads otherwise, 1 value differs" in said
        assert "TP-17" in said
        assert "Before: interruption that protects the service" in said
        assert "Then: interruption that protects the services" in said
        assert "maintenance/protective/is" in said

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"because": ""}, "because", "Say why"),
            ({"from_at": "2026-10-02T00:00Z"}, "from_at", "not the beginning of a period"),
            ({"from_at": "2026-08-01T00:00Z"}, "from_at", "not ahead"),
            ({"from_at": "soon"}, "from_at", "soon"),
        ],
    )
    def test_is_refused_at_its_field(self, tom: Any, change: dict[str, str], field: str, words: str) -> None:
        """Nothing waits then."""
        hand_over(tom, NEXT)
        answer = tom.post(CHANGE, {**PROPOSAL, **change})

        assert 422 == answer.status_code
        assert [(f"#f-{field}", True)] == [(place, words in said) for place, said in problems_on(answer)]
        assert [] == list_waiting()

    def test_is_not_proposed_by_way_of_the_general_form(self, tom: Any) -> None:
        """There nobody would have seen what changes."""
        sent = {"kind": "terms", "agreement": cast.ACORN, "subject": "2026-10", "because": "x"}

        assert 400 == tom.post("/approvals", sent).status_code
        assert [] == list_waiting()
