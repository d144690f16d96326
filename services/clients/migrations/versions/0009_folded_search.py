"""Each client, contact and location keeps its own text to be found by, folded so that "lodz" finds "Łódź".

A client's text had its contacts' and locations' texts in it as well. A flat rate of 0.00 is no flat rate any more.
"""

import re

import phonenumbers
import sqlalchemy as sa
from alembic import op

from common import searching
from common.texts import folded

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PORTION = 2000
BY_THREE_LETTERS = {"postgresql_using": "gin", "postgresql_ops": {"search_text": "gin_trgm_ops"}}
SEARCHED = {
    "client": "name, abbreviation, website, tax_id, billing_contact_name, billing_email,"
    " array_to_string(billing_cc_emails, E'\\n'), phone",
    "contact": "name, title, department, email, phone, mobile",
    "location": "name, line1, line2, city, postal_code, phone",
    "asset": "name, make, model, serial_number, os, ip_address, mac_address",
}
LEGAL_FORMS = (
    "inc|incorporated|llc|ltd|limited|corp|corporation|co|company|gmbh|mbh|ag|kg|sa|sas|sarl|bv|nv|plc|pty|llp|lp|pllc"
    "|pc|srl|spa|oy|ab|as|aps"
)


def match_key(name: str) -> str:
    return (
        rf"btrim(regexp_replace(regexp_replace(regexp_replace({name}, '[.'']', '', 'g'), '[\W_]+', ' ', 'g'),"
        rf" '^the | +(and )?({LEGAL_FORMS})( ({LEGAL_FORMS}))* *$', '', 'g'))"
    )


def upgrade() -> None:
    searching.install(op)
    op.add_column("location", sa.Column("search_text", sa.String(), server_default="", nullable=False))
    for table, columns in SEARCHED.items():
        _fold(table, columns)
    op.create_index("ix_location_search_text", "location", ["search_text"], **BY_THREE_LETTERS)
    _index_own_names("folded(coalesce(custom_name, name))")
    _keep_match_key("folded(name_key)")
    op.execute("UPDATE client SET hourly_rate = NULL WHERE hourly_rate = 0")


def _index_own_names(expression: str) -> None:
    op.drop_index("ix_client_service_own_name", "client_service")
    op.create_index(
        "ix_client_service_own_name",
        "client_service",
        [sa.text(f"{expression} gin_trgm_ops")],
        postgresql_using="gin",
        postgresql_where=sa.text("custom_name IS NOT NULL OR is_custom"),
    )


def _keep_match_key(name: str) -> None:
    op.drop_column("client", "match_key")
    computed = sa.Computed(match_key(name), persisted=True)
    op.add_column("client", sa.Column("match_key", sa.String(), computed, nullable=False))


def _fold(table: str, columns: str) -> None:
    connection = op.get_bind()
    update = sa.text(f"UPDATE {table} SET search_text = :text WHERE id = :row")
    last = None
    while True:
        after = "WHERE id > :last" if last else ""
        select = sa.text(f"SELECT id, {columns} FROM {table} {after} ORDER BY id LIMIT {PORTION}")
        rows = connection.execute(select, {"last": last} if last else {}).all()
        if not rows:
            return
        connection.execute(update, [{"row": row[0], "text": _text(row[1:])} for row in rows])
        last = rows[-1][0]


def _text(values) -> str:
    return "\n".join(part for value in values if value for part in _parts(value))


def _parts(value: str) -> list[str]:
    if re.fullmatch(r"\+[0-9]+", value):
        at_home = phonenumbers.format_number(phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.NATIONAL)
        return [value.lstrip("+"), re.sub(r"\D", "", at_home)]
    return [folded(line) for line in value.split("\n")]


def downgrade() -> None:
    _index_own_names("coalesce(custom_name, name)")
    _keep_match_key("name_key")
    op.drop_column("location", "search_text")
    searching.uninstall(op)
