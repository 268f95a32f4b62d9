"""The intake takes what it can and throws nothing away."""

import pytest

from tests.apps.watched import KEY, at, observe, pack, sign, watch
from upheld.apps.probes.jobs import Intake
from upheld.apps.probes.models import Observation
from upheld.gateways.samples import Spool

pytestmark = pytest.mark.django_db


@pytest.fixture
def spool(settings, tmp_path):
    settings.UPHELD_SAMPLES = tmp_path / "samples"
    spool = Spool(tmp_path / "spool")
    spool.prepare()
    sign()
    watch(agreement=KEY)
    return spool


class TestIntake:
    def test_holds_a_batch_that_tells_of_a_check_which_no_service_has(self, spool, tmp_path):
        """What was seen of the shop is taken; the batch is kept for whoever knows what the other check was."""
        batch = pack(observe(1, 0), observe(1, 0, slug="of-nobody"))
        spool.seal(batch)
        intake = Intake(spool, lambda facts, at: None)

        assert (1, 0) == (intake.take_waiting(at(30)), intake.take_waiting(at(31)))
        assert 1 == Observation.objects.count()
        assert (tmp_path / "spool/held" / batch.name).is_file()
        assert "of-nobody" in (tmp_path / "spool/held" / f"{batch.name}.why.txt").read_text()

    def test_goes_on_behind_something_that_is_no_file(self, spool, tmp_path):
        """A folder where a batch should be is put aside like any that cannot be read."""
        spool.seal(pack(observe(1, 0)))
        (tmp_path / "spool/batches/0000-folder.json").mkdir()

        assert 1 == Intake(spool, lambda facts, at: None).take_waiting(at(30))
        assert (tmp_path / "spool/held/0000-folder.json").is_dir()
