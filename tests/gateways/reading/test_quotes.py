"""The quoted rest is cut where it is plain to see, and nowhere else."""

import pytest

from upheld.gateways.reading.quotes import cut_quoted_rest

HEADS = "From: Support <s@example.com>\nSent: Tuesday, 3 February 2026 09:15\nTo: Anna\nSubject: down"


@pytest.mark.parametrize(
    "rest",
    [
        "On Tue, Feb 3, 2026 at 9:15 AM Support <s@example.com> wrote:\n> old\n> older",
        "On Tue, Feb 3, 2026 at 9:15 AM Support\n<s@example.com> wrote:\n\n> old\n>> older\n",
        "Am 03.02.26 um 09:15 schrieb Support:\n> alt",
        "Le 3 févr. 2026 à 09:15, Support a écrit :\n> vieux",
        "> old\n> older",
        HEADS + "\n\nold",
        "-----Original Message-----\n" + HEADS + "\n\nold",
        "________________________________\n" + HEADS + "\n\nold",
        "*From:* Support <s@example.com>\n*Sent:* Tuesday\n*To:* Anna\n*Subject:* down\n\nold",
        "Von: Support\nGesendet: Dienstag, 3. Februar 2026\nAn: Anna\nBetreff: down\n\nalt",
        "De : Support\nEnvoyé : mardi 3 février 2026\nÀ : Anna\nObjet : down\n\nvieux",
        "发件人：Support\n发送时间：2026年2月3日\n收件人：Anna\n主题：down\n\nold",
        "Date: Thu, 26 Jun 2014 13:53:45 +0400\nSubject: down\nFrom: s@example.com\nTo: a@example.org\n\nold",
        "差出人: Support\n送信日時: 2026年2月3日\n宛先: Anna\n件名: down\n\nold",
    ],
)
def test_the_rest_is_cut(rest):
    """As mailers of many kinds and languages put it."""
    assert "It is down.\nPlease look." == cut_quoted_rest(f"It is down.\nPlease look.\n\n{rest}")


@pytest.mark.parametrize(
    "text",
    [
        "It is down.",
        "> old\n\nIt is up again.",
        "On Tue, Feb 3 Support wrote:\n> is it down?\nyes\n> since when?\nnoon",
        "> only\n> old",
        "I wrote to you on 3 Feb:\nnobody answered.",
        "From: the start it was slow.\nIt is still slow.",
        "From: here\nTo: there, it takes long.\nThanks",
        "See below:\nfirst\nsecond",
        "",
    ],
)
def test_in_doubt_the_whole_is_new(text):
    """Answers between or below the quotation, a quotation alone, and sentences that look a little like one."""
    assert text == cut_quoted_rest(text)


@pytest.mark.parametrize("subject", ["Fwd: down", "FW: down", "WG: down", "[T-7] Fwd: down"])
def test_a_forwarded_mail_is_whole(subject):
    """What is forwarded is what it has to say."""
    text = f"fyi\n\n{HEADS}\n\nour shop is down"

    assert text == cut_quoted_rest(text, subject)


def test_a_signature_below_the_quotation_leaves_all():
    """Nothing is known of what stands below; so nothing is cut."""
    text = "yes\n\n> old\n\n-- \nAnna"

    assert text == cut_quoted_rest(text)
