"""the marketplace

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


# The trail only grows: the same words as app/audit/models.py had at this step.
AUDIT_GUARD = (
    """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entries is append-only' USING ERRCODE = 'restrict_violation';
END $$
""",
    """
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()
""",
    """
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
""",
)
AUDIT_GUARD_GONE = (
    "DROP TRIGGER IF EXISTS audit_entries_no_truncate ON audit_entries",
    "DROP TRIGGER IF EXISTS audit_entries_append_only ON audit_entries",
    "DROP FUNCTION IF EXISTS refuse_audit_change()",
)
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")


def upgrade() -> None:
    for extension in EXTENSIONS:
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    op.create_table('audit_entries',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_user_id', sa.Uuid(), nullable=True),
    sa.Column('actor_name', sa.Text(), nullable=False),
    sa.Column('actor_role', sa.Text(), nullable=False),
    sa.Column('actor_organisation_id', sa.Uuid(), nullable=True),
    sa.Column('actor_organisation', sa.Text(), nullable=False),
    sa.Column('on_behalf_of', sa.Uuid(), nullable=True),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('object_type', sa.Text(), nullable=False),
    sa.Column('object_id', sa.Uuid(), nullable=True),
    sa.Column('details', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('request_id', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries'))
    )
    op.create_index('ix_audit_entries_actor', 'audit_entries', ['actor_user_id', 'id'], unique=False)
    op.create_index('ix_audit_entries_object', 'audit_entries', ['object_type', 'object_id', 'id'], unique=False)
    op.create_table('match_weights',
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('trade', sa.Integer(), nullable=False),
    sa.Column('same_rome', sa.Integer(), nullable=False),
    sa.Column('family', sa.Integer(), nullable=False),
    sa.Column('travel', sa.Integer(), nullable=False),
    sa.Column('grid', sa.Integer(), nullable=False),
    sa.Column('skills', sa.Integer(), nullable=False),
    sa.Column('french', sa.Integer(), nullable=False),
    sa.Column('car_km_h', sa.Numeric(), nullable=False),
    sa.Column('bus_km_h', sa.Numeric(), nullable=False),
    sa.Column('bus_wait_min', sa.Numeric(), nullable=False),
    sa.Column('bike_km_h', sa.Numeric(), nullable=False),
    sa.Column('foot_km_h', sa.Numeric(), nullable=False),
    sa.Column('decided_by', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('same_rome <= trade AND family <= same_rome', name=op.f('ck_match_weights_related_trades')),
    sa.CheckConstraint('trade + travel + grid + skills + french = 100', name=op.f('ck_match_weights_sum')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_weights')),
    sa.UniqueConstraint('valid_from', name=op.f('uq_match_weights_valid_from'))
    )
    op.create_table('reference_commune',
    sa.Column('insee', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text(), nullable=False),
    sa.Column('postcodes', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('lat', sa.Double(), nullable=False),
    sa.Column('lon', sa.Double(), nullable=False),
    sa.Column('epci_siren', sa.Text(), nullable=False),
    sa.Column('epci_name', sa.Text(), nullable=False),
    sa.Column('former_names', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('insee', name=op.f('pk_reference_commune'))
    )
    op.create_index(op.f('ix_reference_commune_name_key'), 'reference_commune', ['name_key'], unique=False)
    op.create_index('ix_reference_commune_postcodes', 'reference_commune', ['postcodes'], unique=False, postgresql_using='gin')
    op.create_table('reference_condition',
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('refusal_name', sa.Text(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_reference_condition'))
    )
    op.create_table('reference_licence',
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('implies', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_reference_licence'))
    )
    op.create_table('reference_rome_code',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('parent_code', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_reference_rome_code'))
    )
    op.create_index(op.f('ix_reference_rome_code_parent_code'), 'reference_rome_code', ['parent_code'], unique=False)
    op.create_table('reference_rome_import',
    sa.Column('id', sa.Integer(), sa.Identity(always=False), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_by', sa.Text(), nullable=False),
    sa.Column('codes', sa.Integer(), nullable=False),
    sa.Column('names', sa.Integer(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('retired', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_rome_import'))
    )
    op.create_table('reference_skill',
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('family_slugs', sa.ARRAY(sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_reference_skill'))
    )
    op.create_table('reference_territory',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_reference_territory'))
    )
    op.create_table('reference_title',
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('validity_months', sa.Integer(), nullable=True),
    sa.CheckConstraint('validity_months > 0', name=op.f('ck_reference_title_validity')),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_reference_title'))
    )
    op.create_table('reference_trade_family',
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('words', sa.ARRAY(sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_reference_trade_family'))
    )
    op.create_table('search_outbox',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('kind', sa.Enum('offers', 'candidates', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('object_id', sa.Uuid(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_outbox'))
    )
    op.create_index('ix_search_outbox_attempts_id', 'search_outbox', ['attempts', 'id'], unique=False)
    op.create_table('throttles',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('window_ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_throttles'))
    )
    op.create_table('users',
    sa.Column('first_name', sa.Text(), nullable=False),
    sa.Column('last_name', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('candidate_id', sa.Uuid(), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_sign_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('candidate_id IS NOT NULL OR email IS NOT NULL', name=op.f('ck_users_reachable')),
    sa.CheckConstraint('email IS NULL OR email = lower(email)', name=op.f('ck_users_email_lower')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('candidate_id', name=op.f('uq_users_candidate_id'))
    )
    op.create_index('uq_users_candidate_email', 'users', ['email'], unique=True, postgresql_where='candidate_id IS NOT NULL AND email IS NOT NULL')
    op.create_index('uq_users_candidate_phone', 'users', ['phone'], unique=True, postgresql_where='candidate_id IS NOT NULL AND phone IS NOT NULL')
    op.create_index('uq_users_email', 'users', ['email'], unique=True, postgresql_where='candidate_id IS NULL')
    op.create_table('messages',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('channel', sa.Enum('email', 'sms', name='channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('to_user_id', sa.Uuid(), nullable=True),
    sa.Column('to_name', sa.Text(), nullable=False),
    sa.Column('to_address', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('queued', 'sent', 'failed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('about_type', sa.Text(), nullable=False),
    sa.Column('about_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_messages_sent_has_instant')),
    sa.ForeignKeyConstraint(['to_user_id'], ['users.id'], name=op.f('fk_messages_to_user_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages'))
    )
    op.create_index('ix_messages_state_created_at', 'messages', ['state', 'created_at'], unique=False)
    op.create_index('ix_messages_to_user_id_created_at', 'messages', ['to_user_id', 'created_at'], unique=False)
    op.create_table('organisations',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Enum('firm', 'ei', 'ai', 'aci', 'etti', 'eiti', 'geiq', 'sap', 'plie', 'mds', 'ccas', 'caf', 'mission_locale', 'department', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('pending', 'approved', 'refused', 'closed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('siret', sa.Text(), nullable=True),
    sa.Column('commune_insee', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('territory_code', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('website', sa.Text(), nullable=False),
    sa.Column('presentation', sa.Text(), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by', sa.Uuid(), nullable=True),
    sa.Column('refusal_text', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'approved') <= (approved_at IS NOT NULL)", name=op.f('ck_organisations_approved_has_instant')),
    sa.CheckConstraint("siret IS NULL OR siret ~ '^[0-9]{14}$'", name=op.f('ck_organisations_siret_digits')),
    sa.ForeignKeyConstraint(['approved_by'], ['users.id'], name=op.f('fk_organisations_approved_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['commune_insee'], ['reference_commune.insee'], name=op.f('fk_organisations_commune_insee')),
    sa.ForeignKeyConstraint(['territory_code'], ['reference_territory.code'], name=op.f('fk_organisations_territory_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations'))
    )
    op.create_index(op.f('ix_organisations_commune_insee'), 'organisations', ['commune_insee'], unique=False)
    op.create_index('uq_organisations_siret', 'organisations', ['siret'], unique=True, postgresql_where='siret IS NOT NULL')
    op.create_table('password_resets',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_password_resets_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_password_resets')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_password_resets_token_hash'))
    )
    op.create_index(op.f('ix_password_resets_user_id'), 'password_resets', ['user_id'], unique=False)
    op.create_table('reference_mds',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('territory_code', sa.Text(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('closed_on IS NULL OR closed_on > opened_on', name=op.f('ck_reference_mds_closed_after_opened')),
    sa.ForeignKeyConstraint(['territory_code'], ['reference_territory.code'], name=op.f('fk_reference_mds_territory_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_reference_mds'))
    )
    op.create_index(op.f('ix_reference_mds_territory_code'), 'reference_mds', ['territory_code'], unique=False)
    op.create_table('reference_trade',
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('rome_code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('feminine', sa.Text(), nullable=False),
    sa.Column('words', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('family_slug', sa.Text(), nullable=False),
    sa.Column('source', sa.Enum('portal', 'rome', name='source', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['family_slug'], ['reference_trade_family.slug'], name=op.f('fk_reference_trade_family_slug')),
    sa.ForeignKeyConstraint(['rome_code'], ['reference_rome_code.code'], name=op.f('fk_reference_trade_rome_code')),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_reference_trade'))
    )
    op.create_index(op.f('ix_reference_trade_family_slug'), 'reference_trade', ['family_slug'], unique=False)
    op.create_index(op.f('ix_reference_trade_rome_code'), 'reference_trade', ['rome_code'], unique=False)
    op.create_index('ix_reference_trade_search_text', 'reference_trade', ['search_text'], unique=False, postgresql_using='gin', postgresql_ops={'search_text': 'gin_trgm_ops'})
    op.create_table('sign_in_codes',
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('channel', sa.Enum('email', 'sms', 'paper', name='channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('handle_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('code_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('wrong_tries', sa.Integer(), nullable=False),
    sa.Column('given_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(channel = 'paper') = (handle_hash IS NULL)", name=op.f('ck_sign_in_codes_sent_has_handle')),
    sa.CheckConstraint("channel <> 'paper' OR user_id IS NOT NULL", name=op.f('ck_sign_in_codes_paper_has_user')),
    sa.ForeignKeyConstraint(['given_by'], ['users.id'], name=op.f('fk_sign_in_codes_given_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sign_in_codes_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_codes')),
    sa.UniqueConstraint('handle_hash', name=op.f('uq_sign_in_codes_handle_hash'))
    )
    op.create_index('ix_sign_in_codes_code_hash', 'sign_in_codes', ['code_hash'], unique=False)
    op.create_index('ix_sign_in_codes_user_id', 'sign_in_codes', ['user_id'], unique=False)
    op.create_table('candidate_imports',
    sa.Column('by', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('file_sha256', sa.Text(), nullable=False),
    sa.Column('header', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('notes', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['users.id'], name=op.f('fk_candidate_imports_by')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_candidate_imports_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_imports'))
    )
    op.create_index('ix_candidate_imports_by', 'candidate_imports', ['by', 'created_at'], unique=False)
    op.create_index('uq_candidate_imports_file', 'candidate_imports', ['organisation_id', 'file_sha256'], unique=True)
    op.create_table('candidates',
    sa.Column('number', sa.BigInteger(), sa.Identity(always=False, start=10001), nullable=False),
    sa.Column('state', sa.Enum('active', 'merged', 'closed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('merged_into_id', sa.Uuid(), nullable=True),
    sa.Column('first_name', sa.Text(), nullable=False),
    sa.Column('last_name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text(), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('commune_insee', sa.Text(), nullable=True),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('referent_id', sa.Uuid(), nullable=True),
    sa.Column('referent_organisation_id', sa.Uuid(), nullable=True),
    sa.Column('facilitator_organisation_id', sa.Uuid(), nullable=True),
    sa.Column('french', sa.Integer(), nullable=False),
    sa.Column('own_words', sa.Text(), nullable=False),
    sa.Column('skills', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('licences', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('refusals', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('available_from', sa.Date(), nullable=True),
    sa.Column('grid', sa.LargeBinary(length=42), nullable=True),
    sa.Column('hours_min', sa.Numeric(precision=9, scale=2), nullable=True),
    sa.Column('hours_max', sa.Numeric(precision=9, scale=2), nullable=True),
    sa.Column('answered', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('consent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('consent_by', sa.Uuid(), nullable=True),
    sa.Column('ready_on', sa.Date(), nullable=True),
    sa.Column('ready_by', sa.Uuid(), nullable=True),
    sa.Column('waiting_since', sa.Date(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f('ck_candidates_merged_has_target')),
    sa.CheckConstraint('(ready_on IS NULL) = (ready_by IS NULL)', name=op.f('ck_candidates_ready_is_signed')),
    sa.CheckConstraint('french BETWEEN 0 AND 6', name=op.f('ck_candidates_french')),
    sa.CheckConstraint('hours_max > 0 AND hours_max <= 48', name=op.f('ck_candidates_hours_max')),
    sa.CheckConstraint('hours_min > 0', name=op.f('ck_candidates_hours_min')),
    sa.CheckConstraint('hours_min IS NULL OR hours_max IS NULL OR hours_min <= hours_max', name=op.f('ck_candidates_hours_order')),
    sa.ForeignKeyConstraint(['commune_insee'], ['reference_commune.insee'], name=op.f('fk_candidates_commune_insee')),
    sa.ForeignKeyConstraint(['consent_by'], ['users.id'], name=op.f('fk_candidates_consent_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facilitator_organisation_id'], ['organisations.id'], name=op.f('fk_candidates_facilitator_organisation_id')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['candidates.id'], name=op.f('fk_candidates_merged_into_id')),
    sa.ForeignKeyConstraint(['ready_by'], ['users.id'], name=op.f('fk_candidates_ready_by')),
    sa.ForeignKeyConstraint(['referent_id'], ['users.id'], name=op.f('fk_candidates_referent_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['referent_organisation_id'], ['organisations.id'], name=op.f('fk_candidates_referent_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidates')),
    sa.UniqueConstraint('number', name=op.f('uq_candidates_number'))
    )
    op.create_index('ix_candidates_birth_date', 'candidates', ['birth_date'], unique=False)
    op.create_index(op.f('ix_candidates_commune_insee'), 'candidates', ['commune_insee'], unique=False)
    op.create_index(op.f('ix_candidates_facilitator_organisation_id'), 'candidates', ['facilitator_organisation_id'], unique=False)
    op.create_index('ix_candidates_name', 'candidates', ['last_name', 'first_name', 'id'], unique=False)
    op.create_index('ix_candidates_name_key', 'candidates', ['name_key'], unique=False)
    op.create_index('ix_candidates_name_key_alike', 'candidates', ['name_key'], unique=False, postgresql_using='gin', postgresql_ops={'name_key': 'gin_trgm_ops'})
    op.create_index(op.f('ix_candidates_phone'), 'candidates', ['phone'], unique=False)
    op.create_index(op.f('ix_candidates_referent_id'), 'candidates', ['referent_id'], unique=False)
    op.create_index(op.f('ix_candidates_referent_organisation_id'), 'candidates', ['referent_organisation_id'], unique=False)
    op.create_index('ix_candidates_updated_at', 'candidates', ['updated_at'], unique=False)
    op.create_index('ix_candidates_waiting_since', 'candidates', ['waiting_since', 'id'], unique=False)
    op.create_table('invitations',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('role', sa.Enum('candidate', 'employer', 'facilitator', 'referent', 'department', 'administrator', 'system', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('is_manager', sa.Boolean(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('invited_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['invited_by'], ['users.id'], name=op.f('fk_invitations_invited_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_invitations_organisation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitations_token_hash'))
    )
    op.create_index('uq_invitations_open', 'invitations', ['organisation_id', 'email'], unique=True, postgresql_where='accepted_at IS NULL AND revoked_at IS NULL')
    op.create_table('join_requests',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('pending', 'accepted', 'declined', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name=op.f('ck_join_requests_decided_has_instant')),
    sa.ForeignKeyConstraint(['decided_by'], ['users.id'], name=op.f('fk_join_requests_decided_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_join_requests_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_join_requests_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_join_requests'))
    )
    op.create_index('ix_join_requests_user_id', 'join_requests', ['user_id'], unique=False)
    op.create_index('uq_join_requests_pending', 'join_requests', ['organisation_id', 'user_id'], unique=True, postgresql_where="state = 'pending'")
    op.create_table('memberships',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('candidate', 'employer', 'facilitator', 'referent', 'department', 'administrator', 'system', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('territory_code', sa.Text(), nullable=True),
    sa.Column('is_manager', sa.Boolean(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_memberships_organisation_id')),
    sa.ForeignKeyConstraint(['territory_code'], ['reference_territory.code'], name=op.f('fk_memberships_territory_code')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_memberships_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships'))
    )
    op.create_index('ix_memberships_organisation_id', 'memberships', ['organisation_id'], unique=False)
    op.create_index('uq_memberships_active', 'memberships', ['user_id', 'organisation_id', 'role'], unique=True, postgresql_where='left_at IS NULL')
    op.create_table('offers',
    sa.Column('number', sa.BigInteger(), sa.Identity(always=False, start=1001), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Enum('job', 'siae_post', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'paused', 'filled', 'expired', 'closed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('trade_slug', sa.Text(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('commune_insee', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('employment_kind', sa.Enum('cdi', 'cdd', 'cddi', 'interim', 'mission', 'apprenticeship', 'professionnalisation', 'seasonal', 'independent', name='employment_kind', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('start_on', sa.Date(), nullable=True),
    sa.Column('end_on', sa.Date(), nullable=True),
    sa.Column('hours_week', sa.Numeric(precision=9, scale=2), nullable=True),
    sa.Column('grid', sa.LargeBinary(length=42), nullable=True),
    sa.Column('pay_min', sa.Numeric(precision=12, scale=2), nullable=True),
    sa.Column('pay_max', sa.Numeric(precision=12, scale=2), nullable=True),
    sa.Column('pay_period', sa.Enum('hour', 'month', 'year', name='pay_period', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('posts', sa.Integer(), nullable=False),
    sa.Column('posts_filled', sa.Integer(), nullable=False),
    sa.Column('required_skills', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('wished_skills', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('required_titles', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('wished_titles', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('required_licences', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('conditions', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('french', sa.Integer(), nullable=False),
    sa.Column('french_reason', sa.Text(), nullable=False),
    sa.Column('transport_access', sa.Text(), nullable=False),
    sa.Column('tutor_name', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('stale_asked_on', sa.Date(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_offers_closed_has_instant')),
    sa.CheckConstraint("(state IN ('published', 'paused', 'filled', 'expired')) <= (published_at IS NOT NULL)", name=op.f('ck_offers_published_has_instant')),
    sa.CheckConstraint("published_at IS NULL OR (title <> '' AND num_nulls(trade_slug, commune_insee, employment_kind, start_on, hours_week, expires_on, confirmed_on) = 0)", name=op.f('ck_offers_published_is_complete')),
    sa.CheckConstraint("published_at IS NULL OR french = 0 OR french_reason <> ''", name=op.f('ck_offers_french_has_reason')),
    sa.CheckConstraint('end_on IS NULL OR end_on >= start_on', name=op.f('ck_offers_end_after_start')),
    sa.CheckConstraint('french BETWEEN 0 AND 6', name=op.f('ck_offers_french')),
    sa.CheckConstraint('hours_week > 0 AND hours_week <= 48', name=op.f('ck_offers_hours_week')),
    sa.CheckConstraint('pay_max IS NULL OR pay_max >= pay_min', name=op.f('ck_offers_pay_order')),
    sa.CheckConstraint('posts BETWEEN 1 AND 200', name=op.f('ck_offers_posts')),
    sa.CheckConstraint('posts_filled BETWEEN 0 AND posts', name=op.f('ck_offers_posts_filled')),
    sa.ForeignKeyConstraint(['commune_insee'], ['reference_commune.insee'], name=op.f('fk_offers_commune_insee')),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_offers_made_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_offers_organisation_id')),
    sa.ForeignKeyConstraint(['trade_slug'], ['reference_trade.slug'], name=op.f('fk_offers_trade_slug')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offers')),
    sa.UniqueConstraint('number', name=op.f('uq_offers_number'))
    )
    op.create_index(op.f('ix_offers_commune_insee'), 'offers', ['commune_insee'], unique=False)
    op.create_index('ix_offers_organisation_id_state', 'offers', ['organisation_id', 'state'], unique=False)
    op.create_index('ix_offers_state_expires_on', 'offers', ['state', 'expires_on'], unique=False)
    op.create_index('ix_offers_state_published_at', 'offers', ['state', 'published_at'], unique=False)
    op.create_index(op.f('ix_offers_trade_slug'), 'offers', ['trade_slug'], unique=False)
    op.create_index('ix_offers_updated_at', 'offers', ['updated_at'], unique=False)
    op.create_table('reference_commune_assignment',
    sa.Column('id', sa.Integer(), sa.Identity(always=False), nullable=False),
    sa.Column('commune_insee', sa.Text(), nullable=False),
    sa.Column('territory_code', sa.Text(), nullable=False),
    sa.Column('mds_code', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('decided_by', sa.Text(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    postgresql.ExcludeConstraint((sa.column('commune_insee'), '='), (sa.text('daterange(valid_from, valid_until)'), '&&'), using='gist', name='ex_reference_commune_assignment_no_overlap'),
    sa.CheckConstraint('valid_until IS NULL OR valid_until > valid_from', name=op.f('ck_reference_commune_assignment_ends_after_start')),
    sa.ForeignKeyConstraint(['commune_insee'], ['reference_commune.insee'], name=op.f('fk_reference_commune_assignment_commune_insee')),
    sa.ForeignKeyConstraint(['mds_code'], ['reference_mds.code'], name=op.f('fk_reference_commune_assignment_mds_code')),
    sa.ForeignKeyConstraint(['territory_code'], ['reference_territory.code'], name=op.f('fk_reference_commune_assignment_territory_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_commune_assignment'))
    )
    op.create_index(op.f('ix_reference_commune_assignment_commune_insee'), 'reference_commune_assignment', ['commune_insee'], unique=False)
    op.create_index(op.f('ix_reference_commune_assignment_mds_code'), 'reference_commune_assignment', ['mds_code'], unique=False)
    op.create_index(op.f('ix_reference_commune_assignment_territory_code'), 'reference_commune_assignment', ['territory_code'], unique=False)
    op.create_table('reference_title_requirement',
    sa.Column('trade_slug', sa.Text(), nullable=False),
    sa.Column('title_slug', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['title_slug'], ['reference_title.slug'], name=op.f('fk_reference_title_requirement_title_slug')),
    sa.ForeignKeyConstraint(['trade_slug'], ['reference_trade.slug'], name=op.f('fk_reference_title_requirement_trade_slug')),
    sa.PrimaryKeyConstraint('trade_slug', 'title_slug', name=op.f('pk_reference_title_requirement'))
    )
    op.create_index(op.f('ix_reference_title_requirement_title_slug'), 'reference_title_requirement', ['title_slug'], unique=False)
    op.create_table('reference_trade_move',
    sa.Column('from_slug', sa.Text(), nullable=False),
    sa.Column('to_slug', sa.Text(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint('from_slug <> to_slug', name=op.f('ck_reference_trade_move_two_trades')),
    sa.CheckConstraint('points BETWEEN 10 AND 20', name=op.f('ck_reference_trade_move_points')),
    sa.ForeignKeyConstraint(['from_slug'], ['reference_trade.slug'], name=op.f('fk_reference_trade_move_from_slug')),
    sa.ForeignKeyConstraint(['to_slug'], ['reference_trade.slug'], name=op.f('fk_reference_trade_move_to_slug')),
    sa.PrimaryKeyConstraint('from_slug', 'to_slug', name=op.f('pk_reference_trade_move'))
    )
    op.create_index(op.f('ix_reference_trade_move_to_slug'), 'reference_trade_move', ['to_slug'], unique=False)
    op.create_table('application_drafts',
    sa.Column('offer_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['offer_id'], ['offers.id'], name=op.f('fk_application_drafts_offer_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_drafts'))
    )
    op.create_index(op.f('ix_application_drafts_offer_id'), 'application_drafts', ['offer_id'], unique=False)
    op.create_index(op.f('ix_application_drafts_written_at'), 'application_drafts', ['written_at'], unique=False)
    op.create_table('applications',
    sa.Column('offer_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.Enum('direct', 'proposal', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'agreed', 'sent', 'in_review', 'postponed', 'interview', 'hired', 'refused', 'declined', 'withdrawn', 'obsolete', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('proposed_by', sa.Uuid(), nullable=True),
    sa.Column('proposed_by_organisation_id', sa.Uuid(), nullable=True),
    sa.Column('proposal_note', sa.Text(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('reasons', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('person_words', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_due_on', sa.Date(), nullable=True),
    sa.Column('interview_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('interview_place', sa.Text(), nullable=False),
    sa.Column('refusal_reason', sa.Enum('unreachable', 'absent', 'hired_elsewhere', 'in_training', 'not_eligible', 'not_mobile', 'not_interested', 'lacks_skills', 'barrier', 'objectives', 'no_position', 'duplicate', 'other', name='refusal_reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('refusal_text', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(origin = 'proposal') = (proposed_at IS NOT NULL)", name=op.f('ck_applications_proposal_has_instant')),
    sa.CheckConstraint("(state = 'refused') = (refusal_reason IS NOT NULL)", name=op.f('ck_applications_refused_has_reason')),
    sa.CheckConstraint("(state IN ('in_review', 'postponed', 'interview', 'hired', 'refused')) <= (sent_at IS NOT NULL)", name=op.f('ck_applications_sent_has_instant')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_applications_candidate_id')),
    sa.ForeignKeyConstraint(['offer_id'], ['offers.id'], name=op.f('fk_applications_offer_id')),
    sa.ForeignKeyConstraint(['proposed_by'], ['users.id'], name=op.f('fk_applications_proposed_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['proposed_by_organisation_id'], ['organisations.id'], name=op.f('fk_applications_proposed_by_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applications'))
    )
    op.create_index('ix_applications_candidate_id_state', 'applications', ['candidate_id', 'state'], unique=False)
    op.create_index('ix_applications_offer_id_state', 'applications', ['offer_id', 'state'], unique=False)
    op.create_index(op.f('ix_applications_proposed_by_organisation_id'), 'applications', ['proposed_by_organisation_id'], unique=False)
    op.create_index('ix_applications_state_answer_due_on', 'applications', ['state', 'answer_due_on'], unique=False)
    op.create_index('uq_applications_open', 'applications', ['offer_id', 'candidate_id'], unique=True, postgresql_where="state IN ('proposed', 'agreed', 'sent', 'in_review', 'postponed', 'interview', 'hired')")
    op.create_table('candidate_barriers',
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('barrier', sa.Enum('housing', 'childcare', 'transport', 'health', 'administrative', 'digital', 'language', 'debt', 'family', 'other', name='barrier', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('noted_by', sa.Uuid(), nullable=True),
    sa.Column('lifted_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_candidate_barriers_candidate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['noted_by'], ['users.id'], name=op.f('fk_candidate_barriers_noted_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_barriers'))
    )
    op.create_index(op.f('ix_candidate_barriers_candidate_id'), 'candidate_barriers', ['candidate_id'], unique=False)
    op.create_table('candidate_import_lines',
    sa.Column('import_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('state', sa.Enum('new', 'known', 'faulty', 'added', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('cells', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('understood', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('faults', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=True),
    sa.Column('twin_line', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_candidate_import_lines_candidate_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['import_id'], ['candidate_imports.id'], name=op.f('fk_candidate_import_lines_import_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('import_id', 'number', name=op.f('pk_candidate_import_lines'))
    )
    op.create_index(op.f('ix_candidate_import_lines_candidate_id'), 'candidate_import_lines', ['candidate_id'], unique=False)
    op.create_index('ix_candidate_import_lines_state', 'candidate_import_lines', ['import_id', 'state', 'number'], unique=False)
    op.create_table('candidate_mandates',
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_candidate_mandates_order')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_candidate_mandates_candidate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_candidate_mandates_organisation_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_candidate_mandates_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_mandates'))
    )
    op.create_index(op.f('ix_candidate_mandates_candidate_id'), 'candidate_mandates', ['candidate_id'], unique=False)
    op.create_index(op.f('ix_candidate_mandates_user_id'), 'candidate_mandates', ['user_id'], unique=False)
    op.create_table('candidate_merges',
    sa.Column('kept_id', sa.Uuid(), nullable=False),
    sa.Column('merged_id', sa.Uuid(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('before', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['users.id'], name=op.f('fk_candidate_merges_by')),
    sa.ForeignKeyConstraint(['kept_id'], ['candidates.id'], name=op.f('fk_candidate_merges_kept_id')),
    sa.ForeignKeyConstraint(['merged_id'], ['candidates.id'], name=op.f('fk_candidate_merges_merged_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_merges'))
    )
    op.create_index(op.f('ix_candidate_merges_kept_id'), 'candidate_merges', ['kept_id'], unique=False)
    op.create_table('candidate_not_duplicates',
    sa.Column('first_id', sa.Uuid(), nullable=False),
    sa.Column('second_id', sa.Uuid(), nullable=False),
    sa.Column('said_by', sa.Uuid(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_candidate_not_duplicates_order')),
    sa.ForeignKeyConstraint(['first_id'], ['candidates.id'], name=op.f('fk_candidate_not_duplicates_first_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['said_by'], ['users.id'], name=op.f('fk_candidate_not_duplicates_said_by')),
    sa.ForeignKeyConstraint(['second_id'], ['candidates.id'], name=op.f('fk_candidate_not_duplicates_second_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('first_id', 'second_id', name=op.f('pk_candidate_not_duplicates'))
    )
    op.create_table('candidate_programmes',
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('programme', sa.Enum('rsa', 'plie', 'iae', 'mission_locale', 'sap', 'other', name='programme', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('until IS NULL OR until >= since', name=op.f('ck_candidate_programmes_order')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_candidate_programmes_candidate_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_programmes'))
    )
    op.create_index(op.f('ix_candidate_programmes_candidate_id'), 'candidate_programmes', ['candidate_id'], unique=False)
    op.create_table('candidate_readiness',
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=False),
    sa.Column('ready', sa.Boolean(), nullable=False),
    sa.Column('checks', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['users.id'], name=op.f('fk_candidate_readiness_by')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_candidate_readiness_candidate_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_readiness'))
    )
    op.create_index(op.f('ix_candidate_readiness_candidate_id'), 'candidate_readiness', ['candidate_id'], unique=False)
    op.create_table('candidate_titles',
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('title_slug', sa.Text(), nullable=False),
    sa.Column('obtained_on', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_candidate_titles_candidate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['title_slug'], ['reference_title.slug'], name=op.f('fk_candidate_titles_title_slug')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_titles'))
    )
    op.create_index('uq_candidate_titles', 'candidate_titles', ['candidate_id', 'title_slug'], unique=True)
    op.create_table('candidate_trades',
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('trade_slug', sa.Text(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_candidate_trades_candidate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['trade_slug'], ['reference_trade.slug'], name=op.f('fk_candidate_trades_trade_slug')),
    sa.PrimaryKeyConstraint('candidate_id', 'trade_slug', name=op.f('pk_candidate_trades'))
    )
    op.create_index(op.f('ix_candidate_trades_trade_slug'), 'candidate_trades', ['trade_slug'], unique=False)
    op.create_table('candidate_travels',
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('means', sa.Text(), nullable=False),
    sa.Column('max_minutes', sa.Integer(), nullable=True),
    sa.Column('max_km', sa.Numeric(), nullable=True),
    sa.CheckConstraint("means IN ('car', 'bus', 'bike', 'foot')", name=op.f('ck_candidate_travels_means')),
    sa.CheckConstraint('max_minutes > 0 OR max_km > 0', name=op.f('ck_candidate_travels_has_limit')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_candidate_travels_candidate_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('candidate_id', 'means', name=op.f('pk_candidate_travels'))
    )
    op.create_table('offer_transitions',
    sa.Column('offer_id', sa.Uuid(), nullable=False),
    sa.Column('action', sa.Enum('publish', 'pause', 'resume', 'confirm', 'fill', 'expire', 'reopen', 'close', name='action', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('from_state', sa.Enum('draft', 'published', 'paused', 'filled', 'expired', 'closed', name='from_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('to_state', sa.Enum('draft', 'published', 'paused', 'filled', 'expired', 'closed', name='to_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('by_role', sa.Enum('candidate', 'employer', 'facilitator', 'referent', 'department', 'administrator', 'system', name='by_role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_offer_transitions_by_user_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['offer_id'], ['offers.id'], name=op.f('fk_offer_transitions_offer_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer_transitions'))
    )
    op.create_index(op.f('ix_offer_transitions_offer_id'), 'offer_transitions', ['offer_id'], unique=False)
    op.create_table('user_sessions',
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('membership_id', sa.Uuid(), nullable=True),
    sa.Column('user_agent', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_user_sessions_membership_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_user_sessions_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_sessions')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_user_sessions_token_hash'))
    )
    op.create_index('ix_user_sessions_user_id', 'user_sessions', ['user_id'], unique=False)
    op.create_table('application_notes',
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('by_role', sa.Enum('candidate', 'employer', 'facilitator', 'referent', 'department', 'administrator', 'system', name='by_role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_application_notes_application_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_application_notes_by_user_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_notes'))
    )
    op.create_index(op.f('ix_application_notes_application_id'), 'application_notes', ['application_id'], unique=False)
    op.create_table('application_transitions',
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('action', sa.Enum('agree', 'decline', 'send', 'review', 'postpone', 'invite', 'hire', 'refuse', 'withdraw', 'obsolete', name='action', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('from_state', sa.Enum('proposed', 'agreed', 'sent', 'in_review', 'postponed', 'interview', 'hired', 'refused', 'declined', 'withdrawn', 'obsolete', name='from_state', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('to_state', sa.Enum('proposed', 'agreed', 'sent', 'in_review', 'postponed', 'interview', 'hired', 'refused', 'declined', 'withdrawn', 'obsolete', name='to_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_user_id', sa.Uuid(), nullable=True),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('by_role', sa.Enum('candidate', 'employer', 'facilitator', 'referent', 'department', 'administrator', 'system', name='by_role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_application_transitions_application_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_application_transitions_by_user_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_transitions'))
    )
    op.create_index(op.f('ix_application_transitions_application_id'), 'application_transitions', ['application_id'], unique=False)
    op.create_table('hires',
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('employment_kind', sa.Enum('cdi', 'cdd', 'cddi', 'interim', 'mission', 'apprenticeship', 'professionnalisation', 'seasonal', 'independent', name='employment_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('start_on', sa.Date(), nullable=False),
    sa.Column('end_on', sa.Date(), nullable=True),
    sa.Column('hours_week', sa.Numeric(precision=9, scale=2), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('end_on IS NULL OR end_on >= start_on', name=op.f('ck_hires_order')),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_hires_application_id')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_hires_candidate_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_hires_organisation_id')),
    sa.ForeignKeyConstraint(['recorded_by'], ['users.id'], name=op.f('fk_hires_recorded_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hires')),
    sa.UniqueConstraint('application_id', name=op.f('uq_hires_application_id'))
    )
    op.create_index(op.f('ix_hires_candidate_id'), 'hires', ['candidate_id'], unique=False)
    op.create_index(op.f('ix_hires_organisation_id'), 'hires', ['organisation_id'], unique=False)
    op.create_foreign_key(
        "fk_users_candidate_id", "users", "candidates", ["candidate_id"], ["id"], ondelete="CASCADE"
    )
    for statement in AUDIT_GUARD:
        op.execute(statement)


def downgrade() -> None:
    for statement in AUDIT_GUARD_GONE:
        op.execute(statement)
    op.drop_constraint("fk_users_candidate_id", "users", type_="foreignkey")
    op.drop_index(op.f('ix_hires_organisation_id'), table_name='hires')
    op.drop_index(op.f('ix_hires_candidate_id'), table_name='hires')
    op.drop_table('hires')
    op.drop_index(op.f('ix_application_transitions_application_id'), table_name='application_transitions')
    op.drop_table('application_transitions')
    op.drop_index(op.f('ix_application_notes_application_id'), table_name='application_notes')
    op.drop_table('application_notes')
    op.drop_index('ix_user_sessions_user_id', table_name='user_sessions')
    op.drop_table('user_sessions')
    op.drop_index(op.f('ix_offer_transitions_offer_id'), table_name='offer_transitions')
    op.drop_table('offer_transitions')
    op.drop_table('candidate_travels')
    op.drop_index(op.f('ix_candidate_trades_trade_slug'), table_name='candidate_trades')
    op.drop_table('candidate_trades')
    op.drop_index('uq_candidate_titles', table_name='candidate_titles')
    op.drop_table('candidate_titles')
    op.drop_index(op.f('ix_candidate_readiness_candidate_id'), table_name='candidate_readiness')
    op.drop_table('candidate_readiness')
    op.drop_index(op.f('ix_candidate_programmes_candidate_id'), table_name='candidate_programmes')
    op.drop_table('candidate_programmes')
    op.drop_table('candidate_not_duplicates')
    op.drop_index(op.f('ix_candidate_merges_kept_id'), table_name='candidate_merges')
    op.drop_table('candidate_merges')
    op.drop_index(op.f('ix_candidate_mandates_user_id'), table_name='candidate_mandates')
    op.drop_index(op.f('ix_candidate_mandates_candidate_id'), table_name='candidate_mandates')
    op.drop_table('candidate_mandates')
    op.drop_index('ix_candidate_import_lines_state', table_name='candidate_import_lines')
    op.drop_index(op.f('ix_candidate_import_lines_candidate_id'), table_name='candidate_import_lines')
    op.drop_table('candidate_import_lines')
    op.drop_index(op.f('ix_candidate_barriers_candidate_id'), table_name='candidate_barriers')
    op.drop_table('candidate_barriers')
    op.drop_index('uq_applications_open', table_name='applications', postgresql_where="state IN ('proposed', 'agreed', 'sent', 'in_review', 'postponed', 'interview', 'hired')")
    op.drop_index('ix_applications_state_answer_due_on', table_name='applications')
    op.drop_index(op.f('ix_applications_proposed_by_organisation_id'), table_name='applications')
    op.drop_index('ix_applications_offer_id_state', table_name='applications')
    op.drop_index('ix_applications_candidate_id_state', table_name='applications')
    op.drop_table('applications')
    op.drop_index(op.f('ix_application_drafts_written_at'), table_name='application_drafts')
    op.drop_index(op.f('ix_application_drafts_offer_id'), table_name='application_drafts')
    op.drop_table('application_drafts')
    op.drop_index(op.f('ix_reference_trade_move_to_slug'), table_name='reference_trade_move')
    op.drop_table('reference_trade_move')
    op.drop_index(op.f('ix_reference_title_requirement_title_slug'), table_name='reference_title_requirement')
    op.drop_table('reference_title_requirement')
    op.drop_index(op.f('ix_reference_commune_assignment_territory_code'), table_name='reference_commune_assignment')
    op.drop_index(op.f('ix_reference_commune_assignment_mds_code'), table_name='reference_commune_assignment')
    op.drop_index(op.f('ix_reference_commune_assignment_commune_insee'), table_name='reference_commune_assignment')
    op.drop_table('reference_commune_assignment')
    op.drop_index('ix_offers_updated_at', table_name='offers')
    op.drop_index(op.f('ix_offers_trade_slug'), table_name='offers')
    op.drop_index('ix_offers_state_published_at', table_name='offers')
    op.drop_index('ix_offers_state_expires_on', table_name='offers')
    op.drop_index('ix_offers_organisation_id_state', table_name='offers')
    op.drop_index(op.f('ix_offers_commune_insee'), table_name='offers')
    op.drop_table('offers')
    op.drop_index('uq_memberships_active', table_name='memberships', postgresql_where='left_at IS NULL')
    op.drop_index('ix_memberships_organisation_id', table_name='memberships')
    op.drop_table('memberships')
    op.drop_index('uq_join_requests_pending', table_name='join_requests', postgresql_where="state = 'pending'")
    op.drop_index('ix_join_requests_user_id', table_name='join_requests')
    op.drop_table('join_requests')
    op.drop_index('uq_invitations_open', table_name='invitations', postgresql_where='accepted_at IS NULL AND revoked_at IS NULL')
    op.drop_table('invitations')
    op.drop_index('ix_candidates_waiting_since', table_name='candidates')
    op.drop_index('ix_candidates_updated_at', table_name='candidates')
    op.drop_index(op.f('ix_candidates_referent_organisation_id'), table_name='candidates')
    op.drop_index(op.f('ix_candidates_referent_id'), table_name='candidates')
    op.drop_index(op.f('ix_candidates_phone'), table_name='candidates')
    op.drop_index('ix_candidates_name_key_alike', table_name='candidates', postgresql_using='gin', postgresql_ops={'name_key': 'gin_trgm_ops'})
    op.drop_index('ix_candidates_name_key', table_name='candidates')
    op.drop_index('ix_candidates_name', table_name='candidates')
    op.drop_index(op.f('ix_candidates_facilitator_organisation_id'), table_name='candidates')
    op.drop_index(op.f('ix_candidates_commune_insee'), table_name='candidates')
    op.drop_index('ix_candidates_birth_date', table_name='candidates')
    op.drop_table('candidates')
    op.drop_index('uq_candidate_imports_file', table_name='candidate_imports')
    op.drop_index('ix_candidate_imports_by', table_name='candidate_imports')
    op.drop_table('candidate_imports')
    op.drop_index('ix_sign_in_codes_user_id', table_name='sign_in_codes')
    op.drop_index('ix_sign_in_codes_code_hash', table_name='sign_in_codes')
    op.drop_table('sign_in_codes')
    op.drop_index('ix_reference_trade_search_text', table_name='reference_trade', postgresql_using='gin', postgresql_ops={'search_text': 'gin_trgm_ops'})
    op.drop_index(op.f('ix_reference_trade_rome_code'), table_name='reference_trade')
    op.drop_index(op.f('ix_reference_trade_family_slug'), table_name='reference_trade')
    op.drop_table('reference_trade')
    op.drop_index(op.f('ix_reference_mds_territory_code'), table_name='reference_mds')
    op.drop_table('reference_mds')
    op.drop_index(op.f('ix_password_resets_user_id'), table_name='password_resets')
    op.drop_table('password_resets')
    op.drop_index('uq_organisations_siret', table_name='organisations', postgresql_where='siret IS NOT NULL')
    op.drop_index(op.f('ix_organisations_commune_insee'), table_name='organisations')
    op.drop_table('organisations')
    op.drop_index('ix_messages_to_user_id_created_at', table_name='messages')
    op.drop_index('ix_messages_state_created_at', table_name='messages')
    op.drop_table('messages')
    op.drop_index('uq_users_email', table_name='users', postgresql_where='candidate_id IS NULL')
    op.drop_index('uq_users_candidate_phone', table_name='users', postgresql_where='candidate_id IS NOT NULL AND phone IS NOT NULL')
    op.drop_index('uq_users_candidate_email', table_name='users', postgresql_where='candidate_id IS NOT NULL AND email IS NOT NULL')
    op.drop_table('users')
    op.drop_table('throttles')
    op.drop_index('ix_search_outbox_attempts_id', table_name='search_outbox')
    op.drop_table('search_outbox')
    op.drop_table('reference_trade_family')
    op.drop_table('reference_title')
    op.drop_table('reference_territory')
    op.drop_table('reference_skill')
    op.drop_table('reference_rome_import')
    op.drop_index(op.f('ix_reference_rome_code_parent_code'), table_name='reference_rome_code')
    op.drop_table('reference_rome_code')
    op.drop_table('reference_licence')
    op.drop_table('reference_condition')
    op.drop_index('ix_reference_commune_postcodes', table_name='reference_commune', postgresql_using='gin')
    op.drop_index(op.f('ix_reference_commune_name_key'), table_name='reference_commune')
    op.drop_table('reference_commune')
    op.drop_table('match_weights')
    op.drop_index('ix_audit_entries_object', table_name='audit_entries')
    op.drop_index('ix_audit_entries_actor', table_name='audit_entries')
    op.drop_table('audit_entries')
