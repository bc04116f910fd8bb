"""Whoever reads a case by a share alone reads its checks of practice too, and answers none of them."""

import pytest
from django.http import Http404
from django.utils import timezone

from heedful.loop.audits import operations, queries, standing
from heedful.loop.incidents.models import Share
from heedful.loop.incidents.operations import withdraw_share
from tests.support.matrix import Populated, populate


@pytest.fixture(scope="module")
def populated() -> Populated:
    return populate()


def test_a_shared_case_gives_its_checks_to_read_and_not_to_do(populated: Populated) -> None:
    world, now = populated.world, timezone.now()
    leader = world.viewer("team_leader")
    theirs, shared = (populated.by_relation[one].ids["audit_id"] for one in ("own", "shared"))
    with world.use():
        offered = {one.audit.pk for one in standing.due(leader, now)}
        assert theirs in offered
        assert shared not in offered
        row = queries.audit(shared, viewer=leader)
        assert not standing.may_check(row, leader) and not standing.may_cancel(row, leader)
        assert standing.may_check(row, world.viewer("registered_manager"))
        with pytest.raises(Http404):
            operations.answer(audit_id=shared, position=1, said="yes", note="", by=leader, at=now)
        assert operations.answer(audit_id=theirs, position=1, said="yes", note="", by=leader, at=now).answer == "yes"


def test_whoever_reads_a_check_by_a_share_is_not_asked_to_let_it_go(populated: Populated) -> None:
    world, now = populated.world, timezone.now()
    shared, reader = populated.by_relation["shared"].ids["audit_id"], world.viewer("manager_elsewhere")
    manager, lead = world.viewer("registered_manager"), world.viewer("safeguarding_lead")
    with world.use():
        operations.ask_to_cancel(audit_id=shared, why="The chair is gone.", by=manager, at=now)
        assert shared in [one.pk for one in standing.to_cancel(lead)]
        assert shared not in [one.pk for one in standing.to_cancel(reader)]
        with pytest.raises(Http404):
            operations.agree_to_cancel(audit_id=shared, by=reader, at=now)


def test_when_the_share_ends_the_check_is_gone_as_well(populated: Populated) -> None:
    world, now = populated.world, timezone.now()
    event, leader = populated.by_relation["shared"], world.viewer("team_leader")
    with world.use():
        share = Share.objects.get(event_id=event.event_id, account_id=leader.account_id)
        withdraw_share(share_id=share.pk, by=world.viewer("safeguarding_lead"), at=now)
        with pytest.raises(Http404):
            queries.audit(event.ids["audit_id"], viewer=leader)
