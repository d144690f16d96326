"""Emails without a client: staff choose the client or discard them, once."""


def test_staff_give_an_email_to_a_client(mail, server, poll, callers, client):
    server.deliver(mail("Hello.", sender="New <new@acme.example>", subject="New laptop"))
    poll()
    manager = callers("manager")
    (email,) = manager.get("/incoming-emails?status=unmatched").json["items"]
    path = f"/incoming-emails/{email['id']}"
    assert b"Hello." in manager.get(f"{path}/original").data

    assigned = manager.post(f"{path}/assign", {"client_id": str(client)})
    assert assigned.status_code == 200, assigned.json
    order = manager.get(f"/work-orders/{assigned.json['work_order_id']}").json
    assert (order["subject"], order["description"]) == ("New laptop", "Hello.")
    assert assigned.json["work_order_number"] == order["number"]
    assert manager.get("/incoming-emails?status=unmatched").json["items"] == []
    assert manager.post(f"{path}/discard").status_code == 409


def test_staff_discard_an_email(mail, server, poll, callers):
    server.deliver(mail(sender="spam@nowhere.example"))
    poll()
    manager = callers("manager")
    (email,) = manager.get("/incoming-emails").json["items"]
    discarded = manager.post(f"/incoming-emails/{email['id']}/discard").json
    assert (discarded["status"], discarded["reason"]) == ("discarded", "Discarded by Test manager.")
