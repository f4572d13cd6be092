//! The rules every migration follows (SCALE-OUT): tenant first in every key, forced row-level security, foreign keys that
//! an index serves. Each rule is a query that lists offenders; the last test shows that each rule can find one.

use testkit::TestDb;
use tokio_postgres::Client;

/// Tables of the schema that belong to no firm, each with its reason.
const GLOBAL: &[(&str, &str)] = &[
    ("login_directory", "the one global way in: which firms know an address"),
    ("plans", "what is on sale; the same for every firm"),
    ("tenants", "the firms themselves; their key is the firm"),
];

/// A rule: what offends, the query that lists it, statements that break it, and what the query must then say.
struct Rule {
    offence: &'static str,
    sql: &'static str,
    breaks: &'static [&'static str],
    finds: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        offence: "tables without tenant_id bigint not null",
        sql: "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p')
            AND c.relname <> ALL($1) AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
            AND a.attname = 'tenant_id' AND a.attnotnull AND a.atttypid = 'bigint'::regtype)",
        breaks: &["CREATE TABLE bad (tenant_id bigint, id bigint)"],
        finds: "bad",
    },
    Rule {
        offence: "keys and foreign keys that do not begin with tenant_id",
        sql: "SELECT format('%s on %s', k.conname, c.relname) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
            WHERE c.relnamespace = 'app'::regnamespace AND c.relname <> ALL($1)
            AND k.contype IN ('p', 'u', 'f') AND a.attname <> 'tenant_id'",
        breaks: &["ALTER TABLE clients ADD CONSTRAINT bad UNIQUE (id, tenant_id)"],
        finds: "bad on clients",
    },
    Rule {
        offence: "unique indexes that do not begin with tenant_id",
        sql: "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
            WHERE c.relnamespace = 'app'::regnamespace AND c.relname <> ALL($1) AND i.indisunique
            AND a.attname <> 'tenant_id'",
        breaks: &["CREATE UNIQUE INDEX bad ON clients (pan)"],
        finds: "bad",
    },
    Rule {
        offence: "tables without a primary key",
        sql: "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p')
            AND $1::text[] IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')",
        breaks: &["CREATE TABLE bad (tenant_id bigint NOT NULL)"],
        finds: "bad",
    },
    Rule {
        offence: "foreign keys to anything but the same firm",
        sql: "SELECT format('%s on %s', k.conname, c.relname) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            JOIN pg_class p ON p.oid = k.confrelid JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum = k.confkey[1]
            WHERE c.relnamespace = 'app'::regnamespace AND c.relname <> ALL($1) AND k.contype = 'f'
            AND NOT (a.attname = 'tenant_id' OR (p.relname = 'tenants' AND a.attname = 'id'))",
        breaks: &[
            "CREATE TABLE other (id bigint PRIMARY KEY)",
            "ALTER TABLE filing_comments ADD CONSTRAINT bad FOREIGN KEY (tenant_id) REFERENCES other (id)",
        ],
        finds: "bad on filing_comments",
    },
    Rule {
        offence: "foreign keys that set values or wait for the commit",
        sql: "SELECT format('%s on %s', k.conname, c.relname) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            WHERE c.relnamespace = 'app'::regnamespace AND $1::text[] IS NOT NULL AND k.contype = 'f'
            AND (k.confdeltype NOT IN ('a', 'r', 'c') OR k.confupdtype NOT IN ('a', 'r', 'c') OR k.condeferrable)",
        breaks: &[
            "ALTER TABLE clients ADD CONSTRAINT bad FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id) ON DELETE SET NULL",
        ],
        finds: "bad on clients",
    },
    Rule {
        // The key's columns are the first ones of a whole (not partial) index, in any order.
        offence: "foreign keys that no index serves",
        sql: "SELECT format('%s on %s', k.conname, c.relname) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            WHERE c.relnamespace = 'app'::regnamespace AND $1::text[] IS NOT NULL AND k.contype = 'f'
            AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indpred IS NULL AND i.indisvalid
              AND (SELECT array_agg(x ORDER BY x) FROM unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) x)
                = (SELECT array_agg(x ORDER BY x) FROM unnest(k.conkey) x))",
        breaks: &["DROP INDEX clients_owner"],
        finds: "clients_tenant_id_owner_id_fkey on clients",
    },
    Rule {
        offence: "tables without forced row-level security",
        sql: "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p')
            AND c.relname <> ALL(array_remove($1, 'tenants')) AND NOT (c.relrowsecurity AND c.relforcerowsecurity)",
        breaks: &["ALTER TABLE filings NO FORCE ROW LEVEL SECURITY"],
        finds: "filings",
    },
    Rule {
        offence: "tables without the tenant policy for reading and writing",
        sql: "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p')
            AND c.relname <> ALL(array_remove($1, 'tenants'))
            AND NOT EXISTS (SELECT 1 FROM pg_policies p WHERE p.schemaname = 'app' AND p.tablename = c.relname
              AND p.cmd = 'ALL' AND p.permissive = 'PERMISSIVE' AND 'zippcrm_app' = ANY(p.roles)
              AND p.qual LIKE '%current_setting(''app.tenant_id''%' AND p.with_check = p.qual)",
        breaks: &["DROP POLICY tenant ON filings", "CREATE POLICY tenant ON filings TO zippcrm_app USING (true)"],
        finds: "filings",
    },
    Rule {
        offence: "further policies of the application role, which would widen the first",
        sql: "SELECT p.tablename::text FROM pg_policies p WHERE p.schemaname = 'app' AND $1::text[] IS NOT NULL
            AND ('zippcrm_app' = ANY(p.roles) OR 'public' = ANY(p.roles)) GROUP BY 1 HAVING count(*) > 1",
        breaks: &["CREATE POLICY more ON filings FOR SELECT USING (true)"],
        finds: "filings",
    },
    Rule {
        offence: "what the roles own or may do beyond their work",
        sql: "SELECT format('%s owns %s', pg_get_userbyid(c.relowner), c.relname) FROM pg_class c
            WHERE $1::text[] IS NOT NULL AND pg_get_userbyid(c.relowner) IN ('zippcrm_app', 'zippcrm_relay')
            UNION ALL SELECT rolname || ' is too strong' FROM pg_roles WHERE rolname IN ('zippcrm_app', 'zippcrm_relay')
            AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
            UNION ALL SELECT 'zippcrm_app may create in app' WHERE has_schema_privilege('zippcrm_app', 'app', 'CREATE')",
        breaks: &["GRANT CREATE ON SCHEMA app TO zippcrm_app", "ALTER TABLE filings OWNER TO zippcrm_app"],
        finds: "zippcrm_app owns filings",
    },
    Rule {
        offence: "rights to change the journal, or to empty a table",
        sql: "SELECT format('%s on %s for %s', g.privilege_type, g.table_name, g.grantee)
            FROM information_schema.role_table_grants g WHERE g.table_schema = 'app' AND $1::text[] IS NOT NULL
            AND g.grantee IN ('zippcrm_app', 'zippcrm_relay', 'PUBLIC')
            AND (g.privilege_type IN ('TRUNCATE', 'TRIGGER', 'REFERENCES')
              OR ((g.table_name = 'journal' OR g.table_name LIKE 'journal!_%' ESCAPE '!') AND g.privilege_type NOT IN ('SELECT', 'INSERT')))",
        breaks: &["GRANT UPDATE ON journal TO zippcrm_app"],
        finds: "UPDATE on journal for zippcrm_app",
    },
];

async fn offenders(client: &Client, rule: &Rule) -> Vec<String> {
    let global: Vec<&str> = GLOBAL.iter().map(|(table, _)| *table).collect();
    let rows = client.query(rule.sql, &[&global]).await.unwrap_or_else(|e| panic!("{}: {e:?}", rule.offence));
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn the_schema_follows_every_rule() {
    let db = TestDb::new().await;
    let client = db.owner_client().await;
    let mut found = Vec::new();
    for rule in RULES {
        let list = offenders(&client, rule).await;
        if !list.is_empty() {
            found.push(format!("{}: {}", rule.offence, list.join(", ")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn every_rule_can_find_an_offender() {
    let db = TestDb::new().await;
    let client = db.owner_client().await;
    for rule in RULES {
        client.batch_execute("BEGIN").await.unwrap();
        for statement in rule.breaks {
            client.batch_execute(statement).await.unwrap_or_else(|e| panic!("{statement}: {e:?}"));
        }
        let found = offenders(&client, rule).await;
        assert!(found.iter().any(|f| f == rule.finds), "{}: {found:?}", rule.offence);
        client.batch_execute("ROLLBACK").await.unwrap();
    }
}
