"""letters

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('messages', sa.Column('letterhead', postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column('messages', sa.Column('posted_name', sa.Text(), nullable=False, server_default=''))
    op.alter_column('messages', 'posted_name', server_default=None)
    # No act wrote letters before: none could be printed without who writes it.
    op.execute("DELETE FROM messages WHERE channel = 'letter'")
    op.create_check_constraint('letter_has_head', 'messages', "(channel = 'letter') = (letterhead IS NOT NULL)")


def downgrade() -> None:
    op.drop_constraint(op.f('ck_messages_letter_has_head'), 'messages', type_='check')
    op.drop_column('messages', 'posted_name')
    op.drop_column('messages', 'letterhead')
