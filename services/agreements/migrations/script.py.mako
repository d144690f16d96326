"""${message}"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
% if down_revision is None:
from common.migrations import create_common_tables, drop_common_tables
% endif

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
% if down_revision is None:
    create_common_tables(op)
% endif
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
% if down_revision is None:
    drop_common_tables(op)
% endif
