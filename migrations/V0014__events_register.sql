-- Events over all clients: what is awaited is grouped from open filings, what is recorded is listed newest first.
CREATE INDEX filings_waiting ON app.filings (tenant_id, waits_for, client_id, period_key) WHERE state IN ('open', 'in_review') AND waits_for IS NOT NULL;

CREATE INDEX client_events_recorded ON app.client_events (tenant_id, recorded_at, id);

CREATE INDEX client_events_day ON app.client_events (tenant_id, occurred_on, id);

CREATE INDEX client_events_kind ON app.client_events (tenant_id, kind, recorded_at);
