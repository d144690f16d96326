"""Two clients become one: who signed in for the one does so for the other."""

import pytest

from common.errors import Invalid
from common.ids import new_id
from gateway.inbound.replicas import Client
from gateway.user import accounts
from gateway.user.models import User

MERGED = "clients.client.merged.v1"


@pytest.fixture
def survivor(in_work):
    identifier = new_id()
    with in_work("system") as work:
        work.session.add(Client(id=identifier, name="Acme Group", status="active", sequence=1))
    return identifier


def test_users_follow_and_are_announced(survivor, client_id, make_user, deliver, in_work, emitted):
    pat, gone, manager = make_user("client_admin"), make_user("client_user"), make_user("manager")
    with in_work("super_admin") as work:
        accounts.disable(work, gone.id)
    said = len(emitted())

    deliver(MERGED, {"id": survivor, "merged_client_id": client_id, "version": 2})
    deliver(MERGED, {"id": survivor, "merged_client_id": client_id, "version": 2})

    with in_work() as work:
        found = {user.id: work.session.get_one(User, user.id) for user in (pat, gone, manager)}
        assert {key: user.client_id for key, user in found.items()} == {
            pat.id: survivor,
            gone.id: survivor,
            manager.id: None,
        }
    told = {(event.type, event.data["id"], event.data["client_id"], event.sequence) for event in emitted()[said:]}
    assert told == {
        ("gateway.user.changed.v1", str(pat.id), str(survivor), 2),
        ("gateway.user.disabled.v1", str(gone.id), str(survivor), 3),
    }


def test_nobody_new_signs_in_for_a_client_that_is_gone(survivor, client_id, make_user, deliver):
    deliver(MERGED, {"id": survivor, "merged_client_id": client_id, "version": 2})

    with pytest.raises(Invalid) as refused:
        make_user("client_user")

    assert refused.value.errors == {"client_id": ['"Acme" was merged into "Acme Group". Use that client.']}
