"""Two thousand nasty mails in every run of the tests; `make mail-fuzz N=100000` reads as many as a night bears."""

import pytest

from tests.gateways.reading.bombs import BOMBS
from tests.gateways.reading.fuzz import OURS, find_differences, find_harm, run, write_mails
from tests.gateways.reading.mailers import Sample
from upheld.gateways.reading import Mail, Reader, Unreadable
from upheld.gateways.reading.limits import CPU_SECONDS, LARGEST_MAIL, MEMORY_BYTES


@pytest.mark.slow
def test_no_mail_is_lost(request):
    """Whole ones are read as they were meant; of mutated ones and bombs each is read or salvaged, within its limits."""
    outcome = run(2_000, int(request.config.option.hypothesis_seed))

    assert ([], 0, 0, None) == (outcome.wrongs, outcome.lost, outcome.misread, outcome.find_excess()), outcome.tell()
    assert 2_000 == outcome.tally.mails


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_harms_nobody(name):
    """At its full weight: read or salvaged, in bounded time and memory, and the next mail is read as ever."""
    raw = (b"From: eve@example.net\r\n" + BOMBS[name](100))[:LARGEST_MAIL]
    with Reader(OURS) as reader:
        mail = reader.read(raw)
        after = reader.read(b"From: anna@example.org\r\nSubject: down\r\n\r\nIt is down.\r\n")

    assert "eve@example.net" == mail.sender.address
    assert isinstance(after, Mail)
    assert (True, True) == (reader.tally.most_cpu_us < CPU_SECONDS * 1e6, reader.tally.peak_kb << 10 < MEMORY_BYTES)


def test_a_seed_repeats_a_run():
    """The same seed writes the same mails, another one others."""
    one, same, other = (list(write_mails(20, seed)) for seed in (1, 1, 2))

    assert ([raw for _, raw, _ in one], True) == ([raw for _, raw, _ in same], one != other)


class TestTheTest:
    """What judges the reader can tell right from wrong."""

    def test_sees_what_was_misread(self):
        """A mail that was not read, or says something else, is a difference."""
        [sample] = [sample for _, _, sample in write_mails(10, 1) if sample][:1]

        assert ["not read: x"] == list(find_differences(Unreadable("x"), sample))
        with Reader(OURS) as reader:
            mail = reader.read(sample.raw)
        assert [] == list(find_differences(mail, sample))
        assert 5 <= len(
            list(find_differences(mail, Sample("x", subject="y", sender="z", name="n", message_id="m", says=["w"])))
        )

    @pytest.mark.parametrize(
        "html",
        [
            "<script>",
            '<a href="/settings">',
            '<img src="https://x">',
            "<p onclick=x>",
            "<p style=x>",
            "<a href=javascript:x>",
        ],
    )
    def test_sees_harm(self, html):
        """Each of these a browser would run, fetch, or follow into our own pages."""
        assert 1 == len(find_harm(html))
