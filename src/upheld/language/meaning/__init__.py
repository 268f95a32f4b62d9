"""Problems of meaning: what every word allows, and no agreement should say."""

from upheld.core.timeline import Instant
from upheld.language.meaning.availability import check_availability
from upheld.language.meaning.bands import check_bands
from upheld.language.meaning.cases import check_cases
from upheld.language.meaning.causes import check_causes
from upheld.language.meaning.channels import check_channels
from upheld.language.meaning.clocks import check_clocks
from upheld.language.meaning.conditions import check_conditions
from upheld.language.meaning.credits import check_credits
from upheld.language.meaning.dates import check_dates
from upheld.language.meaning.definitions import check_definitions
from upheld.language.meaning.fees import check_fees
from upheld.language.meaning.hours import check_hours
from upheld.language.meaning.maintenance import check_maintenance
from upheld.language.meaning.readings import check_readings
from upheld.language.meaning.services import check_services
from upheld.language.meaning.spans import check_spans
from upheld.language.meaning.subject import Subject
from upheld.language.meaning.unused import check_unused
from upheld.language.merge import Merged
from upheld.language.problem import Problems
from upheld.language.prose import Pages


def check_meaning(merged: Merged, pages: Pages, used: dict[str, set[str]], as_of: Instant, problems: Problems) -> None:
    """All of them. Where a fence could not be read, what is missing is not searched for."""
    subject = Subject(merged, pages, used, problems)
    check_dates(subject, as_of)
    check_readings(subject)
    check_hours(subject)
    check_causes(subject)
    check_maintenance(subject)
    check_availability(subject)
    check_bands(subject)
    check_credits(subject)
    check_fees(subject)
    check_clocks(subject)
    check_spans(subject)
    check_services(subject)
    check_channels(subject)
    check_cases(subject)
    if not merged.broken:
        check_conditions(subject)
        check_definitions(subject)
        check_unused(subject)


__all__ = ["check_meaning"]
