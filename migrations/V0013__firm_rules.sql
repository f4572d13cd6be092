-- What a firm sets beside the law. An internal target never lies after the legal date; own checklist items are added to
-- those of the rule. `version` is for If-Match; a row that decides nothing stays, so that its version goes on.
ALTER TABLE app.return_settings ADD COLUMN target_kind text;

ALTER TABLE app.return_settings ADD COLUMN target_days smallint;

ALTER TABLE app.return_settings ADD COLUMN checklist text[] NOT NULL DEFAULT '{}';

ALTER TABLE app.return_settings ADD COLUMN reason text NOT NULL DEFAULT '';

ALTER TABLE app.return_settings ADD COLUMN version bigint NOT NULL DEFAULT 1;

ALTER TABLE app.return_settings ADD COLUMN decided_by bigint;

ALTER TABLE app.return_settings ADD COLUMN decided_at timestamptz;

ALTER TABLE app.return_settings ADD CONSTRAINT return_settings_target_check CHECK ((target_kind IS NULL) = (target_days IS NULL) AND (target_kind IS NULL OR target_kind IN ('working_days_before', 'days_before', 'day_of_month')));

ALTER TABLE app.return_settings ADD CONSTRAINT return_settings_decided_by_fkey FOREIGN KEY (tenant_id, decided_by) REFERENCES app.users (tenant_id, id);

CREATE INDEX return_settings_decided_by ON app.return_settings (tenant_id, decided_by);

-- The version of the firm's own default about breaches.
ALTER TABLE app.tenants ADD COLUMN rules_version bigint NOT NULL DEFAULT 1;

-- How many of a filing's checklist items are the firm's own for the return; they are inside `checklist_total`.
ALTER TABLE app.filings ADD COLUMN firm_items smallint NOT NULL DEFAULT 0;

-- Obligations that a firm gives itself. `versions` is the list of its wordings, each with its first day, oldest first;
-- it is read and written whole. Nothing here is law, and no row of the rule library can have such a code.
CREATE TABLE app.internal_returns (
  tenant_id bigint NOT NULL REFERENCES app.tenants (id),
  code text NOT NULL CONSTRAINT internal_returns_code_check CHECK (code LIKE 'INT-%'),
  versions jsonb NOT NULL CONSTRAINT internal_returns_versions_check CHECK (jsonb_typeof(versions) = 'array' AND versions <> '[]'),
  retired_from date,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, code)
);

SELECT app.tenant_table('app.internal_returns', 'tenant_id', 'SELECT, INSERT, UPDATE');
