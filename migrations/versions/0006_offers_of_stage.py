"""offers of stage, and applications that end in one

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_COMPLETE = (
    "published_at IS NULL OR (title <> '' AND num_nulls(trade_slug, commune_insee, start_on, hours_week, expires_on,"
    " confirmed_on) = 0 AND (employment_kind IS NOT NULL OR kind = 'placement'))"
)
_COMPLETE_BEFORE = (
    "published_at IS NULL OR (title <> '' AND num_nulls(trade_slug, commune_insee, employment_kind, start_on,"
    " hours_week, expires_on, confirmed_on) = 0)"
)
_BEGUN, _OVER = ('proposed', 'agreed', 'sent', 'in_review', 'postponed', 'interview', 'hired'), ('refused', 'declined', 'withdrawn', 'obsolete')
_FIRST, _LAST = ('agree', 'decline', 'send', 'review', 'postpone', 'invite', 'hire'), ('refuse', 'withdraw', 'obsolete')
_SENT = "(state IN ('in_review', 'postponed', 'interview', 'hired', 'placed', 'refused')) <= (sent_at IS NOT NULL)"
_SENT_BEFORE = "(state IN ('in_review', 'postponed', 'interview', 'hired', 'refused')) <= (sent_at IS NOT NULL)"
_NO_JOB = "kind <> 'placement' OR num_nonnulls(employment_kind, pay_min, pay_max) = 0"
_OPEN_BEFORE = "state IN ('proposed', 'agreed', 'sent', 'in_review', 'postponed', 'interview', 'hired')"
_OPEN = "state IN ('proposed', 'agreed', 'sent', 'in_review', 'postponed', 'interview', 'hired', 'placed')"


def _replace(table: str, name: str, condition: str) -> None:
    op.drop_constraint(op.f(f'ck_{table}_{name}'), table, type_='check')
    op.create_check_constraint(op.f(f'ck_{table}_{name}'), table, condition)


def _check(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    listed = ', '.join(f"'{value}'" for value in values)
    _replace(table, name, f'{column} IN ({listed})')


def _lists(kinds: tuple[str, ...], states: tuple[str, ...], actions: tuple[str, ...]) -> None:
    _check('offers', 'kind', 'kind', kinds)
    _check('applications', 'state', 'state', states)
    _check('application_transitions', 'action', 'action', actions)
    for column in ('from_state', 'to_state'):
        _check('application_transitions', column, column, states)


def upgrade() -> None:
    _lists(('job', 'siae_post', 'placement'), (*_BEGUN, 'placed', *_OVER), (*_FIRST, 'take', *_LAST))
    _replace('offers', 'published_is_complete', _COMPLETE)
    _replace('applications', 'sent_has_instant', _SENT)
    op.create_check_constraint(op.f('ck_offers_placement_is_no_job'), 'offers', _NO_JOB)
    op.drop_index('uq_applications_open', table_name='applications')
    op.create_index('uq_applications_open', 'applications', ['offer_id', 'candidate_id'], unique=True, postgresql_where=_OPEN)


def downgrade() -> None:
    op.drop_constraint(op.f('ck_offers_placement_is_no_job'), 'offers', type_='check')
    op.drop_index('uq_applications_open', table_name='applications')
    op.execute("DELETE FROM offers WHERE kind = 'placement' AND NOT EXISTS (SELECT FROM applications WHERE offer_id = offers.id)")
    op.execute("UPDATE offers SET kind = 'job', employment_kind = coalesce(employment_kind, 'cdd') WHERE kind = 'placement'")
    op.execute("DELETE FROM application_transitions WHERE action = 'take'")
    op.execute("UPDATE application_transitions SET from_state = 'interview' WHERE from_state = 'placed'")
    op.execute("UPDATE application_transitions SET to_state = 'interview' WHERE to_state = 'placed'")
    op.execute("UPDATE applications SET state = 'withdrawn' WHERE state = 'placed'")
    op.create_index('uq_applications_open', 'applications', ['offer_id', 'candidate_id'], unique=True, postgresql_where=_OPEN_BEFORE)
    _replace('offers', 'published_is_complete', _COMPLETE_BEFORE)
    _replace('applications', 'sent_has_instant', _SENT_BEFORE)
    _lists(('job', 'siae_post'), (*_BEGUN, *_OVER), (*_FIRST, *_LAST))
