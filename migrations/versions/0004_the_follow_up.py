"""the follow up

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('follow_up_drafts',
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('answers', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_drafts'))
    )
    op.create_index('ix_follow_up_drafts_written_at', 'follow_up_drafts', ['written_at'], unique=False)
    op.create_table('calendar_feeds',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_calendar_feeds_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feeds')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_feeds_token_hash'))
    )
    op.create_index('uq_calendar_feeds_user', 'calendar_feeds', ['user_id'], unique=True, postgresql_where='revoked_at IS NULL')
    op.create_table('follow_up_covers',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('absent_id', sa.Uuid(), nullable=False),
    sa.Column('cover_id', sa.Uuid(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('absent_id <> cover_id', name=op.f('ck_follow_up_covers_two_people')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_follow_up_covers_order')),
    sa.ForeignKeyConstraint(['absent_id'], ['users.id'], name=op.f('fk_follow_up_covers_absent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['cover_id'], ['users.id'], name=op.f('fk_follow_up_covers_cover_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_follow_up_covers_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_covers'))
    )
    op.create_index('ix_follow_up_covers_absent_id', 'follow_up_covers', ['absent_id'], unique=False)
    op.create_index('ix_follow_up_covers_cover_id', 'follow_up_covers', ['cover_id'], unique=False)
    op.create_table('follow_ups',
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('hire_id', sa.Uuid(), nullable=True),
    sa.Column('origin', sa.Enum('application', 'event', 'placement', 'elsewhere', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('active', 'broken', 'closed', 'stopped', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('opened_by', sa.Uuid(), nullable=True),
    sa.Column('referent_id', sa.Uuid(), nullable=True),
    sa.Column('referent_organisation_id', sa.Uuid(), nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('close_outcome', sa.Enum('kept', 'other_job', 'training', 'business', 'search', 'no_news', name='close_outcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('close_words', sa.Text(), nullable=False),
    sa.Column('stop_reason', sa.Enum('death', 'removed', 'refused', name='stop_reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'active') = (settled_on IS NULL)", name=op.f('ck_follow_ups_settled_has_day')),
    sa.CheckConstraint("(state = 'closed') = (close_outcome IS NOT NULL)", name=op.f('ck_follow_ups_closed_has_outcome')),
    sa.CheckConstraint("(state = 'stopped') = (stop_reason IS NOT NULL)", name=op.f('ck_follow_ups_stopped_has_reason')),
    sa.CheckConstraint("origin NOT IN ('application') OR hire_id IS NOT NULL", name=op.f('ck_follow_ups_application_has_hire')),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_follow_ups_order')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_follow_ups_candidate_id')),
    sa.ForeignKeyConstraint(['hire_id'], ['hires.id'], name=op.f('fk_follow_ups_hire_id')),
    sa.ForeignKeyConstraint(['opened_by'], ['users.id'], name=op.f('fk_follow_ups_opened_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['referent_id'], ['users.id'], name=op.f('fk_follow_ups_referent_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['referent_organisation_id'], ['organisations.id'], name=op.f('fk_follow_ups_referent_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_ups')),
    sa.UniqueConstraint('hire_id', name=op.f('uq_follow_ups_hire_id'))
    )
    op.create_index('ix_follow_ups_candidate_id', 'follow_ups', ['candidate_id'], unique=False)
    op.create_index('ix_follow_ups_referent_id_state', 'follow_ups', ['referent_id', 'state'], unique=False)
    op.create_index('ix_follow_ups_referent_organisation_id_state', 'follow_ups', ['referent_organisation_id', 'state'], unique=False)
    op.create_index('ix_follow_ups_starts_on', 'follow_ups', ['starts_on'], unique=False)
    op.create_index('ix_follow_ups_state_ends_on', 'follow_ups', ['state', 'ends_on'], unique=False)
    op.create_table('follow_up_alerts',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('two_absences', 'visit_late', 'no_answer', 'trial_without_visit', 'end_without_plan', 'low_hours', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('open', 'acknowledged', 'acted', 'closed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('level', sa.Enum('referent', 'manager', name='level', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('escalated_on', sa.Date(), nullable=True),
    sa.Column('acknowledged_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Enum('solved', 'watched', 'mistaken', 'broken', 'ended', name='outcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('outcome_words', sa.Text(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(level = 'manager') = (escalated_on IS NOT NULL)", name=op.f('ck_follow_up_alerts_escalated_has_day')),
    sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name=op.f('ck_follow_up_alerts_closed_has_day')),
    sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name=op.f('ck_follow_up_alerts_closed_has_outcome')),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_follow_up_alerts_follow_up_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_alerts'))
    )
    op.create_index('ix_follow_up_alerts_state', 'follow_up_alerts', ['state', 'opened_on'], unique=False)
    op.create_index('uq_follow_up_alerts_key', 'follow_up_alerts', ['follow_up_id', 'key'], unique=True)
    op.create_table('follow_up_annexes',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('text_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_follow_up_annexes_follow_up_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_follow_up_annexes_made_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_annexes'))
    )
    op.create_index('ix_follow_up_annexes_follow_up_id', 'follow_up_annexes', ['follow_up_id'], unique=False)
    op.create_index('uq_follow_up_annexes_current', 'follow_up_annexes', ['follow_up_id'], unique=True, postgresql_where='replaced_at IS NULL')
    op.create_table('follow_up_assignments',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('until IS NULL OR until >= since', name=op.f('ck_follow_up_assignments_order')),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_follow_up_assignments_by_user_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_follow_up_assignments_follow_up_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_follow_up_assignments_organisation_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_follow_up_assignments_user_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_assignments'))
    )
    op.create_index('ix_follow_up_assignments_follow_up_id', 'follow_up_assignments', ['follow_up_id'], unique=False)
    op.create_table('follow_up_exchanges',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('side', sa.Enum('tutor', 'person', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('mode', sa.Enum('place', 'phone', 'video', name='mode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('answered', sa.Boolean(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_follow_up_exchanges_by_user_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_follow_up_exchanges_follow_up_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_exchanges'))
    )
    op.create_index('ix_follow_up_exchanges_follow_up_id_on', 'follow_up_exchanges', ['follow_up_id', 'on'], unique=False)
    op.create_table('follow_up_transitions',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('from_state', sa.Text(), nullable=False),
    sa.Column('to_state', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('by_role', sa.Enum('candidate', 'employer', 'facilitator', 'referent', 'department', 'administrator', 'system', name='by_role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_follow_up_transitions_by_user_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_follow_up_transitions_follow_up_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_transitions'))
    )
    op.create_index('ix_follow_up_transitions_follow_up_id_at', 'follow_up_transitions', ['follow_up_id', 'at'], unique=False)
    op.create_table('held_jobs',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('employer_name', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('trade_slug', sa.Text(), nullable=True),
    sa.Column('commune_insee', sa.Text(), nullable=True),
    sa.Column('employment_kind', sa.Enum('cdi', 'cdd', 'cddi', 'interim', 'mission', 'apprenticeship', 'professionnalisation', 'seasonal', 'independent', name='employment_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('start_on', sa.Date(), nullable=False),
    sa.Column('end_on', sa.Date(), nullable=True),
    sa.Column('trial_ends_on', sa.Date(), nullable=True),
    sa.Column('hours_week', sa.Numeric(precision=9, scale=2), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('tutor_name', sa.Text(), nullable=False),
    sa.Column('tutor_phone', sa.Text(), nullable=True),
    sa.Column('tutor_email', sa.Text(), nullable=True),
    sa.Column('plan', sa.Enum('renewed', 'open_ended', 'other_job', 'training', 'search', name='plan', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('plan_words', sa.Text(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=True),
    sa.Column('change_words', sa.Text(), nullable=False),
    sa.Column('attested_on', sa.Date(), nullable=True),
    sa.Column('attested_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("organisation_id IS NOT NULL OR employer_name <> ''", name=op.f('ck_held_jobs_has_employer')),
    sa.CheckConstraint('(plan IS NULL) = (planned_on IS NULL)', name=op.f('ck_held_jobs_plan_has_day')),
    sa.CheckConstraint('end_on IS NULL OR end_on >= start_on', name=op.f('ck_held_jobs_order')),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= start_on', name=op.f('ck_held_jobs_ended_order')),
    sa.CheckConstraint('hours_week > 0 AND hours_week <= 48', name=op.f('ck_held_jobs_hours_week')),
    sa.CheckConstraint('rank > 0', name=op.f('ck_held_jobs_rank')),
    sa.ForeignKeyConstraint(['commune_insee'], ['reference_commune.insee'], name=op.f('fk_held_jobs_commune_insee')),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_held_jobs_follow_up_id'), ondelete='CASCADE'),
    sa.CheckConstraint('attested_by IS NULL OR attested_on IS NOT NULL', name=op.f('ck_held_jobs_attested_has_day')),
    sa.ForeignKeyConstraint(['attested_by'], ['users.id'], name=op.f('fk_held_jobs_attested_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['trade_slug'], ['reference_trade.slug'], name=op.f('fk_held_jobs_trade_slug')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_held_jobs_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held_jobs'))
    )
    op.create_index('ix_held_jobs_end_on', 'held_jobs', ['end_on'], unique=False)
    op.create_index('ix_held_jobs_organisation_id', 'held_jobs', ['organisation_id'], unique=False)
    op.create_index('uq_held_jobs_rank', 'held_jobs', ['follow_up_id', 'rank'], unique=True)
    op.create_table('visits',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('first_call', 'month_1', 'month_3', 'month_5', 'closing', 'extra', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('planned', 'held', 'absent', 'no_answer', 'refused', 'cancelled', 'skipped', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('planned_at', sa.Time(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('mode', sa.Enum('place', 'phone', 'video', name='mode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('with_tutor', sa.Boolean(), nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('met_on', sa.Date(), nullable=True),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('fits_offer', sa.Boolean(), nullable=True),
    sa.Column('next_words', sa.Text(), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reported_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('held', 'absent', 'no_answer', 'refused')) <= (met_on IS NOT NULL)", name=op.f('ck_visits_met')),
    sa.CheckConstraint('minutes > 0 AND minutes <= 480', name=op.f('ck_visits_minutes')),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_visits_follow_up_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reported_by'], ['users.id'], name=op.f('fk_visits_reported_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visits'))
    )
    op.create_index('ix_visits_follow_up_id_planned_on', 'visits', ['follow_up_id', 'planned_on'], unique=False)
    op.create_index('ix_visits_planned', 'visits', ['planned_on'], unique=False, postgresql_where="state = 'planned'")
    op.create_index('uq_visits_kind', 'visits', ['follow_up_id', 'kind'], unique=True, postgresql_where="kind <> 'extra' AND state NOT IN ('cancelled', 'absent', 'no_answer', 'refused')")
    op.create_table('follow_up_alert_steps',
    sa.Column('alert_id', sa.Uuid(), nullable=False),
    sa.Column('action', sa.Enum('acknowledge', 'act', 'close', name='action', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['follow_up_alerts.id'], name=op.f('fk_follow_up_alert_steps_alert_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_follow_up_alert_steps_by_user_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_alert_steps'))
    )
    op.create_index('ix_follow_up_alert_steps_alert_id', 'follow_up_alert_steps', ['alert_id'], unique=False)
    op.create_table('follow_up_annex_signatures',
    sa.Column('annex_id', sa.Uuid(), nullable=False),
    sa.Column('side', sa.Enum('person', 'referent', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('means', sa.Enum('electronic', 'paper', name='means', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('signer_name', sa.Text(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(means = 'electronic') <= (user_id IS NOT NULL)", name=op.f('ck_follow_up_annex_signatures_electronic_has_user')),
    sa.CheckConstraint("(means = 'paper') <= (recorded_by IS NOT NULL)", name=op.f('ck_follow_up_annex_signatures_paper_has_recorder')),
    sa.ForeignKeyConstraint(['annex_id'], ['follow_up_annexes.id'], name=op.f('fk_follow_up_annex_signatures_annex_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by'], ['users.id'], name=op.f('fk_follow_up_annex_signatures_recorded_by')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_follow_up_annex_signatures_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_annex_signatures'))
    )
    op.create_index('uq_follow_up_annex_signatures', 'follow_up_annex_signatures', ['annex_id', 'side'], unique=True)
    op.create_table('follow_up_voices',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('visit_id', sa.Uuid(), nullable=True),
    sa.Column('held_job_id', sa.Uuid(), nullable=True),
    sa.Column('side', sa.Enum('tutor', 'person', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('said_on', sa.Date(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('speaker', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('absences', sa.Boolean(), nullable=True),
    sa.Column('work_well_done', sa.Boolean(), nullable=True),
    sa.Column('see_again', sa.Boolean(), nullable=True),
    sa.Column('heard', sa.Text(), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_follow_up_voices_by_user_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_follow_up_voices_follow_up_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['held_job_id'], ['held_jobs.id'], name=op.f('fk_follow_up_voices_held_job_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_follow_up_voices_visit_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_voices'))
    )
    op.create_index('ix_follow_up_voices_follow_up_id_said_on', 'follow_up_voices', ['follow_up_id', 'said_on'], unique=False)
    op.create_index('uq_follow_up_voices_visit', 'follow_up_voices', ['visit_id', 'side'], unique=True, postgresql_where='visit_id IS NOT NULL')
    op.create_table('job_breaks',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('held_job_id', sa.Uuid(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('cause', sa.Enum('trial_employer', 'trial_person', 'absence', 'childcare', 'transport', 'housing', 'health', 'not_as_announced', 'conflict', 'pay', 'administrative', 'better_job', 'end_of_term', 'business_closed', name='cause', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('decided_by', sa.Enum('employer', 'person', 'both', 'nobody', name='decided_by', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('tried', sa.Text(), nullable=False),
    sa.Column('next_words', sa.Text(), nullable=False),
    sa.Column('recorded_on', sa.Date(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_job_breaks_follow_up_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['held_job_id'], ['held_jobs.id'], name=op.f('fk_job_breaks_held_job_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by'], ['users.id'], name=op.f('fk_job_breaks_recorded_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_breaks')),
    sa.UniqueConstraint('held_job_id', name=op.f('uq_job_breaks_held_job_id'))
    )
    op.create_index('ix_job_breaks_follow_up_id', 'job_breaks', ['follow_up_id'], unique=False)
    op.create_table('tutor_links',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('held_job_id', sa.Uuid(), nullable=False),
    sa.Column('visit_id', sa.Uuid(), nullable=True),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('sent_to', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['users.id'], name=op.f('fk_tutor_links_asked_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_tutor_links_follow_up_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['held_job_id'], ['held_jobs.id'], name=op.f('fk_tutor_links_held_job_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_tutor_links_visit_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tutor_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_tutor_links_token_hash'))
    )
    op.create_index('ix_tutor_links_follow_up_id', 'tutor_links', ['follow_up_id'], unique=False)
    op.create_table('visit_moves',
    sa.Column('visit_id', sa.Uuid(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('agreed_with', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_visit_moves_has_reason')),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_visit_moves_by_user_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_moves_visit_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_moves'))
    )
    op.create_index('ix_visit_moves_visit_id', 'visit_moves', ['visit_id'], unique=False)
    op.create_table('work_absences',
    sa.Column('follow_up_id', sa.Uuid(), nullable=False),
    sa.Column('held_job_id', sa.Uuid(), nullable=True),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('side', sa.Enum('tutor', 'person', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_work_absences_by_user_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_work_absences_follow_up_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['held_job_id'], ['held_jobs.id'], name=op.f('fk_work_absences_held_job_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_absences'))
    )
    op.create_index('uq_work_absences', 'work_absences', ['follow_up_id', 'on'], unique=True)


def downgrade() -> None:
    op.drop_index('ix_follow_up_drafts_written_at', table_name='follow_up_drafts')
    op.drop_table('follow_up_drafts')
    op.drop_index('uq_work_absences', table_name='work_absences')
    op.drop_table('work_absences')
    op.drop_index('ix_visit_moves_visit_id', table_name='visit_moves')
    op.drop_table('visit_moves')
    op.drop_index('ix_tutor_links_follow_up_id', table_name='tutor_links')
    op.drop_table('tutor_links')
    op.drop_index('ix_job_breaks_follow_up_id', table_name='job_breaks')
    op.drop_table('job_breaks')
    op.drop_index('uq_follow_up_voices_visit', table_name='follow_up_voices', postgresql_where='visit_id IS NOT NULL')
    op.drop_index('ix_follow_up_voices_follow_up_id_said_on', table_name='follow_up_voices')
    op.drop_table('follow_up_voices')
    op.drop_index('uq_follow_up_annex_signatures', table_name='follow_up_annex_signatures')
    op.drop_table('follow_up_annex_signatures')
    op.drop_index('ix_follow_up_alert_steps_alert_id', table_name='follow_up_alert_steps')
    op.drop_table('follow_up_alert_steps')
    op.drop_index('uq_visits_kind', table_name='visits', postgresql_where="kind <> 'extra' AND state NOT IN ('cancelled', 'absent', 'no_answer', 'refused')")
    op.drop_index('ix_visits_planned', table_name='visits', postgresql_where="state = 'planned'")
    op.drop_index('ix_visits_follow_up_id_planned_on', table_name='visits')
    op.drop_table('visits')
    op.drop_index('uq_held_jobs_rank', table_name='held_jobs')
    op.drop_index('ix_held_jobs_organisation_id', table_name='held_jobs')
    op.drop_index('ix_held_jobs_end_on', table_name='held_jobs')
    op.drop_table('held_jobs')
    op.drop_index('ix_follow_up_transitions_follow_up_id_at', table_name='follow_up_transitions')
    op.drop_table('follow_up_transitions')
    op.drop_index('ix_follow_up_exchanges_follow_up_id_on', table_name='follow_up_exchanges')
    op.drop_table('follow_up_exchanges')
    op.drop_index('ix_follow_up_assignments_follow_up_id', table_name='follow_up_assignments')
    op.drop_table('follow_up_assignments')
    op.drop_index('uq_follow_up_annexes_current', table_name='follow_up_annexes', postgresql_where='replaced_at IS NULL')
    op.drop_index('ix_follow_up_annexes_follow_up_id', table_name='follow_up_annexes')
    op.drop_table('follow_up_annexes')
    op.drop_index('uq_follow_up_alerts_key', table_name='follow_up_alerts')
    op.drop_index('ix_follow_up_alerts_state', table_name='follow_up_alerts')
    op.drop_table('follow_up_alerts')
    op.drop_index('ix_follow_ups_state_ends_on', table_name='follow_ups')
    op.drop_index('ix_follow_ups_starts_on', table_name='follow_ups')
    op.drop_index('ix_follow_ups_referent_organisation_id_state', table_name='follow_ups')
    op.drop_index('ix_follow_ups_referent_id_state', table_name='follow_ups')
    op.drop_index('ix_follow_ups_candidate_id', table_name='follow_ups')
    op.drop_table('follow_ups')
    op.drop_index('ix_follow_up_covers_cover_id', table_name='follow_up_covers')
    op.drop_index('ix_follow_up_covers_absent_id', table_name='follow_up_covers')
    op.drop_table('follow_up_covers')
    op.drop_index('uq_calendar_feeds_user', table_name='calendar_feeds', postgresql_where='revoked_at IS NULL')
    op.drop_table('calendar_feeds')
