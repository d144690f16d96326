"""Locations, tags, custom fields, notes, assets and the text clients are searched by."""

import re
import unicodedata

import phonenumbers
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PORTION = 1000
WORDS = {"postgresql_using": "gin", "postgresql_ops": {"search_text": "gin_trgm_ops"}}


def upgrade() -> None:
    _users()
    _clients()
    _tags()
    _custom_fields()
    _locations()
    _contacts()
    _notes()
    _assets()
    _fill_search_text()


def _answers() -> sa.Column:
    return sa.Column("custom_fields", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False)


def _search_text() -> sa.Column:
    return sa.Column("search_text", sa.String(), server_default="", nullable=False)


def _aggregate() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _users() -> None:
    op.create_table(
        "app_user",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
    )


def _clients() -> None:
    op.add_column("client", sa.Column("abbreviation", sa.String(length=20), nullable=True))
    op.add_column("client", sa.Column("website", sa.String(), nullable=True))
    op.add_column("client", sa.Column("phone", sa.String(), nullable=True))
    op.add_column("client", sa.Column("industry", sa.String(length=100), nullable=True))
    op.add_column("client", sa.Column("referral_source", sa.String(length=100), nullable=True))
    op.add_column("client", _answers())
    op.add_column("client", _search_text())
    op.drop_index("ix_client_name_words", table_name="client")
    op.drop_index("ix_client_billing_email_words", table_name="client")
    op.create_index("ix_client_industry", "client", [sa.literal_column("lower(industry)")])
    op.create_index(
        "ix_client_tax_code_id", "client", ["tax_code_id"], postgresql_where=sa.text("tax_code_id IS NOT NULL")
    )
    op.create_index("ix_client_custom_fields", "client", ["custom_fields"], postgresql_using="gin")
    op.create_index("ix_client_search_text", "client", ["search_text"], **WORDS)


def _tags() -> None:
    op.create_table(
        "tag",
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("color", sa.String(), nullable=False),
        *_aggregate(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
    )
    op.create_index("uq_tag_name_key", "tag", ["name_key"], unique=True)
    op.create_table(
        "client_tag",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_tag_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_client_tag_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("client_id", "tag_id", name=op.f("pk_client_tag")),
    )
    op.create_index("ix_client_tag_tag_id_client_id", "client_tag", ["tag_id", "client_id"])


def _custom_fields() -> None:
    op.create_table(
        "custom_field",
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("key", sa.String(length=50), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("options", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        *_aggregate(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field")),
    )
    op.create_index("uq_custom_field_entity_key", "custom_field", ["entity", "key"], unique=True)


def _locations() -> None:
    op.create_table(
        "location",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("line1", sa.String(), nullable=True),
        sa.Column("line2", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("subdivision", sa.String(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("hours", sa.String(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        _answers(),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        *_aggregate(),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_location_client_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_location_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
    )
    op.create_index(
        "uq_location_primary", "location", ["client_id"], unique=True, postgresql_where=sa.text("is_primary")
    )
    op.create_index("ix_location_client_id_status", "location", ["client_id", "status", "name", "id"])
    op.create_index(
        "ix_location_contact_id", "location", ["contact_id"], postgresql_where=sa.text("contact_id IS NOT NULL")
    )
    op.create_index("ix_location_custom_fields", "location", ["custom_fields"], postgresql_using="gin")


def _contacts() -> None:
    op.add_column("contact", sa.Column("department", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("extension", sa.String(length=20), nullable=True))
    op.add_column("contact", sa.Column("mobile", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("location_id", sa.Uuid(), nullable=True))
    op.add_column("contact", _answers())
    op.add_column("contact", _search_text())
    op.create_foreign_key(op.f("fk_contact_location_id"), "contact", "location", ["location_id"], ["id"])
    op.drop_index("ix_contact_name_words", table_name="contact")
    op.drop_index("ix_contact_email_words", table_name="contact")
    op.create_index("ix_contact_status_name", "contact", ["status", sa.literal_column("lower(name)"), "id"])
    op.create_index("ix_contact_status_created_at", "contact", ["status", "created_at", "id"])
    op.create_index(
        "ix_contact_location_id", "contact", ["location_id"], postgresql_where=sa.text("location_id IS NOT NULL")
    )
    op.create_index("ix_contact_custom_fields", "contact", ["custom_fields"], postgresql_using="gin")
    op.create_index("ix_contact_search_text", "contact", ["search_text"], **WORDS)


def _notes() -> None:
    op.create_table(
        "note",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        *_aggregate(),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_note_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(
        "ix_note_client_id_pinned",
        "note",
        ["client_id", "pinned", "created_at", "id"],
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "note_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("edited_by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_note_version_note_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_version")),
    )
    op.create_index("uq_note_version_note_id_number", "note_version", ["note_id", "number"], unique=True)


def _assets() -> None:
    op.create_table(
        "asset",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("make", sa.String(), nullable=True),
        sa.Column("model", sa.String(), nullable=True),
        sa.Column("serial_number", sa.String(), nullable=True),
        sa.Column("os", sa.String(), nullable=True),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("purchased_on", sa.Date(), nullable=True),
        sa.Column("warranty_until", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("ip_address", sa.String(), nullable=True),
        sa.Column("mac_address", sa.String(), nullable=True),
        sa.Column("attributes", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        _answers(),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        _search_text(),
        *_aggregate(),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_asset_client_id")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_asset_location_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_asset_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
    )
    op.create_index("ix_asset_client_id_status", "asset", ["client_id", "status", "name", "id"])
    op.create_index("ix_asset_name", "asset", [sa.literal_column("lower(name)"), "id"])
    op.create_index("ix_asset_kind_name", "asset", ["kind", sa.literal_column("lower(name)"), "id"])
    for column in ("location_id", "contact_id"):
        op.create_index(f"ix_asset_{column}", "asset", [column], postgresql_where=sa.text(f"{column} IS NOT NULL"))
    for column in ("expires_on", "warranty_until"):
        op.create_index(
            f"ix_asset_{column}", "asset", [column, "id"], postgresql_where=sa.text(f"{column} IS NOT NULL")
        )
        op.create_index(
            f"ix_asset_{column}_or_never", "asset", [sa.text(f"coalesce({column}, '9999-12-31'::date)"), "id"]
        )
    for column in ("status", "created_at", "updated_at"):
        op.create_index(f"ix_asset_{column}", "asset", [column, "id"])
    op.create_index("ix_asset_custom_fields", "asset", ["custom_fields"], postgresql_using="gin")
    op.create_index("ix_asset_search_text", "asset", ["search_text"], **WORDS)


def _fill_search_text() -> None:
    """What is there already is found by the new search as well."""
    connection = op.get_bind()
    for table, columns in (
        ("contact", "name, title, email, phone"),
        ("client", "name, tax_id, billing_contact_name, billing_email, array_to_string(billing_cc_emails, E'\\n')"),
    ):
        last = None
        while rows := _portion(connection, table, columns, last):
            texts = [{"row": row[0], "text": _text(row[1:])} for row in rows]
            connection.execute(sa.text(f"UPDATE {table} SET search_text = :text WHERE id = :row"), texts)
            last = rows[-1][0]
    connection.execute(
        sa.text(
            "UPDATE client SET search_text = search_text || E'\\n' || people.text FROM (SELECT client_id, "
            "string_agg(search_text, E'\\n' ORDER BY created_at, id) AS text FROM contact "
            "WHERE status = 'active' GROUP BY client_id) AS people WHERE people.client_id = client.id"
        )
    )


def _portion(connection, table, columns, last):
    after = "WHERE id > :last" if last else ""
    statement = sa.text(f"SELECT id, {columns} FROM {table} {after} ORDER BY id LIMIT {PORTION}")
    return connection.execute(statement, {"last": last} if last else {}).all()


def _text(values) -> str:
    texts = [part for value in values if value for part in _parts(value)]
    return "\n".join(text for text in texts if text)


def _parts(value):
    if re.fullmatch(r"\+[0-9]+", value):
        at_home = phonenumbers.format_number(phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.NATIONAL)
        return [value.lstrip("+"), re.sub(r"\D", "", at_home)]
    return [_folded(line) for line in value.split("\n")]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def downgrade() -> None:
    op.drop_constraint(op.f("fk_contact_location_id"), "contact", type_="foreignkey")
    for table in ("asset", "note_version", "note", "location", "custom_field", "client_tag", "tag", "app_user"):
        op.drop_table(table)
    op.drop_index("ix_contact_status_created_at", table_name="contact")
    op.drop_index("ix_contact_status_name", table_name="contact")
    for column in ("department", "extension", "mobile", "location_id", "custom_fields", "search_text"):
        op.drop_column("contact", column)
    op.drop_index("ix_client_tax_code_id", table_name="client")
    for column in (
        "abbreviation", "website", "phone", "industry", "referral_source", "custom_fields", "search_text"
    ):  # fmt: skip
        op.drop_column("client", column)
    for table, column in (("client", "name"), ("client", "billing_email"), ("contact", "name"), ("contact", "email")):
        op.create_index(
            f"ix_{table}_{column}_words",
            table,
            [column],
            postgresql_using="gin",
            postgresql_ops={column: "gin_trgm_ops"},
        )
