"""Two people with the same code: one becomes the administrator."""

import threading

import pytest
from django.db import connections
from django.test import Client

from upheld.apps.parties.models import User
from upheld.apps.parties.services import offer_setup


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one():
    """Both have the code from the log and send at the same moment: one is named, the other is told."""
    code, start = offer_setup(), threading.Barrier(2)
    answers = []

    def send(email):
        start.wait()
        try:
            answers.append(send_form(code, email).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(f"{name}@example.org",)) for name in ("mara", "mallory")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [303, 404] == sorted(answers)
    assert 1 == User.objects.count()


def send_form(code, email):
    form = {"code": code, "person": "Mara Ellis", "email": email, "password": "a long enough password"}
    return Client().post("/set-up", form)
