"""How many samples a period's seals owe, and how many are kept: beside the figures, never inside what was signed."""

from upheld.apps.agreements.models import Agreement
from upheld.apps.ledger.queries import facts_of
from upheld.core.availability.samples import SampleAccount, account_samples
from upheld.core.facts import FactCorrected, NotMeasured, ObservationsSealed, known_at, of_kind
from upheld.core.timeline import Instant, Span


def samples_of(agreement: Agreement, span: Span, as_of: Instant) -> list[SampleAccount]:
    """
    The account of each component that was sealed in a period, by its name, as the ledger knew it at `as_of`.

    Only seals that lie in the period whole are counted. An account with `missing` samples is one of which some were left
    out, or never taken without anybody saying so.
    """
    kinds = (ObservationsSealed, NotMeasured, FactCorrected)
    facts = known_at(facts_of(agreement.key, as_of=as_of, kinds=kinds), as_of)
    components = sorted({seal.component for seal in of_kind(facts, ObservationsSealed)})
    accounts = [account_samples(component, facts, span) for component in components]
    return [account for account in accounts if account.sealed.spans]
