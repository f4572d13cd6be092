-- Plans as rows, each firm's licence and exceptions, and what they come to where every session reads it.
-- Prices are paise; none means quoted. -1 is unlimited, 0 is not available.
SET LOCAL citus.multi_shard_modify_mode = 'sequential';

SET LOCAL citus.enable_local_reference_table_foreign_keys = off;

SET LOCAL citus.enable_unsafe_triggers = on;

CREATE TABLE app.plans (
  slug text PRIMARY KEY,
  name text NOT NULL,
  display_name text NOT NULL,
  price_monthly integer,
  price_yearly integer,
  features jsonb NOT NULL,
  max_users integer NOT NULL,
  max_workers integer,
  max_job_steps integer,
  max_article_attrs integer,
  rate_limit_max integer NOT NULL DEFAULT 100,
  rate_limit_window integer NOT NULL DEFAULT 60,
  razorpay_plan_id text,
  is_active boolean NOT NULL DEFAULT true,
  family text NOT NULL CONSTRAINT plans_family_check CHECK (family IN ('licence', 'hosted')),
  position smallint NOT NULL,
  limits jsonb NOT NULL CONSTRAINT plans_users_check CHECK ((limits->>'users')::integer = max_users),
  portal_level text NOT NULL CONSTRAINT plans_portal_check CHECK (portal_level IN ('read_only', 'full', 'white_label')),
  penalty_level text NOT NULL CONSTRAINT plans_penalty_check CHECK (penalty_level IN ('basic', 'full', 'full_scn')),
  unit text NOT NULL CONSTRAINT plans_unit_check CHECK (unit IN ('seat', 'flat')),
  period text NOT NULL CONSTRAINT plans_period_check CHECK (period IN ('month', 'year')),
  recommended boolean NOT NULL DEFAULT false,
  nudge text NOT NULL CONSTRAINT plans_nudge_check CHECK (nudge IN ('loud', 'quiet', 'none')),
  hidden jsonb NOT NULL DEFAULT '[]',
  upsell jsonb NOT NULL DEFAULT '[]',
  annual_discount boolean NOT NULL DEFAULT false
);

GRANT SELECT ON app.plans TO zippcrm_app;

SELECT app.place_reference_table('app.plans');

INSERT INTO app.plans (slug, name, display_name, price_monthly, price_yearly, max_users, family, position, portal_level, penalty_level, unit, period, recommended, nudge, hidden, upsell, annual_discount, limits, features) VALUES (
  'starter', 'starter', 'Starter', NULL, NULL, 3, 'licence', 1, 'read_only', 'basic', 'seat', 'year', false, 'loud', '[]', '[]', false,
  '{"users": 3, "clients": 25, "records": -1, "projects": -1, "invoices_per_month": -1, "storage_mb": -1, "regulators": 2, "approval_levels": 0}',
  '{"maker_checker": false, "custom_roles": false, "esign_otp": false, "esign_aadhaar": false, "esign_dsc": false, "workflow_engine": false,
    "custom_workflows": false, "api_access": false, "sso_saml": false, "cosmos_xbrl": false, "white_label_portal": false, "email_notifications": true,
    "sms_alerts": false, "sms_notifications": false, "whatsapp_alerts": false, "whatsapp_automation": false, "consulting": true, "software_services": true,
    "invoicing": true, "gst_features": true, "analytics_basic": true, "analytics_advanced": false, "priority_support": false, "dedicated_support": false,
    "on_premise": false, "data_residency": false}'
);

INSERT INTO app.plans (slug, name, display_name, price_monthly, price_yearly, max_users, family, position, portal_level, penalty_level, unit, period, recommended, nudge, hidden, upsell, annual_discount, limits, features) VALUES (
  'growth', 'growth', 'Growth', NULL, NULL, 20, 'licence', 2, 'full', 'full', 'seat', 'year', false, 'quiet', '[]', '["workflow_engine"]', false,
  '{"users": 20, "clients": 100, "records": -1, "projects": -1, "invoices_per_month": -1, "storage_mb": -1, "regulators": 5, "approval_levels": 2}',
  '{"maker_checker": true, "custom_roles": false, "esign_otp": true, "esign_aadhaar": false, "esign_dsc": false, "workflow_engine": false,
    "custom_workflows": false, "api_access": false, "sso_saml": false, "cosmos_xbrl": false, "white_label_portal": false, "email_notifications": true,
    "sms_alerts": false, "sms_notifications": false, "whatsapp_alerts": true, "whatsapp_automation": false, "consulting": true, "software_services": true,
    "invoicing": true, "gst_features": true, "analytics_basic": true, "analytics_advanced": false, "priority_support": false, "dedicated_support": false,
    "on_premise": false, "data_residency": false}'
);

INSERT INTO app.plans (slug, name, display_name, price_monthly, price_yearly, max_users, family, position, portal_level, penalty_level, unit, period, recommended, nudge, hidden, upsell, annual_discount, limits, features) VALUES (
  'professional', 'professional', 'Professional', NULL, NULL, 30, 'licence', 3, 'white_label', 'full_scn', 'seat', 'year', true, 'none', '[]', '[]', false,
  '{"users": 30, "clients": 500, "records": -1, "projects": -1, "invoices_per_month": -1, "storage_mb": -1, "regulators": -1, "approval_levels": -1}',
  '{"maker_checker": true, "custom_roles": true, "esign_otp": true, "esign_aadhaar": true, "esign_dsc": true, "workflow_engine": true,
    "custom_workflows": false, "api_access": true, "sso_saml": false, "cosmos_xbrl": false, "white_label_portal": true, "email_notifications": true,
    "sms_alerts": true, "sms_notifications": true, "whatsapp_alerts": true, "whatsapp_automation": true, "consulting": true, "software_services": true,
    "invoicing": true, "gst_features": true, "analytics_basic": true, "analytics_advanced": true, "priority_support": false, "dedicated_support": false,
    "on_premise": false, "data_residency": false}'
);

INSERT INTO app.plans (slug, name, display_name, price_monthly, price_yearly, max_users, family, position, portal_level, penalty_level, unit, period, recommended, nudge, hidden, upsell, annual_discount, limits, features) VALUES (
  'enterprise', 'enterprise', 'Enterprise', NULL, NULL, -1, 'licence', 4, 'white_label', 'full_scn', 'seat', 'year', false, 'none', '[]', '[]', false,
  '{"users": -1, "clients": -1, "records": -1, "projects": -1, "invoices_per_month": -1, "storage_mb": -1, "regulators": -1, "approval_levels": -1}',
  '{"maker_checker": true, "custom_roles": true, "esign_otp": true, "esign_aadhaar": true, "esign_dsc": true, "workflow_engine": true,
    "custom_workflows": true, "api_access": true, "sso_saml": true, "cosmos_xbrl": true, "white_label_portal": true, "email_notifications": true,
    "sms_alerts": true, "sms_notifications": true, "whatsapp_alerts": true, "whatsapp_automation": true, "consulting": true, "software_services": true,
    "invoicing": true, "gst_features": true, "analytics_basic": true, "analytics_advanced": true, "priority_support": true, "dedicated_support": true,
    "on_premise": true, "data_residency": true}'
);

INSERT INTO app.plans (slug, name, display_name, price_monthly, price_yearly, max_users, family, position, portal_level, penalty_level, unit, period, recommended, nudge, hidden, upsell, annual_discount, limits, features) VALUES (
  'india_free', 'india_free', 'Free', 0, NULL, 1, 'hosted', 1, 'read_only', 'basic', 'flat', 'month', false, 'loud', '["software_services"]', '[]', false,
  '{"users": 1, "clients": 25, "records": 50, "projects": 3, "invoices_per_month": 0, "storage_mb": 100, "regulators": -1, "approval_levels": 0}',
  '{"maker_checker": false, "custom_roles": false, "esign_otp": false, "esign_aadhaar": false, "esign_dsc": false, "workflow_engine": false,
    "custom_workflows": false, "api_access": false, "sso_saml": false, "cosmos_xbrl": false, "white_label_portal": false, "email_notifications": true,
    "sms_alerts": false, "sms_notifications": false, "whatsapp_alerts": false, "whatsapp_automation": false, "consulting": true, "software_services": false,
    "invoicing": false, "gst_features": false, "analytics_basic": true, "analytics_advanced": false, "priority_support": false, "dedicated_support": false,
    "on_premise": false, "data_residency": false}'
);

INSERT INTO app.plans (slug, name, display_name, price_monthly, price_yearly, max_users, family, position, portal_level, penalty_level, unit, period, recommended, nudge, hidden, upsell, annual_discount, limits, features) VALUES (
  'india_basic', 'india_basic', 'Basic', 9900, NULL, 3, 'hosted', 2, 'full', 'full', 'flat', 'month', true, 'quiet', '[]', '["whatsapp_automation"]', true,
  '{"users": 3, "clients": 200, "records": 500, "projects": 25, "invoices_per_month": 100, "storage_mb": 2048, "regulators": -1, "approval_levels": 2}',
  '{"maker_checker": true, "custom_roles": true, "esign_otp": true, "esign_aadhaar": false, "esign_dsc": false, "workflow_engine": false,
    "custom_workflows": false, "api_access": false, "sso_saml": false, "cosmos_xbrl": false, "white_label_portal": false, "email_notifications": true,
    "sms_alerts": true, "sms_notifications": true, "whatsapp_alerts": false, "whatsapp_automation": false, "consulting": true, "software_services": true,
    "invoicing": true, "gst_features": true, "analytics_basic": true, "analytics_advanced": true, "priority_support": false, "dedicated_support": false,
    "on_premise": false, "data_residency": false}'
);

INSERT INTO app.plans (slug, name, display_name, price_monthly, price_yearly, max_users, family, position, portal_level, penalty_level, unit, period, recommended, nudge, hidden, upsell, annual_discount, limits, features) VALUES (
  'india_pro', 'india_pro', 'Pro', 19900, NULL, 10, 'hosted', 3, 'white_label', 'full_scn', 'flat', 'month', false, 'none', '[]', '[]', false,
  '{"users": 10, "clients": -1, "records": -1, "projects": -1, "invoices_per_month": -1, "storage_mb": 10240, "regulators": -1, "approval_levels": -1}',
  '{"maker_checker": true, "custom_roles": true, "esign_otp": true, "esign_aadhaar": true, "esign_dsc": true, "workflow_engine": true,
    "custom_workflows": false, "api_access": true, "sso_saml": false, "cosmos_xbrl": false, "white_label_portal": true, "email_notifications": true,
    "sms_alerts": true, "sms_notifications": true, "whatsapp_alerts": true, "whatsapp_automation": true, "consulting": true, "software_services": true,
    "invoicing": true, "gst_features": true, "analytics_basic": true, "analytics_advanced": true, "priority_support": true, "dedicated_support": false,
    "on_premise": false, "data_residency": false}'
);

CREATE TABLE app.licences (
  tenant_id bigint NOT NULL REFERENCES app.tenants (id),
  source text NOT NULL CONSTRAINT licences_source_check CHECK (source IN ('evaluation', 'plan', 'key', 'bundle')),
  plan text NOT NULL,
  started_at timestamptz NOT NULL,
  valid_until timestamptz,
  licence_key text,
  features jsonb,
  limits jsonb NOT NULL DEFAULT '{}',
  licensee text,
  checked_at timestamptz,
  failing_since timestamptz,
  failure text,
  revoked_at timestamptz,
  seen_at timestamptz NOT NULL,
  regulators jsonb NOT NULL DEFAULT '[]',
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id)
);

SELECT app.tenant_table('app.licences');

-- What one firm has otherwise than its plan says: for a feature 1 or 0, else a limit.
CREATE TABLE app.entitlement_overrides (
  tenant_id bigint NOT NULL REFERENCES app.tenants (id),
  name text NOT NULL,
  value bigint NOT NULL,
  reason text NOT NULL CONSTRAINT entitlement_overrides_reason_check CHECK (reason <> ''),
  expires_at timestamptz,
  PRIMARY KEY (tenant_id, name)
);

SELECT app.tenant_table('app.entitlement_overrides');

-- Clients that are read-only, because there are more than the plan allows. Nothing of them is deleted.
CREATE TABLE app.held_clients (
  tenant_id bigint NOT NULL,
  client_id bigint NOT NULL,
  PRIMARY KEY (tenant_id, client_id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES app.clients (tenant_id, id) ON DELETE CASCADE
);

SELECT app.tenant_table('app.held_clients');

-- Firms that are here already begin their evaluation with this release.
ALTER TABLE app.tenants ADD COLUMN evaluation_from timestamptz NOT NULL DEFAULT now();

-- Written by the licensing use cases; read with every session in the same statement.
ALTER TABLE app.tenants ADD COLUMN entitlements jsonb;
