-- Overdue filings are found per number of days after which a filing counts as breached: each such number is one range.
CREATE INDEX filings_grace ON app.filings (tenant_id, breach_after_days, sort_due, id) WHERE state IN ('open', 'in_review') AND legal_due IS NOT NULL;

-- Filings that became due because an event did not come.
CREATE INDEX filings_lapse ON app.filings (tenant_id, lapse_on) WHERE state IN ('open', 'in_review') AND legal_due IS NULL AND lapse_on IS NOT NULL;
