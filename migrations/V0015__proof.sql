-- Sealing of the journal: every entry gets a leaf in its firm's tree, and signed checkpoints say what the tree came to.
-- All of it is appended to, never changed. The keys that sign are not in the database; only their public halves are.
CREATE TABLE app.journal_leaves (
  tenant_id bigint NOT NULL,
  leaf bigint NOT NULL,
  entry_id bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, leaf),
  CONSTRAINT journal_leaves_entry UNIQUE (tenant_id, entry_id),
  FOREIGN KEY (tenant_id, entry_id) REFERENCES app.journal (tenant_id, id),
  CONSTRAINT journal_leaves_hash_check CHECK (length(hash) = 32),
  CONSTRAINT journal_leaves_leaf_check CHECK (leaf >= 0)
);

SELECT app.tenant_table('app.journal_leaves', 'tenant_id', 'SELECT, INSERT');

CREATE TABLE app.journal_keys (
  tenant_id bigint NOT NULL REFERENCES app.tenants (id),
  place integer NOT NULL,
  public_key bytea NOT NULL,
  since timestamptz NOT NULL,
  previous bytea,
  endorsement text,
  PRIMARY KEY (tenant_id, place),
  CONSTRAINT journal_keys_key UNIQUE (tenant_id, public_key),
  CONSTRAINT journal_keys_length_check CHECK (length(public_key) = 32)
);

SELECT app.tenant_table('app.journal_keys', 'tenant_id', 'SELECT, INSERT');

-- `peaks`: the roots of the complete subtrees, from which the tree goes on.
CREATE TABLE app.journal_checkpoints (
  tenant_id bigint NOT NULL,
  size bigint NOT NULL,
  root bytea NOT NULL,
  peaks bytea NOT NULL,
  at timestamptz NOT NULL,
  key_id bytea NOT NULL,
  signature text NOT NULL,
  PRIMARY KEY (tenant_id, size),
  FOREIGN KEY (tenant_id) REFERENCES app.tenants (id),
  CONSTRAINT journal_checkpoints_size_check CHECK (size > 0)
);

SELECT app.tenant_table('app.journal_checkpoints', 'tenant_id', 'SELECT, INSERT');

CREATE TRIGGER journal_leaves_no_change BEFORE UPDATE OR DELETE ON app.journal_leaves FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER journal_leaves_no_truncate BEFORE TRUNCATE ON app.journal_leaves FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER journal_keys_no_change BEFORE UPDATE OR DELETE ON app.journal_keys FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER journal_keys_no_truncate BEFORE TRUNCATE ON app.journal_keys FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER journal_checkpoints_no_change BEFORE UPDATE OR DELETE ON app.journal_checkpoints FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER journal_checkpoints_no_truncate BEFORE TRUNCATE ON app.journal_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

-- What the audit trail filters by.
CREATE INDEX journal_actor ON app.journal (tenant_id, actor_id, at DESC, id DESC);

CREATE INDEX journal_action ON app.journal (tenant_id, action, at DESC, id DESC);

-- Words of the sentence, the actor and the client's name in it. The firm is a word as well, so that one index serves all firms
-- and a search reads the postings of its own only.
CREATE INDEX journal_words ON app.journal USING gin (to_tsvector('simple', 'firm' || tenant_id::text || ' ' || text));

