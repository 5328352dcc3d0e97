"""the outbox and the jobs

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def _list(column: str, values: tuple[str, ...]) -> None:
    """The CHECK list of an enum column of messages."""
    op.drop_constraint(op.f(f'ck_messages_{column}'), 'messages', type_='check')
    listed = ', '.join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f(f'ck_messages_{column}'), 'messages', f'{column} IN ({listed})')


def upgrade() -> None:
    op.create_table('scheduler_processes',
    sa.Column('host', sa.Text(), nullable=False),
    sa.Column('pid', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheduler_processes'))
    )
    op.create_table('job_runs',
    sa.Column('job', sa.Text(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('for_day', sa.Date(), nullable=False),
    sa.Column('trigger', sa.Enum('schedule', 'catch_up', 'replay', name='trigger', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.Enum('asked', 'running', 'done', 'failed', 'abandoned', name='outcome', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('counts', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=True),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(outcome IN ('asked', 'running')) = (ended_at IS NULL)", name=op.f('ck_job_runs_ended_has_instant')),
    sa.CheckConstraint("outcome <> 'asked' OR trigger = 'replay'", name=op.f('ck_job_runs_asked_is_replay')),
    sa.CheckConstraint("(trigger = 'replay') = (due_at IS NULL)", name=op.f('ck_job_runs_slot')),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_job_runs_by_user_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_runs'))
    )
    op.create_index('ix_job_runs_job_started_at', 'job_runs', ['job', 'started_at'], unique=False)
    op.create_index('ix_job_runs_started_at', 'job_runs', ['started_at'], unique=False)
    op.create_index('ix_job_runs_job_due_at', 'job_runs', ['job', 'due_at'], unique=False)
    op.create_index('ix_job_runs_open', 'job_runs', ['job'], unique=False, postgresql_where="outcome IN ('asked', 'running')")
    op.create_index('uq_job_runs_slot', 'job_runs', ['job', 'due_at'], unique=True, postgresql_where="outcome IN ('running', 'done')")
    op.create_table('message_wishes',
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('category', sa.Enum('sign_in', 'organisation', 'applications', 'offers', 'clauses', 'follow_up', 'alerts', 'saved_search', 'digest', name='category', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('wish', sa.Enum('now', 'daily', 'never', name='wish', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(user_id IS NULL) <> (address IS NULL)', name=op.f('ck_message_wishes_one_owner')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_message_wishes_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message_wishes'))
    )
    op.create_index('uq_message_wishes_address', 'message_wishes', ['address', 'category'], unique=True, postgresql_where='address IS NOT NULL')
    op.create_index('uq_message_wishes_user', 'message_wishes', ['user_id', 'category'], unique=True, postgresql_where='user_id IS NOT NULL')
    op.create_table('reminder_settings',
    sa.Column('kind', sa.Enum('proposal_unanswered', 'application_unanswered', 'hours_not_reported', 'visit_due', 'visit_late', 'job_ends', 'eligibility_ends', 'approval_ends', 'offer_stale', 'saved_search', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint('days BETWEEN 0 AND 365', name=op.f('ck_reminder_settings_days')),
    sa.ForeignKeyConstraint(['changed_by'], ['users.id'], name=op.f('fk_reminder_settings_changed_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('kind', name=op.f('pk_reminder_settings'))
    )
    op.create_table('saved_searches',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('told_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_saved_searches_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_searches'))
    )
    op.create_index('uq_saved_searches', 'saved_searches', ['user_id', 'query'], unique=True)
    op.add_column('messages', sa.Column('key', sa.Text(), nullable=True))
    op.add_column('messages', sa.Column('not_before', sa.DateTime(timezone=True), nullable=True))
    op.add_column('messages', sa.Column('attempts', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('messages', sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('messages', sa.Column('last_error', sa.Text(), nullable=False, server_default=''))
    op.add_column('messages', sa.Column('digest_id', sa.Uuid(), nullable=True))
    op.add_column('messages', sa.Column('short_code', sa.Text(), nullable=True))
    op.add_column('messages', sa.Column('short_target', sa.Text(), nullable=False, server_default=''))
    op.add_column('messages', sa.Column('from_organisation_id', sa.Uuid(), nullable=True))
    op.add_column('messages', sa.Column('posted_by', sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f('fk_messages_from_organisation_id'), 'messages', 'organisations', ['from_organisation_id'], ['id'], ondelete='SET NULL')
    op.create_foreign_key(op.f('fk_messages_posted_by'), 'messages', 'users', ['posted_by'], ['id'], ondelete='SET NULL')
    op.create_index('ix_messages_letters', 'messages', ['from_organisation_id', 'state'], unique=False, postgresql_where="channel = 'letter'")
    op.create_index('ix_messages_about_id_kind', 'messages', ['about_id', 'kind'], unique=False)
    op.create_index('ix_messages_digest_id', 'messages', ['digest_id'], unique=False, postgresql_where='digest_id IS NOT NULL')
    op.create_index('ix_messages_due', 'messages', ['not_before', 'created_at'], unique=False, postgresql_where="state = 'queued'")
    op.create_unique_constraint(op.f('uq_messages_key'), 'messages', ['key'])
    op.create_unique_constraint(op.f('uq_messages_short_code'), 'messages', ['short_code'])
    op.create_foreign_key(op.f('fk_messages_digest_id'), 'messages', 'messages', ['digest_id'], ['id'], ondelete='SET NULL')
    for column in ('attempts', 'last_error', 'short_target'):
        op.alter_column('messages', column, server_default=None)
    _list('channel', ('email', 'sms', 'letter'))
    _list('state', ('queued', 'waiting', 'gathered', 'sending', 'sent', 'failed', 'uncertain', 'unwanted'))
    op.create_check_constraint('gathered_has_digest', 'messages', "(state = 'gathered') = (digest_id IS NOT NULL)")
    op.create_check_constraint('sending_has_claim', 'messages', "state <> 'sending' OR claimed_at IS NOT NULL")
    # Nothing was ever sent before: what is older than two days would only surprise people now.
    op.execute(
        "UPDATE messages SET state = 'failed', last_error = 'Écrit avant la mise en service des envois' "
        "WHERE state = 'queued' AND created_at < now() - interval '2 days'"
    )


def downgrade() -> None:
    op.execute("DELETE FROM messages WHERE channel = 'letter'")
    op.execute("UPDATE messages SET state = 'queued' WHERE state IN ('waiting', 'sending')")
    op.execute("UPDATE messages SET state = 'failed', digest_id = NULL WHERE state IN ('gathered', 'uncertain', 'unwanted')")
    op.drop_constraint(op.f('ck_messages_sending_has_claim'), 'messages', type_='check')
    op.drop_constraint(op.f('ck_messages_gathered_has_digest'), 'messages', type_='check')
    _list('state', ('queued', 'sent', 'failed'))
    _list('channel', ('email', 'sms'))
    op.drop_constraint(op.f('fk_messages_digest_id'), 'messages', type_='foreignkey')
    op.drop_index('ix_messages_letters', table_name='messages', postgresql_where="channel = 'letter'")
    op.drop_column('messages', 'posted_by')
    op.drop_column('messages', 'from_organisation_id')
    op.drop_constraint(op.f('uq_messages_short_code'), 'messages', type_='unique')
    op.drop_constraint(op.f('uq_messages_key'), 'messages', type_='unique')
    op.drop_index('ix_messages_due', table_name='messages', postgresql_where="state = 'queued'")
    op.drop_index('ix_messages_digest_id', table_name='messages', postgresql_where='digest_id IS NOT NULL')
    op.drop_index('ix_messages_about_id_kind', table_name='messages')
    op.drop_column('messages', 'short_target')
    op.drop_column('messages', 'short_code')
    op.drop_column('messages', 'digest_id')
    op.drop_column('messages', 'last_error')
    op.drop_column('messages', 'claimed_at')
    op.drop_column('messages', 'attempts')
    op.drop_column('messages', 'not_before')
    op.drop_column('messages', 'key')
    op.drop_index('uq_saved_searches', table_name='saved_searches')
    op.drop_table('saved_searches')
    op.drop_table('reminder_settings')
    op.drop_index('uq_message_wishes_user', table_name='message_wishes', postgresql_where='user_id IS NOT NULL')
    op.drop_index('uq_message_wishes_address', table_name='message_wishes', postgresql_where='address IS NOT NULL')
    op.drop_table('message_wishes')
    op.drop_index('uq_job_runs_slot', table_name='job_runs', postgresql_where="outcome IN ('running', 'done')")
    op.drop_index('ix_job_runs_open', table_name='job_runs', postgresql_where="outcome IN ('asked', 'running')")
    op.drop_index('ix_job_runs_job_due_at', table_name='job_runs')
    op.drop_index('ix_job_runs_started_at', table_name='job_runs')
    op.drop_index('ix_job_runs_job_started_at', table_name='job_runs')
    op.drop_table('job_runs')
    op.drop_table('scheduler_processes')
