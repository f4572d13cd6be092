//! Migrations follow the scale-out rules: what a distributed database would refuse is refused here first.
//!
//! A line `-- tidy: allow <reason>` directly above a statement lets that statement pass.

use crate::files::File;

/// Findings in `migrations/*.sql`.
pub(crate) fn check(files: &[File]) -> Vec<String> {
    let migrations: Vec<&File> =
        files.iter().filter(|f| f.path.starts_with("migrations/") && f.is(&["sql"])).collect();
    let statements: Vec<(&File, Statement)> =
        migrations.iter().flat_map(|f| split(&f.text).into_iter().map(|s| (*f, s))).collect();
    // The helper calls of V0001 say what a table is: one firm's, or whole on every node.
    let calls = |helper: &str, table: &str| {
        migrations.iter().any(|f| f.text.contains(&format!("{helper}('{table}'")))
    };
    let tables: Vec<String> = statements
        .iter()
        .filter_map(|(_, s)| table(s))
        .filter(|t| t.has_tenant && !calls("place_reference_table", &t.name))
        .map(|t| t.name)
        .collect();
    let mut found = Vec::new();
    for (file, statement) in statements.iter().filter(|(_, s)| !s.allowed) {
        let mut texts = judge(statement, &tables);
        if let Some(table) = table(statement).filter(|t| tables.contains(&t.name))
            && !calls("tenant_table", &table.name)
        {
            texts.push(format!("{} has no `SELECT app.tenant_table('{}')`", table.name, table.name));
        }
        found.extend(texts.iter().map(|text| format!("{}:{}: {text}", file.path, statement.line)));
    }
    found
}

/// One statement in small letters, without comments, blanks made single.
struct Statement {
    line: usize,
    text: String,
    allowed: bool,
}

struct Table {
    name: String,
    has_tenant: bool,
    /// Column definitions and constraints, split at the outer commas.
    parts: Vec<String>,
}

fn judge(statement: &Statement, tenant_tables: &[String]) -> Vec<String> {
    let text = statement.text.as_str();
    let mut found = Vec::new();
    let first =
        |list: &str| list.split(',').next().unwrap_or_default().trim().trim_matches('"') == "tenant_id";
    if text.starts_with("insert ") && text.contains(" select ") && !text.contains(" values ") {
        found.push("INSERT ... SELECT fails on a distributed table; write VALUES".to_owned());
    }
    for action in ["on delete set null", "on delete set default", "on update cascade", "on update set null"] {
        if text.contains(action) {
            found.push(format!("foreign keys may not say `{action}`; clear the column in the use case"));
        }
    }
    if let Some(table) = table(statement).filter(|t| tenant_tables.contains(&t.name)) {
        for part in &table.parts {
            for key in ["primary key", "unique", "foreign key", "unique nulls not distinct"] {
                if let Some(list) = list_after(part, key).filter(|l| !first(l)) {
                    found.push(format!("{}: {key} ({list}) must begin with tenant_id", table.name));
                }
            }
            let column = part.split(' ').next().unwrap_or_default();
            let constraint =
                ["constraint", "primary", "unique", "foreign", "check", "exclude"].contains(&column);
            let inline = [" primary key", " unique", " references "].iter().any(|w| part.contains(w));
            if !constraint && inline && column != "tenant_id" {
                found.push(format!(
                    "{}.{column}: write the key as a constraint that begins with tenant_id",
                    table.name
                ));
            }
        }
    }
    if let Some(rest) = text.strip_prefix("create unique index ")
        && let Some((_, after)) = rest.split_once(" on ")
    {
        let name: String = after.chars().take_while(|c| c.is_alphanumeric() || "_.".contains(*c)).collect();
        let list = list_after(after, &name).or_else(|| list_after(after, "btree")).unwrap_or_default();
        if tenant_tables.contains(&name) && !first(&list) {
            found.push(format!("unique index on {name} ({list}) must begin with tenant_id"));
        }
    }
    found
}

/// What stands in the brackets directly after `word`.
fn list_after(text: &str, word: &str) -> Option<String> {
    let at = text.find(word)? + word.len();
    let rest = text.get(at..)?.trim_start().strip_prefix('(')?;
    let mut depth = 1;
    let end = rest.char_indices().find_map(|(i, c)| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        (depth == 0).then_some(i)
    })?;
    Some(rest[..end].trim().to_owned())
}

fn table(statement: &Statement) -> Option<Table> {
    let text = statement.text.strip_prefix("create table ")?;
    let text = text.strip_prefix("if not exists ").unwrap_or(text);
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '.').collect();
    let body = list_after(text, &name)?;
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in body.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        match (c, depth) {
            (',', 0) => parts.push(String::new()),
            _ => parts.last_mut()?.push(c),
        }
    }
    let parts: Vec<String> = parts.iter().map(|p| p.trim().to_owned()).collect();
    let has_tenant = parts.iter().any(|p| p.starts_with("tenant_id "));
    Some(Table { name, has_tenant, parts })
}

/// Splits at semicolons outside quotes and dollar quotes.
fn split(text: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut current = Statement { line: 0, text: String::new(), allowed: false };
    let mut quote: Option<String> = None;
    for (number, line) in text.lines().enumerate() {
        if quote.is_none() && line.trim().starts_with("-- tidy: allow ") {
            current.allowed = true;
            continue;
        }
        let mut rest = if quote.is_none() { line.split("--").next().unwrap_or_default() } else { line };
        while !rest.is_empty() {
            if let Some(mark) = &quote {
                let Some(end) = rest.find(mark.as_str()) else { break };
                rest = &rest[end + mark.len()..];
                quote = None;
                continue;
            }
            let c = rest.chars().next().unwrap_or(' ');
            if let Some(mark) = opening(rest) {
                current.text.push_str("''");
                rest = &rest[mark.len()..];
                quote = Some(mark);
                continue;
            }
            if c == ';' {
                let allowed = false;
                let done =
                    std::mem::replace(&mut current, Statement { line: 0, text: String::new(), allowed });
                statements.push(done);
            } else {
                if current.line == 0 && !c.is_whitespace() {
                    current.line = number + 1;
                }
                current.text.push(c.to_ascii_lowercase());
            }
            rest = &rest[c.len_utf8()..];
        }
        current.text.push(' ');
    }
    statements.push(current);
    for statement in &mut statements {
        statement.text = statement.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    statements.retain(|s| !s.text.is_empty());
    statements
}

/// The quote mark at the start of `text`: `'`, `$$` or `$name$`.
fn opening(text: &str) -> Option<String> {
    if text.starts_with('\'') {
        return Some("'".to_owned());
    }
    let rest = text.strip_prefix('$')?;
    let end = rest.find('$')?;
    let name = &rest[..end];
    name.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| format!("${name}$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(sql: &str) -> Vec<String> {
        check(&[File { path: "migrations/V0001__a.sql".to_owned(), text: sql.to_owned() }])
    }

    const GOOD: &str = "
        CREATE TABLE directory (email text, tenant_id bigint, PRIMARY KEY (email, tenant_id));
        SELECT app.place_reference_table('directory');
        SELECT app.tenant_table('clients');
        -- a comment; with a semicolon
        CREATE TABLE clients (
            tenant_id bigint NOT NULL REFERENCES tenants (id),
            id bigint GENERATED ALWAYS AS IDENTITY,
            name text NOT NULL CHECK (name <> ''),
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT one_name UNIQUE (tenant_id, name),
            FOREIGN KEY (tenant_id, id) REFERENCES clients (tenant_id, id) ON DELETE CASCADE
        );
        CREATE TABLE tenants (id bigint PRIMARY KEY, slug text UNIQUE);
        CREATE UNIQUE INDEX ON clients (tenant_id, lower(name)) WHERE name <> 'x';
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO a SELECT 1; END $$;
        INSERT INTO tenants VALUES (1, 'insert into x select 1 on delete set null');
    ";

    #[test]
    fn good_sql_passes() {
        assert_eq!(findings(GOOD), Vec::<String>::new());
    }

    #[test]
    fn bad_sql_is_found_at_its_line() {
        let table = "CREATE TABLE clients (tenant_id bigint, id bigint, pan text,";
        for (bad, word) in [
            ("INSERT INTO a (x)\nSELECT x FROM b;".to_owned(), "VALUES"),
            (
                "ALTER TABLE a ADD FOREIGN KEY (tenant_id, b) REFERENCES b ON DELETE SET NULL;".to_owned(),
                "set null",
            ),
            (format!("{table} PRIMARY KEY (id));"), "primary key (id)"),
            (format!("{table} CONSTRAINT c UNIQUE (pan, tenant_id));"), "unique (pan, tenant_id)"),
            (format!("{table} owner bigint REFERENCES users (id));"), "clients.owner"),
            (
                format!("{table} PRIMARY KEY (tenant_id, id)); CREATE UNIQUE INDEX i ON clients (pan);"),
                "unique index",
            ),
        ] {
            let bad = format!("{bad} SELECT app.tenant_table('clients');");
            let found = findings(&format!("\n{bad}"));
            assert_eq!(found.len(), 1, "{bad}: {found:?}");
            assert!(found.iter().all(|f| f.contains(word) && f.contains("V0001__a.sql:2:")), "{found:?}");
            assert!(findings(&format!("-- tidy: allow tested\n{bad}")).len() <= 1);
        }
    }

    #[test]
    fn a_tenant_table_is_placed_and_walled() {
        let found =
            findings("CREATE TABLE app.a (tenant_id bigint, id bigint, PRIMARY KEY (tenant_id, id));");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found.iter().all(|f| f.contains("tenant_table('app.a')")));
    }

    #[test]
    fn an_exception_covers_one_statement() {
        let twice =
            "-- tidy: allow seed data of a global table\nINSERT INTO a SELECT 1;\nINSERT INTO a SELECT 2;";
        let found = findings(twice);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found.iter().all(|f| f.contains(":3:")));
    }
}
