-- The schema, the two application roles and the helpers that every later CREATE TABLE ends with.
-- One statement per message: the migrator splits this file, because a Citus coordinator refuses more.
CREATE SCHEMA app;

GRANT USAGE ON SCHEMA app TO zippcrm_app, zippcrm_relay;

-- Places a tenant table on a Citus cluster; on plain PostgreSQL it does nothing.
CREATE FUNCTION app.place_tenant_table(t regclass, key text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regproc('pg_catalog.create_distributed_table') IS NULL THEN RETURN; END IF;
  IF EXISTS (SELECT 1 FROM pg_catalog.pg_dist_partition WHERE logicalrelid = t) THEN RETURN; END IF;
  IF t = 'app.tenants'::regclass THEN
    PERFORM create_distributed_table(t, key, colocate_with => 'none', shard_count => 32);
  ELSE
    PERFORM create_distributed_table(t, key, colocate_with => 'app.tenants');
  END IF;
END $$;

-- The same for a table that every node holds whole.
CREATE FUNCTION app.place_reference_table(t regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regproc('pg_catalog.create_reference_table') IS NULL THEN RETURN; END IF;
  IF EXISTS (SELECT 1 FROM pg_catalog.pg_dist_partition WHERE logicalrelid = t) THEN RETURN; END IF;
  PERFORM create_reference_table(t);
END $$;

-- What makes a table a tenant table: row-level security on and forced, the one policy, the grants, the placement.
-- `verbs` are the rights of the application role.
CREATE FUNCTION app.tenant_table(t regclass, key text DEFAULT 'tenant_id', verbs text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY tenant ON %s TO zippcrm_app USING (%I = nullif(current_setting(''app.tenant_id'', true), '''')::bigint) WITH CHECK (%I = nullif(current_setting(''app.tenant_id'', true), '''')::bigint)', t, key, key);
  EXECUTE format('GRANT %s ON %s TO zippcrm_app', verbs, t);
  PERFORM app.place_tenant_table(t, key);
END $$;
