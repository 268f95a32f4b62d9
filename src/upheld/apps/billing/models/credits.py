"""Rows of credits: what is owed for what went wrong, and where it stands. The judge finds; people decide; rows remember."""

import re
from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models.claims import Claim
from upheld.apps.billing.models.invoices import Invoice
from upheld.core.money import Money
from upheld.core.timeline import Instant, Span

OPEN_STATES = ("proposed", "claimed")
GIVEN_STATES = ("granted", "applied")
STATES = (*OPEN_STATES, *GIVEN_STATES, "refused", "lapsed", "withdrawn")
RIGHT, DISCRETION, CORRECTION = "right", "discretion", "correction"
TIMES = ("hours", "days", "months")
TIME = re.compile(r"\s*([+−-]?)\s*([0-9]{1,6}(?:[./][0-9]{1,6})?)\s+(hour|day|month)s?\s*")


class Credit(models.Model):
    """
    One credit of one period: by `right`, at the provider's `discretion`, or a `correction` of a decided one.

    `credit` is the rule's name in the agreement, `promise` the one of several that it is for, `subject` what of the period
    (an outage, a ticket; empty: all of it). `turn` counts the corrections of one credit; it is 0 for the credit itself.
    """

    number = models.PositiveIntegerField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="credits")
    credit = models.CharField(max_length=100)
    promise = models.CharField(max_length=100, blank=True)
    period_from_at = models.DateTimeField()
    period_to_at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200, blank=True)
    turn = models.PositiveIntegerField(default=0)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    state = models.CharField(max_length=20, default="proposed")
    amount = models.CharField(max_length=100)
    """As decided, or as found while it is not: `EUR 72.00`, `3 days`; empty where the agreement leaves it undefined."""
    found = models.CharField(max_length=100)
    """What the judge finds now. Where a decided credit differs, a correction puts it right."""
    reason = models.TextField()
    clauses = models.JSONField(default=list)
    paid = models.CharField(max_length=200, blank=True)
    """Where it is paid, in the agreement's words."""
    offsets = models.CharField(max_length=200, blank=True)
    needs_claim = models.BooleanField(default=False)
    claim_by_at = models.DateTimeField(null=True)
    """The instant before which it has to be claimed, where the agreement names one."""
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="credits")
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    """The second person, where one is needed."""
    decided_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="credits")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "billing_credit"
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["agreement", "credit", "promise", "period_from_at", "kind", "subject", "turn"],
                name="one_credit_for_each_clause_period_and_subject",
            ),
            CheckConstraint(condition=Q(state__in=STATES), name="a_credit_stands_somewhere"),
            CheckConstraint(condition=Q(period_to_at__gt=F("period_from_at")), name="a_credit_has_a_period"),
            CheckConstraint(
                condition=~Q(state__in=(*GIVEN_STATES, "refused"))
                | (Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(because="")),
                name="a_decided_credit_has_a_person_a_time_and_a_reason",
            ),
            CheckConstraint(
                condition=Q(kind=RIGHT) | ~Q(state__in=GIVEN_STATES) | ~Q(confirmed_by=""),
                name="discretion_and_corrections_need_two",
            ),
            CheckConstraint(
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("decided_by")), name="who_confirms_a_credit_is_another"
            ),
            CheckConstraint(
                condition=Q(state="applied", invoice__isnull=False, applied_at__isnull=False)
                | (~Q(state="applied") & Q(invoice__isnull=True, applied_at__isnull=True)),
                name="an_applied_credit_has_its_invoice",
            ),
            CheckConstraint(
                condition=Q(kind=CORRECTION, corrects__isnull=False, turn__gt=0)
                | (~Q(kind=CORRECTION) & Q(corrects__isnull=True, turn=0)),
                name="a_correction_corrects_a_credit",
            ),
        ]  # fmt: skip

    @property
    def name(self) -> str:
        """How people call it: `CR-1`."""
        return f"CR-{self.number}"

    @property
    def rule(self) -> str:
        """The name of its finding: `credits/tenfold`."""
        return f"credits/{self.credit}{f'/{self.promise}' if self.promise else ''}"

    @property
    def period(self) -> Span:
        return Span(Instant.of(self.period_from_at), Instant.of(self.period_to_at))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_given(self) -> bool:
        return self.state in GIVEN_STATES

    @property
    def money(self) -> Money | None:
        """None for time, and where the agreement leaves it undefined."""
        return read_money(self.amount)


class Application(models.Model):
    """
    A part of a granted credit, or all of it, that an invoice took off; the same as its fact in the ledger.

    What is left waits for the next invoice. Credits that were taken off whole before there were parts have none.
    """

    credit = models.ForeignKey(Credit, on_delete=models.PROTECT, related_name="applications")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="applications")
    amount = models.CharField(max_length=100)
    applied_at = models.DateTimeField()
    fact_id = models.CharField(max_length=200)

    class Meta:
        db_table = "billing_application"
        constraints: ClassVar = [
            UniqueConstraint(fields=["credit", "invoice"], name="an_invoice_takes_a_credit_off_once"),
            UniqueConstraint(fields=["credit", "fact_id"], name="an_application_has_its_own_fact"),
        ]


class Look(models.Model):
    """How much of a ledger was known when the credits of a period were last looked for."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="looks")
    period_from_at = models.DateTimeField()
    size = models.BigIntegerField()
    looked_at = models.DateTimeField()

    class Meta:
        db_table = "billing_look"
        constraints: ClassVar = [
            UniqueConstraint(fields=["agreement", "period_from_at"], name="each_period_is_looked_at_in_one_row")
        ]


def read_money(written: str) -> Money | None:
    is_money = bool(written) and written.rpartition(" ")[2] not in TIMES
    return Money.parse(written) if is_money else None


def read_amount(written: str) -> Fraction | None:
    """The exact number of an amount in money or time; None where it is undefined."""
    if not written:
        return None
    money = read_money(written)
    return money.amount if money else Fraction(written.partition(" ")[0])


def read_time(written: str) -> str | None:
    """Time as a person writes it, `-2 days` or `1 hour`, as rows keep it; None for what is no time."""
    found = TIME.fullmatch(written)
    if found is None or found[2].endswith("/0"):
        return None
    return write_amount(Fraction(found[2]) * (-1 if found[1] in ("-", "−") else 1), f"{found[3]}s")


def write_amount(amount: Fraction | None, measure: str) -> str:
    """`EUR 72.00`, `3 days`, `7/2 hours`; nothing where it is undefined."""
    if amount is None:
        return ""
    return f"{amount} {measure}" if measure in TIMES else str(Money(amount, measure))
