"""What is archived stays so for those who keep copies, whatever is corrected about it afterwards."""

import pytest

CASES = {
    "contacts": ({"name": "Ann"}, {"name": "Anne"}),
    "locations": ({"name": "Office", "city": "Toronto", "country": "CA"}, {"city": "Ottawa"}),
    "assets": ({"name": "SRV-1", "kind": "server"}, {"notes": "Sold"}),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_correction_brings_nothing_back(callers, make_client, emitted, kind):
    manager, path = callers("manager"), f"/clients/{make_client()['id']}/{kind}"
    body, correction = CASES[kind]
    made = manager.post(path, body).json
    manager.delete(f"{path}/{made['id']}")

    assert manager.patch(f"{path}/{made['id']}", correction).status_code == 200

    last = [event for event in emitted() if event.subject == made["id"]][-1]
    assert last.type == f"clients.{kind[:-1]}.archived.v1"
