-- Who had a filing before it was given to somebody else: their calendar has to say that it is no longer theirs.
CREATE TABLE app.filing_handovers (
  tenant_id bigint NOT NULL,
  filing_id bigint NOT NULL,
  user_id bigint NOT NULL,
  left_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, filing_id, user_id),
  FOREIGN KEY (tenant_id, filing_id) REFERENCES app.filings (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, user_id) REFERENCES app.users (tenant_id, id)
);

CREATE INDEX filing_handovers_user ON app.filing_handovers (tenant_id, user_id, left_at);

SELECT app.tenant_table('app.filing_handovers');
