"""One at a time for each agreement: facts that are counted by their names need turns."""

from upheld.apps.agreements.models import Agreement


def hold_agreement(agreement: Agreement) -> None:
    """Until the caller's transaction ends nobody else names the next fact of this agreement."""
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
