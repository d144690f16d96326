"""Settings are parsed once for each process, and a change applies to the next unit of work in all of them."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from common.clock import now
from common.organisation import stored
from common.organisation.settings import DEFAULTS, of_json


@pytest.fixture
def sibling(app):
    """Returns an engine with a memory of its own, as another process has."""
    engine = create_engine(app.settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def parsed(monkeypatch):
    """Returns the names that were parsed."""
    seen = []
    monkeypatch.setattr(stored, "of_json", lambda value: seen.append(value["name"]) or of_json(value))
    return seen


def save(engine, name, sequence, *, commit=True):
    with Session(engine) as session:
        stored.write(session, replace(DEFAULTS, name=name), sequence, now())
        seen = stored.read(session).settings.name
        session.commit() if commit else session.rollback()
    return seen


def name_in(engine):
    with Session(engine) as session:
        return stored.read(session).settings.name


def test_settings_are_parsed_once(app, sibling, parsed):
    save(sibling, "Acme", 1)
    parsed.clear()

    assert [name_in(app.database.engine) for _ in range(3)] == ["Acme"] * 3
    assert parsed == ["Acme"]


def test_a_change_applies_at_once_in_every_process(app, sibling):
    here = app.database.engine
    assert (name_in(here), name_in(sibling)) == (DEFAULTS.name, DEFAULTS.name)

    save(sibling, "Acme", 1)
    assert (name_in(here), name_in(sibling)) == ("Acme", "Acme")
    save(here, "Umbrella", 2)
    assert (name_in(here), name_in(sibling)) == ("Umbrella", "Umbrella")


def test_a_change_that_is_rolled_back_is_forgotten(app, sibling):
    here = app.database.engine
    save(here, "Acme", 1)
    assert save(here, "Never", 2, commit=False) == "Never"
    assert name_in(here) == "Acme"

    save(sibling, "Umbrella", 2)

    assert name_in(here) == "Umbrella"
