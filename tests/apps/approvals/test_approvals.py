"""What one person proposes, a second one confirms: once, with names, and by nobody else's leave."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from upheld.apps.approvals import queries, services
from upheld.apps.approvals.models import Approval
from upheld.core.timeline import MINUTE, Instant

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-02-14T12:00Z")
LATER = NOON + MINUTE


def propose(**changes: object) -> Approval:
    given = {
        "kind": "correction", "subject": "K-1", "agreement": "acorn-harbour", "content": {"amount": "EUR 5.00"},
        "because": "the outage was longer", "by": "ada@provider", "at": NOON, **changes,
    }  # fmt: skip
    return services.propose(**given)  # type: ignore[arg-type]


class TestPropose:
    def test_waits_for_a_second_person(self) -> None:
        """Nothing is decided by a proposal alone."""
        proposed = propose()

        assert [proposed] == queries.list_waiting()
        assert (True, "A-") == (proposed.is_open, proposed.name[:2])

    def test_of_the_same_again_is_the_one_that_waits(self) -> None:
        """Whoever does not know whether a proposal arrived may repeat it."""
        assert propose() == propose(at=LATER)

    @pytest.mark.parametrize("change", [{"content": {"amount": "EUR 6.00"}}, {"by": "bob@provider"}, {"because": "other"}])
    def test_of_something_else_for_the_subject_is_told_who_waits(self, change: dict[str, object]) -> None:
        """Two proposals for one subject never wait beside each other."""
        propose()

        with pytest.raises(services.AlreadyProposed, match="proposed by ada@provider"):
            propose(**change)

    def test_without_a_reason_is_refused(self) -> None:
        """A second person decides by the reason."""
        with pytest.raises(services.NoReason):
            propose(because=" ")

    def test_follows_one_that_was_refused(self) -> None:
        """After a refusal the subject is free again; the refused proposal is kept."""
        first = services.refuse(approval=propose(), by="bob@provider", at=LATER, because="too much")

        second = propose(at=LATER)

        assert [second, first] == queries.list_approvals(subject="K-1")


class TestConfirm:
    def test_is_a_second_persons(self) -> None:
        """Who confirmed, and when, stands beside who proposed."""
        done = services.confirm(approval=propose(), by="bob@provider", at=LATER)

        assert ("ada@provider", "bob@provider", LATER.utc()) == (done.proposed_by, done.confirmed_by, done.confirmed_at)
        assert [] == queries.list_waiting()

    def test_by_the_first_person_is_refused(self) -> None:
        """One person is not two."""
        with pytest.raises(services.SamePerson, match="a second person has to confirm"):
            services.confirm(approval=propose(), by="ada@provider", at=LATER)

    def test_twice_is_refused(self) -> None:
        """What was decided is not decided again, whichever way."""
        proposed = propose()
        services.confirm(approval=proposed, by="bob@provider", at=LATER)

        with pytest.raises(services.AlreadyDecided, match="was confirmed by bob@provider"):
            services.confirm(approval=proposed, by="cyd@provider", at=LATER)
        with pytest.raises(services.AlreadyDecided, match="was confirmed by bob@provider"):
            services.refuse(approval=proposed, by="cyd@provider", at=LATER, because="late")

    @given(first=st.text(alphabet="ab", min_size=1, max_size=3), second=st.text(alphabet="ab", min_size=1, max_size=3))
    def test_holds_in_the_database_whoever_writes(self, first: str, second: str) -> None:
        """A row with one name twice cannot be written, also past the service; any two different names can."""
        with transaction.atomic():
            row = propose(by=first, subject=f"{first}+{second}")
            rows = Approval.objects.filter(pk=row.pk)
            if first == second:
                with pytest.raises(IntegrityError), transaction.atomic():
                    rows.update(confirmed_by=second, confirmed_at=LATER.utc())
            else:
                assert 1 == rows.update(confirmed_by=second, confirmed_at=LATER.utc())
            transaction.set_rollback(True)


class TestRefuse:
    def test_may_be_by_the_first_person_with_a_reason(self) -> None:
        """Whoever proposed may take it back; the reason stays."""
        done = services.refuse(approval=propose(), by="ada@provider", at=LATER, because="mistyped")

        assert ("ada@provider", "mistyped", False) == (done.refused_by, done.refused_because, done.is_open)

    def test_without_a_reason_is_refused(self) -> None:
        """Nothing is refused silently."""
        with pytest.raises(services.NoReason, match="say why"):
            services.refuse(approval=propose(), by="bob@provider", at=LATER, because="")


class TestQueries:
    def test_lists_by_kind_and_agreement_the_longest_waiting_first(self) -> None:
        """Whoever confirms sees what waits longest first, of the kinds that concern them."""
        late = propose(subject="K-2", at=LATER)
        early = propose()
        propose(kind="terms", subject="monthly-price")

        assert [early, late] == queries.list_waiting(kinds=("correction",), agreement="acorn-harbour")
        assert [] == queries.list_waiting(agreement="birch-harbour")

    def test_counts_what_a_person_may_confirm(self) -> None:
        """One's own proposals wait for somebody else."""
        propose()

        assert (1, 0, 1) == (
            queries.count_waiting(),
            queries.count_waiting(for_person="ada@provider"),
            queries.count_waiting(for_person="bob@provider"),
        )

    def test_finds_what_waits_for_a_subject(self) -> None:
        """A page that offers the deed shows instead who proposed it."""
        waiting = propose()

        assert waiting == queries.waiting_for(kind="correction", subject="K-1", agreement="acorn-harbour")
        assert None is queries.waiting_for(kind="correction", subject="K-1")

    @pytest.mark.parametrize("name", ["A-99", "A-", "A-1x", "7", "A-" + "9" * 40])
    def test_of_an_unknown_name_is_told_so(self, name: str) -> None:
        """A name that nothing has is answered with a sentence."""
        with pytest.raises(queries.UnknownApproval, match="no proposal is called"):
            queries.approval(name)

    def test_finds_one_by_its_name(self) -> None:
        """The name that a person read leads to the row."""
        assert (proposed := propose()) == queries.approval(proposed.name)
