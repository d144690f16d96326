"""The rates that only invoice lines have, and what clients read beside a rate."""

from decimal import Decimal as D

from billing.rates import as_charged, label, stated


def test_what_clients_read():
    assert [label(source) for source in ("agreement", "client", "catalog", "flat", "none", "manual")] == [
        "Negotiated rate",
        "Negotiated rate",
        "Standard rate",
        "Standard rate",
        None,
        None,
    ]
    assert (stated(D(1)).source, as_charged(D(1), "client").source) == ("manual", "client")
