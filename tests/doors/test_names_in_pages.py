"""Pages show names where facts have marks; what is a fact's own bytes, or goes back in a form, keeps the mark."""

import pytest
from django.contrib.auth.models import AnonymousUser

from upheld.apps.parties.models import Mark, Role
from upheld.apps.parties.services import add_customer, add_user, mark_of
from upheld.core.timeline import Instant
from upheld.doors.answering import name_people

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-02-14T12:00Z")


@pytest.fixture
def ada():
    return add_user(
        email="ada@example.org", name="Ada <Lovelace>", role=Role.STAFF, password="walnut-harbour-41", at=NOON
    )  # fmt: skip


def test_names_stand_in_what_is_read(ada):
    """Escaped, as every text that somebody typed."""
    mark = mark_of("eve@acorn.example")
    page = f"<p>by person-{ada.pk}, to {mark}</p><td>5 &lt; 6, person-{ada.pk}</td>"

    shown = name_people(page, ada)
    assert "<p>by Ada &lt;Lovelace&gt;, to eve@acorn.example</p><td>5 &lt; 6, Ada &lt;Lovelace&gt;</td>" == shown


@pytest.mark.parametrize(
    "kept",
    ["<code>{}</code>", "<pre>{}</pre>", "<textarea>{}</textarea>", '<input value="{}">', '<a href="/of/{}">it</a>'],
)
def test_marks_stay_where_bytes_count(ada, kept):
    """Canonical bytes, fields, addresses."""
    page = kept.format(f"person-{ada.pk}")

    assert page == name_people(page, ada)


def test_nobody_is_said_to_be_erased_who_never_was(ada):
    """A number without a person stays; a mark without its row says so."""
    mark = mark_of("eve@acorn.example")
    Mark.objects.all().delete()

    assert "<p>person-99999 a person since erased</p>" == name_people(f"<p>person-99999 {mark}</p>", ada)


def test_a_customer_learns_of_nobody_by_typing_numbers(ada):
    """Their own people are named; ours, and those of others, stay numbers. Nobody is named to who has not signed in."""
    acorn, birch = (add_customer(slug=slug, name=slug.title()) for slug in ("acorn", "birch"))
    eve, own, other = (
        add_user(
            email=f"{name}@c.example", name=name.title(), role=Role.CUSTOMER, password="walnut-harbour-41", at=NOON,
            customer=customer,
        )
        for name, customer in (("eve", acorn), ("own", acorn), ("other", birch))
    )  # fmt: skip
    page = f"<p>person-{ada.pk} person-{own.pk} person-{other.pk}</p>"

    assert f"<p>person-{ada.pk} Own person-{other.pk}</p>" == name_people(page, eve)
    assert page == name_people(page, AnonymousUser())
