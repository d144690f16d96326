"""The database folds texts as `common.texts.folded` does, and finds them by an index."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, select, text

from clients.client import editing, search
from clients.client.models import Client
from common.texts import folded

FOLD = text("SELECT one, folded(one) FROM unnest(CAST(:texts AS text[])) AS one").bindparams(bindparam("texts"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=30))
def test_the_database_folds_every_text_alike(app, texts):
    with app.database.engine.connect() as connection:
        for one, other in connection.execute(FOLD, {"texts": texts}):
            assert other.split() == folded(one).split()


def test_the_database_folds_every_letter_alike(app):
    letters = [f"a{chr(code)}b" for code in (*range(1, 0x2C00), *range(0xA000, 0xD800), *range(0xF900, 0x10000))]
    with app.database.engine.connect() as connection:
        assert [one for one, other in connection.execute(FOLD, {"texts": letters}) if other != folded(one)] == []


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("Łódź", "lodz"), ("Sørensen", "sorensen"), ("Đặng", "dang"), ("Æther", "aether"), ("Þórður", "thordur"),
        ("Diyarbakır", "diyarbakir"), ("İSTANBUL", "istanbul"), ("Œuvre", "oeuvre"), ("Straße", "STRASSE"),
        ("Ħamrun", "hamrun"), ("ΣΊΣΥΦΟΣ", "σισυφος"), ("Жёлтый", "ЖЕЛТЫЙ"), ("Ｆｕｌｌ", "full"), ("Müller", "muller"),
    ],
)  # fmt: skip
def test_texts_and_what_finds_them_fold_to_the_same(text, q):
    assert folded(text) == folded(q)


def test_clients_are_found_by_indexes(in_work):
    """Among contacts and locations enough that reading them all costs more."""
    with in_work() as work:
        client = editing.create(work, name="Acme")
        work.session.flush()
        for table, flags in (
            ("contact", ("is_technical_support", "is_billing", "is_primary_support")),
            ("location", ("is_primary",)),
        ):
            columns = f"id, client_id, name, search_text, status, version, created_at, updated_at, {', '.join(flags)}"
            values = "gen_random_uuid(), :client, 'N', md5(n::text), 'active', 1, now(), now()" + ", false" * len(flags)
            insert = f"INSERT INTO {table} ({columns}) SELECT {values} FROM generate_series(1, 5000) n"
            work.session.execute(text(insert), {"client": client.id})
            work.session.execute(text(f"SELECT gin_clean_pending_list('ix_{table}_search_text')"))
            work.session.execute(text(f"ANALYZE {table}"))
        work.session.execute(text("SET LOCAL enable_seqscan = off"))
        statement = select(Client.id).where(search.matching("lodz acme"))
        sql = str(statement.compile(work.session.bind, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(work.session.scalars(text("EXPLAIN " + sql.replace(":", r"\:"))))
    for name in ("client", "contact", "location"):
        assert f"ix_{name}_search_text" in plan, plan
